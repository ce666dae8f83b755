//! Cards, depreciation, disposals, supplies, stocktakes and investments.

use crate::given::owned::{
    BOUGHT, MONTH_END, and, buys, card, count, count_item, depreciate, differs, dispose, invest,
    invested, invests, issue, item, last, lives, lives_of, receive_asset, receive_supplies,
    recover, resolve, resolve_with, sell, store, television, thresholds, union_that_buys,
    with_chess, with_television,
};
use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, asks, of, pay, reverse,
    rule, yuan,
};
use mingzhang::event::asset::{Category, HowDisposed};
use mingzhang::event::book::Role;
use mingzhang::event::disbursement::Acquisition;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, case};

const MARCH: &str = "2025-03-05";

fn seq(asked: &[Asked]) -> Seq {
    Seq(last(asked))
}

/// Two televisions were bought at once, and no card is written yet.
fn bought() -> Vec<Asked> {
    and(union_that_buys(), buys("d-1", "50702", "7200.00", "fixed_asset"))
}

fn carded(id: &str, more: &Value) -> Asked {
    let mut fields = television(id, last(&bought()));
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    card(fields)
}

pub(crate) fn cards() -> Vec<Case> {
    let from = seq(&bought());
    let with_one = || and(bought(), [carded("tv-1", &json!({}))]);
    let bank = Seq(last(&union_that_buys()));
    let moved = |asset: &str| {
        let fields = json!({
            "asset": asset, "on": BOUGHT, "keeper": {"member": "m-1"}, "place": "会议室",
        });
        asks(CLERK, BOUGHT, "asset.move", fields)
    };
    let gone = and(bought(), [carded("tv-1", &json!({})), carded("tv-2", &json!({}))]);
    let gone = and(gone, [dispose(BOUGHT, "tv-1", "donated")]);
    vec![
        case(
            with_one(),
            carded("tv-1", &json!({})),
            Refusal::AssetExists { asset: of("tv-1") },
            carded("tv-2", &json!({})),
        ),
        case(with_one(), moved("tv-2"), Refusal::AssetUnknown { asset: of("tv-2") }, moved("tv-1")),
        case(
            gone,
            moved("tv-1"),
            Refusal::AssetGone { asset: of("tv-1"), on: of(BOUGHT) },
            moved("tv-2"),
        ),
        case(
            bought(),
            carded("tv-1", &json!({"from": bank})),
            Refusal::NotAnAcquisition {
                from: bank,
                what: Acquisition::FixedAsset,
                fund: of("general"),
            },
            carded("tv-1", &json!({})),
        ),
        case(
            with_one(),
            carded("tv-2", &json!({"cost": "3600.01"})),
            Refusal::CardsAboveCost {
                from,
                acquired: yuan("7200.00"),
                carded: yuan("3600.00"),
                asked: yuan("3600.01"),
            },
            carded("tv-2", &json!({"cost": "3600.00"})),
        ),
        case(
            bought(),
            carded("tv-1", &json!({"units": 0})),
            Refusal::NoneCounted { quantity: 0 },
            carded("tv-1", &json!({"units": 1})),
        ),
        case(
            bought(),
            carded("tv-1", &json!({"in_use_from": "2199-01-01"})),
            Refusal::InUseWhen {
                asset: of("tv-1"),
                in_use_from: of("2199-01-01"),
                acquired: of(BOUGHT),
                today: of(BOUGHT),
            },
            carded("tv-1", &json!({"in_use_from": MONTH_END})),
        ),
    ]
}

/// Depreciation is by months: the month of its acquisition is the first, and this one the last.
#[test]
fn an_asset_is_in_use_from_its_own_month_to_this_one() {
    let mut book = crate::given(bought());
    for day in ["2025-01-31", "2025-03-01"] {
        let found = book.when(&carded("tv-1", &json!({"in_use_from": day}))).unwrap_err();
        assert!(matches!(found, Refusal::InUseWhen { .. }), "{day}: {found:?}");
    }
    book.then(&carded("tv-1", &json!({"in_use_from": "2025-02-01"})));
    book.then(&carded("tv-2", &json!({"in_use_from": MONTH_END})));
}

pub(crate) fn lives_and_worth() -> Vec<Case> {
    let ruled = || and(bought(), [thresholds(), lives()]);
    let category = Category::Office;
    let lives_wrong = rule(CHAIR, BOUGHT, &lives_of(&json!({"at_least": 72, "at_most": 60})));
    let arts = json!({"category": "arts", "life_months": 181});
    let arts_in = json!({"category": "arts", "life_months": 180});
    let books = json!({"category": "books"});
    let books_without = json!({"category": "books", "life_months": null});
    vec![
        case(
            ruled(),
            carded("tv-1", &json!({"cost": "999.99"})),
            Refusal::BelowThreshold {
                category,
                cost: yuan("999.99"),
                units: 1,
                least: yuan("1000.00"),
            },
            carded("tv-1", &json!({"cost": "999.99", "batch": true})),
        ),
        case(
            bought(),
            carded("tv-1", &json!({"life_months": null})),
            Refusal::LifeMissing { category },
            carded("tv-1", &json!({"life_months": 72})),
        ),
        case(
            bought(),
            carded("b-1", &books),
            Refusal::LifeNotAsked { category: Category::Books },
            carded("b-1", &books_without),
        ),
        case(
            ruled(),
            carded("tv-1", &json!({"life_months": 71})),
            Refusal::LifeTooShort { category, months: 71, least: 72 },
            carded("tv-1", &json!({"life_months": 72})),
        ),
        case(
            ruled(),
            carded("p-1", &arts),
            Refusal::LifeTooLong { category: Category::Arts, months: 181, most: 180 },
            carded("p-1", &arts_in),
        ),
        case(
            bought(),
            carded("tv-1", &json!({"nominal": true, "cost": "1.01", "life_months": null})),
            Refusal::NominalNotOne { cost: yuan("1.01") },
            carded("tv-1", &json!({"nominal": true, "cost": "1.00", "life_months": null})),
        ),
        case(bought(), lives_wrong, Refusal::LivesWrong { category, least: 72, most: 60 }, lives()),
    ]
}

/// An asset that the opening balances bring in, 600.00 of it worn off.
pub(crate) fn worn_before() -> Vec<Case> {
    let lines = json!([
        {"account": "162", "fund": "general", "debit": "3600.00"},
        {"account": "163", "fund": "general", "credit": "600.00"},
        {"account": "30104", "fund": "general", "credit": "3000.00"},
    ]);
    let fields = json!({"date": FIRST, "lines": lines, "source": "2024年度决算报表"});
    let opened = and(bought(), [asks(ACCOUNTANT, BOUGHT, "opening.record", fields)]);
    let from = seq(&opened);
    let worn = |amount: &str, months: u32| json!({"amount": amount, "months": months});
    let brought = |worn: Value| {
        carded("tv-1", &json!({"from": from, "in_use_from": "2024-01-05", "worn": worn}))
    };
    vec![
        case(
            bought(),
            carded("tv-1", &json!({"worn": worn("600.00", 12)})),
            Refusal::WornNotOpening { from: seq(&bought()) },
            carded("tv-1", &json!({})),
        ),
        case(
            opened,
            brought(worn("3600.01", 12)),
            Refusal::WornTooMuch {
                amount: yuan("3600.01"),
                cost: yuan("3600.00"),
                months: 12,
                life: 72,
            },
            brought(worn("600.00", 12)),
        ),
    ]
}

pub(crate) fn depreciation() -> Vec<Case> {
    let first = || and(with_television(), [depreciate(MONTH_END, "2025-02")]);
    let carded = seq(&with_television());
    let asset = || of("tv-1");
    vec![
        case(
            with_television(),
            depreciate("2025-03-31", "2025-03"),
            Refusal::DepreciationOutOfOrder { expected: of("2025-02"), found: of("2025-03") },
            depreciate("2025-03-31", "2025-02"),
        ),
        case(
            union_that_buys(),
            depreciate(MONTH_END, "2025-02"),
            Refusal::NothingToDepreciate { month: of("2025-02") },
            receive_asset("fixed_asset", "donated", "1.00"),
        ),
        case(
            with_television(),
            dispose(MARCH, "tv-1", "scrapped"),
            Refusal::DepreciationBehind { asset: asset(), month: of("2025-02") },
            depreciate(MARCH, "2025-02"),
        ),
        case(
            first(),
            dispose(MONTH_END, "tv-1", "scrapped"),
            Refusal::DepreciatedSince { asset: asset(), month: of("2025-02") },
            dispose(MARCH, "tv-1", "scrapped"),
        ),
        case(
            first(),
            reverse(MARCH, carded.0 - 1),
            Refusal::AssetUsedSince { seq: Seq(carded.0 - 1), asset: asset() },
            reverse(MARCH, carded.0 + 1),
        ),
    ]
}

pub(crate) fn disposals() -> Vec<Case> {
    let before = "2025-02-09";
    let mut early = dispose(BOUGHT, "tv-1", "donated");
    let fields = json!({"date": before, "asset": "tv-1", "how": "donated", "basis": "决议"});
    early.command = asks(ACCOUNTANT, BOUGHT, "asset.dispose", fields).command;
    let built = || and(union_that_buys(), buys("d-1", "50701", "8000.00", "construction"));
    vec![
        case(
            with_television(),
            dispose(BOUGHT, "tv-1", "sold"),
            Refusal::PriceIsOfSales { how: HowDisposed::Sold },
            sell(BOUGHT, "tv-1", "100.00"),
        ),
        case(
            with_television(),
            dispose(BOUGHT, "tv-1", "written_off"),
            Refusal::NotDisposedSo { asset: of("tv-1"), how: HowDisposed::WrittenOff },
            dispose(BOUGHT, "tv-1", "lost"),
        ),
        case(
            with_television(),
            early,
            Refusal::GoneBeforeItCame { asset: of("tv-1"), date: of(before), acquired: of(BOUGHT) },
            dispose(BOUGHT, "tv-1", "donated"),
        ),
        case(
            built(),
            receive_asset("fixed_asset", "built", "8000.01"),
            Refusal::ConstructionTooSmall { held: yuan("8000.00"), asked: yuan("8000.01") },
            receive_asset("fixed_asset", "built", "8000.00"),
        ),
    ]
}

pub(crate) fn supplies() -> Vec<Case> {
    let paid = || {
        let bought = and(union_that_buys(), buys("d-1", "50102", "250.00", "supplies"));
        and(bought, [item("chess")])
    };
    let from = Seq(last(&paid()) - 1);
    let half = || and(paid(), [store("chess", from.0, 5, "125.00")]);
    let late = json!({
        "date": BOUGHT, "item": "chess", "quantity": 1, "amount": "25.00", "from": "示例公司",
    });
    let issued = || and(with_chess(), [issue(MARCH, "chess", 1)]);
    let given = and(with_chess(), [receive_supplies("chess", 4, "100.00")]);
    let gift = seq(&given);
    let used = and(given, [issue(MARCH, "chess", 11)]);
    let used_then = seq(&used);
    vec![
        case(
            with_chess(),
            receive_supplies("chess", 1_000_000_000, "1.00"),
            Refusal::StockAboveCount {
                item: of("chess"),
                held: 10,
                asked: 1_000_000_000,
                most: 1_000_000_000,
            },
            receive_supplies("chess", 999_999_990, "1.00"),
        ),
        case(with_chess(), item("chess"), Refusal::ItemExists { item: of("chess") }, item("books")),
        case(
            with_chess(),
            issue(MARCH, "books", 1),
            Refusal::ItemUnknown { item: of("books") },
            issue(MARCH, "chess", 1),
        ),
        case(
            half(),
            store("chess", from.0, 5, "125.01"),
            Refusal::StoredAbovePayment {
                from,
                bought: yuan("250.00"),
                stored: yuan("125.00"),
                asked: yuan("125.01"),
            },
            store("chess", from.0, 5, "125.00"),
        ),
        case(
            with_chess(),
            issue(MARCH, "chess", 11),
            Refusal::StockTooSmall { item: of("chess"), fund: of("general"), held: 10, asked: 11 },
            issue(MARCH, "chess", 10),
        ),
        case(
            issued(),
            asks(ACCOUNTANT, MARCH, "supplies.receive", late),
            Refusal::StockDatedBack { item: of("chess"), date: of(BOUGHT), last: of(MARCH) },
            issue(MARCH, "chess", 1),
        ),
        case(
            used,
            reverse(MARCH, gift.0),
            Refusal::StockUsedSince { seq: gift, item: of("chess"), held: 3, taken: 4 },
            reverse(MARCH, used_then.0),
        ),
    ]
}

pub(crate) fn stocktakes() -> Vec<Case> {
    let counted = |found| and(with_chess(), [count_item(MARCH, "c-1", "chess", found)]);
    let of_chess = || json!({"item": {"item": "chess"}});
    let differing = |on: &str, id: &str| differs(on, id, of_chess());
    let recorded = and(counted(8), [differing(MARCH, "c-1")]);
    let by = seq(&recorded);
    let by_clerk = |witness: &str| {
        let lines = json!({"supplies": [{"item": "chess", "found": 10}]});
        let fields =
            json!({"stocktake": "c-1", "date": MARCH, "counted": lines, "witness": witness});
        asks(CLERK, MARCH, "stocktake.record", fields)
    };
    let twice = json!([{"item": "chess", "found": 8}, {"item": "chess", "found": 2}]);
    let early = json!({"date": BOUGHT, "stocktake": "c-1", "of": of_chess()});
    let chess = "chess/general".to_owned();
    vec![
        case(
            counted(10),
            count_item(MARCH, "c-1", "chess", 10),
            Refusal::StocktakeExists { stocktake: of("c-1") },
            count_item(MARCH, "c-2", "chess", 10),
        ),
        case(
            counted(8),
            differing(MARCH, "c-2"),
            Refusal::StocktakeUnknown { stocktake: of("c-2") },
            differing(MARCH, "c-1"),
        ),
        case(
            with_chess(),
            by_clerk(CLERK),
            Refusal::WitnessCounts { officer: of(CLERK) },
            by_clerk(AUDITOR),
        ),
        case(
            with_chess(),
            count(MARCH, "c-1", json!({"supplies": twice})),
            Refusal::CountedTwice { what: chess.clone() },
            count_item(MARCH, "c-1", "chess", 10),
        ),
        case(
            counted(10),
            differing(MARCH, "c-1"),
            Refusal::NoDifference { stocktake: of("c-1"), what: chess.clone() },
            count_item(MARCH, "c-2", "chess", 9),
        ),
        case(
            recorded,
            differing(MARCH, "c-1"),
            Refusal::DifferenceRecordedAlready { stocktake: of("c-1"), what: chess, by },
            resolve(MARCH, by.0),
        ),
        case(
            counted(8),
            asks(ACCOUNTANT, MARCH, "stocktake_difference.record", early),
            Refusal::BeforeItsStocktake { date: of(BOUGHT), counted: of(MARCH) },
            differing(MARCH, "c-1"),
        ),
    ]
}

/// What two stocktakes found missing is missing once.
pub(crate) fn stocktakes_again() -> Vec<Case> {
    let chess = || json!({"item": {"item": "chess"}});
    let twice = [count_item(MARCH, "c-1", "chess", 8), count_item(MARCH, "c-2", "chess", 8)];
    let booked = and(and(with_chess(), twice), [differs(MARCH, "c-1", chess())]);
    let by = seq(&booked);
    let what = "chess/general".to_owned();
    let unlisted = |name: &str| {
        let found = json!({"class": "fixed_asset", "amount": "1500.00", "name": name});
        differs(MARCH, "c-1", json!({"unlisted": found}))
    };
    let found = and(with_chess(), [count_item(MARCH, "c-1", "chess", 10), unlisted("投影仪")]);
    let by_found = seq(&found);
    let projector = "投影仪".to_owned();
    vec![
        case(
            booked,
            differs(MARCH, "c-2", chess()),
            Refusal::DifferenceRecordedAlready { stocktake: of("c-2"), what, by },
            resolve(MARCH, by.0),
        ),
        case(
            found,
            unlisted("投影仪"),
            Refusal::DifferenceRecordedAlready {
                stocktake: of("c-1"),
                what: projector,
                by: by_found,
            },
            unlisted("投影仪（二）"),
        ),
    ]
}

#[test]
fn a_second_stocktake_books_what_the_first_did_not_find() {
    let chess = || json!({"item": {"item": "chess"}});
    let twice = [count_item(MARCH, "c-1", "chess", 8), count_item(MARCH, "c-2", "chess", 7)];
    let mut book = crate::given(and(with_chess(), twice));
    let by = book.then(&differs(MARCH, "c-1", chess()))[0].seq;
    book.then(&differs(MARCH, "c-2", chess()));
    let in_stock = |book: &crate::given::Given| {
        book.state().supplies.item(&of("chess")).unwrap().in_stock(&of("general")).quantity
    };
    assert_eq!(in_stock(&book), 7);
    // What is taken back is found again, and booked by the stocktake that finds it.
    book.then(&reverse(MARCH, by.0));
    assert_eq!(in_stock(&book), 9);
    book.then(&count_item(MARCH, "c-3", "chess", 7));
    book.then(&differs(MARCH, "c-3", chess()));
    assert_eq!(in_stock(&book), 7);
}

pub(crate) fn pending() -> Vec<Case> {
    let gone = || and(with_television(), [dispose(BOUGHT, "tv-1", "scrapped")]);
    let by = seq(&gone());
    let settled = and(gone(), [resolve(BOUGHT, by.0)]);
    let resolved = seq(&settled);
    let cleared = |proceeds: &str, costs: &str| {
        let more = json!({"proceeds": proceeds, "costs": costs, "into": "bank"});
        resolve_with(BOUGHT, by.0, &more)
    };
    let worth_nothing = worn_off();
    let nothing = seq(&worth_nothing);
    let sold_as_scrap = json!({"proceeds": "5.00", "into": "cash"});
    vec![
        case(
            gone(),
            resolve(BOUGHT, by.0 - 1),
            Refusal::PendingUnknown { pending: Seq(by.0 - 1) },
            resolve(BOUGHT, by.0),
        ),
        case(
            settled,
            reverse(BOUGHT, by.0),
            Refusal::PendingResolved { pending: by, by: resolved },
            reverse(BOUGHT, resolved.0),
        ),
        case(
            gone(),
            cleared("10.00", "10.01"),
            Refusal::CostsAboveProceeds { proceeds: yuan("10.00"), costs: yuan("10.01") },
            cleared("10.00", "10.00"),
        ),
        case(
            gone(),
            resolve_with(BOUGHT, by.0, &json!({"costs": "1.00"})),
            Refusal::ProceedsIncomplete { proceeds: yuan("0.00"), costs: yuan("1.00") },
            cleared("2.00", "1.00"),
        ),
        case(
            worth_nothing,
            resolve("2025-04-01", nothing.0),
            Refusal::NothingPending { pending: nothing },
            resolve_with("2025-04-01", nothing.0, &sold_as_scrap),
        ),
    ]
}

/// A thing that is worn off in two months, and scrapped.
fn worn_off() -> Vec<Asked> {
    let carded = and(bought(), [carded("tv-1", &json!({"life_months": 2}))]);
    let worn = ["2025-02", "2025-03"].map(|month| depreciate("2025-03-31", month));
    and(and(carded, worn), [dispose("2025-04-01", "tv-1", "scrapped")])
}

pub(crate) fn investments() -> Vec<Case> {
    let invested = || and(union_that_buys(), invested("bond", "general", "10000.00"));
    let again = || and(invested(), invests("bond-2", "general", "1.00"));
    let at = seq(&invested());
    let back = and(invested(), [recover(MARCH, "bond", "1.00", "1.00")]);
    let back_at = seq(&back);
    let early = json!({
        "date": FIRST, "investment": "bond", "received": "1.00", "into": "bank",
    });
    let lost = json!({
        "date": MARCH, "investment": "bond", "principal": "4000.00", "received": "3900.00",
        "into": "bank",
    });
    let subsidised = {
        let fields = json!({
            "date": BOUGHT, "fund": "relief", "into": "bank", "amount": "500.00", "donors": 3,
            "purpose": "一日捐",
        });
        and(union_that_buys(), [asks(ACCOUNTANT, BOUGHT, "donation.receive", fields)])
    };
    vec![
        case(
            again(),
            paid_as("bond-2", "bond"),
            Refusal::InvestmentExists { investment: of("bond") },
            invest("bond-2"),
        ),
        case(
            invested(),
            recover(MARCH, "bond-2", "1.00", "1.00"),
            Refusal::InvestmentUnknown { investment: of("bond-2") },
            recover(MARCH, "bond", "1.00", "1.00"),
        ),
        case(
            subsidised,
            invests("bond", "relief", "500.00").remove(0),
            Refusal::InvestmentOfRestricted { fund: of("relief") },
            invests("bond", "general", "500.00").remove(0),
        ),
        case(
            invested(),
            recover(MARCH, "bond", "10000.01", "1.00"),
            Refusal::PrincipalTooLarge { held: yuan("10000.00"), asked: yuan("10000.01") },
            recover(MARCH, "bond", "10000.00", "1.00"),
        ),
        case(
            invested(),
            asks(ACCOUNTANT, BOUGHT, "investment.recover", early),
            Refusal::RecoveredBeforeInvested { date: of(FIRST), acquired: of(BOUGHT) },
            recover(BOUGHT, "bond", "1.00", "1.00"),
        ),
        case(
            back,
            reverse(MARCH, at.0),
            Refusal::InvestmentRecoveredSince { investment: of("bond") },
            reverse(MARCH, back_at.0),
        ),
        case(
            invested(),
            asks(FINANCE, MARCH, "investment.recover", lost),
            Refusal::LossWithoutResolution { loss: yuan("100.00") },
            recover(MARCH, "bond", "4000.00", "3900.00"),
        ),
        case(
            and(union_that_buys(), invests("bond", "general", "500.00")),
            pay(CASHIER, BOUGHT, "bond", "bank"),
            Refusal::PaidByItsCommand {
                disbursement: of("bond"),
                account: of("151"),
                command: "investment.acquire".to_owned(),
            },
            invest("bond"),
        ),
    ]
}

/// What was requested under one id, as the investment of another.
fn paid_as(disbursement: &str, investment: &str) -> Asked {
    let fields = json!({
        "disbursement": disbursement, "date": BOUGHT, "investment": investment, "name": "国债",
        "from": "bank", "resolution": "委员会决议2025-6号",
    });
    asks(CASHIER, BOUGHT, "investment.acquire", fields)
}

#[test]
fn an_investment_is_approved_like_every_payment_and_paid_by_the_cashier() {
    let asked = || invests("bond", "general", "10000.00");
    let mut book = crate::given::given(and(union_that_buys(), asked().into_iter().take(2)));
    let refusal = Refusal::NotYetApproved { disbursement: of("bond"), missing: vec![Role::Chair] };
    assert_eq!(book.when(&invest("bond")), Err(refusal));
    let approved = asked().pop().unwrap();
    book.then(&approved);
    let mut by_chair = invest("bond");
    by_chair.by = of(CHAIR);
    assert!(matches!(book.when(&by_chair), Err(Refusal::OfficeNeeded { .. })));
    book.then(&invest("bond"));
    let ended = Err("DisbursementEnded");
    assert_eq!(book.when(&paid_as("bond", "bond-2")).map(|_| ()).map_err(|r| r.name()), ended);
}

#[test]
fn a_loss_of_an_investment_is_not_recorded_by_the_accountant() {
    let mut book =
        crate::given::given(and(union_that_buys(), invested("bond", "general", "10000.00")));
    let mut lost = recover(MARCH, "bond", "4000.00", "3900.00");
    lost.by = of(ACCOUNTANT);
    assert!(matches!(book.when(&lost), Err(Refusal::OfficeNeeded { .. })));
    book.then(&recover(MARCH, "bond", "4000.00", "3900.00"));
}
