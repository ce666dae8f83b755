//! The vault 保险箱: what opens the commitments of private fields, apart from the records
//! (docs/FORMAT.md, section 20).
//!
//! `vault/SUBJECT.age` holds the openings of one subject, encrypted to a key of that subject alone.
//! `vault/keys/SUBJECT.age` is that key, encrypted to the vault's own, `keys/vault.age-key`. All of
//! them are files of `age`, and its tool opens them. Erasing destroys the file and the key: whoever
//! kept a copy of the file alone has noise. A copy of both, in a backup, is out of our reach, and so
//! is what a disk keeps of blocks that were overwritten.
//!
//! # What a crash leaves
//! Openings are on the disk before the record that commits to them, and one that a record replaces
//! stays until the new record stands. So a crash leaves an opening too many, never one too few.
//! What is in excess opens nothing in the book; [`Vault::settle`] takes it away.
//!
//! An erasure is recorded first and carried out after. A record that cannot be written then costs
//! nothing, and a crash between the two leaves an erasure that the book knows of: [`check`] names
//! it and [`Vault::settle`] carries it out, as often as it is asked. The other way round, a full
//! disk would leave data destroyed by nobody, on no basis, and nothing to tell it from a loss.
//!
//! Randomness: `age` draws its keys and nonces from the system by itself and takes none from a
//! caller. Salts and ids of subjects are the caller's.

mod key;
mod files;
mod check;

use std::path::{Path, PathBuf};

pub use check::{Finding, FindingKind, check};
pub use key::VaultKey;

use pkcs8::der::zeroize::Zeroizing;
use serde_json::{Map, Value};

use crate::chain::canon;
use crate::chain::private::{Opening, PrivateError, PrivateText, Salt};
use crate::ids::{SubjectId, Text};
use crate::projection::privacy::Subject;
use crate::store::files::FileError;
use files::{destroy, make_folder, read, write_private};
use key::SubjectKeys;

/// Why the vault could not be used. No error holds a part of what is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("the vault's key {path} is not there")]
    KeyMissing { path: PathBuf },
    #[error("the vault's key is under a passphrase, and none was given")]
    PassphraseNeeded,
    #[error("the passphrase does not open the vault's key")]
    PassphraseWrong,
    #[error("an empty passphrase protects nothing")]
    PassphraseEmpty,
    #[error("{path} is not a key of age")]
    KeyForm { path: PathBuf },
    #[error("the vault has no file {path}")]
    Lost { path: PathBuf },
    #[error("{path} does not open: it is damaged, or of another key")]
    Sealed { path: PathBuf },
    #[error("{path} is not what the vault keeps")]
    Form { path: PathBuf },
    #[error(transparent)]
    Private(#[from] PrivateError),
    #[error(transparent)]
    File(#[from] FileError),
}

/// An opening and the name of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub name: Text,
    pub opening: Opening,
}

impl Kept {
    /// A field that is put away now, under a salt of its own.
    #[must_use]
    pub fn new(name: Text, value: PrivateText, random: [u8; 32]) -> Kept {
        Kept { name, opening: Opening { salt: Salt::new(random), value } }
    }
}

/// Where the vault's files lie.
#[derive(Debug, Clone)]
pub struct Places {
    book: PathBuf,
}

impl Places {
    #[must_use]
    pub fn of_book(book: &Path) -> Places {
        Places { book: book.to_path_buf() }
    }

    /// The key of the vault itself.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.book.join("keys").join("vault.age-key")
    }

    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.book.join("vault")
    }

    fn keys(&self) -> PathBuf {
        self.folder().join("keys")
    }

    fn file_of(&self, subject: &SubjectId) -> PathBuf {
        self.folder().join(format!("{subject}.age"))
    }

    fn key_of(&self, subject: &SubjectId) -> PathBuf {
        self.keys().join(format!("{subject}.age"))
    }

    /// Whether anything was ever put into the vault.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.folder().is_dir()
    }

    /// The subjects that have a file or a key here.
    pub fn subjects(&self) -> Result<Vec<SubjectId>, FileError> {
        let mut found = Vec::new();
        for folder in [self.folder(), self.keys()] {
            found.extend(files::names(&folder)?.iter().filter_map(|name| {
                let stem = name.strip_suffix(".age").or_else(|| name.strip_suffix(".new"))?;
                SubjectId::parse(stem).ok()
            }));
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// Destroys all that the vault has of a subject; the vault's key is not needed for it.
    ///
    /// The subject's key goes first: from then on the rest is noise, however far a crash lets it.
    pub fn destroy(&self, subject: &SubjectId) -> Result<(), FileError> {
        for path in [self.key_of(subject), self.file_of(subject)] {
            destroy(&path)?;
            destroy(&path.with_extension("new"))?;
        }
        Ok(())
    }
}

/// The vault, with the key that opens it. Whoever changes it holds the book's lock.
#[derive(Debug)]
pub struct Vault {
    places: Places,
    key: VaultKey,
}

impl Vault {
    /// Opens the vault of a book. A passphrase is asked for by [`VaultError::PassphraseNeeded`].
    pub fn open(book: &Path, passphrase: Option<&str>) -> Result<Vault, VaultError> {
        let places = Places::of_book(book);
        let key = VaultKey::read(&places.key(), passphrase)?;
        Ok(Vault { places, key })
    }

    /// The same; a vault that is not in use yet gets its key now, under a passphrase if one is
    /// given. A vault in use whose key is lost gets none: what is in it would never open again.
    pub fn open_or_make(book: &Path, passphrase: Option<&str>) -> Result<Vault, VaultError> {
        let places = Places::of_book(book);
        let path = places.key();
        if !path.exists() {
            if !places.subjects()?.is_empty() {
                return Err(VaultError::KeyMissing { path });
            }
            make_folder(&book.join("keys"))?;
            VaultKey::make(&path, passphrase)?;
        }
        Vault::open(book, passphrase)
    }

    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// All openings that the vault has of a subject, also those that no record commits to.
    pub fn read(&self, subject: &SubjectId) -> Result<Vec<Kept>, VaultError> {
        let path = self.places.file_of(subject);
        let sealed = read(&path)?.ok_or_else(|| VaultError::Lost { path: path.clone() })?;
        let path_of_key = self.places.key_of(subject);
        let keys = self.keys(subject)?.ok_or(VaultError::Lost { path: path_of_key })?;
        let plain = keys.open(&sealed).ok_or_else(|| VaultError::Sealed { path: path.clone() })?;
        parse(subject, &plain).ok_or(VaultError::Form { path })
    }

    /// The opening of a field in force.
    pub fn opening(
        &self,
        id: &SubjectId,
        subject: &Subject,
        name: &Text,
    ) -> Result<Option<Opening>, VaultError> {
        let Some(commitment) = subject.in_force(name) else { return Ok(None) };
        let kept = self.read(id)?;
        let found = kept.into_iter().find(|k| k.name == *name && k.opening.opens(name, commitment));
        match found {
            Some(found) => Ok(Some(found.opening)),
            None => Err(VaultError::Form { path: self.places.file_of(id) }),
        }
    }

    /// Puts openings beside those that are there. They are on the disk when this returns, and only
    /// then is the record made that commits to them.
    pub fn add(&self, subject: &SubjectId, new: &[Kept]) -> Result<(), VaultError> {
        make_folder(&self.places.folder())?;
        make_folder(&self.places.keys())?;
        let keys = match self.keys(subject)? {
            Some(keys) => keys,
            None => self.new_keys(subject)?,
        };
        let mut all = match self.read(subject) {
            Ok(all) => all,
            // A crash between the two files leaves a key that has opened nothing yet.
            Err(VaultError::Lost { path }) if path == self.places.file_of(subject) => Vec::new(),
            Err(error) => return Err(error),
        };
        all.extend(new.iter().cloned());
        self.write(subject, &all, &keys)
    }

    /// Takes away what no record commits to any more, or yet: the openings of erased fields and of
    /// replaced ones, and what a crash has left. What goes, goes with the subject's key: the rest
    /// is written anew under a new one. Asked again, it does what is left to do.
    pub fn settle(&self, id: &SubjectId, subject: &Subject) -> Result<(), VaultError> {
        if subject.names().next().is_none() {
            return Ok(self.places.destroy(id)?);
        }
        for path in [self.places.key_of(id), self.places.file_of(id)] {
            destroy(&path.with_extension("new"))?;
        }
        let kept = match self.read(id) {
            Ok(kept) => kept,
            // What is not there any more need not be taken away; `check` names it.
            Err(VaultError::Lost { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        let in_force = |kept: &Kept| {
            subject.in_force(&kept.name).is_some_and(|c| kept.opening.opens(&kept.name, c))
        };
        let mut rest: Vec<Kept> = Vec::new();
        for kept in kept.iter().filter(|kept| in_force(kept)) {
            if !rest.contains(kept) {
                rest.push(kept.clone());
            }
        }
        let one_key = self.keys(id)?.is_some_and(|keys| keys.is_one());
        if rest.len() == kept.len() && one_key {
            return Ok(());
        }
        // While both files change, the key's file holds both keys; the old one goes at the end.
        let old = self.keys(id)?;
        let new = SubjectKeys::new();
        self.write_keys(id, &new.before(old.as_ref()))?;
        self.write(id, &rest, &new)?;
        self.write_keys(id, &new)
    }

    fn keys(&self, subject: &SubjectId) -> Result<Option<SubjectKeys>, VaultError> {
        let path = self.places.key_of(subject);
        let Some(sealed) = read(&path)? else { return Ok(None) };
        let plain =
            self.key.open(&sealed).ok_or_else(|| VaultError::Sealed { path: path.clone() })?;
        SubjectKeys::parse(&plain).map(Some).ok_or(VaultError::KeyForm { path })
    }

    fn new_keys(&self, subject: &SubjectId) -> Result<SubjectKeys, VaultError> {
        // Where openings lie without their key, a new key would make them look whole.
        let path = self.places.file_of(subject);
        if path.exists() {
            return Err(VaultError::Lost { path: self.places.key_of(subject) });
        }
        let keys = SubjectKeys::new();
        self.write_keys(subject, &keys)?;
        Ok(keys)
    }

    fn write_keys(&self, subject: &SubjectId, keys: &SubjectKeys) -> Result<(), VaultError> {
        let path = self.places.key_of(subject);
        let sealed = self.key.seal(keys.text().as_bytes());
        let sealed = sealed.ok_or_else(|| VaultError::Sealed { path: path.clone() })?;
        Ok(write_private(&path, &sealed)?)
    }

    fn write(
        &self,
        subject: &SubjectId,
        all: &[Kept],
        keys: &SubjectKeys,
    ) -> Result<(), VaultError> {
        let path = self.places.file_of(subject);
        let sealed = keys.seal(&text(subject, all)?);
        let sealed = sealed.ok_or_else(|| VaultError::Sealed { path: path.clone() })?;
        Ok(write_private(&path, &sealed)?)
    }
}

/// What a subject's file says: `{"openings":[{"name":…,"salt":…,"value":…},…],"subject":…}`. A list,
/// for between an opening and its record a field may have two.
fn text(subject: &SubjectId, all: &[Kept]) -> Result<Zeroizing<Vec<u8>>, PrivateError> {
    let one = |kept: &Kept| {
        let mut object = kept.opening.to_object();
        object.insert("name".to_owned(), kept.name.as_str().into());
        Value::Object(object)
    };
    let mut object = Map::new();
    object.insert("openings".to_owned(), all.iter().map(one).collect());
    object.insert("subject".to_owned(), subject.as_str().into());
    canon::write(&object).map(Zeroizing::new).map_err(|_| PrivateError::Value)
}

fn parse(subject: &SubjectId, plain: &[u8]) -> Option<Vec<Kept>> {
    let object = canon::read(plain).ok()?;
    // A file that was renamed would open the fields of somebody else.
    let own = object.get("subject").and_then(Value::as_str) == Some(subject.as_str());
    let openings = object.get("openings").filter(|_| own)?.as_array()?;
    let one = |value: &Value| {
        let mut object = value.as_object()?.clone();
        let name = Text::parse(object.remove("name")?.as_str()?).ok()?;
        Some(Kept { name, opening: Opening::from_object(&object).ok()? })
    };
    openings.iter().map(one).collect()
}
