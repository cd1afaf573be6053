package gitrepo

import (
	"bytes"
	"strings"
)

// This file decides how a stored file is read: as it is, through the filter that it is
// stored with, or not at all. Whoever reads what people wrote asks here.

// ReadsAs has a caller say which texts read as what their path should hold. Without it,
// all do.
func (r *Repo) ReadsAs(reads func(name string, text []byte) bool) { r.reads = reads }

// CheckedOut is a stored file as people wrote it: where it was stored through a filter
// (filter= in .gitattributes), git undoes that. The error is a *Refusal with Filtered set
// where that can't be done here. Line ends are those that git stores. Of a log in a clone
// without any filter, whoever parses it asks Recover, should it not read as one.
func (h *History) CheckedOut(name, id string, stored []byte) ([]byte, error) {
	f := h.repo.filterReader()
	if len(f.setUp()) == 0 && strings.HasSuffix(name, ".md") {
		return stored, CheckPlain(name, stored)
	}
	return f.read(name, id, stored)
}

// Text reads a file and is CheckedOut of it.
func (h *History) Text(name, id string) ([]byte, error) {
	stored, err := h.Blob(id)
	if err != nil {
		return nil, err
	}
	text, err := h.CheckedOut(name, id, stored)
	if err == nil && !h.repo.reads(name, text) {
		return h.Recover(name, id, text)
	}
	return text, err
}

// Recover reads a stored text that doesn't read as what its path should hold: through
// any filter that this clone knows. The error is a *Refusal where the text is hidden.
func (h *History) Recover(name, id string, stored []byte) ([]byte, error) {
	return h.repo.filterReader().recover(name, id, stored)
}

// MayFilter says whether a path has or had a filter by any attributes, as far as can be
// told.
func (h *History) MayFilter(name string) bool {
	filters, err := h.repo.filterReader().named(name)
	return err != nil || len(filters) > 0
}

// InWorkTree is a stored file as git would put it into the work tree now, for comparing
// it with what is there: like CheckedOut, and in the work tree's encoding as well. Line
// ends are those that git stores.
func (h *History) InWorkTree(name, id string, stored []byte) ([]byte, error) {
	f := h.repo.filterReader()
	text, err := f.read(name, id, stored)
	if err != nil || !bytes.Equal(text, stored) || h.repo.native == nil || h.repo.root == "" {
		return text, err
	}
	now, err := f.attributes(name)
	if err != nil || !now.converts || f.isSetUp(now.filter) { // stored before the filter was taken up
		return text, err
	}
	return h.repo.native.checkOut(name, id)
}

// InWorkTreeLike reads a file and is InWorkTree of it, with the line ends that git gives the
// work tree, as another version shows them; nil for no file.
func (h *History) InWorkTreeLike(name, id string, like []byte) ([]byte, error) {
	if id == "" {
		return nil, nil
	}
	stored, err := h.Blob(id)
	if err != nil {
		return nil, orNeedsGit(err)
	}
	text, err := h.InWorkTree(name, id, stored)
	return WithLineEnds(text, like), err
}

// WithLineEnds is a text with Windows's line ends where another one has them.
func WithLineEnds(text, like []byte) []byte {
	if bytes.Contains(like, []byte("\r\n")) && !bytes.Contains(text, []byte("\r\n")) {
		return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text
}

// The first bytes of what git-crypt and git-lfs store in a file's place.
var (
	cryptMark = []byte("\x00GITCRYPT\x00")
	lfsMark   = []byte("version https://git-lfs.github.com/spec/")
)

func refuseFiltered(remedy, format string, args ...any) *Refusal {
	r := refuse(remedy, format, args...)
	r.Filtered = true
	return r
}

// CheckPlain refuses what is no text that anybody wrote.
func CheckPlain(name string, text []byte) error {
	switch {
	case bytes.HasPrefix(text, cryptMark):
		return refuseFiltered("run git-crypt unlock, then try again", "%s is encrypted by git-crypt, and locked here", name)
	case bytes.HasPrefix(text, lfsMark):
		return refuseFiltered("run git lfs install and git lfs fetch --all, then try again", "git-lfs has %s elsewhere, and only points at it here", name)
	}
	return nil
}

// Mergeable refuses what a merge can't read: versions as git stores them, of a file that
// it stores through a filter.
func (r *Repo) Mergeable(name string) error {
	f := r.filterReader()
	now, err := f.attributes(name)
	if err != nil || now.filter == "" || f.storesText(now.filter) {
		return err
	}
	return refuseFiltered("take one side with git checkout --ours or --theirs, add what the other has, then run git add "+name,
		"%s is stored through the filter %q, and git gives a merge only the stored form", name, now.filter)
}
