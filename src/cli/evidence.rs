//! Everything that a book's or a bundle's folder brings to its verification, read as it is asked
//! for: no tile and no paper is held in memory before its turn.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use mingzhang::book::Folder;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::verify::{Base, Evidence, HashedFile, NamedBytes, SumsFile};
use mingzhang::chart::Chart;
use mingzhang::store::files::BookLock;
use mingzhang::store::log::LogReader;
use mingzhang::store::opening::LOCK_FILE;
use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::output::Output;
use super::verify::Asked;
use super::world::World;

const TILES: &str = "tile";
const PAPERS: &str = "attachments";

/// A full tile is 8192 bytes long; of what is longer no more is read than shows it.
const TILE_BYTES_MAX: u64 = 8193;

/// What a key, a checkpoint, a policy, a chart or a text of the format can be long, with room.
const SMALL_BYTES_MAX: u64 = 1 << 20;

/// What grows with the union: openings, and the list of all files.
const LARGE_BYTES_MAX: u64 = 256 << 20;

type Events = Box<dyn BufRead>;

/// What lies in the folder and what the auditor brings.
pub(crate) fn gather(
    folder: &Folder,
    asked: &Asked,
    world: &World,
    out: &Output,
) -> Result<Evidence<Events>, Failure> {
    let checkpoints = checkpoints(folder)?;
    let events = events(folder, out)?;
    let mut evidence = Evidence::of_records(events, world.now());
    evidence.checkpoints = checkpoints;
    let guard = read_optional(folder, "last-signed", SMALL_BYTES_MAX)?;
    let named = |bytes| NamedBytes { name: "last-signed".to_owned(), bytes };
    evidence.against.extend(guard.map(named));
    for path in &asked.against {
        let bytes = read(path, SMALL_BYTES_MAX).map_err(|e| Failure::file(path, &e))?;
        evidence.against.push(NamedBytes { name: path.display().to_string(), bytes });
    }
    evidence.log_vkey = read_optional(folder, "log.vkey", SMALL_BYTES_MAX)?;
    evidence.since = read_optional(folder, "since", SMALL_BYTES_MAX)?;
    evidence.openings = read_optional(folder, "openings.ndjson", LARGE_BYTES_MAX)?;
    let root = folder.path().to_path_buf();
    evidence.sums = read_optional(folder, "SHA256SUMS", LARGE_BYTES_MAX)?
        .map(|bytes| SumsFile { bytes, hash: Box::new(move |path| sha256_of(&root, path)) });
    let mut folders = vec![folder.clone()];
    if evidence.since.is_some() {
        folders.extend(asked.base.iter().map(|path| Folder::new(path)));
    } else if !asked.base.is_empty() {
        out.note(
            "此包不接续另一个包：不用 --base",
            "this bundle continues no other one: --base is not used",
        );
    }
    for base in folders.iter().skip(1) {
        let events = open(&base.events())?;
        let since = read_optional(base, "since", SMALL_BYTES_MAX)?;
        evidence.bases.push(Base { events, checkpoints: self::checkpoints(base)?, since });
    }
    evidence.tiles = tiles(&folders)?;
    evidence.papers = papers(&folders)?;
    let first = folders.last().unwrap_or(folder).events();
    let chart = read_optional(folder, "chart.json", SMALL_BYTES_MAX)?;
    evidence.chart = chart.or_else(|| built_in_chart(&first).map(String::into_bytes));
    let format = read_optional(folder, "FORMAT.md", SMALL_BYTES_MAX)?;
    evidence.format_sha256 = format.map(|text| hex(Sha256::digest(text).into()));
    if let Some(path) = &asked.policy {
        let text = read(path, SMALL_BYTES_MAX).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
        });
        evidence.policy = Some(text.map_err(|e| Failure::file(path, &e))?);
    }
    let days = u64::from(asked.max_age_days.unwrap_or(35));
    evidence.max_age_seconds = days * 86_400;
    Ok(evidence)
}

/// Every file where checkpoints lie, whatever it is called and whatever it holds: one that is not a
/// checkpoint of its name's size is a fault, and not passed over.
fn checkpoints(folder: &Folder) -> Result<Vec<NamedBytes>, Failure> {
    let mut names = vec!["checkpoint".to_owned()];
    if let Ok(entries) = std::fs::read_dir(folder.checkpoints()) {
        let own = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        // A book may have been interrupted while it wrote one; a bundle is made of whole files.
        let is_book = folder.is_book();
        let mut own: Vec<String> =
            own.filter(|name| !(is_book && name.strip_suffix(".new").is_some())).collect();
        own.sort_unstable_by_key(|name| (name.len(), name.clone()));
        names.extend(own.into_iter().map(|name| format!("checkpoints/{name}")));
    }
    let read = |name: String| {
        Ok(read_optional(folder, &name, SMALL_BYTES_MAX)?.map(|bytes| (name, bytes)))
    };
    let found: Vec<Option<(String, Vec<u8>)>> =
        names.into_iter().map(read).collect::<Result<_, Failure>>()?;
    Ok(found.into_iter().flatten().map(|(name, bytes)| NamedBytes { name, bytes }).collect())
}

fn open(path: &Path) -> Result<Events, Failure> {
    let file = open_file(path)
        .map_err(|e| Failure::file(path, &e).next("mingzhang verify FOLDER-OF-A-BOOK-OR-BUNDLE"))?;
    Ok(Box::new(BufReader::with_capacity(1 << 18, file)))
}

/// The records. Where somebody writes at this moment, those of the append that is not finished are
/// left out: nobody has been told of them.
fn events(folder: &Folder, out: &Output) -> Result<Events, Failure> {
    let path = folder.events();
    let all = open(&path)?;
    let lock = folder.path().join(LOCK_FILE);
    if !lock.is_file() {
        return Ok(all);
    }
    let Ok(complete) = LogReader::open(&path) else { return Ok(all) };
    let (end, unfinished) = (complete.end(), complete.unfinished());
    // What was finished since is read as far as it was there a moment ago.
    let is_written = unfinished > 0
        && (BookLock::is_held(&lock) || LogReader::open(&path).is_ok_and(|now| now.end() > end));
    if unfinished == 0 {
        return Ok(Box::new(all.take(end)));
    }
    if !is_written {
        return Ok(all);
    }
    out.note(
        &format!("正在有人记账：没有写完的 {unfinished} 字节不看"),
        &format!("somebody is writing: {unfinished} bytes of an unfinished append are left out"),
    );
    Ok(Box::new(all.take(end)))
}

/// A regular file. Anything else may have no end, or keep whoever opens it waiting.
fn open_file(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(refused("不是普通文件 not a regular file"))
    }
}

/// The whole of a file that is not longer than it can be.
fn read(path: &Path, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = open_file(path)?.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= bytes_max) {
        Ok(bytes)
    } else {
        Err(refused(&format!("文件过大 a file of more than {bytes_max} bytes")))
    }
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

fn read_optional(folder: &Folder, name: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, Failure> {
    let path = folder.path().join(name);
    match read(&path, bytes_max) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(&path, &error)),
    }
}

/// The files below `tile/`, each read when it is asked for.
fn tiles(folders: &[Folder]) -> Result<Box<dyn Iterator<Item = io::Result<NamedBytes>>>, Failure> {
    let mut all = Vec::new();
    for folder in folders {
        let root = folder.path();
        let files = files_below(&root.join(TILES))?;
        all.extend(files.into_iter().map(|path| (relative(root, &path), path)));
    }
    Ok(Box::new(all.into_iter().map(|(name, path)| {
        let mut bytes = Vec::new();
        let file = open_file(&path).map_err(|e| about(&path, &e))?;
        file.take(TILE_BYTES_MAX).read_to_end(&mut bytes).map_err(|e| about(&path, &e))?;
        Ok(NamedBytes { name, bytes })
    })))
}

/// The papers, hashed when they are asked for. Those of a book are looked at by the vault's own
/// check: a book has many, and is verified every day.
fn papers(folders: &[Folder]) -> Result<Box<dyn Iterator<Item = io::Result<HashedFile>>>, Failure> {
    let mut all = Vec::new();
    for folder in folders.iter().filter(|folder| !folder.is_book()) {
        let root = folder.path().join(PAPERS);
        let files = files_below(&root)?;
        all.extend(files.into_iter().map(|path| (relative(&root, &path), path)));
    }
    Ok(Box::new(all.into_iter().map(|(name, path)| {
        let (sha256, bytes) = hash_file(&path).map_err(|e| about(&path, &e))?;
        Ok(HashedFile { name, sha256, bytes })
    })))
}

/// Every file below a folder, in the order of their paths; none where there is no such folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (mut folders, mut files) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::file(&folder, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| Failure::file(&folder, &e))?;
            // A link to a folder is not followed, so that nobody leads us in a circle.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let into = if is_folder { &mut folders } else { &mut files };
            into.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// The path below a folder, its parts parted by `/`.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// `None` where there is no such file.
fn sha256_of(root: &Path, path: &str) -> io::Result<Option<String>> {
    let path = root.join(path);
    if !path.is_file() {
        return Ok(None);
    }
    hash_file(&path).map(|(sha256, _)| Some(sha256)).map_err(|e| about(&path, &e))
}

/// SHA-256 and length.
fn hash_file(path: &Path) -> io::Result<(String, u64)> {
    let mut file = BufReader::with_capacity(1 << 16, open_file(path)?);
    let (mut hasher, mut length) = (Sha256::new(), 0);
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok((hex(hasher.finalize().into()), length));
        }
        hasher.update(part);
        let read = part.len();
        length += read as u64;
        file.consume(read);
    }
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn hex(hash: [u8; 32]) -> String {
    blake3::Hash::from_bytes(hash).to_string()
}

/// The chart that record 0 names, where this program has it; a book carries no copy of it.
fn built_in_chart(events: &Path) -> Option<String> {
    let mut line = Vec::new();
    let start = open_file(events).ok()?.take(SMALL_BYTES_MAX);
    BufReader::new(start).read_until(b'\n', &mut line).ok()?;
    let first = Envelope::read(line.strip_suffix(b"\n")?).ok()?;
    let id = first.body.get("chart")?.get("id")?.as_str()?.to_owned();
    Chart::built_in(&id).map(|chart| chart.json().to_owned())
}
