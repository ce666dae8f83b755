"""What two Python packages that nobody here wrote say of bundles: tlog-scales of tiles, checkpoint,
cosignatures and proofs, pymerkle of the tree over the records.

Run with: python tlog_tools.py POLICY BUNDLE [BUNDLE_THAT_CONTINUES_IT ...]
It prints "ok SIZE ROOT" of the newest, or says what differed and exits with 1.
"""
import base64, sys
from pathlib import Path

import pymerkle
from tlog_scales import signing, tiles, tlog
from tlog_scales.reader import TilesReader

# proofs are asked for of these parts of the tree
PARTS = (0, 1 / 3, 1 / 2, 0.999, 1)


class Folders:
    """Tiles and checkpoint from the newest folder that has them."""

    def __init__(self, folders):
        self.folders = folders

    def get(self, *path):
        for folder in reversed(self.folders):
            file = folder.joinpath(*path)
            if file.exists():
                return file.read_bytes()
        return None


def records_of(bundle):
    data = (bundle / "events.ndjson").read_bytes()
    assert not data or data.endswith(b"\n"), "the last line ends"
    return data.split(b"\n")[:-1]


def keys_of(policy):
    """The vkeys of a policy: the log's, and the witnesses'."""
    lines = [line.split() for line in policy.read_text().splitlines() if line.strip()]
    log = [words[1] for words in lines if words[0] == "log"]
    witnesses = [words[2] for words in lines if words[0] == "witness"]
    return [[signing.Vkey.from_string(vkey) for vkey in vkeys] for vkeys in (log, witnesses)]


def hashes_of(lines):
    return [base64.b64decode(line, validate=True) for line in lines]


def check_proof_file(file, records, checkpoint, grown):
    head, _, note = file.read_text().partition("\n\n")
    first, extra, index, *path = head.split("\n")
    assert first == "c2sp.org/tlog-proof@v1" and note == checkpoint.serialize()
    record, index = base64.b64decode(extra.removeprefix("extra ")), int(index.removeprefix("index "))
    assert record == records[index], f"record {index}"
    path = hashes_of(path)
    tlog.InclusionProof(index, checkpoint.size, path).check(tiles.leaf_hash(record), checkpoint.root_hash)
    # pymerkle counts from one, and its path begins with the leaf or its neighbour: the same hashes.
    theirs = grown.prove_inclusion(index + 1, checkpoint.size)
    assert sorted(theirs.path) == sorted([*path, tiles.leaf_hash(record)]), f"the way of {index}"
    pymerkle.verify_inclusion(tiles.leaf_hash(record), checkpoint.root_hash, theirs)


def check_since(bundle, older, checkpoint, reader, grown):
    first, root, *path = (bundle / "since").read_text().removesuffix("\n").split("\n")
    assert first == f"old {older.size}" and base64.b64decode(root) == older.root_hash
    path = hashes_of(path)
    tlog.ConsistencyProof(older.size, checkpoint.size, path).check(older.root_hash, checkpoint.root_hash)
    assert reader.get_consistency_proof(older.size, checkpoint.size).node_hashes == path
    assert grown.get_root(older.size) == older.root_hash


def check(policy, bundles):
    (log,), witnesses = keys_of(policy)
    records, older, grown = [], None, pymerkle.InmemoryTree(algorithm="sha256")
    for number, bundle in enumerate(bundles):
        reader = TilesReader(Folders(bundles[: number + 1]))
        checkpoint = reader.get_checkpoint()
        checkpoint.verify(log)
        for witness in witnesses:
            checkpoint.verify(witness)
        records = records[: older.size if older else 0] + records_of(bundle)
        for record in records[grown.get_size():]:
            grown.append_entry(record)
        assert len(records) == checkpoint.size == grown.get_size()
        assert reader.calculate_root_hash() == checkpoint.root_hash, "the tiles give another root"
        if checkpoint.size:
            assert grown.get_root() == checkpoint.root_hash, "the records give another root"
        for index in {round(part * (checkpoint.size - 1)) for part in PARTS if checkpoint.size}:
            proof = reader.get_inclusion_proof(index, checkpoint.size)
            proof.check(tiles.leaf_hash(records[index]), checkpoint.root_hash)
        for file in sorted(bundle.glob("*.tlog-proof")):
            check_proof_file(file, records, checkpoint, grown)
        if older:
            check_since(bundle, older, checkpoint, reader, grown)
        older = checkpoint
    return f"ok {older.size} {base64.b64encode(older.root_hash).decode()}"


if __name__ == "__main__":
    try:
        print(check(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]]))
    except Exception as error:  # whatever it is, the bundle was not accepted
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
