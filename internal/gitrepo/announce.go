package gitrepo

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// announcement is what was done to the index so that git commit knows new files.
type announcement struct {
	added     []string        // entered with no content
	displaced map[string]item // entries that stood in the way
}

// announce enters new files into the index with the intent to add them, which
// stages no content. It may have done so also where there is an error.
func (n *native) announce(ctx context.Context, changes []Change) (*announcement, error) {
	a := &announcement{displaced: make(map[string]item)}
	if !slices.ContainsFunc(changes, func(c Change) bool { return c.Kind != Deleted }) {
		return a, nil
	}
	entries, err := n.staged(ctx)
	if err != nil {
		return a, err
	}
	for _, c := range changes {
		if entries[c.Path].mode == 0 && c.Kind != Deleted {
			a.added = append(a.added, c.Path)
		}
	}
	if len(a.added) == 0 {
		return a, nil
	}
	for name, entry := range entries {
		// A file where that needs a folder, or the other way round.
		if covers(a.added, name) || slices.ContainsFunc(a.added, func(added string) bool { return strings.HasPrefix(added, name+"/") }) {
			a.displaced[name] = entry
		}
	}
	_, err = n.run(ctx, lines(pathspecs(a.added)), "add", "--force", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul")
	return a, err
}

// emptyBlobs are the ids, in both object formats, of an entry without content.
var emptyBlobs = []string{
	"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
	"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
}

// undo takes back an announcement, but no file that was committed after all.
func (a *announcement) undo(n *native) error {
	if len(a.added) == 0 {
		return nil
	}
	ctx := context.Background() // the caller's may be why the commit failed
	entries, err := n.staged(ctx)
	if err != nil {
		return err
	}
	like := ""
	for _, name := range a.added {
		if id := entries[name].id; slices.Contains(emptyBlobs, id) {
			like, a.displaced[name] = id, item{}
		}
	}
	if like == "" {
		return nil
	}
	info := indexInfo(a.displaced, like)
	for range 50 {
		if _, err = n.run(ctx, lines(info), "update-index", "-z", "--index-info"); !lostRace(err) {
			break
		}
		time.Sleep(rand.N(50 * time.Millisecond))
	}
	return err
}
