//! The books as tables, for programs that read rows and columns: records, entries, members, funds, the
//! chart, and what stands on every account by fund and month.

use std::collections::BTreeMap;

use super::{Export, Exported, Names};
use crate::date::Month;
use crate::event::Entry;
use crate::event::member::LeavingReason;
use crate::ids::{AccountCode, FundId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::accounts::Turnover;
use crate::projection::reverses;
use crate::report::{Words, summary};

/// One table and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The name of its file, without an ending.
    pub(super) name: String,
    pub(super) about: Words,
    pub(super) columns: Vec<Words>,
    pub(super) rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// What somebody wrote, or a name that starts with a letter or a digit: never a number.
    Text(String),
    /// An amount, or a count.
    Number(String),
    Nothing,
}

#[allow(clippy::needless_pass_by_value, reason = "numbers and days are copied, names are borrowed")]
impl Cell {
    pub(super) fn text(text: impl ToString) -> Cell {
        Cell::Text(text.to_string())
    }

    fn number(number: impl ToString) -> Cell {
        Cell::Number(number.to_string())
    }

    fn of<T: ToString>(value: Option<T>) -> Cell {
        value.map_or(Cell::Nothing, Cell::text)
    }

    fn amount(amount: Option<Money>) -> Cell {
        amount.map_or(Cell::Nothing, Cell::number)
    }
}

/// Every table, in the order in which a reader needs them.
pub(super) fn all(export: &Export<'_>, lang: Lang) -> Vec<Table> {
    let books = Books { export, names: Names::of(export), lang };
    vec![
        books.records(),
        books.entries(),
        books.balances(),
        books.funds(),
        books.chart(),
        books.members(),
        books.groups(),
    ]
}

struct Books<'a> {
    export: &'a Export<'a>,
    names: Names<'a>,
    lang: Lang,
}

impl Books<'_> {
    fn records(&self) -> Table {
        let row = |Exported { record, hash }: &Exported| {
            vec![
                Cell::number(record.seq),
                Cell::text(record.at),
                Cell::text(&record.actor),
                Cell::text(record.fact.kind()),
                Cell::of(record.fact.date()),
                Cell::of(record.voucher.as_ref().map(|voucher| voucher.number)),
                Cell::Text(self.said(summary::of(&record.fact, self.export.chart))),
                reverses(&record.fact).map_or(Cell::Nothing, Cell::number),
                Cell::text(hash),
            ]
        };
        table(
            "records",
            ("记录：账簿里的每一条", "every record of the book"),
            &[
                ("记录号", "record"),
                ("记录时间（UTC）", "recorded at (UTC)"),
                ("经办人", "officer"),
                ("类型", "type"),
                ("业务日期", "business day"),
                ("凭证号", "voucher"),
                ("摘要", "summary"),
                ("冲销记录", "reverses record"),
                ("散列值", "hash"),
            ],
            self.export.records.iter().map(row).collect(),
        )
    }

    fn entries(&self) -> Table {
        let mut rows = Vec::new();
        for Exported { record, .. } in self.export.records {
            let Some(voucher) = &record.voucher else { continue };
            let said = self.said(summary::of(&record.fact, self.export.chart));
            for (line, entry) in (1..).zip(&voucher.entries) {
                let line: u64 = line;
                let (debit, credit) = entry.side.columns();
                rows.push(vec![
                    Cell::text(voucher.number),
                    Cell::number(line),
                    Cell::text(voucher.date),
                    Cell::text(voucher.date.month()),
                    Cell::text(&said),
                    Cell::text(&entry.account),
                    Cell::Text(self.account(entry)),
                    Cell::text(&entry.fund),
                    Cell::Text(self.fund(&entry.fund)),
                    Cell::amount(debit),
                    Cell::amount(credit),
                    Cell::number(record.seq),
                    reverses(&record.fact).map_or(Cell::Nothing, Cell::number),
                ]);
            }
        }
        table(
            "entries",
            ("凭证分录：一行一条分录", "vouchers, one line an entry"),
            &[
                ("凭证号", "voucher"),
                ("行号", "line"),
                ("日期", "date"),
                ("月份", "month"),
                ("摘要", "summary"),
                ("科目代码", "account"),
                ("科目名称", "account name"),
                ("资金", "fund"),
                ("资金名称", "fund name"),
                ("借方", "debit"),
                ("贷方", "credit"),
                ("记录号", "record"),
                ("冲销记录", "reverses record"),
            ],
            rows,
        )
    }

    /// One line for each month in which an account of a fund moved.
    fn balances(&self) -> Table {
        let mut months: BTreeMap<(&AccountCode, &FundId, Month), Turnover> = BTreeMap::new();
        for posted in self.export.state.accounts.turnovers() {
            let of = (posted.account, posted.fund, posted.month);
            let sum = months.entry(of).or_default();
            *sum = sum.plus(posted.turnover);
        }
        let mut held: BTreeMap<(&AccountCode, &FundId), Money> = BTreeMap::new();
        let mut rows = Vec::new();
        for ((account, fund, month), turnover) in months {
            let stands = held.entry((account, fund)).or_default();
            let opening = *stands;
            *stands = opening.plus(turnover.balance());
            let known = self.export.chart.account(account);
            let called = self.names.unknown.get(account).copied().unwrap_or_default();
            rows.push(vec![
                Cell::text(account),
                Cell::text(known.map_or(called, |known| known.name(self.lang))),
                Cell::text(fund),
                Cell::Text(self.fund(fund)),
                Cell::text(month),
                Cell::number(opening),
                Cell::number(turnover.debit),
                Cell::number(turnover.credit),
                Cell::number(*stands),
            ]);
        }
        table(
            "balances",
            (
                "余额：科目×资金×月份，借为正、贷为负",
                "balances by account, fund and month; debit above nothing, credit below",
            ),
            &[
                ("科目代码", "account"),
                ("科目名称", "account name"),
                ("资金", "fund"),
                ("资金名称", "fund name"),
                ("月份", "month"),
                ("期初余额", "opening"),
                ("借方发生额", "debit"),
                ("贷方发生额", "credit"),
                ("期末余额", "closing"),
            ],
            rows,
        )
    }

    fn funds(&self) -> Table {
        let state = self.export.state;
        let fund = Words::new("资金", "fund");
        let custody = Words::new("代管经费", "money held for others");
        let own = state.funds.funds().map(|new| (&new.fund, &new.name, new.restricted, &fund));
        let held = state.custody.projects().map(|new| (&new.project, &new.name, false, &custody));
        let row = |(id, name, restricted, kind): (&FundId, _, bool, &Words)| {
            vec![
                Cell::Text(self.names.fund(id)),
                Cell::text(id),
                Cell::text(name),
                Cell::Text(self.said(kind.clone())),
                Cell::Text(self.said(yes(restricted))),
                Cell::of(state.funds.closing_of(id).map(|closed| closed.date)),
            ]
        };
        table(
            "funds",
            ("资金和代管项目", "funds, and projects held for others"),
            &[
                ("编号", "number"),
                ("资金", "fund"),
                ("名称", "name"),
                ("种类", "kind"),
                ("专项", "restricted"),
                ("完结日", "closed on"),
            ],
            own.chain(held).map(row).collect(),
        )
    }

    fn chart(&self) -> Table {
        let chart = self.export.chart;
        let rows = chart.accounts().map(|account| {
            vec![
                Cell::text(&account.code),
                Cell::text(&account.zh),
                Cell::text(&account.en),
                Cell::text(account.class.name(self.lang)),
                Cell::text(account.normal.name(self.lang)),
                Cell::Text(self.said(yes(chart.is_postable(&account.code)))),
            ]
        });
        table(
            "chart",
            ("科目表", "the chart of accounts"),
            &[
                ("科目代码", "account"),
                ("中文名称", "Chinese name"),
                ("英文名称", "English name"),
                ("类别", "class"),
                ("余额方向", "normal balance"),
                ("可记账", "takes entries"),
            ],
            rows.collect(),
        )
    }

    /// By number: who a member is stands outside the book.
    fn members(&self) -> Table {
        let mut rows = Vec::new();
        for (id, member) in self.export.state.members.members() {
            for spell in member.spells() {
                let until = spell.left.map(|(day, _)| day);
                let group =
                    member.groups().filter(|(day, _)| until.is_none_or(|left| *day <= left));
                rows.push(vec![
                    Cell::text(id),
                    Cell::of(group.last().map(|(_, group)| group)),
                    Cell::text(spell.joined),
                    Cell::of(until),
                    spell.left.map_or(Cell::Nothing, |(_, why)| Cell::Text(self.said(reason(why)))),
                ]);
            }
        }
        table(
            "members",
            ("会员：只有编号，没有姓名", "members by number; no names"),
            &[
                ("会员号", "member"),
                ("小组", "group"),
                ("入会日", "joined"),
                ("离会日", "left"),
                ("离会原因", "why"),
            ],
            rows,
        )
    }

    fn groups(&self) -> Table {
        let groups = self.export.state.members.groups();
        table(
            "groups",
            ("工会小组", "groups"),
            &[("小组", "group"), ("名称", "name")],
            groups.map(|(id, name)| vec![Cell::text(id), Cell::text(name)]).collect(),
        )
    }

    fn said(&self, words: Words) -> String {
        said(words, self.lang)
    }

    fn account(&self, entry: &Entry) -> String {
        let known = self.export.chart.account(&entry.account);
        known.map_or(entry.name.as_str(), |known| known.name(self.lang)).to_owned()
    }

    fn fund(&self, fund: &FundId) -> String {
        self.names.funds.get(fund).map_or("", |(_, name)| *name).to_owned()
    }
}

pub(super) fn said(words: Words, lang: Lang) -> String {
    match lang {
        Lang::Zh => words.zh,
        Lang::En => words.en,
    }
}

fn table(name: &str, about: (&str, &str), columns: &[(&str, &str)], rows: Vec<Vec<Cell>>) -> Table {
    let columns = columns.iter().map(|(zh, en)| Words::new(zh, en)).collect();
    Table { name: name.to_owned(), about: Words::new(about.0, about.1), columns, rows }
}

fn yes(is: bool) -> Words {
    if is { Words::new("是", "yes") } else { Words::new("否", "no") }
}

fn reason(why: LeavingReason) -> Words {
    match why {
        LeavingReason::Retired => Words::new("退休", "retired"),
        LeavingReason::TransferredOut => Words::new("转出", "transferred out"),
        LeavingReason::Resigned => Words::new("退会", "resigned"),
        LeavingReason::Died => Words::new("去世", "died"),
    }
}
