//! What a union owns, against its part of 资产基金 (301).

use serde_json::json;

use crate::given::owned::{
    BOUGHT, MONTH_END, and, buys, card, count_asset, count_item, depreciate, differs, dispose,
    invest, invested, invests, issue, item, last, receive_asset, receive_supplies, recover,
    resolve, resolve_with, sell, television, union_that_buys, with_chess, with_television,
};
use crate::given::{ACCOUNTANT, Asked, CASHIER, asks, pay};
use crate::{Row, row};

const MARCH: &str = "2025-03-05";

/// Everything of a purchase but its payment, and the payment.
fn bought(account: &str, amount: &str, acquires: &str) -> (Vec<Asked>, Asked) {
    let mut steps = buys("d-1", account, amount, acquires);
    steps.pop();
    (and(union_that_buys(), steps), pay(CASHIER, BOUGHT, "d-1", "bank"))
}

fn purchase(event: &'static str, of: [&str; 3], entries: &'static str) -> Row {
    let (before, paid) = bought(of[0], of[1], of[2]);
    row(event, before, paid, entries)
}

/// The television after its first month.
fn worn() -> Vec<Asked> {
    and(with_television(), [depreciate(MONTH_END, "2025-02")])
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = purchases();
    rows.extend(assets());
    rows.extend(supplies());
    rows.extend(differences());
    rows.extend(investments());
    rows
}

fn purchases() -> Vec<Row> {
    let built = and(union_that_buys(), buys("d-1", "50701", "8000.00", "construction"));
    vec![
        purchase(
            "购固定资产",
            ["50702", "3600.00", "fixed_asset"],
            "借 50702 办公设备购置 3600.00
             贷 102 银行存款 3600.00
             借 162 固定资产 3600.00
             贷 30104 固定资产 3600.00",
        ),
        purchase(
            "购库存物品",
            ["50102", "250.00", "supplies"],
            "借 50102 文体活动支出 250.00
             贷 102 银行存款 250.00
             借 141 库存物品 250.00
             贷 30101 库存物品 250.00",
        ),
        purchase(
            "支付工程款",
            ["50701", "8000.00", "construction"],
            "借 50701 房屋建筑物购建 8000.00
             贷 102 银行存款 8000.00
             借 161 在建工程 8000.00
             贷 30103 在建工程 8000.00",
        ),
        purchase(
            "购无形资产",
            ["50706", "4800.00", "intangible_asset"],
            "借 50706 信息网络购建 4800.00
             贷 102 银行存款 4800.00
             借 171 无形资产 4800.00
             贷 30105 无形资产 4800.00",
        ),
        purchase(
            "发生长期待摊费用",
            ["50705", "6000.00", "prepaid"],
            "借 50705 大型修缮 6000.00
             贷 102 银行存款 6000.00
             借 181 长期待摊费用 6000.00
             贷 30106 长期待摊费用 6000.00",
        ),
        row(
            "在建工程完工交付使用",
            built,
            receive_asset("fixed_asset", "built", "8000.00"),
            "借 162 固定资产 8000.00
             贷 30104 固定资产 8000.00
             借 30103 在建工程 8000.00
             贷 161 在建工程 8000.00",
        ),
    ]
}

/// A card of another class, and a month of its wear.
fn worn_of(account: &str, acquires: &str, category: &str) -> Vec<Asked> {
    let bought = and(union_that_buys(), buys("d-1", account, "6000.00", acquires));
    let mut fields = television("a-1", last(&bought));
    (fields["category"], fields["cost"]) = (category.into(), "6000.00".into());
    fields["life_months"] = 60.into();
    and(bought, [card(fields)])
}

fn assets() -> Vec<Row> {
    let amortised = |account, acquires, category| worn_of(account, acquires, category);
    vec![
        row(
            "接受捐赠固定资产",
            union_that_buys(),
            receive_asset("fixed_asset", "donated", "5000.00"),
            "借 162 固定资产 5000.00
             贷 30104 固定资产 5000.00",
        ),
        row(
            "无偿调入无形资产",
            union_that_buys(),
            receive_asset("intangible_asset", "transferred_in", "5000.00"),
            "借 171 无形资产 5000.00
             贷 30105 无形资产 5000.00",
        ),
        row(
            "计提折旧",
            with_television(),
            depreciate(MONTH_END, "2025-02"),
            "借 30104 固定资产 50.00
             贷 163 累计折旧 50.00",
        ),
        row(
            "无形资产摊销",
            amortised("50706", "intangible_asset", "software"),
            depreciate(MONTH_END, "2025-02"),
            "借 30105 无形资产 100.00
             贷 172 累计摊销 100.00",
        ),
        row(
            "长期待摊费用摊销",
            amortised("50705", "prepaid", "prepaid"),
            depreciate(MONTH_END, "2025-02"),
            "借 30106 长期待摊费用 100.00
             贷 181 长期待摊费用 100.00",
        ),
        row(
            "长期待摊费用转销",
            and(amortised("50705", "prepaid", "prepaid"), [depreciate(MONTH_END, "2025-02")]),
            dispose(MARCH, "a-1", "written_off"),
            "借 30106 长期待摊费用 5900.00
             贷 181 长期待摊费用 5900.00",
        ),
        row(
            "出售固定资产",
            worn(),
            sell(MARCH, "tv-1", "800.00"),
            "借 30104 固定资产 3550.00
             借 163 累计折旧 50.00
             贷 162 固定资产 3600.00
             借 102 银行存款 800.00
             贷 408 其他收入 800.00",
        ),
        row(
            "对外捐赠固定资产",
            worn(),
            dispose(MARCH, "tv-1", "donated"),
            "借 30104 固定资产 3550.00
             借 163 累计折旧 50.00
             贷 162 固定资产 3600.00",
        ),
        row(
            "报废固定资产转入待处理",
            worn(),
            dispose(MARCH, "tv-1", "scrapped"),
            "借 182 待处理财产损溢 3550.00
             借 163 累计折旧 50.00
             贷 162 固定资产 3600.00",
        ),
        row(
            "核销无形资产转入待处理",
            and(
                amortised("50706", "intangible_asset", "software"),
                [depreciate(MONTH_END, "2025-02")],
            ),
            dispose(MARCH, "a-1", "scrapped"),
            "借 182 待处理财产损溢 5900.00
             借 172 累计摊销 100.00
             贷 171 无形资产 6000.00",
        ),
        scrapped_and_settled(),
    ]
}

fn scrapped_and_settled() -> Row {
    let scrapped = and(worn(), [dispose(MARCH, "tv-1", "scrapped")]);
    let more = json!({"proceeds": "120.00", "costs": "20.00", "into": "cash"});
    let settled = resolve_with(MARCH, last(&scrapped), &more);
    row(
        "报废固定资产批准处理，变价收入减清理费用",
        scrapped,
        settled,
        "借 30104 固定资产 3550.00
         贷 182 待处理财产损溢 3550.00
         借 101 库存现金 120.00
         贷 182 待处理财产损溢 120.00
         借 182 待处理财产损溢 20.00
         贷 101 库存现金 20.00
         借 182 待处理财产损溢 100.00
         贷 408 其他收入 100.00",
    )
}

fn supplies() -> Vec<Row> {
    vec![
        row(
            "接受捐赠库存物品",
            and(union_that_buys(), [item("chess")]),
            receive_supplies("chess", 4, "100.00"),
            "借 141 库存物品 100.00
             贷 30101 库存物品 100.00",
        ),
        row(
            "领用库存物品",
            with_chess(),
            issue(MARCH, "chess", 3),
            "借 30101 库存物品 75.00
             贷 141 库存物品 75.00",
        ),
    ]
}

fn differences() -> Vec<Row> {
    let of_chess = json!({"item": {"item": "chess"}});
    let counted = |found| and(with_chess(), [count_item(MARCH, "c-1", "chess", found)]);
    let short = and(counted(8), [differs(MARCH, "c-1", of_chess.clone())]);
    let over = and(counted(12), [differs(MARCH, "c-1", of_chess.clone())]);
    let missing = and(worn(), [count_asset(MARCH, "c-1", "tv-1", false)]);
    let of_television = differs(MARCH, "c-1", json!({"asset": "tv-1"}));
    let unlisted = json!({"class": "fixed_asset", "amount": "2000.00", "name": "投影仪"});
    let found = differs(MARCH, "c-1", json!({"unlisted": unlisted}));
    let found_and_recorded = and(missing.clone(), [found.clone()]);
    vec![
        row(
            "盘亏库存物品",
            counted(8),
            differs(MARCH, "c-1", of_chess.clone()),
            "借 182 待处理财产损溢 50.00
             贷 141 库存物品 50.00",
        ),
        row(
            "盘亏库存物品批准处理",
            short.clone(),
            resolve(MARCH, last(&short)),
            "借 30101 库存物品 50.00
             贷 182 待处理财产损溢 50.00",
        ),
        row(
            "盘盈库存物品",
            counted(12),
            differs(MARCH, "c-1", of_chess),
            "借 141 库存物品 50.00
             贷 182 待处理财产损溢 50.00",
        ),
        row(
            "盘盈库存物品批准处理",
            over.clone(),
            resolve(MARCH, last(&over)),
            "借 182 待处理财产损溢 50.00
             贷 30101 库存物品 50.00",
        ),
        row(
            "盘亏固定资产",
            missing.clone(),
            of_television,
            "借 182 待处理财产损溢 3550.00
             借 163 累计折旧 50.00
             贷 162 固定资产 3600.00",
        ),
        row(
            "盘盈固定资产",
            missing,
            found,
            "借 162 固定资产 2000.00
             贷 182 待处理财产损溢 2000.00",
        ),
        row(
            "盘盈固定资产批准处理",
            found_and_recorded.clone(),
            resolve(MARCH, last(&found_and_recorded)),
            "借 182 待处理财产损溢 2000.00
             贷 30104 固定资产 2000.00",
        ),
    ]
}

fn investments() -> Vec<Row> {
    let invested = || and(union_that_buys(), invested("bond", "general", "10000.00"));
    let interest = json!({
        "date": MARCH, "investment": "bond", "received": "150.00", "into": "bank",
    });
    vec![
        row(
            "货币投资",
            and(union_that_buys(), invests("bond", "general", "10000.00")),
            invest("bond"),
            "借 32205 累计结余 10000.00
             贷 102 银行存款 10000.00
             借 151 投资 10000.00
             贷 30102 投资 10000.00",
        ),
        row(
            "投资利息",
            invested(),
            asks(ACCOUNTANT, MARCH, "investment.recover", interest),
            "借 102 银行存款 150.00
             贷 407 投资收益 150.00",
        ),
        row(
            "收回投资，有收益",
            invested(),
            recover(MARCH, "bond", "10000.00", "10300.00"),
            "借 102 银行存款 10300.00
             贷 32205 累计结余 10000.00
             贷 407 投资收益 300.00
             借 30102 投资 10000.00
             贷 151 投资 10000.00",
        ),
        row(
            "收回部分投资，有损失",
            invested(),
            recover(MARCH, "bond", "4000.00", "3900.00"),
            "借 102 银行存款 3900.00
             贷 32205 累计结余 4000.00
             借 407 投资收益 100.00
             借 30102 投资 4000.00
             贷 151 投资 4000.00",
        ),
    ]
}
