//! Funds, the budget, reviews: one of each form.

use serde_json::json;

use crate::given::{
    ACCOUNTANT, Asked, CHAIR, FINANCE, FIRST, RELIEF, asks, close_year, correct_prior_year,
    eleven_months, establish, given, interest, interest_into, officers, rule, union,
};

const DAY: &str = "2025-01-15";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let by_accountant = |name: &str, fields| asks(ACCOUNTANT, DAY, name, fields);
    let resolution = "工会委员会决议2025-4号";
    let limit = |until: Option<&str>| {
        let mut fields = json!({
            "fund": RELIEF, "accounts": ["504", "50305"], "resolution": "总工发〔2015〕20号",
        });
        if let Some(until) = until {
            fields["until"] = until.into();
        }
        asks(CHAIR, DAY, "fund.limit", fields)
    };
    let planned = json!([
        {"account": "401", "amount": "1500.00"},
        {"account": "501", "fund": "general", "project": "spring-festival", "amount": "5000.00"},
        {"account": "50404", "fund": RELIEF, "amount": "5600.00"},
    ]);
    let changed = json!([
        {"account": "501", "project": "spring-festival", "by": "-200.00"},
        {"account": "50405", "by": "4300.00"},
    ]);
    let control = json!({
        "name": "budget_control", "adjustments_per_year": 1, "without": "refuse", "above": "warn",
    });
    let checks = json!({
        "name": "closing_checks", "checks": ["vouchers_reviewed", "budget_kept", "suspense_nil"],
    });
    vec![
        rule(CHAIR, DAY, &control),
        rule(CHAIR, DAY, &checks),
        limit(None),
        limit(Some("2025-12-31")),
        by_accountant(
            "budget.adopt",
            json!({"budget": 2025, "date": DAY, "lines": planned, "resolution": resolution}),
        ),
        by_accountant(
            "budget.adjust",
            json!({"budget": 2025, "date": DAY, "lines": changed, "resolution": resolution}),
        ),
        interest_into(RELIEF, DAY, DAY, "10.00"),
        asks(
            CHAIR,
            DAY,
            "fund.release",
            json!({"date": DAY, "from": RELIEF, "amount": "4.00", "resolution": resolution}),
        ),
        asks(FINANCE, DAY, "vouchers.review", json!({"month": "2025-01", "first": 1, "last": 2})),
        asks(
            CHAIR,
            DAY,
            "fund.close",
            json!({"date": DAY, "fund": RELIEF, "resolution": resolution}),
        ),
    ]
}

/// A book of its own: a year is closed, and something of it comes back in the next.
pub(crate) fn prior_year() -> Vec<Asked> {
    let of = u64::try_from(given(union()).lines().len()).unwrap();
    let mut asked = union();
    asked.push(interest(FIRST, "10.00"));
    asked.extend(eleven_months());
    asked.push(close_year("2025-12-31", 2025));
    asked.push(correct_prior_year("2026-02-10", of, "general", &[("102", "debit", "4.00")]));
    asked
}

/// A book of its own, for only a union of county level has the treasury's money.
pub(crate) fn county() -> Vec<Asked> {
    let mut asked = officers("county");
    asked.push(establish(ACCOUNTANT, FIRST, "fiscal", true));
    let fields = json!({"fund": "fiscal", "source": "示例县财政局批复2025-1号"});
    asked.push(asks(ACCOUNTANT, FIRST, "fiscal_fund.mark", fields));
    asked
}
