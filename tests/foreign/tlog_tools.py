"""What three Python packages that nobody here wrote say of bundles: tlog-scales and aics-tlog of tiles,
checkpoint, cosignatures and proofs, pymerkle of the tree over the records.

Run with: python tlog_tools.py POLICY BUNDLE [BUNDLE_THAT_CONTINUES_IT ...]
It prints "ok SIZE ROOT" of the newest, or says what differed and exits with 1.
"""
import base64, sys
from pathlib import Path

import aics_tlog
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


class AicsTiles:
    """The same folders, as aics-tlog asks for tiles."""

    def __init__(self, folders):
        self.readers = [aics_tlog.FileSystemTileReader(folder) for folder in reversed(folders)]

    def read_tile(self, level, index, width):
        found = (reader.read_tile(level, index, width) for reader in self.readers)
        return next((tile for tile in found if tile is not None), None)

    def read_entry_bundle(self, index, width):
        return None


def vkeys_of(policy):
    """The vkeys of a policy as text: the log's, and the witnesses'."""
    lines = [line.split() for line in policy.read_text().splitlines() if line.strip()]
    return [words[1] for words in lines if words[0] == "log"], [words[2] for words in lines if words[0] == "witness"]


def check_with_aics(policy, bundles, records, checkpoint, older):
    """Checkpoint and cosignatures, the root by the records and by the tiles, and proofs."""
    (log,), witnesses = vkeys_of(policy)
    note = aics_tlog.parse_note((bundles[-1] / "checkpoint").read_bytes())
    keys = [aics_tlog.parse_vkey(vkey) for vkey in witnesses]
    said = aics_tlog.verify_checkpoint(note, aics_tlog.parse_vkey(log), keys, len(keys))
    assert said.ok, said
    assert (said.size, said.root) == (checkpoint.size, checkpoint.root_hash)
    size, root = checkpoint.size, checkpoint.root_hash
    tree = aics_tlog.MerkleTree(records)
    assert tree.root() == root, "aics-tlog: the records give another root"
    if not size:
        return
    tiles_there = AicsTiles(bundles)
    assert aics_tlog.tree_root_from_tiles(tiles_there, size) == root, "aics-tlog: the tiles give another root"
    for index in {round(part * (size - 1)) for part in PARTS}:
        path = aics_tlog.inclusion_proof_from_tiles(tiles_there, index, size)
        assert path == tree.inclusion_proof(index)
        assert aics_tlog.verify_leaf_inclusion(records[index], index, size, path, root)
    if older and older.size:
        path = aics_tlog.consistency_proof_from_tiles(tiles_there, older.size, size)
        assert aics_tlog.verify_consistency(older.size, size, older.root_hash, root, path)


def keys_of(policy):
    return [[signing.Vkey.from_string(vkey) for vkey in vkeys] for vkeys in vkeys_of(policy)]


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
        check_with_aics(policy, bundles[: number + 1], records, checkpoint, older)
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
