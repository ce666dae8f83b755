//! The help in Chinese: its frame is Chinese throughout, and each field says what it is.

use mingzhang::rules::Command;
use serde_json::Value;

use crate::program::Desk;

/// What clap says by itself around our texts.
const FRAME: [&str; 18] = [
    "Usage",
    "Arguments:",
    "Options:",
    "Commands:",
    "Possible values",
    "[possible values",
    "[default",
    "[env",
    "[aliases",
    "[OPTIONS]",
    "[COMMAND]",
    "<COMMAND>",
    "Print help",
    "Print version",
    "Print this message",
    "see more with",
    "see a summary",
    "Options of every command",
];

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// The help of a command in Chinese, and of all that stand below it.
fn walk(desk: &Desk, path: &str, seen: &mut Vec<String>) {
    let help = desk.say(&format!("--lang zh {path} --help")).ends(0);
    assert_eq!(help.err, "", "{path}");
    for word in FRAME {
        assert!(!help.out.contains(word), "{path}: {word}\n{}", help.out);
    }
    assert!(help.out.contains("用法："), "{path}: {}", help.out);
    assert!(help.out.contains("\n选项："), "{path}: {}", help.out);
    seen.push(path.to_owned());
    let below = help.out.lines().skip_while(|line| *line != "命令：").skip(1);
    let below = below.take_while(|line| line.starts_with("  "));
    // A line that was broken goes on further to the right.
    let named = below.filter(|line| !line.starts_with("   "));
    let names: Vec<&str> = named.filter_map(|line| line.split_whitespace().next()).collect();
    for name in names.into_iter().filter(|name| *name != "help") {
        walk(desk, &format!("{path} {name}"), seen);
    }
}

#[test]
fn no_word_of_the_frame_is_english_in_the_chinese_help() {
    let (desk, mut seen) = (Desk::new(), Vec::new());
    walk(&desk, "", &mut seen);
    for below in [" record", " act draft", " witness cosign", " vault put", " report", " key new"] {
        assert!(seen.iter().any(|path| path == below), "{below}: {seen:?}");
    }
    for name in Command::NAMES.iter().filter(|name| **name != "ledger.create") {
        walk(&desk, &format!("record {name}"), &mut seen);
    }
    let help = desk.say("--lang zh help record").ends(0).out;
    assert!(help.contains("用法："), "{help}");
    // And in English it stays clap's.
    let english = desk.say("--lang en record dues.receive --help").ends(0).out;
    assert!(english.contains("Usage: ") && english.contains("Print help"), "{english}");
}

#[test]
fn every_field_of_every_command_is_described_in_both_languages() {
    let mut fields = 0;
    for name in Command::NAMES {
        let schema = Value::from(Command::schema(name).unwrap());
        for (field, said) in schema["properties"].as_object().unwrap() {
            let target = said["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
            let target = target.and_then(|path| schema.pointer(path));
            let own = said["description"].as_str();
            let about = own.or_else(|| target.and_then(|of| of["description"].as_str()));
            let about = about.unwrap_or_default();
            let english = about.split_whitespace().any(str::is_ascii);
            assert!(has_chinese(about) && english, "{name} {field}: {about:?}");
            fields += 1;
        }
    }
    assert!(fields > 400, "{fields}");
}
