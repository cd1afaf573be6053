package signature

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

const (
	beginPGP = "-----BEGIN PGP SIGNATURE-----"
	endPGP   = "-----END PGP SIGNATURE-----"
	beginKey = "-----BEGIN PGP P" // PUBLIC KEY BLOCK, or PRIVATE
)

// Keyring holds OpenPGP's keys.
type Keyring struct{ keys openpgp.EntityList }

// ReadKeyring reads what gpg --export writes, with --armor or without.
func ReadKeyring(file []byte) (Keyring, error) {
	var keys openpgp.EntityList
	var err error
	start := bytes.Index(file, []byte(beginKey))
	if start < 0 {
		keys, err = openpgp.ReadKeyRing(bytes.NewReader(file))
	}
	for start >= 0 && err == nil { // several exports may stand in one file
		file = file[start:]
		var more openpgp.EntityList
		more, err = openpgp.ReadArmoredKeyRing(bytes.NewReader(file))
		keys = append(keys, more...)
		file = file[len(beginKey):]
		start = bytes.Index(file, []byte(beginKey))
	}
	// A key that doesn't vouch for itself is none, and go-crypto stumbles over it.
	keys = slices.DeleteFunc(keys, func(key *openpgp.Entity) bool {
		self, _ := key.PrimarySelfSignature()
		return self == nil
	})
	if err == nil && len(keys) == 0 {
		err = errors.New("there are no keys in it")
	}
	return Keyring{keys}, err
}

// checkPGP comes to gpg's verdicts, in gpg's order: an expired signature, an
// expired key, a revoked one. Only gpg's database knows whom its owner trusts: a
// key in the keyring is trusted here, so that what gpg calls U may be G.
func (t Trust) checkPGP(payload, armored []byte) Verdict {
	v := Verdict{Letter: Unchecked, Kind: OpenPGP}
	sig, raw, ok := readPGP(armored)
	if !ok {
		v.Reason = "its signature can't be read"
		return v
	}
	v.Key = fmt.Sprintf("%016X", *sig.IssuerKeyId)
	known := t.Keyring.keys.KeysByIdUsage(*sig.IssuerKeyId, packet.KeyFlagSign)
	if len(known) == 0 {
		v.Reason = "the keyring doesn't have its key"
		return v
	}
	now := t.Now
	_, entity, err := openpgp.VerifyDetachedSignature(t.Keyring.keys, bytes.NewReader(payload), bytes.NewReader(raw),
		&packet.Config{Time: func() time.Time { return now }})
	if entity == nil {
		v.Signer = signerOf(known[0].Entity)
		if _, unsupported := errors.AsType[pgperrors.UnsupportedError](err); unsupported {
			v.Signer, v.Reason = "", "its signature is of a newer kind"
			return v
		}
		v.Letter, v.Reason = Bad, "its signature doesn't fit the commit"
		return v
	}
	key := known[0]
	for _, k := range known {
		if k.Entity == entity {
			key = k
		}
	}
	if key.PublicKey.CreationTime.After(sig.CreationTime) {
		v.Reason = "its signature is older than its key"
		return v
	}
	v.Key, v.Signer = fmt.Sprintf("%X", key.PublicKey.Fingerprint), signerOf(entity)
	primary, _ := entity.PrimarySelfSignature()
	switch {
	case sig.SigLifetimeSecs != nil && *sig.SigLifetimeSecs > 0 && sig.SigExpired(now):
		v.Letter, v.Reason = Expired, "its signature has expired"
	case entity.PrimaryKey.KeyExpired(primary, now) || key.PublicKey.KeyExpired(key.SelfSignature, now):
		v.Letter, v.Reason = ExpiredKey, "its key has expired"
	case entity.Revoked(now) || key.Revoked(now):
		v.Letter, v.Reason = RevokedKey, "its key was revoked"
	case err == nil || errors.Is(err, pgperrors.ErrSignatureExpired) && sig.CreationTime.After(now):
		v.Letter = Good // gpg doesn't mind a signature from the future
	default:
		v.Letter, v.Key, v.Reason = Bad, fmt.Sprintf("%016X", *sig.IssuerKeyId), "its key may not sign so"
	}
	return v
}

func signerOf(entity *openpgp.Entity) string {
	if identity := entity.PrimaryIdentity(); identity != nil {
		return identity.Name
	}
	return ""
}

// readPGP wants exactly one signature: with several, git doesn't trust any.
func readPGP(armored []byte) (sig *packet.Signature, raw []byte, ok bool) {
	_, after, closed := bytes.Cut(armored, []byte(endPGP))
	if !closed || len(bytes.TrimSpace(after)) > 0 {
		return nil, nil, false
	}
	block, err := armor.Decode(bytes.NewReader(armored))
	if err != nil {
		return nil, nil, false
	}
	if raw, err = io.ReadAll(block.Body); err != nil {
		return nil, nil, false
	}
	packets := packet.NewReader(bytes.NewReader(raw))
	first, err := packets.Next()
	if err != nil {
		return nil, nil, false
	}
	_, end := packets.Next()
	sig, ok = first.(*packet.Signature)
	return sig, raw, ok && end == io.EOF && sig.IssuerKeyId != nil
}
