//! Income on any account.

use crate::given::{ACCOUNTANT, Asked, asks, of, union};
use mingzhang::rules::Refusal;
use serde_json::json;

use crate::{Case, LATER, case};

pub(crate) fn income(account: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": LATER, "account": account, "into": "bank", "amount": amount, "from": "示例市财政局",
        "purpose": "专项经费",
    });
    asks(ACCOUNTANT, LATER, "income.receive", fields)
}

pub(crate) fn any_income() -> Vec<Case> {
    vec![
        case(
            union(),
            income("401", "10.00"),
            Refusal::IncomeOfItsOwn { account: of("401"), command: "dues.receive".to_owned() },
            income("40402", "10.00"),
        ),
        case(
            union(),
            income("32201", "10.00"),
            Refusal::NotAnIncome { account: of("32201") },
            income("215", "10.00"),
        ),
    ]
}
