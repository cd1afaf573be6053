package lsp

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"
)

// team is a small logbook.
const team = `
-- coachlog.yaml --
name: Desk
metrics:
  aht: {name: Handle time, unit: s, direction: lower}
-- people/josh/plan.md --
---
type: plan
person: josh
name: Josh Keller
---
-- people/ana/plan.md --
---
type: plan
person: ana
name: Ana Ruiz
coach: josh
cadence: weekly
---
-- people/ana/2026-07-27.md --
---
type: session
coach: josh
date: 2026-07-27
status: held
next: 2026-08-03
---

# 27 July

## Short-term goals

- [ ] Solve refunds alone ^refunds due:2026-08-24
  - [ ] Walk through the checklist with every refund ^checklist
  - [ ] Sit beside Ana for an hour ^sit @josh

## Confidential

Her father is ill ^secret
-- people/ana/2026-08-03.md --
---
type: session
coach: josh
date: 2026-08-03
status: held
next: 2026-08-10
---

# 3 August

## Follow-through

- [x] Walk through the checklist with every refund ^checklist
- [x] Sit beside Ana for an hour ^sit @josh
`

func TestDiagnosticsWhileTyping(t *testing.T) {
	c := start(t, team, "{}")
	name := "people/ana/2026-08-03.md"
	c.open(name, "")
	first := c.diagnostics(name, codes(t, c, name)...)
	if first.Version == nil || *first.Version != 1 {
		t.Errorf("the findings are of version %v, not 1", first.Version)
	}
	text := c.read(name)
	bad := strings.Replace(text, "status: held", "status: hold", 1)
	c.change(name, 2, bad)
	found := c.diagnostics(name, "unknown-value")
	d := found.Diagnostics[0]
	if d.Source != "coachlog" || d.Severity != 1 || !strings.Contains(d.Message, "hold") || d.Range.Start != (position{4, 8}) || *found.Version != 2 {
		t.Errorf("%+v", d)
	}
	c.notify("textDocument/didClose", documentParams{textDocumentIdentifier{c.uri(name)}})
	if p := c.diagnostics(name, codes(t, c, name)...); p.Version != nil {
		t.Error("a closed file has no version")
	}
}

// TestFindingsOfOtherFiles has an unsaved text count in what is found in another one.
func TestFindingsOfOtherFiles(t *testing.T) {
	c := start(t, team, "{}")
	earlier, later := "people/ana/2026-07-27.md", "people/ana/2026-08-03.md"
	c.open(earlier, "")
	c.open(later, "")
	c.diagnostics(later, codes(t, c, later)...)
	c.change(earlier, 2, strings.ReplaceAll(c.read(earlier), "^checklist", "^other"))
	c.diagnostics(later, append(codes(t, c, later), "account-missing")...)
}

func TestEndings(t *testing.T) {
	for _, test := range []struct {
		name  string
		say   func(c *client)
		clean bool
	}{
		{"shutdown, exit", func(c *client) { c.call("shutdown", nil, nil); c.notify("exit", nil) }, true},
		{"exit alone", func(c *client) { c.notify("exit", nil) }, false},
		{"gone", func(c *client) { _ = c.conn.Close() }, false},
	} {
		c := start(t, team, "{}")
		test.say(c)
		if err := <-c.done; (err == nil) != test.clean || err != nil && !errors.Is(err, ErrNoShutdown) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestOrder(t *testing.T) {
	c := connect(t, team)
	if code := codeOf(c.try("textDocument/hover", positionParams{}, nil)); code != codeNotInitialized {
		t.Errorf("before initialize: %d", code)
	}
	c.call("initialize", initializeParams{}, nil)
	for method, want := range map[string]int64{"initialize": jsonrpc2.CodeInvalidRequest, "textDocument/nonsense": jsonrpc2.CodeMethodNotFound} {
		if code := codeOf(c.try(method, struct{}{}, nil)); code != want {
			t.Errorf("%s: %d, not %d", method, code, want)
		}
	}
	c.notify("nobody/knows", struct{}{}) // which is passed over
	c.call("shutdown", nil, nil)
	if code := codeOf(c.try("textDocument/hover", positionParams{}, nil)); code != jsonrpc2.CodeInvalidRequest {
		t.Errorf("behind shutdown: %d", code)
	}
}

func codeOf(err error) int64 {
	if of, ok := errors.AsType[*jsonrpc2.Error](err); ok {
		return of.Code
	}
	return 0
}

func (c *client) read(name string) string {
	c.t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(name)))
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

// TestSettings has the settings count as they are written, before they are saved.
func TestSettings(t *testing.T) {
	c := start(t, team, "{}")
	log, settings := "people/ana/2026-08-03.md", "coachlog.yaml"
	c.open(log, "")
	found := codes(t, c, log)
	c.diagnostics(log, found...)
	text := c.read(settings)
	c.open(settings, text+"rules: {agenda: off, nonsense: off}\n")
	c.diagnostics(settings, "unknown-rule")
	c.diagnostics(log, slices.DeleteFunc(found, func(code string) bool { return code == "agenda" })...)
	var list completionList
	c.change(settings, 2, text+"rules:\n  agenda: \n")
	c.call("textDocument/completion", positionParams{textDocumentIdentifier{c.uri(settings)}, position{4, 10}}, &list)
	if len(list.Items) != 4 {
		t.Errorf("%+v", list.Items)
	}
	for _, method := range []string{"hover", "definition", "documentSymbol", "foldingRange", "codeLens", "formatting"} {
		c.call("textDocument/"+method, positionParams{textDocumentIdentifier{c.uri(settings)}, position{0, 1}}, nil)
	}
}

// TestMetrics has values count that somebody writes into a file of metrics/.
func TestMetrics(t *testing.T) {
	c := start(t, team, "{}")
	log, values := "people/ana/2026-08-03.md", "metrics/aht.csv"
	c.write(values, "date,person,metric,value\n")
	c.open(log, strings.Replace(c.read(log), "next: 2026-08-10", "metrics: {aht: 398}", 1))
	c.open(values, c.read(values)+"2026-07-30,ana,aht,411\n")
	var of hover
	c.call("textDocument/hover", positionParams{textDocumentIdentifier{c.uri(log)}, position{5, 11}}, &of)
	if !strings.Contains(of.Contents.Value, "411") || !strings.Contains(of.Contents.Value, "398 on 3 Aug 2026") {
		t.Error(of.Contents.Value)
	}
}
