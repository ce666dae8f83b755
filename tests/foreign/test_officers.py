"""Officers, signed acts, rules, findings: section 18, and what of section 10 needs two of them. Record 9 is the first after
the officers' appointments."""
import unittest

from books import (OFFICER_KEYS, TestKey, act, appointed, approved, b64, bands, cancelled, cleared, closed, created, dues, fact, finding,
                   keys, officers, opinion, refused, registered, removed, reopened, requested, rule, run, seal, signed, year_closed)
from case import NOW, Case, verify

NEW = TestKey("chair.example", 60, 1)


class Offices(Case):
    def test_the_founder_appoints_until_there_is_a_chair(self):
        self.assert_good(self.book([appointed("clerk", actor="t1"), *officers()]))
        self.assert_faults(self.book([appointed("chair", actor="t2")]), (1, "office_wrong"))
        self.assert_faults(self.book([*officers(), appointed("clerk", actor="t1")]), (9, "office_wrong"))
        self.assert_faults(self.book([*officers(), removed("clerk", actor="t1")]), (9, "office_wrong"))
        self.assert_faults(self.book([*officers(), removed("clerk", actor="clerk")]), (9, "office_wrong"))

    def test_the_founder_sets_rules_until_there_is_a_chair(self):
        for first in (bands((None, ["chair"]), actor="t1"), rule("acts_signed", actor="t1", types=[]), rule("moon", actor="t1")):
            self.assert_good(self.book([first]))
            self.assert_faults(self.book([{**first, "actor": "t2"}]), (1, "office_wrong"))
            self.assert_faults(self.book([*officers(), first]), (9, "office_wrong"))

    def test_an_office_is_held_from_a_day_to_a_day(self):
        def audit(*before):
            return self.office(*before, opinion())
        self.assert_good(audit(appointed("auditor", start="2026-03-31")))
        self.assert_faults(audit(appointed("auditor", start="2026-04-01")), (10, "office_wrong"))
        self.assert_good(audit(removed("auditor", "2026-04-01")))
        self.assert_faults(audit(removed("auditor", "2026-03-31")), (10, "office_wrong"))
        self.assert_good(audit(removed("auditor"), appointed("auditor")))
        self.assert_faults(audit(appointed("auditor", roles=[])), (10, "office_wrong"))
        self.assert_good(audit(removed("nobody")))

    def test_today_is_the_local_day(self):
        late = {"at": "2026-03-31T16:00:00Z"}  # the first of April at +08:00
        self.assert_good(self.office(removed("auditor", "2026-04-01"), opinion()))
        self.assert_faults(self.office(removed("auditor", "2026-04-01"), {**opinion(), **late}), (10, "office_wrong"))

    def test_who_may(self):
        adjustment = fact("adjustment.recorded", {"x": 1}, "audit2")
        for record, other in ((adjustment, "chair"), (finding(), "clerk"), (opinion(), "audit2")):
            self.assert_good(self.office(record))
            self.assert_faults(self.office({**record, "actor": other}), (9, "office_wrong"))
        for record, others in (
                (bands((None, ["chair"])), ["finance", "clerk"]), (rule("acts_signed", types=[]), ["finance", "t1"]),
                (rule("attachments", required_above="0.00", bytes_max=1), ["clerk", "t1"]), (rule("moon"), ["auditor"]),
                (requested(), ["cashier", "auditor", "t1"])):
            self.assert_good(self.office(record))
            for other in others:
                self.assert_faults(self.office({**record, "actor": other}), (9, "office_wrong"))
        self.assert_good(self.office(rule("moon", actor="finance"), requested(), cancelled(actor="member1")))
        self.assert_faults(self.office(requested(), cancelled(actor="cashier")), (10, "office_wrong"))
        self.assert_faults(self.office(*run(registered("moon", OFFICER_KEYS["t1"]), act("moon", key=OFFICER_KEYS["t1"]))), (9, "office_wrong"))
        self.assert_faults(self.office(finding(), cleared(actor="chair")), (10, "office_wrong"))

    def test_forms(self):
        for record in (appointed("Chair", roles=[]), appointed("x" * 41, roles=[]), appointed("x", roles=["king"]),
                       appointed("x", roles=["chair", "chair"]), appointed("x", roles=[], start="2026-02-30"),
                       appointed("x", roles=[], member=["m"]),
                       fact("officer.appointed", {"officer": "x", "roles": [], "from": "2026-01-01", "member": ""}, "chair"), fact("officer.removed", {"officer": "x"}, "chair"),
                       rule("acts_signed", types=["moon.landed"]), rule("acts_signed", types="x"), rule("approval_bands", bands=[]),
                       bands(("1.00", ["chair"]), ("1.00", ["chair"]), (None, ["chair"])), bands(("1.00", ["chair"])),
                       bands((None, ["chair"]), (None, ["chair"])), bands((None, [])), bands(("1.00", []), (None, ["chair"])),
                       bands((None, ["king"])), rule("attachments", required_above="1.00"), rule("", x=1),
                       rule("attachments", required_above="1.0", bytes_max=1), bands((None, ["chair", "chair"])),
                       rule("acts_signed", types=["finding.raised", "finding.raised"]), finding(records=[]), finding(records=[0] * 21),
                       finding(due="soon"), finding(extra=1), opinion(opinion="fine"), opinion(first="2026-13"), opinion(says="")):
            self.assert_faults(self.office(record), (9, "body_form"))
        for record in (rule("moon", x=[1]), bands((None, ["chair"])), bands(("1.00", ["chair"]), (None, ["chair"])), rule("acts_signed", types=[]),
                       rule("acts_signed", types=["rule.set", "officer_key.registered", "key.rotated", "witness.changed", "disbursement.paid"]), finding(due="2026-04-01", owner="clerk"),
                       rule("attachments", required_above="0.00", bytes_max=0), rule("attachments", required_above="-1.00", bytes_max=0),
                       appointed("x", roles=[], member="M 1")):
            self.assert_good(self.office(record))


class Acts(Case):
    """The chair's key is records 9 and 10; an opinion is signed at record 11, its signature at 12."""

    def signed(self, *acts, record=None, before=()):
        return self.office(*keys("auditor"), *before, *run(record or opinion(), *acts))

    def test_a_signature_counts(self):
        result = self.signed(act("auditor", on=4))
        self.assert_good(result)
        self.assertEqual(result["signed_acts"], 2)
        self.assertEqual(result["officer_keys"], [{"officer": "auditor", "key_id": OFFICER_KEYS["auditor"].id.hex(), "since": 9}])

    def test_what_a_voucher_adds_is_not_signed(self):
        record = {**dues(1), "actor": "auditor"}
        self.assert_good(self.signed(act("auditor"), record=record))

    def test_a_signature_stands_right_after_what_it_signs_in_its_command(self):
        self.assert_faults(self.signed(act("auditor", of=10)), (12, "act_target_wrong"))
        self.assert_faults(self.office(*keys("auditor"), opinion(), act("auditor")), (12, "act_target_wrong"))
        opened = {**opinion(), "more": True}
        self.assert_faults(self.office(*keys("auditor"), opened, act("auditor")), (12, "act_target_wrong"))
        self.assert_faults(self.signed(act("auditor", of=3), act("audit2")), (12, "act_target_wrong"), (13, "act_key_missing"))
        first = fact("act.signed", {"of": 0, "officer": "x", "on": 0, "leaf": b64(bytes(32)), "signature": b64(bytes(68))})
        lines = seal(run(created(), act("t1")))
        self.assert_faults(self.verify(lines, checkpoint=signed(lines), at=NOW, sample=False), (1, "act_leaf_wrong"), (1, "act_key_missing"))
        lines = seal([first])
        self.assert_faults(self.verify(lines, checkpoint=signed(lines), at=NOW), (0, "act_target_wrong"))

    def test_the_first_signer_is_the_actor(self):
        both = [*keys("auditor"), *keys("audit2")]
        self.assert_good(self.office(*both, *run(opinion(), act("auditor"), act("audit2"))))
        self.assert_faults(self.office(*both, *run(opinion(), act("audit2"), act("auditor"))), (14, "office_wrong"))

    def test_what_was_acted_on_is_an_earlier_record_and_that_one(self):
        for wrong in ({"on": 5}, {"on": 99}, {"leaf": b64(bytes(32))}):
            self.assert_faults(self.signed(act("auditor", said=wrong)), (12, "act_leaf_wrong"), (12, "act_signature_wrong"))
        self.assert_faults(self.signed(act("auditor", on=11)), (12, "act_leaf_wrong"))
        self.assert_faults(self.signed(act("auditor", on=50)), (12, "act_leaf_wrong"))

    def test_the_signer_has_a_key_and_the_signature_verifies(self):
        self.assert_faults(self.office(*run(opinion(), act("auditor"))), (10, "act_key_missing"))
        for wrong in ({"key": NEW}, {"signature": OFFICER_KEYS["auditor"].proof("x")}):
            self.assert_faults(self.signed(act("auditor", **wrong)), (12, "act_signature_wrong"))
        self.assert_faults(self.signed(act("auditor", signature="x")), (12, "body_form"))
        self.assert_faults(self.signed(act("auditor", extra=1)), (12, "body_form"))
        self.assert_faults(self.signed(act("auditor", leaf="x")), (12, "body_form"))

    def test_nobody_signs_twice(self):
        self.assert_faults(self.signed(act("auditor"), act("auditor", on=3)), (13, "act_repeated"))
        self.assert_good(self.signed(act("auditor"), before=run(opinion(), act("auditor", on=1))))
        self.assert_faults(self.signed(act("auditor"), before=run(opinion(), act("auditor"))), (14, "act_repeated"))
        two = [appointed("auditor", member="m-1"), appointed("audit2", member="m-1")]
        result = self.office(*two, *keys("auditor"), *keys("audit2"), *run(opinion(), act("auditor"), act("audit2")))
        self.assert_faults(result, (17, "act_repeated"))

    def test_a_signature_that_does_not_count_is_none(self):
        result = self.signed(act("auditor", key=NEW), act("auditor"), before=[rule("acts_signed", types=["audit.concluded"])])
        self.assert_faults(result, (13, "act_signature_wrong"))
        result = self.signed(act("auditor", key=NEW), before=[rule("acts_signed", types=["audit.concluded"])])
        self.assert_faults(result, (12, "act_unsigned"), (13, "act_signature_wrong"))

    def test_types_that_the_rule_names_are_signed_by_their_actor(self):
        asked = rule("acts_signed", types=["audit.concluded"])
        self.assert_good(self.signed(act("auditor"), before=[asked]))
        self.assert_faults(self.signed(before=[asked]), (12, "act_unsigned"))
        self.assert_good(self.signed(before=[rule("acts_signed", "2026-04-01", types=["audit.concluded"])]))
        def after(start):
            none = run(rule("acts_signed", start, types=[]), act("chair"))
            return self.office(*keys("auditor", "chair"), asked, *none, opinion())
        self.assert_good(after("2026-01-01"))
        self.assert_faults(after("2025-01-01"), (16, "act_unsigned"))

    def test_once_acts_are_signed_offices_and_rules_always_are(self):
        """Records 9 and 10 are the chair's key, 11 the first rule, 12 what follows it."""
        some, none = rule("acts_signed", types=["audit.concluded"]), rule("acts_signed", types=[])
        for record in (appointed("clerk"), removed("clerk"), bands((None, ["chair"])), none, some):
            self.assert_good(self.office(*keys("chair"), some, *run(record, act("chair"))))
            self.assert_faults(self.office(*keys("chair"), some, record), (12, "act_unsigned"))
            self.assert_good(self.office(*keys("chair"), none, record))
            self.assert_good(self.office(*keys("chair"), rule("acts_signed", "2026-04-01", types=["audit.concluded"]), record))
            lifted = run(none, act("chair"))
            self.assert_faults(self.office(*keys("chair"), some, *lifted, record), (14, "act_unsigned"))
        self.assert_good(self.office(*keys("chair"), some, rule("moon")))
        self.assert_good(self.office(*keys("chair"), some, finding()))

    def test_what_an_approval_a_clearing_and_a_reopening_acted_on(self):
        """Two disbursements are requested at 14 and 15, two findings raised at 16 and 17."""
        def signed(record, signer, on, *more):
            before = [*keys("finance", "auditor"), bands((None, ["finance_head"])), requested(), requested("d-2"), finding(), finding("f-2")]
            return self.office(*before, *more, *run(record, act(signer, on=on)))
        for record, signer, good in ((approved(), "finance", 14), (refused("d-2"), "finance", 15), (cleared("f-2"), "auditor", 17)):
            for on in range(13, 18):
                result = signed(record, signer, on)
                self.assert_good(result) if on == good else self.assert_faults(result, (19, "act_leaf_wrong"))
        self.assert_faults(signed(approved("d-9"), "finance", 3), (18, "approval_wrong"))  # there is no such record
        self.assert_good(signed(approved(), "finance", 14, requested("d-3")))
        self.assert_faults(signed(approved(), "finance", 18, requested()), (18, "request_wrong"), (20, "act_leaf_wrong"))


class OfficerKeys(Case):
    def test_a_key_is_registered_with_its_own_signature(self):
        self.assert_good(self.office(*keys("chair")))
        result = self.office(registered("chair"))
        self.assert_faults(result, (9, "act_unsigned"))
        self.assertEqual(result["officer_keys"], [])
        self.assert_faults(self.office(*run(registered("chair"), act("chair", key=NEW))), (9, "act_unsigned"), (10, "act_signature_wrong"))
        by_another = run(registered("chair", actor="clerk"), act("chair"))
        self.assert_faults(self.office(*by_another), (10, "office_wrong"))
        bad = registered("chair")
        bad["body"]["key"] = "x"
        self.assert_faults(self.office(bad), (9, "vkey_invalid"))
        self.assert_faults(self.office(*run(bad, act("chair"))), (9, "vkey_invalid"), (10, "act_key_missing"))

    def test_a_second_key_needs_the_old_one_or_a_chair(self):
        again = registered("clerk", NEW)
        known = keys("clerk", "chair", "cashier")
        result = self.office(*known, *run(again, act("clerk", key=NEW), act("clerk")))
        self.assert_good(result)
        self.assertEqual([one["since"] for one in result["officer_keys"]], [9, 11, 13, 15])
        self.assert_good(self.office(*known, *run(again, act("clerk", key=NEW), act("chair"))))
        for acts in ([act("clerk", key=NEW)], [act("clerk")], [act("clerk", key=NEW), act("cashier")],
                     [act("clerk", key=NEW), act("clerk", key=NEW)]):
            self.assert_faults(self.office(*known, *run(again, *acts)), (15, "act_unsigned"))

    def test_a_chair_does_not_vouch_for_his_own_key(self):
        again = [*keys("chair"), *run(registered("chair", NEW), act("chair", key=NEW), act("chair", key=NEW))]
        self.assert_faults(self.office(*again), (11, "act_unsigned"))

    def test_where_the_chair_has_a_key_a_first_key_needs_the_chair_too(self):
        """The chair's key is 9 and 10."""
        def first(*acts, who="clerk", before=()):
            return self.office(*keys("chair"), *before, *run(registered(who), act(who), *acts))
        result = first(act("chair"))
        self.assert_good(result)
        self.assertEqual([one["officer"] for one in result["officer_keys"]], ["chair", "clerk"])
        result = first()
        self.assert_faults(result, (11, "act_unsigned"))
        self.assertEqual([one["officer"] for one in result["officer_keys"]], ["chair"])
        self.assert_faults(self.office(*keys("auditor", "chair"), *run(registered("clerk"), act("clerk"), act("auditor"))), (13, "act_unsigned"))
        self.assert_good(first(before=[removed("chair", "2026-03-31")]))  # no chair today
        self.assert_good(self.office(*keys("auditor"), *keys("clerk")))  # a key, and no chair's
        same = [appointed("chair", member="m-1"), appointed("clerk", member="m-1")]
        self.assert_good(first(before=same))  # nobody else is chair

    def test_a_key_is_one_officers_alone(self):
        shared = registered("clerk", OFFICER_KEYS["auditor"])
        result = self.office(*keys("auditor"), shared)
        self.assert_faults(result, (11, "act_repeated"))
        self.assertEqual([one["officer"] for one in result["officer_keys"]], ["auditor"])
        self.assert_faults(self.office(*keys("auditor"), *run(shared, act("clerk", key=OFFICER_KEYS["auditor"]))), (11, "act_repeated"))
        renamed = TestKey("clerk.example", 40 + 4, 1)
        self.assertEqual(renamed.secret.public_key(), OFFICER_KEYS["auditor"].secret.public_key())
        self.assert_faults(self.office(*keys("auditor"), registered("clerk", renamed)), (11, "act_repeated"))
        changed = [*keys("auditor"), *run(registered("auditor", NEW), act("auditor", key=NEW), act("auditor"))]
        self.assert_good(self.office(*changed, *run(shared, act("clerk", key=OFFICER_KEYS["auditor"]))))  # no longer in force
        asked = rule("acts_signed", types=["officer_key.registered"])
        self.assert_faults(self.office(*keys("auditor"), asked, shared), (12, "act_repeated"))
        self.assert_faults(self.office(asked, fact("officer_key.registered", {"officer": "clerk", "key": "x"}, "clerk")), (10, "vkey_invalid"))

    def test_the_old_key_no_longer_signs(self):
        again = [*keys("auditor"), *run(registered("auditor", NEW), act("auditor", key=NEW), act("auditor"))]
        self.assert_good(self.office(*again, *run(opinion(), act("auditor", key=NEW))))
        self.assert_faults(self.office(*again, *run(opinion(), act("auditor"))), (15, "act_signature_wrong"))


class Reopening(Case):
    """Records 9 to 12 are keys, 13 and 14 close January and February, 15 opens one again."""

    def reopened(self, month="2026-02", signers=("chair", "auditor"), before=(), after=(), actor="chair"):
        closings = [closed("2026-01", 0, "0.00"), closed("2026-02", 0, "0.00")]
        opening = run(reopened(month, actor), *(act(name) for name in signers))
        return self.office(*keys("chair", "auditor"), *closings, *before, *opening, *after)

    def test_the_last_month_is_opened_by_two_officers(self):
        self.assert_good(self.reopened(after=[dues(1, "2026-02-05"), closed("2026-02", 1, "12.50")]))
        for signers in ((), ("chair",)):
            self.assert_faults(self.reopened(signers=signers), (15, "act_unsigned"))
        self.assert_faults(self.reopened(signers=("auditor", "chair")), (16, "office_wrong"))
        self.assert_faults(self.reopened(signers=(), actor="clerk"), (15, "act_unsigned"), (15, "office_wrong"))

    def test_what_is_signed_is_the_last_closing_of_that_month(self):
        """The closings are 13 and 14; February is opened at 15 and closed again at 18."""
        def again(on):
            return self.reopened(after=[closed("2026-02", 0, "0.00"), *run(reopened("2026-02"), act("chair", on=on), act("auditor"))])
        self.assert_good(again(18))
        for other in (0, 13, 14):
            self.assert_faults(again(other), (20, "act_leaf_wrong"), (19, "act_unsigned"))

    def test_one_person_with_both_offices_is_not_two(self):
        both = [appointed("chair", ["chair", "audit_chair"], member="m-1"), appointed("auditor", member="m-1")]
        self.assert_faults(self.reopened(before=both), (17, "act_unsigned"), (19, "act_repeated"))

    def test_no_other_month_is_opened(self):
        self.assert_faults(self.reopened("2026-01"), (15, "period_order"))
        self.assert_faults(self.reopened("2026-03"), (15, "period_order"))
        self.assert_faults(self.reopened(after=[closed("2026-03", 0, "0.00")]), (18, "period_order"))
        self.assert_faults(self.reopened("2026-01", after=[dues(1, "2026-02-05")]), (15, "period_order"), (18, "posting_in_closed_period"))
        self.assert_faults(self.office(*keys("chair", "auditor"), *run(reopened("2026-01"), act("chair"), act("auditor"))), (13, "period_order"))

    def test_the_month_before_is_then_the_last_closed(self):
        second = run(reopened("2026-01"), act("chair"), act("auditor"))
        self.assert_good(self.reopened(after=[*second, dues(1, "2026-01-05"), closed("2026-01", 1, "12.50")]))
        self.assert_faults(self.reopened(after=[dues(1, "2026-01-05")]), (18, "posting_in_closed_period"))

    def test_a_month_closed_twice_is_opened_once(self):
        self.assert_faults(self.reopened(before=[closed("2026-02", 0, "0.00")], after=[dues(1, "2026-02-05")]), (15, "period_order"))

    def test_a_month_of_a_closed_year_stays_closed(self):
        self.assert_faults(self.reopened(before=[year_closed(2026)]), (16, "period_order"))
        self.assert_good(self.reopened(before=[year_closed(2025)]))
        self.assert_faults(self.office(fact("year.closed", {"year": "2026"})), (9, "body_form"))


class Findings(Case):
    def test_a_finding_is_raised_and_cleared_once(self):
        self.assert_good(self.office(finding(), cleared(), finding("f-2", [3, 4])))
        self.assert_faults(self.office(finding(), finding()), (10, "finding_wrong"))
        self.assert_faults(self.office(cleared()), (9, "finding_wrong"))
        self.assert_faults(self.office(finding(), cleared(), cleared()), (11, "finding_wrong"))
        self.assert_faults(self.office(finding(), cleared(), finding()), (11, "finding_wrong"))
        self.assert_faults(self.office(finding(records=[9]), cleared()), (9, "finding_wrong"))


class TheClock(Case):
    def test_records_from_the_future_are_said_once(self):
        late = {**dues(2), "at": "2026-04-30T09:00:00Z"}
        result = self.book([dues(1), late, {**dues(3), "at": "2026-05-30T09:00:00Z"}])
        self.assertEqual(self.noted(result), {(2, "at_in_future")})
        self.assertEqual(self.noted(self.book([dues(1)])), set())


if __name__ == "__main__":
    unittest.main()
