"""Keys that change: section 17, and which keys are none: section 9."""
import base64, hashlib, unittest

from books import (LOG, LOG2, LOG3, ORIGIN, POLICY, POLICY2, TestKey, W1, act, appointed, b64, created, dues, fact, keys, officers,
                   policy_of, rotated, run, seal, signed, witness_changed)
from case import NOW, Case, verify

CHAIR = appointed("chair", actor="t1")
OTHER_NAME = TestKey("gh.example.org/other", 8, 1)


class ChangedKeys(Case):
    """Records 0 to 2: the second is the rotation."""

    def rotated(self, rotation=None, policy=POLICY, log=LOG2, vkey=LOG2.vkey, **options):
        lines = seal([created(), CHAIR, rotation or rotated(LOG, LOG2), dues(1)])
        return self.verify(lines, checkpoint=signed(lines, log=log), policy=policy, vkey=vkey, chart=True, sample=False, at=NOW, **options)

    def test_after_a_rotation_the_new_key_signs(self):
        for policy in (POLICY, policy_of(LOG2)):
            result = self.rotated(policy=policy)
            self.assert_good(result)
            self.assertEqual(result["log_keys"], [{"key": LOG.vkey, "since": 0}, {"key": LOG2.vkey, "since": 3}])
        self.assert_faults(self.rotated(log=LOG), (None, "checkpoint_unsigned"))

    def test_checkpoints_from_before_are_signed_by_the_old_key(self):
        lines = seal([created(), CHAIR, rotated(LOG, LOG2), dues(1)])
        files = {f"checkpoints/{size}": signed(lines[:size], log=log) for size, log in ((1, LOG), (2, LOG), (3, LOG2))}
        self.assert_good(self.rotated(files=files))
        self.assert_faults(self.rotated(files={"checkpoints/2": signed(lines[:2], log=LOG2)}), (None, "checkpoint_unsigned"))

    def test_log_vkey_is_the_newest(self):
        self.assert_faults(self.rotated(vkey=LOG.vkey), (None, "log_key_differs"))
        self.assert_faults(self.rotated(vkey=LOG.vkey, policy=None), (None, "log_key_differs"))
        self.assertEqual(self.rotated(vkey=None)["faults"], [])

    def test_the_policy_names_one_of_the_books_keys(self):
        result = self.rotated(policy=policy_of(LOG3))
        self.assert_faults(result, (0, "log_key_differs"), (None, "log_key_differs"), (None, "checkpoint_unsigned"))

    def test_of_two_log_lines_of_one_name_the_last_counts(self):
        policy = f"log {LOG3.vkey}\n" + POLICY
        self.assert_good(self.rotated(policy=policy))

    def test_a_rotation_is_from_the_key_in_force_to_another_of_the_same_name(self):
        for rotation in (rotated(LOG3, LOG2), rotated(LOG, LOG2, old=LOG3.vkey), rotated(LOG, LOG2, new=LOG3.vkey),
                         rotated(LOG, OTHER_NAME), rotated(LOG, LOG), rotated(LOG, LOG2, new="x"), rotated(LOG, W1)):
            self.assert_faults(self.rotated(rotation, log=LOG, vkey=LOG.vkey), (2, "key_rotation_wrong"))

    def test_proofs_that_do_not_verify(self):
        bad = b64(LOG2.id + bytes(64))
        for changes in ({"proof_new": bad}, {"proof_old": b64(LOG.id + bytes(64))}, {"proof_old": LOG.proof("x")},
                        {"proof_new": LOG2.proof("x")}):
            result = self.rotated(rotated(LOG, LOG2, **changes), log=LOG, vkey=LOG.vkey)
            self.assert_faults(result, (2, "key_rotation_wrong"))
        result = self.rotated(rotated(LOG, LOG2, proof_new="x"), log=LOG, vkey=LOG.vkey)
        self.assert_faults(result, (2, "body_form"))

    def test_a_second_rotation_follows_the_first(self):
        lines = seal([created(), CHAIR, rotated(LOG, LOG2), rotated(LOG2, LOG3)])
        options = {"chart": True, "sample": False, "at": NOW, "vkey": LOG3.vkey}
        self.assert_good(self.verify(lines, checkpoint=signed(lines, log=LOG3), **options))
        lines = seal([created(), CHAIR, rotated(LOG, LOG2), rotated(LOG, LOG3)])
        result = self.verify(lines, checkpoint=signed(lines, log=LOG2), **{**options, "vkey": LOG2.vkey})
        self.assert_faults(result, (3, "key_rotation_wrong"))

    def lost(self, *signers, policy=POLICY, log=LOG2, **options):
        rotation = run(rotated(LOG, LOG2, lost=True, actor="chair"), *(act(name) for name in signers))
        lines = seal([created(), *officers(), *keys("chair", "auditor", "cashier"), *rotation])
        return self.verify(lines, checkpoint=signed(lines, log=log), policy=policy, vkey=log.vkey, chart=True, sample=False, at=NOW)

    def test_a_lost_key_is_replaced_by_two_officers_and_trusted_when_the_policy_says_so(self):
        self.assert_good(self.lost("chair", "auditor", policy=policy_of(LOG2)))
        result = self.lost("chair", "auditor")
        self.assert_noted(result, "log_key_unproved")
        self.assertIn((15, "log_key_unproved"), self.noted(result))
        for signers in ((), ("chair",), ("chair", "cashier")):
            self.assert_faults(self.lost(*signers, log=LOG), (15, "key_rotation_wrong"))

    def test_another_policy_is_agreed(self):
        self.assert_noted(self.book([CHAIR, witness_changed(POLICY2)]), "policy_differs", outcome="verified and witnessed")
        self.assertEqual(self.book([CHAIR, witness_changed(POLICY2), witness_changed(POLICY)])["notes"][1:], [])
        self.assert_faults(self.book([CHAIR, witness_changed("moon\n")]), (2, "policy_invalid"))
        self.assert_faults(self.book([CHAIR, witness_changed(POLICY, policy_sha256="0" * 64)]), (2, "policy_hash_wrong"))
        self.assert_faults(self.book([CHAIR, witness_changed(POLICY, extra=1)]), (2, "body_form"))
        self.assert_faults(self.book([fact("moon.landed", {"policy": "a\nb"})]), (1, "control_character"))

    def test_who_changes_the_witnesses_and_the_log_key(self):
        self.assert_faults(self.office({**witness_changed(POLICY), "actor": "finance"}), (9, "office_wrong"))
        accountant = appointed("accountant", ["accountant"])
        lines = [created(), CHAIR, accountant, rotated(LOG, LOG2, actor="accountant")]
        options = {"policy": policy_of(LOG2), "vkey": LOG2.vkey, "chart": True, "sample": False, "at": NOW}
        self.assert_good(self.verify(seal(lines), checkpoint=signed(seal(lines), log=LOG2), **options))
        auditor = appointed("auditor")
        lines = seal([created(), CHAIR, auditor, rotated(LOG, LOG2, actor="auditor")])
        self.assert_faults(self.verify(lines, checkpoint=signed(lines, log=LOG2), **options), (3, "office_wrong"))
        lines = [created(), *officers(), *keys("chair", "auditor")]
        lines = seal(lines + run(rotated(LOG, LOG2, lost=True, actor="auditor"), act("auditor"), act("chair")))
        self.assert_good(self.verify(lines, checkpoint=signed(lines, log=LOG2), **options))
        self.assert_faults(self.rotated(rotated(LOG, LOG2, actor="t1")), (2, "office_wrong"))


class KeysThatAreNone(Case):
    def vkey(self, public, name=ORIGIN):
        raw = b"\x01" + public
        return f"{name}+{hashlib.sha256(name.encode() + bytes([10]) + raw).hexdigest()[:8]}+{base64.b64encode(raw).decode()}"

    def test_points_of_small_order_other_spellings_and_no_points_are_refused(self):
        p = 2**255 - 19
        bad = [0, 1, p - 1, p, p + 1, verify.Y_OF_ORDER_8, p - verify.Y_OF_ORDER_8, 2**255 - 1, 2, p + 3, 1 | 1 << 255]
        for y in bad:
            with self.assertRaises(verify.Wrong, msg=y):
                verify.Key(self.vkey(y.to_bytes(32, "little")), 1)
        self.assertEqual(verify.Key(LOG.vkey, 1).vkey, LOG.vkey)

    def test_the_points_named_of_order_eight_are(self):
        y = verify.Y_OF_ORDER_8
        x2 = (y * y - 1) * pow(verify.D * y * y + 1, -1, verify.P) % verify.P
        x = pow(x2, (verify.P + 3) // 8, verify.P)
        x = x if x * x % verify.P == x2 else x * verify.SQRT_MINUS_1 % verify.P
        point = (x, y, 1, x * y % verify.P)
        four = verify.point_double(verify.point_double(point))
        self.assertEqual((four[0] % verify.P, (four[1] + four[2]) % verify.P), (0, 0))
        point = verify.point_double(four)
        self.assertEqual((point[0] % verify.P, (point[1] - point[2]) % verify.P), (0, 0))

    def test_a_signature_with_s_of_the_order_or_more_or_r_of_small_order_is_refused(self):
        public, message = LOG.secret.public_key().public_bytes_raw(), b"x"
        good = LOG.secret.sign(message)
        s = int.from_bytes(good[32:], "little")
        bad = [good[:32] + (s + verify.ORDER).to_bytes(32, "little"), bytes(32) + good[32:], b"\1" + bytes(31) + good[32:],
               good[:63], good + b"\0", b"", (2**255 - 1).to_bytes(32, "little") + good[32:]]
        for verifies in (verify.ed25519_verifies, self.pure):
            self.assertTrue(verifies(public, good, message))
            self.assertFalse(verifies(public, good, b"y"))
            for signature in bad:
                self.assertFalse(verifies(public, signature, message), signature.hex())

    def pure(self, *args):
        held, verify.fast_ed25519 = verify.fast_ed25519, None
        try:
            return verify.ed25519_verifies(*args)
        finally:
            verify.fast_ed25519 = held


if __name__ == "__main__":
    unittest.main()
