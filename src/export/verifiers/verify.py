#!/usr/bin/env python3
"""Verify a Mingzhang bundle 核对明账审计包. Written from docs/FORMAT.md alone; shares no code with the program.

One file, Python 3.9 or newer, nothing else needed, no network. Where the packages `blake3` and `cryptography` are
installed they are used, for speed; `--pure` does without. "§" means a section of FORMAT.md.

    python3 verify.py BUNDLE [--policy FILE] [--against CHECKPOINT]... [--base BUNDLE]... [--proof FILE]...
    python3 verify.py --proof FILE --policy FILE           a member's proof or receipt by itself (§13.1, `extra`)

Exit: 0 verified, 2 usage (also an auditor's policy that cannot be read), 4 broken, 5 input.

`--json` prints one object; fields are only ever added:

    outcome               "verified and witnessed" | "verified, not independently witnessed" | "broken"     §13.4
    records               number of records (with those of the bundles that this one continues)
    chain_head, root      §5 in hex, §6 in base64
    witnessed_size        0 where there is none                                                             §12
    witnesses             [{"name", "key", "time"}]: who witnessed that size; time in seconds since 1970
    broken_at             first record with a fault, or null
    last_good_checkpoint  size, or null; null too where nothing is broken
    faults, notes         [{"record", "kind", "expected", "found"}]: record is a number or null; kind is of §14
    trial_balance         [{"account", "fund", "debit", "credit", "balance"}]: texts, sorted                §7
    log_keys              [{"key", "since"}]: vkeys, and the size from which each is in force               §17
    officer_keys          [{"officer", "key_id", "since"}]: every key that counts; since is a record        §18
    signed_acts           number of officers' signatures that count                                         §18
    private_fields        [{"subject", "name", "state", "record", "value"}]: state is "shown", "withheld" or
                          "erased"; record is the one that committed, or erased, it; value a text or null   §20
    proofs                [{"file", "index", "record"}]: good proofs; record is what `extra` holds, or null §13.1

Of a proof by itself, `records` is the size of its tree and `chain_head` null. Where the verifier stops (`base_wrong`,
§13.3) `records` is 0 and the lists are empty, but for the faults.
"""
import argparse, base64, binascii, hashlib, json, os, re, stat, sys, time, unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal, getcontext
from itertools import combinations
from pathlib import Path

try:
    import blake3 as fast_blake3
except ImportError:
    fast_blake3 = None
try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ed25519 as fast_ed25519
except ImportError:
    fast_ed25519 = None

CHAIN_CONTEXT = "mingzhang 2026-11-22 v1 record chain"
PRIVATE_CONTEXT = "mingzhang 2026-11-22 v1 private field"
LENGTH_MAX, DEPTH_MAX, COUNT_MAX, FUTURE_MAX_S = 4096, 16, 2**53 - 1, 86_400
WITNESSED = "verified and witnessed"
NOT_WITNESSED = "verified, not independently witnessed"
BROKEN = "broken"
VOUCHER = re.compile("记-([0-9]{4}-[0-9]{2})-([0-9]{4}|[1-9][0-9]{4,8})")
RECEIPT = re.compile("收-([0-9]{4})-([0-9]{4}|[1-9][0-9]{4,8})")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
TILE = re.compile("tile/(0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:[.]p/([1-9][0-9]{0,2}))?")
getcontext().prec = 100  # sums are exact: no book has amounts of a hundred digits


class Wrong(Exception):
    """A fault in a text that is read as a whole: (kind, expected, found)."""


class NotACount:
    """Stands for a JSON number that the format refuses, so that no later check takes it for a value."""


# --- §2: BLAKE3, Ed25519 and JCS, where no package gives them ---------------------------------------

def use_pure():
    """From now on without packages."""
    global fast_blake3, fast_ed25519
    fast_blake3 = fast_ed25519 = None


WORD = 0xFFFFFFFF
BLAKE3_IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
CHUNK_START, CHUNK_END, PARENT, ROOT, KEY_CONTEXT, KEY_MATERIAL = 1, 2, 4, 8, 32, 64


def blake3_rounds():
    """For all seven rounds: which four words are mixed, with which two of the message."""
    columns = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
    diagonals = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
    order, steps = list(range(16)), []
    for _ in range(7):
        steps += [(*mixed, order[2 * at], order[2 * at + 1]) for at, mixed in enumerate(columns + diagonals)]
        order = [order[at] for at in (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)]
    return steps


BLAKE3_STEPS = blake3_rounds()


def blake3_compress(chaining, block, counter, flags):
    m = [int.from_bytes(block[at:at + 4], "little") for at in range(0, 64, 4)]
    m += [0] * (16 - len(m))
    v = [*chaining, *BLAKE3_IV[:4], counter & WORD, counter >> 32, len(block), flags]
    for a, b, c, d, x, y in BLAKE3_STEPS:
        va, vb, vc, vd = v[a], v[b], v[c], v[d]
        va = va + vb + m[x] & WORD
        vd ^= va
        vd = (vd >> 16 | vd << 16) & WORD
        vc = vc + vd & WORD
        vb ^= vc
        vb = (vb >> 12 | vb << 20) & WORD
        va = va + vb + m[y] & WORD
        vd ^= va
        vd = (vd >> 8 | vd << 24) & WORD
        vc = vc + vd & WORD
        vb ^= vc
        v[a], v[b], v[c], v[d] = va, (vb >> 7 | vb << 25) & WORD, vc, vd
    return [v[at] ^ v[at + 8] for at in range(8)]


def blake3_pure(data, key=BLAKE3_IV, mode=0):
    """The first 32 bytes of output, as eight words."""
    def chunk(number, last):
        start, chaining = 1024 * number, key
        part = data[start:start + 1024]
        blocks = [part[at:at + 64] for at in range(0, len(part), 64)] or [b""]
        for at, block in enumerate(blocks):
            flags = mode | (CHUNK_START if at == 0 else 0) | (CHUNK_END | last if at == len(blocks) - 1 else 0)
            chaining = blake3_compress(chaining, block, number, flags)
        return chaining

    def subtree(first, count, last):
        if count == 1:
            return chunk(first, last)
        left = 1 << (count - 1).bit_length() - 1
        both = subtree(first, left, 0) + subtree(first + left, count - left, 0)
        return blake3_compress(key, b"".join(word.to_bytes(4, "little") for word in both), 0, mode | PARENT | last)
    return subtree(0, max(1, -(-len(data) // 1024)), ROOT)


CONTEXT_KEYS = {}


def blake3_derive(context: str, data: bytes) -> str:
    if fast_blake3:
        return fast_blake3.blake3(data, derive_key_context=context).hexdigest()
    if context not in CONTEXT_KEYS:
        CONTEXT_KEYS[context] = blake3_pure(context.encode(), mode=KEY_CONTEXT)
    return b"".join(word.to_bytes(4, "little") for word in blake3_pure(data, CONTEXT_KEYS[context], KEY_MATERIAL)).hex()


P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)
# y of the eight points of small order: 1, -1, 0 and the two of order eight
Y_OF_ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
SMALL_ORDER = {0, 1, P - 1, Y_OF_ORDER_8, P - Y_OF_ORDER_8}


def point_of(raw: bytes):
    """The point (x, y, 1, xy) of a canonical encoding that is not of small order; None for any other bytes."""
    y, sign = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    if y >= P or y in SMALL_ORDER:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * SQRT_MINUS_1 % P
    if v * x * x % P != u:
        return None
    return (P - x if x & 1 != sign else x, y, 1, (P - x if x & 1 != sign else x) * y % P)


def point_add(one, other):
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_double(one):
    """As point_add(one, one), with fewer multiplications."""
    a, b, c = one[0] * one[0] % P, one[1] * one[1] % P, 2 * one[2] * one[2]
    h, g = a + b, a - b
    e, f = h - (one[0] + one[1]) ** 2, c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def ed25519_pure(public: bytes, signature: bytes, message: bytes) -> bool:
    """R = [s]B - [k]A, both products in one pass."""
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    base, key = point_of(BASE), point_of(public)
    minus = (P - key[0], key[1], 1, P - key[3])
    sums, total = {1: base, 2: minus, 3: point_add(base, minus)}, (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        total, which = point_double(total), (s >> bit & 1) | (k >> bit & 1) << 1
        total = point_add(total, sums[which]) if which else total
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


BASE = (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")


def ed25519_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """§9: strict; `public` has passed `point_of` already."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= ORDER or not point_of(signature[:32]):
        return False
    if not fast_ed25519:
        return ed25519_pure(public, signature, message)
    try:
        fast_ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def in_utf16_order(value):
    """JCS sorts keys by UTF-16 code units; Python sorts by code points. They differ above U+FFFF alone."""
    if isinstance(value, list):
        return [in_utf16_order(item) for item in value]
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: in_utf16_order(value[key]) for key in keys}
    return value


def jcs(value) -> bytes:
    """Of objects, arrays, strings, booleans, null and whole numbers. Raises ValueError for a lone surrogate."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if max(text) > "\uffff":
        text = json.dumps(in_utf16_order(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


# --- §5, §6, §13.1, §13.2: hashes, tree, proofs ----------------------------------------------------

def chain_hash(record: bytes) -> str:
    return blake3_derive(CHAIN_CONTEXT, record)


def leaf(record: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + record).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows leaf by leaf; keeps only the roots of its complete subtrees, greatest first."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, leaf_hash: bytes):
        top, full = leaf_hash, self.size
        while full & 1:
            top, full = node(self.peaks.pop(), top), full >> 1
        self.peaks.append(top)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node(peak, root)
        return root


def root_of(leaves) -> bytes:
    tree = Tree()
    for leaf_hash in leaves:
        tree.append(leaf_hash)
    return tree.root()


def halve_while_even(fn, sn):
    while fn and not fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def inclusion_holds(leaf_hash, index, size, proof, root) -> bool:
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf_hash
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            fn, sn = halve_while_even(fn, sn)
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistency_holds(old_size, new_size, proof, old_root, new_root) -> bool:
    if old_size > new_size:
        return False
    if old_size in (0, new_size):
        return not proof and (old_root == new_root if old_size == new_size else old_root == root_of([]))
    if not proof:
        return False
    if old_size & (old_size - 1) == 0:
        proof = [old_root, *proof]
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            fn, sn = halve_while_even(fn, sn)
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


# --- §9, §12: keys, notes, policy ------------------------------------------------------------------

def unbase64(text: str, length=None) -> bytes:
    """Strict: one spelling for the same bytes."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("base64", "base64", text) from None
    if base64.b64encode(raw).decode() != text or length not in (None, len(raw)):
        raise Wrong("base64", f"canonical base64 of {length or 'some'} bytes", text)
    return raw


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class Key:
    def __init__(self, vkey: str, key_type: int):
        parts = vkey.split("+", 2)
        if len(parts) != 3 or not parts[0] or re.search(r"\s", parts[0]):
            raise Wrong("vkey_invalid", "name+id+key", vkey)
        try:
            raw = unbase64(parts[2])
        except Wrong:
            raise Wrong("vkey_invalid", "key in base64", vkey) from None
        if len(raw) != 33 or raw[0] != key_type:
            raise Wrong("vkey_invalid", f"33 bytes of type {key_type:#04x}", vkey)
        self.vkey, self.name, self.public = vkey, parts[0], raw[1:]
        self.id = hashlib.sha256(self.name.encode("utf-8", "surrogateescape") + b"\n" + raw).digest()[:4]
        if parts[1] != self.id.hex():
            raise Wrong("vkey_invalid", self.id.hex(), parts[1])
        if not point_of(self.public):
            raise Wrong("vkey_invalid", "a public key in canonical form, not of small order", vkey)

    def signed(self, signature: bytes, message: bytes) -> bool:
        return ed25519_verifies(self.public, signature, message)

    def proves(self, proof: bytes, message: bytes) -> bool:
        """4 bytes of key id and 64 of signature, as in §17 and §18."""
        return proof[:4] == self.id and self.signed(proof[4:], message)


class Policy:
    """The trust file. Raises Wrong("policy_invalid", line, why)."""

    def __init__(self, text: bytes):
        self.text, self.logs, self.witnesses, self.groups, self.quorum = text, {}, {}, {}, None
        self.members_used, self.publics = set(), {"log": set(), "witness": set()}
        self.number, self.line = 0, ""
        for self.number, raw in enumerate(text.split(b"\n"), 1):
            self.line = raw.decode("utf-8", "surrogateescape")
            self.need(not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", raw), "no control characters")
            words = [word for word in re.split("[ \t]+", self.line) if word]
            if words and not words[0].startswith("#"):
                self.read_line(words)
        self.need(self.quorum is not None, "a quorum line")
        self.need(self.logs, "a log line")
        self.need(not self.publics["log"] & self.publics["witness"], "a witness that is not the log")

    def need(self, good, why):
        if not good:
            raise Wrong("policy_invalid", f"line {self.number}: {why}", self.line)

    def read_line(self, words):
        known = self.witnesses.keys() | self.groups.keys()
        if words[0] == "log" and len(words) in (2, 3):
            key = self.read_key("log", words[1], 1)
            self.logs.setdefault(key.name, []).append(key)
        elif words[0] == "witness" and len(words) in (3, 4):
            self.need(words[1] != "none" and words[1] not in known, "a new name")
            self.witnesses[words[1]] = self.read_key("witness", words[2], 4)
        elif words[0] == "group" and len(words) >= 4:
            self.read_group(words[1], words[2], words[3:], known)
        elif words[0] == "quorum" and len(words) == 2:
            self.need(self.quorum is None, "one quorum")
            self.need(words[1] == "none" or words[1] in known, "a known name")
            self.quorum = words[1]
        else:
            self.need(False, "log, witness, group or quorum")

    def read_key(self, word, vkey, key_type):
        try:
            key = Key(vkey, key_type)
        except Wrong as wrong:
            self.need(False, f"vkey: {wrong.args[1]}")
        self.need(key.public not in self.publics[word], "a public key once")
        self.publics[word].add(key.public)
        return key

    def read_group(self, name, count, members, known):
        self.need(name != "none" and name not in known, "a new name")
        for member in members:
            self.need(member in known and member not in self.members_used, f"member {member}: known, once")
            self.members_used.add(member)
        least = {"any": 1, "all": len(members)}.get(count)
        if least is None:
            self.need(re.fullmatch("[1-9][0-9]{0,5}", count), "a number, any or all")
            least = int(count)
        self.need(least <= len(members), "not more than its members")
        self.groups[name] = (least, members)

    def met(self, cosigners, name=None) -> bool:
        name = name or self.quorum
        if name in self.groups:
            least, members = self.groups[name]
            return sum(self.met(cosigners, member) for member in members) >= least
        return name in cosigners

    def reachable(self, name=None) -> set:
        name = name or self.quorum
        if name in self.groups:
            return set().union(*(self.reachable(member) for member in self.groups[name][1]))
        return {name} & self.witnesses.keys()


class Checkpoint:
    """The form of a checkpoint; signatures are checked in Verifier.check_checkpoint."""

    def __init__(self, note: bytes):
        def need(good, expected, found):
            if not good:
                raise Wrong("checkpoint_form", expected, found)
        try:
            text = note.decode()
        except UnicodeDecodeError:
            raise Wrong("checkpoint_form", "UTF-8", note.hex()) from None
        need(not CONTROL.search(text.replace("\n", "")), "no control character but LF", text)
        head, parted, tail = text.rpartition("\n\n")
        need(parted and tail.endswith("\n"), "text, empty line, signature lines", text)
        self.text = (head + "\n").encode()
        lines = head.split("\n")
        need(len(lines) == 3 and is_origin(lines[0]), "origin, size, root", head)
        self.origin = lines[0]
        need(re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]), "a decimal size", lines[1])
        self.size, self.signatures = int(lines[1]), []
        try:
            self.root = unbase64(lines[2], 32)
            for line in tail[:-1].split("\n"):
                parts = line.split(" ")
                need(len(parts) == 3 and parts[0] == "—" and parts[1], "a signature line", line)
                raw = unbase64(parts[2])
                need(len(raw) > 4, "an id and a signature", line)
                self.signatures.append((parts[1], raw[:4], raw[4:]))
        except Wrong as wrong:
            raise Wrong("checkpoint_form", *wrong.args[1:]) from None

    def by(self, key: Key):
        return [signature for name, key_id, signature in self.signatures if (name, key_id) == (key.name, key.id)]


# --- §3, §4: small forms ---------------------------------------------------------------------------

def matching(pattern):
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


is_text, is_origin, is_hex64 = matching("(?s).+"), matching(r"[^\s+]+"), matching("[0-9a-f]{64}")
is_money = matching(r"(?!-0\.00)-?(0|[1-9][0-9]{0,14})\.[0-9]{2}")
is_sum = matching(r"(?!-0\.00)-?(0|[1-9][0-9]*)\.[0-9]{2}")
is_id = matching("[a-z0-9][a-z0-9-]{0,39}")
looks_like_a_day = matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")
looks_like_an_instant = matching("[0-9]{4}(-[0-9]{2}){2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}Z")


class Repeated(dict):
    """An object in which some key stands twice: the last one counts, and it has no fields "exactly" (§4)."""


def is_string(value) -> bool:
    return isinstance(value, str)


def is_anything(_) -> bool:
    return True


def is_count(value) -> bool:
    return type(value) is int  # a bool is no number


def as_day(value):
    try:
        return date.fromisoformat(value) if looks_like_a_day(value) else None
    except ValueError:
        return None


def as_month(value):
    return value if isinstance(value, str) and as_day(value + "-01") else None


def month_after(month):
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]), 12)
    return f"{year:04}-{number + 1:02}"


def month_before(month):
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 2, 12)
    return f"{year:04}-{number + 1:02}"


def as_instant(value):
    try:
        return datetime.fromisoformat(value[:-1]) if looks_like_an_instant(value) else None
    except ValueError:
        return None


def as_offset(value):
    if not matching("[+-]([0-9]{2}):([0-5][0-9])")(value) or value[1:] > "14:00":
        return None
    offset = timedelta(hours=int(value[1:3]), minutes=int(value[4:]))
    return -offset if value[0] == "-" else offset


def is_array(of, least=1, most=None, once=False):
    def fits(value):
        return (isinstance(value, list) and len(value) >= least and (most is None or len(value) <= most)
                and all(map(of, value)) and not (once and len(set(value)) != len(value)))
    return fits


def is_base64_of(length):
    def fits(value):
        try:
            return isinstance(value, str) and unbase64(value, length) is not None
        except Wrong:
            return False
    return fits


def misfits(fields, value):
    """What keeps an object from these fields: "name?" may be missing, "..." allows others."""
    known = {name.rstrip("?"): check for name, check in fields.items() if name != "..."}
    if isinstance(value, Repeated) and "..." not in fields and fields is not ENVELOPE:
        yield "each field once", ascii(list(value))[:200]
    for name in sorted(known.keys() | value.keys()):
        if name not in value:
            if name in fields:
                yield name, "missing"
        elif name not in known:
            if "..." not in fields:
                yield "no other field", name
        elif not known[name](value[name]):
            yield f"{name} of its form", ascii(value[name])[:200]


def is_object(fields):
    return lambda value: isinstance(value, dict) and not any(misfits(fields, value))


def one_of(**fields):
    """An object of one of these fields."""
    return lambda value: (isinstance(value, dict) and len(value) == 1 and not isinstance(value, Repeated)
                          and all(name in fields and fields[name](item) for name, item in value.items()))


def strings_of(value, path=()):
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from strings_of(item, path + ("[]",))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path + (key,), key
            yield from strings_of(item, path + (key,))


def depth_of(value) -> int:
    if isinstance(value, (list, dict)):
        return 1 + max(map(depth_of, value.values() if isinstance(value, dict) else value), default=0)
    return 0


def negated(amount: str) -> str:
    return amount if amount == "0.00" else amount[1:] if amount.startswith("-") else "-" + amount


# --- the described bodies: §8, §10, §11, §17 to §21 ------------------------------------------------

ENVELOPE = {
    "v": is_count, "ledger": is_origin, "seq": is_count, "prev": is_hex64, "at": as_instant, "actor": is_text,
    "idem": is_text, "more": lambda value: isinstance(value, bool),
    "type": matching(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"),
    "tv": lambda value: is_count(value) and value >= 1, "body": lambda value: isinstance(value, dict),
}
ROLES = ("chair", "vice_chair", "committee", "finance_head", "accountant", "cashier", "clerk", "audit_chair", "audit_member")
AUDIT = {"audit_chair", "audit_member"}
ASKING = {"chair", "vice_chair", "committee", "finance_head", "accountant", "clerk"}
# §18.1: who may; the band of §19 names who approves
OFFICES = {
    "officer.appointed": {"chair"}, "officer.removed": {"chair"}, "rule.set": {"chair", "finance_head"},
    "officer_key.registered": set(ROLES), "witness.changed": {"chair"}, "substitute.named": {"chair"},
    "key.rotated": {"chair", "accountant"},
    "disbursement.requested": ASKING, "disbursement.cancelled": ASKING, "approval.given": None, "approval.refused": None,
    "disbursement.paid": {"cashier"}, "period.reopened": {"chair"} | AUDIT,
    "adjustment.recorded": AUDIT, "finding.raised": AUDIT, "finding.cleared": AUDIT, "audit.concluded": {"audit_chair"},
}


def who_may(kind, body):
    """The roles for a record of this type, or None where no role is asked for here."""
    if is_of_the_rules(kind, body):
        return {"chair"}
    return OFFICES[kind] | AUDIT if kind == "key.rotated" and "proof_old" not in body else OFFICES.get(kind)


def is_of_the_rules(kind, body):
    """Does it say who may, who approves or who signs?"""
    of_that_name = kind == "rule.set" and body["rule"]["name"] in ("approval_bands", "acts_signed")
    return of_that_name or kind in ("officer.appointed", "officer.removed", "substitute.named")


is_role = matching("|".join(ROLES))
is_roles = is_array(is_role, 0, len(ROLES), once=True)
is_proof = is_base64_of(68)


def is_list(value) -> bool:
    return isinstance(value, list)


def is_bands(bands):
    """By rising amount, the last without `up_to`."""
    if not is_array(is_object({"up_to?": is_money, "roles": is_array(is_role, 1, len(ROLES), once=True)}))(bands):
        return False
    limits = [Decimal(band["up_to"]) for band in bands[:-1] if "up_to" in band]
    return len(limits) == len(bands) - 1 and "up_to" not in bands[-1] and limits == sorted(set(limits))


RULES = {
    "approval_bands": is_object({"name": is_text, "bands": is_bands}),
    "acts_signed": is_object({"name": is_text, "types": is_array(matching("|".join(map(re.escape, OFFICES))), 0, once=True)}),
    "attachments": is_object({"name": is_text, "required_above": is_money, "bytes_max": is_count}),
}


def is_rule(rule):
    return isinstance(rule, dict) and is_text(rule.get("name")) and RULES.get(rule["name"], lambda _: True)(rule)


BODIES = {
    "ledger.created": {
        "random": is_hex64, "organisation": is_text, "level": matching("grassroots|county"),
        "currency": matching("[A-Z]{3}"), "starts": as_day,
        "utc_offset": lambda value: as_offset(value) is not None, "log": is_string,
        "chart": is_object({"id": is_text, "sha256": is_hex64}),
        "policy": is_string, "policy_sha256": is_hex64, "format_sha256": is_hex64,
    },
    "period.closed": {"month": as_month, "vouchers": is_count, "debit": is_sum, "credit": is_sum},
    "period.reopened": {"month": as_month, "date": is_anything, "reason": is_text},
    "year.closed": {"year": is_count, "...": None},
    "entry.reversed": {
        "date": is_anything, "reason": is_text, "reverses": is_count, "reverses_voucher": is_string,
        "voucher": is_anything, "entries": is_anything,
    },
    "key.rotated": {"old": is_string, "new": is_string, "reason": is_text, "proof_new": is_proof, "proof_old?": is_proof},
    "witness.changed": {"policy": is_string, "policy_sha256": is_hex64, "reason": is_text},
    "officer.appointed": {
        "officer": is_id, "roles": is_roles, "from": as_day, "member?": is_text},
    "officer.removed": {"officer": is_id, "on": as_day},
    "substitute.named": {
        "officer": is_id, "by": is_id, "roles": is_roles, "first": as_day, "last": as_day, "resolution": is_text},
    "officer_key.registered": {"officer": is_id, "key": is_string},
    "act.signed": {"of": is_count, "officer": is_id, "on": is_count, "leaf": is_base64_of(32), "signature": is_proof},
    "adjustment.recorded": {"...": None},
    "rule.set": {"rule": is_rule, "from": as_day, "source": is_text},
    "finding.raised": {
        "finding": is_id, "date": is_anything, "records": is_array(is_count, 1, 20), "says": is_text, "asks": is_text,
        "owner?": is_id, "due?": as_day},
    "finding.cleared": {"finding": is_id, "date": is_anything, "reason": is_text},
    "audit.concluded": {
        "date": is_anything, "first": as_month, "last": as_month, "says": is_text,
        "opinion": matching("unqualified|qualified|adverse|disclaimed")},
    "disbursement.requested": {
        "disbursement": is_id, "date": is_anything, "fund": is_text, "account": is_text, "amount": is_money,
        "payee": one_of(member=is_text, officer=is_text, organisation=is_text, roster=is_text), "...": None},
    "approval.given": {"disbursement": is_id, "date": is_anything, "amount": is_money, "...": None},
    "approval.refused": {"disbursement": is_id, "date": is_anything, "...": None},
    "disbursement.cancelled": {"disbursement": is_id, "date": is_anything, "...": None},
    "disbursement.paid": {
        "disbursement": is_id, "date": is_anything, "fund": is_text, "account": is_text, "amount": is_money, "...": None},
    "privacy.committed": {
        "subject": is_id, "of?": one_of(member=is_text, officer=is_text, disbursement=is_text),
        "fields": lambda value: is_array(is_object({"name": is_text, "commitment": is_hex64}))(value)
        and len({field["name"] for field in value}) == len(value)},
    "privacy.opened": {"subjects": is_array(is_id, 0), "fields": is_array(is_text, 0), "purpose": is_text},
    "privacy.erased": {"subject": is_id, "fields": is_array(is_text, 0), "basis": is_text, "approver": is_id},
    "attachment.added": {"to": is_count, "sha256": is_hex64, "bytes": is_count, "title?": is_text},
    "receipt.issued": {
        "number": lambda value: isinstance(value, str) and RECEIPT.fullmatch(value), "date": is_anything, "member": is_text,
        "payment": is_count, "amount": is_money},
}


WITH_DATE = ("period.reopened", *(kind for kind in list(BODIES)[list(BODIES).index("key.rotated"):] if "date" in BODIES[kind]))


def misfits_of_body(kind, body):
    yield from misfits(BODIES[kind], body)
    if kind == "disbursement.paid" and "voucher" not in body and "entries" not in body:
        yield "voucher or entries", "neither"
    number = RECEIPT.fullmatch(body["number"]) if kind == "receipt.issued" and is_text(body.get("number")) else None
    if number and as_day(body.get("date")) and number[1] != body["date"][:4]:
        yield "a number of the year of its date", body["number"]


# --- what all sections share: the faults, and the book as it was read ------------------------------

class Report:
    def __init__(self):
        self.faults, self.notes = [], []

    def fault(self, record, kind, expected, found):
        self.faults.append({"record": record, "kind": kind, "expected": str(expected), "found": str(found)})

    def note(self, kind, expected, found, record=None):
        self.notes.append({"record": record, "kind": kind, "expected": str(expected), "found": str(found)})


class Book:
    """Lines as they stand, and as JSON; places of `seq` (§5)."""

    def __init__(self, lines, records):
        self.lines, self.records, self.offset = lines, records, timedelta(hours=8)
        self.leaves = [leaf(line) for line in lines]
        self.seqs, self.first, expected, self.unclear = [], {}, 0, set()
        for place, record in enumerate(records):
            seq = record["seq"] if record and is_count(record.get("seq")) else expected
            self.seqs.append(seq)
            self.first.setdefault(seq, place)
            expected = seq + 1

    def earlier(self, place, seq):
        """The place of the first record with this `seq`, where it is before `place`."""
        found = self.first.get(seq)
        return found if found is not None and found < place else None

    def today(self, place):
        """The local day of a record's `at`, or None (§7)."""
        at = as_instant(self.records[place].get("at"))
        try:
            return (at + self.offset).date().isoformat() if at else None
        except OverflowError:  # before the first or after the last day of the calendar, as texts compare
            return "0000-12-31" if self.offset < timedelta(0) else "9999-12-32"

    def field(self, place, name):
        record = self.records[place]
        return record.get(name) if record else None

    def actor(self, place):
        actor = self.field(place, "actor")
        return actor if is_text(actor) else None


# --- §3, §4: one line ------------------------------------------------------------------------------

def parse(report, place, line):
    """The record, or None where no field of it can be read."""
    if len(line) > LENGTH_MAX:
        report.fault(place, "record_too_long", LENGTH_MAX, len(line))
    wrong = []

    def pairs(items):
        found = dict(items)
        if len(found) != len(items):
            keys, found = [key for key, _ in items], Repeated(found)
            wrong.append(("duplicate_key", "each key once", ascii([key for key in keys if keys.count(key) > 1][0])))
        return found

    def number(text):
        if re.fullmatch("0|[1-9][0-9]{0,15}", text) and int(text) <= COUNT_MAX:
            return int(text)
        wrong.append(("number_form", f"an integer from 0 to {COUNT_MAX}", text[:40]))
        return NotACount()

    def no_json(text):
        raise ValueError(f"{text} is not JSON")

    try:
        text = line.decode()
        record = json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=no_json)
        depth = depth_of(record) if text.count("{") + text.count("[") > DEPTH_MAX else 0
    except UnicodeDecodeError as error:
        return report.fault(place, "not_utf8", "UTF-8", error)
    except RecursionError:
        return report.fault(place, "too_deep", DEPTH_MAX, "more than can be read")
    except ValueError as error:
        return report.fault(place, "not_json", "one JSON object", error)
    if not isinstance(record, dict):
        return report.fault(place, "not_json", "one JSON object", line[:40])
    if depth > DEPTH_MAX:
        return report.fault(place, "too_deep", DEPTH_MAX, depth)
    if not wrong:
        try:
            canonical = jcs(record)
        except ValueError as error:  # a lone surrogate
            canonical = str(error).encode("utf-8", "backslashreplace")
        if canonical != line:
            wrong.append(("not_canonical", canonical[:LENGTH_MAX], line[:LENGTH_MAX]))
    # a part of a text in NFC is in NFC, so most lines need no look at each string
    if "\\" in text or CONTROL.search(text) or not unicodedata.is_normalized("NFC", text):
        wrong += list(wrong_strings(record))
    wrong += [("envelope_form", *misfit) for misfit in misfits(ENVELOPE, record)]
    if is_count(record.get("v")) and record["v"] != 1:
        wrong.append(("version_unknown", 1, record["v"]))
    for fault in wrong:
        report.fault(place, *fault)
    return record


WITH_POLICY = ("ledger.created", "witness.changed")


def wrong_strings(record):
    for path, text in strings_of(record):
        if not unicodedata.is_normalized("NFC", text):
            yield "not_nfc", ascii(unicodedata.normalize("NFC", text)), ascii(text)
        policy = path == ("body", "policy") and text != "policy" and record.get("type") in WITH_POLICY
        if CONTROL.search(text.replace("\n", "") if policy else text):
            yield "control_character", "no control character", ascii(text)


# --- §12, §17: the log key, and the keys after it --------------------------------------------------

class LogKeys:
    """`history`: [size from which it is in force, key, whether the key before it signed], of the book's own keys."""

    def __init__(self, report, book, policy, pinned, log_vkey):
        self.report, self.book = report, book
        first = book.records[0] if book.records else None
        ledger = first.get("ledger") if first else None
        self.ledger = ledger if is_string(ledger) else None
        self.bundled = self.read(None, log_vkey)
        named = self.read(0, pinned["log"] + "\n" if pinned else None)
        self.trusted = policy.logs.get(self.ledger, []) if policy else []
        if policy and not self.trusted:
            report.fault(0 if first is not None else None, "log_not_in_policy", ", ".join(policy.logs), self.ledger)
        given = self.trusted[0] if self.trusted else self.bundled or named
        self.origin = given.name if given else self.ledger
        self.history, self.stranger, self.own, self.trusted_below = [(0, named, True)] if named else [], None, None, float("inf")

    def read(self, place, text):
        if text is None:
            return None
        text = text if isinstance(text, str) else text.decode("utf-8", "replace")
        try:
            if not text.endswith("\n"):
                raise Wrong("vkey_invalid", "a vkey and LF", text)
            return Key(text[:-1], 1)
        except Wrong as wrong:
            self.report.fault(place, *wrong.args)

    def rotate(self, place, body):
        """§17: `key.rotated`. Gives what is to be done with the two officers' word, where it needs that."""
        def fault(expected, found):
            self.report.fault(place, "key_rotation_wrong", expected, found)
        try:
            old, new = Key(body["old"], 1), Key(body["new"], 1)
        except Wrong as wrong:
            return fault(wrong.args[1], wrong.args[2])
        origin = self.book.field(place, "ledger")
        in_force = self.history[-1][1] if self.history else old
        if {old.name, new.name} != {origin} or old.vkey != in_force.vkey or new.vkey == old.vkey:
            return fault(f"{in_force.vkey}, then another", f"{old.vkey}, {new.vkey}")
        text = "\n".join(("mingzhang-key-rotation@v1", origin, str(self.book.seqs[place]), old.vkey, new.vkey, ""))
        for name, key in (("proof_new", new), ("proof_old", old)):
            if name in body and not key.proves(unbase64(body[name]), text.encode("utf-8", "surrogatepass")):
                return fault(f"{name} that verifies", body[name])

        def accept(by_two_officers=True):
            if not by_two_officers:
                return fault("proof_old, or two officers who signed", "neither")
            self.history = self.history or [(0, old, True)]
            self.history.append((place + 1, new, "proof_old" in body))
        return accept() if "proof_old" in body else accept

    def settle(self):
        """After the last record: do the bundle, record 0 and the policy name the same keys?"""
        of_book = [key.vkey for _, key, _ in self.history]
        newest_first = (key for vkey in reversed(of_book) for key in self.trusted if key.vkey == vkey)
        self.own = next(newest_first, self.trusted[0] if self.trusted else None)
        given = self.own or self.bundled
        if given and given.vkey not in of_book:
            self.stranger = given
            if of_book:
                self.report.fault(0, "log_key_differs", given.vkey, of_book[-1])
        newest = self.at(float("inf"))
        if not newest:
            return self.report.note("log_key_missing", "log.vkey, record 0 or a policy", "none")
        if self.bundled and self.bundled.vkey != newest.vkey:
            self.report.fault(None, "log_key_differs", newest.vkey, self.bundled.vkey)
        if self.own and not self.stranger:
            known = max(at for at, vkey in enumerate(of_book) if vkey == self.own.vkey)
            unproved = [(size, key) for size, key, proved in self.history[known + 1:] if not proved]
            for size, key in unproved[:1]:
                self.trusted_below = size
                self.report.note("log_key_unproved", "proof_old, or a policy that names the new key", key.vkey, size - 1)

    def at(self, size):
        return self.stranger or next((key for since, key, _ in reversed(self.history) if since <= size), None)

    def all(self):
        return [(0, self.stranger)] if self.stranger else [(since, key) for since, key, _ in self.history]


# --- §18: officers, rules, signatures --------------------------------------------------------------

class Officers:
    def __init__(self, report, book):
        self.report, self.book = report, book
        self.all, self.rules, self.keys, self.registered = {}, defaultdict(list), {}, []
        self.chair_appointed, self.findings, self.cleared, self.substitutes = False, {}, set(), {}

    def person(self, officer):
        member = self.all.get(officer, {}).get("member")
        return ("member", member) if member else ("officer", officer)

    def roles(self, officer, day):
        return set(self.all[officer]["roles"]) if self.in_office(officer, day) else set()

    def in_office(self, officer, day):
        known = self.all.get(officer)
        return known and day is not None and known["from"] <= day and not ("removed" in known and known["removed"] <= day)

    def as_substitute(self, officer, day):
        """What an officer may approve for others on a day."""
        held = set()
        for (absent, by), named in self.substitutes.items():
            if by == officer and self.in_office(by, day) and named["first"] <= day <= named["last"]:
                held |= set(named["roles"]) & self.roles(absent, day)
        return held

    def rule(self, name, day):
        """The body of the rule in force on a day, or None."""
        good = [(start, count, body) for count, (start, body) in enumerate(self.rules[name]) if day and start <= day]
        return max(good, key=lambda item: item[:2])[2] if good else None

    # §18.1: who may, and who is what
    def check_office(self, place, kind, body):
        founder = kind in ("officer.appointed", "officer.removed", "rule.set") and not self.chair_appointed
        if not (founder and self.book.actor(place) == self.book.actor(0)):
            self.expect(place, who_may(kind, body))

    def expect(self, place, roles, approving=False):
        """The actor holds one of these roles today, where both are known."""
        actor, today = self.book.actor(place), self.book.today(place)
        if roles is None or actor is None or today is None:
            return
        if not set(roles) & (self.roles(actor, today) | (self.as_substitute(actor, today) if approving else set())):
            self.report.fault(place, "office_wrong", " or ".join(sorted(roles)), actor)

    def appoint(self, body):
        self.all[body["officer"]] = {name: body.get(name) for name in ("roles", "from", "member")}
        self.chair_appointed = self.chair_appointed or "chair" in body["roles"]

    def remove(self, body):
        if body["officer"] in self.all:
            self.all[body["officer"]]["removed"] = body["on"]

    def register_key(self, place, body):
        """Gives what is to be done with the signatures."""
        try:
            key = Key(body["key"], 1)
        except Wrong as wrong:
            return self.report.fault(place, *wrong.args)
        officer, old, today = body["officer"], self.keys.get(body["officer"]), self.book.today(place)
        if any(held.public == key.public for other, held in self.keys.items() if other != officer):
            return self.report.fault(place, "act_repeated", f"a key of {officer} alone", key.vkey)

        def is_other_chair(signer):
            return "chair" in self.roles(signer, today) and self.person(signer) != self.person(officer)

        def settle(signatures):
            def second(signer, is_held):
                return (signer == officer and is_held) or is_other_chair(signer)
            twice = old or any(map(is_other_chair, self.keys))
            new = [at for at, (signer, is_new, _) in enumerate(signatures) if signer == officer and is_new]
            seconds = [at for at, (signer, _, is_held) in enumerate(signatures) if second(signer, is_held)]
            if not new or (twice and not any(one != other for one in new for other in seconds)):
                wanted = f"{officer} with the new key" + (", and " + "with the old one or " * bool(old) + "a chair") * bool(twice)
                return self.report.fault(place, "act_unsigned", wanted, [signer for signer, *_ in signatures])
            self.keys[officer] = key
            self.registered.append({"officer": officer, "key_id": key.id.hex(), "since": place})
        return settle

    # §18.2: which records have to be signed
    def signed_by_two(self, place, signatures):
        today = self.book.today(place)
        roles = [(self.person(signer), self.roles(signer, today)) for signer, *_ in signatures]
        return today is None or any("chair" in one and AUDIT & other and a != b for a, one in roles for b, other in roles)

    def needs(self, place, kind, body):
        """What is to be done with the signatures; a rule that is set by now is not yet in force for this record."""
        today, actor = self.book.today(place), self.book.actor(place)
        rule = self.rule("acts_signed", today)
        has_started = any(today and start <= today and other["types"] for start, other in self.rules["acts_signed"])
        by_its_actor = (rule and kind in rule["types"]) or (has_started and is_of_the_rules(kind, body))

        def settle(signatures):
            signers = [signer for signer, *_ in signatures]
            if kind == "period.reopened" and not self.signed_by_two(place, signatures):
                self.report.fault(place, "act_unsigned", "chair, and audit_chair or audit_member", signers)
            if by_its_actor and actor is not None and actor not in signers:
                self.report.fault(place, "act_unsigned", f"a signature of {actor}", signers)
        return settle

    # §18.4
    def raise_finding(self, place, body):
        if body["finding"] in self.findings:
            self.report.fault(place, "finding_wrong", "a finding not raised before", body["finding"])
        for seq in body["records"]:
            if self.book.earlier(place, seq) is None:
                self.report.fault(place, "finding_wrong", "an earlier record", f"seq {seq}")
        self.findings.setdefault(body["finding"], place)

    def clear_finding(self, place, body):
        if body["finding"] not in self.findings or body["finding"] in self.cleared:
            self.report.fault(place, "finding_wrong", "a finding raised and not cleared", body["finding"])
        elif body["finding"] in self.findings:
            self.cleared.add(body["finding"])


class Acts:
    """§18.2: the signatures after a record."""

    def __init__(self, report, book, officers, described):
        self.report, self.book, self.officers, self.described = report, book, officers, described
        self.lines, self.count, self.acted_on = {}, 0, None

    def after(self, target, acted_on=None):
        """[(officer, with the key that is registered?, with one in force?)]: the signatures that count of the record
        at this place (-1: of none), which acted on the one at that place (None: on any)."""
        self.acted_on = acted_on
        at, together, good, persons = target + 1, True, [], set()
        while at < len(self.book.records) and self.book.field(at, "type") == "act.signed":
            before = self.book.records[at - 1] if at else None
            together = bool(together and before and before.get("more") is True
                            and is_text(before.get("idem")) and before["idem"] == self.book.field(at, "idem"))
            body = self.described(at)
            if body:
                good += self.check(at, body, target, together, persons)
            at += 1
        self.count += len(good)
        return good

    def check(self, at, body, target, together, persons):
        fault, book, signer = self.report.fault, self.book, body["officer"]
        lines = self.five_lines(body, target) if target >= 0 else None
        if not together or lines is None or body["of"] != book.seqs[target]:
            expected = book.seqs[target] if target >= 0 else None
            fault(at, "act_target_wrong", f"seq {expected}, in its command", f"seq {body['of']}")
            return []
        kind, signed = book.field(target, "type"), book.field(target, "body")
        if at == target + 1 and book.actor(target) not in (None, signer):
            fault(at, "office_wrong", f"first signed by {book.actor(target)}", signer)
        before = len(self.report.faults)
        acted_on = b64(book.leaves[body["on"]]) if body["on"] < min(body["of"], at) else None
        if acted_on != body["leaf"]:
            fault(at, "act_leaf_wrong", acted_on, f"{body['on']} {body['leaf']}")
        elif self.acted_on not in (None, body["on"]):
            fault(at, "act_leaf_wrong", f"on {self.acted_on}", f"on {body['on']}")
        registers, new = kind == "officer_key.registered" and book.field(target, "tv") == 1, None
        if registers and not any(misfits(BODIES[kind], signed)) and signed["officer"] == signer:
            try:
                new = Key(signed["key"], 1)
            except Wrong:
                pass  # a fault of that record
        proof, held = unbase64(body["signature"]), self.officers.keys.get(signer)
        is_new, is_held = (bool(key) and key.proves(proof, lines) for key in (new, held))
        if not new and not held:
            fault(at, "act_key_missing", f"a key of {signer}", "none")
        elif not is_new and not is_held:
            fault(at, "act_signature_wrong", "a signature that verifies", f"{signer} {proof[:4].hex()}")
        if len(self.report.faults) > before:
            return []
        person = self.officers.person(signer)
        if person in persons and not registers:
            fault(at, "act_repeated", "each person once", signer)
        if self.lines.setdefault(lines, target) != target:
            fault(at, "act_repeated", "five lines under one record", f"also under record {self.lines[lines]}")
        persons.add(person)
        return [(signer, is_new, is_held)]

    def five_lines(self, body, target):
        """None where the signed record cannot be read so far."""
        record = self.book.records[target]
        if record is None or target in self.book.unclear or not is_string(record.get("ledger")) \
                or not is_string(record.get("type")) or not is_count(record.get("tv")) or not isinstance(record.get("body"), dict):
            return None
        signed = {name: value for name, value in record["body"].items() if name not in ("voucher", "entries")}
        head = f"mingzhang-act@v1\n{record['ledger']}\n{body['officer']}\non {body['on']} {body['leaf']}\n"
        try:
            return head.encode() + jcs({"body": signed, "tv": record["tv"], "type": record["type"]}) + b"\n"
        except ValueError:  # a lone surrogate
            return None


def tv_of(record):
    return record["tv"] if ENVELOPE["tv"](record.get("tv")) else 1


# --- §19: disbursements ----------------------------------------------------------------------------

def filled(roles, held):
    """Is each role filled by another of those who hold these roles? (Hall's theorem: no set of roles lacks people.)"""
    sets = (set(some) for count in range(1, len(set(roles)) + 1) for some in combinations(sorted(set(roles)), count))
    return all(sum(role in some for role in roles) <= sum(bool(one & some) for one in held) for some in sets)


class Spending:
    def __init__(self, report, book, officers, papers):
        self.report, self.book, self.officers, self.papers = report, book, officers, papers
        self.all, self.payments, self.tills = {}, {}, ["101", "102"]

    def request(self, place, body):
        if body["disbursement"] in self.all:
            return self.report.fault(place, "request_wrong", "requested once", body["disbursement"])
        self.all[body["disbursement"]] = {
            "place": place, "body": body, "band": self.band(place, body), "open": True, "paid": None, "approvals": [],
            "substitutes": [], "actor": self.book.actor(place)}

    def payee(self, asked):
        (kind, who), = asked["body"]["payee"].items()
        return self.officers.person(who) if kind == "officer" else (kind, who)

    def band(self, place, body):
        """The roles that approve a request, or None: fixed when it is made, whatever rule comes later."""
        rule = self.officers.rule("approval_bands", max(body["date"], self.book.today(place) or ""))
        amount = Decimal(body["amount"])
        fitting = [band for band in rule["bands"] if "up_to" not in band or Decimal(band["up_to"]) >= amount] if rule else []
        return fitting[0]["roles"] if fitting else None

    def concerned(self, asked):
        """Requester, payee and approvers, as persons."""
        persons = map(self.officers.person, [asked["actor"], *asked["approvals"]])
        return {self.payee(asked), *(person for person in persons if person != ("officer", None))}

    def decide(self, place, body, approved):
        """`approval.given`, `approval.refused`."""
        asked, actor = self.all.get(body["disbursement"]), self.book.actor(place)
        if not asked or not asked["open"]:
            return self.report.fault(place, "approval_wrong", "an open disbursement", body["disbursement"])
        others = self.concerned(asked) if approved else ()
        if approved and (body["amount"] != asked["body"]["amount"] or self.officers.person(actor) in others):
            wanted = f"{asked['body']['amount']}, by another"
            return self.report.fault(place, "approval_wrong", wanted, f"{body['amount']} {actor}")
        self.officers.expect(place, asked["band"], approving=True)
        if approved and actor is not None:
            asked["approvals"].append(actor)
            asked["substitutes"].append(self.officers.as_substitute(actor, self.book.today(place)))
        if not approved:
            asked["open"] = False

    def cancel(self, place, body):
        asked = self.all.get(body["disbursement"])
        if not asked or not asked["open"]:
            return self.report.fault(place, "request_wrong", "an open disbursement", body["disbursement"])
        asked["open"] = False

    def pay(self, place, body):
        def fault(kind, expected, found):
            self.report.fault(place, kind, expected, found)
        asked, person, today = self.all.get(body["disbursement"]), self.officers.person, self.book.today(place)
        if not asked or not asked["open"]:
            return fault("payment_wrong", "an open disbursement", body["disbursement"])
        for name in ("fund", "account", "amount"):
            if body[name] != asked["body"][name]:
                fault("payment_wrong", f"{name} {asked['body'][name]}", body[name])
        self.check_entries(place, body, asked["body"])
        if person(self.book.actor(place)) in self.concerned(asked):
            fault("payment_wrong", "neither requester, approver nor payee", self.book.actor(place))
        band, approvers = asked["band"], zip(asked["approvals"], asked["substitutes"])
        held = [self.officers.roles(officer, today) | as_substitute for officer, as_substitute in approvers]
        if band is None or (today is not None and not filled(band, held)):
            fault("approval_missing", band, asked["approvals"])
        rule = self.officers.rule("attachments", body["date"])
        papers = self.book.seqs[asked["place"]] in self.papers.with_papers
        if rule and Decimal(rule["required_above"]) < Decimal(body["amount"]) and not papers:
            fault("attachment_required", f"a paper of record {asked['place']}", "none")
        asked["open"], asked["paid"] = False, self.book.seqs[place]
        self.payments[self.book.seqs[place]] = asked

    def check_entries(self, place, body, asked):
        """What is booked is what was approved: out of cash or bank, into that account and fund."""
        rows, amount = rows_of(body.get("entries")), Decimal(asked["amount"])
        spent = sum(sum_ for account, fund, side, sum_ in rows if (account, fund, side) == (asked["account"], asked["fund"], 0))
        money = [row for row in rows if row[0] in self.tills]
        from_fund = all(row[1:3] == (asked["fund"], 1) for row in money)
        if spent != amount or not from_fund or sum(row[3] for row in money) != amount:
            wanted = f"debit {asked['account']} and credit {', '.join(self.tills)} with {amount} in {asked['fund']}"
            self.report.fault(place, "payment_wrong", wanted, json.dumps(body.get("entries"), ensure_ascii=False, default=str))

    def reopen(self, payment):
        """Its payment, of this `seq`, was reversed (§11)."""
        asked = self.payments.get(payment)
        if asked and asked["paid"] == payment:
            asked["open"], asked["paid"] = True, None


# --- §20: private fields ---------------------------------------------------------------------------

class Private:
    def __init__(self, report):
        self.report, self.of, self.fields, self.shown = report, {}, defaultdict(dict), {}

    def commit(self, place, body):
        if "of" in body and self.of.setdefault(body["subject"], body["of"]) != body["of"]:
            self.report.fault(place, "private_field_wrong", self.of[body["subject"]], body["of"])
        for field in body["fields"]:
            self.fields[body["subject"]][field["name"]] = ("in force", field["commitment"], place)

    def erase(self, place, body):
        for name in body["fields"]:
            fields = self.fields[body["subject"]]
            if fields.get(name, ("", "", 0))[0] != "in force":
                wanted = "a field committed and not erased"
                self.report.fault(place, "private_field_wrong", wanted, f"{body['subject']} {name}")
            else:
                fields[name] = ("erased", None, place)

    def check_openings(self, data):
        """`openings.ndjson`, held against all records."""
        lines, last = data.split(b"\n"), ""
        if lines.pop() != b"":
            self.report.fault(None, "opening_wrong", "LF at the end of openings.ndjson", data[-20:])
        for number, line in enumerate(lines, 1):
            try:
                found = json.loads(line.decode())
                good = is_object({"subject": is_id, "fields": lambda value: isinstance(value, dict)})(found) \
                    and all(map(is_opening, found["fields"].values())) and jcs(found) == line and found["subject"] > last \
                    and not any(wrong_strings(found))
            except (ValueError, RecursionError):
                good = False
            if not good:
                wanted = f"line {number} of its form, after the subject before"
                self.report.fault(None, "opening_wrong", wanted, ascii(line)[:200])
                continue
            last = found["subject"]
            self.check_subject(last, found["fields"])

    def check_subject(self, subject, shown):
        known = self.fields.get(subject, {})
        in_force = {name: field for name, field in known.items() if field[0] == "in force"}
        for name in sorted(in_force.keys() - shown.keys()):
            self.report.fault(None, "opening_missing", f"{subject} {name} shown or withheld", "neither")
        for name, opening in sorted(shown.items()):
            if name not in in_force:
                self.report.fault(None, "opening_wrong", "a field with a commitment in force", f"{subject} {name}")
                continue
            _, commitment, place = in_force[name]
            value = None if opening == "withheld" else opening["value"]
            opened = commitment if value is None else blake3_derive(PRIVATE_CONTEXT, jcs({"name": name, **opening}))
            if opened != commitment:
                self.report.fault(None, "opening_wrong", f"{subject} {name}: {commitment}", opened)
                continue
            state = "withheld" if value is None else "shown"
            self.shown[subject, name] = {"state": state, "record": place, "value": value}

    def conclude(self):
        known = [(subject, name, *field) for subject, fields in self.fields.items() for name, field in fields.items()]
        for subject, name, state, _, place in sorted(known, key=lambda one: one[:2]):
            if state == "erased":
                self.report.note("field_erased", f"{subject} {name}", f"erased by record {place}", place)
                self.shown[subject, name] = {"state": state, "record": place, "value": None}
        return [{"subject": subject, "name": name, **what} for (subject, name), what in sorted(self.shown.items())]


def is_opening(value):
    return value == "withheld" or is_object({"salt": is_hex64, "value": is_string})(value)


# --- §21: papers and receipts ----------------------------------------------------------------------

class Papers:
    def __init__(self, report, book):
        self.report, self.book, self.lengths, self.attached, self.with_papers = report, book, defaultdict(set), set(), set()
        self.numbers, self.issued, self.dues, self.reversed = {}, set(), {}, set()

    def attach(self, place, body):
        paper = body["to"], body["sha256"]
        if self.book.earlier(place, body["to"]) is None or paper in self.attached:
            return self.report.fault(place, "attachment_wrong", "an earlier record, and the paper once", f"seq {body['to']}")
        self.attached.add(paper)
        self.with_papers.add(body["to"])
        self.lengths[body["sha256"]].add(body["bytes"])

    def check_files(self, files):
        """`attachments/`: the paths of all files in it."""
        for path in files:
            raw = path.read_bytes()
            found = hashlib.sha256(raw).hexdigest()
            if path.name != found:
                self.report.fault(None, "attachment_differs", f"attachments/{path.name}", found)
            for length in self.lengths.get(path.name, set()) - {len(raw)}:
                self.report.fault(None, "attachment_differs", f"{path.name} of {length} bytes", len(raw))
        for name in sorted(self.lengths.keys() - {path.name for path in files}) if files else ():
            self.report.fault(None, "attachment_missing", f"attachments/{name}", "none")

    def issue(self, place, body):
        year, number = RECEIPT.fullmatch(body["number"]).groups()
        last, number = self.numbers.get(year, 0), int(number)
        if number != last + 1:
            kind = "receipt_repeated" if number <= last else "receipt_gap"
            self.report.fault(place, kind, f"收-{year}-{last + 1:04}", body["number"])
        self.numbers[year] = number
        paid, lines, booked = self.dues.get(body["payment"], (None, (), 0))
        own = [Decimal(line["amount"]) for line in lines if line["member"] == body["member"]]
        receipt = body["payment"], body["member"]
        is_booked = paid not in self.reversed and sum(Decimal(line["amount"]) for line in lines) == booked
        if not own or sum(own) != Decimal(body["amount"]) or not is_booked or receipt in self.issued:
            wanted = f"{sum(own)} paid by {body['member']}, booked as {booked} in all and not reversed, one receipt"
            self.report.fault(place, "receipt_wrong", wanted, f"seq {body['payment']}: {body['amount']}")
        self.issued.add(receipt)

    def pay_dues(self, place, body):
        """`dues.received`; of two with one `seq` the first is meant."""
        is_line = is_object({"member": is_text, "amount": is_money, "...": None})
        lines = body.get("lines") if is_array(is_line)(body.get("lines")) else ()
        booked = sum(amount for _, _, side, amount in rows_of(body.get("entries")) if side == 0)
        self.dues.setdefault(self.book.seqs[place], (place, lines, booked))


# --- §7, §10, §11: vouchers, months, reversals -----------------------------------------------------

VOUCHERS = {
    "opening.recorded", "dues.received", "allocation.received", "remittance.paid", "subsidy.received",
    "donation.received", "interest.received", "other_income.received", "disbursement.paid", "fund.transferred",
    "cash.drawn", "cash.deposited", "carry_forward.recorded", "adjustment.recorded", "dues.refunded",
    "allocation.collected", "preparation_fund.received", "preparation_fund.settled", "passdown.paid",
    "accrual.recorded", "accrual.settled", "income.received", "custodial.received", "custodial.paid",
    "advance.settled", "journal.recorded", "cash_difference.recorded", "cash_difference.resolved", "asset.received",
    "asset.depreciated", "asset.disposed", "supplies.received", "supplies.issued", "stocktake_difference.recorded",
    "stocktake_difference.resolved", "investment.acquired", "investment.recovered", "fund.released",
    "prior_year.corrected",
    "benefit_remainder.returned",
    "entry.reversed"}
# Of these there is a second version.
VOUCHERS_2 = {("dues.refunded", 2), ("accrual.recorded", 2)}


def row_of(entry):
    """(account, fund, side, amount as it stands), or None for an entry that is not of its form."""
    side = "credit" if isinstance(entry, dict) and "credit" in entry else "debit"
    if not isinstance(entry, dict) or isinstance(entry, Repeated) or entry.keys() != {"account", "name", "fund", side} \
            or not all(is_text(entry[name]) for name in ("account", "name", "fund")):
        return None
    return entry["account"], entry["fund"], int(side == "credit"), entry[side]


def rows_of(entries):
    """What the entries add to sums: nothing where one of them cannot be read."""
    rows = [row_of(entry) for entry in entries] if is_list(entries) else []
    if not all(row and is_money(row[3]) for row in rows):
        return []
    return [(account, fund, side, Decimal(amount)) for account, fund, side, amount in rows]


class Ledger:
    def __init__(self, report, book, spending):
        self.report, self.book, self.spending = report, book, spending
        self.chart, self.starts = None, None
        self.numbers, self.years = {}, set()
        self.closed, self.first_closed, self.next, self.closings = None, None, None, {}
        self.vouchers, self.reversed = {}, set()
        self.months = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        self.sums = defaultdict(lambda: [Decimal(0), Decimal(0)])

    # §7.2
    def check_date(self, place, found):
        today = self.book.today(place)
        if not as_day(found):
            self.report.fault(place, "date_form", "a day, YYYY-MM-DD", ascii(found))
        elif today and found > today:
            self.report.fault(place, "date_late", f"not after {today}, the local day of `at`", found)

    # §7
    def check_voucher(self, place, body):
        kind, tv = self.book.field(place, "type"), tv_of(self.book.records[place])
        if not is_text(kind) or kind not in VOUCHERS \
                or tv != 1 and (kind, tv) not in VOUCHERS_2:
            self.report.note("voucher_type_unknown", "a type and tv of section 7", f"record {place}: {kind} tv {tv}", place)
        for name in ("voucher", "date", "entries"):
            if name not in body:
                self.report.fault(place, "voucher_incomplete", name, "missing")
        month = body["date"][:7] if as_day(body.get("date")) else None
        if "voucher" in body:
            self.check_voucher_number(place, body["voucher"], month)
        if month and self.closed and month <= self.closed:
            self.report.fault(place, "posting_in_closed_period", f"after {self.closed}", body["date"])
        elif month and self.starts and body["date"] < self.starts:
            self.report.fault(place, "posting_in_closed_period", f"not before {self.starts}", body["date"])
        entries = body.get("entries")
        if "entries" in body and not (is_list(entries) and entries):
            self.report.fault(place, "entry_form", "one entry or more", ascii(entries))
        rows = self.read_entries(place, entries if is_list(entries) else [])
        self.check_balance(place, rows)
        if month:
            self.months[month][0] += 1
        for account, fund, side, amount in rows or []:
            self.sums[account, fund][side] += amount
            if month:
                self.months[month][1 + side] += amount
        self.vouchers.setdefault(self.book.seqs[place], (place, bool(rows)))  # of two with one `seq` the first is meant

    def check_voucher_number(self, place, voucher, month):
        form = VOUCHER.fullmatch(voucher) if isinstance(voucher, str) else None
        if not form or not as_month(form[1]):
            return self.report.fault(place, "voucher_form", "记-YYYY-MM-NNNN", ascii(voucher))
        if month and form[1] != month:
            self.report.fault(place, "voucher_month_wrong", month, form[1])
        number, last = int(form[2]), self.numbers.get(form[1])
        if last is not None and number <= last:
            self.report.fault(place, "voucher_repeated", f"{last + 1:04}", form[2])
        elif number > (1 if last is None else last + 1):
            self.report.fault(place, "voucher_gap", "0001" if last is None else f"{last + 1:04}", form[2])
        self.numbers[form[1]] = number

    def read_entries(self, place, entries):
        """The readable entries as (account, fund, side, amount); None where one could not be read."""
        rows, whole, kind = [], True, self.book.field(place, "type")
        for entry in entries:
            row = row_of(entry)
            if row is None:
                self.report.fault(place, "entry_form", "account, name, fund and debit or credit", ascii(entry)[:200])
                whole = False
                continue
            (account, fund, side, amount), name = row, entry["name"]
            if self.chart is not None and account not in self.chart:
                self.report.fault(place, "account_unknown", "an account of the chart", account)
            elif self.chart is not None and self.chart[account] != name:
                self.report.fault(place, "account_name_wrong", f"{account} {self.chart[account]}", f"{account} {name}")
            if not is_money(amount):
                shown = "a JSON number" if isinstance(amount, NotACount) else ascii(amount)[:60]
                self.report.fault(place, "money_form", "a string with two decimals", shown)
                whole = False
                continue
            if amount.startswith("-") and kind != "entry.reversed":
                self.report.fault(place, "amount_negative", "no red amount outside a reversal", amount)
            rows.append((account, fund, side, Decimal(amount)))
        return rows if whole else None

    def check_balance(self, place, rows):
        funds = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for _, fund, side, amount in rows or ():
            funds[fund][side] += amount
        debit, credit = (sum(sides[side] for sides in funds.values()) for side in (0, 1))
        if debit != credit:
            return self.report.fault(place, "voucher_unbalanced", f"debit {debit} = credit", f"credit {credit}")
        for fund, (debit, credit) in sorted(funds.items()):
            if debit != credit:
                self.report.fault(place, "fund_unbalanced", f"{fund}: debit {debit} = credit", f"credit {credit}")

    # §10
    def close_period(self, place, body):
        expected = self.next or (self.starts and self.starts[:7])
        if expected and body["month"] != expected:
            self.report.fault(place, "period_order", expected, body["month"])
        count, debit, credit = self.months[body["month"]]
        for name, total in (("vouchers", count), ("debit", debit), ("credit", credit)):
            if Decimal(body[name]) != total:
                self.report.fault(place, "period_totals_wrong", f"{body['month']} {name} {total}", body[name])
        self.closed = max(self.closed or "", body["month"])
        self.first_closed = min(self.first_closed or body["month"], body["month"])
        self.next = month_after(self.closed)
        self.closings[body["month"]] = place

    def reopen_period(self, place, body):
        month = body["month"]
        if month != self.closed or int(month[:4]) in self.years:
            return self.report.fault(place, "period_order", f"{self.closed}, of a year that is open", month)
        self.closed, self.next = month_before(month) if self.first_closed < month else None, month

    # §11
    def check_reversal(self, place, body):
        target, is_readable = self.vouchers.get(body["reverses"], (None, False))
        original = self.book.field(target, "body") if target is not None else {}
        if original.get("voucher") != body["reverses_voucher"]:
            found = f"seq {body['reverses']}, {body['reverses_voucher']}"
            return self.report.fault(place, "reversal_target_wrong", "an earlier voucher and its number", found)
        if self.book.field(target, "type") == "entry.reversed":
            self.report.fault(place, "reversal_of_reversal", "a voucher that is no reversal", f"seq {body['reverses']}")
        if target in self.reversed:
            self.report.fault(place, "reversal_repeated", "reversed once", f"seq {body['reverses']} again")
        self.reversed.add(target)
        self.spending.reopen(body["reverses"])
        if not is_readable:
            return  # the original's own entries are a fault already
        expected = [{name: negated(value) if name in ("debit", "credit") else value for name, value in entry.items()}
                    for entry in original["entries"]]
        if body["entries"] != expected:
            shown = [json.dumps(entries, ensure_ascii=False, default=str) for entries in (expected, body["entries"])]
            self.report.fault(place, "reversal_entries_wrong", *shown)

    def trial_balance(self):
        return [{"account": account, "fund": fund, "debit": f"{debit:.2f}", "credit": f"{credit:.2f}",
                 "balance": f"{debit - credit:.2f}"} for (account, fund), (debit, credit) in sorted(self.sums.items())]


# --- §13.3: the folder -----------------------------------------------------------------------------

def is_own_file(folder, name):
    """A regular file, with no symbolic link on the way to it from the folder: what a link names is not in the bundle, and
    a pipe would never end."""
    path, mode = folder, None
    try:
        for part in Path(name).parts:
            path = path / part
            mode = os.lstat(path).st_mode
            if stat.S_ISLNK(mode):
                return False
    except (OSError, ValueError):  # no name of a file here
        return False
    return mode is not None and stat.S_ISREG(mode)


def read(folder, name):
    return (folder / name).read_bytes() if is_own_file(folder, name) else None


def read_events(folder):
    data = read(folder, "events.ndjson")
    if data is None:
        raise FileNotFoundError(f"{folder / 'events.ndjson'}: no such file")
    return data


class Since:
    """The file `since`: raises Wrong("base_wrong", …) where it is of another form."""

    def __init__(self, data):
        try:
            lines = data.decode("ascii").split("\n")
        except UnicodeDecodeError:
            lines = []
        size = re.fullmatch("old ([1-9][0-9]{0,18})", lines[0]) if len(lines) > 2 and lines[-1] == "" else None
        if not size:
            raise Wrong("base_wrong", "since: old M, a root, hashes", data[:80])
        try:
            self.size, self.root = int(size[1]), unbase64(lines[1], 32)
            self.proof = [unbase64(line, 32) for line in lines[2:-1]]
        except Wrong as wrong:
            raise Wrong("base_wrong", *wrong.args[1:]) from None


class Stop(Exception):
    """Without the bundle that this one continues, nothing more can be checked."""


def bundles_of(folder, bases):
    """[(folder, its own lines, its `since`)], from the first bundle of the book to this one."""
    data, since = read_events(folder), read(folder, "since")
    lines = data.split(b"\n")
    torn = lines[-1] != b""
    own = (folder, lines if torn else lines[:-1], None, torn)
    if since is None:
        return [own]
    try:
        since = Since(since)
    except Wrong as wrong:
        raise Stop(*wrong.args) from None
    for base in bases:
        try:
            chain = bundles_of(base, [other for other in bases if other != base])
        except Stop:
            continue
        lines = lines_of(chain)
        if len(lines) >= since.size and root_of(map(leaf, lines[:since.size])) == since.root:
            return chain + [(*own[:2], since, torn)]
    wanted = f"--base: a bundle with {since.size} records of root {b64(since.root)}"
    raise Stop("base_wrong", wanted, [str(base) for base in bases])


def lines_of(chain):
    lines = []
    for _, own, since, _ in chain:
        lines[since.size if since else 0:] = own
    return lines


def files_in(folder, deep):
    """The regular files in a folder; links are not followed."""
    try:
        found = sorted(os.scandir(folder), key=lambda item: item.name) if stat.S_ISDIR(os.lstat(folder).st_mode) else []
    except OSError:
        return
    for item in found:
        if item.is_file(follow_symlinks=False):
            yield Path(item.path)
        elif deep and item.is_dir(follow_symlinks=False):
            yield from files_in(Path(item.path), deep)


def files_of(chain, name, deep=False):
    """[(path in the bundle, path)] over all bundles, of the files in the folder of that name."""
    return [(path.relative_to(folder).as_posix(), path) for folder, *_ in chain for path in files_in(folder / name, deep)]


def check_consistency(report, folder, since):
    try:
        checkpoint = Checkpoint(read(folder, "checkpoint") or b"")
        if consistency_holds(since.size, checkpoint.size, since.proof, since.root, checkpoint.root):
            return
        found = f"a proof that fails for {checkpoint.size}"
    except Wrong:
        found = "no checkpoint"
    report.fault(None, "consistency_wrong", f"{folder.name}: a tree that begins with {since.size} records", found)


def check_tiles(report, book, chain):
    levels = [book.leaves]
    for name, path in files_of(chain, "tile", deep=True):
        form = TILE.fullmatch(name)
        width = int(form[3] or 256) if form else 257
        if width > 256 or (form[3] and width > 255) or form[2].startswith("x000"):
            report.fault(None, "tile_wrong", "the name of a tile", name)
            continue
        level, number = int(form[1]), int(re.sub("[x/]", "", form[2]))
        while len(levels) <= level and levels[-1]:
            below = levels[-1]
            levels.append([root_of(below[at:at + 256]) for at in range(0, len(below) - 255, 256)])
        hashes = levels[level][256 * number:256 * number + width] if level < len(levels) else []
        if len(hashes) != width or path.read_bytes() != b"".join(hashes):
            report.fault(None, "tile_wrong", f"{name}: {width} hashes of the tree", "others")


def check_sums(report, folder):
    data = read(folder, "SHA256SUMS")
    if data is None:
        return
    lines = data.split(b"\n")
    if lines.pop() != b"":
        report.fault(None, "sums_form", "LF at the end of SHA256SUMS", data[-20:])
    for line in lines:
        try:
            form = re.fullmatch("([0-9a-f]{64})  (.+)", line.decode())
        except UnicodeDecodeError:
            form = None
        if not form or form[2].startswith("/") or ".." in form[2].split("/"):
            report.fault(None, "sums_form", "64 hex digits, two spaces, a path", ascii(line)[:200])
            continue
        content = read(folder, form[2])
        if content is None:
            report.fault(None, "file_missing", form[2], "none")
        elif hashlib.sha256(content).hexdigest() != form[1]:
            report.fault(None, "file_differs", f"{form[2]} {form[1]}", hashlib.sha256(content).hexdigest())


# --- the verifier ----------------------------------------------------------------------------------

class Verifier(Report):
    def __init__(self, policy=None, now=None, max_age_days=35, sample=False):
        super().__init__()
        self.policy, self.sample = policy, sample
        self.now = int(time.time()) if now is None else now
        self.max_age_s = max_age_days * 86_400
        self.pinned, self.policy_text, self.proofs = None, None, []

    def run(self, folder: Path, chart_file=None, against=(), proofs=(), bases=()):
        try:
            chain = bundles_of(folder, list(bases))
        except Stop as stop:
            self.fault(None, *stop.args)
            return self.stopped()
        lines = lines_of(chain)
        self.check_ends(chain)
        self.book, self.size = Book(lines, [parse(self, place, line) for place, line in enumerate(lines)]), len(lines)
        self.book.unclear = {fault["record"] for fault in self.faults if fault["kind"] in ("duplicate_key", "number_form")}
        self.read_record_0(read(folder, "FORMAT.md"))
        self.keys = LogKeys(self, self.book, self.policy, self.pinned, read(folder, "log.vkey"))
        self.officers, self.papers, self.private = Officers(self, self.book), Papers(self, self.book), Private(self)
        self.spending = Spending(self, self.book, self.officers, self.papers)
        self.ledger = Ledger(self, self.book, self.spending)
        self.papers.reversed = self.ledger.reversed
        self.acts = Acts(self, self.book, self.officers, self.described)
        self.read_chart(chart_file.read_bytes() if chart_file else read(folder, "chart.json"))
        checkpoints = self.read_checkpoints(chain, against, proofs)
        roots = self.check_chain({checkpoint.size for _, checkpoint in checkpoints})
        self.check_book(read(folder, "openings.ndjson"))
        self.note("posting_not_checked", "a posting table", "this verifier has none")
        self.keys.settle()
        if self.policy and self.policy_text is not None and self.policy.text != self.policy_text:
            self.note("policy_differs", "the auditor's policy", "another text in the book")
        for own, _, since, _ in chain:
            if since:
                check_consistency(self, own, since)
        check_tiles(self, self.book, chain)
        check_sums(self, folder)
        self.papers.check_files([path for _, path in files_of(chain, "attachments")])
        return self.conclude(checkpoints, roots)

    # §3.1: of each bundle as far as its records are used
    def check_ends(self, chain):
        for at, (_, own, since, torn) in enumerate(chain):
            end, used = len(own) + (since.size if since else 0), chain[at + 1][2].size if at + 1 < len(chain) else None
            if torn and (used is None or end <= used):
                self.fault(end - 1, "line_torn", "LF at the end of the file", own[-1][-20:])

    def run_proof(self, path: Path):
        """A proof without its book: the log key is the policy's, and the records are those of the checkpoint."""
        self.book = Book([], [])
        checkpoint = self.check_proof(path.name, path.read_bytes(), alone=True)
        own = self.policy.logs.get(checkpoint.origin, []) if self.policy and checkpoint else []
        if self.policy and checkpoint and not own:
            self.fault(None, "log_not_in_policy", ", ".join(self.policy.logs), checkpoint.origin)
        self.keys = LogKeys(self, self.book, None, None, own[0].vkey + "\n" if own else None)
        self.keys.settle()
        if not checkpoint:
            return self.stopped()
        self.officers, self.private = Officers(self, self.book), Private(self)
        self.ledger, self.acts = Ledger(self, self.book, None), Acts(self, self.book, self.officers, None)
        self.size, self.root, self.chain_head = checkpoint.size, checkpoint.root, None
        return self.conclude([(path.name, checkpoint)], {checkpoint.size: checkpoint.root})

    def stopped(self):
        return {"outcome": BROKEN, "records": 0, "chain_head": "0" * 64, "root": b64(root_of([])), "witnessed_size": 0,
                "witnesses": [], "broken_at": None, "last_good_checkpoint": None, "faults": self.faults, "notes": [],
                "trial_balance": [], "log_keys": [], "officer_keys": [], "signed_acts": 0, "private_fields": [],
                "proofs": []}

    def described(self, place):
        """The body of a described type, where it is of its form (§4)."""
        record = self.book.records[place] or {}
        kind, body = record.get("type"), record.get("body")
        if not isinstance(kind, str) or kind not in BODIES or not isinstance(body, dict):
            return None
        if tv_of(record) != 1:
            return self.note("type_version_unknown", "tv 1", f"record {place}: {kind} tv {record['tv']}", place)
        wrong = list(misfits_of_body(kind, body))
        for misfit in wrong:
            self.fault(place, "body_form", *misfit)
        return None if wrong or (kind in WITH_DATE and not as_day(body["date"])) else body

    # §8: what record 0 promises
    def read_record_0(self, format_text):
        first = self.book.records[0] if self.book.records else None
        if not first or first.get("type") != "ledger.created":
            if not self.sample:
                found = first.get("type") if first else "no record 0 that can be read"
                self.fault(0 if self.book.lines else None, "ledger_created_missing", "ledger.created", found)
            return
        body = self.described(0)
        if body is None:
            return
        self.pinned, self.book.offset = body, as_offset(body["utc_offset"])
        self.read_policy(0, body)
        if format_text is not None and hashlib.sha256(format_text).hexdigest() != body["format_sha256"]:
            self.note("format_differs", body["format_sha256"], hashlib.sha256(format_text).hexdigest())

    def read_policy(self, place, body):
        """Of record 0, and of `witness.changed` (§17)."""
        text = self.policy_text = body["policy"].encode("utf-8", "surrogatepass")
        if hashlib.sha256(text).hexdigest() != body["policy_sha256"]:
            self.fault(place, "policy_hash_wrong", hashlib.sha256(text).hexdigest(), body["policy_sha256"])
        try:
            Policy(text)
        except Wrong as wrong:
            self.fault(place, *wrong.args)

    def read_chart(self, raw):
        if raw is None:
            return self.note("chart_missing", "chart.json", "none")
        try:
            chart = json.loads(raw.decode(), parse_float=str, parse_int=str)
            accounts = [(item["code"], item["zh"], item["class"]) for item in chart["accounts"]]
            if not is_text(chart["id"]) or not all(is_text(word) for account in accounts for word in account):
                raise Wrong("id, code, zh and class as text")
            if len({code for code, _, _ in accounts}) != len(accounts):
                raise Wrong("each code once")
        except (ValueError, TypeError, KeyError, RecursionError, Wrong) as error:
            return self.fault(None, "chart_invalid", "a chart of accounts", repr(error))
        self.ledger.chart = {code: name for code, name, _ in accounts}
        if isinstance(chart.get("posting"), dict):
            self.spending.tills = [chart["posting"][of] for of in ("cash", "bank") if is_text(chart["posting"].get(of))]
        found = {"id": chart["id"], "sha256": hashlib.sha256(raw).hexdigest()}
        if self.pinned and self.pinned["chart"] != found:
            self.fault(None, "chart_differs", self.pinned["chart"], found)

    def read_checkpoints(self, chain, against, proofs):
        newest = [("checkpoint", folder / "checkpoint") for folder, *_ in chain if is_own_file(folder, "checkpoint")]
        found = [(name, path.read_bytes()) for name, path in newest + files_of(chain, "checkpoints")]
        found += [(str(path), path.read_bytes()) for path in against]
        checkpoints = [(name, self.read_checkpoint(name, raw)) for name, raw in found]
        checkpoints += [(path.name, self.check_proof(path.name, path.read_bytes())) for path in proofs]
        return [(name, checkpoint) for name, checkpoint in checkpoints if checkpoint]

    def read_checkpoint(self, name, raw):
        try:
            checkpoint = Checkpoint(raw)
            if name.startswith("checkpoints/") and name != f"checkpoints/{checkpoint.size}":
                raise Wrong("checkpoint_form", f"checkpoints/{checkpoint.size}", name)
            return checkpoint
        except Wrong as wrong:
            self.fault(None, wrong.args[0], f"{name}: {wrong.args[1]}", wrong.args[2])

    # §13.1
    def check_proof(self, name, raw, alone=False):
        raw = raw.rstrip(b"\n") + b"\n"  # what was scanned has lost its last LF, or gained some
        head, _, note = raw.partition(b"\n\n")
        lines, extra, place = head.decode("utf-8", "replace").split("\n"), None, None
        checkpoint = self.read_checkpoint(name, note)
        try:
            if lines[1].startswith("extra "):
                extra = unbase64(lines.pop(1)[6:])
            place = int(re.fullmatch("index (0|[1-9][0-9]{0,15})", lines[1])[1])
            record = json.loads(extra.decode()) if extra is not None else None
            about = extra is None or (record["seq"], record["ledger"]) == (place, checkpoint.origin)
            leaf_hash = leaf(extra) if extra is not None else self.book.leaves[place]
            hashes = [unbase64(line) for line in lines[2:]]
            good = about and (alone or place < len(self.book.lines)) and lines[0] == "c2sp.org/tlog-proof@v1" \
                and checkpoint and inclusion_holds(leaf_hash, place, checkpoint.size, hashes, checkpoint.root)
        except (IndexError, TypeError, KeyError, ValueError, AttributeError, RecursionError, Wrong):
            good = False
        if good:
            self.proofs.append({"file": name, "index": place, "record": extra.decode() if extra is not None else None})
        else:
            known = place is not None and not alone and place < len(self.book.lines)
            wanted = f"{name}: a record of this book in the checkpoint's tree"
            self.fault(place if known else None, "proof_wrong", wanted, lines[1:2])
        return checkpoint

    # §4, §5, §6: order, chain and tree, each from the bytes
    def check_chain(self, sizes):
        tree, roots, previous_hash = Tree(), {}, "0" * 64
        below = defaultdict(int)
        for seq in self.book.seqs:
            below[seq] += 1
        above, keys, expected, last = {}, set(), 0, {}
        if 0 in sizes:
            roots[0] = tree.root()
        for place, (line, record) in enumerate(zip(self.book.lines, self.book.records)):
            if record is not None and self.keys.origin is not None and record.get("ledger") != self.keys.origin:
                self.fault(place, "ledger_wrong", self.keys.origin, ascii(record.get("ledger")))
            record = record or {}
            seq = self.book.seqs[place]
            below[seq] -= 1
            self.check_place(place, seq, expected, above, below)
            above.setdefault(seq, set()).add(line)
            expected = seq + 1
            self.check_beside(place, record, last, previous_hash, keys)
            previous_hash, last = chain_hash(line), record
            tree.append(self.book.leaves[place])
            if tree.size in sizes:
                roots[tree.size] = tree.root()
        if last.get("more") is True:
            self.fault(len(self.book.lines) - 1, "append_unfinished", "more: false in the last record", "more: true")
        self.chain_head, self.root = previous_hash, tree.root()
        return roots

    def check_place(self, place, seq, expected, above, below):
        if seq > expected and expected not in above:
            kind = "record_out_of_order" if below[expected] else "record_missing"
            self.fault(place, kind, f"seq {expected}", f"seq {seq}")
        elif seq < expected and seq not in above:
            self.fault(place, "record_out_of_order", f"seq {expected}", f"seq {seq}")
        elif seq < expected:
            kind = "record_duplicated" if self.book.lines[place] in above[seq] else "record_inserted"
            self.fault(place, kind, f"seq {expected}", f"seq {seq} again")

    def check_beside(self, place, record, last, previous_hash, keys):
        """What a record has to do with the one before, and with all before."""
        if is_hex64(record.get("prev")) and record["prev"] != previous_hash:
            self.fault(place, "prev_wrong", previous_hash, record["prev"])
        at, at_before = as_instant(record.get("at")), as_instant(last.get("at"))
        if at and at_before and at < at_before:
            self.fault(place, "at_decreases", last["at"], record["at"])
        if at and (at - datetime(1970, 1, 1)).total_seconds() > self.now + FUTURE_MAX_S \
                and "at_in_future" not in [note["kind"] for note in self.notes]:
            self.note("at_in_future", f"not after {self.now + FUTURE_MAX_S}", record["at"], place)
        if is_text(record.get("idem")):
            key = re.sub(r"~[0-9a-f]{16}\Z", "", record["idem"])
            same_command = last.get("idem") == record["idem"] and last.get("more") is True
            if key in keys and not same_command:
                self.fault(place, "idem_repeated", "a key not used before", record["idem"])
            keys.add(key)

    # §7 to §21: what the records say
    def check_book(self, openings):
        self.ledger.starts = self.pinned["starts"] if self.pinned else None
        self.acts.after(-1)
        for place, record in enumerate(self.book.records):
            self.acted_on = None
            needs = self.check_record(place, record) if record else ()
            if not record or record.get("type") != "act.signed":
                signatures = self.acts.after(place, self.acted_on)
                for settle in needs:
                    settle(signatures)
        if openings is not None:
            self.private.check_openings(openings)

    def check_record(self, place, record):
        """Gives what is to be done with its signatures."""
        body, kind = record.get("body"), record.get("type")
        if kind == "ledger.created" and place > 0:
            self.fault(place, "ledger_created_again", "only in record 0", kind)
        if not isinstance(body, dict):
            return ()
        good = self.described(place) if kind not in ("ledger.created", "act.signed") else None
        if kind == "ledger.created" and place > 0 and tv_of(record) != 1:
            self.described(place)
        if "date" in body:
            self.ledger.check_date(place, body["date"])
        needs = []
        if good is not None:
            self.officers.check_office(place, kind, body)
            self.acted_on = self.target_of(kind, body)
            by_rule, by_type = self.officers.needs(place, kind, body), self.apply(place, kind, body)
            # of an officer's key that is none, nothing is asked
            needs = [by_type and by_rule if kind == "officer_key.registered" else by_rule, by_type]
        if kind == "dues.received" and tv_of(record) == 1:
            self.papers.pay_dues(place, body)
        if "voucher" in body or "entries" in body:
            self.ledger.check_voucher(place, body)
        return [settle for settle in needs if settle]

    def target_of(self, kind, body):
        """§18.2: the place of the record that a signature of this one has to name, or None."""
        if kind in ("approval.given", "approval.refused"):
            return self.spending.all.get(body["disbursement"], {}).get("place")
        if kind == "finding.cleared":
            return self.officers.findings.get(body["finding"])
        return self.ledger.closings.get(body["month"]) if kind == "period.reopened" else None

    def rotate(self, place, body):
        accept = self.keys.rotate(place, body)
        # Where there is no local day nobody is known to hold an office: a key is not changed on nobody's word.
        has_day = self.book.today(place) is not None
        return accept and (lambda signatures: accept(has_day and self.officers.signed_by_two(place, signatures)))

    def apply(self, place, kind, body):
        return {
            "period.closed": lambda: self.ledger.close_period(place, body),
            "period.reopened": lambda: self.ledger.reopen_period(place, body),
            "year.closed": lambda: self.ledger.years.add(body["year"]),
            "entry.reversed": lambda: self.ledger.check_reversal(place, body),
            "key.rotated": lambda: self.rotate(place, body),
            "witness.changed": lambda: self.read_policy(place, body),
            "officer.appointed": lambda: self.officers.appoint(body),
            "officer.removed": lambda: self.officers.remove(body),
            "substitute.named": lambda: self.officers.substitutes.update({(body["officer"], body["by"]): body}),
            "officer_key.registered": lambda: self.officers.register_key(place, body),
            "rule.set": lambda: self.officers.rules[body["rule"]["name"]].append((body["from"], body["rule"])),
            "finding.raised": lambda: self.officers.raise_finding(place, body),
            "finding.cleared": lambda: self.officers.clear_finding(place, body),
            "disbursement.requested": lambda: self.spending.request(place, body),
            "approval.given": lambda: self.spending.decide(place, body, True),
            "approval.refused": lambda: self.spending.decide(place, body, False),
            "disbursement.cancelled": lambda: self.spending.cancel(place, body),
            "disbursement.paid": lambda: self.spending.pay(place, body),
            "privacy.committed": lambda: self.private.commit(place, body),
            "privacy.erased": lambda: self.private.erase(place, body),
            "attachment.added": lambda: self.papers.attach(place, body),
            "receipt.issued": lambda: self.papers.issue(place, body),
        }.get(kind, lambda: None)()

    # §9, §12: signatures; gives the policy names of the witnesses that count, with their newest time
    def check_checkpoint(self, name, checkpoint, root):
        def fault(kind, expected, found):
            self.fault(None, kind, f"{name}: {expected}", found)
        log_key = self.keys.at(checkpoint.size)
        origin = log_key.name if log_key else self.keys.ledger
        if origin is not None and checkpoint.origin != origin:
            fault("checkpoint_origin_wrong", origin, checkpoint.origin)
        if log_key:
            signatures = checkpoint.by(log_key)
            if not signatures:
                fault("checkpoint_unsigned", f"a signature by {log_key.vkey}", "none")
            if not all(log_key.signed(signature, checkpoint.text) for signature in signatures):
                fault("log_signature_wrong", "a signature that verifies", log_key.name)
        if root is None:
            fault("tail_cut", f"{checkpoint.size} records", self.size)
        elif root != checkpoint.root:
            fault("root_wrong", b64(root), b64(checkpoint.root))
        counting = {}
        for witness, key in (self.policy.witnesses if self.policy else {}).items():
            for payload in checkpoint.by(key):
                stamp = int.from_bytes(payload[:8], "big")
                message = b"cosignature/v1\ntime %d\n" % stamp + checkpoint.text
                if len(payload) != 72 or stamp >= 2**63 or not key.signed(payload[8:], message):
                    fault("cosignature_wrong", "a cosignature that verifies", f"{witness} {key.name}")
                elif stamp > self.now + FUTURE_MAX_S:
                    self.note("cosignature_in_future", f"{name}: not after {self.now}", f"{witness} {stamp}")
                elif witness in self.policy.reachable() and checkpoint.size < self.keys.trusted_below:
                    counting[witness] = max(stamp, counting.get(witness, 0))
        return counting

    # §13.4
    def conclude(self, checkpoints, roots):
        good, seen, checked = [], {}, []
        for name, checkpoint in checkpoints:
            before = len(self.faults)
            root = roots.get(checkpoint.size)
            counting = self.check_checkpoint(name, checkpoint, root)
            unsigned = {"checkpoint_origin_wrong", "checkpoint_unsigned", "log_signature_wrong"}
            signed = self.keys.at(checkpoint.size) and not unsigned & {fault["kind"] for fault in self.faults[before:]}
            if signed and seen.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
                self.fault(None, "log_fork", f"{name}: one root of size {checkpoint.size}", "two roots")
            if len(self.faults) == before:
                good.append(checkpoint.size)
                checked.append((checkpoint.size, counting))
        witnessed, witnesses = self.weigh(checkpoints, checked)
        private_fields = self.private.conclude()
        bad = [fault["record"] for fault in self.faults if fault["record"] is not None]
        first_bad = min(bad, default=None)
        last_good = max((size for size in good if first_bad is None or size <= first_bad), default=None)
        return {
            "outcome": BROKEN if self.faults else WITNESSED if witnessed else NOT_WITNESSED,
            "records": self.size, "chain_head": self.chain_head,
            "root": b64(self.root), "witnessed_size": witnessed, "witnesses": witnesses,
            "broken_at": first_bad, "last_good_checkpoint": last_good if self.faults else None,
            "faults": self.faults, "notes": self.notes, "trial_balance": self.ledger.trial_balance(),
            "log_keys": [{"key": key.vkey, "since": since} for since, key in self.keys.all()],
            "officer_keys": self.officers.registered, "signed_acts": self.acts.count,
            "private_fields": private_fields, "proofs": self.proofs,
        }

    def young(self, counting):
        return {name: stamp for name, stamp in counting.items() if self.now - stamp <= self.max_age_s}

    def weigh(self, checkpoints, checked):
        if not checkpoints:
            self.note("checkpoint_missing", "checkpoint", "none")
        if not self.policy:
            self.note("policy_not_given", "a policy that the auditor holds", "none")
            return 0, []
        if self.policy.quorum == "none":
            self.note("quorum_none", "a quorum of witnesses", "quorum none")
            return 0, []
        met = [(size, counting) for size, counting in checked if size > 0 and self.policy.met(counting)]
        fresh = [(size, counting) for size, counting in met if self.policy.met(self.young(counting))]
        if not met:
            found = sorted({witness for _, counting in checked for witness in counting})
            self.note("quorum_not_met", self.policy.quorum, ", ".join(found) or "no witness that counts")
        elif not fresh:
            newest = max(max(counting.values()) for _, counting in met)
            self.note("cosignatures_stale", f"not older than {self.max_age_s} s", f"{self.now - newest} s")
        if not fresh:
            return 0, []
        size, counting = max(fresh, key=lambda item: (item[0], max(item[1].values())))
        if size < self.size:
            self.note("records_unwitnessed", f"{self.size} witnessed", f"{self.size - size} are not")
        names = self.policy.witnesses
        return size, [{"name": name, "key": names[name].name, "time": stamp} for name, stamp in sorted(counting.items())]


# --- §14: what is said to people -------------------------------------------------------------------

WORDS = {
    "line_torn": ("the file does not end in LF", "文件末尾没有换行"),
    "record_too_long": ("over 4096 bytes", "记录超过4096字节"),
    "not_utf8": ("not UTF-8", "不是UTF-8"),
    "not_json": ("not one JSON object", "不是一个JSON对象"),
    "too_deep": ("nested deeper than 16", "嵌套超过16层"),
    "duplicate_key": ("the same key twice in an object", "同一对象中键重复"),
    "number_form": ("a number that is no integer from 0 to 2^53-1", "数字不是0至2^53-1的整数"),
    "not_canonical": ("not its own JCS form", "不是JCS规范形式"),
    "not_nfc": ("a text that is not NFC", "文字不是NFC形式"),
    "control_character": ("a control character in a text", "文字中有控制字符"),
    "envelope_form": ("a field of the record missing, unknown or of the wrong form", "记录的字段缺少、多余或形式不对"),
    "version_unknown": ("v is not 1", "版本不是1"),
    "ledger_wrong": ("a record of another book", "别的账套的记录"),
    "at_decreases": ("recorded earlier than the record before", "记录时间早于前一条"),
    "idem_repeated": ("a command's key used again", "命令的键重复使用"),
    "append_unfinished": ("the log ends on more: true", "最后一次追加不完整"),
    "record_missing": ("a record is left out", "缺少记录"),
    "record_duplicated": ("the same record again", "记录重复"),
    "record_inserted": ("another record in its place", "插入了别的记录"),
    "record_out_of_order": ("records changed places", "记录次序颠倒"),
    "prev_wrong": ("not the hash of the line before", "与前一条的哈希不符"),
    "ledger_created_missing": ("record 0 is not ledger.created", "第0条不是建账记录"),
    "ledger_created_again": ("a second ledger.created", "再次建账"),
    "body_form": ("the body has not its fields", "内容的字段不对"),
    "voucher_incomplete": ("some of voucher, date, entries are missing", "凭证缺少编号、日期或分录"),
    "voucher_form": ("a voucher number not of its form", "凭证编号形式不对"),
    "voucher_month_wrong": ("voucher number and date in different months", "凭证编号与日期不在同一月"),
    "voucher_gap": ("a voucher number is left out", "凭证断号"),
    "voucher_repeated": ("a voucher number again", "凭证重号"),
    "date_form": ("not a day", "不是日期"),
    "date_late": ("business day after the day of recording", "业务日期晚于记录日"),
    "entry_form": ("an entry not of its form", "分录形式不对"),
    "money_form": ("an amount not of its form", "金额形式不对"),
    "amount_negative": ("a red amount outside a reversal", "非冲销凭证出现红字"),
    "voucher_unbalanced": ("debits and credits differ", "借贷不平"),
    "fund_unbalanced": ("not balanced inside a fund", "基金内借贷不平"),
    "account_unknown": ("an account that is not in the chart", "科目表中没有此科目"),
    "account_name_wrong": ("not the chart's name for that account", "科目名称不符"),
    "period_order": ("a month closed or opened out of turn", "结账或反结账次序不对"),
    "period_totals_wrong": ("control totals differ from the vouchers", "结账合计与凭证不符"),
    "posting_in_closed_period": ("a voucher in a closed month", "已结账月份又有凭证"),
    "reversal_target_wrong": ("reverses no earlier voucher", "冲销的凭证不存在"),
    "reversal_entries_wrong": ("not the negated entries", "红字分录与原凭证不符"),
    "reversal_repeated": ("reversed twice", "重复冲销"),
    "reversal_of_reversal": ("a reversal reversed", "冲销了红字凭证"),
    "chart_invalid": ("chart.json not of its form", "科目表形式不对"),
    "chart_differs": ("not the chart that record 0 names", "不是建账时的科目表"),
    "policy_invalid": ("a policy not of its form", "见证约定形式不对"),
    "policy_hash_wrong": ("policy and hash differ", "见证约定与其哈希不符"),
    "vkey_invalid": ("a key not of its form", "公钥形式不对"),
    "log_key_differs": ("bundle, book and policy name different log keys", "审计包、账套、信任文件的账套公钥不一致"),
    "log_not_in_policy": ("the policy is about another book", "信任文件不是关于这个账套"),
    "checkpoint_form": ("a checkpoint not of its form", "检查点形式不对"),
    "checkpoint_origin_wrong": ("a checkpoint of another book", "别的账套的检查点"),
    "checkpoint_unsigned": ("no signature by the log key", "检查点没有账套签名"),
    "log_signature_wrong": ("the log key's signature does not verify", "账套签名不对"),
    "cosignature_wrong": ("a witness's signature does not verify", "见证签名不对"),
    "tail_cut": ("fewer records than the checkpoint's", "记录少于检查点"),
    "root_wrong": ("not the checkpoint's root", "与检查点的根不符"),
    "log_fork": ("two histories signed", "签了两套历史"),
    "proof_wrong": ("an inclusion proof fails", "包含证明不成立"),
    "tile_wrong": ("a tile is not the tree's", "哈希片与树不符"),
    "consistency_wrong": ("the tree is not shown to begin with the earlier one", "未证明接续前一审计包"),
    "base_wrong": ("not the bundle that this one continues", "不是所接续的审计包"),
    "sums_form": ("SHA256SUMS not of its form", "SHA256SUMS形式不对"),
    "file_missing": ("a listed file is not there", "缺少所列文件"),
    "file_differs": ("a listed file has other bytes", "所列文件被改动"),
    "key_rotation_wrong": ("the log key was not changed as it has to be", "账套密钥更换不合规"),
    "act_target_wrong": ("a signature that does not follow what it signs", "签名没有紧跟所签记录"),
    "act_leaf_wrong": ("the record that was acted on is another", "所据记录不符"),
    "act_key_missing": ("the signer has registered no key", "签名人没有登记公钥"),
    "act_signature_wrong": ("an officer's signature does not verify", "人员签名不对"),
    "act_repeated": ("the same person signs twice, or a signature again", "重复签名"),
    "act_unsigned": ("a signature that has to be there is not", "缺少应有的签名"),
    "office_wrong": ("done by somebody who holds no office for it", "无此职权"),
    "finding_wrong": ("a finding raised again, cleared again or never raised", "审查意见重复、未提出或已了结"),
    "request_wrong": ("a disbursement requested twice, or cancelled when not open", "重复申请，或取消了未在办的申请"),
    "payment_wrong": ("paid without request, twice, or otherwise than requested", "付款与申请不符"),
    "approval_wrong": ("an approval of nothing, of another amount, again, or one's own", "审批不当"),
    "approval_missing": ("paid without the approvals of its band", "付款缺少应有的审批"),
    "attachment_required": ("paid without the papers that the rule asks for", "付款缺少规定的附件"),
    "private_field_wrong": ("a private field of another subject, or not there to erase", "隐私字段不当"),
    "opening_wrong": ("what is shown does not open the commitment", "所示内容与承诺不符"),
    "opening_missing": ("a private field neither shown nor withheld", "隐私字段未出示也未说明"),
    "attachment_wrong": ("a paper of no earlier record, or twice", "附件所属不对或重复"),
    "attachment_missing": ("a paper is not there", "缺少附件"),
    "attachment_differs": ("a paper has other bytes", "附件被改动"),
    "receipt_gap": ("a receipt number is left out", "收据断号"),
    "receipt_repeated": ("a receipt number again", "收据重号"),
    "receipt_wrong": ("a receipt for what was not paid, or again", "收据与缴费不符或重复"),
    "checkpoint_missing": ("no checkpoint: a cut tail cannot be seen", "没有检查点：看不出末尾被截"),
    "log_key_missing": ("no log key: signatures not checked", "没有账套公钥：未核对签名"),
    "chart_missing": ("no chart: accounts not checked", "没有科目表：未核对科目"),
    "policy_not_given": ("the auditor named nobody to trust", "未指定信任文件"),
    "policy_differs": ("the auditor's policy is not the one agreed", "信任文件与约定不同"),
    "quorum_none": ("the policy asks for no witness", "信任文件不要求见证"),
    "quorum_not_met": ("too few witnesses that count", "有效见证不足"),
    "cosignatures_stale": ("witnessed too long ago", "见证已过期"),
    "cosignature_in_future": ("a cosignature from the future: not counted", "见证时间在将来：不算"),
    "records_unwitnessed": ("records after the witnessed size", "有未经见证的记录"),
    "at_in_future": ("a record made after this verification", "记录时间在将来"),
    "log_key_unproved": ("the policy's log key did not sign its successor", "旧账套密钥未签认新密钥"),
    "field_erased": ("a private field that was erased", "隐私字段已销毁"),
    "format_differs": ("another FORMAT.md than record 0 names", "格式文本与建账时不同"),
    "type_version_unknown": ("a body of an unknown version: not checked", "内容版本未知：未核对"),
    "posting_not_checked": ("entries not derived again from the facts: no posting table here", "未由业务重新推导分录：本程序没有记账规则表"),
    "voucher_type_unknown": ("a voucher of an unknown type: only its balance is known", "凭证类型未知：只核对了借贷平衡"),
}
SENTENCES = {
    WITNESSED: "已验证并有见证",
    NOT_WITNESSED: "已验证，但无独立见证",
    BROKEN: "已损坏或被改动",
    ": up to {} of {} records": "：共{1}条记录，见证到第{0}条为止",
    " at record {}": "：首错在第{}条",
    "records {}, chain head {}, root {}": "记录{}条，链头 {}，树根 {}",
    "last good checkpoint: size {}": "最后完好的检查点：{}条",
    "witness {} ({}) at {}": "见证人 {}（{}），时间 {}",
    "fault: {}: {} ({}): expected {}, found {}": "错误：{}：{}（{}）：应为 {}，实为 {}",
    "note: {}: {} ({}): expected {}, found {}": "说明：{}：{}（{}）：应为 {}，实为 {}",
    "book": "账套",
    "record {}": "第{}条",
    "log key from size {}: {}": "自{}条记录起的账套公钥：{}",
    "officer {}: key {} since record {}": "人员 {}：公钥 {}，自第{}条记录起",
    "signed acts: {}": "有效签名：{}个",
    "private field {} {}: shown: {}": "隐私字段 {} {}：已出示：{}",
    "private field {} {}: withheld": "隐私字段 {} {}：未出示",
    "private field {} {}: erased by record {}": "隐私字段 {} {}：已由第{}条记录销毁",
    "proof {}: record {} is in the tree: {}": "证明 {}：第{}条记录在树中：{}",
    "{} {}: debit {} credit {} balance {}": "{} {}：借方 {} 贷方 {} 余额 {}",
}


def show(result, lang="en") -> str:
    def say(sentence, *values):
        return (SENTENCES[sentence] if lang == "zh" else sentence).format(*values)
    out = [say(result["outcome"])]
    if result["outcome"] == WITNESSED:
        out[0] += say(": up to {} of {} records", result["witnessed_size"], result["records"])
    elif result["outcome"] == BROKEN and result["broken_at"] is not None:
        out[0] += say(" at record {}", result["broken_at"])
    out.append(say("records {}, chain head {}, root {}", result["records"], result["chain_head"], result["root"]))
    if result["last_good_checkpoint"] is not None:
        out.append(say("last good checkpoint: size {}", result["last_good_checkpoint"]))
    out += [say("witness {} ({}) at {}", one["name"], one["key"], one["time"]) for one in result["witnesses"]]
    for title in ("faults", "notes"):
        for item in result[title]:
            place = say("book") if item["record"] is None else say("record {}", item["record"])
            shown = [json.dumps(item[field][:300], ensure_ascii=False) for field in ("expected", "found")]
            words = WORDS[item["kind"]][lang == "zh"]
            sentence = title[:-1] + ": {}: {} ({}): expected {}, found {}"
            out.append(say(sentence, place, item["kind"], words, *shown))
    out += [say("log key from size {}: {}", one["since"], one["key"]) for one in result["log_keys"]]
    out += [say("officer {}: key {} since record {}", *one.values()) for one in result["officer_keys"]]
    out.append(say("signed acts: {}", result["signed_acts"]))
    for one in result["private_fields"]:
        sentence = {"shown": "private field {} {}: shown: {}", "withheld": "private field {} {}: withheld",
                    "erased": "private field {} {}: erased by record {}"}[one["state"]]
        out.append(say(sentence, one["subject"], one["name"], one["value"] if one["state"] == "shown" else one["record"]))
    for one in result["proofs"]:
        out.append(say("proof {}: record {} is in the tree: {}", one["file"], one["index"], one["record"] or ""))
    out += [say("{} {}: debit {} credit {} balance {}", *row.values()) for row in result["trial_balance"]]
    return "\n".join(map(plain, out))


# printable by the book of Unicode, and yet not to be seen
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def hidden(text):
    """The marks in a text that steer a terminal, change the order of what is read, or cannot be seen."""
    return {c for c in text if not c.isprintable() or INVISIBLE.match(c)}


def plain(text):
    """What a hostile book says must not steer the terminal."""
    for mark in hidden(text):
        text = text.replace(mark, ascii(mark)[1:-1])
    return text


def plain_json(value):
    """The same text for every reader of JSON, with such marks as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    for mark in hidden(text) - {"\n"}:
        text = text.replace(mark, json.dumps(mark)[1:-1])
    return text


def arguments():
    parser = argparse.ArgumentParser(description="Verify a Mingzhang bundle (docs/FORMAT.md). 核对明账审计包。")
    many = {"type": Path, "action": "append", "default": []}
    add = parser.add_argument
    add("bundle", type=Path, metavar="BUNDLE", nargs="?", help="the folder; not needed with --proof 审计包")
    add("--policy", type=Path, metavar="FILE", help="the auditor's own trust file 审计人自己的信任文件")
    add("--against", **many, metavar="CHECKPOINT", help="one held elsewhere 别处保存的检查点")
    add("--base", **many, metavar="BUNDLE", help="what this bundle continues 所接续的审计包")
    add("--proof", **many, metavar="FILE", help="a .tlog-proof 包含证明")
    add("--now", "--at", type=int, dest="now", metavar="UNIXTIME", help="time of verification 核对时间")
    add("--max-age-days", type=int, default=35, metavar="N", help="of cosignatures 见证的有效天数")
    add("--chart", type=Path, help="use this chart instead of the bundle's 另用科目表")
    add("--sample", action="store_true", help="accept a book without ledger.created 允许没有建账记录")
    add("--pure", action="store_true", help="use no installed packages 不用已安装的库")
    add("--lang", choices=("en", "zh"), default="en")
    add("--json", action="store_true")
    args = parser.parse_args()
    if not args.bundle and len(args.proof) != 1:
        parser.error("BUNDLE, or one --proof")
    return args


def main() -> int:
    args = arguments()
    if args.pure or os.environ.get("MINGZHANG_PURE"):
        use_pure()
    try:
        policy = Policy(args.policy.read_bytes()) if args.policy else None
        verifier = Verifier(policy, args.now, args.max_age_days, args.sample)
        if args.bundle:
            result = verifier.run(args.bundle, args.chart, args.against, args.proof, args.base)
        else:
            result = verifier.run_proof(args.proof[0])
    except Wrong as wrong:
        print(f"policy 信任文件: {plain(wrong.args[1])}", file=sys.stderr)
        return 2
    except OSError as error:
        print(plain(str(error)), file=sys.stderr)
        return 5
    text = plain_json(result) if args.json else show(result, args.lang)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return 4 if result["outcome"] == BROKEN else 0


if __name__ == "__main__":
    sys.exit(main())
