//! Corrections and the audit committee.

family! {
    ($) corrections
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
        least original, found date,
        next "mingzhang record entry.reverse --help";
    AdjustmentPaysOut { account: AccountCode } = "C05", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "审计调整不能支付款项（贷记 {account}）；付款须经申请、审批",
        en "an audit adjustment pays nothing out (it credits {account}); payments are requested and approved",
        next "mingzhang record disbursement.request --help";
    AdjustmentKeepsOff { account: AccountCode, command: String } = "C18", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "审计调整不动 {account}，请经办人用 {command} 记账",
        en "an audit adjustment leaves {account} alone; whoever it falls to records it by {command}",
        next "mingzhang record {command} --help";
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
        least raised, found date,
        next "mingzhang log --type finding.raised";
    MonthsBackwards { first: Month, last: Month } = "C12", "工会法 Art. 45 (经审会)",
        zh "审计期间的末月 {last} 早于首月 {first}", en "the last month {last} of the audit is before its first, {first}",
        least first, found last,
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
}
