//! `key new`: a key, kept where it is made.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mingzhang::chain::key::{KeyError, KeyKind, KeyName, NoteKey, VKey};
use mingzhang::lang::Lang;
use pkcs8::der::zeroize::Zeroizing;
use serde_json::json;

use super::Global;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::rotate::Rotate;
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Key {
    /// 新密钥 Make a key: a witness's, or with --officer one that an officer signs with
    New(New),
    /// 更换账套密钥 Replace the log key by a new one
    Rotate(Rotate),
}

#[derive(Args)]
pub(crate) struct New {
    /// 名称 The key's name, such as audit.example.org/w1
    name: String,
    /// 个人密钥 A key that an officer signs acts with, and no witness's
    #[arg(id = "of-officer", long = "officer")]
    officer: bool,
    /// 存放处 The key's file; the verification key is put beside it
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    lock: Lock,
}

// How a key is kept. No doc comment: clap would show it as what the command is for.
#[derive(Args, Clone, Default)]
pub(crate) struct Lock {
    /// 口令文件 A file that holds the passphrase; else it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// 不加密 Keep the key without a passphrase
    #[arg(long)]
    pub(crate) no_passphrase: bool,
}

impl Key {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        match self {
            Key::New(new) => new.run(world, out),
            Key::Rotate(rotate) => rotate.run(global, world, out),
        }
    }
}

impl New {
    fn run(self, world: &World, out: &Output) -> Result<(), Failure> {
        let new = self;
        let name = KeyName::parse(&new.name).map_err(|e| key_failure(&e))?;
        let seed = World::random()?;
        let key = if new.officer {
            NoteKey::of_officer(name, &seed)
        } else {
            NoteKey::from_seed(name, KeyKind::Witness, &seed)
        };
        put(&new.out, &sealed(&key, &new.lock, world)?)?;
        let vkey = key.vkey().to_string();
        put_vkey(&new.out, &key)?;
        if out.json {
            out.value(&json!({ "key": new.out, "vkey": vkey }));
        } else {
            out.text(&vkey);
        }
        Ok(())
    }
}

/// Where a key's public line lies: beside it.
pub(crate) fn vkey_path(key: &Path) -> PathBuf {
    key.with_extension("vkey")
}

pub(crate) fn put_vkey(path: &Path, key: &NoteKey) -> Result<(), Failure> {
    let public = vkey_path(path);
    std::fs::write(&public, format!("{}\n", key.vkey())).map_err(|e| Failure::file(&public, &e))
}

/// A verification key, written out or in a file.
pub(crate) fn vkey_of(said: &str) -> Result<VKey, Failure> {
    let text = std::fs::read_to_string(said).unwrap_or_else(|_| said.to_owned());
    VKey::parse(text.trim()).map_err(|e| key_failure(&e))
}

/// The text of a key's file, encrypted unless that was declined.
pub(crate) fn sealed(
    key: &NoteKey,
    lock: &Lock,
    world: &World,
) -> Result<Zeroizing<String>, Failure> {
    let text = if lock.no_passphrase {
        key.to_pem()
    } else {
        let prompt = match world.lang {
            Lang::Zh => "新密钥的口令：",
            Lang::En => "passphrase for the new key: ",
        };
        let said = world.passphrase(lock.passphrase_file.as_deref(), prompt)?;
        let said = said.ok_or_else(|| {
            Failure::usage(
                "密钥须有口令：用 --passphrase-file 给出，或用 --no-passphrase 明示不加密",
                "a key needs a passphrase: give --passphrase-file, or say --no-passphrase",
            )
        })?;
        key.to_encrypted_pem(said.as_bytes(), &World::random()?, World::random()?)
    };
    text.map_err(|e| key_failure(&e))
}

/// Writes a key's file where none is yet, readable by its owner alone.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|e| Failure::file(path, &e))
}

/// Reads a key, asking for its passphrase if it has one.
pub(crate) fn read(path: &Path, lock: &Lock, world: &World) -> Result<NoteKey, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    match NoteKey::from_pem(&text, None) {
        Err(KeyError::PassphraseNeeded) => {
            let shown = path.display();
            let prompt = match world.lang {
                Lang::Zh => format!("{shown} 的口令："),
                Lang::En => format!("passphrase of {shown}: "),
            };
            let said = world.passphrase(lock.passphrase_file.as_deref(), &prompt)?;
            let said = said.unwrap_or_default();
            NoteKey::from_pem(&text, Some(said.as_bytes()))
        }
        read => read,
    }
    .map_err(|error| {
        let failure = key_failure(&error);
        match error {
            KeyError::PassphraseNeeded | KeyError::PassphraseWrong | KeyError::PassphraseEmpty => {
                failure.next("mingzhang key --help")
            }
            KeyError::Name(_)
            | KeyError::Form(_)
            | KeyError::Kind(_)
            | KeyError::Id { .. }
            | KeyError::Point(_)
            | KeyError::FileHeader
            | KeyError::File(_) => failure,
        }
    })
}

pub(crate) fn key_failure(error: &KeyError) -> Failure {
    let zh = format!("密钥不可用：{}", chinese(error));
    Failure::one(exit::USAGE, Problem::new("KEY1", zh, error.to_string()))
}
