package signature

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// That the verdicts are git's own is tested in internal/gitrepo, with git.

const payload = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@example.com> 1600000000 +0000\ncommitter A <a@example.com> 1600000000 +0000\n\nA message\n"

func with(header, signature string) []byte {
	head, message, _ := strings.Cut(payload, "\n\n")
	return []byte(head + "\n" + header + " " + strings.ReplaceAll(strings.TrimSuffix(signature, "\n"), "\n", "\n ") + "\n\n" + message)
}

func key(t testing.TB, seed byte) (ssh.Signer, string) {
	t.Helper()
	signer, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return signer, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey())))
}

func sign(t testing.TB, signer ssh.Signer, namespace string) string {
	t.Helper()
	s, err := sshsig.Sign(strings.NewReader(payload), signer, sshsig.HashSHA512, namespace)
	if err != nil {
		t.Fatal(err)
	}
	return string(sshsig.Armor(s))
}

var now = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func TestSignatureSSH(t *testing.T) {
	ann, annKey := key(t, 1)
	bob, _ := key(t, 2)
	signed := with("gpgsig", sign(t, ann, "git"))
	for _, c := range []struct {
		name, signers, revoked string
		commit                 []byte
		want                   byte
		signer                 string
	}{
		{"good", "ann@example.com " + annKey, "", signed, Good, "ann@example.com"},
		{"no signers", "", "", signed, Unknown, ""},
		{"another key", "ann@example.com " + annKey, "", with("gpgsig", sign(t, bob, "git")), Unknown, ""},
		{"another namespace", "ann@example.com " + annKey, "", with("gpgsig", sign(t, ann, "file")), Bad, ""},
		{"tampered", "ann@example.com " + annKey, "", bytes.Replace(signed, []byte("A message"), []byte("a message"), 1), Bad, ""},
		{"expired", `ann@example.com valid-before="20200912Z" ` + annKey, "", signed, Unknown, ""},
		{"revoked", "ann@example.com " + annKey, annKey, signed, Bad, ""},
		{"KRL", "ann@example.com " + annKey, "SSHKRL\n\x00", signed, Unchecked, ""},
		{"unsigned", "ann@example.com " + annKey, "", []byte(payload), None, ""},
		{"the other hash's header", "ann@example.com " + annKey, "", with("gpgsig-sha256", sign(t, ann, "git")), None, ""},
		{"no kind", "", "", with("gpgsig", "hello"), Unchecked, ""},
		{"X.509", "", "", with("gpgsig", "-----BEGIN SIGNED MESSAGE-----"), Unchecked, ""},
	} {
		trust := Trust{Signers: ReadAllowedSigners([]byte(c.signers)), Revoked: ReadRevokedKeys([]byte(c.revoked)), Now: now}
		v := trust.Check(c.commit)
		if v.Letter != c.want || v.Signer != c.signer || (v.Reason == "") != (c.want == Good) {
			t.Errorf("%s: %c %+v", c.name, v.Letter, v)
		}
	}
}

// TestSignatureZone: a time without a zone is one on the clock of whoever looks.
func TestSignatureZone(t *testing.T) {
	ann, annKey := key(t, 1)
	signed := with("gpgsig", sign(t, ann, "git")) // at 12:26:40 UTC
	defer func(local *time.Location) { time.Local = local }(time.Local)
	for zone, want := range map[int]byte{0: Unknown, -3600: Good} {
		time.Local = time.FixedZone("", zone)
		trust := Trust{Signers: ReadAllowedSigners([]byte(`a valid-before="202009131200" ` + annKey)), Now: now}
		if v := trust.Check(signed); v.Letter != want {
			t.Errorf("%d: %c, want %c", zone, v.Letter, want)
		}
	}
}

func TestSignatureOpenPGP(t *testing.T) {
	config := &packet.Config{Time: func() time.Time { return time.Unix(1600000000, 0) }, DefaultHash: crypto.SHA512}
	entity, err := openpgp.NewEntity("Ann", "", "ann@example.com", config)
	if err != nil {
		t.Fatal(err)
	}
	var sig, ring bytes.Buffer
	if err := openpgp.ArmoredDetachSign(&sig, entity, strings.NewReader(payload), config); err != nil {
		t.Fatal(err)
	}
	if err := entity.Serialize(&ring); err != nil {
		t.Fatal(err)
	}
	keyring, err := ReadKeyring(ring.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	signed := with("gpgsig", sig.String())
	trust := Trust{Keyring: keyring, Now: now}
	if v := trust.Check(signed); v.Letter != Good || v.Signer != "Ann <ann@example.com>" || len(v.Key) != 40 {
		t.Errorf("%c %+v", v.Letter, v)
	}
	if v := trust.Check(bytes.Replace(signed, []byte("A message"), []byte("a message"), 1)); v.Letter != Bad || len(v.Key) != 16 {
		t.Errorf("%c %+v", v.Letter, v)
	}
	if v := (Trust{Now: now}).Check(signed); v.Letter != Unchecked || len(v.Key) != 16 {
		t.Errorf("%c %+v", v.Letter, v)
	}
}

// TestSignatureSplit: what was signed is the object less the header, to the byte.
func TestSignatureSplit(t *testing.T) {
	const sha256 = "tree 0000000000000000000000000000000000000000000000000000000000000000\n"
	for _, c := range []struct{ commit, payload, signature string }{
		{"tree 1\ngpgsig a\n b\n \n c\nx y\n z\n\ngpgsig d\n e\n", "tree 1\nx y\n z\n\ngpgsig d\n e\n", "a\nb\n\nc\n"},
		{"tree 1\ngpgsig-sha256 a\n b\ngpgsig c\n\nm", "tree 1\n\nm", "c\n"},
		{sha256 + "gpgsig a\n b\ngpgsig-sha256 c\n\nm", sha256 + "\nm", "c\n"},
		{"tree 1\ngpgsig a\ngpgsig b\n\n", "tree 1\n\n", "a\nb\n"},
		{"tree 1\ngpgsigs a\n b\nx\n\n", "tree 1\nx\n\n", ""},
		{"tree 1\n gpgsig a\n\n", "tree 1\n gpgsig a\n\n", ""},
		{"tree 1\ngpgsig a", "tree 1\n", "a"},
		{"tree 1\r\ngpgsig a\r\n\r\n\n", "tree 1\r\n\r\n\n", "a\r\n"},
	} {
		payload, signature := split([]byte(c.commit))
		if string(payload) != c.payload || string(signature) != c.signature {
			t.Errorf("%q: %q and %q", c.commit, payload, signature)
		}
	}
}

func TestSignatureMatch(t *testing.T) {
	for _, c := range []struct {
		text, patterns string
		want           bool
	}{
		{"ann@example.com", "ann@example.com", true}, {"ann@example.com", "*@example.com", true}, {"ann@example.com", "a?n@*.com", true},
		{"ann@example.com", "*", true}, {"ann@example.com", "*.org", false}, {"ann@example.com", "", false}, {"", "*", true}, {"", "?", false},
		{"ann@example.com", "*,!ann@*", false}, {"ann@example.com", "!bob,*", true}, {"ann@example.com", "!bob", false}, {"aaa", "*a*a*a*", true},
		{"Ann", "ann", false}, {strings.Repeat("a", 5000), strings.Repeat("a*", 2000) + "b", false},
	} {
		if got := matchList(c.text, c.patterns); got != c.want {
			t.Errorf("%.20q %.20q: %v", c.text, c.patterns, got)
		}
	}
}

func FuzzCheck(f *testing.F) {
	ann, annKey := key(f, 1)
	f.Add([]byte(payload))
	f.Add(with("gpgsig", sign(f, ann, "git")))
	f.Add(with("gpgsig", "-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0=\n-----END PGP SIGNATURE-----"))
	signers := ReadAllowedSigners([]byte("ann@example.com " + annKey))
	good := string(with("gpgsig", sign(f, ann, "git")))
	f.Fuzz(func(t *testing.T, commit []byte) {
		before := bytes.Clone(commit)
		v := Trust{Signers: signers, Now: now}.Check(commit)
		if _, signed := Of(commit); signed != (v.Letter != None) {
			t.Errorf("%c, and signed is %v", v.Letter, signed)
		}
		if !bytes.Equal(before, commit) {
			t.Error("the commit was written to")
		}
		// Nothing but the message's commit is good, whatever its signature's armour.
		if text, _ := split(commit); v.Letter == Good && string(text) != payload {
			t.Errorf("good: %q, unlike %q", commit, good)
		}
	})
}

func FuzzReadAllowedSigners(f *testing.F) {
	_, annKey := key(f, 1)
	f.Add([]byte("ann@example.com " + annKey + "\n"))
	f.Add([]byte("\"a b\" namespaces=\"git\",valid-after=\"20200101Z\",cert-authority " + annKey + "\r\n# x\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, signer := range ReadAllowedSigners(file) {
			if signer.key == nil {
				t.Errorf("%q: a signer without a key", file)
			}
			signer.allows(signer.key, "ann@example.com", now)
		}
		ReadRevokedKeys(file)
	})
}

func FuzzReadKeyring(f *testing.F) {
	entity, err := openpgp.NewEntity("Ann", "", "", nil)
	if err != nil {
		f.Fatal(err)
	}
	var ring bytes.Buffer
	if err := entity.Serialize(&ring); err != nil {
		f.Fatal(err)
	}
	f.Add(ring.Bytes())
	f.Add([]byte(beginKey))
	f.Fuzz(func(t *testing.T, file []byte) { ReadKeyring(file) })
}
