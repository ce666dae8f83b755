//! Dues by roll, by sum, and given back.

use crate::given::{ACCOUNTANT, asks, dues, refund, refund_approved, union};
use crate::{Row, row};
use serde_json::json;

const DAY: &str = "2025-02-10";

pub(crate) fn rows() -> Vec<Row> {
    let roll = json!({
        "date": DAY, "into": "bank", "group": "g1", "month": "2025-01",
        "control": {"members": 2, "total": "50.00"},
    });
    let sum = json!({"date": DAY, "into": "cash", "member": "m-1", "amount": "60.00"});
    let mut paid = union();
    paid.push(dues(DAY, "m-1", "2025-01", "25.00"));
    paid.extend(refund_approved(DAY, "d-1", "m-1", "5.00"));
    vec![
        row(
            "收会费 (小组名册, 银行)",
            union(),
            asks(ACCOUNTANT, DAY, "dues.receive_roll", roll),
            "借 102 银行存款 50.00
             贷 401 会费收入 50.00",
        ),
        row(
            "收会费 (补缴和预缴)",
            union(),
            asks(ACCOUNTANT, DAY, "dues.pay", sum),
            "借 101 库存现金 60.00
             贷 401 会费收入 60.00",
        ),
        row(
            "退会费",
            paid,
            refund(DAY, "d-1", "m-1", "2025-01", "5.00"),
            "借 401 会费收入 5.00
             贷 101 库存现金 5.00",
        ),
    ]
}
