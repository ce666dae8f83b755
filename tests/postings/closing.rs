//! 期末结转 and what moves money between the lines of net assets (财会〔2021〕7号, 321, 322, 331, 341).

use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, FINANCE, FIRST, RELIEF, adjust, approve, asks, close_year,
    correct_prior_year, dues, eleven_months, establish, interest_into, officers, pay, requested,
    subsidy, transfer, union, union_with_money,
};
use crate::{Row, row};

const DAY: &str = "2025-12-31";

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = carried();
    rows.extend(fiscal_and_stabilised());
    rows.extend(moved());
    rows.extend(prior_years());
    rows
}

/// A year is closed, and what was wrong in it comes out in the next one.
fn prior_years() -> Vec<Row> {
    const NEXT: &str = "2026-02-10";
    // The last voucher before the closing is the payment.
    let closed = |given: Vec<Asked>, more: Vec<Asked>| {
        let paid: Vec<Asked> = given.into_iter().chain(more).collect();
        let of = given_lines(&paid) - 1;
        let year = [close_year(DAY, 2025)];
        (paid.into_iter().chain(eleven_months()).chain(year).collect::<Vec<_>>(), of)
    };
    let paid = |fund: &str, account: &str| {
        let mut more = vec![by_chair_alone(), interest_into(fund, FIRST, FIRST, "60.00")];
        more.extend(spent(fund, account, "50.00"));
        more
    };
    let (general, of_general) = closed(union_with_money(), paid("general", "50102"));
    let (relief, of_relief) = closed(union(), paid(RELIEF, "50404"));
    let mark = json!({"fund": "fiscal", "source": "财政批复"});
    let mut treasury = vec![
        establish(ACCOUNTANT, FIRST, "fiscal", false),
        asks(ACCOUNTANT, FIRST, "fiscal_fund.mark", mark),
    ];
    treasury.extend(paid("fiscal", "50404"));
    let (fiscal, of_fiscal) = closed(officers("county"), treasury);
    let back = [("102", "debit", "5.00")];
    let owned = [("162", "debit", "5.00"), ("30104", "credit", "5.00")];
    vec![
        row(
            "收回以前年度支出 (非专项)",
            general.clone(),
            correct_prior_year(NEXT, of_general, "general", &back),
            "借 102 银行存款 5.00
             贷 32201 年初余额调整 5.00",
        ),
        row(
            "收回以前年度支出 (专项)",
            relief,
            correct_prior_year(NEXT, of_relief, RELIEF, &back),
            "借 102 银行存款 5.00 relief
             贷 32101 年初余额调整 5.00 relief",
        ),
        row(
            "收回以前年度支出 (财政拨款)",
            fiscal,
            correct_prior_year(NEXT, of_fiscal, "fiscal", &back),
            "借 102 银行存款 5.00 fiscal
             贷 33101 年初余额调整 5.00 fiscal",
        ),
        row(
            "以前年度少计应付款",
            general.clone(),
            correct_prior_year(NEXT, of_general, "general", &[("215", "credit", "5.00")]),
            "贷 215 其他应付款 5.00
             借 32201 年初余额调整 5.00",
        ),
        row(
            "以前年度漏记固定资产",
            general,
            correct_prior_year(NEXT, of_general, "general", &owned),
            "借 162 固定资产 5.00
             贷 30104 固定资产 5.00",
        ),
    ]
}

fn given_lines(asked: &[Asked]) -> u64 {
    u64::try_from(crate::given::given(asked.to_vec()).lines().len()).unwrap()
}

/// So much is spent out of a fund.
fn spent(fund: &str, account: &str, amount: &str) -> [Asked; 3] {
    let mut fields = requested(FIRST, fund, account, amount, &json!({"organisation": "商店"}));
    fields["fund"] = fund.into();
    [
        asks(FINANCE, FIRST, "disbursement.request", fields),
        approve(CHAIR, FIRST, fund, amount),
        pay(CASHIER, FIRST, fund, "bank"),
    ]
}

fn whole_year(given: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    given.into_iter().chain(more).chain(eleven_months()).collect()
}

/// The fields of lines in one fund: account, side, amount.
fn lines(fund: &str, lines: &[(&str, &str, &str)]) -> Value {
    let line = |(account, side, amount): &(&str, &str, &str)| json!({"account": account, "fund": fund, *side: amount});
    lines.iter().map(line).collect()
}

fn by_chair_alone() -> Asked {
    let rule = json!({"name": "approval_bands", "bands": [{"roles": ["chair"]}]});
    crate::given::rule(CHAIR, FIRST, &rule)
}

fn carried() -> Vec<Row> {
    vec![
        row(
            "期末结转: 非专项收支",
            whole_year(
                union_with_money(),
                [by_chair_alone(), dues(FIRST, "m-1", "2025-01", "25.00")]
                    .into_iter()
                    .chain(spent("general", "50102", "5.00")),
            ),
            close_year(DAY, 2025),
            "借 401 会费收入 25.00
             贷 50102 文体活动支出 5.00
             贷 32203 本年收支结转 20.00
             借 32203 本年收支结转 20.00
             贷 32205 累计结余 20.00",
        ),
        row(
            "期末结转: 专项收支",
            whole_year(
                union(),
                [by_chair_alone(), subsidy(FIRST, "superior_earmarked", RELIEF, "30.00")]
                    .into_iter()
                    .chain(spent(RELIEF, "50404", "12.00")),
            ),
            close_year(DAY, 2025),
            "借 40302 专项转移支付补助 30.00 relief
             贷 50404 困难职工帮扶支出 12.00 relief
             贷 32103 本年收支结转 18.00 relief
             借 32103 本年收支结转 18.00 relief
             贷 32104 累计结转 18.00 relief",
        ),
        row(
            "期末结转: 专项资金中的会费仍入结余",
            whole_year(union(), {
                let line = json!([{"member": "m-1", "month": "2025-01", "amount": "25.00"}]);
                let fields = json!({"date": FIRST, "into": "cash", "fund": RELIEF, "lines": line});
                [asks(ACCOUNTANT, FIRST, "dues.receive", fields)]
            }),
            close_year(DAY, 2025),
            "借 401 会费收入 25.00 relief
             贷 32203 本年收支结转 25.00 relief
             借 32203 本年收支结转 25.00 relief
             贷 32205 累计结余 25.00 relief",
        ),
        row(
            "年末: 年初余额调整与单位内部调剂并入累计",
            whole_year(
                union_with_money(),
                [
                    adjust(
                        FIRST,
                        lines("general", &[("135", "debit", "3.00"), ("32201", "credit", "3.00")]),
                    ),
                    transfer(FIRST, "general", RELIEF, "8.00"),
                ],
            ),
            close_year(DAY, 2025),
            "借 32201 年初余额调整 3.00
             贷 32202 单位内部调剂 8.00
             借 32205 累计结余 5.00
             借 32102 单位内部调剂 8.00 relief
             贷 32104 累计结转 8.00 relief",
        ),
    ]
}

fn fiscal_and_stabilised() -> Vec<Row> {
    let county = |more: Vec<Asked>| whole_year(officers("county"), more);
    let mark = asks(
        ACCOUNTANT,
        FIRST,
        "fiscal_fund.mark",
        json!({"fund": "fiscal", "source": "财政批复"}),
    );
    vec![
        row(
            "期末结转: 财政拨款",
            county(vec![
                establish(ACCOUNTANT, FIRST, "fiscal", true),
                mark,
                adjust(
                    FIRST,
                    lines("fiscal", &[("135", "debit", "9.00"), ("40401", "credit", "9.00")]),
                ),
            ]),
            close_year(DAY, 2025),
            "借 40401 财政拨款收入 9.00 fiscal
             贷 33103 本年收支结转 9.00 fiscal
             借 33103 本年收支结转 9.00 fiscal
             贷 33104 累计结转 9.00 fiscal",
        ),
        row(
            "期末结转: 安排和动用预算稳定调节基金 (不论资金性质)",
            county(vec![
                adjust(
                    FIRST,
                    lines(RELIEF, &[("521", "debit", "6.00"), ("341", "credit", "6.00")]),
                ),
                adjust(
                    FIRST,
                    lines(RELIEF, &[("341", "debit", "2.00"), ("411", "credit", "2.00")]),
                ),
            ]),
            close_year(DAY, 2025),
            "借 411 动用预算稳定调节基金 2.00 relief
             贷 521 安排预算稳定调节基金 6.00 relief
             借 32203 本年收支结转 4.00 relief
             贷 32203 本年收支结转 4.00 relief
             借 32205 累计结余 4.00 relief",
        ),
    ]
}

fn moved() -> Vec<Row> {
    let relief = || {
        let mut given = union();
        given.push(interest_into(RELIEF, FIRST, FIRST, "10.00"));
        given
    };
    let resolved = |name: &str, fields: Value| {
        let mut fields = fields;
        fields["date"] = DAY.into();
        fields["resolution"] = "决议2025-9号".into();
        asks(CHAIR, DAY, name, fields)
    };
    vec![
        row(
            "改变用途 (结余转作专项)",
            union_with_money(),
            transfer(DAY, "general", RELIEF, "8.00"),
            "借 32202 单位内部调剂 8.00
             贷 102 银行存款 8.00
             借 102 银行存款 8.00 relief
             贷 32102 单位内部调剂 8.00 relief",
        ),
        row(
            "结余性质的结转",
            relief(),
            resolved("fund.release", json!({"from": RELIEF, "amount": "4.00"})),
            "借 32104 累计结转 4.00 relief
             贷 102 银行存款 4.00 relief
             借 102 银行存款 4.00
             贷 32204 结转转入 4.00",
        ),
        row(
            "专项完结",
            relief(),
            resolved("fund.close", json!({"fund": RELIEF})),
            "借 32104 累计结转 10.00 relief
             贷 102 银行存款 10.00 relief
             借 102 银行存款 10.00
             贷 32204 结转转入 10.00",
        ),
    ]
}
