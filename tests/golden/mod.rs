//! One book a family: every fact and every form of it. A family's book grows at its end alone, for its
//! records name others by their places.

mod allocation;
mod assets;
mod auditing;
mod banking;
mod benefits;
mod books;
pub(crate) mod drives;
pub(crate) mod budget;
mod dues;
pub(crate) mod first;
mod hardship;
mod imports;
mod money;
mod offices;
mod opening;
mod openness;

use mingzhang::rules::Command;

use crate::given::{Asked, union};

/// The books in the order in which forms are counted; a new one goes to the end.
pub(crate) fn books() -> Vec<Vec<Asked>> {
    let scenes = [
        dues::scene(),
        allocation::scene(),
        money::scene(),
        budget::scene(),
        budget::county(),
        assets::scene(),
        books::scene(),
        opening::scene(),
        budget::prior_year(),
        benefits::scene(),
        offices::scene(),
        auditing::scene(),
        openness::scene(),
        hardship::scene(),
        drives::scene(),
        imports::scene(),
        banking::scene(),
    ];
    let begins = |scene: &[Asked]| {
        scene.first().is_some_and(|asked| matches!(asked.command, Command::CreateLedger(_)))
    };
    let whole = |scene: Vec<Asked>| {
        if begins(&scene) { scene } else { union().into_iter().chain(scene).collect() }
    };
    scenes.into_iter().map(whole).collect()
}
