//! `report NAME`: what the book adds up to, now, as of a business day, or as it was known then.

use std::cell::RefCell;
use std::collections::BTreeSet;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mingzhang::book::{BookError, Folder, Point, Reading, Until, records};
use mingzhang::chain::checkpoint::Note;
use mingzhang::chart::Chart;
use mingzhang::date::{Day, FiscalYear, Month};
use mingzhang::event::Recorded;
use mingzhang::event::welfare::Beneficiary;
use mingzhang::ids::MemberId;
use mingzhang::lang::Lang;
use mingzhang::projection::State;
use mingzhang::render::{self, Beside, Page, Printed};
use mingzhang::report::Period;
use mingzhang::report::asked::{Asked, Ledger, Made, Name, Records, Settled, make};
use mingzhang::report::expected::{NotMade, expect};
use mingzhang::report::foot::{Covered, Foot};

use super::failure::{Failure, Problem, exit};
use super::form::{self, Format};
use super::output::Output;
use super::sheet::{self, quoted};
use super::unmask::{People, Unmask};
use super::world::World;
use super::{Global, point};

#[derive(Args, Clone)]
#[command(after_help = by_subject())]
pub(crate) struct Report {
    /// 报表 Which one, of those below
    #[arg(value_parser = names(), hide_possible_values = true)]
    pub(crate) name: Name,
    #[command(flatten)]
    pub(crate) of: Wanted,
    #[command(flatten)]
    pub(crate) posting: Posting,
    #[command(flatten)]
    pub(crate) printed: form::Printed,
    /// 中英对照 In both languages, beside each other
    #[arg(long)]
    both: bool,
    /// 不印页脚 Without the lines that say what it rests on
    #[arg(long)]
    no_footer: bool,
    #[command(flatten)]
    unmask: Unmask,
}

/// 公示 Where and when a notice is posted, so that the page itself says so.
#[derive(Args, Clone, Default)]
pub(crate) struct Posting {
    /// 公示地点 Where the notice is posted
    #[arg(long, num_args = 1.., value_name = "WORDS")]
    place: Vec<String>,
    /// 公示日期 The day on which the notice is posted
    #[arg(long, value_name = "DAY")]
    posted: Option<Day>,
}

impl Posting {
    /// In words, as the foot says them and a reader types them again.
    pub(crate) fn new(place: &str, posted: Option<Day>) -> Posting {
        Posting { place: place.split_whitespace().map(str::to_owned).collect(), posted }
    }

    fn is_said(&self) -> bool {
        !self.place.is_empty() || self.posted.is_some()
    }

    fn typed(&self) -> String {
        let place: Vec<String> = self.place.iter().map(|word| quoted(word)).collect();
        let place = (!place.is_empty()).then(|| format!("--place {} ", place.join(" ")));
        let posted = self.posted.map(|day| format!("--posted {day} "));
        [place, posted].into_iter().flatten().collect()
    }
}

/// What of a report is asked for, and of which records.
#[derive(Args, Clone, Default)]
pub(crate) struct Wanted {
    /// 月份 For this month
    #[arg(long)]
    month: Option<Month>,
    /// 年度 For this year
    #[arg(long, value_parser = year, conflicts_with = "month")]
    year: Option<FiscalYear>,
    /// 期间 For months such as 2026-01..2026-06
    #[arg(long, conflicts_with_all = ["month", "year"])]
    period: Option<Period>,
    /// 按资金列示 Each fund by itself
    #[arg(long)]
    by_fund: bool,
    /// 对象 Of this account, voucher, member, fund or statement, where the report takes one
    #[arg(long, value_name = "WHAT")]
    of: Option<String>,
    /// 截至业务日期 Only business days up to this one
    #[arg(long, value_name = "DAY")]
    as_of: Option<Day>,
    /// 截至时点 As the book was known at that point
    #[arg(long, value_name = "POINT")]
    pub(crate) at: Option<Point>,
}

/// Every report with what it is, and what a point is.
fn by_subject() -> String {
    let names = |names: &[Name]| names.iter().map(|name| (name.as_str(), name.about())).collect();
    let subjects = Name::SUBJECTS.iter().map(|(subject, of)| (*subject, names(of)));
    format!("{}\n{}", listed(subjects), point::HELP)
}

/// Names under headings, each with what it is; clap has no headings for values and subcommands.
pub(crate) fn listed<'a>(
    headed: impl Iterator<Item = (&'a str, Vec<(&'a str, &'a str)>)>,
) -> String {
    let headed: Vec<_> = headed.collect();
    let names = headed.iter().flat_map(|(_, listed)| listed);
    let width = names.map(|(name, _)| name.len()).max().unwrap_or_default();
    let line = |(name, about): &(&str, &str)| format!("  {name:width$}  {about}\n");
    let lines = |listed: &[(&str, &str)]| listed.iter().map(line).collect::<String>();
    let parts: Vec<String> =
        headed.iter().map(|(heading, of)| format!("{heading}\n{}", lines(of))).collect();
    parts.concat()
}

/// Reads a report's name.
pub(crate) fn names() -> impl TypedValueParser<Value = Name> {
    let value = |name: &Name| PossibleValue::new(name.as_str()).help(name.about());
    let names = PossibleValuesParser::new(Name::ALL.iter().map(value));
    names.try_map(|name| name.parse::<Name>())
}

pub(crate) fn year(text: &str) -> Result<FiscalYear, String> {
    match text.parse() {
        Ok(year) if (1949..=2200).contains(&year) => Ok(FiscalYear(year)),
        Ok(_) | Err(_) => Err(format!("a year such as 2026, not {text}")),
    }
}

impl Wanted {
    /// What of a report is asked for, of all months and records.
    pub(crate) fn of_what(of: Option<String>) -> Wanted {
        Wanted { of, ..Wanted::default() }
    }

    /// Where the records that count end.
    pub(crate) fn until(&self, folder: &Folder) -> Result<Until, Failure> {
        let size = self.at.as_ref().map(|at| point::records(at, folder)).transpose()?;
        Ok(Until { size, day: self.as_of })
    }

    pub(crate) fn read(&self, folder: &Folder, world: &World) -> Result<Reading, Failure> {
        let until = self.until(folder)?;
        let bar = world.progress("读取", "reading");
        let reading = if until == Until::default() {
            Reading::open(folder, &mut |n| bar.set_position(n))
        } else {
            Reading::replay(folder, until, &mut |n, _| bar.set_position(n))
        };
        bar.finish_and_clear();
        Ok(reading?)
    }

    fn asked(&self, name: Name) -> Asked {
        let period = match (self.month, self.year) {
            (Some(month), _) => Some(Period::Month(month)),
            (None, Some(year)) => Some(Period::Year(year)),
            (None, None) => self.period,
        };
        Asked { name, period, by_fund: self.by_fund, of: self.of.clone() }
    }

    /// Just as many records as the figures rest on: somebody may be writing.
    pub(crate) fn log<'a>(
        &self,
        reading: &Reading,
        folder: &'a Folder,
    ) -> Result<Log<'a>, Failure> {
        let until = Until { size: Some(reading.tree.size()), ..self.until(folder)? };
        Ok(Log { folder, until, failed: RefCell::default() })
    }

    /// What is asked for of a book, or why there is no such report; the same whether it is printed or
    /// one of its lines is explained.
    pub(crate) fn settled(&self, name: Name, ledger: Ledger<'_>) -> Result<Settled, Failure> {
        let settled = self.asked(name).settle(ledger.state);
        expect(&settled, ledger).map_err(|error| not_made(&error))?;
        Ok(settled)
    }

    /// What a reader of the page has to know before its figures: that later days are left out.
    fn said(&self, lang: Lang) -> String {
        match (self.as_of, lang) {
            (None, _) => String::new(),
            (Some(day), Lang::Zh) => format!("截至业务日期 {day}：此日以后的业务不在内\n"),
            (Some(day), Lang::En) => format!("As of {day}: business of later days is left out\n"),
        }
    }

    /// The same in words that can be typed, of so many records.
    pub(crate) fn typed(&self, records: u64, lang: Lang) -> String {
        let said = [
            self.month.map(|month| format!("--month {month}")),
            self.year.map(|year| format!("--year {year}")),
            self.period.map(|period| format!("--period {period}")),
            self.by_fund.then(|| "--by-fund".to_owned()),
            self.of.as_ref().map(|of| format!("--of {}", quoted(of))),
            self.as_of.map(|day| format!("--as-of {day}")),
            Some(format!("--at {records} --lang {lang}")),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Report {
    /// A report as somebody would ask for it, of these months.
    pub(crate) fn of_period(name: Name, period: Period) -> Report {
        let mut of = Wanted::default();
        match period {
            Period::All => {}
            Period::Month(month) => of.month = Some(month),
            Period::Year(year) => of.year = Some(year),
            Period::Months { .. } => of.period = Some(period),
        }
        let posting = Posting::default();
        let printed = form::Printed::default();
        let (both, no_footer) = (false, false);
        Report { name, of, posting, printed, both, no_footer, unmask: Unmask::default() }
    }

    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let format = self.printed.printing.format(out)?;
        let folder = Folder::new(&global.book);
        let reading = self.of.read(&folder, world)?;
        let notes = notes(&folder, &reading)?;
        let covered = Covered::of(&notes, policy(&reading), reading.tree.size());
        let report = self.made(&reading, &folder)?;
        let beside = self.unmask.beside(|| people(&report), global, world, out)?;
        // A page that shows persons is for whoever asked, and nobody makes it again from the records.
        let with_foot = !self.no_footer && beside.field.is_none();
        let foot = with_foot.then(|| self.foot(&reading, covered, out.lang, format));
        let page = self.page(&report, foot.as_ref(), &beside, out.lang);
        self.printed.put(&page, || json(&report, foot.as_ref(), &beside), out)
    }

    /// The bytes of the report.
    pub(crate) fn bytes(
        &self,
        reading: &Reading,
        folder: &Folder,
        foot: Option<&Foot>,
        lang: Lang,
        format: Format,
    ) -> Result<Vec<u8>, Failure> {
        let (made, beside) = (self.made(reading, folder)?, Beside::default());
        let page = self.page(&made, foot, &beside, lang);
        self.printed.printing.bytes(&page, format, || json(&made, foot, &beside), lang)
    }

    fn page(&self, made: &Made, foot: Option<&Foot>, beside: &Beside, lang: Lang) -> Page {
        let foot = foot.map(|foot| render::foot(foot, lang)).unwrap_or_default();
        let one = |lang| Page::from(self.of.said(lang)) + render::made(made, beside, lang);
        let page = if self.both { one(lang).beside(one(lang.other())) } else { one(lang) };
        page + foot
    }

    fn made(&self, reading: &Reading, folder: &Folder) -> Result<Made, Failure> {
        let chart = reading.chart(folder)?;
        let log = self.of.log(reading, folder)?;
        let ledger = Ledger { state: &reading.state, chart: &chart, records: &log };
        let made = make(&self.of.settled(self.name, ledger)?, ledger);
        let made = self.posted(made)?;
        match log.failed.into_inner() {
            Some(error) => Err(error.into()),
            None => Ok(made),
        }
    }

    /// A notice with its place and day on it; no other report has room for them.
    fn posted(&self, made: Made) -> Result<Made, Failure> {
        if !self.posting.is_said() {
            return Ok(made);
        }
        let Made::PublicNotice(notice) = made else {
            let zh = "只有收支公示 public-notice 写明公示地点和日期";
            let en = "only the public-notice says where and when it is posted";
            return Err(Failure::usage(zh, en).next("mingzhang report public-notice --help"));
        };
        let place = self.posting.place.join(" ");
        let place = (!place.is_empty()).then_some(place);
        Ok(Made::PublicNotice(Box::new(notice.posted_at(place, self.posting.posted))))
    }

    pub(crate) fn foot(
        &self,
        reading: &Reading,
        covered: Option<Covered>,
        lang: Lang,
        format: Format,
    ) -> Foot {
        let typed = format!("report {} ", self.name)
            + &self.posting.typed()
            + &self.printed.printing.typed(format)
            + if self.both { "--both " } else { "" }
            + &self.of.typed(reading.tree.size(), lang);
        sheet::foot(reading, covered, lang, &typed)
    }
}

/// What was asked for is not there: what is.
fn not_made(error: &NotMade) -> Failure {
    let (code, zh) = match error {
        NotMade::OtherChart { report, chart } => {
            ("RPT4", format!("{report} 是中国工会科目表的报表，本账套的科目表是 {chart}"))
        }
        NotMade::Nothing { report, asked, known } => {
            ("RPT5", format!("报表 {report} 没有 {asked:?}；{}", there_are(known)))
        }
        NotMade::Unsaid { report, known } => {
            ("RPT6", format!("报表 {report} 只印一个，请用 --of 指明；{}", there_are(known)))
        }
        NotMade::Whole { report, asked } => {
            ("RPT7", format!("报表 {report} 是全账套的，不用 --of {asked:?}"))
        }
        NotMade::NeitherMonthNorYear { report, period } => (
            "RPT8",
            format!(
                "{report} 按月或按年编制，不能按 {period}；季度用 final-accounts、budget 或 trial-balance --period"
            ),
        ),
        NotMade::BeforeTheBook { report, period, starts } => {
            ("RPT9", format!("账套自 {starts} 启用，没有 {period} 的 {report}"))
        }
    };
    let next = match error {
        NotMade::NeitherMonthNorYear { period, .. } => {
            format!("mingzhang report trial-balance --period {period}")
        }
        NotMade::BeforeTheBook { report, starts, .. } => {
            format!("mingzhang report {report} --year {}", starts.month().year())
        }
        NotMade::OtherChart { .. }
        | NotMade::Nothing { .. }
        | NotMade::Unsaid { .. }
        | NotMade::Whole { .. } => format!("mingzhang report {}", error.look_at()),
    };
    let problem = Problem::new(code, zh, error.to_string());
    Failure::one(exit::USAGE, problem.next(next))
}

fn there_are(known: &[String]) -> String {
    if known.is_empty() {
        "现在一个也没有".to_owned()
    } else {
        format!("有的是：{}", known.join("、"))
    }
}

/// The records of a book, read from its log while a report asks for them.
pub(crate) struct Log<'a> {
    folder: &'a Folder,
    pub(crate) until: Until,
    /// Why it ended before its end, if it did.
    failed: RefCell<Option<BookError>>,
}

impl Records for Log<'_> {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        let mut read = || {
            for record in records(self.folder, self.until)? {
                take(&record?.0);
            }
            Ok(())
        };
        *self.failed.borrow_mut() = read().err();
    }
}

pub(crate) fn json(report: &Made, foot: Option<&Foot>, beside: &Beside) -> String {
    let unmasked = beside.field.is_some().then_some(beside);
    render::json(&Printed { report, foot, unmasked }).unwrap_or_default()
}

/// Whom a report names; `None` where it is not about persons.
fn people(report: &Made) -> Option<People> {
    if let Made::Dues(dues) = report {
        Some(People { members: dues.members(), ..People::default() })
    } else if let Some(members) = members(report) {
        Some(People { members, ..People::default() })
    } else if let Some(named) = beneficiaries(report) {
        let mut people = People::default();
        for one in named {
            match one {
                Beneficiary::Member(id) => people.members.extend([id]),
                Beneficiary::Subject(id) => people.subjects.extend([id]),
            }
        }
        Some(people)
    } else if let Made::Audit(audit) = report {
        Some(People { officers: audit.officers(), ..People::default() })
    } else {
        None
    }
}

/// The members whom a report about members names.
fn members(report: &Made) -> Option<BTreeSet<MemberId>> {
    if let Made::Arrears(report) = report {
        return Some(report.named());
    }
    if let Made::Membership(report) = report {
        return Some(report.named());
    }
    if let Made::MemberStatement(report) = report {
        return Some(report.named());
    }
    if let Made::TransferLetter(report) = report {
        return Some(report.named());
    }
    if let Made::ReceiptRegister(report) = report { Some(report.named()) } else { None }
}

/// Those whom a report about what people get names: members, and people whom the vault alone knows.
fn beneficiaries(report: &Made) -> Option<BTreeSet<Beneficiary>> {
    if let Made::Cases(report) = report {
        return Some(report.named());
    }
    if let Made::Case(report) = report {
        return Some(report.named());
    }
    if let Made::AidRegister(report) = report {
        return Some(report.named());
    }
    if let Made::Benefits(report) = report {
        return Some(report.named());
    }
    if let Made::BenefitStanding(report) = report {
        return Some(report.named());
    }
    if let Made::Visits(report) = report { Some(report.named()) } else { None }
}

/// The checkpoints that lie beside the records, as far as they can be of this book.
pub(crate) fn notes(folder: &Folder, reading: &Reading) -> Result<Vec<Note>, Failure> {
    let head = reading.tree.head();
    let read = |(_, text): (String, String)| {
        let note = Note::parse(&text).ok()?;
        let checkpoint = note.checkpoint().ok()?;
        let same_book = Some(&checkpoint.origin) == reading.origin.as_ref();
        let contradicts = checkpoint.size == head.size && checkpoint.root != head.root;
        (same_book && !contradicts).then_some(note)
    };
    Ok(folder.read_checkpoints()?.into_iter().filter_map(read).collect())
}

/// The witnesses that the book agrees to now.
pub(crate) fn policy(reading: &Reading) -> &str {
    reading.state.offices.policy().unwrap_or_default()
}

/// Prints a report without its foot, as a table or as JSON.
pub(crate) fn print(name: Name, state: &State, chart: &Chart, of: Option<Period>, out: &Output) {
    let asked = Asked { name, period: of, by_fund: false, of: None };
    let report = make(&asked.settle(state), Ledger::of(state, chart));
    if out.json {
        out.value(&report);
    } else {
        out.page(&render::made(&report, &Beside::default(), out.lang));
    }
}
