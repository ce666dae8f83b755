//! Sessions in pages: the `console` blocks of a page, typed as a reader would type them.

use std::fs;
use std::path::Path;
use std::process::Command;

const MARK: &str = "@@next@@";

/// The commands of the page's `console` blocks, each with what it prints.
fn session(page: &str) -> Vec<(String, Vec<String>)> {
    let mut steps: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            steps.push((command.to_owned(), Vec::new()));
        } else if let (true, Some(step)) = (inside, steps.last_mut()) {
            step.1.push(line.to_owned());
        }
    }
    steps
}

/// `...` stands for any lines, `[..]` for any part of one.
fn agrees(expected: &[String], printed: &[&str]) -> bool {
    let Some((first, rest)) = expected.split_first() else { return printed.is_empty() };
    if first == "..." {
        return (0..=printed.len()).any(|skipped| agrees(rest, &printed[skipped..]));
    }
    match printed.split_first() {
        Some((line, others)) => line_agrees(first, line.trim_end()) && agrees(rest, others),
        None => false,
    }
}

fn line_agrees(expected: &str, printed: &str) -> bool {
    match expected.split_once("[..]") {
        None => expected == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().any(|(at, _)| line_agrees(after, &rest[at..]))
                || line_agrees(after, "")
        }),
    }
}

/// A page, where it is typed and in which language.
pub(crate) struct Page<'a> {
    pub(crate) path: &'a str,
    /// Typed before the page begins; nobody looks at what it prints.
    pub(crate) before: &'a [&'a str],
    /// Copied into the folder under the second name.
    pub(crate) files: (&'a str, &'a str),
    pub(crate) locale: &'a str,
    pub(crate) commands_min: usize,
}

impl Page<'_> {
    /// Types the page's commands and holds what they print against the page.
    pub(crate) fn run(&self) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(root.join(self.path)).unwrap();
        let steps = session(&text);
        assert!(steps.len() >= self.commands_min, "{} has {} commands", self.path, steps.len());
        let printed = self.type_all(root, steps.iter().map(|(command, _)| command.as_str()));
        if std::env::var_os("MINGZHANG_BLESS").is_some() && self.path.starts_with("docs/manual/") {
            fs::write(root.join(self.path), blessed(&text, &printed)).unwrap();
            return;
        }
        for ((command, expected), printed) in steps.iter().zip(&printed) {
            let lines: Vec<&str> = printed.lines().collect();
            assert!(agrees(expected, &lines), "{}: $ {command}\nprinted:\n{printed}", self.path);
        }
    }

    fn type_all<'c>(&self, root: &Path, commands: impl Iterator<Item = &'c str>) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = self.files;
        let to = folder.path().join(to);
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(root.join(from)).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
        let before = self.before.iter().map(|line| format!("{line} >/dev/null || exit 1"));
        let typed = commands.map(|command| format!("{command}\necho {MARK}"));
        let script: Vec<String> = before.chain(typed).collect();
        let bin = Path::new(env!("CARGO_BIN_EXE_mingzhang")).parent().unwrap();
        let path = format!("{}:/usr/bin:/bin", bin.display());
        let shell = Command::new("bash")
            .args(["-c", &format!("exec 2>&1\n{}", script.join("\n"))])
            .current_dir(&folder)
            .env_clear()
            .envs([("PATH", path.as_str()), ("LANG", self.locale)])
            .output()
            .unwrap();
        let printed = String::from_utf8(shell.stdout).unwrap();
        printed.split(&format!("{MARK}\n")).map(str::to_owned).collect()
    }
}

/// The page with what its commands print now; hashes and keys, which no two books share, as `[..]`.
fn blessed(page: &str, printed: &[String]) -> String {
    let (mut out, mut inside, mut step) = (String::new(), false, 0);
    for line in page.lines() {
        let command = line.starts_with("$ ");
        if line.starts_with("```") {
            inside = line == "```console";
        }
        if !inside || command || line.starts_with("```") {
            out.push_str(line);
            out.push('\n');
        }
        if inside && command {
            for line in printed[step].lines() {
                out.push_str(&without_hashes(line.trim_end()));
                out.push('\n');
            }
            step += 1;
        }
    }
    out
}

fn without_hashes(line: &str) -> String {
    let random = |word: &str| {
        let word = word.trim_end_matches(['.', ',', ')']);
        let hex = word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
        hex || (word.len() == 44 && word.ends_with('='))
    };
    let word = |word: &str| match word.split_once('+') {
        Some((name, key)) if name.contains('.') && key.len() > 40 => format!("{name}+[..]"),
        Some(_) | None if random(word) => "[..]".to_owned(),
        Some(_) | None => word.to_owned(),
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
