package lsp

import (
	"context"
	"os"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/coachlog/coachlog/internal/assist"
)

// initialize agrees with the editor on what both can do.
func (s *Server) initialize(p initializeParams) (any, error) {
	s.initialized = true
	can := p.Capabilities
	s.utf8 = slices.Contains(can.General.PositionEncodings, "utf-8")
	s.hierarchical = can.TextDocument.DocumentSymbol.Hierarchical
	s.versioned = can.Workspace.WorkspaceEdit.DocumentChanges
	s.literals = can.TextDocument.CodeAction.LiteralSupport != nil
	s.watches = can.Workspace.DidChangeWatchedFiles.DynamicRegistration
	if p.ProcessID != nil && *p.ProcessID > 0 {
		go s.endWith(*p.ProcessID)
	}
	result := initializeResult{ServerInfo: serverInfo{"coachlog", s.Version}}
	c := &result.Capabilities
	c.PositionEncoding = "utf-16"
	if s.utf8 {
		c.PositionEncoding = "utf-8"
	}
	c.TextDocumentSync = textDocumentSync{OpenClose: true, Change: incremental, Save: true}
	c.HoverProvider, c.DefinitionProvider, c.ReferencesProvider = true, true, true
	c.DocumentSymbolProvider, c.FoldingRangeProvider, c.RenameProvider.PrepareProvider = true, true, true
	c.DocumentFormattingProvider = true
	if s.literals {
		c.CodeActionProvider = codeActionOptions{[]string{"quickfix", "refactor"}}
	}
	c.CompletionProvider = completionOptions{assist.Triggers}
	return result, nil
}

// patience is how often the server looks whether the editor is still there.
const patience = time.Second

// endWith ends the server when the editor's process has ended. A system that can wait for
// another's process does; on the others one looks.
func (s *Server) endWith(pid int) {
	editor, err := os.FindProcess(pid)
	if runtime.GOOS == "windows" {
		if err == nil {
			_, _ = editor.Wait()
		}
		s.end(ErrNoShutdown)
		return
	}
	for err == nil && editor.Signal(syscall.Signal(0)) != os.ErrProcessDone {
		time.Sleep(patience)
	}
	s.end(ErrNoShutdown)
}

// watch asks the editor to tell when somebody else changes the logbook's files.
func (s *Server) watch() any {
	if !s.watches {
		return nil
	}
	of := fileSystemWatchers{}
	for _, pattern := range []string{"**/coachlog.yaml", "**/people/**", "**/metrics/*.csv"} {
		of.Watchers = append(of.Watchers, fileSystemWatcher{pattern})
	}
	go func() { // its answer comes behind other messages
		err := s.conn.Call(context.Background(), "client/registerCapability", registrationParams{[]registration{{"files", "workspace/didChangeWatchedFiles", of}}}, nil)
		if err != nil {
			return // the server looks itself
		}
		s.jobs <- func() {
			s.watched = true
			for _, w := range s.workspaces {
				w.watched = true
			}
		}
	}()
	return nil
}
