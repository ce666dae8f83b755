//! The same good book on a chart of its own, whose cash and bank are other accounts.

use std::collections::BTreeMap;

use mingzhang::chart::{Chart, Use};
use serde_json::{Value, json};

use super::office::{good_office, office};
use super::{Bundle, CHART_ID, bundle, chart, seal, sha256};

const TILLS: [(&str, &str); 2] = [("101", "191"), ("102", "192")];

fn moved(code: &str) -> &str {
    TILLS.iter().find(|(old, _)| *old == code).map_or(code, |(_, new)| *new)
}

/// The chart of the other books, but for the codes of cash and bank, with what its accounts are for.
pub(crate) fn own_chart() -> String {
    let mut file: Value = serde_json::from_str(chart().json()).unwrap();
    file["id"] = "example-own".into();
    for account in file["accounts"].as_array_mut().unwrap() {
        let code = account["code"].as_str().unwrap().to_owned();
        account["code"] = moved(&code).into();
    }
    let chart = Chart::built_in(CHART_ID).unwrap();
    let posting = |of: &Use| Some((of.as_str(), moved(chart.at(*of)?.as_str()).to_owned()));
    file["posting"] = json!(Use::ALL.iter().filter_map(posting).collect::<BTreeMap<_, _>>());
    file.to_string()
}

/// The book of the office, with what was paid out of the accounts of its own chart.
pub(crate) fn good_own_chart() -> Bundle {
    let own = own_chart();
    let mut records = office();
    for record in &mut records {
        let body = &mut record["body"];
        if let Some(chart) = body.get_mut("chart") {
            *chart = json!({ "id": "example-own", "sha256": sha256(own.as_bytes()) });
        }
        for list in ["entries", "lines"] {
            let Some(Value::Array(entries)) = body.get_mut(list) else { continue };
            for entry in entries {
                if let Some(Value::String(code)) = entry.get_mut("account") {
                    *code = moved(code).to_owned();
                }
            }
        }
    }
    let Bundle { openings, papers, .. } = good_office();
    let chart = Some(own.into_bytes());
    Bundle { chart, openings, papers, ..bundle(&seal(records)) }
}
