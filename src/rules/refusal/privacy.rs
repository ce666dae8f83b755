//! Private data.

family! {
    ($) privacy
    SubjectUnknown { subject: SubjectId } = "V01", "docs/FORMAT.md, 20",
        zh "没有个人信息主体 {subject}", en "there is no subject {subject}",
        next "mingzhang vault list";
    SubjectIsOther { subject: SubjectId, of: Option<Person>, asked: Option<Person> } = "V02", "docs/FORMAT.md, 20",
        zh "主体 {subject} 是 {of}，不能改为 {asked}",
        en "the subject {subject} is {of}, and cannot become {asked}",
        next "mingzhang vault list";
    PrivateFieldTwice { field: Text } = "V03", "docs/FORMAT.md, 20",
        zh "字段 {field} 出现两次", en "the field {field} is named twice",
        next "mingzhang schema command privacy.commit";
    PrivateFieldNotInForce { subject: SubjectId, field: Text } = "V04", "docs/FORMAT.md, 20",
        zh "主体 {subject} 没有字段 {field}，或已删除",
        en "the subject {subject} has no field {field}, or it was erased",
        next "mingzhang vault list";
    TooManyAtOnce { found: u32, most: u32 } = "V05", "docs/FORMAT.md, 3",
        zh "一条记录最多写 {most} 项，实为 {found}",
        en "a record takes {most} of them at most, and {found} were given",
        most most, found found,
        next "mingzhang schema command privacy.commit";
    ErasureNeedsChair { approver: OfficerId } = "V06", "个人信息保护法 Art. 47, 51",
        zh "删除个人信息须由主席批准，{approver} 不是主席",
        en "an erasure is approved by the chair, and {approver} does not hold that office",
        next "mingzhang vault erase --approver CHAIR --help";
    ApproverErases { approver: OfficerId } = "V07", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{approver} 不能批准自己经办的删除", en "{approver} cannot approve an erasure of his own making",
        next "mingzhang vault erase --as ANOTHER-OFFICER --help";
    IdentityNumberSaid { field: String } = "V08", "个人信息保护法 Art. 6, 28, 51",
        zh "{field} 中写有公民身份号码：账簿不写个人号码，须用会员编号，或登记为个人信息",
        en "the number of an identity card stands in {field}: no such number stands in the book; say the member's id, or commit to it as private data",
        next "mingzhang schema command privacy.commit";
    MobileNumberSaid { field: String } = "V09", "个人信息保护法 Art. 6, 51",
        zh "{field} 中写有手机号码：账簿不写个人号码，须用会员编号，或登记为个人信息",
        en "the number of a mobile phone stands in {field}: no such number stands in the book; say the member's id, or commit to it as private data",
        next "mingzhang schema command privacy.commit";
}
