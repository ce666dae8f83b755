//! Money that is requested, approved and paid (docs/FORMAT.md, section 19).

use std::collections::BTreeMap;

use super::accounts::Fen;
use super::body;
use super::bylaws::Bylaws;
use super::calendar::Day;
use super::finding::Findings;
use super::json::Object;
use super::kind::FaultKind;
use super::offices::Offices;
use super::papers::Papers;
use super::roles::Roles;
use super::voucher::Entry;

/// Every disbursement that was requested.
pub(super) struct Spending {
    /// The accounts of cash and bank, from which everything is paid.
    tills: Vec<String>,
    requested: BTreeMap<String, Disbursement>,
    /// The payment's `seq` → the disbursement.
    payments: BTreeMap<u64, String>,
}

struct Disbursement {
    /// The `seq` of the request, and where it stands.
    seq: u64,
    place: u64,
    /// Whose approval is needed, by the rules of that time; `None` where there was none.
    band: Option<Roles>,
    fund: String,
    account: String,
    fen: i64,
    requester: Option<String>,
    payee: Payee,
    /// Those whose approval counts, and what each held as a substitute then.
    approvers: Vec<(String, Roles)>,
    standing: Standing,
}

enum Payee {
    Officer(String),
    Member(String),
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    /// Refused or cancelled: it never opens again.
    Ended,
    /// By the payment of this `seq`.
    Paid(u64),
}

/// One record of this section, and what it is held against.
pub(super) struct Step<'a> {
    pub(super) body: &'a Object<'a>,
    pub(super) seq: u64,
    pub(super) place: u64,
    pub(super) actor: Option<&'a str>,
    /// The body's own `date`.
    pub(super) day: Option<Day>,
    /// The local day on which it was recorded.
    pub(super) today: Option<Day>,
    pub(super) offices: &'a Offices,
    pub(super) bylaws: &'a Bylaws,
    pub(super) papers: &'a Papers,
    /// Of a voucher, where they can be read.
    pub(super) entries: Option<&'a [Entry<'a>]>,
}

impl Step<'_> {
    /// Id, fund, account and amount.
    fn terms(&self) -> Option<(&str, &str, &str, i64)> {
        let (fund, account) = (body::text(self.body, "fund")?, body::text(self.body, "account")?);
        let fen = body::money(self.body, "amount")?;
        Some((self.id()?, fund, account, fen))
    }

    /// Where there is a `date` too, be it a day or not.
    fn id(&self) -> Option<&str> {
        body::id(self.body, "disbursement").filter(|_| self.body.has("date"))
    }
}

/// `None` where a body is not of its form.
type Formed = Option<()>;

impl Spending {
    pub(super) fn paying_from(tills: Vec<String>) -> Spending {
        Spending { tills, requested: BTreeMap::new(), payments: BTreeMap::new() }
    }

    /// Where the disbursement that such a body is about was requested.
    pub(super) fn requested_at(&self, body: &Object<'_>) -> Option<u64> {
        self.requested.get(body::id(body, "disbursement")?).map(|found| found.place)
    }

    /// `disbursement.requested`.
    pub(super) fn request(&mut self, step: &Step<'_>, findings: &mut Findings) -> Formed {
        let names = ["member", "officer", "organisation", "roster"];
        let payee = body::one_of(step.body, "payee", &names);
        let Some(((id, fund, account, fen), payee)) = step.terms().zip(payee) else {
            let expected = "{disbursement, date, fund, account, amount, payee, …}";
            body::wrong(step.body, expected, findings);
            return None;
        };
        let day = step.day?;
        if self.requested.contains_key(id) {
            findings.fault(FaultKind::RequestWrong, "1", format!("{id}: 2"));
            return Some(());
        }
        let payee = match payee {
            ("officer", officer) => Payee::Officer(officer.to_owned()),
            ("member", member) => Payee::Member(member.to_owned()),
            _ => Payee::Other,
        };
        // A request that is dated back does not choose its rule.
        let day = step.today.map_or(day, |today| today.max(day));
        let disbursement = Disbursement {
            seq: step.seq,
            place: step.place,
            band: step.bylaws.band(day, fen),
            fund: fund.to_owned(),
            account: account.to_owned(),
            fen,
            requester: step.actor.map(ToOwned::to_owned),
            payee,
            approvers: Vec::new(),
            standing: Standing::Open,
        };
        self.requested.insert(id.to_owned(), disbursement);
        Some(())
    }

    /// `approval.given`.
    pub(super) fn approve(&mut self, step: &Step<'_>, findings: &mut Findings) -> Formed {
        let Some((id, fen)) = step.id().zip(body::money(step.body, "amount")) else {
            body::wrong(step.body, "{disbursement, date, amount, …}", findings);
            return None;
        };
        step.day?;
        let Some(found) = self.open(id, FaultKind::ApprovalWrong, findings) else {
            return Some(());
        };
        let mut is_wrong = fen != found.fen;
        if is_wrong {
            let (expected, found) = (shown(found.fen), shown(fen));
            findings.fault(FaultKind::ApprovalWrong, expected, found);
        }
        if let Some(actor) = step.actor
            && found.concerns(actor, step.offices)
        {
            let expected = "≠ requester, approver, payee";
            findings.fault(FaultKind::ApprovalWrong, expected, actor);
            is_wrong = true;
        }
        if !is_wrong {
            found.expect_band(step, findings);
            let approver = |actor: &str| {
                let held = step.today.map(|today| step.offices.as_substitute(actor, today));
                (actor.to_owned(), held.unwrap_or_default())
            };
            found.approvers.extend(step.actor.map(approver));
        }
        Some(())
    }

    /// `approval.refused`.
    pub(super) fn refuse(&mut self, step: &Step<'_>, findings: &mut Findings) -> Formed {
        let Some(id) = step.id() else {
            body::wrong(step.body, "{disbursement, date, …}", findings);
            return None;
        };
        step.day?;
        if let Some(found) = self.open(id, FaultKind::ApprovalWrong, findings) {
            found.expect_band(step, findings);
            found.standing = Standing::Ended;
        }
        Some(())
    }

    /// `disbursement.cancelled`.
    pub(super) fn cancel(&mut self, step: &Step<'_>, findings: &mut Findings) -> Formed {
        let Some(id) = step.id() else {
            body::wrong(step.body, "{disbursement, date, …}", findings);
            return None;
        };
        step.day?;
        if let Some(found) = self.open(id, FaultKind::RequestWrong, findings) {
            found.standing = Standing::Ended;
        }
        Some(())
    }

    /// `disbursement.paid`.
    pub(super) fn pay(&mut self, step: &Step<'_>, findings: &mut Findings) -> Formed {
        let is_voucher = step.body.has("voucher") || step.body.has("entries");
        let Some((id, fund, account, fen)) = step.terms().filter(|_| is_voucher) else {
            let expected = "{disbursement, date, fund, account, amount, voucher, entries, …}";
            body::wrong(step.body, expected, findings);
            return None;
        };
        let day = step.day?;
        let tills = self.tills.clone();
        let Some(found) = self.open(id, FaultKind::PaymentWrong, findings) else {
            return Some(());
        };
        if (found.fund.as_str(), found.account.as_str(), found.fen) != (fund, account, fen) {
            let expected = format!("{} {} {}", found.fund, found.account, shown(found.fen));
            let found = format!("{fund} {account} {}", shown(fen));
            findings.fault(FaultKind::PaymentWrong, expected, found);
        }
        if let Some(actor) = step.actor
            && found.concerns(actor, step.offices)
        {
            findings.fault(FaultKind::PaymentWrong, "≠ requester, approver, payee", actor);
        }
        found.expect_entries(step, &tills, findings);
        found.expect_approvals(step, findings);
        if step.bylaws.needs_paper(day, fen) && !step.papers.belong_to(found.seq) {
            let expected = format!("attachment.added to {}", found.seq);
            findings.fault(FaultKind::AttachmentRequired, expected, "-");
        }
        found.standing = Standing::Paid(step.seq);
        self.payments.insert(step.seq, id.to_owned());
        Some(())
    }

    /// The record of this `seq` was reversed.
    pub(super) fn reversed(&mut self, seq: u64) {
        let paid = self.payments.get(&seq).and_then(|id| self.requested.get_mut(id));
        if let Some(paid) = paid.filter(|paid| paid.standing == Standing::Paid(seq)) {
            paid.standing = Standing::Open;
        }
    }

    /// One that is open, else a fault of this kind.
    fn open(
        &mut self,
        id: &str,
        kind: FaultKind,
        findings: &mut Findings,
    ) -> Option<&mut Disbursement> {
        let found = match self.requested.get(id).map(|found| found.standing) {
            Some(Standing::Open) => return self.requested.get_mut(id),
            Some(Standing::Ended) => "refused, cancelled",
            Some(Standing::Paid(_)) => "paid",
            None => "-",
        };
        findings.fault(kind, format!("{id}: open"), format!("{id}: {found}"));
        None
    }
}

impl Disbursement {
    /// Whether somebody has a part in it already: requester, approver or payee.
    fn concerns(&self, actor: &str, offices: &Offices) -> bool {
        let approvers = self.approvers.iter().map(|(approver, _)| approver);
        let parties = self.requester.iter().chain(approvers);
        let is_payee = match &self.payee {
            Payee::Officer(officer) => offices.is_same(officer, actor),
            Payee::Member(member) => offices.is_member(actor, member),
            Payee::Other => false,
        };
        is_payee || parties.into_iter().any(|party| offices.is_same(party, actor))
    }

    /// Whether who approves or refuses holds one of the band's offices.
    fn expect_band(&self, step: &Step<'_>, findings: &mut Findings) {
        if let Some(band) = self.band {
            step.offices.expect_approver(band, step.actor, step.today, findings);
        }
    }

    /// Whether what is posted is what was approved: so much to its account, and so much from cash and
    /// bank. Entries that cannot be read have their own fault.
    fn expect_entries(&self, step: &Step<'_>, tills: &[String], findings: &mut Findings) {
        let Some(entries) = step.entries else { return };
        let is_own = |entry: &&Entry<'_>| entry.account == self.account && entry.fund == self.fund;
        let sum = |sum: i128, entry: &Entry<'_>| sum.saturating_add(i128::from(entry.fen));
        let spent = entries.iter().filter(is_own).filter(|entry| entry.is_debit).fold(0, sum);
        let money = || entries.iter().filter(|entry| tills.iter().any(|t| t == entry.account));
        let paid = money().fold(0, sum);
        let is_paid_out = money().all(|entry| !entry.is_debit && entry.fund == self.fund);
        let fen = i128::from(self.fen);
        if spent != fen || paid != fen || !is_paid_out {
            let Disbursement { account, fund, .. } = self;
            let tills = tills.join(" ");
            let texts = [(fen, fen), (spent, paid)].map(|(debit, credit)| {
                format!("借 {account} {fund} {}; 贷 {tills} {fund} {}", Fen(debit), Fen(credit))
            });
            let [expected, found] = texts;
            findings.fault(FaultKind::PaymentWrong, expected, found);
        }
    }

    fn expect_approvals(&self, step: &Step<'_>, findings: &mut Findings) {
        let approvers: Vec<&str> = self.approvers.iter().map(|(one, _)| one.as_str()).collect();
        let found = format!("[{}]", approvers.join(" "));
        let Some(band) = self.band else {
            findings.fault(FaultKind::ApprovalMissing, "approval_bands", found);
            return;
        };
        let Some(today) = step.today else { return };
        let held = |(one, as_substitute): &(String, Roles)| {
            step.offices.roles_on(one, today).or(*as_substitute)
        };
        let held: Vec<Roles> = self.approvers.iter().map(held).collect();
        if !all_filled(band, &held) {
            findings.fault(FaultKind::ApprovalMissing, band.to_string(), found);
        }
    }
}

/// Whether each of these offices is filled by another person: a matching, since two offices in one
/// hand are one approval.
fn all_filled(needed: Roles, held: &[Roles]) -> bool {
    let needed: Vec<Roles> = needed.each().collect();
    // For each person, the place of the office that he fills.
    let mut fills: Vec<Option<usize>> = vec![None; held.len()];
    (0..needed.len()).all(|office| {
        let mut asked = vec![false; held.len()];
        fill(office, &needed, held, &mut fills, &mut asked)
    })
}

/// Finds somebody for an office, who may leave another one to somebody else. At most nine deep.
fn fill(
    office: usize,
    needed: &[Roles],
    held: &[Roles],
    fills: &mut [Option<usize>],
    asked: &mut [bool],
) -> bool {
    let Some(role) = needed.get(office) else { return false };
    for (person, roles) in held.iter().enumerate() {
        let is_asked = asked.get(person).copied().unwrap_or(true);
        if is_asked || !roles.meets(*role) {
            continue;
        }
        if let Some(one) = asked.get_mut(person) {
            *one = true;
        }
        let now = fills.get(person).copied().flatten();
        if now.is_none_or(|other| fill(other, needed, held, fills, asked)) {
            if let Some(place) = fills.get_mut(person) {
                *place = Some(office);
            }
            return true;
        }
    }
    false
}

fn shown(fen: i64) -> String {
    Fen(i128::from(fen)).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    fn roles(names: &str) -> Roles {
        let line = format!("{{\"r\":[{names}]}}");
        let object = json::read(line.as_bytes()).object.unwrap();
        Roles::read(object.get("r").unwrap()).unwrap()
    }

    #[test]
    fn each_office_is_filled_by_another_person() {
        let (chair, both) = (roles("\"chair\""), roles("\"chair\",\"committee\""));
        assert!(all_filled(both, &[both, chair]));
        assert!(all_filled(both, &[chair, both]));
        assert!(!all_filled(both, &[both]));
        assert!(!all_filled(both, &[chair, chair]));
        assert!(all_filled(Roles::default(), &[]));
        let three = roles("\"chair\",\"committee\",\"accountant\"");
        let second = roles("\"committee\",\"accountant\"");
        // The first two have to give way twice.
        assert!(all_filled(three, &[both, second, chair]));
    }
}
