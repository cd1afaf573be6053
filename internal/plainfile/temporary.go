package plainfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/pattern"
)

// A temporary file is called .NAME.PROCESS-N.tmp, after the file that it is for, so that
// one which a killed process left can be told from one that is still being written. git's
// own lock on such a file ends in .lock.
var temporaryName = pattern.Of(`^\.(.+)\.([0-9]+)-[0-9]+\.tmp(\.lock)?$`)

var (
	lastTemporary atomic.Int64
	started       = time.Now()
)

// TemporaryName is a new name for what is to become a file or folder.
func TemporaryName(name string) string {
	return fmt.Sprintf(".%s.%d-%d.tmp", strings.TrimPrefix(name, "."), os.Getpid(), lastTemporary.Add(1))
}

// Longest is more time than anybody takes to write a temporary file. After it, the process
// is another one that got the same number, or was on another machine.
const Longest = 24 * time.Hour

// leftover says what a temporary file was for, where the process that wrote it has ended.
func leftover(root *os.Root, name string) (whatFor string, is bool) {
	part := temporaryName().FindStringSubmatch(filepath.Base(name))
	if part == nil {
		return "", false
	}
	process, err := strconv.Atoi(part[2])
	info, statErr := root.Lstat(name)
	switch {
	case err != nil || statErr != nil:
		return "", false
	case process == os.Getpid(): // in a container it is often the same
		is = info.ModTime().Before(started.Add(-time.Second))
	default:
		is = !runs(process) || time.Since(info.ModTime()) > Longest
	}
	return part[1], is
}

// runs says whether there is such a process, of whomever.
func runs(process int) bool {
	p, err := os.FindProcess(process)
	if err != nil {
		return false
	}
	defer p.Release()
	if errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone) {
		return false
	}
	// One that has ended and that nobody has asked about yet is there as well.
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	_, state, _ := strings.Cut(string(stat), ") ")
	return err != nil || !strings.HasPrefix(state, "Z")
}

// Close closes a file that was written. What a signal interrupts is closed all the same.
func Close(f *os.File) error {
	if err := f.Close(); !errors.Is(err, syscall.EINTR) {
		return err
	}
	return nil
}

// An Owner is the process that a temporary file belongs to, and since when.
type Owner struct {
	Process int
	Since   time.Time
}

// Own says by an empty temporary file in a folder what this process is at, until forget is
// called. Where it can't be written, nobody is told.
func Own(folder, what string) (forget func()) {
	defer interrupt.Step()()
	file := filepath.Join(folder, TemporaryName(what))
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return func() {}
	}
	f.Close()
	remove := func() { os.Remove(file) }
	kept := interrupt.AtEnd(remove)
	return func() { remove(); kept() }
}

// OwnerOf is the last process that said so of itself and still runs; zero where none does.
func OwnerOf(folder, what string) (last Owner) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		part := temporaryName().FindStringSubmatch(e.Name())
		if part == nil || part[1] != what {
			continue
		}
		process, err := strconv.Atoi(part[2])
		if info, infoErr := e.Info(); err == nil && infoErr == nil && info.ModTime().After(last.Since) && runs(process) {
			last = Owner{process, info.ModTime()}
		}
	}
	return last
}

// Leftovers are the temporary files and folders that ended processes left in a folder
// below the root: what each was for, by its path.
func Leftovers(root *os.Root, folder string) map[string]string {
	found := make(map[string]string)
	f, err := root.OpenFile(folder, os.O_RDONLY|NonBlocking, 0)
	if err != nil {
		return nil
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	for _, name := range names {
		name = filepath.Join(folder, name)
		if whatFor, is := leftover(root, name); is {
			found[name] = whatFor
		}
	}
	return found
}

// RemoveLeftovers removes those of a folder, and returns their paths. What can't be
// removed stays.
func RemoveLeftovers(root *os.Root, folder string) (removed []string) {
	for name := range Leftovers(root, folder) {
		if root.RemoveAll(name) == nil {
			removed = append(removed, name)
		}
	}
	slices.Sort(removed)
	return removed
}
