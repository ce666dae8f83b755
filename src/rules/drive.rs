//! Donation drives: money for a purpose comes in on a list, into a fund or project of its own, and what is
//! left is decided on before nothing more is taken.

use std::collections::BTreeSet;

use super::hardship::not_after;
use super::welfare::LIST_LINES_MAX;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Day;
use crate::event::Fact;
use crate::event::custody::CustodialReceived;
use crate::event::drive::{
    CloseDrive, Donor, DriveClosed, DriveOpened, Gift, GiftsListed, GoodsGiven, GoodsReceived,
    GoodsWithdrawn, ReceiveGifts, Recipient,
};
use crate::event::fund::CloseFund;
use crate::event::income::Donation;
use crate::event::welfare::{Beneficiary, ListControl, Share};
use crate::ids::{DriveId, FundId, Seq};
use crate::money::Money;
use crate::projection::drives::Drive;

pub(super) fn open(context: &Context<'_>, new: &DriveOpened) -> Result<Vec<Fact>, Refusal> {
    let drive = new.drive.clone();
    if context.state.drives.drive(&drive).is_some() {
        return Err(Refusal::DriveExists { drive });
    }
    let custodial = is_custodial(context, &new.fund);
    if !custodial && !super::fund::known(context, &new.fund)?.restricted {
        return Err(Refusal::DriveOfFreeFund { fund: new.fund.clone() });
    }
    super::fund::open(context, &new.fund)?;
    own_fund(context, &new.fund)?;
    // What a drive gives is what it got, so that nothing else is in its fund when it begins.
    if context.state.accounts.posted().any(|(fund, _)| *fund == new.fund) {
        return Err(Refusal::DriveFundUsed { fund: new.fund.clone() });
    }
    if let Some(wanted) = context.state.offices.drives_custodial(new.first)
        && wanted != custodial
    {
        let fund = new.fund.clone();
        return Err(if wanted {
            Refusal::DriveIsCustodial { fund }
        } else {
            Refusal::DriveIsOwn { fund }
        });
    }
    if new.last < new.first {
        return Err(Refusal::DriveDaysWrong { first: new.first, last: new.last });
    }
    new.to.as_ref().map_or(Ok(()), |to| super::welfare::known_person(context, to))?;
    Ok(vec![Fact::DriveOpened(new.clone())])
}

/// Neither a drive nor a scheme has its money there.
pub(super) fn own_fund(context: &Context<'_>, fund: &FundId) -> Result<(), Refusal> {
    let fund = fund.clone();
    if let Some((drive, _)) = context.state.drives.of_fund(&fund) {
        return Err(Refusal::DriveFundTaken { fund, drive: drive.clone() });
    }
    match context.state.mutual.of_fund(&fund) {
        Some(scheme) => Err(Refusal::SchemeFundTaken { fund, scheme: scheme.clone() }),
        None => Ok(()),
    }
}

/// 捐款名册 Gifts to a drive come with their donors, and by no other command.
pub(super) fn no_list_beside(context: &Context<'_>, fund: &FundId) -> Result<(), Refusal> {
    match context.state.drives.of_fund(fund) {
        Some((drive, _)) => {
            Err(Refusal::GiftsWithoutDonors { fund: fund.clone(), drive: drive.clone() })
        }
        None => Ok(()),
    }
}

/// 结余 While a drive goes on, its money leaves its fund for its purpose alone.
pub(super) fn decided_on(context: &Context<'_>, fund: &FundId) -> Result<(), Refusal> {
    match context.state.drives.of_fund(fund) {
        Some((drive, found)) if found.closed.is_none() => {
            Err(Refusal::DriveGoesOn { fund: fund.clone(), drive: drive.clone() })
        }
        Some(_) | None => Ok(()),
    }
}

/// The money as one receipt, then who gave it.
pub(super) fn receive(context: &Context<'_>, asked: &ReceiveGifts) -> Result<Vec<Fact>, Refusal> {
    let ReceiveGifts { drive, date, into, gifts, control } = asked.clone();
    let found = going(context, &drive, date)?;
    if gifts.is_empty() {
        return Err(Refusal::NothingSaid { what: "gifts".to_owned() });
    }
    let mut seen = BTreeSet::new();
    for gift in &gifts {
        known_donor(context, &gift.donor)?;
        if let Some(to) = person(&gift.donor)
            && !seen.insert(context.state.person(&to))
        {
            return Err(Refusal::ListedTwice { to });
        }
        if !gift.amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: gift.amount });
        }
    }
    agrees(&drive, &gifts, control)?;
    let (amount, donors, purpose) = (control.total, control.people, found.opened.purpose.clone());
    let fund = found.opened.fund.clone();
    let money = if is_custodial(context, &fund) {
        let from = found.opened.name.clone();
        Fact::CustodialReceived(CustodialReceived { date, project: fund, into, amount, from })
    } else {
        Fact::DonationReceived(Donation { date, fund, into, amount, donors, purpose })
    };
    let receipt = context.state.next();
    let part = |gifts: &[Gift]| {
        let (drive, gifts) = (drive.clone(), gifts.to_vec());
        Fact::GiftsListed(GiftsListed { drive, receipt, on: date, gifts })
    };
    // An organisation's name may be as long as a line of text, so that fewer fit into one record.
    let named = gifts.iter().any(|gift| matches!(gift.donor, Donor::Organisation(_)));
    let size = if named { 5 } else { LIST_LINES_MAX };
    Ok(std::iter::once(money).chain(gifts.chunks(size).map(part)).collect())
}

/// Whom a list may hold but once.
fn person(donor: &Donor) -> Option<Beneficiary> {
    match donor {
        Donor::Member(id) => Some(Beneficiary::Member(id.clone())),
        Donor::Subject(id) => Some(Beneficiary::Subject(id.clone())),
        Donor::Organisation(_) | Donor::Anonymous(_) => None,
    }
}

/// People and sum as they were declared are those of the list.
fn agrees(drive: &DriveId, gifts: &[Gift], control: ListControl) -> Result<(), Refusal> {
    let people = gifts.iter().fold(0u32, |sum, gift| sum.saturating_add(gift.donor.count()));
    let total = Money::sum(gifts.iter().map(|gift| gift.amount));
    let ListControl { people: declared_people, total: declared } = control;
    if people == declared_people && total == declared {
        return Ok(());
    }
    let (people_apart, apart) = (people.abs_diff(declared_people), total.minus(declared).abs());
    let drive = drive.clone();
    Err(Refusal::GiftsDiffer {
        drive,
        declared_people,
        declared,
        people,
        total,
        people_apart,
        apart,
    })
}

pub(super) fn receive_goods(
    context: &Context<'_>,
    goods: &GoodsReceived,
) -> Result<Vec<Fact>, Refusal> {
    let found = going(context, &goods.drive, goods.on)?;
    known_donor(context, &goods.donor)?;
    if goods.count == 0 {
        return Err(Refusal::NothingSaid { what: "count".to_owned() });
    }
    if let Some(article) = found.goods.get(&goods.article)
        && (article.name != goods.name || article.unit != goods.unit)
    {
        let (name, unit) = (article.name.clone(), article.unit.clone());
        return Err(Refusal::ArticleIsOther { article: goods.article.clone(), name, unit });
    }
    Ok(vec![Fact::GoodsReceived(goods.clone())])
}

pub(super) fn give_goods(context: &Context<'_>, goods: &GoodsGiven) -> Result<Vec<Fact>, Refusal> {
    let found = open_drive(context, &goods.drive)?;
    not_after(context, goods.on)?;
    if goods.on < found.opened.first {
        return Err(Refusal::DriveDaysWrong { first: found.opened.first, last: goods.on });
    }
    if let Recipient::Person(to) = &goods.to {
        super::welfare::known_person(context, to)?;
        is_for(context, &goods.drive, found, to)?;
    }
    let left = found.left_from(&goods.article, goods.on);
    if goods.count == 0 || goods.count > left {
        let (article, asked) = (goods.article.clone(), goods.count);
        return Err(Refusal::GoodsTooFew { article, left, asked });
    }
    Ok(vec![Fact::GoodsGiven(goods.clone())])
}

/// What came in is withdrawn while nothing of it is needed for what went out.
pub(super) fn withdraw_goods(
    context: &Context<'_>,
    withdrawn: &GoodsWithdrawn,
) -> Result<Vec<Fact>, Refusal> {
    let found = open_drive(context, &withdrawn.drive)?;
    let is_it = |seq: Seq| seq == withdrawn.record;
    if let Some((_, goods)) = found.received.iter().find(|(seq, _)| is_it(*seq)) {
        let left = found.left_from(&goods.article, goods.on);
        if left < goods.count {
            let (article, asked) = (goods.article.clone(), goods.count);
            return Err(Refusal::GoodsTooFew { article, left, asked });
        }
    } else if !found.given.iter().any(|(seq, _)| is_it(*seq)) {
        let (drive, record) = (withdrawn.drive.clone(), withdrawn.record);
        return Err(Refusal::NoGoodsThere { drive, record });
    }
    Ok(vec![Fact::GoodsWithdrawn(withdrawn.clone())])
}

/// 专款专用 What was given for one person reaches that person alone.
pub(super) fn for_its_person(
    context: &Context<'_>,
    fund: &FundId,
    shares: &[Share],
) -> Result<(), Refusal> {
    match context.state.drives.of_fund(fund) {
        Some((id, drive)) => {
            shares.iter().try_for_each(|share| is_for(context, id, drive, &share.to))
        }
        None => Ok(()),
    }
}

fn is_for(
    context: &Context<'_>,
    id: &DriveId,
    drive: &Drive,
    to: &Beneficiary,
) -> Result<(), Refusal> {
    match &drive.opened.to {
        Some(person) if context.state.person(person) != context.state.person(to) => {
            Err(Refusal::DriveForAnother { drive: id.clone(), to: to.clone() })
        }
        Some(_) | None => Ok(()),
    }
}

/// 结余: it stays for the same purpose, or goes to a free fund by resolution and consent; others' money is
/// paid out or given back first.
pub(super) fn close(context: &Context<'_>, asked: &CloseDrive) -> Result<Vec<Fact>, Refusal> {
    let CloseDrive { drive, on, to, resolution } = asked.clone();
    let found = open_drive(context, &drive)?;
    not_after(context, on)?;
    let latest = found.last_day();
    if on < latest {
        return Err(Refusal::DriveDaysWrong { first: latest, last: on });
    }
    let fund = found.opened.fund.clone();
    let custodial = is_custodial(context, &fund);
    let left = if custodial { kept(context, &fund) } else { super::fund::net(context, &fund) };
    if custodial && !left.is_zero() {
        return Err(Refusal::DriveHoldsMoney { drive, project: fund, left });
    }
    let goods: u32 = found.goods.values().fold(0, |sum, a| sum.saturating_add(a.left()));
    if goods > 0 {
        return Err(Refusal::DriveHoldsGoods { drive, goods });
    }
    let mut facts = match &to {
        // A custodial project is no fund, so that this refuses it.
        Some(to) => {
            let (to, resolution) = (to.clone(), resolution.clone());
            super::fund::settle(context, &CloseFund { date: on, fund, to, resolution })?
        }
        None => Vec::new(),
    };
    facts.push(Fact::DriveClosed(DriveClosed { drive, on, left, to, resolution }));
    Ok(facts)
}

/// Whether it is others' money, and no fund of the union.
pub(super) fn is_custodial(context: &Context<'_>, fund: &FundId) -> bool {
    context.state.custody.project(fund).is_some()
}

/// What is kept of others' money in a project.
fn kept(context: &Context<'_>, project: &FundId) -> Money {
    let owed = context.chart.at(Use::Custodial);
    let owed = owed.map(|account| context.state.accounts.balance(project, account));
    owed.unwrap_or(Money::ZERO).negated()
}

fn known_donor(context: &Context<'_>, donor: &Donor) -> Result<(), Refusal> {
    match donor {
        Donor::Member(id) => super::member::known_member(context, id).map(|_| ()),
        Donor::Subject(id) => super::privacy::known(context, id).map(|_| ()),
        Donor::Anonymous(0) => Err(Refusal::NothingSaid { what: "donors".to_owned() }),
        Donor::Organisation(_) | Donor::Anonymous(_) => Ok(()),
    }
}

fn open_drive<'a>(context: &Context<'a>, id: &DriveId) -> Result<&'a Drive, Refusal> {
    let found = context.state.drives.drive(id);
    let found = found.ok_or_else(|| Refusal::DriveUnknown { drive: id.clone() })?;
    match &found.closed {
        Some((by, _)) => Err(Refusal::DriveClosedAlready { drive: id.clone(), by: *by }),
        None => Ok(found),
    }
}

/// Open, and on a day on which it collects.
fn going<'a>(context: &Context<'a>, id: &DriveId, on: Day) -> Result<&'a Drive, Refusal> {
    let found = open_drive(context, id)?;
    not_after(context, on)?;
    let (first, last) = (found.opened.first, found.opened.last);
    if on < first || last < on {
        return Err(Refusal::DriveNotGoing { drive: id.clone(), first, last, date: on });
    }
    Ok(found)
}

/// What a drive took in stays once the drive is closed: what was left of it is decided on.
pub(super) fn reversible(context: &Context<'_>, seq: Seq) -> Result<(), Refusal> {
    let drives = &context.state.drives;
    let holds = |drive: &Drive| drive.gifts().any(|received| received.receipt == seq);
    let mut closed = drives.drives().filter(|(_, drive)| drive.closed.is_some());
    match closed.find(|(_, drive)| holds(drive)) {
        Some((id, _)) => Err(Refusal::GiftsOnList { record: seq, drive: id.clone() }),
        None => Ok(()),
    }
}
