package report

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

type auditJSON struct {
	Findings []auditFinding `json:"findings"`
	Commits  int            `json:"commits"`
	SignOffs int            `json:"sign_offs"`
	Logs     int            `json:"logs"`
}

type auditFinding struct {
	Check   string    `json:"check"`
	File    string    `json:"file,omitempty"`
	Message string    `json:"message"`
	Remedy  string    `json:"remedy"`
	Commit  string    `json:"commit,omitempty"`
	Author  string    `json:"author,omitempty"`
	Email   string    `json:"email,omitempty"`
	Date    time.Time `json:"date,omitzero"` // the author's
}

// Audit writes what an audit found.
func Audit(w io.Writer, style terminal.Style, format string, a *trail.Audit) error {
	out := auditJSON{Findings: []auditFinding{}, Commits: len(a.Commits)}
	for _, f := range a.Findings {
		j := auditFinding{Check: f.Check, File: f.Path, Message: f.Message, Remedy: f.Remedy}
		if c := f.Commit; c != nil {
			j.Commit, j.Author, j.Email, j.Date = c.ID, c.Author.Name, c.Author.Was, c.Written
		}
		out.Findings = append(out.Findings, j)
	}
	for _, c := range a.Commits {
		if _, ok := plan.ReadSignOff(c); ok {
			out.SignOffs++
		}
	}
	out.Logs = a.Logs()
	if format == "json" {
		return writeJSON(w, out)
	}
	return out.text(w, style)
}

func (a auditJSON) text(w io.Writer, style terminal.Style) error {
	var out strings.Builder
	for _, f := range a.Findings {
		place := f.File
		if place == "" {
			place = "the history"
		}
		fmt.Fprintf(&out, "%s %s\n", style.Bold(terminal.Escape(place)), style.Faint("["+f.Check+"]"))
		fmt.Fprintf(&out, "    %s\n", terminal.Wrap(terminal.Escape(f.Message), style.Width, "    "))
		if f.Commit != "" {
			fmt.Fprintf(&out, "    %s\n", style.Faint(terminal.Escape(fmt.Sprintf("commit %s by %s <%s>, %s", plan.Short(f.Commit), f.Author, f.Email, f.Date.Format("2006-01-02 15:04 -0700")))))
		}
		fmt.Fprintf(&out, "    %s %s\n", style.Faint("="), terminal.Wrap(terminal.Escape(f.Remedy), style.Width, "      "))
	}
	if len(a.Findings) > 0 {
		out.WriteString("\n")
	}
	fmt.Fprintf(&out, "%s in %s with %s and %s of sessions.\n", findingsCount(len(a.Findings)), count(a.Commits, "commit"), count(a.SignOffs, "sign-off"), count(a.Logs, "log"))
	_, err := io.WriteString(w, out.String())
	return err
}

func findingsCount(n int) string {
	if n == 0 {
		return "Nothing found"
	}
	return count(n, "finding")
}

// AuditChecks lists what an audit looks for.
func AuditChecks(w io.Writer, style terminal.Style, format string) error {
	type check struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Why   string `json:"why"`
	}
	var checks []check
	var out strings.Builder
	for _, c := range trail.Checks {
		checks = append(checks, check{c.ID, c.Title, c.Why})
		fmt.Fprintf(&out, "%s\n  %s\n  %s\n", style.Bold(c.ID), terminal.Wrap(c.Title+".", style.Width, "  "), style.Faint(terminal.Wrap(c.Why, style.Width, "  ")))
	}
	if format == "json" {
		return writeJSON(w, struct {
			Checks []check `json:"checks"`
		}{checks})
	}
	_, err := io.WriteString(w, out.String())
	return err
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
		return nil, errors.New("this is no anchor: it has no line `coachlog-anchor:`; coachlog audit anchor writes one")
	case version != anchorVersion:
		return nil, fmt.Errorf("this anchor has the form %q, and this version of coachlog reads %s", version, anchorVersion)
	case !isObjectID(values["head"]):
		return nil, fmt.Errorf("`head: %s` is no commit's whole id", values["head"])
	}
	a := &trail.Anchor{Head: values["head"], Branch: values["branch"]}
	var err error
	if a.Made, err = logparse.ParseDate(values["made"]); err != nil {
		return nil, fmt.Errorf("`made:`: %w", err)
	}
	for key, to := range map[string]*int{"commits": &a.Commits, "sign-offs": &a.SignOffs, "logs": &a.Logs} {
		if *to, err = strconv.Atoi(values[key]); err != nil || *to < 0 {
			return nil, fmt.Errorf("`%s: %s` is no number", key, values[key])
		}
	}
	return a, nil
}
