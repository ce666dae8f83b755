// --- vouchers.js: vouchers, months, reversals, the trial balance (FORMAT 7, 10, 11) -----------------

const VOUCHER = /^记-([0-9]{4}-[0-9]{2})-([0-9]{4}|[1-9][0-9]{4,8})$/;
const OFFSET_USUAL = 8 * 60;

/** Account code → its name, of chart.json (FORMAT 8), with the accounts of cash and bank as `tills` (FORMAT 19).
 *  Undefined where there is none that can be read. */
function readChart(bytes, pinned, report) {
  if (!bytes) return void report.note(null, "chart_missing", "chart.json", "none");
  let chart;
  try { chart = parseJson(decode(bytes) ?? "").value; } catch { chart = undefined; }
  const accounts = isObject(chart) && isText(chart.id) && Array.isArray(chart.accounts) ? chart.accounts : undefined;
  const good = accounts?.every((one) => isObject(one) && isText(one.code) && isText(one.zh) && isText(one.class));
  const names = new Map(good ? accounts.map((one) => [one.code, one]) : []);
  if (!good || names.size !== accounts.length) {
    return void report.fault(null, "chart_invalid", "id, accounts with code, zh and class, each code once", show(chart));
  }
  if (pinned) {
    const sum = hex(noble.sha256(bytes));
    if (sum !== pinned.sha256) report.fault(null, "chart_differs", pinned.sha256, sum);
    if (chart.id !== pinned.id) report.fault(null, "chart_differs", pinned.id, chart.id);
  }
  if (isObject(chart.posting)) names.tills = [chart.posting.cash, chart.posting.bank].filter(isText);
  return names;
}

class Vouchers {
  constructor(book) {
    this.book = book;
    this.report = book.report;
    this.last = new Map(); // month → last voucher number
    this.months = new Map(); // month → {vouchers, debit, credit}
    this.closed = undefined; // the month that was closed last
    this.everClosed = []; // months, in the order of their closing
    this.starts = book.created?.starts.slice(0, 7);
    this.years = new Set();
    this.reversed = new Map(); // place → place of its reversal
    this.balances = new Map(); // account and fund → sums
  }

  see(record) {
    if (!record.body) return;
    this.day(record);
    if (isVoucher(record.body)) this.voucher(record);
    const { type, fact } = record;
    if (!fact) return;
    if (type === "period.closed") this.close(record, fact);
    else if (type === "period.reopened") this.reopen(record, fact);
    else if (type === "year.closed") this.years.add(fact.year);
    else if (type === "entry.reversed") this.reverse(record, fact);
  }

  day(record) {
    if (!Object.hasOwn(record.body, "date")) return;
    const { date } = record.body;
    if (!isDay(date)) return void this.report.fault(record.place, "date_form", "a day YYYY-MM-DD", show(date));
    record.date = date;
    const today = this.book.today(record);
    if (today !== undefined && date > today) this.report.fault(record.place, "date_late", `${today} or earlier`, date);
  }

  voucher(record) {
    const { body, place, date } = record;
    const fault = (kind, expected, found) => this.report.fault(place, kind, expected, found);
    const known = record.tv === 1 || (record.tv === 2 && VOUCHER_TYPES_2.includes(record.type));
    if (!VOUCHER_TYPES.includes(record.type) || !known) {
      this.report.note(place, "voucher_type_unknown", "a type that carries a voucher, and its tv", `${show(record.type)}, tv ${record.tv}`);
    }
    const missing = ["voucher", "date", "entries"].filter((name) => !Object.hasOwn(body, name));
    if (missing.length) fault("voucher_incomplete", "voucher, date and entries", `no ${missing.join(", no ")}`);
    if (Object.hasOwn(body, "voucher")) this.number(record, fault);
    const month = date?.slice(0, 7);
    if (month !== undefined && this.closed !== undefined && month <= this.closed) {
      fault("posting_in_closed_period", `after ${this.closed}`, date);
    }
    const starts = this.book.created?.starts;
    if (date !== undefined && starts !== undefined && date < starts) {
      fault("posting_in_closed_period", `${starts}, when the book begins, or later`, date);
    }
    record.entries = Object.hasOwn(body, "entries") ? this.entries(record, fault) : undefined;
    const sums = record.entries && this.add(record);
    if (month !== undefined) {
      const total = this.months.get(month) ?? { vouchers: 0, debit: 0n, credit: 0n };
      total.vouchers += 1;
      if (sums) { total.debit += sums.debit; total.credit += sums.credit; }
      this.months.set(month, total);
    }
  }

  number(record, fault) {
    const { voucher } = record.body;
    const found = typeof voucher === "string" && VOUCHER.exec(voucher);
    if (!found || !isMonth(found[1])) return void fault("voucher_form", "记-YYYY-MM-NNNN", show(voucher));
    const [month, number] = [found[1], Number(found[2])];
    record.voucher = voucher;
    if (record.date !== undefined && record.date.slice(0, 7) !== month) {
      fault("voucher_month_wrong", record.date.slice(0, 7), voucher);
    }
    const last = this.last.get(month);
    const next = `记-${month}-${String((last ?? 0) + 1).padStart(4, "0")}`;
    if (last === undefined ? number > 1 : number > last + 1) fault("voucher_gap", next, voucher);
    else if (last !== undefined && number <= last) fault("voucher_repeated", next, voucher);
    this.last.set(month, number);
  }

  /** The entries with their amounts in fen, or undefined where one of them cannot be read. */
  entries(record, fault) {
    const { entries } = record.body;
    if (!Array.isArray(entries) || !entries.length) return void fault("entry_form", "one or more entries", show(entries));
    let good = true;
    const read = entries.map((entry) => {
      const side = isObject(entry) && Object.hasOwn(entry, "debit") ? "debit" : "credit";
      if (!hasExactly(entry, ["account", "name", "fund", side])
        || ![entry.account, entry.name, entry.fund].every(isText)) {
        good = false;
        fault("entry_form", "account, name, fund and debit or credit", show(entry));
        return undefined;
      }
      this.account(entry, fault);
      const amount = fen(entry[side]);
      if (amount === undefined) {
        good = false;
        fault("money_form", "an amount with two decimals", show(entry[side]));
        return undefined;
      }
      if (amount < 0n && record.type !== "entry.reversed") fault("amount_negative", "0.00 or more", entry[side]);
      return { account: entry.account, name: entry.name, fund: entry.fund, side, amount };
    });
    return good ? read : undefined;
  }

  account(entry, fault) {
    const { chart } = this.book;
    if (!chart) return;
    const named = chart.get(entry.account);
    if (!named) fault("account_unknown", "an account of the chart", entry.account);
    else if (named.zh !== entry.name) fault("account_name_wrong", named.zh, entry.name);
  }

  add(record) {
    const sums = { debit: 0n, credit: 0n };
    const funds = new Map();
    for (const { account, fund, side, amount } of record.entries) {
      sums[side] += amount;
      funds.set(fund, (funds.get(fund) ?? 0n) + (side === "debit" ? amount : -amount));
      const key = JSON.stringify([account, fund]);
      if (!this.balances.has(key)) this.balances.set(key, { account, fund, debit: 0n, credit: 0n });
      this.balances.get(key)[side] += amount;
    }
    const fault = (kind, expected, found) => this.report.fault(record.place, kind, expected, found);
    if (sums.debit !== sums.credit) fault("voucher_unbalanced", `credits ${yuan(sums.debit)}`, yuan(sums.credit));
    else {
      const off = [...funds].filter(([, sum]) => sum !== 0n).map(([fund, sum]) => `${fund} ${yuan(sum)}`);
      if (off.length) fault("fund_unbalanced", "0.00 in each fund", off.join(", "));
    }
    return sums;
  }

  close({ place }, { month, vouchers, debit, credit }) {
    const last = this.closed;
    const expected = last === undefined ? this.starts : monthAfter(last);
    if (expected !== undefined && month !== expected) this.report.fault(place, "period_order", expected, month);
    if (last === undefined || month > last) this.closed = month;
    this.everClosed.push(month);
    const total = this.months.get(month) ?? { vouchers: 0, debit: 0n, credit: 0n };
    const counted = `${total.vouchers} vouchers, ${yuan(total.debit)}, ${yuan(total.credit)}`;
    const said = `${vouchers} vouchers, ${debit}, ${credit}`;
    if (counted !== said) this.report.fault(place, "period_totals_wrong", counted, said);
  }

  reopen({ place }, { month }) {
    const last = this.closed;
    const year = this.years.has(Number(month.slice(0, 4)));
    if (month !== last || year) {
      const expected = year ? "a month of a year that is not closed" : `the month closed last: ${last ?? "none"}`;
      return void this.report.fault(place, "period_order", expected, month);
    }
    this.closed = this.everClosed.some((one) => one < month) ? monthAfter(month, -1) : undefined;
  }

  reverse(record, { reverses, reverses_voucher, entries }) {
    const fault = (kind, expected, found) => this.report.fault(record.place, kind, expected, found);
    const target = this.book.earlier(reverses, record.place, ({ body }) => body && isVoucher(body));
    const own = target?.body;
    if (own?.voucher !== reverses_voucher) {
      const expected = own ? show(own.voucher) : "an earlier voucher record";
      return void fault("reversal_target_wrong", expected, `record ${reverses}, ${reverses_voucher}`);
    }
    if (target.type === "entry.reversed") fault("reversal_of_reversal", "no reversal", `record ${target.place}`);
    const before = this.reversed.get(target.place);
    if (before !== undefined) fault("reversal_repeated", "reversed once", `also by record ${before}`);
    else this.reversed.set(target.place, record.place);
    record.reverses = target;
    if (!target.entries) return;
    const expected = target.entries.map(({ account, name, fund, side, amount }) => (
      { account, [side]: yuan(-amount), fund, name }));
    if (jcs(expected) !== jcs(entries)) fault("reversal_entries_wrong", show(jcs(expected)), show(jcs(entries)));
  }

  trialBalance() {
    const rows = [...this.balances.values()];
    rows.sort((one, other) => order(one.account, other.account) || order(one.fund, other.fund));
    return rows.map(({ account, fund, debit, credit }) => (
      { account: wellFormed(account), fund: wellFormed(fund), debit: yuan(debit), credit: yuan(credit), balance: yuan(debit - credit) }));
  }
}

function order(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
