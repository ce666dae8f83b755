//! The allocation.

family! {
    ($) allocation
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
        most due.minus(*received), found asked,
        next "mingzhang log --type allocation.received";
    RemittanceTooLarge { owed: Money, asked: Money, over: Money } = "A04", "财会〔2021〕7号, 211",
        zh "应上解 {owed}，本次上解 {asked}，多出 {over}",
        en "{owed} is owed to the union above, and {asked} was asked for: {over} too much",
        most owed, found asked,
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
        least amount, found gross,
        next "mingzhang schema command allocation.collect";
    RefundOver { month: Month, through: Month } = "A12", "规定: small_payer_refund; 厅字〔2022〕47号",
        zh "小额缴费返还至 {through} 为止，{month} 不在其内",
        en "the refund to small payers goes through {through}, and {month} is after that",
        most through, found month,
        next "mingzhang log --type rule.set";
    NotSmallPayer { year: FiscalYear, most: Money, found: Money } = "A13", "规定: small_payer_refund; 厅字〔2022〕47号",
        zh "{year} 年拨缴经费 {found}，超过小额缴费的上限 {most}",
        en "the allocation of {year} is {found}, and small payers have at most {most}",
        most most, found found,
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
        most held, found asked,
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
        is (count, total), found (found_count, found),
        next "mingzhang schema command tax_list.record";
    TaxLineTwice { list: TaxListId, payer: PayerId } = "A20", "会计基础工作规范 Art. 62",
        zh "清单 {list} 中 {payer} 出现两次", en "the list {list} names {payer} twice",
        next "mingzhang schema command tax_list.record";
    DemandMonthsBackwards { first: Month, last: Month } = "A21", "工会法 Art. 44",
        zh "起始月份 {first} 晚于截止月份 {last}", en "the first month, {first}, is after the last, {last}",
        least first, found last,
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
        most arrears.minus(*demanded), found asked,
        next "mingzhang report allocation-arrears";
    DemandBackwards { demand: DemandId, date: Day, last: Day } = "A25", "工会法 Art. 44",
        zh "催缴 {demand} 的日期 {date} 早于 {last}", en "the day {date} of the demand {demand} is before {last}",
        least last, found date,
        next "mingzhang report allocation-arrears";
    DemandOutOfOrder { demand: DemandId, now: Option<Stage>, asked: Option<Stage> } = "A26", "工会法 Art. 44",
        zh "催缴 {demand} 现为“{now}”，不能转为“{asked}”",
        en "the demand {demand} stands at {now}, and {asked} does not follow from that",
        next "mingzhang report allocation-arrears";
    LateFeeDiffers { computed: Money, asked: Money } = "A27", "规定: late_fee",
        zh "滞纳金应为 {computed}，实为 {asked}", en "the late fee comes to {computed}, and {asked} was given",
        is computed, found asked,
        next "mingzhang log --type rule.set";
    DemandNotPaid { demand: DemandId, principal: Money, paid: Money } = "A28", "工会法 Art. 43, 44",
        zh "催缴 {demand} 本金 {principal}，此后收到 {paid}，尚未缴清",
        en "the principal of {demand} is {principal}, and {paid} came in since: it is not settled",
        least principal, found paid,
        next "mingzhang report allocation-arrears";
    PassdownTooLarge { to: PayerId, owed: Money, asked: Money } = "A29", "财会〔2021〕7号, 212",
        zh "应拨付 {to} {owed}，本次 {asked}", en "{owed} is owed to {to}, and {asked} was asked for",
        most owed, found asked,
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
        most left, found asked,
        next "mingzhang report allocation-balances";
    AccrualSettledBy { accrual: Seq, by: String } = "A33", "财会〔2021〕7号, 131, 212",
        zh "记录 {accrual} 的计提由 {by} 冲抵", en "the accrual of record {accrual} is settled by {by}",
        next "mingzhang record {by} --help";
    DrawnOnAlready { seq: Seq, amount: Money, left: Money } = "A34", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 的 {amount} 只余 {left}，须先冲销其后的记录",
        en "of the {amount} of record {seq} only {left} is left: reverse first what came after it",
        least amount, found left,
        next "mingzhang report allocation-balances";
    AccrualOfNoRequest { disbursement: DisbursementId } = "A38", "财会〔2021〕7号, 131, 132",
        zh "应收的经费不用申请，{disbursement} 不能指明", en "what is due to this union is not requested, and {disbursement} is not named with it",
        next "mingzhang schema command accrual.record";
    DayOfMonthWrong { found: u32 } = "A35", "规定: remittance_due",
        zh "上解期限为每月 {found} 日，须在 1 至 28 之间", en "the day of remittance is {found}, and must be from 1 to 28",
        next "mingzhang schema command rule.set";
    HeldForPayers { fund: FundId, owed: Money, held: Money, left: Money, asked: Money } = "A37",
        "财会〔2021〕7号, 215 (建会筹备金)",
        zh "资金 {fund} 的其他应付款 {owed}，其中建会筹备金 {held}，其余 {left}，本次减少 {asked}",
        en "other payables of the fund {fund} are {owed}; {held} is preparation funds and {left} the rest, of which {asked} was asked for",
        most left, found asked,
        next "mingzhang report allocation-balances";
}
