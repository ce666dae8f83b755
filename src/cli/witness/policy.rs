//! The witnesses that were agreed on: the policy in the book's own records. It tells the treasurer
//! whom to ask; it gives nobody trust.

use mingzhang::book::{Folder, Reading};
use mingzhang::chain::key::VKey;
use mingzhang::chain::policy::{Policy, Witness};
use mingzhang::projection::State;

use super::super::failure::{Failure, Problem, exit};
use super::super::key;

/// The policy that this book's records agree on.
pub(crate) fn agreed(state: &State) -> Option<Policy> {
    state.offices.policy().and_then(|text| Policy::parse(text).ok())
}

/// The same of the book in a folder.
pub(super) fn agreed_in(folder: &Folder) -> Result<Option<Policy>, Failure> {
    Ok(agreed(&Reading::open(folder, &mut |_| ())?.state))
}

pub(super) fn witnesses(policy: Option<&Policy>) -> &[Witness] {
    policy.map_or(&[], Policy::witnesses)
}

/// A witness by its name in the policy, its key's own name, its verification key or a file of that.
pub(super) fn named(said: &str, policy: Option<&Policy>) -> Result<VKey, Failure> {
    let known = witnesses(policy);
    let found = known.iter().find(|w| w.name == said || w.key.name().as_str() == said);
    if let Some(witness) = found {
        return Ok(witness.key.clone());
    }
    if said.contains('+') || std::path::Path::new(said).exists() {
        return key::vkey_of(said);
    }
    let names: Vec<String> =
        known.iter().map(|w| format!("{} ({})", w.name, w.key.name())).collect();
    let names = if names.is_empty() { "-".to_owned() } else { names.join(", ") };
    let zh = format!("约定的见证规则中没有见证人 {said}；现有：{names}");
    let en = format!("the agreed policy names no witness {said}; there are: {names}");
    Err(Failure::one(exit::USAGE, Problem::new("USE1", zh, en))
        .next("mingzhang witness request --for WITNESS.vkey"))
}
