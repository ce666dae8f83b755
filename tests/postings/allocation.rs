//! The two per cent between unions: 131, 132, 211, 212, 215, 402, 403, 508.

use crate::given::allocation::{
    FIRM, TOWN, YEAR_END, accrue, collect, county, found, pass_down, preparation, settle,
    subsidy_accrued, subsidy_approved,
};
use crate::given::{Asked, allocation, given, payroll, remit, reverse, subsidy, union};
use crate::{Row, row};

const DAY: &str = "2025-02-10";
const NEXT_YEAR: &str = "2026-01-20";

fn after(mut before: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    before.extend(more);
    before
}

/// How many records the county's book has: the place of the next one.
fn records() -> u64 {
    u64::try_from(given(county()).lines().len()).unwrap()
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = received();
    rows.extend(passed_on());
    rows.extend(accrued());
    rows.extend(settled());
    rows
}

fn received() -> Vec<Row> {
    let declared = || after(union(), [payroll(DAY, "2025-01", "100000.00")]);
    vec![
        row(
            "402 (一) 自主拨缴",
            declared(),
            allocation(DAY, "2025-01", "2000.00"),
            "借 102 银行存款 2000.00
             贷 402 拨缴经费收入 1200.00
             贷 211 应付上级经费 800.00",
        ),
        row(
            "402 (二)1 税务代收",
            county(),
            collect(DAY, "tax_bureau", Some(TOWN), "1000.01"),
            "借 102 银行存款 1000.01
             贷 402 拨缴经费收入 350.00
             贷 211 应付上级经费 50.00
             贷 21202 应付下级转拨经费 600.01",
        ),
        row(
            "402 (二)1 财政划拨",
            county(),
            collect(DAY, "treasury", Some(TOWN), "2000.00"),
            "借 102 银行存款 2000.00
             贷 402 拨缴经费收入 700.00
             贷 211 应付上级经费 100.00
             贷 21202 应付下级转拨经费 1200.00",
        ),
        row(
            "402 (二)2 收到上级转拨, 部分属于下级",
            county(),
            collect(DAY, "passed_down", Some(TOWN), "1000.00"),
            "借 102 银行存款 1000.00
             贷 402 拨缴经费收入 400.00
             贷 21202 应付下级转拨经费 600.00",
        ),
        row(
            "402 (二)2 收到上级转拨, 全部属于本级",
            union(),
            collect(DAY, "passed_down", None, "1200.00"),
            "借 102 银行存款 1200.00
             贷 402 拨缴经费收入 1200.00",
        ),
        row(
            "小额缴费返还",
            union(),
            collect(DAY, "small_payer_refund", None, "80.00"),
            "借 102 银行存款 80.00
             贷 402 拨缴经费收入 80.00",
        ),
        row(
            "402 收到下级上缴",
            county(),
            collect(DAY, "lower_remittance", Some(TOWN), "1000.00"),
            "借 102 银行存款 1000.00
             贷 402 拨缴经费收入 700.00
             贷 211 应付上级经费 300.00",
        ),
        row(
            "403 (一) 上级补助",
            county(),
            subsidy(DAY, "superior_general", "general", "500.00"),
            "借 102 银行存款 500.00
             贷 40301 一般性转移支付补助 500.00",
        ),
        row(
            "215 (一) 建会筹备金",
            county(),
            preparation("preparation_fund.receive", DAY, "1000.00"),
            "借 102 银行存款 1000.00
             贷 215 其他应付款 1000.00",
        ),
        row(
            "215 (一) 建立工会后结转筹备金",
            after(
                county(),
                [preparation("preparation_fund.receive", DAY, "1000.00"), found(DAY, FIRM)],
            ),
            preparation("preparation_fund.settle", DAY, "1000.00"),
            "借 215 其他应付款 1000.00
             贷 402 拨缴经费收入 350.00
             贷 211 应付上级经费 50.00
             贷 21202 应付下级转拨经费 600.00",
        ),
    ]
}

fn passed_on() -> Vec<Row> {
    let collected = || after(county(), [collect(DAY, "tax_bureau", Some(TOWN), "1000.00")]);
    let subsidised = || after(county(), subsidy_accrued("lower_subsidy_general", "800.00"));
    vec![
        row(
            "211 (二) 上解",
            collected(),
            remit(DAY, "50.00"),
            "借 211 应付上级经费 50.00
             贷 102 银行存款 50.00",
        ),
        row(
            "212 (二) 转拨下级",
            collected(),
            pass_down(DAY, "passdown", "600.00"),
            "借 21202 应付下级转拨经费 600.00
             贷 102 银行存款 600.00",
        ),
        row(
            "212 (一) 次年拨付补助",
            subsidised(),
            pass_down(NEXT_YEAR, "subsidy", "800.00"),
            "借 21201 应付下级补助 800.00
             贷 102 银行存款 800.00",
        ),
    ]
}

fn accrued() -> Vec<Row> {
    let accrue = |kind, other, amount| accrue(YEAR_END, kind, other, amount);
    vec![
        row(
            "131 (一) 年末应收上级一般性补助",
            county(),
            accrue("superior_subsidy_general", None, "500.00"),
            "借 13101 应收上级补助 500.00
             贷 40301 一般性转移支付补助 500.00",
        ),
        row(
            "131 (一) 年末应收上级专项补助",
            county(),
            accrue("superior_subsidy_earmarked", None, "500.00"),
            "借 13101 应收上级补助 500.00 relief
             贷 40302 专项转移支付补助 500.00 relief",
        ),
        row(
            "131 (二) 年末应收上级转拨经费",
            county(),
            accrue("superior_passdown", Some(TOWN), "1000.00"),
            "借 13102 应收上级转拨经费 1000.00
             贷 402 拨缴经费收入 400.00
             贷 21202 应付下级转拨经费 600.00",
        ),
        row(
            "132 (一) 年末应收下级经费",
            county(),
            accrue("lower_allocation", Some(TOWN), "1000.00"),
            "借 132 应收下级经费 1000.00
             贷 402 拨缴经费收入 700.00
             贷 211 应付上级经费 300.00",
        ),
        row(
            "508 (二) 年末应付下级一般性补助",
            after(county(), subsidy_approved(YEAR_END, "lower_subsidy_general", "800.00")),
            accrue("lower_subsidy_general", Some(TOWN), "800.00"),
            "借 50801 一般性转移支付补助 800.00
             贷 21201 应付下级补助 800.00",
        ),
        row(
            "508 (二) 年末应付下级专项补助",
            after(county(), subsidy_approved(YEAR_END, "lower_subsidy_earmarked", "800.00")),
            accrue("lower_subsidy_earmarked", Some(TOWN), "800.00"),
            "借 50802 专项转移支付补助 800.00
             贷 21201 应付下级补助 800.00",
        ),
    ]
}

fn settled() -> Vec<Row> {
    let after_accrual = |kind, other| after(county(), [accrue(YEAR_END, kind, other, "1000.00")]);
    vec![
        row(
            "131 (一) 收到应收的上级补助",
            after_accrual("superior_subsidy_general", None),
            settle(NEXT_YEAR, records(), "400.00"),
            "借 102 银行存款 400.00
             贷 13101 应收上级补助 400.00",
        ),
        row(
            "132 (二) 收到下级上缴的应收经费",
            after_accrual("lower_allocation", Some(TOWN)),
            settle(NEXT_YEAR, records(), "1000.00"),
            "借 102 银行存款 1000.00
             贷 132 应收下级经费 1000.00",
        ),
        row(
            "131 (二) 收到应收的上级转拨, 多出部分分成",
            after_accrual("superior_passdown", Some(TOWN)),
            collect(NEXT_YEAR, "passed_down", Some(TOWN), "1500.00"),
            "借 102 银行存款 1500.00
             贷 13102 应收上级转拨经费 1000.00
             贷 402 拨缴经费收入 200.00
             贷 21202 应付下级转拨经费 300.00",
        ),
    ]
}

/// Whatever a record said of the two per cent, its reversal takes back, and the rest stands.
#[test]
fn a_reversal_gives_back_what_stands_between_the_unions() {
    for Row { event, given: before, asked, .. } in rows() {
        let mut book = given(before);
        let allocation = book.state().allocation.clone();
        let records = book.then(&asked);
        let [record] = records.as_slice() else { panic!("{event}: {records:?}") };
        let on = asked.on.to_string();
        book.then(&reverse(&on, record.seq.0));
        assert_eq!(book.state().allocation, allocation, "{event}");
    }
}
