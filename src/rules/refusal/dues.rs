//! Members and dues.

family! {
    ($) dues
    GroupExists { group: GroupId } = "M01", "中国工会章程",
        zh "工会小组 {group} 已设立", en "the group {group} is defined already",
        next "mingzhang report dues";
    GroupUnknown { group: GroupId } = "M02", "中国工会章程",
        zh "没有工会小组 {group}", en "there is no group {group}",
        next "mingzhang record group.define --help";
    MemberExists { member: MemberId } = "M03", "中国工会章程",
        zh "会员 {member} 已登记", en "the member {member} is enrolled already",
        next "mingzhang report dues";
    MemberUnknown { member: MemberId } = "M04", "中国工会章程",
        zh "没有会员 {member}", en "there is no member {member}",
        next "mingzhang record member.enrol --help";
    MemberGone { member: MemberId, left: Day } = "M05", "中国工会章程",
        zh "会员 {member} 已于 {left} 离会", en "the member {member} left on {left}",
        next "mingzhang report dues";
    MemberNotYet { member: MemberId, joined: Day, date: Day } = "M06", "中国工会章程",
        zh "会员 {member} 于 {joined} 入会，{date} 在其之前",
        en "the member {member} joined on {joined}, and {date} is before that",
        least joined, found date,
        next "mingzhang report dues";
    BaseNegative { base: Money } = "M07", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会费基数不能为负：{base}", en "a dues base cannot be negative: {base}",
        next "mingzhang record dues_base.set --help";
    RejoinTooEarly { member: MemberId, left: Day, on: Day } = "M08", "中国工会章程",
        zh "会员 {member} 于 {left} 离会，重新入会须在其后，而非 {on}",
        en "the member {member} left on {left} and can come back only after that day, not on {on}",
        next "mingzhang report membership";
    DuesNotOwed { member: MemberId, month: Month } = "D01", "中国工会章程",
        zh "会员 {member} 不欠 {month} 的会费（未入会或已离会）",
        en "the member {member} owes no dues for {month} (not yet or no longer a member)",
        next "mingzhang report dues";
    DuesBaseMissing { member: MemberId, month: Month } = "D02", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会员 {member} 在 {month} 没有会费基数", en "the member {member} has no dues base for {month}",
        next "mingzhang record dues_base.set --member {member} --from {month} --base AMOUNT";
    DuesOverpaid { member: MemberId, month: Month, due: Money, paid: Money, asked: Money } = "D03", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会员 {member} {month} 应缴 {due}，已缴 {paid}，本次 {asked}，超过应缴",
        en "the member {member} owes {due} for {month}, has paid {paid}, and {asked} more is too much",
        most due.minus(*paid), found asked,
        next "mingzhang report dues";
    DuesLineTwice { member: MemberId, month: Month } = "D04", "会计基础工作规范 Art. 51",
        zh "会员 {member} {month} 在名册中出现两次", en "the roll names member {member} for {month} twice",
        next "mingzhang schema command dues.receive";
    RollDiffers { declared_members: u32, declared: Money, members: u32, total: Money, members_apart: u32, apart: Money, concerned: Vec<MemberId> } =
        "D05", "会计基础工作规范 Art. 51 (名册与实收核对)",
        zh "申报 {declared_members} 人 {declared}，名册为 {members} 人 {total}，相差 {members_apart} 人 {apart}；请核对 {concerned}",
        en "{declared_members} members and {declared} were declared, and the roll comes to {members} and {total}: {members_apart} members and {apart} apart; look at {concerned}",
        is (members, total), found (declared_members, declared),
        next "mingzhang report dues";
    DuesPaidTooFar { member: MemberId, asked: Money, owed: Money, through: Month, over: Money } =
        "D06", "中国工会章程 (会费按月缴纳)",
        zh "会员 {member} 至 {through} 共应再缴 {owed}，本次 {asked}，多出 {over}",
        en "the member {member} can owe {owed} through {through}, and {asked} is {over} too much",
        most owed, found asked,
        next "mingzhang report dues";
    NotInGroup { member: MemberId, group: GroupId, month: Month } = "D07", "中国工会章程",
        zh "会员 {member} 在 {month} 不属工会小组 {group}",
        en "the member {member} is not in the group {group} in {month}",
        next "mingzhang record member.transfer --help";
    RollOtherMonth { month: Month, first: Month, last: Month } = "D08", "会计基础工作规范 Art. 51",
        zh "名册为 {first} 至 {last}，明细中有 {month}",
        en "the roll is for {first} to {last}, and a line is for {month}",
        next "mingzhang schema command dues.receive_roll";
    DuesMonthsBackwards { first: Month, last: Month } = "D09", "会计基础工作规范 Art. 51",
        zh "末月 {last} 早于首月 {first}", en "the last month {last} is before the first, {first}",
        least first, found last,
        next "mingzhang record --help";
    WaivedTooMuch { member: MemberId, month: Month, due: Money, waived: Money, paid: Money, asked: Money } =
        "D10", "中国工会章程 (会费按工资收入的 0.5% 计缴)",
        zh "会员 {member} {month} 应缴 {due}，已减免 {waived}，已缴 {paid}，本次减免 {asked}，超过尚欠",
        en "the member {member} owes {due} for {month}, {waived} is waived and {paid} paid: {asked} is more than is left",
        most due.minus(*waived).minus(*paid), found asked,
        next "mingzhang report arrears";
    NothingOwed { member: MemberId, first: Month, last: Month } = "D11", "中国工会章程",
        zh "会员 {member} {first} 至 {last} 不欠会费，无可减免",
        en "the member {member} owes nothing for {first} to {last} that could be waived",
        next "mingzhang report arrears";
    RefundedTooMuch { member: MemberId, month: Month, paid: Money, asked: Money, over: Money } =
        "D12", "财会〔2021〕7号, 401",
        zh "会员 {member} {month} 实缴 {paid}，本次退 {asked}，多出 {over}",
        en "the member {member} has paid {paid} for {month}, and {asked} cannot be given back: {over} too much",
        most paid, found asked,
        next "mingzhang report dues";
    DuesRefundedSince { seq: Seq, member: MemberId, month: Month, paid: Money, taken: Money } =
        "D13", "会计基础工作规范 Art. 61",
        zh "记录 {seq} 中会员 {member} {month} 的 {taken} 已退还，账上只余 {paid}，须先冲销退款",
        en "of record {seq} the {taken} of member {member} for {month} was given back since, and {paid} is left: reverse the refund first",
        least taken, found paid,
        next "mingzhang log --type dues.refunded";
    WaiverUnknown { waiver: Seq } = "D14", "会计基础工作规范 Art. 61",
        zh "记录 {waiver} 不是有效的会费减免", en "record {waiver} is no waiver of dues that still holds",
        next "mingzhang log --type dues.waived";
    OwnDuesWaived { officer: OfficerId, member: MemberId } = "D15", "会计基础工作规范 Art. 11 (内部牵制)",
        zh "{officer} 是会员 {member} 本人，不得减免自己的会费",
        en "{officer} is the member {member} and does not waive his own dues",
        next "mingzhang record dues.waive --member {member} --as OFFICER --help";
    WaivedTooFar { member: MemberId, last: Month, through: Month } = "D16", "中国工会章程 (会费按月缴纳)",
        zh "会员 {member} 的会费最多减免到 {through}，不能减免到 {last}",
        en "the dues of the member {member} are waived through {through} at most, and not through {last}",
        most through, found last,
        next "mingzhang record dues_terms.set --member {member} --help";
    RefundOfOtherFund { member: MemberId, month: Month, fund: FundId, paid: Money, asked: Money } =
        "D17", "财会〔2021〕7号, 401; 会计法 Art. 27",
        zh "会员 {member} {month} 的会费记入资金 {fund} 的余 {paid}，不能由该资金退 {asked}",
        en "of the dues of {member} for {month}, {paid} is in the fund {fund}, which cannot give {asked} back",
        most paid, found asked,
        next "mingzhang log --type dues.received";
    DuesBackToMembers { account: AccountCode } = "D18", "财会〔2021〕7号, 401",
        zh "{account} 上只能申请退还会员的会费，收款人须为会员或名册",
        en "what is requested on {account} is given back to members: to one of them, or to a roster",
        next "mingzhang schema command disbursement.request";
}
