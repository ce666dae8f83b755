// --- notes.js: keys, signed notes, checkpoints, policies (FORMAT 9, 12) -----------------------------

const LOG_KEY = 1;
const WITNESS_KEY = 4;

/** What is wrong with a text that is read as a whole. */
class Wrong extends Error {}

/** {name, id, key} of a vkey of this type; `name` and `text` with one character a byte. Throws Wrong. */
function parseVkey(text, type) {
  const [first, second] = [text.indexOf("+"), text.indexOf("+", text.indexOf("+") + 1)];
  if (first < 0 || second < 0) throw new Wrong("name+id+key");
  const [name, id, coded] = [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
  const readable = decode(unbinary(name));
  if (readable === undefined || !isName(readable)) throw new Wrong("a name without spaces and plus");
  const bytes = unbase64(coded);
  if (!bytes || bytes.length !== 33) throw new Wrong("base64 of 33 bytes");
  if (bytes[0] !== type) throw new Wrong(`a key of type ${type}`);
  if (!noble.isKey(bytes.slice(1))) throw new Wrong("an Ed25519 key that is not of small order");
  const counted = hex(noble.sha256(joined(unbinary(name), Uint8Array.of(LF), bytes)).subarray(0, 4));
  if (counted !== id) throw new Wrong(`key id ${counted}`);
  return { name, readable, id, key: bytes.slice(1), text };
}

/** The same of a text as JSON has it; undefined where it is none. */
function vkeyOf(text, type = LOG_KEY) {
  try { return parseVkey(binary(utf8.encode(text)), type); } catch { return undefined; }
}

function sameKey(one, other) {
  return Boolean(one && other) && one.text === other.text;
}

/** Whether these 68 bytes are that key's id and its signature of the text. */
function signatureHolds(bytes, message, vkey) {
  return bytes.length === 68 && hex(bytes.subarray(0, 4)) === vkey.id
    && noble.signed(bytes.slice(4), message, vkey.key);
}

/** {origin, size, root, text, lines: [{name, id, signature}]}. Throws Wrong. */
function parseCheckpoint(bytes) {
  const whole = decode(bytes);
  if (whole === undefined) throw new Wrong("UTF-8");
  if (CONTROL_BUT_LF.test(whole)) throw new Wrong("no control characters");
  if (!whole.endsWith("\n")) throw new Wrong("a line feed at the end");
  const [origin, size, root, empty, ...signatures] = whole.slice(0, -1).split("\n");
  if (!origin || root === undefined || empty !== "") throw new Wrong("three lines and an empty one");
  if (!/^(0|[1-9][0-9]{0,19})$/.test(size)) throw new Wrong("a tree size in decimal");
  if (unbase64(root)?.length !== 32) throw new Wrong("a root in base64");
  if (!signatures.length) throw new Wrong("signature lines");
  const lines = signatures.map((line) => {
    const found = /^— ([^ ]+) ([^ ]+)$/.exec(line);
    const coded = found && unbase64(found[2]);
    if (!coded || coded.length < 5 || !isName(found[1])) throw new Wrong("— name base64");
    return { name: found[1], id: hex(coded.subarray(0, 4)), signature: coded.subarray(4) };
  });
  const text = utf8.encode(`${origin}\n${size}\n${root}\n`);
  return { origin, size: Number(size), root: unbase64(root), rootText: root, text, lines };
}

const TIME_MAX = 2n ** 63n - 1n;

/** The time of a good cosignature, in seconds; undefined where it does not verify. */
function cosignatureTime(signature, text, vkey) {
  if (signature.length !== 72) return undefined;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (time > TIME_MAX) return undefined;
  const message = joined(utf8.encode(`cosignature/v1\ntime ${time}\n`), text);
  return noble.signed(signature.slice(8), message, vkey.key) ? Number(time) : undefined;
}

/** {logs: [vkey], witnesses: Map name → vkey, groups: Map name → {n, members}, quorum}. Throws Wrong. */
function parsePolicy(bytes) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined };
  const joinedGroup = new Set();
  const known = (name) => policy.witnesses.has(name) || policy.groups.has(name);
  const keyTwice = (vkeys, vkey) => vkeys.some((other) => sameBytes(other.key, vkey.key));

  const define = (name) => {
    if (name === "none" || known(name)) throw new Wrong(`a new name, not ${name}`);
  };
  const readers = {
    log: (words) => {
      if (words.length < 1 || words.length > 2) throw new Wrong("log VKEY [URL]");
      const vkey = parseVkey(words[0], LOG_KEY);
      if (keyTwice(policy.logs, vkey)) throw new Wrong("each log key once");
      policy.logs.push(vkey);
    },
    witness: (words) => {
      if (words.length < 2 || words.length > 3) throw new Wrong("witness NAME VKEY [URL]");
      define(words[0]);
      const vkey = parseVkey(words[1], WITNESS_KEY);
      if (keyTwice([...policy.witnesses.values()], vkey)) throw new Wrong("each witness key once");
      policy.witnesses.set(words[0], vkey);
    },
    group: ([name, threshold, ...members]) => {
      if (!members.length) throw new Wrong("group NAME N|any|all MEMBER...");
      define(name);
      const n = threshold === "any" ? 1 : threshold === "all" ? members.length
        : /^[1-9][0-9]{0,8}$/.test(threshold) ? Number(threshold) : 0;
      if (n < 1 || n > members.length) throw new Wrong(`1 to ${members.length}, any or all`);
      for (const member of members) {
        if (!known(member)) throw new Wrong(`a name defined before, not ${member}`);
        if (joinedGroup.has(member)) throw new Wrong(`each member in one group, once: ${member}`);
        joinedGroup.add(member);
      }
      policy.groups.set(name, { n, members });
    },
    quorum: (words) => {
      if (words.length !== 1) throw new Wrong("quorum NAME|none");
      if (policy.quorum !== undefined) throw new Wrong("one quorum line");
      if (words[0] !== "none" && !known(words[0])) throw new Wrong(`a name defined before, not ${words[0]}`);
      policy.quorum = words[0];
    },
  };

  const lines = binary(bytes).split("\n");
  lines.forEach((line, i) => {
    try {
      if (/[^\t\x20-\x7e\x80-\xff]/.test(line)) throw new Wrong("no control characters");
      const words = line.split(/[ \t]+/).filter(Boolean);
      if (!words.length || line.startsWith("#")) return;
      if (!Object.hasOwn(readers, words[0])) throw new Wrong("log, witness, group or quorum");
      readers[words[0]](words.slice(1));
    } catch (error) {
      throw error instanceof Wrong ? new Wrong(`line ${i + 1}: ${error.message}`) : error;
    }
  });
  if (!policy.logs.length) throw new Wrong("a log line");
  if (policy.quorum === undefined) throw new Wrong("a quorum line");
  for (const vkey of policy.witnesses.values()) {
    if (keyTwice(policy.logs, vkey)) throw new Wrong("no log key as witness");
  }
  return policy;
}

/** The witnesses that can be reached from the quorum. */
function reachable(policy) {
  const names = [policy.quorum];
  for (const name of names) names.push(...policy.groups.get(name)?.members ?? []);
  return new Set(names.filter((name) => policy.witnesses.has(name)));
}

/** Whether these witnesses, by name, meet the quorum. */
function quorumMet(policy, witnesses) {
  const met = (name) => {
    const group = policy.groups.get(name);
    return group ? group.members.filter(met).length >= group.n : witnesses.has(name);
  };
  return policy.quorum !== "none" && met(policy.quorum);
}

/** {index, extra, hashes, checkpoint} of a .tlog-proof. Throws Wrong. */
function parseProof(bytes) {
  const whole = decode(bytes);
  const cut = whole === undefined ? -1 : whole.indexOf("\n\n");
  if (cut < 0) throw new Wrong("a proof, an empty line, a checkpoint");
  const [head, ...lines] = whole.slice(0, cut).split("\n");
  if (head !== "c2sp.org/tlog-proof@v1") throw new Wrong("c2sp.org/tlog-proof@v1");
  const extra = lines[0]?.startsWith("extra ") ? unbase64(lines.shift().slice(6)) : null;
  if (extra === undefined) throw new Wrong("extra BASE64");
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "");
  if (!index) throw new Wrong("index SEQ");
  const hashes = lines.map(unbase64);
  if (hashes.length > 63 || hashes.some((hash) => hash?.length !== 32)) {
    throw Object.assign(new Wrong("hashes in base64"), { index: Number(index[1]) });
  }
  return { index: Number(index[1]), extra, hashes, checkpoint: utf8.encode(whole.slice(cut + 2)) };
}

/** {size, root, hashes} of `since`. Throws Wrong. */
function parseSince(bytes) {
  const whole = decode(bytes);
  if (!whole?.endsWith("\n")) throw new Wrong("a line feed at the end");
  const [old, root, ...hashes] = whole.slice(0, -1).split("\n");
  const size = /^old (0|[1-9][0-9]{0,15})$/.exec(old);
  if (!size || Number(size[1]) > COUNT_MAX || size[1] === "0") throw new Wrong("old M");
  const all = [root, ...hashes].map(unbase64);
  if (all.some((hash) => hash?.length !== 32) || hashes.length > 63) throw new Wrong("root and hashes in base64");
  return { size: Number(size[1]), root: all[0], hashes: all.slice(1) };
}
