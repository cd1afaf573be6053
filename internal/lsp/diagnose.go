package lsp

import (
	"context"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// tell tells the findings of all that is open: what somebody writes in one file may be about
// another one.
func (s *Server) tell() {
	for _, d := range s.documents {
		if err := s.tellOf(d); err != nil {
			s.complain(d.workspace, err)
		}
	}
}

// complain has the editor show what keeps the server from helping with a logbook, once.
func (s *Server) complain(w *workspace, err error) {
	if w != nil && w.said == err.Error() {
		return
	}
	if w != nil {
		w.said = err.Error()
	}
	_ = s.conn.Notify(context.Background(), "window/showMessage", showMessageParams{errorMessage, "coachlog: " + err.Error()})
}

// tellOf tells the findings of one text.
func (s *Server) tellOf(d *document) (err error) {
	defer fault.Catch("", &err)
	var findings []rules.Finding
	ok, err := s.locate(d)
	if ok && err == nil {
		open := s.openIn(d.workspace)
		if err = d.refresh(open, s.Today()); err == nil {
			findings = d.lint(open)
		}
	}
	if now := (told{d.version, d.foundFor, true}); err == nil && now != d.told {
		d.told = now
		s.publish(d.uri, &d.version, d.text, findings)
	}
	return err
}

// tellOfFile tells the findings of a file that is no longer open: what its text said may be
// mended, or gone.
func (s *Server) tellOfFile(d *document) {
	var findings []rules.Finding
	var text []byte
	if ok, _ := s.locate(d); ok {
		var err error
		open := s.openIn(d.workspace)
		if text, err = d.dir.ReadFile(d.path); err == nil && d.refresh(open, s.Today()) == nil {
			findings = d.lintFile(d.path, open)
		}
	}
	s.publish(d.uri, nil, text, findings)
}

func (s *Server) publish(uri string, version *int, text []byte, findings []rules.Finding) {
	at := newPlaces(text, s.utf8)
	diagnostics := make([]diagnostic, 0, len(findings))
	for _, f := range findings {
		diagnostics = append(diagnostics, diagnosticOf(at, f))
	}
	_ = s.conn.Notify(context.Background(), "textDocument/publishDiagnostics", publishDiagnosticsParams{uri, version, diagnostics})
}

// severities are the protocol's.
var severities = map[logparse.Severity]int{logparse.Error: 1, logparse.Warning: 2, logparse.Info: 3}

func diagnosticOf(at *places, f rules.Finding) diagnostic {
	message := f.Message
	if f.Remedy != "" {
		message += "\n" + f.Remedy
	}
	return diagnostic{Range: at.rangeOf(f.Span), Severity: severities[f.Severity], Code: f.Rule, Source: "coachlog", Message: message}
}
