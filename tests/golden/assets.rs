//! What a union owns: every fact and every form of it.

use serde_json::json;

use crate::given::owned::{
    BOUGHT, MONTH_END, and, buys, card, count_asset, count_item, depreciate, differs, dispose,
    invested, issue, item, last, lives, receive_asset, receive_supplies, recover, resolve,
    resolve_with, sell, store, television, thresholds,
};
use crate::given::{ACCOUNTANT, Asked, CHAIR, CLERK, FIRST, asks, opening, rule, union};

const MARCH: &str = "2025-03-05";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "100000.00"},
        {"account": "162", "fund": "general", "debit": "3600.00"},
        {"account": "163", "fund": "general", "credit": "600.00"},
        {"account": "30104", "fund": "general", "credit": "3000.00"},
        {"account": "32205", "fund": "general", "credit": "100000.00"},
    ]);
    let all_lives = json!({"office": {"at_least": 72}, "arts": {"at_least": 60, "at_most": 180}});
    let whole = json!({"name": "asset_lives", "lives": all_lives});
    let mut scene = and(union(), [opening(FIRST, lines), rule(CHAIR, FIRST, &whole)]);
    let opened = last(&scene) - 1;
    scene.extend([thresholds(), lives()]);
    scene.extend(buys("own-1", "50702", "7200.00", "fixed_asset"));
    let bought = last(&scene);
    let mut old = television("old-1", opened);
    old["worn"] = json!({"months": 12, "amount": "600.00"});
    old["in_use_from"] = "2024-01-05".into();
    scene.extend([card(television("tv-1", bought)), card(television("tv-2", bought)), card(old)]);
    scene.push(receive_asset("fixed_asset", "donated", "6000.00"));
    let mut tables = television("tables", last(&scene));
    (tables["units"], tables["batch"]) = (8.into(), true.into());
    (tables["keeper"], tables["cost"]) = (json!({"member": "m-1"}), "5999.00".into());
    let mut nominal = television("gift", last(&scene));
    (nominal["nominal"], nominal["cost"]) = (true.into(), "1.00".into());
    nominal["life_months"] = json!(null);
    scene.extend([card(tables), card(nominal)]);
    scene.push(receive_asset("intangible_asset", "transferred_in", "500.00"));
    for (id, account, acquires, category) in [
        ("own-2", "50706", "intangible_asset", "software"),
        ("own-3", "50705", "prepaid", "prepaid"),
    ] {
        scene.extend(buys(id, account, "3600.00", acquires));
        let mut fields = television(category, last(&scene));
        fields["category"] = category.into();
        scene.push(card(fields));
    }
    scene.extend(buys("own-4", "50701", "900.00", "construction"));
    scene.push(receive_asset("fixed_asset", "built", "900.00"));
    let keeper = json!({"member": "m-2"});
    let moved = json!({"asset": "tv-2", "on": BOUGHT, "keeper": keeper, "place": "会议室"});
    scene.push(asks(CLERK, BOUGHT, "asset.move", moved));
    scene.extend(buys("own-5", "50102", "250.00", "supplies"));
    let supplies = last(&scene);
    scene.extend([item("chess"), store("chess", supplies, 10, "250.00")]);
    scene.extend([receive_supplies("chess", 4, "100.00"), issue(BOUGHT, "chess", 3)]);
    for to in [json!({"member": "m-1"}), json!({"purpose": "棋赛"})] {
        let fields = json!({"date": BOUGHT, "item": "chess", "quantity": 1, "to": to});
        scene.push(asks(ACCOUNTANT, BOUGHT, "supplies.issue", fields));
    }
    scene.extend(invested("bond", "general", "10000.00"));
    scene.extend(["2025-01", "2025-02"].map(|month| depreciate(MONTH_END, month)));
    scene.push(recover(MARCH, "bond", "10000.00", "10300.00"));
    scene.push(sell(MARCH, "tv-1", "800.00"));
    scene.push(dispose(MARCH, "prepaid", "written_off"));
    scene.push(dispose(MARCH, "software", "scrapped"));
    let more = json!({"proceeds": "120.00", "costs": "20.00", "into": "cash"});
    scene.push(resolve_with(MARCH, last(&scene), &more));
    scene.push(count_asset(MARCH, "c-1", "tv-2", false));
    scene.push(differs(MARCH, "c-1", json!({"asset": "tv-2"})));
    scene.push(resolve(MARCH, last(&scene)));
    let unlisted = json!({"class": "fixed_asset", "amount": "2000.00", "name": "投影仪"});
    scene.push(differs(MARCH, "c-1", json!({"unlisted": unlisted})));
    scene.push(resolve(MARCH, last(&scene)));
    scene.push(count_item(MARCH, "c-2", "chess", 7));
    scene.push(differs(MARCH, "c-2", json!({"item": {"item": "chess"}})));
    scene.push(count_item(MARCH, "c-3", "chess", 9));
    scene.push(differs(MARCH, "c-3", json!({"item": {"item": "chess"}})));
    scene.push(dispose(MARCH, "old-1", "donated"));
    scene
}
