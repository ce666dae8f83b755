//! Every refusal: a stable code, the rule's source, the figures, both languages, the next command.

/// The rows of one family, handed on to the next one and at last to [`refusals`], which makes one enum of
/// them all: a code is looked up in one place, and a row stands in the file of its family.
macro_rules! family {
    (($d:tt) $name:ident $($rows:tt)*) => {
        macro_rules! $name {
            ([$d next:ident $d($d rest:ident)*] $d($d done:tt)*) => {
                $d next! { [$d($d rest)*] $d($d done)* $($rows)* }
            };
        }
        pub(super) use $name;
    };
}

mod book;
mod periods;
mod funds;
mod cash;
mod budget;
mod dues;
mod opening;
mod offices;
mod allocation;
mod spending;
mod assets;
mod welfare;
mod hardship;
mod drives;
mod mutual;
mod corrections;
mod statements;
mod keys;
mod receipts;
mod privacy;
mod papers;
mod imports;
mod openness;
mod audits;
mod figures;

use super::ClosingFault;
use super::said::Said;
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
use allocation::allocation;
use assets::assets;
use audits::audits;
use budget::budget;
use cash::cash;
use corrections::corrections;
use drives::drives;
use dues::dues;
pub use figures::{Bound, Figures};
use funds::funds;
use hardship::hardship;
use imports::imports;
use keys::keys;
use mutual::mutual;
use offices::offices;
use opening::opening;
use openness::openness;
use papers::papers;
use periods::periods;
use privacy::privacy;
use receipts::receipts;
use spending::spending;
use statements::statements;
use welfare::welfare;

macro_rules! refusals {
    ([] $($(#[$doc:meta])* $variant:ident { $($field:ident: $type:ty),* } =
        $code:literal, $source:literal,
        zh $zh:literal,
        en $en:literal,
        $(is $same:expr, found $unlike:expr,)?
        $(most $most:expr, found $more:expr,)?
        $(least $least:expr, found $less:expr,)?
        next $next:literal;)*) => {
        /// Why a command was refused: the rule that it breaks, with its figures.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $variant { $($field: $type),* },)*
        }

        impl Refusal {
            /// Every refusal's code, name and source, in the order in which they are declared.
            #[allow(clippy::large_stack_arrays, reason = "a constant lies on no stack")]
            pub const ALL: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, stringify!($variant), $source)),*];

            /// Stable for ever; what `explain` takes.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(Refusal::$variant { .. } => $code,)* }
            }

            /// The rule's name.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Refusal::$variant { .. } => stringify!($variant),)* }
            }

            /// The law, document or practice that the rule comes from.
            #[must_use]
            pub fn source(&self) -> &'static str {
                match self { $(Refusal::$variant { .. } => $source,)* }
            }

            /// What was found and what was expected, for a treasurer.
            #[must_use]
            pub fn message(&self, lang: Lang) -> String {
                match self {
                    $(Refusal::$variant { $($field),* } => match lang {
                        Lang::Zh => { $(let $field = Said { it: $field, lang }; let _ = &$field;)* format!($zh) }
                        Lang::En => { $(let $field = Said { it: $field, lang }; let _ = &$field;)* format!($en) }
                    },)*
                }
            }

            /// What it names, each by its name and as it is written in a command.
            #[must_use]
            pub fn named(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Refusal::$variant { $($field),* } => vec![
                        $((stringify!($field), Said { it: $field, lang: Lang::En }.to_string())),*
                    ],)*
                }
            }

            /// The two figures that it compares, where it does: a row says which after its messages.
            #[must_use]
            pub fn figures(&self) -> Option<Figures> {
                match self {
                    $(Refusal::$variant { $($field),* } => {
                        $(let _ = $field;)*
                        $(return Some(Figures::of(Bound::Same, $same, $unlike));)?
                        $(return Some(Figures::of(Bound::AtMost, $most, $more));)?
                        $(return Some(Figures::of(Bound::AtLeast, $least, $less));)?
                    })*
                }
                None
            }

            /// One command that helps, empty where none does.
            #[must_use]
            pub fn next(&self) -> String {
                match self {
                    $(Refusal::$variant { $($field),* } => {
                        $(let $field = Said { it: $field, lang: Lang::En }; let _ = &$field;)*
                        format!($next)
                    })*
                }
            }
        }
    };
}

book::book! { [periods funds cash budget dues opening allocation spending assets welfare hardship drives mutual corrections statements keys receipts privacy papers imports openness offices audits refusals] }
