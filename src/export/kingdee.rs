//! Vouchers in the columns of Kingdee's 标准格式凭证 (K/3, and the KIS programs that take the same): one
//! line an entry, in the order and with the headings of the sheet `Page1` that those programs write.
//! What was and was not tried with the real programs stands in the manual.

use super::{Export, Names, Posted, csv, posted};
use crate::event::Entry;
use crate::money::Money;
use crate::render::csv::quoted;

const COLUMNS: [&str; 37] = [
    "凭证日期",
    "会计年度",
    "会计期间",
    "凭证字",
    "凭证号",
    "科目代码",
    "科目名称",
    "币别代码",
    "币别名称",
    "原币金额",
    "借方",
    "贷方",
    "制单",
    "审核",
    "核准",
    "出纳",
    "经办",
    "结算方式",
    "结算号",
    "凭证摘要",
    "数量",
    "数量单位",
    "单价",
    "参考信息",
    "业务日期",
    "往来业务编号",
    "附件数",
    "序号",
    "系统模块",
    "业务描述",
    "汇率类型",
    "汇率",
    "分录序号",
    "核算项目",
    "过账",
    "机制凭证",
    "现金流量",
];

/// The whole file as text, its lines ended by CR LF; the same for the same records.
#[must_use]
pub fn text(export: &Export<'_>) -> String {
    let names = Names::of(export);
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for (place, posted) in (1..).zip(in_order_of_numbers(export)) {
        for (line, entry) in (0..).zip(&posted.voucher.entries) {
            rows.push(row(export, &names, &posted, entry, (place, line)));
        }
    }
    String::from_utf8(csv::plain(&rows)).unwrap_or_default()
}

/// Numbers run through each month, and these programs ask for them in their order.
pub(super) fn in_order_of_numbers<'a>(export: &Export<'a>) -> Vec<Posted<'a>> {
    let mut all = posted(export);
    all.sort_by_key(|posted| (posted.voucher.number, posted.seq));
    all
}

fn row(
    export: &Export<'_>,
    names: &Names<'_>,
    posted: &Posted<'_>,
    entry: &Entry,
    (place, line): (u64, u64),
) -> Vec<String> {
    let Posted { seq, voucher, narration, .. } = posted;
    let (debit, credit) = entry.side.columns();
    let nothing = Money::ZERO.to_string();
    let amount = debit.or(credit).unwrap_or(Money::ZERO).to_string();
    let shown = |side: Option<Money>| side.map_or(nothing.clone(), |amount| amount.to_string());
    let known = export.chart.account(&entry.account);
    let account = known.map_or(entry.name.as_str(), |known| known.zh.as_str());
    let (currency, currency_name) = match export.chart.currency() {
        "CNY" => ("RMB", "人民币"),
        other => (other, other),
    };
    let papers = export.state.papers.of(*seq).len();
    let (date, month) = (voucher.date.to_string(), voucher.number.month);
    let fund = names.funds.get(&entry.fund).map_or("", |(_, name)| *name);
    let text = |text: &str| quoted(&super::journal::escape(text));
    vec![
        date.clone(),
        month.year().to_string(),
        month.number().to_string(),
        "记".to_owned(),
        voucher.number.number.to_string(),
        entry.account.to_string(),
        text(account),
        currency.to_owned(),
        currency_name.to_owned(),
        amount,
        shown(debit),
        shown(credit),
        posted.actor.to_string(),
        "NONE".to_owned(),
        "NONE".to_owned(),
        "NONE".to_owned(),
        String::new(),
        "*".to_owned(),
        String::new(),
        text(narration),
        "0".to_owned(),
        "*".to_owned(),
        "0".to_owned(),
        text(&format!("{} {fund}", names.fund(&entry.fund))),
        date,
        String::new(),
        papers.to_string(),
        place.to_string(),
        String::new(),
        String::new(),
        "公司汇率".to_owned(),
        "1".to_owned(),
        line.to_string(),
        String::new(),
        "0".to_owned(),
        String::new(),
        String::new(),
    ]
}
