//! Colours are for terminals, and for whoever asks for them; the letters are the same without. What goes
//! into a pipe is plain.

use mingzhang::rules::Command;

use crate::program::{Desk, Ran, words};

fn run(desk: &Desk, line: &str, set: &[(&str, &str)]) -> Ran {
    let mut command = desk.command(&words(line));
    let output = command.envs(set.iter().copied()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Ran { code, out: text(output.stdout), err: text(output.stderr) }
}

const FORCED: [(&str, &str); 1] = [("CLICOLOR_FORCE", "1")];

#[test]
fn the_code_of_an_error_is_coloured_where_that_is_forced_and_plain_elsewhere() {
    let desk = Desk::with_small_book();
    let line = "-b b show 99";
    let plain = "error[USE2] there is no record 99\n  next: mingzhang log\n";
    let coloured =
        "\u{1b}[1m\u{1b}[31merror[USE2]\u{1b}[0m there is no record 99\n  next: mingzhang log\n";
    assert_eq!(run(&desk, line, &[]).ends(2).err, plain);
    assert_eq!(run(&desk, line, &FORCED).ends(2).err, coloured);
    assert_eq!(run(&desk, &format!("{line} --color always"), &[]).ends(2).err, coloured);
    assert_eq!(run(&desk, &format!("{line} --color never"), &FORCED).ends(2).err, plain);
    let both = [FORCED[0], ("NO_COLOR", "1")];
    assert_eq!(run(&desk, line, &both).ends(2).err, plain);
    let dumb = [("TERM", "dumb")];
    assert_eq!(run(&desk, line, &dumb).ends(2).err, plain);
    // JSON has no colours, and what is a result has none either.
    let json = run(&desk, &format!("{line} --json"), &FORCED).ends(2);
    assert_eq!(json.errors()[0]["code"], "USE2");
    assert!(!run(&desk, "-b b report funds", &FORCED).ends(0).out.contains('\u{1b}'));
}

#[test]
fn nothing_that_goes_into_a_pipe_holds_a_code_for_a_screen_or_waits_for_an_answer() {
    let desk = Desk::with_demo();
    for line in [
        "log",
        "log --last 2",
        "show 3",
        "replay",
        "diff 5 9",
        "proof 3",
        "approve",
        "doctor",
        "config",
        "report funds",
        "report trial-balance",
        "explain funds total",
        "verify",
        "add",
        "undo",
        "--as acc-b undo --reason x",
        "--as acc-b add interest.receive",
        "schema command",
        "attachment list",
        "vault list",
        "witness show",
        "checkpoint show",
        "export journal",
        "export beancount",
        "completions bash",
        "completions zsh",
        "--help",
        "record --help",
        "--as acc-b record group.define --group g9 --name x",
        "frobnicate",
        "report fundz",
        "checkpoint sign",
        "receipt issue 9 --all",
        "act draft --help",
        "key --help",
    ] {
        let args = [&["-b", "d/book"], &words(line)[..]].concat();
        let said = desk.run(&args);
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{line}");
        assert!(said.code <= 5, "{line}: {}", said.code);
    }
    for name in Command::NAMES.iter().step_by(12) {
        let said = desk.run(&["-b", "d/book", "--as", "acc-b", "add", name]).ends(2);
        assert!(said.err.starts_with("error["), "{name}: {}", said.err);
    }
}
