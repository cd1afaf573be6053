package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coachlog/coachlog/internal/signature"
)

// signer makes signed commits with the programs that git would ask.
type signer struct {
	*fixture
	keys string // a folder outside the repository
}

func newSigner(t *testing.T, programs ...string) *signer {
	t.Helper()
	for _, name := range programs {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("COACHLOG_CI") != "" {
			t.Fatalf("%s is missing: apt-get install openssh-client gnupg", name)
		}
		t.Skipf("SKIPPED: %s is missing; apt-get install openssh-client gnupg", name)
	}
	s := &signer{newFixture(t, implementations[0]), t.TempDir()}
	s.write("a.md", "a\n")
	s.git("add", ".")
	s.git("commit", "-qm", "start")
	// None of this may change what Signatures reads.
	for _, setting := range []string{"log.showSignature=true", "color.ui=always", "format.pretty=oneline", "log.mailmap=true", "i18n.logOutputEncoding=UTF-16", "log.decorate=full"} {
		key, value, _ := strings.Cut(setting, "=")
		s.git("config", key, value)
	}
	return s
}

// run runs a program in the folder of the keys.
func (s *signer) run(stdin string, args ...string) string {
	s.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Stdin = s.keys, strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		s.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

// key makes a pair of SSH keys and returns the public one, without a comment.
func (s *signer) key(name, kind string) string {
	s.Helper()
	s.run("", "ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", name)
	data, err := os.ReadFile(filepath.Join(s.keys, name+".pub"))
	if err != nil {
		s.Fatal(err)
	}
	return strings.TrimSpace(string(data))
}

func (s *signer) ssh(key, namespace, payload string) string {
	s.Helper()
	return s.run(payload, "ssh-keygen", "-Y", "sign", "-q", "-n", namespace, "-f", key)
}

func (s *signer) outside(name, content string) string {
	s.Helper()
	path := filepath.Join(s.keys, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}
	return path
}

// payload is a commit as it is signed.
func (s *signer) payload(committed string, message string) string {
	tree := s.git("rev-parse", "HEAD^{tree}")
	return fmt.Sprintf("tree %s\nparent %s\nauthor Ann <ann@example.com> 1600000000 +0200\ncommitter Cee <cee@example.com> %s\n\n%s", tree, s.git("rev-parse", "HEAD"), committed, message)
}

// with puts a signature into a commit, as git does.
func with(payload, header, sig string) string {
	head, message, _ := strings.Cut(payload, "\n\n")
	return head + "\n" + header + " " + strings.ReplaceAll(strings.TrimSuffix(sig, "\n"), "\n", "\n ") + "\n\n" + message
}

func (s *signer) store(commit string) string {
	s.Helper()
	cmd := exec.Command("git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
	cmd.Dir, cmd.Stdin = s.dir, strings.NewReader(commit)
	out, err := cmd.Output()
	if err != nil {
		s.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// asGit are git's own verdicts. Of a broken signature git dies now and then, by
// SIGPIPE, when ssh-keygen ends before it has read the commit.
func (s *signer) asGit(ids ...string) map[string]string {
	s.Helper()
	var out []byte
	var err error
	for range 20 {
		cmd := exec.Command("git", append([]string{"log", "--no-walk", "--no-show-signature", "--encoding=UTF-8", "--format=%H|%G?|%GK|%GF|%GS"}, ids...)...)
		cmd.Dir = s.dir
		if out, err = cmd.Output(); err == nil {
			break
		}
	}
	if err != nil {
		s.Fatalf("git log: %v", err)
	}
	verdicts := map[string]string{}
	for line := range strings.Lines(string(out)) {
		id, verdict, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "|")
		verdicts[id] = verdict
	}
	return verdicts
}

// signedCase is a commit with the verdict that it should get.
type signedCase struct {
	name   string
	commit string // the object
	want   byte
}

// check has all cases judged by git, by coachlog with git, and by coachlog alone.
// Differs says where coachlog alone may come to another verdict than git.
func (s *signer) check(cases []signedCase, o SignatureOptions, differs func(name string, git, own byte) bool) {
	s.Helper()
	ids := make([]string, len(cases))
	for i, c := range cases {
		ids[i] = s.store(c.commit)
	}
	r := s.find()
	together, err := r.Signatures(context.Background(), ids, o)
	if err != nil {
		s.Fatal(err)
	}
	r.native, r.cfg = nil, nil
	alone, err := r.Signatures(context.Background(), ids, o)
	if err != nil {
		s.Fatal(err)
	}
	verdicts := s.asGit(ids...)
	for i, c := range cases {
		git := verdicts[ids[i]]
		f := strings.Split(git, "|")
		if f[0] != string(c.want) {
			s.Errorf("%s: git says %s, want %c", c.name, git, c.want)
		}
		got, own := together[ids[i]], alone[ids[i]]
		key := f[2]
		if key == "" {
			key = f[1]
		}
		by := "git"
		if c.want == signature.None {
			by = "coachlog"
		}
		if got.Verdict != f[0][0] || got.Key != key || got.Signer != f[3] || got.By != by && c.want != signature.Bad {
			s.Errorf("%s: Signatures says %+v, git %s", c.name, got, git)
		}
		if own.By != "coachlog" || (own.Reason == "") != (own.Verdict == signature.Good) {
			s.Errorf("%s: alone: %+v", c.name, own)
		}
		if own.Verdict != f[0][0] && !differs(c.name, f[0][0], own.Verdict) {
			s.Errorf("%s: alone %c (%s), git %s", c.name, own.Verdict, own.Reason, git)
		}
		if own.Key != key || own.Signer != f[3] {
			s.Errorf("%s: alone %q by %q, git %s", c.name, own.Key, own.Signer, git)
		}
	}
}

func never(string, byte, byte) bool { return false }

func TestSignaturesSSH(t *testing.T) {
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	zone := time.FixedZone("", 2*3600)
	ed, rsa, ecdsa := s.key("ed", "ed25519"), s.key("rsa", "rsa"), s.key("ecdsa", "ecdsa")
	lines := []string{
		"# who may sign", "", "not a line",
		"ann@example.com " + ed + " a comment",
		`"*@example.com" namespaces="file,git" ` + rsa,
		"bob@example.com,other@example.com Namespaces=\"g?t\" " + ecdsa,
	}
	limited := map[string]string{
		"expired":      `valid-before="20200101Z"`,
		"expiredlocal": `valid-before="20200913"`,
		"notyet":       `valid-after="20300101Z"`,
		"within":       `valid-after="20200101",valid-before="20300101120000"`,
		"othername":    `namespaces="file"`,
		"nottree":      `namespaces="*,!git"`,
		"badoption":    `unheard-of="1"`,
		"badtime":      `valid-after="2020"`,
		"twice":        `namespaces="git",namespaces="git"`,
		"reversed":     `valid-after="20300101",valid-before="20200101"`,
		"authority":    `cert-authority`,
	}
	for name, options := range limited {
		lines = append(lines, name+"@example.com "+options+" "+s.key(name, "ed25519"))
	}
	second := s.key("second", "ed25519") // its first line has expired, its second has not
	lines = append(lines, `second@example.com valid-before="20200101Z" `+second, "second@example.com "+second)
	third := s.key("third", "ed25519") // the same, for another principal
	lines = append(lines, `third@example.com valid-before="20200101Z" `+third, "elsewhere@example.com "+third)
	lines = append(lines, "ann@example.com,!ann@example.com "+s.key("negated", "ed25519"))
	lines = append(lines, "revoked@example.com "+s.key("revoked", "ed25519"))
	lines = append(lines, `"with space@example.com" `+s.key("space", "ed25519"))
	s.key("unknown", "ed25519")
	lines = append(lines, `*@example.com cert-authority `+s.key("ca", "ed25519"))
	lines = append(lines, `*@example.net cert-authority,valid-before="20200101Z" `+s.key("oldca", "ed25519"))
	for name, args := range map[string][]string{
		"cert":        {"-n", "carl@example.com"},
		"certold":     {"-n", "carl@example.net"},
		"certother":   {"-n", "carl@example.org"},
		"certnone":    {},
		"certexpired": {"-n", "carl@example.com", "-V", "20190101:20200101"},
		"certhost":    {"-n", "carl@example.com", "-h"},
		"certoption":  {"-n", "carl@example.com", "-O", "force-command=false"},
	} {
		s.key(name, "ed25519")
		ca := "ca"
		if name == "certold" {
			ca = "oldca"
		}
		s.run("", append(append([]string{"ssh-keygen", "-q", "-s", ca, "-I", name}, args...), name+".pub")...)
	}
	s.git("config", "gpg.ssh.allowedSignersFile", s.outside("allowed", strings.Join(lines, "\n")+"\r\n"))
	revoked, err := os.ReadFile(filepath.Join(s.keys, "revoked.pub"))
	if err != nil {
		t.Fatal(err)
	}
	s.git("config", "gpg.ssh.revocationFile", s.outside("revocations", "# lost\n"+string(revoked)))

	const when = "1600000000 +0200" // 2020-09-13
	plain := s.payload(when, "Record a log\n")
	var cases []signedCase
	add := func(name string, commit string, want byte) { cases = append(cases, signedCase{name, commit, want}) }
	signed := func(key, payload string) string { return with(payload, "gpgsig", s.ssh(key, "git", payload)) }
	good := s.ssh("ed", "git", plain)

	add("unsigned", plain, 'N')
	add("ed25519", signed("ed", plain), 'G')
	add("rsa", signed("rsa", plain), 'G')
	add("ecdsa", signed("ecdsa", plain), 'G')
	add("unknown key", signed("unknown", plain), 'U')
	add("unknown key, tampered", strings.Replace(signed("unknown", plain), "Record", "record", 1), 'B')
	add("tampered message", strings.Replace(signed("ed", plain), "Record", "record", 1), 'B')
	add("tampered date", strings.Replace(signed("ed", plain), "committer Cee <cee@example.com> 16", "committer Cee <cee@example.com> 15", 1), 'B')
	add("wrong namespace", with(plain, "gpgsig", s.ssh("ed", "file", plain)), 'B')
	add("wrong namespace, unknown key", with(plain, "gpgsig", s.ssh("unknown", "file", plain)), 'B')
	for name, want := range map[string]byte{
		"expired": 'U', "notyet": 'U', "within": 'G', "othername": 'B', "nottree": 'B', "badoption": 'U', "badtime": 'U', "twice": 'U', "reversed": 'U', "authority": 'U',
		"second": 'G', "third": 'G', "negated": 'B', "revoked": 'B', "space": 'G', "ca": 'U',
		"cert.pub": 'G', "certold.pub": 'U', "certother.pub": 'U', "certnone.pub": 'U', "certexpired.pub": 'U', "certhost.pub": 'U', "certoption.pub": 'G',
	} {
		key := name
		if base, ok := strings.CutSuffix(name, ".pub"); ok {
			key = base + "-cert.pub"
		}
		add(name, signed(key, plain), want)
	}
	// Where a day ends depends on who looks.
	midnight := time.Date(2020, 9, 13, 0, 0, 0, 0, time.Local)
	for _, edge := range []struct {
		at   time.Time
		want byte
	}{{midnight, 'G'}, {midnight.Add(time.Second), 'U'}} {
		payload := s.payload(fmt.Sprintf("%d %s", edge.at.Unix(), edge.at.In(zone).Format("-0700")), "x\n")
		add("at the edge", signed("expiredlocal", payload), edge.want)
	}
	add("within, by no date", signed("within", s.payload("", "x\n")), 'G')
	add("expired, at second 0", signed("expired", s.payload("0 +0000", "x\n")), 'U')
	add("expired, without a zone", signed("expired", s.payload("1500000000", "x\n")), 'U')
	add("expired, in time", signed("expired", s.payload("1500000000 +0000", "x\n")), 'G')

	merge := strings.Replace(plain, "author", "parent "+s.git("rev-parse", "HEAD")+"\nauthor", 1)
	add("merge", signed("ed", merge), 'G')
	tagged := strings.Replace(merge, "\n\n", "\nmergetag object "+s.git("rev-parse", "HEAD")+"\n type commit\n tag v1\n tagger A <a@example.com> 1 +0000\n \n A tag\n -----BEGIN SSH SIGNATURE-----\n none\n -----END SSH SIGNATURE-----\nencoding ISO-8859-1\n\n", 1)
	add("mergetag and encoding", signed("ed", tagged+"caf\xe9\n"), 'G')
	add("signature before other headers", strings.Replace(tagged, "\nmergetag", "\ngpgsig "+strings.ReplaceAll(strings.TrimSpace(s.ssh("ed", "git", tagged)), "\n", "\n ")+"\nmergetag", 1), 'G')
	add("the other hash's signature too", strings.Replace(with(plain, "gpgsig", good), "\ngpgsig", "\ngpgsig-sha256 -----BEGIN SSH SIGNATURE-----\n other\n -----END SSH SIGNATURE-----\ngpgsig", 1), 'G')
	add("the other hash's signature alone", with(plain, "gpgsig-sha256", good), 'N')
	add("an empty line in the signature", with(plain, "gpgsig", strings.Replace(good, "\n", "\n\n", 1)), 'G')
	add("more lines after the signature", with(plain, "gpgsig", good+"more\n"), 'G')
	add("two signatures", with(with(plain, "gpgsig", s.ssh("unknown", "git", plain)), "gpgsig", good), 'U')
	add("cut short", with(plain, "gpgsig", good[:len(good)-40]), 'B')
	add("a header in the armour", with(plain, "gpgsig", strings.Replace(good, "\n", "\nComment: x\n\n", 1)), 'B')
	add("CRLF in the armour", with(plain, "gpgsig", strings.ReplaceAll(good, "\n", "\r\n")), 'B')
	add("no base64", with(plain, "gpgsig", "-----BEGIN SSH SIGNATURE-----\n%%%\n-----END SSH SIGNATURE-----\n"), 'B')
	lookalike := s.payload(when, "A message\n\ngpgsig "+strings.ReplaceAll(good, "\n", "\n ")+"\n\n"+good)
	add("unsigned, with a signature in its message", lookalike, 'N')
	add("signed, with a signature in its message", signed("ed", lookalike), 'G')
	crlf := s.payload(when, "A message\r\n\r\nwith CRLF\r\n")
	add("CRLF in the message", signed("ed", crlf), 'G')
	add("CRLF made LF", strings.ReplaceAll(signed("ed", crlf), "\r\n", "\n"), 'B')
	add("no newline at the end", signed("ed", s.payload(when, "x")), 'G')
	add("no message", signed("ed", s.payload(when, "")), 'G')
	add("another committer than the principal", signed("ed", strings.Replace(plain, "Cee <cee@", "Eve <eve@", 1)), 'G')

	s.check(cases, SignatureOptions{}, never)
}

// TestSignaturesAlone are the cases in which git can't say.
func TestSignaturesAlone(t *testing.T) {
	s := newSigner(t, "ssh-keygen")
	s.key("ed", "ed25519")
	plain := s.payload("1600000000 +0200", "x\n")
	good := s.store(with(plain, "gpgsig", s.ssh("ed", "git", plain)))
	x509 := s.store(with(plain, "gpgsig", "-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----\n"))
	strange := s.store(with(plain, "gpgsig", "hello\n"))
	nobody := strings.Replace(plain, "committer Cee <cee@example.com>", "committer Cee", 1)
	noCommitter := s.store(with(nobody, "gpgsig", s.ssh("ed", "git", nobody)))
	line, _ := os.ReadFile(filepath.Join(s.keys, "ed.pub"))
	allowed := s.outside("allowed", "ann@example.com "+string(line))

	want := map[string]string{good: "G git", x509: "E coachlog", strange: "E coachlog", noCommitter: "E coachlog"}
	ids := []string{good, x509, strange, noCommitter, s.git("rev-parse", "HEAD")}
	verdicts := func(o SignatureOptions) map[string]Signature {
		t.Helper()
		found, err := s.find().Signatures(context.Background(), ids, o)
		if err != nil {
			t.Fatal(err)
		}
		for id, is := range want {
			if got := fmt.Sprintf("%c %s", found[id].Verdict, found[id].By); got != is {
				t.Errorf("%s: %+v, want %s", s.git("log", "-1", "--format=%B", id), found[id], is)
			}
		}
		return found
	}
	verdicts(SignatureOptions{AllowedSigners: allowed})
	want[good] = "U coachlog"
	verdicts(SignatureOptions{}) // none are configured, which git calls N
	want[good] = "U git"
	verdicts(SignatureOptions{AllowedSigners: os.DevNull})
	s.git("config", "gpg.ssh.program", "no-such-program")
	want[good] = "G coachlog"
	verdicts(SignatureOptions{AllowedSigners: allowed})
	s.git("config", "--unset", "gpg.ssh.program")

	// Only git is to be found.
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(git, filepath.Join(bin, "git")); err != nil {
		t.Skip(err)
	}
	t.Setenv("PATH", bin)
	found := verdicts(SignatureOptions{AllowedSigners: allowed})
	if s := found[good]; s.Signer != "ann@example.com" || s.Kind != signature.SSH || !strings.HasPrefix(s.Key, "SHA256:") {
		t.Errorf("%+v", s)
	}

	if _, err := s.find().Signatures(context.Background(), []string{"HEAD"}, SignatureOptions{}); err == nil {
		t.Error("HEAD is taken for an id")
	}
	if _, err := s.find().Signatures(context.Background(), []string{strings.Repeat("1", 40)}, SignatureOptions{}); err == nil {
		t.Error("a missing commit has a verdict")
	}
	if _, err := s.find().Signatures(context.Background(), ids, SignatureOptions{AllowedSigners: filepath.Join(bin, "none")}); err == nil {
		t.Error("missing allowed signers aren't an error")
	}
}

// TestSignatureOfAnotherCommit has the file of one commit hold another, well
// signed one.
func TestSignatureOfAnotherCommit(t *testing.T) {
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	s.key("ed", "ed25519")
	file := func(id string) string { return s.file(".git/objects/" + id[:2] + "/" + id[2:]) }
	plain := s.payload("1600000000 +0200", "x\n")
	good, unsigned := s.store(with(plain, "gpgsig", s.ssh("ed", "git", plain))), s.git("rev-parse", "HEAD")
	data, err := os.ReadFile(file(good))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file(unsigned)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file(unsigned), data, 0o444); err != nil {
		t.Fatal(err)
	}
	if found, err := s.find().Signatures(context.Background(), []string{unsigned}, SignatureOptions{AllowedSigners: os.DevNull}); err == nil {
		t.Errorf("%+v", found)
	}
}

// TestSignaturesGitDies: a commit of which git dies costs no other one git's
// verdict.
func TestSignaturesGitDies(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the other git is a shell script")
	}
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	key := s.key("ed", "ed25519")
	plain := s.payload("1600000000 +0200", "x\n")
	var ids []string
	for i := range 5 {
		payload := s.payload("1600000000 +0200", fmt.Sprintln(i))
		ids = append(ids, s.store(with(payload, "gpgsig", s.ssh("ed", "git", payload))))
	}
	broken := s.store(with(plain, "gpgsig", "-----BEGIN SSH SIGNATURE-----\n%\n-----END SSH SIGNATURE-----\n"))
	git, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\ncase \" $* \" in *--no-walk*)\n ids=$(cat)\n case $ids in *%s*) exit 1;; esac\n echo \"$ids\" | '%s' \"$@\"; exit;;\nesac\nexec '%s' \"$@\"\n", broken, git, git)
	program := s.outside("git", script)
	if err := os.Chmod(program, 0o755); err != nil {
		t.Fatal(err)
	}
	r := s.find()
	r.native.program = program
	found, err := r.Signatures(context.Background(), append(ids, broken), SignatureOptions{AllowedSigners: s.outside("allowed", "ann@example.com "+key)})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if got := found[id]; got.Verdict != 'G' || got.By != "git" {
			t.Errorf("%+v", got)
		}
	}
	if got := found[broken]; got.Verdict != 'B' || got.By != "coachlog" {
		t.Errorf("%+v", got)
	}
}

// TestSignaturesTracked: whom to trust must not be said by who is judged.
func TestSignaturesTracked(t *testing.T) {
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	key := s.key("ed", "ed25519")
	s.write("keys/allowed", "ann@example.com "+key+"\n")
	s.git("add", ".")
	s.git("commit", "-qm", "keys")
	plain := s.payload("1600000000 +0200", "x\n")
	good := s.store(with(plain, "gpgsig", s.ssh("ed", "git", plain)))
	link := filepath.Join(s.keys, "link")
	if err := os.Symlink(s.file("keys/allowed"), link); err != nil {
		t.Skip(err)
	}
	worktree := filepath.Join(s.keys, "worktree")
	s.git("worktree", "add", "-q", "--detach", worktree)
	if err := os.Symlink(s.keys, s.file("elsewhere")); err != nil {
		t.Fatal(err)
	}
	s.git("add", "elsewhere")
	outside := s.outside("allowed", "ann@example.com "+key+"\n")
	s.write("untracked", "ann@example.com "+key+"\n")
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "allowed"), []byte("ann@example.com "+key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	for _, alone := range []bool{false, true} {
		ask := func(o SignatureOptions, commits ...string) (Signature, error) {
			r := s.find()
			if alone {
				r.native, r.cfg = nil, nil
			}
			found, err := r.Signatures(context.Background(), commits, o)
			return found[commits[0]], err
		}
		refused := func(what string, o SignatureOptions) {
			t.Helper()
			_, err := ask(o, good)
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Remedy == "" {
				t.Errorf("%s: %v", what, err)
			}
		}
		for _, file := range []string{s.file("keys/allowed"), link, filepath.Join(worktree, "keys/allowed"), s.file("elsewhere/allowed")} {
			refused(file, SignatureOptions{AllowedSigners: file})
		}
		s.git("config", "gpg.ssh.allowedSignersFile", "keys/allowed")
		refused("configured", SignatureOptions{})
		if got, err := ask(SignatureOptions{}, s.git("rev-parse", "HEAD")); err != nil || got.Verdict != 'N' {
			t.Errorf("no signature to check: %c, %v", got.Verdict, err)
		}
		for _, file := range []string{outside, s.file("untracked")} {
			if got, err := ask(SignatureOptions{AllowedSigners: file}, good); err != nil || got.Verdict != 'G' {
				t.Errorf("%s: %c, %v", file, got.Verdict, err)
			}
		}
		for _, configured := range []string{"~/allowed", "untracked", "../" + filepath.Base(filepath.Dir(outside)) + "/allowed"} {
			s.git("config", "gpg.ssh.allowedSignersFile", configured)
			if got, err := ask(SignatureOptions{}, good); err != nil || got.Verdict != 'G' {
				t.Errorf("%s: %c, %v", configured, got.Verdict, err)
			}
		}
		s.git("config", "gpg.ssh.allowedSignersFile", "no-such-file")
		if got, err := ask(SignatureOptions{}, good); err != nil || got.Verdict != 'U' {
			t.Errorf("a configured file that is missing: %c, %v", got.Verdict, err)
		}
	}
}

// TestSignaturesByGit signs as people do.
func TestSignaturesByGit(t *testing.T) {
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	key := s.key("ed", "ed25519")
	s.git("config", "gpg.format", "ssh")
	s.git("config", "user.signingKey", filepath.Join(s.keys, "ed"))
	s.git("config", "gpg.ssh.allowedSignersFile", s.outside("allowed", "ann@example.com "+key))
	base := s.git("rev-parse", "HEAD")
	s.git("switch", "-qc", "other")
	s.git("commit", "-q", "-S", "--allow-empty", "-m", "other")
	s.git("tag", "-s", "-m", "a tag", "v1")
	s.git("switch", "-q", "main")
	s.git("commit", "-q", "-S", "--allow-empty", "-m", "main")
	s.git("merge", "-q", "-S", "--no-edit", "v1")
	for _, packed := range []bool{false, true} {
		if packed {
			s.git("gc", "-q")
		}
		ids := strings.Fields(s.git("rev-list", "HEAD"))
		for _, alone := range []bool{false, true} {
			r := s.find()
			if alone {
				r.native, r.cfg = nil, nil
			}
			found, err := r.Signatures(context.Background(), ids, SignatureOptions{})
			if err != nil {
				t.Fatal(err)
			}
			verdicts := s.asGit(ids...)
			for _, id := range ids {
				want := byte('G')
				if id == base {
					want = 'N'
				}
				if got := found[id]; got.Verdict != want || string(got.Verdict) != verdicts[id][:1] {
					t.Errorf("%s: %+v, git %s", id, got, verdicts[id])
				}
			}
		}
	}
}

// TestSignaturesSHA256 has both headers' names the other way round.
func TestSignaturesSHA256(t *testing.T) {
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	s = &signer{s.at(filepath.Join(s.keys, "repo")), s.keys}
	if out, err := exec.Command("git", "init", "-q", "--object-format=sha256", s.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	key := s.key("ed", "ed25519")
	s.git("commit", "-q", "--allow-empty", "-m", "start")
	s.git("config", "gpg.format", "ssh")
	s.git("config", "user.signingKey", filepath.Join(s.keys, "ed"))
	s.git("config", "gpg.ssh.allowedSignersFile", s.outside("allowed", "ann@example.com "+key))
	s.git("commit", "-q", "-S", "--allow-empty", "-m", "signed")
	ids := strings.Fields(s.git("rev-list", "HEAD"))
	for _, program := range []string{"ssh-keygen", "no-such-program"} {
		s.git("config", "gpg.ssh.program", program)
		found, err := s.find().Signatures(context.Background(), ids, SignatureOptions{})
		if err != nil || found[ids[0]].Verdict != 'G' || found[ids[1]].Verdict != 'N' {
			t.Errorf("%v, %v", found, err)
		}
	}
}

// gpg runs gpg as if at that time; now if it is "".
func (s *signer) gpg(at, stdin string, args ...string) string {
	s.Helper()
	all := []string{"gpg", "--batch", "--yes", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", ""}
	if at != "" {
		all = append(all, "--faked-system-time", at+"T000000!")
	}
	return s.run(stdin, append(all, args...)...)
}

// pgpKey makes a key and returns its fingerprint.
func (s *signer) pgpKey(at, user, kind, expires string) string {
	s.Helper()
	s.gpg(at, "", "--quick-gen-key", user, kind, "sign", expires)
	for line := range strings.Lines(s.gpg("", "", "--with-colons", "--list-keys", "="+user)) {
		if f := strings.Split(line, ":"); f[0] == "fpr" {
			return f[9]
		}
	}
	s.Fatalf("no key of %s", user)
	return ""
}

func (s *signer) pgp(at, key, payload string, args ...string) string {
	s.Helper()
	return s.gpg(at, payload, append(args, "-bsa", "-u", key+"!")...)
}

func (s *signer) revoke(key string) {
	s.Helper()
	data, err := os.ReadFile(filepath.Join(os.Getenv("GNUPGHOME"), "openpgp-revocs.d", key+".rev"))
	if err != nil {
		s.Fatal(err)
	}
	s.gpg("", strings.Replace(string(data), ":-----BEGIN", "-----BEGIN", 1), "--import")
}

// TestSignaturesOpenPGP: only gpg's database says who is trusted, so that G and
// U, and nothing else, may differ without gpg.
func TestSignaturesOpenPGP(t *testing.T) {
	s := newSigner(t, "gpg")
	home, err := os.MkdirTemp("", "gpg") // the agent's socket must have a short path
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GNUPGHOME", home)
	t.Cleanup(func() {
		exec.Command("gpgconf", "--kill", "all").Run()
		os.RemoveAll(home)
	})
	const early = "20200101"
	ann := s.pgpKey(early, "Ann Coach <ann@example.com>", "ed25519", "never")
	rsa := s.pgpKey(early, "Rob Ünal <rob@example.com>", "rsa2048", "never")
	nist := s.pgpKey(early, "Nia <nia@example.com>", "nistp256", "never")
	expired := s.pgpKey(early, "Exp <exp@example.com>", "ed25519", "2021-01-01")
	revoked := s.pgpKey(early, "Rev <rev@example.com>", "ed25519", "never")
	both := s.pgpKey(early, "Both <both@example.com>", "ed25519", "2021-01-01")
	missing := s.pgpKey(early, "Mis <mis@example.com>", "ed25519", "never")
	untrusted := s.pgpKey(early, "Unt <unt@example.com>", "ed25519", "never")
	s.gpg(early, "", "--quick-add-key", ann, "ed25519", "sign", "never")
	s.gpg(early, "", "--quick-add-key", ann, "rsa2048", "sign", "2021-01-01")
	var fingerprints []string
	for line := range strings.Lines(s.gpg("", "", "--with-colons", "--list-keys", ann)) {
		if f := strings.Split(line, ":"); f[0] == "fpr" {
			fingerprints = append(fingerprints, f[9])
		}
	}
	if len(fingerprints) != 3 {
		t.Fatal(fingerprints)
	}
	sub, expiredSub := fingerprints[1], fingerprints[2]
	s.gpg("", "", "--default-key", ann, "--quick-sign-key", rsa)
	s.gpg("", "", "--default-key", ann, "--quick-lsign-key", nist)

	plain := s.payload("1600000000 +0200", "Record a log\n")
	const then = "20200913"
	signed := func(key string, args ...string) string {
		return with(plain, "gpgsig", s.pgp(then, key, plain, args...))
	}
	one, two := s.pgp(then, ann, plain), s.pgp(then, rsa, plain)
	twice := s.gpg("", s.gpg("", one, "--dearmor")+s.gpg("", two, "--dearmor"), "--enarmor")
	twice = strings.ReplaceAll(twice, "ARMORED FILE", "SIGNATURE")
	crlf := s.payload("1600000000 +0200", "One\r\n\r\ntwo  \r\n")
	lookalike := s.payload("1600000000 +0200", "A message\n\n"+one)
	cases := []signedCase{
		{"unsigned", plain, 'N'},
		{"ed25519", signed(ann), 'G'},
		{"rsa", signed(rsa), 'G'},
		{"nist", signed(nist), 'G'},
		{"text mode", signed(ann, "--textmode"), 'G'},
		{"SHA-512", signed(rsa, "--digest-algo", "SHA512"), 'G'},
		{"subkey", signed(sub), 'G'},
		{"expired subkey", signed(expiredSub), 'Y'},
		{"untrusted", signed(untrusted), 'U'},
		{"tampered", strings.Replace(signed(ann), "Record", "record", 1), 'B'},
		{"tampered, of an expired key", strings.Replace(signed(expired), "Record", "record", 1), 'B'},
		{"missing", signed(missing), 'E'},
		{"expired signature", signed(ann, "--default-sig-expire", "2020-10-01"), 'X'},
		{"signature to expire", signed(ann, "--default-sig-expire", "2090-01-01"), 'G'},
		{"signature from the future", with(plain, "gpgsig", s.pgp("20900101", ann, plain)), 'G'},
		{"signature older than its key", with(plain, "gpgsig", s.pgp("20190101", ann, plain, "--ignore-time-conflict")), 'E'},
		{"expired key", signed(expired), 'Y'},
		{"expired signature of an expired key", signed(expired, "--default-sig-expire", "2020-10-01"), 'X'},
		{"revoked key", signed(revoked), 'R'},
		{"expired signature of a revoked key", signed(revoked, "--default-sig-expire", "2020-10-01"), 'X'},
		{"expired and revoked key", signed(both), 'Y'},
		{"two signatures", with(plain, "gpgsig", twice), 'E'},
		{"two blocks", with(plain, "gpgsig", one+two), 'E'},
		{"CRLF in the message", with(crlf, "gpgsig", s.pgp(then, ann, crlf)), 'G'},
		{"CRLF made LF", strings.ReplaceAll(with(crlf, "gpgsig", s.pgp(then, ann, crlf)), "\r\n", "\n"), 'B'},
		{"a signature in its message", with(lookalike, "gpgsig", s.pgp(then, ann, lookalike)), 'G'},
		{"unsigned, a signature in its message", lookalike, 'N'},
	}
	s.revoke(revoked)
	s.revoke(both)
	s.gpg("", untrusted+":2:\n", "--import-ownertrust")
	s.gpg("", "", "--delete-secret-and-public-key", missing)
	keyring := s.outside("keyring", s.gpg("", "", "--export", "--armor"))
	binary := s.outside("keyring.gpg", s.gpg("", "", "--export"))
	blocks := s.outside("blocks", s.gpg("", "", "--export", "--armor", rsa, nist, expired, revoked, both, untrusted)+s.gpg("", "", "--export", "--armor", ann))
	trust := func(name string, git, own byte) bool { return git == 'U' && own == 'G' }
	s.check(cases, SignatureOptions{Keyring: keyring}, trust)

	// Without gpg, coachlog judges and says so.
	s.git("config", "gpg.program", "no-such-program")
	var ids []string
	for _, c := range cases {
		ids = append(ids, s.store(c.commit))
	}
	for _, o := range []SignatureOptions{{Keyring: keyring}, {Keyring: binary}, {Keyring: blocks}, {}} {
		found, err := s.find().Signatures(context.Background(), ids, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cases {
			want := c.want
			if want == 'U' {
				want = 'G'
			}
			if o.Keyring == "" && want != 'N' {
				want = 'E'
			}
			if got := found[ids[i]]; got.Verdict != want || got.By != "coachlog" {
				t.Errorf("%s without gpg: %+v", c.name, got)
			}
		}
	}
	for _, bad := range []string{"", "not a keyring", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n"} {
		if _, err := s.find().Signatures(context.Background(), []string{s.store(cases[1].commit)}, SignatureOptions{Keyring: s.outside("bad", bad)}); err == nil {
			t.Errorf("%q is taken for a keyring", bad)
		}
	}
}
