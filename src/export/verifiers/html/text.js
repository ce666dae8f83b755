// --- text.js: bytes, text, JSON, days, money (FORMAT 2, 3) ------------------------------------------

const COUNT_MAX = Number.MAX_SAFE_INTEGER; // 2^53 − 1
const LENGTH_MAX = 4096;
const DEPTH_MAX = 16;
const LF = 10;

const utf8 = new TextEncoder();
// ignoreBOM: a byte order mark stays in the text, where it is no JSON.
const utf8Strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of some bytes, or undefined where they are no UTF-8. */
function decode(bytes) {
  try { return utf8Strict.decode(bytes); } catch { return undefined; }
}

/** One character a byte: names in a policy are compared as bytes. */
function binary(bytes) {
  let out = "";
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}

function unbinary(text) {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

function hex(bytes) {
  let out = "";
  for (const byte of bytes) out += HEX[byte];
  return out;
}

function isHex(text, digits) {
  return typeof text === "string" && text.length === digits && /^[0-9a-f]*$/.test(text);
}

function base64(bytes) {
  return btoa(binary(bytes));
}

/** Strict: RFC 4648 section 4, padded, no stray bits. Undefined for any other spelling. */
function unbase64(text) {
  if (typeof text !== "string" || text.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  let bytes;
  try { bytes = unbinary(atob(text)); } catch { return undefined; }
  return base64(bytes) === text ? bytes : undefined;
}

function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function joined(...parts) {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;
const CONTROL_BUT_LF = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;
const SURROGATE_ALONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const SPACE = /\p{White_Space}/u;

/** A key's or a witness's name: not empty, no Unicode spaces, no plus. */
function isName(text) {
  return typeof text === "string" && text !== "" && !SPACE.test(text) && !text.includes("+");
}

function isText(value) {
  return typeof value === "string" && value !== "";
}

function isCount(value) {
  return typeof value === "number";
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NotACount);
}

// The objects in which a key stands twice: the last one counts, and they have no fields "exactly" (FORMAT 4).
const DOUBLED = new WeakSet();

/** An object of exactly these keys, each once, and perhaps of those. */
function hasExactly(value, keys, optional = []) {
  if (!isObject(value) || DOUBLED.has(value)) return false;
  const all = Object.keys(value);
  return keys.every((key) => Object.hasOwn(value, key)) && all.every((key) => keys.includes(key) || optional.includes(key));
}

// --- JSON: own parser, for duplicates, number forms and depth matter (FORMAT 3) ---

/** A JSON number that the format refuses; no later check takes it for a value. */
class NotACount {
  constructor(text) { this.text = text; }
}

class NotJson extends Error {}
class TooDeep extends Error {}

// Deeper than this a parser that calls itself would run out of stack before it saw the end.
const DEPTH_READ = 1000;

/** One JSON text: {value, depth, duplicates, numbers}. Throws NotJson or TooDeep. */
function parseJson(text) {
  let at = 0;
  const seen = { depth: 0, duplicates: [], numbers: [] };
  const fail = () => { throw new NotJson(`JSON up to character ${at}`); };
  const space = () => { while (at < text.length && " \t\n\r".includes(text[at])) at++; };
  const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
  const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

  function string() {
    STRING.lastIndex = at;
    const found = STRING.exec(text);
    if (!found) fail();
    at = STRING.lastIndex;
    const raw = found[0];
    return raw.includes("\\") ? JSON.parse(raw) : raw.slice(1, -1);
  }

  function number() {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text);
    if (!found) fail();
    at = NUMBER.lastIndex;
    const raw = found[0];
    if (/^[0-9]{1,16}$/.test(raw) && Number(raw) <= COUNT_MAX) return Number(raw);
    seen.numbers.push(raw);
    return new NotACount(raw);
  }

  function word(name, value) {
    if (!text.startsWith(name, at)) fail();
    at += name.length;
    return value;
  }

  function object(depth) {
    const out = {};
    at++;
    space();
    if (text[at] === "}") { at++; return out; }
    for (;;) {
      space();
      const key = string();
      space();
      if (text[at] !== ":") fail();
      at++;
      if (Object.hasOwn(out, key)) {
        seen.duplicates.push(key);
        DOUBLED.add(out);
      }
      const item = value(depth);
      if (key === "__proto__") Object.defineProperty(out, key, { value: item, enumerable: true, configurable: true });
      else out[key] = item;
      if (text[at] === "}") { at++; return out; }
      if (text[at] !== ",") fail();
      at++;
    }
  }

  function array(depth) {
    const out = [];
    at++;
    space();
    if (text[at] === "]") { at++; return out; }
    for (;;) {
      out.push(value(depth));
      if (text[at] === "]") { at++; return out; }
      if (text[at] !== ",") fail();
      at++;
    }
  }

  function value(outside) {
    space();
    const first = text[at];
    let out;
    if (first === "{" || first === "[") {
      const depth = outside + 1;
      if (depth > DEPTH_READ) throw new TooDeep("deeper than can be read");
      seen.depth = Math.max(seen.depth, depth);
      out = first === "{" ? object(depth) : array(depth);
    } else if (first === '"') out = string();
    else if (first === "t") out = word("true", true);
    else if (first === "f") out = word("false", false);
    else if (first === "n") out = word("null", null);
    else out = number();
    space();
    return out;
  }

  const out = value(0);
  if (at !== text.length) fail();
  return { value: out, ...seen };
}

/** RFC 8785 for the values that this format has. Undefined where a value has no such form. */
function jcs(value) {
  try { return write(value); } catch { return undefined; }

  function write(item) {
    if (typeof item === "string") {
      if (SURROGATE_ALONE.test(item)) throw new NotJson();
      return JSON.stringify(item);
    }
    if (item === null || typeof item === "number" || typeof item === "boolean") return String(item);
    if (item instanceof NotACount) throw new NotJson();
    if (Array.isArray(item)) return `[${item.map(write).join(",")}]`;
    // sort() without more compares UTF-16 code units, which is what JCS asks for.
    return `{${Object.keys(item).sort().map((key) => `${write(key)}:${write(item[key])}`).join(",")}}`;
  }
}

/** Calls `see` with every string of a value, keys too, and the path that leads to it. */
function eachString(value, see, path = []) {
  if (typeof value === "string") see(value, path);
  else if (Array.isArray(value)) value.forEach((item, i) => eachString(item, see, [...path, i]));
  else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      see(key, undefined);
      eachString(value[key], see, [...path, key]);
    }
  }
}

/** A text without half characters, which no other program would take from here. */
function wellFormed(text) {
  return text.replace(new RegExp(SURROGATE_ALONE, "g"), (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** A value as people are shown it. Never fails. */
function show(value, length = 300) {
  let text;
  if (value === undefined) text = "none";
  else if (typeof value === "string") text = value;
  else if (value instanceof NotACount) text = value.text;
  else text = JSON.stringify(value, (_, item) => (item instanceof NotACount ? `number ${item.text}` : item));
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

// --- Days, months, moments (FORMAT 2) ---

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(text) {
  const found = typeof text === "string" && /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number);
  const leap = month === 2 && (year % 4 === 0 && year % 100 !== 0 || year % 400 === 0);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1] + (leap ? 1 : 0);
}

function isMonth(text) {
  return typeof text === "string" && text.length === 7 && isDay(`${text}-01`);
}

function monthAfter(month, step = 1) {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + step;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String(count % 12 + 1).padStart(2, "0")}`;
}

function isMoment(text) {
  return typeof text === "string"
    && /^.{10}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/.test(text) && isDay(text.slice(0, 10));
}

/** Seconds since 1970. The year 0001 must not become 1901, as Date.UTC would have it. */
function seconds(moment) {
  return Date.parse(moment) / 1000;
}

/** `+08:00` in minutes; undefined where it is not of the form. */
function offsetMinutes(text) {
  const found = typeof text === "string" && /^([+-])([0-9]{2}):([0-5][0-9])$/.exec(text);
  if (!found) return undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  if (minutes > 14 * 60) return undefined;
  return found[1] === "-" ? -minutes : minutes;
}

function localDay(at, minutes) {
  const moment = new Date((seconds(at) + minutes * 60) * 1000);
  const year = moment.getUTCFullYear();
  if (year < 1) return "0000-12-31";
  return year > 9999 ? "9999-12-31~" : moment.toISOString().slice(0, 10);
}

// --- Money: fen in a BigInt, exact at any size (FORMAT 7.4) ---

const MONEY = /^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{2}$/;
const MONEY_SUM = /^-?(?:0|[1-9][0-9]*)\.[0-9]{2}$/;

/** Fen, or undefined where the text is no amount. */
function fen(text, form = MONEY) {
  if (typeof text !== "string" || text === "-0.00" || !form.test(text)) return undefined;
  return BigInt(text.replace(".", ""));
}

function yuan(amount) {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
