//! A book that begins in mid-life.

family! {
    ($) opening
    StandingSaid { member: MemberId, paid_through: Month } = "O01", "会计基础工作规范 Art. 36",
        zh "会员 {member} 的期初缴费情况已说明：已缴至 {paid_through}",
        en "of the member {member} it is said already: paid through {paid_through}",
        next "mingzhang log --type dues_standing.opened";
    StandingOfPaidMonth { member: MemberId, month: Month, paid_through: Month } =
        "O02", "会计基础工作规范 Art. 36",
        zh "会员 {member} {month} 的会费已记在本账套，不能又在旧账中缴至 {paid_through}",
        en "the member {member} has paid {month} in this book, and so not in the old one through {paid_through}",
        next "mingzhang log --type dues.received";
    StandingOwesNothing { member: MemberId, paid_through: Month, owed: Money, starts: Day } =
        "O03", "会计基础工作规范 Art. 36",
        zh "会员 {member} 已缴至 {paid_through}，账套自 {starts} 起，之间没有可欠的 {owed}",
        en "the member {member} had paid through {paid_through}, and the book begins on {starts}: no month is left that {owed} could be owed for",
        next "mingzhang schema command dues_standing.open";
}
