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

// ask has git check one commit, as another process would.
func (s *signer) ask(commit, signers string) (Signature, error) {
	found, err := s.find().Signatures(context.Background(), []string{commit}, signers)
	return found[commit], err
}

// signedCase is a commit object with the verdict that it should get.
type signedCase struct {
	name   string
	commit string
	want   byte
	signer string
}

// check asks for all cases at once, with git and without.
func (s *signer) check(cases []signedCase, signers string) {
	s.Helper()
	ids := make([]string, len(cases))
	for i, c := range cases {
		ids[i] = s.store(c.commit)
	}
	r := s.find()
	found, err := r.Signatures(context.Background(), ids, signers)
	if err != nil {
		s.Fatal(err)
	}
	r.native, r.cfg = nil, nil
	alone, err := r.Signatures(context.Background(), ids, signers)
	if err != nil {
		s.Fatal(err)
	}
	for i, c := range cases {
		got := found[ids[i]]
		if c.want == 0 != (got.Unchecked != "") || got.Verdict != c.want || got.Signer != c.signer {
			s.Errorf("%s: %+v, want %q by %q", c.name, got, c.want, c.signer)
		}
		got = alone[ids[i]]
		if (c.want == 'N') != (got.Verdict == 'N') || (c.want == 'N') != (got.Unchecked == "") {
			s.Errorf("%s, without git: %+v", c.name, got)
		}
	}
}

func TestSignaturesSSH(t *testing.T) {
	t.Parallel()
	s := newSigner(t, "ssh-keygen")
	ed, old, revoked := s.key("ed", "ed25519"), s.key("old", "ed25519"), s.key("revoked", "ed25519")
	s.key("unknown", "ed25519")
	s.git("config", "gpg.ssh.allowedSignersFile", s.outside("allowed", "ann@example.com "+ed+"\nold@example.com valid-before=\"20200101Z\" "+old+"\nrevoked@example.com "+revoked+"\n"))
	s.git("config", "gpg.ssh.revocationFile", s.outside("revocations", revoked+"\n"))
	plain := s.payload("1600000000 +0200", "Record a log\n") // 2020-09-13
	signed := func(key string) string { return with(plain, "gpgsig", s.ssh(key, "git", plain)) }
	lookalike := s.payload("1600000000 +0200", "A message\n\ngpgsig "+strings.ReplaceAll(s.ssh("ed", "git", plain), "\n", "\n ")+"\n")
	cases := []signedCase{
		{"unsigned", plain, 'N', ""},
		{"good", signed("ed"), 'G', "ann@example.com"},
		{"unknown key", signed("unknown"), 'U', ""},
		{"key that has expired", signed("old"), 'U', ""},
		{"tampered", strings.Replace(signed("ed"), "Record", "record", 1), 'B', ""},
		{"for something else", with(plain, "gpgsig", s.ssh("ed", "file", plain)), 'B', ""},
		{"the other hash's signature alone", with(plain, "gpgsig-sha256", s.ssh("ed", "git", plain)), 'N', ""},
		{"unsigned, with a signature in its message", lookalike, 'N', ""},
		{"signed, with a signature in its message", with(lookalike, "gpgsig", s.ssh("ed", "git", lookalike)), 'G', "ann@example.com"},
		{"of no kind that git knows", with(plain, "gpgsig", "hello\n"), 0, ""},
	}
	s.check(cases, "")
	if got, err := s.ask(s.store(signed("revoked")), ""); err != nil || got.Verdict != 'B' {
		t.Errorf("revoked: %+v, %v", got, err)
	}
	s.git("config", "--unset", "gpg.ssh.allowedSignersFile")
	if got, err := s.ask(s.store(signed("ed")), ""); err != nil || got.Verdict != 'U' {
		t.Errorf("nobody is allowed to sign: %+v, %v", got, err)
	}
	for _, wrong := range []string{"HEAD", strings.Repeat("1", 40)} {
		if _, err := s.ask(wrong, ""); err == nil {
			t.Errorf("%s has a verdict", wrong)
		}
	}
	if _, err := s.ask(s.store(signed("ed")), filepath.Join(s.keys, "none")); err == nil {
		t.Error("missing allowed signers aren't an error")
	}
}

// TestSignaturePrograms: a repository doesn't choose the program that judges it, and
// without the program a signature isn't called bad.
func TestSignaturePrograms(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	s := newSigner(t, "ssh-keygen")
	key := s.key("ed", "ed25519")
	allowed := s.outside("allowed", "ann@example.com "+key)
	plain := s.payload("1600000000 +0200", "x\n")
	ssh := s.store(with(plain, "gpgsig", s.ssh("ed", "git", plain)))
	pgp := s.store(with(plain, "gpgsig", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n"))
	x509 := s.store(with(plain, "gpgsig", "-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----\n"))
	ran := filepath.Join(s.keys, "ran")
	fake := s.outside("fake", "#!/bin/sh\ntouch "+ran+"\n")
	if err := os.Chmod(fake, 0o755); err != nil {
		t.Fatal(err)
	}
	keys := []string{"gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program"}
	for _, key := range keys {
		s.git("config", key, fake)
	}
	for _, id := range []string{ssh, pgp, x509} {
		got, err := s.ask(id, allowed)
		if err != nil || (got.Verdict == 'G') != (id == ssh) {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a program that the repository names was run")
	}
	t.Setenv("GIT_CONFIG_COUNT", fmt.Sprint(len(keys)))
	for i, key := range keys {
		t.Setenv(fmt.Sprintf("GIT_CONFIG_KEY_%d", i), key)
		t.Setenv(fmt.Sprintf("GIT_CONFIG_VALUE_%d", i), "no-such-program")
	}
	for _, id := range []string{ssh, pgp, x509} {
		if got, err := s.ask(id, allowed); err != nil || got.Verdict != 0 || got.Unchecked == "" {
			t.Errorf("without the program: %+v, %v", got, err)
		}
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
	if found, err := s.ask(unsigned, os.DevNull); err == nil {
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
	found, err := r.Signatures(context.Background(), append(ids, broken), s.outside("allowed", "ann@example.com "+key))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if got := found[id]; got.Verdict != 'G' {
			t.Errorf("%+v", got)
		}
	}
	if got := found[broken]; got.Verdict != 0 || got.Unchecked == "" {
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

	for _, file := range []string{s.file("keys/allowed"), link, filepath.Join(worktree, "keys/allowed"), s.file("elsewhere/allowed")} {
		var refusal *Refusal
		if _, err := s.ask(good, file); !errors.As(err, &refusal) || refusal.Remedy == "" {
			t.Errorf("%s: %v", file, err)
		}
	}
	for _, key := range []string{"gpg.ssh.revocationFile", "gpg.ssh.allowedSignersFile"} {
		s.git("config", key, "keys/allowed")
		var refusal *Refusal
		if _, err := s.ask(good, ""); !errors.As(err, &refusal) {
			t.Errorf("%s: %v", key, err)
		}
		if got, err := s.ask(s.git("rev-parse", "HEAD"), ""); err != nil || got.Verdict != 'N' {
			t.Errorf("no signature to check: %c, %v", got.Verdict, err)
		}
		s.git("config", "--unset", key)
	}
	for _, file := range []string{outside, s.file("untracked")} {
		if got, err := s.ask(good, file); err != nil || got.Verdict != 'G' {
			t.Errorf("%s: %c, %v", file, got.Verdict, err)
		}
	}
	for configured, want := range map[string]byte{"~/allowed": 'G', "untracked": 'G', "../" + filepath.Base(filepath.Dir(outside)) + "/allowed": 'G', "no-such-file": 'U'} {
		s.git("config", "gpg.ssh.allowedSignersFile", configured)
		if got, err := s.ask(good, ""); err != nil || got.Verdict != want {
			t.Errorf("%s: %c, %v", configured, got.Verdict, err)
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
		found, err := s.find().Signatures(context.Background(), ids, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			want := byte('G')
			if id == base {
				want = 'N'
			}
			if got := found[id]; got.Verdict != want {
				t.Errorf("%s: %+v, want %c", id, got, want)
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
	found, err := s.find().Signatures(context.Background(), ids, "")
	if err != nil || found[ids[0]].Verdict != 'G' || found[ids[1]].Verdict != 'N' {
		t.Errorf("%v, %v", found, err)
	}
}

// TestSignaturesOpenPGP: whom gpg trusts is for gpg to say.
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
	const ann, unknown, missing = "Ann Coach <ann@example.com>", "Una <una@example.com>", "Mis <mis@example.com>"
	gpg := func(stdin string, args ...string) string {
		t.Helper()
		return s.run(stdin, append([]string{"gpg", "--batch", "--yes", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", ""}, args...)...)
	}
	for _, user := range []string{ann, unknown, missing} {
		gpg("", "--quick-gen-key", user, "ed25519", "sign", "never")
	}
	fingerprint := func(user string) string {
		for line := range strings.Lines(gpg("", "--with-colons", "--list-keys", "="+user)) {
			if f := strings.Split(line, ":"); f[0] == "fpr" {
				return f[9]
			}
		}
		return ""
	}
	plain := s.payload("1600000000 +0200", "Record a log\n")
	signed := func(user string) string { return with(plain, "gpgsig", gpg(plain, "-bsa", "-u", fingerprint(user))) }
	cases := []signedCase{
		{"unsigned", plain, 'N', ""},
		{"good", signed(ann), 'G', ann},
		{"untrusted", signed(unknown), 'U', unknown},
		{"tampered", strings.Replace(signed(ann), "Record", "record", 1), 'B', ann},
		{"missing", signed(missing), 'E', ""},
	}
	gpg(fingerprint(unknown)+":2:\n", "--import-ownertrust")
	gpg("", "--delete-secret-and-public-key", fingerprint(missing))
	s.check(cases, "")
}
