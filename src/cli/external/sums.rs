//! What another program finds on each account, held against ours.

use std::collections::{BTreeMap, BTreeSet};

use mingzhang::export::Closing;
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use serde::Serialize;

/// An account on which two programs do not find the same; nothing where one of them has no such account.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Difference {
    /// `Assets:102-银行存款:F1-一般资金`, or `F1` for all accounts of a fund together.
    account: String,
    ours: Option<Money>,
    theirs: Option<Money>,
    /// Theirs less ours.
    #[serde(rename = "difference")]
    off_by: Money,
}

impl Difference {
    pub(super) fn said(&self, lang: Lang) -> String {
        let Difference { account, ours, theirs, off_by } = self;
        let shown = |amount: &Option<Money>| {
            amount.map_or_else(|| "-".to_owned(), |amount| amount.to_string())
        };
        let (ours, theirs) = (shown(ours), shown(theirs));
        match lang {
            Lang::Zh => format!("{account}：账簿 {ours}，它 {theirs}，差额 {off_by}"),
            Lang::En => format!("{account}: ours {ours}, theirs {theirs}, difference {off_by}"),
        }
    }
}

/// Account and balance of each line, the first and the last cell; or the line that has neither.
pub(super) fn read(said: &str) -> Result<BTreeMap<String, Money>, String> {
    let mut found: BTreeMap<String, Money> = BTreeMap::new();
    for line in said.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
        let (Some(account), Some(balance)) = (cells.first(), cells.last()) else { continue };
        // The names of the columns.
        if !account.contains(':') {
            continue;
        }
        let balance = amount(balance).ok_or_else(|| line.to_owned())?;
        let sum = found.entry((*account).to_owned()).or_default();
        *sum = sum.plus(balance);
    }
    Ok(found)
}

/// ledger leaves zeros at the end out, and hledger all of nothing.
fn amount(text: &str) -> Option<Money> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = match whole {
        "" => "0",
        "-" => "-0",
        whole => whole,
    };
    Money::parse(&format!("{whole}.{fraction:0<2}")).ok()
}

/// Where they differ: account by account, and each fund in all, which must come to nothing.
pub(super) fn compare(ours: &[Closing], theirs: &BTreeMap<String, Money>) -> Vec<Difference> {
    let own: BTreeMap<&str, Money> =
        ours.iter().map(|closing| (closing.account.as_str(), closing.balance)).collect();
    let names: BTreeSet<&str> =
        own.keys().copied().chain(theirs.keys().map(String::as_str)).collect();
    let mut found = Vec::new();
    for account in names {
        let (ours, theirs) = (own.get(account).copied(), theirs.get(account).copied());
        // An account with nothing on it may be left out.
        let off_by = theirs.unwrap_or_default().minus(ours.unwrap_or_default());
        if !off_by.is_zero() {
            found.push(Difference { account: account.to_owned(), ours, theirs, off_by });
        }
    }
    let mut funds: BTreeMap<&str, Money> = BTreeMap::new();
    for (account, balance) in theirs {
        let fund = account.rsplit_once(':').map_or("", |(_, fund)| fund);
        let sum = funds.entry(fund.split('-').next().unwrap_or(fund)).or_default();
        *sum = sum.plus(*balance);
    }
    funds.retain(|_, sum| !sum.is_zero());
    found.extend(funds.into_iter().map(|(fund, sum)| Difference {
        account: fund.to_owned(),
        ours: Some(Money::ZERO),
        theirs: Some(sum),
        off_by: sum,
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn ours(balances: &[(&str, &str)]) -> Vec<Closing> {
        let one = |(account, balance): &(&str, &str)| Closing {
            account: (*account).to_owned(),
            fund: "F1".to_owned(),
            commodity: "CNY".to_owned(),
            balance: yuan(balance),
        };
        balances.iter().map(one).collect()
    }

    #[test]
    fn the_balances_of_each_program_are_read_as_it_writes_them() {
        let hledger = "\"account\",\"commodity\",\"balance\"\n\"A:1:F1\",\"CNY\",\"-10.50\"\n\"A:2:F1\",\"\",\"0\"\n";
        let ledger = "A:1:F1,-10.5\nA:2:F1,0\n";
        let beancount = "account , sum_numb\nA:1:F1  , -10.50  \nA:2:F1,    0.00\n";
        let expected = BTreeMap::from([
            ("A:1:F1".to_owned(), yuan("-10.50")),
            ("A:2:F1".to_owned(), Money::ZERO),
        ]);
        for said in [hledger, ledger, beancount] {
            assert_eq!(read(said), Ok(expected.clone()));
        }
        assert_eq!(read("A:1:F1,many"), Err("A:1:F1,many".to_owned()));
    }

    #[test]
    fn what_differs_is_named_with_both_amounts_and_a_fund_that_is_not_balanced() {
        let own = ours(&[("A:1:F1", "10.00"), ("A:2:F1", "-10.00"), ("A:3:F1", "0.00")]);
        let agreeing = read("A:1:F1,10\nA:2:F1,-10\n").unwrap();
        assert_eq!(compare(&own, &agreeing), []);
        let other = read("A:1:F1,10.01\nA:4:F1,-10\n").unwrap();
        let said: Vec<String> =
            compare(&own, &other).iter().map(|one| one.said(Lang::En)).collect();
        assert_eq!(
            said,
            [
                "A:1:F1: ours 10.00, theirs 10.01, difference 0.01",
                "A:2:F1: ours -10.00, theirs -, difference 10.00",
                "A:4:F1: ours -, theirs -10.00, difference -10.00",
                "F1: ours 0.00, theirs 0.01, difference 0.01",
            ]
        );
    }
}
