// Sumdb checks a log's checkpoint against its records with the code of Go's
// checksum database (golang.org/x/mod/sumdb), which nobody here wrote.
//
// It opens the signed note, recomputes the RFC 6962 root over the lines of the
// events file, and proves records and smaller trees to be in it. It prints
// "ok SIZE ROOT", or says what differed and exits with 1.
//
// Given a bundle, it does the same from its tiles alone (tiles.go).
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Up to this many records, each one's inclusion is proved; of more, this share
// of them, spread from the first to the last.
const (
	provedAll    = 300
	provedSpread = 100
)

func main() {
	var verdict string
	var err error
	switch {
	case len(os.Args) >= 4 && os.Args[1] == "tiles":
		verdict, err = checkTiles(os.Args[2], os.Args[3:])
	case len(os.Args) == 4:
		verdict, err = check(os.Args[1], os.Args[2], os.Args[3])
	default:
		fmt.Fprintln(os.Stderr, "usage: sumdb LOG_VKEY CHECKPOINT_FILE EVENTS_FILE\n"+
			"       sumdb tiles LOG_VKEY BUNDLE [BUNDLE_THAT_CONTINUES_IT...]")
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sumdb:", err)
		os.Exit(1)
	}
	fmt.Println(verdict)
}

func check(vkey, checkpointFile, eventsFile string) (string, error) {
	signed, err := os.ReadFile(checkpointFile)
	if err != nil {
		return "", err
	}
	size, root, err := openCheckpoint(strings.TrimSpace(vkey), signed)
	if err != nil {
		return "", fmt.Errorf("%s: %v", checkpointFile, err)
	}
	records, err := readRecords(eventsFile)
	if err != nil {
		return "", err
	}
	if int64(len(records)) < size {
		return "", fmt.Errorf("%s: %d records, and the checkpoint has %d", eventsFile, len(records), size)
	}
	tree, err := grow(records)
	if err != nil {
		return "", err
	}
	found, err := tlog.TreeHash(size, tree)
	if err != nil {
		return "", err
	}
	if found != root {
		return "", fmt.Errorf("root of %d records: %v expected, %v found", size, root, found)
	}
	if err := proveRecords(tree, records, size, root); err != nil {
		return "", err
	}
	if err := proveGrowth(tree, size, int64(len(records))); err != nil {
		return "", err
	}
	return fmt.Sprintf("ok %d %v", size, root), nil
}

// openCheckpoint verifies the log's own signature; signatures of others, such
// as witnesses, are passed over. The three lines are read here and not by
// tlog.ParseTree, which wants the header of the checksum database.
func openCheckpoint(vkey string, signed []byte) (size int64, root tlog.Hash, err error) {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, root, err
	}
	opened, err := note.Open(signed, note.VerifierList(log))
	if err != nil {
		return 0, root, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return 0, root, fmt.Errorf("three lines expected, found %q", opened.Text)
	}
	if lines[0] != log.Name() {
		return 0, root, fmt.Errorf("origin %q, and the key is that of %q", lines[0], log.Name())
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 1 || strconv.FormatInt(size, 10) != lines[1] {
		return 0, root, fmt.Errorf("not the size of a log with records: %q", lines[1])
	}
	hash, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(hash) != tlog.HashSize {
		return 0, root, fmt.Errorf("not a root hash: %q", lines[2])
	}
	copy(root[:], hash)
	return size, root, nil
}

// readRecords returns the lines of the file without their newlines: the leaves.
func readRecords(file string) ([][]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	records := bytes.Split(data, []byte("\n"))
	last := len(records) - 1
	if len(records[last]) != 0 {
		return nil, fmt.Errorf("%s: the last line has no newline", file)
	}
	return records[:last], nil
}

// storage holds the hashes of the tree at the places that tlog gives them.
type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash is stored at %d", index)
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

func grow(records [][]byte) (storage, error) {
	var tree storage
	for n, record := range records {
		hashes, err := tlog.StoredHashes(int64(n), record, tree)
		if err != nil {
			return nil, err
		}
		tree = append(tree, hashes...)
	}
	return tree, nil
}

func proveRecords(tree storage, records [][]byte, size int64, root tlog.Hash) error {
	proved := size
	if size > provedAll {
		proved = provedSpread
	}
	for i := int64(0); i < proved; i++ {
		n := i
		if proved < size {
			n = i * (size - 1) / (proved - 1)
		}
		proof, err := tlog.ProveRecord(size, n, tree)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, size, root, n, tlog.RecordHash(records[n])); err != nil {
			return fmt.Errorf("record %d is not in the tree of %d: %v", n, size, err)
		}
		// The check must be able to fail: the same proof is not one for another record.
		other := append([]byte{' '}, records[n]...)
		if tlog.CheckRecord(proof, size, root, n, tlog.RecordHash(other)) == nil {
			return fmt.Errorf("record %d: its proof holds for other bytes too", n)
		}
	}
	return nil
}

// proveGrowth proves that smaller trees are prefixes of the checkpoint's tree,
// and that this one is a prefix of the whole log.
func proveGrowth(tree storage, size, all int64) error {
	for _, smaller := range []int64{1, 2, 3, size / 3, size / 2, size - size/4, size - 1} {
		if smaller < 1 || smaller >= size {
			continue
		}
		if err := proveTree(tree, smaller, size); err != nil {
			return err
		}
	}
	if size < all {
		return proveTree(tree, size, all)
	}
	return nil
}

func proveTree(tree storage, smaller, larger int64) error {
	proof, err := tlog.ProveTree(larger, smaller, tree)
	if err != nil {
		return err
	}
	before, err := tlog.TreeHash(smaller, tree)
	if err != nil {
		return err
	}
	after, err := tlog.TreeHash(larger, tree)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, larger, after, smaller, before); err != nil {
		return fmt.Errorf("the tree of %d does not begin with that of %d: %v", larger, smaller, err)
	}
	return nil
}
