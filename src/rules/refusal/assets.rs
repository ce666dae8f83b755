//! Assets and supplies.

family! {
    ($) assets
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
        most acquired.minus(*carded), found asked,
        next "mingzhang show {from}";
    BelowThreshold { category: Category, cost: Money, units: u32, least: Money } = "N06", "规定: asset_thresholds; 财会〔2021〕7号 Art. 32",
        zh "{category} {units} 件共 {cost}，单价不足 {least}，不是固定资产：应作库存物品或直接列支；大批同类物资用 batch",
        en "{units} pieces of {category} for {cost} are less than {least} each and no fixed asset: they are supplies or spending, or a large batch of like things",
        least least.times(*units), found cost,
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
        least least, found months,
        next "mingzhang schema command asset.card";
    LifeTooLong { category: Category, months: u32, most: u32 } = "N10", "规定: asset_lives; 财会〔2021〕7号 附录2",
        zh "{category}的折旧年限不超过 {most} 个月，实为 {months}",
        en "{category}: a life of {months} months is more than the {most} of the table",
        most most, found months,
        next "mingzhang schema command asset.card";
    NominalNotOne { cost: Money } = "N11", "财会〔2021〕7号 Art. 27",
        zh "名义金额为人民币 1 元，实为 {cost}", en "a nominal amount is one yuan, and {cost} was given",
        is Money::from_fen(100), found cost,
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
        is expected, found found,
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
        least acquired, found date,
        next "mingzhang report assets";
    ConstructionTooSmall { held: Money, asked: Money } = "N21", "财会〔2021〕7号, 161",
        zh "在建工程余额 {held}，不足 {asked}", en "construction holds {held}, and {asked} was asked for",
        most held, found asked,
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
        most bought.minus(*stored), found asked,
        next "mingzhang show {from}";
    StockTooSmall { item: ItemId, fund: FundId, held: i64, asked: u32 } = "N27", "财会〔2021〕7号, 141",
        zh "物品 {item}（资金 {fund}）库存 {held}，领用 {asked}", en "{held} of {item} are in stock in the fund {fund}, and {asked} were asked for",
        most held, found asked,
        next "mingzhang report supplies";
    StockDatedBack { item: ItemId, date: Day, last: Day } = "N28", "财会〔2021〕7号 Art. 31 (加权平均法)",
        zh "物品 {item} 最近一次出入库在 {last}，不能补记 {date}", en "{item} moved last on {last}, and {date} is before that",
        least last, found date,
        next "mingzhang report supplies";
    StockUsedSince { seq: Seq, item: ItemId, held: i64, taken: i64 } = "N29", "财会〔2021〕7号, 141",
        zh "记录 {seq} 的物品 {item} 共 {taken}，库存只剩 {held}：先冲销其后的出库",
        en "record {seq} brought {taken} of {item}, and {held} are left: what went out since is reversed first",
        least taken, found held,
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
        least counted, found date,
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
        most proceeds, found costs,
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
        most held, found asked,
        next "mingzhang report trial-balance";
    RecoveredBeforeInvested { date: Day, acquired: Day } = "N47", "财会〔2021〕7号, 151",
        zh "收回日期 {date} 早于投资日期 {acquired}", en "the day {date} is before the investment of {acquired}",
        least acquired, found date,
        next "mingzhang log --type investment.acquired";
    LossWithoutResolution { loss: Money } = "N49", "财会〔2021〕7号, 407; 会计法 Art. 27",
        zh "投资损失 {loss}，须写明决议，由主席或财务负责人记录",
        en "{loss} of the investment is lost: it takes a resolution, recorded by the chair or the finance head",
        next "mingzhang record investment.recover --resolution RESOLUTION --help";
    InvestmentRecoveredSince { investment: InvestmentId } = "N48", "会计基础工作规范 Art. 61",
        zh "投资 {investment} 已有收回或收益：先冲销其后的记录",
        en "something came back of the investment {investment} since: that is reversed first",
        next "mingzhang log --type investment.recovered";
    InUseWhen { asset: AssetId, in_use_from: Day, acquired: Day, today: Day } = "N50", "财会〔2021〕7号 Art. 35, 162, 163",
        zh "资产 {asset} 的启用日 {in_use_from} 应不早于取得当月（{acquired}）、不晚于本月（{today}）",
        en "{asset} cannot be in use from {in_use_from}: it was acquired on {acquired}, and today is {today}",
        next "mingzhang schema command asset.card";
    StockAboveCount { item: ItemId, held: i64, asked: u32, most: u32 } = "N51", "本程序的限度 a limit of this program",
        zh "物品 {item} 库存 {held}，再入 {asked}，超过本程序可记的 {most}",
        en "{held} of {item} are in stock, and with {asked} more they would be more than the {most} that this program counts",
        most most, found held.saturating_add(i64::from(*asked)),
        next "mingzhang report supplies";

    AdvanceToPersons { account: AccountCode } = "X17", "财会〔2021〕7号, 135",
        zh "{account} 的借款只借给会员或经办人本人", en "an advance on {account} is made to a member or an officer",
        next "mingzhang schema command disbursement.request";
    PayableTooSmall { fund: FundId, owed: Money, asked: Money } = "X18", "财会〔2021〕7号, 215",
        zh "资金 {fund} 的其他应付款余额 {owed}，退付 {asked}",
        en "other payables of the fund {fund} are {owed}, and {asked} is too much to give back",
        most owed, found asked,
        next "mingzhang report trial-balance --by-fund";
    PaidByItsCommand { disbursement: DisbursementId, account: AccountCode, command: String } = "X32", "财会〔2021〕7号, 151, 221",
        zh "用款申请 {disbursement} 列 {account}，用 {command} 付款",
        en "the request {disbursement} is on {account} and is paid by {command}",
        next "mingzhang record {command} --disbursement {disbursement} --help";
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
        most outstanding, found asked,
        next "mingzhang report advances";
    SettlerIsPayee { officer: OfficerId } = "X26", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是借款人，不能报销自己的借款", en "{officer} has the advance and cannot settle it himself",
        next "mingzhang record advance.settle --as ANOTHER-OFFICER --help";
    WriteOffTooEarly { disbursement: DisbursementId, paid: Day, from: Day } = "X27", "财会〔2021〕7号, 135 (逾期三年以上)",
        zh "借款 {disbursement} 于 {paid} 支付，{from} 起方可转入待处理", en "the advance {disbursement} of {paid} may be written off from {from} on",
        next "mingzhang report advances";
    PaidInCash { amount: Money, from: Money } = "X28", "规定: cash_limits; 现金管理暂行条例",
        zh "付给单位 {amount}，{from} 起须通过银行转账", en "an organisation gets {amount}, and from {from} on it is paid through the bank",
        next "mingzhang record disbursement.pay --from bank --help";
    SpentFromReceipts { amount: Money, held: Money, receipts: Money } = "X29", "规定: cash_limits; 现金管理暂行条例 (不得坐支)",
        zh "付现 {amount}，库存 {held} 中有未送存的收入 {receipts}，不得坐支",
        en "{amount} would be paid in cash, and of the {held} in hand {receipts} are receipts not yet deposited",
        most held.minus(*receipts), found amount,
        next "mingzhang record cash.deposit --help";
    NotByJournal { account: AccountCode } = "X30", "会计基础工作规范 Art. 50; 财会〔2021〕7号",
        zh "转账凭证不能记 {account}：货币资金、代管经费、收入、往来款项和结转结余由各自的指令登记",
        en "a general voucher takes no entry on {account}: money, custodial money, income, what is due to and from others, and what is carried forward have commands of their own",
        next "mingzhang record --help";
    AssetsApart { account: AccountCode, owned: Money, stands: Money } = "X31", "财会〔2021〕7号, 301",
        zh "资产变动 {owned}，资产基金 {account} 变动 {stands}，须相等",
        en "the assets change by {owned} and {account} of the asset fund by {stands}, and must change alike",
        is owned, found stands,
        next "mingzhang schema command journal.record";
    NotPaidOut { account: AccountCode, command: String } = "X36", "财会〔2021〕7号, 341, 411, 521",
        zh "{account} 不付款，由 {command} 登记", en "nothing is paid out on {account}: it is recorded by {command}",
        next "mingzhang record {command} --help";
    AdvanceNotOfOpening { since: Day, date: Day, brought: Day } = "X34", "财会〔2021〕7号, 135",
        zh "借款日 {since} 应不晚于期初日 {brought}，接入日 {date} 应不早于期初日",
        en "an advance of the old book was made by {brought}, not on {since}, and is taken over from that day on, not on {date}",
        next "mingzhang log --type opening.recorded";
    AdvancesAboveOpening { from: Seq, fund: FundId, brought: Money, opened: Money, asked: Money } = "X33", "财会〔2021〕7号, 135",
        zh "记录 {from} 为资金 {fund} 转入其他应收款 {brought}，已接入借款 {opened}，不能再接入 {asked}",
        en "record {from} brought in {brought} of other receivables for the fund {fund}, {opened} of it are advances, and not another {asked}",
        most brought.minus(*opened), found asked,
        next "mingzhang report advances";
    SpendingTakenOff { account: AccountCode, against: AccountCode } = "X35", "工会预算管理办法; 财会〔2021〕7号",
        zh "转账凭证冲减支出 {account}，只能转入另一支出科目，不能记 {against}",
        en "a general voucher takes spending off {account} only to put it on another account of spending, and not on {against}",
        next "mingzhang record entry.reverse --help";
}
