//! What can be wrong with the document as a whole: a stable code, the figures, both languages.

use super::super::Refusal;
use super::super::refusal::{Bound, Figures};
use crate::date::Day;
use crate::ids::{AccountCode, FundId, MemberId};
use crate::lang::Lang;
use crate::money::Money;

/// One fault, and where it stands: a path such as `balances[2].split[0]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub at: String,
    pub found: Found,
}

macro_rules! faults {
    ($($(#[$doc:meta])* $variant:ident { $($field:ident: $type:ty),* } =
        $code:literal, $source:literal, zh $zh:literal, en $en:literal
        $(, is $same:expr, found $unlike:expr)? $(, most $most:expr, found $more:expr)?;)*) => {
        /// What is wrong, with its figures.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Found {
            /// A rule that holds for commands too.
            Rule(Refusal),
            $($(#[$doc])* $variant { $($field: $type),* },)*
        }

        impl Found {
            /// The code, the name and the source of each fault that only such a document has.
            pub const ALL: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, stringify!($variant), $source)),*];

            /// What each says, in Chinese and English, with `{names}` for its figures.
            pub const MESSAGES: &'static [(&'static str, [&'static str; 2])] =
                &[$(($code, [$zh, $en])),*];

            /// Stable for ever.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    Found::Rule(refusal) => refusal.code(),
                    $(Found::$variant { .. } => $code,)*
                }
            }

            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    Found::Rule(refusal) => refusal.name(),
                    $(Found::$variant { .. } => stringify!($variant),)*
                }
            }

            #[must_use]
            pub fn source(&self) -> &'static str {
                match self {
                    Found::Rule(refusal) => refusal.source(),
                    $(Found::$variant { .. } => $source,)*
                }
            }

            /// The two figures that it compares, where it does.
            #[must_use]
            pub fn figures(&self) -> Option<Figures> {
                match self {
                    Found::Rule(refusal) => return refusal.figures(),
                    $(Found::$variant { $($field),* } => {
                        $(let _ = $field;)*
                        $(return Some(Figures::of(Bound::Same, $same, $unlike));)?
                        $(return Some(Figures::of(Bound::AtMost, $most, $more));)?
                    })*
                }
                None
            }

            #[must_use]
            pub fn message(&self, lang: Lang) -> String {
                match self {
                    Found::Rule(refusal) => refusal.message(lang),
                    $(Found::$variant { $($field),* } => match lang {
                        Lang::Zh => { $(let _ = $field;)* format!($zh) }
                        Lang::En => { $(let _ = $field;)* format!($en) }
                    },)*
                }
            }
        }
    };
}

faults! {
    AsOfNotBefore { as_of: Day, starts: Day } = "O20", "会计基础工作规范 Art. 36",
        zh "截止日 {as_of} 应为启用日 {starts} 的前一天",
        en "the old book must end on the day before this one begins, {starts}, and not on {as_of}";
    NothingBroughtIn {} = "O21", "会计基础工作规范 Art. 36",
        zh "没有科目余额，也没有会员", en "there is neither a balance nor a member";
    OneSide { account: AccountCode } = "O22", "会计基础工作规范 Art. 51",
        zh "科目 {account} 的余额须有借方或贷方之一，大于零",
        en "the balance of {account} is one debit or one credit of more than nothing";
    BalanceTwice { account: AccountCode, fund: FundId } = "O23", "会计基础工作规范 Art. 36",
        zh "资金 {fund} 科目 {account} 的余额出现两次",
        en "the balance of {account} in the fund {fund} is there twice";
    DebitsUnlikeCredits { debit: Money, credit: Money, difference: Money } = "O24", "财会〔2021〕7号 Art. 10 借贷记账法",
        zh "余额借方合计 {debit}，贷方合计 {credit}，差额 {difference}",
        en "the debits are {debit} and the credits {credit}: {difference} apart",
        is debit, found credit;
    FundUnlike { fund: FundId, debit: Money, credit: Money, difference: Money } = "O25", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 借方合计 {debit}，贷方合计 {credit}，差额 {difference}",
        en "in fund {fund} the debits are {debit} and the credits {credit}: {difference} apart",
        is debit, found credit;
    AssetFundUnlike { account: AccountCode, fund: FundId, held: Money, owned: Money, difference: Money } = "O26", "财会〔2021〕7号, 301",
        zh "资金 {fund} 的资产基金 {account} 为 {held}，对应资产净值 {owned}，差额 {difference}",
        en "in fund {fund} the asset fund {account} is {held}, and the assets it stands for are {owned}: {difference} apart",
        is owned, found held;
    SurplusOfRestricted { account: AccountCode, fund: FundId } = "O27", "财会〔2021〕7号, 321, 322",
        zh "{fund} 是专项资金，其结存记入 321 工会资金结转，而非 {account}",
        en "{fund} is a restricted fund, and what it holds stands under 321, not {account}";
    CarriedOfUnrestricted { account: AccountCode, fund: FundId } = "O28", "财会〔2021〕7号, 321, 322; Art. 22 专款专用",
        zh "{account} 是结转资金，须记入专项资金，{fund} 不是专项资金",
        en "{account} holds money for a purpose: it goes into a restricted fund, and {fund} is not one";
    ResultsBroughtIn { account: AccountCode, starts: Day } = "O29", "财会〔2021〕7号, 收入类, 支出类",
        zh "账套自年初 {starts} 开始，收入、支出科目 {account} 不应有余额",
        en "the book begins with the year on {starts}, and {account} has no balance then";
    OldAccountUnknown { account: AccountCode } = "O30", "财会〔2021〕16号 附表",
        zh "原制度没有科目 {account}", en "the former chart has no account {account}";
    NilAtYearEnd { account: AccountCode, name: String, why: String } = "O31", "财会〔2021〕16号",
        zh "原科目 {account} {name} 年末无余额，须先在旧账结转（{why}）",
        en "the former account {account} {name} has no balance at the end of a year: close the old book first ({why})";
    SplitNeeded { account: AccountCode, name: String, targets: String, why: String } = "O32", "财会〔2021〕16号",
        zh "原科目 {account} {name} 须由人分析，用 split 写明转入 {targets} 各多少（{why}）",
        en "somebody has to say by split how much of {account} {name} goes to each of {targets} ({why})";
    SplitUnlike { account: AccountCode, amount: Money, parts: Money, difference: Money } = "O33", "财会〔2021〕16号",
        zh "科目 {account} 余额 {amount}，分拆合计 {parts}，差额 {difference}",
        en "the balance of {account} is {amount}, and its parts are {parts}: {difference} apart",
        is amount, found parts;
    SplitElsewhere { account: AccountCode, to: AccountCode, targets: String } = "O34", "财会〔2021〕16号",
        zh "原科目 {account} 不能转入 {to}，只能转入 {targets}",
        en "the former account {account} does not go to {to}: it goes to {targets}";
    ControlUnlike { what: String, said: String, found: String } = "O35", "会计基础工作规范 Art. 62",
        zh "控制总数 {what} 为 {said}，文件中合计 {found}",
        en "the control total of {what} is {said}, and the document adds up to {found}",
        is said, found found;
    MemberTwice { member: MemberId } = "O36", "中国工会章程",
        zh "会员 {member} 出现两次", en "the member {member} is there twice";
    JoinedLater { member: MemberId, joined: Day, as_of: Day } = "O37", "中国工会章程",
        zh "会员 {member} 于 {joined} 入会，在截止日 {as_of} 之后",
        en "the member {member} joined on {joined}, after the old book's last day, {as_of}";
    AdvancesTooLarge { fund: FundId, advances: Money, held: Money, over: Money } = "O38", "财会〔2021〕7号, 135",
        zh "资金 {fund} 未结清借款合计 {advances}，其他应收款 135 只有 {held}，多出 {over}",
        en "in fund {fund} the advances are {advances}, and other receivables 135 are {held}: {over} too much",
        most held, found advances;
    CardsUnlike { account: AccountCode, fund: FundId, cards: Money, held: Money, difference: Money } = "O39", "财会〔2021〕7号, 162, 163, 171, 172, 181 (账卡相符)",
        zh "资金 {fund} 的卡片合计 {cards}，科目 {account} 余额 {held}，差额 {difference}",
        en "in fund {fund} the cards are {cards}, and the balance of {account} is {held}: {difference} apart",
        is held, found cards;
    SuppliesUnlike { account: AccountCode, fund: FundId, supplies: Money, held: Money, difference: Money } = "O40", "财会〔2021〕7号, 141 (账实相符)",
        zh "资金 {fund} 的库存物品合计 {supplies}，科目 {account} 余额 {held}，差额 {difference}",
        en "in fund {fund} the supplies are {supplies}, and the balance of {account} is {held}: {difference} apart",
        is held, found supplies;
    NotOfItsForm { why: String } = "O41", "docs/FORMAT.md",
        zh "内容不合规定：{why}", en "it does not say what it must: {why}";
    ChartNotStatutory { account: AccountCode } = "O43", "财会〔2021〕16号 附表",
        zh "本账套的科目表没有科目 {account}，原制度余额无处转入",
        en "this book's chart has no account {account} that the former balance could go to";
    BroughtInAlready {} = "O44", "会计基础工作规范 Art. 36",
        zh "账套已有期初余额，旧账不能再移交一次",
        en "the book has its opening balances already: nothing is handed over twice";
}
