//! Income on any account, custodial money, advances, differences of cash, and the general voucher.

use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, cash, of, pay,
    requested, rule, union, union_with_money,
};
use crate::{Row, given, row};
use mingzhang::ids::Seq;
use mingzhang::report::{Term, income_statement};

const DAY: &str = "2025-02-10";

fn income(account: &str, into: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": DAY, "account": account, "into": into, "amount": amount, "from": "付款单位",
        "purpose": "事由",
    });
    asks(ACCOUNTANT, DAY, "income.receive", fields)
}

fn more(mut given: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    given.extend(more);
    given
}

/// The next record after these commands.
fn next(asked: Vec<Asked>) -> Seq {
    given(asked).state().next()
}

fn custodial(into: &str) -> Asked {
    let fields = json!({
        "date": DAY, "project": "mutual", "into": into, "amount": "20.00", "from": "会员五人",
    });
    asks(ACCOUNTANT, DAY, "custodial.receive", fields)
}

fn project() -> Asked {
    let fields = json!({
        "project": "mutual", "name": "职工互助保险", "whose": "示例互助会", "purpose": "代收保费",
    });
    asks(ACCOUNTANT, FIRST, "custodial_project.open", fields)
}

/// A request on this account, approved.
fn approved(account: &str, amount: &str, payee: &Value) -> Vec<Asked> {
    let asked =
        asks(CLERK, DAY, "disbursement.request", requested(DAY, "d-1", account, amount, payee));
    vec![asked, approve(FINANCE, DAY, "d-1", amount)]
}

fn settle(on: &str, spent: &Value, returned: &str) -> Asked {
    let fields = json!({
        "date": on, "disbursement": "d-1", "spent": spent, "returned": returned, "into": "cash",
    });
    asks(ACCOUNTANT, on, "advance.settle", fields)
}

fn counted(counted: &str) -> Vec<Asked> {
    let fields = json!({"date": DAY, "counted": counted, "witness": ACCOUNTANT});
    more(union_with_money(), [asks(CASHIER, DAY, "cash.count", fields)])
}

fn differs(counted_as: &str, kind: &str, amount: &str) -> Asked {
    let count = Seq(next(counted(counted_as)).0 - 1);
    let fields = json!({"date": DAY, "kind": kind, "amount": amount, "count": count});
    asks(ACCOUNTANT, DAY, "cash_difference.record", fields)
}

fn resolved(event: &'static str, over: bool, ends: &Value, entries: &'static str) -> Row {
    let (found, kind) = if over { ("103.00", "over") } else { ("98.00", "short") };
    let amount = if over { "3.00" } else { "2.00" };
    let before = more(counted(found), [differs(found, kind, amount)]);
    let of = Seq(next(before.clone()).0 - 1);
    let fields = json!({"date": DAY, "of": of, "ends": ends, "basis": "决议"});
    row(event, before, asks(FINANCE, DAY, "cash_difference.resolve", fields), entries)
}

fn journal(lines: &Value) -> Asked {
    let fields = json!({"date": DAY, "lines": lines, "reason": "转账", "basis": "决议"});
    asks(ACCOUNTANT, DAY, "journal.record", fields)
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = of_income();
    rows.extend(of_custody());
    rows.extend(of_advances());
    rows.extend(of_cash());
    rows.extend(of_journals());
    rows
}

fn of_income() -> Vec<Row> {
    vec![
        row(
            "收财政拨款 (40401)",
            union(),
            income("40401", "bank", "5000.00"),
            "借 102 银行存款 5000.00
             贷 40401 财政拨款收入 5000.00",
        ),
        row(
            "收附属单位上缴 (406)",
            union(),
            income("406", "bank", "800.00"),
            "借 102 银行存款 800.00
             贷 406 附属单位上缴收入 800.00",
        ),
        row(
            "收投资收益 (407)",
            union(),
            income("407", "bank", "12.50"),
            "借 102 银行存款 12.50
             贷 407 投资收益 12.50",
        ),
        row(
            "收其他收入 (408)",
            union(),
            income("408", "cash", "66.00"),
            "借 101 库存现金 66.00
             贷 408 其他收入 66.00",
        ),
        row(
            "收押金、暂存款 (215)",
            union(),
            income("215", "cash", "200.00"),
            "借 101 库存现金 200.00
             贷 215 其他应付款 200.00",
        ),
        row(
            "退押金、暂存款 (215)",
            more(
                union(),
                [income("215", "cash", "200.00")].into_iter().chain(approved(
                    "215",
                    "150.00",
                    &json!({"organisation": "示例公司"}),
                )),
            ),
            pay(CASHIER, DAY, "d-1", "cash"),
            "借 215 其他应付款 150.00
             贷 101 库存现金 150.00",
        ),
    ]
}

fn of_custody() -> Vec<Row> {
    let to = json!({"organisation": "示例互助会"});
    let mut of_project = requested(DAY, "d-1", "221", "20.00", &to);
    of_project["fund"] = "mutual".into();
    let of_project = [
        asks(CLERK, DAY, "disbursement.request", of_project),
        approve(FINANCE, DAY, "d-1", "20.00"),
    ];
    let paid = json!({"disbursement": "d-1", "date": DAY, "from": "bank"});
    vec![
        row(
            "收代管经费 (现金)",
            more(union(), [project()]),
            custodial("cash"),
            "借 10101 代管经费 20.00 mutual
             贷 221 代管经费 20.00 mutual",
        ),
        row(
            "付代管经费 (银行)",
            more(more(union(), [project(), custodial("bank")]), of_project),
            asks(CASHIER, DAY, "custodial.pay", paid),
            "借 221 代管经费 20.00 mutual
             贷 10201 代管经费 20.00 mutual",
        ),
        row(
            "提取现金",
            union_with_money(),
            cash("cash.draw", DAY, "20.00"),
            "借 101 库存现金 20.00
             贷 102 银行存款 20.00",
        ),
        row(
            "存入现金",
            union_with_money(),
            cash("cash.deposit", DAY, "20.00"),
            "借 102 银行存款 20.00
             贷 101 库存现金 20.00",
        ),
    ]
}

fn of_advances() -> Vec<Row> {
    let to = json!({"officer": CLERK});
    let by_finance =
        asks(FINANCE, DAY, "disbursement.request", requested(DAY, "d-1", "135", "80.00", &to));
    let of_two = json!({"name": "approval_bands", "bands": [{"roles": ["chair"]}]});
    let bands = rule(CHAIR, DAY, &of_two);
    let approved = [bands, by_finance, approve(CHAIR, DAY, "d-1", "80.00")];
    let unpaid = more(union_with_money(), approved);
    let paid = more(unpaid.clone(), [pay(CASHIER, DAY, "d-1", "cash")]);
    let trip = json!([{"account": "50504", "amount": "55.00", "purpose": "差旅费"}]);
    let lost = json!([{"account": "182", "amount": "80.00", "purpose": "无法收回"}]);
    vec![
        row(
            "借出差旅备用金 (135)",
            unpaid,
            pay(CASHIER, DAY, "d-1", "cash"),
            "借 135 其他应收款 80.00
             贷 101 库存现金 80.00",
        ),
        row(
            "借款报销并交回余款",
            paid.clone(),
            settle(DAY, &trip, "25.00"),
            "借 50504 其他业务支出 55.00
             借 101 库存现金 25.00
             贷 135 其他应收款 80.00",
        ),
        row(
            "三年以上的借款转入待处理",
            paid,
            settle("2028-02-10", &lost, "0.00"),
            "借 182 待处理财产损溢 80.00
             贷 135 其他应收款 80.00",
        ),
    ]
}

fn of_cash() -> Vec<Row> {
    vec![
        row(
            "现金短缺",
            counted("98.00"),
            differs("98.00", "short", "2.00"),
            "借 182 待处理财产损溢 2.00
             贷 101 库存现金 2.00",
        ),
        row(
            "现金溢余",
            counted("103.00"),
            differs("103.00", "over", "3.00"),
            "借 101 库存现金 3.00
             贷 182 待处理财产损溢 3.00",
        ),
        resolved(
            "现金短缺由责任人赔偿",
            false,
            &json!({"liable": CASHIER}),
            "借 135 其他应收款 2.00
             贷 182 待处理财产损溢 2.00",
        ),
        resolved(
            "现金短缺无法查明",
            false,
            &json!("spending"),
            "借 510 其他支出 2.00
             贷 182 待处理财产损溢 2.00",
        ),
        resolved(
            "现金溢余应付有关人员",
            true,
            &json!("owed"),
            "借 182 待处理财产损溢 3.00
             贷 215 其他应付款 3.00",
        ),
        resolved(
            "现金溢余无法查明",
            true,
            &json!("income"),
            "借 182 待处理财产损溢 3.00
             贷 408 其他收入 3.00",
        ),
    ]
}

fn of_journals() -> Vec<Row> {
    let lines = |debited: &str, credited: &str| {
        json!([
            {"account": debited, "fund": "general", "debit": "9.00"},
            {"account": credited, "fund": "general", "credit": "9.00"},
        ])
    };
    vec![
        row(
            "以前年度呆账待核销",
            union(),
            journal(&lines("182", "32201")),
            "借 182 待处理财产损溢 9.00
             贷 32201 年初余额调整 9.00",
        ),
        row(
            "计提职工薪酬",
            union(),
            journal(&lines("50504", "201")),
            "借 50504 其他业务支出 9.00
             贷 201 应付职工薪酬 9.00",
        ),
        row(
            "批准核销呆账",
            union(),
            journal(&lines("510", "182")),
            "借 510 其他支出 9.00
             贷 182 待处理财产损溢 9.00",
        ),
    ]
}

/// Every prescribed expenditure account takes a payment, and stands on its line of 工会02表.
#[test]
fn each_prescribed_expenditure_account_is_paid_from_and_stands_on_its_line() {
    let accounts = [
        ("职工活动支出", "50101 50102 50103 50104 50105 50106"),
        ("职工服务支出", "50301 50302 50303 50304 50305"),
        ("维权支出", "50401 50402 50403 50404 50405 50406"),
        ("业务支出", "50501 50502 50503 50504"),
        ("资本性支出", "50701 50702 50703 50704 50705 50706 50707"),
        ("对附属单位的支出", "509"),
        ("其他支出", "510"),
    ];
    for (line, codes) in accounts {
        for code in codes.split(' ') {
            let asked = approved(code, "7.00", &json!({"organisation": "示例商店"}));
            let paid = more(union_with_money(), asked);
            let book = given(more(paid, [pay(CASHIER, DAY, "d-1", "bank")]));
            let (state, chart) = (book.state().clone(), book.book.chart().clone());
            let form = income_statement::report(&state, &chart, Term::Month(of("2025-02")));
            let spent: Vec<(String, String)> = form
                .lines
                .iter()
                .filter(|line| !line.this.is_zero())
                .map(|line| (line.name.zh.clone(), line.this.to_string()))
                .collect();
            let found: Vec<&str> = spent.iter().map(|(name, _)| name.as_str()).collect();
            let named = found.iter().any(|name| name.ends_with(line));
            assert!(named && spent.len() == 3, "{code}: {spent:?}");
        }
    }
}
