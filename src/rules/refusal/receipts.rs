//! Receipts.

family! {
    ($) receipts
    ReceiptOfNoDues { payment: Seq } = "R01", "会计基础工作规范 Art. 48",
        zh "记录 {payment} 不是收会费，不能开收据", en "record {payment} is no receipt of dues",
        next "mingzhang log --type dues.received";
    ReceiptOfOtherMember { payment: Seq, member: MemberId } = "R02", "会计基础工作规范 Art. 48",
        zh "记录 {payment} 中没有会员 {member} 的会费", en "record {payment} holds no dues of the member {member}",
        next "mingzhang show {payment}";
    ReceiptIssuedAlready { payment: Seq, member: MemberId, number: ReceiptNumber } =
        "R03", "会计基础工作规范 Art. 48",
        zh "会员 {member} 在记录 {payment} 中的会费已开收据 {number}",
        en "the dues of the member {member} in record {payment} have the receipt {number} already",
        next "mingzhang receipt print {number} --format html --out receipt.html";
    ReceiptOfReversed { payment: Seq, by: Seq } = "R04", "会计基础工作规范 Art. 48, 61",
        zh "记录 {payment} 已由记录 {by} 冲销，不能开收据", en "record {payment} is reversed by record {by}",
        next "mingzhang show {by}";
    ReceiptBeforePayment { date: Day, paid: Day } = "R05", "会计基础工作规范 Art. 48",
        zh "收据日期 {date} 早于收款日期 {paid}", en "the receipt's day {date} is before the payment's, {paid}",
        least paid, found date,
        next "mingzhang receipt issue --help";
    StockExists { stock: ReceiptStockId } = "R06", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 已登记", en "the book of receipts {stock} is registered already",
        next "mingzhang report receipt-register";
    StockUnknown { stock: ReceiptStockId } = "R07", "会计基础工作规范 Art. 48",
        zh "没有票据 {stock}", en "there is no book of receipts {stock}",
        next "mingzhang record receipt_stock.receive --help";
    StockRangeWrong { first: u64, last: u64, most: u64 } = "R08", "docs/FORMAT.md",
        zh "票号 {first} 至 {last} 有误：止号不得小于起号，也不得大于 {most}",
        en "the numbers {first} to {last} are no range: the last is not before the first, and at most {most}",
        next "mingzhang record receipt_stock.receive --help";
    StockOverlaps { stock: ReceiptStockId, other: ReceiptStockId, first: u64, last: u64 } = "R09", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 与 {other}（{first} 至 {last}）号码重叠",
        en "the numbers of {stock} are partly those of {other}, {first} to {last}",
        next "mingzhang report receipt-register";
    FormNotOfStock { stock: ReceiptStockId, number: u64, first: u64, last: u64 } = "R10", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 只有 {first} 至 {last} 号，没有 {number} 号",
        en "the book {stock} has the numbers {first} to {last}, and not {number}",
        next "mingzhang report receipt-register";
    FormUsed { stock: ReceiptStockId, number: u64, seq: Seq } = "R11", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 的 {number} 号已在记录 {seq} 使用", en "number {number} of {stock} is used already, by record {seq}",
        next "mingzhang show {seq}";
    FormOutOfOrder { stock: ReceiptStockId, number: u64, last: u64 } = "R12", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 已用到 {last} 号，不能再用 {number} 号（未用的须作废）",
        en "the book {stock} is used up to {last}, and {number} before it is not used any more: void it",
        next "mingzhang record paper_receipt.void --help";
    FormKindWrong { stock: ReceiptStockId, of: Seq, kind: String } = "R13", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 不能用于记录 {of}（{kind}）", en "the receipts of {stock} are not for record {of} ({kind})",
        next "mingzhang show {of}";
    PaperReceiptTooLarge { of: Seq, amount: Money, receipted: Money, asked: Money, over: Money } = "R14", "会计基础工作规范 Art. 48",
        zh "记录 {of} 收款 {amount}，已开票 {receipted}，本次 {asked}，多出 {over}",
        en "record {of} is of {amount}, {receipted} is receipted, and {asked} is {over} too much",
        most amount.minus(*receipted), found asked,
        next "mingzhang report receipt-register";
    FormVoidAlready { stock: ReceiptStockId, number: u64, seq: Seq } = "R15", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 的 {number} 号已在记录 {seq} 作废", en "number {number} of {stock} is void already, by record {seq}",
        next "mingzhang show {seq}";
    FormTooEarly { stock: ReceiptStockId, number: u64, date: Day, since: Day } = "R16", "会计基础工作规范 Art. 48",
        zh "票据 {stock} 的 {number} 号于 {since} 领购或开具，日期 {date} 在其之前",
        en "number {number} of {stock} came in or was issued on {since}, and {date} is before that",
        next "mingzhang report receipt-register";
    StockTooManyForms { first: u64, last: u64, forms: u64, most: u64 } = "R17", "本程序的限度 a limit of this program",
        zh "票号 {first} 至 {last} 共 {forms} 张，一次最多登记 {most} 张",
        en "the numbers {first} to {last} are {forms} forms, and one book has {most} at most",
        most most, found forms,
        next "mingzhang record receipt_stock.receive --help";
}
