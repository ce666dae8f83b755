"""Private fields, papers and receipts: sections 20 and 21, in a book of which record 0 alone comes before."""
import unittest

from books import (attached, commitment, committed, dues, entry, erased, fact, jcs, openings, paid_line, papers, receipt, reversal, sha256, shown_to)
from case import Case


class PrivateFields(Case):
    def private(self, *records, shown=None, more=()):
        return self.book(records, files={**({} if shown is None else {"openings.ndjson": shown}), **dict(more)})

    two = committed("s1", 姓名="甲", 电话="1")

    def test_fields_are_shown_withheld_or_erased(self):
        result = self.private(self.two, committed("s2", 姓名="乙"), erased("s2", "姓名"),
                              shown=openings(s1={"姓名": "甲", "电话": None}))
        self.assert_good(result)
        self.assertEqual(result["private_fields"], [
            {"subject": "s1", "name": "姓名", "state": "shown", "record": 1, "value": "甲"},
            {"subject": "s1", "name": "电话", "state": "withheld", "record": 1, "value": None},
            {"subject": "s2", "name": "姓名", "state": "erased", "record": 3, "value": None}])
        self.assertIn((3, "field_erased"), self.noted(result))
        self.assert_good(self.private(self.two))

    def test_what_is_shown_opens_the_commitment_in_force(self):
        self.assert_faults(self.private(self.two, shown=openings(s1={"姓名": "乙", "电话": None})), (None, "opening_wrong"))
        again = committed("s1", 姓名="丙")
        self.assert_good(self.private(self.two, again, shown=openings(s1={"姓名": "丙", "电话": "1"})))
        self.assert_faults(self.private(self.two, again, shown=openings(s1={"姓名": "甲", "电话": "1"})), (None, "opening_wrong"))
        for value in ("x", None):
            shown = openings(s1={"姓名": "甲", "电话": "1", "住址": value})
            self.assert_faults(self.private(self.two, shown=shown), (None, "opening_wrong"))
        self.assert_faults(self.private(self.two, shown=openings(s9={"姓名": "甲"})), (None, "opening_wrong"))

    def test_each_field_of_a_subject_that_is_shown_is_shown_or_withheld(self):
        self.assert_faults(self.private(self.two, shown=openings(s1={"姓名": "甲"})), (None, "opening_missing"))
        self.assert_good(self.private(self.two, committed("s2", 姓名="乙"), shown=openings(s2={"姓名": "乙"})))

    def test_an_erased_field_is_not_shown(self):
        gone = erased("s1", "电话")
        result = self.private(self.two, gone, shown=openings(s1={"姓名": "甲"}))
        self.assert_good(result)
        for value in ("1", None):
            self.assert_faults(self.private(self.two, gone, shown=openings(s1={"姓名": "甲", "电话": value})), (None, "opening_wrong"))
        again = committed("s1", 电话="2")
        result = self.private(self.two, gone, again, shown=openings(s1={"姓名": "甲", "电话": "2"}))
        self.assert_good(result)
        self.assertEqual(self.noted(result), set())

    def test_openings_keep_their_form(self):
        good = openings(s1={"姓名": "甲", "电话": None})
        for bad in (good[:-1], good + b"\n", b" " + good, good + good, b"\xff\n", b"[]\n", good.replace(b'"s1"', b'"S1"'),
                    good.replace(b"withheld", b"hidden"), good.replace("甲".encode(), "e\u0301".encode()), good.replace(b"0000", b"000g"),
                    jcs({"subject": "s1", "fields": []}) + b"\n", jcs({"subject": "s1", "fields": {}, "x": 1}) + b"\n",
                    openings(s2={}) + openings(s1={"姓名": "甲", "电话": None}), b"[" * 100000 + b"\n", b"1e999\n",
                    b'{"fields":{"\\ud800":"withheld"},"subject":"s1"}\n'):
            self.assert_faults(self.private(self.two, shown=bad), (None, "opening_wrong"))

    def test_a_value_that_is_not_nfc_is_no_opening_though_it_was_committed(self):
        self.assert_faults(self.private(committed("s1", 姓名="e\u0301"), shown=openings(s1={"姓名": "e\u0301"})), (None, "opening_wrong"))
        self.assert_good(self.private(committed("s1", 姓名="\u00e9"), shown=openings(s1={"姓名": "\u00e9"})))

    def test_records_keep_their_form(self):
        field = {"name": "姓名", "commitment": commitment("姓名", "甲")}
        for record in (fact("privacy.committed", {"subject": "s1", "fields": []}), fact("privacy.committed", {"subject": "s1", "fields": [field, field]}),
                       fact("privacy.committed", {"subject": "s1", "fields": [{**field, "value": "甲"}]}),
                       committed("s1", of={"cat": "x"}, 姓名="甲"), committed("S", 姓名="甲"),
                       fact("privacy.opened", {"subjects": ["s1"], "fields": ["姓名"]}), shown_to("S"), fact("privacy.erased", {"subject": "s1"})):
            self.assert_faults(self.private(record), (1, "body_form"))
        self.assert_good(self.private(self.two, shown_to("s1")))

    def test_a_field_is_erased_once_and_not_before_it_was_there(self):
        self.assert_faults(self.private(erased("s1", "姓名")), (1, "private_field_wrong"))
        self.assert_faults(self.private(self.two, erased("s1", "姓名"), erased("s1", "姓名")), (3, "private_field_wrong"))
        self.assert_faults(self.private(self.two, erased("s1", "姓名", "住址")), (2, "private_field_wrong"))

    def test_a_subject_stays_who_it_is(self):
        member, other = {"member": "m-1"}, {"member": "m-2"}
        self.assert_good(self.private(committed("s1", of=member, 姓名="甲"), committed("s1", 电话="1"), committed("s1", of=member, 住址="x")))
        self.assert_faults(self.private(committed("s1", of=member, 姓名="甲"), committed("s1", of=other, 电话="1")), (2, "private_field_wrong"))


class Papers(Case):
    """Record 1 is dues, and the papers follow."""

    def papers(self, *records, files=()):
        return self.book([dues(1), *records], files=files)

    def test_papers_belong_to_earlier_records(self):
        self.assert_good(self.papers(attached(1, b"invoice"), attached(0, b"invoice"), attached(1, b"other", title="发票")))
        self.assert_faults(self.papers(attached(2, b"invoice")), (2, "attachment_wrong"))
        self.assert_faults(self.papers(attached(1, b"invoice"), attached(1, b"invoice")), (3, "attachment_wrong"))
        for changes in ({"sha256": "x"}, {"bytes": "1"}, {"to": "1"}, {"title": ""}, {"extra": 1}):
            self.assert_faults(self.papers(attached(1, b"invoice", **changes)), (2, "body_form"))

    def test_the_files_are_the_papers(self):
        two = (attached(1, b"invoice"), attached(1, b"other"))
        self.assert_good(self.papers(*two))
        self.assert_good(self.papers(*two, files=papers(b"invoice", b"other")))
        self.assert_faults(self.papers(*two, files=papers(b"invoice")), (None, "attachment_missing"))
        self.assert_faults(self.papers(*two, files=papers(b"else")), (None, "attachment_missing"))
        self.assert_good(self.papers(*two, files=papers(b"invoice", b"other", b"else")))
        damaged = {**papers(b"invoice", b"other"), f"attachments/{sha256(b'invoice')}": b"Invoice"}
        self.assert_faults(self.papers(*two, files=damaged), (None, "attachment_differs"))
        self.assert_faults(self.papers(attached(1, b"invoice", bytes=8), files=papers(b"invoice")), (None, "attachment_differs"))
        lengths = (attached(1, b"invoice"), attached(0, b"invoice", bytes=8))
        self.assert_faults(self.papers(*lengths, files=papers(b"invoice")), (None, "attachment_differs"))
        again = attached(1, b"invoice", bytes=8)  # a paper that is wrong has no effect
        self.assert_faults(self.papers(attached(1, b"invoice"), again, files=papers(b"invoice")), (3, "attachment_wrong"))
        self.assert_faults(self.papers(files={"attachments/x": b"x"}), (None, "attachment_differs"))


class Receipts(Case):
    """Record 1 is what two members paid."""

    paid = dues(1, amount="25.00", lines=[paid_line("m-1"), paid_line("m-2", "7.50"), paid_line("m-2", "5.00", "2026-02")])

    def receipts(self, *records, paid=None):
        return self.book([paid or self.paid, *records])

    def test_a_receipt_is_for_what_one_member_paid(self):
        self.assert_good(self.receipts(receipt(1, 1), receipt(2, 1, "m-2")))
        for wrong in (receipt(1, 1, amount="12.51"), receipt(1, 1, "m-3", "0.00"), receipt(1, 0), receipt(1, 2), receipt(1, 9)):
            self.assert_faults(self.receipts(wrong), (2, "receipt_wrong"))
        self.assert_faults(self.receipts(receipt(1, 1), receipt(2, 1)), (3, "receipt_wrong"))
        other = {**self.paid, "type": "moon.landed"}
        self.assert_faults(self.receipts(receipt(1, 1), paid=other), (2, "receipt_wrong"))
        self.assert_good(self.receipts(receipt(1, 1), paid=dues(1, lines=[{"member": "m-1", "amount": "12.50"}])))
        for lines in (None, [], [1], [paid_line("m-1"), paid_line("")], [paid_line("m-1", 12)], {"m-1": "12.50"}):
            self.assert_broken(self.receipts(receipt(1, 1), paid=dues(1, amount="25.00", lines=lines)), "receipt_wrong", record=2)

    def test_what_is_receipted_was_booked_and_not_reversed(self):
        for amount in ("12.50", "25.01"):
            self.assert_faults(self.receipts(receipt(1, 1), paid={**self.paid, "body": {
                **dues(1, amount=amount)["body"], "lines": self.paid["body"]["lines"]}}), (2, "receipt_wrong"))
        two = [entry("101", "debit", "20.00"), entry("102", "debit", "5.00"), entry("401", "credit", "25.00")]
        self.assert_good(self.receipts(receipt(1, 1), paid=dues(1, entries=two, lines=self.paid["body"]["lines"])))
        unbooked = {**self.paid, "body": {"date": "2026-03-05", "lines": self.paid["body"]["lines"]}}
        self.assert_faults(self.receipts(receipt(1, 1), paid=unbooked), (2, "receipt_wrong"))
        red = [entry("102", "debit", "-25.00"), entry("401", "credit", "-25.00")]
        self.assert_faults(self.receipts(reversal(2, 1, 1, entries=red), receipt(1, 1)), (3, "receipt_wrong"))
        self.assert_good(self.receipts(receipt(1, 1), reversal(2, 1, 1, entries=red)))
        nothing = reversal(2, 1, 9, entries=red)  # reverses nothing
        self.assert_faults(self.receipts(nothing, receipt(1, 1)), (2, "reversal_target_wrong"))

    def test_receipts_count_within_a_year(self):
        self.assert_faults(self.receipts(receipt(2, 1)), (2, "receipt_gap"))
        self.assert_faults(self.receipts(receipt(0, 1)), (2, "receipt_repeated"))
        self.assert_faults(self.receipts(receipt(1, 1), receipt(1, 1, "m-2")), (3, "receipt_repeated"))
        self.assert_faults(self.receipts(receipt(1, 1), receipt(3, 1, "m-2")), (3, "receipt_gap"))
        self.assert_good(self.receipts(receipt(1, 1), receipt(1, 1, "m-2", day="2025-12-31")))

    def test_forms(self):
        for wrong in (receipt("收-2026-1", 1), receipt("收-2026-00001", 1), receipt("记-2026-0001", 1), receipt("收-2025-0001", 1),
                      receipt(1, "1"), receipt(1, 1, extra=1), receipt(1, 1, ""), receipt(1, 1, amount="-12.5")):
            self.assert_faults(self.receipts(wrong), (2, "body_form"))
        self.assert_faults(self.receipts(receipt("收-2026-0001", 1, day="2026-02-30")), (2, "date_form"))


if __name__ == "__main__":
    unittest.main()
