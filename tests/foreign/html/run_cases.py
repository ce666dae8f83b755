"""What verify.html says of cases on disk, in one headless Chromium: `python run_cases.py DIR [--page verify.html]`.

DIR/<case>/bundle/… and, where there are: policy, now (seconds, as text), against/*, base/… (one bundle, or a folder of
bundles), proof/* and sample (an empty file). One line of JSON a case: {"case","outcome","records","chain_head","root",
"witnessed_size","trial_balance","faults":[{"record","kind"},…]}.
"""
import argparse, json, sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from browser import Browser  # noqa: E402

COMPARED = ("records", "chain_head", "root", "witnessed_size", "trial_balance")


def folder(path):
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def options(case):
    found = {}
    if (case / "policy").is_file():
        found["policy"] = (case / "policy").read_bytes()
    if (case / "now").is_file():
        found["now"] = int((case / "now").read_text())
    if (case / "sample").exists():
        found["sample"] = True
    for name, option in (("against", "against"), ("proof", "proof")):
        if (case / name).is_dir():
            found[option] = [one.read_bytes() for one in sorted((case / name).iterdir())]
    if (case / "base").is_dir():
        one = case / "base" / "events.ndjson"
        found["bases"] = [folder(base) for base in ([case / "base"] if one.exists() else sorted((case / "base").iterdir()))]
    return found


def said(result):
    """What two verifiers have to agree in: each pair of record and fault, once."""
    pairs = {(fault["record"], fault["kind"]) for fault in result.get("faults", [])}
    return sorted(pairs, key=lambda pair: (-1 if pair[0] is None else pair[0], pair[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--page", type=Path, help="this verify.html instead of the one of this source")
    args = parser.parse_args()
    with Browser(args.page) as browser:
        for case in sorted(one for one in args.dir.iterdir() if (one / "bundle").is_dir()):
            result = browser.verify(folder(case / "bundle"), **options(case))
            outcome = result.get("outcome") or result.get("error") or result["crash"]
            faults = [{"record": record, "kind": kind} for record, kind in said(result)]
            answer = {"case": case.name, "outcome": outcome, **{name: result.get(name) for name in COMPARED}, "faults": faults}
            print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
