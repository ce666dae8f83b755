//! Sets of offices (docs/FORMAT.md, section 18.1).

use super::json::Json;

/// The bits of [`Roles`], in this order.
const NAMES: [&str; 9] = [
    "chair",
    "vice_chair",
    "committee",
    "finance_head",
    "accountant",
    "cashier",
    "clerk",
    "audit_chair",
    "audit_member",
];

/// A set of offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u16);

impl Roles {
    pub(super) const CHAIR: Roles = Roles(1);
    pub(super) const AUDIT_CHAIR: Roles = Roles(1 << 7);
    /// Either of the audit committee.
    pub(super) const AUDIT: Roles = Roles(0b11 << 7);
    pub(super) const CHAIR_OR_AUDIT: Roles = Roles(1 | 0b11 << 7);
    pub(super) const CASHIER: Roles = Roles(1 << 5);
    pub(super) const CHAIR_OR_FINANCE: Roles = Roles(1 | 1 << 3);
    pub(super) const CHAIR_OR_ACCOUNTANT: Roles = Roles(1 | 1 << 4);
    /// Of the committee or its office, but neither the cashier nor the audit committee.
    pub(super) const REQUESTING: Roles = Roles(0b101_1111);
    pub(super) const ANY: Roles = Roles(0b1_1111_1111);

    /// An array of names, each once.
    pub(super) fn read(value: &Json<'_>) -> Option<Roles> {
        let mut roles = Roles::default();
        for item in value.array()? {
            let role = Roles::named(item.text()?)?;
            if roles.meets(role) {
                return None;
            }
            roles.0 |= role.0;
        }
        Some(roles)
    }

    fn named(name: &str) -> Option<Roles> {
        let bit = NAMES.iter().position(|known| *known == name)?;
        Some(Roles(1_u16.checked_shl(u32::try_from(bit).ok()?)?))
    }

    pub(super) const fn or(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    pub(super) const fn both(self, other: Roles) -> Roles {
        Roles(self.0 & other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn meets(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    /// Each of them by itself.
    pub(super) fn each(self) -> impl Iterator<Item = Roles> {
        NAMES.iter().filter_map(|name| Roles::named(name)).filter(move |one| self.meets(*one))
    }
}

impl core::fmt::Display for Roles {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let names: Vec<&str> = NAMES
            .into_iter()
            .filter(|name| Roles::named(name).is_some_and(|role| self.meets(role)))
            .collect();
        f.pad(&names.join(" "))
    }
}
