package gitrepo

import (
	"github.com/go-git/go-git/v5/plumbing"
)

// mostAhead bounds the texts that are held in memory.
const mostAhead = 2000

// textsAhead are the texts of a history's files, by id, read as it is listed.
type textsAhead struct {
	wanted chan string
	asked  map[string]bool
	done   chan struct{}
	found  map[string][]byte
}

func (r *Repo) readTextsAhead() *textsAhead {
	a := &textsAhead{
		wanted: make(chan string, mostAhead), asked: make(map[string]bool), // which always has room
		done: make(chan struct{}), found: make(map[string][]byte),
	}
	go func() {
		defer close(a.done)
		// What can't be read is read again, and told, when somebody asks for it.
		r.Again().native.readMany(plumbing.BlobObject, func(yield func(string) bool) {
			for id := range a.wanted {
				if !yield(id) {
					return
				}
			}
		}, func(id string, text []byte) { a.found[id] = text })
	}()
	return a
}

// want asks for the texts of a commit. It may be called on nil.
func (a *textsAhead) want(r Record) {
	if a == nil {
		return
	}
	for _, d := range r.Files {
		for _, id := range []string{d.After, d.Before} {
			if id != "" && !a.asked[id] && len(a.asked) < mostAhead {
				a.asked[id] = true
				a.wanted <- id
			}
		}
	}
}

func (a *textsAhead) end() {
	if a != nil {
		close(a.wanted)
	}
}

// text waits for a text that was asked for; nil for others.
func (a *textsAhead) text(id string) []byte {
	if a == nil || !a.asked[id] {
		return nil
	}
	<-a.done
	return a.found[id]
}
