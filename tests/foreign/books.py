"""Books, keys and bundles for the tests of the verifiers, built from docs/FORMAT.md with no help from any verifier.

A book is a list of records; a record is a dict of the fields that matter, or a function from the lines so far to such
a dict, where it has to name an earlier line. `seal` numbers, chains and writes them; `bundle` is the folder as a dict
from path to bytes, and `write` puts it on disk. `run(records)` makes one command of several records.
"""
import base64, hashlib, json, struct
from pathlib import Path

import blake3
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "fixtures/format"
FORMAT = (ROOT / "docs/FORMAT.md").read_text(encoding="utf-8")
ORIGIN, OTHER = "gh.example.org/branch-017", "gh.example.org/branch-018"
DAY = 86_400
SIGNED_AT = 1772700000  # 2026-03-05T08:40:00Z
AT = "2026-03-31T09:00:00Z"  # when records are made, unless they say otherwise
CHART = {"101": "库存现金", "102": "银行存款", "401": "会费收入", "408": "其他收入", "501": "职工活动支出"}


def b64(raw):
    return base64.b64encode(raw).decode()


# --- section 6 and 13: tree, proofs, tiles, word for word and recursive ---

def leaf(line):
    return hashlib.sha256(b"\0" + line).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def half(n):
    """The greatest power of two below n."""
    return 1 << (n - 1).bit_length() - 1


def root_of_leaves(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = half(len(leaves))
    return node(root_of_leaves(leaves[:k]), root_of_leaves(leaves[k:]))


def root_of(lines):
    return root_of_leaves([leaf(line) for line in lines])


def inclusion_proof(m, lines):
    if len(lines) == 1:
        return []
    k = half(len(lines))
    if m < k:
        return inclusion_proof(m, lines[:k]) + [root_of(lines[k:])]
    return inclusion_proof(m - k, lines[k:]) + [root_of(lines[:k])]


def consistency_proof(m, lines, whole=True):
    if m in (0, len(lines)):
        return [] if whole else [root_of(lines)]
    k = half(len(lines))
    if m <= k:
        return consistency_proof(m, lines[:k], whole) + [root_of(lines[k:])]
    return consistency_proof(m - k, lines[k:], False) + [root_of(lines[:k])]


def tiles(lines):
    """Section 13.3: every tile of the tree of these lines, by its path."""
    hashes, level, files = [leaf(line) for line in lines], 0, {}
    while hashes:
        for number in range((len(hashes) + 255) // 256):
            part = hashes[256 * number:256 * number + 256]
            digits = f"{number:03}" if number < 1000 else f"{number:0{-(-len(str(number)) // 3) * 3}}"
            groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
            name = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
            files[f"tile/{level}/{name}" + ("" if len(part) == 256 else f".p/{len(part)}")] = b"".join(part)
        hashes = [root_of_leaves(hashes[at:at + 256]) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    return files


# --- sections 9 and 12: keys, notes, policies ---

class TestKey:
    """A log key (1) or a witness key (4), made from a seed of one byte repeated."""
    __test__ = False

    def __init__(self, name, seed, kind):
        self.name, self.kind, self.secret = name, kind, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        raw = bytes([kind]) + self.secret.public_key().public_bytes_raw()
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(raw)}"

    def line(self, text, at=SIGNED_AT):
        """A signature line of a checkpoint: the log's, or a witness's with its time."""
        stamp = b"" if self.kind == 1 else struct.pack(">Q", at)
        prefix = b"" if self.kind == 1 else b"cosignature/v1\ntime %d\n" % at
        return f"— {self.name} {b64(self.id + stamp + self.secret.sign(prefix + text.encode()))}\n"

    def proof(self, text):
        """Key id and signature in base64, as it stands in `act.signed` and `key.rotated`."""
        return b64(self.id + self.secret.sign(text.encode()))


LOG, LOG2, LOG3 = TestKey(ORIGIN, 7, 1), TestKey(ORIGIN, 8, 1), TestKey(ORIGIN, 10, 1)
W1, W2 = TestKey("audit.example/w1", 9, 4), TestKey("superior.example/w2", 11, 4)
POLICY = f"log {LOG.vkey}\nwitness w1 {W1.vkey}\nquorum w1\n"
POLICY2 = f"log {LOG.vkey}\nwitness w1 {W1.vkey}\nwitness w2 {W2.vkey}\ngroup both all w1 w2\nquorum both\n"


def policy_of(key):
    return POLICY.replace(LOG.vkey, key.vkey)


def text_of(lines, origin=ORIGIN):
    return f"{origin}\n{len(lines)}\n{b64(root_of(lines))}\n"


def signed(lines, cosigners=((W1, SIGNED_AT),), log=LOG, origin=ORIGIN):
    """A checkpoint over all these lines."""
    text = text_of(lines, origin)
    return text + "\n" + log.line(text) + "".join(key.line(text, at) for key, at in cosigners)


def proof_file(index, lines, checkpoint=None, extra=None, hashes=None):
    """Section 13.1: `<seq>.tlog-proof`; `extra` is a record's bytes."""
    hashes = inclusion_proof(index, lines) if hashes is None else hashes
    extra = "" if extra is None else f"extra {b64(extra)}\n"
    return (f"c2sp.org/tlog-proof@v1\n{extra}index {index}\n" + "".join(b64(one) + "\n" for one in hashes)
            + "\n" + (checkpoint or signed(lines)))


# --- section 4, 5: records ---

def chain_hash(line):
    return blake3.blake3(line, derive_key_context="mingzhang 2026-11-22 v1 record chain").hexdigest()


def jcs(value):
    return rfc8785.dumps(value)


def seal(records, lines=()):
    """Numbers, chains and writes records, after `lines`; a field that a record has already is left as it is."""
    lines = list(lines)
    for record in records:
        record = record(lines) if callable(record) else record
        prev = chain_hash(lines[-1]) if lines else "0" * 64
        lines.append(jcs({"v": 1, "ledger": ORIGIN, "seq": len(lines), "prev": prev, "at": AT, "actor": "t1",
                          "idem": f"k{len(lines)}", "more": False, "tv": 1, **record}))
    return lines


def reseal(lines):
    """What a forger does: chain anew, keep everything else."""
    return seal([{key: value for key, value in json.loads(line).items() if key not in ("seq", "prev")} for line in lines])


def changed(line, **fields):
    return jcs({**json.loads(line), **fields})


def with_body(line, **fields):
    record = json.loads(line)
    return jcs({**record, "body": {**record["body"], **fields}})


def run(*records):
    """One command: its records share `idem`, and all but the last have `more`."""
    shared = {}

    def member(place, record):
        def make(lines):
            made = record(lines) if callable(record) else record
            if place == 0:
                shared["idem"] = made.get("idem", f"k{len(lines)}")
            return {**made, "idem": shared["idem"], "more": place < len(records) - 1}
        return make
    return [member(place, record) for place, record in enumerate(records)]


def fact(kind, body, actor="t1", **fields):
    return {"type": kind, "body": body, "actor": actor, **fields}


# --- sections 7, 8, 10, 11: the first books ---

def chart_json():
    accounts = [{"code": code, "zh": name, "en": code, "class": "x", "normal": "debit", "level": 1}
                for code, name in sorted(CHART.items())]
    return json.dumps({"id": "test", "source": "", "title": {"zh": "", "en": ""}, "currency": "CNY",
                       "accounts": accounts}, ensure_ascii=False).encode()


def sha256(text):
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def created(**changes):
    return fact("ledger.created", {
        "random": "ab" * 32, "organisation": "第十七分工会", "level": "grassroots", "currency": "CNY",
        "chart": {"id": "test", "sha256": sha256(chart_json())}, "starts": "2026-01-01", "utc_offset": "+08:00",
        "log": LOG.vkey, "policy": POLICY, "policy_sha256": sha256(POLICY), "format_sha256": sha256(FORMAT), **changes})


def entry(account, side, amount, fund="general"):
    return {"account": account, "name": CHART.get(account, "?"), "fund": fund, side: amount}


def dues(number, day="2026-03-05", amount="12.50", entries=None, lines=None, **fields):
    entries = entries if entries is not None else [entry("102", "debit", amount), entry("401", "credit", amount)]
    voucher = number if isinstance(number, str) else f"记-{day[:7]}-{number:04}"
    body = {"date": day, "voucher": voucher, "entries": entries, **({} if lines is None else {"lines": lines})}
    return {"type": "dues.received", "body": body, **fields}


def closed(month, vouchers, total):
    return fact("period.closed", {"month": month, "vouchers": vouchers, "debit": total, "credit": total})


def reopened(month, actor="chair", date="2026-03-31"):
    return fact("period.reopened", {"month": month, "date": date, "reason": "漏记一张发票"}, actor)


def year_closed(year):
    return fact("year.closed", {"year": year, "income": "0.00", "expense": "0.00"})


def reversal(number, target, target_number, day="2026-03-06", entries=None):
    entries = entries or [entry("102", "debit", "-12.50"), entry("401", "credit", "-12.50")]
    return fact("entry.reversed", {
        "date": day, "voucher": f"记-{day[:7]}-{number:04}", "entries": entries, "reason": "重复入账", "reverses": target,
        "reverses_voucher": f"记-2026-03-{target_number:04}"})


# --- section 17: keys that change ---

def rotated(old, new, /, lost=False, actor="chair", **changes):
    """`changes` alter the body after the proofs were made."""
    def make(lines):
        text = f"mingzhang-key-rotation@v1\n{ORIGIN}\n{len(lines)}\n{old.vkey}\n{new.vkey}\n"
        body = {"old": old.vkey, "new": new.vkey, "reason": "换机器", "proof_new": new.proof(text)}
        body.update({} if lost else {"proof_old": old.proof(text)})
        return fact("key.rotated", {**body, **changes}, actor)
    return make


def witness_changed(policy, **changes):
    body = {"policy": policy, "policy_sha256": sha256(policy), "reason": "换届", **changes}
    return fact("witness.changed", body, "chair")


# --- section 18: officers, signatures, rules, findings ---

ROLES = {"chair": ["chair"], "finance": ["finance_head"], "cashier": ["cashier"], "clerk": ["clerk"],
         "auditor": ["audit_chair"], "audit2": ["audit_member"], "member1": ["committee"], "member2": ["committee"]}
OFFICER_KEYS = {name: TestKey(f"{name}.example", 40 + place, 1) for place, name in enumerate([*ROLES, "t1", "chair2"])}


def appointed(officer, roles=None, actor="chair", start="2026-01-01", member=None):
    body = {"officer": officer, "roles": ROLES[officer] if roles is None else roles, "from": start}
    return fact("officer.appointed", {**body, **({"member": member} if member else {})}, actor)


def officers():
    """Everybody of ROLES, appointed: the chair by the actor of record 0."""
    return [appointed("chair", actor="t1"), *(appointed(name) for name in ROLES if name != "chair")]


def removed(officer, on="2026-01-01", actor="chair"):
    return fact("officer.removed", {"officer": officer, "on": on}, actor)


def act_text(officer, on, on_leaf, record, origin=ORIGIN):
    body = {name: value for name, value in record["body"].items() if name not in ("voucher", "entries")}
    last = jcs({"body": body, "tv": record["tv"], "type": record["type"]}).decode()
    return f"mingzhang-act@v1\n{origin}\n{officer}\non {on} {b64(on_leaf)}\n{last}\n"


def acted_on(records, of):
    """Where 18.2.3 says which record was acted on, the place of that; else record 0."""
    kind, body, places = records[of]["type"], records[of]["body"], range(of)
    def those(other, name):
        return [at for at in places if (records[at]["type"], records[at]["body"].get(name)) == (other, body.get(name))]
    return {"approval.given": lambda: those("disbursement.requested", "disbursement")[:1],
            "approval.refused": lambda: those("disbursement.requested", "disbursement")[:1],
            "finding.cleared": lambda: those("finding.raised", "finding")[:1],
            "period.reopened": lambda: those("period.closed", "month")[-1:]}.get(kind, list)() or [0]


def act(officer, on=None, key=None, actor="t1", said=None, **changes):
    """A signature of the last record that is none itself; `changes` and `said` alter the body after it was made."""
    asked = on
    def make(lines):
        records = [json.loads(line) for line in lines]
        of = max(place for place, record in enumerate(records) if record["type"] != "act.signed")
        on = acted_on(records, of)[0] if asked is None else asked
        on_leaf = leaf(lines[on]) if on < len(lines) else bytes(32)
        text = act_text(officer, on, on_leaf, records[of])
        return fact("act.signed", {"of": of, "officer": officer, "on": on, "leaf": b64(on_leaf),
                                   "signature": (key or OFFICER_KEYS[officer]).proof(text), **changes, **(said or {})}, actor)
    return make


def registered(officer, key=None, actor=None):
    return fact("officer_key.registered", {"officer": officer, "key": (key or OFFICER_KEYS[officer]).vkey}, actor or officer)


def keys(*names):
    """The first key of each, registered and signed; the chair's is the last, for then no other needs the chair's word."""
    names = sorted(names, key=lambda name: name == "chair")
    return [record for name in names for record in run(registered(name), act(name))]


def rule(name, start="2026-01-01", actor="chair", **fields):
    return fact("rule.set", {"rule": {"name": name, **fields}, "from": start, "source": "工会委员会决议2026-1号"}, actor)


def bands(*bands, start="2026-01-01", actor="chair"):
    """bands(("1000.00", ["finance_head"]), (None, ["finance_head", "chair"]))"""
    return rule("approval_bands", start, actor, bands=[{**({"up_to": up_to} if up_to else {}), "roles": roles}
                                                for up_to, roles in bands])


def finding(name="f-1", records=(0,), actor="auditor", **changes):
    return fact("finding.raised", {"finding": name, "date": "2026-03-31", "records": list(records), "says": "无附件",
                                   "asks": "补附件", **changes}, actor)


def cleared(name="f-1", actor="auditor"):
    return fact("finding.cleared", {"finding": name, "date": "2026-03-31", "reason": "已补"}, actor)


def opinion(actor="auditor", **changes):
    return fact("audit.concluded", {"date": "2026-03-31", "first": "2026-01", "last": "2026-03", "opinion": "unqualified",
                                    "says": "属实", **changes}, actor)


# --- section 19: disbursements ---

def requested(name="d-1", amount="100.00", payee=None, actor="clerk", day="2026-03-05", **changes):
    payee = {"organisation": "示例商店"} if payee is None else payee
    return fact("disbursement.requested", {"disbursement": name, "date": day, "fund": "general", "account": "501",
                                           "amount": amount, "payee": payee, **changes}, actor)


def approved(name="d-1", amount="100.00", actor="finance", day="2026-03-06"):
    return fact("approval.given", {"disbursement": name, "date": day, "amount": amount}, actor)


def refused(name="d-1", actor="finance", day="2026-03-06"):
    return fact("approval.refused", {"disbursement": name, "date": day}, actor)


def cancelled(name="d-1", actor="clerk", day="2026-03-06"):
    return fact("disbursement.cancelled", {"disbursement": name, "date": day}, actor)


def paid(number, name="d-1", amount="100.00", actor="cashier", day="2026-03-07", **changes):
    return fact("disbursement.paid", {
        "disbursement": name, "date": day, "fund": "general", "account": "501", "amount": amount,
        "voucher": f"记-{day[:7]}-{number:04}",
        "entries": [entry("501", "debit", amount), entry("102", "credit", amount)], **changes}, actor)


# --- section 20: private fields ---

def commitment(name, value, salt="0" * 64):
    text = jcs({"name": name, "salt": salt, "value": value})
    return blake3.blake3(text, derive_key_context="mingzhang 2026-11-22 v1 private field").hexdigest()


def committed(subject, of=None, **values):
    fields = [{"name": name, "commitment": commitment(name, value)} for name, value in values.items()]
    return fact("privacy.committed", {"subject": subject, "fields": fields, **({"of": of} if of else {})})


def shown_to(*subjects, fields=("姓名",)):
    return fact("privacy.opened", {"subjects": list(subjects), "fields": list(fields), "purpose": "慰问"})


def erased(subject, *fields):
    return fact("privacy.erased", {"subject": subject, "fields": list(fields), "basis": "本人申请", "approver": "chair"})


def openings(**subjects):
    """openings(s1={"姓名": "甲", "电话": None}): what is shown, and (None) withheld."""
    return b"".join(jcs({"subject": subject, "fields": {
        name: "withheld" if value is None else {"salt": "0" * 64, "value": value} for name, value in fields.items()}})
        + b"\n" for subject, fields in sorted(subjects.items()))


# --- section 21: papers and receipts ---

def attached(to, paper, /, **changes):
    return fact("attachment.added", {"to": to, "sha256": sha256(paper), "bytes": len(paper), **changes})


def papers(*contents):
    return {f"attachments/{sha256(content)}": content for content in contents}


def paid_line(member, amount="12.50", month="2026-03"):
    return {"member": member, "month": month, "amount": amount}


def receipt(number, payment, /, member="m-1", amount="12.50", day="2026-03-06", **changes):
    number = number if isinstance(number, str) else f"收-{day[:4]}-{number:04}"
    return fact("receipt.issued", {"number": number, "date": day, "member": member, "payment": payment, "amount": amount,
                                   **changes})


# --- section 13.3: bundles ---

def ndjson(lines):
    return b"".join(line + b"\n" for line in lines)


def since_file(m, lines):
    return f"old {m}\n{b64(root_of(lines[:m]))}\n" + "".join(b64(one) + "\n" for one in consistency_proof(m, lines))


def sums(files):
    return "".join(f"{sha256(content)}  {path}\n" for path, content in sorted(files.items()))


def bundle(lines, checkpoint=..., log=LOG, chart=True, with_tiles=False, continues=None, with_sums=False, **files):
    """A folder as {path: bytes}. `continues` is the size of the bundle before it. `files` add to it or, where None, take
    away; "/" in a name needs `**{"a/b": …}`."""
    made = {"events.ndjson": ndjson(lines[continues or 0:]), "checkpoint": signed(lines, log=log) if checkpoint is ... else checkpoint,
            "log.vkey": log.vkey + "\n", "chart.json": chart_json() if chart else None}
    if with_tiles:
        before = tiles(lines[:continues or 0])
        made.update({path: content for path, content in tiles(lines).items() if path not in before})
    if continues is not None:
        made["since"] = since_file(continues, lines)
    made.update(files)
    made = {path: content.encode() if isinstance(content, str) else content
            for path, content in made.items() if content is not None}
    if with_sums:
        made["SHA256SUMS"] = sums(made).encode()
    return made


def write(folder, files):
    for path, content in files.items():
        target = Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Path(folder)


def sample_lines():
    return (SAMPLE / "events.ndjson").read_bytes().split(b"\n")[:-1]


SAMPLE_CHECKPOINT = (SAMPLE / "checkpoint").read_text(encoding="utf-8")
