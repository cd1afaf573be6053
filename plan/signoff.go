package plan

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/logparse"
)

// The trailers of a sign-off's commit, and the line with which all of them start.
const (
	SignOffMark      = "Coachlog-Agreed"
	SignOffPath      = SignOffMark           // the file, relative to the logbook
	SignOffText      = SignOffMark + "-Text" // the id of its content
	SignOffPerson    = SignOffMark + "-By"   // the id of who agrees
	SignOffWithdrawn = SignOffMark + "-Withdrawn"
)

// A SignOff is somebody's word, in a commit of its own that changes no file, that
// just this text of a log or plan is what was agreed (methods 4 and 59).
type SignOff struct {
	Person string // the present id of whom the commit names
	Path   string // relative to the logbook
	Text   string // the id of the content
	Commit *Commit
	Void   *LaterEdit // what changed the text since; nil while the word stands
}

// A LaterEdit is what became of a text after somebody had agreed to it.
type LaterEdit struct {
	Commit   *Commit // the first that changed the text; nil where no commit has yet
	Lines    []int   // of the present text, that were changed or stand where some were taken out
	Progress bool    // nothing but ticks changed: what was agreed is as it was
}

// ReadSignOff is the sign-off that a commit is; ok is false for other commits.
func ReadSignOff(c *Commit) (s SignOff, ok bool) {
	if !strings.Contains(c.Body, SignOffMark) || strings.Contains(c.Body, SignOffWithdrawn) {
		return s, false // as most are
	}
	s = SignOff{Person: logparse.NormalID(c.trailer(SignOffPerson)), Path: c.trailer(SignOffPath), Text: c.trailer(SignOffText), Commit: c}
	return s, s.Person != "" && s.Path != "" && s.Text != ""
}

// ReadWithdrawal is the sign-off's commit that a commit takes back, and the file that
// it was about; "" for other commits.
func ReadWithdrawal(c *Commit) (commit, path string) {
	if !strings.Contains(c.Body, SignOffWithdrawn) {
		return "", ""
	}
	return c.trailer(SignOffWithdrawn), c.trailer(SignOffPath)
}

// Sides are the two people who agree to a text, a log's or a plan's, by what stands in
// it; nil for other files. It need not be the present text.
func (b *Logbook) Sides(doc *logparse.Document) []string {
	var sides []string
	switch {
	case doc == nil:
	case doc.Session != nil && doc.Session.Coachee.Set:
		if p := b.Person(doc.Session.Coachee.V); p != nil {
			sides = []string{p.ID, b.leaderOf(p, doc)}
		}
	case doc.Plan != nil:
		if p := b.Person(doc.Plan.Person.V); p != nil {
			coach := b.CoachOf(p)
			if doc.Plan.Coach.Set {
				coach = b.Resolve(doc.Plan.Coach.V)
			}
			sides = []string{p.ID, coach}
		}
	}
	return slices.Compact(slices.DeleteFunc(sides, func(id string) bool { return id == "" }))
}

// ByAuthor are the people whose plan, or else whose settings, list the address that
// an author commits with. Where nobody has that one, .mailmap may say which one
// they have now: it can't make somebody's address another's.
func (r *Roster) ByAuthor(a Author) []*Person {
	if found := r.addresses[strings.ToLower(a.Was)]; len(found) > 0 {
		return found
	}
	return r.addresses[strings.ToLower(a.Email)]
}

// IsBy says whether an author is one person and nobody else: an address that two
// people list is nobody's.
func (r *Roster) IsBy(a Author, p *Person) bool {
	found := r.ByAuthor(a)
	return p != nil && len(found) == 1 && found[0].ID == p.ID
}

// OnePerson is who both wrote and recorded something: the one person behind the author
// and the committer. It is nil where they are two, or where nobody or more than one lists
// an address.
func (r *Roster) OnePerson(author, committer Author) *Person {
	found := r.ByAuthor(author)
	if len(found) != 1 || !r.IsBy(committer, found[0]) {
		return nil
	}
	return found[0]
}

// Own says whether a sign-off is that of the person it names. Every command asks here.
func (r *Roster) Own(s SignOff) bool {
	by := r.OnePerson(s.Commit.Author, s.Commit.Committer)
	return by != nil && by.ID == r.Resolve(s.Person)
}

// Counts says whether a sign-off is the person's own, and they are a side of the text
// that they signed.
func (b *Logbook) Counts(s SignOff, signed *logparse.Document) bool {
	return b.Own(s) && slices.Contains(b.Sides(signed), b.Resolve(s.Person))
}

// SignOffs are those that count among a history's commits, the newest first: of people
// who are still a side of the file, not withdrawn, and of each person and file the
// latest only. The caller reads the text that a sign-off names.
func (b *Logbook) SignOffs(commits []*Commit, read func(SignOff) (*logparse.Document, error)) ([]SignOff, error) {
	docs := make(map[string]*logparse.Document)
	for _, doc := range b.Docs {
		docs[doc.Path] = doc
	}
	withdrawn := b.Withdrawn(commits)
	var found []SignOff
	for _, c := range commits {
		s, ok := ReadSignOff(c)
		doc := docs[s.Path]
		s.Person = b.Resolve(s.Person)
		if !ok || doc == nil || withdrawn[c.ID] || !b.Own(s) || !slices.Contains(b.Sides(doc), s.Person) {
			continue
		}
		if slices.ContainsFunc(found, func(o SignOff) bool { return o.Person == s.Person && o.Path == s.Path }) {
			continue
		}
		signed, err := read(s)
		if err != nil {
			return nil, err
		}
		if b.Counts(s, signed) {
			found = append(found, s)
		}
	}
	return found, nil
}

// Withdrawn are the commits, of those given with the newest first, whose sign-off was
// taken back since by whom it names: that takes back every earlier one of theirs on
// the file. It isn't known by the commit, which a rebase makes another one.
func (r *Roster) Withdrawn(commits []*Commit) map[string]bool {
	type word struct{ person, path string }
	taken := make(map[word]bool)
	withdrawn := make(map[string]bool)
	whose := make(map[string]string) // by the sign-off's commit
	for _, c := range commits {
		if s, ok := ReadSignOff(c); ok && r.Someone(r.Resolve(s.Person)).Known {
			whose[c.ID] = r.Resolve(s.Person)
		}
	}
	for _, c := range commits {
		if id, path := ReadWithdrawal(c); path != "" {
			if by := r.OnePerson(c.Author, c.Committer); by != nil && (whose[id] == "" || whose[id] == by.ID) {
				taken[word{by.ID, path}] = true
			}
			continue
		}
		if s, ok := ReadSignOff(c); ok && taken[word{r.Resolve(s.Person), s.Path}] {
			withdrawn[c.ID] = true
		}
	}
	return withdrawn
}

// Missing are those of some people who have no sign-off of a file that counts for its
// present text. A date by hand is none: whoever edits the file can write one for another.
func (b *Logbook) Missing(path string, people ...string) []string {
	return slices.DeleteFunc(slices.Clone(people), func(id string) bool {
		return slices.ContainsFunc(b.Signed, func(s SignOff) bool { return s.Path == path && s.Person == id && s.Void == nil })
	})
}

// DatesByHand are the days that a text's front matter has for people's agreement, by
// their present ids.
func (r *Roster) DatesByHand(doc *logparse.Document) map[string]logparse.Date {
	dates := make(map[string]logparse.Date)
	var byHand []logparse.SignOff
	switch {
	case doc.Session != nil:
		byHand = doc.Session.Agreed
	case doc.Plan != nil:
		byHand = doc.Plan.Agreed
	}
	for _, s := range byHand {
		dates[r.Resolve(s.Person.V)] = s.Date
	}
	return dates
}

// Voided are the sign-offs of a file that a later edit has voided.
func (b *Logbook) Voided(path string) []SignOff {
	return slices.DeleteFunc(slices.Clone(b.Signed), func(s SignOff) bool { return s.Path != path || s.Void == nil })
}

// SameText says whether two texts are the same but for the line ends, which differ
// between computers.
func SameText(a, b []byte) bool { return bytes.Equal(withoutReturns(a), withoutReturns(b)) }

func withoutReturns(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// NewLaterEdit compares the text that was agreed with the present one.
func NewLaterEdit(agreed, present *logparse.Document, commit *Commit) *LaterEdit {
	return &LaterEdit{
		Commit: commit, Lines: changedLines(agreed.Text, present.Text),
		Progress: agreed.Session != nil && SameText(withoutTicks(agreed), withoutTicks(present)),
	}
}

// ChangedSince are the lines of a text's body that an earlier text hasn't got, but for
// ticks, and for a result that was blank and is not done: so the first format wrote it.
func ChangedSince(before, after *logparse.Document) []int {
	plain := func(doc *logparse.Document) []byte {
		text := withoutTicks(doc)
		if doc.Session != nil {
			for _, it := range planItems(doc.Session.FollowThrough) {
				if it.State == logparse.NotDone {
					text[it.Box.Start] = ' '
				}
			}
		}
		return text
	}
	front := after.Position(after.Front.Span.End).Line
	return slices.DeleteFunc(changedLines(plain(before), plain(after)), func(line int) bool { return line <= front })
}

// withoutTicks is a text without the marks in the boxes of a log's plan, which people
// tick between two sessions.
func withoutTicks(doc *logparse.Document) []byte {
	text := slices.Clone(doc.Text)
	if doc.Session == nil {
		return text
	}
	for _, it := range planItems(slices.Concat(doc.Session.ShortTerm, doc.Session.MidTerm)) {
		if it.State == logparse.Open || it.State == logparse.Done || it.State == logparse.Partly {
			text[it.Box.Start] = ' '
		}
	}
	return text
}

// changedLines are the numbers of those lines of after that before hasn't got in
// their place. Where lines were only taken out, it is the line that follows.
func changedLines(before, after []byte) []int {
	old, now := strings.SplitAfter(string(withoutReturns(before)), "\n"), strings.SplitAfter(string(withoutReturns(after)), "\n")
	same := linediff.Match(now, old)
	var lines []int
	for i, at := range same {
		if at < 0 {
			lines = append(lines, i+1)
		}
	}
	if len(lines) == 0 && len(old) != len(now) {
		first := 0
		for first < len(now)-1 && same[first] == first {
			first++
		}
		lines = append(lines, first+1)
	}
	return lines
}

// Where says which lines were changed.
func (e *LaterEdit) Where() string { return lineRanges(e.Lines) + " changed" }

// Words say which lines were changed, by whom and in which commit.
func (e *LaterEdit) Words() string {
	if e.Commit == nil {
		return e.Where() + ", not committed yet"
	}
	return e.Where() + ", in commit " + Short(e.Commit.ID) + " by " + e.Commit.Author.Name + " on " + e.Commit.Day().Time().Format("2 Jan 2006")
}

// lineRanges writes line numbers for people: "lines 4-6 and 9".
func lineRanges(lines []int) string {
	if len(lines) == 0 {
		return "invisible bytes"
	}
	var parts []string
	for from, to := 0, 0; from < len(lines); from = to {
		for to = from + 1; to < len(lines) && lines[to] == lines[to-1]+1; {
			to++
		}
		part := strconv.Itoa(lines[from])
		if to > from+1 {
			part += "-" + strconv.Itoa(lines[to-1])
		}
		parts = append(parts, part)
	}
	const most = 6
	if len(parts) > most {
		parts = append(parts[:most], "more")
	}
	text := strings.Join(parts, ", ")
	if at := strings.LastIndex(text, ", "); at >= 0 {
		text = text[:at] + " and " + text[at+len(", "):]
	}
	if len(lines) == 1 {
		return "line " + text
	}
	return "lines " + text
}
