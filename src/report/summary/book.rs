//! The book, its officers, its rules, its keys.

use std::collections::BTreeSet;

use super::{Said, words};
use crate::chart::Chart;
use crate::event::book::Role;
use crate::event::{act, book};
use crate::lang::Lang;
use crate::report::Words;

impl Said for book::NewLedger {
    fn said(&self, _: &Chart) -> Words {
        words(format!("建账 {}", self.organisation), format!("book of {}", self.organisation))
    }
}

impl Said for book::Appointment {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("任命 {} {}", self.officer, roles(&self.roles, Lang::Zh)),
            format!("{} appointed: {}", self.officer, roles(&self.roles, Lang::En)),
        )
    }
}

impl Said for book::Dismissal {
    fn said(&self, _: &Chart) -> Words {
        words(format!("免职 {}", self.officer), format!("{} leaves office", self.officer))
    }
}

impl Said for book::RuleSetting {
    fn said(&self, _: &Chart) -> Words {
        let kind = self.rule.kind();
        words(
            format!("定制度 {} 自 {} 起 {}", kind.title(Lang::Zh), self.from, self.source),
            format!("rule of {} from {}, {}", kind.title(Lang::En), self.from, self.source),
        )
    }
}

impl Said for book::Opening {
    fn said(&self, _: &Chart) -> Words {
        words("期初余额", "opening balances")
    }
}

impl Said for act::OfficerKey {
    fn said(&self, _: &Chart) -> Words {
        words(format!("登记公钥 {}", self.officer), format!("key of {} registered", self.officer))
    }
}

impl Said for book::KeyRotation {
    fn said(&self, _: &Chart) -> Words {
        words("更换账套密钥", "the book's key is replaced")
    }
}

impl Said for book::WitnessChange {
    fn said(&self, _: &Chart) -> Words {
        words("更换见证人", "the witnesses are changed")
    }
}

impl Said for act::ActSigned {
    fn said(&self, _: &Chart) -> Words {
        words(
            format!("{} 签名 #{}", self.officer, self.of),
            format!("{} has signed #{}", self.officer, self.of),
        )
    }
}

fn roles(roles: &BTreeSet<Role>, lang: Lang) -> String {
    let titles: Vec<&str> = roles.iter().map(|role| role.title(lang)).collect();
    titles.join(", ")
}
