package lsp

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
)

// say has a server answer to raw messages, and returns what it says until the input ends.
func say(t *testing.T, messages ...string) (said []string, err error) {
	t.Helper()
	var in strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&in, "Content-Length: %d\r\n\r\n%s", len(m), m)
	}
	return sayRaw(t, in.String())
}

func sayRaw(t *testing.T, in string) (said []string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	s := &Server{Today: func() logparse.Date { return logparse.Date{Year: 2026, Month: 8, Day: 10} }, Err: &errs, Wait: time.Millisecond}
	err = s.Serve(t.Context(), io.NopCloser(strings.NewReader(in)), &out)
	for r := bufio.NewReader(&out); ; {
		header, end := textproto.NewReader(r).ReadMIMEHeader()
		if end != nil {
			return said, err
		}
		length, _ := strconv.Atoi(header.Get("Content-Length"))
		body := make([]byte, length)
		if _, err := io.ReadFull(r, body); err != nil {
			t.Fatal(err)
		}
		said = append(said, string(body))
	}
}

const hello, bye, exit = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`, `{"jsonrpc":"2.0","id":9,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`

func TestMalformed(t *testing.T) {
	said, err := say(t, hello, `{"jsonrpc":`, `[]`, `{"jsonrpc":"2.0","id":"a","method":7}`, `{"jsonrpc":"2.0","id":3,"method":"textDocument/hover","params":"no"}`,
		`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///nowhere"}}}`, `{"jsonrpc":"2.0","id":4,"result":null}`, bye, exit)
	if err != nil {
		t.Error(err)
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{`"id":null`, "-32700", "-32600", `"id":"a"`, "-32602", `"id":9`} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %s:\n%s", want, all)
		}
	}
}

func TestLongMessage(t *testing.T) {
	long := `{"jsonrpc":"2.0","id":2,"method":"` + strings.Repeat("x", maxMessage) + `"}`
	said, err := say(t, hello, long, bye, exit)
	if err != nil || len(said) != 3 || !strings.Contains(strings.Join(said, " "), "-32700") {
		t.Errorf("%v, %d answers", err, len(said))
	}
	for _, in := range []string{"Content-Length: x\r\n\r\n", "Content-Length: -5\r\n\r\n{}", strings.Repeat("x", 2*maxHeader), "Content-Length: 9\r\n\r\n{}"} {
		if _, err := sayRaw(t, in); err == nil {
			t.Errorf("%.30q can't be read, and has to end the server", in)
		}
	}
}

func TestCancelled(t *testing.T) {
	said, err := say(t, hello, `{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}`, bye, exit)
	if err != nil || len(said) != 2 {
		t.Errorf("cancelling what isn't there: %v %v", err, said)
	}
	waits, goes := make(chan bool), make(chan bool)
	c := start(t, team, "{}", map[string]method{"test/slow": func(*Server, *jsonrpc2.Request) (any, error) {
		close(waits)
		<-goes
		return "done", nil
	}})
	call, err := c.conn.DispatchCall(t.Context(), "test/slow", nil, jsonrpc2.PickID(jsonrpc2.ID{Num: 77}))
	if err != nil {
		t.Fatal(err)
	}
	<-waits
	later, err := c.conn.DispatchCall(t.Context(), "textDocument/hover", positionParams{}, jsonrpc2.PickID(jsonrpc2.ID{Str: "late", IsString: true}))
	if err != nil {
		t.Fatal(err)
	}
	c.notify("$/cancelRequest", map[string]any{"id": 77})
	c.notify("$/cancelRequest", map[string]any{"id": "late"})
	if _, err := c.conn.DispatchCall(t.Context(), "nothing", nil, jsonrpc2.PickID(jsonrpc2.ID{Num: 78})); err != nil {
		t.Fatal(err)
	}
	for !c.isRunning(78) {
		time.Sleep(time.Millisecond) // once this one is read, the cancellations before it are
	}
	close(goes)
	for _, w := range []jsonrpc2.Waiter{call, later} {
		if code := codeOf(w.Wait(t.Context(), nil)); code != codeRequestCancelled {
			t.Errorf("a cancelled request gets %d", code)
		}
	}
}

// TestBugCostsOneAnswer has a method panic.
func TestBugCostsOneAnswer(t *testing.T) {
	c := start(t, team, "{}", map[string]method{"test/bug": func(*Server, *jsonrpc2.Request) (any, error) { panic("her secret") }})
	err := c.try("test/bug", nil, nil)
	if err == nil || !strings.Contains(err.Error(), "a bug in coachlog") || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
	c.open("people/ana/2026-08-03.md", "")
	c.diagnostics("people/ana/2026-08-03.md", codes(t, c, "people/ana/2026-08-03.md")...)
}

// TestHugeText is refused in the words of lint, and the rest goes on.
func TestHugeText(t *testing.T) {
	c := start(t, team, "{}")
	name := "people/ana/2026-08-03.md"
	c.open(name, c.read(name)+strings.Repeat("- [ ] x\n", logparse.MaxFileBytes/8))
	c.diagnostics(name, "too-complex")
	var list completionList
	c.call("textDocument/completion", positionParams{textDocumentIdentifier{c.uri(name)}, position{100, 7}}, &list)
	c.change(name, 2, c.read(name))
	c.diagnostics(name, codes(t, c, name)...)
}

// TestEditorDies ends the server with the process that it is for.
func TestEditorDies(t *testing.T) {
	program := exec.Command("sleep", "1000")
	if err := program.Start(); err != nil {
		t.Skip("no sleep here")
	}
	c := connect(t, team)
	c.call("initialize", map[string]any{"processId": program.Process.Pid, "capabilities": struct{}{}}, nil)
	_ = program.Process.Kill()
	_ = program.Wait()
	select {
	case err := <-c.done:
		if err != ErrNoShutdown {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the server lives on")
	}
}

// TestPlaces turns any place of any text into a position and back.
func TestPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.StringOf(rapid.SampledFrom([]rune("ab \n\r\té😀𝄞ａ"))).Draw(t, "text"))
		p := newPlaces(text, rapid.Bool().Draw(t, "utf8"))
		for offset := range string(text) {
			at := p.position(offset)
			if got := p.offset(at); got != offset && text[offset] != '\n' && text[offset] != '\r' {
				t.Fatalf("%d is %v, which is %d", offset, at, got)
			}
		}
		anywhere := position{rapid.IntRange(-1, 9).Draw(t, "line"), rapid.IntRange(-1, 9).Draw(t, "character")}
		if got := p.offset(anywhere); got < 0 || got > len(text) {
			t.Fatalf("%v is %d of %d", anywhere, got, len(text))
		}
	})
}

// TestFilesThatOthersChange are seen without anybody telling: the next question looks.
func TestFilesThatOthersChange(t *testing.T) {
	c := start(t, team, "{}")
	earlier, later := "people/ana/2026-07-27.md", "people/ana/2026-08-03.md"
	c.open(later, "")
	c.diagnostics(later, codes(t, c, later)...)
	c.write(earlier, strings.ReplaceAll(c.read(earlier), "^checklist", "^other"))
	c.notify("textDocument/didSave", documentParams{textDocumentIdentifier{c.uri(later)}})
	c.diagnostics(later, codes(t, c, later)...)
	c.write("people/ana/plan.md", strings.Replace(c.read("people/ana/plan.md"), "coach: josh", "coach: nobody-here", 1))
	c.open("people/ana/plan.md", "")
	c.diagnostics("people/ana/plan.md", codes(t, c, "people/ana/plan.md")...)
}

// TestConfidential has nothing of another file's confidential part in any answer.
func TestConfidential(t *testing.T) {
	c := start(t, team, "{}")
	name := "people/ana/2026-08-03.md"
	c.open(name, c.read(name)+"- [ ] ^")
	lines := strings.Split(c.read(name)+"- [ ] ^", "\n")
	for n, line := range lines {
		for _, method := range []string{"textDocument/completion", "textDocument/hover", "textDocument/definition"} {
			var answer any
			c.call(method, positionParams{textDocumentIdentifier{c.uri(name)}, position{n, len(line)}}, &answer)
			if text := fmt.Sprint(answer); strings.Contains(text, "secret") || strings.Contains(text, "father") {
				t.Errorf("%s in line %d tells %s", method, n+1, text)
			}
		}
	}
}

// TestOutside has nothing to say of files that are no logbook's.
func TestOutside(t *testing.T) {
	c := start(t, team, "{}")
	for name, text := range map[string]string{"README.md": "# Title\n\n- [ ] a @x ^a\n", "templates/x.md": "- [ ] a", "people/loose.md": "---\ntype: session\n---\n"} {
		c.write(name, text)
		c.open(name, "")
		var answer any
		c.call("textDocument/hover", positionParams{textDocumentIdentifier{c.uri(name)}, position{2, 7}}, &answer)
		if answer != nil {
			t.Errorf("%s: %v", name, answer)
		}
	}
	c.diagnostics("README.md")
	other := filepath.Join(t.TempDir(), "2026-08-03.md")
	if err := os.WriteFile(other, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uriOf(other), "version": 1, "text": "x"}})
	c.call("shutdown", nil, nil)
}

// TestNewerFormat is said once, and nothing is found in what may mean something else.
func TestNewerFormat(t *testing.T) {
	c := start(t, strings.Replace(team, "name: Desk", "format: 99", 1), "{}")
	name := "people/ana/2026-08-03.md"
	c.open(name, "")
	c.change(name, 2, c.read(name)+"\n")
	for range 2 { // every key asks for something
		var shown any
		if err := c.try("textDocument/hover", positionParams{textDocumentIdentifier{c.uri(name)}, position{11, 20}}, &shown); err != nil || shown != nil {
			t.Errorf("%v, %v", shown, err)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.shown) != 1 || !strings.Contains(c.shown[0], "install a newer coachlog") || len(c.found) > 0 {
		t.Errorf("shown: %q, found %v", c.shown, c.found)
	}
}
