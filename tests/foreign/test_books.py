"""Whole books: sections 7, 8, 10, 11 and 12."""
import hashlib, json, unittest

from books import (FORMAT, LOG, ORIGIN, POLICY, SAMPLE_CHECKPOINT, TestKey, W1, chart_json, closed, created, dues, entry,
                   reversal, sample_lines, seal, signed)
from case import Case, verify


class AWholeBook(Case):
    def test_a_book_with_a_reversal_and_a_closed_month_is_verified(self):
        result = self.book([dues(1, "2026-01-05"), closed("2026-01", 1, "12.50"), closed("2026-02", 0, "0.00"),
                            dues(1), dues(2), reversal(3, 5, 2), closed("2026-03", 3, "12.50")], files=[("FORMAT.md", FORMAT)])
        self.assertEqual((result["outcome"], result["faults"], self.noted(result)), ("verified and witnessed", [], set()))
        self.assertEqual([note["kind"] for note in result["notes"]], ["posting_not_checked"])
        self.assertEqual(result["trial_balance"][0]["balance"], "25.00")

    def test_record_0_keeps_its_form(self):
        for changes in ({"random": "ab"}, {"level": "moon"}, {"currency": "usd"}, {"starts": "2026-13-01"},
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

    def test_no_voucher_is_dated_before_the_book_begins(self):
        self.assert_good(self.book([dues(1, "2026-01-01")]))
        self.assert_only(self.book([dues(1, "2025-12-31")]), "posting_in_closed_period")
        for starts, kinds in (("2026-01-06", {"posting_in_closed_period"}), ("2026-01-05", set())):
            lines = seal([created(starts=starts), dues(1, "2026-01-05")])
            self.assertEqual(self.kinds(self.verify(lines, checkpoint=signed(lines), sample=False, chart=True)), kinds)

    def test_a_voucher_of_another_type_is_counted_and_said(self):
        for changes in ({"type": "moon.landed"}, {"tv": 2}, {"type": "period.reviewed", "tv": 3}):
            result = self.book([dues(1), {**dues(2), **changes}, {**dues(3), **changes}, {"type": "moon.landed", "body": {}}])
            self.assert_good(result)
            self.assertEqual(self.noted(result), {(2, "voucher_type_unknown"), (3, "voucher_type_unknown")})
            self.assertEqual(result["trial_balance"][0]["debit"], "37.50")
            for lang, words in (("en", "note: record 2: voucher_type_unknown"), ("zh", "说明：第2条：voucher_type_unknown")):
                self.assertIn(words, verify.show(result, lang))
        for kind in verify.VOUCHERS - {"entry.reversed", "disbursement.paid"}:
            self.assertEqual(self.noted(self.book([{**dues(1), "type": kind}])), set(), kind)

    def test_that_the_posting_is_not_checked_is_always_said(self):
        for result in (self.book([]), self.book([dues(1)]), self.book([dues(1, amount="-1.00")])):
            self.assertEqual([note["kind"] for note in result["notes"]], ["posting_not_checked"])
            self.assertIn("posting_not_checked", verify.show(result))
            self.assertIn("未由业务重新推导分录", verify.show(result, "zh"))

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

if __name__ == "__main__":
    unittest.main()
