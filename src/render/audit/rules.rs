use crate::lang::Lang;
use crate::render::page::Page;
use crate::render::table::{pick, table, words};
use crate::report::audit::{Audit, RuleInForce};

/// The rules of the period, below what was approved by them.
pub(super) fn rules(report: &Audit, lang: Lang) -> Page {
    if report.rules.is_empty() {
        return Page::from(
            pick(lang, "本期未定制度\n", "No rule was set in the period\n").to_owned(),
        );
    }
    let columns = [
        words(pick(lang, "制度", "Rule")),
        words(pick(lang, "自", "From")),
        words(pick(lang, "依据", "Source")),
        words(pick(lang, "设定人", "Set by")),
        words(pick(lang, "记录日", "Recorded on")),
        words(pick(lang, "记录", "Record")),
    ];
    let row = |rule: &RuleInForce| {
        vec![
            rule.name.get(lang).to_owned(),
            rule.from.to_string(),
            rule.source.clone(),
            rule.set_by.to_string(),
            rule.set_on.to_string(),
            format!("#{}", rule.seq),
        ]
    };
    let title = pick(lang, "本期所定制度\n", "Rules set in the period\n");
    Page::from(title) + table(&columns, report.rules.iter().map(row))
}
