//! Spending.

family! {
    ($) spending
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
        next "mingzhang record disbursement.request --as ANOTHER-OFFICER --help";
    ApproverIsRequester { officer: OfficerId } = "X07", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是申请人，不能审批", en "{officer} requested this and cannot approve it",
        next "mingzhang approve --as ANOTHER-OFFICER";
    ApproverIsPayee { officer: OfficerId } = "X08", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是收款人，不能审批", en "{officer} is the payee and cannot approve this",
        next "mingzhang approve --as ANOTHER-OFFICER";
    PayerIsPayee { officer: OfficerId } = "X09", "会计法 Art. 35",
        zh "{officer} 是收款人，不能付款", en "{officer} is the payee and cannot pay this out",
        next "mingzhang record disbursement.pay --as ANOTHER-OFFICER --help";
    ApproverIsPayer { officer: OfficerId } = "X10", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{officer} 审批过此项，不能付款", en "{officer} approved this and cannot pay it out",
        next "mingzhang record disbursement.pay --as ANOTHER-OFFICER --help";
    PayerIsRequester { officer: OfficerId } = "X16", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{officer} 是申请人，不能付款", en "{officer} requested this and cannot pay it out",
        next "mingzhang record disbursement.pay --as ANOTHER-OFFICER --help";
    ApprovedTwice { officer: OfficerId } = "X11", "会计基础工作规范 Art. 11",
        zh "{officer} 已经批准过", en "{officer} has approved this already",
        next "mingzhang approve --as ANOTHER-OFFICER";
    ApprovalNotNeeded { officer: OfficerId, needed: Vec<Role> } = "X12", "规定: approval_bands",
        zh "此金额由 {needed} 审批，{officer} 无此职务",
        en "this amount is approved by {needed}, and {officer} holds no such office",
        next "mingzhang approve --as ANOTHER-OFFICER";
    ApprovalOfOtherAmount { requested: Money, approved: Money } = "X13", "会计基础工作规范 Art. 51",
        zh "申请金额 {requested}，批准金额 {approved}，二者须相同",
        en "{requested} was requested and {approved} approved; they must be the same",
        is requested, found approved,
        next "mingzhang log --type disbursement.requested";
    NotYetApproved { disbursement: DisbursementId, missing: Vec<Role> } = "X14", "规定: approval_bands",
        zh "支出 {disbursement} 尚缺 {missing} 批准", en "the disbursement {disbursement} still lacks the approval of {missing}",
        next "mingzhang approve {disbursement} --as OFFICER";
    NotAsRequested { disbursement: DisbursementId, requested: String, asked: String } = "X37",
        "会计基础工作规范 Art. 51",
        zh "支出 {disbursement} 申请并批准的是 {requested}，本次为 {asked}",
        en "the disbursement {disbursement} was requested and approved of {requested}, and this is of {asked}",
        next "mingzhang log --type disbursement.requested";
    RequestNeeded { command: String, account: AccountCode } = "X38", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{command} 须用 disbursement 指明科目 {account} 上已批准的申请",
        en "{command} names, as its disbursement, an approved request on {account}",
        next "mingzhang record disbursement.request --account {account} --help";
    BeforeItsRequest { date: Day, requested: Day } = "X15", "会计基础工作规范 Art. 51",
        zh "日期 {date} 早于申请或批准日期 {requested}", en "the day {date} is before the request or approval of {requested}",
        least requested, found date,
        next "mingzhang log";
}
