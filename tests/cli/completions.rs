//! What shells complete, and the pages that `man` shows.

use std::process::{Command, Stdio};

use mingzhang::report::asked::Name;
use mingzhang::rules;

use crate::program::{Desk, files};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// What a program says of a file, if the program is installed here.
fn said_by(program: &str, args: &[&str], desk: &Desk, file: &str) -> Option<(bool, String)> {
    let output =
        Command::new(program).args(args).arg(desk.path(file)).stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    Some((output.status.success(), said))
}

#[test]
fn every_shell_is_told_every_command_and_every_report() {
    let desk = Desk::new();
    for shell in SHELLS {
        let script = desk.say(&format!("completions {shell}")).ends(0).out;
        assert_eq!(desk.say(&format!("--lang zh completions {shell}")).ends(0).out, script);
        let names = rules::Command::NAMES.iter().filter(|name| **name != "ledger.create");
        for name in names.copied().chain(["verify-report", "consolidate", "witness", "add"]) {
            assert!(script.contains(name), "{shell}: {name}");
        }
        // elvish completes commands and flags alone.
        if !["elvish", "powershell"].contains(&shell) {
            for name in Name::ALL {
                assert!(script.contains(name.as_str()), "{shell}: {name}");
            }
        }
    }
    desk.say("completions tcsh").ends(2);
}

#[test]
fn the_shells_that_are_here_accept_their_scripts() {
    let desk = Desk::new();
    let mut checked = 0;
    for (shell, arg) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        desk.write(shell, desk.say(&format!("completions {shell}")).ends(0).out);
        if let Some((accepts, said)) = said_by(shell, &[arg], &desk, shell) {
            assert!(accepts && said.is_empty(), "{shell}: {said}");
            checked += 1;
        }
    }
    assert!(checked > 0, "no shell is here");
}

#[test]
fn bash_completes_names_of_reports_commands_and_settings() {
    let desk = Desk::new();
    desk.write("c.bash", desk.say("completions bash").ends(0).out);
    for (typed, completed) in [
        ("report bal", "balance-sheet\n"),
        ("record dues.rec", "dues.receive dues.receive_roll\n"),
        ("add interest.", "interest.receive\n"),
        ("config set off", "officer\n"),
        ("verify-r", "verify-report\n"),
    ] {
        let words: Vec<&str> = typed.split(' ').collect();
        let (last, count) = (words[words.len() - 1], words.len());
        let before = if count > 1 { words[count - 2] } else { "mingzhang" };
        let script = format!(
            "source \"$1\"; COMP_WORDS=(mingzhang {typed}); COMP_CWORD={count}; \
             _mingzhang mingzhang {last} {before}; echo \"${{COMPREPLY[@]}}\""
        );
        let path = desk.path("c.bash");
        let output = Command::new("bash").args(["-c", &script, "bash"]).arg(path).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), completed, "{typed}");
    }
}

#[test]
fn every_command_has_a_page_in_both_languages_that_man_reads() {
    let desk = Desk::new();
    let said = desk.say("man --out m").ends(0).out;
    let pages = files(&desk.path("m"));
    let names = |folder: &str| -> Vec<String> {
        let of = |path: &std::path::PathBuf| {
            let name = path.strip_prefix(desk.path("m").join(folder)).ok()?;
            Some(name.to_str()?.to_owned())
        };
        pages.keys().filter_map(of).collect()
    };
    let (en, zh) = (names("man1"), names("zh_CN/man1"));
    assert_eq!(en, zh);
    assert_eq!(said, format!("m/zh_CN/man1 {0}\nm/man1 {0}\n", en.len()));
    for name in rules::Command::NAMES.iter().filter(|name| **name != "ledger.create") {
        assert!(en.contains(&format!("mingzhang-record-{name}.1")), "{name}");
    }
    for name in ["mingzhang", "mingzhang-add", "mingzhang-witness-cosign", "mingzhang-undo"] {
        assert!(en.contains(&format!("{name}.1")), "{name}");
    }
    // The same bytes each time.
    desk.say("man --out again").ends(0);
    let again: Vec<Vec<u8>> = files(&desk.path("again")).into_values().collect();
    assert!(again == pages.values().cloned().collect::<Vec<_>>());
    let page = desk.text("m/man1/mingzhang-undo.1");
    assert!(page.contains("Reverse an entry by a red voucher") && !page.contains('冲'), "{page}");
    let page = desk.text("m/zh_CN/man1/mingzhang-undo.1");
    assert!(page.contains(".SH 名称\n") && page.contains("冲销原因"), "{page}");
    assert!(!page.contains(".SH NAME"), "{page}");
    // Words that are longer than a line, such as an example in JSON, cannot be broken.
    for folder in ["man1", "zh_CN/man1"] {
        let all: Vec<_> =
            names(folder).iter().map(|n| desk.path("m").join(folder).join(n)).collect();
        let groff = Command::new("groff")
            .args(["-k", "-Kutf8", "-man", "-Tutf8", "-z", "-ww", "-Wbreak"])
            .args(&all)
            .output();
        if let Ok(groff) = groff {
            let said = String::from_utf8_lossy(&groff.stderr);
            assert!(groff.status.success() && said.is_empty(), "{folder}: {said}");
        }
    }
    assert_eq!(
        desk.say("man --out one --lang zh").ends(0).out,
        format!("one/zh_CN/man1 {}\n", zh.len())
    );
    assert!(!desk.path("one/man1").exists());
}
