package gitrepo

import (
	"bytes"
	"fmt"
	"strings"
)

// This file decides how a stored file is read: as it is, through the filter that it is
// stored with, or not at all. Whoever reads what people wrote asks here.

// CheckedOut is a stored file as people wrote it: where it was stored through a filter
// (filter= in .gitattributes), git undoes that. The error is a *Refusal with Filtered set
// where that can't be done here. Line ends are those that git stores.
func (h *History) CheckedOut(name, id string, stored []byte) ([]byte, error) {
	text, _, err := h.repo.filterReader().read(h, name, id, stored)
	return text, err
}

// Text reads a file and is CheckedOut of it.
func (h *History) Text(name, id string) ([]byte, error) {
	stored, err := h.Blob(id)
	if err != nil {
		return nil, err
	}
	text, err := h.CheckedOut(name, id, stored)
	if reads := h.repo.reads; err == nil && reads != nil && !reads(name, text) {
		return h.Recover(name, id, text)
	}
	return text, err
}

// InWorkTree is a stored file as git would put it into the work tree now, for comparing
// it with what is there: like CheckedOut, and in the work tree's encoding as well. Line
// ends are those that git stores.
func (h *History) InWorkTree(name, id string, stored []byte) ([]byte, error) {
	text, filtered, err := h.repo.filterReader().read(h, name, id, stored)
	if err != nil || filtered {
		return text, err
	}
	if h.repo.native == nil {
		return text, nil // no filter, and what else git would change isn't looked at without it
	}
	mayConvert, err := h.repo.converter()
	if err != nil {
		return nil, err
	}
	if converts, err := mayConvert(name); err != nil || !converts {
		return text, err
	}
	out, err := h.repo.native.checkOut(name, id)
	if reads := h.repo.reads; reads != nil && reads(name, text) && (err != nil || !reads(name, out)) {
		if filter, err := h.repo.filterReader().filterNow(name); err == nil && filter != "" {
			return text, nil // stored before the filter was taken up
		}
	}
	return out, err
}

// converter says of paths whether git may keep other content of a file in the work tree
// than it stores, apart from line ends. The index is read once for it.
func (r *Repo) converter() (func(name string) (bool, error), error) {
	if r.converts != nil {
		return r.converts, nil
	}
	var err error
	r.converts, err = r.newConverter()
	return r.converts, err
}

func (r *Repo) newConverter() (func(name string) (bool, error), error) {
	if r.root == "" {
		return func(string) (bool, error) { return false, nil }, nil
	}
	cfg, err := r.config()
	if err != nil {
		return nil, err
	}
	idx, err := r.readIndex()
	if err == nil {
		a := newAttributes(r, cfg, idx)
		return func(name string) (bool, error) {
			converts, err := a.of(name)
			return converts == convertsAnything, err
		}, nil
	}
	if r.native == nil {
		return nil, err
	}
	return func(name string) (bool, error) {
		found, err := r.native.attributesOf([]string{name}, "filter", "working-tree-encoding", "ident")
		return len(found[name]) > 0, err
	}, nil
}

// asInWorkTree has what changes were before as git would put it into the work tree.
func (r *Repo) asInWorkTree(changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	cfg, err := r.config()
	if err != nil {
		return err
	}
	like := strings.Repeat("0", 40)
	if cfg.last("extensions.objectformat") == "sha256" {
		like = strings.Repeat("0", 64)
	}
	mayConvert, err := r.converter()
	if err != nil {
		return err
	}
	h := &History{repo: r}
	for i := range changes {
		c := &changes[i]
		if c.Before == nil {
			continue
		}
		converts, err := mayConvert(c.Path)
		if err != nil {
			return err
		}
		if !converts {
			err = CheckPlain(c.Path, c.Before)
		} else {
			c.Before, err = h.InWorkTree(c.Path, TextID(c.Before, like), c.Before)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// The first bytes of what git-crypt and git-lfs store in a file's place.
var (
	cryptMark = []byte("\x00GITCRYPT\x00")
	lfsMark   = []byte("version https://git-lfs.github.com/spec/")
)

// CheckPlain refuses what is no text that anybody wrote.
func CheckPlain(name string, text []byte) error {
	switch {
	case bytes.HasPrefix(text, cryptMark):
		return &Refusal{Reason: name + " is encrypted by git-crypt, and locked here", Remedy: "run git-crypt unlock, then try again", Filtered: true}
	case bytes.HasPrefix(text, lfsMark):
		return &Refusal{Reason: "git-lfs has " + name + " elsewhere, and only points at it here", Remedy: "run git lfs install and git lfs fetch --all, then try again", Filtered: true}
	}
	return nil
}

// Filter is the filter with which a file is stored by the present attributes, where it
// hides what git stores; "" for none.
func (r *Repo) Filter(name string) (string, error) {
	f := r.filterReader()
	if r.native == nil {
		return f.mayFilter(&History{repo: r}, name)
	}
	found, err := r.native.attributesOf([]string{name}, "filter")
	if err != nil || len(found[name]) == 0 || f.storesText(found[name][0]) {
		return "", err
	}
	return found[name][0], nil
}

// Mergeable refuses what a merge can't read: versions as git stores them, of a file that
// it stores through a filter.
func (r *Repo) Mergeable(name string) error {
	filter, err := r.Filter(name)
	if err != nil || filter == "" {
		return err
	}
	return &Refusal{
		Reason:   fmt.Sprintf("%s is stored through the filter %q, and git hands a merge what it stores", name, filter),
		Remedy:   "take one side with git checkout --ours or --theirs, write in what the other has, then git add " + name,
		Filtered: true,
	}
}
