//! Books on a chart of their own: `init --chart`, `chart.json` in the book and in its bundle, and
//! what says no.

use std::fs;

use crate::program::Desk;

const CHART: &str = include_str!("../../fixtures/practices/24-chart.json");
const INIT: &str = "-b club init club.example.org/one --organisation Club --starts 2025-01-01 \
                    --no-passphrase --as acc --chart";

fn desk_with_club() -> Desk {
    let desk = Desk::new();
    desk.write("club.json", CHART);
    desk.say(&format!("{INIT} club.json")).ends(0);
    desk
}

#[test]
fn a_faulty_chart_is_refused_with_every_fault_at_once_in_both_languages_and_leaves_nothing() {
    let desk = Desk::new();
    let faulty = CHART.replace("EUR", "euro").replace("\"dues\": \"400\"", "\"dues\": \"401\"");
    desk.write("club.json", faulty.replace("[\"400\"]", "[\"499\"]"));
    let errors = desk.say(&format!("{INIT} club.json --json")).ends(2).errors();
    let said = |lang: &str| -> Vec<&str> {
        errors.iter().map(|error| error[lang].as_str().unwrap()).collect()
    };
    assert_eq!(
        said("en"),
        [
            "club.json: a currency is three capital letters: \"euro\"",
            "club.json: the account for dues is \"401\", which is not there or takes no entries",
            "club.json: line 1 of the statement year adds up \"499\", which is not in the chart",
        ]
    );
    assert_eq!(
        said("zh"),
        [
            "club.json：币种须是三个大写字母：\"euro\"",
            "club.json：用途 dues 的科目 \"401\" 不存在或不可记账",
            "club.json：报表 year 行次 1 汇总的 \"499\" 不在科目表中",
        ]
    );
    assert!(errors.iter().all(|error| error["code"] == "CHT2"));
    desk.write("club.json", "{}");
    let errors = desk.say(&format!("{INIT} club.json --json")).ends(2).errors();
    assert_eq!(errors[0]["code"], "CHT1");
    let unknown = desk.say(&format!("{INIT} nowhere.json")).ends(2).err;
    assert!(unknown.contains("cn-gonghui-2021, cn-gonghui-2021-2, us-olms"), "{unknown}");
    assert!(!desk.path("club").exists());
}

#[test]
fn a_book_keeps_its_own_chart_and_its_bundle_brings_it_along() {
    let desk = desk_with_club();
    assert_eq!(desk.text("club/chart.json"), CHART);
    assert!(desk.say("-b club verify club").ends(0).out.contains("verified"));
    desk.say("-b club checkpoint sign").ends(0);
    desk.say("-b club export bundle --out bundle").ends(0);
    assert_eq!(desk.text("bundle/chart.json"), CHART);
    let verdict = desk.say("verify bundle --json").ends(0).json()["verdict"].clone();
    assert!(!verdict["notes"].to_string().contains("chart"), "{verdict}");
    let own = desk.say("-b club report statement --of year --no-footer").ends(0).out;
    let from_bundle = desk.say("-b bundle report statement --of year --no-footer").ends(0).out;
    assert!(own.contains("Unit: EUR") && own == from_bundle, "{own}");
    // A book of a chart that comes with the program keeps none.
    desk.say("-b us init us.example.org/one --organisation L --starts 2025-01-01 --no-passphrase --as acc --chart us-olms").ends(0);
    assert!(!desk.path("us/chart.json").exists());
}

#[test]
fn a_book_is_not_read_by_another_chart_than_the_one_that_record_0_pins() {
    let desk = desk_with_club();
    desk.write("club/chart.json", CHART.replace("Activities", "Parties"));
    for line in ["report trial-balance", "record period.close --as acc --month 2025-01"] {
        let error = desk.say(&format!("-b club {line}")).ends(4).err;
        assert!(error.contains("example-club"), "{error}");
    }
    let faults = desk.say("verify club --json").ends(4).json()["verdict"]["faults"].clone();
    assert_eq!(faults[0]["kind"], "chart_differs");
    fs::remove_file(desk.path("club/chart.json")).unwrap();
    desk.say("-b club report trial-balance").ends(4);
    desk.write("club/chart.json", CHART);
    desk.say("-b club report trial-balance").ends(0);
}

#[test]
fn the_form_of_a_chart_file_is_said_as_json_schema() {
    let schema = Desk::new().say("schema chart").ends(0).json();
    let has = |key: &str| schema["properties"].get(key).is_some();
    assert!(["id", "title", "currency", "accounts", "posting", "statements"].into_iter().all(has));
}
