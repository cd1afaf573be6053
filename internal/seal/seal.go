// Package seal encrypts text so that only some people can read it, in the format of age
// (age-encryption.org), as lines that can stand in a markdown file.
package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"
)

// Errors of Open. ErrNotForYou says that none of the keys opens the text, ErrDamaged that
// the text is no longer what was sealed.
var (
	ErrNotForYou = errors.New("none of your keys opens it: it was sealed for others, or something has changed in it since")
	ErrDamaged   = errors.New("something has changed in it since it was sealed, so none of it can be read")
)

// A Key is a public key, a SecretKey what opens what was sealed to it.
type (
	Key       = age.Recipient
	SecretKey = age.Identity
)

// mostText bounds what a text can be once it is opened; a log has less.
const mostText = 4 << 20

// ParseKey reads a public key: age1..., ssh-ed25519 ... or ssh-rsa .... The error says
// what is wrong with another. No program is ever run for a key.
func ParseKey(text string) (Key, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "ssh-") {
		key, err := agessh.ParseRecipient(text)
		if err != nil {
			return nil, errors.New("text can't be sealed to this SSH key; ssh-ed25519 and ssh-rsa keys of 2048 bits or more will do")
		}
		return key, nil
	}
	keys, err := age.ParseRecipients(strings.NewReader(text))
	switch {
	case strings.HasPrefix(strings.ToUpper(text), "AGE-SECRET-KEY"):
		return nil, errors.New("this is a secret key, which nobody but its owner should have; put its public half there, which starts with age1, and make a new pair")
	case err != nil || len(keys) != 1:
		return nil, errors.New("this isn't a public key to seal to; write one that starts with age1, ssh-ed25519 or ssh-rsa")
	}
	return keys[0], nil
}

// Seal encrypts text to all of the keys. What it returns ends in a line end, and differs
// each time.
func Seal(text []byte, keys []Key) ([]byte, error) {
	var out bytes.Buffer
	lines := armor.NewWriter(&out)
	w, err := age.Encrypt(lines, keys...)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := errors.Join(w.Close(), lines.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Open decrypts what Seal returned, with line ends of any kind. It returns all of the text
// or none. The error is one of a key, or wraps ErrNotForYou or ErrDamaged.
func Open(sealed []byte, keys []SecretKey) ([]byte, error) {
	if len(keys) == 0 {
		return nil, ErrNotForYou
	}
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(sealed)), keys...)
	var none *age.NoIdentityMatchError
	var key *KeyError
	switch {
	case errors.As(err, &key):
		return nil, key
	case errors.As(err, &none):
		return nil, ErrNotForYou
	case err != nil:
		return nil, ErrDamaged
	}
	text, err := io.ReadAll(io.LimitReader(r, mostText+1))
	switch {
	case err != nil:
		return nil, ErrDamaged
	case len(text) > mostText:
		return nil, fmt.Errorf("it holds more than %d MB", mostText>>20)
	}
	return text, nil
}
