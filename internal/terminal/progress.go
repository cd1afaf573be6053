package terminal

import (
	"fmt"
	"sync"
	"time"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// A Progress is a line on a terminal that says how far a long run is. It shows
// nothing in the first moment, nothing where output goes to a file or a pipe, and
// is gone when the run is done.
type Progress struct {
	streams *Streams
	mutex   sync.Mutex
	next    time.Time // when it may be written again
	kept    func()    // to be called when it is gone; nil where it isn't shown
}

// How long a run shows nothing, and how often the line is written again.
const (
	patience = 400 * time.Millisecond
	pace     = 100 * time.Millisecond
)

// clear empties the line, and begins it again.
var clear = mark + "G" + mark + "K"

// Progress starts one.
func (s *Streams) Progress() *Progress {
	return &Progress{streams: s, next: time.Now().Add(patience)}
}

// Say writes that so many of all are done; of no number it says just what.
func (p *Progress) Say(what string, done, all int) {
	if !p.streams.Watched || !p.mutex.TryLock() {
		return
	}
	defer p.mutex.Unlock()
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(pace)
	if p.kept == nil {
		p.kept = interrupt.AtEnd(func() { fmt.Fprint(p.streams.Err, clear) })
	}
	if all > 0 {
		what = fmt.Sprintf("%s: %d of %d", what, done, all)
	}
	fmt.Fprintf(p.streams.Err, clear+"%s", what)
}

// Done takes the line away.
func (p *Progress) Done() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.kept != nil {
		fmt.Fprint(p.streams.Err, clear)
		p.kept()
		p.kept = nil
	}
}
