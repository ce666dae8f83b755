// --- spending.js: requests, approvals, payments, receipts (FORMAT 19, 21) ---------------------------

class Spending {
  constructor(book, acts) {
    this.book = book;
    this.acts = acts;
    this.report = book.report;
    this.all = new Map(); // id → {request, state, approvals, payment}
    this.paid = new Map(); // place of a payment → its disbursement
    this.takenBack = new Set(); // places of the records that were reversed
    this.receipts = new Map(); // year → last number
    this.given = new Set(); // payment and member of a receipt
    this.papers = new Papers(book);
  }

  see(record) {
    const { type, fact } = record;
    if (!fact) return;
    if (type === "disbursement.requested") this.request(record, fact);
    else if (type === "approval.given" || type === "approval.refused") this.approve(record, fact);
    else if (type === "disbursement.cancelled") this.cancel(record, fact);
    else if (type === "disbursement.paid") this.pay(record, fact);
    else if (type === "entry.reversed") this.reversed(record);
    else if (type === "receipt.issued") this.receipt(record, fact);
    else if (type === "attachment.added") this.papers.add(record, fact);
  }

  request(record, { disbursement, date, amount }) {
    if (this.all.has(disbursement)) {
      return void this.report.fault(record.place, "request_wrong", "requested once", `${disbursement} again`);
    }
    const one = { request: record, state: "open", approvals: [], amount: fen(amount) };
    // The band is that of the request for good: a later rule is for later requests.
    const today = this.book.today(record);
    if (today === undefined) one.undated = true;
    else one.band = this.band(one.amount, today > date ? today : date);
    this.all.set(disbursement, one);
  }

  cancel({ place }, { disbursement }) {
    const one = this.all.get(disbursement);
    if (one?.state === "open") one.state = "cancelled";
    else this.report.fault(place, "request_wrong", "one that is open", stateOf(disbursement, one));
  }

  approve(record, { disbursement, amount }) {
    const one = this.all.get(disbursement);
    const fault = (kind, expected, found) => this.report.fault(record.place, kind, expected, found);
    if (one?.state !== "open") return void fault("approval_wrong", "one that is open", stateOf(disbursement, one));
    const wrong = [];
    if (record.type === "approval.given" && fen(amount) !== one.amount) wrong.push(["the amount", yuan(one.amount), amount]);
    for (const [who, person] of record.type === "approval.given" ? this.parties(one) : []) {
      if (person === this.person(record.actor)) wrong.push(["somebody else", `not the ${who}`, record.actor]);
    }
    if (wrong.length) return void fault("approval_wrong", wrong.map((w) => w[1]).join(", "), show(wrong[0][2]));
    const roles = one.band;
    const { officers } = this.acts;
    const [actor, today] = [record.actor, this.book.today(record)];
    const asSubstitute = officers.asSubstitute(actor, today);
    const may = actor === undefined || officers.holds(actor, roles ?? [], today)
      || asSubstitute.some((role) => roles?.includes(role));
    if (roles && !may) {
      fault("office_wrong", roles.join(" or ") || "nobody", record.actor);
    }
    if (record.type === "approval.refused") one.state = "refused";
    else one.approvals.push({ actor, asSubstitute });
  }

  pay(record, { disbursement, date, fund, account, amount }) {
    const one = this.all.get(disbursement);
    const fault = (kind, expected, found) => this.report.fault(record.place, kind, expected, found);
    if (one?.state !== "open") return void fault("payment_wrong", "one that is open", stateOf(disbursement, one));
    const asked = one.request.fact;
    if (asked.fund !== fund || asked.account !== account || one.amount !== fen(amount)) {
      fault("payment_wrong", `${asked.amount} of ${asked.account}, ${asked.fund}`, `${amount} of ${account}, ${fund}`);
    }
    this.entries(record, asked, one.amount, fault);
    for (const [who, person] of this.parties(one)) {
      if (person === this.person(record.actor)) fault("payment_wrong", `not the ${who}`, record.actor);
    }
    const { band, undated } = one;
    const day = this.book.today(record);
    if (!undated && !band || band && day !== undefined && !this.filled(band, one.approvals, day)) {
      fault("approval_missing", band ? band.join(" and ") : "a rule approval_bands",
        one.approvals.map((approval) => approval.actor).join(", ") || "no approval");
    }
    const rule = this.acts.rules.inForce("attachments", date);
    if (rule && fen(rule.required_above) < fen(amount) && !this.papers.has(one.request)) {
      fault("attachment_required", `a paper to record ${one.request.place}`, "none");
    }
    one.state = "paid";
    one.payment = record.place;
    this.paid.set(record.place, one);
  }

  /** What a payment posts: the cost in its fund, out of cash and bank, and nothing into them. */
  entries({ entries = [] }, { fund, account, amount: asked }, amount, fault) {
    const sum = (some) => some.reduce((total, entry) => total + entry.amount, 0n);
    const debits = sum(entries.filter((one) => one.account === account && one.fund === fund && one.side === "debit"));
    if (debits !== amount) fault("payment_wrong", `debits of ${account}, ${fund}: ${asked}`, yuan(debits));
    const tills = this.book.chart?.tills ?? ["101", "102"];
    const [cash, from] = [entries.filter((one) => tills.includes(one.account)), tills.join(" and ")];
    const [credits, others] = [[], []];
    for (const one of cash) (one.side === "credit" && one.fund === fund ? credits : others).push(one);
    if (sum(credits) !== amount) fault("payment_wrong", `credits of ${from}, ${fund}: ${asked}`, yuan(sum(credits)));
    if (others.length) {
      const found = others.map((one) => `${one.side} ${yuan(one.amount)} of ${one.account}, ${one.fund}`);
      fault("payment_wrong", `of ${from} credits of ${fund} alone`, show(found.join("; ")));
    }
  }

  reversed(record) {
    if (record.reverses) this.takenBack.add(record.reverses.place);
    const one = record.reverses && this.paid.get(record.reverses.place);
    if (one && one.payment === record.reverses.place) one.state = "open";
  }

  person(officer) {
    return officer === undefined ? undefined : this.acts.officers.person(officer);
  }

  /** [who it is in words, the person] of everybody who may not approve or pay. */
  parties({ request, approvals }) {
    const { payee } = request.fact;
    const out = [["requester", this.person(request.actor)], ...approvals.map((one) => ["approver", this.person(one.actor)])];
    if (payee.officer !== undefined) out.push(["payee", this.person(payee.officer)]);
    if (payee.member !== undefined) out.push(["payee", `member ${payee.member}`]);
    return out.filter(([, person]) => person !== undefined);
  }

  band(amount, day) {
    const rule = this.acts.rules.inForce("approval_bands", day);
    return rule?.bands.find((band) => band.up_to === undefined || fen(band.up_to) >= amount)?.roles;
  }

  /** Whether each role can be given to an approver of his own, by augmenting paths. */
  filled(roles, approvals, day) {
    const held = approvals.map((one) => [...this.acts.officers.roles(one.actor, day), ...one.asSubstitute]);
    const given = new Map(); // approver → index of the role
    const place = (role, tried) => held.some((own, approver) => {
      if (!own.includes(roles[role]) || tried.has(approver)) return false;
      tried.add(approver);
      if (given.has(approver) && !place(given.get(approver), tried)) return false;
      given.set(approver, role);
      return true;
    });
    return roles.every((_, role) => place(role, new Set()));
  }

  receipt({ place }, { number, member, payment, amount }) {
    const fault = (kind, expected, found) => this.report.fault(place, kind, expected, found);
    const [, year, digits] = RECEIPT.exec(number);
    const last = this.receipts.get(year) ?? 0;
    const next = `收-${year}-${String(last + 1).padStart(4, "0")}`;
    if (Number(digits) > last + 1) fault("receipt_gap", next, number);
    else if (Number(digits) <= last) fault("receipt_repeated", next, number);
    this.receipts.set(year, Number(digits));

    const source = this.book.earlier(payment, place, (one) => one.type === "dues.received" && one.tv === 1);
    const lines = linesOfDues(source?.body);
    const own = lines?.filter((line) => line.member === member) ?? [];
    const add = (some) => some.reduce((total, line) => total + fen(line.amount), 0n);
    const sum = add(own);
    const key = JSON.stringify([payment, member]);
    if (!own.length) fault("receipt_wrong", "an earlier payment of this member", `record ${payment}, ${member}`);
    else if (sum !== fen(amount)) fault("receipt_wrong", yuan(sum), amount);
    if (own.length) {
      const debits = (source.entries ?? []).reduce((total, one) => total + (one.side === "debit" ? one.amount : 0n), 0n);
      if (add(lines) !== debits) fault("receipt_wrong", `lines of ${yuan(debits)} in record ${payment}`, yuan(add(lines)));
      if (this.takenBack.has(source.place)) fault("receipt_wrong", "a payment that was not reversed", `record ${payment}`);
    }
    if (this.given.has(key)) fault("receipt_wrong", "one receipt for a payment and a member", number);
    this.given.add(key);
  }
}

function stateOf(id, one) {
  return `${id} ${one ? `is ${one.state}` : "was never requested"}`;
}

function linesOfDues(body) {
  const lines = body?.lines;
  const good = Array.isArray(lines)
    && lines.every((line) => isObject(line) && isText(line.member) && fen(line.amount) !== undefined);
  return good ? lines : undefined;
}

/** Papers: what the records say of them, and the files (FORMAT 21). */
class Papers {
  constructor(book) {
    this.book = book;
    this.to = new Map(); // place of a record → sums of its papers
    this.bySum = new Map(); // sum → [{place, bytes}]
  }

  add({ place }, { to, sha256, bytes }) {
    const record = this.book.earlier(to, place);
    const sums = record && this.to.get(record.place) || new Set();
    if (!record || sums.has(sha256)) {
      const expected = record ? "each paper once" : "an earlier record";
      return void this.book.report.fault(place, "attachment_wrong", expected, `to ${to}, ${sha256}`);
    }
    this.to.set(record.place, sums.add(sha256));
    if (!this.bySum.has(sha256)) this.bySum.set(sha256, []);
    this.bySum.get(sha256).push({ place, bytes });
  }

  has(record) {
    return this.to.has(record.place);
  }

  /** The files of `attachments/`, name → bytes. */
  checkFiles(files) {
    if (!files.size) return;
    const { report } = this.book;
    for (const [sum, papers] of this.bySum) {
      const named = papers.map(({ place }) => `record ${place}`).join(", ");
      if (!files.has(sum)) report.fault(null, "attachment_missing", `attachments/${sum} of ${named}`, "none");
    }
    for (const [name, bytes] of files) {
      const counted = hex(noble.sha256(bytes));
      const papers = this.bySum.get(name) ?? [];
      if (counted !== name) report.fault(null, "attachment_differs", name, counted);
      for (const paper of papers) {
        if (paper.bytes !== bytes.length) {
          report.fault(null, "attachment_differs", `${name}: ${paper.bytes} bytes, record ${paper.place}`, `${bytes.length} bytes`);
        }
      }
    }
  }
}
