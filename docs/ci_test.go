package docs_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// fakeForge stands in for gh and curl: it keeps what it was called with and what was sent, and
// answers with what is there.
const fakeForge = `#!/bin/sh
printf '%s\n' "$*" >>"$FAKE/calls"
case "$*" in *"--config -"*) cat >>"$FAKE/config" ;; esac
sent=
for arg; do
	case $arg in
	body=@* | body@* | description@* | @*) cp "${arg#*@}" "$FAKE/sent"; sent=1 ;;
	esac
done
[ -n "$sent" ] && exit
case "$*" in
*/user) echo '{"id": 5}' ;;
*) cat "$FAKE/there" ;;
esac
`

// A ciJob is one step of an example, which writes to a forge.
type ciJob struct {
	file, job, step string
	there           string // what is there already: somebody else's with the same first line, and ours, which is 12
	post, refresh   string // how both are sent
}

const (
	changesMark = `<!-- coachlog: what changes -->`
	toDoMark    = `<!-- coachlog: to do -->`
)

var ciJobs = []ciJob{
	{"github-comment.yml", "comment", "Comment", `[{"id": 11, "user": {"type": "User"}, "body": "MARK mine"}, {"id": 12, "user": {"type": "Bot"}, "body": "MARK"}]`,
		"--method POST repos/a/b/issues/7/comments ", "--method PATCH repos/a/b/issues/comments/12 "},
	{"github-weekly.yml", "issue", "Issue", `[{"number": 11, "user": {"type": "User"}, "body": "MARK mine"}, {"number": 13, "user": {"type": "Bot"}, "body": null}, {"number": 12, "user": {"type": "Bot"}, "body": "MARK"}]`,
		"--method POST repos/a/b/issues ", "--method PATCH repos/a/b/issues/12 "},
	{"gitlab.yml", "coachlog comment", "", `[{"id": 11, "author": {"id": 4}, "body": "MARK mine"}, {"id": 12, "author": {"id": 5}, "body": "MARK"}]`,
		"--request POST https://forge/projects/9/merge_requests/7/notes ", "--request PUT https://forge/projects/9/merge_requests/7/notes/12 "},
	{"gitlab.yml", "coachlog weekly", "", `[{"iid": 11, "description": null}, {"iid": 12, "description": "MARK"}]`,
		"--request POST https://forge/projects/9/issues ", "--request PUT https://forge/projects/9/issues/12 "},
	{"forgejo.yml", "comment", "Comment", `[{"id": 11, "user": {"login": "ana"}, "body": "MARK mine"}, {"id": 12, "user": {"login": "forgejo-actions"}, "body": "MARK"}]`,
		"--request POST https://forge/7/comments ", "--request PATCH https://forge/comments/12 "},
	{"forgejo.yml", "weekly", "Issue", `[{"number": 11, "user": {"login": "ana"}, "body": "MARK mine"}, {"number": 12, "user": {"login": "forgejo-actions"}, "body": "MARK"}]`,
		"--request POST https://forge ", "--request PATCH https://forge/12 "},
}

// TestCIJobs runs what the examples run, in a logbook with a change, against a forge that keeps
// what it gets.
func TestCIJobs(t *testing.T) {
	r := newCIRunner(t)
	t.Run("action", r.action)
	t.Run("chat", r.chat)
	t.Run("lint", r.gitlabLint)
	for _, j := range ciJobs {
		t.Run(j.file+" "+j.job, func(t *testing.T) {
			script := ciScript(t, j.file, j.job, j.step)
			weekly := !strings.Contains(script, changesMark)
			mark := changesMark
			if weekly {
				mark = toDoMark
			}
			there := strings.ReplaceAll(j.there, "MARK", mark)
			for _, c := range []struct{ there, want string }{{"[]", j.post}, {there, j.refresh}} {
				calls, sent, err := r.run(t, script, c.there, "BASE=main", "CI_MERGE_REQUEST_DIFF_BASE_SHA=main")
				if err != nil || !strings.Contains(calls, c.want) || strings.Count(calls, "PATCH")+strings.Count(calls, "POST")+strings.Count(calls, "PUT") != 1 {
					t.Errorf("%v; called\n%s, and not once with %s", err, calls, c.want)
				}
				if !strings.HasPrefix(sent, mark+"\n") {
					t.Errorf("the first line isn't the mark:\n%s", sent)
				}
				if called := regexp.MustCompile(`@[a-z]\w*`).FindString(sent); called != "" {
					t.Errorf("it calls %s:\n%s", called, sent)
				}
				if strings.Contains(calls, "hunter2") {
					t.Errorf("the token is on a command line:\n%s", calls)
				}
				if weekly != strings.Contains(sent, "priya") || !weekly && !strings.Contains(sent, "1 session recorded, 1 result noted") {
					t.Errorf("sent\n%s", sent)
				}
			}
			if weekly {
				return
			}
			if _, sent, err := r.run(t, script, "[]", "BASE=main", "CI_MERGE_REQUEST_DIFF_BASE_SHA=main", "DETAILS=--details", "COACHLOG_DETAILS=--details"); err != nil || !strings.Contains(sent, "greet") {
				t.Errorf("%v; with details it has\n%s", err, sent)
			}
			if calls, sent, err := r.run(t, script, "[]", "BASE=gone", "CI_MERGE_REQUEST_DIFF_BASE_SHA=gone"); err == nil || calls != "" || sent != "" {
				t.Errorf("without the commit it ends with %v, and sends %s", err, sent)
			}
		})
	}
}

// gitlabLint: the job ends as lint does, and has both of its reports all the same.
func (r *ciRunner) gitlabLint(t *testing.T) {
	script := ciScript(t, "gitlab.yml", "coachlog lint", "")
	broken := filepath.Join(r.logbook, "people/priya/2026-10-06.md")
	for _, text := range []string{"", "---\ntype: [session\n---\n"} {
		if text != "" {
			if err := os.WriteFile(broken, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(broken)
		}
		_, _, err := r.run(t, script, "")
		var issues []map[string]any
		quality, _ := os.ReadFile(filepath.Join(r.logbook, "code-quality.json"))
		tests, _ := os.ReadFile(filepath.Join(r.logbook, "lint.xml"))
		if (err != nil) != (text != "") || json.Unmarshal(quality, &issues) != nil || !strings.Contains(string(tests), "<testsuite") {
			t.Errorf("it ends with %v; code quality:\n%s\ntests:\n%s", err, quality, tests)
		}
	}
}

// chat: the message goes to the webhook, whose address is on no command line.
func (r *ciRunner) chat(t *testing.T) {
	calls, sent, err := r.run(t, ciScript(t, "github-chat.yml", "post", "Post"), "", "WEBHOOK=https://chat.example.org/hunter2", "CHAT=json")
	config, _ := os.ReadFile(filepath.Join(r.fake, "config"))
	if err != nil || string(config) != "url = \"https://chat.example.org/hunter2\"\n" || strings.Contains(calls, "hunter2") || !json.Valid([]byte(sent)) {
		t.Errorf("%v; called %s with %s and sent %s", err, calls, config, sent)
	}
}

// action: what somebody gives the action is never a command.
func (r *ciRunner) action(t *testing.T) {
	install, run := ciScript(t, "../../action.yml", "", "Install"), ciScript(t, "../../action.yml", "", "Run")
	for version, ok := range map[string]bool{"latest": true, "v0.1.0": true, "v0.1.0-rc.1": true, "main": true, "": false, "v1; touch owned": false, "$(touch owned)": false, "v1 -ldflags=x": false, "v1\ntouch owned": false} {
		if calls, _, err := r.run(t, install, "", "VERSION="+version); (err == nil) != ok || ok != strings.Contains(calls, "install github.com/coachlog/coachlog/cmd/coachlog@"+version) {
			t.Errorf("version %q: %v, %s", version, err, calls)
		}
	}
	for args, ok := range map[string]bool{"": true, "check": true, "check --today 2026-10-02": true, "check\n--today 2026-10-02\n": true, "check\n--no-such-flag": false, "check; touch owned": false, "check $(touch owned)": false, "check `touch owned`": false, "check && touch owned": false} {
		if _, _, err := r.run(t, run, "", "ARGS="+args, "COACHLOG_DIR="+r.logbook); (err == nil) != ok {
			t.Errorf("args %q: %v", args, err)
		}
	}
	if _, err := os.Stat(filepath.Join(r.logbook, "owned")); err == nil {
		t.Error("a command in an input was run")
	}
}

// ciScript is what a step, or a job of GitLab's, has a shell run.
func ciScript(t *testing.T, file, job, step string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../examples/ci", file))
	if err != nil {
		t.Fatal(err)
	}
	type steps []struct{ Name, Run string }
	var doc struct {
		Jobs map[string]struct{ Steps steps }
		Runs struct{ Steps steps }
	}
	var jobs map[string]any
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &jobs); err != nil {
		t.Fatal(err)
	}
	for _, s := range append(doc.Jobs[job].Steps, doc.Runs.Steps...) {
		if s.Name == step {
			return s.Run
		}
	}
	if of, ok := jobs[job].(map[string]any); ok {
		var lines []string
		for _, line := range of["script"].([]any) {
			lines = append(lines, line.(string))
		}
		return strings.Join(lines, "\n")
	}
	t.Fatalf("%s has no step %s %s", file, job, step)
	return ""
}

// A ciRunner runs steps in a branch of a logbook.
type ciRunner struct {
	logbook, fake string
	env           []string
}

func newCIRunner(t *testing.T) *ciRunner {
	for _, program := range []string{"bash", "jq"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("COACHLOG_CI") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	home := t.TempDir()
	r := &ciRunner{logbook: filepath.Join(home, "team"), fake: filepath.Join(home, "fake")}
	bin := filepath.Join(home, "bin")
	r.env = append(os.Environ(), "HOME="+home, "PATH="+bin+":"+os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "FAKE="+r.fake, "RUNNER_TEMP="+home,
		"GITHUB_PATH="+filepath.Join(home, "path"), "GITHUB_REPOSITORY=a/b", "PULL=7", "API=https://forge", "TOKEN=hunter2", "GH_TOKEN=hunter2", "COACHLOG_TOKEN=hunter2",
		"CI_API_V4_URL=https://forge", "CI_PROJECT_ID=9", "CI_MERGE_REQUEST_IID=7")
	r.command(t, ".", "go", "build", "-o", bin+"/", "../cmd/coachlog")
	for _, name := range []string{"gh", "curl", "go"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(fakeForge), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(r.logbook, os.DirFS("../examples/team")); err != nil {
		t.Fatal(err)
	}
	git := func(args ...string) {
		r.command(t, r.logbook, "git", append([]string{"-c", "user.name=Josh", "-c", "user.email=josh@example.org"}, args...)...)
	}
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-qm", "start")
	git("update-ref", "refs/remotes/origin/main", "main")
	git("switch", "-qc", "branch")
	log := "---\ntype: session\ncoachee: priya\ncoach: josh\ndate: 2026-10-05\nstatus: held\n---\n\n## Follow-through\n\n- [ ] Greet everybody\n  - [x] Open every call with the greeting ^greet\n"
	if err := os.WriteFile(filepath.Join(r.logbook, "people/priya/2026-10-05.md"), []byte(log), 0o644); err != nil {
		t.Fatal(err)
	}
	git("add", ".")
	git("commit", "-qm", "a session")
	return r
}

func (r *ciRunner) command(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = dir
	if name == "git" {
		c.Env = r.env
	}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// run runs a script as a forge's runner does, and says how gh or curl were called, and what was
// sent.
func (r *ciRunner) run(t *testing.T, script, there string, env ...string) (calls, sent string, err error) {
	t.Helper()
	for _, err := range []error{os.RemoveAll(r.fake), os.Mkdir(r.fake, 0o755), os.WriteFile(filepath.Join(r.fake, "there"), []byte(there), 0o644)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command("bash", "-eo", "pipefail", "-c", script)
	c.Dir, c.Env = r.logbook, append(r.env, env...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Logf("%s", out)
	}
	called, _ := os.ReadFile(filepath.Join(r.fake, "calls")) // missing where nothing was
	what, _ := os.ReadFile(filepath.Join(r.fake, "sent"))
	var asJSON struct{ Body string }
	if json.Unmarshal(what, &asJSON) == nil && asJSON.Body != "" {
		what = []byte(asJSON.Body)
	}
	return string(called), string(what), err
}

// TestIssueForms: whoever reports a bug is asked for what has nothing of theirs, and forms are such
// that a forge shows them.
func TestIssueForms(t *testing.T) {
	forms, err := filepath.Glob("../.github/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(forms) < 3 {
		t.Fatal(forms, err)
	}
	for _, name := range append(forms, "../.gitlab/issue_templates/bug.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(name) == "config.yml" {
			continue
		}
		if !strings.Contains(string(text), "coachlog doctor --report") {
			t.Errorf("%s doesn't ask for coachlog doctor --report", name)
		}
		if filepath.Ext(name) != ".yml" {
			continue
		}
		var form struct {
			Name, Description string
			Body              []struct {
				Type, ID   string
				Attributes struct{ Label, Value string }
			}
		}
		if err := yaml.Unmarshal(text, &form); err != nil || form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s: %v; a form has a name, a description and a body", name, err)
		}
		for _, part := range form.Body {
			if part.Type == "markdown" && part.Attributes.Value == "" || part.Type == "textarea" && (part.ID == "" || part.Attributes.Label == "") || part.Type != "markdown" && part.Type != "textarea" {
				t.Errorf("%s: a part can't be shown: %+v", name, part)
			}
		}
	}
}
