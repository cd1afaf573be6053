package terminal

import (
	"fmt"
	"sync"
	"time"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// A Progress is a line on a terminal that says what takes long, and how far it is. It
// shows nothing in the first moment, nothing where output goes into a pipe, makes room for
// what is written meanwhile, and is gone when the run is done.
type Progress struct {
	streams   *Streams
	what      string
	mutex     sync.Mutex
	start     *time.Timer // nil where nothing is to be shown any more
	done, all int
	next      time.Time // when it may be written again; zero in the first moment
	kept      func()    // to be called when the line is gone; nil where it isn't there
}

// How long a run shows nothing, and how often the line is written again.
const (
	patience = 400 * time.Millisecond
	pace     = 100 * time.Millisecond
)

// clear empties the line, and begins it again.
var clear = mark + "G" + mark + "K"

// Progress starts one that says what is done.
func (s *Streams) Progress(what string) *Progress {
	p := &Progress{streams: s, what: what}
	if s.Watched && s.progress.CompareAndSwap(nil, p) {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.start = time.AfterFunc(patience, p.show)
	}
	return p
}

// show writes the line, if it is time.
func (p *Progress) show() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.start == nil || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(pace)
	if p.kept == nil {
		p.kept = interrupt.AtEnd(func() { fmt.Fprint(p.streams.line, clear) })
	}
	line := p.what
	if p.all > 0 {
		line = fmt.Sprintf("%s: %d of %d", p.what, p.done, p.all)
	}
	fmt.Fprint(p.streams.line, clear+line)
}

// Say says that so many of all are done.
func (p *Progress) Say(done, all int) {
	if !p.streams.Watched || !p.mutex.TryLock() {
		return
	}
	p.done, p.all = done, all
	begun := !p.next.IsZero()
	p.mutex.Unlock()
	if begun {
		p.show()
	}
}

// Done takes the line away for good.
func (p *Progress) Done() {
	if p.streams.progress.CompareAndSwap(p, nil) {
		p.hide(true)
	}
}

// hide takes the line away, for what is written in its place.
func (p *Progress) hide(forGood bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if forGood && p.start != nil {
		p.start.Stop()
		p.start = nil
	}
	if p.kept != nil {
		fmt.Fprint(p.streams.line, clear)
		p.kept()
		p.kept = nil
	}
}

// alone is for a question or another program on the terminal: no line comes any more.
func (s *Streams) alone() {
	if p := s.progress.Load(); p != nil {
		p.Done()
	}
}
