// Package factcache keeps people's facts from one command to the next. It is never needed and
// never believed: a record counts only while every file that it was made of, the settings, the
// roster and the program are as they were, and a damaged one is as good as none.
package factcache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/plan"
)

// A Cache is a folder with a record for each person. A nil one has none and keeps none.
type Cache struct{ root *os.Root }

// Open opens the cache below a folder, and makes it where it isn't there. Where that can't be
// done, as in a folder that may only be read, there is none. Nobody else may read it.
func Open(folder, name string) *Cache {
	place, err := os.OpenRoot(folder)
	if err != nil {
		return nil
	}
	defer place.Close()
	if err := place.MkdirAll(name, 0o700); err != nil {
		return nil
	}
	root, err := place.OpenRoot(name)
	if err != nil {
		return nil
	}
	return &Cache{root}
}

// A State is that of all that somebody's facts are made of.
type State struct {
	Shared []byte          // a hash of the settings, the roster and the program
	Values []byte          // the same of the values that other files have of the person
	Stamps []logbook.Stamp // of the files in their folders
	Seen   time.Time       // when the stamps were taken
}

// key begins the records of a state, and of no other.
func (s State) key() []byte {
	key := binary.LittleEndian.AppendUint64(slices.Concat(s.Shared, s.Values), uint64(len(s.Stamps)))
	for _, stamp := range s.Stamps {
		key = stamp.AppendTo(key)
	}
	return key
}

// A record has its checksum, its key, when it was made, hashes and the facts. There are hashes of
// those files that were written so shortly before that their stamp alone says too little, in the
// order of the stamps.
const checksum = 4

// Facts are those that are kept of somebody, whose files are as a state says; nil where there
// are none. Files whose stamp says too little are read and compared.
func (c *Cache) Facts(id string, s State, read func(name string) ([]byte, error)) *plan.Facts {
	if c == nil {
		return nil
	}
	record, err := plainfile.ReadIn(c.root, fileOf(id), mostRecord)
	if err != nil || len(record) < checksum || crc32.ChecksumIEEE(record[checksum:]) != binary.LittleEndian.Uint32(record) {
		return nil
	}
	rest, same := bytes.CutPrefix(record[checksum:], s.key())
	if !same || len(rest) < 8 {
		return nil
	}
	seen, rest := time.Unix(0, int64(binary.LittleEndian.Uint64(rest))), rest[8:]
	texts := make(map[string][]byte)
	for _, stamp := range s.Stamps {
		if !stamp.TooFresh(seen) {
			continue
		}
		text, err := read(stamp.Path)
		hash := sha256.Sum256(text)
		if rest, same = bytes.CutPrefix(rest, hash[:]); err != nil || !same {
			return nil
		}
		texts[stamp.Path] = text
	}
	f, err := decode(rest)
	if err != nil || f.Version != plan.FactsVersion || f.ID != id || !isWhole(f) {
		return nil
	}
	if len(texts) > 0 { // so that the next command need not read them
		c.Keep(id, s, f, func(name string) []byte { return texts[name] })
	}
	return f
}

// Keep keeps somebody's facts, made of files in a state, of whose texts some may be asked for.
// Where that can't be done, nothing is kept.
func (c *Cache) Keep(id string, s State, f *plan.Facts, text func(name string) []byte) {
	if c == nil {
		return
	}
	record := binary.LittleEndian.AppendUint64(append(make([]byte, checksum), s.key()...), uint64(s.Seen.UnixNano()))
	for _, stamp := range s.Stamps {
		if !stamp.TooFresh(s.Seen) {
			continue
		}
		t := text(stamp.Path)
		if t == nil {
			return
		}
		hash := sha256.Sum256(t)
		record = append(record, hash[:]...)
	}
	record = append(record, encode(f)...)
	binary.LittleEndian.PutUint32(record, crc32.ChecksumIEEE(record[checksum:]))
	c.write(fileOf(id), record)
}

// fileOf is the name of a person's record.
func fileOf(id string) string {
	hash := sha256.Sum256([]byte(id))
	return hex.EncodeToString(hash[:16])
}

// mostRecord is more than anybody's facts take.
const mostRecord = 64 << 20

// write puts a record in place, whole. It need not outlive a power cut: its checksum says then
// that it didn't.
func (c *Cache) write(name string, record []byte) {
	defer interrupt.Step()()
	temporary := plainfile.TemporaryName(name)
	f, err := c.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return
	}
	_, err = f.Write(record)
	if err = errors.Join(err, f.Close()); err == nil {
		err = c.root.Rename(temporary, name)
	}
	if err != nil {
		_ = c.root.Remove(temporary)
	}
}

// isRecord says whether a name is one that write makes: nothing else is dropped.
func isRecord(name string) bool {
	if rest, ok := strings.CutPrefix(name, "."); ok && strings.HasSuffix(rest, ".tmp") {
		name, _, _ = strings.Cut(rest, ".")
	}
	_, err := hex.DecodeString(name)
	return len(name) == 32 && err == nil
}

// Drop drops what is kept of all but some people.
func (c *Cache) Drop(but []string) {
	if c == nil {
		return
	}
	keep := make(map[string]bool, len(but))
	for _, id := range but {
		keep[fileOf(id)] = true
	}
	list, err := c.root.Open(".")
	if err != nil {
		return
	}
	defer list.Close()
	names, _ := list.Readdirnames(-1)
	for _, name := range names {
		if !keep[name] && isRecord(name) {
			_ = c.root.Remove(name) // of one that is being written, its writer makes nothing
		}
	}
}

// PlaceOf is where the cache of a logbook is: below git's own folder, else below the user's.
func PlaceOf(gitDir, logbook string) (folder, name string) {
	if gitDir == "" {
		var err error
		if gitDir, err = os.UserCacheDir(); err != nil {
			return "", ""
		}
	}
	hash := sha256.Sum256([]byte(logbook))
	return gitDir, filepath.Join("coachlog", "facts-"+hex.EncodeToString(hash[:8]))
}
