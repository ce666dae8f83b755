"""One book in which everything of docs/FORMAT.md happens once and nothing is wrong: a base for faults, and to look at."""
import books as b

PAPER, SLIP = b"\x89PNG an invoice", "一张发票".encode()
LATER = b.SIGNED_AT + 30 * b.DAY


def records():
    """Two months with officers, signed acts, a disbursement of each end, private fields, papers, receipts."""
    policy = b.POLICY2
    return [
        b.created(policy=policy, policy_sha256=b.sha256(policy)), *b.officers(),
        *keys("chair", "finance", "auditor", "clerk"),
        b.bands(("1000.00", ["finance_head"]), (None, ["finance_head", "chair"])),
        b.rule("attachments", required_above="50.00", bytes_max=100000),
        b.rule("acts_signed", start="2026-03-01", types=["approval.given", "finding.raised"]),
        b.dues(1, lines=[b.paid_line("m-1", "7.50"), b.paid_line("m-2", "5.00")]),
        b.dues(2, amount="3000.00"), b.dues(3),
        reference("receipt 1"), reference("receipt 2"),
        b.requested("d-1"), reference("paper"), *b.run(b.approved("d-1"), reference("act")), b.paid(4, "d-1"),
        b.requested("d-2", "2000.00"), reference("paper"), *b.run(b.approved("d-2", "2000.00"), reference("act")),
        *b.run(b.approved("d-2", "2000.00", actor="chair"), reference("act chair")), b.paid(5, "d-2", "2000.00"),
        b.requested("d-3"), b.refused("d-3"), b.requested("d-4"), b.cancelled("d-4"),
        reference("reversal"),
        b.committed("s-1", {"member": "m-1"}, 姓名="甲", 电话="10086"), b.shown_to("s-1"),
        b.committed("s-2", {"member": "m-2"}, 姓名="乙"), b.erased("s-2", "姓名"),
        b.closed("2026-01", 0, "0.00"), b.closed("2026-02", 0, "0.00"), b.closed("2026-03", 6, "5112.50"),
        *b.run(b.reopened("2026-03"), reference("closing chair"), reference("closing auditor")), b.closed("2026-03", 6, "5112.50"),
        *b.run(b.finding(), b.act("auditor")), b.cleared(), b.opinion(),
        b.witness_changed(policy) | {"actor": "chair"}, b.rotated(b.LOG, b.LOG2, actor="chair"), b.rule("dues_rate", basis_points=50),
    ]


def keys(*names, voucher="chair"):
    """The first key of each: after the chair's own, the chair signs each with the officer."""
    return [record for name in names for record in b.run(
        b.registered(name), b.act(name), *([b.act(voucher)] if name != voucher else []))]


def reference(what):
    """A record that names an earlier one by where it came to stand."""
    def make(lines):
        import json
        kinds = [json.loads(line)["type"] for line in lines]
        last = lambda kind: len(kinds) - 1 - kinds[::-1].index(kind)
        first = kinds.index("dues.received") if "dues.received" in kinds else 0
        return {
            "receipt 1": lambda: b.receipt(1, first, "m-1", "7.50"),
            "receipt 2": lambda: b.receipt(2, first, "m-2", "5.00"),
            "paper": lambda: b.attached(last("disbursement.requested"), PAPER if kinds.count("attachment.added") == 0 else SLIP),
            "act": lambda: b.act("finance", last("disbursement.requested"))(lines),
            "act chair": lambda: b.act("chair", last("disbursement.requested"))(lines),
            "closing chair": lambda: b.act("chair", last("period.closed"))(lines),
            "closing auditor": lambda: b.act("auditor", last("period.closed"))(lines),
            "reversal": lambda: b.reversal(6, first + 2, 3),
        }[what]()
    return make


def lines():
    return b.seal(records())


def files(made=None, cosigners=((b.W1, LATER), (b.W2, LATER)), **more):
    """The bundle: everything of 13.3 is in it but `since`."""
    made = made or lines()
    extra = {"openings.ndjson": b.openings(**{"s-1": {"姓名": "甲", "电话": None}}), "FORMAT.md": b.FORMAT,
             "policy": "log evil\n", **b.papers(PAPER, SLIP), f"checkpoints/{len(made)}": b.signed(made, cosigners, b.LOG2),
             "checkpoints/20": b.signed(made[:20], cosigners), **more}
    return b.bundle(made, b.signed(made, cosigners, b.LOG2), b.LOG2, with_tiles=True, with_sums=True, **extra)


POLICY = b.POLICY2
NOW = LATER + b.DAY
