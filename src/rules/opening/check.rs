//! What has to agree within the document, and between it and the book.

use std::collections::{BTreeMap, BTreeSet};

use super::{Brought, Document, Fault, Found, Standing};
use crate::chart::{ASSET_FUNDS, Class, Use};
use crate::event::disbursement::Acquisition;
use crate::event::{Line, Side};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::projection::accounts::Turnover;
use crate::rules::{Context, Refusal, custody};

/// The classes of cards, and the accounts of what they cost and of what is worn off.
const CLASSES: [(Acquisition, Use, Option<Use>); 3] = [
    (Acquisition::FixedAsset, Use::FixedAssets, Some(Use::Depreciation)),
    (Acquisition::IntangibleAsset, Use::IntangibleAssets, Some(Use::Amortisation)),
    (Acquisition::Prepaid, Use::Prepaid, None),
];
const CARRIED: [Use; 4] =
    [Use::RestrictedPrior, Use::RestrictedMoved, Use::RestrictedResult, Use::RestrictedCarried];
const SURPLUS: [Use; 5] = [
    Use::SurplusPrior,
    Use::SurplusMoved,
    Use::SurplusResult,
    Use::SurplusFromRestricted,
    Use::SurplusCarried,
];

pub(super) fn document(
    document: &Document,
    context: &Context<'_>,
    lines: &[Brought],
    faults: &mut Vec<Fault>,
) {
    let mut check = Check { document, context, lines, faults };
    // What is missing of a faulty balance would be missing in the sums too, and be said twice.
    let complete = check.faults.is_empty();
    check.days();
    check.control();
    check.members();
    check.each_line();
    if complete {
        check.sums();
        check.asset_funds();
    }
    check.cards();
    check.supplies();
    check.advances();
}

struct Check<'a> {
    document: &'a Document,
    context: &'a Context<'a>,
    lines: &'a [Brought],
    faults: &'a mut Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, at: impl Into<String>, found: Found) {
        self.faults.push(Fault { at: at.into(), found });
    }

    fn days(&mut self) {
        let as_of = self.document.as_of;
        let starts = self.context.state.offices.ledger().map(|ledger| ledger.starts);
        if let Some(starts) = starts.filter(|starts| as_of.next() != *starts) {
            self.fault("as_of", Found::AsOfNotBefore { as_of, starts });
        }
        if self.document.balances.is_empty() && self.document.members.is_empty() {
            self.fault("balances", Found::NothingBroughtIn {});
        }
    }

    /// Added up from what the document says, before anything is translated.
    fn control(&mut self) {
        let Document { balances, members, advances, cards, supplies, control, .. } = self.document;
        let mut wrong = Vec::new();
        let mut held = |what: &str, said: Option<Money>, found: Money| {
            if let Some(said) = said.filter(|said| *said != found) {
                wrong.push((what.to_owned(), said.to_string(), found.to_string()));
            }
        };
        held("debit", Some(control.debit), Money::sum(balances.iter().filter_map(|b| b.debit)));
        held("credit", Some(control.credit), Money::sum(balances.iter().filter_map(|b| b.credit)));
        held("advances", control.advances, Money::sum(advances.iter().map(|a| a.amount)));
        held("cards", control.cards, Money::sum(cards.iter().map(|card| card.cost)));
        held("supplies", control.supplies, Money::sum(supplies.iter().map(|s| s.amount)));
        let found = members.len().to_string();
        let said = control.members.map(|said| said.to_string());
        wrong.extend(said.filter(|s| *s != found).map(|s| ("members".to_owned(), s, found)));
        for (what, said, found) in wrong {
            self.fault(format!("control.{what}"), Found::ControlUnlike { what, said, found });
        }
    }

    fn members(&mut self) {
        let as_of = self.document.as_of;
        let mut seen = BTreeSet::new();
        for (n, Standing { member, joined, .. }) in self.document.members.iter().enumerate() {
            let (at, member, joined) = (format!("members[{n}]"), member.clone(), *joined);
            if joined > as_of {
                let member = member.clone();
                self.fault(format!("{at}.joined"), Found::JoinedLater { member, joined, as_of });
            }
            if !seen.insert(member.clone()) {
                self.fault(format!("{at}.member"), Found::MemberTwice { member });
            }
        }
    }

    /// Whether a fund is a restricted one; none where neither the book nor the document has it.
    fn restricted(&self, fund: &FundId) -> Option<bool> {
        let said = self.document.funds.iter().find(|new| new.fund == *fund);
        said.or_else(|| self.context.state.funds.fund(fund)).map(|found| found.restricted)
    }

    fn is_project(&self, fund: &FundId) -> bool {
        let said = self.document.custody.iter().any(|new| new.project == *fund);
        said || self.context.state.custody.project(fund).is_some()
    }

    fn is_one_of(&self, account: &AccountCode, uses: &[Use]) -> bool {
        uses.iter().any(|of| self.context.chart.is_for(account, *of))
    }

    fn each_line(&mut self) {
        let starts = self.document.as_of.next();
        let year_begins = starts == starts.year().first_month().first_day();
        for Brought { at, line: Line { account, fund, .. } } in self.lines {
            let class = self.context.chart.account(account).map(|found| found.class);
            if year_begins && matches!(class, Some(Class::Income | Class::Expense)) {
                let account = account.clone();
                self.fault(at, Found::ResultsBroughtIn { account, starts });
            }
            let (account, fund) = (account.clone(), fund.clone());
            let project = self.is_project(&fund);
            let known = project || self.restricted(&fund).is_some();
            if known && custody::is_mixed(self.context, &account, project) {
                self.fault(at, Found::Rule(Refusal::CustodialApart { account, fund }));
                continue;
            }
            if project {
                continue;
            }
            match self.restricted(&fund) {
                // 代管经费 stands in its project, which the accounts are held to later.
                None if self.context.state.custody.project(&fund).is_some() => {}
                None => self.fault(at, Found::Rule(Refusal::FundUnknown { fund })),
                Some(true) if self.is_one_of(&account, &SURPLUS) => {
                    self.fault(at, Found::SurplusOfRestricted { account, fund });
                }
                Some(false) if self.is_one_of(&account, &CARRIED) => {
                    self.fault(at, Found::CarriedOfUnrestricted { account, fund });
                }
                Some(_) => {}
            }
        }
    }

    /// Debits and credits of each fund.
    fn funds(&self) -> BTreeMap<FundId, Turnover> {
        let mut funds: BTreeMap<FundId, Turnover> = BTreeMap::new();
        for Brought { line: Line { fund, side, .. }, .. } in self.lines {
            let (debit, credit) = match side {
                Side::Debit(amount) => (*amount, Money::ZERO),
                Side::Credit(amount) => (Money::ZERO, *amount),
            };
            let sum = funds.entry(fund.clone()).or_default();
            *sum = sum.plus(Turnover { debit, credit });
        }
        funds
    }

    /// In all, and in each fund by itself.
    fn sums(&mut self) {
        let funds = self.funds();
        let all = funds.values().fold(Turnover::default(), |sum, fund| sum.plus(*fund));
        let Turnover { debit, credit } = all;
        let difference = all.balance().abs();
        if !difference.is_zero() {
            self.fault("balances", Found::DebitsUnlikeCredits { debit, credit, difference });
        }
        for (fund, sum) in funds.into_iter().filter(|(_, sum)| !sum.balance().is_zero()) {
            let (Turnover { debit, credit }, difference) = (sum, sum.balance().abs());
            self.fault("balances", Found::FundUnlike { fund, debit, credit, difference });
        }
    }

    /// Debit less credit of the accounts for these uses, in one fund or in all.
    fn standing(&self, fund: Option<&FundId>, uses: &[Use]) -> Money {
        let wanted = |line: &&Line| {
            fund.is_none_or(|fund| line.fund == *fund) && self.is_one_of(&line.account, uses)
        };
        let lines = self.lines.iter().map(|brought| &brought.line);
        Money::sum(lines.filter(wanted).map(|line| line.side.balance()))
    }

    /// Apart from what is pending on 182: that left the assets and not yet the asset fund.
    fn asset_funds(&mut self) {
        for fund in self.funds().into_keys() {
            let pending = self.standing(Some(&fund), &[Use::Suspense]).abs();
            for (of, assets) in ASSET_FUNDS {
                let Some(account) = self.context.chart.at(of).cloned() else { continue };
                let held = self.standing(Some(&fund), &[of]).negated();
                let owned = self.standing(Some(&fund), assets);
                let difference = held.minus(owned).abs();
                if difference > pending {
                    let fund = fund.clone();
                    let found = Found::AssetFundUnlike { account, fund, held, owned, difference };
                    self.fault("balances", found);
                }
            }
        }
    }

    /// 账卡相符, where there are cards and each of them says of which class it is.
    fn cards(&mut self) {
        let classes = self.document.cards.iter().map(|card| Some((card.class()?, card)));
        let Some(cards) = classes.collect::<Option<Vec<_>>>().filter(|cards| !cards.is_empty())
        else {
            return;
        };
        let of_cards = cards.iter().map(|(_, card)| card.fund.clone());
        let funds: BTreeSet<FundId> = of_cards.chain(self.funds().into_keys()).collect();
        for fund in funds {
            for (class, asset, wear) in CLASSES {
                let of_class = || {
                    let all = cards.iter().filter(|(found, _)| *found == class);
                    all.map(|(_, card)| *card).filter(|card| card.fund == fund)
                };
                let cost = Money::sum(of_class().map(|card| card.cost));
                let worn = Money::sum(of_class().filter_map(|card| card.worn).map(|w| w.amount));
                match wear {
                    Some(wear) => {
                        self.held_by_cards(&fund, asset, cost);
                        self.held_by_cards(&fund, wear, worn.negated());
                    }
                    // What is written off of it leaves the account itself.
                    None => self.held_by_cards(&fund, asset, cost.minus(worn)),
                }
            }
        }
    }

    fn held_by_cards(&mut self, fund: &FundId, of: Use, cards: Money) {
        let held = self.standing(Some(fund), &[of]);
        let account = self.context.chart.at(of).cloned();
        if let Some(account) = account.filter(|_| cards != held) {
            let (fund, difference) = (fund.clone(), held.minus(cards).abs());
            let (cards, held) = (cards.abs(), held.abs());
            let found = Found::CardsUnlike { account, fund, cards, held, difference };
            self.fault("cards", found);
        }
    }

    /// 账实相符, where supplies are listed.
    fn supplies(&mut self) {
        if self.document.supplies.is_empty() {
            return;
        }
        let listed = self.document.supplies.iter().map(|supply| supply.fund.clone());
        let funds: BTreeSet<FundId> = listed.chain(self.funds().into_keys()).collect();
        for fund in funds {
            let of_fund = self.document.supplies.iter().filter(|supply| supply.fund == fund);
            let supplies = Money::sum(of_fund.map(|supply| supply.amount));
            let held = self.standing(Some(&fund), &[Use::Supplies]);
            let account = self.context.chart.at(Use::Supplies).cloned();
            if let Some(account) = account.filter(|_| supplies != held) {
                let difference = held.minus(supplies).abs();
                let found = Found::SuppliesUnlike { account, fund, supplies, held, difference };
                self.fault("supplies", found);
            }
        }
    }

    /// 135 may hold other claims beside them.
    fn advances(&mut self) {
        let funds: BTreeSet<&FundId> = self.document.advances.iter().map(|a| &a.fund).collect();
        for fund in funds {
            let of_fund = self.document.advances.iter().filter(|advance| advance.fund == *fund);
            let advances = Money::sum(of_fund.map(|advance| advance.amount));
            let held = self.standing(Some(fund), &[Use::Receivable]);
            if advances > held {
                let (fund, over) = (fund.clone(), advances.minus(held));
                let found = Found::AdvancesTooLarge { fund, advances, held, over };
                self.fault("advances", found);
            }
        }
    }
}
