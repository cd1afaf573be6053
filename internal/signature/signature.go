// Package signature says what the signature on a git commit is worth, in the
// letters of git log's %G?. It is given bytes and the time, and does no input or
// output. What is checked is the commit object as it is stored, less its
// signature: nothing is ever written anew.
package signature

import (
	"bytes"
	"strconv"
	"time"
)

// The verdicts, in git's letters.
const (
	Good       = 'G'
	Bad        = 'B' // wrong, or made by a key that its principal may not sign with
	Unknown    = 'U' // right, by a key that nobody vouches for
	Expired    = 'X' // right, and expired itself
	ExpiredKey = 'Y' // right, by a key that has expired
	RevokedKey = 'R' // right, by a key that was revoked
	Unchecked  = 'E' // can't be checked
	None       = 'N' // there is none
)

// Kind is the format of a signature.
type Kind string

const (
	SSH     Kind = "SSH"
	OpenPGP Kind = "OpenPGP"
	X509    Kind = "X.509"
)

// Verdict is what a signature is worth.
type Verdict struct {
	Letter byte
	Kind   Kind   // "" where there is none, or none that git knows
	Key    string // the fingerprint of the key; of OpenPGP only the claimed key id with B and E
	Signer string // the principal, or the key's user id; only claimed with B
	Reason string // why it isn't G, one clause
}

// Trust is whose signatures count.
type Trust struct {
	Signers AllowedSigners // for SSH
	Revoked RevokedKeys    // for SSH: never good, whoever vouches for them
	Keyring Keyring        // for OpenPGP: the key of everybody in it is trusted
	// Now is when OpenPGP's keys must not have expired, as gpg sees it: SSH's
	// are judged by the time of the commit.
	Now time.Time
}

// sigs are the first lines by which git tells the kinds apart.
var sigs = []struct {
	begin string
	kind  Kind
}{
	{beginSSH, SSH},
	{beginPGP, OpenPGP},
	{"-----BEGIN PGP MESSAGE-----", OpenPGP},
	{"-----BEGIN SIGNED MESSAGE-----", X509},
}

// Of says whether a commit object carries a signature, and of which kind; none
// for a kind that git doesn't know.
func Of(commit []byte) (kind Kind, signed bool) {
	_, signature := split(commit)
	return kindOf(signature), signature != nil
}

func kindOf(signature []byte) Kind {
	for _, s := range sigs {
		if bytes.HasPrefix(signature, []byte(s.begin)) {
			return s.kind
		}
	}
	return ""
}

// Check judges a commit object, without the header that git puts before an
// object's content.
func (t Trust) Check(commit []byte) Verdict {
	payload, signature := split(commit)
	if signature == nil {
		return Verdict{Letter: None, Reason: "it isn't signed"}
	}
	kind := kindOf(signature)
	at, ok := committed(payload)
	switch {
	case kind == "":
		return Verdict{Letter: Unchecked, Reason: "its signature is of no kind that git knows"}
	case !ok:
		return Verdict{Letter: Unchecked, Kind: kind, Reason: "its committer can't be read"}
	case kind == X509:
		return Verdict{Letter: Unchecked, Kind: kind, Reason: "X.509 signatures are checked by git with gpgsm only"}
	case kind == OpenPGP:
		return t.checkPGP(payload, signature)
	}
	if at.IsZero() {
		at = t.Now // as ssh-keygen does when git names no time
	}
	return t.checkSSH(payload, signature, at)
}

// split parts a commit into what was signed and the signature, as git does: the
// lines of the header gpgsig are the signature, those of any other header that
// begins so belong to neither. In a repository with SHA-256 the header is called
// gpgsig-sha256, and gpgsig is the other one.
func split(commit []byte) (payload, signature []byte) {
	own := []byte("gpgsig ")
	if tree, _, _ := bytes.Cut(commit, []byte{'\n'}); len(tree) == len("tree ")+64 {
		own = []byte("gpgsig-sha256 ")
	}
	var inOwn, inOther bool
	at := 0
	for line := range bytes.Lines(commit) {
		if line[0] == '\n' {
			return append(payload, commit[at:]...), signature // the message
		}
		at += len(line)
		value := line[1:] // of a line that goes on
		if line[0] != ' ' {
			value, inOwn = bytes.CutPrefix(line, own)
			inOther = !inOwn && bytes.HasPrefix(line, []byte("gpgsig"))
		}
		switch {
		case inOwn:
			signature = append(signature, value...)
		case !inOther:
			payload = append(payload, line...)
		}
	}
	return payload, signature
}

// committed is the committer's date; zero where there is none that git reads.
// Without a committer, git doesn't look at the signature.
func committed(payload []byte) (at time.Time, ok bool) {
	for line := range bytes.Lines(payload) {
		if line[0] == '\n' {
			break
		}
		who, found := bytes.CutPrefix(bytes.TrimSuffix(line, []byte{'\n'}), []byte("committer "))
		if !found {
			continue
		}
		_, mail, opened := bytes.Cut(who, []byte{'<'})
		if !opened || bytes.IndexByte(mail, '>') < 0 {
			return time.Time{}, false
		}
		fields := bytes.Fields(who[bytes.LastIndexByte(who, '>')+1:])
		if len(fields) < 2 || fields[1][0] != '+' && fields[1][0] != '-' {
			return time.Time{}, true
		}
		seconds, err := strconv.ParseUint(string(fields[0]), 10, 63)
		if err != nil || seconds == 0 {
			return time.Time{}, true
		}
		return time.Unix(int64(seconds), 0), true
	}
	return time.Time{}, false
}
