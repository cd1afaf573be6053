package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// Fingerprint gives each finding what it is known by from one run to the next: its rule, its file and the
// id or the words of its line, and which of those alike it is. Neither lines that move nor days that
// pass change it. It is a hash, so nobody's words are in it.
func Fingerprint(findings []Finding) {
	alike := make(map[string]int)
	for i := range findings {
		f := &findings[i]
		about := f.Rule + "\x00" + f.File + "\x00" + f.subject()
		alike[about]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", about, alike[about]))
		f.Fingerprint = hex.EncodeToString(sum[:fingerprintBytes])
	}
}

// IsFingerprint says whether a text looks like a fingerprint.
func IsFingerprint(text string) bool {
	sum, err := hex.DecodeString(text)
	return err == nil && len(sum) == fingerprintBytes && strings.ToLower(text) == text
}

const fingerprintBytes = 16

var (
	itemID  = pattern.Of(`(?:^|\s)(\^[\pL\pN_-]+)`)
	comment = pattern.Of(`<!--.*?(?:-->|$)|%%.*?(?:%%|$)`)
	itemBox = pattern.Of(`^\s*(?:[-*+]\s+)?(?:\[.\]\s+)?`)
)

// subject is the id of the item that the line is of, else the line's words.
func (f *Finding) subject() string {
	line := comment().ReplaceAllString(f.Text, "")
	if id := itemID().FindStringSubmatch(line); id != nil {
		return id[1]
	}
	return logparse.NormalText(strings.TrimSpace(itemBox().ReplaceAllString(line, "")))
}
