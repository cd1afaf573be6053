// Package lsp is coachlog in an editor: a language server that speaks over a stream. It
// keeps the open texts, reads the logbook around them, and hands both to those who know
// what they mean.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/logparse"
)

// A Server answers one editor. All but the reading of messages is done by one goroutine, in
// their order.
type Server struct {
	Today   func() logparse.Date
	Version string
	Err     io.Writer     // for what is wrong with the server itself
	Wait    time.Duration // after a change, before findings are told

	WaitForGit time.Duration // to list sign-offs, before findings are told without them

	methods map[string]method

	conn  *jsonrpc2.Conn
	jobs  chan func()
	ended chan error

	mu      sync.Mutex
	running map[jsonrpc2.ID]context.CancelFunc // requests that have no answer yet

	utf8         bool // places are in bytes
	hierarchical bool // symbols may be nested
	versioned    bool // edits may name versions of texts
	literals     bool // code actions may be edits
	watches      bool // the editor can tell when files change
	watched      bool // and does
	initialized  bool
	shut         bool // shutdown was asked for

	documents  map[string]*document  // by URI
	workspaces map[string]*workspace // by folder
	edits      int                   // how many texts there have been
	timer      *time.Timer           // until findings are told; nil before the first change
}

// ErrNoShutdown is of an editor that ended the server without the word for it.
var ErrNoShutdown = errors.New("the editor left without shutdown")

// maxJobs is how many messages may wait; an editor that sends more waits itself.
const maxJobs = 1000

// Serve answers until the editor leaves, or ctx ends.
func (s *Server) Serve(ctx context.Context, in io.ReadCloser, out io.Writer) error {
	s.jobs, s.ended = make(chan func(), maxJobs), make(chan error, 1)
	if s.methods == nil {
		s.methods = methods
	}
	s.running = make(map[jsonrpc2.ID]context.CancelFunc)
	s.documents, s.workspaces = make(map[string]*document), make(map[string]*workspace)
	from := newStream(in, out, func() { s.settle(ctx) })
	s.conn = jsonrpc2.NewConn(ctx, from, s, jsonrpc2.SetLogger(log.New(io.Discard, "", 0)))
	for {
		select {
		case job := <-s.jobs:
			s.do(job)
		case err := <-s.ended:
			return err
		case <-s.conn.DisconnectNotify():
			if why := from.broken.Load(); why != nil {
				return *why
			}
			if s.shut {
				return nil
			}
			return ErrNoShutdown
		}
	}
}

// settle waits until all that has come so far is done.
func (s *Server) settle(ctx context.Context) {
	done := make(chan bool)
	select {
	case s.jobs <- func() { close(done) }:
	case <-ctx.Done():
		return
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// do does a job. A bug costs this one.
func (s *Server) do(job func()) {
	var bug error
	defer func() {
		if bug != nil {
			fmt.Fprintf(s.Err, "coachlog: %v\n", bug)
		}
	}()
	defer fault.Catch("", &bug)
	job()
}

// end ends the server once.
func (s *Server) end(err error) {
	select {
	case s.ended <- err:
	default:
	}
}

// Handle takes a message in: it is called for one after the other, and never waits for an answer.
func (s *Server) Handle(ctx context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	if r.Method == "$/cancelRequest" {
		s.cancel(r)
		return
	}
	asked, cancel := context.WithCancel(ctx)
	if !r.Notif {
		s.mu.Lock()
		s.running[r.ID] = cancel
		s.mu.Unlock()
	}
	job := func() {
		defer cancel()
		s.serve(asked, r)
	}
	select {
	case s.jobs <- job:
	case <-ctx.Done():
		cancel()
	}
}

func (s *Server) cancel(r *jsonrpc2.Request) {
	var p struct {
		ID jsonrpc2.ID `json:"id"`
	}
	if r.Params == nil || json.Unmarshal(*r.Params, &p) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.running[p.ID]; cancel != nil {
		cancel()
	}
}

// serve answers a request, or does what a notification tells. A bug costs this one answer.
func (s *Server) serve(ctx context.Context, r *jsonrpc2.Request) {
	result, err := s.answer(ctx, r)
	if r.Notif {
		if err != nil {
			fmt.Fprintf(s.Err, "coachlog: %s: %v\n", r.Method, err)
		}
		return
	}
	s.mu.Lock()
	delete(s.running, r.ID)
	s.mu.Unlock()
	if ctx.Err() != nil {
		err = &jsonrpc2.Error{Code: codeRequestCancelled, Message: "the request was cancelled"}
	}
	if err == nil {
		_ = s.conn.Reply(ctx, r.ID, result)
		return
	}
	known, ok := errors.AsType[*jsonrpc2.Error](err)
	if !ok {
		known = &jsonrpc2.Error{Code: codeRequestFailed, Message: err.Error()}
	}
	_ = s.conn.ReplyWithError(ctx, r.ID, known)
}

func (s *Server) answer(ctx context.Context, r *jsonrpc2.Request) (result any, err error) {
	defer fault.Catch(r.Method, &err)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	switch {
	case r.Method == "initialize" && !s.initialized:
		return given(r, s.initialize)
	case r.Method == "exit":
		if s.shut {
			s.end(nil)
		} else {
			s.end(ErrNoShutdown)
		}
		return nil, nil
	case !s.initialized && r.Notif:
		return nil, nil
	case !s.initialized:
		return nil, &jsonrpc2.Error{Code: codeNotInitialized, Message: "initialize comes first"}
	case s.shut && r.Notif:
		return nil, nil
	case s.shut || r.Method == "initialize":
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: r.Method + " can't come now"}
	}
	do, known := s.methods[r.Method]
	switch {
	case known:
		return do(s, r)
	case r.Notif:
		return nil, nil
	}
	return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: r.Method + " isn't something that coachlog does"}
}

type method func(*Server, *jsonrpc2.Request) (any, error)

// methods are what the server does once it is initialized.
var methods = map[string]method{
	"initialized":                     func(s *Server, _ *jsonrpc2.Request) (any, error) { return s.watch(), nil },
	"shutdown":                        func(s *Server, _ *jsonrpc2.Request) (any, error) { s.shut = true; return nil, nil },
	"textDocument/didOpen":            with((*Server).didOpen),
	"textDocument/didChange":          with((*Server).didChange),
	"textDocument/didClose":           with((*Server).didClose),
	"textDocument/didSave":            with((*Server).didSave),
	"workspace/didChangeWatchedFiles": with((*Server).didChangeFiles),
	"textDocument/completion":         with((*Server).completion),
	"textDocument/hover":              with((*Server).hover),
	"textDocument/definition":         with((*Server).definition),
	"textDocument/references":         with((*Server).references),
	"textDocument/documentSymbol":     with((*Server).symbols),
	"textDocument/foldingRange":       with((*Server).folds),
	"textDocument/codeLens":           with((*Server).lenses),
	"textDocument/prepareRename":      with((*Server).prepareRename),
	"textDocument/rename":             with((*Server).rename),
	"textDocument/codeAction":         with((*Server).actions),
	"textDocument/formatting":         with((*Server).format),
}

// with reads the parameters of a method.
func with[P any](do func(*Server, P) (any, error)) method {
	return func(s *Server, r *jsonrpc2.Request) (any, error) {
		return given(r, func(p P) (any, error) { return do(s, p) })
	}
}

func given[P any](r *jsonrpc2.Request, do func(P) (any, error)) (any, error) {
	var p P
	if r.Params != nil {
		if err := json.Unmarshal(*r.Params, &p); err != nil {
			return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: fmt.Sprintf("the parameters of %s can't be read: %v", r.Method, err)}
		}
	}
	return do(p)
}
