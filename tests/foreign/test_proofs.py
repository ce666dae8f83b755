"""Trees and proofs: sections 6 and 13."""
import base64, unittest

from books import SAMPLE_CHECKPOINT, consistency_proof, inclusion_proof, leaf, root_of, sample_lines
from case import Case, verify


class Proofs(Case):
    def test_every_inclusion_proof_of_every_small_tree_holds_and_none_holds_elsewhere(self):
        lines = [b"%d" % n for n in range(17)]
        for size in range(1, 18):
            for index in range(size):
                proof, root = inclusion_proof(index, lines[:size]), root_of(lines[:size])
                hold = [m for m in range(18) if verify.inclusion_holds(leaf(lines[index]), m, size, proof, root)]
                self.assertEqual(hold, [index])
                self.assertFalse(verify.inclusion_holds(leaf(b"x"), index, size, proof, root))
                self.assertFalse(verify.inclusion_holds(leaf(lines[index]), index, size, proof + [root], root))

    def test_every_consistency_proof_of_every_small_tree_holds_and_no_other_root_does(self):
        lines = [b"%d" % n for n in range(17)]
        for new in range(1, 18):
            for old in range(1, new + 1):
                proof, a, b = consistency_proof(old, lines[:new]), root_of(lines[:old]), root_of(lines[:new])
                self.assertTrue(verify.consistency_holds(old, new, proof, a, b), (old, new))
                self.assertFalse(verify.consistency_holds(old, new, proof, b"x" * 32, b))
                self.assertFalse(verify.consistency_holds(old, new, proof, a, b"x" * 32))
                self.assertFalse(verify.consistency_holds(old, new, proof + [a], a, b))

    def test_a_proof_file_is_about_a_record_of_this_book(self):
        lines, proof = sample_lines(), self.folder / "2.tlog-proof"

        def check(index, hashes, first="c2sp.org/tlog-proof@v1"):
            text = "".join(base64.b64encode(one).decode() + "\n" for one in hashes)
            proof.write_text(f"{first}\nindex {index}\n{text}\n{SAMPLE_CHECKPOINT}")
            return self.verify(lines, checkpoint=SAMPLE_CHECKPOINT, proofs=[proof])
        self.assertEqual(check(2, inclusion_proof(2, lines))["outcome"], "verified and witnessed")
        record = f"c2sp.org/tlog-proof@v1\nextra {base64.b64encode(lines[2]).decode()}"
        self.assertEqual(check(2, inclusion_proof(2, lines), first=record)["faults"], [])
        other = f"c2sp.org/tlog-proof@v1\nextra {base64.b64encode(lines[3]).decode()}"
        self.assert_only(check(2, inclusion_proof(2, lines), first=other), "proof_wrong")
        self.assert_only(check(3, inclusion_proof(2, lines), first=record), "proof_wrong")
        self.assert_only(check(2, inclusion_proof(2, lines), first="c2sp.org/tlog-proof@v1\nextra eA=="), "proof_wrong")
        self.assert_only(check(1, inclusion_proof(2, lines)), "proof_wrong")
        self.assert_only(check(9, inclusion_proof(2, lines)), "proof_wrong")
        self.assert_only(check("02", inclusion_proof(2, lines)), "proof_wrong")
        self.assert_only(check(2, inclusion_proof(2, lines), first="x"), "proof_wrong")

    def test_the_incremental_tree_is_the_tree_of_rfc_6962(self):
        lines, tree = [b"%d" % n for n in range(70)], verify.Tree()
        for size in range(70):
            self.assertEqual(tree.root(), root_of(lines[:size]))
            tree.append(leaf(lines[size]))

if __name__ == "__main__":
    unittest.main()
