// --- records.js: lines, their form, their order (FORMAT 3, 4, 5) ------------------------------------

const ENVELOPE = {
  v: isCount,
  ledger: isName,
  seq: isCount,
  prev: (value) => isHex(value, 64),
  at: isMoment,
  actor: isText,
  idem: isText,
  more: (value) => typeof value === "boolean",
  type: (value) => typeof value === "string" && /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(value),
  tv: (value) => isCount(value) && value >= 1,
  body: isObject,
};
const FIELDS = Object.keys(ENVELOPE);

/** The lines of a file without their LF, and whether the last one is torn. */
function linesOf(bytes) {
  const lines = [];
  let start = 0;
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  const torn = start < bytes.length;
  if (torn) lines.push(bytes.subarray(start));
  return { lines, torn };
}

/** The value of a line that keeps the rules 3 to 9 of FORMAT 3, each broken one said. */
function readLine(bytes, fault, lfAllowed = () => false) {
  const text = decode(bytes);
  if (text === undefined) return void fault("not_utf8", "UTF-8", binary(bytes.subarray(0, 40)));
  let read;
  try { read = parseJson(text); } catch (error) {
    if (error instanceof TooDeep) return void fault("too_deep", `at most ${DEPTH_MAX}`, `over ${DEPTH_READ}`);
    return void fault("not_json", "one JSON object", show(text, 60));
  }
  const { value, depth, duplicates, numbers } = read;
  if (!isObject(value)) return void fault("not_json", "one JSON object", show(text, 60));
  if (depth > DEPTH_MAX) return void fault("too_deep", `at most ${DEPTH_MAX}`, String(depth));
  if (duplicates.length) fault("duplicate_key", "each key once", duplicates.join(" "));
  if (numbers.length) fault("number_form", `0 to ${COUNT_MAX}`, show(numbers.join(" ")));
  if (!duplicates.length && !numbers.length) {
    const canonical = jcs(value);
    if (canonical !== text) fault("not_canonical", show(canonical ?? "no lone surrogates"), show(text));
  }
  // Every part of a text in NFC is in NFC, so most lines need no closer look.
  if (text.includes("\\") || CONTROL.test(text) || text.normalize("NFC") !== text) {
    const [notNfc, control] = [[], []];
    eachString(value, (string, path) => {
      if (string.normalize("NFC") !== string) notNfc.push(string);
      const forbidden = path && lfAllowed(value, path) ? CONTROL_BUT_LF : CONTROL;
      if (forbidden.test(string)) control.push(JSON.stringify(string));
    });
    if (notNfc.length) fault("not_nfc", show(notNfc[0].normalize("NFC")), show(notNfc[0]));
    if (control.length) fault("control_character", "no control character", show(control[0]));
  }
  return value;
}

const WITH_POLICY = ["ledger.created", "witness.changed"];

function isPolicyText(value, path) {
  return path.length === 2 && path[0] === "body" && path[1] === "policy" && WITH_POLICY.includes(value.type);
}

/** One record with what can be read of it: fields that are not of their form are undefined. */
function readRecord(bytes, place, report) {
  const fault = (kind, expected, found) => report.fault(place, kind, expected, found);
  const record = { place, bytes, hash: chainHash(bytes), value: undefined, tv: 1 };
  if (bytes.length > LENGTH_MAX) fault("record_too_long", `at most ${LENGTH_MAX} bytes`, String(bytes.length));
  const form = (kind, expected, found) => {
    // Of such a line it is not sure what it says, so nobody can have signed it (FORMAT 18.2).
    if (kind === "duplicate_key" || kind === "number_form") record.doubtful = true;
    fault(kind, expected, found);
  };
  const value = record.value = readLine(bytes, form, isPolicyText);
  if (!value) return record;
  for (const field of FIELDS) {
    const there = Object.hasOwn(value, field);
    if (there && ENVELOPE[field](value[field])) record[field] = value[field];
    else fault("envelope_form", `the field ${field}`, there ? show(value[field]) : "none");
  }
  const unknown = Object.keys(value).filter((field) => !FIELDS.includes(field));
  if (unknown.length) fault("envelope_form", "eleven fields", show(unknown.join(" ")));
  if (isCount(record.v) && record.v !== 1) fault("version_unknown", "1", String(record.v));
  return record;
}

/** FORMAT 5: the places. Gives each record the `count` that it has or counts as having. */
function checkPlaces(records, report) {
  const above = new Map();
  const last = new Map();
  records.forEach((record, i) => {
    record.count = record.seq ?? (i ? records[i - 1].count + 1 : 0);
    last.set(record.count, i);
  });
  records.forEach((record, i) => {
    const expected = i ? records[i - 1].count + 1 : 0;
    const found = record.count;
    const say = (kind) => report.fault(i, kind, `seq ${expected}`, `seq ${found}`);
    if (found > expected) {
      const below = (last.get(expected) ?? -1) > i;
      if (!above.has(expected)) say(below ? "record_out_of_order" : "record_missing");
    } else if (found < expected) {
      const others = above.get(found);
      if (!others) say("record_out_of_order");
      else if (others.some((other) => sameBytes(other.bytes, record.bytes))) say("record_duplicated");
      else say("record_inserted");
    }
    if (above.has(found)) above.get(found).push(record);
    else above.set(found, [record]);
  });
}

/** FORMAT 4 and 5: what each record says of the one before it. */
function checkOrder(records, origin, report) {
  const keys = new Map();
  records.forEach((record, i) => {
    const fault = (kind, expected, found) => report.fault(i, kind, expected, found);
    const before = records[i - 1];
    const hash = before ? before.hash : ZEROS;
    if (record.prev !== undefined && record.prev !== hash) fault("prev_wrong", hash, record.prev);
    if (!record.value) return;
    if (record.at !== undefined && before?.at !== undefined && record.at < before.at) {
      fault("at_decreases", `${before.at} or later`, record.at);
    }
    if (origin !== undefined && record.ledger !== origin) fault("ledger_wrong", origin, show(record.value.ledger));
    if (record.idem !== undefined) {
      const key = record.idem.replace(/~[0-9a-f]{16}$/, "");
      if (!continues(before, record) && keys.has(key)) {
        fault("idem_repeated", "a key that was not used", `${key}, as in record ${keys.get(key)}`);
      }
      if (!keys.has(key)) keys.set(key, i);
    }
    if (i > 0 && record.type === "ledger.created") fault("ledger_created_again", "in record 0 alone", "ledger.created");
  });
  const end = records.at(-1);
  if (end?.more === true) report.fault(end.place, "append_unfinished", "more: false at the end", "more: true");
}

/** Whether a record is of the command of the one before it. */
function continues(before, record) {
  return before?.idem !== undefined && before.idem === record.idem && before.more === true;
}
