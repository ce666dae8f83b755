"""The sample of docs/FORMAT.md, one fault at a time: sections 3 to 7, 9 and 12."""
import json, unittest


from books import (DAY, LOG, ORIGIN, OTHER, POLICY, POLICY2, SAMPLE, SAMPLE_CHECKPOINT, SIGNED_AT, TestKey, W1, W2, chain_hash,
                   changed, dues, entry, reseal, sample_lines, seal, signed, text_of, with_body)
from case import Case, verify


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
                          ("\ufeff{}".encode(), "not_json")):
            lines = sample_lines() + [bad]
            self.assert_only(self.sample(lines), kind)
        self.assert_only(self.sample(sample_lines() + [b"{}"]), "envelope_form", "ledger_wrong")

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

if __name__ == "__main__":
    unittest.main()
