//! What every book posts, whatever its practices are: income, spending, money moved, periods.

use serde_json::json;

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, RELIEF, allocation, approve, asks, cash,
    close, close_year, dues, establish, interest_into, of, opening, payroll, remit, requested,
    reverse, subsidy, transfer, union, union_with_money,
};
use crate::{Row, row};

const DAY: &str = "2025-02-10";

fn after(mut before: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    before.extend(more);
    before
}

pub(crate) fn rows() -> Vec<Row> {
    [income(), spending(), moved(), periods()].into_iter().flatten().collect()
}

fn income() -> Vec<Row> {
    let into_bank = json!({"date": DAY, "into": "bank", "lines": [
        {"member": "m-1", "month": "2025-01", "amount": "25.00"},
        {"member": "m-2", "month": "2025-01", "amount": "20.00"},
    ]});
    let donated = |into: &str| {
        let fields = json!({
            "date": DAY, "fund": RELIEF, "into": into, "amount": "800.00", "donors": 16,
            "purpose": "一日捐",
        });
        asks(ACCOUNTANT, DAY, "donation.receive", fields)
    };
    let other = json!({"date": DAY, "into": "cash", "amount": "12.50", "purpose": "废品"});
    let declared = || after(union(), [payroll(DAY, "2025-01", "100000.00")]);
    vec![
        row(
            "收会费 (银行)",
            union(),
            asks(ACCOUNTANT, DAY, "dues.receive", into_bank),
            "借 102 银行存款 45.00
             贷 401 会费收入 45.00",
        ),
        row(
            "收拨缴经费, 自主拨缴: 留成与应上解",
            declared(),
            allocation(DAY, "2025-01", "2000.00"),
            "借 102 银行存款 2000.00
             贷 402 拨缴经费收入 1200.00
             贷 211 应付上级经费 800.00",
        ),
        row(
            "收拨缴经费: 应上解四舍五入, 留成取余数",
            declared(),
            allocation(DAY, "2025-01", "333.33"),
            "借 102 银行存款 333.33
             贷 402 拨缴经费收入 200.00
             贷 211 应付上级经费 133.33",
        ),
        row(
            "上级一般性转移支付补助",
            union(),
            subsidy(DAY, "superior_general", "general", "3000.00"),
            "借 102 银行存款 3000.00
             贷 40301 一般性转移支付补助 3000.00",
        ),
        row(
            "上级专项转移支付补助",
            union(),
            subsidy(DAY, "superior_earmarked", RELIEF, "5000.00"),
            "借 102 银行存款 5000.00 relief
             贷 40302 专项转移支付补助 5000.00 relief",
        ),
        row(
            "行政补助",
            union(),
            subsidy(DAY, "administration", "general", "7000.00"),
            "借 102 银行存款 7000.00
             贷 405 行政补助收入 7000.00",
        ),
        row(
            "捐款收入 (银行)",
            union(),
            donated("bank"),
            "借 102 银行存款 800.00 relief
             贷 408 其他收入 800.00 relief",
        ),
        row(
            "捐款收入 (现金)",
            union(),
            donated("cash"),
            "借 101 库存现金 800.00 relief
             贷 408 其他收入 800.00 relief",
        ),
        row(
            "专项资金的利息收入",
            union(),
            interest_into(RELIEF, DAY, DAY, "0.37"),
            "借 102 银行存款 0.37 relief
             贷 408 其他收入 0.37 relief",
        ),
        row(
            "其他收入",
            union(),
            asks(ACCOUNTANT, DAY, "other_income.receive", other),
            "借 101 库存现金 12.50
             贷 408 其他收入 12.50",
        ),
    ]
}

/// A payment from the bank, approved, out of the general fund.
fn paid(account: &str, from: &str) -> (Vec<Asked>, Asked) {
    let payee = json!({"organisation": "示例商店"});
    let fields = requested(DAY, "d-1", account, "60.00", &payee);
    let before = after(
        union_with_money(),
        [asks(CLERK, DAY, "disbursement.request", fields), approve(FINANCE, DAY, "d-1", "60.00")],
    );
    let fields = json!({"disbursement": "d-1", "date": DAY, "from": from});
    (before, asks(CASHIER, DAY, "disbursement.pay", fields))
}

fn spending() -> Vec<Row> {
    let row_of =
        |event, (given, asked): (Vec<Asked>, Asked), entries| row(event, given, asked, entries);
    vec![
        row_of(
            "支出 (银行)",
            paid("50405", "bank"),
            "借 50405 送温暖支出 60.00
             贷 102 银行存款 60.00",
        ),
        row_of(
            "支出 (现金)",
            paid("50105", "cash"),
            "借 50105 会员活动支出 60.00
             贷 101 库存现金 60.00",
        ),
        row(
            "上解",
            after(
                union(),
                [payroll(DAY, "2025-01", "100000.00"), allocation(DAY, "2025-01", "2000.00")],
            ),
            remit(DAY, "800.00"),
            "借 211 应付上级经费 800.00
             贷 102 银行存款 800.00",
        ),
    ]
}

fn moved() -> Vec<Row> {
    let relief_with_money =
        || after(union(), [subsidy(DAY, "superior_earmarked", RELIEF, "500.00")]);
    // From a restricted fund to another: what leaves it for good is released (结转转入).
    let other = || after(relief_with_money(), [establish(ACCOUNTANT, DAY, "study", true)]);
    vec![
        row(
            "提现",
            union_with_money(),
            cash("cash.draw", DAY, "300.00"),
            "借 101 库存现金 300.00
             贷 102 银行存款 300.00",
        ),
        row(
            "存现",
            union_with_money(),
            cash("cash.deposit", DAY, "40.00"),
            "借 102 银行存款 40.00
             贷 101 库存现金 40.00",
        ),
        row(
            "单位内部调剂: 一般资金划入专项资金",
            union_with_money(),
            transfer(DAY, "general", RELIEF, "200.00"),
            "借 32202 单位内部调剂 200.00
             贷 102 银行存款 200.00
             借 102 银行存款 200.00 relief
             贷 32102 单位内部调剂 200.00 relief",
        ),
        row(
            "单位内部调剂: 专项资金之间划转",
            other(),
            Asked { by: of(CHAIR), ..transfer(DAY, RELIEF, "study", "200.00") },
            "借 32102 单位内部调剂 200.00 relief
             贷 102 银行存款 200.00 relief
             借 102 银行存款 200.00 study
             贷 32102 单位内部调剂 200.00 study",
        ),
    ]
}

fn periods() -> Vec<Row> {
    let balances = json!([
        {"account": "102", "fund": "general", "debit": "900.00"},
        {"account": "162", "fund": "general", "debit": "500.00"},
        {"account": "163", "fund": "general", "credit": "100.00"},
        {"account": "30104", "fund": "general", "credit": "400.00"},
        {"account": "32205", "fund": "general", "credit": "900.00"},
    ]);
    let seq = crate::given::given(union()).lines().len() as u64;
    // The year: general income and spending, dues into the restricted fund, its own income, money
    // moved from the general fund.
    let (mut year, pay) = paid("50405", "bank");
    let dues_for_relief = json!({"date": DAY, "fund": RELIEF, "into": "bank", "lines": [
        {"member": "m-2", "month": "2025-01", "amount": "25.00"},
    ]});
    year.extend([
        pay,
        dues(DAY, "m-1", "2025-01", "25.00"),
        asks(ACCOUNTANT, DAY, "dues.receive", dues_for_relief),
        subsidy(DAY, "superior_earmarked", RELIEF, "500.00"),
        transfer(DAY, "general", RELIEF, "100.00"),
    ]);
    year.extend((1..=11).map(|month| close("2025-12-31", &format!("2025-{month:02}"))));
    vec![
        row(
            "期初余额",
            union(),
            opening("2025-01-01", balances),
            "借 102 银行存款 900.00
             借 162 固定资产 500.00
             贷 163 累计折旧 100.00
             贷 30104 固定资产 400.00
             贷 32205 累计结余 900.00",
        ),
        row(
            "红字冲销: 注销原凭证",
            after(union(), [dues(DAY, "m-1", "2025-01", "25.00")]),
            reverse(DAY, seq),
            "借 101 库存现金 -25.00
             贷 401 会费收入 -25.00",
        ),
        row(
            "期末结转与年末结转: 专项 → 32103 → 32104, 非专项与会费 → 32203 → 32205",
            year,
            close_year("2025-12-31", 2025),
            "借 401 会费收入 25.00
             贷 50405 送温暖支出 60.00
             借 32203 本年收支结转 35.00
             贷 32202 单位内部调剂 100.00
             贷 32203 本年收支结转 35.00
             借 32205 累计结余 135.00
             借 401 会费收入 25.00 relief
             借 40302 专项转移支付补助 500.00 relief
             贷 32103 本年收支结转 500.00 relief
             贷 32203 本年收支结转 25.00 relief
             借 32102 单位内部调剂 100.00 relief
             借 32103 本年收支结转 500.00 relief
             借 32203 本年收支结转 25.00 relief
             贷 32104 累计结转 600.00 relief
             贷 32205 累计结余 25.00 relief",
        ),
    ]
}
