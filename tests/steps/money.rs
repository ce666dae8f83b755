//! Income on any account, custodial money, advances, analyses, cash that is counted, bank statements.

use mingzhang::date::Day;
use mingzhang::ids::{DisbursementId, FundId, Seq};
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::projection::accounts::Kind;
use mingzhang::projection::disbursements::Standing;
use serde_json::{Value, json};

use super::Step;
use crate::given::{ACCOUNTANT, Asked, CASHIER, CLERK, FINANCE, of};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    match step.which % 9 {
        0 => Some(income(step)),
        1..=3 => Some(custody(step, state)),
        4 | 5 => settled(step, state).or_else(|| Some(requested(step, state))),
        6 => analysed(step, state),
        7 => Some(journal(step)),
        _ => Some(project(step)),
    }
}

/// Cash and bank.
pub(crate) fn bank(step: &Step, state: &State) -> Option<Asked> {
    match step.which % 8 {
        0 => Some(counted(step, state)),
        1 | 2 => difference(step, state),
        3 => resolved(step, state),
        4 => Some(statement(step, state)),
        5 | 6 => matched(step, state),
        _ => reconciled(step, state),
    }
}

fn till(step: &Step) -> &'static str {
    if step.other.is_multiple_of(2) { "cash" } else { "bank" }
}

fn income(step: &Step) -> Asked {
    let account = ["408", "40402", "215", "407", "401", "135"][step.other % 6];
    let fields = json!({
        "date": step.date, "account": account, "into": till(step), "amount": step.amount,
        "from": "单位", "purpose": "收款",
    });
    step.by(ACCOUNTANT, "income.receive", fields)
}

/// A project; then money for it; then half of what lies in one of its tills.
fn custody(step: &Step, state: &State) -> Asked {
    let projects: Vec<&FundId> = state.custody.projects().map(|found| &found.project).collect();
    let Some(project) = step.pick(&projects).filter(|_| !step.other.is_multiple_of(7)) else {
        let id = format!("mutual-{}", projects.len());
        let fields =
            json!({"project": id, "name": "互助保险", "whose": "互助会", "purpose": "代收"});
        return step.by(ACCOUNTANT, "custodial_project.open", fields);
    };
    let tills = [("cash", "10101"), ("bank", "10201")];
    let held = tills.map(|(till, code)| (till, state.accounts.balance(project, &of(code))));
    let full = held.into_iter().find(|(_, held)| held.is_positive());
    let date = step.today;
    if let Some((till, held)) = full.filter(|_| !step.other.is_multiple_of(3)) {
        let open = state.disbursements.open().find(|d| d.request.fund == **project);
        if let Some(open) = open {
            let id = &open.request.disbursement;
            let fields = json!({"disbursement": id, "date": date, "from": till});
            if open.approvals.is_empty() {
                let fields =
                    json!({"disbursement": id, "date": date, "amount": open.request.amount});
                return step.by(FINANCE, "disbursement.approve", fields);
            }
            return step.by(CASHIER, "custodial.pay", fields);
        }
        let amount = held.basis_points(5_000).min(Money::from_fen(10_000));
        let fields = json!({
            "disbursement": format!("c-{}", state.next()), "date": date, "fund": project,
            "account": "221", "amount": amount, "payee": {"organisation": "互助会"},
            "purpose": "上缴",
        });
        return step.by(CLERK, "disbursement.request", fields);
    }
    let fields = json!({
        "date": date, "project": project, "into": till(step), "amount": step.amount, "from": "会员",
    });
    step.by(ACCOUNTANT, "custodial.receive", fields)
}

/// An advance, or spending that is analysed at once; small, so that it is soon approved and paid.
fn requested(step: &Step, state: &State) -> Asked {
    let amount = Money::from_fen(1 + i64::try_from(step.other).unwrap() * 13);
    let mut fields = json!({
        "disbursement": format!("d-{}", state.next()),
        "date": step.date, "account": "135", "amount": amount, "payee": {"member": "m-1"},
        "purpose": "备用金",
    });
    if step.other.is_multiple_of(3) {
        fields["account"] = "50104".into();
        fields["payee"] = json!({"organisation": "商店"});
        fields["analysis"] = json!({"nature": "basic", "economic": "30299"});
    }
    step.by(CLERK, "disbursement.request", fields)
}

fn settled(step: &Step, state: &State) -> Option<Asked> {
    let advances: Vec<(&DisbursementId, Money)> = state
        .disbursements
        .disbursements()
        .filter(|d| matches!(d.standing, Standing::Paid { .. }))
        .filter(|d| d.request.account == of("135"))
        .map(|d| (&d.request.disbursement, d.request.amount))
        .collect();
    let (id, amount) = *step.pick(&advances)?;
    let open = amount.minus(state.spending.settled(id));
    let returned = open.basis_points(3_000);
    let bill = json!({"account": "50504", "amount": open.minus(returned), "purpose": "差旅费"});
    let fields = json!({
        "date": step.today, "disbursement": id, "spent": [bill], "returned": returned,
        "into": till(step),
    });
    Some(step.by(ACCOUNTANT, "advance.settle", fields))
}

fn analysed(step: &Step, state: &State) -> Option<Asked> {
    let all: Vec<&DisbursementId> =
        state.disbursements.disbursements().map(|d| &d.request.disbursement).collect();
    let fields = json!({
        "disbursement": step.pick(&all)?, "nature": "basic", "economic": "30201",
    });
    Some(step.by(CLERK, "disbursement.analyse", fields))
}

fn project(step: &Step) -> Asked {
    let id = format!("p-{}", step.other % 50);
    let fields = json!({"project": id, "name": "竞赛", "purpose": "技能竞赛"});
    step.by(ACCOUNTANT, "project.open", fields)
}

fn journal(step: &Step) -> Asked {
    let pairs = [("182", "32201"), ("50504", "50105"), ("162", "30104"), ("408", "211")];
    let (debited, credited) = pairs[step.other % pairs.len()];
    let fields = json!({
        "date": step.date, "reason": "转账", "basis": "决议",
        "lines": [
            {"account": debited, "fund": "general", "debit": step.amount},
            {"account": credited, "fund": "general", "credit": step.amount},
        ],
    });
    step.by(ACCOUNTANT, "journal.record", fields)
}

/// What lies in the till by the books, and sometimes a little more or less.
fn counted(step: &Step, state: &State) -> Asked {
    let accounts = [of("101"), of("10101")];
    let slips = state.accounts.slips(&accounts);
    let held =
        Money::sum(slips.iter().filter(|slip| slip.day <= step.today).map(|slip| slip.amount));
    let apart = [0, 0, 150, -150][step.other % 4];
    let fields = json!({
        "date": step.today, "counted": held.plus(Money::from_fen(apart)), "witness": ACCOUNTANT,
    });
    step.by(CASHIER, "cash.count", fields)
}

fn difference(step: &Step, state: &State) -> Option<Asked> {
    let off: Vec<_> =
        state.bank.counts().filter(|(_, count)| !count.difference().is_zero()).collect();
    let (seq, count) = *step.pick(&off)?;
    let kind = if count.difference().is_negative() { "short" } else { "over" };
    let fields = json!({
        "date": step.today, "kind": kind, "amount": count.difference().abs(), "count": seq,
    });
    Some(step.by(ACCOUNTANT, "cash_difference.record", fields))
}

fn resolved(step: &Step, state: &State) -> Option<Asked> {
    let pending: Vec<Seq> = state.bank.differences().map(|(seq, _)| *seq).collect();
    let seq = step.pick(&pending)?;
    let ends: Value =
        [json!("income"), json!("spending"), json!({"liable": CASHIER})][step.other % 3].clone();
    let fields = json!({"date": step.today, "of": seq, "ends": ends, "basis": "决议"});
    Some(step.by(FINANCE, "cash_difference.resolve", fields))
}

/// From the day after the last one to today; its lines are what the last bank vouchers moved.
fn statement(step: &Step, state: &State) -> Asked {
    let before = state.bank.statements().next_back().map(|held| &held.statement);
    let first = before.map_or(of::<Day>("2025-01-01"), |before| before.last.next());
    let opening = before.map_or(of::<Money>("1000.00"), |before| before.closing);
    let slips = state.accounts.slips(&[of("102"), of("10201")]);
    let (mut lines, mut closing) = (Vec::new(), opening);
    for slip in slips
        .iter()
        .filter(|slip| slip.kind != Kind::Opening && !slip.amount.is_zero())
        .rev()
        .take(40)
    {
        closing = closing.plus(slip.amount);
        lines.push(json!({
            "no": lines.len() + 1, "date": step.today, "amount": slip.amount, "balance": closing,
            "reference": format!("{:0>40}", slip.seq),
        }));
    }
    let fields = json!({
        "statement": format!("b-{}", state.next()), "date": step.today, "first": first,
        "last": step.today, "opening": opening, "closing": closing, "source": "ab".repeat(32),
        "lines": lines,
    });
    step.by(ACCOUNTANT, "bank_statement.record", fields)
}

/// A line with a voucher that moves as much; or a matching is undone.
fn matched(step: &Step, state: &State) -> Option<Asked> {
    let matchings: Vec<Seq> = state.bank.matchings().map(|(seq, _)| *seq).collect();
    if step.other.is_multiple_of(4)
        && let Some(seq) = step.pick(&matchings)
    {
        return Some(step.by(ACCOUNTANT, "bank.unmatch", json!({"of": seq, "reason": "有误"})));
    }
    if step.other.is_multiple_of(7)
        && let Some(last) = state.bank.statements().next_back()
    {
        let fields = json!({"statement": last.statement.statement, "reason": "有误"});
        return Some(step.by(ACCOUNTANT, "bank_statement.withdraw", fields));
    }
    let slips = state.accounts.slips(&[of("102"), of("10201")]);
    let open = state.bank.statements().flat_map(|held| {
        let open = held.lines.iter().filter(|line| !held.matched.contains_key(&line.no));
        open.map(|line| (&held.statement.statement, line.no, line.amount))
    });
    let open: Vec<_> = open.collect();
    let (statement, no, amount) = *step.pick(&open)?;
    let slip = slips.iter().find(|slip| {
        slip.amount == amount
            && slip.kind != Kind::Opening
            && state.bank.matching_of(slip.seq).is_none()
    })?;
    let fields = json!({"statement": statement, "lines": [no], "seqs": [slip.seq]});
    Some(step.by(ACCOUNTANT, "bank.match", fields))
}

/// Whatever stands on the sheet of the last statement: both sides always come to one balance.
fn reconciled(step: &Step, state: &State) -> Option<Asked> {
    let held = state.bank.statements().next_back()?;
    let chart = mingzhang::chart::Chart::built_in(mingzhang::chart::STATUTORY)?;
    let period = mingzhang::report::Period::Month(held.statement.last.month());
    let sheet = mingzhang::report::reconciliation::report(state, &chart, period, None).sheet?;
    assert!(sheet.agrees, "{sheet:?}");
    let fields = json!({
        "date": step.today, "statement": held.statement.statement, "adjusted": sheet.adjusted_book,
    });
    Some(step.by(ACCOUNTANT, "bank.reconcile", fields))
}
