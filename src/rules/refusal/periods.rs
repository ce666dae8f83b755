//! Days and periods.

family! {
    ($) periods
    DateInFuture { date: Day, today: Day } = "P01", "会计基础工作规范 Art. 37",
        zh "业务日期 {date} 晚于今天 {today}", en "the day {date} is after today, {today}",
        most today, found date,
        next "mingzhang log";
    DateBeforeBook { date: Day, starts: Day } = "P02", "会计基础工作规范 Art. 36",
        zh "业务日期 {date} 早于启用日 {starts}", en "the day {date} is before the book's first day, {starts}",
        least starts, found date,
        next "mingzhang show 0";
    PeriodClosed { date: Day, closed_through: Month } = "P03", "会计基础工作规范 Art. 63; 财会〔2024〕12号 Art. 24",
        zh "{date} 所在会计期间已结账（已结至 {closed_through}）",
        en "the period of {date} is closed (closed through {closed_through})",
        next "mingzhang log --type period.closed";
    MonthOutOfOrder { expected: Month, found: Month } = "P04", "会计基础工作规范 Art. 63",
        zh "月份须按顺序结账：接下来该结 {expected}，不能先结 {found}",
        en "months are closed in their order: {expected} comes next, and not {found}",
        is expected, found found,
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
        most most, found last,
        next "mingzhang report closing --month {month}";
    ReviewerIsPreparer { officer: OfficerId, voucher: VoucherNumber } = "P13", "会计基础工作规范 Art. 11, 50, 51 (稽核)",
        zh "{voucher} 由 {officer} 填制，不能由本人稽核",
        en "{officer} prepared {voucher} and cannot review it",
        next "mingzhang record vouchers.review --as ANOTHER-OFFICER --help";
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
}
