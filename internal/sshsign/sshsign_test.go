package sshsign

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerify holds what is found against what ssh-keygen itself says.
func TestVerify(t *testing.T) {
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip(err)
	}
	dir, text := t.TempDir(), []byte("what was agreed\n")
	newKey := func(name string, args ...string) (file, public string) {
		t.Helper()
		file = filepath.Join(dir, name)
		if out, err := exec.Command("ssh-keygen", append([]string{"-q", "-N", "", "-C", "priya at home", "-f", file}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		pub, err := os.ReadFile(file + ".pub")
		if err != nil {
			t.Fatal(err)
		}
		return file, strings.TrimSpace(string(pub))
	}
	file, key := newKey("ed", "-t", "ed25519")
	_, other := newKey("other", "-t", "ed25519")
	rsaFile, rsa := newKey("rsa", "-t", "rsa")
	sign := func(file, namespace, hash string) string {
		cmd := exec.Command("ssh-keygen", "-Y", "sign", "-f", file, "-n", namespace, "-O", "hashalg="+hash)
		cmd.Stdin = strings.NewReader(string(text))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	made, err := Sign(context.Background(), file, text)
	if err != nil {
		t.Fatal(err)
	}
	good := string(made)
	words := strings.Fields(key)
	changed := []byte(good)
	changed[len(changed)/2] ^= 1
	for name, c := range map[string]struct {
		signature, keys, text string
		want                  bool
	}{
		"right":                 {good, key, "", true},
		"another key first":     {good, other + "\n" + key, "", true},
		"without the comment":   {good, words[0] + " " + words[1], "", true},
		"with SHA-256":          {sign(file, Namespace, "sha256"), key, "", true},
		"RSA":                   {sign(rsaFile, Namespace, "sha512"), rsa, "", true},
		"RSA of another text":   {sign(rsaFile, Namespace, "sha512"), rsa, "another", false},
		"another text":          {good, key, "another", false},
		"another key":           {good, other, "", false},
		"for files":             {sign(file, "file", "sha512"), key, "", false},
		"no key":                {good, "", "", false},
		"a key with options":    {good, "cert-authority " + key, "", false},
		"a key of another kind": {good, "ssh-rsa " + words[1], "", false},
		"a broken key first":    {good, "garbage\n" + key, "", true},
		"changed":               {string(changed), key, "", false},
		"text before it":        {"\n" + good, key, "", false},
		"cut short":             {good[:len(good)/2], key, "", false},
		"empty":                 {"", key, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			signed := text
			if c.text != "" {
				signed = []byte(c.text)
			}
			if got := Allowed(strings.Split(c.keys, "\n")).Verify([]byte(c.signature), signed); got != c.want {
				t.Errorf("%v; want %v", got, c.want)
			}
			var signers strings.Builder
			for line := range strings.Lines(c.keys) {
				signers.WriteString("signer namespaces=\"coachlog\" " + line)
			}
			allowed, beside := filepath.Join(dir, "allowed"), filepath.Join(dir, "sig")
			if err := errors.Join(os.WriteFile(allowed, []byte(signers.String()), 0o600), os.WriteFile(beside, []byte(c.signature), 0o600)); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "signer", "-n", Namespace, "-s", beside)
			cmd.Stdin = strings.NewReader(string(signed))
			if theirs := cmd.Run() == nil; theirs != c.want {
				t.Errorf("ssh-keygen says %v", theirs)
			}
		})
	}
	if !(Allowed{key}).Verify([]byte(strings.ReplaceAll(good, "\n", "\r\n")), text) {
		t.Error("a signature that git checked out with CRLF isn't read")
	}
}

// FuzzVerify has no signature that nobody made.
func FuzzVerify(f *testing.F) {
	key := "ssh-ed25519 " + base64.StdEncoding.EncodeToString([]byte("\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20"+strings.Repeat("k", 32)))
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"), []byte("text"))
	f.Fuzz(func(t *testing.T, signature, text []byte) {
		if (Allowed{key}).Verify(signature, text) {
			t.Fatal("it fits")
		}
	})
}
