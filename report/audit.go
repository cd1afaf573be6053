package report

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report/page"
)

// An Audit is what an audit found.
type Audit struct {
	Findings []AuditFinding `json:"findings"`
	Commits  int            `json:"commits"`
	SignOffs int            `json:"sign_offs"`
	Logs     int            `json:"logs"`
	Notes    []string       `json:"notes,omitempty"` // what isn't a finding, and good to know
}

// An AuditFinding is one thing that the commits don't bear out.
type AuditFinding struct {
	trail.Finding
	Commit string    `json:"commit,omitempty"`
	Author string    `json:"author,omitempty"`
	Email  string    `json:"email,omitempty"`
	Date   time.Time `json:"date,omitzero"` // the author's
}

// NewAudit gathers what an audit found.
func NewAudit(a *trail.Audit) *Audit {
	out := &Audit{Commits: len(a.Commits), SignOffs: trail.SignOffsIn(a.Commits), Logs: a.Logs()}
	for _, f := range a.Findings {
		j := AuditFinding{Finding: f}
		if c := f.Commit; c != nil {
			j.Commit, j.Author, j.Email, j.Date = c.ID, c.Author.Name, c.Author.Was, c.Written
		}
		out.Findings = append(out.Findings, j)
	}
	for _, m := range a.Moves {
		out.Notes = append(out.Notes, fmt.Sprintf("The logbook was moved from %s to %s on %s, in commit %s.", folderName(m.From), folderName(m.Into), logparse.DateOf(m.Day), plan.Short(m.Commit)))
	}
	for _, f := range a.Forgotten {
		out.Notes = append(out.Notes, fmt.Sprintf("The files of %s were removed at their request on %s, by %s, in commit %s.", strings.Join(f.IDs, ", "), f.Commit.RecordedDay(), f.Commit.Author.Name, plan.Short(f.Commit.ID)))
	}
	return out
}

func folderName(folder string) string {
	if folder == "." {
		return "the top of the repository"
	}
	return folder
}

// Page lists the findings.
func (a *Audit) Page() *page.Page {
	p := &page.Page{}
	p.Add("", "", itemsOf(a.Findings, AuditFinding.item))
	p.Add("", "", plain(a.Notes))
	found := "Nothing found"
	if len(a.Findings) > 0 {
		found = sentence.Count(len(a.Findings), "finding")
	}
	p.Closing = fmt.Sprintf("%s in %s with %s and %s.", found, sentence.Count(a.Commits, "commit"), sentence.Count(a.SignOffs, "sign-off"), sentence.Count(a.Logs, "session log"))
	return p
}

func (f AuditFinding) item() page.Item {
	it := page.Item{Text: cmp.Or(f.Path, "the history"), Small: "[" + f.Check + "]", Items: plain(append([]string{f.Message}, f.Moved...))}
	if f.Commit != "" {
		it.Items = append(it.Items, page.Item{Small: fmt.Sprintf("commit %s by %s <%s>, %s", plan.Short(f.Commit), f.Author, f.Email, f.Date.Format("2006-01-02 15:04 -0700"))})
	}
	it.Items = append(it.Items, page.Item{Mark: page.Remedy, Text: f.Remedy})
	return it
}

// AuditChecks are what an audit looks for.
type AuditChecks struct {
	Checks []*trail.Check `json:"checks"`
}

// Page lists the checks, and why each is there.
func (c AuditChecks) Page() *page.Page {
	p := &page.Page{}
	p.Add("", "", itemsOf(c.Checks, func(check *trail.Check) page.Item {
		return page.Item{Text: check.ID, Items: []page.Item{{Text: check.Title + "."}, {Small: check.Why}}}
	}))
	return p
}

// anchorVersion is the form of anchors that this version writes and reads.
const anchorVersion = "1"

// AnchorText writes an anchor down.
func AnchorText(a trail.Anchor) string {
	return fmt.Sprintf(`# What a logbook's history was on one day. Keep it where nobody can change it
# together with the logbook; coachlog audit --against THIS-FILE compares.
coachlog-anchor: %s
made: %s
branch: %s
head: %s
commits: %d
sign-offs: %d
logs: %d
`, anchorVersion, a.Made, terminal.Escape(a.Branch), a.Head, a.Commits, a.SignOffs, a.Logs)
}

// isObjectID says whether a text is an object's whole id, of SHA-1 or SHA-256.
func isObjectID(id string) bool {
	return (len(id) == 40 || len(id) == 64) && strings.Trim(id, "0123456789abcdef") == ""
}

// ReadAnchor reads what AnchorText has written, also where mail has changed its
// line ends or quoted it.
func ReadAnchor(text []byte) (*trail.Anchor, error) {
	values := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimLeft(strings.TrimSpace(line), "> ")
		if key, value, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "#") {
			values[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	switch version := values["coachlog-anchor"]; {
	case version == "":
		return nil, errors.New("this isn't an anchor: it has no line `coachlog-anchor:`; coachlog audit anchor writes one")
	case version != anchorVersion:
		return nil, fmt.Errorf("this anchor has the form %q, and this version of coachlog reads %s", version, anchorVersion)
	case !isObjectID(values["head"]):
		return nil, fmt.Errorf("`head: %s` isn't a commit's full id", values["head"])
	}
	a := &trail.Anchor{Head: values["head"], Branch: values["branch"]}
	var err error
	if a.Made, err = logparse.ParseDate(values["made"]); err != nil {
		return nil, fmt.Errorf("`made:`: %w", err)
	}
	for key, to := range map[string]*int{"commits": &a.Commits, "sign-offs": &a.SignOffs, "logs": &a.Logs} {
		if *to, err = strconv.Atoi(values[key]); err != nil || *to < 0 {
			return nil, fmt.Errorf("`%s: %s` isn't a number", key, values[key])
		}
	}
	return a, nil
}
