//! 中英对照 One page of two: words in Chinese and English beside each other, figures once.

use super::page::{Block, Cell, Column, Page, Signatures, Table, VoucherHead};

impl Page {
    /// A page with the same one in the other language beside it. Its foot and its pictures stay in the
    /// first language; a page of other parts stands below.
    #[must_use]
    pub fn beside(self, other: Page) -> Page {
        if self.blocks.len() != other.blocks.len() {
            return self + other;
        }
        let pairs = self.blocks.into_iter().zip(other.blocks);
        Page { blocks: pairs.map(|(one, other)| block(one, other)).collect() }
    }
}

fn block(one: Block, other: Block) -> Block {
    match (one, other) {
        (Block::Title { title, about }, Block::Title { title: of, about: also }) => {
            Block::Title { title: words(&title, &of), about: said(&about, &also) }
        }
        (Block::Poster(word), Block::Poster(other)) => Block::Poster(words(&word, &other)),
        (Block::Text(text), Block::Text(other)) => Block::Text(lines(&text, &other)),
        (Block::Voucher(head), Block::Voucher(other)) => Block::Voucher(VoucherHead {
            title: words(&head.title, &other.title),
            about: said(&head.about, &other.about),
            text: lines(&head.text, &other.text),
        }),
        (Block::Table(table), Block::Table(other)) => Block::Table(tables(table, &other)),
        (Block::Signatures(places), Block::Signatures(other)) => Block::Signatures(Signatures {
            places: said(&places.places, &other.places),
            seal: places.seal,
            text: lines(&places.text, &other.text),
        }),
        (one, _) => one,
    }
}

fn tables(table: Table, other: &Table) -> Table {
    let columns = table.columns.into_iter().zip(&other.columns);
    let columns = columns.map(|(column, other)| Column {
        title: words(&column.title, &other.title),
        holds: column.holds,
    });
    let cell = |(cell, other): (Cell, &Cell)| match &cell {
        Cell::Words(shown) => Cell::Words(words(shown, other.shown())),
        Cell::Number(_) | Cell::Percent(_) => cell,
    };
    let rows = table.rows.into_iter().zip(&other.rows);
    let rows = rows.map(|(row, other)| row.into_iter().zip(other).map(cell).collect());
    Table { columns: columns.collect(), rows: rows.collect() }
}

fn said(one: &[(String, String)], other: &[(String, String)]) -> Vec<(String, String)> {
    let both = one.iter().zip(other);
    both.map(|(one, other)| (words(&one.0, &other.0), words(&one.1, &other.1))).collect()
}

/// What both begin with, such as an account's number or an indent, stands once.
fn words(one: &str, other: &str) -> String {
    if one == other || other.is_empty() {
        return one.to_owned();
    }
    let same = one.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b);
    let blank = same.filter(|((_, c), _)| *c == ' ').last();
    let common = blank.map_or(0, |((at, _), _)| at.saturating_add(1));
    format!("{one} {}", other.get(common..).unwrap_or(other))
}

fn lines(one: &str, other: &str) -> String {
    if one == other {
        return one.to_owned();
    }
    if one.lines().count() != other.lines().count() {
        return format!("{one}{other}");
    }
    let pairs = one.lines().zip(other.lines());
    let both = pairs.map(|(one, other)| if one == other { vec![one] } else { vec![one, other] });
    both.flatten().flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::page::Holds;

    #[test]
    fn words_stand_beside_each_other_and_figures_once() {
        let page = |title: &str, head: [&str; 2], name: &str, below: &str| {
            let columns = [Holds::Words, Holds::Figures].into_iter().zip(head);
            let columns = columns.map(|(holds, title)| Column { title: title.to_owned(), holds });
            let row = vec![Cell::Words(name.to_owned()), Cell::Number("1,234.50".to_owned())];
            let title = Block::Title { title: title.to_owned(), about: Vec::new() };
            let table = Block::Table(Table { columns: columns.collect(), rows: vec![row] });
            Page { blocks: vec![title, table] } + below
        };
        let zh = page("科目余额表", ["科目", "余额"], "  102 银行存款", "2026-01\n平衡\n");
        let en = page("Trial balance", ["Account", "Balance"], "  102 Bank", "2026-01\nBalanced\n");
        assert_eq!(
            zh.beside(en).to_string(),
            "\
科目余额表 Trial balance

+---------------------+--------------+
| 科目 Account        | 余额 Balance |
+====================================+
|   102 银行存款 Bank |     1,234.50 |
+---------------------+--------------+
2026-01
平衡
Balanced
"
        );
    }
}
