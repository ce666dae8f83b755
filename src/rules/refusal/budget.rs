//! The budget.

family! {
    ($) budget
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
        most most, found times.saturating_add(1),
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
        most planned.minus(*used), found asked,
        next "mingzhang report budget";
    BudgetBelowSpent { account: AccountCode, fund: FundId, planned: Money, spent: Money } = "G09", "规定: budget_control; 工会法 Art. 45",
        zh "资金 {fund} 科目 {account} 已支出 {spent}，预算不能调减到 {planned}",
        en "{spent} is spent on {account} of the fund {fund} already, and its budget cannot come down to {planned}",
        least spent, found planned,
        next "mingzhang report budget";
}
