//! What the book has seen, and what it therefore offers: the last values of the same command, the
//! next free number, what exists. It never decides: whoever is asked can say something else.

use std::collections::{BTreeMap, VecDeque};

use mingzhang::chart::Chart;
use mingzhang::date::{Day, Month};
use mingzhang::event::{Fact, Recorded};
use mingzhang::projection::State;
use mingzhang::rules::Command;
use serde_json::Value;

use super::questions::{Choice, Key};
use super::words::Words;

/// How many records back a value is offered from.
const REMEMBERED: usize = 5000;

pub(crate) const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const MONTH: &str = "^[0-9]{4}-[0-9]{2}$";
const ID: &str = "^[a-z0-9][a-z0-9-]{0,39}$";
const ACCOUNT: &str = "^[0-9]{3,12}$";

/// The words that a command begins with which brings a new thing into the book.
const BEGINNINGS: [&str; 14] = [
    "acquire",
    "apply",
    "arrive",
    "card",
    "declare",
    "define",
    "enrol",
    "establish",
    "issue",
    "open",
    "post",
    "raise",
    "register",
    "request",
];

#[derive(Debug, Default)]
pub(crate) struct History {
    /// Today in the union's own time.
    today: String,
    /// The business day of the last record, if it was made today.
    last_day: Option<String>,
    /// The newest bodies, the oldest of them first, each with its type.
    recent: VecDeque<(&'static str, Value)>,
    /// Every id by the field that it stood in, with its place.
    ids: BTreeMap<String, BTreeMap<String, u64>>,
    accounts: Vec<Choice>,
    /// What an id is called, by its field: funds, groups.
    names: BTreeMap<String, BTreeMap<String, String>>,
}

impl History {
    /// Takes in the next record of the book.
    pub(crate) fn see(&mut self, record: &Recorded, today: Day, offset: mingzhang::date::Offset) {
        let Ok(body) = record.fact.to_body(None) else { return };
        let body = Value::Object(body);
        note_ids(&body, record.seq.0, &mut self.ids);
        if record.at.day(offset) == today {
            self.last_day = record.fact.date().map(|day| day.to_string()).or(self.last_day.take());
        }
        self.recent.push_back((record.fact.kind(), body));
        if self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
    }

    /// What only the whole book knows: the day, the accounts, what funds and groups are called.
    pub(crate) fn settle(&mut self, today: Day, state: &State, chart: &Chart) {
        use mingzhang::lang::Lang;
        self.today = today.to_string();
        let postable = chart.accounts().filter(|account| chart.is_postable(&account.code));
        let named = |account: &mingzhang::chart::Account| Choice {
            value: account.code.to_string(),
            title: Words::new(account.name(Lang::Zh), account.name(Lang::En)),
        };
        self.accounts = postable.map(named).collect();
        let funds = state.funds.funds().map(|f| (f.fund.to_string(), f.name.to_string()));
        self.names.insert("fund".to_owned(), funds.collect());
        let groups = state.members.groups().map(|(id, name)| (id.to_string(), name.to_string()));
        self.names.insert("group".to_owned(), groups.collect());
    }

    /// What exists of this kind, by its number.
    pub(crate) fn known(&self, field: &str, schema: &Value) -> Vec<Choice> {
        match pattern(schema) {
            ACCOUNT => self.accounts.clone(),
            ID => {
                let of_field = self.ids.get(field).into_iter().flatten();
                let names = self.names.get(field);
                let name = |id: &str| names.and_then(|names| names.get(id)).cloned();
                let choice = |(id, _): (&String, &u64)| {
                    let name = name(id).unwrap_or_default();
                    Choice { value: id.clone(), title: Words::new(name.clone(), name) }
                };
                of_field.map(choice).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is offered for a field, by what was answered so far.
    pub(crate) fn offered(
        &self,
        command: &str,
        at: &[Key],
        schema: &Value,
        so_far: &Value,
    ) -> Option<String> {
        let field = at.iter().rev().find_map(|key| match key {
            Key::Field(name) => Some(name.as_str()),
            Key::Item(_) => None,
        })?;
        let own = schema.get("default").and_then(Value::as_str).map(str::to_owned);
        let last = self.last_of(command, at).and_then(text);
        match pattern(schema) {
            DAY => Some(self.last_day.clone().unwrap_or_else(|| self.today.clone())),
            MONTH => same_of_item_before(at, so_far).or_else(|| self.month(so_far)),
            ID if self.is_new(command, field) => self.next_free(field),
            ID if at.len() > 1 => None,
            ID => self.waiting(command, field).or(last.filter(|_| own.is_some())).or(own),
            _ => same_thing(self, command, at, so_far).or(last).or(own),
        }
    }

    /// Which of these forms the last command of this kind had.
    pub(crate) fn chosen(&self, command: &str, at: &[Key], names: &[String]) -> Option<String> {
        let last = self.last_of(command, at)?;
        let name = match last {
            Value::String(name) => name.clone(),
            Value::Object(fields) => {
                let tag = fields.values().filter_map(Value::as_str);
                let tag = tag.map(str::to_owned).find(|value| names.contains(value));
                tag.or_else(|| fields.keys().next().cloned())?
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => return None,
        };
        names.contains(&name).then_some(name)
    }

    /// The commands that were used last, the newest first.
    pub(crate) fn used(&self, most: usize) -> Vec<&'static str> {
        let mut used: Vec<&str> = Vec::new();
        for (kind, _) in self.recent.iter().rev() {
            let command = Command::NAMES.iter().find(|name| fact_of(name) == Some(kind));
            if let Some(command) = command.filter(|name| !used.contains(*name)) {
                used.push(command);
            }
            if used.len() == most {
                break;
            }
        }
        used
    }

    fn last_of(&self, command: &str, at: &[Key]) -> Option<&Value> {
        let kind = fact_of(command)?;
        let (_, body) = self.recent.iter().rev().find(|(of, _)| *of == kind)?;
        let mut place = body;
        for key in at {
            place = match key {
                Key::Field(name) => place.get(name)?,
                Key::Item(_) => place.get(0)?,
            };
        }
        Some(place)
    }

    /// The month of the day that was answered, or of today.
    fn month(&self, so_far: &Value) -> Option<String> {
        let answered = so_far.get("date").or_else(|| so_far.get("on")).and_then(Value::as_str);
        let day = answered.unwrap_or(self.last_day.as_ref().unwrap_or(&self.today));
        let month = day.get(..7)?;
        Month::parse(month).ok().map(|month| month.to_string())
    }

    /// Whether a command brings the thing into the book that this field names.
    fn is_new(&self, command: &str, field: &str) -> bool {
        let Some((noun, verb)) = command.split_once('.') else { return false };
        let own = fact_of(command);
        let first = |id: &Value| {
            let seen = self.recent.iter().find(|(_, body)| body.get(field) == Some(id));
            seen.map(|(kind, _)| *kind)
        };
        let mine = self.recent.iter().rev().filter(|(kind, _)| Some(*kind) == own);
        let mut seen = mine.filter_map(|(_, body)| body.get(field)).take(20).peekable();
        if seen.peek().is_some() {
            return seen.all(|id| first(id) == own);
        }
        BEGINNINGS.contains(&verb) && (field == noun || noun.ends_with(field))
    }

    /// The newest number of a thing, counted on to one that is not taken.
    fn next_free(&self, field: &str) -> Option<String> {
        let taken = self.ids.get(field);
        let newest = taken.and_then(|ids| ids.iter().max_by_key(|(_, seq)| **seq));
        let Some((newest, _)) = newest else {
            return field.get(..1).map(|letter| format!("{letter}-1"));
        };
        let stem = newest.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = newest.strip_prefix(stem).unwrap_or_default();
        let (stem, mut number) = match digits.parse::<u64>() {
            Ok(number) => (stem.to_owned(), number),
            Err(_) => (format!("{newest}-"), 1),
        };
        loop {
            number = number.checked_add(1)?;
            let id = format!("{stem}{number:0width$}", width = digits.len());
            if taken.is_none_or(|ids| !ids.contains_key(&id)) {
                return (id.len() <= 40).then_some(id);
            }
        }
    }

    /// The newest thing that no such command was about yet, such as a request that is not paid. Of
    /// persons nobody is proposed.
    fn waiting(&self, command: &str, field: &str) -> Option<String> {
        let (noun, _) = command.split_once('.')?;
        if noun != field || field == "member" {
            return None;
        }
        let kind = fact_of(command)?;
        let about = |(_, body): &&(&str, Value)| body.get(field).is_some();
        let done = |id: &Value| {
            self.recent.iter().any(|(of, body)| *of == kind && body.get(field) == Some(id))
        };
        let newest = self.recent.iter().rev().filter(about).filter_map(|(_, body)| body.get(field));
        newest.filter(|id| !done(id)).find_map(text)
    }
}

fn pattern(schema: &Value) -> &str {
    schema.get("pattern").and_then(Value::as_str).unwrap_or_default()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Every id in a body, under the name of the field that it stands in.
fn note_ids(value: &Value, seq: u64, ids: &mut BTreeMap<String, BTreeMap<String, u64>>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                if let Some(id) = inner.as_str().filter(|text| is_id(text)) {
                    ids.entry(name.clone()).or_default().insert(id.to_owned(), seq);
                }
                note_ids(inner, seq, ids);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| note_ids(item, seq, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_id(text: &str) -> bool {
    mingzhang::ids::MemberId::parse(text).is_ok()
}

/// What was said in the same field of the item before this one.
fn same_of_item_before(at: &[Key], so_far: &Value) -> Option<String> {
    let mut place = so_far;
    for key in at {
        place = match key {
            Key::Field(name) => place.get(name)?,
            Key::Item(number) => place.get(number.checked_sub(1)?)?,
        };
    }
    text(place).filter(|_| at.iter().any(|key| matches!(key, Key::Item(_))))
}

/// What was last said in this field of the same thing: of the request that is approved, of the member
/// who pays.
fn same_thing(history: &History, command: &str, at: &[Key], so_far: &Value) -> Option<String> {
    let (Key::Field(field), above) = at.split_last()? else { return None };
    let mut here = so_far;
    for key in above {
        here = match key {
            Key::Field(name) => here.get(name)?,
            Key::Item(number) => here.get(number)?,
        };
    }
    let (name, id) = here.as_object()?.iter().find(|(name, value)| {
        *name != "fund" && *name != "account" && value.as_str().is_some_and(is_number_of_a_thing)
    })?;
    let list = match above {
        [Key::Field(list), Key::Item(_)] => Some(list),
        _ => None,
    };
    let kind = fact_of(command);
    let bodies = history.recent.iter().rev();
    let found =
        bodies.filter(|(of, _)| list.is_none() || Some(*of) == kind).find_map(|(_, body)| {
            let same = |object: &&Value| object.get(name) == Some(id);
            let object = match list {
                Some(list) => body.get(list)?.as_array()?.iter().find(same),
                None => Some(body).filter(same),
            };
            text(object?.get(field)?)
        });
    found.or_else(|| same_of_item_before(at, so_far))
}

/// An id, and neither a month, a day nor a name of a few letters such as `bank`.
fn is_number_of_a_thing(text: &str) -> bool {
    is_id(text)
        && Day::parse(text).is_err()
        && Month::parse(text).is_err()
        && !matches!(text, "bank" | "cash")
}

/// The fact that a command is recorded as: of the same noun, and the verb most like it. `pay` is
/// `paid`, and `request` is `requested`.
pub(crate) fn fact_of(command: &str) -> Option<&'static str> {
    let (noun, verb) = command.split_once('.')?;
    let of_noun = Fact::NAMES.iter().filter_map(|name| {
        let (own, past) = name.split_once('.')?;
        let same = past.bytes().zip(verb.bytes()).take_while(|(one, other)| one == other).count();
        // `leave` is `left`, and `refuse` is not `requested`.
        (own == noun && same * 2 + 1 >= verb.len()).then_some((same, *name))
    });
    of_noun.max_by_key(|(same, name)| (*same, usize::MAX - name.len())).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_known_again_in_its_fact() {
        for (command, fact) in [
            ("dues.receive", Some("dues.received")),
            ("disbursement.pay", Some("disbursement.paid")),
            ("disbursement.request", Some("disbursement.requested")),
            ("cash.draw", Some("cash.drawn")),
            ("member.leave", Some("member.left")),
            ("bank.unmatch", Some("bank.unmatched")),
            ("disbursement.approve", None),
            ("disbursement.refuse", None),
        ] {
            assert_eq!(fact_of(command), fact, "{command}");
        }
    }
}
