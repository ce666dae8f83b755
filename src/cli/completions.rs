//! `completions`: what a shell needs to complete commands, flags and their values.

use clap::builder::PossibleValuesParser;
use clap::{Args, Command as Form};
use mingzhang::event::Fact;
use mingzhang::report::asked::Name;
use mingzhang::rules::Command;

use super::config::layers::{Key, Layer};
use super::output::Output;

#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Completions {
    /// 命令行 Which shell
    shell: clap_complete::Shell,
}

const HELP: &str = "\
bash:       mingzhang completions bash > ~/.local/share/bash-completion/completions/mingzhang
zsh:        mingzhang completions zsh > ~/.zfunc/_mingzhang
fish:       mingzhang completions fish > ~/.config/fish/completions/mingzhang.fish
powershell: mingzhang completions powershell >> $PROFILE
elvish:     mingzhang completions elvish >> ~/.config/elvish/rc.elv";

/// Every form, with the names of commands and facts where one of them is typed. The forms themselves take
/// any text there, so that a name that is not one is answered with the nearest.
fn with_names() -> Form {
    let names = |form: Form, arg: &str, names: Vec<&'static str>| {
        form.mut_arg(arg, |arg| arg.value_parser(PossibleValuesParser::new(names)))
    };
    let commands = || Command::NAMES.to_vec();
    let both = || commands().into_iter().chain(Fact::NAMES.iter().copied()).collect();
    super::forms()
        .mut_subcommand("add", |add| names(add, "command", commands()))
        .mut_subcommand("schema", |schema| names(schema, "name", both()))
        .mut_subcommand("log", |log| names(log, "kind", Fact::NAMES.to_vec()))
        .mut_subcommand("config", |config| {
            let keys = || Key::names(Layer::User);
            config
                .mut_subcommand("set", |set| names(set, "key", keys()))
                .mut_subcommand("unset", |unset| names(unset, "key", keys()))
        })
}

/// For fish clap knows flags and commands alone: names that stand by themselves are said here.
fn fish_names() -> String {
    let reports: Vec<&str> = Name::ALL.iter().map(|name| name.as_str()).collect();
    let commands = Command::NAMES.to_vec();
    let line = |(verb, names): (&str, &[&str])| {
        let when = format!("__fish_mingzhang_using_subcommand {verb}");
        format!("complete -c mingzhang -n \"{when}\" -f -a \"{}\"\n", names.join(" "))
    };
    let verbs = [("report", &reports), ("explain", &reports), ("add", &commands)];
    verbs.into_iter().map(|(verb, names)| line((verb, names.as_slice()))).collect()
}

impl Completions {
    pub(crate) fn run(self, out: &Output) {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut with_names(), "mingzhang", &mut script);
        let mut script = String::from_utf8_lossy(&script).into_owned();
        if self.shell == clap_complete::Shell::Fish {
            script.push_str(&fish_names());
        }
        out.script(&script);
    }
}
