//! Statements and books.

family! {
    ($) statements
    NoteItemUnknown { item: u32, most: u32 } = "Q01", "财会〔2021〕7号 第六部分",
        zh "附注没有第 {item} 项，只有 1 至 {most}", en "the notes have no item {item}, only 1 to {most}",
        most most, found item,
        next "mingzhang schema command note.write";
    NoteOfAnotherYear { year: FiscalYear, first: FiscalYear, last: FiscalYear } = "Q02", "财会〔2021〕7号 第六部分",
        zh "本账套没有 {year} 年度的报表：只有 {first} 至 {last}",
        en "the book has no statements of {year}, only of {first} to {last}",
        next "mingzhang report notes";
    NoteThereAlready { year: FiscalYear, item: u32, seq: Seq } = "Q03", "财会〔2021〕7号 第六部分",
        zh "{year} 年度附注第 {item} 项已有同样的文字，见记录 {seq}",
        en "item {item} of the notes of {year} says this already, at record {seq}",
        next "mingzhang show {seq}";
}
