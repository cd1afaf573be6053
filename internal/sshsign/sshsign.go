// Package sshsign signs texts, and checks signatures, with ssh-keygen: keys, agents and
// hardware tokens are its business.
package sshsign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Namespace keeps a signature on what was agreed from being taken for one on anything else.
const Namespace = "coachlog"

// ErrNoKeygen says that ssh-keygen isn't installed.
var ErrNoKeygen = errors.New("ssh-keygen isn't installed here")

// Sign signs a text with a key: the file of a private key, or of a public one whose private
// part an agent or a token has. ssh-keygen asks on the terminal for what it needs.
func Sign(ctx context.Context, key string, text []byte) ([]byte, error) {
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		return nil, ErrNoKeygen
	}
	cmd := exec.CommandContext(ctx, keygen, "-Y", "sign", "-f", key, "-n", Namespace)
	var signature, said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(text), &signature, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("ssh-keygen can't sign with %s: %s", key, strings.TrimSpace(said.String()))
	}
	return signature.Bytes(), nil
}

// Allowed are the public keys of one person, each as it stands in a .pub file.
type Allowed []string

// Verify says whether a signature is one of the text by one of the keys. The error is
// ErrNoKeygen, or that a temporary file can't be written.
func (keys Allowed) Verify(ctx context.Context, signature, text []byte) (bool, error) {
	if len(keys) == 0 {
		return false, nil
	}
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		return false, ErrNoKeygen
	}
	folder, err := os.MkdirTemp("", "coachlog-signature")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	var signers strings.Builder
	for _, key := range keys {
		if !strings.ContainsAny(key, "\r\n") {
			fmt.Fprintf(&signers, "signer namespaces=%q %s\n", Namespace, strings.TrimSpace(key))
		}
	}
	allowed, beside := filepath.Join(folder, "allowed"), filepath.Join(folder, "signature")
	if err := errors.Join(os.WriteFile(allowed, []byte(signers.String()), 0o600), os.WriteFile(beside, signature, 0o600)); err != nil {
		return false, err
	}
	cmd := exec.CommandContext(ctx, keygen, "-Y", "verify", "-f", allowed, "-I", "signer", "-n", Namespace, "-s", beside)
	cmd.Stdin = bytes.NewReader(text)
	return cmd.Run() == nil, nil
}
