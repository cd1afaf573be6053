package fault

import (
	"slices"
	"strings"
	"testing"
)

// A panic is an error that names what was worked with, and quotes nothing of it.
func TestAPanicIsAnError(t *testing.T) {
	work := func(cause func()) (err error) {
		defer Catch("people/ana/plan.md", &err)
		cause()
		return nil
	}
	if err := work(func() {}); err != nil {
		t.Errorf("without a panic: %v", err)
	}
	for want, cause := range map[string]func(){
		"people/ana/plan.md: a bug in coachlog, not in your files (panic with a string); please report it, with what coachlog version shows":                                 func() { panic("what Ana said") },
		"people/ana/plan.md: a bug in coachlog, not in your files (runtime error: index out of range [3] with length 0); please report it, with what coachlog version shows": func() { _ = []int{}[len("abc")] },
	} {
		if err := work(cause); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func TestTheStackIsShownOnRequest(t *testing.T) {
	t.Setenv("COACHLOG_STACK", "1")
	var err error
	func() {
		defer Catch("", &err)
		panic("what Ana said")
	}()
	if err == nil || !strings.Contains(err.Error(), "TestTheStackIsShownOnRequest") || strings.Contains(err.Error(), "Ana") {
		t.Errorf("got %v", err)
	}
}

// Of many things that are done at once, a panic costs one.
func TestAPanicCostsOneOfMany(t *testing.T) {
	done := make([]bool, 50)
	errs := Each(50, func(i int) error {
		if i == 7 {
			panic("what Ana said")
		}
		done[i] = true
		return nil
	})
	for i, err := range errs {
		if (err != nil) != (i == 7) || done[i] == (i == 7) {
			t.Errorf("%d: %v %v", i, done[i], err)
		}
	}
	if errs := Each(0, nil); !slices.Equal(errs, []error{}) {
		t.Errorf("of none: %v", errs)
	}
}
