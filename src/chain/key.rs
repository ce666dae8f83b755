//! Keys that sign checkpoints: their public line, and the file that keeps the secret.

use core::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::pkcs8::{EncodePrivateKey as _, KeypairBytes};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use pkcs8::der::pem::PemLabel as _;
use pkcs8::der::zeroize::Zeroizing;
use pkcs8::pkcs5::{pbes2, scrypt};
use pkcs8::{EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// What stands before the name and the kind, in the line above a key file's armour.
const FILE_PREFIX: &str = "mingzhang-key: ";

/// Why a text is not a key, or a key file cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("a key's name is 1 to 255 bytes without spaces, '+' and control characters: {0:?}")]
    Name(String),
    #[error("not a verifier key, written as name+id+base64: {0:?}")]
    Form(String),
    #[error("the signature type 0x{0:02x} is not known: 0x01 signs a log, 0x04 cosigns it")]
    Kind(u8),
    #[error("the key id {found} does not belong to this name and key, whose id is {expected}")]
    Id { expected: KeyId, found: KeyId },
    #[error("not an Ed25519 public key, or one that would accept anybody's signature: {0}")]
    Point(String),
    #[error("a key file begins with the line \"mingzhang-key: NAME log|witness|officer\"")]
    FileHeader,
    #[error("not a PKCS#8 key in PEM form: {0}")]
    File(String),
    #[error("the key file is encrypted, and no passphrase was given")]
    PassphraseNeeded,
    #[error("an empty passphrase protects nothing")]
    PassphraseEmpty,
    #[error("the passphrase does not open the key file")]
    PassphraseWrong,
}

/// What a key is for: the byte that sets its signatures apart (C2SP signed-note, signature types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// 0x01: signs a text: a log its own checkpoints, an officer acts.
    Log,
    /// 0x04: cosigns other people's checkpoints, with the time.
    Witness,
}

/// Whose key a file holds, as its first line says. An officer signs as a log does, and other texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHolder {
    Log,
    Witness,
    Officer,
}

/// The name that stands before a signature: a URL without a scheme, by custom.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(String);

/// The first four bytes of SHA-256 over name, newline, kind and public key; 8 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId([u8; 4]);

/// A public key that verifies: `name+hexid+base64(kind and key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct VKey {
    name: KeyName,
    kind: KeyKind,
    key: VerifyingKey,
}

/// A key that signs. Its secret is wiped from memory when it is dropped, and never printed.
#[derive(Clone)]
pub struct NoteKey {
    name: KeyName,
    holder: KeyHolder,
    secret: SigningKey,
}

impl KeyKind {
    #[must_use]
    pub fn byte(self) -> u8 {
        match self {
            KeyKind::Log => 0x01,
            KeyKind::Witness => 0x04,
        }
    }

    pub fn from_byte(byte: u8) -> Result<KeyKind, KeyError> {
        match byte {
            0x01 => Ok(KeyKind::Log),
            0x04 => Ok(KeyKind::Witness),
            other => Err(KeyError::Kind(other)),
        }
    }
}

impl KeyName {
    const BYTES_MAX: usize = 255;

    /// 1 to 255 bytes of UTF-8 without Unicode spaces, `+` and control characters; the length is
    /// our own limit, the rest is C2SP signed-note's.
    pub fn parse(text: &str) -> Result<KeyName, KeyError> {
        let divides = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if text.is_empty() || text.len() > Self::BYTES_MAX || text.chars().any(divides) {
            Err(KeyError::Name(text.to_owned()))
        } else {
            Ok(KeyName(text.to_owned()))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KeyId {
    #[must_use]
    pub fn as_bytes(self) -> [u8; 4] {
        self.0
    }

    fn of(name: &KeyName, kind: KeyKind, key: &VerifyingKey) -> KeyId {
        let hasher = Sha256::new()
            .chain_update(name.as_str())
            .chain_update([b'\n', kind.byte()])
            .chain_update(key.as_bytes());
        let [a, b, c, d, ..]: [u8; 32] = hasher.finalize().into();
        KeyId([a, b, c, d])
    }
}

impl VKey {
    /// Reads `name+hexid+base64`, splitting at the first two `+` only, since base64 has its own.
    /// Refuses an id of another key, and points of low order, under which anything verifies.
    pub fn parse(text: &str) -> Result<VKey, KeyError> {
        let form = || KeyError::Form(text.to_owned());
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(form());
        };
        let name = KeyName::parse(name)?;
        let found = u32::from_str_radix(id, 16).map_err(|_| form())?;
        let found = KeyId(found.to_be_bytes());
        if found.to_string() != id {
            return Err(form());
        }
        let bytes = STANDARD.decode(key).map_err(|_| form())?;
        let (kind, point) = bytes.split_first().ok_or_else(form)?;
        let kind = KeyKind::from_byte(*kind)?;
        let point: &[u8; 32] = point.try_into().map_err(|_| form())?;
        let vkey = VKey::new(name, kind, point)?;
        let expected = vkey.id();
        if found == expected { Ok(vkey) } else { Err(KeyError::Id { expected, found }) }
    }

    /// From the 32 bytes of an Ed25519 public key (RFC 8032, 5.1.5).
    pub fn new(name: KeyName, kind: KeyKind, point: &[u8; 32]) -> Result<VKey, KeyError> {
        match VerifyingKey::from_bytes(point) {
            Ok(key) if !key.is_weak() && is_canonical(point) => Ok(VKey { name, kind, key }),
            Ok(_) | Err(_) => Err(KeyError::Point(STANDARD.encode(point))),
        }
    }

    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.name, self.kind, &self.key)
    }

    /// The 32 bytes of the Ed25519 public key.
    #[must_use]
    pub fn public_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether these are the 64 bytes of a signature of this key over exactly this message, in the
    /// strict reading that leaves no room for a second valid form.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl NoteKey {
    /// From 32 bytes of randomness that the caller gives (RFC 8032, 5.1.5: the private key).
    #[must_use]
    pub fn from_seed(name: KeyName, kind: KeyKind, seed: &[u8; 32]) -> NoteKey {
        let holder = match kind {
            KeyKind::Log => KeyHolder::Log,
            KeyKind::Witness => KeyHolder::Witness,
        };
        NoteKey { name, holder, secret: SigningKey::from_bytes(seed) }
    }

    /// The same for a key that an officer signs acts with.
    #[must_use]
    pub fn of_officer(name: KeyName, seed: &[u8; 32]) -> NoteKey {
        NoteKey { name, holder: KeyHolder::Officer, secret: SigningKey::from_bytes(seed) }
    }

    #[must_use]
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    #[must_use]
    pub fn kind(&self) -> KeyKind {
        match self.holder {
            KeyHolder::Log | KeyHolder::Officer => KeyKind::Log,
            KeyHolder::Witness => KeyKind::Witness,
        }
    }

    #[must_use]
    pub fn holder(&self) -> KeyHolder {
        self.holder
    }

    #[must_use]
    pub fn vkey(&self) -> VKey {
        VKey { name: self.name.clone(), kind: self.kind(), key: self.secret.verifying_key() }
    }

    /// The 64 bytes of an Ed25519 signature. What may be signed is for the callers to say, each
    /// with its own first line.
    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }

    /// The key file without protection: PKCS#8 in PEM form (RFC 5958, version 1, since OpenSSL
    /// refuses the version that carries the public key), below a line with the name and the kind.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        let pem = self.pkcs8()?.to_pem(PrivateKeyInfoRef::PEM_LABEL, LineEnding::LF);
        Ok(self.with_header(&pem.map_err(|e| KeyError::File(e.to_string()))?))
    }

    /// The key file under a passphrase: PBES2 with scrypt and AES-256-CBC (RFC 8018, RFC 7914).
    /// Salt and initial vector are random bytes that the caller gives, new for each file.
    pub fn to_encrypted_pem(
        &self,
        passphrase: &[u8],
        salt: &[u8; 16],
        vector: [u8; 16],
    ) -> Result<Zeroizing<String>, KeyError> {
        if passphrase.is_empty() {
            return Err(KeyError::PassphraseEmpty);
        }
        let file = |e: &dyn fmt::Display| KeyError::File(e.to_string());
        // 2^14 rounds of 8 blocks take 16 MiB; OpenSSL refuses scrypt above 32 MiB.
        let cost = scrypt::Params::new(14, 8, 1).map_err(|e| file(&e))?;
        let parameters = pbes2::Parameters::generate_scrypt_aes256cbc(cost, salt, vector)
            .map_err(|e| file(&e))?;
        let plain = self.pkcs8()?;
        let info = PrivateKeyInfoRef::try_from(plain.as_bytes()).map_err(|e| file(&e))?;
        let sealed = info.encrypt_with_params(parameters, passphrase).map_err(|e| file(&e))?;
        let pem = sealed.to_pem(EncryptedPrivateKeyInfoRef::PEM_LABEL, LineEnding::LF);
        Ok(self.with_header(&pem.map_err(|e| file(&e))?))
    }

    /// Reads a key file, plain or encrypted. Without a passphrase an encrypted one is refused as
    /// [`KeyError::PassphraseNeeded`], so that the caller can ask for it; a plain one ignores it.
    pub fn from_pem(text: &str, passphrase: Option<&[u8]>) -> Result<NoteKey, KeyError> {
        let (header, armour) = text.split_once('\n').ok_or(KeyError::FileHeader)?;
        let header = header.strip_prefix(FILE_PREFIX).ok_or(KeyError::FileHeader)?;
        let (name, holder) = header.split_once(' ').ok_or(KeyError::FileHeader)?;
        let (name, holder) = (KeyName::parse(name)?, holder.parse()?);
        let (label, document) =
            SecretDocument::from_pem(armour).map_err(|e| KeyError::File(e.to_string()))?;
        let plain = if label == PrivateKeyInfoRef::PEM_LABEL {
            document
        } else if label == EncryptedPrivateKeyInfoRef::PEM_LABEL {
            decrypt(&document, passphrase.ok_or(KeyError::PassphraseNeeded)?)?
        } else {
            return Err(KeyError::File(format!("it holds a {label:?}")));
        };
        let info = PrivateKeyInfoRef::try_from(plain.as_bytes())
            .map_err(|e| KeyError::File(e.to_string()))?;
        let pair = KeypairBytes::try_from(info).map_err(|e| KeyError::File(e.to_string()))?;
        let secret = SigningKey::try_from(pair).map_err(|e| KeyError::File(e.to_string()))?;
        Ok(NoteKey { name, holder, secret })
    }

    fn pkcs8(&self) -> Result<SecretDocument, KeyError> {
        KeypairBytes { secret_key: self.secret.to_bytes(), public_key: None }
            .to_pkcs8_der()
            .map_err(|e| KeyError::File(e.to_string()))
    }

    fn with_header(&self, pem: &str) -> Zeroizing<String> {
        Zeroizing::new(format!("{FILE_PREFIX}{} {}\n{pem}", self.name, self.holder))
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            KeyKind::Log => "log",
            KeyKind::Witness => "witness",
        })
    }
}

impl fmt::Display for KeyHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            KeyHolder::Log => "log",
            KeyHolder::Witness => "witness",
            KeyHolder::Officer => "officer",
        })
    }
}

impl FromStr for KeyHolder {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<KeyHolder, KeyError> {
        match text {
            "log" => Ok(KeyHolder::Log),
            "witness" => Ok(KeyHolder::Witness),
            "officer" => Ok(KeyHolder::Officer),
            _ => Err(KeyError::FileHeader),
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl FromStr for KeyName {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<KeyName, KeyError> {
        KeyName::parse(text)
    }
}

impl From<[u8; 4]> for KeyId {
    fn from(bytes: [u8; 4]) -> KeyId {
        KeyId(bytes)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for VKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.key.as_bytes());
        f.pad(&format!("{}+{}+{}", self.name, self.id(), STANDARD.encode(bytes)))
    }
}

impl fmt::Debug for VKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for VKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<VKey, KeyError> {
        VKey::parse(text)
    }
}

impl Serialize for VKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<VKey, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        VKey::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteKey({})", self.vkey())
    }
}

/// Whether y is below 2^255 − 19. The library reduces a greater one, and then a point had two
/// spellings, and a key two ids.
fn is_canonical(point: &[u8; 32]) -> bool {
    let [lowest, between @ .., highest] = point;
    highest & 0x7f < 0x7f || between.iter().any(|byte| *byte < 0xff) || *lowest < 0xed
}

/// A wrong passphrase gives random bytes: the padding mostly shows it, the ASN.1 frame otherwise.
fn decrypt(document: &SecretDocument, passphrase: &[u8]) -> Result<SecretDocument, KeyError> {
    let info = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes())
        .map_err(|e| KeyError::File(e.to_string()))?;
    info.decrypt(passphrase).map_err(|error| {
        use pkcs8::{Error, pkcs5};
        if matches!(error, Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | Error::Asn1(_))
        {
            KeyError::PassphraseWrong
        } else {
            KeyError::File(error.to_string())
        }
    })
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Output};

    use super::*;

    const SALT: [u8; 16] = [3; 16];
    const VECTOR: [u8; 16] = [5; 16];

    fn log_key() -> NoteKey {
        let name = KeyName::parse("gh.example.org/branch-017").unwrap();
        NoteKey::from_seed(name, KeyKind::Log, &[7; 32])
    }

    fn witness_key() -> NoteKey {
        let name = KeyName::parse("audit.example/w1").unwrap();
        NoteKey::from_seed(name, KeyKind::Witness, &[9; 32])
    }

    /// `None`, and a printed word, where OpenSSL is not installed.
    fn openssl(arguments: &[&str]) -> Option<Output> {
        let output = Command::new("openssl").args(arguments).output();
        if output.is_err() {
            println!("skipped: openssl is not installed");
        }
        output.ok()
    }

    /// OpenSSL's own public key of a key file, the last 32 bytes of its DER form.
    fn public_by_openssl(file: &str, passphrase: &str) -> Option<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        std::fs::write(&path, file).unwrap();
        let path = path.to_str().unwrap();
        let passphrase = format!("pass:{passphrase}");
        let output =
            openssl(&["pkey", "-in", path, "-passin", &passphrase, "-pubout", "-outform", "DER"])?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let from = output.stdout.len() - 32;
        Some(output.stdout[from..].to_vec())
    }

    #[test]
    fn a_verifier_key_is_read_and_written_in_one_form() {
        let text =
            "gh.example.org/branch-017+c126bbaa+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
        let key = VKey::parse(text).unwrap();
        assert_eq!(key.to_string(), text);
        assert_eq!(key, log_key().vkey());
        assert_eq!(key.kind(), KeyKind::Log);
        let witness = "audit.example/w1+aa0cc285+BP0XJDhaoMdbZPt4zWAvodmR/ev3axPFjtcC6sg16fYY";
        assert_eq!(witness_key().vkey().to_string(), witness);
        // The example of C2SP signed-note; and one whose base64 has a plus of its own.
        VKey::parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
            .unwrap();
        let plus = (0..=255)
            .map(|n| NoteKey::from_seed(log_key().name, KeyKind::Log, &[n; 32]).vkey())
            .find(|key| key.to_string().matches('+').count() > 2)
            .unwrap();
        assert_eq!(VKey::parse(&plus.to_string()), Ok(plus));
    }

    #[test]
    fn a_spoiled_verifier_key_is_refused_by_the_rule_it_breaks() {
        let good = log_key().vkey().to_string();
        let form = |text: &str| KeyError::Form(text.to_owned());
        for (bad, why) in [
            ("abc", form("abc")),
            ("abc+01020304", form("abc+01020304")),
            (
                "+c126bbaa+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
                KeyError::Name(String::new()),
            ),
            (&good.replace("c126", "C126"), form(&good.replace("c126", "C126"))),
            (&good.replace("c126", "+126"), form(&good.replace("c126", "+126"))),
            (&good.replace("RtIs", "RtI="), form(&good.replace("RtIs", "RtI="))),
            (&format!("{good}\n"), form(&format!("{good}\n"))),
            (&good.replace("+Ae", "+Bu"), KeyError::Kind(6)),
        ] {
            assert_eq!(VKey::parse(bad), Err(why), "{bad}");
        }
        let other = VKey::parse(&good.replace("branch-017", "branch-018")).unwrap_err();
        assert!(matches!(other, KeyError::Id { found, .. } if found == log_key().vkey().id()));
    }

    #[test]
    fn points_of_low_order_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut order_two = [0xff; 32];
        (order_two[0], order_two[31]) = (0xec, 0x7f);
        for point in [[0; 32], identity, order_two] {
            let key = VKey::new(log_key().name, KeyKind::Log, &point);
            assert!(matches!(key, Err(KeyError::Point(_))), "{point:?}");
        }
    }

    #[test]
    fn a_second_spelling_of_a_point_is_refused() {
        let name = || log_key().name;
        let mut refused = 0;
        for y in 2..=18 {
            let (mut one, mut other) = ([0; 32], [0xff; 32]);
            (one[0], other[0], other[31]) = (y, 0xed + y, 0x7f);
            if VKey::new(name(), KeyKind::Log, &one).is_ok() {
                VerifyingKey::from_bytes(&other).unwrap();
                let error = VKey::new(name(), KeyKind::Log, &other).unwrap_err();
                assert!(matches!(error, KeyError::Point(_)), "{y}");
                refused += 1;
            }
        }
        assert!(refused > 0);
    }

    #[test]
    fn the_secret_is_never_printed() {
        let printed = format!("{:?}", log_key());
        assert_eq!(printed, format!("NoteKey({})", log_key().vkey()));
    }

    #[test]
    fn a_plain_key_file_is_read_back_and_openssl_reads_it_too() {
        let file = log_key().to_pem().unwrap();
        assert!(file.starts_with(
            "mingzhang-key: gh.example.org/branch-017 log\n-----BEGIN PRIVATE KEY-----\n"
        ));
        assert_eq!(NoteKey::from_pem(&file, None).unwrap().vkey(), log_key().vkey());
        if let Some(public) = public_by_openssl(&file, "unused") {
            assert_eq!(public, log_key().vkey().public_bytes());
        }
    }

    #[test]
    fn an_officer_s_key_file_says_so_and_its_verifier_key_is_a_plain_one() {
        let key = NoteKey::of_officer(KeyName::parse("chair.example").unwrap(), &[3; 32]);
        let file = key.to_pem().unwrap();
        assert!(file.starts_with("mingzhang-key: chair.example officer\n"));
        let read = NoteKey::from_pem(&file, None).unwrap();
        assert_eq!((read.holder(), read.kind()), (KeyHolder::Officer, KeyKind::Log));
        assert_eq!(VKey::parse(&key.vkey().to_string()), Ok(read.vkey()));
        assert_eq!(log_key().holder(), KeyHolder::Log);
    }

    #[test]
    fn an_encrypted_key_file_opens_with_its_passphrase_alone() {
        let key = witness_key();
        let file = key.to_encrypted_pem("经审会 2026".as_bytes(), &SALT, VECTOR).unwrap();
        assert!(file.starts_with(
            "mingzhang-key: audit.example/w1 witness\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        ));
        let read = NoteKey::from_pem(&file, Some("经审会 2026".as_bytes())).unwrap();
        assert_eq!(read.vkey(), key.vkey());
        assert_eq!(NoteKey::from_pem(&file, None).unwrap_err(), KeyError::PassphraseNeeded);
        // Under the second one the padding happens to be well formed, and only ASN.1 tells.
        for wrong in ["wrong 0", "wrong 316", ""] {
            let error = NoteKey::from_pem(&file, Some(wrong.as_bytes())).unwrap_err();
            assert_eq!(error, KeyError::PassphraseWrong);
        }
        let empty = key.to_encrypted_pem(b"", &SALT, VECTOR);
        assert_eq!(empty.unwrap_err(), KeyError::PassphraseEmpty);
        if let Some(public) = public_by_openssl(&file, "经审会 2026") {
            assert_eq!(public, key.vkey().public_bytes());
        }
    }

    #[test]
    fn a_key_that_openssl_made_can_be_used_below_our_line() {
        let Some(made) = openssl(&["genpkey", "-algorithm", "ed25519"]) else { return };
        let file =
            format!("mingzhang-key: a.example log\n{}", String::from_utf8(made.stdout).unwrap());
        let key = NoteKey::from_pem(&file, None).unwrap();
        assert_eq!(public_by_openssl(&file, "unused").unwrap(), key.vkey().public_bytes());
    }

    #[test]
    fn a_file_that_is_no_key_file_is_refused() {
        let file = log_key().to_pem().unwrap();
        let (_, armour) = file.split_once('\n').unwrap();
        for header in ["", "mingzhang-key: a.example\n", "mingzhang-key: a.example judge\n"] {
            let error = NoteKey::from_pem(&format!("{header}{armour}"), None).unwrap_err();
            assert_eq!(error, KeyError::FileHeader);
        }
        for bad in [file.replace("MC4C", "MC5C"), file.replace("PRIVATE", "PUBLIC")] {
            assert!(matches!(NoteKey::from_pem(&bad, None), Err(KeyError::File(_))));
        }
    }
}
