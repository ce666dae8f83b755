//! What a chart has to be, and what the built-in one is.

use super::*;

fn chart() -> Chart {
    Chart::built_in("cn-gonghui-2021").unwrap()
}

fn code(text: &str) -> AccountCode {
    AccountCode::parse(text).unwrap()
}

fn account(text: &str) -> Account {
    chart().account(&code(text)).unwrap().clone()
}

/// `code name`, one a line, of those that are asked for.
fn listed(wanted: impl Fn(&Account) -> bool) -> String {
    let line = |a: &Account| format!("{} {}", a.code, a.zh);
    chart().accounts().filter(|a| wanted(a)).map(line).collect::<Vec<_>>().join("\n")
}

fn codes(wanted: impl Fn(&Account) -> bool) -> String {
    let chart = chart();
    let codes = chart.first_level().filter(|a| wanted(a)).map(|a| a.code.as_str());
    codes.collect::<Vec<_>>().join(" ")
}

/// 财会〔2021〕7号, 附录1, 第二部分: both tables.
const FIRST_LEVEL: &str = "\
101 库存现金
102 银行存款
111 零余额账户用款额度
121 财政应返还额度
131 应收上级经费
132 应收下级经费
135 其他应收款
141 库存物品
151 投资
161 在建工程
162 固定资产
163 累计折旧
171 无形资产
172 累计摊销
181 长期待摊费用
182 待处理财产损溢
201 应付职工薪酬
211 应付上级经费
212 应付下级经费
215 其他应付款
221 代管经费
301 资产基金
311 专用基金
321 工会资金结转
322 工会资金结余
331 财政拨款结转
332 财政拨款结余
341 预算稳定调节基金
401 会费收入
402 拨缴经费收入
403 上级补助收入
404 政府补助收入
405 行政补助收入
406 附属单位上缴收入
407 投资收益
408 其他收入
411 动用预算稳定调节基金
501 职工活动支出
502 职工活动组织支出
503 职工服务支出
504 维权支出
505 业务支出
506 行政支出
507 资本性支出
508 补助下级支出
509 对附属单位的支出
510 其他支出
521 安排预算稳定调节基金";

/// 财会〔2021〕7号, 附录1, 第二部分 (301) and 第三部分. Of 507 only the last ends in 支出.
const UNDER_THEM: &str = "\
12101 财政直接支付
12102 财政授权支付
13101 应收上级补助
13102 应收上级转拨经费
21201 应付下级补助
21202 应付下级转拨经费
30101 库存物品
30102 投资
30103 在建工程
30104 固定资产
30105 无形资产
30106 长期待摊费用
32101 年初余额调整
32102 单位内部调剂
32103 本年收支结转
32104 累计结转
32201 年初余额调整
32202 单位内部调剂
32203 本年收支结转
32204 结转转入
32205 累计结余
33101 年初余额调整
33102 单位内部调剂
33103 本年收支结转
33104 累计结转
33201 年初余额调整
33202 归集上缴
33203 单位内部调剂
33204 结转转入
33205 累计结余
40301 一般性转移支付补助
40302 专项转移支付补助
40401 财政拨款收入
40402 非同级财政拨款收入
50101 职工教育支出
50102 文体活动支出
50103 宣传活动支出
50104 劳模职工疗休养支出
50105 会员活动支出
50106 其他活动支出
50301 劳动和技能竞赛活动支出
50302 建家活动支出
50303 职工创新活动支出
50304 职工书屋活动支出
50305 其他服务支出
50401 劳动关系协调支出
50402 劳动保护支出
50403 法律援助支出
50404 困难职工帮扶支出
50405 送温暖支出
50406 其他维权支出
50501 培训支出
50502 会议支出
50503 专项业务支出
50504 其他业务支出
50601 工资福利支出
50602 商品和服务支出
50603 对个人和家庭的补助支出
50604 其他行政支出
50701 房屋建筑物购建
50702 办公设备购置
50703 专用设备购置
50704 交通工具购置
50705 大型修缮
50706 信息网络购建
50707 其他资本性支出
50801 一般性转移支付补助
50802 专项转移支付补助";

#[test]
fn the_first_level_is_the_48_accounts_of_the_accounting_system() {
    assert_eq!(listed(Account::is_first_level), FIRST_LEVEL);
    assert_eq!(chart().first_level().count(), 48);
}

#[test]
fn every_prescribed_sub_account_is_there_and_no_other() {
    assert_eq!(listed(|a| !a.is_first_level()), UNDER_THEM);
}

#[test]
fn the_main_accounts_of_grassroots_unions_are_the_24_of_the_first_table() {
    let main = "101 102 131 135 141 162 163 182 211 215 301 321 322 401 402 403 405 408 501 503 \
                504 505 507 510";
    assert_eq!(codes(|a| a.main), main);
    assert_eq!(chart().accounts().filter(|a| a.main).count(), 24);
}

#[test]
fn an_account_is_for_the_unions_that_its_use_is_worded_for() {
    let county = "111 121 132 201 212 311 331 332 341 404 411 502 506 508 521";
    assert_eq!(codes(|a| a.level == Level::Grassroots), "401 405 501");
    assert_eq!(codes(|a| a.level == Level::County), county);
    let chart = chart();
    for above in chart.first_level() {
        assert!(chart.under(&above.code).all(|a| a.level == above.level), "{above:?}");
    }
}

#[test]
fn every_account_has_both_names_and_no_two_under_one_share_them() {
    let chart = chart();
    for lang in Lang::ALL {
        let mut names = BTreeMap::new();
        for account in chart.accounts() {
            let level_one = (!account.is_first_level()).then(|| account.code.level_one());
            let name = account.name(lang);
            assert!(!name.is_empty() && name.is_ascii() == (lang == Lang::En), "{account:?}");
            assert_eq!(names.insert((level_one, name), &account.code), None, "{name}");
        }
    }
}

#[test]
fn the_first_digit_is_the_class_and_only_depreciation_and_amortisation_stand_against_it() {
    let chart = chart();
    for (digit, class) in (1..).zip(Class::ALL) {
        let of_class = chart.accounts().filter(|a| a.class == class);
        assert!(of_class.count() > 0, "{class}");
        let digit = digit.to_string();
        let of_digit = |a: &&Account| a.code.as_str().starts_with(&digit);
        assert!(chart.accounts().filter(of_digit).all(|a| a.class == class), "{class}");
    }
    assert_eq!(listed(Account::is_contra), "163 累计折旧\n172 累计摊销");
    assert_eq!(account("163").normal, Normal::Credit);
}

#[test]
fn an_account_with_others_under_it_is_posted_through_them() {
    let chart = chart();
    for postable in ["101", "102", "211", "401", "402", "50105", "30104", "32205", "502"] {
        assert!(chart.is_postable(&code(postable)), "{postable}");
    }
    for not in ["131", "301", "321", "322", "403", "501", "507", "999", "50199", "10101"] {
        assert!(!chart.is_postable(&code(not)), "{not}");
    }
    let under: Vec<_> = chart.under(&code("404")).map(|a| a.name(Lang::En)).collect();
    let expected = ["Fiscal appropriations", "Appropriations from other levels of government"];
    assert_eq!(under, expected);
}

#[test]
fn the_chart_that_books_name_never_changes() {
    let chart = chart();
    assert_eq!(chart.id().as_str(), "cn-gonghui-2021");
    assert_eq!(chart.currency(), "CNY");
    assert!(chart.source().as_str().starts_with("财会〔2021〕7号"));
    assert_eq!(Chart::from_json(chart.json()), Ok(chart.clone()));
    assert_eq!(chart.sha256(), "07b3ec1faac23bb0b6217191eac49b453aaed9e4aca2bb48f6bebf37b908e1d8");
    assert_eq!(Chart::built_in("cn-gonghui-2009"), None);
    for id in Chart::built_in_ids() {
        assert_eq!(Chart::built_in(id).unwrap().id().as_str(), id);
    }
}

#[test]
fn words_are_written_as_json_writes_them() {
    for class in Class::ALL {
        assert_eq!(serde_json::to_value(class).unwrap(), class.to_string());
    }
}

const BROKEN: &str = r#"{"id": "Ours", "title": {"zh": "科目"}, "source": "", "currency": "yuan",
    "accounts": [
    {"code": "101", "zh": " 现金", "en": "Cash", "class": "asset", "normal": "debit", "level": "all"},
    {"code": "1O2", "zh": "存款", "en": "Bank", "class": "asset", "normal": "debit", "level": "all"},
    {"code": "101", "zh": "现金", "en": "Cash", "class": "cash", "normal": "left", "level": "town"},
    {"code": "20101", "zh": "应付", "class": "asset", "normal": "credit", "level": "all"},
    {"code": "301", "zh": "基金", "en": "Fund", "class": "net_asset", "normal": "credit", "level": "all"},
    {"code": "30101", "zh": "物品", "en": "e\u0301", "class": "income", "normal": "credit", "level": "all"}
    ]}"#;

#[test]
fn a_broken_chart_is_refused_with_every_fault_named_at_once() {
    let faults = vec![
        ChartFault::Id { found: "Ours".into() },
        ChartFault::Title { lang: Lang::En, found: String::new() },
        ChartFault::Source { found: String::new() },
        ChartFault::Currency { found: "yuan".into() },
        ChartFault::Name { code: code("101"), lang: Lang::Zh, found: " 现金".into() },
        ChartFault::Code { place: 2, found: "1O2".into() },
        ChartFault::Twice { code: code("101") },
        ChartFault::Class { code: code("101"), found: "cash".into() },
        ChartFault::Normal { code: code("101"), found: "left".into() },
        ChartFault::Level { code: code("101"), found: "town".into() },
        ChartFault::Name { code: code("20101"), lang: Lang::En, found: String::new() },
        ChartFault::Name { code: code("30101"), lang: Lang::En, found: "e\u{301}".into() },
        ChartFault::Orphan { code: code("20101"), parent: "201".into() },
        ChartFault::ClassUnlike {
            code: code("30101"),
            own: Class::Income,
            parent: code("301"),
            above: Class::NetAsset,
        },
    ];
    assert_eq!(Chart::from_json(BROKEN), Err(ChartError::Faults(faults)));
}

#[test]
fn a_refusal_says_what_was_found_and_where() {
    let empty = r#"{"id": "a", "title": {"zh": "一", "en": "a"}, "source": "us",
        "currency": "CN", "accounts": []}"#;
    assert_eq!(
        Chart::from_json(empty).unwrap_err().to_string(),
        "the chart cannot be used: a currency is three capital letters: \"CN\"; there are no \
         accounts"
    );
    let unknown = empty.replace("\"id\"", "\"name\"");
    assert_eq!(
        Chart::from_json(&unknown).unwrap_err().to_string(),
        "not a chart file: unknown field `name`, expected one of `id`, `title`, `source`, \
         `currency`, `accounts`, `posting`, `statements` at line 1 column 7"
    );
}

/// What the second edition has more than the first, each with where the text prescribes it; their
/// numbers are ours.
const SECOND_EDITION: &str = "\
10101 代管经费 (101, 二)
10201 代管经费 (102, 二)
16101 建筑安装工程投资 (161, 二)
1610101 建筑工程 (161, 二(一))
1610102 安装工程 (161, 二(一))
16102 设备投资 (161, 二)
16103 待摊投资 (161, 二)
16104 其他投资 (161, 二)
1610401 房屋购置 (161, 二(四))
1610402 基本畜禽支出 (161, 二(四))
1610403 林木支出 (161, 二(四))
1610404 办公生活用家具、器具购置 (161, 二(四))
1610405 可行性研究固定资产购置 (161, 二(四))
1610406 无形资产 (161, 二(四))
16105 待核销基建支出 (161, 二)
16106 基建转出投资 (161, 二)
16107 预付工程款 (161, 二)
18201 待处理财产价值 (182, 二)
18202 处理净收入 (182, 二)
20101 基本工资 (201, 二)
20102 国家统一规定的津贴补贴 (201, 二)
20103 规范津贴补贴（绩效工资） (201, 二)
20104 改革性补贴 (201, 二)
20105 社会保险费 (201, 二)
20106 住房公积金 (201, 二)
20107 其他个人收入 (201, 二)
3310401 基本支出结转 (331, 二)
331040101 人员经费 (331, 二)
331040102 公用经费 (331, 二)
3310402 项目支出结转 (331, 二)
4040101 基本支出 (404, 二)
404010101 人员经费 (404, 二)
404010102 公用经费 (404, 二)
4040102 项目支出 (404, 二)";

#[test]
fn the_second_edition_adds_only_what_the_text_prescribes_and_does_not_number() {
    let (first, second) = (chart(), Chart::built_in(STATUTORY).unwrap());
    let is_new = |account: &&Account| first.account(&account.code).is_none();
    let more: Vec<String> = second
        .accounts()
        .filter(is_new)
        .map(|account| format!("{} {}", account.code, account.zh))
        .collect();
    let listed: Vec<&str> =
        SECOND_EDITION.lines().map(|line| line.rsplit_once(" (").unwrap().0).collect();
    assert_eq!(more, listed);
    for line in SECOND_EDITION.lines() {
        let source = line.rsplit_once(" (").unwrap().1;
        assert_eq!(source.get(..3), line.get(..3), "{line}");
    }
    for account in first.accounts() {
        let kept = second.account(&account.code).unwrap();
        assert_eq!(Account { direct: kept.direct, ..account.clone() }, *kept);
        assert_eq!(second.is_postable(&account.code), first.is_postable(&account.code));
    }
}

#[test]
fn each_use_has_the_account_of_the_statutory_table_in_the_second_edition() {
    let chart = Chart::built_in(STATUTORY).unwrap();
    for of in Use::ALL {
        assert_eq!(chart.at(*of), Some(&code(of.statutory())), "{of}");
        assert_eq!(serde_json::to_value(of).unwrap(), of.as_str());
    }
}

#[test]
fn a_statement_of_a_chart_is_checked_with_the_chart() {
    let faulty = Chart::built_in("us-olms").unwrap().json().replace(
        "\"statements\": [",
        "\"statements\": [
        {\"id\": \"x\", \"title\": {\"zh\": \"表\"}, \"kind\": \"sums\", \"lines\": [
          {\"no\": \"1\", \"zh\": \"一\", \"en\": \"One\", \"accounts\": [\"122\", \"-999\"]},
          {\"no\": \"1\", \"zh\": \"二\", \"en\": \"Two\", \"accounts\": [\"122\"]},
          {\"no\": \"3\", \"zh\": \"三\", \"sum\": [\"1\", \"-4\"]},
          {\"no\": \"4\", \"zh\": \"四\", \"en\": \"Four\"}]},
        {\"id\": \"lm2-b\", \"title\": {\"zh\": \"表\", \"en\": \"b\"}, \"kind\": \"flows\", \"lines\": []},",
    );
    let (x, two) = (|| "x".to_owned(), |no: &str| no.to_owned());
    let faults = vec![
        ChartFault::StatementTitle { statement: x(), lang: Lang::En, found: String::new() },
        ChartFault::StatementKind { statement: x(), found: "sums".into() },
        ChartFault::LineAccount { statement: x(), no: two("1"), found: "-999".into() },
        ChartFault::LineNumber { statement: x(), place: 2, found: "1".into() },
        ChartFault::LineName { statement: x(), no: two("3"), lang: Lang::En, found: String::new() },
        ChartFault::LineSum { statement: x(), no: two("3"), found: "-4".into() },
        ChartFault::LineOfNothing { statement: x(), no: two("4") },
        ChartFault::StatementId { found: "lm2-b".into() },
    ];
    assert_eq!(Chart::from_json(&faulty), Err(ChartError::Faults(faults)));
}

#[test]
fn the_page_about_charts_names_every_use_with_its_account() {
    let page = include_str!("../../docs/charts.md");
    for of in Use::ALL {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{of}` | ")));
        let ends = format!(" | `{}` | {} |", of.class(), of.statutory());
        assert!(row.is_some_and(|row| row.ends_with(&ends)), "{of}");
    }
    for id in Chart::built_in_ids() {
        assert!(page.contains(&format!("| `{id}` | ")), "{id}");
    }
}

#[test]
fn cash_and_bank_are_two_accounts() {
    let chart = Chart::built_in("us-olms").unwrap();
    let one = chart.json().replace("\"cash\": \"12201\"", "\"cash\": \"12202\"");
    let faults = vec![ChartFault::TillsAlike { code: code("12202") }];
    assert_eq!(Chart::from_json(&one), Err(ChartError::Faults(faults)));
}

/// Money on an income account would be closed away with the year, and a fund on an asset would never
/// be carried: whatever a chart calls its accounts, each use is for accounts of its class.
#[test]
fn each_use_is_for_accounts_of_its_class_and_every_other_is_named_at_once() {
    let json = Chart::built_in("us-olms").unwrap().json().to_owned();
    let changed = json
        .replace("\"cash\": \"12201\"", "\"cash\": \"448\"")
        .replace("\"dues\": \"436\"", "\"dues\": \"230\"")
        .replace("\"surplus_carried\": \"33501\"", "\"surplus_carried\": \"123\"")
        .replace("\"capital\": \"560\"", "\"capital\": \"12701\"");
    let wrong = |of: Use, account: &str, found: Class| ChartFault::UseOfClass {
        of,
        code: code(account),
        found,
        needed: of.class(),
    };
    let faults = vec![
        wrong(Use::Cash, "448", Class::Income),
        wrong(Use::SurplusCarried, "123", Class::Asset),
        wrong(Use::Dues, "230", Class::Liability),
        wrong(Use::Capital, "12701", Class::Asset),
    ];
    assert_eq!(faults[0].to_string(), "the account for cash is asset, and 448 is income");
    assert_eq!(Chart::from_json(&changed), Err(ChartError::Faults(faults)));
    // A chart that names no uses posts to the statutory accounts, which must be what they are there.
    let plain = r#"{"id": "a", "title": {"zh": "一", "en": "a"}, "source": "us", "currency": "CNY",
        "accounts": [{"code": "101", "zh": "甲", "en": "A", "class": "income", "normal": "debit",
        "level": "all"}]}"#;
    let faults = vec![wrong(Use::Cash, "101", Class::Income)];
    assert_eq!(Chart::from_json(plain), Err(ChartError::Faults(faults)));
}
