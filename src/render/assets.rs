//! Registers of what is owned: assets, supplies, and whether accounts, cards and counts agree.

use super::table::{amount, amount_or_blank, figures, heading, pick, table, words};
use crate::event::asset::Keeper;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::asset_agreement::{AssetAgreement, Counts};
use crate::report::assets::{AssetRegister, LastStocktake, Line, Movement};
use crate::report::supplies::{Held, StockBook};

#[must_use]
pub fn assets(report: &AssetRegister, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "资产", "Asset")),
        words(pick(lang, "类别", "Category")),
        words(pick(lang, "保管人", "Keeper")),
        words(pick(lang, "地点", "Place")),
        words(pick(lang, "启用", "In use from")),
        figures(pick(lang, "原值", "Cost")),
        figures(pick(lang, "累计折旧", "Worn off")),
        figures(pick(lang, "净值", "Net")),
        figures(pick(lang, "剩余月数", "Months left")),
        words(pick(lang, "减少", "Gone")),
    ];
    let row = |line: &Line| {
        let units = if line.units == 1 { String::new() } else { format!(" ×{}", line.units) };
        let gone = line.gone.as_ref();
        vec![
            format!("{} {}{units}", line.asset, line.name),
            line.category.get(lang).to_owned(),
            keeper(&line.keeper),
            line.place.clone(),
            line.in_use_from.to_string(),
            amount(line.cost),
            amount(line.accumulated),
            amount(line.net),
            line.months_left.map_or_else(|| "-".to_owned(), |months| months.to_string()),
            gone.map(|gone| format!("{} {}", gone.on, gone.how.get(lang))).unwrap_or_default(),
        ]
    };
    let mut text = heading(&report.heading, lang);
    text += table(&columns, report.lines.iter().map(row));
    text += categories(report, lang);
    let through = report.depreciated_through.map(|month| month.to_string());
    let through = through.unwrap_or_else(|| pick(lang, "未计提", "none yet").to_owned());
    let label = pick(lang, "折旧计提至", "Depreciated through");
    text.extend([label, ": ", &through, "\n"]);
    text += stocktake(report.last_stocktake.as_ref(), lang);
    text
}

fn categories(report: &AssetRegister, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "类别", "Category")),
        figures(pick(lang, "期初原值", "Opening")),
        figures(pick(lang, "增加", "Increase")),
        figures(pick(lang, "减少", "Decrease")),
        figures(pick(lang, "期末原值", "Closing")),
        figures(pick(lang, "累计折旧", "Worn off")),
        figures(pick(lang, "净值", "Net")),
    ];
    let row = |name: String, of: &Movement| {
        let of = [of.opening, of.increase, of.decrease, of.closing, of.accumulated, of.net];
        std::iter::once(name).chain(of.map(amount)).collect::<Vec<_>>()
    };
    let lines = report.categories.iter();
    let rows = lines.map(|line| row(line.category.get(lang).to_owned(), &line.movement));
    let total = row(pick(lang, "合计", "Total").to_owned(), &report.total);
    table(&columns, rows.chain([total]))
}

fn keeper(of: &Keeper) -> String {
    match of {
        Keeper::Officer(id) => id.to_string(),
        Keeper::Member(id) => id.to_string(),
    }
}

fn stocktake(last: Option<&LastStocktake>, lang: Lang) -> String {
    let said = last.map(|last| format!("{} ({})", last.stocktake, last.date));
    let said = said.unwrap_or_else(|| pick(lang, "从未盘点", "never").to_owned());
    format!("{}: {said}\n", pick(lang, "最近一次盘点", "Last stocktake"))
}

#[must_use]
pub fn supplies(report: &StockBook, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "物品", "Item")),
        words(pick(lang, "单位", "Unit")),
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "保管人", "Keeper")),
        figures(pick(lang, "期初数量", "Opening")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "收入数量", "In")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "发出数量", "Out")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "结存数量", "Closing")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let held = |of: &Held| [of.quantity.to_string(), amount(of.amount)];
    let mut rows = Vec::new();
    for line in &report.lines {
        let named = [
            format!("{} {}", line.item, line.name),
            line.unit.clone(),
            line.fund.to_string(),
            keeper(&line.keeper),
        ];
        let of = [&line.opening, &line.received, &line.issued, &line.closing];
        rows.push(named.into_iter().chain(of.into_iter().flat_map(held)).collect());
    }
    let total = &report.total;
    let sums = [total.opening, total.received, total.issued, total.closing];
    let named = [pick(lang, "合计", "Total"), "", "", ""].map(str::to_owned);
    let sums = sums.into_iter().flat_map(|of| [String::new(), amount(of)]);
    rows.push(named.into_iter().chain(sums).collect());
    let page = heading(&report.heading, lang) + table(&columns, rows);
    page + stocktake(report.last_stocktake.as_ref(), lang)
}

#[must_use]
pub fn asset_agreement(report: &AssetAgreement, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    text += pick(lang, "账账: 资产与资产基金\n", "Accounts: assets and the asset fund\n");
    text += accounts(report, lang);
    text += pick(lang, "账卡: 总账与卡片\n", "Cards: the ledger and the cards\n");
    text += cards(report, lang);
    if !report.uncarded.is_empty() {
        text += pick(lang, "未建卡或未入库\n", "Acquired and not carded or stored\n");
        text += uncarded(report, lang);
    }
    text += pick(lang, "账实: 最近一次盘点\n", "Counts: the last stocktakes\n");
    text += counts(report, lang);
    if !report.pending.is_empty() {
        text += pick(lang, "待处理财产\n", "Pending on 182\n");
        text += pending(report, lang);
    }
    text += verdict(report, lang);
    text
}

/// One line for each of the three, so that what was not counted does not read as agreed.
fn verdict(report: &AssetAgreement, lang: Lang) -> String {
    let said = |agrees: bool| {
        if agrees {
            pick(lang, "相符", "agree")
        } else {
            pick(lang, "不符, 见上列差额!", "do not agree: see the differences above!")
        }
    };
    let mut text = String::new();
    for (zh, en, agrees) in
        [("账账", "Accounts", report.accounts_agree), ("账卡", "Cards", report.cards_agree)]
    {
        text.extend([pick(lang, zh, en), ": ", said(agrees), "\n"]);
    }
    let counts = [
        ("账实, 资产", "Counts of assets", report.assets, &report.last_of_assets),
        ("账实, 物品", "Counts of supplies", report.supplies, &report.last_of_supplies),
    ];
    for (zh, en, counts, last) in counts {
        let last = match last {
            Some(last) => {
                format!(", {} {}", pick(lang, "最近一次盘点", "last counted on"), last.date)
            }
            None => pick(lang, ", 从未盘点", ", never counted").to_owned(),
        };
        let verdict = match counts {
            Counts::Nothing => pick(lang, "无实物", "nothing to count").to_owned(),
            Counts::NotCounted => pick(lang, "未盘点", "not counted yet").to_owned() + &last,
            Counts::Differ => said(false).to_owned(),
            Counts::Agree => said(true).to_owned() + &last,
        };
        text.extend([pick(lang, zh, en), ": ", &verdict, "\n"]);
    }
    text
}

fn accounts(report: &AssetAgreement, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "资产", "Assets")),
        figures(pick(lang, "资产净额", "Net")),
        figures(pick(lang, "待处理", "Pending")),
        figures(pick(lang, "资产基金", "Asset fund")),
        figures(pick(lang, "差额", "Difference")),
    ];
    let rows = report.accounts.iter().map(|line| {
        let named = [line.fund.to_string(), line.what.get(lang).to_owned()];
        let last = amount_or_blank(line.difference);
        let of = [line.assets, line.pending, line.asset_fund].map(amount);
        named.into_iter().chain(of).chain([last]).collect()
    });
    table(&columns, rows)
}

fn cards(report: &AssetAgreement, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "总账", "Ledger")),
        figures(pick(lang, "卡片", "Cards")),
        figures(pick(lang, "差额", "Difference")),
    ];
    let rows = report.cards.iter().map(|line| {
        vec![
            line.fund.to_string(),
            line.account.label(lang),
            amount(line.ledger),
            amount(line.cards),
            amount_or_blank(line.difference),
        ]
    });
    table(&columns, rows)
}

fn uncarded(report: &AssetAgreement, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "资产", "Assets")),
        figures(pick(lang, "入账", "Acquired")),
        figures(pick(lang, "已建卡", "Carded")),
        figures(pick(lang, "差额", "Difference")),
    ];
    let rows = report.uncarded.iter().map(|line| {
        let named = [
            format!("#{}", line.seq),
            line.voucher.to_string(),
            line.date.to_string(),
            line.fund.to_string(),
            line.what.get(lang).to_owned(),
        ];
        let of = [line.acquired, line.carded, line.difference].map(amount);
        named.into_iter().chain(of).collect()
    });
    table(&columns, rows)
}

fn counts(report: &AssetAgreement, lang: Lang) -> Page {
    let mut text = Page::default();
    if !report.counts.is_empty() {
        let columns = [
            words(pick(lang, "盘点", "Stocktake")),
            words(pick(lang, "日期", "Date")),
            words(pick(lang, "资产或物品", "Asset or item")),
            figures(pick(lang, "账存", "Books")),
            figures(pick(lang, "实存", "Found")),
            figures(pick(lang, "盈亏", "Difference")),
            words(pick(lang, "已转待处理", "On 182 by")),
        ];
        let rows = report.counts.iter().map(|line| {
            vec![
                line.stocktake.to_string(),
                line.date.to_string(),
                line.what.clone(),
                line.book.to_string(),
                line.found.to_string(),
                line.difference.to_string(),
                line.recorded.map(|seq| format!("#{seq}")).unwrap_or_default(),
            ]
        });
        text += table(&columns, rows);
    }
    for (zh, en, last) in
        [("资产", "assets", &report.last_of_assets), ("物品", "supplies", &report.last_of_supplies)]
    {
        text.extend([pick(lang, zh, en), ", ", &stocktake(last.as_ref(), lang)]);
    }
    if !report.uncounted.is_empty() || !report.uncounted_supplies.is_empty() {
        let ids = report.uncounted.iter().map(ToString::to_string);
        let ids: Vec<String> = ids.chain(report.uncounted_supplies.iter().cloned()).collect();
        let label = pick(lang, "未盘点", "Not counted");
        text.extend([label, ": ", &ids.join(", "), "\n"]);
    }
    text
}

fn pending(report: &AssetAgreement, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "资产", "Assets")),
        words(pick(lang, "盈亏", "Over or short")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let rows = report.pending.iter().map(|line| {
        let short = if line.short {
            pick(lang, "盘亏或毁损", "short")
        } else {
            pick(lang, "盘盈", "over")
        };
        vec![
            format!("#{}", line.seq),
            line.on.to_string(),
            line.fund.to_string(),
            line.what.get(lang).to_owned(),
            short.to_owned(),
            amount(line.amount),
        ]
    });
    table(&columns, rows)
}
