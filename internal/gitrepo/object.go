package gitrepo

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"golang.org/x/sync/errgroup"
)

// objects reads a repository's objects with go-git, and adds loose ones.
type objects struct {
	dir   string // the objects folder
	store *filesystem.Storage
}

func newObjects(common string) *objects {
	return &objects{
		dir:   filepath.Join(common, "objects"),
		store: filesystem.NewStorage(osfs.New(common), cache.NewObjectLRUDefault()),
	}
}

// read returns an object's content; *unfit if go-git can't find it, since git
// knows more places to look.
func (o *objects) read(kind plumbing.ObjectType, id plumbing.Hash) ([]byte, error) {
	object, err := o.store.EncodedObject(kind, id)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, &unfit{fmt.Sprintf("the %s %s isn't in this repository's own object store", kind, id)}
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	reader, err := object.Reader()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	defer reader.Close()
	data, err := io.ReadAll(reader)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	return data, nil
}

// tree returns no entries for the zero hash.
func (o *objects) tree(id plumbing.Hash) ([]treeEntry, error) {
	if id.IsZero() {
		return nil, nil
	}
	data, err := o.read(plumbing.TreeObject, id)
	if err != nil {
		return nil, err
	}
	entries, err := parseTree(data)
	if err != nil {
		return nil, fmt.Errorf("tree %s: %w", id, err)
	}
	return entries, nil
}

// treeOf returns a commit's tree, and the zero hash for no commit.
func (o *objects) treeOf(commit plumbing.Hash) (plumbing.Hash, error) {
	if commit.IsZero() {
		return plumbing.ZeroHash, nil
	}
	data, err := o.read(plumbing.CommitObject, commit)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	head, err := parseCommitHead(data)
	if err != nil {
		return plumbing.ZeroHash, fmt.Errorf("commit %s: %w", commit, err)
	}
	return head.tree, nil
}

// text reads a file's content; nil for what is no file.
func (o *objects) text(file blobRef) ([]byte, error) {
	if !file.isFile() {
		return nil, nil
	}
	return o.read(plumbing.BlobObject, file.id)
}

// batch collects the objects of one commit, so that nothing is written before
// it is known that there is something to commit.
type batch []object

type object struct {
	kind plumbing.ObjectType
	id   plumbing.Hash
	data []byte
}

func (b *batch) add(kind plumbing.ObjectType, data []byte) plumbing.Hash {
	id := plumbing.ComputeHash(kind, data)
	*b = append(*b, object{kind, id, data})
	return id
}

// write puts the objects on disk, each synced before it gets its name: a
// branch must never name an object that a power cut could empty.
func (o *objects) write(b batch) error {
	var group errgroup.Group
	group.SetLimit(16) // file systems gather syncs that wait together
	for _, object := range b {
		group.Go(func() error { return o.writeLoose(object) })
	}
	return group.Wait()
}

func (o *objects) writeLoose(object object) error {
	name := object.id.String()
	dir := filepath.Join(o.dir, name[:2])
	path := filepath.Join(dir, name[2:])
	now := time.Now()
	if os.Chtimes(path, now, now) == nil {
		return nil // there already, and now too young for a concurrent gc
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	temp := filepath.Join(dir, fmt.Sprintf("tmp_obj_%08x", rand.Uint32()))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if err != nil {
		return err
	}
	err = errors.Join(encodeLoose(f, object), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		os.Remove(temp)
	}
	return err
}

func encodeLoose(w io.Writer, object object) error {
	z := objfile.NewWriter(w)
	if err := z.WriteHeader(object.kind, int64(len(object.data))); err != nil {
		return err
	}
	if _, err := z.Write(object.data); err != nil {
		return err
	}
	return z.Close()
}
