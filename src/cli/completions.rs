//! `completions`: what a shell needs to complete commands, flags and their values.

use clap::Args;

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

impl Completions {
    pub(crate) fn run(self, out: &Output) {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::forms(), "mingzhang", &mut script);
        out.script(&String::from_utf8_lossy(&script));
    }
}
