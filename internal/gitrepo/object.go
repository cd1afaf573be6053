package gitrepo

import (
	"bytes"
	"compress/zlib"
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
	"github.com/go-git/go-git/v5/storage/filesystem"
	"golang.org/x/sync/errgroup"
)

// objects reads a repository's objects, and adds loose ones. It reads packs and
// loose objects itself, several times as fast as go-git does and without looking at
// more of a pack than it must; whatever it can't make out is left to go-git, which
// then says what is wrong.
type objects struct {
	dir   string // the objects folder
	store *filesystem.Storage

	packs  []*pack // nil until the first object is read
	opened bool
	zlib   io.ReadCloser // used again for each object
	source bytes.Reader  // what zlib reads
	delta  []byte        // room for one object's delta
	out    []byte        // room for the next object
	base   []byte        // room for one that is too large to be kept
	more   [1]byte       // room for what must not be there
}

func newObjects(common string) *objects { return &objects{dir: filepath.Join(common, "objects")} }

// read returns an object's content; *unfit if it can't be found, since git knows
// more places to look.
func (o *objects) read(kind plumbing.ObjectType, id plumbing.Hash) ([]byte, error) {
	data, err := o.borrow(kind, id)
	return bytes.Clone(data), err
}

// borrow is read whose result holds until the next call.
func (o *objects) borrow(kind plumbing.ObjectType, id plumbing.Hash) ([]byte, error) {
	if kind == plumbing.TreeObject && id == emptyTree {
		return nil, nil // git knows it and need not store it
	}
	for _, p := range o.openPacks() {
		if at, ok := p.find(id); ok {
			if found, ok := o.readPacked(p, at, 0); ok && found.kind == kind {
				return found.data, nil
			}
			return o.readByGoGit(kind, id)
		}
	}
	if data, ok := o.readLoose(kind, id); ok {
		return data, nil
	}
	return o.readByGoGit(kind, id)
}

func (o *objects) readByGoGit(kind plumbing.ObjectType, id plumbing.Hash) ([]byte, error) {
	// go-git opens whatever has an object's name.
	if err := checkGitFile(o.looseFile(id), maxPack); err != nil {
		return nil, err
	}
	if o.store == nil {
		if err := checkFolder(filepath.Join(o.dir, "pack")); err != nil {
			return nil, err
		}
		o.store = filesystem.NewStorage(osfs.New(filepath.Dir(o.dir)), cache.NewObjectLRUDefault())
	}
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
	data, err := o.borrow(plumbing.TreeObject, id)
	if err != nil {
		return nil, err
	}
	// A commit is made of these: what was read must be what the id stands for.
	if plumbing.ComputeHash(plumbing.TreeObject, data) != id {
		return nil, fmt.Errorf("tree %s: what is stored isn't what its id stands for; run git fsck", id)
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

// level is how well to deflate the objects: as git does, and small ones less well,
// until git packs them. The memory to find repetitions with takes longer to come by
// than it takes to write them.
func (b batch) level() int {
	const small = 16 << 10 // bytes
	for _, object := range b {
		if len(object.data) > small {
			return zlib.BestSpeed
		}
	}
	return zlib.HuffmanOnly
}

// write puts the objects on disk, each synced before it gets its name: a branch must
// never name an object that a power cut could empty. What else is to be on disk by
// then is synced along with them.
func (o *objects) write(b batch, also ...*os.File) error {
	z, err := zlib.NewWriterLevel(nil, b.level())
	if err != nil {
		return err
	}
	var files []*looseFile
	defer func() {
		for _, f := range files {
			f.discard()
		}
	}()
	for _, object := range b {
		f, err := o.newLoose(object, z)
		if err != nil {
			return err
		}
		if f != nil {
			files = append(files, f)
		}
	}
	var group errgroup.Group
	group.SetLimit(16) // file systems gather syncs that wait together
	for _, f := range files {
		group.Go(f.file.Sync)
	}
	for _, f := range also {
		group.Go(f.Sync)
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, f := range files {
		if err := f.publish(); err != nil {
			return err
		}
	}
	return nil
}

// looseFile is an object on its way into a file of its own.
type looseFile struct {
	file *os.File // nil once it has its name, or is gone
	path string
}

// newLoose writes an object under another name; nil for one that is there already.
func (o *objects) newLoose(object object, z *zlib.Writer) (*looseFile, error) {
	name := object.id.String()
	dir := filepath.Join(o.dir, name[:2])
	path := filepath.Join(dir, name[2:])
	now := time.Now()
	if os.Chtimes(path, now, now) == nil {
		return nil, nil // and now too young for a concurrent gc
	}
	temp := filepath.Join(dir, fmt.Sprintf("tmp_obj_%08x", rand.Uint32()))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		f, err = os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	}
	if err != nil {
		return nil, err
	}
	loose := &looseFile{f, path}
	z.Reset(f)
	_, err = fmt.Fprintf(z, "%s %d\x00", object.kind, len(object.data))
	if err == nil {
		_, err = z.Write(object.data)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		loose.discard()
		return nil, err
	}
	return loose, nil
}

func (l *looseFile) publish() error {
	temp := l.file.Name()
	err := l.file.Close()
	l.file = nil
	if err == nil {
		err = os.Rename(temp, l.path)
	}
	if err != nil {
		os.Remove(temp)
	}
	return err
}

func (l *looseFile) discard() {
	if l.file != nil {
		l.file.Close()
		os.Remove(l.file.Name())
		l.file = nil
	}
}
