//! What a chart has no account for.

use crate::given::{FIRST, interest, officers, subsidy};
use mingzhang::rules::Refusal;

use crate::{Case, case};

pub(crate) fn uses() -> Vec<Case> {
    let no_account = case(
        officers("grassroots"),
        subsidy(FIRST, "administration", "general", "100.00"),
        Refusal::NoAccountFor { of: "subsidy_administration".to_owned() },
        interest(FIRST, "100.00"),
    );
    vec![Case { chart: "us-olms", ..no_account }]
}
