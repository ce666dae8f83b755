//! The allocation.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::allocation::{self, PassdownKind};
use crate::event::{accrual, payer};
use crate::lang::Lang;
use crate::report::Words;

impl Said for allocation::Payroll {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("申报工资总额 {} {}", self.month, self.total),
            format!("payroll of {}: {}", self.month, self.total),
        )
    }
}

impl Said for allocation::AllocationReceived {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("收拨缴经费 {} 留成 {} 应上解 {}", self.month, self.own, self.up),
            format!("allocation for {}, {} kept, {} goes up", self.month, self.own, self.up),
        )
    }
}

impl Said for allocation::Remittance {
    fn said(&self, _: &Chart) -> Words {
        words("上解经费", "remittance to the union above")
    }
}

impl Said for allocation::AllocationCollected {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.channel.title(lang));
        let from = self.payer.as_ref().map(|payer| format!(" {payer}")).unwrap_or_default();
        let (own, up, down) = (self.own, self.up, self.down);
        let (settles_zh, settles_en) = if self.settles.is_zero() {
            Default::default()
        } else {
            (format!(" 冲应收 {}", self.settles), format!(", settles {}", self.settles))
        };
        words(
            format!("{zh}{from} {} 留成 {own} 上解 {up} 转拨 {down}{settles_zh}", self.month),
            format!(
                "allocation by {en}{from} for {}: {own} kept, {up} up, {down} down{settles_en}",
                self.month
            ),
        )
    }
}

impl Said for allocation::PreparationReceived {
    fn said(&self, _: &Chart) -> Words {
        words(format!("收建会筹备金 {}", self.payer), format!("preparation fund of {}", self.payer))
    }
}

impl Said for allocation::PreparationSettled {
    fn said(&self, _: &Chart) -> Words {
        let (payer, own, up, down) = (&self.payer, self.own, self.up, self.down);
        words(
            format!("结转筹备金 {payer} 留成 {own} 上解 {up} 返还 {down}"),
            format!("preparation fund of {payer} divided: {own} kept, {up} up, {down} down"),
        )
    }
}

impl Said for allocation::Passdown {
    fn said(&self, _: &Chart) -> Words {
        let to = &self.to;
        match self.kind {
            PassdownKind::Passdown => {
                words(format!("转拨经费 {to}"), format!("passed down to {to}"))
            }
            PassdownKind::Subsidy => {
                words(format!("拨付补助 {to}"), format!("subsidy paid to {to}"))
            }
        }
    }
}

impl Said for accrual::AccrualRecorded {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.kind.title(lang));
        let other = self.counterparty.as_ref().map(|other| format!(" {other}")).unwrap_or_default();
        words(format!("年末计提 {zh}{other}"), format!("year-end accrual, {en}{other}"))
    }
}

impl Said for accrual::AccrualSettled {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.kind.title(lang));
        words(
            format!("收回 {zh} 记录 {}", self.accrual),
            format!("{en}, accrued in record {}, settled", self.accrual),
        )
    }
}

impl Said for payer::NewPayer {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.kind.title(lang));
        let id = &self.payer;
        words(format!("登记缴费单位 {id} {zh}"), format!("payer {id} registered, {en}"))
    }
}

impl Said for payer::UnionFounded {
    fn said(&self, _: &Chart) -> Words {
        let (id, on) = (&self.payer, self.on);
        words(format!("{id} 建会 {on}"), format!("{id} has a union since {on}"))
    }
}

impl Said for payer::PayerPayroll {
    fn said(&self, _: &Chart) -> Words {
        let (id, month, total) = (&self.payer, self.month, self.total);
        words(
            format!("{id} 申报工资总额 {month} {total}"),
            format!("payroll of {id} for {month}: {total}"),
        )
    }
}

impl Said for payer::PayrollCorrection {
    fn said(&self, _: &Chart) -> Words {
        let of = self.payer.as_ref().map(|payer| format!(" {payer}")).unwrap_or_default();
        let (month, total) = (self.month, self.total);
        words(
            format!("更正工资总额{of} {month} {total}"),
            format!("payroll corrected{of}, {month}: {total}"),
        )
    }
}

impl Said for payer::TaxList {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| self.channel.title(lang));
        let (list, month, count, total) = (&self.list, self.month, self.count, self.total);
        let here = self.lines.len();
        words(
            format!("{zh}清单 {list} {month} 共 {count} 户 {total}，本条 {here} 户"),
            format!("list {list} of the {en} for {month}: {count} payers, {total}; {here} here"),
        )
    }
}

impl Said for payer::Demand {
    fn said(&self, _: &Chart) -> Words {
        let payer::Demand { demand, first, last, principal, due_by, .. } = self;
        let of = self.payer.as_ref().map(|payer| format!(" {payer}")).unwrap_or_default();
        words(
            format!("催缴 {demand}{of} {first} 至 {last} 欠缴 {principal} 限 {due_by}"),
            format!("demand {demand}{of}: {principal} for {first} to {last}, due by {due_by}"),
        )
    }
}

impl Said for payer::DemandAdvance {
    fn said(&self, _: &Chart) -> Words {
        let [zh, en] = Lang::ALL.map(|lang| payer::Stage::title(Some(self.stage), lang));
        let demand = &self.demand;
        let (fee_zh, fee_en) = self.fee.map_or_else(Default::default, |fee| {
            (format!(" 滞纳金 {fee}"), format!(", a late fee of {fee}"))
        });
        words(format!("催缴 {demand} {zh}{fee_zh}"), format!("demand {demand}: {en}{fee_en}"))
    }
}
