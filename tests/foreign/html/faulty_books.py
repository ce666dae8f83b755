"""For every fault of docs/FORMAT.md section 14 a book that has it: name → (files, options, pairs that must be said)."""
import json

import books as b
import story

OFFICERS = 1 + len(b.officers())  # the place of the first record after `created` and the officers
POLICY = b.POLICY.encode()
NOW = b.SIGNED_AT + 30 * b.DAY


def whole(*records, checkpoint=..., **files):
    lines = b.seal([b.created(), *records])
    return b.bundle(lines, checkpoint, **files)


def of_lines(lines, **files):
    """The checkpoint is over the good lines where `good` says them."""
    good = files.pop("good", lines)
    return b.bundle(lines, b.signed(good), **files)


def office(*records, **files):
    return whole(*b.officers(), *records, **files)


def good_lines():
    return b.seal([b.created(), b.dues(1), b.dues(2), b.dues(3)])


def replaced(place, line):
    lines = good_lines()
    return [*lines[:place], line(lines[place]) if callable(line) else line, *lines[place + 1:]]


def raw(change, place=3):
    """The last record of four, changed as bytes and signed so."""
    return of_lines(replaced(place, change))


def entries(*all_of_them):
    return whole(b.dues(1, entries=list(all_of_them)))


def debit(amount, **more):
    return {**b.entry("102", "debit", amount), **more}


def credit(amount, **more):
    return {**b.entry("401", "credit", amount), **more}


BOTH = (debit("12.50"), credit("12.50"))
BANDS = b.bands((None, ["finance_head"]))
SPENT = (BANDS, b.requested(), b.approved())
FIRST = OFFICERS  # the rule; the request stands at FIRST + 1, its approval at FIRST + 2, its payment at FIRST + 3


def with_vkey(**body):
    return whole(b.dues(1)) | {"events.ndjson": b.ndjson(b.seal([b.created(**body), b.dues(1)]))}


def checkpoint(text):
    return whole(b.dues(1), checkpoint=text)


def cut():
    lines = good_lines()
    return b.bundle(lines[:3], b.signed(lines))


def forked():
    lines, other = good_lines(), b.seal([b.created(), b.dues(1), b.dues(2), b.dues(3, amount="99.00")])
    return b.bundle(lines), {"against": [b.signed(other).encode()]}


def continued(change=lambda files: files, bases=True, since=2):
    lines = good_lines()
    options = {"bases": [b.bundle(lines[:2], b.signed(lines[:2]), with_tiles=True)]} if bases else {}
    return change(b.bundle(lines, continues=since, with_tiles=True)), options


def proof(change=lambda text: text):
    lines = good_lines()
    return b.bundle(lines), {"proof": [change(b.proof_file(2, lines)).encode()]}


def private(shown, *records):
    return whole(b.committed("s-1", 姓名="甲"), *records, **{"openings.ndjson": shown})


def receipts(*records):
    return whole(b.dues(1, lines=[b.paid_line("m-1")]), *records)


def lost_key():
    lines = b.seal([b.created(), b.rotated(b.LOG, b.LOG2, lost=True)])
    return b.bundle(lines, b.signed(lines))


def inserted():
    lines = good_lines()
    return of_lines([*lines[:3], b.changed(lines[2], actor="t9"), lines[3]])


def torn():
    files = of_lines(good_lines())
    return files | {"events.ndjson": files["events.ndjson"][:-1]}


CHARTLESS = json.loads(b.chart_json())

# Each: (files or (files, options), pairs). More may be said than these; the other verifier is asked for the rest.
CASES = {
    "line_torn": (torn(), [(3, "line_torn")]),
    "record_too_long": (raw(lambda line: b.changed(line, actor="甲" * 1400)), [(3, "record_too_long")]),
    "not_utf8": (raw(lambda line: line.replace(b"t1", b"\xff\xfe")), [(3, "not_utf8")]),
    "not_json": (raw(lambda line: line[:-1]), [(3, "not_json")]),
    "a_mark_is_not_json": (raw(lambda line: b"\xef\xbb\xbf" + line), [(3, "not_json")]),
    "too_deep": (raw(lambda line: b'{"a":' * 17 + b"1" + b"}" * 17), [(3, "too_deep")]),
    "duplicate_key": (raw(lambda line: line.replace(b'"actor":"t1"', b'"actor":"t1","actor":"t1"')), [(3, "duplicate_key")]),
    "number_form": (raw(lambda line: line.replace(b'"seq":3', b'"seq":3.0')), [(3, "number_form")]),
    "number_too_great": (raw(lambda line: line.replace(b'"tv":1', b'"tv":9007199254740992')), [(3, "number_form")]),
    "not_canonical": (raw(lambda line: line.replace(b'"actor":', b'"actor": ')), [(3, "not_canonical")]),
    "lone_surrogate": (raw(lambda line: line.replace(b'"t1"', b'"\\ud800"')), [(3, "not_canonical")]),
    "not_nfc": (raw(lambda line: b.changed(line, actor="e\u0301")), [(3, "not_nfc")]),
    "control_character": (raw(lambda line: b.changed(line, actor="a\nb")), [(3, "control_character")]),
    "envelope_form": (raw(lambda line: b.changed(line, more="no")), [(3, "envelope_form")]),
    "a_twelfth_field": (raw(lambda line: b.changed(line, x=1)), [(3, "envelope_form")]),
    "version_unknown": (raw(lambda line: b.changed(line, v=2)), [(3, "version_unknown")]),
    "ledger_wrong": (raw(lambda line: b.changed(line, ledger=b.OTHER)), [(3, "ledger_wrong")]),
    "at_decreases": (raw(lambda line: b.changed(line, at="2026-03-30T09:00:00Z")), [(3, "at_decreases")]),
    "idem_repeated": (raw(lambda line: b.changed(line, idem="k1")), [(3, "idem_repeated")]),
    "append_unfinished": (raw(lambda line: b.changed(line, more=True)), [(3, "append_unfinished")]),
    "record_missing": (of_lines(good_lines()[:2] + good_lines()[3:], good=good_lines()[:3]),
                       [(2, "record_missing"), (2, "prev_wrong"), (2, "voucher_gap"), (None, "root_wrong")]),
    "record_duplicated": (of_lines([*good_lines()[:3], *good_lines()[2:]]), [(3, "record_duplicated"), (3, "prev_wrong")]),
    "record_inserted": (inserted(), [(3, "record_inserted")]),
    "record_out_of_order": (of_lines([good_lines()[place] for place in (0, 2, 1, 3)]), [(1, "record_out_of_order")]),
    "prev_wrong": (raw(lambda line: b.changed(line, prev="1" * 64)), [(3, "prev_wrong")]),
    "ledger_created_missing": (of_lines(b.seal([b.dues(1)])), [(0, "ledger_created_missing")]),
    "no_records": (b.bundle([], None), [(None, "ledger_created_missing")]),
    "ledger_created_again": (whole(b.created()), [(1, "ledger_created_again")]),
    "body_form": (with_vkey(level="city"), [(0, "body_form")]),
    "voucher_incomplete": (whole({"type": "dues.received", "body": {"voucher": "记-2026-03-0001"}}), [(1, "voucher_incomplete")]),
    "voucher_form": (whole(b.dues("记-2026-3-1")), [(1, "voucher_form")]),
    "voucher_month_wrong": (whole(b.dues("记-2026-02-0001")), [(1, "voucher_month_wrong")]),
    "voucher_gap": (whole(b.dues(1), b.dues(3)), [(2, "voucher_gap")]),
    "voucher_repeated": (whole(b.dues(1), b.dues(1)), [(2, "voucher_repeated")]),
    "date_form": (whole(b.dues("记-2026-02-0001", day="2026-02-30")), [(1, "date_form")]),
    "date_late": (whole(b.dues(1, day="2026-04-01")), [(1, "date_late")]),
    "entry_form": (entries(debit("12.50", x="y"), credit("12.50")), [(1, "entry_form")]),
    "money_form": (entries(debit("12.5"), credit("12.50")), [(1, "money_form")]),
    "money_is_no_number": (entries(debit(12), credit("12.50")), [(1, "money_form")]),
    "amount_negative": (entries(debit("-12.50"), credit("-12.50")), [(1, "amount_negative")]),
    "voucher_unbalanced": (entries(debit("12.50"), credit("12.51")), [(1, "voucher_unbalanced")]),
    "a_sum_beyond_floats": (entries(debit("999999999999999.99"), debit("999999999999999.99"), credit("999999999999999.99"),
                                    credit("999999999999999.98")), [(1, "voucher_unbalanced")]),
    "fund_unbalanced": (entries(debit("12.50", fund="a"), credit("12.50", fund="b")), [(1, "fund_unbalanced")]),
    "account_unknown": (entries({**BOTH[0], "account": "999"}, BOTH[1]), [(1, "account_unknown")]),
    "account_name_wrong": (entries({**BOTH[0], "name": "现金"}, BOTH[1]), [(1, "account_name_wrong")]),
    "period_order": (whole(b.closed("2026-02", 0, "0.00")), [(1, "period_order")]),
    "period_totals_wrong": (whole(b.closed("2026-01", 1, "0.00")), [(1, "period_totals_wrong")]),
    "posting_in_closed_period": (whole(b.closed("2026-01", 0, "0.00"), b.dues(1, "2026-01-31")), [(2, "posting_in_closed_period")]),
    "reversal_target_wrong": (whole(b.dues(1), b.reversal(2, 1, 7)), [(2, "reversal_target_wrong")]),
    "reversal_entries_wrong": (whole(b.dues(1), b.reversal(2, 1, 1, entries=[b.entry("102", "debit", "-1.00"), b.entry("401", "credit", "-1.00")])),
                               [(2, "reversal_entries_wrong")]),
    "reversal_repeated": (whole(b.dues(1), b.reversal(2, 1, 1), b.reversal(3, 1, 1)), [(3, "reversal_repeated")]),
    "reversal_of_reversal": (whole(b.dues(1), b.reversal(2, 1, 1), b.reversal(3, 2, 2, entries=list(BOTH))), [(3, "reversal_of_reversal")]),
    "chart_invalid": (whole(b.dues(1), **{"chart.json": "{}"}), [(None, "chart_invalid")]),
    "chart_differs": (whole(b.dues(1), **{"chart.json": json.dumps(CHARTLESS | {"source": "elsewhere"})}), [(None, "chart_differs")]),
    "policy_invalid": (with_vkey(policy="quorum w9\n"), [(0, "policy_invalid"), (0, "policy_hash_wrong")]),
    "policy_hash_wrong": (with_vkey(policy_sha256="0" * 64), [(0, "policy_hash_wrong")]),
    "vkey_invalid": (whole(b.dues(1), **{"log.vkey": b.LOG.vkey.replace("+c126bbaa+", "+c126bbab+") + "\n"}), [(None, "vkey_invalid")]),
    "log_key_differs": (with_vkey(log=b.LOG2.vkey), [(0, "log_key_differs")]),
    "log_not_in_policy": ((whole(b.dues(1)), {"policy": b.POLICY.replace(b.LOG.vkey, b.TestKey(b.OTHER, 7, 1).vkey).encode()}), [(0, "log_not_in_policy")]),
    "checkpoint_form": (checkpoint("x\n"), [(None, "checkpoint_form")]),
    "checkpoint_of_another_name": (whole(b.dues(1), **{"checkpoints/7": b.signed(b.seal([b.created(), b.dues(1)]))}), [(None, "checkpoint_form")]),
    "checkpoint_origin_wrong": (checkpoint(b.signed(b.seal([b.created(), b.dues(1)]), origin=b.OTHER)), [(None, "checkpoint_origin_wrong")]),
    "checkpoint_unsigned": (checkpoint(b.signed(b.seal([b.created(), b.dues(1)]), log=b.LOG2)), [(None, "checkpoint_unsigned")]),
    "log_signature_wrong": (checkpoint(b.signed(good_lines()).replace("\n4\n", "\n2\n")), [(None, "log_signature_wrong")]),
    "cosignature_wrong": (checkpoint(b.signed(b.seal([b.created(), b.dues(1)]), ()) + b.W1.line("another text\n")), [(None, "cosignature_wrong")]),
    "tail_cut": (cut(), [(None, "tail_cut")]),
    "root_wrong": (of_lines(b.seal([b.created(), b.dues(1), b.dues(2), b.dues(3, amount="9.00")]), good=good_lines()), [(None, "root_wrong")]),
    "log_fork": (forked(), [(None, "log_fork"), (None, "root_wrong")]),
    "proof_wrong": (proof(lambda text: text.replace("index 2", "index 1")), [(1, "proof_wrong")]),
    "tile_wrong": (of_lines(good_lines(), with_tiles=True) | {"tile/0/000.p/4": bytes(128)}, [(None, "tile_wrong")]),
    "consistency_wrong": (continued(lambda files: files | {"since": files["since"].rsplit(b"\n", 2)[0] + b"\n"}), [(None, "consistency_wrong")]),
    "base_wrong": (continued(bases=False), [(None, "base_wrong")]),
    "sums_form": (whole(b.dues(1), SHA256SUMS="0" * 64 + "  ../x\n"), [(None, "sums_form")]),
    "file_missing": (whole(b.dues(1), SHA256SUMS="0" * 64 + "  x\n"), [(None, "file_missing")]),
    "file_differs": (whole(b.dues(1), SHA256SUMS="0" * 64 + "  log.vkey\n"), [(None, "file_differs")]),
    "key_rotation_wrong": (lost_key(), [(1, "key_rotation_wrong")]),
    "act_target_wrong": (office(*b.keys("chair"), b.act("chair")), [(OFFICERS + 2, "act_target_wrong")]),
    "act_leaf_wrong": (office(*b.keys("finance"), BANDS, b.requested(), *b.run(b.approved(), b.act("finance", OFFICERS + 3, leaf=b.b64(bytes(32))))),
                       [(OFFICERS + 5, "act_leaf_wrong")]),
    "act_key_missing": (office(BANDS, b.requested(), *b.run(b.approved(), b.act("finance", OFFICERS + 1))), [(OFFICERS + 3, "act_key_missing")]),
    "act_signature_wrong": (office(*b.keys("finance"), BANDS, b.requested(), *b.run(b.approved(), b.act("finance", OFFICERS + 3, key=b.OFFICER_KEYS["clerk"]))),
                            [(OFFICERS + 5, "act_signature_wrong")]),
    "act_repeated": (office(*b.keys("finance"), BANDS, b.requested(), *b.run(b.approved(), *2 * [b.act("finance", OFFICERS + 3)])),
                     [(OFFICERS + 6, "act_repeated")]),
    "act_unsigned": (office(b.registered("chair")), [(OFFICERS, "act_unsigned")]),
    "act_unsigned_by_rule": (office(b.rule("acts_signed", types=["finding.raised"]), b.finding()), [(OFFICERS + 1, "act_unsigned")]),
    "reopened_by_one": (office(b.closed("2026-01", 0, "0.00"), *b.keys("chair"), *b.run(b.reopened("2026-01"), b.act("chair", OFFICERS))),
                        [(OFFICERS + 3, "act_unsigned")]),
    "office_wrong": (office(b.finding(actor="clerk")), [(OFFICERS, "office_wrong")]),
    "finding_wrong": (office(b.finding(), b.finding()), [(OFFICERS + 1, "finding_wrong")]),
    "request_wrong": (office(b.requested(), b.requested()), [(OFFICERS + 1, "request_wrong")]),
    "payment_wrong": (office(*SPENT, b.paid(1), b.paid(2)), [(FIRST + 4, "payment_wrong")]),
    "paid_by_the_approver": (office(*SPENT, b.paid(1, actor="finance")), [(FIRST + 3, "payment_wrong")]),
    "approval_wrong": (office(BANDS, b.requested(), b.approved(amount="1.00")), [(FIRST + 2, "approval_wrong")]),
    "approval_missing": (office(BANDS, b.requested(), b.paid(1)), [(FIRST + 2, "approval_missing")]),
    "attachment_required": (office(b.rule("attachments", required_above="50.00", bytes_max=9), *SPENT, b.paid(1)), [(FIRST + 4, "attachment_required")]),
    "private_field_wrong": (whole(b.erased("s-1", "姓名")), [(1, "private_field_wrong")]),
    "opening_wrong": (private(b.openings(**{"s-1": {"姓名": "乙"}})), [(None, "opening_wrong")]),
    "opening_of_what_is_erased": (private(b.openings(**{"s-1": {"姓名": "甲"}}), b.erased("s-1", "姓名")), [(None, "opening_wrong")]),
    "opening_missing": (private(b.openings(**{"s-1": {}})), [(None, "opening_missing")]),
    "attachment_wrong": (whole(b.attached(5, b"x")), [(1, "attachment_wrong")]),
    "attachment_missing": (whole(b.attached(0, b"x"), **b.papers(b"y")), [(None, "attachment_missing")]),
    "attachment_differs": (whole(b.attached(0, b"x"), **{f"attachments/{b.sha256(b'x')}": b"z"}), [(None, "attachment_differs")]),
    "receipt_gap": (receipts(b.receipt(2, 1)), [(2, "receipt_gap")]),
    "receipt_repeated": (receipts(b.receipt(0, 1)), [(2, "receipt_repeated")]),
    "receipt_wrong": (receipts(b.receipt(1, 1, amount="9.00")), [(2, "receipt_wrong")]),
}


def witnessed_at(*times, policy=POLICY, now=NOW, **more):
    lines = good_lines()
    cosigners = [(key, at) for key, at in zip((b.W1, b.W2), times)]
    return b.bundle(lines, b.signed(lines, cosigners)), {"policy": policy, "now": now, **more}


def unproved():
    records = [b.created(), *b.officers(), *story.keys("chair", "auditor"),
               *b.run(b.rotated(b.LOG, b.LOG2, lost=True, actor="chair"), b.act("chair"), b.act("auditor"))]
    lines = b.seal(records)
    return b.bundle(lines, b.signed(lines, log=b.LOG2), b.LOG2), {}


def after_the_checkpoint():
    lines = good_lines()
    return b.bundle(lines, b.signed(lines[:3])), {}


UNTRUSTED, PLAIN = "verified and witnessed", "verified, not independently witnessed"
TWO = b.POLICY2.encode()

# Notes: name → (files, options, outcome).
NOTED = {
    "checkpoint_missing": (whole(b.dues(1), checkpoint=None), {}, PLAIN),
    "log_key_missing": (b.bundle(b.seal([b.dues(1)]), None, **{"log.vkey": None}), {"sample": True, "policy": None}, PLAIN),
    "chart_missing": (whole(b.dues(1), chart=False), {}, UNTRUSTED),
    "policy_not_given": (whole(b.dues(1)), {"policy": None}, PLAIN),
    "policy_differs": (*witnessed_at(b.SIGNED_AT, policy=POLICY + b"# mine\n"), UNTRUSTED),
    "quorum_none": (*witnessed_at(b.SIGNED_AT, policy=POLICY.replace(b"quorum w1", b"quorum none")), PLAIN),
    "quorum_not_met": (*witnessed_at(b.SIGNED_AT, policy=TWO), PLAIN),
    "cosignatures_stale": (*witnessed_at(b.SIGNED_AT, now=b.SIGNED_AT + 35 * b.DAY + 1), PLAIN),
    "cosignature_in_future": (*witnessed_at(b.SIGNED_AT, now=b.SIGNED_AT - b.DAY - 1), PLAIN),
    "records_unwitnessed": (*after_the_checkpoint(), UNTRUSTED),
    "at_in_future": (whole(b.dues(1)), {"now": b.SIGNED_AT}, UNTRUSTED),
    "log_key_unproved": (*unproved(), PLAIN),
    "field_erased": (private(b.openings(), b.erased("s-1", "姓名")), {}, UNTRUSTED),
    "format_differs": (whole(b.dues(1), **{"FORMAT.md": "another"}), {}, UNTRUSTED),
    "posting_not_checked": (whole(b.dues(1)), {}, UNTRUSTED),
    "voucher_type_unknown": (whole(b.dues(1) | {"type": "raffle.held"}), {}, UNTRUSTED),
    "type_version_unknown": (whole({"type": "period.closed", "tv": 2, "body": {}}), {}, UNTRUSTED),
}
