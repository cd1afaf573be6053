package gitrepo

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// A Record is one commit, with the files that it changed. Names, subject and body are in
// UTF-8, whatever the commit has them in, and whoever shows them escapes them.
type Record struct {
	Commit    string // full object id
	Author    Identity
	Date      time.Time // of the author, with the offset from UTC that they had
	Committer Identity
	Committed time.Time
	Subject   string // the message's first paragraph, on one line
	Body      string // the rest of the message, without blank lines at its ends
	Parents   []string
	Files     []Delta // by path

	tree string // the id of its files' tree
}

// A Delta is one file that a commit changed. Of a merge, those files are listed
// that are as in none of its parents; Before is then as in the first.
type Delta struct {
	Path          string   // slash-separated, relative to the repository's root
	Before, After string   // the content's ids; "" where no file is there
	Others        []string // of a merge: what Before is in its further parents

	WasExecutable, IsExecutable bool
}

// HistoryOptions say which commits to list.
type HistoryOptions struct {
	// Paths are the files and folders whose changes are listed, slash-separated and
	// relative to the repository's root; "." is all. Without any, no files are listed.
	Paths []string
	// Every lists every commit, also those that changed nothing below Paths, and holds
	// every commit and tree against its id. Without it the commits are those of `git log
	// -- PATHS`, which of a merge follows only a parent that has the same files, where
	// there is one. Renames are not followed.
	Every bool
	// AllSides lists also those commits on sides of which a merge took nothing below
	// Paths, and every merge that has something there otherwise than one of its parents.
	AllSides bool
	// Marked keeps only commits that have a line in their message which starts so.
	Marked string
	// From is the commit from which to look back, by its full id; "" for HEAD.
	From string
}

// A History is what the commits say.
type History struct {
	Head    string   // the commit from which it was read; "" where there is none
	Records []Record // newest first, as git log lists them
	Ends    []string // commits before which a shallow clone knows nothing

	source source
	repo   *Repo
}

// Blob reads a file's content by its id.
func (h *History) Blob(id string) ([]byte, error) {
	return h.source.read(plumbing.BlobObject, id)
}

// Blobs reads many files' contents and hands each on as it comes.
func (h *History) Blobs(ids []string, each func(id string, text []byte)) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	return h.source.readMany(plumbing.BlobObject, ids, each)
}

// FilesAt lists the files of a commit below a folder, "." for all: their contents'
// ids by path. Without a commit there are none.
func (h *History) FilesAt(commit, dir string) (map[string]string, error) {
	files := make(map[string]string)
	found, err := h.Between("", commit, dir)
	for _, d := range found {
		if d.After != "" {
			files[d.Path] = d.After
		}
	}
	return files, err
}

// Between lists what differs between two commits below a folder.
func (h *History) Between(from, to, dir string) ([]Delta, error) {
	before, err := itemIn(h.source, from, dir)
	if err != nil {
		return nil, err
	}
	after, err := itemIn(h.source, to, dir)
	if err != nil {
		return nil, err
	}
	return deltas(h.source, dir, before, after)
}

// Changed lists what one of the listed commits changed below a path.
func (h *History) Changed(commit, path string) ([]Delta, error) {
	i := slices.IndexFunc(h.Records, func(r Record) bool { return r.Commit == commit })
	if i < 0 {
		return nil, fmt.Errorf("commit %s is not in this history", commit)
	}
	at, err := itemIn(h.source, commit, path)
	if err != nil {
		return nil, err
	}
	before := make([]item, len(h.Records[i].Parents))
	for n, parent := range h.Records[i].Parents {
		if before[n], err = itemIn(h.source, parent, path); err != nil {
			return nil, err
		}
	}
	return changedAt(h.source, path, at, before)
}

// source is where commits and files come from: both implementations are one. What it
// reads is what the ids stand for.
type source interface {
	history(o HistoryOptions) (*History, error)
	read(kind plumbing.ObjectType, id string) ([]byte, error)
	readMany(kind plumbing.ObjectType, ids []string, each func(id string, data []byte)) error
}

// History lists commits that HEAD builds on: git says which where it is installed. Else
// the error is a *Refusal where only the git program could read the repository.
func (r *Repo) History(o HistoryOptions) (*History, error) {
	var err error
	if o.Paths, err = cleanPaths(o.Paths); err != nil {
		return nil, err
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	from, err := r.source()
	if err != nil {
		return nil, err
	}
	h, err := from.history(o)
	if err != nil {
		return nil, orNeedsGit(err)
	}
	h.repo = r
	return h, nil
}

// source is git, and where it isn't installed go-git, which is slower.
func (r *Repo) source() (source, error) {
	if r.native != nil {
		return r.native, nil
	}
	obstacles, err := r.readObstacles()
	if err != nil {
		return nil, err
	}
	if len(obstacles) > 0 {
		return nil, needsGit(obstacles[0])
	}
	return &engine{repo: r}, nil
}

// TextIn reads a file as it is in one of the listed commits: nil where that deleted it.
func (h *History) TextIn(r Record, name string) ([]byte, error) {
	i := slices.IndexFunc(r.Files, func(d Delta) bool { return d.Path == name })
	if i < 0 || r.Files[i].After == "" {
		return nil, nil
	}
	return h.Text(name, r.Files[i].After)
}

// context for reading: it ends with the program.
var reading = context.Background()

// IsText says whether a text has the content that an id stands for. Line ends
// may be those that git gives files in the work tree.
func IsText(text []byte, id string) bool {
	is := func(text []byte) bool { return objectID(plumbing.BlobObject, text, id) == id }
	return is(text) || bytes.Contains(text, []byte("\r\n")) && is(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
}

// objectID is the id of an object, of the same length as like, which is another id of the
// same repository.
func objectID(kind plumbing.ObjectType, data []byte, like string) string {
	hash := sha1.New()
	if len(like) == 2*sha256.Size {
		hash = sha256.New()
	}
	fmt.Fprintf(hash, "%s %d\x00", kind, len(data))
	hash.Write(data)
	return hex.EncodeToString(hash.Sum(nil))
}

// checkObject holds an object against its id: what somebody agreed to is shown as it was,
// or not at all.
func checkObject(kind plumbing.ObjectType, data []byte, id string) error {
	if objectID(kind, data, id) != id {
		return fmt.Errorf("%s %s: what is stored doesn't match its id; run git fsck", kind, id)
	}
	return nil
}
