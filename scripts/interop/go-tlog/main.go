// Command go-tlog verifies a log of static tiles with code that Nigran did not write: golang.org/x/mod/sumdb,
// which every Go toolchain trusts its dependencies to. It opens the checkpoint, rebuilds the root from the
// tiles, hashes every entry, checks proofs of inclusion and of consistency with earlier checkpoints, and the
// cosignatures of witnesses. It prints one JSON line and exits 0, or says what is wrong and exits 1.
//
//	go-tlog -dir DIR -vkey VKEY [-earlier FILE]... [-witness VKEY]... [-proof FILE -entry N]
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type list []string

func (l *list) String() string         { return strings.Join(*l, " ") }
func (l *list) Set(value string) error { *l = append(*l, value); return nil }

func main() {
	var earlier, witnesses list
	dir := flag.String("dir", "", "directory of the log")
	vkey := flag.String("vkey", "", "verifier key of the log")
	proof := flag.String("proof", "", "a .tlog-proof file")
	entry := flag.String("entry", "", "file with the entry that the proof is about")
	flag.Var(&earlier, "earlier", "file with an earlier checkpoint")
	flag.Var(&witnesses, "witness", "verifier key of a witness (type 0x04)")
	flag.Parse()
	report, err := verify(*dir, *vkey, earlier, witnesses, *proof, *entry)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		os.Exit(2)
	}
}

type report struct {
	Size        int64  `json:"size"`
	Root        string `json:"root"`
	Entries     int64  `json:"entries"`
	Inclusions  int    `json:"inclusions"`
	Consistency int    `json:"consistency"`
	Cosigned    int    `json:"cosigned"`
	Proofs      int    `json:"proofs"`
}

func verify(dir, vkey string, earlier, witnesses []string, proof, entry string) (*report, error) {
	verifiers, err := verifiersOf(vkey, witnesses)
	if err != nil {
		return nil, err
	}
	tree, signatures, err := openCheckpoint(filepath.Join(dir, "checkpoint"), verifiers)
	if err != nil {
		return nil, err
	}
	hashes := tlog.TileHashReader(tree, &tileReader{dir})
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	if root != tree.Hash {
		return nil, errors.New("the tiles do not hash to the signed root")
	}
	r := &report{Size: tree.N, Root: root.String(), Cosigned: signatures - 1}
	if err := checkEntries(dir, tree, hashes, r); err != nil {
		return nil, err
	}
	for _, file := range earlier {
		old, _, err := openCheckpoint(file, verifiers)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		path, err := tlog.ProveTree(tree.N, old.N, hashes)
		if err != nil {
			return nil, err
		}
		if err := tlog.CheckTree(path, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return nil, fmt.Errorf("consistency from %d: %w", old.N, err)
		}
		r.Consistency++
	}
	if proof != "" {
		if err := checkProof(proof, entry, verifiers); err != nil {
			return nil, fmt.Errorf("%s: %w", proof, err)
		}
		r.Proofs++
	}
	return r, nil
}

// checkEntries compares every entry's record hash with the level 0 hash that the root proves, and proves
// fifty of them on their own.
func checkEntries(dir string, tree tlog.Tree, hashes tlog.HashReader, r *report) error {
	step := max(tree.N/50, 1)
	for first := int64(0); first < tree.N; first += 1 << tileHeight {
		width := min(tree.N-first, 1<<tileHeight)
		data, err := (&tileReader{dir}).read(tlog.Tile{H: tileHeight, L: -1, N: first >> tileHeight, W: int(width)})
		if err != nil {
			return err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		stored, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, hash := range stored {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("the bundle of entry %d is cut", first)
			}
			length := int(binary.BigEndian.Uint16(data))
			leaf := tlog.RecordHash(data[2 : 2+length])
			data = data[2+length:]
			index := first + int64(i)
			if leaf != hash {
				return fmt.Errorf("entry %d does not hash to its leaf", index)
			}
			r.Entries++
			if index%step != 0 {
				continue
			}
			path, err := tlog.ProveRecord(tree.N, index, hashes)
			if err != nil {
				return err
			}
			if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, leaf); err != nil {
				return err
			}
			r.Inclusions++
		}
		if len(data) != 0 {
			return fmt.Errorf("the bundle of entry %d goes on", first)
		}
	}
	return nil
}

// checkProof reads a C2SP tlog-proof by hand and lets tlog judge its path.
func checkProof(file, entry string, verifiers note.Verifiers) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	record, err := os.ReadFile(entry)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	tree, _, err := parseCheckpoint([]byte(signed), verifiers)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(record))
}

func openCheckpoint(file string, verifiers note.Verifiers) (tlog.Tree, int, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	return parseCheckpoint(text, verifiers)
}

func parseCheckpoint(text []byte, verifiers note.Verifiers) (tlog.Tree, int, error) {
	opened, err := note.Open(text, verifiers)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tlog.Tree{}, 0, errors.New("a checkpoint has three lines")
	}
	if opened.Sigs[0].Name != lines[0] {
		return tlog.Tree{}, 0, errors.New("the first signature does not bear the origin's name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, len(opened.Sigs), err
}

func verifiersOf(vkey string, witnesses []string) (note.Verifiers, error) {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	all := []note.Verifier{log}
	for _, text := range witnesses {
		witness, err := newWitness(text)
		if err != nil {
			return nil, err
		}
		all = append(all, witness)
	}
	return note.VerifierList(all...), nil
}

// witness verifies C2SP tlog-cosignature v1, which x/mod does not know.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newWitness(vkey string) (*witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("not the verifier key of a witness")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if fmt.Sprintf("%x", sum[:4]) != parts[1] {
		return nil, errors.New("the key hash of the witness is wrong")
	}
	return &witness{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }
func (w *witness) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	var signed bytes.Buffer
	fmt.Fprintf(&signed, "cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(w.key, signed.Bytes(), sig[8:])
}

// tileReader reads C2SP paths: those of x/mod without the height, and with "entries" for "data".
type tileReader struct{ dir string }

func (r *tileReader) Height() int                         { return tileHeight }
func (r *tileReader) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := r.read(tile)
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func (r *tileReader) read(tile tlog.Tile) ([]byte, error) {
	path := strings.Replace(strings.Replace(tile.Path(), "tile/8/", "tile/", 1), "tile/data/", "tile/entries/", 1)
	return os.ReadFile(filepath.Join(r.dir, path))
}
