//! What is wrong with a rules file is told at its place and wholly in each language.

use crate::program::Desk;

/// A rules file, the code, line and column of its fault, and the cause as it is said in each language.
const FAULTS: [(&str, &str, u64, u64, &str, &str); 30] = [
    ("kind = \"rooster\"\n", "I30", 1, 8, "须是 roster", "one of roster"),
    ("kind = 5\n", "I30", 1, 8, "应为文字，实为数 5", "invalid type: integer `5`"),
    ("[control]\ntotal = \"1,00.0\"\n", "I30", 2, 9, "金额应写作", "write 100.00"),
    (
        "[control]\ncount = -1\n",
        "I30",
        2,
        9,
        "应为非负整数，实为数 -1",
        "invalid value: integer `-1`",
    ),
    (
        "[control]\ncount = \"3\"\n",
        "I30",
        2,
        9,
        "应为非负整数，实为文字",
        "invalid type: string \"3\"",
    ),
    ("[control]\nsum = \"1.00\"\n", "I30", 2, 1, "没有 sum 这一项", "unknown field `sum`"),
    ("colums = {}\n", "I30", 1, 1, "没有 colums 这一项", "unknown field `colums`"),
    ("sign = \"minus\"\n", "I30", 1, 8, "没有 minus 这一种", "unknown variant `minus`"),
    ("[columns]\nmember = 5\n", "I30", 2, 10, "应为一个列名，或列名的列表", "data did not match"),
    (
        "[columns]\n会员 = \"编号\"\n",
        "I30",
        2,
        1,
        "名称写法不对（有中文的名称须加引号）",
        "invalid unquoted key",
    ),
    ("kind = roster\n", "I30", 1, 8, "文字须加引号", "string values must be quoted"),
    ("kind\n", "I30", 1, 5, "名称之后没有 “=” 和值", "key with no value"),
    ("kind =\n", "I30", 1, 7, "文字须加引号", "string values must be quoted"),
    ("kind = \"roster\nfile = \"a\"\n", "I30", 1, 15, "双引号没有成对", "invalid basic string"),
    ("kind = 'roster\n", "I30", 1, 15, "单引号没有成对", "invalid literal string"),
    (
        "kind = \"roster\" file = \"a\"\n",
        "I30",
        1,
        17,
        "一行只写一项，此处还有别的",
        "unexpected key or value",
    ),
    ("kind = \"roster\"\nkind = \"roster\"\n", "I30", 2, 1, "同一个名称出现两次", "duplicate key"),
    ("[columns\nmember = \"编号\"\n", "I30", 1, 9, "缺少右方括号", "unclosed table"),
    ("[[rule]\n", "I30", 1, 8, "缺少右方括号", "unclosed array table"),
    (
        "[columns]\nmember = [\"a\" \"b\"]\n",
        "I30",
        2,
        15,
        "两项之间缺少逗号",
        "missing comma between array elements",
    ),
    ("[columns]\nmember = [\"a\"\n", "I30", 2, 14, "缺少右方括号", "unclosed array"),
    ("[[rule]]\nif = { \"摘要\" \"a\" }\n", "I30", 2, 13, "花括号中缺少 “=”", "missing assignment"),
    ("[[rule]]\nif = { \"摘要\" = \"a\"\n", "I30", 2, 18, "缺少右花括号", "unclosed inline table"),
    ("rule = 5\n", "I30", 1, 8, "应为列表，实为数 5", "invalid type: integer `5`"),
    ("[[rule]]\nas = \"会计\"\n", "I30", 2, 6, "编号须是 1 至 40 个", "an id is 1 to 40"),
    (
        "[[rule]]\ncommand = \"interest.receive\"\nwhen = {}\n",
        "I30",
        3,
        1,
        "没有 when 这一项",
        "unknown field `when`",
    ),
    (
        "[[rule]]\n[[rule.then]]\nas = \"acc\"\n",
        "I30",
        2,
        1,
        "缺少 command",
        "missing field `command`",
    ),
    ("[[rule]]\nname = \"一\"\n", "I31", 1, 1, "没有 command", "there is no command"),
    (
        "[[rule]]\nif = { \"金额\" = \">x\" }\ncommand = \"skip\"\n",
        "I31",
        1,
        1,
        "“x”不是金额",
        "\"x\" is not an amount",
    ),
    (
        "[[rule]]\ncommand = \"interest.recieve\"\n",
        "I31",
        1,
        1,
        "没有指令 interest.recieve",
        "there is no command interest.recieve",
    ),
];

/// Words of the cause that stand for themselves in either language: names of fields and values.
fn english_words(text: &str) -> Vec<String> {
    let quoted = text.split(['`', '"']).step_by(2).collect::<Vec<_>>().join(" , ");
    let words: Vec<&str> = quoted.split(' ').collect();
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let runs = words.windows(2).filter(|two| two.iter().all(is_word));
    runs.map(|two| two.join(" ")).collect()
}

#[test]
fn every_fault_of_a_rules_file_has_its_place_and_its_cause_in_both_languages() {
    let desk = Desk::with_small_book();
    desk.write("roll.csv", "会员编号,缴费月份,实缴金额\nm-1,2025-03,27.15\n");
    let mut faults = Vec::new();
    for (rules, code, line, column, zh, en) in FAULTS {
        desk.write("r.toml", rules);
        let said = desk.say("-b b --as acc --json import roll.csv --rules r.toml").ends(2);
        let error = said.errors().remove(0);
        let place = (error["place"]["line"].as_u64(), error["place"]["column"].as_u64());
        let text = |lang: &str| error[lang].as_str().unwrap_or_default().to_owned();
        let is_so = error["code"] == code
            && error["place"]["file"] == "r.toml"
            && place == (Some(line), Some(column))
            && text("zh").contains(zh)
            && text("en").contains(en)
            && english_words(&text("zh")).is_empty()
            && !text("en")
                .chars()
                .any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && !rules.contains(c));
        if !is_so {
            faults.push(format!(
                "{rules:?}: {} {place:?} {} | {}",
                error["code"],
                text("zh"),
                text("en")
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_caret_of_a_fault_stands_under_its_value_and_the_chinese_says_all_of_it() {
    let desk = Desk::with_small_book();
    desk.write("roll.csv", "会员编号,缴费月份,实缴金额\nm-1,2025-03,27.15\n");
    desk.write("r.toml", "# 规则\nkind = \"dues-roll\"\n[columns]\n\"会员\" = 五\n");
    let said = desk.say("--lang zh -b b --as acc import roll.csv --rules r.toml").ends(2);
    let expected = "\
错误[I30] 规则文件不合规定：文字须加引号；此处应为单引号中的文字（整个文件都没有记账）
  --> r.toml:4:8
    |
  4 | \"会员\" = 五
    |          ^
  下一步: mingzhang import --help
";
    assert_eq!(said.err, expected);
}

#[test]
fn a_rules_file_in_gb18030_is_read_and_one_that_is_no_text_is_refused() {
    let desk = Desk::with_small_book();
    desk.write("roll.csv", "会员编号,缴费月份,实缴金额\nm-1,2025-03,27.15\n");
    // "会员编号" in GB18030.
    let gb = b"[columns]\nmember = \"\xbb\xe1\xd4\xb1\xb1\xe0\xba\xc5\"\n";
    desk.write("r.toml", gb);
    let import =
        "-b b --as acc import roll.csv --rules r.toml --kind dues-roll --set date=2025-03-31";
    desk.say(&format!("{import} --dry-run")).ends(0);
    desk.write("r.toml", b"kind = \"\xff\xfe\xff\"\n");
    let said = desk.say(&format!("--json {import}")).ends(2);
    assert_eq!(said.errors()[0]["code"], "I11");
}
