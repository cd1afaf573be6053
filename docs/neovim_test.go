package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const colouredLog = `- [ ] Ask @ana about due:soon and x^2 ^calm metric:aht<=390 #tag [[Page]] <!-- due:never --> due:2026-07-31
  - [x] Two hours @josh
  2. [n] Not done by:ana
- [/] Partly skill:notes every:week
- [!] Blocked
- [-] Dropped
- [>] Carried
- I stay calm received:2026-07-01 ✅ 2026-07-12
- [?] Unknown, ^a in the text
- [x]glued, and [x] there
- 電話 @ana 電話

Ask @ana

` + "```\n- [x] code ^a\n```" + `

## 🔒 Confidential

### How confidential is it?
`

// TestNeovimColours: Neovim colours the marks and tokens of a log, below a logbook only.
func TestNeovimColours(t *testing.T) {
	for folder, want := range map[string][]string{
		"logbook": {
			"Open: [ ]", "Id: ^calm", "Key: metric:", "Value: aht<=390", "Tag: #tag", "Tag: [[Page]]", "Key: due:", "Value: 2026-07-31",
			"Done: [x]", "Person: @josh", "NotDone: [n]", "Key: by:", "Value: ana",
			"Partly: [/]", "Key: skill:", "Value: notes", "Key: every:", "Value: week", "Blocked: [!]", "Dropped: [-]", "Carried: [>]",
			"Key: received:", "Value: 2026-07-01", "Confidential: 🔒 Confidential",
		},
		"elsewhere": nil,
	} {
		script := `
			local found = {}
			for line, text in ipairs(vim.fn.getline(1, '$')) do
				local before = ''
				for column = 1, #text do
					local name = vim.fn.synIDattr(vim.fn.synID(line, column, 1), 'name')
					if name ~= before then table.insert(found, name .. ': ') end
					found[#found] = found[#found] .. text:sub(column, column)
					before = name
				end
			end
			return found`
		var found, got []string
		neovim(t, neovimLog(t, folder, colouredLog), script, &found)
		for _, piece := range found {
			if name, ok := strings.CutPrefix(piece, "coachlog"); ok && !strings.HasPrefix(name, "Tail") {
				got = append(got, name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, -want +got:\n%s", folder, diff)
		}
	}
}

// TestNeovimServer: Neovim starts the server once for a logbook, and not in its folder.
func TestNeovimServer(t *testing.T) {
	log := neovimLog(t, "logbook", "- [ ] Calmer calls\n")
	notes := fakeCoachlog(t)
	var attached []bool
	neovim(t, log, `
		local attached = {}
		for _, name in ipairs({ '2026-07-06.md', 'plan.md', '../../../README.md' }) do
			vim.cmd('edit ' .. vim.fn.expand('%:p:h') .. '/' .. name)
			vim.wait(20000, function() return #vim.lsp.get_active_clients() > 0 end, 10)
			table.insert(attached, vim.lsp.buf_is_attached(0, vim.lsp.get_active_clients()[1].id))
		end
		vim.wait(20000, function()
			local told = table.concat(vim.fn.readfile(vim.env.FAKE_COACHLOG_NOTES))
			return select(2, told:gsub('textDocument/didOpen', '')) == 2
		end, 10)
		return attached`, &attached)
	if want := []bool{true, true, false}; !slices.Equal(attached, want) {
		t.Errorf("attached are %v, not %v", attached, want)
	}
	text, err := os.ReadFile(notes)
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(text), "\n"); first != `{"started":{"args":["lsp"],"cwd":"`+home+`"}}` {
		t.Errorf("it is started as %s", first)
	}
	for words, want := range map[string]int{
		`{"started":`: 1, `"rootUri":"file://` + filepath.Dir(filepath.Dir(filepath.Dir(log))) + `"`: 1,
		`"method":"textDocument/didOpen"`: 2,
	} {
		if got := strings.Count(string(text), words); got != want {
			t.Errorf("%s is there %d times, not %d, in\n%s", words, got, want, text)
		}
	}
}

// TestNeovimNewer stands in for what Neovim 0.11 has to set up servers with.
func TestNeovimNewer(t *testing.T) {
	log := neovimLog(t, "logbook", "")
	var got map[string]any
	neovim(t, log, `
		local given = {}
		vim.lsp.config = function(name, config) given.name, given.config = name, config end
		vim.lsp.enable = function(name) given.enabled = name end
		vim.cmd('luafile ../editors/nvim/coachlog.lua')
		given.config.root_dir(vim.api.nvim_get_current_buf(), function(folder) given.root = folder end)
		given.config.root_dir(vim.api.nvim_create_buf(true, false), function(folder) given.outside = folder end)
		given.config.root_dir = nil
		return given`, &got)
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"name": "coachlog", "enabled": "coachlog", "root": filepath.Dir(filepath.Dir(filepath.Dir(log))),
		"config": map[string]any{"name": "coachlog", "cmd": []any{"coachlog", "lsp"}, "cmd_cwd": home, "filetypes": []any{"markdown"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// neovimLog writes a log into a folder, which is a logbook where it is called one.
func neovimLog(t *testing.T, folder, text string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{folder + "/people/ana/2026-07-06.md": text, folder + "/people/ana/plan.md": "", "README.md": ""}
	if folder == "logbook" {
		files["logbook/coachlog.yaml"] = "format: 2\n"
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, folder, "people", "ana", "2026-07-06.md")
}

// fakeCoachlog puts a stand-in for coachlog on the PATH, and returns where it writes what it is told.
func fakeCoachlog(t *testing.T) (notes string) {
	t.Helper()
	needs(t, "node")
	program, err := filepath.Abs(extension + "/test/fake-coachlog.mjs")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "coachlog")); err != nil {
		t.Fatal(err)
	}
	notes = filepath.Join(bin, "notes")
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Setenv("FAKE_COACHLOG_NOTES", notes)
	return notes
}

// neovim opens a file with coachlog's settings, and reads what a script in Lua returns.
func neovim(t *testing.T, file, script string, into any) {
	t.Helper()
	needs(t, "nvim")
	out := filepath.Join(t.TempDir(), "out.json")
	run := filepath.Join(t.TempDir(), "run.lua")
	text := "local ok, result = pcall(function()\n" + script + "\nend)\n" +
		"vim.fn.writefile({ vim.fn.json_encode(ok and result or { failed = result }) }, '" + out + "')\nvim.cmd('qall!')\n"
	if err := os.WriteFile(run, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n",
		"--cmd", "set runtimepath+=../editors/nvim,../editors/nvim/after", "--cmd", "filetype plugin on | syntax on",
		"--cmd", "luafile ../editors/nvim/coachlog.lua", file, "-c", "luafile "+run)
	said, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if err := json.NewDecoder(bytes.NewReader(written)).Decode(into); err != nil {
		t.Fatalf("%v\n%s\n%s", err, written, said)
	}
}

func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("COACHLOG_CI") != "" {
			t.Fatalf("%s isn't here", program)
		}
		t.Skipf("%s isn't here", program)
	}
}
