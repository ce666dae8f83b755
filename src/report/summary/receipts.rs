//! Paper receipts with printed numbers.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::receipt;
use crate::report::Words;

impl Said for receipt::ReceiptStock {
    fn said(&self, _: &Chart) -> Words {
        let (stock, first, last) = (&self.stock, self.first, self.last);
        words(
            format!("领购票据 {stock} {first} 至 {last}"),
            format!("receipts {stock} taken in, {first} to {last}"),
        )
    }
}

impl Said for receipt::PaperReceipt {
    fn said(&self, _: &Chart) -> Words {
        let receipt::PaperReceipt { stock, number, of, amount, .. } = self;
        words(
            format!("开具票据 {stock} {number} 归 #{of} {amount}"),
            format!("paper receipt {stock} {number} for #{of}, {amount}"),
        )
    }
}

impl Said for receipt::PaperVoid {
    fn said(&self, _: &Chart) -> Words {
        let (stock, number) = (&self.stock, self.number);
        words(format!("票据作废 {stock} {number}"), format!("paper receipt {stock} {number} void"))
    }
}
