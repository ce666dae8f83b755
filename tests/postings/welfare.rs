//! Benefits that nobody claimed.

use serde_json::json;

use crate::given::welfare::{all_but, items, listed, paid, sent_back};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, union_with_money,
};
use crate::{Row, row};

const DAY: &str = "2025-02-10";
const BOTH: [(&str, &str); 2] = [("m-1", "60.00"), ("m-2", "40.00")];

pub(crate) fn rows() -> Vec<Row> {
    let gone = |till| {
        let given = union_with_money().into_iter().chain(items());
        let given = given.chain(paid(DAY, "b-1", "feast", &BOTH, till));
        given.chain([all_but(DAY, "b-1", &["m-2"])]).collect::<Vec<Asked>>()
    };
    vec![
        row(
            "退回未领福利款 (现金)",
            gone("cash"),
            sent_back(DAY, "b-1", "cash"),
            "借 101 库存现金 40.00
             贷 50105 会员活动支出 40.00",
        ),
        row(
            "退回未领福利款 (银行)",
            gone("bank"),
            sent_back(DAY, "b-1", "bank"),
            "借 102 银行存款 40.00
             贷 50105 会员活动支出 40.00",
        ),
        row(
            "退回未领代管款",
            in_custody(),
            sent_back(DAY, "b-1", "bank"),
            "借 10201 代管经费 40.00 mutual
             贷 221 代管经费 40.00 mutual",
        ),
    ]
}

/// Others' money that was handed on, and one of two never came.
fn in_custody() -> Vec<Asked> {
    let project = json!({
        "project": "mutual", "name": "职工互助保险", "whose": "示例互助会", "purpose": "代收保费",
    });
    let received = json!({
        "date": DAY, "project": "mutual", "into": "bank", "amount": "100.00", "from": "会员",
    });
    let item = json!({
        "item": "handed-on", "name": "代发慰问", "kind": "other_benefit", "account": "221",
    });
    let mut request = listed(DAY, "b-1", "handed-on", &BOTH);
    request["fund"] = "mutual".into();
    let paid = json!({"disbursement": "b-1", "date": DAY, "from": "bank"});
    let mut given = union_with_money();
    given.extend([
        asks(ACCOUNTANT, FIRST, "custodial_project.open", project),
        asks(ACCOUNTANT, DAY, "custodial.receive", received),
        asks(CHAIR, DAY, "welfare_item.define", item),
        asks(CLERK, DAY, "benefit.request", request),
        approve(FINANCE, DAY, "b-1", "100.00"),
        asks(CASHIER, DAY, "custodial.pay", paid),
        all_but(DAY, "b-1", &["m-2"]),
    ]);
    given
}
