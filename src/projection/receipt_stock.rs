//! Books of numbered receipts 票据: which numbers came in, which are used, void or left.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::receipt::{PaperReceipt, PaperVoid, ReceiptStock};
use crate::ids::{ReceiptStockId, Seq};
use crate::money::Money;

/// One number that is not left any more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Form {
    /// The record that issued it, and what it says; none where it was spoiled before.
    pub issued: Option<(Seq, PaperReceipt)>,
    /// 作废 The record that voided it.
    pub voided: Option<(Seq, PaperVoid)>,
}

impl Form {
    /// What it receipts, unless it is void.
    #[must_use]
    pub fn stands(&self) -> Option<&PaperReceipt> {
        match (&self.issued, &self.voided) {
            (Some((_, receipt)), None) => Some(receipt),
            (Some(_) | None, Some(_)) | (None, None) => None,
        }
    }

    /// The record that used it up first.
    #[must_use]
    pub fn seq(&self) -> Option<Seq> {
        let voided = self.voided.as_ref().map(|(seq, _)| *seq);
        self.issued.as_ref().map(|(seq, _)| *seq).or(voided)
    }
}

/// One book of forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    pub stock: ReceiptStock,
    forms: BTreeMap<u64, Form>,
}

impl Stock {
    /// The numbers that are used or void, in their order.
    pub fn forms(&self) -> impl Iterator<Item = (u64, &Form)> {
        self.forms.iter().map(|(number, form)| (*number, form))
    }

    #[must_use]
    pub fn form(&self, number: u64) -> Option<&Form> {
        self.forms.get(&number)
    }

    /// The number after the highest that is used or void; none where the book is at its end.
    #[must_use]
    pub fn next(&self) -> Option<u64> {
        let last = self.forms.keys().next_back();
        let next = last.map_or(Some(self.stock.first), |last| last.checked_add(1));
        next.filter(|next| *next <= self.stock.last)
    }

    /// 断号 Numbers that were passed over, each gap from its first to its last number.
    #[must_use]
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let mut next = self.stock.first;
        for number in self.forms.keys() {
            if *number > next {
                gaps.push((next, number.saturating_sub(1)));
            }
            next = number.saturating_add(1);
        }
        gaps
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptStocks {
    stocks: BTreeMap<ReceiptStockId, Stock>,
    /// What each record is receipted by.
    of: BTreeMap<Seq, Vec<(ReceiptStockId, u64)>>,
}

impl ReceiptStocks {
    pub(super) fn receive(&mut self, new: &ReceiptStock) {
        let stock = Stock { stock: new.clone(), forms: BTreeMap::new() };
        self.stocks.insert(new.stock.clone(), stock);
    }

    pub(super) fn issue(&mut self, seq: Seq, receipt: &PaperReceipt) {
        if let Some(stock) = self.stocks.get_mut(&receipt.stock) {
            let form = stock.forms.entry(receipt.number).or_default();
            form.issued = Some((seq, receipt.clone()));
            let of = self.of.entry(receipt.of).or_default();
            of.push((receipt.stock.clone(), receipt.number));
        }
    }

    pub(super) fn void(&mut self, seq: Seq, void: &PaperVoid) {
        if let Some(stock) = self.stocks.get_mut(&void.stock) {
            stock.forms.entry(void.number).or_default().voided = Some((seq, void.clone()));
        }
    }

    #[must_use]
    pub fn stock(&self, id: &ReceiptStockId) -> Option<&Stock> {
        self.stocks.get(id)
    }

    pub fn stocks(&self) -> impl Iterator<Item = &Stock> {
        self.stocks.values()
    }

    /// The receipts of a record that still stand.
    pub fn standing(&self, of: Seq) -> impl Iterator<Item = &PaperReceipt> {
        let numbers = self.of.get(&of).into_iter().flatten();
        numbers.filter_map(|(stock, number)| self.stocks.get(stock)?.form(*number)?.stands())
    }

    /// What a record is receipted for.
    #[must_use]
    pub fn receipted(&self, of: Seq) -> Money {
        Money::sum(self.standing(of).map(|receipt| receipt.amount))
    }
}
