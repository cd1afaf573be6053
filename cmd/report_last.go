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

// lastReports is a file in git's own folder that knows up to which day the last
// reports went that were written to files. It belongs to this clone, holds no text of
// anybody's, and can be deleted at any time.
const lastReports = "coachlog/last-reports.json"

// gitFolder is git's own folder.
func (w *workspace) gitFolder() (*logbook.Dir, error) {
	repo, err := history.Find(w.dir)
	if err != nil {
		return nil, err
	}
	return logbook.Open(repo.CommonDir())
}

// sinceLastReport is the time from the last report's end to today.
func (w *workspace) sinceLastReport(of string) (plan.Period, error) {
	folder, err := w.gitFolder()
	if err != nil {
		return plan.Period{}, fmt.Errorf("--since-last-report needs a git repository: %w", err)
	}
	days, _, err := readLastReports(folder)
	if err != nil {
		return plan.Period{}, err
	}
	last, err := logparse.ParseDate(days[of])
	if err != nil {
		return plan.Period{}, errors.New("no such report was written to a file in this clone yet; name the days with --period")
	}
	from := last.AddDays(1)
	if w.today.Before(from) {
		return plan.Period{}, fmt.Errorf("the last report goes up to %s, so there are no days between it and today", last)
	}
	return plan.Period{Name: fmt.Sprintf("%s..%s", from, w.today), From: from, To: w.today}, nil
}

// noteReport keeps up to which day a report went: not up to today, which may see
// another session.
func (w *workspace) noteReport(of string, covers logparse.Date) error {
	folder, err := w.gitFolder()
	if err != nil {
		return nil // without git there is no place for it, and nobody asked
	}
	if !covers.Before(w.today) {
		covers = w.today.AddDays(-1)
	}
	days, old, err := readLastReports(folder)
	if err != nil || days == nil {
		days = make(map[string]string) // there is none yet, or somebody's hand was in it
	}
	days[of] = covers.String()
	text, err := json.MarshalIndent(days, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if old == nil {
		return folder.Create(lastReports, text, logbook.OutputMode)
	}
	return folder.Replace(lastReports, old, text)
}

func readLastReports(folder *logbook.Dir) (days map[string]string, text []byte, err error) {
	text, err = folder.ReadFile(lastReports)
	if err != nil {
		return nil, nil, nil // there is none yet
	}
	if err := json.Unmarshal(text, &days); err != nil {
		return nil, text, fmt.Errorf("%s can't be read: %w; it can be deleted", filepath.Join(folder.Path, lastReports), err)
	}
	return days, text, nil
}
