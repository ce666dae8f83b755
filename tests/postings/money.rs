//! Income on any account, custodial money, advances, differences of cash, and the general voucher.

use serde_json::json;

use crate::given::{ACCOUNTANT, Asked, asks, union};
use crate::{Row, row};

const DAY: &str = "2025-02-10";

fn income(account: &str, into: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": DAY, "account": account, "into": into, "amount": amount, "from": "付款单位",
        "purpose": "事由",
    });
    asks(ACCOUNTANT, DAY, "income.receive", fields)
}

pub(crate) fn rows() -> Vec<Row> {
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
    ]
}
