"""Disbursements and their quorum: section 19. Record 9 is the rule, 10 the request."""
import unittest

from books import (ROLES, appointed, approved, attached, bands, cancelled, entry, fact, paid, refused, removed, requested, reversal,
                   rule)
from case import Case

SMALL_AND_GREAT = bands(("1000.00", ["finance_head"]), (None, ["finance_head", "chair"]))


class Disbursements(Case):
    def spend(self, *records, request=None, rules=SMALL_AND_GREAT):
        return self.office(rules, request or requested(), *records)

    def test_requested_approved_and_paid(self):
        result = self.spend(approved(), paid(1))
        self.assert_good(result)
        self.assertEqual([row["balance"] for row in result["trial_balance"]], ["-100.00", "100.00"])

    def test_a_disbursement_is_requested_once(self):
        self.assert_faults(self.spend(requested()), (11, "request_wrong"))
        self.assert_faults(self.spend(requested(amount="5.00"), approved(), paid(1)), (11, "request_wrong"))

    def test_only_what_is_open_is_cancelled(self):
        self.assert_good(self.spend(cancelled()))
        self.assert_faults(self.spend(cancelled(), cancelled()), (12, "request_wrong"))
        self.assert_faults(self.spend(cancelled("d-9")), (11, "request_wrong"))

    def test_an_approval_is_of_an_open_disbursement_and_of_its_amount(self):
        self.assert_faults(self.spend(approved("d-9")), (11, "approval_wrong"))
        self.assert_faults(self.spend(refused("d-9")), (11, "approval_wrong"))
        self.assert_faults(self.spend(approved(amount="100.01")), (11, "approval_wrong"))
        for ended in (cancelled(), refused()):
            self.assert_faults(self.spend(ended, approved()), (12, "approval_wrong"))
        self.assert_faults(self.spend(refused(), refused()), (12, "approval_wrong"))
        self.assert_faults(self.spend(approved(), paid(1), approved()), (13, "approval_wrong"))

    def test_nobody_approves_his_own_or_twice(self):
        self.assert_faults(self.spend(approved(), request=requested(actor="finance")), (11, "approval_wrong"))
        self.assert_faults(self.spend(approved(), request=requested(payee={"officer": "finance"})), (11, "approval_wrong"))
        self.assert_faults(self.spend(approved(), approved()), (12, "approval_wrong"))
        member = appointed("finance", member="m-1")
        result = self.spend(member, approved(), request=requested(payee={"member": "m-1"}))
        self.assert_faults(result, (12, "approval_wrong"))
        self.assert_good(self.spend(approved(), request=requested(payee={"member": "m-1"})))

    def test_two_ids_of_one_member_are_one_person(self):
        ids = [appointed("finance", member="m-1"), appointed("chair2", ["finance_head"], member="m-1")]
        self.assert_faults(self.spend(*ids, approved(), approved(actor="chair2")), (14, "approval_wrong"))

    def test_who_approves_holds_a_role_of_the_band(self):
        self.assert_faults(self.spend(approved(actor="chair")), (11, "office_wrong"))
        self.assert_faults(self.spend(refused(actor="auditor")), (11, "office_wrong"))
        self.assert_good(self.spend(approved(actor="chair"), rules=rule("moon")))  # no band: nothing to hold
        great = requested(amount="1000.01")
        self.assert_good(self.spend(approved(amount="1000.01", actor="chair"), request=great))
        self.assert_good(self.spend(approved(amount="1000.00"), request=requested(amount="1000.00")))

    def test_a_payment_is_what_was_requested(self):
        self.assert_faults(self.spend(paid(1, "d-9")), (11, "payment_wrong"))
        self.assert_faults(self.spend(approved(), paid(1, fund="relief")), (12, "payment_wrong"))
        self.assert_faults(self.spend(approved(), paid(1, account="408")), (12, "payment_wrong"))
        self.assert_faults(self.spend(approved(), paid(1, amount="99.00")), (12, "payment_wrong"))
        for ended in (cancelled(), refused()):
            self.assert_faults(self.spend(ended, paid(1)), (12, "payment_wrong"))
        self.assert_faults(self.spend(approved(), paid(1), paid(2)), (13, "payment_wrong"))

    def test_requester_approver_and_payee_do_not_pay(self):
        for actor in ("clerk", "finance"):
            both = appointed(actor, [*ROLES[actor], "cashier"])
            self.assert_faults(self.spend(both, approved(), paid(1, actor=actor)), (13, "payment_wrong"))
        request = requested(payee={"officer": "cashier"})
        self.assert_faults(self.spend(approved(), paid(1), request=request), (12, "payment_wrong"))

    def test_each_role_of_the_band_is_filled_by_another(self):
        great = requested(amount="2000.00")
        def spend(*records, **options):
            return self.spend(*records, paid(1, amount="2000.00"), **{"request": great, **options})
        finance, chair = approved(amount="2000.00"), approved(amount="2000.00", actor="chair")
        self.assert_good(spend(chair, finance))
        self.assert_faults(spend(), (11, "approval_missing"))
        self.assert_faults(spend(chair), (12, "approval_missing"))
        self.assert_faults(spend(chair, appointed("chair", ["chair", "finance_head"])), (13, "approval_missing"))
        self.assert_faults(self.spend(paid(1)), (11, "approval_missing"))

    def test_one_who_could_fill_two_roles_fills_the_one_that_is_left(self):
        committee = bands((None, ["committee", "audit_member", "chair"]))
        all_round = appointed("chair", ["chair", "committee"])
        approvals = [approved(actor=name) for name in ("chair", "audit2", "member1")]
        self.assert_good(self.spend(all_round, *approvals, paid(1), rules=committee))
        self.assert_faults(self.spend(all_round, *approvals[:2], paid(1), rules=committee), (14, "approval_missing"))
        self.assert_faults(self.spend(all_round, removed("member1", "2026-04-01"), *approvals[:2], paid(1), rules=committee),
                           (15, "approval_missing"))

    def test_the_roles_are_those_of_the_day_of_payment(self):
        self.assert_faults(self.spend(approved(), removed("finance"), paid(1)), (13, "approval_missing"))

    def test_the_band_is_fixed_at_the_request(self):
        for start in ("2026-01-01", "2026-03-05"):  # recorded later, and in force from an earlier day
            self.assert_good(self.spend(bands((None, ["chair"]), start=start), approved(), paid(1)))
        self.assert_faults(self.spend(bands((None, ["chair"])), approved(actor="chair"), approved(), paid(1)), (12, "office_wrong"))
        def before(start, *records):
            return self.office(SMALL_AND_GREAT, bands((None, ["chair"]), start=start), requested(), *records)
        for start in ("2026-03-05", "2026-03-31"):  # the day of recording, though the request says an earlier one
            self.assert_good(before(start, approved(actor="chair"), paid(1)))
            self.assert_faults(before(start, approved(), paid(1)), (12, "office_wrong"), (13, "approval_missing"))
        self.assert_good(before("2026-04-01", approved(), paid(1)))
        self.assert_faults(self.spend(bands((None, ["finance_head"])), approved(), paid(1), rules=rule("moon")), (13, "approval_missing"))
        self.assert_faults(self.spend(paid(1), rules=rule("moon")), (11, "approval_missing"))

    def test_a_reversed_payment_may_be_paid_again_with_its_approvals(self):
        red = reversal(2, 12, 1, "2026-03-08", [entry("501", "debit", "-100.00"), entry("102", "credit", "-100.00")])
        self.assert_good(self.spend(approved(), paid(1), red, paid(3, day="2026-03-09")))
        self.assert_good(self.spend(approved(), paid(1), red, cancelled()))
        self.assert_faults(self.spend(approved(), paid(1), red, paid(3, day="2026-03-09"), paid(4, day="2026-03-09")),
                           (15, "payment_wrong"))
        self.assert_faults(self.spend(approved(), paid(1), red, approved()), (14, "approval_wrong"))

    def test_papers_that_the_rule_asks_for(self):
        asked = rule("attachments", required_above="99.99", bytes_max=1000)
        self.assert_good(self.spend(asked, attached(10, b"invoice"), approved(), paid(1)))
        self.assert_faults(self.spend(asked, approved(), paid(1)), (13, "attachment_required"))
        self.assert_faults(self.spend(asked, attached(9, b"invoice"), approved(), paid(1)), (14, "attachment_required"))
        self.assert_good(self.spend(rule("attachments", required_above="100.00", bytes_max=1), approved(), paid(1)))
        self.assert_good(self.spend(rule("attachments", "2026-03-08", required_above="0.00", bytes_max=1), approved(), paid(1)))

    def test_forms(self):
        for changes in ({"amount": "1.0"}, {"amount": 1}, {"payee": {}}, {"payee": {"member": "m-1", "officer": "x"}},
                        {"payee": {"cat": "x"}}, {"payee": {"member": ""}}, {"fund": ""}, {"name": "D"}):
            self.assert_faults(self.office(requested(**changes)), (9, "body_form"))
        self.assert_good(self.office(requested(purpose="文体活动", payee={"roster": "r-1"})))
        self.assert_faults(self.spend(fact("approval.refused", {"disbursement": "d-1"}, "chair")), (11, "body_form"))

    def test_a_payment_is_a_voucher(self):
        bare = paid(1)
        for name in ("voucher", "entries"):
            del bare["body"][name]
        self.assert_faults(self.spend(approved(), bare), (12, "body_form"))
        del (half := paid(1))["body"]["entries"]
        self.assert_faults(self.spend(approved(), half), (12, "voucher_incomplete"), (12, "payment_wrong"))

    def test_a_payment_books_what_was_approved(self):
        def book(*entries):
            return self.spend(approved(), paid(1, entries=list(entries)))
        activity, bank = entry("501", "debit", "100.00"), entry("102", "credit", "100.00")
        self.assert_good(book(activity, bank))
        self.assert_good(book(entry("501", "debit", "60.00"), entry("501", "debit", "40.00"), entry("102", "credit", "99.00"),
                              entry("101", "credit", "1.00")))
        for wrong in (
                [entry("501", "debit", "900.00"), entry("102", "credit", "900.00")],
                [entry("408", "debit", "100.00"), bank], [activity, entry("408", "credit", "100.00")],
                [activity, entry("408", "debit", "5.00"), entry("102", "credit", "105.00")],
                [activity, entry("102", "debit", "5.00"), entry("102", "credit", "105.00")],
                [activity, bank, entry("408", "debit", "5.00", "relief"), entry("102", "credit", "5.00", "relief")],
                [entry("501", "debit", "100.00", "relief"), entry("102", "credit", "100.00", "relief")]):
            self.assert_faults(book(*wrong), (12, "payment_wrong"))
        self.assert_faults(book({**activity, "debit": "100"}, bank), (12, "money_form"), (12, "payment_wrong"))

    def test_a_cashier_pays(self):
        for actor in ("chair", "member1", "t1"):
            self.assert_faults(self.spend(approved(), paid(1, actor=actor)), (12, "office_wrong"))

    def test_a_date_that_is_no_day_is_a_fault_of_the_date(self):
        for date in ("2026-02-30", "", 1, None):
            result = self.spend(approved(day=date), paid(1))
            self.assert_faults(result, (11, "date_form"), (12, "approval_missing"))

    def test_a_refusal_needs_an_office_and_no_other_person(self):
        self.assert_good(self.spend(refused(), request=requested(payee={"officer": "finance"})))


if __name__ == "__main__":
    unittest.main()
