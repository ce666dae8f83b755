//! `consolidate DIR…`: many unions' bundles, each verified from its bytes, into one picture for the
//! level above.

mod held;
mod look;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mingzhang::book::{Folder, Reading, point};
use mingzhang::chart::{Chart, STATUTORY};
use mingzhang::date::{FiscalYear, Instant, Month, Offset};
use mingzhang::event::payer::PayerKind;
use mingzhang::lang::Lang;
use mingzhang::projection::State;
use mingzhang::render::{self, Page, Part};
use mingzhang::report::consolidated::{
    Asked, Bundle, Closings, Consolidated, Own, Standing, Unit, figures, report,
};
use mingzhang::report::foot::{BundleRead, FootOfMany};
use mingzhang::report::{Term, Words};

use super::Global;
use super::failure::{Failure, Problem, exit};
use super::form::{Format, Printed};
use super::output::Output;
use super::report::year;
use super::sheet::quoted;
use super::world::World;
use held::{Held, Policies};
use look::{Looked, Looker};

/// The longest policy or list of units, bytes.
const FILE_MAX: u64 = 4 * 1024 * 1024;

#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Consolidate {
    /// 审计包 Bundles, or folders of bundles
    #[arg(required = true, value_name = "DIR")]
    dirs: Vec<PathBuf>,
    /// 信任文件 The policy of the level above, or a folder of policies; each union by its own log line
    #[arg(long, value_name = "FILE_OR_DIR")]
    policy: Option<PathBuf>,
    /// 手中的检查点 Checkpoints kept from before: a file, or a folder of them
    #[arg(long, value_name = "FILE_OR_DIR")]
    against: Vec<PathBuf>,
    /// 应建账单位 A list of the lower unions that should keep books: CSV of unit,name,book
    #[arg(long, value_name = "FILE")]
    units: Option<PathBuf>,
    /// 月份 For this month; the one that ended last unless given
    #[arg(long)]
    month: Option<Month>,
    /// 年度 For this year
    #[arg(long, value_parser = year, conflicts_with = "month")]
    year: Option<FiscalYear>,
    /// 多少天没有新记录算过期 A bundle whose last record is older is stale
    #[arg(long, value_name = "DAYS", default_value_t = FRESH)]
    fresh: u32,
    /// 见证有效天数 How old the newest cosignature may be
    #[arg(long, value_name = "DAYS", default_value_t = MAX_AGE)]
    max_age_days: u32,
    /// 月末后多少天内结账算按时 A month is closed in time within so many days after its end
    #[arg(long, value_name = "DAYS", default_value_t = CLOSE_WITHIN)]
    close_within: u32,
    /// 只汇总有见证的 Only witnessed bundles count; else the others count and are marked
    #[arg(long)]
    witnessed_only: bool,
    /// 只要一部分 Only this part; may be repeated
    #[arg(long, value_name = "PART", value_parser = parts())]
    part: Vec<Part>,
    #[command(flatten)]
    printed: Printed,
    /// 线程数 How many bundles are looked at at once; as many as there are processors unless given
    #[arg(long, value_name = "N", hide = true)]
    threads: Option<usize>,
}

/// In days, unless others are said.
const FRESH: u32 = 62;
const MAX_AGE: u32 = 35;
const CLOSE_WITHIN: u32 = 15;

const HELP: &str = "\
每个审计包先从字节验证，再汇总。损坏、过期、重复、分叉、信任文件未列、不可汇总和读不出的，逐一列名，不计入合计；\
无见证的计入并标明。--book 是本级自己的账套时，用它登记的下级工会作应建账名单，并核对上解、转拨、补助；它本身不计入。\
全部计入为 0；有未计入的，或给了信任文件而有无见证的，为 1；有损坏或分叉的为 4。
Each bundle is verified from its bytes and then summed. Those that are broken, stale, duplicate, forked, not in \
the policy, of another chart or currency, or unreadable are named and left out; those without witnesses count \
and are marked. Where --book is the book of the level above, the lower unions registered in it are those that \
should keep books, and what was sent up and passed down is held against it; it is not summed itself. \
0 if all count; 1 if some are left out, or with a policy not witnessed; 4 if one is broken or forked.";

/// Reads a part's name.
fn parts() -> impl TypedValueParser<Value = Part> {
    let value = |part: &Part| PossibleValue::new(part.as_str()).help(part.about());
    let names = PossibleValuesParser::new(Part::ALL.iter().map(value));
    let of = |name: String| Part::ALL.into_iter().find(|part| part.as_str() == name);
    names.try_map(move |name| of(name).ok_or("no such part"))
}

impl Consolidate {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let (picture, own) = self.picture(global, world, out)?;
        let format = self.printed.printing.format(out)?;
        let foot = self.printed.is_kept(format).then(|| {
            let book = own.then_some(global.book.as_path());
            self.foot(&picture, book, world.now(), format, out.lang)
        });
        let page = self.page(&picture, foot.as_ref(), out.lang);
        self.printed.put(&page, || json(&picture, foot.as_ref()), out)?;
        Ok(status(&picture, self.policy.is_some()))
    }

    /// The bytes that were kept, of the bundles as they lie there now.
    pub(crate) fn bytes(
        &self,
        global: &Global,
        world: &World,
        out: &Output,
        format: Format,
    ) -> Result<(Vec<u8>, FootOfMany), Failure> {
        let (picture, own) = self.picture(global, world, out)?;
        let book = own.then_some(global.book.as_path());
        let foot = self.foot(&picture, book, world.now(), format, out.lang);
        let page = self.page(&picture, Some(&foot), out.lang);
        let json = || json(&picture, Some(&foot));
        let bytes = self.printed.printing.bytes(&page, format, json, out.lang)?;
        Ok((bytes, foot))
    }

    /// 审计包 Those that were named and are not there.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &Path> {
        let named = self.dirs.iter().chain(&self.against).chain(&self.policy).chain(&self.units);
        // A foot may name anything: what is no folder and no file of a usual size is not read.
        let is_there = |path: &&Path| {
            let found = std::fs::metadata(path);
            found.is_ok_and(|of| of.is_dir() || (of.is_file() && of.len() <= FILE_MAX))
        };
        named.map(PathBuf::as_path).filter(move |path| !is_there(path))
    }

    /// The picture, and whether the book of the level above is held against it.
    fn picture(
        &self,
        global: &Global,
        world: &World,
        out: &Output,
    ) -> Result<(Consolidated, bool), Failure> {
        let policies = self.policy.as_deref().map(Policies::read).transpose()?;
        let held = Held::read(&self.against)?;
        let listed = self.units.as_deref().map(held::units).transpose()?;
        let places = places(&self.dirs)?;
        let asked = Asked {
            term: self.term(world),
            today: world.now().day(Offset::china()),
            close_within_days: self.close_within,
            currency: currency(),
            witnessed_only: self.witnessed_only,
        };
        let own = own(global, &asked)?;
        let looker = Looker {
            asked: &asked,
            policies: policies.as_ref(),
            held: &held,
            fresh_days: self.fresh,
            max_age_days: self.max_age_days,
            world,
            out,
        };
        let looked = self.look_at_all(&places, &looker);
        let bundles = told_apart(looked);
        let (own, registered) = own.map_or((None, None), |(own, units)| (Some(own), Some(units)));
        let units = listed.or(registered);
        let picture = report(&asked, bundles, own.as_ref(), units.as_deref());
        Ok((picture, own.is_some()))
    }

    fn page(&self, picture: &Consolidated, foot: Option<&FootOfMany>, lang: Lang) -> Page {
        let usual: Vec<Part> = Part::usual().collect();
        let parts = if self.part.is_empty() { &usual } else { &self.part };
        let foot = foot.map(|foot| render::foot_of_many(foot, lang)).unwrap_or_default();
        render::consolidated(picture, parts, lang) + foot
    }

    /// Which bundles it rests on, and how it was asked for: all that a day decides is written out.
    fn foot(
        &self,
        picture: &Consolidated,
        own: Option<&Path>,
        now: Instant,
        format: Format,
        lang: Lang,
    ) -> FootOfMany {
        let path = |path: &Path| quoted(&path.display().to_string());
        let named = |flag: &str, of: &Path| format!("{flag} {}", path(of));
        let when = match picture.asked.term {
            Term::Month(month) => format!("--month {month}"),
            Term::Year(year) => format!("--year {year}"),
        };
        let days = [
            ("--fresh", self.fresh, FRESH),
            ("--max-age-days", self.max_age_days, MAX_AGE),
            ("--close-within", self.close_within, CLOSE_WITHIN),
        ];
        let days = days.into_iter().filter(|(_, days, usual)| days != usual);
        let form = self.printed.printing.typed(format);
        let words: Vec<String> = [env!("CARGO_PKG_NAME").to_owned(), "consolidate".to_owned()]
            .into_iter()
            .chain(self.dirs.iter().map(|dir| path(dir)))
            .chain(own.map(|book| named("--book", book)))
            .chain(self.policy.as_deref().map(|of| named("--policy", of)))
            .chain(self.against.iter().map(|of| named("--against", of)))
            .chain(self.units.as_deref().map(|of| named("--units", of)))
            .chain([when])
            .chain(days.map(|(flag, days, _)| format!("{flag} {days}")))
            .chain(self.witnessed_only.then(|| "--witnessed-only".to_owned()))
            .chain(self.part.iter().map(|part| format!("--part {}", part.as_str())))
            .chain((!form.is_empty()).then(|| form.trim_end().to_owned()))
            .chain([format!("--clock {now} --lang {lang}")])
            .collect();
        let read = picture.unions.iter().map(|union| BundleRead {
            place: union.place.clone(),
            book: union.origin.clone(),
            records: union.records,
            root: union.root.clone(),
        });
        FootOfMany { bundles: read.collect(), lang, made_by: words.join(" ") }
    }

    /// The month that ended last, unless one or a year was asked for.
    fn term(&self, world: &World) -> Term {
        let now = world.now().day(Offset::china()).month();
        let before = if now.number() == 1 {
            now.year().previous().last_month()
        } else {
            Month::new(year_of(now), now.number() - 1).unwrap_or(now)
        };
        match (self.month, self.year) {
            (Some(month), _) => Term::Month(month),
            (None, Some(year)) => Term::Year(year),
            (None, None) => Term::Month(before),
        }
    }

    /// Each processor takes the next bundle as soon as it is done with one, and keeps its figures
    /// alone: memory grows with the unions by a few kilobytes, and not with their records.
    fn look_at_all(&self, places: &[Place], looker: &Looker<'_>) -> Vec<Looked> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let threads = self.threads.unwrap_or(processors).clamp(1, places.len().max(1));
        let bar = looker.world.progress_of("验证审计包", "verifying bundles", places.len() as u64);
        let (next, (send, receive)) = (AtomicUsize::new(0), mpsc::channel());
        thread::scope(|scope| {
            for _ in 0..threads {
                let (send, next, bar) = (send.clone(), &next, &bar);
                scope.spawn(move || {
                    while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let looked = looker.look(place);
                        bar.inc(1);
                        if send.send(looked).is_err() {
                            break;
                        }
                    }
                });
            }
        });
        drop(send);
        bar.finish_and_clear();
        let mut looked: Vec<Looked> = receive.into_iter().collect();
        looked.sort_by(|one, other| one.folder.path().cmp(other.folder.path()));
        looked
    }
}

fn json(picture: &Consolidated, foot: Option<&FootOfMany>) -> String {
    let printed = render::Printed { report: picture, foot, unmasked: None };
    render::json(&printed).unwrap_or_default()
}

/// That of the statutory chart, whose lines are summed.
fn currency() -> String {
    Chart::built_in(STATUTORY).map(|chart| chart.currency().to_owned()).unwrap_or_default()
}

fn year_of(month: Month) -> i32 {
    month.year().0
}

fn status(picture: &Consolidated, with_policy: bool) -> u8 {
    let broken = [Standing::Broken, Standing::Forked].iter().any(|s| picture.left_out_as(*s));
    let unwitnessed = picture.counts.by_standing.contains_key(&Standing::NotWitnessed);
    if broken {
        exit::BROKEN
    } else if !picture.left_out.is_empty() || (with_policy && unwitnessed) {
        exit::PROBLEMS
    } else {
        exit::DONE
    }
}

/// A folder that was named, or that lies in one that was named, and whether it can be a bundle.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) is_bundle: bool,
}

/// A folder with records is a bundle; of any other, every folder in it is looked at. What is packed
/// is named, so that nobody believes it was counted.
fn places(dirs: &[PathBuf]) -> Result<Vec<Place>, Failure> {
    let mut found: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for dir in dirs {
        let entries = std::fs::read_dir(dir).map_err(|e| Failure::file(dir, &e))?;
        if has_records(dir) {
            found.insert(dir.clone(), true);
            continue;
        }
        for entry in entries {
            let path = entry.map_err(|e| Failure::file(dir, &e))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if name.is_none_or(|name| name.starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                found.insert(path.clone(), has_records(&path));
            } else if is_packed(&path) {
                found.insert(path, false);
            }
        }
    }
    if found.values().any(|is_bundle| *is_bundle) {
        let place = |(path, is_bundle)| Place { path, is_bundle };
        return Ok(found.into_iter().map(place).collect());
    }
    let shown: Vec<String> = dirs.iter().map(|dir| dir.display().to_string()).collect();
    let shown = shown.join(", ");
    let problem = Problem::new(
        "LVL1",
        format!("{shown} 里没有审计包（含 events.ndjson 的文件夹）"),
        format!("there is no bundle in {shown}: a folder that holds events.ndjson"),
    );
    Err(Failure::one(exit::USAGE, problem.next("mingzhang export bundle --out FOLDER/UNION")))
}

/// A link that leads nowhere, or a file that may not be read, is a bundle that cannot be read.
fn has_records(folder: &Path) -> bool {
    std::fs::symlink_metadata(Folder::new(folder).events()).is_ok()
}

fn is_packed(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|e| ["zip", "tar", "tgz", "gz", "xz", "zst", "7z", "rar"].contains(&&*e))
}

/// Of several bundles of one book the longest counts, if the others are its own beginnings; where
/// two part, neither can be believed, and both are kept as evidence.
fn told_apart(looked: Vec<Looked>) -> Vec<Bundle> {
    let mut books: BTreeMap<String, Vec<Looked>> = BTreeMap::new();
    let mut done = Vec::new();
    for one in looked {
        match (&one.bundle.origin, one.bundle.standing) {
            (
                Some(origin),
                Standing::Witnessed
                | Standing::NotWitnessed
                | Standing::Stale
                | Standing::Unlike
                | Standing::Forked
                | Standing::Duplicate,
            ) => books.entry(origin.clone()).or_default().push(one),
            (Some(_), Standing::Broken | Standing::Unknown | Standing::Unreadable) | (None, _) => {
                done.push(one.bundle);
            }
        }
    }
    for mut of_one_book in books.into_values() {
        // Of copies that are as long the one with witnesses is the better.
        of_one_book.sort_by_key(|one| {
            (std::cmp::Reverse(one.bundle.records), one.bundle.standing, one.bundle.place.clone())
        });
        let mut others = of_one_book.into_iter();
        let Some(mut longest) = others.next() else { continue };
        for mut other in others {
            let parts = point::part(&longest.folder, &other.folder);
            let (kept, place) = (longest.bundle.place.clone(), other.bundle.place.clone());
            match parts {
                Ok(None) => {
                    other.bundle.standing = Standing::Duplicate;
                    other.bundle.why = Words::new(
                        &format!("{kept} 是同一账套，记录一样多或更多"),
                        &format!("{kept} is of the same book and has as many records or more"),
                    );
                }
                Ok(Some(record)) => {
                    longest.fork(&place, record);
                    other.fork(&kept, record);
                }
                // It was there a moment ago.
                Err(error) => other.is_unreadable(&error.into()),
            }
            done.push(other.bundle);
        }
        done.push(longest.bundle);
    }
    done
}

impl Looked {
    fn is_unreadable(&mut self, failure: &Failure) {
        self.bundle.standing = Standing::Unreadable;
        self.bundle.why = look::why(failure);
    }

    fn fork(&mut self, other: &str, record: u64) {
        self.bundle.standing = Standing::Forked;
        self.bundle.why = Words::new(
            &format!(
                "与 {other} 是同一账套，自第 {record} 号记录起不同：账套被改写过，两份都留作证据"
            ),
            &format!(
                "{other} is of the same book and differs from record {record} on: the book was \
                 rewritten; keep both as evidence"
            ),
        );
    }
}

/// The book of the level above and the lower unions that it has registered, where --book is one.
fn own(global: &Global, asked: &Asked) -> Result<Option<(Own, Vec<Unit>)>, Failure> {
    let folder = Folder::new(&global.book);
    if !folder.events().exists() && global.book == Path::new(".") {
        return Ok(None);
    }
    let reading = Reading::open(&folder, &mut |_| ())?;
    let chart = reading.chart(&folder)?;
    let state = &reading.state;
    let found = figures(state, &chart, &Closings::new(), asked).map_err(|unlike| {
        let words = unlike.words();
        Failure::one(exit::USAGE, Problem::new("LVL2", words.zh, words.en))
    })?;
    let organisation = state.offices.ledger().map(|ledger| ledger.organisation.to_string());
    let own = Own {
        origin: reading.origin.as_ref().map(ToString::to_string).unwrap_or_default(),
        organisation: organisation.unwrap_or_default(),
        figures: Box::new(found),
    };
    Ok(Some((own, registered(state, asked.today.month()))))
}

/// Lower unions, and payers that have a union by now.
fn registered(state: &State, month: Month) -> Vec<Unit> {
    let keeps = state
        .payers
        .payers()
        .filter(|(_, payer)| payer.kind == PayerKind::LowerUnion || payer.has_union_in(month));
    keeps
        .map(|(unit, payer)| Unit {
            unit: unit.clone(),
            name: payer.name.to_string(),
            origin: None,
        })
        .collect()
}
