//! Papers.

family! {
    ($) papers
    RecordUnknown { seq: Seq } = "E01", "会计基础工作规范 Art. 51",
        zh "没有记录 {seq}，附件无所归属", en "there is no record {seq} that a paper could belong to",
        next "mingzhang log";
    PaperThereAlready { to: Seq, paper: Digest, by: Seq } = "E02", "docs/FORMAT.md, 21",
        zh "记录 {to} 已有附件 {paper}（记录 {by}）",
        en "record {to} has the paper {paper} already, by record {by}",
        next "mingzhang attachment list {to}";
    PaperTooLong { bytes: u64, most: u64 } = "E03", "规定: attachments",
        zh "附件有 {bytes} 字节，规定最多 {most} 字节", en "the paper has {bytes} bytes, and the rule allows {most}",
        most most, found bytes,
        next "mingzhang record rule.set --help";
    PaperOverDefault { bytes: u64, most: u64 } = "E04", "本程序的默认值，并非法规 a default of this program, not law",
        zh "附件有 {bytes} 字节；没有规定 attachments 时默认最多 {most} 字节",
        en "the paper has {bytes} bytes; without a rule attachments the default limit is {most}",
        most most, found bytes,
        next "mingzhang record rule.set --help";
    PaperEmpty { to: Seq } = "E05", "会计基础工作规范 Art. 51",
        zh "记录 {to} 的附件是空文件", en "the paper for record {to} is an empty file",
        next "mingzhang attach {to} FILE";
    PaperLimitOutOfRange { found: u64, most: u64 } = "E06", "docs/FORMAT.md, 18.3",
        zh "附件的上限为 {found} 字节，应在 1 至 {most} 之间",
        en "the limit of a paper is {found} bytes, and must be from 1 to {most}",
        next "mingzhang schema command rule.set";
    PaymentNeedsPaper { disbursement: DisbursementId, amount: Money, above: Money } = "E07", "规定: attachments; 会计基础工作规范 Art. 51",
        zh "支出 {disbursement} 金额 {amount}，超过 {above} 须先附原始凭证",
        en "the disbursement {disbursement} is of {amount}, and above {above} a paper must be attached first",
        next "mingzhang attach {disbursement} FILE";
}
