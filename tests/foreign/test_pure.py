"""Without packages: the same hashes, the same signatures, the same verdicts."""
import ast, json, random, subprocess, sys, unittest

import blake3
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from books import (LOG, LOG2, POLICY, act, approved, attached, bands, bundle, changed, committed, created, keys, officers,
                   openings, opinion, paid, papers, requested, rotated, run, seal, write)
from case import NOW, SCRIPT, Case, verify


class Pure(Case):
    def setUp(self):
        super().setUp()
        held = verify.fast_blake3, verify.fast_ed25519
        self.addCleanup(lambda: [setattr(verify, *one) for one in zip(("fast_blake3", "fast_ed25519"), held)])
        verify.use_pure()
        self.random = random.Random(2026)

    def test_blake3_is_blake3(self):
        for length in (0, 1, 63, 64, 65, 127, 128, 1023, 1024, 1025, 2048, 2049, 3072, 3073, 4096, 5000, 8193, 31744):
            data = self.random.randbytes(length)
            words = verify.blake3_pure(data)
            self.assertEqual(b"".join(word.to_bytes(4, "little") for word in words), blake3.blake3(data).digest(), length)
            self.assertEqual(verify.chain_hash(data), blake3.blake3(data, derive_key_context=verify.CHAIN_CONTEXT).hexdigest(), length)

    def test_ed25519_is_ed25519(self):
        for length in (0, 1, 100, 1000):
            secret, message = Ed25519PrivateKey.from_private_bytes(self.random.randbytes(32)), self.random.randbytes(length)
            public, signature = secret.public_key().public_bytes_raw(), secret.sign(message)
            self.assertTrue(verify.point_of(public))
            self.assertTrue(verify.ed25519_verifies(public, signature, message))
            for place in range(0, 64, 3):
                bad = signature[:place] + bytes([signature[place] ^ 4]) + signature[place + 1:]
                self.assertFalse(verify.ed25519_verifies(public, bad, message))
            self.assertFalse(verify.ed25519_verifies(public, signature, message + b"x"))

    def test_vectors_of_rfc_8032(self):
        for public, signature, message in (
            ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b", ""),
            ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
             "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00", "72")):
            self.assertTrue(verify.ed25519_verifies(*map(bytes.fromhex, (public, signature, message))))

    def test_jcs_is_jcs(self):
        texts = ["", "a", "é", "\x00\x1f\"\\/\b\f\n\r\t\x7f", "\u2028", "\ue000", "\U00010000", "\U0001f600x", "\ufb33", "银行"]
        for _ in range(300):
            value = {self.random.choice(texts) + self.random.choice(texts): self.random.choice(
                [0, 2**53 - 1, True, False, None, self.random.choice(texts), [self.random.choice(texts), {}], {t: 1 for t in texts}])
                for _ in range(self.random.randrange(6))}
            self.assertEqual(verify.jcs(value), rfc8785.dumps(value))
        for bad in ("\ud800", {"\udc00": 1}):
            with self.assertRaises(ValueError):
                verify.jcs(bad)


class BothWays(Case):
    def rich(self):
        """Every kind of signature and hash, twice: as it should be, and with faults."""
        good = [created(), *officers(), *keys("chair", "auditor"), *run(opinion(), act("auditor")), bands((None, ["finance_head"])),
                requested(), approved(), paid(1), committed("s1", 姓名="甲"), attached(0, b"invoice"), rotated(LOG, LOG2)]
        lines = seal(good)
        files = bundle(lines, log=LOG2, with_tiles=True, with_sums=True, **papers(b"invoice"), **{"openings.ndjson": openings(s1={"姓名": "甲"})})
        yield files
        bad = [*lines[:3], changed(lines[3], actor="nobody"), *lines[4:-3], *lines[-2:]]
        yield {**files, "events.ndjson": b"".join(line + b"\n" for line in bad), "openings.ndjson": openings(s1={"姓名": "乙"})}
        yield {**files, "checkpoint": files["checkpoint"].replace(b"A", b"B")}

    def command(self, *args):
        return subprocess.run([sys.executable, *map(str, args)], capture_output=True, text=True, encoding="utf-8")

    def test_the_verdicts_are_the_same_with_packages_without_them_and_where_there_are_none(self):
        (self.folder / "policy").write_text(POLICY)
        for number, files in enumerate(self.rich()):
            folder = write(self.folder / str(number), files)
            asked = (SCRIPT, folder, "--policy", self.folder / "policy", "--now", NOW, "--json")
            results = [self.command(*asked), self.command(*asked, "--pure"), self.command("-I", "-S", *asked)]
            self.assertEqual(len({done.stdout for done in results}), 1, results[2].stderr)
            self.assertEqual(json.loads(results[0].stdout)["outcome"], ["verified and witnessed", "broken", "broken"][number])

    def test_it_is_written_for_python_3_9(self):
        ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 9))

    def test_it_imports_nothing_else(self):
        names = {name.name for one in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))) if isinstance(one, ast.Import) for name in one.names}
        names |= {one.module for one in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))) if isinstance(one, ast.ImportFrom)}
        outside = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
        self.assertEqual(outside, {"blake3", "cryptography.exceptions", "cryptography.hazmat.primitives.asymmetric"})


if __name__ == "__main__":
    unittest.main()
