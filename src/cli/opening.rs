//! `opening FILE`: everything that an old book hands over is checked as a whole and recorded in one
//! append, or not at all.

use std::path::PathBuf;

use clap::Args;
use mingzhang::book::{Instruction, Mode, NotRecorded};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::render;
use mingzhang::rules::opening::{Document, Fault, Found, Moved, Plan, System, plan};
use serde_json::{Map, Value, json};

use super::Global;
use super::apply::{How, nothing_recorded, open, read, record_in};
use super::chinese::chinese;
use super::failure::{Failure, Place, Problem, exit};
use super::instructions::{Keys, Placed, offset_of, repeated_field};
use super::output::Output;
use super::world::World;

#[derive(Args)]
pub(crate) struct Opening {
    /// 期初文件 One JSON document; `schema opening` describes it
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

impl Opening {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = global.officer.clone().ok_or_else(|| {
            Failure::usage("用 --as 说明由谁办理", "say who brings it in: --as OFFICER")
        })?;
        let text = read(&self.file)?;
        let text = Text { file: self.file.display().to_string(), text };
        let document = text.document()?;
        let mut book = open(global, world, out)?;
        let Plan { commands, moved, faults } = plan(&document, book.state(), book.chart(), &by);
        let mut keys = Keys::default();
        let placed: Vec<Placed> = commands
            .into_iter()
            .map(|one| {
                let key = keys.key(&one.command, &by);
                let by = by.clone();
                let instruction = Instruction { command: one.command, by, key, signed: None };
                Placed { instruction, place: text.place(&one.at) }
            })
            .collect();
        if !faults.is_empty() {
            let mut errors: Vec<Problem> = faults.iter().map(|fault| text.problem(fault)).collect();
            errors.extend(text.refused(&mut book, &placed, world));
            errors.sort_by_key(|e| e.place.as_ref().map(|place| (place.line, place.column)));
            return Err(nothing_recorded(Failure::all(exit::REFUSED, errors)));
        }
        if !out.json && self.how.is_dry_run() {
            let translated =
                moved.iter().filter(|one| one.from_name.is_some() || !one.why.is_empty());
            translated.for_each(|moved| out.text(&shown(moved, out.lang)));
            if document.chart == System::Of2009 {
                out.text(&totals(&document, &moved, out.lang));
            }
        }
        let moved = Value::from(moved.iter().map(as_json).collect::<Vec<_>>());
        let beside = Map::from_iter([("moved".to_owned(), moved)]);
        record_in(&mut book, world, out, placed, self.how, beside)
    }
}

/// The document as it was typed.
struct Text {
    file: String,
    text: String,
}

impl Text {
    fn document(&self) -> Result<Document, Failure> {
        let unread = |problem| Failure::one(exit::USAGE, problem);
        let text = self.text.strip_prefix('\u{FEFF}').unwrap_or(&self.text);
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
            let said = error.to_string();
            let cause = said.split(" at line ").next().unwrap_or_default();
            let zh = format!("不是 JSON：{}", chinese(&cause));
            let at = self.at_line(error.line(), error.column().max(1));
            return Err(unread(Problem::new("J01", zh, format!("not JSON: {cause}")).at(at)));
        }
        if let Some((offset, name)) = repeated_field(text) {
            let zh = format!("{name} 在同一对象中出现两次");
            let en = format!("{name} stands twice in one object");
            return Err(unread(Problem::new("J06", zh, en).at(self.at_offset(offset))));
        }
        let read = &mut serde_json::Deserializer::from_str(text);
        serde_path_to_error::deserialize(read).map_err(|error| {
            let (path, why) = (error.path().to_string(), error.inner().to_string());
            let why = why.split(" at line ").next().unwrap_or_default();
            let shown = if path == "." { String::new() } else { format!("{path}: ") };
            let problem = Problem::new(
                "J05",
                format!("期初文件不合规定：{shown}{}", chinese(&why)),
                format!("the document does not say what it must: {shown}{why}"),
            );
            unread(problem.at(self.place(&path)).next("mingzhang schema opening"))
        })
    }

    /// Where a path such as `balances[2].account` stands; the nearest thing above it, if it is not there.
    fn place(&self, path: &str) -> Place {
        self.at_offset(offset_of(&self.text, path))
    }

    fn at_offset(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.at_line(line, column)
    }

    fn at_line(&self, line: usize, column: usize) -> Place {
        let excerpt = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
        let column = column.min(excerpt.chars().count() + 1);
        Place { file: self.file.clone(), line, column, excerpt, ..Place::default() }
    }

    fn problem(&self, fault: &Fault) -> Problem {
        let Fault { at, found } = fault;
        let said = |lang| format!("{at}: {}", found.message(lang));
        let problem = Problem::new(found.code(), said(Lang::Zh), said(Lang::En));
        let next = if let Found::Rule(refusal) = found {
            refusal.next()
        } else {
            "mingzhang schema opening".to_owned()
        };
        let problem = Problem { source: found.source().to_owned(), ..problem };
        problem.compared(found.figures()).at(self.place(at)).next(next)
    }

    /// What the rules say of the part that could be made into commands.
    fn refused(
        &self,
        book: &mut mingzhang::book::Book,
        placed: &[Placed],
        world: &World,
    ) -> Vec<Problem> {
        let instructions: Vec<Instruction> = placed.iter().map(|p| p.instruction.clone()).collect();
        let try_only = Mode { dry_run: true, expected_head: None };
        match book.record(&instructions, world.now(), try_only) {
            Err(refused @ NotRecorded::Refused(_)) => {
                let place = |n: usize| placed.get(n).map(|placed| placed.place.clone());
                Failure::not_recorded(refused, place).errors
            }
            Err(NotRecorded::Book(_)) | Ok(_) => Vec::new(),
        }
    }
}

/// One line: the old account, what goes where, and why.
fn shown(moved: &Moved, lang: Lang) -> String {
    let Moved { from, from_name, line, why, .. } = moved;
    let name = from_name.as_ref().map(|[zh, en]| match lang {
        Lang::Zh => format!(" {zh}"),
        Lang::En => format!(" {en}"),
    });
    let (debit, credit) = line.side.columns();
    let amount = render::amount(debit.or(credit).unwrap_or_default());
    let side = match (debit, lang) {
        (Some(_), Lang::Zh) => "借",
        (None, Lang::Zh) => "贷",
        (Some(_), Lang::En) => "debit",
        (None, Lang::En) => "credit",
    };
    let why = if why.is_empty() { String::new() } else { format!("  {why}") };
    let (name, account, fund) = (name.unwrap_or_default(), &line.account, &line.fund);
    format!("{from}{name} -> {account} {fund} {side} {amount}{why}")
}

/// What it added up to in the old book, and adds up to in this one.
fn totals(document: &Document, moved: &[Moved], lang: Lang) -> String {
    let sum =
        |amounts: Vec<Option<Money>>| render::amount(Money::sum(amounts.into_iter().flatten()));
    let old = &document.balances;
    let old = [old.iter().map(|b| b.debit).collect(), old.iter().map(|b| b.credit).collect()];
    let new = moved.iter().map(|moved| moved.line.side.columns());
    let new =
        [new.clone().map(|(debit, _)| debit).collect(), new.map(|(_, credit)| credit).collect()];
    let ([old_debit, old_credit], [debit, credit]) = (old.map(sum), new.map(sum));
    match lang {
        Lang::Zh => {
            format!("原账 借 {old_debit} 贷 {old_credit}；新账 借 {debit} 贷 {credit}")
        }
        Lang::En => format!(
            "old book: debit {old_debit}, credit {old_credit}; new book: debit {debit}, credit {credit}"
        ),
    }
}

fn as_json(moved: &Moved) -> Value {
    let Moved { at, from, line, why, .. } = moved;
    json!({ "at": at, "from": from, "line": line, "why": why })
}
