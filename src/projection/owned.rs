//! What records do to assets, supplies, stocktakes and investments together, and how it is taken
//! back on the day of a reversal.

use super::State;
use super::assets::{HowGone, Standing};
use super::stocktakes::Pending;
use super::supplies::{StockMove, What};
use crate::date::Day;
use crate::event::asset::Disposed;
use crate::event::disbursement::Acquisition;
use crate::event::stocktake::{Difference, DifferenceRecorded};
use crate::event::{Fact, Recorded};
use crate::ids::Seq;

impl State {
    pub(super) fn dispose(&mut self, seq: Seq, f: &Disposed) {
        self.assets.dispose(seq, f);
        if f.how.waits() {
            let (on, fund, amount) = (f.date, f.fund.clone(), f.cost.minus(f.worn));
            let pending = Pending { on, fund, class: f.class, short: true, amount, resolved: None };
            self.stocktakes.hold(seq, pending);
        }
    }

    pub(super) fn differ(&mut self, seq: Seq, f: &DifferenceRecorded) {
        let (on, fund) = (f.date, &f.fund);
        let (class, short, amount) = match &f.difference {
            Difference::AssetShort { asset, class, cost, worn } => {
                let standing = Standing::Gone { seq, on, how: HowGone::Short };
                self.assets.lose(asset, standing, *cost, *worn, on);
                self.stocktakes.record_asset(&f.stocktake, asset, seq);
                (*class, true, cost.minus(*worn))
            }
            // It gets its card from this record.
            Difference::AssetFound { class, amount, name } => {
                self.stocktakes.record_unlisted(&f.stocktake, name, seq);
                (class.class(), false, *amount)
            }
            Difference::SuppliesShort { item, quantity, amount } => {
                let quantity = i64::from(*quantity).saturating_neg();
                let counted = amount.negated();
                let moved = StockMove { seq, on, what: What::Counted, quantity, amount: counted };
                self.supplies.shift(item, fund, moved);
                self.stocktakes.record_item(&f.stocktake, (item, fund), seq, quantity);
                (Acquisition::Supplies, true, *amount)
            }
            Difference::SuppliesOver { item, quantity, amount } => {
                let quantity = i64::from(*quantity);
                let moved = StockMove { seq, on, what: What::Counted, quantity, amount: *amount };
                self.supplies.shift(item, fund, moved);
                self.stocktakes.record_item(&f.stocktake, (item, fund), seq, quantity);
                (Acquisition::Supplies, false, *amount)
            }
        };
        let pending = Pending { on, fund: fund.clone(), class, short, amount, resolved: None };
        self.stocktakes.hold(seq, pending);
    }

    /// Takes back what a record did to what the union owns; it knows the day of the reversal, for
    /// until then the accounts had it too.
    pub(super) fn take_back(&mut self, original: &Recorded, on: Day) {
        let seq = original.seq;
        self.assets.void_from(seq, on);
        self.supplies.take_back(seq, on);
        self.stocktakes.take_back(seq);
        if let Fact::AssetDepreciated(f) = &original.fact {
            self.assets.unwear(seq, f, on);
        }
        if let Fact::AssetDisposed(f) = &original.fact {
            self.assets.bring_back(&f.asset, f.cost, f.worn, on);
        }
        if let Fact::StocktakeDifferenceRecorded(f) = &original.fact
            && let Difference::AssetShort { asset, cost, worn, .. } = &f.difference
        {
            self.assets.bring_back(asset, *cost, *worn, on);
        }
        if let Fact::StocktakeDifferenceResolved(f) = &original.fact {
            self.stocktakes.resolve(f.pending, None);
        }
        if let Fact::InvestmentAcquired(f) = &original.fact {
            self.investments.unacquire(f);
        }
        if let Fact::InvestmentRecovered(f) = &original.fact {
            self.investments.unrecover(seq, f, on);
        }
    }
}
