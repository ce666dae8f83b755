//! Settings: every value says where it came from, and a file that is wrong is pointed at.

use crate::program::{Desk, Ran, words};

/// A run with these variables beside what every run has.
fn run(desk: &Desk, line: &str, set: &[(&str, &str)]) -> Ran {
    let mut command = desk.command(&words(line));
    command.env_remove("MINGZHANG_CLOCK").env_remove("LC_ALL").envs(set.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec())
            .unwrap()
            .replace(&desk.path("").display().to_string(), "~/")
    };
    let code = output.status.code().unwrap();
    Ran { code, out: text(&output.stdout), err: text(&output.stderr) }
}

fn home(desk: &Desk) -> String {
    desk.path("").display().to_string()
}

#[test]
fn every_setting_says_where_it_comes_from_the_nearest_first() {
    let desk = Desk::with_small_book();
    let home = home(&desk);
    let home: [(&str, &str); 1] = [("HOME", &home)];
    let said = run(&desk, "config", &home).ends(0);
    assert_eq!(
        said.out,
        "book = .  # the book's folder: default\n\
         officer = -  # who acts: default\n\
         lang = en  # the language: default\n\
         color = auto  # colours: default\n\
         progress = true  # progress is shown: default\n\
         input = true  # questions are asked: default\n"
    );
    run(&desk, "config set book b --user", &home).ends(0);
    run(&desk, "config set lang zh --user", &home).ends(0);
    run(&desk, "config set officer clerk --user", &home).ends(0);
    run(&desk, "config set officer acc", &home).ends(0);
    run(&desk, "config set progress false", &home).ends(0);
    let said =
        run(&desk, "config --as chair", &[home[0], ("NO_COLOR", "1"), ("LANG", "en_US.UTF-8")]);
    assert_eq!(
        said.ends(0).out,
        "book = ~/b  # 账套文件夹：用户设置 ~/.config/mingzhang/config.toml\n\
         officer = chair  # 经办人：选项 --as\n\
         lang = zh  # 语言：用户设置 ~/.config/mingzhang/config.toml\n\
         color = never  # 颜色：环境变量 NO_COLOR\n\
         progress = false  # 显示进度：账套设置 ~/b/book.toml\n\
         input = true  # 可以提问：默认\n"
    );
    let set = [home[0], ("MINGZHANG_OFFICER", "fin"), ("MINGZHANG_CLOCK", "2026-01-06T01:00:00Z")];
    let said = run(&desk, "config --no-input --lang en --color always", &set).ends(0);
    assert_eq!(
        said.out,
        "book = ~/b  # the book's folder: user file ~/.config/mingzhang/config.toml\n\
         officer = fin  # who acts: environment variable MINGZHANG_OFFICER\n\
         lang = en  # the language: flag --lang\n\
         color = always  # colours: flag --color\n\
         progress = false  # progress is shown: book file ~/b/book.toml\n\
         input = false  # questions are asked: flag --no-input\n\
         clock = 2026-01-06T01:00:00Z  # the clock: environment variable MINGZHANG_CLOCK\n"
    );
    // The book's own officer comes before the user's.
    let json = run(&desk, "config --json", &home).ends(0).json();
    assert_eq!(json[1]["value"], "acc");
    assert_eq!(json[1]["origin"], "book");
    run(&desk, "config unset officer", &home).ends(0);
    let json = run(&desk, "config --json", &home).ends(0).json();
    assert_eq!((&json[1]["value"], &json[1]["origin"]), (&"clerk".into(), &"user".into()));
}

#[test]
fn a_treasurer_whose_file_names_the_book_types_neither_book_nor_officer() {
    let desk = Desk::with_small_book();
    let home = home(&desk);
    let set = [("XDG_CONFIG_HOME", home.as_str())];
    run(&desk, "config set book b --user", &set).ends(0);
    run(&desk, "config set officer acc", &set).ends(0);
    let said = run(&desk, "record interest.receive --date 2025-01-31 --amount 1.00", &set).ends(0);
    assert!(said.out.starts_with("#26 interest.received "), "{}", said.out);
    assert_eq!(run(&desk, "log --last 1 --by acc", &set).ends(0).out.lines().count(), 1);
    assert_eq!(desk.text("mingzhang/config.toml"), format!("book = \"{home}b\"\n"));
    assert_eq!(desk.text("b/book.toml"), "officer = \"acc\"\n");
    // In the folder of another book that one is meant.
    desk.copy("b", "other");
    let mut command = desk.command(&["config", "--json"]);
    command.current_dir(desk.path("other")).envs(set);
    let said: serde_json::Value =
        serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    assert_eq!((&said[0]["value"], &said[0]["origin"]), (&".".into(), &"here".into()));
}

#[test]
fn what_is_wrong_in_a_file_is_pointed_at_before_anything_is_done() {
    let desk = Desk::with_small_book();
    let before = desk.read("b/events.ndjson");
    let text = "# 设置\nlanguage = \"zh\"\n\nofficer = \"张三\" # 谁\nprogress = 3\nbook = \"x\"\n";
    desk.write("b/book.toml", text);
    let en = "\
error[CFG2] a book's file has no setting language; the nearest are: lang, input, progress
  --> b/book.toml:2:1
    |
  2 | language = \"zh\"
    | ^
  next: mingzhang config
error[CFG3] officer: an id is 1 to 40 of a-z, 0-9 and '-', and starts with a letter or digit: \"张三\"
  --> b/book.toml:4:11
    |
  4 | officer = \"张三\" # 谁
    |           ^
error[CFG3] progress: a text is needed
  --> b/book.toml:5:12
    |
  5 | progress = 3
    |            ^
error[CFG2] a book's file has no setting book; the nearest are: color, officer, progress
  --> b/book.toml:6:1
    |
  6 | book = \"x\"
    | ^
  next: mingzhang config
";
    for line in ["log", "--as acc record group.define --group g9 --name x", "config"] {
        assert_eq!(desk.say(&format!("-b b {line}")).ends(2).err, en, "{line}");
    }
    let zh = desk.say("-b b --lang zh log").ends(2).err;
    let first = "错误[CFG2] 账套设置中没有 language 这一项；相近的有：lang, input, progress\n  --> \
                 b/book.toml:2:1\n";
    assert!(zh.starts_with(first), "{zh}");
    let doctor = desk.say("-b b doctor").ends(1).out;
    assert!(
        doctor.contains("attention settings: b/book.toml:5:12: progress: a text is needed\n"),
        "{doctor}"
    );
    desk.write("b/book.toml", "lang = zh\n");
    let said = desk.say("-b b config set lang en").ends(2).err;
    assert!(said.contains("  --> b/book.toml:1:8\n"), "{said}");
    assert_eq!(desk.text("b/book.toml"), "lang = zh\n");
    assert!(desk.read("b/events.ndjson") == before);
}

#[test]
fn what_cannot_be_set_is_said_with_the_nearest() {
    let desk = Desk::with_small_book();
    for (line, code) in [
        ("config set langauge zh", "CFG2"),
        ("config set lang fr", "CFG3"),
        ("config set book b", "CFG4"),
        ("config set clock 2026-01-06T01:00:00Z", "CFG2"),
        ("config set progress maybe", "CFG3"),
    ] {
        let errors = desk.say(&format!("-b b --json {line}")).ends(2).errors();
        assert_eq!(errors[0]["code"], code, "{line}");
    }
    assert!(!desk.path("b/book.toml").exists());
    desk.say("-b nowhere config set lang zh").ends(5);
}

#[test]
fn a_bundle_says_nothing_about_who_acts() {
    let desk = Desk::with_demo();
    desk.write("d/bundle/book.toml", "officer = \"mallory\"\nbroken\n");
    let said = desk.say("-b d/bundle config --json").ends(0).json();
    assert!(said[1]["value"].is_null(), "{said}");
}
