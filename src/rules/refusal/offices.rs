//! What stands beside an office: relatives, split payments, the life of an approval, terms, substitutes
//! and handovers.

family! {
    ($) offices
    RelatedToPayee { officer: OfficerId, relation: Seq } = "O04", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 与收款人有关系（记录 {relation}），应当回避，不能申请、审批、付款或稽核：由另一人办理，审批由审批权限内的另一人；他的代理人也不能代他审批",
        en "{officer} is related to the payee (record {relation}) and neither requests, approves, pays nor reviews this: somebody else does, and of the band that approves another officer; whoever stands in for him cannot approve it either",
        next "mingzhang record officer.appoint --help";
    RelatedToRequester { officer: OfficerId, requester: OfficerId, relation: Seq } =
        "O05", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 与申请人 {requester} 有关系（记录 {relation}），应当回避，不能审批",
        en "{officer} is related to {requester}, who requested this (record {relation}), and cannot approve it",
        next "mingzhang report officers";
    RelationDeclaredAlready { officer: OfficerId, relation: Seq } = "O06", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 的这项关系已由记录 {relation} 声明", en "this relation of {officer} was declared already, by record {relation}",
        next "mingzhang show {relation}";
    RelationUnknown { officer: OfficerId } = "O07", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 没有这样一项未解除的关系", en "{officer} has no such relation that has not ended",
        next "mingzhang report officers";
    RelationToOneself { officer: OfficerId } = "O08", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 声明的是与自己的关系，须写另一人或单位",
        en "{officer} would be related to himself: say another person or an organisation",
        next "mingzhang record relation.declare --help";
    RelativesInOffice { officer: OfficerId, role: Role, other: OfficerId, other_role: Role } =
        "O09", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer}（{role}）与 {other}（{other_role}）是亲属或有利害关系，不能同时任此二职，须先免去其一",
        en "{officer} ({role}) and {other} ({other_role}) are related and cannot hold these offices at once: one of them leaves first",
        next "mingzhang record officer.remove --help";
    RelationEndedByItself { officer: OfficerId } = "O10", "会计基础工作规范 Art. 16 (回避)",
        zh "{officer} 是此项关系的一方，须由另一人记录解除",
        en "{officer} is a side of this relation, and somebody else has to say that it has ended",
        next "mingzhang record relation.end --as OFFICER --help";
    RelationEndsBefore { from: Day, on: Day } = "O11", "会计基础工作规范 Art. 16 (回避)",
        zh "关系自 {from} 起，不能在 {on} 已解除", en "the relation began on {from} and cannot have ended on {on}",
        least from, found on,
        next "mingzhang report officers";
    PaymentSplit { disbursement: DisbursementId, earlier: String, days: u32, sum: Money, band: Vec<Role> } =
        "O12", "规定: split_watch; 会计基础工作规范 Art. 11",
        zh "支出 {disbursement} 与 {earlier} 在 {days} 日内付给同一收款人或同一名册事项，合计 {sum} 应由 {band} 审批，疑似拆分",
        en "{disbursement} goes to the payee or is of the list of {earlier} within {days} days, and their sum of {sum} takes the approval of {band}: it looks split",
        next "mingzhang record disbursement.cancel --help";
    ApprovalExpired { disbursement: DisbursementId, approved: Day, date: Day, days: u32 } =
        "O13", "规定: approval_expiry",
        zh "支出 {disbursement} 的最后一次批准在 {approved}，{date} 付款已过 {days} 日，须撤销后重新申请",
        en "{disbursement} was approved last on {approved}, and {date} is more than {days} days later: withdraw it and request it again",
        next "mingzhang record disbursement.cancel --disbursement {disbursement} --help";
    OfficesIncompatibleHere { officer: OfficerId, one: Role, other: Role, source: String } =
        "O14", "规定: incompatible_offices",
        zh "{officer} 不能同时担任 {one} 和 {other}（{source}）",
        en "{officer} cannot be {one} and {other} at once ({source})",
        next "mingzhang record officer.appoint --help";
    OfficePairWrong { role: Role } = "O15", "规定: incompatible_offices",
        zh "不相容职务须是两个不同的职务，而非 {role} 与 {role}",
        en "incompatible offices are two: {role} and {role} are one",
        next "mingzhang schema command rule.set";
    TermNotGiven { years: u32 } = "O16", "中国工会章程 (基层任期三年或五年)",
        zh "任期为 {years} 年，须为 1 至 10 年", en "a term of {years} years was said, and 1 to 10 are possible",
        next "mingzhang schema command rule.set";
    SubstituteForOther { officer: OfficerId, roles: Vec<Role>, holds: Vec<Role> } = "O17", "docs/FORMAT.md, 18.1",
        zh "{officer} 可由他人代为审批的职务是 {holds}，而非 {roles}",
        en "of {officer} others can approve as {holds}, not as {roles}",
        next "mingzhang schema command substitute.name";
    SubstituteRelated { by: OfficerId, officer: OfficerId, relation: Seq } =
        "O18", "会计基础工作规范 Art. 16 (回避)",
        zh "{by} 与 {officer} 有关系（记录 {relation}），不能代理",
        en "{by} is related to {officer} (record {relation}) and cannot stand in for him",
        next "mingzhang record substitute.name --help";
    SubstituteDays { first: Day, last: Day } = "O19", "docs/FORMAT.md, 18.1",
        zh "代理自 {first} 起，不能在 {last} 已止", en "a substitute from {first} on cannot end on {last}",
        least first, found last,
        next "mingzhang schema command substitute.name";
    SubstituteIsHimself { officer: OfficerId } = "O45", "docs/FORMAT.md, 18.1",
        zh "{officer} 不能代理自己", en "{officer} cannot stand in for himself",
        next "mingzhang record substitute.name --help";
    HandoverAfterwards { on: Day, last: Day } = "O46", "会计基础工作规范 Art. 25, 26",
        zh "账已记到 {last}，{on} 的账面数已变：交接须先于其后的账记录",
        en "the book has entries of {last}, and is not what it was on {on}: a handover is recorded before what comes after it",
        least last, found on,
        next "mingzhang record handover.record --help";
    HandoverOfHeldOffices { officer: OfficerId, office: Role } = "O47", "会计基础工作规范 Art. 25",
        zh "{officer} 不任{office}，不能移交或接收此项工作",
        en "{officer} does not hold the office of {office} and neither hands it over nor takes it",
        next "mingzhang record officer.appoint --help";
    HandoverToOneself { officer: OfficerId } = "O48", "会计基础工作规范 Art. 25, 28",
        zh "移交人、接收人、监交人须是三个人，{officer} 出现两次",
        en "who hands over, who takes over and who watches are three persons, and {officer} is two of them",
        next "mingzhang record handover.record --help";
    HandoverUnwatched { witness: OfficerId, needed: Vec<Role> } = "O49", "会计基础工作规范 Art. 28",
        zh "监交人须任 {needed}，{witness} 不任", en "{needed} watches this handover, and {witness} holds no such office",
        next "mingzhang record handover.record --help";
    CashNotCounted { on: Day } = "O50", "会计基础工作规范 Art. 27 (现金当面点交)",
        zh "{on} 没有盘点现金，出纳交接须先盘点", en "no cash was counted on {on}, and the cashier's work is not handed over before it is",
        next "mingzhang record cash.count --help";
    HandoverDiffers { what: String, book: String, declared: String } = "O51", "会计基础工作规范 Art. 27 (账实相符)",
        zh "{what}：账面 {book}，移交 {declared}，不符须先查清，或写明原因",
        en "{what}: the book says {book} and the handover {declared}; find out why first, or say it",
        is book, found declared,
        next "mingzhang schema command handover.record";
    SubstituteNotToday { by: OfficerId, officer: OfficerId, first: Day, last: Day, today: Day } =
        "O52", "docs/FORMAT.md, 18.1",
        zh "{by} 代理 {officer} 审批自 {first} 起至 {last} 止，今天是 {today}：以记录当天为准，不看批准写的日期",
        en "{by} stands in for {officer} from {first} through {last}, and today is {today}: the day of recording counts, not the day that the approval bears",
        next "mingzhang record substitute.name --help";
    SubstituteForPartial { by: OfficerId, officer: OfficerId, disbursement: DisbursementId } =
        "O54", "会计基础工作规范 Art. 11, 16 (不相容职务分离、回避)",
        zh "{officer} 本人申请了用款 {disbursement}、是收款人或与其有关系，不能审批；{by} 代理他，也不能代他审批",
        en "{officer} requested disbursement {disbursement}, is paid by it, or is related to who is, and could not decide on it himself; neither can {by}, who stands in for him",
        next "mingzhang approve --as ANOTHER-OFFICER";
    HandedOver { officer: OfficerId, office: Role, on: Day, handover: Seq } =
        "O53", "会计基础工作规范 Art. 25 (移交后由接收人经办)",
        zh "{officer} 已在 {on} 移交{office}工作（记录 {handover}）：除非重新任职，不再经办收付和记账；此前日期的账使移交时的账面数不再相符",
        en "{officer} handed over the office of {office} on {on} (record {handover}) and keeps neither money nor books of it unless appointed anew; what is dated before that changes what was handed over",
        next "mingzhang report handover --of {handover}";
}
