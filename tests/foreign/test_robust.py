"""Whatever stands in a record, the verifier answers."""
import json, unittest

from books import (LOG, LOG2, POLICY2, act, approved, attached, bands, cancelled, cleared, closed, committed, created, dues,
                   entry, erased, fact, finding, keys, ndjson, officers, openings, opinion, paid, paid_line, papers, receipt,
                   refused, removed, reopened, requested, reversal, rotated, rule, run, seal, shown_to, witness_changed,
                   year_closed)
from case import Case, verify

EVERYTHING = [
    created(), *officers(), *keys("chair", "auditor"), closed("2026-01", 0, "0.00"), *run(reopened("2026-01"), act("chair"), act("auditor")),
    bands(("1.00", ["chair"]), (None, ["finance_head"])), rule("acts_signed", types=["audit.concluded"]),
    rule("attachments", required_above="5.00", bytes_max=1), *run(opinion(), act("auditor")), finding(), cleared(), requested(),
    attached(24, b"invoice"), approved(), paid(1), reversal(2, 27, 1, "2026-03-08", [
        entry("501", "debit", "-100.00"), entry("102", "credit", "-100.00")]),
    requested("d-2"), refused("d-2"), requested("d-3"), cancelled("d-3"),
    dues(3, "2026-03-09", lines=[paid_line("m-1")]), receipt(1, 33), committed("s1", of={"member": "m-1"}, 姓名="甲"), shown_to("s1"),
    erased("s1", "姓名"), rotated(LOG, LOG2), witness_changed(POLICY2), *run(removed("clerk"), act("chair")), closed("2026-01", 0, "0.00"), year_closed(2026),
    fact("adjustment.recorded", {"date": "2026-03-09"}, "auditor")]
ODD = [None, True, 0, 1, 9007199254740991, "", "x", "-0.00", "0.01", "\ud800", "9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
       "记-9999-12-0001", "9999-12", [], {}, [[]], {"": {}}, 1.5, "act.signed", "key.rotated", "chair", LOG2.vkey]


def paths(value, path=()):
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from paths(value[key], (*path, key))


class OddBooks(Case):
    def ask(self, lines):
        files = {"events.ndjson": ndjson(lines), "openings.ndjson": openings(s1={"姓名": "甲"}), **papers(b"invoice")}
        verify.show(self.run_on(files, policy=None))

    def test_the_book_itself_is_whole(self):
        result = self.run_on({"events.ndjson": ndjson(seal(EVERYTHING))}, policy=None)
        self.assertEqual((result["faults"], result["signed_acts"], len(result["log_keys"])), ([], 6, 2))

    def test_no_odd_value_anywhere_makes_the_verifier_fall_over(self):
        lines, turn = seal(EVERYTHING), 0
        for place, line in enumerate(lines):
            for path in list(paths(json.loads(line)))[1:]:
                for _ in range(3):
                    record = json.loads(line)
                    at = record
                    for key in path[:-1]:
                        at = at[key]
                    at[path[-1]] = ODD[turn % len(ODD)]
                    turn += 1
                    text = json.dumps(record, ensure_ascii=turn % 2 == 0, sort_keys=True, separators=(",", ":"))
                    self.ask([*lines[:place], text.encode("utf-8", "surrogatepass"), *lines[place + 1:]])

    def test_no_record_left_out_or_moved_makes_the_verifier_fall_over(self):
        lines = seal(EVERYTHING)
        for place in range(len(lines)):
            self.ask([*lines[:place], *lines[place + 1:]])
            self.ask([*lines[:place], b"{", *lines[place + 1:]])
            self.ask([lines[place], *lines[:place], *lines[place + 1:]])


if __name__ == "__main__":
    unittest.main()
