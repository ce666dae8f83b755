// --- verify.js: all of FORMAT, in order, and what verify says (FORMAT 8, 9, 12, 13) -----------------
// Everything up to here and this file touch no page: they are given bytes and give back an answer.

const WITNESSED = "verified and witnessed";
const NOT_WITNESSED = "verified, not independently witnessed";
const BROKEN = "broken";
const FUTURE_MAX_SECONDS = 86400;
const AGE_MAX_SECONDS = 35 * 86400;

class Report {
  constructor() {
    this.faults = [];
    this.notes = [];
  }

  fault(record, kind, expected, found) {
    this.faults.push({ record, kind, expected: wellFormed(String(expected)), found: wellFormed(String(found)) });
  }

  note(record, kind, expected, found) {
    this.notes.push({ record, kind, expected: wellFormed(String(expected)), found: wellFormed(String(found)) });
  }
}

/** What is known of a book while it is checked. */
class Book {
  constructor(records, report) {
    this.records = records;
    this.report = report;
    this.bySeq = new Map();
    for (const record of records) {
      if (this.bySeq.has(record.count)) this.bySeq.get(record.count).push(record);
      else this.bySeq.set(record.count, [record]);
    }
    this.created = records[0]?.type === "ledger.created" ? records[0].fact : undefined;
    this.offset = this.created ? offsetMinutes(this.created.utc_offset) : OFFSET_USUAL;
  }

  /** The first record of that `seq` above `place`, of those that are meant. */
  earlier(seq, place, meant = () => true) {
    return this.bySeq.get(seq)?.find((record) => record.place < place && meant(record));
  }

  today(record) {
    return record.at === undefined ? undefined : localDay(record.at, this.offset);
  }
}

/** Gives the page a turn, but not so often that it costs time. */
function pacer(progress) {
  let last = performance.now();
  return async (share) => {
    if (performance.now() - last < 40) return;
    progress?.(share);
    // A message is not slowed down in a tab that nobody looks at, as a timer is.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); resolve(); };
      port2.postMessage(null);
    });
    last = performance.now();
  };
}

/**
 * Checks a bundle. `files`: Map path → bytes. `options`: {policy, now, maxAgeSeconds, against, bases, proofs,
 * sample, progress}. Gives {result, book}; throws Wrong where the auditor's own policy cannot be read.
 */
async function check(files, options) {
  const report = new Report();
  const policy = options.policy && parsePolicy(options.policy);
  const now = options.now ?? Math.floor(Date.now() / 1000);
  const maxAge = options.maxAgeSeconds ?? AGE_MAX_SECONDS;
  const pause = pacer(options.progress);
  let loaded;
  try {
    loaded = loadBundle(files, options.bases ?? [], report);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    report.faults.length = 0;
    report.fault(null, "base_wrong", error.expected, error.found);
    return { result: answer({ report, records: [], tree: new Tree(), witnessed: { size: 0, witnesses: [] }, good: [] }) };
  }

  const tree = new Tree();
  const records = [];
  for (const [place, line] of loaded.lines.entries()) {
    tree.add(leafHash(line));
    const record = readRecord(line, place, report);
    readBody(record, report);
    records.push(record);
    await pause(0.6 * place / loaded.lines.length);
  }
  if (loaded.torn) report.fault(records.length - 1, "line_torn", "a line feed at the end", "none");
  checkPlaces(records, report);

  const book = new Book(records, report);
  if (!options.sample && records[0]?.type !== "ledger.created") {
    report.fault(records.length ? 0 : null, "ledger_created_missing", "ledger.created", records[0]?.type ?? "none");
  }
  const { key, named, inBundle } = findLogKey(book, policy, files.get("log.vkey"), report);
  book.origin = key?.readable ?? records[0]?.ledger;
  checkOrder(records, book.origin, report);
  checkCreated(book, report);
  book.chart = readChart(files.get("chart.json"), book.created?.chart, report);

  const facts = await checkFacts(book, now, pause);
  facts.openings = files.has("openings.ndjson") ? facts.privacy.checkOpenings(files.get("openings.ndjson")) : new Map();
  facts.papers.checkFiles(new Map(loaded.parts.flatMap((part) => [...filesBelow(part, "attachments/")])));
  const inUse = newestOf(named, facts.acts.logKeys) ?? key;
  const keys = settleLogKeys(book, facts.acts.logKeys, inUse, inBundle, report);
  const unprovedFrom = named.length ? facts.acts.logKeys.unprovedAfter(inUse) : undefined;
  if (unprovedFrom !== undefined) {
    report.note(unprovedFrom, "log_key_unproved", "signed by the key before", "not signed by it");
  }

  const judge = new Judge({ book, tree, policy, keys, unprovedFrom, now, maxAge, report });
  for (const part of loaded.parts) judge.bundle(part);
  for (const bytes of options.against ?? []) judge.checkpoint("kept", bytes);
  for (const bytes of options.proofs ?? []) judge.proof(bytes);
  judge.forks();
  const witnessed = judge.say();
  for (const part of loaded.parts) {
    for (const [path, bytes] of part) {
      const tile = tileOf(path);
      if (path.startsWith("tile/") && !(tile && tileHolds(tree, tile, bytes))) report.fault(null, "tile_wrong", "the hashes of the records", path);
    }
  }
  await checkSums(files, report, () => pause(0.98));

  if (policy && facts.acts.policy !== undefined && !sameBytes(utf8.encode(facts.acts.policy), options.policy)) {
    report.note(null, "policy_differs", "the policy in the book", "the auditor's is another");
  }
  const format = files.get("FORMAT.md") && hex(noble.sha256(files.get("FORMAT.md")));
  if (format && book.created && format !== book.created.format_sha256) {
    report.note(null, "format_differs", book.created.format_sha256, format);
  }
  const result = answer({ report, records, tree, witnessed, good: judge.good, balance: facts.vouchers.trialBalance() });
  Object.assign(result, knownBesides(facts, keys));
  return { result, book: { ...facts, records, created: book.created, chart: book.chart, judge, now, key: inUse, named, policy,
    policySum: policy && hex(noble.sha256(options.policy)) } };
}

/** FORMAT 12, the log key: {key, named, inBundle}; `named` are those of the policy under this book's name. */
function findLogKey(book, policy, bytes, report) {
  const ledger = book.records[0]?.ledger;
  const named = policy?.logs.filter((vkey) => vkey.readable === ledger) ?? [];
  if (policy && !named.length) {
    report.fault(book.records[0]?.value ? 0 : null, "log_not_in_policy",
      policy.logs.map((vkey) => vkey.readable).join(" "), show(ledger));
  }
  let inBundle;
  if (bytes) {
    try {
      const text = binary(bytes);
      if (!text.endsWith("\n")) throw new Wrong("one vkey and a line feed");
      inBundle = parseVkey(text.slice(0, -1), LOG_KEY);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      report.fault(null, "vkey_invalid", error.message, show(decode(bytes) ?? "not UTF-8"));
    }
  }
  const key = named[0] ?? inBundle ?? vkeyOf(book.created?.log ?? "");
  if (!key) report.note(null, "log_key_missing", "log.vkey, record 0 or a policy", "none");
  return { key, named, inBundle };
}

/** FORMAT 8: what record 0 says of key and policy. */
function checkCreated(book, report) {
  const { created } = book;
  if (!created) return;
  const log = vkeyOf(created.log);
  if (!log) report.fault(0, "vkey_invalid", "a vkey of type 0x01", show(created.log));
  else if (log.readable !== book.origin) report.fault(0, "log_key_differs", book.origin, created.log);
  checkPolicyText(0, created.policy, created.policy_sha256, report);
}

/** FORMAT 7, 10, 11, 17–21, record by record. */
async function checkFacts(book, now, pause) {
  const { report, records } = book;
  const vouchers = new Vouchers(book);
  const acts = new Acts(book);
  const spending = new Spending(book, acts);
  const privacy = new Privacy(book);
  let future = false;
  for (const record of records) {
    if (!future && record.at !== undefined && seconds(record.at) > now + FUTURE_MAX_SECONDS) {
      future = true;
      report.note(record.place, "at_in_future", "not later than the verification", record.at);
    }
    vouchers.see(record);
    acts.see(record);
    spending.see(record);
    privacy.see(record);
    await pause(0.6 + 0.35 * record.place / records.length);
  }
  privacy.sayErased();
  report.note(null, "posting_not_checked", "the entries that each fact gives", "this verifier has no posting table");
  return { vouchers, acts, spending, papers: spending.papers, privacy };
}

/** Of the keys that the policy names the newest of the book's, or the first where none is one. */
function newestOf(named, bookKeys) {
  const known = bookKeys.all.findLast((one) => named.some((vkey) => sameKey(one.vkey, vkey)));
  return known?.vkey ?? named[0];
}

/** FORMAT 17: the key in force at each size. */
function settleLogKeys(book, bookKeys, key, inBundle, report) {
  const known = bookKeys.all.some((one) => sameKey(one.vkey, key));
  if (key && !known && bookKeys.all.length) report.fault(0, "log_key_differs", key.text, book.created?.log ?? "none");
  const keys = known || !key ? bookKeys : new LogKeys(key);
  if (inBundle && !sameKey(inBundle, keys.last)) report.fault(null, "log_key_differs", show(keys.last?.text), inBundle.text);
  return keys;
}

/** Judges checkpoints: what they are worth by FORMAT 9 and 12. */
class Judge {
  constructor(given) {
    Object.assign(this, given);
    this.all = [];
    this.counting = this.policy ? reachable(this.policy) : new Set();
  }

  /** The sizes of the checkpoints without fault. */
  get good() { return this.all.filter((one) => !one.faulty).map((one) => one.size); }

  bundle(files) {
    if (files.has("checkpoint")) this.checkpoint("checkpoint", files.get("checkpoint"));
    for (const [name, bytes] of filesBelow(files, "checkpoints/")) {
      const one = this.checkpoint(`checkpoints/${name}`, bytes);
      if (one && String(one.size) !== name) {
        one.faulty = true;
        this.report.fault(null, "checkpoint_form", `checkpoints/${one.size}`, `checkpoints/${name}`);
      }
    }
  }

  checkpoint(where, bytes) {
    let parsed;
    try { parsed = parseCheckpoint(bytes); } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      return void this.report.fault(null, "checkpoint_form", error.message, where);
    }
    const one = { where, ...parsed, faulty: false, signed: false, cosigned: [] };
    this.all.push(one);
    const fault = (kind, expected, found) => {
      one.faulty = true;
      this.report.fault(null, kind, expected, `${where}: ${found}`);
    };
    const { origin } = this.book;
    if (origin !== undefined && one.origin !== origin) fault("checkpoint_origin_wrong", origin, one.origin);
    this.logSignatures(one, fault);
    if (one.size > this.tree.size) fault("tail_cut", `${one.size} records`, `${this.tree.size} records`);
    else {
      const root = this.tree.root(one.size);
      if (!sameBytes(root, one.root)) fault("root_wrong", `${one.rootText} of ${one.size} records`, base64(root));
    }
    if (this.policy) this.cosignatures(one, fault);
    return one;
  }

  logSignatures(one, fault) {
    const key = this.keys.at(one.size);
    if (!key) return;
    const own = one.lines.filter((line) => line.name === key.readable && line.id === key.id);
    if (!own.length) fault("checkpoint_unsigned", `signed by ${key.text}`, "no signature by that key");
    const good = own.filter(({ signature }) => noble.signed(signature.slice(), one.text, key.key));
    if (good.length < own.length) fault("log_signature_wrong", "a signature that verifies", key.readable);
    one.signed = good.length > 0;
  }

  cosignatures(one, fault) {
    const times = new Map();
    for (const [name, vkey] of this.policy.witnesses) {
      for (const line of one.lines) {
        if (line.name !== vkey.readable || line.id !== vkey.id) continue;
        const time = cosignatureTime(line.signature, one.text, vkey);
        if (time === undefined) fault("cosignature_wrong", "a cosignature that verifies", vkey.readable);
        else if (time > this.now + FUTURE_MAX_SECONDS) {
          this.report.note(null, "cosignature_in_future", `at most ${this.now + FUTURE_MAX_SECONDS}`, `${vkey.readable} ${time}`);
        } else if (this.counting.has(name)) times.set(name, Math.max(time, times.get(name) ?? 0));
      }
    }
    // After a log key that nobody vouches for, witnesses vouch for nothing (FORMAT 17).
    if (this.unprovedFrom !== undefined && one.size > this.unprovedFrom) times.clear();
    const fresh = [...times].filter(([, time]) => this.now - time <= this.maxAge).map(([name]) => name);
    one.met = one.size > 0 && quorumMet(this.policy, new Set(times.keys()));
    one.fresh = one.met && quorumMet(this.policy, new Set(fresh));
    one.cosigned = [...times].map(([name, time]) => (
      { name: show(decode(unbinary(name)) ?? name), key: this.policy.witnesses.get(name).readable, time }));
  }

  proof(bytes) {
    const wrong = (record, expected, found) => this.report.fault(record, "proof_wrong", expected, found);
    let proof;
    try { proof = parseProof(bytes); } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      const at = error.index < this.book.records.length ? error.index : null;
      return void wrong(at, error.message, "a proof of another form");
    }
    const record = this.book.records[proof.index];
    const place = record ? proof.index : null;
    const one = this.checkpoint("proof", proof.checkpoint);
    if (!one) return void wrong(place, "a checkpoint", "none");
    if (!record) return void wrong(place, `record ${proof.index}`, "no such record");
    if (proof.extra && !sameBytes(proof.extra, record.bytes)) wrong(place, show(decode(record.bytes)), show(decode(proof.extra)));
    if (proof.extra && (record.seq !== proof.index || record.ledger !== one.origin)) {
      wrong(place, `seq ${proof.index} of ${one.origin}`, `seq ${show(record.seq)} of ${show(record.ledger)}`);
    }
    if (!inclusionHolds(leafHash(record.bytes), proof.index, one.size, proof.hashes, one.root)) {
      wrong(place, `record ${place} in the tree of ${one.size}`, "a proof that does not hold");
    }
  }

  forks() {
    const bySize = new Map();
    for (const one of this.all.filter((each) => each.signed)) {
      const other = bySize.get(one.size);
      if (!other) bySize.set(one.size, one);
      else if (!sameBytes(other.root, one.root)) {
        one.faulty = other.faulty = true;
        this.report.fault(null, "log_fork", `${other.where}: ${other.size} ${other.rootText}`, `${one.where}: ${one.rootText}`);
      }
    }
  }

  /** The notes on witnesses; {size, witnesses} of what is witnessed. */
  say() {
    const { report, policy } = this;
    if (!this.all.length) report.note(null, "checkpoint_missing", "checkpoint", "none");
    const none = { size: 0, witnesses: [] };
    if (!policy) report.note(null, "policy_not_given", "a policy that the auditor holds", "none");
    else if (policy.quorum === "none") report.note(null, "quorum_none", "a quorum", "none");
    if (!policy || policy.quorum === "none") return none;
    const good = this.all.filter((one) => !one.faulty);
    const best = good.filter((one) => one.fresh).sort((one, other) => other.size - one.size)[0];
    if (!best) {
      const stale = good.filter((one) => one.met);
      const times = stale.flatMap((one) => one.cosigned.map(({ time }) => time));
      if (stale.length) report.note(null, "cosignatures_stale", `at most ${this.maxAge} seconds old`, `newest at ${Math.max(...times)}`);
      else report.note(null, "quorum_not_met", `quorum ${policy.quorum}`, this.metBy(good));
      return none;
    }
    const after = this.tree.size - best.size;
    if (after > 0) report.note(null, "records_unwitnessed", "all records witnessed", `${after} records after ${best.size}`);
    return { size: best.size, witnesses: best.cosigned };
  }

  metBy(good) {
    const names = new Set(good.flatMap((one) => one.cosigned.map(({ key }) => key)));
    return names.size ? `only ${[...names].join(", ")}` : "no cosignature that counts";
  }
}

/** What the book says of keys, signatures and private fields, as far as it holds. */
function knownBesides({ acts, privacy, openings }, keys) {
  const fields = [];
  for (const [subject, { fields: own }] of privacy.subjects) {
    for (const [name, field] of own) {
      const known = openings.get(subject)?.get(name);
      const state = field.erasedBy !== undefined ? "erased" : known?.shown !== undefined ? "shown"
        : known?.withheld ? "withheld" : "committed";
      fields.push({ subject, name: wellFormed(name), state, record: field.erasedBy ?? field.place, value: known?.shown ?? null });
    }
  }
  return {
    log_keys: keys.all.map(({ vkey, from }) => ({ key: decode(unbinary(vkey.text)), since: from + 1 })),
    officer_keys: [...acts.officers.keys].map(([officer, vkey]) => ({ officer, key_id: vkey.id, since: vkey.since })),
    signed_acts: acts.signed,
    private_fields: fields,
  };
}

/** What verify says (FORMAT 13.4), in the form that the other verifier writes too. */
function answer({ report, records, tree, witnessed, good, balance = [] }) {
  const { faults, notes } = report;
  const broken = faults.length > 0;
  const places = faults.map((fault) => fault.record).filter((record) => record !== null);
  const firstBroken = places.length ? places.reduce((least, place) => Math.min(least, place)) : null;
  const goodSizes = good.filter((size) => firstBroken === null || size <= firstBroken);
  // In the order of the records, so that the first broken one is read first; then what is of the bundle.
  faults.sort((one, other) => (one.record ?? Infinity) - (other.record ?? Infinity) || 0);
  return {
    outcome: broken ? BROKEN : witnessed.size > 0 ? WITNESSED : NOT_WITNESSED,
    records: records.length,
    chain_head: records.at(-1)?.hash ?? ZEROS,
    root: base64(tree.root()),
    witnessed_size: witnessed.size,
    witnesses: witnessed.witnesses,
    broken_at: firstBroken,
    last_good_checkpoint: broken && goodSizes.length ? Math.max(...goodSizes) : null,
    faults,
    notes,
    trial_balance: balance,
  };
}
