//! What a column is called in the files that unions get: the names that are known without any rules.

use super::header::Wanted;
use super::rules::Rules;
use super::table::folded;
use crate::event::import::ImportKind;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Day,
    Month,
    Amount,
    Count,
    /// An id, with what the rules put before it.
    Id,
}

/// A column that a kind of file can have.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub key: &'static str,
    pub holds: Type,
    pub needed: bool,
    pub names: &'static [&'static str],
}

const fn needed(key: &'static str, holds: Type, names: &'static [&'static str]) -> Column {
    Column { key, holds, needed: true, names }
}

const fn known(key: &'static str, holds: Type, names: &'static [&'static str]) -> Column {
    Column { key, holds, needed: false, names }
}

const MEMBER: Column = needed(
    "member",
    Type::Id,
    &[
        "会员号",
        "会员编号",
        "会员证号",
        "会员卡号",
        "工号",
        "职工编号",
        "员工编号",
        "人员编号",
        "职工号",
        "人员编码",
        "编号",
        "member",
        "member id",
        "member no",
        "employee id",
    ],
);

const ROSTER: &[Column] = &[
    MEMBER,
    needed(
        "group",
        Type::Text,
        &[
            "小组",
            "工会小组",
            "所属小组",
            "所在小组",
            "所在工会小组",
            "班组",
            "分会",
            "部门",
            "车间",
            "科室",
            "group",
        ],
    ),
    known("on", Type::Day, &["入会日期", "入会时间", "加入日期", "joined", "joined on"]),
    known(
        "base",
        Type::Amount,
        &["缴费基数", "会费基数", "计缴基数", "月工资收入", "工资收入", "base"],
    ),
];

const DUES: &[Column] = &[
    MEMBER,
    needed(
        "amount",
        Type::Amount,
        &[
            "实缴金额",
            "实缴会费",
            "缴纳金额",
            "缴费金额",
            "会费金额",
            "会费",
            "金额",
            "金额（元）",
            "实收金额",
            "amount",
            "dues",
        ],
    ),
    known("month", Type::Month, &["所属月份", "月份", "缴费月份", "会费月份", "所属期", "month"]),
    known("date", Type::Day, &["缴费日期", "收款日期", "日期", "date"]),
];

const PAYROLL_OF_MEMBERS: &[Column] = &[
    MEMBER,
    needed(
        "base",
        Type::Amount,
        &[
            "缴费基数",
            "会费基数",
            "计缴基数",
            "月工资收入",
            "工资收入",
            "应发工资",
            "应发合计",
            "工资",
            "base",
            "wages",
        ],
    ),
    known("month", Type::Month, &["所属月份", "月份", "工资月份", "起始月份", "所属期", "month"]),
];

const PAYROLL_TOTALS: &[Column] = &[
    needed(
        "total",
        Type::Amount,
        &[
            "工资总额",
            "全部职工工资总额",
            "计税工资总额",
            "工资总额（元）",
            "payroll",
            "total payroll",
        ],
    ),
    needed("headcount", Type::Count, &["职工人数", "人数", "从业人数", "headcount"]),
    known("month", Type::Month, &["所属月份", "月份", "工资月份", "所属期", "month"]),
    known("payer", Type::Id, PAYER),
];

const PAYER: &[&str] = &[
    "纳税人识别号",
    "统一社会信用代码",
    "社会信用代码",
    "社会信用代码（纳税人识别号）",
    "信用代码",
    "缴费单位编号",
    "单位编号",
    "税号",
    "payer",
    "credit code",
];

const BANK: &[Column] = &[
    needed("date", Type::Day, &["交易日期", "记账日期", "入账日期", "交易时间", "日期", "date"]),
    known("amount", Type::Amount, &["交易金额", "发生额", "金额", "金额（元）", "amount"]),
    known(
        "side",
        Type::Text,
        &["借贷标志", "借贷方向", "借贷", "收支", "收/支", "收支标志", "借/贷"],
    ),
    known(
        "debit",
        Type::Amount,
        &["借方", "借方发生额", "借方金额", "借方发生额（支取）", "debit"],
    ),
    known(
        "credit",
        Type::Amount,
        &["贷方", "贷方发生额", "贷方金额", "贷方发生额（收入）", "credit"],
    ),
    known(
        "out",
        Type::Amount,
        &["支出", "支出金额", "转出金额", "支取", "付款金额", "支出（元）", "withdrawal", "out"],
    ),
    known(
        "in",
        Type::Amount,
        &["收入", "收入金额", "转入金额", "存入", "收款金额", "收入（元）", "deposit", "in"],
    ),
    known("balance", Type::Amount, &["余额", "账户余额", "交易后余额", "本次余额", "balance"]),
    known(
        "reference",
        Type::Text,
        &[
            "流水号",
            "交易流水号",
            "银行流水号",
            "交易流水",
            "流水",
            "凭证号",
            "凭证号码",
            "支票号",
            "核心流水号",
            "reference",
            "serial number",
        ],
    ),
    known("summary", Type::Text, &["摘要", "用途", "交易摘要", "附言", "summary"]),
];

const TAX: &[Column] = &[
    needed("payer", Type::Id, PAYER),
    needed(
        "amount",
        Type::Amount,
        &[
            "代收金额",
            "实缴金额",
            "缴费金额",
            "入库金额",
            "实缴费额",
            "实缴（退）金额",
            "金额",
            "amount",
        ],
    ),
    known(
        "month",
        Type::Month,
        &["所属月份", "费款所属期", "税款所属期", "所属期", "月份", "month"],
    ),
];

const VOUCHERS: &[Column] = &[
    needed("date", Type::Day, &["日期", "凭证日期", "制单日期", "记账日期", "业务日期", "date"]),
    needed(
        "number",
        Type::Text,
        &["凭证号", "凭证字号", "凭证编号", "凭证号数", "字号", "voucher", "voucher no"],
    ),
    needed(
        "account",
        Type::Text,
        &["科目编码", "科目代码", "科目编号", "会计科目编码", "account", "account code"],
    ),
    needed("debit", Type::Amount, &["借方", "借方金额", "借方发生额", "借方本币", "debit"]),
    needed("credit", Type::Amount, &["贷方", "贷方金额", "贷方发生额", "贷方本币", "credit"]),
    known("summary", Type::Text, &["摘要", "summary"]),
    known("fund", Type::Text, &["资金", "核算项目", "fund"]),
];

const ENTRIES: &[Column] = &[
    known(
        "date",
        Type::Day,
        &["日期", "交易日期", "记账日期", "业务日期", "发生日期", "交易时间", "date"],
    ),
    known("month", Type::Month, &["所属月份", "月份", "month"]),
    known("amount", Type::Amount, &["金额", "金额（元）", "发生额", "交易金额", "amount"]),
    known("side", Type::Text, &["借贷标志", "借贷方向", "收支", "收/支", "收支标志", "借/贷"]),
    known("debit", Type::Amount, &["借方", "借方发生额", "借方金额", "debit"]),
    known("credit", Type::Amount, &["贷方", "贷方发生额", "贷方金额", "credit"]),
    known("out", Type::Amount, &["支出", "支出金额", "付款金额", "out"]),
    known("in", Type::Amount, &["收入", "收入金额", "收款金额", "in"]),
    known(
        "reference",
        Type::Text,
        &["流水号", "交易流水号", "单据号", "凭证号", "编号", "reference"],
    ),
    known("summary", Type::Text, &["摘要", "用途", "事由", "内容", "项目", "summary"]),
];

/// The forms that a kind of file comes in, the first that fits.
#[must_use]
pub fn forms(kind: ImportKind) -> &'static [&'static [Column]] {
    match kind {
        ImportKind::Roster => &[ROSTER],
        ImportKind::DuesRoll => &[DUES],
        ImportKind::Payroll => &[PAYROLL_OF_MEMBERS, PAYROLL_TOTALS],
        ImportKind::BankStatement => &[BANK],
        ImportKind::TaxList => &[TAX],
        ImportKind::Vouchers => &[VOUCHERS],
        ImportKind::Entries => &[ENTRIES],
    }
}

/// What the header is searched for: the names of the rules where they name a column, else all that
/// are known. What the rules name or bring along is needed or is not.
#[must_use]
pub fn wanted(form: &[Column], rules: &Rules) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for column in form {
        let own = rules.columns.get(column.key).map(super::rules::Names::list);
        let is_own = own.is_some();
        let all = || column.names.iter().map(|name| (*name).to_owned()).collect();
        wanted.push(Wanted {
            key: column.key.to_owned(),
            names: own.unwrap_or_else(all),
            needed: is_own || (column.needed && rules.fixed(column.key).is_none()),
        });
    }
    // A name that the rules give to one column is not taken for another.
    let mine: Vec<String> = rules.columns.values().flat_map(super::rules::Names::list).collect();
    let mine: Vec<String> = mine.iter().map(|name| folded(name)).collect();
    for one in &mut wanted {
        if !rules.columns.contains_key(&one.key) {
            one.names.retain(|name| !mine.contains(&folded(name)));
        }
    }
    wanted
}

/// Columns that say who somebody is 个人信息: they are read by nobody here, and stand in no record.
const PERSONAL: [&str; 34] = [
    "称呼",
    "受助人",
    "领取人",
    "联系人",
    "家属",
    "监护人",
    "微信",
    "姓名",
    "名字",
    "户名",
    "收款人",
    "付款人",
    "持卡人",
    "领款人",
    "身份证",
    "证件号",
    "证件类型",
    "手机",
    "电话",
    "联系方式",
    "住址",
    "地址",
    "卡号",
    "账号",
    "帐号",
    "出生",
    "生日",
    "民族",
    "邮箱",
    "name",
    "phone",
    "mobile",
    "id number",
    "address",
];

/// Whether a heading is one of somebody's data.
#[must_use]
pub fn is_personal(heading: &str) -> bool {
    let heading = folded(heading);
    let organisations = ["单位名称", "纳税人名称", "科目名称", "账户名", "会员卡号", "accountname"];
    if organisations.iter().any(|name| heading.contains(&folded(name))) {
        return false;
    }
    PERSONAL.iter().any(|word| heading.contains(&folded(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_somebodys_data_are_known_by_their_names() {
        for heading in [
            "姓 名",
            "会员姓名",
            "身份证号码",
            "手机号",
            "Name",
            "银行卡号",
            "对方账号",
            "对方户名",
            "收款人",
            "付款人名称",
            "持卡人",
            "领款人签字",
        ] {
            assert!(is_personal(heading), "{heading}");
        }
        for heading in ["会员号", "单位名称", "摘要", "金额", "小组", "账户名称"] {
            assert!(!is_personal(heading), "{heading}");
        }
    }

    #[test]
    fn no_form_calls_two_columns_alike() {
        for kind in ImportKind::ALL {
            for form in forms(kind) {
                let mut seen: Vec<String> = Vec::new();
                for name in form.iter().flat_map(|column| column.names) {
                    let name = folded(name);
                    assert!(!seen.contains(&name), "{kind}: {name}");
                    seen.push(name);
                }
            }
        }
    }
}
