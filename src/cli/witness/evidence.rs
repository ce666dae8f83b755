//! What a witness keeps of a request that it had to refuse: the proof is of use to others only with
//! the very bytes that came and what was held against them.

use std::path::{Path, PathBuf};

use mingzhang::chain::witness::{CosignRequest, WitnessRefusal, WitnessState};
use mingzhang::date::Instant;
use mingzhang::store::files::write_whole;

use super::super::chinese::chinese;
use super::super::failure::Failure;
use super::desk::stem;

/// More proves nothing more, and nobody shall fill a witness's disk.
const KEPT_MAX: usize = 1_000;

/// Keeps a refused request in `NAME.evidence`, in a folder of its own: `request`, the checkpoint
/// that it asked for as `asked`, the one that the witness holds as `held`, and `about`. The same
/// request is kept once. `None` where too much is there already.
pub(super) fn keep(
    key: &Path,
    request: &str,
    asked: &CosignRequest,
    state: &WitnessState,
    refusal: &WitnessRefusal,
    now: Instant,
) -> Result<Option<PathBuf>, Failure> {
    let all = folder(key);
    let digest = blake3::hash(request.as_bytes()).to_string();
    let digest = digest.get(..16).unwrap_or_default();
    let ends = format!("-{}-{digest}", refusal.status());
    let wrong = |path: &Path| {
        let path = path.to_path_buf();
        move |e: std::io::Error| Failure::file(&path, &e)
    };
    std::fs::create_dir_all(&all).map_err(wrong(&all))?;
    let mut count = 0_usize;
    for entry in std::fs::read_dir(&all).map_err(wrong(&all))? {
        let entry = entry.map_err(wrong(&all))?;
        // `about` is written last: without it the earlier attempt broke off.
        if entry.file_name().to_string_lossy().ends_with(&ends)
            && entry.path().join("about").exists()
        {
            return Ok(Some(entry.path()));
        }
        count += 1;
    }
    if count >= KEPT_MAX {
        return Ok(None);
    }
    let time = now.to_string().replace(['-', ':'], "");
    let folder = all.join(format!("{time}{ends}"));
    std::fs::create_dir_all(&folder).map_err(wrong(&folder))?;
    write_whole(&folder.join("request"), request)?;
    write_whole(&folder.join("asked"), &asked.note().to_string())?;
    if let Some(held) = state.newest_note() {
        write_whole(&folder.join("held"), &held.to_string())?;
    }
    let (status, zh) = (refusal.status(), chinese(refusal));
    let about = format!("time {now}\nstatus {status}\nlog {}\n{zh}\n{refusal}\n", state.log());
    write_whole(&folder.join("about"), &about)?;
    Ok(Some(folder))
}

/// Where a key keeps what it refused.
pub(super) fn folder(key: &Path) -> PathBuf {
    key.with_file_name(format!("{}.evidence", stem(key)))
}
