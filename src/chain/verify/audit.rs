//! What the audit committee finds and says (docs/FORMAT.md, section 18.4).

use std::collections::BTreeMap;

use super::body;
use super::calendar::{Day, Month};
use super::finding::Findings;
use super::json::{Json, Object};
use super::kind::FaultKind;
use super::order::Order;

const RECORDS_MAX: usize = 20;

/// Every finding that was raised.
#[derive(Default)]
pub(super) struct Audit(BTreeMap<String, Raised>);

struct Raised {
    /// Where its record stands.
    place: u64,
    is_open: bool,
}

/// `None` where a body is not of its form.
type Formed = Option<()>;

impl Audit {
    /// Where the finding that such a body clears was raised.
    pub(super) fn raised_at(&self, body: &Object<'_>) -> Option<u64> {
        self.0.get(body::id(body, "finding")?).map(|raised| raised.place)
    }

    /// `finding.raised`.
    pub(super) fn raise(
        &mut self,
        body: &Object<'_>,
        day: Option<Day>,
        place: u64,
        order: &Order,
        findings: &mut Findings,
    ) -> Formed {
        let read = || {
            let needed = ["finding", "date", "records", "says", "asks"];
            body::exactly(body, &needed, &["owner", "due"])?;
            body::text(body, "says").and(body::text(body, "asks"))?;
            body::optional(body, "owner", || body::id(body, "owner")).ok()?;
            body::optional(body, "due", || body::day(body, "due")).ok()?;
            let records = body.get("records")?.array()?;
            let records: Vec<u64> = records.iter().map(Json::number).collect::<Option<_>>()?;
            let fits = (1..=RECORDS_MAX).contains(&records.len());
            body::id(body, "finding").filter(|_| fits).zip(Some(records))
        };
        let Some((finding, records)) = read() else {
            let expected = "{finding, date, records, says, asks[, owner][, due]}";
            body::wrong(body, expected, findings);
            return None;
        };
        day?;
        if let Some(unknown) = records.into_iter().find(|record| !order.stood_before(*record)) {
            findings.fault(FaultKind::FindingWrong, "seq < N", format!("seq {unknown}"));
        }
        if self.0.contains_key(finding) {
            findings.fault(FaultKind::FindingWrong, "1", format!("{finding}: 2"));
        } else {
            self.0.insert(finding.to_owned(), Raised { place, is_open: true });
        }
        Some(())
    }

    /// `finding.cleared`.
    pub(super) fn clear(
        &mut self,
        body: &Object<'_>,
        day: Option<Day>,
        findings: &mut Findings,
    ) -> Formed {
        let exact = body::exactly(body, &["finding", "date", "reason"], &[]);
        let reason = exact.and(body::text(body, "reason"));
        let Some(finding) = reason.and(body::id(body, "finding")) else {
            body::wrong(body, "{finding, date, reason}", findings);
            return None;
        };
        day?;
        match self.0.get_mut(finding) {
            Some(raised) if raised.is_open => raised.is_open = false,
            Some(_) | None => findings.fault(FaultKind::FindingWrong, "finding.raised", finding),
        }
        Some(())
    }

    /// `audit.concluded`.
    pub(super) fn conclude(body: &Object<'_>, day: Option<Day>, findings: &mut Findings) -> Formed {
        let read = || {
            body::exactly(body, &["date", "first", "last", "opinion", "says"], &[])?;
            Month::parse(body.text("first")?).and(Month::parse(body.text("last")?))?;
            let known = ["unqualified", "qualified", "adverse", "disclaimed"];
            body.text("opinion").filter(|opinion| known.contains(opinion))?;
            body::text(body, "says").map(|_| ())
        };
        if read().is_none() {
            body::wrong(body, "{date, first, last, opinion, says}", findings);
            return None;
        }
        day.map(|_| ())
    }
}
