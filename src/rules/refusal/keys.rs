//! Signatures and keys.

family! {
    ($) keys
    SignatureNeeded { officer: OfficerId, kind: String } = "S01", "规定: acts_signed",
        zh "{kind} 须有 {officer} 本人的签名", en "{kind} takes {officer}'s own signature",
        next "mingzhang act draft --help";
    TwoSignaturesNeeded { kind: String } = "S02", "docs/FORMAT.md; 工会法 Art. 45 (经审会)",
        zh "{kind} 须由主席和经审会成员两人签名", en "{kind} takes the signatures of a chair and of one of the audit committee, two persons",
        next "mingzhang act draft --help";
    SignedTwice { officer: OfficerId } = "S03", "docs/FORMAT.md",
        zh "{officer} 签了两次", en "{officer} has signed twice",
        next "mingzhang act show FILE";
    ActOfOtherBook { expected: String, found: String } = "S04", "docs/FORMAT.md",
        zh "文书属于账套 {found}，这里是 {expected}", en "the act is of the book {found}, and this is {expected}",
        is expected, found found,
        next "mingzhang act show FILE";
    ActOnOther { on: Seq } = "S05", "docs/FORMAT.md",
        zh "签名人所见的记录 {on} 不是账套中的记录 {on}",
        en "record {on} that was acted on is not this book's record {on}",
        next "mingzhang show {on}";
    ActDiffers { officer: OfficerId, kind: String } = "S06", "docs/FORMAT.md",
        zh "{officer} 签名的不是要记录的这个 {kind}", en "what {officer} has signed is not the {kind} that is to be recorded",
        next "mingzhang act show FILE";
    ActAlready { officer: OfficerId, seq: Seq } = "S07", "docs/FORMAT.md",
        zh "{officer} 的这份签名已用于记录 {seq}", en "this act of {officer} stands under record {seq} already",
        next "mingzhang show {seq}";
    OfficerKeyMissing { officer: OfficerId } = "S08", "docs/FORMAT.md",
        zh "{officer} 没有登记签名公钥", en "{officer} has registered no key to sign with",
        next "mingzhang act draft officer_key.register --help";
    SignatureWrong { officer: OfficerId } = "S09", "docs/FORMAT.md",
        zh "签名不是 {officer} 登记的密钥对此文所签", en "the signature is not {officer}'s registered key's over this text",
        next "mingzhang act show FILE";
    VkeyWrong { vkey: String } = "S10", "docs/FORMAT.md",
        zh "不是 0x01 类的验证公钥：{vkey}", en "not a verifier key of type 0x01: {vkey}",
        next "mingzhang key new --help";
    KeyNotNew { key: String } = "S11", "docs/FORMAT.md",
        zh "{key} 就是现用的密钥", en "{key} is the key in use already",
        next "mingzhang key new --help";
    KeyOfAnother { officer: OfficerId, other: OfficerId } = "S12", "会计基础工作规范 Art. 11 (不相容职务分离)",
        zh "{officer} 的密钥与 {other} 的相同，一把密钥只归一人",
        en "the key of {officer} is {other}'s, and a key is one person's alone",
        next "mingzhang key new --help";
    KeyNotProved { officer: OfficerId } = "S13", "docs/FORMAT.md",
        zh "须先由 {officer} 用要登记的密钥签名", en "first {officer} has to sign with the key that is to be registered",
        next "mingzhang act draft officer_key.register --help";
    OldKeyNotProved { officer: OfficerId } = "S14", "docs/FORMAT.md",
        zh "{officer} 已有密钥，更换须有原密钥的签名，或另一人（主席）的签名",
        en "{officer} has a key: another one takes the old key's signature, or a chair's who is somebody else",
        next "mingzhang act sign FILE --key OLD-KEY";
    KeyNotInForce { expected: String, found: String } = "S15", "docs/FORMAT.md",
        zh "现用的账套密钥是 {expected}，而非 {found}", en "the log key in force is {expected}, not {found}",
        is expected, found found,
        next "mingzhang key rotate --help";
    KeyNameWrong { expected: String, found: String } = "S16", "docs/FORMAT.md",
        zh "账套密钥的名称须为 {expected}，实为 {found}", en "a log key's name is the book's, {expected}, and this one's is {found}",
        is expected, found found,
        next "mingzhang key rotate --help";
    RotationNotProved { vkey: String } = "S17", "docs/FORMAT.md",
        zh "更换密钥的证明不是 {vkey} 对下一条记录所作", en "the proof is not of {vkey} for the next record",
        next "mingzhang key rotate --help";
    PolicyWrong { line: u32 } = "S18", "docs/FORMAT.md",
        zh "见证规则第 {line} 行不合规定", en "line {line} of the witnesses' policy is not of its form",
        next "mingzhang init --help";
    PolicyHashWrong { expected: String, found: String } = "S19", "docs/FORMAT.md",
        zh "见证规则的 SHA-256 是 {expected}，而非 {found}", en "the policy's SHA-256 is {expected}, not {found}",
        is expected, found found,
        next "mingzhang schema command witness.change";
    FirstKeyNotVouched { officer: OfficerId, chair: OfficerId } = "S20", "docs/FORMAT.md, 18.1",
        zh "{officer} 首次登记密钥，还须由主席 {chair} 用自己的密钥另签一份",
        en "a first key of {officer} takes the signature of the chair, {chair}, as well, in a second file",
        next "mingzhang act draft officer_key.register --for {chair} --help";
    ActAboutOther { officer: OfficerId, expected: Seq, found: Seq } = "S21", "docs/FORMAT.md, 18.2",
        zh "{officer} 签名针对的是记录 {found}，应为记录 {expected}",
        en "{officer} has signed about record {found}, and what this is about is record {expected}",
        is expected, found found,
        next "mingzhang show {expected}";
    SafeguardUnsigned { officer: OfficerId, kind: String } = "S22", "docs/FORMAT.md, 18.2",
        zh "已有签名的规定：{kind} 关系到谁签名、谁审批，须有 {officer} 本人的签名",
        en "acts are signed in this book, and {kind} says who signs or approves: it takes {officer}'s own signature",
        next "mingzhang act draft --help";
}
