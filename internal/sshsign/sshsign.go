// Package sshsign signs texts with ssh-keygen, whose business keys, agents and hardware tokens
// are, and checks signatures.
package sshsign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Namespace keeps a signature on what was agreed from being taken for one on anything else.
const Namespace = "coachlog"

// Sign signs a text with a key: the file of a private key, or of a public one whose private
// part an agent or a token has. ssh-keygen asks on the terminal for what it needs.
func Sign(ctx context.Context, key string, text []byte) ([]byte, error) {
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		return nil, errors.New("ssh-keygen isn't installed here")
	}
	cmd := exec.CommandContext(ctx, keygen, "-Y", "sign", "-f", key, "-n", Namespace)
	var signature, said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(text), &signature, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("ssh-keygen can't sign with %s: %s", key, strings.TrimSpace(said.String()))
	}
	return signature.Bytes(), nil
}
