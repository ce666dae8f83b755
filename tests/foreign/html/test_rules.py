"""Who may do what, what a signature is about, what a payment posts: docs/FORMAT.md 4, 5, 7, 10, 11, 17-19 and 21 in the browser.

Each rule stands beside its success: the same book with the one thing right has no fault.
"""
import json, sys, unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True
import books as b  # noqa: E402
import faulty_books as f  # noqa: E402
import story  # noqa: E402
from run_cases import said  # noqa: E402
from test_html import InTheBrowser  # noqa: E402

FIRST = f.OFFICERS  # the place of the first record after the officers
HEIR = b.TestKey("heir.example", 90, 1)


def by(actor, record):
    return record | {"actor": actor}


def payment(**body):
    record = b.paid(1)
    return record | {"body": {**record["body"], **body}}


class Rules(InTheBrowser):
    def pairs(self, *records, **options):
        """The faults of the book of these records after `ledger.created` and the officers."""
        return self.faults(f.office(*records), **options)

    def faults(self, files, **options):
        result = self.verify(files, **options)
        return [tuple(pair) for pair in said(result)]


class Offices(Rules):
    def test_a_record_is_made_by_one_who_holds_an_office_for_it(self):
        rate, bands = b.rule("dues_rate", basis_points=50), b.bands((None, ["finance_head"]))
        spent = (bands, b.requested(), b.approved())
        for name, before, record, wrong, right in (
            ("any rule", (), rate, "clerk", "finance"),
            ("a rule on who may spend", (), bands, "finance", "chair"),
            ("a rule on what is signed", (), b.rule("acts_signed", types=[]), "finance", "chair"),
            ("a rule, once there is a chair", (), rate, "t1", "chair"),
            ("witnesses", (), b.witness_changed(b.POLICY), "finance", "chair"),
            ("a request", (), b.requested(), "cashier", "member1"),
            ("a cancellation", (b.requested(),), b.cancelled(), "auditor", "finance"),
            ("a payment", spent, b.paid(1), "member2", "cashier"),
        ):
            with self.subTest(name):
                self.assertEqual(self.pairs(*before, by(wrong, record)), [(FIRST + len(before), "office_wrong")])
                self.assertEqual(self.pairs(*before, by(right, record)), [])

    def test_the_founder_sets_rules_until_there_is_a_chair(self):
        rules = b.rule("dues_rate", basis_points=50), b.bands((None, ["chair"]))
        self.assertEqual(self.faults(f.whole(*(by("t1", rule) for rule in rules))), [])
        self.assertEqual(self.faults(f.whole(*(by("t2", rule) for rule in rules))), [(1, "office_wrong"), (2, "office_wrong")])

    def test_the_log_key_is_rotated_by_chair_or_accountant(self):
        for actor, expected in (("chair", []), ("clerk", [(FIRST, "office_wrong")]), ("auditor", [(FIRST, "office_wrong")])):
            lines = b.seal([b.created(), *b.officers(), b.rotated(b.LOG, b.LOG2, actor=actor)])
            self.assertEqual(self.faults(b.bundle(lines, b.signed(lines, log=b.LOG2), b.LOG2)), expected)

    def test_a_lost_log_key_may_be_replaced_by_an_auditor_too(self):
        keys = story.keys("chair", "auditor")
        lines = b.seal([b.created(), *b.officers(), *keys,
                        *b.run(b.rotated(b.LOG, b.LOG2, lost=True, actor="auditor"), b.act("auditor"), b.act("chair"))])
        self.assertEqual(self.faults(b.bundle(lines, b.signed(lines, log=b.LOG2), b.LOG2)), [])

    def test_a_key_is_registered_by_one_who_holds_any_office(self):
        self.assertEqual(self.pairs(*b.run(b.registered("clerk"), b.act("clerk"))), [])
        self.assertEqual(self.pairs(*b.run(b.registered("t1"), b.act("t1"))), [(FIRST, "office_wrong")])


class OfficersKeys(Rules):
    def test_where_a_chair_has_a_key_a_chair_vouches_for_the_first_key_of_another(self):
        chair = story.keys("chair")
        self.assertEqual(self.pairs(*chair, *b.run(b.registered("clerk"), b.act("clerk"))), [(FIRST + 2, "act_unsigned")])
        self.assertEqual(self.pairs(*chair, *b.run(b.registered("clerk"), b.act("clerk"), b.act("chair"))), [])
        finance = b.run(b.registered("finance"), b.act("finance"))
        self.assertEqual(self.pairs(*finance, *chair, *b.run(b.registered("clerk"), b.act("clerk"), b.act("finance"))),
                         [(FIRST + 4, "act_unsigned")])

    def test_a_key_registered_again_needs_two_signatures_all_the_same(self):
        again = lambda *places: b.run(b.registered("chair"), *(b.act("chair", on) for on in places))
        self.assertEqual(self.pairs(*story.keys("chair"), *again(FIRST)), [(FIRST + 2, "act_unsigned")])
        self.assertEqual(self.pairs(*story.keys("chair"), *again(FIRST, FIRST + 1)), [])

    def test_one_person_under_two_ids_does_not_vouch_for_himself(self):
        both = b.appointed("chair", member="m-1"), b.appointed("clerk", member="m-1")
        alone = b.run(b.registered("clerk"), b.act("clerk"))
        self.assertEqual(self.pairs(*both, *story.keys("chair"), *alone), [])
        self.assertEqual(self.pairs(both[0], *story.keys("chair"), *alone), [(FIRST + 3, "act_unsigned")])

    def test_a_key_belongs_to_one_officer(self):
        same = b.TestKey("another-name.example", 40, 1)  # the chair's seed
        take = b.run(b.registered("clerk", same), b.act("clerk", key=same))
        self.assertEqual(self.pairs(*story.keys("chair"), *take), [(FIRST + 2, "act_repeated")])
        # Once the chair has another, the old one is free.
        changed = b.run(b.registered("chair", HEIR), b.act("chair", key=HEIR), b.act("chair"))
        again = b.run(b.registered("clerk", same), b.act("clerk", key=same), b.act("chair", key=HEIR))
        self.assertEqual(self.pairs(*story.keys("chair"), *changed, *again), [])


class WhatIsSigned(Rules):
    def test_a_signature_is_about_what_the_act_is_about(self):
        keys = story.keys("chair", "finance", "auditor")
        at = FIRST + len(keys)
        bands = b.bands((None, ["finance_head"]))
        for name, before, record, signers, about in (
            ("approval", (bands, b.requested()), b.approved(), ["finance"], 1),
            ("refusal", (bands, b.requested()), b.refused(), ["finance"], 1),
            ("finding", (bands, b.finding()), b.cleared(), ["auditor"], 1),
            ("month", (bands, b.closed("2026-01", 0, "0.00")), b.reopened("2026-01"), ["chair", "auditor"], 1),
        ):
            with self.subTest(name):
                right = [b.act(one, at + about) for one in signers]
                self.assertEqual(self.pairs(*keys, *before, *b.run(record, *right)), [])
                wrong = [*right[:-1], b.act(signers[-1], at)]
                place = at + len(before) + len(signers)
                unsigned = [(at + len(before), "act_unsigned")] if name == "month" else []
                self.assertEqual(self.pairs(*keys, *before, *b.run(record, *wrong)), sorted([(place, "act_leaf_wrong"), *unsigned]))

    def test_a_record_that_is_acted_on_is_named_by_its_place(self):
        lines = b.seal([b.created(), *b.officers(), *b.run(b.registered("clerk"), b.act("clerk", FIRST - 1))])
        self.assertEqual(self.faults(b.bundle(lines)), [])
        # A number too high before it: what the signature names still stands at that place.
        records = [b.created(), *b.officers()]
        records[FIRST - 2] = records[FIRST - 2] | {"seq": FIRST}
        lines = b.seal([*records, *b.run(b.registered("clerk"), b.act("clerk", FIRST - 2))])
        self.assertEqual([kind for _, kind in self.faults(b.bundle(lines)) if kind.startswith("act_")], [])

    def test_a_clearing_of_what_was_never_raised_clears_nothing(self):
        self.assertEqual(self.pairs(b.cleared(), b.finding(), b.cleared()), [(FIRST, "finding_wrong")])
        self.assertEqual(self.pairs(b.finding(), b.cleared()), [])

    def test_a_month_closed_twice_is_opened_by_its_last_closing(self):
        keys = story.keys("chair", "auditor")
        at = FIRST + len(keys)
        opened = lambda on: b.run(b.reopened("2026-01"), b.act("chair", on), b.act("auditor", on))
        closing = b.closed("2026-01", 0, "0.00")
        self.assertEqual(self.pairs(*keys, closing, *opened(at), closing, *opened(at + 4)), [])
        self.assertIn((at + 6, "act_leaf_wrong"), self.pairs(*keys, closing, *opened(at), closing, *opened(at)))

    def test_once_acts_are_signed_what_says_who_may_is_always_signed(self):
        keys = story.keys("chair")
        at = FIRST + len(keys)
        begin = b.rule("acts_signed", start="2026-03-01", types=["finding.raised"])
        end = b.rule("acts_signed", start="2026-03-01", types=[])
        chair = b.act("chair")
        for record in (end, b.bands((None, ["chair"])), b.appointed("member2", ["clerk"]), b.removed("clerk")):
            with self.subTest(json.dumps(record)):
                self.assertEqual(self.pairs(*keys, begin, record), [(at + 1, "act_unsigned")])
                self.assertEqual(self.pairs(*keys, begin, *b.run(record, chair)), [])
                self.assertEqual(self.pairs(*keys, begin, *b.run(end, chair), record), [(at + 3, "act_unsigned")])
                self.assertEqual(self.pairs(*keys, end, record), [])
                later = b.rule("acts_signed", start="2026-04-01", types=["finding.raised"])
                self.assertEqual(self.pairs(*keys, later, record), [])
        self.assertEqual(self.pairs(*keys, begin, b.rule("dues_rate", basis_points=50)), [])

    def test_a_rule_may_name_all_types_of_the_table(self):
        types = ["rule.set", "disbursement.paid", "key.rotated", "witness.changed", "officer_key.registered"]
        self.assertEqual(self.pairs(b.rule("acts_signed", types=types)), [])
        self.assertEqual(self.pairs(b.rule("acts_signed", types=["dues.received"])), [(FIRST, "body_form")])
        # Of itself a rule does not speak yet, of the next one it does.
        self.assertEqual(self.pairs(b.rule("acts_signed", types=types), b.rule("dues_rate", basis_points=1)), [(FIRST + 1, "act_unsigned")])


class Spending(Rules):
    SPENT = (b.bands((None, ["finance_head"])), b.requested(), b.approved())

    def test_a_band_has_a_role(self):
        self.assertEqual(self.pairs(b.bands((None, []))), [(FIRST, "body_form")])
        self.assertEqual(self.pairs(b.bands((None, ["chair"]))), [])

    def test_a_rule_that_comes_after_the_request_does_not_change_its_band(self):
        rules = b.bands((None, ["finance_head"])), b.bands((None, ["chair"]))
        self.assertEqual(self.pairs(rules[0], b.requested(), rules[1], b.approved(), b.paid(1)), [])
        self.assertEqual(self.pairs(*rules, b.requested(), b.approved(), b.paid(1)),
                         [(FIRST + 3, "office_wrong"), (FIRST + 4, "approval_missing")])

    def test_a_request_that_is_dated_back_has_the_band_of_the_day_on_which_it_is_made(self):
        old, new = b.bands((None, ["finance_head"])), b.bands((None, ["chair"]), start="2026-03-20")
        self.assertEqual(self.pairs(old, new, b.requested(day="2026-03-05"), b.approved(), b.paid(1)),
                         [(FIRST + 3, "office_wrong"), (FIRST + 4, "approval_missing")])
        self.assertEqual(self.pairs(old, new, b.requested(day="2026-03-05"), b.approved(actor="chair"), b.paid(1)), [])

    def test_a_payment_posts_what_was_asked_out_of_cash_and_bank(self):
        e, cost = b.entry, b.entry("501", "debit", "100.00")
        good = (
            [cost, e("102", "credit", "100.00")],
            [cost, e("102", "credit", "60.00"), e("101", "credit", "40.00")],
            [e("501", "debit", "70.00"), e("501", "debit", "30.00"), e("101", "credit", "100.00")],
        )
        bad = (
            [e("501", "debit", "99.00"), e("102", "credit", "99.00")],
            [e("408", "debit", "100.00"), e("102", "credit", "100.00")],
            [cost, e("408", "credit", "100.00")],
            [cost, e("102", "credit", "120.00"), e("101", "debit", "20.00")],
            [cost, e("102", "credit", "100.00"), e("408", "debit", "5.00", "b"), e("102", "credit", "5.00", "b")],
            [e("501", "debit", "100.00", "b"), e("102", "credit", "100.00", "b")],
        )
        for entries in good:
            self.assertEqual(self.pairs(*self.SPENT, payment(entries=entries)), [], entries)
        for entries in bad:
            self.assertEqual(self.pairs(*self.SPENT, payment(entries=entries)), [(FIRST + 3, "payment_wrong")], entries)

    def test_a_receipt_is_of_lines_that_are_what_was_posted(self):
        lines = [b.paid_line("m-1", "7.50"), b.paid_line("m-2", "5.00")]
        receipt = b.receipt(1, 1, amount="7.50")
        self.assertEqual(self.faults(f.whole(b.dues(1, lines=lines), receipt)), [])
        self.assertEqual(self.faults(f.whole(b.dues(1, lines=lines[:1]), receipt)), [(2, "receipt_wrong")])

    def test_a_receipt_is_not_of_what_was_reversed(self):
        paid, back, receipt = b.dues(1, lines=[b.paid_line("m-1")]), b.reversal(2, 1, 1), b.receipt(1, 1)
        self.assertEqual(self.faults(f.whole(paid, receipt, back)), [])
        self.assertEqual(self.faults(f.whole(paid, back, receipt)), [(3, "receipt_wrong")])


class RecordsAndVouchers(Rules):
    def test_no_voucher_is_dated_before_the_book_begins(self):
        self.assertEqual(self.faults(f.whole(b.dues(1, "2026-01-01"))), [])
        self.assertEqual(self.faults(f.whole(b.dues(1, "2025-12-31"))), [(1, "posting_in_closed_period")])

    def test_each_voucher_of_another_type_is_said_and_counts(self):
        result = self.verify(f.whole(b.dues(1), b.dues(2) | {"type": "raffle.held"}, b.dues(3) | {"tv": 2}))
        self.assertEqual(result["faults"], [])
        self.assertEqual([(note["kind"], note["record"]) for note in result["notes"] if note["kind"] != "records_unwitnessed"],
                         [("voucher_type_unknown", 2), ("voucher_type_unknown", 3), ("posting_not_checked", None)])
        self.assertEqual(result["trial_balance"][0]["debit"], "37.50")

    def test_a_number_that_stands_above_too_was_not_moved(self):
        lines = b.seal([b.created(), b.dues(1), b.dues(2), b.dues(3), b.dues(4), b.dues(5), b.dues(6)])
        lines = [*lines[:4], *(b.changed(line, seq=seq) for line, seq in zip(lines[4:], (1, 3, 2)))]
        kinds = [kind for place, kind in self.faults(b.bundle(lines)) if place == 5]
        self.assertEqual([kind for kind in kinds if kind.startswith("record_")], [])

    def test_a_field_that_stands_twice_is_the_last_one_and_not_exactly_one(self):
        closing = json.dumps({"credit": "0.00", "debit": "0.00", "month": "2026-01", "vouchers": 0}, separators=(",", ":")).encode()
        doubled = closing.replace(b'"month":', b'"month":"2026-02","month":')
        lines = b.seal([b.created(), b.closed("2026-01", 0, "0.00")])
        lines = [lines[0], lines[1].replace(closing, doubled)]
        self.assertEqual(self.faults(b.bundle(lines)), [(1, "body_form"), (1, "duplicate_key")])
        # Where other fields are not looked into, the last one is read: the request is of 50.00.
        lines = b.seal([b.created(), *b.officers(), b.bands((None, ["finance_head"])), b.requested(amount="50.00")])
        lines[-1] = lines[-1].replace(b'"amount":"50.00"', b'"amount":"70.00","amount":"50.00"')
        lines = b.seal([b.approved(amount="50.00"), b.approved(amount="70.00", actor="chair")], lines)
        self.assertEqual(self.faults(b.bundle(lines)), [(FIRST + 1, "duplicate_key"), (FIRST + 3, "approval_wrong")])

    def test_of_a_reversals_voucher_section_7_alone_says_the_form(self):
        wrong = b.reversal(2, 1, 1)
        for voucher in (5, "记-2026-3-2"):
            body = {**wrong["body"], "voucher": voucher}
            self.assertEqual(self.faults(f.whole(b.dues(1), wrong | {"body": body})), [(2, "voucher_form")])
        body = {**wrong["body"], "entries": {}}
        self.assertEqual(self.faults(f.whole(b.dues(1), wrong | {"body": body})), [(2, "entry_form"), (2, "reversal_entries_wrong")])

    def test_a_book_that_names_no_key_differs_from_no_key(self):
        nameless, other = (b.seal([b.created(**body)]) for body in ({"level": "city"}, {"log": b.LOG2.vkey}))
        self.assertEqual(self.faults(b.bundle(nameless)), [(0, "body_form")])
        self.assertEqual(self.faults(b.bundle(other)), [(0, "log_key_differs")])


if __name__ == "__main__":
    unittest.main()
