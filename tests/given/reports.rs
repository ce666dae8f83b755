//! Every report of a book, and each thing that it can be of.

use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::event::Recorded;
use mingzhang::report::asked::{Asked as Wanted, Ledger, Made, Name, make};
use mingzhang::report::expected::{NotMade, expect};

use super::Given;

pub fn records(book: &Given) -> Vec<Recorded> {
    book.lines().iter().map(|line| recorded(Envelope::read(line).unwrap()).unwrap()).collect()
}

/// The report over all that is recorded; `None` where the chart has none.
pub fn made(name: Name, of: Option<String>, book: &Given, records: &Vec<Recorded>) -> Option<Made> {
    let (state, chart) = (book.state(), book.book.chart());
    let settled = Wanted { name, period: None, by_fund: false, of }.settle(state);
    let ledger = Ledger { state, chart, records };
    // What --of does not name is another matter: the page is made all the same, of nothing.
    let other_chart = matches!(expect(&settled, ledger), Err(NotMade::OtherChart { .. }));
    (!other_chart).then(|| make(&settled, ledger))
}

/// One of what a report can be of, besides nothing.
pub fn of(name: Name, book: &Given, records: &[Recorded]) -> Vec<Option<String>> {
    let chart = book.book.chart();
    let mut all = vec![None];
    match name.as_str() {
        "ledger" => all.extend(chart.accounts().map(|account| Some(account.code.to_string()))),
        "voucher" => {
            let vouchers = records.iter().filter_map(|record| record.voucher.as_ref());
            all.extend(vouchers.map(|voucher| Some(voucher.number.to_string())));
        }
        "statement" => all.extend(chart.statements().iter().map(|form| Some(form.id.to_string()))),
        "transfer-letter" => {
            all.extend(book.state().members.members().map(|(id, _)| Some(id.to_string())));
        }
        "donors" => all.extend(book.state().drives.drives().map(|(id, _)| Some(id.to_string()))),
        "handover" => {
            all.extend(book.state().handovers.all().map(|(seq, _)| Some(seq.to_string())));
        }
        "benefits" => {
            let lists = book.state().welfare.lists();
            all.extend(lists.map(|(id, _)| Some(id.to_string())));
        }
        "benefit-standing" => {
            all.extend(book.state().members.members().map(|(id, _)| Some(id.to_string())));
            all.extend(book.state().welfare.items().map(|item| Some(item.item.to_string())));
        }
        "earmarked" => all.extend(book.state().funds.funds().map(|f| Some(f.fund.to_string()))),
        _ => {}
    }
    all
}
