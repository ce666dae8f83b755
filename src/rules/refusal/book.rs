//! The book and its officers.

family! {
    ($) book
    NoLedgerYet {} = "B01", "会计基础工作规范 Art. 36",
        zh "账套尚未建立", en "the book has not begun",
        next "mingzhang init --help";
    LedgerExists {} = "B02", "财会〔2024〕12号 Art. 21(三)",
        zh "账套已经建立，不能重建", en "the book has begun already and cannot begin again",
        next "mingzhang log";
    OfficerUnknown { officer: OfficerId } = "B03", "会计法 Art. 25",
        zh "{officer} 未在账套中任职", en "{officer} holds no office in this book",
        next "mingzhang record officer.appoint --help";
    OfficeNeeded { officer: OfficerId, holds: Vec<Role>, needed: Vec<Role> } =
        "B04", "会计法 Art. 35; 会计基础工作规范 Art. 11",
        zh "{officer} 的职务是 {holds}，此项须由 {needed} 办理",
        en "{officer} holds {holds}, and this takes {needed}",
        next "mingzhang record --as OFFICER --help";
    OfficesIncompatible { officer: OfficerId, one: Role, other: Role } =
        "B05", "会计法 Art. 35 (出纳); 工会法 Art. 45 (经审会)",
        zh "{officer} 不能同时担任 {one} 和 {other}",
        en "{officer} cannot be {one} and {other} at once",
        next "mingzhang record officer.appoint --help";
    RuleMissing { rule: RuleKind, on: Day } = "B06", "财会〔2021〕7号 Art. 8",
        zh "{on} 没有有效的规定：{rule}", en "no rule {rule} is in force on {on}",
        next "mingzhang record rule.set --help";
    RuleOutOfRange { found: u32, most: u32 } = "B07", "财会〔2021〕7号, 402",
        zh "比例为 {found} 个基点，最多为 {most}",
        en "the share is {found} basis points, and at most {most} are possible",
        most most, found found,
        next "mingzhang schema command rule.set";
    BandsIncomplete { bands: u32 } = "B08", "会计基础工作规范 Art. 11",
        zh "审批权限共 {bands} 档：金额须递增，每档须有审批职务，末档不设上限",
        en "the {bands} approval bands must rise, each name an office, and the last have no upper end",
        next "mingzhang schema command rule.set";
    LedgerPinned { field: String, expected: String, found: String } = "B09", "docs/FORMAT.md",
        zh "建账信息 {field} 应为 {expected}，实为 {found}",
        en "{field} of a new book must be {expected}, and is {found}",
        is expected, found found,
        next "mingzhang init --help";

    MemberIsOfficer { member: MemberId, officer: OfficerId } = "B10", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "会员 {member} 已是经办人 {officer}，一人不能有两个编号",
        en "the member {member} is the officer {officer} already, and nobody has two ids",
        next "mingzhang log --type officer.appointed";
    OfficerIsMember { officer: OfficerId, member: MemberId } = "B11", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 是会员 {member}，重新任命不能改变",
        en "{officer} is the member {member}, and an appointment cannot change that",
        next "mingzhang log --type officer.appointed";

    RuleSetAfterwards { rule: RuleKind, from: Day, today: Day } = "B13", "会计法 Art. 25; 会计基础工作规范 Art. 11",
        zh "规定 {rule} 已有，改定的自记录之日 {today} 起执行，不能追溯到 {from}",
        en "the rule {rule} is there already: another one begins on the day that it is recorded, {today}, and not before, on {from}",
        least today, found from,
        next "mingzhang record rule.set --help";
    LastChair { officer: OfficerId } = "B12", "工会法 Art. 10",
        zh "{officer} 是唯一的主席，须先任命继任者", en "{officer} is the only chair; appoint the successor first",
        next "mingzhang record officer.appoint --roles chair --help";
}
