"""How the tests ask `verify.py`: a folder is written, read and judged."""
import os, shutil, sys, tempfile, unittest
from pathlib import Path

from books import DAY, LOG, POLICY, ROOT, SIGNED_AT, chart_json, created, ndjson, officers, seal, signed, write

SCRIPT = ROOT / "src/export/verifiers/verify.py"
sys.path.insert(0, str(SCRIPT.parent))
sys.dont_write_bytecode = True
import verify  # noqa: E402

if os.environ.get("MINGZHANG_PURE"):
    verify.use_pure()
NOW = SIGNED_AT + 30 * DAY  # after every record that the builders make, and within 35 days of the cosignature


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mingzhang-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_on(self, files, name="bundle", policy=POLICY, now=NOW, sample=False, **options):
        """The result of verify.py for a bundle given as {path: bytes}."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        policy = verify.Policy(policy.encode()) if policy else None
        return verify.Verifier(policy, now, sample=sample).run(write(folder, files), **options)

    def verify(self, lines=None, data=None, checkpoint=None, vkey=LOG.vkey, policy=POLICY, at=SIGNED_AT + DAY,
               files=(), sample=True, chart=False, **options):
        contents = {"events.ndjson": ndjson(lines) if data is None else data, "checkpoint": checkpoint,
                    "log.vkey": vkey and vkey + "\n", "chart.json": chart_json() if chart else None, **dict(files)}
        contents = {name: content if isinstance(content, bytes) else content.encode()
                    for name, content in contents.items() if content is not None}
        return self.run_on(contents, policy=policy, now=at, sample=sample, **options)

    def book(self, records, **options):
        """A whole book with record 0, chart and a checkpoint over all of it."""
        lines = seal([created(), *records])
        return self.verify(lines, **{"checkpoint": signed(lines), "sample": False, "chart": True, "at": NOW, **options})

    def office(self, *records, **options):
        """A book in which everybody of ROLES holds office; the first of `records` is record 9."""
        return self.book([*officers(), *records], **options)

    def kinds(self, result):
        return {fault["kind"] for fault in result["faults"]}

    def places(self, result):
        return {(fault["record"], fault["kind"]) for fault in result["faults"]}

    def noted(self, result):
        """Without the note that this verifier always says."""
        return {(note["record"], note["kind"]) for note in result["notes"]} - {(None, "posting_not_checked")}

    def assert_good(self, result):
        self.assertEqual((result["outcome"], result["faults"]), ("verified and witnessed", []))

    def assert_faults(self, result, *places):
        """Exactly these pairs of record and fault."""
        self.assertEqual(result["outcome"], "broken")
        self.assertEqual(self.places(result), set(places), result["faults"])

    def assert_broken(self, result, *kinds, record=...):
        self.assertEqual(result["outcome"], "broken")
        for kind in kinds:
            self.assertIn(kind, self.kinds(result))
        if record is not ...:
            self.assertIn((record, kinds[0]), self.places(result))

    def assert_only(self, result, *kinds):
        self.assertEqual(result["outcome"], "broken")
        self.assertEqual(self.kinds(result), set(kinds), result["faults"])

    def assert_noted(self, result, kind, outcome="verified, not independently witnessed"):
        self.assertEqual(result["outcome"], outcome, result["faults"])
        self.assertIn(kind, {note["kind"] for note in result["notes"]})
