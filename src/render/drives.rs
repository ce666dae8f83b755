use super::beside::Beside;
use super::table::{amount, amount_if_any, figures, heading, pick, table, words};
use crate::event::drive::Donor;
use crate::event::welfare::Beneficiary;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::donors::List;
use crate::report::drives::{Drives, Figures, Line};
use crate::report::mutual_aid::MutualAid;
use crate::report::renewals::Renewals;

/// A person by number, with a private field beside a member's.
fn person(of: &Beneficiary, beside: &Beside) -> String {
    match of {
        Beneficiary::Member(member) => beside.member(member),
        Beneficiary::Subject(subject) => subject.to_string(),
    }
}

/// 捐款名册 of one drive, to be posted.
pub(super) fn donor_list(list: &List, beside: &Beside, lang: Lang) -> Page {
    let donor = |donor: &Donor| match donor {
        Donor::Member(member) => beside.member(member),
        Donor::Subject(_) | Donor::Organisation(_) | Donor::Anonymous(_) => donor.said(lang),
    };
    let columns = [
        words(pick(lang, "捐款人", "Donor")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "凭证", "Voucher")),
    ];
    let gifts = list.gifts.iter().map(|gift| {
        let voucher = gift.voucher.map(|voucher| voucher.to_string()).unwrap_or_default();
        vec![donor(&gift.donor), gift.date.to_string(), amount(gift.amount), voucher]
    });
    let people = match lang {
        Lang::Zh => format!("合计 {} 人", list.people),
        Lang::En => format!("{} donors", list.people),
    };
    let sum = vec![people, String::new(), amount(list.total), String::new()];
    let mut text = Page::from(format!("{} {}\n", list.drive, list.name));
    text += table(&columns, gifts.chain([sum]));
    if !list.goods.is_empty() {
        let columns = [
            words(pick(lang, "捐物人", "Donor")),
            words(pick(lang, "日期", "Day")),
            words(pick(lang, "品名", "Goods")),
            figures(pick(lang, "数量", "Count")),
            words(pick(lang, "单位", "Unit")),
        ];
        let goods = list.goods.iter().map(|goods| {
            let (name, unit) = (goods.name.clone(), goods.unit.clone());
            vec![donor(&goods.donor), goods.date.to_string(), name, goods.count.to_string(), unit]
        });
        text += table(&columns, goods);
    }
    text
}

#[must_use]
pub fn drives_beside(report: &Drives, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let columns = [
        words(pick(lang, "募捐", "Drive")),
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "起止", "Days")),
        words(pick(lang, "受助人", "For")),
        figures(pick(lang, "捐款人次", "Donors")),
        figures(pick(lang, "捐款", "Received")),
        figures(pick(lang, "其他增减", "Other")),
        figures(pick(lang, "已付", "Paid")),
        figures(pick(lang, "结存", "Left")),
    ];
    let sums = |of: &Figures| {
        [of.received, of.other, of.paid, of.left].into_iter().map(amount).collect::<Vec<_>>()
    };
    let row = |line: &Line| {
        let custodial = if line.custodial { pick(lang, " (代管)", " (custodial)") } else { "" };
        let mut row = vec![
            format!("{} {}", line.drive, line.name),
            format!("{}{custodial}", line.fund),
            format!("{}..{}", line.first, line.last),
            line.to.as_ref().map(|to| person(to, beside)).unwrap_or_default(),
            line.figures.donors.to_string(),
        ];
        row.extend(sums(&line.figures));
        row
    };
    let mut total = vec![pick(lang, "合计", "Total").to_owned(); 1];
    total.extend([String::new(), String::new(), String::new()]);
    total.push(report.total.donors.to_string());
    total.extend(sums(&report.total));
    text += table(&columns, report.drives.iter().map(row).chain([total]));
    for line in &report.drives {
        text += given(line, lang);
    }
    text
}

/// Goods, payments and what was decided of one drive.
fn given(line: &Line, lang: Lang) -> String {
    let mut text = String::new();
    let id = &line.drive;
    for goods in &line.goods {
        let (article, name, unit) = (&goods.article, &goods.name, &goods.unit);
        let (received, given, left) = (goods.received, goods.given, goods.left);
        let said = match lang {
            Lang::Zh => format!(
                "{id} 捐物 {article} {name}: 收 {received} 发 {given} 余 {left}（{unit}）\n"
            ),
            Lang::En => format!(
                "{id} goods {article} {name}: {received} received, {given} given, {left} left, by the {unit}\n"
            ),
        };
        text.push_str(&said);
    }
    for payment in &line.payments {
        let (date, sum) = (payment.date, amount(payment.amount));
        let number = payment.voucher.map(|voucher| voucher.to_string()).unwrap_or_default();
        let what = &payment.disbursement;
        let said = match lang {
            Lang::Zh => format!("{id} 付款 {date} {what} {sum} {number}\n"),
            Lang::En => format!("{id} paid {date} {what} {sum} {number}\n"),
        };
        text.push_str(&said);
    }
    if let Some(closed) = &line.closed {
        let (on, left, resolution) = (closed.on, amount(closed.left), &closed.resolution);
        let stays = if closed.left.is_zero() {
            pick(lang, "无", "nothing")
        } else {
            pick(lang, "留作原用途", "the same purpose")
        };
        let to = closed.to.as_ref().map_or_else(|| stays.to_owned(), ToString::to_string);
        let said = match lang {
            Lang::Zh => format!("{id} 结束 {on} 结余 {left} 去向 {to}（{resolution}）\n"),
            Lang::En => format!("{id} closed {on}, {left} left, for {to} ({resolution})\n"),
        };
        text.push_str(&said);
    }
    text
}

#[must_use]
pub fn mutual_aid_beside(report: &MutualAid, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let through = report.through.map(|day| day.to_string()).unwrap_or_default();
    let covered = match lang {
        Lang::Zh => format!("在保人数 {through}"),
        Lang::En => format!("Covered {through}"),
    };
    let columns = [
        words(pick(lang, "互助保障", "Scheme")),
        words(pick(lang, "种类", "Kind")),
        words(pick(lang, "资金", "Fund")),
        figures(&covered),
        figures(pick(lang, "个人缴费", "Contributed")),
        figures(pick(lang, "工会补助", "By the union")),
        figures(pick(lang, "申请", "Claims")),
        figures(pick(lang, "核定", "Granted")),
        figures(pick(lang, "已付", "Paid")),
        figures(pick(lang, "结存", "Held")),
    ];
    let rows = report.schemes.iter().map(|line| {
        let custodial = if line.custodial { pick(lang, " (代管)", " (custodial)") } else { "" };
        vec![
            format!("{} {}", line.scheme, line.name),
            line.kind.title(lang).to_owned(),
            format!("{}{custodial}", line.fund),
            line.covered.to_string(),
            amount(line.contributed),
            amount(line.by_union),
            line.claims.to_string(),
            amount(line.granted),
            amount(line.paid),
            amount(line.held),
        ]
    });
    text += table(&columns, rows);
    if report.claims.is_empty() {
        text += pick(lang, "没有给付申请\n", "No claims\n");
        return text;
    }
    let columns = [
        words(pick(lang, "给付申请", "Claim")),
        words(pick(lang, "互助保障", "Scheme")),
        words(pick(lang, "申请人", "Person")),
        words(pick(lang, "出险日", "On")),
        figures(pick(lang, "个人负担", "Costs")),
        figures(pick(lang, "住院天数", "Days")),
        figures(pick(lang, "核定", "Granted")),
        words(pick(lang, "用款", "Disbursement")),
        words(pick(lang, "付款日", "Paid")),
    ];
    let rows = report.claims.iter().map(|line| {
        vec![
            line.claim.to_string(),
            line.scheme.to_string(),
            person(&line.to, beside),
            line.on.to_string(),
            amount_if_any(line.costs),
            line.days.map(|days| days.to_string()).unwrap_or_default(),
            amount_if_any(line.granted),
            line.disbursement.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.paid.map(|day| day.to_string()).unwrap_or_default(),
        ]
    });
    text + table(&columns, rows)
}

#[must_use]
pub fn renewals_beside(report: &Renewals, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let through = report.through.map(|day| day.to_string()).unwrap_or_default();
    let said = match lang {
        Lang::Zh => format!("到期日不晚于 {through}，尚未续保\n"),
        Lang::En => format!("Cover that ends by {through} and is not renewed\n"),
    };
    text += said;
    if report.lines.is_empty() {
        text += pick(lang, "无\n", "Nobody\n");
        return text;
    }
    let columns = [
        words(pick(lang, "互助保障", "Scheme")),
        words(pick(lang, "参加人", "Person")),
        words(pick(lang, "小组", "Group")),
        words(pick(lang, "到期日", "Ends on")),
        words(pick(lang, "会籍", "Membership")),
    ];
    let rows = report.lines.iter().map(|line| {
        let belongs = match line.belongs {
            Some(true) => "",
            Some(false) => pick(lang, "已离会", "left"),
            None => pick(lang, "非会员", "no member"),
        };
        vec![
            format!("{} {}", line.scheme, line.name),
            person(&line.person, beside),
            line.group.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.last.to_string(),
            belongs.to_owned(),
        ]
    });
    text + table(&columns, rows)
}
