//! Accounts, amounts, funds.

family! {
    ($) funds
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
        most held, found asked,
        next "mingzhang report funds";
    TillTooSmall { till: Till, fund: FundId, held: Money, asked: Money, short: Money } = "F08", "现金管理暂行条例; 财会〔2021〕7号, 101, 102",
        zh "{till}（资金 {fund}）结存 {held}，支用 {asked}，差额 {short}",
        en "the {till} of fund {fund} holds {held}, and {asked} was asked for: {short} too little",
        most held, found asked,
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
        is debit, found credit,
        next "mingzhang schema command journal.record";
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
        most held, found asked,
        next "mingzhang report trial-balance --period {month}";

    AmountTooLarge { amount: Money, most: Money } = "F16", "docs/FORMAT.md",
        zh "一笔金额最多 {most}，实为 {amount}", en "one entry is at most {most}, and {amount} was given",
        most most, found amount,
        next "mingzhang record --help";
    NoAccountFor { of: String } = "F17", "docs/charts.md",
        zh "科目表没有指定用于 {of} 的科目", en "the chart names no account for {of}",
        next "mingzhang report chart";
    IncomeOfItsOwn { account: AccountCode, command: String } = "F29", "财会〔2021〕7号, 401, 402, 403, 405, 411",
        zh "科目 {account} 的收款另有指令：{command}", en "receipts on {account} have a command of their own: {command}",
        next "mingzhang record {command} --help";
    NotAnIncome { account: AccountCode } = "F30", "财会〔2021〕7号, 收入类, 135, 215",
        zh "{account} 不是收入科目，也不是其他应收款或其他应付款", en "{account} is no income account, and neither other receivables nor other payables",
        next "mingzhang report chart";

    ClaimTooSmall { fund: FundId, open: Money, asked: Money } = "F31", "财会〔2021〕7号, 135",
        zh "资金 {fund} 的其他应收款（借款除外）余额 {open}，本次收回 {asked}",
        en "other receivables of the fund {fund}, advances apart, are {open}, and {asked} is too much",
        most open, found asked,
        next "mingzhang report trial-balance --by-fund";
    RestrictedIsReleased { from: FundId, to: FundId } = "F32", "财会〔2021〕7号, 321 (五), 322 (五) 结转转入",
        zh "专项资金 {from} 转入非专项资金 {to} 是结转转入，不是单位内部调剂",
        en "what moves from the restricted fund {from} to {to} is released, and not reallocated",
        next "mingzhang record fund.release --from {from} --to {to} --help";
    NetFundOfOtherKind { account: AccountCode, fund: FundId } = "F33", "财会〔2021〕7号, 321, 322, 331, 332",
        zh "{account} 不是资金 {fund} 的结转结余：专项资金记 321，非专项记 322，财政拨款记 331、332",
        en "{account} is not where the fund {fund} is carried: 321 is of restricted funds, 322 of the others, 331 and 332 of the treasury's money",
        next "mingzhang report funds";
}
