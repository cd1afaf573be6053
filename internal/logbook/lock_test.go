package logbook

import (
	"errors"
	"testing"
	"time"
)

func TestLock(t *testing.T) {
	first := open(t)
	second, err := Open(first.Path)
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := first.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer func(was time.Duration) { lockPatience = was }(lockPatience)
	lockPatience = 50 * time.Millisecond
	if _, err := second.Lock(); !errors.Is(err, ErrLocked) {
		t.Errorf("two have the lock: %v", err)
	}
	lockPatience = 10 * time.Second
	time.AfterFunc(100*time.Millisecond, unlock)
	again, err := second.Lock()
	if err != nil {
		t.Fatalf("the lock isn't given back: %v", err)
	}
	again()
	again() // once more does no harm
	if got := names(t, first.Path); got != "" {
		t.Errorf("left in the logbook: %s", got)
	}
}
