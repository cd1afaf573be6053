package plainfile

import (
	"bytes"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// strangeFiles puts one of each kind that is no file into a folder. What the system
// can't make is left out.
func strangeFiles(t *testing.T) (dir string, kinds map[string]string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "plain") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	kinds = map[string]string{"folder": "it is not a file"}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if makePipe(filepath.Join(dir, "pipe")) == nil {
		kinds["pipe"] = "it is not a file but a named pipe"
	}
	if l, err := net.Listen("unix", filepath.Join(dir, "socket")); err == nil {
		t.Cleanup(func() { l.Close() })
		kinds["socket"] = "it is not a file but a socket"
	}
	if _, err := os.Stat("/dev/zero"); err == nil && os.Symlink("/dev/zero", filepath.Join(dir, "device")) == nil {
		kinds["device"] = "it is not a file but a device"
	}
	if kinds["pipe"] != "" && os.Symlink("pipe", filepath.Join(dir, "link")) == nil {
		kinds["link"] = kinds["pipe"]
	}
	return dir, kinds
}

// soon fails the test where something waits.
func soon(t *testing.T, name string, do func()) {
	t.Helper()
	done := make(chan bool)
	go func() { do(); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatalf("%s is waited for", name)
	}
}

func TestOnlyFilesAreRead(t *testing.T) {
	dir, kinds := strangeFiles(t)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	folder, err := OpenFolder(root, ".")
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for name, want := range kinds {
		full := filepath.Join(dir, name)
		for way, read := range map[string]func() ([]byte, error){
			"by its path":    func() ([]byte, error) { return Read(full, Text) },
			"below a folder": func() ([]byte, error) { return ReadIn(root, name, Text) },
			"in a folder":    func() ([]byte, error) { return folder.Read(name, Text) },
		} {
			if name == "device" && way != "by its path" {
				continue // the link leads out of the folder, which is refused as such
			}
			soon(t, name, func() {
				text, err := read()
				var path *fs.PathError
				if !errors.As(err, &path) || !errors.Is(err, ErrNotFile) || path.Err.Error() != want {
					t.Errorf("%s, %s: %q, %v; want %s", name, way, text, err, want)
				}
				if Harmful(err) == (name == "folder") {
					t.Errorf("%s, %s: harmful: %v", name, way, Harmful(err))
				}
			})
		}
		if err := Check(full, Text); (err == nil) != (name == "folder") {
			t.Errorf("%s: the check says %v", name, err)
		}
	}
}

func TestSizes(t *testing.T) {
	dir := t.TempDir()
	huge := filepath.Join(dir, "huge")
	if err := os.WriteFile(huge, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 1<<30); err != nil {
		t.Skip(err)
	}
	const want = "it is too large (1024 MB; at most 16 MB are read)"
	if _, err := Read(huge, Text); !errors.Is(err, ErrTooLarge) || !strings.HasSuffix(err.Error(), want) || !Harmful(err) {
		t.Errorf("a huge file: %v", err)
	}
	if err := Check(huge, Text); !errors.Is(err, ErrTooLarge) {
		t.Errorf("the check of a huge file: %v", err)
	}
	full := filepath.Join(dir, "full")
	if err := os.WriteFile(full, []byte("12345"), 0o644); err != nil {
		t.Fatal(err)
	}
	if text, err := Read(full, 5); err != nil || string(text) != "12345" {
		t.Errorf("a file as large as may be: %q, %v", text, err)
	}
	if _, err := Read(full, 4); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file one byte larger: %v", err)
	}
	if text, err := ReadStream(strings.NewReader("12345"), 5); err != nil || string(text) != "12345" {
		t.Errorf("a stream as long as may be: %q, %v", text, err)
	}
	if _, err := ReadStream(bytes.NewReader(make([]byte, 6)), 5); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a stream one byte longer: %v", err)
	}
}

func TestNothingStandsInTheWay(t *testing.T) {
	if text, err := Read(os.DevNull, Text); err != nil || len(text) > 0 {
		t.Errorf("the null device: %q, %v", text, err)
	}
	missing := filepath.Join(t.TempDir(), "missing")
	if _, err := Read(missing, Text); !errors.Is(err, fs.ErrNotExist) || Harmful(err) {
		t.Errorf("no file: %v", err)
	}
	for _, name := range []string{os.DevNull, missing} {
		if err := Check(name, Text); err != nil {
			t.Errorf("the check of %s: %v", name, err)
		}
	}
}

// What is read in an open folder is what is read by its path, and a link out of it leads nowhere.
func TestFolder(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
	for name, text := range map[string]string{filepath.Join(dir, "full"): "12345", filepath.Join(dir, "empty"): "", outside: "secret"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	folder, err := OpenFolder(root, ".")
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for name, want := range map[string]string{"full": "12345", "empty": ""} {
		if text, err := folder.Read(name, 5); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if _, err := folder.Read("full", 4); !errors.Is(err, ErrTooLarge) {
		t.Errorf("one byte too many: %v", err)
	}
	if _, err := folder.Read("missing", 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if os.Symlink(outside, filepath.Join(dir, "out")) == nil && os.Symlink("full", filepath.Join(dir, "in")) == nil {
		if text, err := folder.Read("out", 9); err == nil {
			t.Errorf("a link out of the folder: %q", text)
		}
		if text, err := folder.Read("in", 9); err != nil || string(text) != "12345" {
			t.Errorf("a link within the folder: %q, %v", text, err)
		}
	}
}
