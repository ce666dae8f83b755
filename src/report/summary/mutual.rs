//! Mutual aid: numbers and counts.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::mutual::{ClaimDecided, ClaimOpened, ClaimsRequested, CoverListed, SchemeOpened};
use crate::lang::Lang;
use crate::report::Words;

impl Said for SchemeOpened {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.kind.title(lang));
        words(format!("设立 {} {zh}", self.scheme), format!("scheme {} opened: {en}", self.scheme))
    }
}

impl Said for CoverListed {
    fn said(&self, _: &Chart) -> Words {
        let (scheme, count) = (&self.scheme, self.people.len());
        let (first, last) = (self.first, self.last);
        words(
            format!("{scheme} 保障 {count} 人，{first} 至 {last}"),
            format!("{scheme} covers {count} people from {first} through {last}"),
        )
    }
}

impl Said for ClaimOpened {
    fn said(&self, _: &Chart) -> Words {
        let (claim, scheme) = (&self.claim, &self.scheme);
        words(format!("申请给付 {claim}（{scheme}）"), format!("claim {claim} on {scheme}"))
    }
}

impl Said for ClaimDecided {
    fn said(&self, _: &Chart) -> Words {
        let (claim, amount) = (&self.claim, self.amount);
        words(format!("核定给付 {claim} {amount}"), format!("claim {claim}: {amount} granted"))
    }
}

impl Said for ClaimsRequested {
    fn said(&self, _: &Chart) -> Words {
        let count = self.claims.len();
        words(
            format!("{} 支付给付 {count} 项", self.disbursement),
            format!("{} pays {count} claims", self.disbursement),
        )
    }
}
