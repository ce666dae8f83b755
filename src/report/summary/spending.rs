//! Spending, from request to payment.

use super::{Said, named, words};
use crate::chart::Chart;
use crate::event::disbursement;
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
}

impl Said for disbursement::Cancellation {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.disbursement;
        words(format!("撤销申请 {id}"), format!("{id} withdrawn"))
    }
}

fn paid(paid: &disbursement::Paid, chart: &Chart) -> Words {
    let [zh, en] = named(&paid.account, chart);
    words(format!("付款 {} {zh}", paid.disbursement), format!("{} paid: {en}", paid.disbursement))
}
