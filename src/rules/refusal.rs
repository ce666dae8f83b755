//! Every refusal: a stable code, the rule's source, the figures, both languages, the next command.

use super::said::Said;
use crate::date::{Day, FiscalYear, Month};
use crate::event::Till;
use crate::event::book::{Role, RuleKind};
use crate::event::paper::ReceiptNumber;
use crate::event::privacy::Person;
use crate::ids::{
    AccountCode, Digest, DisbursementId, FindingId, FundId, GroupId, MemberId, OfficerId,
    ProjectId, Seq, StatementId, SubjectId, Text,
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
        zh "应结 {expected}，而非 {found}", en "the month to close is {expected}, not {found}",
        next "mingzhang record period.close --month {expected}";
    MonthNotOver { month: Month, today: Day } = "P05", "会计基础工作规范 Art. 63",
        zh "今天是 {today}，{month} 尚未结束", en "today is {today}, and {month} is not over",
        next "mingzhang report trial-balance";
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
        next "mingzhang schema command adjustment.record";
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
    IncomeOfItsOwn { account: AccountCode, command: String } = "F18", "财会〔2021〕7号, 401, 402, 403, 405",
        zh "科目 {account} 的收款另有指令：{command}", en "receipts on {account} have a command of their own: {command}",
        next "mingzhang record {command} --help";
    NotAnIncome { account: AccountCode } = "F19", "财会〔2021〕7号, 收入类, 135, 215",
        zh "{account} 不是收入科目，也不是其他应收款或其他应付款", en "{account} is no income account, and neither other receivables nor other payables",
        next "mingzhang report chart";

    ClaimTooSmall { fund: FundId, open: Money, asked: Money } = "F20", "财会〔2021〕7号, 135",
        zh "资金 {fund} 的其他应收款（借款除外）余额 {open}，本次收回 {asked}",
        en "other receivables of the fund {fund}, advances apart, are {open}, and {asked} is too much",
        next "mingzhang report trial-balance --by-fund";

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

    // The allocation
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

    AdvanceToPersons { account: AccountCode } = "X17", "财会〔2021〕7号, 135",
        zh "{account} 的借款只借给会员或经办人本人", en "an advance on {account} is made to a member or an officer",
        next "mingzhang schema command disbursement.request";
    PayableTooSmall { fund: FundId, owed: Money, asked: Money } = "X18", "财会〔2021〕7号, 215",
        zh "资金 {fund} 的其他应付款余额 {owed}，退付 {asked}",
        en "other payables of the fund {fund} are {owed}, and {asked} is too much to give back",
        next "mingzhang report trial-balance --by-fund";
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
        zh "转账凭证不能记 {account}：货币资金、代管经费和有专用指令的收入另行登记",
        en "a general voucher takes no entry on {account}: money, custodial money and income with a command of its own",
        next "mingzhang record --help";
    AssetsApart { account: AccountCode, owned: Money, stands: Money } = "X31", "财会〔2021〕7号, 301",
        zh "资产变动 {owned}，资产基金 {account} 变动 {stands}，须相等",
        en "the assets change by {owned} and {account} of the asset fund by {stands}, and must change alike",
        next "mingzhang schema command journal.record";

    // Corrections and the audit committee
    ReverseLaterFirst { seq: Seq, by: Seq } = "C13", "会计基础工作规范 Art. 61",
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
