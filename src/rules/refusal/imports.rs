//! Files that were imported.

family! {
    ($) imports
    FileImportedAlready { source: Digest, seq: Seq, taken: u32 } = "Y01", "财会〔2024〕12号 Art. 21(2)",
        zh "文件 {source} 已经导入，见记录 {seq}（取了 {taken} 行）",
        en "the file {source} was imported already, at record {seq} ({taken} lines were taken)",
        next "mingzhang show {seq}";
    NothingImported { source: Digest } = "Y02", "docs/FORMAT.md",
        zh "文件 {source} 没有一行可记账", en "no line of the file {source} becomes a record",
        next "mingzhang import FILE --dry-run";
    ImportLineTwice { source: Digest, line: u32 } = "Y03", "docs/FORMAT.md",
        zh "文件 {source} 的第 {line} 行写了两次，或不是行号",
        en "line {line} of the file {source} is named twice, or is no line",
        next "mingzhang schema command import.record";
    ImportMarkForm { line: u32, mark: Text } = "Y04", "docs/FORMAT.md",
        zh "第 {line} 行的标记应为十六位十六进制数，实为 {mark}",
        en "the mark of line {line} must be sixteen hex digits, and is {mark}",
        next "mingzhang schema command import.record";
    ImportLineThere { line: u32, seq: Seq } = "Y05", "财会〔2024〕12号 Art. 21(2)",
        zh "第 {line} 行与记录 {seq} 导入的一行相同；是另一笔，还是同一笔，须由人决定",
        en "line {line} is like one that record {seq} has imported; a person decides whether it is another one",
        next "mingzhang import FILE --duplicates skip:{line}";
    ImportLikeUnknown { line: u32, seq: Seq } = "Y06", "docs/FORMAT.md",
        zh "第 {line} 行说与记录 {seq} 相同，账上没有这条记录",
        en "line {line} is said to be like record {seq}, which is not in the book",
        next "mingzhang log --last 1";
}
