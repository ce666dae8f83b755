//! Every refusal: the smallest book and the command that break its rule, the whole refusal, and
//! beside it the nearest command that is in order.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

#[path = "../given/mod.rs"]
mod given;
mod acts;
mod assets;
mod auditing;
mod benefits;
mod allocation;
mod books;
mod dues;
mod hardship;
mod imports;
mod opening;
mod openness;
mod offices;
mod charts;
mod budget;
mod drives;
mod compared;
mod mutual;
mod money;
mod analysis;
mod papers;
mod people;
mod private;
mod spending;
mod statements;

use core::panic::Location;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use given::{Asked, FINANCE, approve, given, given_on, of, payroll, request, union};
use mingzhang::chart::STATUTORY;
use mingzhang::lang::Lang;
use mingzhang::rules::{Command, Refusal};
use serde_json::json;

struct Case {
    chart: &'static str,
    given: Vec<Asked>,
    refused: Asked,
    refusal: Refusal,
    accepted: Asked,
    /// Where the case is written.
    at: &'static Location<'static>,
}

#[track_caller]
fn case(given: Vec<Asked>, refused: Asked, refusal: Refusal, accepted: Asked) -> Case {
    Case { chart: STATUTORY, given, refused, refusal, accepted, at: Location::caller() }
}

impl Case {
    /// The file and the function that hold the case: lines would change with every edit.
    fn place(&self) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(root.join(self.at.file())).unwrap();
        let line = usize::try_from(self.at.line()).unwrap();
        let above: Vec<&str> = text.lines().take(line).collect();
        let name = |line: &&str| {
            let code = line.trim_start_matches("pub(crate) ");
            code.strip_prefix("fn ")?.split('(').next().map(str::to_owned)
        };
        let function = above.iter().rev().find_map(name).unwrap();
        format!("{} `{function}`", self.at.file().replace('\\', "/"))
    }
}

fn after(mut given: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    given.extend(more);
    given
}

/// A day on which January is over.
const LATER: &str = "2025-02-10";

#[allow(clippy::too_many_lines, reason = "a table: one line for each family")]
fn cases() -> Vec<Case> {
    [
        books::the_book(),
        books::its_officers(),
        books::its_rules(),
        books::days_and_periods(),
        books::closings(),
        books::accounts_and_amounts(),
        books::funds(),
        books::money_that_is_not_there(),
        books::openings(),
        charts::uses(),
        people::members(),
        people::dues_paid(),
        people::the_allocation(),
        dues::rolls(),
        dues::sums_paid(),
        dues::waivers_and_refunds(),
        dues::refunds_approved(),
        dues::those_who_come_back(),
        dues::books_of_receipts(),
        dues::numbers_of_receipts(),
        allocation::payers(),
        allocation::shares(),
        allocation::collections(),
        allocation::preparation_funds(),
        allocation::what_is_held_for_payers(),
        allocation::tax_lists(),
        allocation::demands(),
        allocation::demands_that_go_on(),
        allocation::what_is_passed_down(),
        allocation::accruals(),
        allocation::subsidies_promised(),
        money::any_income(),
        money::custody(),
        money::cash_counted(),
        money::statements(),
        money::withdrawals(),
        money::matchings(),
        analysis::advances(),
        analysis::analysis(),
        analysis::cash_paid(),
        analysis::journals(),
        spending::requests(),
        spending::requests_that_end(),
        spending::approvals(),
        spending::payments(),
        spending::corrections(),
        offices::relations(),
        offices::relatives(),
        offices::approvals_that_are_kept_honest(),
        offices::offices_of_the_union(),
        offices::substitutes(),
        offices::handovers(),
        acts::signatures(),
        acts::acts_about_something(),
        acts::acts_again(),
        acts::officers_keys(),
        acts::the_log_key_and_the_witnesses(),
        acts::reopenings(),
        acts::findings(),
        auditing::audits(),
        auditing::samples(),
        auditing::audit_reports(),
        auditing::opinions(),
        auditing::samples_replaced(),
        auditing::rectifications(),
        auditing::thresholds(),
        papers::receipts(),
        openness::notices(),
        imports::files(),
        opening::standings(),
        opening::payrolls(),
        opening::advances(),
        private::subjects(),
        private::numbers(),
        private::erasures(),
        private::papers(),
        private::payments_with_papers(),
        statements::notes(),
        statements::corrected_vouchers(),
        budget::budgets(),
        budget::spending_by_budget(),
        budget::limits_of_funds(),
        budget::ends_of_funds(),
        budget::fiscal_funds(),
        budget::reviews(),
        budget::closing_checks(),
        budget::prior_years(),
        budget::restricted_funds_that_give(),
        assets::cards(),
        assets::lives_and_worth(),
        assets::worn_before(),
        assets::depreciation(),
        assets::disposals(),
        assets::supplies(),
        assets::stocktakes(),
        assets::pending(),
        assets::investments(),
        drives::drives(),
        drives::gifts_and_goods(),
        drives::drives_closed(),
        mutual::schemes(),
        mutual::covers(),
        mutual::claims(),
        mutual::claims_paid(),
        benefits::items_and_schedules(),
        benefits::lists(),
        benefits::those_who_may(),
        benefits::caps(),
        benefits::distributions(),
        benefits::visits_made(),
        hardship::cases(),
        hardship::days_of_cases(),
        hardship::applications(),
        hardship::notices(),
        hardship::money_of_aid(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is taken all the same, and said: the command that it is said of, and beside it the nearest one of
/// which nothing is said.
fn warned() -> Vec<Case> {
    money::statements_to_look_at()
}

/// Everything that has a code.
fn all() -> impl Iterator<Item = Case> {
    cases().into_iter().chain(warned())
}

/// Rules that are broken in more ways than one.
fn further() -> Vec<Case> {
    [
        allocation::reversals(),
        dues::refunds_reversed(),
        analysis::journals_of_registers(),
        analysis::journals_of_funds(),
        assets::stocktakes_again(),
        money::the_stabilisation_fund(),
        openness::notices_like_others(),
        auditing::findings_that_nobody_reports(),
        auditing::samples_again(),
        offices::relatives_again(),
        offices::relatives_on_lists(),
        offices::substitutes_again(),
        benefits::more_ways(),
        drives::goods_that_are_there(),
        mutual::claims_of_relatives(),
        hardship::persons_and_years(),
        auditing::reports_like_others(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Someone asked for it, and the head of finance approved it.
fn approved(on: &str, id: &str, amount: &str) -> [Asked; 2] {
    [request(on, id, amount), approve(FINANCE, on, id, amount)]
}

/// How many records the small union has: each of its commands makes one.
fn union_records() -> usize {
    given(union()).lines().len()
}

#[test]
fn each_rule_refuses_what_breaks_it_and_takes_the_nearest_thing_that_does_not() {
    for Case { chart, given: before, refused, refusal, accepted, .. } in
        cases().into_iter().chain(further())
    {
        let name = refusal.name();
        let mut book = given_on(chart, before);
        let (state, head) = (book.state().clone(), book.book.reading().head);
        assert_eq!(book.when(&refused), Err(refusal), "{name}");
        assert!(
            *book.state() == state && book.book.reading().head == head,
            "{name}: it left a mark"
        );
        let records = book.when(&accepted).unwrap_or_else(|other| panic!("{name}: {other:?}"));
        assert!(!records.is_empty(), "{name}");
    }
}

#[test]
fn each_warning_is_said_of_what_is_taken_and_not_of_the_nearest_thing_that_is_in_order() {
    for Case { chart, given: before, refused, refusal, accepted, .. } in warned() {
        let name = refusal.name();
        assert_eq!(given_on(chart, before.clone()).warnings(&refused), [refusal], "{name}");
        assert_eq!(given_on(chart, before).warnings(&accepted), [], "{name}");
    }
}

#[test]
fn no_rule_is_left_out_and_no_code_is_given_twice() {
    let tested: Vec<Refusal> = all().map(|case| case.refusal).collect();
    for (code, name, source) in Refusal::ALL {
        let found: Vec<&Refusal> = tested.iter().filter(|r| r.name() == *name).collect();
        assert_eq!(found.len(), 1, "{name} is in the table {} times", found.len());
        assert_eq!((found[0].code(), found[0].source()), (*code, *source), "{name}");
        assert!(!source.is_empty(), "{name}");
    }
    assert_eq!(tested.len(), Refusal::ALL.len());
    let codes: BTreeSet<&str> = Refusal::ALL.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes.len(), Refusal::ALL.len(), "a code is given twice");
}

/// What a message has to say: every figure and every name that the refusal holds.
fn figures(refusal: &Refusal) -> Vec<String> {
    let held = format!("{refusal:?}");
    let (mut found, mut plain) = (Vec::new(), String::new());
    for (place, part) in held.split('"').enumerate() {
        if place % 2 == 1 {
            found.push(part.to_owned());
        } else {
            plain.push_str(part);
        }
    }
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let words = plain.split(|c| !figure(c)).filter(|w| w.contains(|c: char| c.is_ascii_digit()));
    found.extend(words.map(str::to_owned));
    found
}

#[test]
fn every_message_says_the_figures_in_both_languages() {
    for Case { refusal, .. } in all() {
        for lang in Lang::ALL {
            let message = refusal.message(lang);
            for figure in figures(&refusal) {
                assert!(message.contains(&figure), "{}: {figure} in {message}", refusal.code());
            }
            assert!(!message.contains(['{', '}', '\n']), "{}: {message}", refusal.code());
            assert!(!message.ends_with(['.', '。']), "{}: {message}", refusal.code());
        }
        assert_ne!(refusal.message(Lang::Zh), refusal.message(Lang::En), "{}", refusal.code());
        let next = refusal.next();
        assert!(next.starts_with("mingzhang ") && !next.contains('{'), "{}", refusal.code());
    }
}

/// What the letter of a code stands for.
const FAMILIES: &[(&str, &str)] = &[
    ("B", "账套与任职 The book and its officers"),
    ("P", "期间 Days and periods"),
    ("F", "科目、金额与资金 Accounts, amounts and funds"),
    ("G", "预算 The budget"),
    ("M", "会员 Members"),
    ("D", "会费 Dues"),
    (
        "O",
        "期初建账；任职、回避、代理和交接 A book that begins in mid-life; offices, relatives, substitutes, handovers",
    ),
    ("A", "拨缴经费 The allocation"),
    ("X", "支出 Spending"),
    ("H", "现金与银行 Cash and bank"),
    ("C", "更正与审计 Corrections and the audit"),
    ("T", "审计项目、抽样和整改 Audits, samples and rectification"),
    ("S", "签名与密钥 Signatures and keys"),
    ("R", "收据 Receipts"),
    ("I", "公示 Openness"),
    ("V", "个人信息 Private data"),
    ("E", "附件 Papers"),
    ("Y", "导入的文件 Imported files"),
    ("Q", "报表 Statements and books"),
    ("N", "资产与物品 Assets and supplies"),
    ("U", "募捐与互助 Drives and mutual aid"),
    ("W", "福利与慰问 Benefits and visits"),
    ("L", "困难职工档案与帮扶 Hardship cases and aid"),
];

fn page() -> String {
    let (cases, warned) = (cases(), warned());
    let mut page = String::from(
        "# 拒绝 Refusals\n\n\
         Every rule that can refuse a command, with its code, its source, what it says in one\n\
         example, one command that helps, and the test that holds it: the file, and the function\n\
         with the case. What is only warned of is said so, and the command is taken. A code never\n\
         changes its meaning. This page is written by\n\
         `MINGZHANG_BLESS=1 cargo test --test refusals`, and compared by it otherwise.\n",
    );
    for (letter, family) in FAMILIES {
        writeln!(page, "\n## {letter} {family}").unwrap();
        for (code, name, source) in Refusal::ALL.iter().filter(|(c, ..)| c.starts_with(*letter)) {
            // Another test sees to it that each has its case.
            let is_it = |case: &&Case| case.refusal.name() == *name;
            let only_warned = warned.iter().find(is_it);
            let Some(case) = only_warned.or_else(|| cases.iter().find(is_it)) else {
                continue;
            };
            let (refusal, command) = (&case.refusal, case.refused.command.name());
            writeln!(page, "\n### {code} {name}\n\n- 依据 source: {source}").unwrap();
            writeln!(page, "- 命令 command: `{command}`").unwrap();
            if only_warned.is_some() {
                writeln!(page, "- 只提示 warned of, and taken").unwrap();
            }
            for lang in Lang::ALL {
                writeln!(page, "- {lang}: {}", refusal.message(lang)).unwrap();
            }
            writeln!(page, "- 下一步 next: `{}`", refusal.next()).unwrap();
            writeln!(page, "- 测试 test: {}", case.place()).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_refusals_is_what_the_rules_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/refusals.md");
    if given::bless() {
        fs::write(&path, page()).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "docs/refusals.md is not what the rules say: bless it");
}

#[test]
fn every_code_has_its_family_on_the_page() {
    for (code, ..) in Refusal::ALL {
        assert_eq!(FAMILIES.iter().filter(|(letter, _)| code.starts_with(*letter)).count(), 1);
    }
}

#[test]
fn no_payroll_is_declared_of_a_month_that_has_not_begun() {
    let mut book = given(union());
    let refusal = Refusal::DateInFuture { date: of("2025-03-01"), today: of(LATER) };
    assert_eq!(book.when(&payroll(LATER, "2025-03", "100000.00")), Err(refusal));
    book.then(&payroll(LATER, "2025-02", "100000.00"));
}

#[test]
fn a_day_that_is_none_is_not_even_a_command() {
    for date in ["2025-02-29", "2025-13-01", "2025-1-1", "1948-12-31", "2201-01-01", ""] {
        let fields = json!({"date": date, "amount": "1.00"});
        assert!(Command::read("interest.receive", fields).unwrap().is_err(), "{date}");
    }
}
