package logbook

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestLock(t *testing.T) {
	first := open(t)
	second, err := Open(first.Path)
	if err != nil {
		t.Fatal(err)
	}
	notes := t.TempDir()
	unlock, err := first.Lock(notes, nil)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(notes, names(t, notes))
	dead := filepath.Join(notes, ".logbook.2147483000-1.tmp")
	if err := os.WriteFile(dead, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, file := range []string{own, dead} { // the clock was set back
		later := time.Now().Add(time.Duration(1+i) * time.Hour)
		if err := os.Chtimes(file, later, later); err != nil {
			t.Fatal(err)
		}
	}
	defer func(was time.Duration) { lockPatience = was }(lockPatience)
	lockPatience = 50 * time.Millisecond
	says := fmt.Sprintf("another coachlog (process %d, for 0s) is still writing to this logbook; nothing was written\nwait", os.Getpid())
	t.Setenv(holderVariable, "") // else this is what the holder started
	if _, err := second.Lock(notes, nil); err == nil || !strings.HasPrefix(err.Error(), says) {
		t.Errorf("two have the lock: %v", err)
	}
	os.Remove(dead)
	t.Setenv(holderVariable, strconv.Itoa(os.Getpid()))
	if _, err := second.Lock(notes, nil); err != nil {
		t.Errorf("what the holder started waits for it: %v", err)
	}
	t.Setenv(holderVariable, fmt.Sprintf("%d 1", os.Getpid())) // by way of another logbook
	if _, err := second.Lock(notes, nil); err != nil {
		t.Errorf("what the holder started by way of another waits for it: %v", err)
	}
	t.Setenv(holderVariable, "1")
	if unlock, err := open(t).Lock(t.TempDir(), nil); err != nil || os.Getenv(holderVariable) != fmt.Sprintf("1 %d", os.Getpid()) {
		t.Errorf("who has locks is %q: %v", os.Getenv(holderVariable), err)
	} else if unlock(); os.Getenv(holderVariable) != "1" {
		t.Errorf("who has a lock is %q after it was given back", os.Getenv(holderVariable))
	}
	t.Setenv(holderVariable, "")
	lockPatience = 10 * time.Second
	time.AfterFunc(100*time.Millisecond, unlock)
	again, err := second.Lock(notes, nil)
	if err != nil {
		t.Fatalf("the lock isn't given back: %v", err)
	}
	again()
	again() // once more does no harm
	if got := names(t, first.Path) + names(t, notes); got != "" {
		t.Errorf("left in the logbook: %s", got)
	}
}
