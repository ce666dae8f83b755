"""Bundles: section 13.3, and proofs that stand by themselves: 13.1."""
import json, os, shutil, signal, unittest

from books import (LOG, LOG2, OTHER, POLICY, TestKey, attached, b64, bundle, committed, created, dues, erased, jcs, leaf,
                   ndjson, openings, papers, policy_of, proof_file, root_of, seal, sha256, signed, since_file, sums, write)
from case import NOW, Case, verify


def book(size):
    """`size` records: dues of January."""
    return seal([created(), *(dues(number, "2026-01-05") for number in range(1, size))][:size])


class Tiles(Case):
    def test_books_of_many_sizes_are_good_with_all_their_tiles(self):
        for size, count in ((1, 1), (2, 1), (3, 1), (255, 1), (256, 2), (257, 3), (600, 4)):
            files = bundle(book(size), with_tiles=True, with_sums=True)
            self.assertEqual(sum(name.startswith("tile/") for name in files), count, size)
            result = self.run_on(files)
            self.assert_good(result)
            self.assertEqual((result["records"], result["witnessed_size"]), (size, size))

    def test_an_empty_book_has_no_record_0(self):
        result = self.run_on(bundle([], with_tiles=True))
        self.assert_faults(result, (None, "ledger_created_missing"), (None, "log_not_in_policy"))
        self.assert_faults(self.run_on(bundle([]), policy=None), (None, "ledger_created_missing"))

    def test_any_other_hash_in_a_tile_is_seen(self):
        files = bundle(book(600), with_tiles=True)
        for name in [name for name in files if name.startswith("tile/")]:
            for at in (0, len(files[name]) - 1):
                bad = bytearray(files[name])
                bad[at] ^= 1
                self.assert_faults(self.run_on({**files, name: bytes(bad)}), (None, "tile_wrong"))
            self.assert_faults(self.run_on({**files, name: files[name][:-1]}), (None, "tile_wrong"))

    def test_tiles_that_are_not_there_are_no_fault_and_smaller_ones_are_true_too(self):
        lines = book(600)
        files = bundle(lines)
        self.assert_good(self.run_on({**files, "tile/0/002.p/1": leaf(lines[512]), "tile/0/000.p/2": leaf(lines[0]) + leaf(lines[1])}))
        for name, content in (("tile/0/002.p/89", b"".join(map(leaf, lines[511:]))), ("tile/0/003", bytes(32 * 256)),
                              ("tile/2/000.p/1", bytes(32)), ("tile/3/000.p/1", bytes(32)),
                              ("tile/63/000.p/1", bytes(32)), ("tile/0/x001/234", bytes(32 * 256)), ("tile/0/000", b"")):
            self.assert_faults(self.run_on({**files, name: content}), (None, "tile_wrong"))

    def test_what_has_not_the_name_of_a_tile_is_no_tile_of_the_tree(self):
        for name in ("tile/0/0", "tile/00/000", "tile/64/000", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
                     "tile/x", "tile/entries/000", "tile/0/001/234"):
            self.assert_faults(self.run_on(bundle(book(3), **{name: b"x"})), (None, "tile_wrong"))

    def test_the_number_of_a_great_tile_is_in_groups_of_three(self):
        self.assertEqual(verify.TILE.fullmatch("tile/1/x001/x234/067.p/8").groups(), ("1", "x001/x234/067", "8"))


class Continued(Case):
    """Ten records: a bundle of the first six, and one that continues it."""

    def setUp(self):
        super().setUp()
        self.lines = book(10)
        self.base = write(self.folder / "base", bundle(self.lines[:6], with_tiles=True))

    def go_on(self, base=..., since=6, lines=None, files=None, **options):
        bases = [self.base] if base is ... else base
        made = bundle(lines or self.lines, continues=since, with_tiles=True, with_sums=True, **(files or {}))
        return self.run_on(made, bases=bases, **options)

    def test_two_bundles_are_one_book(self):
        result = self.go_on()
        self.assert_good(result)
        self.assertEqual((result["records"], result["witnessed_size"], result["root"]), (10, 10, b64(root_of(self.lines))))
        whole = self.run_on(bundle(self.lines))
        for name in ("chain_head", "trial_balance", "root"):
            self.assertEqual(result[name], whole[name])

    def test_a_part_of_the_earlier_bundle_is_enough(self):
        for since in (1, 4, 5, 6):
            self.assert_good(self.go_on(since=since))

    def test_the_earlier_bundle_may_continue_another_in_whatever_order_they_are_given(self):
        middle = write(self.folder / "middle", bundle(self.lines[:8], continues=6))
        for bases in ([middle, self.base], [self.base, middle]):
            self.assert_good(self.go_on(bases, since=8))
        self.assert_faults(self.go_on([middle], since=8), (None, "base_wrong"))

    def test_without_that_bundle_nothing_more_is_said(self):
        result = self.go_on([])
        self.assert_faults(result, (None, "base_wrong"))
        self.assertEqual((result["records"], result["trial_balance"]), (0, []))
        self.assert_faults(self.go_on(since=7), (None, "base_wrong"))
        other = write(self.folder / "other", bundle(seal([created(organisation="别的工会"), *(dues(n, "2026-01-05") for n in range(1, 6))])))
        self.assert_faults(self.go_on([other]), (None, "base_wrong"))
        self.assert_good(self.go_on([other, self.base]))

    def test_the_tree_is_shown_to_begin_with_the_earlier_one(self):
        good = since_file(6, self.lines)
        for bad in (good.rsplit("\n", 2)[0] + "\n", good + b64(bytes(32)) + "\n", good.replace(good.split("\n")[2], b64(bytes(32)))):
            self.assert_faults(self.go_on(files={"since": bad}), (None, "consistency_wrong"))
            self.assert_faults(self.go_on([], files={"since": bad}), (None, "base_wrong"))
        result = self.go_on(files={"checkpoint": None})
        self.assert_faults(result, (None, "consistency_wrong"))

    def test_another_form_of_since(self):
        good = since_file(6, self.lines)
        for bad in ("", "old 6\n", good[:-1], good.replace("old 6", "old 06"), since_file(0, self.lines), good.replace("old", "new"), good + "\n", good + "AA==\n", "\xff"):
            result = self.go_on(files={"since": bad, "SHA256SUMS": b"?"})
            self.assert_faults(result, (None, "base_wrong"))
            self.assertEqual((len(result["faults"]), result["records"]), (1, 0))

    def test_the_earlier_bundles_files_count_too(self):
        (self.base / "checkpoints").mkdir()
        (self.base / "checkpoints/6").write_text(signed(book(6)[:5]))
        self.assert_faults(self.go_on(), (None, "checkpoint_form"))
        forged = seal([created(), *(dues(n, "2026-01-05", "1.00") for n in range(1, 6))])
        (self.base / "checkpoints/6").write_text(signed(forged))
        self.assert_faults(self.go_on(), (None, "root_wrong"), (None, "log_fork"))
        (self.base / "checkpoints/6").unlink()
        (self.base / "tile/0/000.p/6").write_bytes(b"x")
        self.assert_faults(self.go_on(), (None, "tile_wrong"))

    def test_an_earlier_bundle_with_a_torn_end(self):
        write(self.base, {"events.ndjson": ndjson(self.lines[:6])[:-1]})
        self.assert_faults(self.go_on(), (5, "line_torn"))
        self.assert_good(self.go_on(since=5))

    def test_openings_are_those_of_the_newest_bundle_alone(self):
        lines = seal([created(), committed("s1", 姓名="甲"), committed("s1", 电话="1"), erased("s1", "姓名"), committed("s1", 电话="2")])
        base = write(self.folder / "base2", bundle(lines[:3], **{"openings.ndjson": openings(s1={"姓名": "甲", "电话": "1"})}))
        result = self.go_on([base], since=3, lines=lines, files={"openings.ndjson": openings(s1={"电话": "2"})})
        self.assert_good(result)
        self.assertEqual([(one["name"], one["state"], one["value"]) for one in result["private_fields"]],
                         [("姓名", "erased", None), ("电话", "shown", "2")])
        result = self.go_on([base], since=3, lines=lines, files={"openings.ndjson": openings(s1={"电话": "1"})})
        self.assert_faults(result, (None, "opening_wrong"))

    def test_papers_of_both(self):
        lines = seal([created(), attached(0, b"one"), attached(0, b"two")])
        base = write(self.folder / "base3", bundle(lines[:2], **papers(b"one")))
        self.assert_good(self.go_on([base], since=2, lines=lines, files=papers(b"two")))
        self.assert_faults(self.go_on([base], since=2, lines=lines), (None, "attachment_missing"))


class Sums(Case):
    def sums(self, text, **files):
        return self.run_on(bundle(book(3), SHA256SUMS=text, **files))

    def test_listed_files_are_there_as_listed(self):
        files = bundle(book(3), with_tiles=True, with_sums=True)
        self.assert_good(self.run_on(files))
        without = {name: content for name, content in files.items() if name != "log.vkey"}
        self.assert_faults(self.run_on(without), (None, "file_missing"))
        self.assert_faults(self.run_on({**files, "extra": b"x", "SHA256SUMS": files["SHA256SUMS"] + sums({"extra": b"y"}).encode()}),
                           (None, "file_differs"))
        self.assert_faults(self.sums("0" * 64 + "  " + "x" * 300 + "\n"), (None, "file_missing"))
        self.assert_faults(self.sums("0" * 64 + "  checkpoint/x\n"), (None, "file_missing"))

    def test_lines_of_another_form(self):
        good = sums({"log.vkey": (LOG.vkey + "\n").encode()})
        self.assert_good(self.sums(good))
        paths = [good.replace("log", path) for path in ("/log", "../bundle/log", "x/../log")]
        for bad in (good[:-1], good + "\n", good.upper(), good.replace("  ", " "), good.replace("  ", " *"), "\\" + good, b"\xff\n", *paths):
            self.assert_faults(self.sums(bad), (None, "sums_form"))
        for path in ("./log", ".//log"):
            self.assert_good(self.sums(good.replace("log", path)))
        for path in ("a\tb", "\x00", "checkpoints"):
            self.assert_faults(self.sums(good.replace("log.vkey", path)), (None, "file_missing"))


class OnlyFilesOfItsOwn(Case):
    """A link is not there, whatever it names; a pipe is not waited for."""
    lines = seal([created(), attached(0, b"invoice"), attached(0, b"other")])

    def ask(self, change=None, **files):
        shutil.rmtree(self.folder / "bundle", ignore_errors=True)
        folder = write(self.folder / "bundle", bundle(self.lines, with_tiles=True, **files))
        write(self.folder, {"outside/deep/file": b"invoice", "outside/same": b"invoice"})
        if change:
            change(folder)
        return verify.Verifier(verify.Policy(POLICY.encode()), NOW).run(folder)

    def put(self, name, target=None):
        def change(folder):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            path.symlink_to(self.folder / "outside" / target) if target is not None else os.mkfifo(path)
        return change

    def test_papers(self):
        both, name = papers(b"invoice", b"other"), f"attachments/{sha256(b'invoice')}"
        self.assert_good(self.ask(**both))
        for target in ("same", "deep", "nowhere", None):
            self.assert_faults(self.ask(self.put(name, target), **both), (None, "attachment_missing"))
            self.assert_good(self.ask(self.put("attachments/x", target), **both))
            self.assert_good(self.ask(self.put("attachments", target)))

    def test_tiles(self):
        for name in ("tile/0/000.p/3", "tile/0/x", "tile/x", "tile/0", "tile"):
            for target in ("same", "deep", "", "nowhere", None):
                self.assert_good(self.ask(self.put(name, target)))

    def test_what_is_listed(self):
        for name in ("extra", "deep/file"):
            listed = {"SHA256SUMS": sums({name: b"invoice"})}
            self.assert_good(self.ask(**listed, **{name: b"invoice"}))
            for target in ("same", "nowhere", None):
                self.assert_faults(self.ask(self.put(name, target), **listed), (None, "file_missing"))
        self.assert_faults(self.ask(self.put("deep", "deep"), SHA256SUMS=sums({"deep/file": b"invoice"})), (None, "file_missing"))
        for target in ("same", None):
            self.assert_good(self.ask(self.put("SHA256SUMS", target)))

    def test_every_other_file(self):
        for target in ("same", None):
            for name in ("since", "openings.ndjson", "log.vkey", "FORMAT.md", "checkpoints/1", "checkpoints"):
                self.assert_good(self.ask(self.put(name, target)))
            self.assert_noted(self.ask(self.put("chart.json", target)), "chart_missing", "verified and witnessed")
            self.assert_noted(self.ask(self.put("checkpoint", target)), "checkpoint_missing")
            with self.assertRaises(FileNotFoundError):
                self.ask(self.put("events.ndjson", target))

    def setUp(self):
        super().setUp()
        signal.alarm(60)  # a pipe that is waited for
        self.addCleanup(signal.alarm, 0)


class Damage(Case):
    def test_no_flipped_byte_of_a_whole_bundle_passes_as_unchanged(self):
        """Without SHA256SUMS, but for one file."""
        lines = seal([created(), committed("s1", 姓名="甲", 电话="1"), attached(0, b"invoice"), dues(1, "2026-01-05")])
        base = write(self.folder / "base", bundle(lines[:2]))
        files = bundle(lines, continues=2, with_tiles=True, **papers(b"invoice"), **{
            "openings.ndjson": openings(s1={"姓名": "甲", "电话": None}), "checkpoints/3": signed(lines[:3])})
        folder = write(self.folder / "bundle", files)
        before = self.ask(folder, base)
        self.assertEqual(before["outcome"], "verified and witnessed")
        for name, content in files.items():
            # a changed name in a signature line is another's signature, and below the newest checkpoint nobody misses it
            with_sums = {"SHA256SUMS": sums(files).encode()} if name == "checkpoints/3" else {}
            write(folder, with_sums)
            for place in range(len(content)):
                (folder / name).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1:])
                after = self.ask(folder, base)
                self.assertNotEqual(after, before, f"{name} byte {place}")
                if name != "checkpoint":
                    self.assertEqual(after["outcome"], "broken", f"{name} byte {place}")
            (folder / name).write_bytes(content)
            for listed in with_sums:
                (folder / listed).unlink()
        self.assertEqual(self.ask(folder, base), before)

    def test_every_flipped_byte_of_a_whole_bundle_is_broken_under_its_sums(self):
        lines = book(2)
        files = bundle(lines, with_tiles=True, with_sums=True)
        folder = write(self.folder / "bundle", files)
        for name, content in files.items():
            for place in range(len(content)):
                (folder / name).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1:])
                self.assertEqual(self.ask(folder)["outcome"], "broken", f"{name} byte {place}")
            (folder / name).write_bytes(content)
        self.assert_good(self.ask(folder))

    def ask(self, folder, *bases):
        return verify.Verifier(verify.Policy(POLICY.encode()), NOW).run(folder, bases=bases)


class ProofsAlone(Case):
    lines = book(7)

    def prove(self, text, policy=POLICY, **options):
        path = self.folder / "3.tlog-proof"
        path.write_text(text)
        return verify.Verifier(verify.Policy(policy.encode()) if policy else None, NOW).run_proof(path)

    def test_a_members_proof_stands_by_itself(self):
        result = self.prove(proof_file(3, self.lines, extra=self.lines[3]))
        self.assert_good(result)
        self.assertEqual((result["records"], result["witnessed_size"]), (7, 7))
        self.assertEqual(result["proofs"], [{"file": "3.tlog-proof", "index": 3, "record": self.lines[3].decode()}])
        self.assertIn("3.tlog-proof", verify.show(result, "zh"))

    def test_a_proof_that_is_of_something_else(self):
        other = jcs({**json.loads(self.lines[3]), "ledger": OTHER})
        for bad in (proof_file(3, self.lines), proof_file(3, self.lines, extra=self.lines[2]), proof_file(2, self.lines, extra=self.lines[3]),
                    proof_file(3, self.lines, extra=b"{"), proof_file(3, self.lines, extra=b"[]"), proof_file(3, self.lines, extra=other),
                    proof_file(3, self.lines, extra=self.lines[3], hashes=[])):
            self.assert_faults(self.prove(bad), (None, "proof_wrong"))
        another = [*self.lines[:3], other, *self.lines[4:]]
        self.assert_faults(self.prove(proof_file(3, another, extra=other)), (None, "proof_wrong"))

    def test_its_checkpoint_is_checked_too(self):
        good = proof_file(3, self.lines, extra=self.lines[3])
        self.assert_noted(self.prove(good, policy=None), "log_key_missing")
        self.assert_faults(self.prove(good, policy=POLICY.replace(LOG.vkey, TestKey(OTHER, 7, 1).vkey)), (None, "log_not_in_policy"))
        self.assert_faults(self.prove(good, policy=policy_of(LOG2)), (None, "checkpoint_unsigned"))
        # What was scanned has lost its last line feed, or gained one.
        for scanned in (good[:-1], good + "\n"):
            self.assertEqual(self.prove(scanned)["outcome"], "verified and witnessed")


if __name__ == "__main__":
    unittest.main()
