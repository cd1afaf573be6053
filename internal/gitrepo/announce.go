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
	added     []string // entered with no content
	displaced []string // entries, as ls-files prints them, that stood in the way
}

// announce enters new files into the index with the intent to add them, which
// stages no content. It may have done so also where there is an error.
func (n *native) announce(ctx context.Context, changes []Change) (*announcement, error) {
	a := &announcement{}
	if !slices.ContainsFunc(changes, func(c Change) bool { return c.Kind != Deleted }) {
		return a, nil
	}
	entries, err := n.listIndex(ctx)
	if err != nil {
		return a, err
	}
	for _, c := range changes {
		if entries[c.Path] == "" && c.Kind != Deleted {
			a.added = append(a.added, c.Path)
		}
	}
	if len(a.added) == 0 {
		return a, nil
	}
	for name, entry := range entries {
		// A file where that needs a folder, or the other way round.
		if covers(a.added, name) || slices.ContainsFunc(a.added, func(added string) bool { return strings.HasPrefix(added, name+"/") }) {
			a.displaced = append(a.displaced, entry)
		}
	}
	_, err = n.run(ctx, lines(pathspecs(a.added)), "add", "--force", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul")
	return a, err
}

// listIndex returns the lines of ls-files --stage by path.
func (n *native) listIndex(ctx context.Context) (map[string]string, error) {
	out, err := n.run(ctx, nil, "ls-files", "--stage", "-z")
	entries := map[string]string{}
	for line := range strings.SplitSeq(string(out), "\x00") {
		if _, name, ok := strings.Cut(line, "\t"); ok {
			entries[name] = line
		}
	}
	return entries, err
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
	entries, err := n.listIndex(ctx)
	if err != nil {
		return err
	}
	var info []string
	for _, name := range a.added {
		if f := strings.Fields(entries[name]); len(f) > 1 && slices.Contains(emptyBlobs, f[1]) {
			info = append(info, "0 "+strings.Repeat("0", len(f[1]))+"\t"+name)
		}
	}
	if len(info) == 0 {
		return nil
	}
	info = append(info, a.displaced...)
	for range 50 {
		if _, err = n.run(ctx, lines(info), "update-index", "-z", "--index-info"); !lostRace(err) {
			break
		}
		time.Sleep(rand.N(50 * time.Millisecond))
	}
	return err
}
