package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"golang.org/x/crypto/ssh"
)

// newPair makes one of age's pairs.
func newPair(t testing.TB) (age.Recipient, []age.Identity) {
	t.Helper()
	file, public, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	key, err := ParseKey(public)
	if err != nil {
		t.Fatal(err)
	}
	own, err := age.ParseIdentities(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return key, own
}

// TestSeal holds the row encryption of docs: who has a key reads, nobody else does, and one
// changed byte costs the whole text.
func TestSeal(t *testing.T) {
	anaKey, ana := newPair(t)
	joshKey, josh := newPair(t)
	_, eve := newPair(t)
	text := []byte("She told me about her divorce.\r\n\n- [ ] ask again in May\n")
	sealed, err := Seal(text, []age.Recipient{anaKey, joshKey})
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range [][]age.Identity{ana, josh, append(eve[:1:1], josh...)} {
		if got, err := Open(sealed, own); err != nil || !bytes.Equal(got, text) {
			t.Errorf("got %q, %v", got, err)
		}
	}
	for _, own := range [][]age.Identity{nil, eve} {
		if got, err := Open(sealed, own); !errors.Is(err, ErrNotForYou) || got != nil {
			t.Errorf("got %q, %v", got, err)
		}
	}
	again, _ := Seal(text, []age.Recipient{anaKey})
	if got, err := Open(again, josh); !errors.Is(err, ErrNotForYou) || got != nil {
		t.Errorf("who was taken off the list reads new text: %q, %v", got, err)
	}
	for at := range sealed {
		for _, by := range []byte{1, 0x20} {
			damaged := bytes.Clone(sealed)
			damaged[at] ^= by
			got, err := Open(damaged, ana)
			if at < len(sealed)-1 && err == nil || err == nil && !bytes.Equal(got, text) || err != nil && got != nil {
				t.Fatalf("byte %d changed: %q, %v", at, got, err)
			}
		}
	}
}

// TestOpenDamaged cuts a sealed text and puts other things into it.
func TestOpenDamaged(t *testing.T) {
	key, own := newPair(t)
	sealed, err := Seal(bytes.Repeat([]byte("a secret "), 20_000), []age.Recipient{key})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(sealed), "\n")
	middle := len(lines) / 2
	for name, damaged := range map[string]string{
		"a line less":      strings.Join(append(lines[:middle:middle], lines[middle+1:]...), ""),
		"no end":           strings.Join(lines[:middle], ""),
		"a line twice":     strings.Join(append(lines[:middle:middle], lines[middle-1:]...), ""),
		"conflict markers": strings.Join(lines[:middle], "") + "<<<<<<< ours\n" + strings.Join(lines[middle:], ""),
		"nothing":          "",
		"something else":   "-----BEGIN AGE ENCRYPTED FILE-----\nYWJj\n-----END AGE ENCRYPTED FILE-----\n",
		"two in one":       string(sealed) + string(sealed),
	} {
		if got, err := Open([]byte(damaged), own); !errors.Is(err, ErrDamaged) || got != nil {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

func TestParseKey(t *testing.T) {
	public, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sshKey, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	line := string(ssh.MarshalAuthorizedKey(sshKey))
	key, err := ParseKey(strings.TrimSpace(line) + " josh at work")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := Seal([]byte("text"), []age.Recipient{key})
	if err != nil {
		t.Fatal(err)
	}
	for name, passphrase := range map[string]string{"plain": "", "locked": "open sesame"} {
		block, err := ssh.MarshalPrivateKey(secret, "")
		if passphrase != "" {
			block, err = ssh.MarshalPrivateKeyWithPassphrase(secret, "", []byte(passphrase))
		}
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		typed := passphrase
		ask := func(string) ([]byte, error) { return []byte(typed), nil }
		own, err := OwnKeys(file, ask)
		if err != nil {
			t.Fatal(err)
		}
		if passphrase != "" {
			typed = "something else"
			if _, err := Open(sealed, own); err == nil || !strings.Contains(err.Error(), "passphrase") {
				t.Error(err)
			}
			typed = passphrase
		}
		if got, err := Open(sealed, own); string(got) != "text" || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, bad := range []string{"", "age1", "age1yubikey1qwerty", "AGE-SECRET-KEY-1QQQQ", "ssh-dss AAAA", "ssh-ed25519 AAAA", "age1-plugin-rm", "# comment"} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// TestOwnKeys looks where a person's keys are.
func TestOwnKeys(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	if own, err := OwnKeys("", nil); len(own) != 0 || err != nil {
		t.Error(own, err)
	}
	file, _, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	name, err := OwnKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, file, 0o600)); err != nil {
		t.Fatal(err)
	}
	odd := filepath.Join(home, ".ssh", "id_ed25519") // as a security key's is
	if err := errors.Join(os.Mkdir(filepath.Dir(odd), 0o700), os.WriteFile(odd, []byte("-----BEGIN OPENSSH PRIVATE KEY-----\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if own, err := OwnKeys("", nil); len(own) != 1 || err != nil {
		t.Error(own, err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if own, err := OwnKeys("", nil); len(own) != 0 || err == nil || !strings.Contains(err.Error(), odd) {
		t.Error(own, err)
	}
	for _, bad := range []string{"nothing", "AGE-SECRET-KEY-1QQQ", "age1abc", "AGE-PLUGIN-RM-1QQQ"} {
		if err := os.WriteFile(name, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := OwnKeys(name, nil)
		var key *KeyError
		if !errors.As(err, &key) || strings.Contains(err.Error(), bad) && bad != "nothing" {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
