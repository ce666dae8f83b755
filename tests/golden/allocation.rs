//! The two per cent between unions: one command for each fact and each form of it.

use serde_json::json;

use crate::given::allocation::{
    FIRM, TOWN, YEAR_END, accrue, advance, collect, demand, found, late_fee, pass_down,
    payer_payroll, preparation, preparation_shares, register, settle, shares, subsidy_approved,
    tax_list,
};
use crate::given::{ACCOUNTANT, Asked, CHAIR, FIRST, asks, given, of, payroll, rule, union};

const DAY: &str = "2025-02-10";
const NEXT_YEAR: &str = "2026-01-20";

/// Goes on from the small union on its first day.
pub(crate) fn scene() -> Vec<Asked> {
    let refund = json!({"name": "small_payer_refund", "year_due_max": "10000.00",
        "through": "2025-12"});
    let due = json!({"name": "remittance_due", "day_of_month": 15});
    let rules = [shares(), preparation_shares(), refund, late_fee(), due];
    let mut asked: Vec<Asked> = rules.iter().map(|set| rule(CHAIR, FIRST, set)).collect();
    asked.extend([
        register(TOWN, "lower_union", Some("2010-05-01")),
        register(FIRM, "enterprise", None),
        register("p-school", "institution", Some("2010-05-01")),
        register("p-club", "organisation", None),
        payer_payroll(DAY, TOWN, "2025-01", "100000.00"),
        payroll(DAY, "2025-01", "100000.00"),
        correct(Some(TOWN)),
        correct(None),
        tax_list(DAY, "t-2025-01", &[(TOWN, "1000.00")], 1, "1000.00"),
        demand(DAY, "c-1", "100.00"),
        demand(DAY, "c-2", "1.00"),
        demand_of_the_employer(),
    ]);
    asked.extend(
        ["tax_bureau", "treasury", "passed_down", "lower_remittance"]
            .map(|channel| collect(DAY, channel, Some(TOWN), "1000.00")),
    );
    asked.push(collect(DAY, "small_payer_refund", None, "80.00"));
    asked.push(asks(
        ACCOUNTANT,
        DAY,
        "allocation.collect",
        json!({"date": DAY, "month": "2025-01", "channel": "passed_down", "payer": TOWN,
            "amount": "600.00", "gross": "1000.00"}),
    ));
    asked.extend([
        pass_down(DAY, "passdown", "600.00"),
        preparation("preparation_fund.receive", DAY, "1000.00"),
        found(DAY, FIRM),
        preparation("preparation_fund.settle", DAY, "1000.00"),
        advance("2025-03-10", "c-1", "late_fee", None),
        advance("2025-03-11", "c-1", "payment_order", None),
        advance("2025-03-12", "c-1", "enforcement", None),
        advance("2025-03-13", "c-1", "settled", None),
        advance("2025-03-14", "c-2", "withdrawn", None),
    ]);
    asked.extend(year_end());
    // The first of them comes in; each command makes one record.
    let before = u64::try_from(given(union()).lines().len() + asked.len()).unwrap();
    asked.extend(settlement(before - 6));
    asked.extend(later());
    asked
}

fn demand_of_the_employer() -> Asked {
    let fields = json!({"demand": "c-3", "date": DAY, "first": "2025-01", "last": "2025-01",
        "principal": "100.00", "due_by": "2025-02-28"});
    asks(ACCOUNTANT, DAY, "demand.issue", fields)
}

fn correct(payer: Option<&str>) -> Asked {
    let mut fields = json!({"month": "2025-01", "total": "500000.00", "headcount": 50,
        "basis": "示例审计报告"});
    if let Some(payer) = payer {
        fields["payer"] = payer.into();
    }
    asks(ACCOUNTANT, DAY, "payroll.correct", fields)
}

/// Once a subsidy was accrued without a request of its own; what stands here instead leaves all that
/// follows in its place.
fn year_end() -> Vec<Asked> {
    let general = "lower_subsidy_general";
    let [request, approval] = subsidy_approved(YEAR_END, general, "500.00");
    vec![
        accrue(YEAR_END, "superior_subsidy_general", None, "500.00"),
        request,
        accrue(YEAR_END, "superior_passdown", Some(TOWN), "500.00"),
        approval,
        accrue(YEAR_END, general, Some(TOWN), "500.00"),
        accrue(YEAR_END, "lower_allocation", Some(TOWN), "500.00"),
    ]
}

/// The forms that have no place among the first six, recorded in the next year.
fn later() -> Vec<Asked> {
    let earmarked = "lower_subsidy_earmarked";
    let mut asked = Vec::from(subsidy_approved(YEAR_END, earmarked, "500.00"));
    asked.push(accrue(YEAR_END, earmarked, Some(TOWN), "500.00"));
    asked.push(accrue(YEAR_END, "superior_subsidy_earmarked", None, "500.00"));
    asked.into_iter().map(|asked| Asked { on: of(NEXT_YEAR), ..asked }).collect()
}

/// What was accrued comes in, of the record where the subsidy was accrued.
fn settlement(subsidy: u64) -> Vec<Asked> {
    vec![
        settle(NEXT_YEAR, subsidy, "500.00"),
        pass_down(NEXT_YEAR, "subsidy", "500.00"),
        collect(NEXT_YEAR, "passed_down", Some(TOWN), "600.00"),
    ]
}
