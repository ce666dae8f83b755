//! Every setting with its value and where it came from, the nearest first: a flag, an environment
//! variable, the book's own file, the user's file, the locale, what the program takes by itself. None of
//! them changes a figure.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use mingzhang::book::Folder;
use mingzhang::ids::OfficerId;
use mingzhang::lang::Lang;

use super::file::{self, Read};
use crate::cli::Global;
use crate::cli::add::words::Words;
use crate::cli::failure::{Failure, Problem};
use crate::cli::output::When;
use crate::cli::world::{self, variable};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Book,
    Officer,
    Lang,
    Color,
    Progress,
    Input,
    Clock,
}

impl Key {
    pub(crate) const ALL: [Key; 7] =
        [Key::Book, Key::Officer, Key::Lang, Key::Color, Key::Progress, Key::Input, Key::Clock];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Key::Book => "book",
            Key::Officer => "officer",
            Key::Lang => "lang",
            Key::Color => "color",
            Key::Progress => "progress",
            Key::Input => "input",
            Key::Clock => "clock",
        }
    }

    pub(crate) fn title(self) -> Words {
        let (zh, en) = match self {
            Key::Book => ("账套文件夹", "the book's folder"),
            Key::Officer => ("经办人", "who acts"),
            Key::Lang => ("语言", "the language"),
            Key::Color => ("颜色", "colours"),
            Key::Progress => ("显示进度", "progress is shown"),
            Key::Input => ("可以提问", "questions are asked"),
            Key::Clock => ("时钟", "the clock"),
        };
        Words::new(zh, en)
    }

    /// Where it may be written: a book cannot say where it is, and nobody keeps a time in a file.
    pub(crate) fn is_of(self, layer: Layer) -> bool {
        match self {
            Key::Book => layer == Layer::User,
            Key::Officer | Key::Lang | Key::Color | Key::Progress | Key::Input => true,
            Key::Clock => false,
        }
    }

    /// The names of all that may stand in such a file.
    pub(crate) fn names(layer: Layer) -> Vec<&'static str> {
        let of_layer = Key::ALL.into_iter().filter(|key| key.is_of(layer));
        of_layer.map(Key::name).collect()
    }

    pub(crate) fn is_yes_or_no(self) -> bool {
        matches!(self, Key::Progress | Key::Input)
    }

    /// What is wrong with a value.
    pub(crate) fn wrong(self, value: &str) -> Option<Words> {
        let one_of = |names: &[&str]| {
            let list = names.join("、");
            let words = Words::new(format!("应为 {list}"), format!("one of {}", names.join(", ")));
            (!names.contains(&value)).then_some(words)
        };
        match self {
            Key::Book | Key::Clock => {
                value.is_empty().then(|| Words::new("不可为空", "it is empty"))
            }
            Key::Officer => OfficerId::parse(value)
                .err()
                .map(|error| Words::new(crate::cli::chinese::chinese(&error), error.to_string())),
            Key::Lang => one_of(&["zh", "en"]),
            Key::Color => one_of(&["auto", "always", "never"]),
            Key::Progress | Key::Input => one_of(&["true", "false"]),
        }
    }
}

/// The two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    Book,
    User,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Flag(&'static str),
    Variable(&'static str),
    File(Layer, PathBuf),
    /// The current folder is a book.
    Here,
    Default,
}

impl Origin {
    pub(crate) fn words(&self) -> Words {
        match self {
            Origin::Flag(name) => Words::new(format!("选项 {name}"), format!("flag {name}")),
            Origin::Variable(name) => {
                Words::new(format!("环境变量 {name}"), format!("environment variable {name}"))
            }
            Origin::File(Layer::Book, path) => {
                let path = path.display();
                Words::new(format!("账套设置 {path}"), format!("book file {path}"))
            }
            Origin::File(Layer::User, path) => {
                let path = path.display();
                Words::new(format!("用户设置 {path}"), format!("user file {path}"))
            }
            Origin::Here => Words::new("当前文件夹是账套", "the current folder is a book"),
            Origin::Default => Words::new("默认", "default"),
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Origin::Flag(_) => "flag",
            Origin::Variable(_) => "environment",
            Origin::File(Layer::Book, _) => "book",
            Origin::File(Layer::User, _) => "user",
            Origin::Here => "here",
            Origin::Default => "default",
        }
    }
}

pub(crate) struct Setting {
    pub(crate) key: Key,
    /// `None` where nothing says it and the program takes none by itself.
    pub(crate) value: Option<String>,
    pub(crate) origin: Origin,
}

pub(crate) struct Settings {
    pub(crate) all: Vec<Setting>,
    /// What is wrong with the files.
    pub(crate) problems: Vec<Problem>,
    pub(crate) color: When,
}

impl Settings {
    /// The language that a flag asks for.
    pub(crate) fn typed_language(&self) -> Option<Lang> {
        let lang = self.all.iter().find(|setting| setting.key == Key::Lang)?;
        let typed = matches!(lang.origin, Origin::Flag(_));
        lang.value.as_ref().filter(|_| typed)?.parse().ok()
    }
}

/// The user's own file, by the XDG base directories; elsewhere where programs keep such files.
pub(crate) fn user_file() -> Option<PathBuf> {
    let xdg = variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || variable("HOME").map(|home| PathBuf::from(home).join(".config"));
    let windows = || variable("APPDATA").map(PathBuf::from);
    let folder = xdg.or_else(home).or_else(windows)?;
    Some(folder.join("mingzhang").join("config.toml"))
}

/// The language that the user's file asks for, where a command line could not be read.
pub(crate) fn users_language() -> Option<Lang> {
    let path = user_file()?;
    let read = read(Some(&path), Layer::User);
    read.get(Key::Lang)?.parse().ok()
}

fn read(path: Option<&Path>, layer: Layer) -> Read {
    let Some(path) = path else { return Read::default() };
    match Folder::read_optional(path) {
        Ok(Some(text)) => file::read(path, &text, layer),
        Ok(None) => Read::default(),
        Err(error) => Read { problems: Failure::from(error).errors, ..Read::default() },
    }
}

/// Puts the layers together, and what they say into the flags that every command looks at.
pub(crate) fn settle(global: &mut Global, matches: &ArgMatches) -> Settings {
    let user_path = user_file();
    let user = read(user_path.as_deref(), Layer::User);
    let typed = |id: &str, flag: &'static str, variable: Option<&'static str>| match (
        matches.value_source(id),
        variable,
    ) {
        (Some(ValueSource::CommandLine), _) => Some(Origin::Flag(flag)),
        (Some(ValueSource::EnvVariable), Some(name)) => Some(Origin::Variable(name)),
        (Some(_) | None, _) => None,
    };
    let book = match typed("book", "--book", Some("MINGZHANG_BOOK")) {
        Some(origin) => (global.book.clone(), origin),
        None => book_of(&user, user_path.as_deref()),
    };
    let book_path = Folder::new(&book.0).settings();
    // A bundle is somebody else's word, also about who acts.
    let is_book = Folder::new(&book.0).is_book();
    let own = read(is_book.then_some(book_path.as_path()), Layer::Book);
    let written = |key: Key| {
        let of_book = || {
            let value = own.get(key)?.to_owned();
            Some((value, Origin::File(Layer::Book, book_path.clone())))
        };
        let of_user = || {
            let path = user_path.clone()?;
            Some((user.get(key)?.to_owned(), Origin::File(Layer::User, path)))
        };
        of_book().or_else(of_user)
    };
    let mut all = Vec::new();
    let mut keep = |key: Key, found: Option<(String, Origin)>| {
        let (value, origin) = match found {
            Some((value, origin)) => (Some(value), origin),
            None => (None, Origin::Default),
        };
        all.push(Setting { key, value: value.clone(), origin });
        value
    };
    keep(Key::Book, Some((book.0.display().to_string(), book.1)));
    global.book = book.0;

    let officer = typed("officer", "--as", Some("MINGZHANG_OFFICER"))
        .and_then(|origin| Some((global.officer.as_ref()?.to_string(), origin)))
        .or_else(|| written(Key::Officer));
    global.officer = keep(Key::Officer, officer).and_then(|said| OfficerId::parse(&said).ok());

    let lang = typed("lang", "--lang", None)
        .and_then(|origin| Some((global.lang?.to_string(), origin)))
        .or_else(|| written(Key::Lang))
        .unwrap_or_else(|| {
            let origin = world::locale_variable().map_or(Origin::Default, Origin::Variable);
            (world::locale().to_string(), origin)
        });
    global.lang = keep(Key::Lang, Some(lang)).and_then(|said| said.parse().ok());

    let forced = |name: &'static str, means: &str| {
        let is_set = variable(name).is_some_and(|value| value != "0" || name == "NO_COLOR");
        is_set.then(|| (means.to_owned(), Origin::Variable(name)))
    };
    let color = typed("color", "--color", None)
        .and_then(|origin| Some((global.color?.as_str().to_owned(), origin)))
        .or_else(|| forced("NO_COLOR", "never"))
        .or_else(|| forced("CLICOLOR_FORCE", "always"))
        .or_else(|| written(Key::Color))
        .unwrap_or_else(|| ("auto".to_owned(), Origin::Default));
    let color = keep(Key::Color, Some(color)).map(|said| When::of(&said)).unwrap_or_default();

    for (key, flag, off) in [
        (Key::Progress, "--no-progress", &mut global.no_progress),
        (Key::Input, "--no-input", &mut global.no_input),
    ] {
        let said = off.then(|| ("false".to_owned(), Origin::Flag(flag)));
        let said = said.or_else(|| written(key));
        let said = said.unwrap_or_else(|| ("true".to_owned(), Origin::Default));
        *off = keep(key, Some(said)).as_deref() == Some("false");
    }
    let clock = typed("clock", "--clock", Some("MINGZHANG_CLOCK"));
    // Nobody looks at a clock that nobody has set.
    if let (Some(clock), Some(origin)) = (global.clock, clock) {
        keep(Key::Clock, Some((clock.to_string(), origin)));
    }
    let problems = user.problems.into_iter().chain(own.problems).collect();
    Settings { all, problems, color }
}

/// Where nobody says which book: the folder that one is in if it is one, else the user's own.
fn book_of(user: &Read, file: Option<&Path>) -> (PathBuf, Origin) {
    let here = PathBuf::from(".");
    if Folder::new(&here).events().exists() {
        return (here, Origin::Here);
    }
    let (Some(said), Some(file)) = (user.get(Key::Book), file) else {
        return (here, Origin::Default);
    };
    let path = match (said.strip_prefix("~/"), variable("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        // What is relative is seen from the file that says it.
        (Some(_) | None, _) => file.parent().unwrap_or(file).join(said),
    };
    (path, Origin::File(Layer::User, file.to_path_buf()))
}
