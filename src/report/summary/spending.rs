//! Spending, from request to payment.

use super::{Said, named, words};
use crate::chart::Chart;
use crate::event::disbursement;
use crate::event::spending::{
    AdvanceOpened, AdvanceSettled, Analysed, Analysis, Journal, Nature, Project,
};
use crate::ids::DisbursementId;
use crate::projection::State;
use crate::report::Words;

impl Said for disbursement::Request {
    fn said(&self, chart: &Chart) -> Words {
        let [zh, en] = named(&self.account, chart);
        words(
            format!("申请用款 {} {zh} {}", self.disbursement, self.amount),
            format!("{} requested: {en}, {}", self.disbursement, self.amount),
        )
    }
}

impl Said for disbursement::Approval {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("批准 {} {}", self.disbursement, self.amount),
            format!("{} approved, {}", self.disbursement, self.amount),
        )
    }
}

impl Said for disbursement::Rejection {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.disbursement;
        words(format!("不批准 {id}"), format!("{id} refused"))
    }
}

impl Said for disbursement::Paid {
    fn said(&self, chart: &Chart) -> Words {
        paid(self, chart)
    }

    fn in_its_words(&self, state: &State) -> Vec<String> {
        requested(&self.disbursement, state)
    }
}

impl Said for disbursement::Cancellation {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.disbursement;
        words(format!("撤销申请 {id}"), format!("{id} withdrawn"))
    }
}

/// What was requested: its purpose and its payee.
pub(super) fn requested(id: &DisbursementId, state: &State) -> Vec<String> {
    let found = state.disbursements.disbursement(id).map(|found| &found.request);
    found.map(|of| vec![of.purpose.to_string(), of.payee.said()]).unwrap_or_default()
}

fn paid(paid: &disbursement::Paid, chart: &Chart) -> Words {
    let [zh, en] = named(&paid.account, chart);
    words(format!("付款 {} {zh}", paid.disbursement), format!("{} paid: {en}", paid.disbursement))
}

impl Said for Project {
    fn said(&self, _: &Chart) -> Words {
        words(format!("设立项目 {}", self.project), format!("project {} opened", self.project))
    }
}

impl Said for Analysed {
    fn said(&self, _: &Chart) -> Words {
        let (id, of) = (&self.disbursement, analysed(&self.analysis()));
        words(format!("支出分析 {id} {}", of.zh), format!("{id} analysed: {}", of.en))
    }
}

fn analysed(analysis: &Analysis) -> Words {
    let Analysis { nature, project, economic } = analysis;
    let (mut zh, mut en) = match nature {
        Nature::Basic => ("基本支出".to_owned(), "basic".to_owned()),
        Nature::Project => ("项目支出".to_owned(), "project".to_owned()),
    };
    let further =
        [project.as_ref().map(ToString::to_string), economic.as_ref().map(ToString::to_string)];
    for word in further.into_iter().flatten() {
        zh = format!("{zh} {word}");
        en = format!("{en} {word}");
    }
    Words { zh, en }
}

impl Said for AdvanceOpened {
    fn said(&self, _: &Chart) -> Words {
        let (id, amount, since) = (&self.advance, self.amount, self.since);
        words(
            format!("期初借款 {id} {amount} {since}借出"),
            format!("advance {id} of {amount} of {since} taken over"),
        )
    }
}

impl Said for AdvanceSettled {
    fn said(&self, _: &Chart) -> Words {
        let (id, returned) = (&self.disbursement, self.returned);
        let spent = self.total().minus(returned);
        words(
            format!("借款报销 {id} 报销{spent} 交回{returned}"),
            format!("advance {id} settled: {spent} spent, {returned} returned"),
        )
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        self.spent.iter().map(|spent| spent.purpose.to_string()).collect()
    }
}

impl Said for Journal {
    fn said(&self, _: &Chart) -> Words {
        words(format!("转账 {}", self.basis), format!("general voucher, {}", self.basis))
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.reason.to_string()]
    }
}
