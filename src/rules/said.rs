//! How a value is said in a message, in each language.

use super::ClosingFault;
use super::welfare::LeftOut;
use crate::date::{Day, FiscalYear, Month};
use crate::event::allocation::Channel;
use crate::event::asset::{Category, HowDisposed};
use crate::event::book::{Per, Role, RuleKind};
use crate::event::disbursement::Acquisition;
use crate::event::paper::ReceiptNumber;
use crate::event::payer::Stage;
use crate::event::privacy::Person;
use crate::event::visit::Occasion;
use crate::event::welfare::{Beneficiary, Form, WelfareKind};
use crate::event::{Till, VoucherNumber};
use crate::ids::{
    AccountCode, ApplicationId, ArticleId, AssetId, AuditId, CaseId, ClaimId, DemandId, Digest,
    DisbursementId, DriveId, FindingId, FundId, GroupId, InvestmentId, ItemId, MemberId, NoticeId,
    OfficerId, PayerId, ProjectId, ReceiptStockId, SchemeId, Seq, StatementId, StocktakeId,
    SubjectId, TaxListId, Text, VisitId, WelfareItemId,
};
use crate::lang::Lang;
use crate::money::Money;

/// A value as it is said in a message.
pub(super) struct Said<'a, T> {
    pub(super) it: &'a T,
    pub(super) lang: Lang,
}

macro_rules! said_plainly {
    ($($type:ty),*) => {$(
        impl core::fmt::Display for Said<'_, $type> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.it.fmt(f)
            }
        }
    )*};
}

said_plainly!(
    OfficerId,
    MemberId,
    GroupId,
    ReceiptStockId,
    FundId,
    DisbursementId,
    FindingId,
    AuditId,
    PayerId,
    TaxListId,
    DemandId,
    ProjectId,
    WelfareItemId,
    VisitId,
    CaseId,
    DriveId,
    SchemeId,
    ClaimId,
    ArticleId,
    ApplicationId,
    NoticeId,
    StatementId,
    AccountCode,
    Seq,
    ReceiptNumber,
    VoucherNumber,
    Day,
    Month,
    FiscalYear,
    Money,
    Digest,
    SubjectId,
    AssetId,
    ItemId,
    StocktakeId,
    InvestmentId,
    Text,
    String,
    u32,
    u64,
    i64
);

impl core::fmt::Display for Said<'_, Option<Month>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match (self.it, self.lang) {
            (Some(month), _) => month.fmt(f),
            (None, Lang::Zh) => f.write_str("（无）"),
            (None, Lang::En) => f.write_str("(none)"),
        }
    }
}

impl core::fmt::Display for Said<'_, Option<Person>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match (self.it, self.lang) {
            (Some(Person::Member(id)), Lang::Zh) => write!(f, "会员 {id}"),
            (Some(Person::Member(id)), Lang::En) => write!(f, "the member {id}"),
            (Some(Person::Officer(id)), Lang::Zh) => write!(f, "经办人 {id}"),
            (Some(Person::Officer(id)), Lang::En) => write!(f, "the officer {id}"),
            (Some(Person::Disbursement(id)), Lang::Zh) => write!(f, "支出 {id} 的收款人"),
            (Some(Person::Disbursement(id)), Lang::En) => write!(f, "whom {id} reaches"),
            (None, Lang::Zh) => f.write_str("未说明的人"),
            (None, Lang::En) => f.write_str("somebody unsaid"),
        }
    }
}

impl core::fmt::Display for Said<'_, Beneficiary> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match (self.it, self.lang) {
            (Beneficiary::Member(id), Lang::Zh) => write!(f, "会员 {id}"),
            (Beneficiary::Member(id), Lang::En) => write!(f, "the member {id}"),
            (Beneficiary::Subject(id), Lang::Zh) => write!(f, "人员 {id}"),
            (Beneficiary::Subject(id), Lang::En) => write!(f, "the person {id}"),
        }
    }
}

impl core::fmt::Display for Said<'_, Per> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match (self.it, self.lang) {
            (Per::Time, Lang::Zh) => "每人每次",
            (Per::Time, Lang::En) => "a person and time",
            (Per::PersonYear, Lang::Zh) => "每人每年",
            (Per::PersonYear, Lang::En) => "a person and year",
            (Per::PersonDay, Lang::Zh) => "每人每天",
            (Per::PersonDay, Lang::En) => "a person and day",
        })
    }
}

impl core::fmt::Display for Said<'_, Channel> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, Option<Stage>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(Stage::title(*self.it, self.lang))
    }
}

impl core::fmt::Display for Said<'_, Role> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, Vec<Role>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (none, and) = match self.lang {
            Lang::Zh => ("（无职务）", "、"),
            Lang::En => ("no office", ", "),
        };
        let titles: Vec<&str> = self.it.iter().map(|role| role.title(self.lang)).collect();
        f.write_str(&if titles.is_empty() { none.to_owned() } else { titles.join(and) })
    }
}

impl core::fmt::Display for Said<'_, Vec<MemberId>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        const NAMED: usize = 10;
        let all = self.it.len();
        let and = match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        };
        let named: Vec<&str> = self.it.iter().take(NAMED).map(MemberId::as_str).collect();
        f.write_str(&named.join(and))?;
        match (all > NAMED, self.lang) {
            (false, _) => Ok(()),
            (true, Lang::Zh) => write!(f, " 等 {all} 人"),
            (true, Lang::En) => write!(f, " and others, {all} in all"),
        }
    }
}

impl core::fmt::Display for Said<'_, Vec<LeftOut>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        const NAMED: usize = 10;
        let all = self.it.len();
        let (none, and) = match self.lang {
            Lang::Zh => ("（无）", "、"),
            Lang::En => ("nobody", ", "),
        };
        let named = self.it.iter().take(NAMED).map(|LeftOut { member, why }| match self.lang {
            Lang::Zh => format!("{member}（不合：{}）", why.title(Lang::Zh)),
            Lang::En => format!("{member} (not: {})", why.title(Lang::En)),
        });
        f.write_str(&if all == 0 { none.to_owned() } else { named.collect::<Vec<_>>().join(and) })?;
        match (all > NAMED, self.lang) {
            (false, _) => Ok(()),
            (true, Lang::Zh) => write!(f, " 等 {all} 人"),
            (true, Lang::En) => write!(f, " and others, {all} in all"),
        }
    }
}

impl core::fmt::Display for Said<'_, Form> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, WelfareKind> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, Occasion> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, Vec<ClosingFault>> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let and = match self.lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        };
        let faults: Vec<String> = self.it.iter().map(|fault| fault.said(self.lang)).collect();
        f.write_str(&faults.join(and))
    }
}

impl core::fmt::Display for Said<'_, RuleKind> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let name = serde_json::to_value(self.it).unwrap_or_default();
        let name = name.as_str().unwrap_or_default();
        match self.lang {
            Lang::Zh => write!(f, "{} {name}", self.it.title(Lang::Zh)),
            Lang::En => f.write_str(name),
        }
    }
}

impl core::fmt::Display for Said<'_, Till> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match (self.it, self.lang) {
            (Till::Cash, Lang::Zh) => "库存现金",
            (Till::Cash, Lang::En) => "cash",
            (Till::Bank, Lang::Zh) => "银行存款",
            (Till::Bank, Lang::En) => "bank money",
        })
    }
}

impl core::fmt::Display for Said<'_, Category> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, HowDisposed> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}

impl core::fmt::Display for Said<'_, Acquisition> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.it.title(self.lang))
    }
}
