//! The keys of the vault: its own, and those of its subjects.

use core::fmt;
use std::path::Path;

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519::Identity;
use pkcs8::der::zeroize::Zeroizing;

use super::VaultError;
use super::files::{read, write_private};

/// With which every file of `age` begins that is not armoured.
const AGE_FILE: &[u8] = b"age-encryption.org/v1";

/// 2^16 rounds of scrypt take 64 MiB, and a moment on the oldest machine of an office. Left to
/// itself the crate would measure the machine's clock.
const WORK: u8 = 16;

/// The vault's own key, which opens the keys of its subjects.
pub struct VaultKey(Identity);

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VaultKey({})", self.0.to_public())
    }
}

impl VaultKey {
    /// Makes the key's file where there is none, readable by its owner alone: an identity file of
    /// `age`, as it is or under a passphrase.
    pub(super) fn make(path: &Path, passphrase: Option<&str>) -> Result<(), VaultError> {
        let key = Identity::generate();
        let text = Zeroizing::new(format!(
            "# public key: {}\n{}\n",
            key.to_public(),
            key.to_string().expose_secret()
        ));
        let bytes = match passphrase {
            None => text.as_bytes().to_vec(),
            Some("") => return Err(VaultError::PassphraseEmpty),
            Some(passphrase) => {
                let mut recipient = age::scrypt::Recipient::new(passphrase.to_owned().into());
                recipient.set_work_factor(WORK);
                let sealed = age::encrypt(&recipient, text.as_bytes());
                sealed.map_err(|_| VaultError::KeyForm { path: path.to_path_buf() })?
            }
        };
        Ok(write_private(path, &Zeroizing::new(bytes))?)
    }

    pub(super) fn read(path: &Path, passphrase: Option<&str>) -> Result<VaultKey, VaultError> {
        let wrong = || VaultError::KeyForm { path: path.to_path_buf() };
        let missing = || VaultError::KeyMissing { path: path.to_path_buf() };
        let mut bytes = Zeroizing::new(read(path)?.ok_or_else(missing)?);
        if bytes.starts_with(AGE_FILE) {
            let passphrase = passphrase.ok_or(VaultError::PassphraseNeeded)?;
            let identity = age::scrypt::Identity::new(passphrase.to_owned().into());
            let plain = age::decrypt(&identity, &bytes);
            bytes = Zeroizing::new(plain.map_err(|_| VaultError::PassphraseWrong)?);
        }
        identities(&bytes).and_then(|all| all.into_iter().next()).map(VaultKey).ok_or_else(wrong)
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        age::decrypt(&self.0, sealed).ok().map(Zeroizing::new)
    }

    pub(super) fn seal(&self, plain: &[u8]) -> Option<Vec<u8>> {
        age::encrypt(&self.0.to_public(), plain).ok()
    }
}

/// The key of a subject; while it is changed, the new one and the old one behind it.
#[derive(Clone)]
pub(super) struct SubjectKeys(Vec<Identity>);

impl SubjectKeys {
    pub(super) fn new() -> SubjectKeys {
        SubjectKeys(vec![Identity::generate()])
    }

    /// This key, and those of `old` behind it.
    pub(super) fn before(&self, old: Option<&SubjectKeys>) -> SubjectKeys {
        let old = old.into_iter().flat_map(|old| old.0.iter().cloned());
        SubjectKeys(self.0.iter().cloned().chain(old).collect())
    }

    pub(super) fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    pub(super) fn parse(plain: &[u8]) -> Option<SubjectKeys> {
        identities(plain).filter(|all| !all.is_empty()).map(SubjectKeys)
    }

    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        for key in &self.0 {
            let secret: SecretString = key.to_string();
            text.push_str(secret.expose_secret());
            text.push('\n');
        }
        text
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.iter().find_map(|key| age::decrypt(key, sealed).ok().map(Zeroizing::new))
    }

    /// Under the newest key.
    pub(super) fn seal(&self, plain: &[u8]) -> Option<Vec<u8>> {
        age::encrypt(&self.0.first()?.to_public(), plain).ok()
    }
}

/// The identities of a file of `age-keygen`.
fn identities(bytes: &[u8]) -> Option<Vec<Identity>> {
    let text = core::str::from_utf8(bytes).ok()?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.filter(|line| !line.starts_with('#')).map(|line| line.parse().ok()).collect()
}
