//! Cash and bank.

family! {
    ($) cash
    CustodialApart { account: AccountCode, fund: FundId } = "H01", "财会〔2021〕7号, 101, 102, 221",
        zh "代管资金须与工会自有资金分开：科目 {account} 不能记在 {fund}",
        en "custodial money is kept apart from the union's own: {account} takes no entry of {fund}",
        next "mingzhang report custodial";
    CustodyUnknown { project: FundId } = "H02", "财会〔2021〕7号, 221",
        zh "没有代管项目 {project}", en "there is no custodial project {project}",
        next "mingzhang record custodial_project.open --help";
    TillAboveLimit { held: Money, most: Money } = "H03", "规定: cash_limits; 现金管理暂行条例",
        zh "库存现金将有 {held}，限额 {most}", en "the cash in hand would be {held}, and its limit is {most}",
        most most, found held,
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
        next "mingzhang bank withdraw {statement} --help";
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
        is expected, found found,
        next "mingzhang log --type bank_statement.recorded";
    StatementOverlaps { statement: StatementId, first: Day, last: Day, before: StatementId, through: Day } = "H25", "财会〔2021〕7号, 102",
        zh "对账单 {statement} 的期间 {first} 至 {last} 与前一张 {before}（至 {through}）重叠：同一天只在一张对账单上",
        en "the days {first} to {last} of the statement {statement} overlap with {before}, which goes through {through}: a day is of one statement",
        next "mingzhang import --help";
    StatementsMissing { statement: StatementId, ended: Day, first: Day, expected: Money, found: Money, difference: Money } = "H26", "财会〔2021〕7号, 102",
        zh "前一张对账单至 {ended} 止，期末余额 {expected}；对账单 {statement} 从 {first} 起，期初余额 {found}，差 {difference}：先登记中间各天的对账单",
        en "the statement before ends on {ended} with {expected}, and {statement} begins on {first} with {found}, {difference} apart: record the statement of the days between first",
        is expected, found found,
        next "mingzhang log --type bank_statement.recorded";
    StatementGap { statement: StatementId, ended: Day, first: Day, balance: Money } = "H27", "财会〔2021〕7号, 102",
        zh "前一张对账单至 {ended} 止，对账单 {statement} 从 {first} 起，余额 {balance} 相接，但中间各天没有对账单：确无收付，还是少登记了一张，请查明",
        en "the statement before ends on {ended} and {statement} begins on {first}, with the same {balance}, but no statement is of the days between: find out whether nothing moved or a statement is missing",
        next "mingzhang log --type bank_statement.recorded";
    OpeningDiffers { statement: StatementId, first: Day, book: Money, bank: Money, difference: Money } = "H28", "财会〔2021〕7号, 102",
        zh "期初差异：首张对账单 {statement} 自 {first} 起，期初余额 {bank}，单位账面此前余额 {book}，账面减银行差 {difference}；是当时的未达账项，还是期初余额有误，请查明",
        en "opening difference: the first statement {statement} begins on {first} with {bank}, and the books had {book} before; books less bank: {difference}; find out whether that was outstanding then or a balance is wrong",
        is bank, found book,
        next "mingzhang bank outstanding --statement {statement}";
    OpeningUnexplained { statement: StatementId, book: Money, bank: Money, difference: Money } = "H31", "财会〔2021〕7号, 102",
        zh "期初差异 {difference} 尚未查清：首张对账单 {statement} 期初余额 {bank}，单位账面此前余额 {book}；这样的对账只说明此后的收付相符",
        en "an opening difference of {difference} is not explained: the first statement {statement} opens with {bank}, and the books had {book} before; such a reconciliation shows only that what moved since agrees",
        is bank, found book,
        next "mingzhang bank outstanding";
    StatementNotLast { statement: StatementId, last: StatementId } = "H29", "财会〔2021〕7号, 102",
        zh "只能撤销最后一张对账单 {last}，不能撤销 {statement}：后面的期初余额接着它",
        en "only the last statement {last} can be withdrawn, and not {statement}: those behind it go on from its balance",
        next "mingzhang bank withdraw {last} --help";
    StatementMatched { statement: StatementId, by: Seq } = "H30", "财会〔2021〕7号, 102",
        zh "对账单 {statement} 还有勾对（记录 {by}），撤销前先取消勾对",
        en "the statement {statement} still has a matching, record {by}: it is undone before the statement is withdrawn",
        next "mingzhang bank unmatch {by} --help";
    BankLineOutOfPlace { no: u32, date: Day } = "H14", "财会〔2021〕7号, 102",
        zh "对账单第 {no} 行（{date}）序号或日期不连续", en "line {no} of {date} is out of the statement's order or days",
        next "mingzhang schema command bank_statement.record";
    BankBalanceDiffers { no: u32, expected: Money, found: Money } = "H15", "财会〔2021〕7号, 102",
        zh "对账单第 {no} 行后余额应为 {expected}，实为 {found}",
        en "after line {no} the balance must be {expected}, and the statement says {found}",
        is expected, found found,
        next "mingzhang schema command bank_statement.record";
    BankLineUnknown { statement: StatementId, no: u32 } = "H16", "财会〔2021〕7号, 102",
        zh "对账单 {statement} 没有第 {no} 行", en "the statement {statement} has no line {no}",
        next "mingzhang bank outstanding --statement {statement}";
    NotABankVoucher { seq: Seq } = "H17", "财会〔2021〕7号, 102",
        zh "记录 {seq} 没有待勾对的银行存款收付", en "record {seq} moves no bank money that could be matched",
        next "mingzhang bank suggest";
    MatchedAlready { what: String } = "H18", "财会〔2021〕7号, 102",
        zh "{what} 已经勾对，先取消才能再勾对", en "{what} is matched already, and is unmatched before it is matched again",
        next "mingzhang bank unmatch {what} --help";
    MatchUnequal { lines: Money, vouchers: Money, difference: Money } = "H19", "财会〔2021〕7号, 102",
        zh "对账单各行合计 {lines}，凭证合计 {vouchers}，差额 {difference}",
        en "the lines are {lines} together and the vouchers {vouchers}: {difference} apart",
        is lines, found vouchers,
        next "mingzhang bank suggest";
    MatchUnknown { of: Seq } = "H20", "财会〔2021〕7号, 102",
        zh "记录 {of} 不是有效的勾对", en "record {of} is no matching that stands",
        next "mingzhang log --type bank.matched";
    NotReconciled { adjusted: Money, of_bank: Money, of_book: Money } = "H21", "财会〔2021〕7号, 102 (银行存款余额调节表)",
        zh "调节后余额应相符：所报 {adjusted}，银行方 {of_bank}，单位方 {of_book}",
        en "the adjusted balances must be one: {adjusted} was said, the bank's side is {of_bank} and the books' {of_book}",
        is of_book, found if of_bank == of_book { adjusted } else { of_bank },
        next "mingzhang report bank-reconciliation";
    CashDifferenceBooked { count: Seq, left: Money, booked: Money, by: Seq, asked: Money } = "H22", "财会〔2021〕7号, 101, 182",
        zh "记录 {count} 盘点的差额还有 {left} 未入账，其中 {booked} 已按另一次盘点由记录 {by} 入账，不能再记 {asked}",
        en "{left} of what record {count} counted is not booked by it, but {booked} of that was found by another count and is booked by record {by}: {asked} is too much",
        next "mingzhang show {by}";
    MatchedInStatement { seq: Seq, by: Seq } = "H23", "财会〔2021〕7号, 102",
        zh "记录 {seq} 已与银行对账单勾对（记录 {by}），冲销前须先取消勾对",
        en "record {seq} is matched with the bank's statement by record {by}: that is undone before it is reversed",
        next "mingzhang bank unmatch {by} --help";

    AccountNotOfFund { fund: FundId, account: AccountCode, allowed: String } = "F18", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 限用于 {allowed}，不能用于 {account}",
        en "the fund {fund} is for {allowed}, and not for {account}",
        next "mingzhang report earmarked --of {fund}";
    FundPastItsDay { fund: FundId, until: Day, date: Day } = "F19", "财会〔2021〕7号 Art. 22 专款专用",
        zh "资金 {fund} 的使用期限至 {until}，{date} 已过期",
        en "the fund {fund} is spent by {until} at the latest, and {date} is after that",
        most until, found date,
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
        most left, found asked,
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
    ResolvedByRecorder { officer: OfficerId, pending: Seq } = "H24", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "记录 {pending} 的差异由 {officer} 记账，不能由本人核销", en "{officer} recorded the difference of record {pending} and does not end it himself",
        next "mingzhang show {pending}";
}
