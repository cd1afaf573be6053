package logparse

import "bytes"

// storedMarks are how files start that hold a log in another form. Whoever edits such a
// file loses the log, so each has the way to the text itself.
var storedMarks = []struct{ mark, what, remedy string }{
	{"\x00GITCRYPT\x00", "the file is encrypted by git-crypt, and locked here", "run git-crypt unlock, and leave the file as it is"},
	{"version https://git-lfs.github.com/spec/", "git-lfs has this file's text elsewhere, and only points at it here", "run git lfs pull, and leave the file as it is"},
	{"age-encryption.org/", "the file is encrypted by age", "decrypt it with age, and leave it as it is until then"},
	{SealStart, "the file is encrypted by age", "decrypt it with age, and leave it as it is until then"},
	{"-----BEGIN PGP MESSAGE-----", "the file is encrypted with OpenPGP", "decrypt it with gpg, and leave it as it is until then"},
	{"$ANSIBLE_VAULT;", "the file is encrypted by ansible-vault", "decrypt it with ansible-vault, and leave it as it is until then"},
}

// storedAs says of a text that is a log in another form what it is, and what makes it a
// log again; "" of others.
func storedAs(text []byte) (what, remedy string) {
	for _, m := range storedMarks {
		if bytes.HasPrefix(text, []byte(m.mark)) {
			return m.what, m.remedy
		}
	}
	return "", ""
}
