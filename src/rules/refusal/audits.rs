//! Audits, samples, and what becomes of findings.

family! {
    ($) audits
    AuditExists { audit: AuditId, seq: Seq } = "T01", "工会法 Art. 45 (经审会)",
        zh "审计项目 {audit} 已在记录 {seq} 立项", en "the audit {audit} was opened already, at record {seq}",
        next "mingzhang log --type audit.opened";
    AuditUnknown { audit: AuditId } = "T02", "工会法 Art. 45 (经审会)",
        zh "没有审计项目 {audit}", en "no audit {audit} was opened",
        next "mingzhang log --type audit.opened";
    AuditReportedAlready { audit: AuditId, seq: Seq } = "T03", "工会法 Art. 45 (经审会)",
        zh "审计项目 {audit} 已在记录 {seq} 出具报告", en "the audit {audit} was reported already, at record {seq}",
        next "mingzhang show {seq}";
    NotOfTheCommittee { officer: OfficerId, on: Day } = "T04", "中国工会章程（经审会）; 工会法 Art. 45",
        zh "{officer} 在 {on} 不是经审会成员，不能参加审计组",
        en "{officer} is not of the audit committee on {on}, and cannot be of the team",
        next "mingzhang record officer.appoint --help";
    LeadNotOfTheTeam { officer: OfficerId } = "T05", "工会法 Art. 45 (经审会)",
        zh "组长 {officer} 不在审计组名单中", en "the lead {officer} is not named among the team",
        next "mingzhang record audit.open --help";
    TeamTooLarge { found: u32, most: u32 } = "T06", "docs/FORMAT.md",
        zh "审计组最多 {most} 人，实为 {found}", en "a team is at most {most}, and this one {found}",
        most most, found found,
        next "mingzhang record audit.open --help";
    BeforeItsAudit { date: Day, opened: Day } = "T07", "工会法 Art. 45 (经审会)",
        zh "日期 {date} 早于审计立项日期 {opened}", en "the day {date} is before the audit's own, {opened}",
        least opened, found date,
        next "mingzhang log --type audit.opened";
    OutsideTheAudit { audit: AuditId, first: Month, last: Month } = "T08", "docs/auditing.md",
        zh "抽样的月份须在审计项目 {audit} 的期间 {first} 至 {last} 之内",
        en "a sample is of months of the audit {audit}, {first} to {last}",
        next "mingzhang record sample.draw --help";
    NothingToDraw { asked: u32 } = "T09", "docs/auditing.md",
        zh "总体中没有记录，或抽样数 {asked} 为零", en "the population is empty, or the sample of {asked} is",
        next "mingzhang record sample.draw --help";
    SampleDrawnAlready { audit: AuditId, seq: Seq } = "T10", "docs/auditing.md",
        zh "审计项目 {audit} 已在记录 {seq} 从重叠月份的同类凭证抽样；再抽须写明替换它的理由（replaces）",
        en "the audit {audit} has drawn from months that overlap already, at record {seq}: another sample says why it replaces that one (replaces)",
        next "mingzhang show {seq}";
    NotTheLead { officer: OfficerId, lead: OfficerId } = "T11", "工会法 Art. 45 (经审会)",
        zh "审计报告由组长 {lead} 或经审会主任出具，不是 {officer}",
        en "an audit is reported by its lead, {lead}, or the chair of the committee, and not by {officer}",
        next "mingzhang log --type audit.opened";
    FindingLeftOut { audit: AuditId, finding: FindingId } = "T12", "工会法 Art. 45 (经审会); docs/auditing.md",
        zh "审计项目 {audit} 的报告须列出其全部审计发现，缺 {finding}",
        en "the report of {audit} lists all its findings, and {finding} is left out",
        next "mingzhang report findings";
    FindingOfOtherAudit { audit: AuditId, finding: FindingId } = "T13", "docs/auditing.md",
        zh "审计发现 {finding} 不属于审计项目 {audit}，或已列入报告",
        en "the finding {finding} is not of the audit {audit}, or is listed already",
        next "mingzhang report findings";
    AuditFiguresDiffer { what: String, said: Money, books: Money } = "T14", "工会法 Art. 45; 会计法 Art. 14",
        zh "{what} 报告为 {said}，账簿为 {books}", en "{what} is {said} in the report and {books} in the books",
        is books, found said,
        next "mingzhang report audit";
    TooMuchAdvice { found: u32, most: u32 } = "T15", "docs/FORMAT.md",
        zh "建议最多 {most} 条，实为 {found}", en "at most {most} lines of advice, and these are {found}",
        most most, found found,
        next "mingzhang record audit.report --help";
    AuditNotReported { audit: AuditId } = "T16", "工会法 Art. 45 (经审会)",
        zh "审计项目 {audit} 尚未出具报告，不能提出意见",
        en "the audit {audit} of these months is not reported yet, and takes no opinion before",
        next "mingzhang record audit.report --audit {audit} --help";
    AssignedAlready { finding: FindingId, what: String } = "T17", "工会法 Art. 45 (经审会)",
        zh "审计发现 {finding} 已说明 {what}", en "the finding {finding} says its {what} already",
        next "mingzhang report findings";
    OwnerOnCommittee { officer: OfficerId } = "T18", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是经审会成员，不能作为整改责任人",
        en "{officer} is of the audit committee, which puts nothing right itself",
        next "mingzhang record finding.assign --help";
    NotAnswerable { officer: OfficerId, finding: FindingId } = "T19", "docs/auditing.md",
        zh "{officer} 不是审计发现 {finding} 的责任人，也不是会计或主席",
        en "{officer} is neither the owner of the finding {finding} nor accountant nor chair",
        next "mingzhang report findings";
    EvidenceMissing { finding: FindingId } = "T20", "工会审计整改（整改证据）",
        zh "审计发现 {finding} 报已整改，须有整改证据", en "the finding {finding} is said to be put right, and nothing shows it",
        next "mingzhang record rectification.report --help";
    ClearedByOwner { officer: OfficerId, finding: FindingId } = "T21", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是审计发现 {finding} 的责任人或报告整改的人，不能销号",
        en "{officer} owns the finding {finding} or has reported on it, and does not clear it",
        next "mingzhang record finding.clear --help";
    HoursWrong { first: u32, last: u32 } = "T22", "规定: audit_thresholds",
        zh "时间须是 0 至 24 点，且由早到晚：{first} 至 {last}",
        en "hours run from 0 to 24, the earlier one first: {first} to {last}",
        next "mingzhang schema command rule.set";
    FindingInNoReport { finding: FindingId, first: Month, last: Month } = "T23", "工会法 Art. 45 (经审会); docs/auditing.md",
        zh "{first} 至 {last} 的审计发现 {finding} 未销号，也未列入任何审计报告，不能出具无保留意见",
        en "the finding {finding} of {first} to {last} is neither cleared nor in any report, which no unqualified opinion passes over",
        next "mingzhang report findings";
    SampleReplacesNone { seq: Seq } = "T24", "docs/auditing.md",
        zh "记录 {seq} 不是同类凭证、重叠月份且仍有效的抽样的首条记录，不能写为被替换",
        en "record {seq} is not the first one of a sample of the same kind and of months that overlap, or was replaced already",
        next "mingzhang log --type sample.drawn";
    NotRectified { finding: FindingId } = "T25", "工会审计整改（整改证据）; docs/auditing.md",
        zh "审计发现 {finding} 已指定责任人或期限，尚未报告整改完成，不能销号",
        en "the finding {finding} has an owner or a day by which it is put right, and nobody has said that it is: it is not cleared before",
        next "mingzhang record rectification.report --finding {finding} --help";
}
