//! `witness show`: which books a key watches, and what it has cosigned of each last.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::super::failure::Failure;
use super::super::key;
use super::super::output::Output;
use super::{desk, evidence};

#[derive(Args)]
pub(crate) struct Show {
    /// 见证人密钥 The witness's key; it is not opened
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

impl Show {
    pub(crate) fn run(self, out: &Output) -> Result<(), Failure> {
        // The time stands in a signature, which the public line beside the key verifies.
        let public = key::vkey_path(&self.key);
        let vkey = match std::fs::read_to_string(&public) {
            Ok(_) => key::vkey_of(&public.to_string_lossy())?,
            Err(e) => return Err(Failure::file(&public, &e)),
        };
        let mut books = Vec::new();
        for (path, state) in desk::states(&self.key)? {
            let time = state.newest_time(&vkey);
            let log = state.log();
            if out.json {
                let newest = state.newest();
                books.push(json!({
                    "origin": log.name().as_str(), "log": log.to_string(), "state": path,
                    "size": newest.map(|c| c.size), "root": newest.map(|c| c.root), "time": time,
                }));
                continue;
            }
            let time = time.map_or("-".to_owned(), |time| time.to_string());
            out.text(&match state.newest() {
                Some(newest) => format!("{} {} {} {time}", log.name(), newest.size, newest.root),
                None => format!("{} {}", log.name(), out.say("还没有见证过", "not yet cosigned")),
            });
            books.push(Value::Null);
        }
        if books.is_empty() {
            out.note(
                "此密钥还没有见证任何账套。下一步：mingzhang witness init --help",
                "this key watches no book yet; next: mingzhang witness init --help",
            );
        }
        let kept = evidence::folder(&self.key);
        let refused = std::fs::read_dir(&kept).map_or(0, |entries| entries.flatten().count());
        if refused > 0 {
            let shown = kept.display();
            out.note(
                &format!("拒绝过 {refused} 次，证据在 {shown}"),
                &format!("{refused} refusals are kept as evidence in {shown}"),
            );
        }
        if out.json {
            out.value(&json!({ "vkey": vkey.to_string(), "books": books, "refusals": refused }));
        }
        Ok(())
    }
}
