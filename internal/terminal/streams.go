// Package terminal is coachlog's only door to the terminal: what is shown, in
// which colours and how wide, what is asked, and the editor.
package terminal

import (
	"io"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"

	"golang.org/x/term"
)

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	File     io.Writer // Out for what may become a file, byte for byte, where no person looks on

	Interactive bool // In and Out are a terminal, so that a person can be asked
	Watched     bool // Err is a terminal, and Out nothing that another program shows there, so that a line may come and go
	OutStyle    Style
	ErrStyle    Style

	line     io.Writer // for a progress
	progress *atomic.Pointer[Progress]
}

// System are the streams of the process.
func System() *Streams {
	return &Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Interactive: term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd())),
		Watched:     term.IsTerminal(int(os.Stderr.Fd())) && !isPipe(os.Stdout),
		OutStyle:    styleOf(os.Stdout),
		ErrStyle:    styleOf(os.Stderr),
	}
}

func isPipe(f *os.File) bool {
	info, err := f.Stat()
	return err != nil || info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0
}

// Guarded are the streams for commands: nothing that a terminal obeys gets through Out
// and Err, even into a pipe, behind which there may be one.
func (s *Streams) Guarded() *Streams {
	guarded := *s
	guarded.line, guarded.progress = guard{s.Err, nil}, &atomic.Pointer[Progress]{}
	guarded.Out, guarded.Err, guarded.File = guard{s.Out, guarded.progress}, guard{s.Err, guarded.progress}, s.Out
	if f, ok := s.Out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		guarded.File = guarded.Out
	}
	return &guarded
}

func styleOf(f *os.File) Style {
	style := Style{Width: sizeIn("COLUMNS", 100)}
	if !term.IsTerminal(int(f.Fd())) {
		return style
	}
	if width, height, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		style.Width, style.Height = sizeIn("COLUMNS", width), height
	}
	style.Height = sizeIn("LINES", style.Height)
	kind := os.Getenv("TERM")
	style.Color = os.Getenv("NO_COLOR") == "" && kind != "dumb" && (kind != "" || runtime.GOOS == "windows")
	return style
}

// sizeIn is a size that the environment names; other where it names none.
func sizeIn(variable string, other int) int {
	if size, err := strconv.Atoi(os.Getenv(variable)); err == nil && size > 0 && size < 10_000 {
		return size
	}
	return other
}
