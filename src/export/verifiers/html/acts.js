// --- acts.js: log keys that change, officers, signed acts, rules, findings (FORMAT 17, 18) ----------

/** The rules recorded so far (FORMAT 18.3). */
class Rules {
  constructor() { this.byName = new Map(); }

  set({ rule, from }) {
    const set = this.byName.get(rule.name) ?? [];
    set.push({ rule, from });
    this.byName.set(rule.name, set);
  }

  inForce(name, day) {
    let best;
    for (const one of this.byName.get(name) ?? []) {
      if (day !== undefined && one.from <= day && (!best || one.from >= best.from)) best = one;
    }
    return best?.rule;
  }
}

/** The officers recorded so far, their roles and their keys (FORMAT 18.1). */
class Officers {
  constructor() {
    this.appointed = new Map(); // id → {roles, from, removed, member}
    this.substitutes = new Map(); // absent and who stands in → {officer, by, roles, first, last}
    this.keys = new Map(); // id → vkey
    this.chairAppointed = false;
  }

  appoint({ officer, roles, from, member }) {
    this.appointed.set(officer, { roles, from, member });
    if (roles.includes("chair")) this.chairAppointed = true;
  }

  remove({ officer, on }) {
    const known = this.appointed.get(officer);
    if (known) known.removed = on;
  }

  roles(officer, day) {
    return this.inOffice(officer, day) ? this.appointed.get(officer).roles : [];
  }

  inOffice(officer, day) {
    const known = this.appointed.get(officer);
    return known && known.from <= day && (known.removed === undefined || day < known.removed);
  }

  substitute(named) {
    this.substitutes.set(`${named.officer} ${named.by}`, named);
  }

  /** What an officer may approve for others on a day. */
  asSubstitute(officer, day) {
    if (day === undefined || !this.inOffice(officer, day)) return [];
    const standing = [...this.substitutes.values()]
      .filter(({ by, first, last }) => by === officer && first <= day && day <= last);
    return standing.flatMap((named) => this.roles(named.officer, day).filter((role) => named.roles.includes(role)));
  }

  /** Whether an officer holds one of the roles. A day that cannot be read speaks against nobody. */
  holds(officer, roles, day) {
    return day === undefined || this.roles(officer, day).some((role) => roles.includes(role));
  }

  person(officer) {
    const member = this.appointed.get(officer)?.member;
    return member === undefined ? `officer ${officer}` : `member ${member}`;
  }
}

/** The log keys of the book in their order: {vkey, from, proved}, `from` the place of the change. */
class LogKeys {
  constructor(first) { this.all = first ? [{ vkey: first, from: -1, proved: true }] : []; }

  get last() { return this.all.at(-1)?.vkey; }

  at(size) { return this.all.findLast((one) => one.from < size)?.vkey; }

  /** The place of the first change after this key that the key before did not sign. */
  unprovedAfter(vkey) {
    const index = this.all.findIndex((one) => sameKey(one.vkey, vkey));
    return this.all.find((one, i) => i > index && !one.proved)?.from;
  }
}

class Acts {
  constructor(book) {
    this.book = book;
    this.report = book.report;
    this.officers = new Officers();
    this.rules = new Rules();
    this.logKeys = new LogKeys(vkeyOf(book.created?.log ?? ""));
    this.stood = new Map(); // five lines → the place of the record that they stand under
    this.findings = new Map(); // those that were raised → open or cleared
    this.about = new Map(); // what a later act is about → the record of it
    this.actsBegin = undefined; // the first day of the first rule that has acts signed
    this.policy = book.created?.policy;
    this.signed = 0;
  }

  see(record) {
    const { type, fact, place } = record;
    if (type === "act.signed") {
      if (fact && !record.judged) this.report.fault(place, "act_target_wrong", "a record before", "none");
      return;
    }
    const signers = this.signatures(record);
    if (!fact) return;
    this.office(record);
    // "So far" is before the record that is checked: a rule does not speak of itself.
    const ruled = this.hasToSign(record);
    if (type === "key.rotated") this.rotate(record, fact, signers);
    else if (type === "witness.changed") this.changeWitnesses(record, fact);
    else if (type === "officer.appointed") this.officers.appoint(fact);
    else if (type === "officer.removed") this.officers.remove(fact);
    else if (type === "substitute.named") this.officers.substitute(fact);
    else if (type === "officer_key.registered") this.registerKey(record, fact, signers);
    else if (type === "rule.set") this.setRule(fact);
    else if (type === "finding.raised" || type === "finding.cleared") this.finding(record, fact);
    else if (type === "period.reopened" && !this.byTwo(record, signers)) {
      this.report.fault(place, "act_unsigned", "signed by a chair and by an auditor", whoSigned(signers));
    }
    this.remember(record, fact);
    if (ruled && !record.nothingMore && !signers.some((one) => one.officer === record.actor)) {
      this.report.fault(place, "act_unsigned", `signed by ${show(record.actor)}`, whoSigned(signers));
    }
  }

  office(record) {
    const named = Object.hasOwn(OFFICES, record.type) && OFFICES[record.type];
    if (!named || record.actor === undefined) return;
    const roles = typeof named === "function" ? named(record.fact) : named;
    const founding = ["officer.appointed", "officer.removed", "rule.set"].includes(record.type);
    const first = founding && !this.officers.chairAppointed && record.actor === this.book.records[0].actor;
    if (first || this.officers.holds(record.actor, roles, this.book.today(record))) return;
    this.report.fault(record.place, "office_wrong", roles.join(" or "), record.actor);
  }

  // --- 18.2 ---

  /** Judges the signatures that follow a record: [{officer, person, key}] of those that count. */
  signatures(record) {
    const signers = [];
    const { records } = this.book;
    for (let place = record.place + 1; records[place]?.type === "act.signed"; place++) {
      const act = records[place];
      act.judged = true;
      if (act.fact) this.signature(record, act, signers);
    }
    return signers;
  }

  signature(record, act, signers) {
    const fault = (kind, expected, found) => this.report.fault(act.place, kind, expected, found);
    const { of, officer, on, leaf, signature } = act.fact;
    const { records } = this.book;
    let together = Boolean(record.value) && !record.doubtful && isString(record.value.ledger) && isString(record.value.type)
      && isCount(record.value.tv) && isObject(record.value.body);
    for (let i = record.place + 1; i <= act.place; i++) together &&= continues(records[i - 1], records[i]);
    if (!together || of !== record.count) {
      const expected = together ? String(record.count) : "the record before, in the same command";
      return void fault("act_target_wrong", expected, String(of));
    }
    const first = act.place === record.place + 1;
    if (first && record.actor !== undefined && officer !== record.actor) fault("office_wrong", `signed by ${show(record.actor)} first`, officer);

    let counts = true;
    const wrong = (kind, expected, found) => { counts = false; fault(kind, expected, found); };
    const target = on < of && on < act.place ? records[on] : undefined;
    const expected = target && base64(leafHash(target.bytes));
    const matter = this.matterOf(record);
    if (expected !== leaf) wrong("act_leaf_wrong", target ? `on ${on} ${expected}` : "an earlier record", `on ${on} ${leaf}`);
    else if (matter && matter !== target) wrong("act_leaf_wrong", `on ${matter.place}, ${matter.type}`, `on ${on}`);

    const keys = [this.officers.keys.get(officer)];
    if (record.type === "officer_key.registered" && record.fact?.officer === officer) keys.push(vkeyOf(record.fact.key));
    const known = keys.filter(Boolean);
    const bytes = unbase64(signature);
    const lines = this.fiveLines(record, act.fact);
    const key = known.find((vkey) => lines !== undefined && signatureHolds(bytes, utf8.encode(lines), vkey));
    if (!known.length) wrong("act_key_missing", `a key of ${officer}`, "none");
    else if (!key) {
      wrong("act_signature_wrong", `signed by ${known.map((vkey) => vkey.id).join(" or ")}`,
        `by ${hex(bytes.subarray(0, 4))}, or of other words`);
    }
    if (!counts) return;

    const person = this.officers.person(officer);
    const twice = record.type !== "officer_key.registered" && signers.some((one) => one.person === person);
    const under = this.stood.get(lines);
    if (twice) fault("act_repeated", "each person once", officer);
    else if (under !== undefined && under !== record.place) fault("act_repeated", "each signature once", `also under record ${under}`);
    this.stood.set(lines, under ?? record.place);
    signers.push({ officer, person, key });
    act.counts = true;
    this.signed += 1;
  }

  fiveLines(record, { officer, on, leaf }) {
    const { ledger, type, tv } = record.value;
    const body = { ...record.body };
    delete body.voucher;
    delete body.entries;
    const said = jcs({ body, tv, type });
    return said === undefined ? undefined
      : `mingzhang-act@v1\n${ledger}\n${officer}\non ${on} ${leaf}\n${said}\n`;
  }

  byTwo(record, signers) {
    const day = this.book.today(record);
    if (day === undefined) return true;
    return signers.some((one) => this.officers.holds(one.officer, ["chair"], day)
      && signers.some((other) => other.person !== one.person && this.officers.holds(other.officer, AUDITORS, day)));
  }

  /** Whether its actor has to sign a record: as the rule in force says, or because it says who may do what. */
  hasToSign(record) {
    const day = this.book.today(record);
    if (day === undefined || record.actor === undefined) return false;
    if (this.rules.inForce("acts_signed", day)?.types.includes(record.type)) return true;
    // Whatever later rules say: otherwise one unsigned rule would end all signing.
    return constitutes(record) && this.actsBegin !== undefined && this.actsBegin <= day;
  }

  setRule(fact) {
    this.rules.set(fact);
    const { rule, from } = fact;
    const begins = rule.name === "acts_signed" && rule.types.length > 0;
    if (begins && (this.actsBegin === undefined || from < this.actsBegin)) this.actsBegin = from;
  }

  /** Keeps what a later signature has to be about (FORMAT 18.2, 3). */
  remember(record, { disbursement, finding, month }) {
    const { type } = record;
    const first = (key) => { if (!this.about.has(key)) this.about.set(key, record); };
    if (type === "disbursement.requested") first(`request ${disbursement}`);
    else if (type === "finding.raised") first(`finding ${finding}`);
    else if (type === "period.closed") this.about.set(`closed ${month}`, record);
  }

  /** The record that an act of this type has to be about; undefined where it may be any, or there is none. */
  matterOf({ type, fact }) {
    if (!fact) return undefined;
    if (type === "approval.given" || type === "approval.refused") return this.about.get(`request ${fact.disbursement}`);
    if (type === "finding.cleared") return this.about.get(`finding ${fact.finding}`);
    return type === "period.reopened" ? this.about.get(`closed ${fact.month}`) : undefined;
  }

  registerKey(record, { officer, key }, signers) {
    const vkey = vkeyOf(key);
    if (!vkey) {
      record.nothingMore = true;
      return void this.report.fault(record.place, "vkey_invalid", "a vkey of type 0x01", key);
    }
    const owner = [...this.officers.keys].find(([other, own]) => other !== officer && sameBytes(own.key, vkey.key));
    if (owner) {
      record.nothingMore = true;
      return void this.report.fault(record.place, "act_repeated", "a key of one officer alone", `also that of ${owner[0]}`);
    }
    const old = this.officers.keys.get(officer);
    const day = this.book.today(record);
    const chair = (one) => this.officers.person(one) !== this.officers.person(officer) && this.officers.holds(one, ["chair"], day);
    // The first chair has nobody who could vouch for the key; everybody after that has.
    const vouched = old || day !== undefined && [...this.officers.keys.keys()].some(chair);
    const own = signers.filter((one) => one.officer === officer && sameKey(one.key, vkey));
    const second = (one) => old && one.officer === officer && sameKey(one.key, old) || chair(one.officer);
    const held = own.length > 0;
    const handed = !vouched || own.some((one) => signers.some((other) => other !== one && second(other)));
    if (held && handed) this.officers.keys.set(officer, { ...vkey, since: record.place });
    else {
      const expected = held ? `signed ${old ? "with the old key or " : ""}by another who is chair` : `signed by ${officer} with the key itself`;
      this.report.fault(record.place, "act_unsigned", expected, whoSigned(signers));
    }
  }

  // --- 17 ---

  rotate(record, fact, signers) {
    const [before, after] = [vkeyOf(fact.old), vkeyOf(fact.new)];
    const fault = (expected, found) => this.report.fault(record.place, "key_rotation_wrong", expected, found);
    const inForce = this.logKeys.last;
    const { origin } = this.book;
    if (record.ledger === undefined) return fault(origin, "no ledger that can be read");
    if (before?.readable !== origin || inForce && !sameKey(before, inForce)) return fault(show(inForce?.text), fact.old);
    if (after?.readable !== origin || sameKey(before, after)) return fault(`another key of ${origin}`, fact.new);
    const text = utf8.encode(`mingzhang-key-rotation@v1\n${record.ledger}\n${record.count}\n${fact.old}\n${fact.new}\n`);
    const holds = (proof, vkey) => signatureHolds(unbase64(proof), text, vkey);
    if (!holds(fact.proof_new, after)) return fault("proof_new by the new key", fact.proof_new);
    if (fact.proof_old !== undefined && !holds(fact.proof_old, before)) return fault("proof_old by the old key", fact.proof_old);
    // Where there is no local day nobody is known to hold an office, and a key is not changed on nobody's word.
    const hasDay = this.book.today(record) !== undefined;
    if (fact.proof_old === undefined && !(hasDay && this.byTwo(record, signers))) {
      return fault("proof_old, or signed by a chair and by an auditor", whoSigned(signers));
    }
    if (!inForce) this.logKeys.all.push({ vkey: before, from: -1, proved: true });
    this.logKeys.all.push({ vkey: after, from: record.place, proved: fact.proof_old !== undefined });
  }

  changeWitnesses({ place }, { policy, policy_sha256 }) {
    checkPolicyText(place, policy, policy_sha256, this.report);
    this.policy = policy;
  }

  // --- 18.4 ---

  finding({ type, place }, fact) {
    const fault = (expected, found) => this.report.fault(place, "finding_wrong", expected, found);
    const known = this.findings.get(fact.finding);
    if (type === "finding.cleared") {
      if (known !== "open") return void fault("a finding that is not cleared", `${fact.finding} ${known ?? "was never raised"}`);
      this.findings.set(fact.finding, "cleared");
      return;
    }
    if (known) fault("a finding not raised before", fact.finding);
    const missing = fact.records.filter((seq) => !this.book.earlier(seq, place));
    if (missing.length) fault("earlier records", missing.join(" "));
    this.findings.set(fact.finding, known ?? "open");
  }
}

function whoSigned(signers) {
  return signers.length ? `signed by ${signers.map((one) => one.officer).join(", ")}` : "not signed";
}

/** The text of a policy in a record, and its hash (FORMAT 8). */
function checkPolicyText(place, text, sum, report) {
  const bytes = utf8.encode(text);
  try { parsePolicy(bytes); } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    report.fault(place, "policy_invalid", error.message, show(text));
  }
  const counted = hex(noble.sha256(bytes));
  if (counted !== sum) report.fault(place, "policy_hash_wrong", counted, sum);
}
