"""The foreign verifier is not blind: each fault of docs/FORMAT.md, made on purpose, is seen and named.

Run with: python -m unittest discover tests/foreign
"""
import base64, hashlib, json, re, shutil, struct, subprocess, sys, tempfile, unittest
from pathlib import Path

import blake3
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "fixtures/format"
FORMAT = (ROOT / "docs/FORMAT.md").read_text()
sys.path.insert(0, str(ROOT / "src/export/verifiers"))
import verify  # noqa: E402

ORIGIN, OTHER = "gh.example.org/branch-017", "gh.example.org/branch-018"
DAY = 86_400
SIGNED_AT = 1772700000
# what only a program with the posting table can say
POSTING = {"posting_differs", "posting_not_checked"}
CHART = {"101": "库存现金", "102": "银行存款", "401": "会费收入", "408": "其他收入", "501": "职工活动支出"}


# --- keys, notes and records, made here with no help from verify.py ---

class TestKey:
    def __init__(self, name, seed, kind):
        self.name, self.kind, self.secret = name, kind, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        raw = bytes([kind]) + self.secret.public_key().public_bytes_raw()
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{base64.b64encode(raw).decode()}"

    def line(self, text, at=SIGNED_AT):
        stamp = b"" if self.kind == 1 else struct.pack(">Q", at)
        prefix = b"" if self.kind == 1 else b"cosignature/v1\ntime %d\n" % at
        signature = self.secret.sign(prefix + text.encode())
        return f"— {self.name} {base64.b64encode(self.id + stamp + signature).decode()}\n"


LOG = TestKey(ORIGIN, 7, 1)
W1, W2 = TestKey("audit.example/w1", 9, 4), TestKey("superior.example/w2", 11, 4)
POLICY = f"log {LOG.vkey}\nwitness w1 {W1.vkey}\nquorum w1\n"
POLICY2 = f"log {LOG.vkey}\nwitness w1 {W1.vkey}\nwitness w2 {W2.vkey}\ngroup both all w1 w2\nquorum both\n"


def root_of(lines):
    """RFC 6962, word for word: recursive where verify.py is incremental."""
    if not lines:
        return hashlib.sha256(b"").digest()
    if len(lines) == 1:
        return hashlib.sha256(b"\0" + lines[0]).digest()
    k = 1 << (len(lines) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(lines[:k]) + root_of(lines[k:])).digest()


def inclusion_proof(m, lines):
    if len(lines) == 1:
        return []
    k = 1 << (len(lines) - 1).bit_length() - 1
    if m < k:
        return inclusion_proof(m, lines[:k]) + [root_of(lines[k:])]
    return inclusion_proof(m - k, lines[k:]) + [root_of(lines[:k])]


def consistency_proof(m, lines, whole=True):
    if m == len(lines):
        return [] if whole else [root_of(lines)]
    k = 1 << (len(lines) - 1).bit_length() - 1
    if m <= k:
        return consistency_proof(m, lines[:k], whole) + [root_of(lines[k:])]
    return consistency_proof(m - k, lines[k:], False) + [root_of(lines[:k])]


def consistency_holds(old_size, new_size, proof, old_root, new_root):
    """Section 13.2, step by step; a verifier that holds all records has no use for it."""
    if old_size > new_size:
        return False
    if old_size in (0, new_size):
        return not proof and (old_root == new_root or old_size == 0)
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
            fr, sr = verify.node(c, fr), verify.node(c, sr)
            fn, sn = verify.halve_while_even(fn, sn)
        else:
            sr = verify.node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


def text_of(lines, origin=ORIGIN):
    return f"{origin}\n{len(lines)}\n{base64.b64encode(root_of(lines)).decode()}\n"


def signed(lines, cosigners=((W1, SIGNED_AT),), log=LOG, origin=ORIGIN):
    text = text_of(lines, origin)
    return text + "\n" + log.line(text) + "".join(key.line(text, at) for key, at in cosigners)


def chain_hash(line):
    return blake3.blake3(line, derive_key_context="mingzhang 2026-11-22 v1 record chain").hexdigest()


def seal(records):
    """Numbers, chains and writes records; a field that the record already has is left as it is."""
    lines = []
    for seq, record in enumerate(records):
        prev = chain_hash(lines[-1]) if lines else "0" * 64
        whole = {"v": 1, "ledger": ORIGIN, "seq": seq, "prev": prev, "at": "2026-03-31T09:00:00Z", "actor": "t1",
                 "idem": f"k{seq}", "more": False, "tv": 1, **record}
        lines.append(rfc8785.dumps(whole))
    return lines


def reseal(lines):
    """What a forger does: chain anew, keep everything else."""
    return seal([{key: value for key, value in json.loads(line).items() if key not in ("seq", "prev")} for line in lines])


def chart_json():
    accounts = [{"code": code, "zh": name, "en": code, "class": "x", "normal": "debit", "level": 1}
                for code, name in sorted(CHART.items())]
    return json.dumps({"id": "test", "source": "", "title": {"zh": "", "en": ""}, "currency": "CNY",
                       "accounts": accounts}, ensure_ascii=False).encode()


def created(**changes):
    body = {"random": "ab" * 32, "organisation": "第十七分工会", "level": "grassroots", "currency": "CNY",
            "chart": {"id": "test", "sha256": hashlib.sha256(chart_json()).hexdigest()}, "starts": "2026-01-01",
            "utc_offset": "+08:00", "log": LOG.vkey, "policy": POLICY,
            "policy_sha256": hashlib.sha256(POLICY.encode()).hexdigest(),
            "format_sha256": hashlib.sha256(FORMAT.encode()).hexdigest(), **changes}
    return {"type": "ledger.created", "body": body}


def entry(account, side, amount, fund="general"):
    return {"account": account, "name": CHART.get(account, "?"), "fund": fund, side: amount}


def dues(number, day="2026-03-05", amount="12.50", entries=None, **fields):
    entries = entries if entries is not None else [entry("102", "debit", amount), entry("401", "credit", amount)]
    voucher = number if isinstance(number, str) else f"记-{day[:7]}-{number:04}"
    return {"type": "dues.received", "body": {"date": day, "voucher": voucher, "entries": entries}, **fields}


def closed(month, vouchers, total):
    return {"type": "period.closed", "body": {"month": month, "vouchers": vouchers, "debit": total, "credit": total}}


def reversal(number, target, target_number, day="2026-03-06", entries=None):
    entries = entries or [entry("102", "debit", "-12.50"), entry("401", "credit", "-12.50")]
    return {"type": "entry.reversed", "body": {
        "date": day, "voucher": f"记-{day[:7]}-{number:04}", "entries": entries, "reason": "重复入账", "reverses": target,
        "reverses_voucher": f"记-2026-03-{target_number:04}"}}


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mingzhang-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def verify(self, lines=None, data=None, checkpoint=None, vkey=LOG.vkey, policy=POLICY, at=SIGNED_AT + DAY,
               files=(), sample=True, chart=False, **options):
        data = b"".join(line + b"\n" for line in lines) if data is None else data
        contents = {"events.ndjson": data, "checkpoint": checkpoint, "log.vkey": vkey and vkey + "\n",
                    "chart.json": chart_json() if chart else None, **dict(files)}
        for name, content in contents.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        policy = verify.Policy(policy.encode()) if policy else None
        return verify.Verifier(policy, at, sample=sample).run(self.folder, **options)

    def book(self, records, **options):
        """A whole book with record 0, chart and a checkpoint over all of it."""
        lines = seal([created(), *records])
        return self.verify(lines, **{"checkpoint": signed(lines), "sample": False, "chart": True, **options})

    def kinds(self, result):
        return {fault["kind"] for fault in result["faults"]}

    def assert_broken(self, result, *kinds, record=...):
        self.assertEqual(result["outcome"], "broken")
        for kind in kinds:
            self.assertIn(kind, self.kinds(result))
        if record is not ...:
            self.assertIn((record, kinds[0]), [(fault["record"], fault["kind"]) for fault in result["faults"]])

    def assert_only(self, result, *kinds):
        self.assertEqual(result["outcome"], "broken")
        self.assertEqual(self.kinds(result), set(kinds), result["faults"])

    def assert_noted(self, result, kind, outcome="verified, not independently witnessed"):
        self.assertEqual(result["outcome"], outcome, result["faults"])
        self.assertIn(kind, {note["kind"] for note in result["notes"]})


def sample_lines():
    return (SAMPLE / "events.ndjson").read_bytes().split(b"\n")[:-1]


SAMPLE_CHECKPOINT = (SAMPLE / "checkpoint").read_text()


def changed(line, **fields):
    return rfc8785.dumps({**json.loads(line), **fields})


def with_body(line, **fields):
    record = json.loads(line)
    return rfc8785.dumps({**record, "body": {**record["body"], **fields}})


class TheSample(Case):
    """One fault at a time on a copy of the five records; the checkpoint stays as it was."""

    def sample(self, lines=None, **options):
        return self.verify(sample_lines() if lines is None else lines, **{"checkpoint": SAMPLE_CHECKPOINT, **options})

    def test_the_sample_itself_is_verified_and_witnessed(self):
        result = self.sample()
        self.assertEqual((result["outcome"], result["witnessed_size"]), ("verified and witnessed", 5))
        self.assertEqual(result["chain_head"], "a6da6184fd240e176fb10fdc0d9206bd90e41e02340ef56589b4eb03438e6981")
        self.assertEqual(result["root"], "VRMdd5cDf+oIlNFUtp3wwHOb5W1gACgpTTDISSEs5sU=")
        self.assertEqual(result["witnesses"], [{"name": "w1", "key": "audit.example/w1", "time": SIGNED_AT}])
        self.assertEqual(result["trial_balance"], [
            {"account": "102", "fund": "general", "debit": "62.50", "credit": "0.00", "balance": "62.50"},
            {"account": "401", "fund": "general", "debit": "0.00", "credit": "62.50", "balance": "-62.50"}])

    def test_the_sample_is_what_its_seeds_make(self):
        self.assertEqual((SAMPLE / "policy").read_text(), POLICY)
        self.assertEqual((SAMPLE / "log.vkey").read_text(), LOG.vkey + "\n")
        self.assertEqual(signed(sample_lines()), SAMPLE_CHECKPOINT)
        self.assertEqual(reseal(sample_lines()), sample_lines())

    def test_a_book_without_record_0_is_refused_unless_it_is_called_a_sample(self):
        self.assert_only(self.sample(sample=False), "ledger_created_missing")

    def test_every_single_byte_flipped_is_seen(self):
        data = (SAMPLE / "events.ndjson").read_bytes()
        for place in range(len(data)):
            flipped = bytearray(data)
            flipped[place] ^= 1
            result = self.verify(data=bytes(flipped), checkpoint=SAMPLE_CHECKPOINT)
            self.assertEqual(result["outcome"], "broken", f"byte {place}")
            self.assertTrue({"root_wrong", "tail_cut"} & self.kinds(result), f"byte {place}: the tree saw nothing")

    def test_every_byte_flipped_below_the_last_record_is_seen_without_any_checkpoint(self):
        data = (SAMPLE / "events.ndjson").read_bytes()
        for place in range(4 * 440):
            flipped = bytearray(data)
            flipped[place] ^= 1
            result = self.verify(data=bytes(flipped), policy=None)
            self.assertEqual(result["outcome"], "broken", f"byte {place}")

    def test_every_byte_of_the_checkpoint_flipped_is_seen(self):
        data = SAMPLE_CHECKPOINT.encode()
        for place in range(len(data)):
            flipped = bytearray(data)
            flipped[place] ^= 1
            result = self.sample(checkpoint=bytes(flipped))
            self.assertNotEqual(result["outcome"], "verified and witnessed", f"byte {place}")

    def test_a_flipped_byte_is_seen_by_chain_and_tree(self):
        lines = sample_lines()
        lines[2] = lines[2].replace(b'"t1"', b'"t2"')
        self.assert_only(self.sample(lines), "prev_wrong", "root_wrong")

    def test_a_deleted_record(self):
        lines = sample_lines()
        del lines[2]
        self.assert_broken(self.sample(lines), "record_missing", "prev_wrong", "voucher_gap", "tail_cut", record=2)

    def test_a_deleted_record_re_chained_is_seen_by_the_checkpoint_alone(self):
        lines = sample_lines()
        del lines[4]
        self.assert_only(self.sample(lines), "tail_cut")

    def test_a_duplicated_record(self):
        lines = sample_lines()
        lines.insert(2, lines[1])
        result = self.sample(lines)
        self.assert_broken(result, "record_duplicated", "root_wrong", "idem_repeated", "voucher_repeated", record=2)
        self.assertNotIn("record_missing", self.kinds(result))

    def test_swapped_records(self):
        lines = sample_lines()
        lines[1], lines[2] = lines[2], lines[1]
        result = self.sample(lines)
        self.assert_broken(result, "record_out_of_order", "prev_wrong", "root_wrong", record=1)
        self.assertNotIn("record_missing", self.kinds(result))

    def test_an_inserted_record(self):
        lines = sample_lines()
        lines.insert(2, changed(lines[1], idem="new"))
        self.assert_broken(self.sample(lines), "record_inserted", "root_wrong", record=2)

    def test_a_tail_cut_below_the_checkpoint(self):
        result = self.sample(sample_lines()[:3])
        self.assert_only(result, "tail_cut")

    def test_a_tail_cut_without_checkpoint_cannot_be_seen_and_that_is_said(self):
        self.assert_noted(self.sample(sample_lines()[:3], checkpoint=None), "checkpoint_missing")

    def test_a_record_after_the_checkpoint_is_counted_as_unwitnessed(self):
        lines = sample_lines()
        result = self.sample(seal([json.loads(line) for line in lines] + [dues(5)]))
        self.assert_noted(result, "records_unwitnessed", outcome="verified and witnessed")
        self.assertEqual((result["witnessed_size"], result["records"]), (5, 6))

    def test_prev_wrong_while_the_tree_is_right(self):
        lines = sample_lines()
        lines[3] = changed(lines[3], prev="12" * 32)
        lines[4] = changed(lines[4], prev=chain_hash(lines[3]))
        result = self.sample(lines, checkpoint=signed(lines))
        self.assert_only(result, "prev_wrong")
        self.assertEqual(result["broken_at"], 3)

    def test_the_tree_wrong_while_the_chain_is_right(self):
        lines = sample_lines()
        lines[2] = changed(lines[2], actor="t2")
        self.assert_only(self.sample(reseal(lines)), "root_wrong")

    def test_a_non_canonical_line(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b'"more":false', b'"more": false')
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "not_canonical")
        lines[4] = sample_lines()[4].replace("银".encode(), b"\\u94f6")
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "not_canonical")
        lines[4] = sample_lines()[4].replace(b'"k4"', b'"\\ud800"')
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "not_canonical")
        lines[4] = sample_lines()[4] + b"\r"
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "not_canonical")

    def test_a_duplicate_key(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b'"actor":"t1"', b'"actor":"t2","actor":"t1"')
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "duplicate_key")

    def test_text_that_is_not_nfc(self):
        lines = sample_lines()
        lines[4] = changed(lines[4], actor="e\u0301")
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "not_nfc")

    def test_control_characters(self):
        for bad in "\n\x01\x7f\x85\u2028\u2029\ufeff":
            lines = sample_lines()
            lines[4] = changed(lines[4], actor="t" + bad + "1")
            self.assert_only(self.sample(lines, checkpoint=signed(lines)), "control_character")

    def test_a_float_amount(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b'"12.50"', b"12.5")
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "number_form", "money_form")

    def test_other_number_forms(self):
        for bad in (b"4.0", b"4e0", b"-4", b"-0", b"9007199254740992", b"1e400", b"1" * 3000):
            lines = sample_lines()
            lines[4] = lines[4].replace(b'"seq":4', b'"seq":' + bad)
            self.assert_broken(self.sample(lines, checkpoint=signed(lines)), "number_form", record=4)

    def test_amounts_of_scale_1_and_3_and_other_forms(self):
        for bad in ("12.5", "12.500", "12", "012.50", "+12.50", "-0.00", " 12.50", "１２.50", "1e1", "", "1234567890123456.00"):
            lines = sample_lines()
            lines[4] = lines[4].replace(b'"12.50"', json.dumps(bad, ensure_ascii=False).encode())
            self.assert_only(self.sample(lines, checkpoint=signed(lines)), "money_form")

    def test_a_record_of_another_ledger(self):
        lines = sample_lines()
        lines[4] = changed(lines[4], ledger=OTHER)
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "ledger_wrong")

    def test_an_unbalanced_voucher(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b'"debit":"12.50"', b'"debit":"12.51"')
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "voucher_unbalanced")

    def test_a_voucher_unbalanced_inside_a_fund(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b'"fund":"general"', b'"fund":"relief"', 1)
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "fund_unbalanced")

    def test_a_gap_in_the_voucher_numbers(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b"-0004", b"-0005")
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "voucher_gap")
        lines = reseal([line.replace(b"03-000", b"03-001") for line in sample_lines()])
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "voucher_gap")

    def test_a_voucher_number_used_twice(self):
        lines = sample_lines()
        lines[4] = lines[4].replace(b"-0004", b"-0003")
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "voucher_repeated")

    def test_a_wrong_origin_under_the_right_key(self):
        result = self.sample(checkpoint=signed(sample_lines(), origin=OTHER))
        self.assert_only(result, "checkpoint_origin_wrong")

    def test_the_same_witness_twice_counts_once(self):
        checkpoint = signed(sample_lines(), [(W1, SIGNED_AT), (W1, SIGNED_AT + 60)])
        result = self.sample(checkpoint=checkpoint, policy=POLICY2)
        self.assert_noted(result, "quorum_not_met")
        result = self.sample(checkpoint=checkpoint)
        self.assertEqual(result["witnesses"], [{"name": "w1", "key": W1.name, "time": SIGNED_AT + 60}])

    def test_two_witnesses_meet_a_quorum_of_two(self):
        result = self.sample(checkpoint=signed(sample_lines(), [(W1, SIGNED_AT), (W2, SIGNED_AT)]), policy=POLICY2)
        self.assertEqual((result["outcome"], len(result["witnesses"])), ("verified and witnessed", 2))

    def test_a_stale_cosignature(self):
        self.assertEqual(self.sample(at=SIGNED_AT + 35 * DAY)["outcome"], "verified and witnessed")
        self.assert_noted(self.sample(at=SIGNED_AT + 35 * DAY + 1), "cosignatures_stale")

    def test_a_fresh_witness_outside_the_quorum_does_not_refresh_it(self):
        policy = f"log {LOG.vkey}\nwitness w1 {W1.vkey}\nwitness w2 {W2.vkey}\nquorum w1\n"
        checkpoint = signed(sample_lines(), [(W1, SIGNED_AT - 40 * DAY), (W2, SIGNED_AT)])
        self.assert_noted(self.sample(checkpoint=checkpoint, policy=policy), "cosignatures_stale")

    def test_a_cosignature_from_the_future_does_not_count(self):
        checkpoint = signed(sample_lines(), [(W1, SIGNED_AT + 30 * DAY)])
        self.assert_noted(self.sample(checkpoint=checkpoint), "cosignature_in_future")

    def test_a_missing_cosignature(self):
        self.assert_noted(self.sample(checkpoint=signed(sample_lines(), [])), "quorum_not_met")

    def test_no_policy_means_not_independently_witnessed_even_if_the_bundle_brings_one(self):
        self.assert_noted(self.sample(policy=None, files=[("policy", POLICY)]), "policy_not_given")

    def test_quorum_none_is_no_witness(self):
        self.assert_noted(self.sample(policy=f"log {LOG.vkey}\nquorum none\n"), "quorum_none")

    def test_a_cosignature_that_does_not_verify(self):
        text = text_of(sample_lines())
        forged = signed(sample_lines(), []) + W1.line(text.replace("5", "4", 1))
        self.assert_only(self.sample(checkpoint=forged), "cosignature_wrong")

    def test_a_log_signature_that_does_not_verify(self):
        text = text_of(sample_lines())
        self.assert_only(self.sample(checkpoint=text + "\n" + LOG.line(text + " ")), "log_signature_wrong")

    def test_a_checkpoint_signed_by_another_key_of_the_same_name(self):
        checkpoint = signed(sample_lines(), log=TestKey(ORIGIN, 8, 1))
        self.assert_only(self.sample(checkpoint=checkpoint), "checkpoint_unsigned")

    def test_another_log_key_in_the_bundle(self):
        self.assert_only(self.sample(vkey=TestKey(ORIGIN, 8, 1).vkey), "log_key_differs")
        self.assert_only(self.sample(vkey=LOG.vkey.replace("c126", "c127")), "vkey_invalid")

    def test_a_policy_about_another_book(self):
        policy = POLICY.replace(LOG.vkey, TestKey(OTHER, 7, 1).vkey)
        self.assert_only(self.sample(policy=policy), "log_not_in_policy")

    def test_a_full_rewrite_with_the_right_key_needs_a_policy_or_an_older_checkpoint_to_be_seen(self):
        lines = reseal([sample_lines()[0], *(with_body(line, note="x") for line in sample_lines()[1:])])
        forged = signed(lines, [])
        self.assert_noted(self.sample(lines, checkpoint=forged, policy=None), "policy_not_given")
        self.assert_noted(self.sample(lines, checkpoint=forged), "quorum_not_met")
        older = self.folder / "older"
        older.write_text(SAMPLE_CHECKPOINT)
        result = self.sample(lines, checkpoint=forged, policy=None, against=[older])
        self.assert_only(result, "root_wrong", "log_fork")
        older.write_text(signed(sample_lines(), log=TestKey(ORIGIN, 8, 1)))
        result = self.sample(lines, checkpoint=forged, policy=None, against=[older])
        self.assert_only(result, "root_wrong", "checkpoint_unsigned")

    def test_cosigned_older_checkpoints_say_how_far(self):
        lines = sample_lines()
        files = [("checkpoints/3", signed(lines[:3])), ("checkpoints/4", signed(lines[:4]))]
        result = self.sample(checkpoint=signed(lines, []), files=files)
        self.assert_noted(result, "records_unwitnessed", outcome="verified and witnessed")
        self.assertEqual(result["witnessed_size"], 4)
        result = self.sample(files=[("checkpoints/3", signed(lines[1:4])), ("checkpoints/2", signed(lines[:4]))])
        self.assert_only(result, "root_wrong", "checkpoint_form")

    def test_a_witnessed_empty_tree_says_nothing(self):
        self.assert_noted(self.sample(checkpoint=signed([])), "quorum_not_met")

    def test_a_log_that_ends_on_more(self):
        lines = sample_lines()
        lines[4] = changed(lines[4], more=True)
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "append_unfinished")

    def test_a_torn_last_line(self):
        data = (SAMPLE / "events.ndjson").read_bytes()
        self.assert_only(self.verify(data=data[:-1], checkpoint=SAMPLE_CHECKPOINT), "line_torn")
        self.assert_broken(self.verify(data=data[:-20], checkpoint=None), "line_torn", "not_json", record=4)

    def test_checkpoint_forms(self):
        for old, new in (("\n5\n", "\n05\n"), ("\n5\n", "\n5\nextra\n"), ("5sU=", "5sV="), ("\n\n—", "\n\n-"),
                         ("— gh", "—  gh"), ("5sU=", "5s=="), ("gh.example.org/branch-017\n5", "5")):
            self.assert_only(self.sample(checkpoint=SAMPLE_CHECKPOINT.replace(old, new, 1)), "checkpoint_form")
        self.assert_only(self.sample(checkpoint=SAMPLE_CHECKPOINT[:-1]), "checkpoint_form")
        self.assert_only(self.sample(checkpoint=b"\xff\n\n"), "checkpoint_form")

    def test_lines_that_are_no_records(self):
        for bad, kind in ((b"", "not_json"), (b"[]", "not_json"), (b"{", "not_json"), (b"\xff", "not_utf8"),
                          (b"[" * 4000, "too_deep"), (b'{"a":' * 17 + b"1" + b"}" * 17, "too_deep"),
                          ("\ufeff{}".encode(), "not_json"), (b"{}", "envelope_form")):
            lines = sample_lines() + [bad]
            self.assert_only(self.sample(lines), kind)

    def test_a_record_too_long(self):
        lines = sample_lines()
        lines[4] = changed(lines[4], actor="t" * (4096 - 437))
        self.assertEqual(len(lines[4]), 4096)
        self.assertEqual(self.sample(lines, checkpoint=signed(lines))["outcome"], "verified and witnessed")
        lines[4] = changed(lines[4], actor="t" * (4097 - 437))
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "record_too_long")

    def test_envelope_forms(self):
        for field, bad in (("actor", ""), ("actor", None), ("at", "2026-02-30T09:00:00Z"), ("at", "2026-03-05T09:00:60Z"),
                           ("at", "2026-03-05 09:00:00"), ("body", []), ("idem", 1), ("ledger", "a b"), ("more", 0),
                           ("prev", "0" * 63), ("prev", "A" * 64), ("tv", 0), ("type", "Dues"), ("seq", "4"), ("tv", True),
                           ("extra", 1)):
            lines = sample_lines()
            lines[4] = changed(lines[4], **{field: bad})
            self.assert_broken(self.sample(lines, checkpoint=signed(lines)), "envelope_form", record=4)
        lines[4] = changed(sample_lines()[4], v=2)
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "version_unknown")

    def test_time_runs_forward(self):
        lines = sample_lines()
        lines[4] = changed(lines[4], at="2026-03-05T08:59:59Z")
        self.assert_only(self.sample(lines, checkpoint=signed(lines)), "at_decreases")

    def test_a_day_is_not_after_its_recording_by_the_books_own_clock(self):
        lines = seal([dues(1, "2026-03-06", at="2026-03-05T16:00:00Z")])
        self.assertEqual(self.verify(lines, checkpoint=signed(lines))["outcome"], "verified and witnessed")
        lines = seal([dues(1, "2026-03-06", at="2026-03-05T15:59:59Z")])
        self.assert_only(self.verify(lines, checkpoint=signed(lines)), "date_late")

    def test_a_command_key_is_used_once(self):
        digits = "~0123456789abcdef"
        for first, second in (("a", "a"), ("a" + digits, "a" + digits), ("a" + digits, "a"), ("a", "a~fedcba9876543210")):
            lines = seal([dues(1, idem=first), dues(2, idem="b"), dues(3, idem=second)])
            self.assert_only(self.verify(lines, checkpoint=signed(lines)), "idem_repeated")
        lines = seal([dues(1, idem="a", more=True), dues(2, idem="a", more=True), dues(3, idem="b")])
        self.assertEqual(self.verify(lines, checkpoint=signed(lines))["outcome"], "verified and witnessed")
        lines = seal([dues(1, idem="a"), dues(2, idem="a")])
        self.assert_only(self.verify(lines, checkpoint=signed(lines)), "idem_repeated")

    def test_unknown_types_are_no_fault_but_their_vouchers_are_checked(self):
        lines = seal([dues(1, type="moon.landed", tv=9), {"type": "visit.made", "body": {"who": "x"}}])
        self.assertEqual(self.verify(lines, checkpoint=signed(lines))["outcome"], "verified and witnessed")
        lines = seal([dues(1, type="moon.landed", entries=[entry("102", "debit", "1.00")])])
        self.assert_only(self.verify(lines, checkpoint=signed(lines)), "voucher_unbalanced")

    def test_sums_are_exact(self):
        lines = seal([dues(number, amount=amount) for number, amount in
                      enumerate(["999999999999999.99", "0.01", "0.10", "0.20"], 1)])
        result = self.verify(lines, checkpoint=signed(lines))
        self.assertEqual(result["trial_balance"][0]["debit"], "1000000000000000.30")

    def test_all_faults_are_listed_and_the_last_good_checkpoint(self):
        lines = sample_lines()
        lines[2] = lines[2].replace(b'"12.50"', b'"12.5"')
        lines[4] = lines[4].replace(b"-0004", b"-0009")
        result = self.sample(lines, files=[("checkpoints/2", signed(lines[:2])), ("checkpoints/3", signed(lines[:3]))])
        self.assert_only(result, "money_form", "voucher_gap", "prev_wrong", "root_wrong")
        self.assertEqual((result["broken_at"], result["last_good_checkpoint"]), (2, 2))


class AWholeBook(Case):
    def test_a_book_with_a_reversal_and_a_closed_month_is_verified(self):
        result = self.book([dues(1, "2026-01-05"), closed("2026-01", 1, "12.50"), closed("2026-02", 0, "0.00"),
                            dues(1), dues(2), reversal(3, 5, 2), closed("2026-03", 3, "12.50")], files=[("FORMAT.md", FORMAT)])
        self.assertEqual((result["outcome"], result["faults"], result["notes"]), ("verified and witnessed", [], []))
        self.assertEqual(result["trial_balance"][0]["balance"], "25.00")

    def test_record_0_keeps_its_form(self):
        for changes in ({"random": "ab"}, {"level": "moon"}, {"currency": "USD"}, {"starts": "2026-13-01"},
                        {"utc_offset": "+15:00"}, {"organisation": ""}, {"extra": 1}, {"chart": {}}):
            lines = seal([created(**changes)])
            result = self.verify(lines, checkpoint=signed(lines), sample=False, chart=True)
            self.assert_only(result, "body_form")

    def test_a_book_at_utc_keeps_its_form(self):
        lines = seal([created(utc_offset="+00:00"), dues(1)])
        self.assertEqual(self.verify(lines, checkpoint=signed(lines), sample=False)["faults"], [])

    def test_record_0_names_the_log_key_and_the_policy(self):
        other = TestKey(ORIGIN, 8, 1).vkey
        for changes, kind in (({"log": other}, "log_key_differs"), ({"log": W1.vkey}, "vkey_invalid"),
                              ({"policy_sha256": "0" * 64}, "policy_hash_wrong"), ({"log": "x"}, "vkey_invalid")):
            lines = seal([created(**changes)])
            self.assert_only(self.verify(lines, checkpoint=signed(lines), sample=False, chart=True), kind)

    def test_bad_policies(self):
        w1 = f"witness w1 {W1.vkey}\n"
        for text in ("", "quorum none\n", f"log {LOG.vkey}\n", f"log {LOG.vkey}\nquorum w1\n",
                     f"log {LOG.vkey}\nlog {LOG.vkey}\nquorum none\n", f"log {W1.vkey}\nquorum none\n",
                     f"log {LOG.vkey}\n{w1}{w1}quorum w1\n", f"log {LOG.vkey}\n{w1}group g 2 w1\nquorum g\n",
                     f"log {LOG.vkey}\n{w1}group g any w1 w1\nquorum g\n", f"log {LOG.vkey}\n{w1}quorum w1\nquorum w1\n",
                     f"log {LOG.vkey}\n{w1}witness w3 {TestKey('other', 9, 4).vkey}\nquorum w1\n",
                     f"log {LOG.vkey}\nwitness w1 {TestKey('self', 7, 4).vkey}\nquorum w1\n",
                     f"log {LOG.vkey}\n{w1}group g 0 w1\nquorum g\n", f"log {LOG.vkey}\nmoon\nquorum none\n",
                     f"log {LOG.vkey}\n{w1}group none any w1\nquorum none\n", f"log {LOG.vkey}\r\nquorum none\n",
                     f"log {LOG.vkey}\n{w1}group g any w1\ngroup h any w1\nquorum g\n"):
            with self.assertRaises(verify.Wrong, msg=text):
                verify.Policy(text.encode())
        bad = "quorum none\n"
        lines = seal([created(policy=bad, policy_sha256=hashlib.sha256(bad.encode()).hexdigest())])
        self.assert_only(self.verify(lines, checkpoint=signed(lines), sample=False, chart=True), "policy_invalid")

    def test_nested_groups(self):
        keys = [TestKey(f"w.example/{n}", 20 + n, 4) for n in range(4)]
        policy = verify.Policy((f"# trust\n\n log {LOG.vkey} https://x \n" + "".join(
            f"witness w{n}\t{key.vkey}\n" for n, key in enumerate(keys)) +
            "group a 2 w0 w1 w2\ngroup b all a w3\nquorum b\n").encode())
        for names, met in (("w0 w1 w3", True), ("w0 w3", False), ("w0 w1 w2", False), ("w1 w2 w3", True), ("", False)):
            self.assertEqual(policy.met(set(names.split())), met)
        self.assertEqual(policy.reachable(), {"w0", "w1", "w2", "w3"})

    def test_the_chart_is_the_one_that_record_0_names(self):
        self.assert_noted(self.book([], chart=False), "chart_missing", outcome="verified and witnessed")
        self.assert_only(self.book([], files=[("chart.json", chart_json() + b"\n")]), "chart_differs")
        self.assert_only(self.book([], files=[("chart.json", b"{}")]), "chart_invalid")

    def test_accounts_are_those_of_the_chart_under_their_names(self):
        entries = [entry("999", "debit", "1.00"), entry("401", "credit", "1.00")]
        self.assert_only(self.book([dues(1, entries=entries)]), "account_unknown")
        entries = [{**entry("102", "debit", "1.00"), "name": "库存现金"}, entry("401", "credit", "1.00")]
        self.assert_only(self.book([dues(1, entries=entries)]), "account_name_wrong")

    def test_a_second_record_0(self):
        self.assert_only(self.book([created()]), "ledger_created_again")

    def test_voucher_forms(self):
        for number, kind in (("记-2026-03-1", "voucher_form"), ("记-2026-03-00001", "voucher_form"), ("付-2026-03-0001", "voucher_form"),
                             ("记-2026-13-0001", "voucher_form"), ("记-2026-02-0001", "voucher_month_wrong")):
            self.assert_only(self.book([dues(number)]), kind)
        voucher = dues(1)
        del voucher["body"]["date"]
        self.assert_only(self.book([voucher]), "voucher_incomplete")
        self.assert_only(self.book([dues("记-2026-02-0001", "2026-02-30")]), "date_form")
        self.assert_only(self.book([dues(1, entries=[])]), "entry_form")
        self.assert_only(self.book([dues(1, entries=[{**entry("102", "debit", "1.00"), "credit": "1.00"}])]), "entry_form")
        self.assert_only(self.book([dues(1, amount="-1.00")]), "amount_negative")

    def test_the_ten_thousandth_voucher_of_a_month_has_five_digits(self):
        self.assertEqual(verify.VOUCHER.fullmatch("记-2026-03-10000")[2], "10000")
        self.assertIsNone(verify.VOUCHER.fullmatch("记-2026-03-010000"))

    def test_months_close_in_order_and_stay_closed(self):
        january = [dues(1, "2026-01-05"), closed("2026-01", 1, "12.50")]
        self.assert_only(self.book([closed("2026-02", 0, "0.00")]), "period_order")
        self.assert_only(self.book([*january, closed("2026-01", 1, "12.50")]), "period_order")
        self.assert_only(self.book([*january, closed("2026-03", 0, "0.00")]), "period_order")
        self.assert_only(self.book([*january, dues(2, "2026-01-06")]), "posting_in_closed_period")
        self.assert_only(self.book([*january, dues(1, "2025-12-31")]), "posting_in_closed_period")
        self.assert_only(self.book([dues(1, "2026-01-05"), closed("2026-01", 2, "12.50")]), "period_totals_wrong")
        self.assert_only(self.book([dues(1, "2026-01-05"), closed("2026-01", 1, "12.51")]), "period_totals_wrong")
        self.assert_only(self.book([closed("2026-01", 0, "0")]), "body_form")

    def test_reversals(self):
        good = [entry("102", "debit", "-12.50"), entry("401", "credit", "-12.50")]
        self.assert_only(self.book([dues(1), reversal(2, 7, 1)]), "reversal_target_wrong")
        self.assert_only(self.book([dues(1), reversal(2, 2, 2)]), "reversal_target_wrong")
        self.assert_only(self.book([dues(1), reversal(2, 1, 9)]), "reversal_target_wrong")
        self.assert_only(self.book([dues(1), reversal(2, 1, 1, entries=good[::-1])]), "reversal_entries_wrong")
        half = [{**line, side: "-6.25"} for line, side in zip(good, ("debit", "credit"))]
        self.assert_only(self.book([dues(1), reversal(2, 1, 1, entries=half)]), "reversal_entries_wrong")
        self.assert_only(self.book([dues(1), reversal(2, 1, 1), reversal(3, 1, 1)]), "reversal_repeated")
        undone = [entry("102", "debit", "12.50"), entry("401", "credit", "12.50")]
        self.assert_only(self.book([dues(1), reversal(2, 1, 1), reversal(3, 2, 2, entries=undone)]), "reversal_of_reversal")

    def test_no_odd_value_anywhere_makes_the_verifier_fall_over(self):
        odd = [None, True, 0, 9007199254740991, "", "x", "-0.00", "\ud800", "9999-12-31", "9999-12-31T23:59:59Z",
               "0001-01-01T00:00:00Z", "记-9999-12-0001", "9999-12", [], {}, [[]], {"": {}}]
        records = [created(), dues(1, "2026-01-05"), reversal(2, 1, 1, "2026-01-06"), closed("2026-01", 2, "0.00")]
        lines = seal(records)

        def paths(value, path=()):
            yield path
            for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
                yield from paths(value[key], (*path, key))
        for place, line in enumerate(lines):
            for path in list(paths(json.loads(line)))[1:]:
                for new in odd:
                    record = json.loads(line)
                    at = record
                    for key in path[:-1]:
                        at = at[key]
                    at[path[-1]] = new
                    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                    bad = [*lines[:place], text.encode("utf-8", "surrogatepass"), *lines[place + 1:]]
                    bad_escaped = [*lines[:place], json.dumps(record).encode(), *lines[place + 1:]]
                    for data in (bad, bad_escaped):
                        verify.show(self.verify(data, checkpoint=None, sample=False, chart=True, policy=None))

    def test_notes_that_break_nothing(self):
        self.assert_noted(self.book([], files=[("FORMAT.md", "another")]), "format_differs", outcome="verified and witnessed")
        self.assert_noted(self.book([], policy=POLICY + "# mine\n"), "policy_differs", outcome="verified and witnessed")
        later = {**closed("2026-01", 0, "0.00"), "tv": 2}
        self.assert_noted(self.book([later]), "type_version_unknown", outcome="verified and witnessed")
        lines = sample_lines()
        result = self.verify(lines, checkpoint=SAMPLE_CHECKPOINT, vkey=None, policy=None)
        self.assert_noted(result, "log_key_missing")


class Proofs(Case):
    def test_every_inclusion_proof_of_every_small_tree_holds_and_none_holds_elsewhere(self):
        lines = [b"%d" % n for n in range(17)]
        for size in range(1, 18):
            for index in range(size):
                proof, root = inclusion_proof(index, lines[:size]), root_of(lines[:size])
                hold = [m for m in range(18) if verify.inclusion_holds(verify.leaf(lines[index]), m, size, proof, root)]
                self.assertEqual(hold, [index])
                self.assertFalse(verify.inclusion_holds(verify.leaf(b"x"), index, size, proof, root))
                self.assertFalse(verify.inclusion_holds(verify.leaf(lines[index]), index, size, proof + [root], root))

    def test_every_consistency_proof_of_every_small_tree_holds_and_no_other_root_does(self):
        lines = [b"%d" % n for n in range(17)]
        for new in range(1, 18):
            for old in range(1, new + 1):
                proof, a, b = consistency_proof(old, lines[:new]), root_of(lines[:old]), root_of(lines[:new])
                self.assertTrue(consistency_holds(old, new, proof, a, b), (old, new))
                self.assertFalse(consistency_holds(old, new, proof, b"x" * 32, b))
                self.assertFalse(consistency_holds(old, new, proof, a, b"x" * 32))
                self.assertFalse(consistency_holds(old, new, proof + [a], a, b))

    def test_a_proof_file_is_about_a_record_of_this_book(self):
        lines, proof = sample_lines(), self.folder / "2.tlog-proof"

        def check(index, hashes, first="c2sp.org/tlog-proof@v1"):
            text = "".join(base64.b64encode(one).decode() + "\n" for one in hashes)
            proof.write_text(f"{first}\nindex {index}\n{text}\n{SAMPLE_CHECKPOINT}")
            return self.verify(lines, checkpoint=SAMPLE_CHECKPOINT, proofs=[proof])
        self.assertEqual(check(2, inclusion_proof(2, lines))["outcome"], "verified and witnessed")
        self.assertEqual(check(2, inclusion_proof(2, lines), first="c2sp.org/tlog-proof@v1\nextra eA==")["faults"], [])
        self.assert_only(check(1, inclusion_proof(2, lines)), "proof_wrong")
        self.assert_only(check(9, inclusion_proof(2, lines)), "proof_wrong")
        self.assert_only(check("02", inclusion_proof(2, lines)), "proof_wrong")
        self.assert_only(check(2, inclusion_proof(2, lines), first="x"), "proof_wrong")

    def test_the_incremental_tree_is_the_tree_of_rfc_6962(self):
        lines, tree = [b"%d" % n for n in range(70)], verify.Tree()
        for size in range(70):
            self.assertEqual(tree.root(), root_of(lines[:size]))
            tree.append(lines[size])


class TheText(unittest.TestCase):
    """docs/FORMAT.md prints only numbers that can be computed again."""

    def test_every_worked_example_is_recomputed(self):
        lines, text = sample_lines(), text_of(sample_lines())
        flat = re.sub(r"\n> ?|\n", "", FORMAT)
        log_line, witness_line = SAMPLE_CHECKPOINT.splitlines()[4:]
        log_raw, witness_raw = (base64.b64decode(line.split(" ")[2]) for line in (log_line, witness_line))
        public = LOG.secret.public_key().public_bytes_raw()
        hashed = ORIGIN.encode() + b"\n\x01" + public
        b64 = lambda raw: base64.b64encode(raw).decode()
        command = {"command": "dues.receive", "member": "m-0001", "amount": "12.50", "date": "2026-03-05", "account": "102"}
        cosigned = b"cosignature/v1\ntime 1772700000\n" + text.encode()
        Ed25519PublicKey.from_public_bytes(W1.secret.public_key().public_bytes_raw()).verify(witness_raw[12:], cosigned)
        shown = [line.decode() for line in lines[:1]] + [chain_hash(line) for line in lines]
        shown += [hashlib.sha256(b"\0" + line).hexdigest() for line in lines]
        shown += [root_of(lines[a:b]).hex() for a, b in ((0, 2), (2, 4), (0, 4), (0, 5))]
        shown += [b64(root_of(lines[:size])) for size in (0, 3, 5)]
        shown += [public.hex(), hashed.hex(), hashlib.sha256(hashed).hexdigest(), LOG.vkey, W1.vkey]
        shown += [W1.secret.public_key().public_bytes_raw().hex(), log_line, witness_line, log_raw[4:].hex()]
        shown += [witness_raw[4:12].hex(), witness_raw[12:].hex(), cosigned.hex()]
        shown += [f"{len(lines[0])} bytes without", f"these {len(hashed)} bytes", f"The text is {len(text)} bytes"]
        shown += [f"decodes to {len(log_raw)} bytes", f"decodes to {len(witness_raw)} bytes", f"The {len(cosigned)} bytes signed"]
        shown += [f"`checkpoint`, {len(SAMPLE_CHECKPOINT.encode())} bytes", rfc8785.dumps(command).decode()]
        shown += ["k0~" + blake3.blake3(rfc8785.dumps(command)).hexdigest()[:16]]
        shown += [hashlib.sha256(POLICY.encode()).hexdigest(), *POLICY.splitlines()]
        shown += ["index 2" + "".join(map(b64, inclusion_proof(2, lines)))]
        shown += ["old 3" + "".join(map(b64, consistency_proof(3, lines)))]
        shown += [str(SIGNED_AT + 35 * DAY), "2026-04-09T08:40:00Z"]
        for one in shown:
            self.assertIn(one, flat)
        known = set(re.findall("[0-9a-f]{64}", "\n".join(shown)))
        self.assertEqual(set(re.findall(r"\b[0-9a-f]{64}\b", FORMAT)) - known - {"0" * 64}, set())

    def test_the_faults_and_notes_of_the_text_are_those_of_the_verifier(self):
        faults_part, notes_part = FORMAT.split("## 14.")[1].split("## 15.")[0].split("A note does not")
        faults, notes = (re.findall(r"^\| `([a-z_0-9]+)` \|", part, re.M) for part in (faults_part, notes_part))
        source = (ROOT / "src/export/verifiers/verify.py").read_text()
        for name in set(faults + notes) - POSTING:
            self.assertIn(f'"{name}"', source)
        used = set(re.findall(r'(?:fault|note|Wrong)\((?:[a-z_0-9]+, |None, )?"([a-z_0-9]+)"', source)) - {"base64"}
        self.assertEqual(used - set(faults) - set(notes), set())
        for name in re.findall(r"`\[([a-z_0-9]+)\]`", FORMAT):
            self.assertIn(name, faults)

    def test_every_fault_and_note_is_made_by_some_test(self):
        names = re.findall(r"^\| `([a-z_0-9]+)` \|", FORMAT.split("## 14.")[1], re.M)
        own = (HERE / "test_verify.py").read_text()
        self.assertEqual([name for name in names if f'"{name}"' not in own], [])


class TheCommand(Case):
    def run_it(self, *args):
        return subprocess.run([sys.executable, ROOT / "src/export/verifiers/verify.py", *map(str, args)], capture_output=True, text=True)

    def test_exit_codes_and_words(self):
        done = self.run_it("--sample", "--policy", SAMPLE / "policy", "--at", SIGNED_AT + 1, SAMPLE)
        self.assertEqual((done.returncode, done.stdout.splitlines()[0]), (0, "verified and witnessed: up to 5 of 5 records"))
        done = self.run_it("--sample", SAMPLE)
        self.assertEqual((done.returncode, done.stdout.splitlines()[0]), (0, "verified, not independently witnessed"))
        done = self.run_it("--json", SAMPLE)
        self.assertEqual((done.returncode, json.loads(done.stdout)["outcome"]), (4, "broken"))
        self.assertEqual(self.run_it(self.folder).returncode, 5)
        (self.folder / "policy").write_text("moon\n")
        done = self.run_it("--sample", "--policy", self.folder / "policy", SAMPLE)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        args = ("--sample", "--policy", SAMPLE / "policy", "--at", SIGNED_AT + 3 * DAY, "--max-age-days")
        self.assertIn("cosignatures_stale", self.run_it(*args, 2, SAMPLE).stdout)

    def test_what_a_hostile_bundle_says_cannot_steer_the_terminal(self):
        line = sample_lines()[0].replace(b'"general"', '"\\u001b[2J\x9b2J\u202e"'.encode())
        (self.folder / "events.ndjson").write_bytes(line + b"\n")
        done = self.run_it("--sample", self.folder)
        self.assertEqual(done.returncode, 4)
        self.assertIn("\\x1b[2J", done.stdout)
        self.assertFalse(set("\x1b\x9b\u202e") & set(done.stdout))


if __name__ == "__main__":
    unittest.main()
