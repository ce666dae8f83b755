//! Projects of custodial money 代管经费, in the order in which they were opened.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::custody::CustodialProject;
use crate::ids::FundId;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Custody {
    by_id: BTreeMap<FundId, CustodialProject>,
    order: Vec<FundId>,
}

impl Custody {
    pub(super) fn open(&mut self, project: &CustodialProject) {
        self.order.push(project.project.clone());
        self.by_id.insert(project.project.clone(), project.clone());
    }

    #[must_use]
    pub fn project(&self, id: &FundId) -> Option<&CustodialProject> {
        self.by_id.get(id)
    }

    /// In the order in which they were opened.
    pub fn projects(&self) -> impl Iterator<Item = &CustodialProject> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }
}
