package gitrepo

import (
	"cmp"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"golang.org/x/sync/errgroup"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// maxObject bounds what a broken repository can make us allocate.
const maxObject = 32 << 20

func (r *Repo) objectsDir() string { return filepath.Join(r.common, "objects") }

// looseFile is where an object lies that is in no pack.
func (r *Repo) looseFile(id string) string { return filepath.Join(r.objectsDir(), id[:2], id[2:]) }

func (e *engine) readMany(kind plumbing.ObjectType, ids []string, each func(id string, data []byte)) error {
	for _, id := range ids {
		data, err := e.read(kind, id)
		if err != nil {
			return err
		}
		each(id, data)
	}
	return nil
}

// read returns an object's content; *unfit if it can't be found, since git knows
// more places to look.
func (e *engine) read(kind plumbing.ObjectType, id string) ([]byte, error) {
	hash := plumbing.NewHash(id)
	// go-git opens whatever has an object's name.
	if err := checkGitFile(e.repo.looseFile(hash.String()), maxObject); err != nil {
		return nil, err
	}
	if e.store == nil {
		if err := checkGitFolder(filepath.Join(e.repo.objectsDir(), "pack")); err != nil {
			return nil, err
		}
		e.store = filesystem.NewStorageWithOptions(osfs.New(e.repo.common), cache.NewObjectLRUDefault(), filesystem.Options{KeepDescriptors: true})
	}
	object, err := e.store.EncodedObject(kind, hash)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, &unfit{fmt.Sprintf("the %s %s isn't in this repository's own object store", kind, id)}
	}
	if err != nil { // as from the index of a pack in its first version
		return nil, &unfit{fmt.Sprintf("the %s %s is stored in a way that coachlog can't read itself (%v)", kind, id, err)}
	}
	if object.Size() > maxObject {
		return nil, fmt.Errorf("%s %s: %d bytes are more than coachlog reads", kind, id, object.Size())
	}
	var data []byte
	reader, err := object.Reader()
	if err == nil {
		defer reader.Close()
		data, err = io.ReadAll(reader)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	return data, checkObject(kind, data, id)
}

// batch collects the objects of one commit, so that nothing is written before
// it is known that there is something to commit.
type batch []object

type object struct {
	kind plumbing.ObjectType
	id   string
	data []byte
}

func (b *batch) add(kind plumbing.ObjectType, data []byte) (id string) {
	id = plumbing.ComputeHash(kind, data).String()
	*b = append(*b, object{kind, id, data})
	return id
}

// write puts the objects on disk, each synced before it gets its name: a branch must
// never name an object that a power cut could empty. What else is to be on disk by
// then is synced along with them.
func (e *engine) write(b batch, also ...*os.File) error {
	z, err := zlib.NewWriterLevel(nil, zlib.BestSpeed) // as git does until it packs them
	if err != nil {
		return err
	}
	files := make([]*os.File, len(b)) // nil for an object that is there already, or has its name
	defer func() {
		for _, f := range files {
			if f != nil {
				f.Close()
				os.Remove(f.Name())
			}
		}
	}()
	for i, object := range b {
		if files[i], err = e.newLoose(object, z); err != nil {
			return err
		}
		if files[i] != nil {
			also = append(also, files[i])
		}
	}
	var group errgroup.Group
	group.SetLimit(16) // file systems gather syncs that wait together
	for _, f := range also {
		group.Go(f.Sync)
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, f := range files {
		if f == nil {
			continue
		}
		if err := plainfile.Close(f); err != nil {
			return err
		}
		if err := e.name(f, b[i].id); err != nil {
			return err
		}
		files[i] = nil
	}
	return nil
}

// newLoose writes an object under another name; nil for one that is there already.
func (e *engine) newLoose(object object, z *zlib.Writer) (*os.File, error) {
	now := time.Now()
	if os.Chtimes(e.repo.looseFile(object.id), now, now) == nil {
		return nil, nil // and now too young for a concurrent gc
	}
	f, err := os.OpenFile(filepath.Join(e.repo.objectsDir(), plainfile.TemporaryName("object")), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if err != nil {
		return nil, err
	}
	z.Reset(f)
	_, err = fmt.Fprintf(z, "%s %d\x00%s", object.kind, len(object.data), object.data)
	return f, cmp.Or(err, z.Close())
}

// name gives a written object its name.
func (e *engine) name(f *os.File, id string) error {
	path := e.repo.looseFile(id)
	err := os.Rename(f.Name(), path)
	if errors.Is(err, os.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
			err = os.Rename(f.Name(), path)
		}
	}
	return err
}
