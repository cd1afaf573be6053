package sshsign

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Allowed are the public keys of one person, each as it stands in a .pub file.
type Allowed []string

// Verify says whether a signature is one of the text by one of the keys. Those of Ed25519, which
// most are, it checks itself: a logbook has thousands. The error is ErrNoKeygen, or that a
// temporary file can't be written.
func (keys Allowed) Verify(ctx context.Context, armored, text []byte) (bool, error) {
	armored = bytes.ReplaceAll(armored, []byte("\r\n"), []byte("\n")) // as git may check it out
	s, ok := parse(armored)
	if !ok || s.namespace != Namespace {
		return false, nil
	}
	at := slices.IndexFunc(keys, func(key string) bool { return s.isBy(key) })
	if at < 0 {
		return false, nil
	}
	if kind, rest, _ := field(s.key); string(kind) == ssh25519 {
		return s.fits(rest, text), nil
	}
	return verify(ctx, keys[at], armored, text)
}

// Same says whether two are one key, whatever comment stands behind it.
func Same(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return len(x) > 1 && len(y) > 1 && x[1] == y[1]
}

const ssh25519 = "ssh-ed25519"

// A signature is what stands in one, as OpenSSH's PROTOCOL.sshsig says.
type signature struct {
	key       []byte
	namespace string
	reserved  []byte
	hash      string
	raw       []byte
}

func parse(armored []byte) (s signature, ok bool) {
	const kind = "SSH SIGNATURE"
	if !bytes.HasPrefix(armored, []byte("-----BEGIN "+kind+"-----\n")) {
		return s, false
	}
	block, _ := pem.Decode(armored)
	if block == nil || block.Type != kind || len(block.Headers) > 0 {
		return s, false
	}
	rest, ok := bytes.CutPrefix(block.Bytes, []byte("SSHSIG\x00\x00\x00\x01"))
	var fields [5][]byte
	for i := range fields {
		if !ok {
			return s, false
		}
		fields[i], rest, ok = field(rest)
	}
	return signature{fields[0], string(fields[1]), fields[2], string(fields[3]), fields[4]}, ok && len(rest) == 0
}

// field reads a string as SSH writes it, behind its length.
func field(data []byte) (value, rest []byte, ok bool) {
	if len(data) < 4 || uint64(len(data)-4) < uint64(binary.BigEndian.Uint32(data)) {
		return nil, nil, false
	}
	n := 4 + int(binary.BigEndian.Uint32(data))
	return data[4:n], data[n:], true
}

// isBy says whether a signature says that it is by a key. A key with options is none.
func (s signature) isBy(key string) bool {
	words := strings.Fields(key)
	if len(words) < 2 || strings.ContainsAny(key, "\r\n") {
		return false
	}
	blob, err := base64.StdEncoding.DecodeString(words[1])
	kind, _, _ := field(blob)
	return err == nil && string(kind) == words[0] && bytes.Equal(blob, s.key)
}

// fits says whether an Ed25519 signature is one of a text.
func (s signature) fits(rest, text []byte) bool {
	key, end, ok := field(rest)
	kind, rest, known := field(s.raw)
	raw, more, whole := field(rest)
	if !ok || !known || !whole || len(end)+len(more) > 0 || len(key) != ed25519.PublicKeySize || string(kind) != ssh25519 {
		return false
	}
	var sum []byte
	switch s.hash {
	case "sha512":
		hash := sha512.Sum512(text)
		sum = hash[:]
	case "sha256":
		hash := sha256.Sum256(text)
		sum = hash[:]
	default:
		return false
	}
	signed := []byte("SSHSIG")
	for _, part := range [][]byte{[]byte(s.namespace), s.reserved, []byte(s.hash), sum} {
		signed = append(binary.BigEndian.AppendUint32(signed, uint32(len(part))), part...)
	}
	return ed25519.Verify(key, signed, raw)
}

// verify asks ssh-keygen.
func verify(ctx context.Context, key string, armored, text []byte) (bool, error) {
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		return false, ErrNoKeygen
	}
	folder, err := os.MkdirTemp("", "coachlog-signature")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	allowed, beside := filepath.Join(folder, "allowed"), filepath.Join(folder, "signature")
	signer := fmt.Sprintf("signer namespaces=%q %s\n", Namespace, strings.TrimSpace(key))
	if err := errors.Join(os.WriteFile(allowed, []byte(signer), 0o600), os.WriteFile(beside, armored, 0o600)); err != nil {
		return false, err
	}
	cmd := exec.CommandContext(ctx, keygen, "-Y", "verify", "-f", allowed, "-I", "signer", "-n", Namespace, "-s", beside)
	cmd.Stdin = bytes.NewReader(text)
	return cmd.Run() == nil, nil
}
