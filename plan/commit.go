package plan

import (
	"strings"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// A Commit is one commit of the logbook's repository, with the logbook's files
// that it changed.
type Commit struct {
	ID        string // full object id
	Author    Author // by .mailmap, who they are now
	Committer Author
	Written   time.Time // the author's, with their offset from UTC
	Recorded  time.Time // the committer's
	Subject   string
	Body      string // without the subject
	Parents   []string
	Files     []FileVersion // by path
}

// An Author is who a commit says that it is by.
type Author struct {
	Name, Email string // as they are now
	Was         string // the address that stands in the commit
}

// InCommit is the author with the address that stands in the commit.
func (a Author) InCommit() string { return a.Name + " <" + a.Was + ">" }

// Same says whether two are one person, as far as a commit can say.
func (a Author) Same(b Author) bool { return strings.EqualFold(a.Email, b.Email) }

// Has says whether an address is one of the author's.
func (a Author) Has(address string) bool {
	return strings.EqualFold(a.Email, address) || strings.EqualFold(a.Was, address)
}

// A FileVersion is what a commit made of one file.
type FileVersion struct {
	Path          string   // relative to the logbook
	Before, After string   // ids of the contents; "" where there is no file
	Others        []string // of a merge: what Before is in its further parents
}

// Day is the civil date on which a commit was written, where its author was.
func (c *Commit) Day() logparse.Date { return logparse.DateOf(c.Written) }

// RecordedDay is the civil date on which a commit was made, where its committer
// was. Rebasing a commit makes it anew, and leaves Day as it is.
func (c *Commit) RecordedDay() logparse.Date { return logparse.DateOf(c.Recorded) }

// Short is a commit's id as people write it.
func Short(commit string) string { return commit[:min(10, len(commit))] }

// UndoTrailer names the commit that a commit takes back.
const UndoTrailer = "Coachlog-Undo"

// ForgotTrailer names a person whose files a commit removes at their request, by each of
// their ids.
const ForgotTrailer = "Coachlog-Forgot"

// Forgotten are the ids that a commit says it forgets.
func (c *Commit) Forgotten() (ids []string) {
	if !strings.Contains(c.Body, ForgotTrailer) {
		return nil
	}
	for _, t := range c.Trailers() {
		if t.Key == ForgotTrailer {
			ids = append(ids, logparse.NormalID(t.Value))
		}
	}
	return ids
}

// A Trailer is a line KEY: VALUE at the end of a commit's message.
type Trailer struct{ Key, Value string }

// Trailers are some that stand together.
type Trailers []Trailer

// only is the value of a key that is there once; "" of others.
func (all Trailers) only(key string) (value string) {
	n := 0
	for _, t := range all {
		if t.Key == key {
			value = t.Value
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return value
}

// Trailers are those of the message's last paragraph. A paragraph with any other
// line has none.
func (c *Commit) Trailers() Trailers {
	body := strings.TrimSpace(c.Body)
	if at := strings.LastIndex(body, "\n\n"); at >= 0 {
		body = body[at+2:]
	}
	var trailers Trailers
	for line := range strings.Lines(body) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.ContainsAny(key, " \t") {
			return nil
		}
		trailers = append(trailers, Trailer{key, value})
	}
	return trailers
}
