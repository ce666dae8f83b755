//! `witness init`: a witness begins to watch a book, with its own key and an empty memory.
//! `witness follow`: the book's own key has changed.

use std::path::PathBuf;

use clap::Args;
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::witness::WitnessState;
use serde_json::json;

use super::super::chinese::chinese;
use super::super::failure::Failure;
use super::super::key::{self, Lock, key_failure};
use super::super::output::Output;
use super::super::world::World;
use super::Desk;

#[derive(Args)]
pub(crate) struct Init {
    /// 见证人密钥 The witness's key; made here if there is none and --name is given
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// 账套公钥 The verification key of the book to watch: its file log.vkey, or the line itself
    #[arg(long, value_name = "VKEY or FILE")]
    log: String,
    /// 名称 The new key's name, such as audit.example.org/w1
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    lock: Lock,
}

impl Init {
    pub(crate) fn run(self, world: &World, out: &Output) -> Result<(), Failure> {
        let state = WitnessState::new(key::vkey_of(&self.log)?);
        let state = state.map_err(|e| Failure::usage(chinese(&e), e.to_string()))?;
        let desk = self.desk(world)?;
        let path = desk.begin(&state)?;
        let (vkey, log) = (desk.key().vkey(), state.log());
        if out.json {
            out.value(&json!({
                "vkey": vkey.to_string(), "origin": log.name().as_str(), "state": path,
            }));
        } else {
            out.text(&format!("{}\n{vkey}", path.display()));
            let name = log.name();
            out.note(
                &format!("开始见证 {name}；把公钥交给会计，请妥善备份密钥与此状态"),
                &format!(
                    "watching {name} from now on; give the verification key to the treasurer, and \
                     keep copies of the key and of this state"
                ),
            );
        }
        Ok(())
    }

    fn desk(&self, world: &World) -> Result<Desk, Failure> {
        if self.key.exists() {
            let desk = Desk::read(&self.key, &self.lock, world)?;
            let found = desk.key().name();
            if let Some(name) = self.name.as_deref().filter(|name| *name != found.as_str()) {
                return Err(Failure::usage(
                    format!("{} 是 {found} 的密钥，不是 {name} 的", self.key.display()),
                    format!("{} is the key of {found}, and not of {name}", self.key.display()),
                ));
            }
            if !key::vkey_path(&self.key).exists() {
                key::put_vkey(&self.key, desk.key())?;
            }
            return Ok(desk);
        }
        let Some(name) = &self.name else {
            let shown = self.key.display();
            return Err(Failure::usage(
                format!("没有密钥 {shown}：用 --name 说明名称即可新建"),
                format!("there is no key {shown}: say --name to make one"),
            ));
        };
        let name = KeyName::parse(name).map_err(|e| key_failure(&e))?;
        let key = NoteKey::from_seed(name, KeyKind::Witness, &World::random()?);
        key::put(&self.key, &key::sealed(&key, &self.lock, world)?)?;
        key::put_vkey(&self.key, &key)?;
        Desk::new(key, &self.key)
    }
}

#[derive(Args)]
pub(crate) struct Follow {
    /// 见证人密钥 The witness's key, with its state beside it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// 账套的新公钥 The book's new verification key: its file log.vkey, or the line itself
    #[arg(long, value_name = "VKEY or FILE")]
    log: String,
    #[command(flatten)]
    lock: Lock,
}

impl Follow {
    /// A request does not say that the key was changed; a person does, who has asked the officers.
    pub(crate) fn run(self, world: &World, out: &Output) -> Result<(), Failure> {
        let log = key::vkey_of(&self.log)?;
        let path = Desk::read(&self.key, &self.lock, world)?.follow(&log)?;
        if out.json {
            out.value(&json!({
                "origin": log.name().as_str(), "log": log.to_string(), "state": path,
            }));
        } else {
            out.text(&format!("{}\n{log}", path.display()));
            out.note(
                "从此只认账套的新密钥；见证过的记录仍在记忆中",
                "only the book's new key counts from now on; what was cosigned is remembered",
            );
        }
        Ok(())
    }
}
