package sshsign

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// Allowed are the public keys of one person, each as it stands in a .pub file.
type Allowed []string

// Verify says whether a signature is one of the text by one of the keys.
func (keys Allowed) Verify(armored, text []byte) bool {
	armored = bytes.ReplaceAll(armored, []byte("\r\n"), []byte("\n")) // as git may check it out
	signature, err := sshsig.Unarmor(armored)
	if err != nil || !bytes.HasPrefix(armored, []byte("-----BEGIN")) {
		return false
	}
	return slices.ContainsFunc(keys, func(line string) bool {
		key, _, options, rest, err := ssh.ParseAuthorizedKey([]byte(line))
		return err == nil && len(options) == 0 && len(rest) == 0 &&
			sshsig.Verify(bytes.NewReader(text), signature, key, signature.HashAlgorithm, Namespace) == nil
	})
}

// Same says whether two are one key, whatever comment stands behind it.
func Same(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return len(x) > 1 && len(y) > 1 && x[1] == y[1]
}
