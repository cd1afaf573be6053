package signature

import (
	"bytes"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

const (
	beginSSH = "-----BEGIN SSH SIGNATURE-----"
	endSSH   = "-----END SSH SIGNATURE-----"
	// namespace is what git signs for, so that a signature made for something
	// else is none on a commit.
	namespace = "git"
)

// checkSSH goes git's way: ssh-keygen's find-principals says who might have
// signed, and its verify is asked about each of them.
func (t Trust) checkSSH(payload, armored []byte, at time.Time) Verdict {
	verdict := func(letter byte, reason string) Verdict { return Verdict{Letter: letter, Kind: SSH, Reason: reason} }
	s, ok := readSSH(armored)
	switch {
	case !ok:
		return verdict(Bad, "its signature can't be read")
	case s.Namespace != namespace:
		return verdict(Bad, "its signature was made for something else than git")
	case sshsig.Verify(bytes.NewReader(payload), s, s.PublicKey, s.HashAlgorithm, namespace) != nil:
		return verdict(Bad, "its signature doesn't fit the commit")
	}
	principals := t.Signers.principals(s.PublicKey, at)
	switch {
	case len(principals) == 0:
		v := verdict(Unknown, "the allowed signers don't have its key for that time")
		v.Key = fingerprint(s.PublicKey)
		return v
	case t.Revoked.opaque:
		return verdict(Unchecked, "the file of revoked keys is a KRL, which only ssh-keygen reads")
	case t.Revoked.have(s.PublicKey):
		return verdict(Bad, "its key was revoked")
	}
	for _, principal := range principals {
		if slices.ContainsFunc(t.Signers, func(signer allowedSigner) bool { return signer.allows(s.PublicKey, principal, at) }) {
			return Verdict{Letter: Good, Kind: SSH, Key: fingerprint(s.PublicKey), Signer: principal}
		}
	}
	return verdict(Bad, "the allowed signers don't let its key sign commits")
}

// readSSH takes what ssh-keygen takes: base64 between two lines.
func readSSH(armored []byte) (*sshsig.Signature, bool) {
	text, opened := bytes.CutPrefix(armored, []byte(beginSSH+"\n"))
	text, _, closed := bytes.Cut(text, []byte("\n"+endSSH))
	if !opened || !closed {
		return nil, false
	}
	blob, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(text), nil)))
	if err != nil {
		return nil, false
	}
	s, err := sshsig.ParseSignature(blob)
	if err != nil {
		return nil, false
	}
	// SHA-1, which sshsig refuses of plain keys only, not of certificates.
	return s, s.Signature.Format != ssh.KeyAlgoRSA
}

// fingerprint of a certificate is that of its key.
func fingerprint(key ssh.PublicKey) string {
	if cert, ok := key.(*ssh.Certificate); ok {
		key = cert.Key
	}
	return ssh.FingerprintSHA256(key)
}

func sameKey(a, b ssh.PublicKey) bool { return bytes.Equal(a.Marshal(), b.Marshal()) }

// RevokedKeys are those of gpg.ssh.revocationFile.
type RevokedKeys struct {
	keys   []ssh.PublicKey
	opaque bool // ssh-keygen's own format, which isn't read here
}

// ReadRevokedKeys reads a file with one public key a line.
func ReadRevokedKeys(file []byte) RevokedKeys {
	r := RevokedKeys{opaque: bytes.HasPrefix(file, []byte("SSHKRL\n"))}
	for line := range bytes.Lines(file) {
		if key, _, _, _, err := ssh.ParseAuthorizedKey(line); err == nil {
			r.keys = append(r.keys, key)
		}
	}
	return r
}

func (r RevokedKeys) have(key ssh.PublicKey) bool {
	is := func(revoked ssh.PublicKey) bool {
		cert, ok := key.(*ssh.Certificate)
		return sameKey(revoked, key) || ok && (sameKey(revoked, cert.Key) || sameKey(revoked, cert.SignatureKey))
	}
	return slices.ContainsFunc(r.keys, is)
}

// checkCertificate is for a user's certificate, which names its principals.
func checkCertificate(cert *ssh.Certificate, principal string, at time.Time) bool {
	checker := ssh.CertChecker{
		Clock: func() time.Time { return at },
		// They restrict logins, not signatures.
		SupportedCriticalOptions: slices.Collect(maps.Keys(cert.CriticalOptions)),
	}
	return cert.CertType == ssh.UserCert && slices.Contains(cert.ValidPrincipals, principal) && checker.CheckCert(principal, cert) == nil
}

// principals are those of the first line that has the key for that time. They
// may be patterns, which then stand for themselves.
func (a AllowedSigners) principals(key ssh.PublicKey, at time.Time) []string {
	for _, signer := range a {
		if !signer.holds(at) {
			continue
		}
		if !signer.authority && sameKey(signer.key, key) {
			return signer.names()
		}
		if !signer.certifies(key) {
			continue
		}
		cert := key.(*ssh.Certificate)
		var allowed []string
		for _, pattern := range signer.names() {
			for _, name := range cert.ValidPrincipals {
				if match(name, pattern) && checkCertificate(cert, name, at) {
					allowed = append(allowed, name)
				}
			}
		}
		if len(allowed) > 0 {
			return allowed
		}
	}
	return nil
}

// names are the patterns up to an empty one, at which ssh-keygen stops.
func (s allowedSigner) names() []string {
	names := strings.Split(s.principals, ",")
	if end := slices.Index(names, ""); end >= 0 {
		names = names[:end]
	}
	return names
}

func (s allowedSigner) certifies(key ssh.PublicKey) bool {
	cert, ok := key.(*ssh.Certificate)
	return ok && s.authority && sameKey(s.key, cert.SignatureKey)
}

// allows says whether a line lets the key sign as the principal at that time.
func (s allowedSigner) allows(key ssh.PublicKey, principal string, at time.Time) bool {
	if !matchList(principal, s.principals) {
		return false
	}
	if s.authority {
		if !s.certifies(key) || !checkCertificate(key.(*ssh.Certificate), principal, at) {
			return false
		}
	} else if !sameKey(s.key, key) {
		return false
	}
	return s.holds(at) && (s.namespaces == nil || matchList(namespace, *s.namespaces))
}

func (s allowedSigner) holds(at time.Time) bool {
	return !at.Before(s.after) && (s.before.IsZero() || !at.After(s.before))
}
