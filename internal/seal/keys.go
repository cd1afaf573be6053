package seal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// A KeyError says why a secret key can't be used.
type KeyError struct {
	File string
	Why  error
}

func (e *KeyError) Error() string {
	return fmt.Sprintf("the key in %s can't be used: %v", e.File, e.Why)
}

func (e *KeyError) Unwrap() error { return e.Why }

// mostKey is more than any file of keys has.
const mostKey = 1 << 16

// OwnKeyFile is where a person's own key is kept, outside of every logbook.
func OwnKeyFile() (string, error) {
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "coachlog", "key.txt"), nil
}

// OwnKeys are the secret keys in a file or, where none is named, those that this computer
// has for its user: coachlog's own, then those of SSH. ask asks for a passphrase once a
// text is met that a protected key may open.
func OwnKeys(file string, ask func(question string) ([]byte, error)) ([]SecretKey, error) {
	if file != "" {
		return readKeys(file, ask)
	}
	var files []string
	if own, err := OwnKeyFile(); err == nil {
		files = append(files, own)
	}
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".ssh", "id_ed25519"), filepath.Join(home, ".ssh", "id_rsa"))
	}
	var keys []SecretKey
	var unfit error // which matters to nobody who has another one
	for _, file := range files {
		found, err := readKeys(file, ask)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			unfit = errors.Join(unfit, err)
		}
		keys = append(keys, found...)
	}
	if len(keys) == 0 {
		return nil, unfit
	}
	return keys, nil
}

// readKeys reads a file of age's or OpenSSH's secret keys.
func readKeys(file string, ask func(string) ([]byte, error)) ([]SecretKey, error) {
	text, err := plainfile.Read(file, mostKey)
	if err != nil {
		return nil, &KeyError{file, err}
	}
	if !bytes.Contains(text, []byte("-----BEGIN")) {
		keys, err := age.ParseIdentities(bytes.NewReader(text))
		if err != nil { // whose words could quote the key
			return nil, &KeyError{file, errors.New("it holds no age key, which would start with AGE-SECRET-KEY-1")}
		}
		return keys, nil
	}
	key, err := agessh.ParseIdentity(text)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) && locked.PublicKey != nil {
		return unlocked(file, text, locked.PublicKey, ask)
	}
	if err != nil {
		return nil, &KeyError{file, errors.New("it is neither an age key nor an ed25519 or RSA key of SSH")}
	}
	return []SecretKey{key}, nil
}

// A lockedKey is one of SSH's that a passphrase protects.
type lockedKey struct {
	*agessh.EncryptedSSHIdentity
	file string
	why  error // the passphrase couldn't be asked for
}

func unlocked(file string, text []byte, public ssh.PublicKey, ask func(string) ([]byte, error)) ([]SecretKey, error) {
	key := &lockedKey{file: file}
	var err error
	key.EncryptedSSHIdentity, err = agessh.NewEncryptedSSHIdentity(public, text, func() (passphrase []byte, err error) {
		passphrase, key.why = ask("Passphrase of " + file + ": ")
		return passphrase, key.why
	})
	if err != nil {
		return nil, &KeyError{file, errors.New("SSH keys of its kind can't open text; ed25519 and RSA keys can")}
	}
	return []SecretKey{key}, nil
}

// Unwrap tells a passphrase that doesn't fit from text that is damaged.
func (k *lockedKey) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	found, err := k.EncryptedSSHIdentity.Unwrap(stanzas)
	switch {
	case err == nil || errors.Is(err, age.ErrIncorrectIdentity):
		return found, err
	case k.why != nil:
		return nil, &KeyError{k.file, k.why}
	}
	return nil, &KeyError{k.file, errors.New("the passphrase doesn't open it")}
}

// NewKey makes a pair of keys: the lines of a key file, and the public half.
func NewKey() (file []byte, public string, err error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", err
	}
	public = key.Recipient().String()
	text := strings.Join([]string{"# coachlog's key of this computer's user. Nobody else should ever have it.", "# public key: " + public, key.String(), ""}, "\n")
	return []byte(text), public, nil
}
