package cmd

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

func (o *lintOptions) changesFlags(c *cobra.Command) {
	c.Flags().StringVar(&o.since, "since", "", "only people whom changes since this `commit` concern; COMMIT... means since this branch left it")
	c.Flags().BoolVar(&o.isStaged, "staged", false, "look at what is staged, and only at people whom that concerns")
	c.MarkFlagsMutuallyExclusive("staged", "since")
	c.MarkFlagsMutuallyExclusive("staged", "fix") // which writes to the files as they are
}

// checkChanges refuses what doesn't go with --since or --staged.
func (o *lintOptions) checkChanges(paths []string) error {
	flag := "--since"
	switch {
	case o.isStaged:
		flag = "--staged"
	case !o.isSince:
		return nil
	}
	if slices.Contains(paths, "-") {
		return fmt.Errorf("%s is about files that git knows, so it doesn't work with the path \"-\"", flag)
	}
	if !o.many.one(o.app) {
		return hint.New("coachlog -C FOLDER lint "+flag+", for each of them", "%s is about one repository, and there are several logbooks here", flag)
	}
	return nil
}

// errNotStaged says that what is staged is no logbook, which is no reason not to commit it.
var errNotStaged = errors.New(logbook.SettingsName + " isn't staged or committed, so there is no logbook to lint yet")

// open opens the logbook, or several, and with --since or --staged asks git what changed.
func (o *lintOptions) open() (*logbooks, func() (*history.Since, error), error) {
	if !o.isStaged {
		changes := o.askGit()
		l, err := o.openLogbooks(&o.many)
		return l, changes, err
	}
	dir, err := o.find()
	if err != nil {
		return nil, nil, err
	}
	since, err := history.ReadStaged(context.Background(), dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		err = hint.New("lint without --staged reads everything", "the logbook isn't in a git repository, so nothing is staged")
	}
	if err != nil {
		return nil, nil, err
	}
	if !dir.Exists(logbook.SettingsName) {
		return nil, nil, errNotStaged
	}
	w, err := o.readRoster(dir)
	return &logbooks{app: o.app, all: []*workspace{w}}, func() (*history.Since, error) { return since, nil }, err
}

// stagedUnsealed is the message of it.
const stagedUnsealed = "what is staged of this file has confidential text that isn't sealed"

// staged finds confidential text that is about to be committed unsealed, where git runs the lint as a
// hook: a file can be sealed by now, and not what was staged of it before. What was found of it
// already says so too.
func (o *lintOptions) staged(w *workspace, found []rules.Finding) ([]rules.Finding, error) {
	settings := w.shared.Settings
	if os.Getenv("GIT_INDEX_FILE") == "" && !o.isStaged || !settings.Seals() {
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
		if !settings.MustSeal(logparse.Parse(file, texts[name], settings.Headings)) {
			continue
		}
		remedy := "coachlog seal " + file + ", then git add " + file
		if !repo.Holds(name) {
			remedy = "it isn't one of the logbook's files: git rm --cached " + file
		}
		at := slices.IndexFunc(found, func(f rules.Finding) bool { return o.isStaged && f.Rule == "sealed-text" && f.File == file })
		if at >= 0 {
			found[at].Message, found[at].Remedy = stagedUnsealed, remedy
			continue
		}
		findings = append(findings, rules.Finding{Rule: "sealed-text", MustShow: true, Severity: logparse.Error, File: file, Line: 1, Column: 1, EndLine: 1, EndCol: 1,
			Message: stagedUnsealed, Remedy: remedy})
	}
	return findings, nil
}
