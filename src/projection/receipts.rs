//! Receipts 收据 that were issued, and which of them still stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::FiscalYear;
use crate::event::paper::{Receipt, ReceiptNumber};
use crate::ids::{MemberId, OfficerId, Seq};

/// A receipt, and the record that issued it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    pub seq: Seq,
    pub by: OfficerId,
    pub receipt: Receipt,
    /// 作废: the payment was reversed after the receipt was given.
    pub is_void: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Receipts {
    issued: BTreeMap<ReceiptNumber, Issued>,
    /// Payment → member → number: one receipt for each.
    payments: BTreeMap<Seq, BTreeMap<MemberId, ReceiptNumber>>,
}

impl Receipts {
    pub(super) fn issue(&mut self, seq: Seq, by: &OfficerId, receipt: &Receipt) {
        let Receipt { number, member, payment, .. } = receipt.clone();
        self.payments.entry(payment).or_default().insert(member, number);
        let (by, receipt) = (by.clone(), receipt.clone());
        self.issued.insert(number, Issued { seq, by, receipt, is_void: false });
    }

    /// The payment was reversed: what was said of it is not true any more.
    pub(super) fn void(&mut self, payment: Seq) {
        for number in self.payments.get(&payment).into_iter().flat_map(BTreeMap::values) {
            if let Some(issued) = self.issued.get_mut(number) {
                issued.is_void = true;
            }
        }
    }

    /// Every receipt, in the order of the numbers.
    pub fn issued(&self) -> impl Iterator<Item = &Issued> {
        self.issued.values()
    }

    #[must_use]
    pub fn receipt(&self, number: ReceiptNumber) -> Option<&Issued> {
        self.issued.get(&number)
    }

    /// The receipt of a member for a payment.
    #[must_use]
    pub fn of_payment(&self, payment: Seq, member: &MemberId) -> Option<ReceiptNumber> {
        self.payments.get(&payment)?.get(member).copied()
    }

    /// The number that the next receipt of this year gets.
    #[must_use]
    pub fn next_number(&self, year: FiscalYear) -> ReceiptNumber {
        let of_year = ReceiptNumber { year, number: 0 }..=ReceiptNumber { year, number: u32::MAX };
        let last = self.issued.range(of_year).next_back().map_or(0, |(last, _)| last.number);
        ReceiptNumber { year, number: last.saturating_add(1) }
    }
}
