//! 依据 A source as each language cites it: a law by its English name with the official one in brackets, an
//! article as 第43条 or Art. 43, a union's own rule by what it is called.

use crate::event::book::RuleKind;
use crate::lang::Lang;

/// Laws and documents, and what they are called in English; the official name stays in brackets.
#[rustfmt::skip]
const NAMED: &[(&str, &str)] = &[
    ("财会〔2021〕7号", "accounting system of trade unions"),
    ("财会〔2021〕16号", "transition to the accounting system"),
    ("财会〔2024〕12号", "rules on accounting software"),
    ("会计基础工作规范", "rules on basic accounting work"),
    ("会计法(2024)", "Accounting Law of 2024"),
    ("会计法", "Accounting Law"),
    ("工会法", "Trade Union Law"),
    ("中国工会章程", "constitution of the Chinese trade unions"),
    ("职工医疗互助办法", "measures of medical mutual aid"),
    ("工会经费支出管理办法", "measures on the spending of unions"),
    ("工会经费收入专用收据管理", "management of receipts of unions"),
    ("工会预算管理办法", "budget measures of unions"),
    ("工会审计整改（整改证据）", "rectification after audits"),
    ("公益事业捐赠法", "Law on Donations for Public Welfare"),
    ("慈善法(2023)", "Charity Law of 2023"),
    ("个人信息保护法", "Personal Information Protection Law"),
    ("现金管理暂行条例", "provisional rules on cash"),
    ("总工发〔2015〕20号", "measures on hardship cases"),
    ("总工办发〔2017〕32号", "measures on the spending of grassroots unions"),
    ("总工办发〔2020〕29号", "budget measures of unions"),
    ("厅字〔2022〕47号", "notice on small payers"),
    ("皖工发〔2025〕18号", "measures of Anhui on grassroots unions"),
    ("捐款管理规定", "rules on donations"),
];

/// What else stands in sources, in plain words.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("本程序的默认值，并非法规 a default", "a default"),
    ("本程序的限度 a limit", "a limit"),
    ("（集体领导下的主席负责制）", " (the chair answers for the committee)"),
    ("（严禁无预算、超预算支出）", " (nothing beside or above the budget)"),
    ("（会计工作交接）", " (handover of work)"),
    ("（经审会）", " (audit committee)"), ("经审会", "audit committee"),
    ("（会费）", " (dues)"), ("（回避）", " (relatives)"), ("回避", "relatives"), ("（五）", "(5)"),
    ("银行存款余额调节表", "bank reconciliation"), ("名册与实付核对", "list against payment"),
    ("名册与实收核对", "list against receipt"), ("不相容职务分离", "incompatible duties apart"),
    ("移交后由接收人经办", "who took over acts"), ("当月减少的当月不再计提", "none in the month in which it goes"),
    ("申请、审核、公示、审批", "applied for, examined, posted, approved"),
    ("会费按工资收入的 0.5% 计缴", "dues are 0.5% of wages"), ("会费按月缴纳", "dues are paid by the month"),
    ("基层任期三年或五年", "terms of three or five years"), ("标准按年度计算", "measures are of a year"),
    ("节日慰问限实物", "holiday gifts in kind"), ("结余性质的结转", "carried as surplus"), ("结转转入", "released"),
    ("年初余额调整", "adjustment of the opening balance"), ("建会筹备金", "preparation fund"),
    ("工资总额的 2%", "2% of payroll"), ("借贷记账法", "double entry"), ("专款专用", "as given"),
    ("现金当面点交", "cash counted over"), ("逾期三年以上", "three years overdue"), ("加权平均法", "weighted average"),
    ("内部牵制", "internal check"), ("不得坐支", "no spending from receipts"), ("依档帮扶", "aid by case"),
    ("一户一档", "one case a household"), ("动态管理", "kept up to date"), ("账卡相符", "cards agree"),
    ("账实相符", "stock agrees"), ("按月计提", "monthly"), ("预算、决算", "budgets and accounts"),
    ("审计整改", "rectification"), ("稽核", "review"), ("出纳", "cashier"), ("公示", "posted"),
    ("总说明一", "general note 1"), ("总说明二", "general note 2"), ("第二部分", "part 2"), ("第四部分", "part 4"),
    ("第六部分", "part 6"), ("收入类", "income"), ("支出类", "spending"), ("附录", "appendix "), ("附表", "table"),
    ("(三)", "(3)"), ("(五)", "(5)"), ("（", " ("), ("）", ")"), ("、", ", "), ("至", " to "),
];

/// A source in the reader's language.
#[must_use]
pub fn source(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => ruled(&in_articles(text), lang),
        Lang::En => in_english(text),
    }
}

fn in_english(text: &str) -> String {
    // A name that was set is not looked into again: its own words are others' too.
    let mut rest = text;
    let mut said = String::new();
    while !rest.is_empty() {
        let whole = NAMED.iter().find_map(|(zh, en)| {
            rest.strip_prefix(zh).map(|after| (format!("{en} ({zh})"), after))
        });
        let whole = whole.or_else(|| article(rest));
        let found = whole.or_else(|| {
            let word = WORDS.iter().find_map(|(zh, en)| Some((*en, rest.strip_prefix(zh)?)));
            word.map(|(en, after)| (en.to_owned(), after))
        });
        let (part, after) = found.unwrap_or_else(|| {
            let mut letters = rest.chars();
            let first = letters.next().map(String::from).unwrap_or_default();
            (first, letters.as_str())
        });
        said.push_str(&part);
        rest = after;
    }
    ruled(&said, Lang::En)
}

/// 第43条 or 第43、44条 at the beginning, as an article.
fn article(text: &str) -> Option<(String, &str)> {
    let (numbers, after) = text.strip_prefix('第')?.split_once('条')?;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '、' | '至');
    let numbers = Some(numbers).filter(|numbers| numbers.chars().all(is_number))?;
    Some((format!(" Art. {}", numbers.replace('、', ", ").replace('至', " to ")), after))
}

/// `Art. 43, 44` as 第43、44条.
fn in_articles(text: &str) -> String {
    let mut parts = text.split("Art. ");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' ');
        let numbers = part.strip_suffix(rest).unwrap_or_default();
        let space = if numbers.ends_with(' ') { " " } else { "" };
        let numbers = numbers.trim_end().replace(", ", "、");
        said = format!("{}第{numbers}条{space}{rest}", said.trim_end());
    }
    said
}

/// `规定: cash_limits` with what the rule is called.
fn ruled(text: &str, lang: Lang) -> String {
    let mut parts = text.split("规定: ");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(part.len());
        let (name, after) = part.split_at_checked(end).unwrap_or((part, ""));
        let kind = RuleKind::ALL.iter().find(|kind| {
            serde_json::to_value(kind).ok().as_ref().and_then(|it| it.as_str()) == Some(name)
        });
        let titled = kind.map(|kind| format!("{} ", kind.title(lang))).unwrap_or_default();
        let parts = match lang {
            Lang::Zh => ["规定: ", &titled, name, after],
            Lang::En => ["rule: ", "", name, after],
        };
        said.extend(parts);
    }
    said
}

/// 表号 The number of a statutory form: 工会01表, 工会附01表.
pub(super) fn form(form: &str, lang: Lang) -> String {
    let number = |after: &str| {
        form.strip_prefix(after).and_then(|rest| rest.strip_suffix('表')).map(str::to_owned)
    };
    match (lang, number("工会附"), number("工会")) {
        (Lang::Zh, ..) => form.to_owned(),
        (Lang::En, Some(number), _) => format!("supplement {number}, {form}"),
        (Lang::En, None, Some(number)) => format!("form {number}, {form}"),
        (Lang::En, None, None) => format!("form {form}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Refusal;
    use crate::rules::opening::Found;

    /// The official names in brackets, taken out.
    fn without_official_names(text: &str) -> String {
        NAMED.iter().fold(text.to_owned(), |text, (zh, _)| text.replace(&format!(" ({zh})"), ""))
    }

    #[test]
    fn a_source_in_english_is_chinese_in_its_official_names_alone() {
        let sources = Refusal::ALL.iter().chain(Found::ALL).map(|(.., source)| *source);
        let chinese = |c: char| ('\u{3000}'..='\u{9FFF}').contains(&c);
        let left: Vec<String> = sources
            .map(|of| without_official_names(&source(of, Lang::En)))
            .filter(|text| text.contains(chinese))
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }

    #[test]
    fn a_source_is_cited_as_its_language_does() {
        for (of, zh, en) in [
            ("工会法 Art. 43, 44", "工会法第43、44条", "Trade Union Law (工会法) Art. 43, 44"),
            ("工会法第43、44条", "工会法第43、44条", "Trade Union Law (工会法) Art. 43, 44"),
            (
                "规定: cash_limits; 现金管理暂行条例",
                "规定: 现金管理 cash_limits; 现金管理暂行条例",
                "rule: cash_limits; provisional rules on cash (现金管理暂行条例)",
            ),
            (
                "财会〔2021〕7号 Art. 22 专款专用",
                "财会〔2021〕7号第22条 专款专用",
                "accounting system of trade unions (财会〔2021〕7号) Art. 22 as given",
            ),
            ("docs/FORMAT.md, 21", "docs/FORMAT.md, 21", "docs/FORMAT.md, 21"),
        ] {
            assert_eq!((source(of, Lang::Zh), source(of, Lang::En)), (zh.into(), en.into()));
        }
    }
}
