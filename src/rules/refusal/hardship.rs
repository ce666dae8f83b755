//! Hardship cases and aid.

family! {
    ($) hardship
    CaseExists { case: CaseId } = "L01", "总工发〔2015〕20号 (一户一档)",
        zh "档案 {case} 已建立", en "the case {case} is open already",
        next "mingzhang report cases";
    CaseUnknown { case: CaseId } = "L02", "总工发〔2015〕20号 (依档帮扶)",
        zh "没有档案 {case}", en "there is no case {case}",
        next "mingzhang record case.open --help";
    CaseClosedAlready { case: CaseId, by: Seq } = "L03", "总工发〔2015〕20号 (依档帮扶)",
        zh "档案 {case} 已由记录 {by} 撤销", en "the case {case} was closed by record {by}",
        next "mingzhang show {by}";
    CaseOfSamePerson { to: Beneficiary, case: CaseId } = "L04", "总工发〔2015〕20号 (一户一档)",
        zh "{to} 已有档案 {case}", en "{to} has the open case {case}",
        next "mingzhang record case.review --help";
    CaseNotValid { case: CaseId, from: Day, through: Day, date: Day } = "L05", "总工发〔2015〕20号 (动态管理)",
        zh "档案 {case} 有效期为 {from} 至 {through}，{date} 不在其内，须先复核",
        en "the case {case} holds from {from} through {through}, and not on {date}: review it first",
        next "mingzhang record case.review --help";
    CaseDaysWrong { earlier: Day, later: Day } = "L06", "总工发〔2015〕20号 (申请、审核、公示、审批)",
        zh "{later} 早于此前的 {earlier}", en "{later} is before {earlier}, which it has to follow",
        least earlier, found later,
        next "mingzhang report cases";
    CaseDayAhead { day: Day, today: Day } = "L07", "总工发〔2015〕20号",
        zh "{day} 晚于今天 {today}", en "{day} is after today, {today}",
        most today, found day,
        next "mingzhang report cases";
    ApplicationExists { application: ApplicationId } = "L08", "总工发〔2015〕20号",
        zh "申请 {application} 已登记", en "the application {application} is recorded already",
        next "mingzhang log --type aid.applied";
    ApplicationUnknown { application: ApplicationId } = "L09", "总工发〔2015〕20号",
        zh "没有申请 {application}", en "there is no application {application}",
        next "mingzhang record aid.apply --help";
    ApplicationTwice { application: ApplicationId } = "L10", "总工发〔2015〕20号",
        zh "申请 {application} 写了两次", en "the application {application} stands there twice",
        next "mingzhang log --type aid.applied";
    NotAnAidItem { item: WelfareItemId } = "L11", "总工发〔2015〕20号",
        zh "{item} 不是帮扶项目", en "{item} is no kind of aid",
        next "mingzhang record welfare_item.define --help";
    AidReviewedAlready { application: ApplicationId, by: Seq } = "L12", "总工发〔2015〕20号",
        zh "申请 {application} 已由记录 {by} 审核", en "the application {application} was reviewed by record {by}",
        next "mingzhang show {by}";
    ReviewerApplied { officer: OfficerId } = "L13", "会计法(2024) Art. 35 (不相容职务分离)",
        zh "{officer} 经办了该申请，不能审核", en "{officer} filed the application and may not review it",
        next "mingzhang report cases";
    ReviewerIsApplicant { officer: OfficerId } = "L14", "会计法(2024) Art. 35 (不相容职务分离)",
        zh "{officer} 是申请人本人，不能审核", en "{officer} is the applicant and may not review it",
        next "mingzhang report cases";
    GrantedAboveApplied { application: ApplicationId, applied: Money, granted: Money, over: Money } =
        "L15", "总工发〔2015〕20号",
        zh "申请 {application} 申请 {applied}，核定 {granted}，多出 {over}",
        en "the application {application} asks for {applied}, and {granted} is {over} too much",
        most applied, found granted,
        next "mingzhang record aid.review --help";
    NotGranted { application: ApplicationId } = "L16", "总工发〔2015〕20号 (申请、审核、公示、审批)",
        zh "申请 {application} 未经审核通过", en "the application {application} is not granted",
        next "mingzhang record aid.review --help";
    NoticeExists { notice: NoticeId } = "L17", "总工发〔2015〕20号 (公示)",
        zh "公示 {notice} 已登记", en "the notice {notice} is recorded already",
        next "mingzhang log --type notice.posted";
    NoticeTooShort { notice: NoticeId, working_days: u32, least: u32, through: Day, earliest: Day } =
        "L18", "规定: notice_days; 总工发〔2015〕20号 (公示)",
        zh "公示 {notice} 至 {through} 只有 {working_days} 个工作日，至少 {least} 个，即至 {earliest}",
        en "the notice {notice} hangs {working_days} working days through {through}; at least {least} are wanted, through {earliest}",
        least least, found working_days,
        next "mingzhang record notice.post --help";
    NotOnNotice { application: ApplicationId } = "L19", "总工发〔2015〕20号 (公示)",
        zh "申请 {application} 没有公示", en "the application {application} is not on notice",
        next "mingzhang record notice.post --help";
    NoticeNotOver { application: ApplicationId, through: Day, date: Day } = "L20", "总工发〔2015〕20号 (公示)",
        zh "申请 {application} 公示至 {through}，{date} 尚未期满",
        en "the application {application} is on notice through {through}, and {date} is not after that",
        next "mingzhang report case-notices";
    NoticeMissing { application: ApplicationId, least: u32 } = "L21", "总工发〔2015〕20号 (公示)",
        zh "申请 {application} 须先公示 {least} 个工作日",
        en "the application {application} has to hang for {least} working days first",
        next "mingzhang record notice.post --help";
    ObjectionOpen { application: ApplicationId } = "L22", "总工发〔2015〕20号 (公示)",
        zh "申请 {application} 有异议未处理，或异议成立", en "somebody spoke against the application {application}, and it is not dismissed",
        next "mingzhang record objection.answer --help";
    NoObjection { application: ApplicationId } = "L23", "总工发〔2015〕20号 (公示)",
        zh "申请 {application} 没有待处理的异议", en "nobody has spoken against the application {application}",
        next "mingzhang report cases";
    AidRequestedAlready { application: ApplicationId } = "L24", "总工发〔2015〕20号",
        zh "申请 {application} 已申请用款或已付", en "the application {application} is requested or paid already",
        next "mingzhang log --type aid.requested";
    ItemsMixed { application: ApplicationId, item: WelfareItemId } = "L25", "总工发〔2015〕20号",
        zh "申请 {application} 属于另一项目 {item}，须分开申请用款",
        en "the application {application} is for another item, {item}: request it apart",
        next "mingzhang record aid.request --help";
    ReviewerRelated { officer: OfficerId, relation: Seq } = "L27", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 与申请人有记录 {relation} 申报的关系，应当回避，不能审核或答复",
        en "{officer} is related to the applicant by record {relation}, and keeps away from review and answer",
        next "mingzhang show {relation}";
    ReviewerAnswers { officer: OfficerId, application: ApplicationId } = "L28", "会计法(2024) Art. 35 (不相容职务分离)",
        zh "申请 {application} 由 {officer} 审核，异议须由他人答复",
        en "{officer} reviewed the application {application}: somebody else answers what is said against it",
        next "mingzhang record objection.answer --help";
    CaseWasFalse { disbursement: DisbursementId, case: CaseId, by: Seq } = "L29", "总工发〔2015〕20号 (依档帮扶)",
        zh "用款 {disbursement} 所依档案 {case} 已由记录 {by} 因情况不实撤销，不能付款",
        en "{disbursement} rests on the case {case}, which record {by} closed as a false claim: it is not paid",
        next "mingzhang record disbursement.cancel --disbursement {disbursement} --help";
    AidNeedsCase { item: WelfareItemId } = "L26", "总工发〔2015〕20号 (依档帮扶)",
        zh "{item} 属于帮扶，须依档申请、审核、公示后用 aid.request 申请用款",
        en "{item} is aid: it rests on a case, an application, its review and notice, and is asked for by aid.request",
        next "mingzhang record aid.request --help";
}
