//! Mutual aid.

family! {
    ($) mutual
    SchemeExists { scheme: SchemeId } = "U16", "职工医疗互助办法",
        zh "互助保障 {scheme} 已设立", en "the scheme {scheme} is open already",
        next "mingzhang log --type scheme.opened";
    SchemeUnknown { scheme: SchemeId } = "U17", "职工医疗互助办法",
        zh "没有互助保障 {scheme}", en "there is no scheme {scheme}",
        next "mingzhang record scheme.open --help";
    SchemeOfFreeFund { fund: FundId } = "U18", "财会〔2021〕7号 Art. 22 (专款专用)",
        zh "{fund} 不是专项资金，也不是代管项目", en "{fund} is neither a restricted fund nor a custodial project",
        next "mingzhang record custodial_project.open --help";
    NotAMutualItem { item: WelfareItemId } = "U19", "职工医疗互助办法",
        zh "{item} 不是互助给付项目", en "{item} is no item of mutual aid",
        next "mingzhang record welfare_item.define --help";
    TermsNotInOrder { scheme: SchemeId } = "U20", "职工医疗互助办法",
        zh "互助保障 {scheme} 的办法有误：每个保障一条，分段由低到高", en "the terms of {scheme} are wrong: one for each scheme, and its bands from low to high",
        next "mingzhang schema command rule.set";
    TermsMissing { scheme: SchemeId, on: Day } = "U21", "职工医疗互助办法",
        zh "互助保障 {scheme} 在 {on} 没有办法", en "{scheme} has no terms on {on}",
        next "mingzhang record rule.set --help";
    ContributionsDiffer { scheme: SchemeId, each: Money, declared_people: u32, declared: Money, people: u32, total: Money, people_apart: u32, apart: Money } =
        "U22", "会计基础工作规范 Art. 51 (名册与实收核对)",
        zh "互助保障 {scheme} 每人 {each}：申报 {declared_people} 人 {declared}，名册为 {people} 人 {total}，相差 {people_apart} 人 {apart}",
        en "{scheme} is {each} each: {declared_people} people and {declared} were declared, and the list comes to {people} and {total}: {people_apart} people and {apart} apart",
        is (people, total), found (declared_people, declared),
        next "mingzhang record contributions.receive --help";
    CoverNotPaid { disbursement: DisbursementId, each: Money, people: u32, total: Money, requested: Money, apart: Money } =
        "U23", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "用款 {disbursement} 为 {requested}，名册 {people} 人每人 {each} 共 {total}，相差 {apart}",
        en "{disbursement} is {requested}, and {people} people at {each} are {total}: {apart} apart",
        is total, found requested,
        next "mingzhang record cover.list --help";
    CoveredAlready { scheme: SchemeId, to: Beneficiary, first: Day, last: Day, by: Seq } = "U24", "职工医疗互助办法",
        zh "{to} 已由记录 {by} 参加 {scheme}，{first} 至 {last}", en "{to} is covered by {scheme} from {first} through {last}, by record {by}",
        next "mingzhang show {by}";
    ClaimExists { claim: ClaimId } = "U25", "职工医疗互助办法",
        zh "给付申请 {claim} 已登记", en "the claim {claim} is recorded already",
        next "mingzhang log --type claim.opened";
    ClaimUnknown { claim: ClaimId } = "U26", "职工医疗互助办法",
        zh "没有给付申请 {claim}", en "there is no claim {claim}",
        next "mingzhang record claim.open --help";
    NotCovered { scheme: SchemeId, to: Beneficiary, date: Day } = "U27", "职工医疗互助办法",
        zh "{to} 在 {date} 未参加 {scheme}", en "{to} is not covered by {scheme} on {date}",
        next "mingzhang record contributions.receive --help";
    InWaitingPeriod { claim: ClaimId, first: Day, waiting: u32, date: Day } = "U28", "职工医疗互助办法",
        zh "给付申请 {claim}：{first} 起保，等待期 {waiting} 天，{date} 尚在等待期内",
        en "the claim {claim}: covered since {first}, nothing is granted for {waiting} days, and {date} is one of them",
        next "mingzhang log --type cover.listed";
    ClaimDecidedAlready { claim: ClaimId, by: Seq } = "U29", "职工医疗互助办法",
        zh "给付申请 {claim} 已由记录 {by} 核定", en "the claim {claim} was decided by record {by}",
        next "mingzhang show {by}";
    ClaimOtherwise { claim: ClaimId, granted: Money, asked: Money, apart: Money } = "U30", "职工医疗互助办法",
        zh "给付申请 {claim} 按办法为 {granted}，而非 {asked}，相差 {apart}",
        en "the terms grant {granted} of the claim {claim}, not {asked}: {apart} apart",
        is granted, found asked,
        next "mingzhang record claim.decide --claim {claim} --on DATE --amount {granted}";
    ClaimNotGranted { claim: ClaimId } = "U31", "职工医疗互助办法",
        zh "给付申请 {claim} 未核定或核定为零", en "nothing is granted of the claim {claim}",
        next "mingzhang record claim.decide --help";
    ClaimRequestedAlready { claim: ClaimId } = "U32", "职工医疗互助办法",
        zh "给付申请 {claim} 已申请用款或已付", en "the claim {claim} is requested or paid already",
        next "mingzhang log --type claims.requested";
    ClaimsMixed { claim: ClaimId } = "U33", "职工医疗互助办法",
        zh "给付申请 {claim} 重复，或属于另一互助保障，须分开申请用款",
        en "the claim {claim} stands there twice or is of another scheme: request it apart",
        next "mingzhang record claims.request --help";
    SchemeFundTaken { fund: FundId, scheme: SchemeId } = "U37", "财会〔2021〕7号 Art. 22 (专款专用)",
        zh "{fund} 属于互助保障 {scheme}，每次募捐、每项互助须有自己的资金或代管项目",
        en "{fund} is of the scheme {scheme}: each drive and each scheme has a fund or project of its own",
        next "mingzhang record fund.establish --help";
    CoverPaidAlready { disbursement: DisbursementId, by: Seq } = "U38", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "用款 {disbursement} 已由记录 {by} 列入参保名册", en "the disbursement {disbursement} pays for the list of record {by} already",
        next "mingzhang show {by}";
    CoverBeforePayment { disbursement: DisbursementId } = "U39", "会计基础工作规范 Art. 51 (名册与实付核对)",
        zh "用款 {disbursement} 尚未付款，不能列入参保名册", en "the disbursement {disbursement} is not paid, so it covers nobody yet",
        next "mingzhang record disbursement.pay --disbursement {disbursement} --date DATE --from bank";
    ContributionClaimed { record: Seq, claim: ClaimId } = "U40", "职工医疗互助办法",
        zh "记录 {record} 收的互助金已有给付申请 {claim} 申请用款或已付，不能冲销",
        en "the claim {claim} rests on the contributions of record {record} and is requested or paid, so the record stays",
        next "mingzhang show {record}";
    PaidByClaim { item: WelfareItemId } = "U41", "职工医疗互助办法",
        zh "{item} 是互助给付项目，须经申请、核定后给付", en "{item} is mutual aid: it is given by a claim that was decided on",
        next "mingzhang record claim.open --help";
    ClaimOfOtherFund { scheme: SchemeId, fund: FundId, asked: FundId } =
        "U43", "财会〔2021〕7号 Art. 22 (专款专用); 职工医疗互助办法",
        zh "互助保障 {scheme} 的给付只用本保障的资金 {fund}，不用 {asked}",
        en "claims of {scheme} are paid out of its own fund {fund}, and not out of {asked}",
        next "mingzhang record fund.transfer --help";
}
