//! Whatever the help says, of a command, a flag or a value, it says in both languages.

use clap::CommandFactory;

use super::Cli;

fn in_both(text: &str) -> bool {
    let chinese = text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let latin = |word: &str| word.chars().filter(char::is_ascii_alphabetic).count() > 1;
    chinese && text.split_whitespace().any(latin)
}

fn walk(command: &clap::Command, path: &str, faults: &mut Vec<String>, seen: &mut usize) {
    let mut hold = |what: String, said: String| {
        *seen += 1;
        if !in_both(&said) {
            faults.push(format!("{what}: {said:?}"));
        }
    };
    hold(path.to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default());
    for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
        let id = arg.get_id().as_str();
        // The frame of the help is another test's.
        if ["help", "version"].contains(&id) {
            continue;
        }
        hold(format!("{path} {id}"), arg.get_help().map(ToString::to_string).unwrap_or_default());
        for value in arg.get_possible_values().iter().filter(|value| !value.is_hide_set()) {
            let name = value.get_name();
            // The name of a shell says what it is.
            if ["true", "false"].contains(&name) || id == "shell" {
                continue;
            }
            let said = value.get_help().map(ToString::to_string).unwrap_or_default();
            hold(format!("{path} {id}={name}"), said);
        }
    }
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        walk(below, &format!("{path} {}", below.get_name()), faults, seen);
    }
}

#[test]
fn every_verb_flag_and_value_is_described_in_both_languages() {
    let mut forms = super::act::add_forms(super::record::add_forms(Cli::command()));
    forms.build();
    let (mut faults, mut seen) = (Vec::new(), 0);
    walk(&forms, "mingzhang", &mut faults, &mut seen);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 1000, "{seen}");
}
