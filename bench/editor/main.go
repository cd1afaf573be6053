// Editor is an hour of somebody writing logs, as fast as the language server answers: it opens
// logs of several people, types in them, and asks after each key stroke for what an editor asks
// for. It prints how long the answers took, and how much memory the server had at both ends.
//
//	go run ./bench/generate -logs 10000 -git -dir /tmp/book
//	go build -o /tmp/coachlog ./cmd/coachlog
//	go run ./bench/editor -program /tmp/coachlog -dir /tmp/book
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

func main() {
	log.SetFlags(0)
	program := flag.String("program", "coachlog", "the `path` of coachlog")
	dir := flag.String("dir", "", "the `folder` of a logbook")
	person := flag.String("person", "*", "in whose logs is written, by the name of the folder; all, without it")
	changes := flag.Int("changes", 10000, "how many key strokes")
	each := flag.Int("each", 200, "after how many of them another log is opened")
	flag.Parse()
	logs, err := filepath.Glob(filepath.Join(*dir, "people", *person, "2*.md"))
	if err != nil || len(logs) == 0 {
		log.Fatal("no logs in ", *dir, err)
	}
	e, err := start(*program)
	if err != nil {
		log.Fatal(err)
	}
	begun := time.Now()
	random := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < *changes; n += *each {
		if err := e.write(logs[random.IntN(len(logs))], min(*each, *changes-n), random); err != nil {
			log.Fatal(err)
		}
		if n == 0 {
			e.first = e.memory()
		}
	}
	last := e.memory()
	e.print(time.Since(begun))
	fmt.Printf("memory: %s after the first log, %s at the end\n", e.first, last)
	if err := e.stop(); err != nil {
		log.Fatal(err)
	}
}

// An editor talks to the server.
type editor struct {
	conn  *jsonrpc2.Conn
	run   *exec.Cmd
	first string

	took map[string][]time.Duration
	told chan int // versions of which findings came

	mu     sync.Mutex
	wanted string // the URI whose findings count
}

type ends struct {
	io.Reader
	io.WriteCloser
}

func start(program string) (*editor, error) {
	e := &editor{run: exec.Command(program, "--today", "2026-07-10", "lsp"), took: make(map[string][]time.Duration), told: make(chan int, 1000)}
	e.run.Stderr = os.Stderr
	in, err := e.run.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := e.run.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := e.run.Start(); err != nil {
		return nil, err
	}
	e.conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(ends{out, in}, jsonrpc2.VSCodeObjectCodec{}), e)
	capabilities := `{"capabilities": {"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}}`
	return e, e.ask("initialize", json.RawMessage(capabilities))
}

func (e *editor) stop() error {
	if err := e.ask("shutdown", nil); err != nil {
		return err
	}
	_ = e.conn.Notify(context.Background(), "exit", nil)
	return e.run.Wait()
}

// Handle takes findings in.
func (e *editor) Handle(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	var p struct {
		URI     string
		Version *int
	}
	if r.Method != "textDocument/publishDiagnostics" || json.Unmarshal(*r.Params, &p) != nil || p.Version == nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if p.URI == e.wanted {
		e.told <- *p.Version
	}
}

// ask measures an answer.
func (e *editor) ask(method string, params any) error {
	begun := time.Now()
	err := e.conn.Call(context.Background(), method, params, nil)
	e.took[method] = append(e.took[method], time.Since(begun))
	return err
}

// write opens a log and writes in it, one letter after the other, and pauses at the end of each
// line until the findings have come.
func (e *editor) write(file string, letters int, random *rand.Rand) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	uri := (&url.URL{Scheme: "file", Path: file}).String()
	document := map[string]any{"uri": uri}
	e.mu.Lock()
	e.wanted = uri
	for len(e.told) > 0 {
		<-e.told // of the file before
	}
	e.mu.Unlock()
	begun := time.Now()
	if err := e.conn.Notify(context.Background(), "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "markdown", "version": 0, "text": string(text)}}); err != nil {
		return err
	}
	<-e.told
	e.took["open, until findings"] = append(e.took["open, until findings"], time.Since(begun))
	lines := strings.Count(string(text), "\n")
	words := []rune("- [ ] Call back @rep the same day ^callback due:2026-07-31 metric:aht<=390\n")
	line, character := lines, 0
	for version := 1; version <= letters; version++ {
		letter := words[(version-1)%len(words)]
		at := map[string]int{"line": line, "character": character}
		if err := e.press(uri, version, at, letter); err != nil {
			return err
		}
		if character++; letter == '\n' {
			line, character = line+1, 0
			if err := e.pause(version); err != nil {
				return err
			}
		}
		params := map[string]any{"textDocument": document, "position": map[string]int{"line": line, "character": character}}
		if err := e.ask("textDocument/completion", params); err != nil {
			return err
		}
		if version%20 == 0 {
			if err := e.look(document, random.IntN(lines)); err != nil {
				return err
			}
		}
	}
	return e.conn.Notify(context.Background(), "textDocument/didClose", map[string]any{"textDocument": document})
}

func (e *editor) press(uri string, version int, at map[string]int, letter rune) error {
	return e.conn.Notify(context.Background(), "textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": uri, "version": version},
		"contentChanges": []any{map[string]any{"range": map[string]any{"start": at, "end": at}, "text": string(letter)}},
	})
}

// pause waits for the findings of a version; the server waits for a pause in the typing first.
func (e *editor) pause(version int) error {
	begun := time.Now()
	for {
		select {
		case told := <-e.told:
			if told >= version {
				e.took["a pause, until findings"] = append(e.took["a pause, until findings"], time.Since(begun))
				return nil
			}
		case <-time.After(10 * time.Second):
			return fmt.Errorf("no findings of version %d", version)
		}
	}
}

// look asks for what an editor asks for when the cursor moves.
func (e *editor) look(document map[string]any, line int) error {
	at := map[string]any{"line": line, "character": 8}
	for _, method := range []string{"textDocument/hover", "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens"} {
		if err := e.ask(method, map[string]any{"textDocument": document, "position": at}); err != nil {
			return err
		}
	}
	return e.ask("textDocument/codeAction", map[string]any{"textDocument": document, "range": map[string]any{"start": at, "end": at}, "context": map[string]any{"diagnostics": []any{}}})
}

// memory is what the server has, where the system says so.
func (e *editor) memory() string {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.run.Process.Pid))
	for _, line := range strings.Split(string(status), "\n") {
		if kept, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strings.TrimSpace(kept)
		}
	}
	return "unknown"
}

func (e *editor) print(all time.Duration) {
	fmt.Printf("%-28s %7s %9s %9s %9s\n", "", "n", "median", "99 %", "worst")
	var names []string
	for name := range e.took {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		took := e.took[name]
		slices.Sort(took)
		at := func(share float64) time.Duration {
			return took[int(share*float64(len(took)-1))].Round(10 * time.Microsecond)
		}
		fmt.Printf("%-28s %7d %9s %9s %9s\n", strings.TrimPrefix(name, "textDocument/"), len(took), at(0.5), at(0.99), at(1))
	}
	fmt.Printf("all of it took %s\n", all.Round(time.Second))
}
