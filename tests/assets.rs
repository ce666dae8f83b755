//! What a union owns is worn off to the last fen, by as many records as it takes, and no further.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod given;

use given::owned::{
    BOUGHT, MONTH_END, and, buys, card, count_asset, count_item, depreciate, differs, item, last,
    receive_supplies, television, union_that_buys, with_chess, with_television,
};
use given::{ACCOUNTANT, Asked, FIRST, Given, asks, given, of, opening, reverse, union, yuan};
use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::event::{Fact, Recorded};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::render::{self, Beside};
use mingzhang::report::asked::{Asked as Wanted, Ledger, Name, make};
use mingzhang::report::asset_agreement;
use mingzhang::rules::Refusal;
use serde_json::json;

/// What the records wear off, in their order.
fn worn(records: &[Recorded]) -> Vec<Money> {
    let run = |record: &Recorded| {
        if let Fact::AssetDepreciated(run) = &record.fact { Some(run.total()) } else { None }
    };
    records.iter().filter_map(run).collect()
}

fn months(from: &str, to: &str) -> Vec<Asked> {
    let months = of::<mingzhang::date::Month>(from).through(of(to));
    months.map(|m| depreciate(&m.last_day().to_string(), &m.to_string())).collect()
}

#[test]
fn the_last_month_takes_what_is_left_and_nothing_comes_after_it() {
    let bought = and(union_that_buys(), buys("d-1", "50702", "1000.00", "fixed_asset"));
    let mut fields = television("tv-1", last(&bought));
    (fields["cost"], fields["life_months"]) = ("1000.00".into(), 3.into());
    let mut book = given(and(bought, [card(fields)]));
    let each = months("2025-02", "2025-04");
    let each: Vec<Money> = each.iter().flat_map(|month| worn(&book.then(month))).collect();
    assert_eq!(each, [yuan("333.33"), yuan("333.33"), yuan("333.34")]);
    assert!(!book.state().assets.is_depreciable(of("2030-12")));
    assert_eq!(book.state().assets.depreciated_through(), Some(of("2025-04")));
    let refusal = Refusal::NothingToDepreciate { month: of("2025-05") };
    assert_eq!(book.when(&depreciate("2025-05-31", "2025-05")), Err(refusal));
}

#[test]
fn what_came_with_the_opening_goes_on_where_it_was() {
    let lines = json!([
        {"account": "162", "fund": "general", "debit": "3600.00"},
        {"account": "163", "fund": "general", "credit": "3500.00"},
        {"account": "30104", "fund": "general", "credit": "100.00"},
    ]);
    let opened = and(union(), [opening(FIRST, lines)]);
    let mut fields = television("old", last(&opened));
    fields["in_use_from"] = "2019-03-05".into();
    fields["worn"] = json!({"months": 70, "amount": "3500.00"});
    let mut book = given(and(opened, [card(fields)]));
    let each = ["2025-01", "2025-02"].map(|month| depreciate("2025-02-28", month));
    let each: Vec<Money> = each.iter().flat_map(|month| worn(&book.then(month))).collect();
    assert_eq!(each, [yuan("50.00"), yuan("50.00")]);
    assert_eq!(book.state().assets.asset(&of("old")).unwrap().worn_through(None), yuan("3600.00"));
}

#[test]
fn a_long_list_is_several_records_and_one_that_is_reversed_is_made_good() {
    let bought = and(union_that_buys(), buys("d-1", "50702", "7200.00", "fixed_asset"));
    let from = last(&bought);
    let cards = (0..40).map(|number| {
        let mut fields = television(&format!("a-{number}"), from);
        (fields["cost"], fields["batch"]) = ("180.00".into(), true.into());
        card(fields)
    });
    let mut book = given(and(bought, cards));
    let month = depreciate("2025-02-28", "2025-02");
    let records = book.then(&month);
    assert_eq!(worn(&records), [yuan("75.00"), yuan("25.00")]);
    let before = book.state().assets.clone();
    let again = Refusal::DepreciationOutOfOrder { expected: of("2025-03"), found: of("2025-02") };
    assert_eq!(book.when(&month), Err(again));
    book.then(&reverse("2025-02-28", records[1].seq.0));
    assert_eq!(worn(&book.then(&month)), [yuan("25.00")]);
    let worth = |assets: &mingzhang::projection::assets::Assets| {
        assets.assets().map(|(_, asset)| asset.worn_through(None)).collect::<Vec<_>>()
    };
    assert_eq!(worth(&book.state().assets), worth(&before));
}

#[test]
fn a_purchase_that_is_reversed_takes_its_card_with_it() {
    let carded = with_television();
    let payment = last(&carded) - 1;
    let mut book = given(carded);
    book.then(&reverse(BOUGHT, payment));
    let asset = book.state().assets.asset(&of("tv-1")).unwrap();
    assert!(!asset.is_in_use() && asset.cost_through(None).is_zero());
    let on = of(BOUGHT);
    let refusal = Refusal::AssetGone { asset: of("tv-1"), on };
    let fields = json!({"date": BOUGHT, "asset": "tv-1", "how": "donated", "basis": "决议"});
    assert_eq!(book.when(&asks(ACCOUNTANT, BOUGHT, "asset.dispose", fields)), Err(refusal));
}

#[test]
fn the_bank_journal_names_what_the_money_went_for_and_never_what_stands_against_the_asset_fund() {
    let sold = json!({
        "date": MONTH_END, "asset": "tv-1", "how": "sold", "proceeds": "2800.00", "into": "bank",
        "basis": "决议",
    });
    let sold = asks(ACCOUNTANT, MONTH_END, "asset.dispose", sold);
    let book = given(and(with_television(), [sold]));
    let records: Vec<Recorded> =
        book.lines().iter().map(|line| recorded(Envelope::read(line).unwrap()).unwrap()).collect();
    let ledger = Ledger { state: book.state(), chart: book.book.chart(), records: &records };
    let period = Some(of("2025-02"));
    let of = Wanted { name: Name::BankJournal, period, by_fund: false, of: None };
    let made = make(&of.settle(book.state()), ledger);
    let page = render::made(&made, &Beside::default(), Lang::Zh).to_string();
    assert_eq!(page.trim_end(), BANK_JOURNAL.trim());
}

const BANK_JOURNAL: &str = "
银行存款日记账
单位名称: 示例市示例厂工会  期间: 2025年2月  单位: 元  记录数: 24
科目: 102 银行存款
+------------+-----------------+-------------------------------------------+-------------------------------+----------+----------+------+------------+
| 日期       | 凭证号          | 摘要                                      | 对方科目                      |     借方 |     贷方 | 方向 |       余额 |
+====================================================================================================================================================+
| 2025-02-01 |                 | 期初余额                                  |                               |          |          | 借   | 100,000.00 |
| 2025-02-10 | 记-2025-02-0001 | 付款 d-1 办公设备购置: 文体活动, 示例商店 | 50702 资本性支出-办公设备购置 |          | 3,600.00 | 借   |  96,400.00 |
| 2025-02-28 | 记-2025-02-0002 | 资产处置 tv-1 出售                        | 408 其他收入                  | 2,800.00 |          | 借   |  99,200.00 |
| 2025-02-28 |                 | 本月合计                                  |                               | 2,800.00 | 3,600.00 | 借   |  99,200.00 |
| 2025-02-28 |                 | 本年累计                                  |                               | 2,800.00 | 3,600.00 | 借   |  99,200.00 |
+------------+-----------------+-------------------------------------------+-------------------------------+----------+----------+------+------------+
出纳: cashier
";

fn agreement(book: &Given) -> asset_agreement::AssetAgreement {
    let lines = book.lines();
    let read = |line: &Vec<u8>| recorded(Envelope::read(line).unwrap()).unwrap();
    let records: Vec<Recorded> = lines.iter().map(read).collect();
    let (state, chart) = (book.state(), book.book.chart());
    asset_agreement::report(Ledger { state, chart, records: &records })
}

/// The last lines of the report, which say what agrees.
fn verdict(book: &Given) -> Vec<String> {
    let page = render::asset_agreement(&agreement(book), Lang::Zh).to_string();
    let lines: Vec<&str> = page.lines().collect();
    lines[lines.len() - 4..].iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn what_nobody_has_counted_agrees_with_nothing() {
    let mut book = given(union_that_buys());
    let nothing = ["账账: 相符", "账卡: 相符", "账实, 资产: 无实物", "账实, 物品: 无实物"];
    assert_eq!((agreement(&book).agrees, verdict(&book)), (true, nothing.map(Into::into).into()));
    let mut owns =
        given(and(with_television(), [item("chess"), receive_supplies("chess", 9, "9.00")]));
    let assets = |book: &Given| (agreement(book).agrees, verdict(book)[2].clone());
    let supplies = |book: &Given| (agreement(book).agrees, verdict(book)[3].clone());
    assert_eq!(assets(&owns), (false, "账实, 资产: 未盘点, 从未盘点".to_owned()));
    assert_eq!(supplies(&owns), (false, "账实, 物品: 未盘点, 从未盘点".to_owned()));
    owns.then(&count_asset(BOUGHT, "c-1", "tv-1", true));
    assert_eq!(assets(&owns), (false, "账实, 资产: 相符, 最近一次盘点 2025-02-10".to_owned()));
    owns.then(&count_item(BOUGHT, "c-2", "chess", 9));
    assert_eq!(supplies(&owns), (true, "账实, 物品: 相符, 最近一次盘点 2025-02-10".to_owned()));
    // What came in since then is not counted yet.
    owns.then(&item("cards"));
    owns.then(&receive_supplies("cards", 1, "1.00"));
    assert_eq!(supplies(&owns), (false, "账实, 物品: 未盘点, 最近一次盘点 2025-02-10".to_owned()));
    assert_eq!(agreement(&owns).uncounted_supplies, ["cards/general"]);
    book.then(&item("chess"));
    assert!(agreement(&book).agrees, "a card of an item of which there is none");
}

/// Two stocktakes found the same two pieces missing: the record of one of them settles both.
#[test]
fn a_difference_that_is_booked_by_one_stocktake_is_booked_for_the_other() {
    let mut book = given(with_chess());
    book.then(&count_item(BOUGHT, "c-1", "chess", 8));
    book.then(&count_item(BOUGHT, "c-2", "chess", 8));
    let last = |book: &Given| agreement(book).counts.iter().map(|l| l.recorded).collect::<Vec<_>>();
    assert_eq!(last(&book), [None]);
    assert!(!agreement(&book).agrees);
    let by = book.then(&differs(BOUGHT, "c-1", json!({"item": {"item": "chess"}})))[0].seq;
    assert_eq!(last(&book), [Some(by)]);
    assert!(agreement(&book).agrees);
}
