//! Accounts that unions published, made again to the fen: recorded by commands, posted by the rules,
//! closed, and every statement compared whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use std::fs;
use std::path::Path;

use given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, Given, asks, bless, enrol, given,
    ledger, opening, pay, remit, subsidy, yuan,
};
use mingzhang::date::{FiscalYear, Month};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::render;
use mingzhang::report::income_statement::IncomeStatement;
use mingzhang::report::{Term, audit, balance_sheet, income_statement};
use mingzhang::rules::Command;
use serde_json::{Value, json};

/// A union whose book begins with that year: its officers, its rules, a general fund and one for what
/// is earmarked.
fn union(name: &str, year: i32, up_basis_points: u32) -> Vec<Asked> {
    let first = &format!("{year}-01-01");
    let mut begin = ledger("grassroots");
    begin.on = first.parse().unwrap();
    if let Command::CreateLedger(new) = &mut begin.command {
        new.organisation = name.parse().unwrap();
        new.starts = first.parse().unwrap();
    }
    let set = |rule: Value| {
        let fields = json!({"rule": rule, "from": first, "source": "工会委员会决议"});
        asks(CHAIR, first, "rule.set", fields)
    };
    let fund = |id: &str, name: &str, restricted: bool| {
        let fields = json!({
            "fund": id, "name": name, "restricted": restricted, "purpose": name,
        });
        asks(ACCOUNTANT, first, "fund.establish", fields)
    };
    let appointed = |(officer, role): (&str, &str)| {
        let fields = json!({"officer": officer, "roles": [role], "from": first});
        asks(ACCOUNTANT, first, "officer.appoint", fields)
    };
    let officers = [
        (ACCOUNTANT, "accountant"),
        (CASHIER, "cashier"),
        (CLERK, "clerk"),
        (FINANCE, "finance_head"),
        (AUDITOR, "audit_chair"),
        (CHAIR, "chair"),
    ];
    [begin, fund("general", "一般资金", false), fund("earmarked", "专项补助", true)]
        .into_iter()
        .chain(officers.map(appointed))
        .chain([
            set(json!({"name": "dues_rate", "basis_points": 50, "step": "10.00"})),
            set(json!({
                "name": "allocation_split",
                "payroll_basis_points": 200,
                "up_basis_points": up_basis_points,
            })),
            set(json!({"name": "approval_bands", "bands": [{"roles": ["chair", "finance_head"]}]})),
            asks(CLERK, first, "group.define", json!({"group": "g1", "name": "工会小组"})),
        ])
        .collect()
}

/// Members who join on that day, each with the same base.
fn members(asked: &mut Vec<Asked>, joined: &str, first: u32, last: u32, base: &str) {
    let month = &joined[..7];
    for number in first..=last {
        let member = format!("m-{number}");
        asked.push(enrol(joined, &member, "g1"));
        let fields = json!({"member": member, "base": base, "from": month});
        asked.push(asks(CLERK, joined, "dues_base.set", fields));
    }
}

/// What each of them pays for a month, into the bank on its last day.
fn dues(month: Month, first: u32, last: u32, amount: &str) -> Asked {
    let line = |number| json!({"member": format!("m-{number}"), "month": month, "amount": amount});
    let lines: Vec<Value> = (first..=last).map(line).collect();
    let day = month.last_day().to_string();
    let fields = json!({"date": day, "into": "bank", "lines": lines});
    asks(ACCOUNTANT, &day, "dues.receive", fields)
}

/// Requested, approved by two and paid, all on one day.
fn spent(day: &str, id: &str, fund: &str, account: &str, amount: &str) -> [Asked; 4] {
    let request = json!({
        "disbursement": id, "date": day, "fund": fund, "account": account, "amount": amount,
        "payee": {"organisation": "示例供应商"}, "purpose": "公布的支出",
    });
    let approval = json!({"disbursement": id, "date": day, "amount": amount});
    [
        asks(CLERK, day, "disbursement.request", request),
        asks(FINANCE, day, "disbursement.approve", approval.clone()),
        asks(CHAIR, day, "disbursement.approve", approval),
        pay(CASHIER, day, id, "bank"),
    ]
}

/// All of it in the order of its days; what is of one day stays in its order.
fn in_order(mut asked: Vec<Asked>) -> Vec<Asked> {
    asked.sort_by_key(|asked| asked.on);
    asked
}

fn closed(year: i32) -> Vec<Asked> {
    let year = FiscalYear(year);
    let day = format!("{}-01-05", year.next());
    let months = year.first_month().through(year.last_month()).filter(|m| !m.is_last_of_year());
    let mut asked: Vec<Asked> = months.map(|m| given::close(&day, &m.to_string())).collect();
    asked.push(given::close_year(&day, year.0));
    asked
}

/// Both statements of the year, as they are filed.
#[track_caller]
fn reads_as(book: &Given, name: &str, year: i32) -> IncomeStatement {
    let term = Term::Year(FiscalYear(year));
    let (state, chart) = (book.state(), book.book.chart());
    let sheet = balance_sheet::report(state, chart, term);
    let statement = income_statement::report(state, chart, term);
    assert!(sheet.balanced && statement.proof.as_ref().unwrap().holds);
    for lang in Lang::ALL {
        let found =
            [render::balance_sheet(&sheet, lang), render::income_statement(&statement, lang)]
                .map(|page| page.to_string())
                .join("\n");
        let file = format!("fixtures/reports/published-{name}-{year}.{lang}.txt");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        if bless() {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == expected, "{file} is not:\n{found}");
    }
    statement
}

#[track_caller]
fn line(statement: &IncomeStatement, name: &str) -> Money {
    let found = statement.lines.iter().find(|line| line.name.zh == name);
    found.unwrap_or_else(|| panic!("{name}")).this
}

/// Ten thousands of yuan as published, with two decimals.
fn ten_thousands(text: &str) -> Money {
    let hundreds = yuan(text).fen().unwrap();
    Money::from_fen(hundreds * 10_000)
}

/// A vocational college's union, 2023, on the present chart. It published ten thousands of yuan with
/// two decimals, so that its smallest unit is 100 yuan. What it did not publish is ours: that 40 % of
/// the allocation went up, how many members paid how much, which fund paid, and the opening, which
/// its closing and its year leave no choice for.
fn college() -> Vec<Asked> {
    let mut asked = union("示例职业学院工会", 2023, 4_000);
    asked.push(opening(
        "2023-01-01",
        json!([
            {"account": "102", "fund": "general", "debit": "2712400.00"},
            {"account": "32205", "fund": "general", "credit": "2712400.00"},
            {"account": "162", "fund": "general", "debit": "339304.00"},
            {"account": "30104", "fund": "general", "credit": "339304.00"},
        ]),
    ));
    // 166 members at 100.00 a month.
    members(&mut asked, "2023-01-01", 1, 166, "20000.00");
    let year = FiscalYear(2023);
    asked.extend(year.first_month().through(year.last_month()).map(|m| dues(m, 1, 166, "100.00")));
    asked.push(given::payroll("2023-11-05", "2023-11", "134383333.50"));
    asked.push(given::allocation("2023-12-08", "2023-11", "2687666.67"));
    asked.push(remit("2023-12-14", "1075066.67"));
    asked.push(subsidy("2023-12-15", "superior_general", "general", "326300.00"));
    asked.push(subsidy("2023-12-15", "superior_earmarked", "earmarked", "122300.00"));
    asked.push(given::interest("2023-12-21", "5000.00"));
    for (id, fund, account, amount) in [
        ("edu", "general", "50101", "13100.00"),
        ("sport", "general", "50102", "198400.00"),
        ("press", "general", "50103", "10100.00"),
        ("members", "general", "50105", "2013800.00"),
        ("service", "earmarked", "50305", "98200.00"),
        ("train-1", "earmarked", "50501", "24100.00"),
        ("train-2", "general", "50501", "17700.00"),
    ] {
        asked.extend(spent("2023-12-28", id, fund, account, amount));
    }
    asked
}

#[test]
fn the_published_accounts_of_a_college_come_out_to_the_fen() {
    let mut book = given(in_order(college()));
    let review =
        audit::report(book.state(), book.book.chart(), Term::Year(FiscalYear(2023)).into());
    let result = |lines: &[audit::ResultLine], code: &str| {
        let found = lines.iter().find(|line| line.account.code.as_str() == code);
        found.unwrap_or_else(|| panic!("{code}")).clone()
    };
    for (code, published) in [("40301", "32.63"), ("40302", "12.23")] {
        assert_eq!(result(&review.income.lines, code).actual, ten_thousands(published), "{code}");
    }
    for (code, published) in
        [("50101", "1.31"), ("50102", "19.84"), ("50103", "1.01"), ("50105", "201.38")]
    {
        assert_eq!(result(&review.spending.lines, code).actual, ten_thousands(published), "{code}");
    }
    let share = result(&review.income.lines, "40301").share.unwrap();
    assert_eq!(share.to_string(), "14.40");
    for asked in closed(2023) {
        book.then(&asked);
    }
    let statement = reads_as(&book, "college", 2023);
    for (name, published) in [
        ("三、收入合计", "226.54"),
        ("(一)会费收入", "19.92"),
        ("(二)拨缴经费收入", "161.26"),
        ("(三)上级补助收入", "44.86"),
        ("(八)其他收入", "0.50"),
        ("四、支出合计", "237.54"),
        ("(一)职工活动支出", "223.54"),
        ("(三)职工服务支出", "9.82"),
        ("(五)业务支出", "4.18"),
        ("五、本期收支差额", "-11.00"),
        ("六、年末资金结转结余", "260.24"),
        ("(二)年末资金结余", "260.24"),
    ] {
        assert_eq!(line(&statement, name), ten_thousands(published), "{name}");
    }
    let sheet =
        balance_sheet::report(book.state(), book.book.chart(), Term::Year(FiscalYear(2023)));
    let fixed = sheet.lines.iter().find(|line| line.name.zh == "固定资产净值").unwrap();
    assert_eq!(fixed.amounts.closing, yuan("339304.00"));
}

/// A university faculty's union, 2011. Its figures were published without accounts; which account
/// takes which is ours, and how many members paid.
fn faculty() -> Vec<Asked> {
    let mut asked = union("示例学院分工会", 2011, 0);
    asked.push(given::payroll("2011-11-05", "2011-11", "1578670.00"));
    members(&mut asked, "2011-01-01", 1, 50, "1820.00");
    members(&mut asked, "2011-11-01", 51, 51, "1690.00");
    let year = FiscalYear(2011);
    asked.extend(year.first_month().through(year.last_month()).map(|m| dues(m, 1, 50, "9.10")));
    let last = year.last_month();
    let november = Month::new(2011, 11).unwrap();
    asked.extend([november, last].map(|month| dues(month, 51, 51, "8.45")));
    asked.push(given::allocation("2011-12-08", "2011-11", "31573.40"));
    asked.push(subsidy("2011-12-15", "administration", "general", "6110.00"));
    for (id, account, amount) in
        [("sport", "50102", "7761.70"), ("members", "50105", "6800.00"), ("other", "510", "302.10")]
    {
        asked.extend(spent("2011-12-28", id, "general", account, amount));
    }
    asked
}

#[test]
fn the_published_accounts_of_a_faculty_come_out_to_the_fen() {
    let mut book = given(in_order(faculty()));
    for asked in closed(2011) {
        book.then(&asked);
    }
    let statement = reads_as(&book, "faculty", 2011);
    for (name, published) in [
        ("三、收入合计", "43160.30"),
        ("(一)会费收入", "5476.90"),
        ("(二)拨缴经费收入", "31573.40"),
        ("(五)行政补助收入", "6110.00"),
        ("四、支出合计", "14863.80"),
        ("五、本期收支差额", "28296.50"),
        ("六、年末资金结转结余", "28296.50"),
    ] {
        assert_eq!(line(&statement, name), yuan(published), "{name}");
    }
}
