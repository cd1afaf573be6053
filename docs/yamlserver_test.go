package docs_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const schemaURL = "https://raw.githubusercontent.com/coachlog/coachlog/main/docs/schema/"

var schemaComment = regexp.MustCompile(`(?m)^# yaml-language-server: \$schema=` + regexp.QuoteMeta(schemaURL) + `(\S+)$`)

// TestYAMLServer opens coachlog.yaml as an editor does, with the schema that its comment names.
func TestYAMLServer(t *testing.T) {
	program := filepath.Join(os.Getenv("COACHLOG_YAML"), "node_modules", ".bin", "yaml-language-server")
	if _, err := os.Stat(program); err != nil {
		if os.Getenv("COACHLOG_CI") != "" {
			t.Fatal("yaml-language-server isn't here: npm install it, and set COACHLOG_YAML to where")
		}
		t.Skip("SKIPPED: yaml-language-server isn't here: npm install it, and set COACHLOG_YAML to where")
	}
	server := startYAMLServer(t, program)
	for _, path := range []string{"../examples/team/coachlog.yaml", "../templates/coachlog.yaml"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := server.diagnose(t, path, string(text)); len(found) > 0 {
			t.Errorf("%s: %q", path, found)
		}
		for wrong, want := range map[string]string{
			"cadense: weekly\n":                        "cadense",
			"minutes: 2000\n":                          "1440",
			"people:\n  josh: {coash: maria}\n":        "coash",
			"rules: {talk-share: of}\n":                "off",
			"metrics:\n  aht: {direction: downward}\n": "lower",
		} {
			key, _, _ := strings.Cut(wrong, ":")
			rest := regexp.MustCompile(`(?m)^`+key+`:.*\n(?:[ #].*\n|\n)*`).ReplaceAllString(string(text), "")
			if found := strings.Join(server.diagnose(t, path, rest+wrong), "\n"); !strings.Contains(found, want) {
				t.Errorf("%s with %q: %q", path, wrong, found)
			}
		}
	}
}

// A yamlServer is a language server with which the test talks as an editor does.
type yamlServer struct {
	to   io.Writer
	from *textproto.Reader
	ids  int
}

func startYAMLServer(t *testing.T, program string) *yamlServer {
	t.Helper()
	c := exec.Command(program, "--stdio")
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		c.Process.Kill()
		c.Wait()
	})
	s := &yamlServer{to: in, from: textproto.NewReader(bufio.NewReader(out))}
	s.send(t, map[string]any{"id": 0, "method": "initialize", "params": map[string]any{"processId": os.Getpid(), "rootUri": nil, "capabilities": map[string]any{}}})
	for s.receive(t)["id"] != float64(0) {
	}
	s.send(t, map[string]any{"method": "initialized", "params": map[string]any{}})
	s.send(t, map[string]any{"method": "workspace/didChangeConfiguration", "params": map[string]any{"settings": map[string]any{"yaml": map[string]any{"validate": true, "schemaStore": map[string]any{"enable": false}}}}})
	return s
}

// diagnose opens a text, with the schema of this repository in place of the published one, and
// returns what the server says of it.
func (s *yamlServer) diagnose(t *testing.T, path, text string) (messages []string) {
	t.Helper()
	schema := schemaComment.FindStringSubmatch(text)
	if schema == nil {
		t.Fatalf("%s names no schema of this repository", path)
	}
	file, err := filepath.Abs(filepath.Join("schema", schema[1]))
	if err != nil {
		t.Fatal(err)
	}
	text = strings.Replace(text, schemaURL+schema[1], "file://"+file, 1)
	s.ids++
	uri := fmt.Sprintf("file:///logbook-%d/coachlog.yaml", s.ids)
	s.send(t, map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": text}}})
	for {
		message := s.receive(t)
		params, _ := message["params"].(map[string]any)
		if message["method"] != "textDocument/publishDiagnostics" || params["uri"] != uri {
			continue
		}
		for _, d := range params["diagnostics"].([]any) {
			messages = append(messages, d.(map[string]any)["message"].(string))
		}
		return messages
	}
}

func (s *yamlServer) send(t *testing.T, message map[string]any) {
	t.Helper()
	message["jsonrpc"] = "2.0"
	text, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(s.to, "Content-Length: %d\r\n\r\n%s", len(text), text); err != nil {
		t.Fatal(err)
	}
}

// receive is the next message; what the server asks for is answered with nothing.
func (s *yamlServer) receive(t *testing.T) (message map[string]any) {
	t.Helper()
	header, err := s.from.ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		t.Fatal(err)
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(s.from.R, text); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &message); err != nil {
		t.Fatal(err)
	}
	if id, asks := message["id"]; asks && message["method"] != nil {
		s.send(t, map[string]any{"id": id, "result": nil})
	}
	return message
}
