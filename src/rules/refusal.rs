//! Every refusal: a stable code, the rule's source, the figures, both languages, the next command.

use super::ClosingFault;
use super::said::Said;
use crate::date::{Day, FiscalYear, Month};
use crate::event::allocation::Channel;
use crate::event::asset::{Category, HowDisposed};
use crate::event::book::{Role, RuleKind};
use crate::event::disbursement::Acquisition;
use crate::event::paper::ReceiptNumber;
use crate::event::payer::Stage;
use crate::event::privacy::Person;
use crate::event::{Till, VoucherNumber};
use crate::ids::{
    AccountCode, AssetId, DemandId, Digest, DisbursementId, FindingId, FundId, GroupId,
    InvestmentId, ItemId, MemberId, OfficerId, PayerId, ProjectId, ReceiptStockId, Seq,
    StatementId, StocktakeId, SubjectId, TaxListId, Text,
};
use crate::lang::Lang;
use crate::money::Money;

macro_rules! refusals {
    ($($(#[$doc:meta])* $variant:ident { $($field:ident: $type:ty),* } =
        $code:literal, $source:literal,
        zh $zh:literal,
        en $en:literal,
        next $next:literal;)*) => {
        /// Why a command was refused: the rule that it breaks, with its figures.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $variant { $($field: $type),* },)*
        }

        impl Refusal {
            /// Every refusal's code, name and source, in the order in which they are declared.
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

refusals! {
    // The book and its officers
    NoLedgerYet {} = "B01", "会计基础工作规范 Art. 36",
        zh "账套尚未建立", en "the book has not begun",
        next "mingzhang init --help";
    LedgerExists {} = "B02", "财会〔2024〕12号 Art. 21(三)",
        zh "账套已经建立，不能重建", en "the book has begun already and cannot begin again",
        next "mingzhang log";
    OfficerUnknown { officer: OfficerId } = "B03", "会计法 Art. 25",
        zh "{officer} 未在账套中任职", en "{officer} holds no office in this book",
        next "mingzhang record officer.appoint --help";
    OfficeNeeded { officer: OfficerId, holds: Vec<Role>, needed: Vec<Role> } =
        "B04", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{officer} 的职务是 {holds}，此项须由 {needed} 办理",
        en "{officer} holds {holds}, and this takes {needed}",
        next "mingzhang record --as OFFICER …";
    OfficesIncompatible { officer: OfficerId, one: Role, other: Role } =
        "B05", "会计法 Art. 35 (出纳); 工会法 Art. 45 (经审会)",
        zh "{officer} 不能同时担任 {one} 和 {other}",
        en "{officer} cannot be {one} and {other} at once",
        next "mingzhang record officer.appoint --help";
    RuleMissing { rule: RuleKind, on: Day } = "B06", "财会〔2021〕7号 Art. 8",
        zh "{on} 没有有效的规定：{rule}", en "no rule {rule} is in force on {on}",
        next "mingzhang record rule.set --help";
    RuleOutOfRange { found: u32, most: u32 } = "B07", "财会〔2021〕7号, 402",
        zh "比例为 {found} 个基点，最多为 {most}",
        en "the share is {found} basis points, and at most {most} are possible",
        next "mingzhang schema command rule.set";
    BandsIncomplete { bands: u32 } = "B08", "会计基础工作规范 Art. 11",
        zh "审批权限共 {bands} 档：金额须递增，每档须有审批职务，末档不设上限",
        en "the {bands} approval bands must rise, each name an office, and the last have no upper end",
        next "mingzhang schema command rule.set";
    LedgerPinned { field: String, expected: String, found: String } = "B09", "docs/FORMAT.md",
        zh "建账信息 {field} 应为 {expected}，实为 {found}",
        en "{field} of a new book must be {expected}, and is {found}",
        next "mingzhang init --help";

    MemberIsOfficer { member: MemberId, officer: OfficerId } = "B10", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "会员 {member} 已是经办人 {officer}，一人不能有两个编号",
        en "the member {member} is the officer {officer} already, and nobody has two ids",
        next "mingzhang log --type officer.appointed";
    OfficerIsMember { officer: OfficerId, member: MemberId } = "B11", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是会员 {member}，重新任命不能改变",
        en "{officer} is the member {member}, and an appointment cannot change that",
        next "mingzhang log --type officer.appointed";

    LastChair { officer: OfficerId } = "B12", "工会法 Art. 10",
        zh "{officer} 是唯一的主席，须先任命继任者", en "{officer} is the only chair; appoint the successor first",
        next "mingzhang record officer.appoint --roles chair --help";

    // Days and periods
    DateInFuture { date: Day, today: Day } = "P01", "会计基础工作规范 Art. 37",
        zh "业务日期 {date} 晚于今天 {today}", en "the day {date} is after today, {today}",
        next "mingzhang log";
    DateBeforeBook { date: Day, starts: Day } = "P02", "会计基础工作规范 Art. 36",
        zh "业务日期 {date} 早于启用日 {starts}", en "the day {date} is before the book's first day, {starts}",
        next "mingzhang show 0";
    PeriodClosed { date: Day, closed_through: Month } = "P03", "会计基础工作规范 Art. 63; 财会〔2024〕12号 Art. 24",
        zh "{date} 所在会计期间已结账（已结至 {closed_through}）",
        en "the period of {date} is closed (closed through {closed_through})",
        next "mingzhang record … --date DAY-IN-AN-OPEN-MONTH";
    MonthOutOfOrder { expected: Month, found: Month } = "P04", "会计基础工作规范 Art. 63",
        zh "月份须按顺序结账：接下来该结 {expected}，不能先结 {found}",
        en "months are closed in their order: {expected} comes next, and not {found}",
        next "mingzhang record period.close --month {expected}";
    MonthNotOver { month: Month, today: Day } = "P05", "会计基础工作规范 Art. 63",
        zh "今天是 {today}，{month} 尚未结束", en "today is {today}, and {month} is not over",
        next "mingzhang report closing --month {month}";
    LastMonthClosesWithYear { month: Month } = "P06", "财会〔2021〕7号, 321, 322",
        zh "{month} 随年末结账一并结账", en "{month} is closed together with its year",
        next "mingzhang record year.close --help";
    YearNotReady { year: FiscalYear, closed_through: Option<Month> } = "P07", "会计基础工作规范 Art. 63",
        zh "{year} 年前十一个月须先结账，现已结至 {closed_through}",
        en "the first eleven months of {year} must be closed first; closed through {closed_through}",
        next "mingzhang record period.close --help";
    YearClosedAlready { year: FiscalYear } = "P08", "会计基础工作规范 Art. 63",
        zh "{year} 年已结账", en "the year {year} is closed already",
        next "mingzhang report income-statement --year {year}";
    NotLastClosed { month: Month, closed_through: Option<Month> } = "P09", "会计基础工作规范 Art. 63",
        zh "只能重开最后结账的月份（已结至 {closed_through}），而非 {month}",
        en "only the month that was closed last is opened again (closed through {closed_through}), not {month}",
        next "mingzhang log --type period.closed";
    YearStaysClosed { month: Month, year: FiscalYear } = "P10", "会计基础工作规范 Art. 63",
        zh "{year} 年已结账，{month} 不能重开", en "the year {year} is closed, and {month} is not opened again",
        next "mingzhang report income-statement --year {year}";
    ClosingChecksFailed { month: Month, faults: Vec<ClosingFault> } = "P11", "规定: closing_checks; 会计基础工作规范 Art. 63",
        zh "{month} 不能结账：{faults}", en "{month} cannot be closed: {faults}",
        next "mingzhang report closing --month {month}";
    VouchersNotThere { month: Month, first: u32, last: u32, most: u32 } = "P12", "会计基础工作规范 Art. 50, 51 (稽核)",
        zh "{month} 的凭证只编到 {most} 号，要稽核的 {first} 至 {last} 号里没有其后的号",
        en "the vouchers of {month} end with number {most}: of {first} to {last} there is none after it",
        next "mingzhang report closing --month {month}";
    ReviewerIsPreparer { officer: OfficerId, voucher: VoucherNumber } = "P13", "会计基础工作规范 Art. 11, 50, 51 (稽核)",
        zh "{voucher} 由 {officer} 填制，不能由本人稽核",
        en "{officer} prepared {voucher} and cannot review it",
        next "mingzhang record vouchers.review --as ANOTHER-OFFICER …";
    ReviewedAlready { voucher: VoucherNumber, by: OfficerId, seq: Seq } = "P14", "会计基础工作规范 Art. 50, 51 (稽核)",
        zh "{voucher} 已由 {by} 稽核（记录 {seq}）", en "{voucher} is reviewed already, by {by} in record {seq}",
        next "mingzhang show {seq}";
    YearOfVoucherClosed { seq: Seq, voucher: VoucherNumber, year: FiscalYear } = "P15",
        "会计基础工作规范 Art. 51(五); 财会〔2021〕7号 Art. 23, 321, 322",
        zh "{voucher}（记录 {seq}）所在的 {year} 年已结账，不能冲销，须作以前年度更正",
        en "the year {year} of {voucher} (record {seq}) is closed: it is corrected and not reversed",
        next "mingzhang record prior_year.correct --of {seq} --help";
    NotOfAClosedYear { seq: Seq } = "P16", "会计基础工作规范 Art. 51(五)",
        zh "记录 {seq} 不是已结账年度的凭证，应冲销重填",
        en "record {seq} is no voucher of a closed year, and is reversed and made again",
        next "mingzhang record entry.reverse --seq {seq} --help";
    PriorYearLine { account: AccountCode } = "P17", "财会〔2021〕7号, 321, 322, 331 (年初余额调整)",
        zh "以前年度更正只列资产、资产基金和负债，{account} 不是；收支差额由程序记入年初余额调整",
        en "{account} is no asset, asset fund or liability; what income and spending were wrong by goes to the adjustment of the opening balance by itself",
        next "mingzhang schema command prior_year.correct";
    PriorYearPaysOut { account: AccountCode } = "P18", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "以前年度更正不能支付款项（贷记 {account}）；付款须经申请、审批",
        en "a correction of an earlier year pays nothing out (it credits {account}); payments are requested and approved",
        next "mingzhang record disbursement.request --help";

    // Accounts, amounts, funds
    AmountNotPositive { amount: Money } = "F01", "会计基础工作规范 Art. 51",
        zh "金额须大于零，实为 {amount}", en "an amount must be more than nothing, and {amount} was given",
        next "mingzhang record --help";
    AccountUnknown { account: AccountCode } = "F02", "财会〔2021〕7号, 总说明一",
        zh "科目表中没有科目 {account}", en "the chart has no account {account}",
        next "mingzhang report chart";
    AccountNotPostable { account: AccountCode, under: String } = "F03", "财会〔2021〕7号, 总说明一",
        zh "{account} 设有明细科目，须记入：{under}",
        en "{account} is kept by its sub-accounts: {under}",
        next "mingzhang report chart";
    AccountOfOtherLevel { account: AccountCode } = "F04", "财会〔2021〕7号, 第二部分",
        zh "科目 {account} 不适用于本级工会", en "account {account} is not for unions of this level",
        next "mingzhang report chart";
    FundUnknown { fund: FundId } = "F05", "财会〔2021〕7号 Art. 22",
        zh "没有资金 {fund}", en "there is no fund {fund}",
        next "mingzhang record fund.establish --help";
    FundExists { fund: FundId } = "F06", "财会〔2021〕7号 Art. 22",
        zh "资金 {fund} 已设立", en "the fund {fund} is established already",
        next "mingzhang report funds";
    FundTooSmall { fund: FundId, held: Money, asked: Money, short: Money } = "F07", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 结存 {held}，支用 {asked}，差额 {short}",
        en "the fund {fund} holds {held}, and {asked} was asked for: {short} too little",
        next "mingzhang report funds";
    TillTooSmall { till: Till, fund: FundId, held: Money, asked: Money, short: Money } = "F08", "现金管理暂行条例; 财会〔2021〕7号, 101, 102",
        zh "{till}（资金 {fund}）结存 {held}，支用 {asked}，差额 {short}",
        en "the {till} of fund {fund} holds {held}, and {asked} was asked for: {short} too little",
        next "mingzhang report funds";
    SameFund { fund: FundId } = "F09", "财会〔2021〕7号 Art. 22",
        zh "划出与划入是同一资金 {fund}", en "money cannot move from the fund {fund} to itself",
        next "mingzhang report funds";
    EarmarkedNeedsRestrictedFund { fund: FundId } = "F10", "财会〔2021〕7号 Art. 22 专款专用",
        zh "专项补助须记入专项资金，{fund} 不是专项资金",
        en "earmarked money goes into a restricted fund, and {fund} is not one",
        next "mingzhang record fund.establish --restricted true --help";
    VoucherUnbalanced { fund: FundId, debit: Money, credit: Money, difference: Money } = "F11", "会计法; 财会〔2021〕7号 Art. 10 借贷记账法",
        zh "资金 {fund} 借方 {debit}，贷方 {credit}，差额 {difference}",
        en "in fund {fund} the debits are {debit} and the credits {credit}: {difference} apart",
        next "mingzhang record … (with {difference} more on the smaller side of fund {fund})";
    NothingSaid { what: String } = "F12", "会计基础工作规范 Art. 51",
        zh "没有明细：{what}", en "there is not one line: {what}",
        next "mingzhang record --help";
    OpeningNotFirst { date: Day } = "F13", "会计基础工作规范 Art. 36",
        zh "期初余额须记在启用日，而非 {date}", en "opening balances are of the book's first day, not of {date}",
        next "mingzhang show 0";
    OpeningExists { fund: FundId, account: AccountCode } = "F14", "会计基础工作规范 Art. 36",
        zh "资金 {fund} 科目 {account} 的期初余额已记录",
        en "the opening balance of {account} in the fund {fund} is recorded already",
        next "mingzhang log --type opening.recorded";
    TillTooSmallThen { till: Till, fund: FundId, month: Month, held: Money, asked: Money, short: Money } =
        "F15", "现金管理暂行条例; 财会〔2021〕7号, 101, 102",
        zh "{till}（资金 {fund}）{month} 月末结存 {held}，支用 {asked}，差额 {short}",
        en "at the end of {month} the {till} of fund {fund} held {held}, and {asked} was asked for: {short} too little",
        next "mingzhang report trial-balance --period {month}";

    AmountTooLarge { amount: Money, most: Money } = "F16", "docs/FORMAT.md",
        zh "一笔金额最多 {most}，实为 {amount}", en "one entry is at most {most}, and {amount} was given",
        next "mingzhang record --help";
    NoAccountFor { of: String } = "F17", "docs/charts.md",
        zh "科目表没有指定用于 {of} 的科目", en "the chart names no account for {of}",
        next "mingzhang report chart";
    IncomeOfItsOwn { account: AccountCode, command: String } = "F29", "财会〔2021〕7号, 401, 402, 403, 405",
        zh "科目 {account} 的收款另有指令：{command}", en "receipts on {account} have a command of their own: {command}",
        next "mingzhang record {command} --help";
    NotAnIncome { account: AccountCode } = "F30", "财会〔2021〕7号, 收入类, 135, 215",
        zh "{account} 不是收入科目，也不是其他应收款或其他应付款", en "{account} is no income account, and neither other receivables nor other payables",
        next "mingzhang report chart";

    ClaimTooSmall { fund: FundId, open: Money, asked: Money } = "F31", "财会〔2021〕7号, 135",
        zh "资金 {fund} 的其他应收款（借款除外）余额 {open}，本次收回 {asked}",
        en "other receivables of the fund {fund}, advances apart, are {open}, and {asked} is too much",
        next "mingzhang report trial-balance --by-fund";
    RestrictedIsReleased { from: FundId, to: FundId } = "F32", "财会〔2021〕7号, 321 (五), 322 (五) 结转转入",
        zh "专项资金 {from} 转入非专项资金 {to} 是结转转入，不是单位内部调剂",
        en "what moves from the restricted fund {from} to {to} is released, and not reallocated",
        next "mingzhang record fund.release --from {from} --to {to} --help";

    // Cash and bank
    CustodialApart { account: AccountCode, fund: FundId } = "H01", "财会〔2021〕7号, 101, 102, 221",
        zh "代管资金须与工会自有资金分开：科目 {account} 不能记在 {fund}",
        en "custodial money is kept apart from the union's own: {account} takes no entry of {fund}",
        next "mingzhang report custodial";
    CustodyUnknown { project: FundId } = "H02", "财会〔2021〕7号, 221",
        zh "没有代管项目 {project}", en "there is no custodial project {project}",
        next "mingzhang record custodial_project.open --help";
    TillAboveLimit { held: Money, most: Money } = "H03", "规定: cash_limits; 现金管理暂行条例",
        zh "库存现金将有 {held}，限额 {most}", en "the cash in hand would be {held}, and its limit is {most}",
        next "mingzhang record cash.deposit --help";
    WitnessIsCounter { officer: OfficerId } = "H04", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 盘点现金，监盘须另有其人", en "{officer} counts the cash, and somebody else has to witness it",
        next "mingzhang record cash.count --help";
    CountUnknown { count: Seq } = "H05", "财会〔2021〕7号, 101",
        zh "记录 {count} 不是现金盘点", en "record {count} is no count of cash",
        next "mingzhang log --type cash.counted";
    DifferenceNotCounted { count: Seq, difference: Money, recorded: Money, asked: Money } = "H06", "财会〔2021〕7号, 101, 182",
        zh "记录 {count} 盘点差额（实点减账面）{difference}，已入账 {recorded}，本次 {asked} 方向不符或过多",
        en "the count of record {count} less the book is {difference}, {recorded} is recorded, and {asked} is on the other side or too much",
        next "mingzhang show {count}";
    DifferenceUnknown { of: Seq } = "H07", "财会〔2021〕7号, 182",
        zh "记录 {of} 不是待处理的现金长短款", en "record {of} is no difference of cash that pends",
        next "mingzhang log --type cash_difference.recorded";
    DifferenceEnded { of: Seq, by: Seq } = "H08", "财会〔2021〕7号, 182",
        zh "记录 {of} 的现金长短款已由记录 {by} 处理", en "the difference of record {of} was resolved already, by record {by}",
        next "mingzhang show {by}";
    EndingOfOtherKind { of: Seq } = "H09", "财会〔2021〕7号, 182",
        zh "记录 {of}：长款转其他收入或其他应付款，短款转其他支出或由责任人赔偿",
        en "record {of}: what is over becomes income or is owed, what is short becomes spending or somebody's debt",
        next "mingzhang schema command cash_difference.resolve";
    StatementExists { statement: StatementId } = "H10", "财会〔2021〕7号, 102",
        zh "银行对账单 {statement} 已登记", en "the bank statement {statement} is recorded already",
        next "mingzhang log --type bank_statement.recorded";
    StatementUnknown { statement: StatementId } = "H11", "财会〔2021〕7号, 102",
        zh "没有银行对账单 {statement}", en "there is no bank statement {statement}",
        next "mingzhang record bank_statement.record --help";
    StatementOutOfOrder { statement: StatementId, first: Day, last: Day } = "H12", "财会〔2021〕7号, 102",
        zh "对账单 {statement} 的期间 {first} 至 {last} 不在前一张之后",
        en "the days {first} to {last} of the statement {statement} are not after the one before it",
        next "mingzhang log --type bank_statement.recorded";
    StatementNotContinuous { statement: StatementId, expected: Money, found: Money } = "H13", "财会〔2021〕7号, 102",
        zh "对账单 {statement} 期初余额应为前一张的期末余额 {expected}，实为 {found}",
        en "the statement {statement} must open with {expected}, as the one before it closed, and opens with {found}",
        next "mingzhang log --type bank_statement.recorded";
    BankLineOutOfPlace { no: u32, date: Day } = "H14", "财会〔2021〕7号, 102",
        zh "对账单第 {no} 行（{date}）序号或日期不连续", en "line {no} of {date} is out of the statement's order or days",
        next "mingzhang schema command bank_statement.record";
    BankBalanceDiffers { no: u32, expected: Money, found: Money } = "H15", "财会〔2021〕7号, 102",
        zh "对账单第 {no} 行后余额应为 {expected}，实为 {found}",
        en "after line {no} the balance must be {expected}, and the statement says {found}",
        next "mingzhang schema command bank_statement.record";
    BankLineUnknown { statement: StatementId, no: u32 } = "H16", "财会〔2021〕7号, 102",
        zh "对账单 {statement} 没有第 {no} 行", en "the statement {statement} has no line {no}",
        next "mingzhang report bank-reconciliation";
    NotABankVoucher { seq: Seq } = "H17", "财会〔2021〕7号, 102",
        zh "记录 {seq} 没有待勾对的银行存款收付", en "record {seq} moves no bank money that could be matched",
        next "mingzhang report bank-reconciliation";
    MatchedAlready { what: String } = "H18", "财会〔2021〕7号, 102",
        zh "{what} 已经勾对", en "{what} is matched already",
        next "mingzhang log --type bank.matched";
    MatchUnequal { lines: Money, vouchers: Money, difference: Money } = "H19", "财会〔2021〕7号, 102",
        zh "对账单各行合计 {lines}，凭证合计 {vouchers}，差额 {difference}",
        en "the lines are {lines} together and the vouchers {vouchers}: {difference} apart",
        next "mingzhang report bank-reconciliation";
    MatchUnknown { of: Seq } = "H20", "财会〔2021〕7号, 102",
        zh "记录 {of} 不是有效的勾对", en "record {of} is no matching that stands",
        next "mingzhang log --type bank.matched";
    NotReconciled { adjusted: Money, of_bank: Money, of_book: Money } = "H21", "财会〔2021〕7号, 102 (银行存款余额调节表)",
        zh "调节后余额应相符：所报 {adjusted}，银行方 {of_bank}，单位方 {of_book}",
        en "the adjusted balances must be one: {adjusted} was said, the bank's side is {of_bank} and the books' {of_book}",
        next "mingzhang report bank-reconciliation";

    AccountNotOfFund { fund: FundId, account: AccountCode, allowed: String } = "F18", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 限用于 {allowed}，不能用于 {account}",
        en "the fund {fund} is for {allowed}, and not for {account}",
        next "mingzhang report earmarked --of {fund}";
    FundPastItsDay { fund: FundId, until: Day, date: Day } = "F19", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 的使用期限至 {until}，{date} 已过期",
        en "the fund {fund} is spent by {until} at the latest, and {date} is after that",
        next "mingzhang record fund.close --fund {fund} --help";
    FundIsClosed { fund: FundId, on: Day } = "F20", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 已于 {on} 完结，不再收付", en "the fund {fund} was closed on {on} and takes and gives no money",
        next "mingzhang report earmarked --of {fund}";
    FundNotRestricted { fund: FundId } = "F21", "财会〔2021〕7号 Art. 22 专款专用",
        zh "{fund} 不是专项资金", en "{fund} is not a restricted fund",
        next "mingzhang report funds";
    FundIsFiscal { fund: FundId } = "F22", "财会〔2021〕7号, 331, 332",
        zh "资金 {fund} 是财政拨款，不与工会资金划转", en "the fund {fund} is the treasury's money and is not moved to or from the union's own",
        next "mingzhang report funds";
    FiscalIsOfCounties { fund: FundId } = "F23", "财会〔2021〕7号, 331",
        zh "财政拨款结转只用于县级以上工会，资金 {fund} 不能标明财政拨款",
        en "only unions of county level and above carry the treasury's money apart, so that {fund} cannot be marked",
        next "mingzhang show 0";
    FundInUse { fund: FundId } = "F24", "财会〔2021〕7号, 331",
        zh "资金 {fund} 已有凭证，不能再标明财政拨款", en "the fund {fund} has vouchers already and cannot become the treasury's",
        next "mingzhang record fund.establish --help";
    ReleaseTooLarge { fund: FundId, left: Money, asked: Money } = "F25", "财会〔2021〕7号, 321, 322 (结余性质的结转)",
        zh "资金 {fund} 结转 {left}，转入结余 {asked}，超过结转",
        en "{left} is carried in the fund {fund}, and {asked} was to become surplus",
        next "mingzhang report earmarked --of {fund}";
    ReleaseIntoRestricted { fund: FundId } = "F26", "财会〔2021〕7号, 321, 322 (结余性质的结转)",
        zh "结余须转入非专项资金，{fund} 是专项资金", en "surplus goes into a fund that is not restricted, and {fund} is",
        next "mingzhang report funds";
    FundAwaits { fund: FundId, disbursement: DisbursementId } = "F27", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 尚有用款申请 {disbursement} 未办结", en "the fund {fund} still awaits the request {disbursement}",
        next "mingzhang record disbursement.cancel --disbursement {disbursement} --help";
    FundNotSettled { fund: FundId, left: Money, held: Money, cash: Money } = "F28", "财会〔2021〕7号, 321, 322 (结余性质的结转)",
        zh "资金 {fund} 结转 {left}，银行存款 {held}，库存现金 {cash}：须先存入现金、结清往来",
        en "{left} is carried in the fund {fund}, with {held} in the bank and {cash} in cash: deposit the cash and settle what is owed first",
        next "mingzhang report trial-balance --by-fund";

    // The budget
    BudgetExists { year: FiscalYear } = "G01", "工会法 Art. 45 (预算、决算)",
        zh "{year} 年预算已下达，只能调整", en "the budget of {year} is adopted already, and can be adjusted only",
        next "mingzhang record budget.adjust --budget {year} --help";
    BudgetMissing { year: FiscalYear } = "G02", "工会法 Art. 45",
        zh "{year} 年预算尚未下达", en "no budget of {year} is adopted yet",
        next "mingzhang record budget.adopt --budget {year} --help";
    NotBudgetable { account: AccountCode } = "G03", "工会法 Art. 45 (预算、决算)",
        zh "{account} 不是收入或支出科目，不编预算", en "{account} is neither income nor spending and has no budget",
        next "mingzhang report chart";
    BudgetLineTwice { account: AccountCode, fund: FundId } = "G04", "工会法 Art. 45 (预算、决算)",
        zh "科目 {account}（资金 {fund}）的同一预算出现两次", en "the same line for {account} of fund {fund} is there twice",
        next "mingzhang schema command budget.adopt";
    AdjustedTooOften { year: FiscalYear, times: u32, most: u32 } = "G05", "规定: budget_control",
        zh "{year} 年预算已调整 {times} 次，规定每年 {most} 次",
        en "the budget of {year} was adjusted {times} times already, and {most} are allowed in a year",
        next "mingzhang report budget --year {year}";
    BudgetBelowNothing { account: AccountCode, before: Money, by: Money } = "G06", "工会法 Art. 45 (预算、决算)",
        zh "科目 {account} 预算 {before}，调整 {by}：调整额不能为零，调整后不能为负",
        en "{account} has {before}, and a change of {by} is either none or leaves less than nothing",
        next "mingzhang report budget";
    SpendingWithoutBudget { year: FiscalYear, account: AccountCode, fund: FundId } = "G07", "规定: budget_control; 工会法 Art. 45",
        zh "{year} 年预算中没有科目 {account}（资金 {fund}）：无预算支出",
        en "the budget of {year} has no line for {account} of fund {fund}: spending without a budget",
        next "mingzhang record budget.adjust --budget {year} --help";
    SpendingAboveBudget { account: AccountCode, fund: FundId, planned: Money, used: Money, asked: Money, over: Money } =
        "G08", "规定: budget_control; 工会法 Art. 45",
        zh "科目 {account}（资金 {fund}）预算 {planned}，已支出和已申请 {used}，本次 {asked}，超预算 {over}",
        en "{account} of fund {fund} has a budget of {planned}: {used} is spent or requested, and {asked} more is {over} above it",
        next "mingzhang report budget";

    // Members and dues
    GroupExists { group: GroupId } = "M01", "中国工会章程",
        zh "工会小组 {group} 已设立", en "the group {group} is defined already",
        next "mingzhang report dues";
    GroupUnknown { group: GroupId } = "M02", "中国工会章程",
        zh "没有工会小组 {group}", en "there is no group {group}",
        next "mingzhang record group.define --help";
    MemberExists { member: MemberId } = "M03", "中国工会章程",
        zh "会员 {member} 已登记", en "the member {member} is enrolled already",
        next "mingzhang report dues";
    MemberUnknown { member: MemberId } = "M04", "中国工会章程",
        zh "没有会员 {member}", en "there is no member {member}",
        next "mingzhang record member.enrol --help";
    MemberGone { member: MemberId, left: Day } = "M05", "中国工会章程",
        zh "会员 {member} 已于 {left} 离会", en "the member {member} left on {left}",
        next "mingzhang report dues";
    MemberNotYet { member: MemberId, joined: Day, date: Day } = "M06", "中国工会章程",
        zh "会员 {member} 于 {joined} 入会，{date} 在其之前",
        en "the member {member} joined on {joined}, and {date} is before that",
        next "mingzhang report dues";
    BaseNegative { base: Money } = "M07", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会费基数不能为负：{base}", en "a dues base cannot be negative: {base}",
        next "mingzhang record dues_base.set --help";
    RejoinTooEarly { member: MemberId, left: Day, on: Day } = "M08", "中国工会章程",
        zh "会员 {member} 于 {left} 离会，重新入会须在其后，而非 {on}",
        en "the member {member} left on {left} and can come back only after that day, not on {on}",
        next "mingzhang report membership";
    DuesNotOwed { member: MemberId, month: Month } = "D01", "中国工会章程",
        zh "会员 {member} 不欠 {month} 的会费（未入会或已离会）",
        en "the member {member} owes no dues for {month} (not yet or no longer a member)",
        next "mingzhang report dues";
    DuesBaseMissing { member: MemberId, month: Month } = "D02", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会员 {member} 在 {month} 没有会费基数", en "the member {member} has no dues base for {month}",
        next "mingzhang record dues_base.set --member {member} --from {month} --base AMOUNT";
    DuesOverpaid { member: MemberId, month: Month, due: Money, paid: Money, asked: Money } = "D03", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会员 {member} {month} 应缴 {due}，已缴 {paid}，本次 {asked}，超过应缴",
        en "the member {member} owes {due} for {month}, has paid {paid}, and {asked} more is too much",
        next "mingzhang report dues";
    DuesLineTwice { member: MemberId, month: Month } = "D04", "会计基础工作规范 Art. 51",
        zh "会员 {member} {month} 在名册中出现两次", en "the roll names member {member} for {month} twice",
        next "mingzhang schema command dues.receive";
    RollDiffers { declared_members: u32, declared: Money, members: u32, total: Money, members_apart: u32, apart: Money } =
        "D05", "会计基础工作规范 Art. 51 (名册与实收核对)",
        zh "申报 {declared_members} 人 {declared}，名册为 {members} 人 {total}，相差 {members_apart} 人 {apart}",
        en "{declared_members} members and {declared} were declared, and the roll comes to {members} and {total}: {members_apart} members and {apart} apart",
        next "mingzhang report dues";
    DuesPaidTooFar { member: MemberId, asked: Money, owed: Money, through: Month, over: Money } =
        "D06", "中国工会章程 (会费按月缴纳)",
        zh "会员 {member} 至 {through} 共应再缴 {owed}，本次 {asked}，多出 {over}",
        en "the member {member} can owe {owed} through {through}, and {asked} is {over} too much",
        next "mingzhang report dues";
    NotInGroup { member: MemberId, group: GroupId, month: Month } = "D07", "中国工会章程",
        zh "会员 {member} 在 {month} 不属工会小组 {group}",
        en "the member {member} is not in the group {group} in {month}",
        next "mingzhang record member.transfer --help";
    RollOtherMonth { month: Month, first: Month, last: Month } = "D08", "会计基础工作规范 Art. 51",
        zh "名册为 {first} 至 {last}，明细中有 {month}",
        en "the roll is for {first} to {last}, and a line is for {month}",
        next "mingzhang schema command dues.receive_roll";
    DuesMonthsBackwards { first: Month, last: Month } = "D09", "会计基础工作规范 Art. 51",
        zh "末月 {last} 早于首月 {first}", en "the last month {last} is before the first, {first}",
        next "mingzhang record --help";
    WaivedTooMuch { member: MemberId, month: Month, due: Money, waived: Money, paid: Money, asked: Money } =
        "D10", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会员 {member} {month} 应缴 {due}，已减免 {waived}，已缴 {paid}，本次减免 {asked}，超过尚欠",
        en "the member {member} owes {due} for {month}, {waived} is waived and {paid} paid: {asked} is more than is left",
        next "mingzhang report arrears";
    NothingOwed { member: MemberId, first: Month, last: Month } = "D11", "中国工会章程",
        zh "会员 {member} {first} 至 {last} 不欠会费，无可减免",
        en "the member {member} owes nothing for {first} to {last} that could be waived",
        next "mingzhang report arrears";
    RefundedTooMuch { member: MemberId, month: Month, paid: Money, asked: Money, over: Money } =
        "D12", "财会〔2021〕7号, 401",
        zh "会员 {member} {month} 实缴 {paid}，本次退 {asked}，多出 {over}",
        en "the member {member} has paid {paid} for {month}, and {asked} cannot be given back: {over} too much",
        next "mingzhang report dues";
    DuesRefundedSince { seq: Seq, member: MemberId, month: Month, paid: Money, taken: Money } =
        "D13", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 中会员 {member} {month} 的 {taken} 已退还，账上只余 {paid}，须先冲销退款",
        en "of record {seq} the {taken} of member {member} for {month} was given back since, and {paid} is left: reverse the refund first",
        next "mingzhang log --type dues.refunded";
    WaiverUnknown { waiver: Seq } = "D14", "会计基础工作规范 Art. 61",
        zh "记录 {waiver} 不是有效的会费减免", en "record {waiver} is no waiver of dues that still holds",
        next "mingzhang log --type dues.waived";
    OwnDuesWaived { officer: OfficerId, member: MemberId } = "D15", "会计基础工作规范 Art. 11 (内部牵制)",
        zh "{officer} 是会员 {member} 本人，不得减免自己的会费",
        en "{officer} is the member {member} and does not waive his own dues",
        next "mingzhang record dues.waive --member {member} --as OFFICER";

    // A book that begins in mid-life
    StandingSaid { member: MemberId, paid_through: Month } = "O01", "会计基础工作规范 Art. 36",
        zh "会员 {member} 的期初缴费情况已说明：已缴至 {paid_through}",
        en "of the member {member} it is said already: paid through {paid_through}",
        next "mingzhang log --type dues_standing.opened";
    StandingOfPaidMonth { member: MemberId, month: Month, paid_through: Month } =
        "O02", "会计基础工作规范 Art. 36",
        zh "会员 {member} {month} 的会费已记在本账套，不能又在旧账中缴至 {paid_through}",
        en "the member {member} has paid {month} in this book, and so not in the old one through {paid_through}",
        next "mingzhang log --type dues.received";
    StandingOwesNothing { member: MemberId, paid_through: Month, owed: Money, starts: Day } =
        "O03", "会计基础工作规范 Art. 36",
        zh "会员 {member} 已缴至 {paid_through}，账套自 {starts} 起，之间没有可欠的 {owed}",
        en "the member {member} had paid through {paid_through}, and the book begins on {starts}: no month is left that {owed} could be owed for",
        next "mingzhang schema command dues_standing.open";

    // The allocation
    PayrollUnchanged { month: Month, total: Money, headcount: u32 } = "A36", "工会法 Art. 43",
        zh "{month} 的工资总额就是 {total}，{headcount} 人，无可更正",
        en "the payroll of {month} is {total} of {headcount} employees already: nothing is corrected",
        next "mingzhang log --type payroll.declared";
    PayrollDeclared { month: Month, total: Money } = "A01", "工会法 Art. 43",
        zh "{month} 的工资总额已申报：{total}", en "the payroll of {month} is declared already: {total}",
        next "mingzhang log --type payroll.declared";
    PayrollMissing { month: Month } = "A02", "工会法 Art. 43",
        zh "{month} 的工资总额尚未申报", en "the payroll of {month} has not been declared",
        next "mingzhang record payroll.declare --month {month} --help";
    AllocationTooLarge { month: Month, due: Money, received: Money, asked: Money } = "A03", "工会法 Art. 43 (工资总额的 2%)",
        zh "{month} 应拨缴 {due}，已收 {received}，本次 {asked}，超过应拨缴",
        en "{due} is due for {month}, {received} was received, and {asked} more is too much",
        next "mingzhang log --type allocation.received";
    RemittanceTooLarge { owed: Money, asked: Money, over: Money } = "A04", "财会〔2021〕7号, 211",
        zh "应上解 {owed}，本次上解 {asked}，多出 {over}",
        en "{owed} is owed to the union above, and {asked} was asked for: {over} too much",
        next "mingzhang report trial-balance";
    PayerExists { payer: PayerId } = "A05", "财会〔2021〕7号, 402",
        zh "缴费单位 {payer} 已登记", en "the payer {payer} is registered already",
        next "mingzhang report allocation";
    PayerUnknown { payer: PayerId } = "A06", "财会〔2021〕7号, 402",
        zh "没有登记缴费单位 {payer}", en "there is no payer {payer}",
        next "mingzhang record payer.register --payer {payer} --help";
    PayerNeeded { amount: Money } = "A07", "财会〔2021〕7号, 132, 212",
        zh "{amount} 属于下级工会或由其上缴，须说明是哪个单位",
        en "{amount} of it is a lower union's or comes from one, and must name it",
        next "mingzhang record payer.register --help";
    PayerPayrollDeclared { payer: PayerId, month: Month, total: Money } = "A08", "工会法 Art. 43",
        zh "{payer} {month} 的工资总额已申报：{total}",
        en "the payroll of {payer} for {month} is declared already: {total}",
        next "mingzhang record payroll.correct --payer {payer} --month {month} --help";
    SharesIncomplete { sum: u32, rest: u32 } = "A09", "财会〔2021〕7号, 402",
        zh "分成比例合计 {sum} 个基点，须为 10000；余数归其比例大于零的一方，现为 {rest}",
        en "the shares add up to {sum} basis points and must to 10000; the remainder goes to one with a share, and its is {rest}",
        next "mingzhang schema command rule.set";
    ChannelTwice { channel: Channel } = "A10", "财会〔2021〕7号, 402",
        zh "{channel} 的分成比例列了两次", en "the shares of {channel} are given twice",
        next "mingzhang schema command rule.set";
    GrossTooSmall { gross: Money, amount: Money } = "A11", "财会〔2021〕7号, 402",
        zh "所属总额 {gross} 小于实收 {amount}", en "the gross {gross} is less than the {amount} that came of it",
        next "mingzhang schema command allocation.collect";
    RefundOver { month: Month, through: Month } = "A12", "规定: small_payer_refund; 厅字〔2022〕47号",
        zh "小额缴费返还至 {through} 为止，{month} 不在其内",
        en "the refund to small payers goes through {through}, and {month} is after that",
        next "mingzhang log --type rule.set";
    NotSmallPayer { year: FiscalYear, most: Money, found: Money } = "A13", "规定: small_payer_refund; 厅字〔2022〕47号",
        zh "{year} 年拨缴经费 {found}，超过小额缴费的上限 {most}",
        en "the allocation of {year} is {found}, and small payers have at most {most}",
        next "mingzhang report allocation --period {year}";
    PreparationTooLate { payer: PayerId, since: Day, date: Day } = "A14", "财会〔2021〕7号, 215",
        zh "{payer} 已于 {since} 建会，{date} 收到的是拨缴经费而非筹备金",
        en "{payer} has a union since {since}: what came on {date} is allocation and no preparation fund",
        next "mingzhang record allocation.collect --help";
    UnionNotYet { payer: PayerId, date: Day } = "A15", "财会〔2021〕7号, 215",
        zh "{payer} 在 {date} 尚未建会，筹备金不能结转",
        en "{payer} has no union on {date}, and its preparation fund stays",
        next "mingzhang record payer_union.found --payer {payer} --help";
    PreparationTooLarge { payer: PayerId, held: Money, asked: Money } = "A16", "财会〔2021〕7号, 215",
        zh "{payer} 的筹备金结存 {held}，本次结转 {asked}",
        en "{held} is held of {payer}'s preparation fund, and {asked} was asked for",
        next "mingzhang report allocation-balances";
    UnionFoundedAlready { payer: PayerId, since: Day } = "A17", "工会法 Art. 11",
        zh "{payer} 已于 {since} 建会", en "{payer} has a union since {since}",
        next "mingzhang report allocation";
    TaxListExists { list: TaxListId } = "A18", "会计基础工作规范 Art. 62",
        zh "清单 {list} 已登记", en "the list {list} is recorded already",
        next "mingzhang report tax-reconciliation";
    TaxListTotals { list: TaxListId, count: u32, total: Money, found_count: u32, found: Money } =
        "A19", "会计基础工作规范 Art. 62",
        zh "清单 {list} 载明 {count} 户 {total}，逐户合计 {found_count} 户 {found}",
        en "the list {list} says {count} payers and {total}, and its lines are {found_count} and {found}",
        next "mingzhang schema command tax_list.record";
    TaxLineTwice { list: TaxListId, payer: PayerId } = "A20", "会计基础工作规范 Art. 62",
        zh "清单 {list} 中 {payer} 出现两次", en "the list {list} names {payer} twice",
        next "mingzhang schema command tax_list.record";
    DemandMonthsBackwards { first: Month, last: Month } = "A21", "工会法 Art. 44",
        zh "起始月份 {first} 晚于截止月份 {last}", en "the first month, {first}, is after the last, {last}",
        next "mingzhang report allocation-arrears";
    DemandExists { demand: DemandId } = "A22", "工会法 Art. 44",
        zh "催缴 {demand} 已发出", en "the demand {demand} was issued already",
        next "mingzhang report allocation-arrears";
    DemandUnknown { demand: DemandId } = "A23", "工会法 Art. 44",
        zh "没有催缴 {demand}", en "there is no demand {demand}",
        next "mingzhang report allocation-arrears";
    DemandTooLarge { first: Month, last: Month, arrears: Money, demanded: Money, asked: Money } =
        "A24", "工会法 Art. 43, 44",
        zh "{first} 至 {last} 欠缴 {arrears}，已催缴 {demanded}，本次 {asked}，超过欠缴",
        en "{arrears} is in arrears from {first} to {last}, {demanded} is demanded already, and {asked} more is too much",
        next "mingzhang report allocation-arrears";
    DemandBackwards { demand: DemandId, date: Day, last: Day } = "A25", "工会法 Art. 44",
        zh "催缴 {demand} 的日期 {date} 早于 {last}", en "the day {date} of the demand {demand} is before {last}",
        next "mingzhang report allocation-arrears";
    DemandOutOfOrder { demand: DemandId, now: Option<Stage>, asked: Option<Stage> } = "A26", "工会法 Art. 44",
        zh "催缴 {demand} 现为“{now}”，不能转为“{asked}”",
        en "the demand {demand} stands at {now}, and {asked} does not follow from that",
        next "mingzhang report allocation-arrears";
    LateFeeDiffers { computed: Money, asked: Money } = "A27", "规定: late_fee",
        zh "滞纳金应为 {computed}，实为 {asked}", en "the late fee comes to {computed}, and {asked} was given",
        next "mingzhang log --type rule.set";
    DemandNotPaid { demand: DemandId, principal: Money, paid: Money } = "A28", "工会法 Art. 43, 44",
        zh "催缴 {demand} 本金 {principal}，此后收到 {paid}，尚未缴清",
        en "the principal of {demand} is {principal}, and {paid} came in since: it is not settled",
        next "mingzhang report allocation-arrears";
    PassdownTooLarge { to: PayerId, owed: Money, asked: Money } = "A29", "财会〔2021〕7号, 212",
        zh "应拨付 {to} {owed}，本次 {asked}", en "{owed} is owed to {to}, and {asked} was asked for",
        next "mingzhang report allocation-balances";
    AccrualNotAtYearEnd { date: Day } = "A30", "财会〔2021〕7号 Art. 8; 131, 132, 508",
        zh "上下级经费只在年末计提，须为12月31日，而非 {date}",
        en "what unions owe each other is accrued at a year's end, on 31 December, not on {date}",
        next "mingzhang schema command accrual.record";
    AccrualUnknown { accrual: Seq } = "A31", "财会〔2021〕7号, 131, 132",
        zh "记录 {accrual} 不是有效的年末计提", en "record {accrual} is no accrual that stands",
        next "mingzhang log --type accrual.recorded";
    AccrualTooSmall { accrual: Seq, left: Money, asked: Money } = "A32", "财会〔2021〕7号, 131, 132",
        zh "记录 {accrual} 的计提尚余 {left}，本次 {asked}", en "{left} is left of the accrual of record {accrual}, and {asked} was asked for",
        next "mingzhang report allocation-balances";
    AccrualSettledBy { accrual: Seq, by: String } = "A33", "财会〔2021〕7号, 131, 212",
        zh "记录 {accrual} 的计提由 {by} 冲抵", en "the accrual of record {accrual} is settled by {by}",
        next "mingzhang record {by} --help";
    DrawnOnAlready { seq: Seq, amount: Money, left: Money } = "A34", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 的 {amount} 只余 {left}，须先冲销其后的记录",
        en "of the {amount} of record {seq} only {left} is left: reverse first what came after it",
        next "mingzhang report allocation-balances";
    DayOfMonthWrong { found: u32 } = "A35", "规定: remittance_due",
        zh "上解期限为每月 {found} 日，须在 1 至 28 之间", en "the day of remittance is {found}, and must be from 1 to 28",
        next "mingzhang schema command rule.set";
    HeldForPayers { fund: FundId, owed: Money, held: Money, left: Money, asked: Money } = "A37",
        "财会〔2021〕7号, 215 (建会筹备金)",
        zh "资金 {fund} 的其他应付款 {owed}，其中建会筹备金 {held}，其余 {left}，本次减少 {asked}",
        en "other payables of the fund {fund} are {owed}; {held} is preparation funds and {left} the rest, of which {asked} was asked for",
        next "mingzhang report allocation-balances";

    // Spending
    DisbursementExists { disbursement: DisbursementId } = "X01", "会计基础工作规范 Art. 51",
        zh "支出 {disbursement} 已申请", en "the disbursement {disbursement} was requested already",
        next "mingzhang log --type disbursement.requested";
    DisbursementUnknown { disbursement: DisbursementId } = "X02", "会计基础工作规范 Art. 51",
        zh "没有支出申请 {disbursement}", en "no disbursement {disbursement} was requested",
        next "mingzhang log --type disbursement.requested";
    DisbursementEnded { disbursement: DisbursementId, standing: String } = "X03", "会计基础工作规范 Art. 51",
        zh "支出 {disbursement} 已办结：{standing}", en "the disbursement {disbursement} has ended: {standing}",
        next "mingzhang log";
    NotAnExpense { account: AccountCode } = "X04", "财会〔2021〕7号, 支出类",
        zh "{account} 不是支出科目", en "{account} is not an expenditure account",
        next "mingzhang report chart";
    AcquisitionMismatch { account: AccountCode } = "X05", "财会〔2021〕7号, 162, 507",
        zh "固定资产由 507 资本性支出购置，{account} 不是",
        en "a fixed asset is bought through 507, and {account} is not under it",
        next "mingzhang report chart";
    PayeeIsRequester { officer: OfficerId } = "X06", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 不能为自己申请付款", en "{officer} cannot request a payment to himself",
        next "mingzhang record disbursement.request --as ANOTHER-OFFICER …";
    ApproverIsRequester { officer: OfficerId } = "X07", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是申请人，不能审批", en "{officer} requested this and cannot approve it",
        next "mingzhang approve --as ANOTHER-OFFICER …";
    ApproverIsPayee { officer: OfficerId } = "X08", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是收款人，不能审批", en "{officer} is the payee and cannot approve this",
        next "mingzhang approve --as ANOTHER-OFFICER …";
    PayerIsPayee { officer: OfficerId } = "X09", "会计法 Art. 35",
        zh "{officer} 是收款人，不能付款", en "{officer} is the payee and cannot pay this out",
        next "mingzhang record disbursement.pay --as ANOTHER-OFFICER …";
    ApproverIsPayer { officer: OfficerId } = "X10", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{officer} 审批过此项，不能付款", en "{officer} approved this and cannot pay it out",
        next "mingzhang record disbursement.pay --as ANOTHER-OFFICER …";
    PayerIsRequester { officer: OfficerId } = "X16", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{officer} 是申请人，不能付款", en "{officer} requested this and cannot pay it out",
        next "mingzhang record disbursement.pay --as ANOTHER-OFFICER …";
    ApprovedTwice { officer: OfficerId } = "X11", "会计基础工作规范 Art. 11",
        zh "{officer} 已经批准过", en "{officer} has approved this already",
        next "mingzhang approve --as ANOTHER-OFFICER …";
    ApprovalNotNeeded { officer: OfficerId, needed: Vec<Role> } = "X12", "规定: approval_bands",
        zh "此金额由 {needed} 审批，{officer} 无此职务",
        en "this amount is approved by {needed}, and {officer} holds no such office",
        next "mingzhang approve --as ANOTHER-OFFICER …";
    ApprovalOfOtherAmount { requested: Money, approved: Money } = "X13", "会计基础工作规范 Art. 51",
        zh "申请金额 {requested}，批准金额 {approved}，二者须相同",
        en "{requested} was requested and {approved} approved; they must be the same",
        next "mingzhang log --type disbursement.requested";
    NotYetApproved { disbursement: DisbursementId, missing: Vec<Role> } = "X14", "规定: approval_bands",
        zh "支出 {disbursement} 尚缺 {missing} 批准", en "the disbursement {disbursement} still lacks the approval of {missing}",
        next "mingzhang approve {disbursement} --as OFFICER";
    BeforeItsRequest { date: Day, requested: Day } = "X15", "会计基础工作规范 Art. 51",
        zh "日期 {date} 早于申请或批准日期 {requested}", en "the day {date} is before the request or approval of {requested}",
        next "mingzhang log";

    // Assets and supplies
    AssetExists { asset: AssetId } = "N01", "财会〔2021〕7号, 162",
        zh "资产 {asset} 已建卡", en "the asset {asset} has a card already",
        next "mingzhang report assets";
    AssetUnknown { asset: AssetId } = "N02", "财会〔2021〕7号, 162",
        zh "没有资产卡片 {asset}", en "there is no card of an asset {asset}",
        next "mingzhang report assets";
    AssetGone { asset: AssetId, on: Day } = "N03", "财会〔2021〕7号 Art. 36, 37",
        zh "资产 {asset} 已于 {on} 减少", en "the asset {asset} went on {on}",
        next "mingzhang report assets";
    NotAnAcquisition { from: Seq, what: Acquisition, fund: FundId } = "N04", "财会〔2021〕7号, 301",
        zh "记录 {from} 没有为资金 {fund} 增加{what}", en "record {from} brought no {what} to the fund {fund}",
        next "mingzhang show {from}";
    CardsAboveCost { from: Seq, acquired: Money, carded: Money, asked: Money } = "N05", "财会〔2021〕7号 Art. 27, 33",
        zh "记录 {from} 入账 {acquired}，已建卡 {carded}，本次 {asked}，超过入账金额",
        en "record {from} brought in {acquired}, {carded} of it has cards, and {asked} more is too much",
        next "mingzhang show {from}";
    BelowThreshold { category: Category, cost: Money, units: u32, least: Money } = "N06", "规定: asset_thresholds; 财会〔2021〕7号 Art. 32",
        zh "{category} {units} 件共 {cost}，单价不足 {least}，不是固定资产：应作库存物品或直接列支；大批同类物资用 batch",
        en "{units} pieces of {category} for {cost} are less than {least} each and no fixed asset: they are supplies or spending, or a large batch of like things",
        next "mingzhang record supply.card --help";
    LifeMissing { category: Category } = "N07", "财会〔2021〕7号 Art. 35",
        zh "{category}须有使用年限（月）", en "{category}: a life in months is needed",
        next "mingzhang schema command asset.card";
    LifeNotAsked { category: Category } = "N08", "财会〔2021〕7号 Art. 35, 40",
        zh "{category}或名义金额资产不提折旧，不写使用年限",
        en "{category}, or what is entered at a nominal yuan, is not worn off and has no life",
        next "mingzhang schema command asset.card";
    LifeTooShort { category: Category, months: u32, least: u32 } = "N09", "规定: asset_lives; 财会〔2021〕7号 附录2",
        zh "{category}的折旧年限不低于 {least} 个月，实为 {months}",
        en "{category}: a life of {months} months is less than the {least} of the table",
        next "mingzhang schema command asset.card";
    LifeTooLong { category: Category, months: u32, most: u32 } = "N10", "规定: asset_lives; 财会〔2021〕7号 附录2",
        zh "{category}的折旧年限不超过 {most} 个月，实为 {months}",
        en "{category}: a life of {months} months is more than the {most} of the table",
        next "mingzhang schema command asset.card";
    NominalNotOne { cost: Money } = "N11", "财会〔2021〕7号 Art. 27",
        zh "名义金额为人民币 1 元，实为 {cost}", en "a nominal amount is one yuan, and {cost} was given",
        next "mingzhang schema command asset.card";
    WornNotOpening { from: Seq } = "N12", "财会〔2021〕7号, 163",
        zh "记录 {from} 不是期初余额，没有以前已提的折旧", en "record {from} is no opening balance, so that nothing was worn off before",
        next "mingzhang show {from}";
    WornTooMuch { amount: Money, cost: Money, months: u32, life: u32 } = "N13", "财会〔2021〕7号, 163",
        zh "以前已提折旧 {amount}（{months} 个月），超过原值 {cost} 或年限 {life} 个月",
        en "{amount} worn off in {months} months is more than the cost {cost} or the life of {life} months",
        next "mingzhang schema command asset.card";
    DepreciationOutOfOrder { expected: Month, found: Month } = "N14", "财会〔2021〕7号 Art. 35 (按月计提)",
        zh "应计提 {expected} 的折旧，而非 {found}", en "the month to depreciate is {expected}, not {found}",
        next "mingzhang record depreciation.record --month {expected}";
    NothingToDepreciate { month: Month } = "N15", "财会〔2021〕7号 Art. 35",
        zh "没有应提折旧的资产（{month}）", en "nothing is left to depreciate ({month})",
        next "mingzhang report assets";
    DepreciationBehind { asset: AssetId, month: Month } = "N16", "财会〔2021〕7号 Art. 35 (当月减少的当月不再计提)",
        zh "资产 {asset} 截至 {month} 的折旧尚未提足，先计提再处置",
        en "the depreciation of {asset} through {month} is not recorded; it comes first",
        next "mingzhang record depreciation.record --help";
    DepreciatedSince { asset: AssetId, month: Month } = "N17", "财会〔2021〕7号 Art. 35 (当月减少的当月不再计提)",
        zh "资产 {asset} 已计提 {month} 的折旧，当月减少的不再计提：先冲销该月折旧",
        en "{asset} was depreciated in {month}, and the month in which it goes does not count: reverse that first",
        next "mingzhang log --type asset.depreciated";
    PriceIsOfSales { how: HowDisposed } = "N18", "财会〔2021〕7号, 162",
        zh "出售须写价款和收款方式，其他处置不写；本次为{how}",
        en "a sale says its price and till, and no other disposal does; this is {how}",
        next "mingzhang schema command asset.dispose";
    NotDisposedSo { asset: AssetId, how: HowDisposed } = "N19", "财会〔2021〕7号, 162, 181",
        zh "资产 {asset} 不能{how}：转销只用于长期待摊费用", en "{asset} cannot be {how}: only long-term prepaid expenses are written off, and only so",
        next "mingzhang schema command asset.dispose";
    GoneBeforeItCame { asset: AssetId, date: Day, acquired: Day } = "N20", "会计基础工作规范 Art. 51",
        zh "资产 {asset} 于 {acquired} 入账，处置日期 {date} 在其之前", en "{asset} came on {acquired}, and {date} is before that",
        next "mingzhang report assets";
    ConstructionTooSmall { held: Money, asked: Money } = "N21", "财会〔2021〕7号, 161",
        zh "在建工程余额 {held}，不足 {asked}", en "construction holds {held}, and {asked} was asked for",
        next "mingzhang report trial-balance";
    LivesWrong { category: Category, least: u32, most: u32 } = "N22", "财会〔2021〕7号 附录2",
        zh "{category}的折旧年限有误：{least} 至 {most} 个月", en "the life of {category} is wrong: {least} to {most} months",
        next "mingzhang schema command rule.set";
    NoneCounted { quantity: u32 } = "N23", "财会〔2021〕7号, 141",
        zh "数量须大于零，实为 {quantity}", en "a quantity must be more than nothing, and {quantity} was given",
        next "mingzhang record --help";
    ItemExists { item: ItemId } = "N24", "财会〔2021〕7号, 141",
        zh "物品 {item} 已建卡", en "the item {item} has a card already",
        next "mingzhang report supplies";
    ItemUnknown { item: ItemId } = "N25", "财会〔2021〕7号, 141",
        zh "没有物品 {item}", en "there is no item {item}",
        next "mingzhang record supply.card --help";
    StoredAbovePayment { from: Seq, bought: Money, stored: Money, asked: Money } = "N26", "财会〔2021〕7号, 141",
        zh "记录 {from} 购入 {bought}，已入库 {stored}，本次 {asked}，超过购入金额",
        en "record {from} bought {bought}, {stored} of it is stored, and {asked} more is too much",
        next "mingzhang show {from}";
    StockTooSmall { item: ItemId, fund: FundId, held: i64, asked: u32 } = "N27", "财会〔2021〕7号, 141",
        zh "物品 {item}（资金 {fund}）库存 {held}，领用 {asked}", en "{held} of {item} are in stock in the fund {fund}, and {asked} were asked for",
        next "mingzhang report supplies";
    StockDatedBack { item: ItemId, date: Day, last: Day } = "N28", "财会〔2021〕7号 Art. 31 (加权平均法)",
        zh "物品 {item} 最近一次出入库在 {last}，不能补记 {date}", en "{item} moved last on {last}, and {date} is before that",
        next "mingzhang report supplies";
    StockUsedSince { seq: Seq, item: ItemId, held: i64, taken: i64 } = "N29", "财会〔2021〕7号, 141",
        zh "记录 {seq} 的物品 {item} 共 {taken}，库存只剩 {held}：先冲销其后的出库",
        en "record {seq} brought {taken} of {item}, and {held} are left: what went out since is reversed first",
        next "mingzhang report supplies";
    StocktakeExists { stocktake: StocktakeId } = "N30", "财会〔2021〕7号 Art. 31, 37",
        zh "盘点 {stocktake} 已记录", en "the stocktake {stocktake} is recorded already",
        next "mingzhang log --type stocktake.recorded";
    StocktakeUnknown { stocktake: StocktakeId } = "N31", "财会〔2021〕7号 Art. 31, 37",
        zh "没有盘点 {stocktake}", en "there is no stocktake {stocktake}",
        next "mingzhang log --type stocktake.recorded";
    WitnessCounts { officer: OfficerId } = "N32", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 记录盘点，不能同时监盘", en "{officer} records the stocktake and cannot witness it",
        next "mingzhang record stocktake.record --help";
    CountedTwice { what: String } = "N33", "会计基础工作规范 Art. 51",
        zh "盘点表中 {what} 出现两次", en "the list names {what} twice",
        next "mingzhang schema command stocktake.record";
    NoDifference { stocktake: StocktakeId, what: String } = "N34", "财会〔2021〕7号, 182",
        zh "盘点 {stocktake} 中 {what} 账实相符或未盘点", en "in the stocktake {stocktake}, {what} agrees or was not counted",
        next "mingzhang report asset-agreement";
    DifferenceRecordedAlready { stocktake: StocktakeId, what: String, by: Seq } = "N35", "财会〔2021〕7号, 182",
        zh "盘点 {stocktake} 中 {what} 的差异已由记录 {by} 转入待处理", en "the difference of {what} in the stocktake {stocktake} is on 182 by record {by}",
        next "mingzhang show {by}";
    BeforeItsStocktake { date: Day, counted: Day } = "N36", "财会〔2021〕7号, 182",
        zh "日期 {date} 早于盘点日期 {counted}", en "the day {date} is before the stocktake of {counted}",
        next "mingzhang log --type stocktake.recorded";
    PendingUnknown { pending: Seq } = "N37", "财会〔2021〕7号, 182",
        zh "记录 {pending} 没有转入待处理财产损溢", en "record {pending} put nothing on 182",
        next "mingzhang report asset-agreement";
    PendingResolved { pending: Seq, by: Seq } = "N38", "财会〔2021〕7号, 182",
        zh "记录 {pending} 的待处理财产已由记录 {by} 处理", en "what record {pending} put on 182 is settled by record {by}",
        next "mingzhang show {by}";
    NothingPending { pending: Seq } = "N39", "财会〔2021〕7号, 182",
        zh "记录 {pending} 的资产净值为零，又无变价收入，无须处理", en "what went by record {pending} was worth nothing, and nothing came in for it",
        next "mingzhang show {pending}";
    CostsAboveProceeds { proceeds: Money, costs: Money } = "N40", "财会〔2021〕7号, 182, 510",
        zh "清理费用 {costs} 超过变价收入 {proceeds}：超出部分按支出申请，列 510",
        en "the costs of {costs} are above the {proceeds} that came in: what is above it is requested and paid from 510",
        next "mingzhang record disbursement.request --account 510 --help";
    ProceedsIncomplete { proceeds: Money, costs: Money } = "N41", "财会〔2021〕7号, 182",
        zh "变价收入 {proceeds}、清理费用 {costs}：须同时写收入和收款方式，盘盈没有变价收入",
        en "proceeds {proceeds}, costs {costs}: an amount and its till go together, and a surplus has neither",
        next "mingzhang schema command stocktake_difference.resolve";
    AssetUsedSince { seq: Seq, asset: AssetId } = "N42", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 的资产 {asset} 已提折旧或已处置：先冲销其后的记录",
        en "the asset {asset} of record {seq} was depreciated or disposed of since: those are reversed first",
        next "mingzhang report assets";
    InvestmentExists { investment: InvestmentId } = "N43", "财会〔2021〕7号, 151",
        zh "投资 {investment} 已登记", en "the investment {investment} is there already",
        next "mingzhang log --type investment.acquired";
    InvestmentUnknown { investment: InvestmentId } = "N44", "财会〔2021〕7号, 151",
        zh "没有投资 {investment}", en "there is no investment {investment}",
        next "mingzhang log --type investment.acquired";
    InvestmentOfRestricted { fund: FundId } = "N45", "财会〔2021〕7号 Art. 22 专款专用",
        zh "专项资金 {fund} 不能用于投资", en "the fund {fund} is earmarked and is not invested",
        next "mingzhang report funds";
    PrincipalTooLarge { held: Money, asked: Money } = "N46", "财会〔2021〕7号, 151",
        zh "投资账面余额 {held}，收回 {asked}", en "the investment stands at {held}, and {asked} was to come back",
        next "mingzhang report trial-balance";
    RecoveredBeforeInvested { date: Day, acquired: Day } = "N47", "财会〔2021〕7号, 151",
        zh "收回日期 {date} 早于投资日期 {acquired}", en "the day {date} is before the investment of {acquired}",
        next "mingzhang log --type investment.acquired";
    LossWithoutResolution { loss: Money } = "N49", "财会〔2021〕7号, 407; 会计法 Art. 27",
        zh "投资损失 {loss}，须写明决议，由主席或财务负责人记录",
        en "{loss} of the investment is lost: it takes a resolution, recorded by the chair or the finance head",
        next "mingzhang record investment.recover --resolution …";
    InvestmentRecoveredSince { investment: InvestmentId } = "N48", "会计基础工作规范 Art. 61",
        zh "投资 {investment} 已有收回或收益：先冲销其后的记录",
        en "something came back of the investment {investment} since: that is reversed first",
        next "mingzhang log --type investment.recovered";

    AdvanceToPersons { account: AccountCode } = "X17", "财会〔2021〕7号, 135",
        zh "{account} 的借款只借给会员或经办人本人", en "an advance on {account} is made to a member or an officer",
        next "mingzhang schema command disbursement.request";
    PayableTooSmall { fund: FundId, owed: Money, asked: Money } = "X18", "财会〔2021〕7号, 215",
        zh "资金 {fund} 的其他应付款余额 {owed}，退付 {asked}",
        en "other payables of the fund {fund} are {owed}, and {asked} is too much to give back",
        next "mingzhang report trial-balance --by-fund";
    PaidByItsCommand { disbursement: DisbursementId, account: AccountCode, command: String } = "X32", "财会〔2021〕7号, 151, 221",
        zh "用款申请 {disbursement} 列 {account}，用 {command} 付款",
        en "the request {disbursement} is on {account} and is paid by {command}",
        next "mingzhang record {command} --disbursement {disbursement} …";
    AnalysisMissing { account: AccountCode } = "X19", "规定: spending_analysis; 财会〔2021〕7号, 总说明二",
        zh "{account} 的支出须注明基本或项目支出和经济分类款级科目",
        en "spending on {account} says its nature and its economic class",
        next "mingzhang schema command disbursement.request";
    NatureWithoutProject {} = "X20", "财会〔2021〕7号, 总说明二",
        zh "项目支出须指明项目，基本支出不指明项目", en "project spending names its project, and basic spending none",
        next "mingzhang record project.open --help";
    ProjectUnknown { project: ProjectId } = "X21", "财会〔2021〕7号, 总说明二",
        zh "没有项目 {project}", en "there is no project {project}",
        next "mingzhang record project.open --help";
    ProjectExists { project: ProjectId } = "X22", "财会〔2021〕7号, 总说明二",
        zh "项目 {project} 已设立", en "the project {project} is open already",
        next "mingzhang log --type project.opened";
    AnalysedAlready { disbursement: DisbursementId } = "X23", "财会〔2021〕7号, 总说明二",
        zh "支出 {disbursement} 已作分析", en "the disbursement {disbursement} is analysed already",
        next "mingzhang log --type disbursement.analysed";
    NotAnAdvance { disbursement: DisbursementId } = "X24", "财会〔2021〕7号, 135",
        zh "{disbursement} 不是已付的借款", en "{disbursement} is no advance that was paid",
        next "mingzhang report advances";
    AdvanceTooSmall { disbursement: DisbursementId, outstanding: Money, asked: Money, over: Money } = "X25", "财会〔2021〕7号, 135",
        zh "借款 {disbursement} 尚欠 {outstanding}，本次报销和交回 {asked}，超出 {over} 须另行申请",
        en "{outstanding} of the advance {disbursement} is open, and {asked} was settled: the {over} above it takes a request",
        next "mingzhang report advances";
    SettlerIsPayee { officer: OfficerId } = "X26", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是借款人，不能报销自己的借款", en "{officer} has the advance and cannot settle it himself",
        next "mingzhang record advance.settle --as ANOTHER-OFFICER …";
    WriteOffTooEarly { disbursement: DisbursementId, paid: Day, from: Day } = "X27", "财会〔2021〕7号, 135 (逾期三年以上)",
        zh "借款 {disbursement} 于 {paid} 支付，{from} 起方可转入待处理", en "the advance {disbursement} of {paid} may be written off from {from} on",
        next "mingzhang report advances";
    PaidInCash { amount: Money, from: Money } = "X28", "规定: cash_limits; 现金管理暂行条例",
        zh "付给单位 {amount}，{from} 起须通过银行转账", en "an organisation gets {amount}, and from {from} on it is paid through the bank",
        next "mingzhang record disbursement.pay --from bank --help";
    SpentFromReceipts { amount: Money, held: Money, receipts: Money } = "X29", "规定: cash_limits; 现金管理暂行条例 (不得坐支)",
        zh "付现 {amount}，库存 {held} 中有未送存的收入 {receipts}，不得坐支",
        en "{amount} would be paid in cash, and of the {held} in hand {receipts} are receipts not yet deposited",
        next "mingzhang record cash.deposit --help";
    NotByJournal { account: AccountCode } = "X30", "会计基础工作规范 Art. 50; 财会〔2021〕7号",
        zh "转账凭证不能记 {account}：货币资金、代管经费、收入、往来款项和结转结余由各自的指令登记",
        en "a general voucher takes no entry on {account}: money, custodial money, income, what is due to and from others, and what is carried forward have commands of their own",
        next "mingzhang record --help";
    AssetsApart { account: AccountCode, owned: Money, stands: Money } = "X31", "财会〔2021〕7号, 301",
        zh "资产变动 {owned}，资产基金 {account} 变动 {stands}，须相等",
        en "the assets change by {owned} and {account} of the asset fund by {stands}, and must change alike",
        next "mingzhang schema command journal.record";
    AdvanceNotOfOpening { since: Day, date: Day, brought: Day } = "X34", "财会〔2021〕7号, 135",
        zh "借款日 {since} 应不晚于期初日 {brought}，接入日 {date} 应不早于期初日",
        en "an advance of the old book was made by {brought}, not on {since}, and is taken over from that day on, not on {date}",
        next "mingzhang log --type opening.recorded";
    AdvancesAboveOpening { from: Seq, fund: FundId, brought: Money, opened: Money, asked: Money } = "X33", "财会〔2021〕7号, 135",
        zh "记录 {from} 为资金 {fund} 转入其他应收款 {brought}，已接入借款 {opened}，不能再接入 {asked}",
        en "record {from} brought in {brought} of other receivables for the fund {fund}, {opened} of it are advances, and not another {asked}",
        next "mingzhang report advances";
    SpendingTakenOff { account: AccountCode, against: AccountCode } = "X35", "工会预算管理办法; 财会〔2021〕7号",
        zh "转账凭证冲减支出 {account}，只能转入另一支出科目，不能记 {against}",
        en "a general voucher takes spending off {account} only to put it on another account of spending, and not on {against}",
        next "mingzhang record entry.reverse --help";

    // Corrections and the audit committee
    ReverseLaterFirst { seq: Seq, by: Seq } = "C17", "会计基础工作规范 Art. 61",
        zh "记录 {by} 以记录 {seq} 为前提，须先冲销 {by}", en "record {by} rests on record {seq} and has to be reversed first",
        next "mingzhang record entry.reverse --seq {by} --help";
    NothingToReverse { seq: Seq } = "C01", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 没有凭证，不能冲销", en "record {seq} has no voucher to reverse",
        next "mingzhang log";
    ReversedAlready { seq: Seq, by: Seq } = "C02", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 已由记录 {by} 冲销", en "record {seq} is reversed already, by record {by}",
        next "mingzhang show {by}";
    NotReversible { seq: Seq, kind: String } = "C03", "会计基础工作规范 Art. 61",
        zh "记录 {seq}（{kind}）不能冲销，请用蓝字凭证更正",
        en "record {seq} ({kind}) cannot be reversed; correct it by an entry of its own",
        next "mingzhang show {seq}";
    ReversedBeforeItself { date: Day, original: Day } = "C04", "会计基础工作规范 Art. 61",
        zh "冲销日期 {date} 早于原凭证日期 {original}", en "the reversal's day {date} is before the entry's own, {original}",
        next "mingzhang record entry.reverse --help";
    AdjustmentPaysOut { account: AccountCode } = "C05", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "审计调整不能支付款项（贷记 {account}）；付款须经申请、审批",
        en "an audit adjustment pays nothing out (it credits {account}); payments are requested and approved",
        next "mingzhang record disbursement.request --help";
    FindingExists { finding: FindingId, seq: Seq } = "C06", "工会法 Art. 45 (经审会)",
        zh "审计发现 {finding} 已在记录 {seq} 提出", en "the finding {finding} was raised already, at record {seq}",
        next "mingzhang log --type finding.raised";
    FindingUnknown { finding: FindingId } = "C07", "工会法 Art. 45 (经审会)",
        zh "没有审计发现 {finding}", en "no finding {finding} was raised",
        next "mingzhang log --type finding.raised";
    FindingClearedAlready { finding: FindingId, seq: Seq } = "C08", "工会法 Art. 45 (经审会)",
        zh "审计发现 {finding} 已在记录 {seq} 销号", en "the finding {finding} was cleared already, at record {seq}",
        next "mingzhang show {seq}";
    FindingRecords { found: u32, most: u32 } = "C09", "docs/FORMAT.md",
        zh "审计发现须指明 1 至 {most} 条记录，实为 {found}",
        en "a finding names 1 to {most} records, and this one {found}",
        next "mingzhang log";
    NoSuchRecord { seq: Seq, next: Seq } = "C10", "docs/FORMAT.md",
        zh "没有记录 {seq}，下一条才是 {next}", en "there is no record {seq}: the next one will be {next}",
        next "mingzhang log";
    BeforeItsFinding { date: Day, raised: Day } = "C11", "工会法 Art. 45 (经审会)",
        zh "日期 {date} 早于审计发现的日期 {raised}", en "the day {date} is before the finding's own, {raised}",
        next "mingzhang log --type finding.raised";
    MonthsBackwards { first: Month, last: Month } = "C12", "工会法 Art. 45 (经审会)",
        zh "审计期间的末月 {last} 早于首月 {first}", en "the last month {last} of the audit is before its first, {first}",
        next "mingzhang record audit.conclude --help";
    NotARedVoucher { seq: Seq } = "C13", "会计基础工作规范 Art. 51(五)",
        zh "记录 {seq} 不是红字凭证；订正须先冲销",
        en "record {seq} is no red voucher; what is wrong is reversed first",
        next "mingzhang record entry.reverse --help";
    NoVoucherThere { seq: Seq } = "C14", "会计基础工作规范 Art. 51(五)",
        zh "记录 {seq} 没有凭证，不能作为订正", en "record {seq} has no voucher that could stand for another",
        next "mingzhang log";
    CorrectsNothing { seq: Seq, kind: String, red: Seq } = "C15", "会计基础工作规范 Art. 51(五)",
        zh "记录 {seq}（{kind}）不能订正由记录 {red} 冲销的凭证：订正须是冲销之后另填的凭证",
        en "record {seq} ({kind}) cannot stand for the voucher that record {red} reversed: it has to be one made afterwards",
        next "mingzhang log";
    CorrectedAlready { seq: Seq, red: Seq, blue: Seq } = "C16", "会计基础工作规范 Art. 51(五)",
        zh "记录 {seq} 已说明红字记录 {red} 或蓝字记录 {blue} 的订正关系",
        en "record {seq} says already what the red record {red} or the blue record {blue} belongs to",
        next "mingzhang show {seq}";

    // Statements and books
    NoteItemUnknown { item: u32, most: u32 } = "Q01", "财会〔2021〕7号 第六部分",
        zh "附注没有第 {item} 项，只有 1 至 {most}", en "the notes have no item {item}, only 1 to {most}",
        next "mingzhang schema command note.write";
    NoteOfAnotherYear { year: FiscalYear, first: FiscalYear, last: FiscalYear } = "Q02", "财会〔2021〕7号 第六部分",
        zh "本账套没有 {year} 年度的报表：只有 {first} 至 {last}",
        en "the book has no statements of {year}, only of {first} to {last}",
        next "mingzhang report notes";
    NoteThereAlready { year: FiscalYear, item: u32, seq: Seq } = "Q03", "财会〔2021〕7号 第六部分",
        zh "{year} 年度附注第 {item} 项已有同样的文字，见记录 {seq}",
        en "item {item} of the notes of {year} says this already, at record {seq}",
        next "mingzhang show {seq}";

    // Signatures and keys
    SignatureNeeded { officer: OfficerId, kind: String } = "S01", "规定: acts_signed",
        zh "{kind} 须有 {officer} 本人的签名", en "{kind} takes {officer}'s own signature",
        next "mingzhang act draft --help";
    TwoSignaturesNeeded { kind: String } = "S02", "docs/FORMAT.md; 工会法 Art. 45 (经审会)",
        zh "{kind} 须由主席和经审会成员两人签名", en "{kind} takes the signatures of a chair and of one of the audit committee, two persons",
        next "mingzhang act draft --help";
    SignedTwice { officer: OfficerId } = "S03", "docs/FORMAT.md",
        zh "{officer} 签了两次", en "{officer} has signed twice",
        next "mingzhang act show FILE";
    ActOfOtherBook { expected: String, found: String } = "S04", "docs/FORMAT.md",
        zh "文书属于账套 {found}，这里是 {expected}", en "the act is of the book {found}, and this is {expected}",
        next "mingzhang act show FILE";
    ActOnOther { on: Seq } = "S05", "docs/FORMAT.md",
        zh "签名人所见的记录 {on} 不是账套中的记录 {on}",
        en "record {on} that was acted on is not this book's record {on}",
        next "mingzhang show {on}";
    ActDiffers { officer: OfficerId, kind: String } = "S06", "docs/FORMAT.md",
        zh "{officer} 签名的不是要记录的这个 {kind}", en "what {officer} has signed is not the {kind} that is to be recorded",
        next "mingzhang act show FILE";
    ActAlready { officer: OfficerId, seq: Seq } = "S07", "docs/FORMAT.md",
        zh "{officer} 的这份签名已用于记录 {seq}", en "this act of {officer} stands under record {seq} already",
        next "mingzhang show {seq}";
    OfficerKeyMissing { officer: OfficerId } = "S08", "docs/FORMAT.md",
        zh "{officer} 没有登记签名公钥", en "{officer} has registered no key to sign with",
        next "mingzhang act draft officer_key.register --help";
    SignatureWrong { officer: OfficerId } = "S09", "docs/FORMAT.md",
        zh "签名不是 {officer} 登记的密钥对此文所签", en "the signature is not {officer}'s registered key's over this text",
        next "mingzhang act show FILE";
    VkeyWrong { vkey: String } = "S10", "docs/FORMAT.md",
        zh "不是 0x01 类的验证公钥：{vkey}", en "not a verifier key of type 0x01: {vkey}",
        next "mingzhang key new --help";
    KeyNotNew { key: String } = "S11", "docs/FORMAT.md",
        zh "{key} 就是现用的密钥", en "{key} is the key in use already",
        next "mingzhang key new --help";
    KeyOfAnother { officer: OfficerId, other: OfficerId } = "S12", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 的密钥与 {other} 的相同，一把密钥只归一人",
        en "the key of {officer} is {other}'s, and a key is one person's alone",
        next "mingzhang key new --help";
    KeyNotProved { officer: OfficerId } = "S13", "docs/FORMAT.md",
        zh "须先由 {officer} 用要登记的密钥签名", en "first {officer} has to sign with the key that is to be registered",
        next "mingzhang act draft officer_key.register --help";
    OldKeyNotProved { officer: OfficerId } = "S14", "docs/FORMAT.md",
        zh "{officer} 已有密钥，更换须有原密钥的签名，或另一人（主席）的签名",
        en "{officer} has a key: another one takes the old key's signature, or a chair's who is somebody else",
        next "mingzhang act sign FILE --key OLD-KEY";
    KeyNotInForce { expected: String, found: String } = "S15", "docs/FORMAT.md",
        zh "现用的账套密钥是 {expected}，而非 {found}", en "the log key in force is {expected}, not {found}",
        next "mingzhang key rotate --help";
    KeyNameWrong { expected: String, found: String } = "S16", "docs/FORMAT.md",
        zh "账套密钥的名称须为 {expected}，实为 {found}", en "a log key's name is the book's, {expected}, and this one's is {found}",
        next "mingzhang key rotate --help";
    RotationNotProved { vkey: String } = "S17", "docs/FORMAT.md",
        zh "更换密钥的证明不是 {vkey} 对下一条记录所作", en "the proof is not of {vkey} for the next record",
        next "mingzhang key rotate --help";
    PolicyWrong { line: u32 } = "S18", "docs/FORMAT.md",
        zh "见证规则第 {line} 行不合规定", en "line {line} of the witnesses' policy is not of its form",
        next "mingzhang init --help";
    PolicyHashWrong { expected: String, found: String } = "S19", "docs/FORMAT.md",
        zh "见证规则的 SHA-256 是 {expected}，而非 {found}", en "the policy's SHA-256 is {expected}, not {found}",
        next "mingzhang schema command witness.change";
    FirstKeyNotVouched { officer: OfficerId, chair: OfficerId } = "S20", "docs/FORMAT.md, 18.1",
        zh "{officer} 首次登记密钥，还须由主席 {chair} 用自己的密钥另签一份",
        en "a first key of {officer} takes the signature of the chair, {chair}, as well, in a second file",
        next "mingzhang act draft officer_key.register --for {chair} --help";
    ActAboutOther { officer: OfficerId, expected: Seq, found: Seq } = "S21", "docs/FORMAT.md, 18.2",
        zh "{officer} 签名针对的是记录 {found}，应为记录 {expected}",
        en "{officer} has signed about record {found}, and what this is about is record {expected}",
        next "mingzhang show {expected}";
    SafeguardUnsigned { officer: OfficerId, kind: String } = "S22", "docs/FORMAT.md, 18.2",
        zh "已有签名的规定：{kind} 关系到谁签名、谁审批，须有 {officer} 本人的签名",
        en "acts are signed in this book, and {kind} says who signs or approves: it takes {officer}'s own signature",
        next "mingzhang act draft --help";

    // Receipts
    ReceiptOfNoDues { payment: Seq } = "R01", "会计基础工作规范 Art. 48",
        zh "记录 {payment} 不是收会费，不能开收据", en "record {payment} is no receipt of dues",
        next "mingzhang log --type dues.received";
    ReceiptOfOtherMember { payment: Seq, member: MemberId } = "R02", "会计基础工作规范 Art. 48",
        zh "记录 {payment} 中没有会员 {member} 的会费", en "record {payment} holds no dues of the member {member}",
        next "mingzhang show {payment}";
    ReceiptIssuedAlready { payment: Seq, member: MemberId, number: ReceiptNumber } =
        "R03", "会计基础工作规范 Art. 48",
        zh "会员 {member} 在记录 {payment} 中的会费已开收据 {number}",
        en "the dues of the member {member} in record {payment} have the receipt {number} already",
        next "mingzhang receipt print {number} --out receipt.html";
    ReceiptOfReversed { payment: Seq, by: Seq } = "R04", "会计基础工作规范 Art. 48, 61",
        zh "记录 {payment} 已由记录 {by} 冲销，不能开收据", en "record {payment} is reversed by record {by}",
        next "mingzhang show {by}";
    ReceiptBeforePayment { date: Day, paid: Day } = "R05", "会计基础工作规范 Art. 48",
        zh "收据日期 {date} 早于收款日期 {paid}", en "the receipt's day {date} is before the payment's, {paid}",
        next "mingzhang receipt issue --help";
    StockExists { stock: ReceiptStockId } = "R06", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 已登记", en "the book of receipts {stock} is registered already",
        next "mingzhang report receipt-register";
    StockUnknown { stock: ReceiptStockId } = "R07", "会计基础工作规范 Art. 48",
        zh "没有票据 {stock}", en "there is no book of receipts {stock}",
        next "mingzhang record receipt_stock.receive --help";
    StockRangeWrong { first: u64, last: u64, most: u64 } = "R08", "docs/FORMAT.md",
        zh "票号 {first} 至 {last} 有误：止号不得小于起号，也不得大于 {most}",
        en "the numbers {first} to {last} are no range: the last is not before the first, and at most {most}",
        next "mingzhang record receipt_stock.receive --help";
    StockOverlaps { stock: ReceiptStockId, other: ReceiptStockId, first: u64, last: u64 } = "R09", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 与 {other}（{first} 至 {last}）号码重叠",
        en "the numbers of {stock} are partly those of {other}, {first} to {last}",
        next "mingzhang report receipt-register";
    FormNotOfStock { stock: ReceiptStockId, number: u64, first: u64, last: u64 } = "R10", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 只有 {first} 至 {last} 号，没有 {number} 号",
        en "the book {stock} has the numbers {first} to {last}, and not {number}",
        next "mingzhang report receipt-register";
    FormUsed { stock: ReceiptStockId, number: u64, seq: Seq } = "R11", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 的 {number} 号已在记录 {seq} 使用", en "number {number} of {stock} is used already, by record {seq}",
        next "mingzhang show {seq}";
    FormOutOfOrder { stock: ReceiptStockId, number: u64, last: u64 } = "R12", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 已用到 {last} 号，不能再用 {number} 号（未用的须作废）",
        en "the book {stock} is used up to {last}, and {number} before it is not used any more: void it",
        next "mingzhang record paper_receipt.void --help";
    FormKindWrong { stock: ReceiptStockId, of: Seq, kind: String } = "R13", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 不能用于记录 {of}（{kind}）", en "the receipts of {stock} are not for record {of} ({kind})",
        next "mingzhang show {of}";
    PaperReceiptTooLarge { of: Seq, amount: Money, receipted: Money, asked: Money, over: Money } = "R14", "会计基础工作规范 Art. 48",
        zh "记录 {of} 收款 {amount}，已开票 {receipted}，本次 {asked}，多出 {over}",
        en "record {of} is of {amount}, {receipted} is receipted, and {asked} is {over} too much",
        next "mingzhang report receipt-register";
    FormVoidAlready { stock: ReceiptStockId, number: u64, seq: Seq } = "R15", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 的 {number} 号已在记录 {seq} 作废", en "number {number} of {stock} is void already, by record {seq}",
        next "mingzhang show {seq}";
    FormTooEarly { stock: ReceiptStockId, number: u64, date: Day, since: Day } = "R16", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 的 {number} 号于 {since} 领购或开具，日期 {date} 在其之前",
        en "number {number} of {stock} came in or was issued on {since}, and {date} is before that",
        next "mingzhang report receipt-register";
    // Private data
    SubjectUnknown { subject: SubjectId } = "V01", "docs/FORMAT.md, 20",
        zh "没有个人信息主体 {subject}", en "there is no subject {subject}",
        next "mingzhang vault list";
    SubjectIsOther { subject: SubjectId, of: Option<Person>, asked: Option<Person> } = "V02", "docs/FORMAT.md, 20",
        zh "主体 {subject} 是 {of}，不能改为 {asked}",
        en "the subject {subject} is {of}, and cannot become {asked}",
        next "mingzhang vault list";
    PrivateFieldTwice { field: Text } = "V03", "docs/FORMAT.md, 20",
        zh "字段 {field} 出现两次", en "the field {field} is named twice",
        next "mingzhang schema command privacy.commit";
    PrivateFieldNotInForce { subject: SubjectId, field: Text } = "V04", "docs/FORMAT.md, 20",
        zh "主体 {subject} 没有字段 {field}，或已删除",
        en "the subject {subject} has no field {field}, or it was erased",
        next "mingzhang vault list";
    TooManyAtOnce { found: u32, most: u32 } = "V05", "docs/FORMAT.md, 3",
        zh "一条记录最多写 {most} 项，实为 {found}",
        en "a record takes {most} of them at most, and {found} were given",
        next "mingzhang schema command privacy.commit";
    ErasureNeedsChair { approver: OfficerId } = "V06", "个人信息保护法 Art. 47, 51",
        zh "删除个人信息须由主席批准，{approver} 不是主席",
        en "an erasure is approved by the chair, and {approver} does not hold that office",
        next "mingzhang vault erase SUBJECT --approver CHAIR …";
    ApproverErases { approver: OfficerId } = "V07", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{approver} 不能批准自己经办的删除", en "{approver} cannot approve an erasure of his own making",
        next "mingzhang vault erase --as ANOTHER-OFFICER …";

    // Papers
    RecordUnknown { seq: Seq } = "E01", "会计基础工作规范 Art. 51",
        zh "没有记录 {seq}，附件无所归属", en "there is no record {seq} that a paper could belong to",
        next "mingzhang log";
    PaperThereAlready { to: Seq, paper: Digest, by: Seq } = "E02", "docs/FORMAT.md, 21",
        zh "记录 {to} 已有附件 {paper}（记录 {by}）",
        en "record {to} has the paper {paper} already, by record {by}",
        next "mingzhang attachment list {to}";
    PaperTooLong { bytes: u64, most: u64 } = "E03", "规定: attachments",
        zh "附件有 {bytes} 字节，规定最多 {most} 字节", en "the paper has {bytes} bytes, and the rule allows {most}",
        next "mingzhang record rule.set --help";
    PaperOverDefault { bytes: u64, most: u64 } = "E04", "本程序的默认值，并非法规 a default of this program, not law",
        zh "附件有 {bytes} 字节；没有规定 attachments 时默认最多 {most} 字节",
        en "the paper has {bytes} bytes; without a rule attachments the default limit is {most}",
        next "mingzhang record rule.set --help";
    PaperEmpty { to: Seq } = "E05", "会计基础工作规范 Art. 51",
        zh "记录 {to} 的附件是空文件", en "the paper for record {to} is an empty file",
        next "mingzhang attach {to} FILE";
    PaperLimitOutOfRange { found: u64, most: u64 } = "E06", "docs/FORMAT.md, 18.3",
        zh "附件的上限为 {found} 字节，应在 1 至 {most} 之间",
        en "the limit of a paper is {found} bytes, and must be from 1 to {most}",
        next "mingzhang schema command rule.set";
    PaymentNeedsPaper { disbursement: DisbursementId, amount: Money, above: Money } = "E07", "规定: attachments; 会计基础工作规范 Art. 51",
        zh "支出 {disbursement} 金额 {amount}，超过 {above} 须先附原始凭证",
        en "the disbursement {disbursement} is of {amount}, and above {above} a paper must be attached first",
        next "mingzhang attach {disbursement} FILE";
}
