package gitrepo

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"time"
)

// A Record is one commit, with the files that it changed.
type Record struct {
	Version
	Committer Identity
	Committed time.Time // with the offset from UTC that the committer had
	Parents   []string
	Signed    bool    // carries a signature, good or bad
	Files     []Delta // by path
}

// A Delta is one file that a commit changed. Of a merge, those files are listed
// that are as in none of its parents; Before is then as in the first.
type Delta struct {
	Path          string   // slash-separated, relative to the repository's root
	Before, After string   // the content's ids; "" where no file is there
	Others        []string // of a merge: what Before is in its further parents
}

// HistoryOptions say which commits to list.
type HistoryOptions struct {
	// Paths are the files and folders whose changes are listed, slash-separated and
	// relative to the repository's root; "." is all. Without any, no files are listed.
	Paths []string
	// Every lists every commit, also those that changed nothing below Paths. Without
	// it the commits are those of `git log -- PATHS`, which of a merge follows only a
	// parent that has the same files, where there is one.
	Every bool
	// Marked keeps only commits that have a line in their message which starts so.
	Marked string
	// From is the commit from which to look back, by its full id; "" for HEAD.
	From string
	// Cache names the file, in git's own folder, in which the answer is kept for
	// the next time; "" for none. It is no more than a help: whatever isn't in
	// order there is worked out again, and commits are read from git all the same.
	Cache string
}

// A History is what the commits say.
type History struct {
	Head    string   // the commit from which it was read; "" where there is none
	Records []Record // newest first, as git log lists them
	Ends    []string // commits before which a shallow clone knows nothing

	source source
	repo   *Repo
	o      HistoryOptions // by which it was read
}

// lists says whether what commits changed in a file is among the records.
func (h *History) lists(name string) bool {
	return h.o.Marked == "" && h.o.From == "" && covers(h.o.Paths, name)
}

// Blob reads a file's content by its id.
func (h *History) Blob(id string) ([]byte, error) { return h.source.blob(id) }

// Blobs reads many files' contents, in the order that is quickest, and hands each
// on as it comes. A text holds until the next one.
func (h *History) Blobs(ids []string, each func(id string, text []byte)) error {
	for _, id := range h.source.inOrder(ids) {
		text, err := h.source.borrowBlob(id)
		if err != nil {
			return err
		}
		each(id, text)
	}
	return nil
}

// FilesAt lists the files of a commit below a folder, "." for all: their contents'
// ids by path. Without a commit there are none.
func (h *History) FilesAt(commit, dir string) (map[string]string, error) {
	if commit == "" {
		return nil, nil
	}
	return h.source.filesAt(commit, dir)
}

// source is where commits and files come from: both implementations are one.
type source interface {
	history(o HistoryOptions) (*History, error)
	blob(id string) ([]byte, error)
	borrowBlob(id string) ([]byte, error) // holds until the next call
	inOrder(ids []string) []string        // of reading
	filesAt(commit, dir string) (map[string]string, error)
	changed(commit, path string) ([]Delta, error)
	between(from, to, dir string) ([]Delta, error)
}

// History lists commits that HEAD stands on. The error is a *Refusal where only
// the git program could read the repository and it isn't installed.
func (r *Repo) History(o HistoryOptions) (*History, error) {
	h, err := r.history(o)
	if err == nil {
		h.repo, h.o = r, o
	}
	return h, err
}

func (r *Repo) history(o HistoryOptions) (*History, error) {
	var err error
	if o.Paths, err = cleanPaths(o.Paths); err != nil {
		return nil, err
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	if h := r.cachedHistory(o); h != nil {
		return h, nil
	}
	// The configuration comes from another process. Meanwhile the engine looks at
	// what it needs no configuration for; with obstacles, that is thrown away.
	obstacles, err := r.storeObstacles()
	if err != nil {
		return nil, err
	}
	if len(obstacles) == 0 {
		e := newEngine(r)
		more := make(chan error, 1)
		go func() {
			var err error
			obstacles, err = r.readObstacles()
			more <- err
		}()
		h, err := e.history(o)
		if err := <-more; err != nil {
			return nil, err
		}
		var cannot *unfit
		switch {
		case len(obstacles) > 0:
		case errors.As(err, &cannot):
			obstacles = []string{cannot.reason}
		case err != nil:
			return nil, err
		default:
			r.keepHistory(h, o)
			return h, nil
		}
	}
	if r.native == nil {
		return nil, needsGit(obstacles[0])
	}
	return r.native.history(o)
}

// Version is one commit that changed a file. Names, subject and body are the
// bytes that stand in the commit, in whatever encoding: whoever shows them
// escapes them.
type Version struct {
	Commit  string // full object id
	Author  Identity
	Date    time.Time // of the author, with the offset from UTC that they had
	Subject string    // the message's first paragraph, on one line
	Body    string    // the rest of the message, without blank lines at its ends

	text func() ([]byte, error)
}

// Text reads the file as it is in this version: nil where the commit deleted it.
func (v Version) Text() ([]byte, error) { return v.text() }

// Versions lists the commits that changed a file, newest first, as git log does
// with the file's path and no options: of a merge, only the first parent that
// has the same file is followed. The path is slash-separated and relative to
// Root; the file need not be there any more. Renames are not followed: what the
// file was under another name is another file's history. Where a shallow clone
// ends, its oldest commit counts as the file's first. Without any commit there
// are no versions.
func (r *Repo) Versions(name string) ([]Version, error) {
	name = path.Clean(name)
	if err := checkPath(name); err != nil {
		return nil, err
	}
	h, err := r.History(HistoryOptions{Paths: []string{name}})
	if err != nil {
		return nil, err
	}
	return h.versions(name), nil
}

func (h *History) versions(name string) []Version {
	versions := make([]Version, len(h.Records))
	for i, record := range h.Records {
		versions[i] = record.Version
		id := ""
		for _, file := range record.Files {
			if file.Path == name {
				id = file.After
			}
		}
		versions[i].text = func() ([]byte, error) {
			if id == "" {
				return nil, nil
			}
			return h.Text(name, id)
		}
	}
	return versions
}

// context for reading: it ends with the program.
var reading = context.Background()

// IsText says whether a text has the content that an id stands for. Line ends
// may be those that git gives files in the work tree.
func IsText(text []byte, id string) bool {
	return TextID(text, id) == id || bytes.Contains(text, []byte("\r\n")) && TextID(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), id) == id
}

// TextID is the id of a text, of the same length as like, which is another id of
// the same repository.
func TextID(text []byte, like string) string {
	hash := sha1.New()
	if len(like) == 2*sha256.Size {
		hash = sha256.New()
	}
	fmt.Fprintf(hash, "blob %d\x00", len(text))
	hash.Write(text)
	return hex.EncodeToString(hash.Sum(nil))
}

// Changed lists what one commit changed below a path.
func (h *History) Changed(commit, path string) ([]Delta, error) {
	return h.source.changed(commit, path)
}

// Between lists what differs between two commits below a folder.
func (h *History) Between(from, to, dir string) ([]Delta, error) {
	return h.source.between(from, to, dir)
}
