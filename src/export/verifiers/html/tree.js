// --- tree.js: chain, tree, proofs, tiles (FORMAT 5, 6, 13) ------------------------------------------

const CHAIN_CONTEXT = utf8.encode("mingzhang 2026-11-22 v1 record chain");
const PRIVATE_CONTEXT = utf8.encode("mingzhang 2026-11-22 v1 private field");
const ZEROS = "0".repeat(64);

function chainHash(record) {
  return hex(noble.blake3(record, { context: CHAIN_CONTEXT }));
}

function leafHash(record) {
  return noble.sha256(joined(Uint8Array.of(0), record));
}

function nodeHash(left, right) {
  return noble.sha256(joined(Uint8Array.of(1), left, right));
}

/** The RFC 6962 tree. Row k holds the roots of the complete subtrees over 2^k leaves. */
class Tree {
  constructor() { this.rows = [[]]; }

  get size() { return this.rows[0].length; }

  add(leaf) {
    let hash = leaf;
    for (let k = 0; ; k++) {
      this.rows[k] ??= [];
      this.rows[k].push(hash);
      const count = this.rows[k].length;
      if (count % 2) return;
      hash = nodeHash(this.rows[k][count - 2], this.rows[k][count - 1]);
    }
  }

  /** Of the first `size` leaves. */
  root(size = this.size) {
    if (size === 0) return noble.sha256(new Uint8Array());
    let [end, hash] = [size, undefined];
    for (let k = 0; end > 0; k++, end = Math.floor(end / 2)) {
      if (end % 2) hash = hash ? nodeHash(this.rows[k][end - 1], hash) : this.rows[k][end - 1];
    }
    return hash;
  }

  /** Entry `i` of level `level`, each over 256^level leaves; undefined where the tree has none. */
  entry(level, i) {
    return this.rows[level * 8]?.[i];
  }
}

/** FORMAT 13.1. */
function inclusionHolds(leaf, index, size, hashes, root) {
  if (index >= size) return false;
  let [fn, sn, r] = [index, size - 1, leaf];
  const half = () => { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); };
  for (const p of hashes) {
    if (sn === 0) return false;
    if (fn % 2 || fn === sn) {
      r = nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) half();
    } else r = nodeHash(r, p);
    half();
  }
  return sn === 0 && sameBytes(r, root);
}

/** FORMAT 13.2: a tree of `n` records with root `b` begins with that of `m` with root `a`. */
function consistencyHolds(m, n, hashes, a, b) {
  if (m > n) return false;
  if (m === 0) return hashes.length === 0 && sameBytes(a, noble.sha256(new Uint8Array()));
  if (m === n) return hashes.length === 0 && sameBytes(a, b);
  if (hashes.length === 0) return false;
  const proof = Number.isInteger(Math.log2(m)) ? [a, ...hashes] : [...hashes];
  let [fn, sn] = [m - 1, n - 1];
  const half = () => { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); };
  while (fn % 2) half();
  let [fr, sr] = [proof[0], proof[0]];
  for (const c of proof.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (fn % 2 === 0 && fn !== 0) half();
    } else sr = nodeHash(sr, c);
    half();
  }
  return sameBytes(fr, a) && sameBytes(sr, b) && sn === 0;
}

/** `tile/0/x001/234.p/5` → {level, index, width}; undefined for any other path. */
function tileOf(path) {
  const found = /^tile\/(0|[1-9][0-9]*)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (!found) return undefined;
  const groups = found[2].replaceAll("x", "").split("/");
  if (groups.length > 5 || groups.length > 1 && groups[0] === "000") return undefined;
  const width = found[3] === undefined ? 256 : Number(found[3]);
  if (found[3] !== undefined && width > 255) return undefined;
  return { level: Number(found[1]), index: Number(groups.join("")), width };
}

/** Whether a tile's bytes are those hashes of the tree. */
function tileHolds(tree, { level, index, width }, bytes) {
  if (bytes.length !== width * 32) return false;
  for (let i = 0; i < width; i++) {
    const hash = tree.entry(level, index * 256 + i);
    if (!hash || !sameBytes(hash, bytes.subarray(i * 32, i * 32 + 32))) return false;
  }
  return true;
}
