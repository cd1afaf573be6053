package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

// A client is an editor that talks to a server over pipes, with the library's own framing.
type client struct {
	t    *testing.T
	dir  string
	conn *jsonrpc2.Conn
	s    *Server
	errs bytes.Buffer
	done chan error

	mu    sync.Mutex
	found map[string]publishDiagnosticsParams // the last of each URI
	news  chan bool
	shown []string
	asked []string // methods that the server asked for
}

type pipes struct {
	io.ReadCloser
	io.WriteCloser
}

func (p pipes) Close() error { return p.WriteCloser.Close() }

// start begins a server for the logbook of an archive.
func start(t *testing.T, archive string, capabilities string, more ...map[string]method) *client {
	t.Helper()
	c := connect(t, archive, more...)
	var result initializeResult
	c.call("initialize", json.RawMessage(`{"processId": null, "rootUri": null, "capabilities": `+capabilities+`}`), &result)
	c.notify("initialized", struct{}{})
	return c
}

// connect is start before anything is said, with some methods for the test.
func connect(t *testing.T, archive string, more ...map[string]method) *client {
	t.Helper()
	c := &client{t: t, dir: t.TempDir(), done: make(chan error, 1), found: make(map[string]publishDiagnosticsParams), news: make(chan bool, 100)}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		c.write(f.Name, string(f.Data))
	}
	today, _ := logparse.ParseDate("2026-08-10")
	s := &Server{Today: func() logparse.Date { return today }, Err: &c.errs, Wait: time.Millisecond, WaitForGit: time.Minute}
	c.s, s.methods = s, maps.Clone(methods)
	for _, m := range more {
		maps.Copy(s.methods, m)
	}
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	go func() { c.done <- s.Serve(t.Context(), in, out) }()
	stream := jsonrpc2.NewBufferedStream(pipes{fromServer, toServer}, jsonrpc2.VSCodeObjectCodec{})
	c.conn = jsonrpc2.NewConn(t.Context(), stream, c)
	return c
}

func (c *client) write(name, text string) {
	file := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) uri(name string) string {
	return uriOf(filepath.Join(c.dir, filepath.FromSlash(name)))
}

// Handle takes what the server says on its own.
func (c *client) Handle(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch r.Method {
	case "textDocument/publishDiagnostics":
		var p publishDiagnosticsParams
		if err := json.Unmarshal(*r.Params, &p); err != nil {
			c.t.Error(err)
		}
		c.found[p.URI] = p
		c.news <- true
	case "window/showMessage":
		var p showMessageParams
		_ = json.Unmarshal(*r.Params, &p)
		c.shown = append(c.shown, p.Message)
	default:
		c.asked = append(c.asked, r.Method)
	}
	if !r.Notif {
		go func() { _ = conn.Reply(ctx, r.ID, nil) }()
	}
}

// isRunning says whether the server has read a request that it hasn't answered.
func (c *client) isRunning(id uint64) bool {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.s.running[jsonrpc2.ID{Num: id}] != nil
}

func (c *client) call(method string, params, result any) {
	c.t.Helper()
	if err := c.try(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *client) try(method string, params, result any) error {
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	return c.conn.Call(ctx, method, params, result)
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(c.t.Context(), method, params); err != nil {
		c.t.Fatal(err)
	}
}

// open opens a file with a text, or with its own where that is "".
func (c *client) open(name, text string) {
	c.t.Helper()
	if text == "" {
		file, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(name)))
		if err != nil {
			c.t.Fatal(err)
		}
		text = string(file)
	}
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": c.uri(name), "languageId": "markdown", "version": 1, "text": text}})
}

// change replaces all of an open text.
func (c *client) change(name string, version int, text string) {
	c.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": c.uri(name), "version": version},
		"contentChanges": []any{map[string]any{"text": text}},
	})
}

// diagnostics waits until those of a file are as wanted, by their codes.
func (c *client) diagnostics(name string, want ...string) publishDiagnosticsParams {
	c.t.Helper()
	end := time.After(20 * time.Second)
	for {
		c.mu.Lock()
		p, ok := c.found[c.uri(name)]
		c.mu.Unlock()
		var codes []string
		for _, d := range p.Diagnostics {
			codes = append(codes, d.Code)
		}
		if ok && strings.Join(codes, " ") == strings.Join(want, " ") {
			return p
		}
		select {
		case <-c.news:
		case <-end:
			c.t.Fatalf("the diagnostics of %s are %v, not %v (%s)", name, codes, want, c.errs.String())
		}
	}
}

// codes are the rules that lint has something to say of, about a file as it is.
func codes(t *testing.T, c *client, name string) (codes []string) {
	t.Helper()
	dir, err := logbook.Open(c.dir)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := dir.ReadRoster()
	if err != nil {
		t.Fatal(err)
	}
	contents := dir.ReadFolders(shared.Settings, shared.Folders)
	today, _ := logparse.ParseDate("2026-08-10")
	all := rules.Lint(plan.New(shared.Settings, contents.Docs, nil), rules.Options{Today: today, Tier: rules.Method,
		Past: func(path string, _ logparse.Date) bool { return path == name }}, shared.SettingsDoc)
	for _, f := range all {
		if f.File == name {
			codes = append(codes, f.Rule)
		}
	}
	return codes
}
