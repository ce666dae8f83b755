//! The names of everything that a verifier can say (docs/FORMAT.md, section 14), in two languages.

use core::fmt;

use serde::{Serialize, Serializer};

use crate::lang::Lang;

/// An enum whose names are fixed for ever, with what each means in Chinese and in English.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($variant,)* }

        impl $type {
            pub const ALL: &'static [$type] = &[$($type::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }

            #[must_use]
            pub fn message(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $(($type::$variant, Lang::Zh) => $zh, ($type::$variant, Lang::En) => $en,)*
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

named! {
    /// What makes a book broken, in the order of docs/FORMAT.md, section 14.
    FaultKind {
        LineTorn = "line_torn", "文件末尾没有换行，最后一行残缺", "the file does not end in a line feed";
        RecordTooLong = "record_too_long", "记录超过 4096 字节", "a record of more than 4096 bytes";
        NotUtf8 = "not_utf8", "不是 UTF-8", "not UTF-8";
        NotJson = "not_json", "不是一个 JSON 对象", "not one JSON object";
        TooDeep = "too_deep", "嵌套超过 16 层", "nested deeper than 16";
        DuplicateKey = "duplicate_key", "同一对象中键重复", "the same key twice in an object";
        NumberForm = "number_form", "数字不是 0 至 2^53-1 的整数", "a number that is not a whole number from 0 to 2^53-1";
        NotCanonical = "not_canonical", "不是规范形式 (RFC 8785)", "not in canonical form (RFC 8785)";
        NotNfc = "not_nfc", "文字不是 Unicode NFC 形式", "a text that is not in Unicode's NFC";
        ControlCharacter = "control_character", "文字中有控制字符", "a control character in a text";
        EnvelopeForm = "envelope_form", "记录的字段缺少、多余或格式不对", "a field of the record is missing, unknown or of the wrong form";
        VersionUnknown = "version_unknown", "记录的版本未知", "an unknown version of the record";
        LedgerWrong = "ledger_wrong", "记录属于另一账套", "a record of another book";
        AtDecreases = "at_decreases", "记录时间早于上一条记录", "recorded earlier than the record before";
        IdemRepeated = "idem_repeated", "命令的幂等键重复使用", "a command's key is used again";
        AppendUnfinished = "append_unfinished", "最后一次写入没有完成", "the log ends inside an append";
        RecordMissing = "record_missing", "缺少记录", "a record is left out";
        RecordDuplicated = "record_duplicated", "记录重复", "the same record again";
        RecordInserted = "record_inserted", "插入了序号已有的另一条记录", "another record with a number that was there";
        RecordOutOfOrder = "record_out_of_order", "记录次序颠倒", "records have changed places";
        PrevWrong = "prev_wrong", "prev 不是上一条记录的哈希，其中之一被改动", "prev is not the hash of the record before: one of the two was altered";
        LedgerCreatedMissing = "ledger_created_missing", "第 0 号记录不是建账", "record 0 does not create a ledger";
        LedgerCreatedAgain = "ledger_created_again", "再次建账", "a ledger is created again";
        BodyForm = "body_form", "事件内容的字段不合格式", "the body has not the fields of its type";
        VoucherIncomplete = "voucher_incomplete", "凭证缺少编号、日期或分录", "a voucher without number, date or entries";
        VoucherForm = "voucher_form", "凭证号格式不对", "not a voucher number";
        VoucherMonthWrong = "voucher_month_wrong", "凭证号与业务日期不在同一月", "voucher number and business day are of different months";
        VoucherGap = "voucher_gap", "凭证号不连续", "a voucher number is left out";
        VoucherRepeated = "voucher_repeated", "凭证号重复或倒退", "a voucher number is used again or goes back";
        DateForm = "date_form", "业务日期不是日历上的一天", "the business day is not a day of the calendar";
        DateLate = "date_late", "业务日期晚于记录之日", "the business day is after the day of recording";
        EntryForm = "entry_form", "分录格式不对", "an entry is not of its form";
        MoneyForm = "money_form", "金额格式不对", "an amount is not of its form";
        AmountNegative = "amount_negative", "红字冲销以外出现负数", "a negative amount outside a reversal";
        VoucherUnbalanced = "voucher_unbalanced", "凭证借贷不平", "debits and credits of the voucher differ";
        FundUnbalanced = "fund_unbalanced", "凭证在资金内部借贷不平", "debits and credits differ inside a fund";
        AccountUnknown = "account_unknown", "科目表中没有此科目", "the account is not in the chart";
        AccountNameWrong = "account_name_wrong", "科目名称与科目表不符", "not the chart's name of the account";
        PostingDiffers = "posting_differs", "分录不是此事件按规定应有的分录", "not the entries that the fact is posted with";
        PeriodOrder = "period_order", "结账月份不按顺序", "a month is closed out of turn";
        PeriodTotalsWrong = "period_totals_wrong", "结账合计与凭证不符", "the control totals differ from the vouchers";
        PostingInClosedPeriod = "posting_in_closed_period", "凭证日期在已结账月份内或在启用之前", "a voucher is dated in a closed month or before the book starts";
        ReversalTargetWrong = "reversal_target_wrong", "冲销的不是此前的凭证，或凭证号不符", "what is reversed is no earlier voucher, or has another number";
        ReversalEntriesWrong = "reversal_entries_wrong", "红字分录与原分录不对应", "the entries are not the original ones negated";
        ReversalRepeated = "reversal_repeated", "同一凭证冲销两次", "a voucher is reversed twice";
        ReversalOfReversal = "reversal_of_reversal", "冲销了红字凭证", "a reversal is reversed";
        ChartInvalid = "chart_invalid", "科目表不合格式", "the chart of accounts is not of its form";
        ChartDiffers = "chart_differs", "科目表不是建账时指定的", "not the chart that record 0 names";
        PolicyInvalid = "policy_invalid", "建账记录中的见证策略不合格式", "the policy in record 0 is not of its form";
        PolicyHashWrong = "policy_hash_wrong", "建账记录中的见证策略与其哈希不符", "the policy in record 0 has another hash";
        VkeyInvalid = "vkey_invalid", "验证公钥不合格式、类型不对或编号不符", "not a verification key of the right form, type and id";
        LogKeyDiffers = "log_key_differs", "所指的账套公钥不一致", "not the log key that is in use";
        LogNotInPolicy = "log_not_in_policy", "信任策略不是关于此账套的", "the policy is about another book";
        CheckpointForm = "checkpoint_form", "检查点不合格式", "the checkpoint is not of its form";
        CheckpointOriginWrong = "checkpoint_origin_wrong", "检查点属于另一账套", "the checkpoint is of another book";
        CheckpointUnsigned = "checkpoint_unsigned", "检查点没有账套的签名", "the book's key has not signed the checkpoint";
        LogSignatureWrong = "log_signature_wrong", "账套的签名无效", "the signature of the book's key does not verify";
        CosignatureWrong = "cosignature_wrong", "见证人的签名无效", "the signature of a witness does not verify";
        TailCut = "tail_cut", "记录比检查点少，末尾被截去", "fewer records than the checkpoint has: the tail was cut off";
        RootWrong = "root_wrong", "记录的树根与检查点不符，账套被改写", "the records do not give the checkpoint's root: the book was rewritten";
        LogFork = "log_fork", "同一大小有两个签过名的树根，账套签发了两份历史", "two signed roots of one size: the book's key signed two histories";
        ProofWrong = "proof_wrong", "记录的存在证明不成立", "the proof that a record is in the book fails";
        TileWrong = "tile_wrong", "树的分块与记录不符", "a tile is not the tree's";
        ConsistencyWrong = "consistency_wrong", "没有证明本包的树以前一包的树开头", "the tree is not shown to begin with the earlier one";
        BaseWrong = "base_wrong", "不是本包所接续的审计包", "not the bundle that this one continues";
        SumsForm = "sums_form", "SHA256SUMS 不合格式", "SHA256SUMS is not of its form";
        FileMissing = "file_missing", "清单所列的文件不存在", "a listed file is not there";
        FileDiffers = "file_differs", "清单所列的文件内容不同", "a listed file has other bytes";
        KeyRotationWrong = "key_rotation_wrong", "账套密钥没有按规定更换", "the log key was not changed as it has to be";
        ActTargetWrong = "act_target_wrong", "签名没有紧随所签的记录", "a signature that does not follow what it signs";
        ActLeafWrong = "act_leaf_wrong", "签名所依据的记录是另一条", "the record that was acted on is another";
        ActKeyMissing = "act_key_missing", "签名人没有登记公钥", "the signer has registered no key";
        ActSignatureWrong = "act_signature_wrong", "签名无效", "an officer's signature does not verify";
        ActRepeated = "act_repeated", "同一人重复签名，或签名重复使用", "the same person signs twice, or a signature is used again";
        ActUnsigned = "act_unsigned", "缺少应有的签名", "a signature that has to be there is not";
        OfficeWrong = "office_wrong", "经办人没有相应的职务", "done by somebody who holds no office for it";
        FindingWrong = "finding_wrong", "审计发现重复提出、重复销号或从未提出", "a finding raised again, cleared again or never raised";
        RequestWrong = "request_wrong", "用款重复申请，或撤销了不在办的申请", "a disbursement requested twice, or cancelled while it was not open";
        PaymentWrong = "payment_wrong", "付款没有申请、重复、已了结或与申请不符", "paid without request, twice, after it ended, or otherwise than requested";
        ApprovalWrong = "approval_wrong", "批准没有对象、金额不符、重复，或批准自己的事", "an approval of nothing, of another amount, again, or one's own";
        ApprovalMissing = "approval_missing", "付款缺少该档次的批准", "paid without the approvals of its band";
        AttachmentRequired = "attachment_required", "付款缺少规定的附件", "paid without the papers that the rule asks for";
        PrivateFieldWrong = "private_field_wrong", "个人信息另属他人，或删除了未登记的信息", "a private field of another subject, or erased before it was recorded";
        OpeningWrong = "opening_wrong", "所示的个人信息与登记的承诺不符", "what is shown does not open the commitment";
        OpeningMissing = "opening_missing", "个人信息既未出示、也未保留、又未删除", "a private field is neither shown, withheld nor erased";
        AttachmentWrong = "attachment_wrong", "附件所属的记录不存在，或同一附件重复", "a paper of a record that is not there, or the same one twice";
        AttachmentMissing = "attachment_missing", "附件不在存放处", "a paper is not in the store";
        AttachmentDiffers = "attachment_differs", "附件内容不同", "a paper has other bytes";
        ReceiptGap = "receipt_gap", "收据号不连续", "a receipt number is left out";
        ReceiptRepeated = "receipt_repeated", "收据号重复或倒退", "a receipt number is used again or goes back";
        ReceiptWrong = "receipt_wrong", "收据所载与缴费不符，或重复开具", "a receipt for what was not paid, or the same one twice";
    }
}

named! {
    /// What could not be checked, or why a book is not witnessed. It breaks nothing.
    NoteKind {
        CheckpointMissing = "checkpoint_missing", "没有检查点：末尾被截去也看不出来", "no checkpoint at hand: a cut tail cannot be seen";
        LogKeyMissing = "log_key_missing", "没有账套公钥：签名未验证", "no log key at hand: signatures are not checked";
        ChartMissing = "chart_missing", "没有科目表：科目未核对", "no chart at hand: accounts are not checked";
        PolicyNotGiven = "policy_not_given", "审计人没有指定可信的见证人", "the auditor named nobody to trust";
        PolicyDiffers = "policy_differs", "审计人的信任策略与账内最新约定的不同", "the auditor's policy is not the newest text in the book";
        QuorumNone = "quorum_none", "信任策略不要求见证", "the policy asks for no witness";
        QuorumNotMet = "quorum_not_met", "有效的见证人不足", "too few witnesses that count";
        CosignaturesStale = "cosignatures_stale", "见证已过期", "the quorum is met, but too long ago";
        CosignatureInFuture = "cosignature_in_future", "见证时间在未来，不计", "a cosignature is dated in the future and not counted";
        RecordsUnwitnessed = "records_unwitnessed", "见证以后的记录只有经办人为证", "for the records after the witnessed ones the operator alone stands";
        AtInFuture = "at_in_future", "记录时间在未来", "a record is made more than a day after the verification";
        LogKeyUnproved = "log_key_unproved", "新的账套密钥没有旧密钥的证明：其后的检查点不予采信", "the policy's log key did not sign its successor: later checkpoints are not trusted";
        FieldErased = "field_erased", "个人信息已删除", "a private field was erased";
        FormatDiffers = "format_differs", "所附的格式说明不是建账时指定的", "the format description is not the one that record 0 names";
        TypeVersionUnknown = "type_version_unknown", "已知事件的未知版本：内容未核对", "an unknown version of a described type: its body is not checked";
        PostingNotChecked = "posting_not_checked", "本程序不能按此科目表记账：分录未重新推导", "this program cannot post by the chart: entries are not derived again";
        VoucherTypeUnknown = "voucher_type_unknown", "凭证的事件类型或版本未知：除借贷平衡外未核对", "a voucher of an unknown type or version: nothing but its balance is known";
    }
}
