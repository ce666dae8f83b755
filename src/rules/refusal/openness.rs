//! Openness.

family! {
    ($) openness
    PostedBeforeMonthEnds { last: Month, on: Day } = "I01", "工会法 Art. 45; 规定: monthly_notice",
        zh "{last} 在公示日期 {on} 还没有过完：过后再公示，或者写明期间未完（interim）",
        en "{last} is not over on {on}: post it afterwards, or say that it is of an unfinished month (interim)",
        next "mingzhang record disclosure.publish --interim true --help";
    NoticeDayWrong { found: u32 } = "I05", "规定: monthly_notice",
        zh "公示期限为次月 {found} 日，须在 1 至 28 之间", en "the notice is due on day {found} of the month after, and must be from 1 to 28",
        next "mingzhang schema command rule.set";
    PostedThroughBefore { on: Day, through: Day } = "I02", "docs/FORMAT.md",
        zh "公示截止 {through} 早于公示日期 {on}", en "it is up until {through}, which is before it was posted on {on}",
        least on, found through,
        next "mingzhang record disclosure.publish --help";
    RecordsNotThere { size: u64, has: u64 } = "I03", "docs/FORMAT.md",
        zh "公示所依据的是 {size} 条记录，本账套有 {has} 条", en "it is said to rest on {size} records, and the book has {has}",
        next "mingzhang log --last 1";
    HeadDiffers { size: u64, expected: Digest, found: Digest } = "I04", "docs/FORMAT.md",
        zh "前 {size} 条记录的链头是 {expected}，公示上的是 {found}：不是本账套的公示，或者抄错",
        en "the head of the first {size} records is {expected}, and the notice says {found}: it is of another book, or miscopied",
        is expected, found found,
        next "mingzhang report public-notice --at {size}";
    PostedWithout { size: u64, seq: Seq, on: Day } = "I06", "工会法 Art. 45; docs/FORMAT.md",
        zh "公示所依据的前 {size} 条记录不含记录 {seq}：它属于公示的月份，且在 {on} 已在账上",
        en "the {size} records that it rests on leave out record {seq}, which is of its months and stood in the book on {on}",
        next "mingzhang show {seq}";
}
