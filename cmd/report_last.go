package cmd

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// lastReportsName is a file in git's own folder. It belongs to this clone, holds no
// text of anybody's, and can be deleted at any time.
const lastReportsName = "coachlog/last-reports.json"

// A lastReports knows up to which day the last reports went that were written to
// files.
type lastReports struct {
	folder string // git's; "" where there is none
	err    error  // why there is none
}

func (o *reportOptions) lastReports(w *workspace) *lastReports {
	repo, err := history.Find(w.dir)
	if err != nil {
		return &lastReports{err: err}
	}
	return &lastReports{folder: repo.CommonDir()}
}

// since is the time from the last report's end to today.
func (l *lastReports) since(of string, today logparse.Date) (plan.Period, error) {
	if l.err != nil {
		return plan.Period{}, fmt.Errorf("--since-last-report needs a git repository: %w", l.err)
	}
	days, _, err := l.read()
	if err != nil {
		return plan.Period{}, err
	}
	last, err := logparse.ParseDate(days[of])
	if err != nil {
		return plan.Period{}, errors.New("no such report was written to a file in this clone yet; name the days with --period")
	}
	from := last.AddDays(1)
	if today.Before(from) {
		return plan.Period{}, fmt.Errorf("the last report goes up to %s, so there are no days between it and today", last)
	}
	return plan.Period{Name: fmt.Sprintf("%s..%s", from, today), From: from, To: today}, nil
}

// note keeps up to which day a report went: not up to today, which may see another
// session.
func (l *lastReports) note(of string, covers logparse.Date, today logparse.Date) error {
	if l.err != nil {
		return nil // without git there is no place for it, and nobody asked
	}
	if !covers.Before(today) {
		covers = today.AddDays(-1)
	}
	days, old, err := l.read()
	if err != nil {
		days = nil // somebody's hand was in it
	}
	if days == nil {
		days = make(map[string]string)
	}
	days[of] = covers.String()
	text, err := json.MarshalIndent(days, "", "  ")
	if err != nil {
		return err
	}
	folder, err := logbook.Open(l.folder)
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if old == nil {
		return folder.Create(lastReportsName, text, reportMode)
	}
	return folder.Replace(lastReportsName, old, text)
}

func (l *lastReports) read() (days map[string]string, text []byte, err error) {
	text, err = logbook.ReadAnyFile(filepath.Join(l.folder, filepath.FromSlash(lastReportsName)))
	if err != nil {
		return nil, nil, nil // there is none yet
	}
	if err := json.Unmarshal(text, &days); err != nil {
		return nil, text, fmt.Errorf("%s can't be read: %w; it can be deleted", filepath.Join(l.folder, lastReportsName), err)
	}
	return days, text, nil
}
