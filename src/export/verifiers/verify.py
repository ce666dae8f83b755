#!/usr/bin/env python3
"""Verify a Mingzhang bundle. Written from docs/FORMAT.md alone; shares no code with the program.

Needs Python 3.11 and, from PyPI, blake3, cryptography and rfc8785. "§" means a section of FORMAT.md.
Exit: 0 verified, 2 usage (also an auditor's policy that cannot be read), 4 broken, 5 input.
"""
import argparse, base64, binascii, hashlib, json, re, sys, time, unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal, getcontext
from pathlib import Path

import blake3
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CHAIN_CONTEXT = "mingzhang 2026-11-22 v1 record chain"
LENGTH_MAX, DEPTH_MAX, COUNT_MAX, FUTURE_MAX_S = 4096, 16, 2**53 - 1, 86_400
WITNESSED = "verified and witnessed"
NOT_WITNESSED = "verified, not independently witnessed"
BROKEN = "broken"
VOUCHER = re.compile(r"记-([0-9]{4}-[0-9]{2})-([0-9]{4}|[1-9][0-9]{4,8})")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
getcontext().prec = 100  # sums are exact: no book has amounts of a hundred digits


class Wrong(Exception):
    """A fault in a text that is read as a whole: (kind, expected, found)."""


class NotACount:
    """Stands for a JSON number that the format refuses, so that no later check takes it for a value."""


# --- §5, §6, §13: hashes, tree, proofs -------------------------------------------------------------

def chain_hash(record: bytes) -> str:
    return blake3.blake3(record, derive_key_context=CHAIN_CONTEXT).hexdigest()


def leaf(record: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + record).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows leaf by leaf; keeps only the roots of its complete subtrees, greatest first."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def append(self, record: bytes):
        top, full = leaf(record), self.size
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


# --- §9, §12: keys, notes, policy ------------------------------------------------------------------

def unbase64(text: str) -> bytes:
    """Strict: one spelling for the same bytes."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("base64", "base64", text) from None
    if base64.b64encode(raw).decode() != text:
        raise Wrong("base64", "canonical base64", text)
    return raw


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

    def signed(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
            return True
        except (InvalidSignature, ValueError):
            return False


class Policy:
    """The trust file. Raises Wrong("policy_invalid", line, why)."""

    def __init__(self, text: bytes):
        self.text, self.logs, self.witnesses, self.groups, self.quorum = text, {}, {}, {}, None
        members_used, publics = set(), {"log": set(), "witness": set()}

        def need(good, why):
            if not good:
                raise Wrong("policy_invalid", f"line {number}: {why}", line)

        number, line = 0, ""
        for number, raw in enumerate(text.split(b"\n"), 1):
            line = raw.decode("utf-8", "surrogateescape")
            need(not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", raw), "no control characters")
            words = [word for word in re.split("[ \t]+", line) if word]
            if not words or words[0].startswith("#"):
                continue
            known = self.witnesses.keys() | self.groups.keys()
            if words[0] in publics and len(words) in ((2, 3) if words[0] == "log" else (3, 4)):
                try:
                    key = Key(words[1 if words[0] == "log" else 2], 1 if words[0] == "log" else 4)
                except Wrong as wrong:
                    need(False, f"vkey: {wrong.args[1]}")
                need(key.public not in publics[words[0]], "a public key once")
                publics[words[0]].add(key.public)
                if words[0] == "log":
                    self.logs[key.name] = key
                else:
                    need(words[1] != "none" and words[1] not in known, "a new name")
                    self.witnesses[words[1]] = key
            elif words[0] == "group" and len(words) >= 4:
                name, count, members = words[1], words[2], words[3:]
                need(name != "none" and name not in known, "a new name")
                for member in members:
                    need(member in known and member not in members_used, f"member {member}: known, once")
                    members_used.add(member)
                least = {"any": 1, "all": len(members)}.get(count)
                if least is None:
                    need(re.fullmatch("[1-9][0-9]{0,5}", count), "a number, any or all")
                    least = int(count)
                need(least <= len(members), "not more than its members")
                self.groups[name] = (least, members)
            elif words[0] == "quorum" and len(words) == 2:
                need(self.quorum is None, "one quorum")
                need(words[1] == "none" or words[1] in known, "a known name")
                self.quorum = words[1]
            else:
                need(False, "log, witness, group or quorum")
        need(self.quorum is not None, "a quorum line")
        need(self.logs, "a log line")
        need(not publics["log"] & publics["witness"], "a witness that is not the log")

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
        need(not re.search("[\x00-\x09\x0b-\x1f]", text), "no control character but LF", text)
        head, parted, tail = text.rpartition("\n\n")
        need(parted and tail.endswith("\n"), "text, empty line, signature lines", text)
        self.text = (head + "\n").encode()
        lines = head.split("\n")
        need(len(lines) == 3 and lines[0], "origin, size, root", head)
        self.origin = lines[0]
        need(re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]), "a decimal size", lines[1])
        self.size, self.signatures = int(lines[1]), []
        try:
            self.root = unbase64(lines[2])
            need(len(self.root) == 32, "32 bytes of root", lines[2])
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
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


is_text, is_origin, is_hex64 = matching("(?s).+"), matching(r"[^\s+]+"), matching("[0-9a-f]{64}")
is_money = matching(r"(?!-0\.00)-?(0|[1-9][0-9]{0,14})\.[0-9]{2}")
is_sum = matching(r"(?!-0\.00)-?(0|[1-9][0-9]*)\.[0-9]{2}")
looks_like_an_instant = matching("[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z")


def is_count(value) -> bool:
    return type(value) is int  # a bool is no number


def as_day(value):
    try:
        return date.fromisoformat(value) if matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")(value) else None
    except ValueError:
        return None


def as_month(value):
    return value if isinstance(value, str) and as_day(value + "-01") else None


def as_instant(value):
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ") if looks_like_an_instant(value) else None
    except ValueError:
        return None


def as_offset(value):
    if not matching("[+-]([0-9]{2}):([0-5][0-9])")(value) or value[1:] > "14:00":
        return None
    offset = timedelta(hours=int(value[1:3]), minutes=int(value[4:]))
    return -offset if value[0] == "-" else offset


ENVELOPE = {
    "v": is_count, "ledger": is_origin, "seq": is_count, "prev": is_hex64, "at": as_instant, "actor": is_text,
    "idem": is_text, "more": lambda value: isinstance(value, bool),
    "type": matching(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"),
    "tv": lambda value: is_count(value) and value >= 1, "body": lambda value: isinstance(value, dict),
}
BODIES = {
    "ledger.created": {
        "random": is_hex64, "organisation": is_text, "level": matching("grassroots|county"),
        "currency": matching("CNY"), "starts": as_day,
        "utc_offset": lambda value: as_offset(value) is not None, "log": is_text,
        "chart": lambda value: isinstance(value, dict) and value.keys() == {"id", "sha256"}
        and is_text(value["id"]) and is_hex64(value["sha256"]),
        "policy": is_text, "policy_sha256": is_hex64, "format_sha256": is_hex64,
    },
    "period.closed": {"month": as_month, "vouchers": is_count, "debit": is_sum, "credit": is_sum},
    "entry.reversed": {
        "date": is_text, "reason": is_text, "reverses": is_count, "reverses_voucher": is_text,
        "voucher": is_text, "entries": lambda value: isinstance(value, list),
    },
}


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


# --- the verifier ----------------------------------------------------------------------------------

class Verifier:
    def __init__(self, policy=None, at=None, max_age_days=35, sample=False):
        self.policy, self.sample = policy, sample
        self.now = int(time.time()) if at is None else at
        self.max_age_s = max_age_days * 86_400
        self.faults, self.notes = [], []
        self.origin = self.log_key = self.chart = self.book = None
        self.offset = timedelta(hours=8)
        self.records, self.lines = [], []
        self.numbers, self.closed_month = {}, None
        self.vouchers, self.reversed = {}, set()
        self.months = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        self.sums = defaultdict(lambda: [Decimal(0), Decimal(0)])

    def fault(self, record, kind, expected, found):
        self.faults.append({"record": record, "kind": kind, "expected": str(expected), "found": str(found)})

    def note(self, kind, expected, found):
        self.notes.append({"record": None, "kind": kind, "expected": str(expected), "found": str(found)})

    def run(self, folder: Path, chart_file=None, against=(), proofs=()):
        def read(name):
            path = folder / name
            return path.read_bytes() if path.is_file() else None
        data = (folder / "events.ndjson").read_bytes()
        self.lines = data.split(b"\n")
        if self.lines.pop() != b"":
            self.lines = data.split(b"\n")
            self.fault(len(self.lines) - 1, "line_torn", "LF at the end of the file", self.lines[-1][-20:])
        self.records = [self.parse(place, line) for place, line in enumerate(self.lines)]
        self.read_record_0(read("FORMAT.md"))
        self.choose_log_key(read("log.vkey"))
        self.read_chart(chart_file.read_bytes() if chart_file else read("chart.json"))

        checkpoints = [("checkpoint", read("checkpoint"))] + [(str(path), path.read_bytes()) for path in against]
        for path in sorted((folder / "checkpoints").glob("*")):
            if re.fullmatch("[0-9]+", path.name):
                checkpoints.append(("checkpoints/" + path.name, path.read_bytes()))
        checkpoints = [(name, self.read_checkpoint(name, raw)) for name, raw in checkpoints if raw is not None]
        for path in proofs:
            checkpoints.append((path.name, self.check_proof(path.name, path.read_bytes())))
        checkpoints = [(name, checkpoint) for name, checkpoint in checkpoints if checkpoint]
        roots = self.check_chain({checkpoint.size for _, checkpoint in checkpoints})
        self.check_book()
        return self.conclude(checkpoints, roots)

    # §3 and §4: one line
    def parse(self, place, line):
        if len(line) > LENGTH_MAX:
            self.fault(place, "record_too_long", LENGTH_MAX, len(line))
        wrong = []

        def pairs(items):
            keys = [key for key, _ in items]
            if len(set(keys)) != len(keys):
                wrong.append(("duplicate_key", "each key once", [key for key in keys if keys.count(key) > 1][0]))
            return dict(items)

        def number(text):
            if re.fullmatch("0|[1-9][0-9]{0,15}", text) and int(text) <= COUNT_MAX:
                return int(text)
            wrong.append(("number_form", f"an integer from 0 to {COUNT_MAX}", text[:40]))
            return NotACount()

        def no_json(text):
            raise ValueError(f"{text} is not JSON")

        try:
            record = json.loads(line.decode(), object_pairs_hook=pairs, parse_int=number, parse_float=number,
                                parse_constant=no_json)
            depth = depth_of(record)
        except UnicodeDecodeError as error:
            return self.fault(place, "not_utf8", "UTF-8", error)
        except RecursionError:
            return self.fault(place, "too_deep", DEPTH_MAX, "more than can be read")
        except ValueError as error:
            return self.fault(place, "not_json", "one JSON object", error)
        if not isinstance(record, dict):
            return self.fault(place, "not_json", "one JSON object", line[:40])
        if depth > DEPTH_MAX:
            return self.fault(place, "too_deep", DEPTH_MAX, depth)
        if not wrong:
            try:
                canonical = rfc8785.dumps(record)
            except (rfc8785.CanonicalizationError, UnicodeError) as error:
                canonical = str(error).encode("utf-8", "backslashreplace")
            if canonical != line:
                wrong.append(("not_canonical", canonical[:LENGTH_MAX], line[:LENGTH_MAX]))
        for path, text in strings_of(record):
            if not unicodedata.is_normalized("NFC", text):
                wrong.append(("not_nfc", ascii(unicodedata.normalize("NFC", text)), ascii(text)))
            policy = path == ("body", "policy") and text != "policy" and record.get("type") == "ledger.created"
            if CONTROL.search(text.replace("\n", "") if policy else text):
                wrong.append(("control_character", "no control character", ascii(text)))
        for item in wrong:
            self.fault(place, *item)
        self.check_form(place, "envelope_form", ENVELOPE, record)
        if is_count(record.get("v")) and record["v"] != 1:
            self.fault(place, "version_unknown", 1, record["v"])
        return record

    def check_form(self, place, kind, fields, found) -> bool:
        before = len(self.faults)
        for name in sorted(fields.keys() | found.keys()):
            if name not in found:
                self.fault(place, kind, name, "missing")
            elif name not in fields:
                self.fault(place, kind, "no other field", name)
            elif not fields[name](found[name]):
                self.fault(place, kind, f"{name} of its form", ascii(found[name])[:200])
        return len(self.faults) == before

    # §8: what record 0 promises
    def read_record_0(self, format_text):
        first = self.records[0] if self.records else None
        if not first or first.get("type") != "ledger.created":
            if not self.sample:
                found = first.get("type") if first else "no record 0 that can be read"
                self.fault(0 if self.lines else None, "ledger_created_missing", "ledger.created", found)
            return
        body = first.get("body")
        if first.get("tv") != 1 or not isinstance(body, dict):
            return
        if not self.check_form(0, "body_form", BODIES["ledger.created"], body):
            return
        self.book, self.offset = body, as_offset(body["utc_offset"])
        text = body["policy"].encode("utf-8", "surrogatepass")
        if hashlib.sha256(text).hexdigest() != body["policy_sha256"]:
            self.fault(0, "policy_hash_wrong", hashlib.sha256(text).hexdigest(), body["policy_sha256"])
        try:
            Policy(text)
        except Wrong as wrong:
            self.fault(0, *wrong.args)
        if self.policy and self.policy.text != text:
            self.note("policy_differs", "the auditor's policy", "another text in record 0")
        if format_text is not None and hashlib.sha256(format_text).hexdigest() != body["format_sha256"]:
            self.note("format_differs", body["format_sha256"], hashlib.sha256(format_text).hexdigest())

    # §12: whose signature is asked for
    def choose_log_key(self, log_vkey):
        def key(place, vkey):
            try:
                return Key(vkey, 1)
            except Wrong as wrong:
                self.fault(place, *wrong.args)
        first = self.records[0] if self.records and self.records[0] else {}
        bundled = None
        if log_vkey is not None:
            text = log_vkey.decode("utf-8", "replace")
            if text.endswith("\n"):
                bundled = key(None, text[:-1])
            else:
                self.fault(None, "vkey_invalid", "a vkey and LF", text)
        named = key(0, self.book["log"]) if self.book else None
        own = self.policy.logs.get(first.get("ledger")) if self.policy and is_text(first.get("ledger")) else None
        if self.policy and not own:
            self.fault(0 if first else None, "log_not_in_policy", ", ".join(self.policy.logs), first.get("ledger"))
        self.log_key = own or bundled or named
        self.origin = self.log_key.name if self.log_key else first.get("ledger")
        for place, other in ((None, bundled), (0, named)):
            if other and other.vkey != self.log_key.vkey:
                self.fault(place, "log_key_differs", self.log_key.vkey, other.vkey)
        if not self.log_key:
            self.note("log_key_missing", "log.vkey, record 0 or a policy", "none")

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
        self.chart = {code: name for code, name, _ in accounts}
        found = {"id": chart["id"], "sha256": hashlib.sha256(raw).hexdigest()}
        if self.book and self.book["chart"] != found:
            self.fault(None, "chart_differs", self.book["chart"], found)

    def read_checkpoint(self, name, raw):
        try:
            checkpoint = Checkpoint(raw)
            if name.startswith("checkpoints/") and name != f"checkpoints/{checkpoint.size}":
                raise Wrong("checkpoint_form", f"checkpoints/{checkpoint.size}", name)
            return checkpoint
        except Wrong as wrong:
            self.fault(None, wrong.args[0], f"{name}: {wrong.args[1]}", wrong.args[2])

    # §13.1
    def check_proof(self, name, raw):
        head, _, note = raw.partition(b"\n\n")
        lines = head.decode("utf-8", "replace").split("\n")
        if lines[1:] and lines[1].startswith("extra "):
            del lines[1]
        checkpoint = self.read_checkpoint(name, note)
        try:
            index = re.fullmatch("index (0|[1-9][0-9]{0,15})", lines[1])
            place = int(index[1])
            good = checkpoint and lines[0] == "c2sp.org/tlog-proof@v1" and inclusion_holds(
                leaf(self.lines[place]), place, checkpoint.size, [unbase64(line) for line in lines[2:]], checkpoint.root)
        except (IndexError, TypeError, Wrong):
            good, place = False, None
        if not good:
            self.fault(place, "proof_wrong", f"{name}: a record of this book in the checkpoint's tree", lines[1:2])
        return checkpoint

    # §4, §5, §6: order, chain and tree, each from the bytes
    def check_chain(self, sizes):
        tree, roots, previous_hash = Tree(), {}, "0" * 64
        below = defaultdict(int)
        for record in self.records:
            if record and is_count(record.get("seq")):
                below[record["seq"]] += 1
        above, keys, expected, last = {}, set(), 0, {}
        if 0 in sizes:
            roots[0] = tree.root()
        for place, (line, record) in enumerate(zip(self.lines, self.records)):
            record = record or {}
            seq = record.get("seq") if is_count(record.get("seq")) else None
            if seq is not None:
                below[seq] -= 1
                self.check_place(place, seq, expected, above, below)
            above.setdefault(expected if seq is None else seq, line)
            expected = (expected if seq is None else seq) + 1
            if is_hex64(record.get("prev")) and record["prev"] != previous_hash:
                self.fault(place, "prev_wrong", previous_hash, record["prev"])
            if record and self.origin is not None and record.get("ledger") != self.origin:
                self.fault(place, "ledger_wrong", self.origin, ascii(record.get("ledger")))
            at, at_before = as_instant(record.get("at")), as_instant(last.get("at"))
            if at and at_before and at < at_before:
                self.fault(place, "at_decreases", last["at"], record["at"])
            if is_text(record.get("idem")):
                key = re.sub(r"~[0-9a-f]{16}\Z", "", record["idem"])
                same_command = last.get("idem") == record["idem"] and last.get("more") is True
                if key in keys and not same_command:
                    self.fault(place, "idem_repeated", "a key not used before", record["idem"])
                keys.add(key)
            previous_hash, last = chain_hash(line), record
            tree.append(line)
            if tree.size in sizes:
                roots[tree.size] = tree.root()
        if last.get("more") is True:
            self.fault(len(self.lines) - 1, "append_unfinished", "more: false in the last record", "more: true")
        self.chain_head, self.root = previous_hash, tree.root()
        return roots

    def check_place(self, place, seq, expected, above, below):
        if seq > expected and below.get(expected):
            self.fault(place, "record_out_of_order", f"seq {expected}", f"seq {seq}")
        elif seq > expected and expected not in above:
            self.fault(place, "record_missing", f"seq {expected}", f"seq {seq}")
        elif seq < expected and seq not in above:
            self.fault(place, "record_out_of_order", f"seq {expected}", f"seq {seq}")
        elif seq < expected:
            kind = "record_duplicated" if above[seq] == self.lines[place] else "record_inserted"
            self.fault(place, kind, f"seq {expected}", f"seq {seq} again")

    # §7, §8, §10, §11: what the records say
    def check_book(self):
        for place, record in enumerate(self.records):
            if not record:
                continue
            body, kind = record.get("body"), str(record.get("type"))
            if kind == "ledger.created" and place > 0:
                self.fault(place, "ledger_created_again", "only in record 0", kind)
            if not isinstance(body, dict):
                continue
            good = True
            if kind in BODIES and is_count(record.get("tv")) and record["tv"] != 1:
                self.note("type_version_unknown", "tv 1", f"record {place}: {kind} tv {record['tv']}")
                good = False
            elif kind in BODIES and kind != "ledger.created":
                good = self.check_form(place, "body_form", BODIES[kind], body)
            if "date" in body:
                self.check_date(place, record, body["date"])
            if kind == "period.closed" and good:
                self.close_period(place, body)
            if kind == "entry.reversed" and good:
                self.check_reversal(place, body)
            if "voucher" in body or "entries" in body:
                self.check_voucher(place, record, body)

    def check_date(self, place, record, found):
        at = as_instant(record.get("at"))
        if not as_day(found):
            return self.fault(place, "date_form", "a day, YYYY-MM-DD", ascii(found))
        try:
            today = (at + self.offset).date().isoformat() if at else None
        except OverflowError:  # the first or last day of the calendar
            today = at.date().isoformat()
        if today and found > today:
            self.fault(place, "date_late", f"not after {today}, the local day of {record['at']}", found)

    def check_voucher(self, place, record, body):
        for name in ("voucher", "date", "entries"):
            if name not in body:
                self.fault(place, "voucher_incomplete", name, "missing")
        month = body["date"][:7] if as_day(body.get("date")) else None
        if "voucher" in body:
            self.check_voucher_number(place, body["voucher"], month)
        if month and self.closed_month and month <= self.closed_month:
            self.fault(place, "posting_in_closed_period", f"after {self.closed_month}", body["date"])
        entries = body.get("entries")
        if "entries" in body and not (isinstance(entries, list) and entries):
            self.fault(place, "entry_form", "one entry or more", ascii(entries))
        rows = self.read_entries(place, entries if isinstance(entries, list) else [], record.get("type"))
        self.check_balance(place, rows)
        if month:
            self.months[month][0] += 1
        for account, fund, side, amount in rows or []:
            self.sums[account, fund][side] += amount
            if month:
                self.months[month][1 + side] += amount
        if is_count(record.get("seq")):
            self.vouchers.setdefault(record["seq"], (place, record))

    def check_voucher_number(self, place, voucher, month):
        form = VOUCHER.fullmatch(voucher) if isinstance(voucher, str) else None
        if not form or not as_month(form[1]):
            return self.fault(place, "voucher_form", "记-YYYY-MM-NNNN", ascii(voucher))
        if month and form[1] != month:
            self.fault(place, "voucher_month_wrong", month, form[1])
        number, last = int(form[2]), self.numbers.get(form[1])
        if last is not None and number <= last:
            self.fault(place, "voucher_repeated", f"{last + 1:04}", form[2])
        elif number > (1 if last is None else last + 1):
            self.fault(place, "voucher_gap", "0001" if last is None else f"{last + 1:04}", form[2])
        self.numbers[form[1]] = number

    def read_entries(self, place, entries, kind):
        """The readable entries as (account, fund, side, amount); None where one could not be read."""
        rows, whole = [], True
        for entry in entries:
            side = "credit" if isinstance(entry, dict) and "credit" in entry else "debit"
            if not isinstance(entry, dict) or entry.keys() != {"account", "name", "fund", side} \
                    or not all(is_text(entry[name]) for name in ("account", "name", "fund")):
                self.fault(place, "entry_form", "account, name, fund and debit or credit", ascii(entry)[:200])
                whole = False
                continue
            account, name, amount = entry["account"], entry["name"], entry[side]
            if self.chart is not None and account not in self.chart:
                self.fault(place, "account_unknown", "an account of the chart", account)
            elif self.chart is not None and self.chart[account] != name:
                self.fault(place, "account_name_wrong", f"{account} {self.chart[account]}", f"{account} {name}")
            if not is_money(amount):
                shown = "a JSON number" if isinstance(amount, NotACount) else ascii(amount)[:60]
                self.fault(place, "money_form", "a string with two decimals", shown)
                whole = False
                continue
            if amount.startswith("-") and kind != "entry.reversed":
                self.fault(place, "amount_negative", "no red amount outside a reversal", amount)
            rows.append((account, entry["fund"], int(side == "credit"), Decimal(amount)))
        return rows if whole else None

    def check_balance(self, place, rows):
        if rows is None:
            return
        funds = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for _, fund, side, amount in rows:
            funds[fund][side] += amount
        debit, credit = (sum(sides[side] for sides in funds.values()) for side in (0, 1))
        if debit != credit:
            return self.fault(place, "voucher_unbalanced", f"debit {debit} = credit", f"credit {credit}")
        for fund, (debit, credit) in sorted(funds.items()):
            if debit != credit:
                self.fault(place, "fund_unbalanced", f"{fund}: debit {debit} = credit", f"credit {credit}")

    def close_period(self, place, body):
        expected = self.book["starts"][:7] if self.book else None
        if self.closed_month:
            year, month = divmod(int(self.closed_month[:4]) * 12 + int(self.closed_month[5:]), 12)
            expected = f"{year:04}-{month + 1:02}"
        if expected and body["month"] != expected:
            self.fault(place, "period_order", expected, body["month"])
        count, debit, credit = self.months[body["month"]]
        for name, total in (("vouchers", count), ("debit", debit), ("credit", credit)):
            if Decimal(body[name]) != total:
                self.fault(place, "period_totals_wrong", f"{body['month']} {name} {total}", body[name])
        self.closed_month = max(self.closed_month or "", body["month"])

    def check_reversal(self, place, body):
        origin_place, original = self.vouchers.get(body["reverses"], (None, None))
        if original is None or original["body"].get("voucher") != body["reverses_voucher"]:
            found = f"seq {body['reverses']}, {body['reverses_voucher']}"
            return self.fault(place, "reversal_target_wrong", "an earlier voucher and its number", found)
        if original.get("type") == "entry.reversed":
            self.fault(place, "reversal_of_reversal", "a voucher that is no reversal", f"seq {body['reverses']}")
        if origin_place in self.reversed:
            self.fault(place, "reversal_repeated", "reversed once", f"seq {body['reverses']} again")
        self.reversed.add(origin_place)
        try:
            expected = [{name: negated(value) if name in ("debit", "credit") else value
                         for name, value in entry.items()} for entry in original["body"]["entries"]]
        except (AttributeError, KeyError, TypeError):
            return  # the original's own entries are a fault already
        if body["entries"] != expected:
            shown = [json.dumps(entries, ensure_ascii=False, default=str) for entries in (expected, body["entries"])]
            self.fault(place, "reversal_entries_wrong", *shown)

    # §9, §12: signatures; gives the policy names of the witnesses that count, with their newest time
    def check_checkpoint(self, name, checkpoint, roots):
        def fault(kind, expected, found):
            self.fault(None, kind, f"{name}: {expected}", found)
        if self.origin is not None and checkpoint.origin != self.origin:
            fault("checkpoint_origin_wrong", self.origin, checkpoint.origin)
        if self.log_key:
            signatures = checkpoint.by(self.log_key)
            if not signatures:
                fault("checkpoint_unsigned", f"a signature by {self.log_key.vkey}", "none")
            if not all(self.log_key.signed(signature, checkpoint.text) for signature in signatures):
                fault("log_signature_wrong", "a signature that verifies", self.log_key.name)
        if checkpoint.size > len(self.lines):
            fault("tail_cut", f"{checkpoint.size} records", len(self.lines))
        elif roots[checkpoint.size] != checkpoint.root:
            found = base64.b64encode(checkpoint.root).decode()
            fault("root_wrong", base64.b64encode(roots[checkpoint.size]).decode(), found)
        counting = {}
        for witness, key in (self.policy.witnesses if self.policy else {}).items():
            for payload in checkpoint.by(key):
                stamp = int.from_bytes(payload[:8], "big")
                message = b"cosignature/v1\ntime %d\n" % stamp + checkpoint.text
                if len(payload) != 72 or stamp >= 2**63 or not key.signed(payload[8:], message):
                    fault("cosignature_wrong", "a cosignature that verifies", f"{witness} {key.name}")
                elif stamp > self.now + FUTURE_MAX_S:
                    self.note("cosignature_in_future", f"{name}: not after {self.now}", f"{witness} {stamp}")
                elif witness in self.policy.reachable():
                    counting[witness] = max(stamp, counting.get(witness, 0))
        return counting

    # §13.4
    def conclude(self, checkpoints, roots):
        good, seen, checked = [], {}, []
        for name, checkpoint in checkpoints:
            before = len(self.faults)
            counting = self.check_checkpoint(name, checkpoint, roots)
            unsigned = {"checkpoint_origin_wrong", "checkpoint_unsigned", "log_signature_wrong"}
            signed = self.log_key and not unsigned & {fault["kind"] for fault in self.faults[before:]}
            if signed and seen.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
                self.fault(None, "log_fork", f"{name}: one root of size {checkpoint.size}", "two roots")
            if len(self.faults) == before:
                good.append(checkpoint.size)
                checked.append((checkpoint.size, counting))
        witnessed, witnesses = self.weigh(checkpoints, checked)
        bad = [fault["record"] for fault in self.faults if fault["record"] is not None]
        first_bad = min(bad, default=None)
        last_good = max((size for size in good if first_bad is None or size <= first_bad), default=None)
        outcome = BROKEN if self.faults else WITNESSED if witnessed else NOT_WITNESSED
        return {
            "outcome": outcome, "records": len(self.lines), "chain_head": self.chain_head,
            "root": base64.b64encode(self.root).decode(), "witnessed_size": witnessed, "witnesses": witnesses,
            "broken_at": first_bad, "last_good_checkpoint": last_good if self.faults else None,
            "faults": self.faults, "notes": self.notes,
            "trial_balance": [
                {"account": account, "fund": fund, "debit": f"{debit:.2f}", "credit": f"{credit:.2f}",
                 "balance": f"{debit - credit:.2f}"} for (account, fund), (debit, credit) in sorted(self.sums.items())],
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
        if size < len(self.lines):
            self.note("records_unwitnessed", f"{len(self.lines)} witnessed", f"{len(self.lines) - size} are not")
        names = self.policy.witnesses
        return size, [{"name": name, "key": names[name].name, "time": stamp} for name, stamp in sorted(counting.items())]


def show(result) -> str:
    out = [result["outcome"]]
    if result["outcome"] == WITNESSED:
        out[0] += f": up to {result['witnessed_size']} of {result['records']} records"
    elif result["outcome"] == BROKEN and result["broken_at"] is not None:
        out[0] += f" at record {result['broken_at']}"
    out.append(f"records {result['records']}, chain head {result['chain_head']}, root {result['root']}")
    if result["last_good_checkpoint"] is not None:
        out.append(f"last good checkpoint: size {result['last_good_checkpoint']}")
    out += [f"witness {one['name']} ({one['key']}) at {one['time']}" for one in result["witnesses"]]
    for title in ("faults", "notes"):
        for item in result[title]:
            place = "book" if item["record"] is None else f"record {item['record']}"
            shown = [json.dumps(item[field][:300], ensure_ascii=False) for field in ("expected", "found")]
            out.append(f"{title[:-1]}: {place}: {item['kind']}: expected {shown[0]}, found {shown[1]}")
    out += ["{account} {fund}: debit {debit} credit {credit} balance {balance}".format(**row)
            for row in result["trial_balance"]]
    # what a hostile book says must not steer the terminal
    return "\n".join("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line) for line in out)


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify a Mingzhang bundle (docs/FORMAT.md).")
    parser.add_argument("bundle", type=Path, metavar="BUNDLE_DIR")
    parser.add_argument("--policy", type=Path, help="the auditor's own trust file")
    parser.add_argument("--at", type=int, metavar="UNIXTIME", help="time of verification (default: now)")
    parser.add_argument("--max-age-days", type=int, default=35, metavar="N")
    parser.add_argument("--chart", type=Path, help="use this chart instead of the bundle's")
    parser.add_argument("--against", type=Path, action="append", default=[], help="an older checkpoint held elsewhere")
    parser.add_argument("--proof", type=Path, action="append", default=[], help="a .tlog-proof of a record")
    parser.add_argument("--sample", action="store_true", help="accept a book without ledger.created")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    try:
        policy = Policy(args.policy.read_bytes()) if args.policy else None
        verifier = Verifier(policy, args.at, args.max_age_days, args.sample)
        result = verifier.run(args.bundle, args.chart, args.against, args.proof)
    except Wrong as wrong:
        print(f"policy: {wrong.args[1]}", file=sys.stderr)
        return 2
    except OSError as error:
        print(error, file=sys.stderr)
        return 5
    text = json.dumps(result, ensure_ascii=False, indent=1) if args.json else show(result)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return 4 if result["outcome"] == BROKEN else 0


if __name__ == "__main__":
    sys.exit(main())
