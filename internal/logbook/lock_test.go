package logbook

import (
	"fmt"
	"os"
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
	defer func(was time.Duration) { lockPatience = was }(lockPatience)
	lockPatience = 50 * time.Millisecond
	says := fmt.Sprintf("another coachlog (process %d, for 0s) is still writing to this logbook; nothing was written\nwait", os.Getpid())
	t.Setenv(holderVariable, "") // else this is what the holder started
	if _, err := second.Lock(notes, nil); err == nil || !strings.HasPrefix(err.Error(), says) {
		t.Errorf("two have the lock: %v", err)
	}
	t.Setenv(holderVariable, strconv.Itoa(os.Getpid()))
	if _, err := second.Lock(notes, nil); err != nil {
		t.Errorf("what the holder started waits for it: %v", err)
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
