package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is that of c2sp.org/tlog-tiles: 256 hashes.
const tileHeight = 8

// checkTiles checks a chain of bundles, each of which continues the one before,
// from their tiles: each bundle holds just the tiles that are new in it, the
// newest tree is read from tiles alone, and records are proved by them. Records
// are read only to know the leaves that the proofs are about. Proofs that lie
// in the newest bundle's folder as *.tlog-proof are checked as well.
func checkTiles(vkey string, bundles []string) (string, error) {
	var records [][]byte
	var older tlog.Tree
	for i, bundle := range bundles {
		signed, err := os.ReadFile(filepath.Join(bundle, "checkpoint"))
		if err != nil {
			return "", err
		}
		size, root, err := openCheckpoint(strings.TrimSpace(vkey), signed)
		if err != nil {
			return "", err
		}
		more, err := readRecords(filepath.Join(bundle, "events.ndjson"))
		if err != nil {
			return "", err
		}
		records = append(records[:older.N], more...)
		tree := tlog.Tree{N: size, Hash: root}
		if err := sameTiles(bundle, older.N, size); err != nil {
			return "", err
		}
		reader := tlog.TileHashReader(tree, folders(bundles[:i+1]))
		found, err := tlog.TreeHash(size, reader)
		if err != nil {
			return "", err
		}
		if found != root {
			return "", fmt.Errorf("the tiles of %s give %v, and the checkpoint has %v", bundle, found, root)
		}
		if err := proveByTiles(reader, records, tree); err != nil {
			return "", err
		}
		if i > 0 {
			if err := checkSince(bundle, older, tree); err != nil {
				return "", err
			}
		}
		if err := checkProofs(bundle, records, tree); err != nil {
			return "", err
		}
		older = tree
	}
	return fmt.Sprintf("ok %d %v", older.N, older.Hash), nil
}

// folders reads tiles from the newest folder that has them.
type folders []string

func (f folders) Height() int { return tileHeight }

func (f folders) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range tiles {
		data, err := f.read(tile)
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func (f folders) read(tile tlog.Tile) ([]byte, error) {
	var err error
	for i := len(f) - 1; i >= 0; i-- {
		var data []byte
		if data, err = os.ReadFile(filepath.Join(f[i], path(tile))); err == nil {
			return data, nil
		}
	}
	return nil, err
}

func (f folders) SaveTiles([]tlog.Tile, [][]byte) {}

// path leaves out the height, which c2sp.org/tlog-tiles has fixed.
func path(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
}

// tilesOf gives the paths of the tiles of a tree. NewTiles has every width that
// an unfinished tile ever had, and the greatest of them counts.
func tilesOf(size int64) map[string]bool {
	widest := map[[2]int64]tlog.Tile{}
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		place := [2]int64{int64(tile.L), tile.N}
		if tile.W > widest[place].W {
			widest[place] = tile
		}
	}
	paths := map[string]bool{}
	for _, tile := range widest {
		paths[path(tile)] = true
	}
	return paths
}

// sameTiles asks that the tiles of the folder are those that are new in a tree
// that grew from one size to the other, and no others.
func sameTiles(bundle string, from, to int64) error {
	wanted := tilesOf(to)
	for name := range tilesOf(from) {
		delete(wanted, name)
	}
	root := filepath.Join(bundle, "tile")
	if _, err := os.Stat(root); os.IsNotExist(err) && len(wanted) == 0 {
		return nil
	}
	err := filepath.Walk(root, func(file string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name, err := filepath.Rel(bundle, file)
		if err != nil {
			return err
		}
		if !wanted[filepath.ToSlash(name)] {
			return fmt.Errorf("%s: no tile of a log that grew from %d to %d", name, from, to)
		}
		delete(wanted, filepath.ToSlash(name))
		return nil
	})
	if err != nil {
		return err
	}
	for name := range wanted {
		return fmt.Errorf("%s is missing", name)
	}
	return nil
}

func proveByTiles(reader tlog.HashReader, records [][]byte, tree tlog.Tree) error {
	for _, n := range []int64{0, 1, tree.N / 3, tree.N / 2, tree.N - 2, tree.N - 1} {
		if n < 0 || n >= tree.N {
			continue
		}
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(records[n])); err != nil {
			return fmt.Errorf("record %d is not shown by the tiles: %v", n, err)
		}
	}
	return nil
}

// checkSince checks the file of a bundle that continues another.
func checkSince(bundle string, older, newer tlog.Tree) error {
	data, err := os.ReadFile(filepath.Join(bundle, "since"))
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) < 2 || lines[0] != fmt.Sprintf("old %d", older.N) || lines[1] != older.Hash.String() {
		return fmt.Errorf("since: %d records with the root %v expected", older.N, older.Hash)
	}
	hashes, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(tlog.TreeProof(hashes), newer.N, newer.Hash, older.N, older.Hash); err != nil {
		return fmt.Errorf("since: %v", err)
	}
	return nil
}

func checkProofs(bundle string, records [][]byte, tree tlog.Tree) error {
	names, err := filepath.Glob(filepath.Join(bundle, "*.tlog-proof"))
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := checkProof(data, records, tree); err != nil {
			return fmt.Errorf("%s: %v", name, err)
		}
	}
	return nil
}

func checkProof(data []byte, records [][]byte, tree tlog.Tree) error {
	head, _, parted := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !parted || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a proof")
	}
	extra, err := base64.StdEncoding.Strict().DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	if n >= int64(len(records)) || !bytes.Equal(extra, records[n]) {
		return fmt.Errorf("it brings another record than %d", n)
	}
	hashes, err := parseHashes(lines[3:])
	if err != nil {
		return err
	}
	return tlog.CheckRecord(tlog.RecordProof(hashes), tree.N, tree.Hash, n, tlog.RecordHash(extra))
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}
