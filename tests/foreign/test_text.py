"""docs/FORMAT.md itself, and the command."""
import base64, hashlib, json, re, subprocess, sys, unittest

import blake3
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pathlib import Path

from books import (DAY, FORMAT, LOG, ORIGIN, POLICY, SAMPLE, SAMPLE_CHECKPOINT, SIGNED_AT, W1, chain_hash, commitment,
                   bundle, consistency_proof, created, dues, entry, inclusion_proof, proof_file, root_of, sample_lines, seal, text_of, write)
from case import NOW, SCRIPT, Case, verify

# what only a program with the posting table can say
POSTING = {"posting_differs"}


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
        shown += [commitment("姓名", "甲")]
        for one in shown:
            self.assertIn(one, flat)
        known = set(re.findall("[0-9a-f]{64}", "\n".join(shown)))
        self.assertEqual(set(re.findall(r"\b[0-9a-f]{64}\b", FORMAT)) - known - {"0" * 64}, set())

    def test_the_faults_and_notes_of_the_text_are_those_of_the_verifier(self):
        faults_part, notes_part = FORMAT.split("## 14.")[1].split("## 15.")[0].split("A note does not")
        faults, notes = (re.findall(r"^\| `([a-z_0-9]+)` \|", part, re.M) for part in (faults_part, notes_part))
        source = SCRIPT.read_text(encoding="utf-8")
        for name in set(faults + notes) - POSTING:
            self.assertIn(f'"{name}"', source)
        used = set(re.findall(r'(?:fault|note|Wrong|Stop)\((?:[a-z_0-9]+, |None, )?"([a-z_0-9]+)"', source)) - {"base64"}
        self.assertEqual(set(verify.WORDS), set(faults + notes) - POSTING)
        self.assertEqual([name for name in verify.WORDS if not all(verify.WORDS[name])], [])
        self.assertEqual(used - set(faults) - set(notes), set())
        for name in re.findall(r"`\[([a-z_0-9]+)\]`", FORMAT):
            self.assertIn(name, faults + notes)

    def test_every_fault_and_note_is_made_by_some_test(self):
        names = re.findall(r"^\| `([a-z_0-9]+)` \|", FORMAT.split("## 14.")[1].split("## 15.")[0], re.M)
        own = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
        self.assertEqual([name for name in names if f'"{name}"' not in own], [])

class TheCommand(Case):
    def run_it(self, *args):
        return subprocess.run([sys.executable, SCRIPT, *map(str, args)], capture_output=True, text=True)

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

    def test_it_speaks_chinese_too(self):
        done = self.run_it("--sample", "--policy", SAMPLE / "policy", "--now", SIGNED_AT + 1, "--lang", "zh", SAMPLE)
        self.assertEqual(done.stdout.splitlines()[0], "已验证并有见证：共5条记录，见证到第5条为止")
        done = self.run_it("--lang", "zh", SAMPLE)
        self.assertEqual(done.stdout.splitlines()[0], "已损坏或被改动：首错在第0条")
        self.assertIn("错误：第0条：ledger_created_missing（第0条不是建账记录）", done.stdout)

    def test_a_continued_bundle_and_a_proof_alone(self):
        lines = seal([created(), dues(1, "2026-01-05"), dues(2, "2026-01-06")])
        base, folder = write(self.folder / "base", bundle(lines[:2])), write(self.folder / "next", bundle(lines, continues=2))
        (self.folder / "policy").write_text(POLICY)
        (self.folder / "1.tlog-proof").write_text(proof_file(1, lines, extra=lines[1]))
        asked = ("--policy", self.folder / "policy", "--now", NOW)
        done = self.run_it(folder, "--base", base, *asked)
        self.assertEqual((done.returncode, done.stdout.splitlines()[0]), (0, "verified and witnessed: up to 3 of 3 records"))
        done = self.run_it(folder, *asked)
        self.assertEqual((done.returncode, done.stdout.splitlines()[0]), (4, "broken"))
        done = self.run_it("--proof", self.folder / "1.tlog-proof", *asked)
        self.assertEqual(done.returncode, 0)
        self.assertIn("proof 1.tlog-proof: record 1 is in the tree: " + lines[1].decode(), done.stdout)
        self.assertEqual(self.run_it("--json").returncode, 2)

    def test_what_a_hostile_bundle_says_cannot_steer_the_terminal(self):
        line = sample_lines()[0].replace(b'"general"', '"\\u001b[2J\x9b2J\u202e"'.encode())
        (self.folder / "events.ndjson").write_bytes(line + b"\n")
        done = self.run_it("--sample", self.folder)
        self.assertEqual(done.returncode, 4)
        self.assertIn("\\x1b[2J", done.stdout)
        self.assertFalse(set("\x1b\x9b\u202e") & set(done.stdout))

    def test_no_mark_that_is_not_seen_is_printed_as_it_is(self):
        marks = "\x7f\x85\x9b\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u202a\u202e\u2060\u2066\u2069\u2800\u3164\ufe0f\ufeff" \
            "\uffa0\U000e0001\U000e0100"
        fund = f"会费{marks}x"
        entries = [entry("102", "debit", "1.00", fund), entry("401", "credit", "1.00", fund)]
        folder = write(self.folder / "bundle", bundle(seal([created(), dues(1, entries=entries), {**dues(2), "type": fund}])))
        for args in ((), ("--lang", "zh"), ("--json",)):
            done = self.run_it(folder, *args)
            self.assertEqual((done.returncode, set(marks) & set(done.stdout), set(marks) & set(done.stderr)), (4, set(), set()))
            self.assertIn("会费\\", done.stdout)
        rows = json.loads(done.stdout)["trial_balance"]
        self.assertIn(fund, [row["fund"] for row in rows])
        done = self.run_it(self.folder / "\u202enowhere")
        self.assertEqual((done.returncode, "\u202e" in done.stderr), (5, False))

if __name__ == "__main__":
    unittest.main()
