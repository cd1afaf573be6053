package cmd

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// A maintainersReport is what helps to fix a bug in coachlog. Only its own words, numbers and
// names of coachlog's settings, rules and diagnostics come into it.
type maintainersReport struct{ strings.Builder }

func (r *maintainersReport) line(name string, value any) { fmt.Fprintf(r, "%-18s %v\n", name, value) }

// count writes a number, unless it is none.
func (r *maintainersReport) count(name string, n int) {
	if n > 0 {
		r.line(name, n)
	}
}

// forMaintainers prints it. What other commands say about files isn't said here: it has paths.
func (o *doctorOptions) forMaintainers() error {
	quiet, streams := *o.app, *o.Streams
	streams.Err, streams.ErrStyle = io.Discard, terminal.Style{}
	quiet.Streams, quiet.formatSaid = &streams, true
	r := &maintainersReport{}
	r.WriteString(strings.TrimSpace(buildOf().Text(terminal.Style{})) + "\n")
	r.line("git", gitVersion())
	r.line("editor", map[bool]string{true: "set", false: "not set"}[o.HasEditor()])
	w, err := quiet.openRoster()
	switch {
	case errors.Is(err, logbook.ErrNotFound):
		r.line("logbook", "none here")
	case err != nil:
		r.line("logbook", "can't be read")
	default:
		r.repository(w)
		r.settings(w.shared.Settings)
		r.files(&quiet, w)
		r.findings(&quiet, w)
	}
	_, err = io.WriteString(o.Out, r.String())
	return err
}

// gitVersion is git's version, and nothing else of what it says.
func gitVersion() string {
	said, err := exec.Command("git", "--version").Output()
	if err != nil {
		return "not installed"
	}
	return regexp.MustCompile(`[0-9]+(\.[0-9]+)*`).FindString(string(said))
}

func (r *maintainersReport) repository(w *workspace) {
	repo, err := history.Find(w.dir)
	switch {
	case errors.Is(err, gitrepo.ErrNoRepository):
		r.line("repository", "none")
		return
	case err != nil:
		r.line("repository", "can't be used")
		return
	}
	where := "at its top"
	if repo.Prefix != "." {
		where = "in a folder of it"
	}
	r.line("repository", where)
	fatal, notes := 0, 0
	for _, p := range repo.Diagnose() {
		if p.Fatal {
			fatal++
		} else {
			notes++
		}
	}
	r.count("  stop a commit", fatal)
	r.count("  need git", notes)
}

// settings are which keys of coachlog.yaml are used, and nothing of what they say.
func (r *maintainersReport) settings(s *logparse.Settings) {
	r.line("format", max(1, s.Format.V))
	var keys []string
	for _, key := range []struct {
		name string
		set  bool
	}{
		{"name", s.Name.Set}, {"cadence", s.Cadence.Set}, {"minutes", s.Minutes.Set}, {"talk_aim", s.TalkAim.Set}, {"fiscal_year_starts", s.FiscalYearStarts.Set},
		{"carried_out", s.CarriedOut.Set}, {"time", s.Time.Set}, {"time_zone", s.TimeZone.Set}, {"date_order", s.DateOrder.Set}, {"signatures", s.Signatures.Set},
		{"signatures_from", s.SignaturesFrom.Set}, {"agreement", s.Agreement.Set}, {"forges", len(s.Forges) > 0}, {"confidential", s.Sealing.Set}, {"pulses_to", s.PulsesTo.Set},
		{"commit_words", s.CommitWords}, {"people", len(s.People) > 0}, {"metrics", len(s.Metrics) > 0}, {"imports", len(s.Imports) > 0}, {"rules", len(s.Rules) > 0}, {"sections", s.Headings.Any()},
	} {
		if key.set {
			keys = append(keys, key.name)
		}
	}
	r.line("settings", strings.Join(keys, ", "))
	for _, rule := range s.Rules {
		if rules.Find(rule.Rule) != nil { // else it is somebody's word
			r.line("  rule "+rule.Rule, rule.Severity)
		}
	}
}

// files are how many there are of each kind.
func (r *maintainersReport) files(a *app, w *workspace) {
	found, missing := a.census(w)
	r.line("people", len(w.Everybody()))
	for _, kind := range slices.Sorted(maps.Keys(found.kinds)) {
		r.count("  "+kind.String()+" files", found.kinds[kind])
	}
	r.count("  metrics files", len(w.shared.Metrics))
	r.count("  left alone", found.others)
	r.count("  without a plan", len(found.planless))
	r.count("  not read", len(missing.unreadable()))
}

// findings are how often each rule and diagnostic of lint finds something.
func (r *maintainersReport) findings(a *app, w *workspace) {
	lint := &lintOptions{app: a, tier: rules.Method}
	found := lint.everything(w, func(string, logparse.Date) bool { return false })
	numbers := make(map[string]int)
	for _, f := range found.findings {
		numbers[f.Rule]++
	}
	r.line("lint findings", len(found.findings))
	for _, rule := range slices.Sorted(maps.Keys(numbers)) {
		r.line("  "+rule, numbers[rule])
	}
	if found.unread != nil {
		r.line("  sign-offs", "can't be read")
	}
}
