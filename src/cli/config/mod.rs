//! `config`: every setting with its value and where it came from, and a way to write one down.

mod file;
pub(crate) mod layers;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mingzhang::book::Folder;
use mingzhang::store::files::write_whole;
use serde_json::{Value, json};

use super::Global;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use layers::{Key, Layer, Setting, Settings, user_file};

#[derive(Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// 写下一项设置 Write a setting into the book's file, or into one's own
    Set(Set),
    /// 去掉一项设置 Take a setting out of it
    Unset(Unset),
}

#[derive(Args)]
struct Set {
    /// 设置 book, officer, lang, color, progress or input
    key: String,
    /// 值 Its value
    value: String,
    /// 写入用户设置 For oneself, whatever the book
    #[arg(long)]
    user: bool,
}

#[derive(Args)]
struct Unset {
    /// 设置 book, officer, lang, color, progress or input
    key: String,
    /// 用户设置 For oneself, whatever the book
    #[arg(long)]
    user: bool,
}

impl Config {
    pub(crate) fn run(
        self,
        global: &Global,
        settings: &Settings,
        out: &Output,
    ) -> Result<(), Failure> {
        match self.what {
            None => show(settings, out),
            Some(What::Set(Set { key, value, user })) => {
                write(global, settings, &key, Some(&value), user, out)
            }
            Some(What::Unset(Unset { key, user })) => {
                write(global, settings, &key, None, user, out)
            }
        }
    }
}

fn show(settings: &Settings, out: &Output) -> Result<(), Failure> {
    if out.json {
        let all: Vec<Value> = settings.all.iter().map(as_json).collect();
        out.value(&all);
    } else {
        for Setting { key, value, origin } in &settings.all {
            let (name, title, from) = (key.name(), key.title(), origin.words());
            let value = value.as_deref().unwrap_or("-");
            let (title, from) = (title.get(out.lang), from.get(out.lang));
            out.text(&format!("{name} = {value}  # {title}{}{from}", out.say("：", ": ")));
        }
    }
    faults(settings)
}

fn as_json(setting: &Setting) -> Value {
    let Setting { key, value, origin } = setting;
    let words = origin.words();
    json!({
        "key": key.name(), "value": value, "origin": origin.kind(), "zh": words.zh, "en": words.en,
    })
}

/// What is wrong with the files, which every other command says before it does anything.
pub(crate) fn faults(settings: &Settings) -> Result<(), Failure> {
    if settings.problems.is_empty() {
        return Ok(());
    }
    Err(Failure::all(exit::USAGE, settings.problems.clone()))
}

fn write(
    global: &Global,
    settings: &Settings,
    name: &str,
    value: Option<&str>,
    user: bool,
    out: &Output,
) -> Result<(), Failure> {
    let layer = if user { Layer::User } else { Layer::Book };
    let Some(key) = file::key_of(name, layer) else {
        // A book's file cannot say where the book is.
        if name == Key::Book.name() {
            let zh = "账套文件夹是用户自己的设置，不写在账套里";
            let en = "where the book is, is a setting of the user and not of the book";
            let problem = Problem::new("CFG4", zh, en);
            return Err(Failure::one(
                exit::USAGE,
                problem.next("mingzhang config set book PATH --user"),
            ));
        }
        return Err(Failure::one(exit::USAGE, file::unknown(name, layer)));
    };
    if let Some(why) = value.and_then(|value| key.wrong(value)) {
        let problem =
            Problem::new("CFG3", format!("{name}：{}", why.zh), format!("{name}: {}", why.en));
        return Err(Failure::one(exit::USAGE, problem));
    }
    let path = path_of(global, layer)?;
    let text = Folder::read_optional(&path)?.unwrap_or_default();
    // A file that cannot be read is mended by hand: it would be read otherwise afterwards.
    let broken = file::read(&path, &text, layer).problems;
    if let Some(problem) = broken.into_iter().find(|problem| problem.code == "CFG1") {
        return Err(Failure::one(exit::USAGE, problem));
    }
    let absolute = value.filter(|_| key == Key::Book).map(std::path::absolute);
    let absolute = absolute.transpose().map_err(|e| Failure::file(&path, &e))?;
    let absolute = absolute.map(|path| path.display().to_string());
    let text = file::with(&text, key, absolute.as_deref().or(value));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| Failure::file(folder, &e))?;
    }
    write_whole(&path, &text)?;
    let shown = path.display();
    out.text(text.trim_end());
    out.note(&format!("已写入 {shown}"), &format!("written to {shown}"));
    say_hidden(settings, key, layer, out);
    Ok(())
}

/// A setting that something nearer overrules is written all the same, and said.
fn say_hidden(settings: &Settings, key: Key, layer: Layer, out: &Output) {
    use layers::Origin;
    let Some(setting) = settings.all.iter().find(|setting| setting.key == key) else { return };
    let is_nearer = match &setting.origin {
        Origin::Flag(_) | Origin::Variable(_) | Origin::Here => {
            key != Key::Lang || !is_locale(setting)
        }
        Origin::File(Layer::Book, _) => layer == Layer::User,
        Origin::File(Layer::User, _) | Origin::Default => false,
    };
    if is_nearer {
        let from = setting.origin.words();
        out.note(
            &format!("但现在用的是{}", from.zh),
            &format!("but what counts now is the {}", from.en),
        );
    }
}

/// The locale is the farthest of all.
fn is_locale(setting: &Setting) -> bool {
    matches!(&setting.origin, layers::Origin::Variable(name) if name.starts_with('L'))
}

fn path_of(global: &Global, layer: Layer) -> Result<PathBuf, Failure> {
    if layer == Layer::User {
        return user_file().ok_or_else(|| {
            let (zh, en) = (
                "不知道用户的文件夹：HOME 没有设置",
                "HOME is not set, and so there is no user's file",
            );
            Failure::usage(zh, en)
        });
    }
    let folder = Folder::new(&global.book);
    if folder.is_book() {
        return Ok(folder.settings());
    }
    let shown = global.book.display();
    let (zh, en) = (format!("{shown} 中没有账套"), format!("there is no book in {shown}"));
    Err(Failure::io("IO2", zh, en).next("mingzhang config set KEY VALUE --user"))
}
