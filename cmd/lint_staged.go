package cmd

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// staged finds confidential text that is about to be committed unsealed, where git runs the
// lint as a hook: a file can be sealed by now, and not what was staged of it before.
func (o *lintOptions) staged(w *workspace) ([]rules.Finding, error) {
	settings := w.shared.Settings
	if os.Getenv("GIT_INDEX_FILE") == "" || !settings.Seals() {
		return nil, nil
	}
	repo, err := history.Find(w.dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	texts, err := repo.Staged(context.Background(), func(name string) bool { // an editor's copy of a log, too
		return repo.Holds(name) || strings.HasPrefix(repo.InLogbook(name), logparse.PeopleFolder+"/")
	})
	if err != nil {
		return nil, err
	}
	var findings []rules.Finding
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		file := repo.InLogbook(name)
		if settings.MustSeal(logparse.Parse(file, texts[name], settings.Headings)) {
			remedy := "coachlog seal " + file + ", then git add " + file
			if !repo.Holds(name) {
				remedy = "it isn't one of the logbook's files: git rm --cached " + file
			}
			findings = append(findings, rules.Finding{Rule: "sealed-text", MustShow: true, Severity: logparse.Error, File: file, Line: 1, Column: 1, EndLine: 1, EndCol: 1,
				Message: "what is staged of this file has confidential text that isn't sealed", Remedy: remedy})
		}
	}
	return findings, nil
}
