package cmd

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// toldName is a file in the git folder of each logbook of which a report over several told:
// of whom, by part, so that a later one can't be taken off it. It belongs to this clone, and
// has neither names nor figures.
const toldName = "coachlog/told.json"

// A toldFile is that file.
type toldFile struct {
	Logbook string       `json:"logbook"` // drawn at random; with an id it makes a person's key
	Told    []toldReport `json:"told"`

	folder *logbook.Dir
	text   []byte // as it is; nil where there is none
}

// A toldReport is one report over several logbooks. The numbers of both periods are about the
// same people.
type toldReport struct {
	For     string         `json:"for"`
	Periods []string       `json:"periods"`
	People  report.Telling `json:"people"`
}

// A ledger is what the logbooks of a report note of earlier ones.
type ledger struct {
	of    []*toldFile          // by logbook
	files map[string]*toldFile // by git folder, which logbooks may share
}

// openLedger reads of whom earlier reports told the same readers, and has the new one heed it.
func (l *logbooks) openLedger(scope *report.Scope) (*ledger, error) {
	if l.union == nil || scope.For == "" {
		return &ledger{}, nil
	}
	led := &ledger{files: make(map[string]*toldFile)}
	for _, w := range l.all {
		file, err := led.read(w)
		if err != nil {
			return nil, hint.New("make it a repository: coachlog init "+folderOf(w.dir.Path),
				"a report over several logbooks is noted in the git folder of each, so that two of them give nobody away; in %s: %w", folderOf(w.dir.Path), err)
		}
		led.of = append(led.of, file)
	}
	scope.Several = &report.Several{Key: l.keys(led)}
	for when, period := range periodsOf(scope) {
		var told []toldReport
		for _, file := range led.files {
			for _, t := range file.Told {
				if t.For == scope.For && slices.Contains(t.Periods, period) && !slices.ContainsFunc(told, t.same) {
					told = append(told, t)
					scope.Several.Told[when] = append(scope.Several.Told[when], t.People)
				}
			}
		}
	}
	return led, nil
}

// keys are what people are noted by: nobody can tell from one who it is without the logbook.
func (l *logbooks) keys(led *ledger) func(id string) string {
	done := make(map[string]string)
	return func(id string) string {
		if done[id] != "" {
			return done[id]
		}
		from := max(0, slices.Index(l.folders, l.union.Someone(id).From))
		local, _ := l.union.In(from, id)
		sum := sha256.Sum256([]byte(led.of[from].Logbook + "\x00" + l.all[from].inGit(led.of[from]) + "\x00" + local))
		done[id] = hex.EncodeToString(sum[:8])
		return done[id]
	}
}

// periodsOf are a report's periods, by their days.
func periodsOf(scope *report.Scope) []string {
	before := scope.Before
	if before == (plan.Period{}) {
		before = scope.Period.Before()
	}
	days := func(p plan.Period) string { return p.From.String() + ".." + p.To.String() }
	return []string{days(scope.Period), days(before)}
}

func (t toldReport) same(other toldReport) bool {
	return t.For == other.For && slices.Equal(t.Periods, other.Periods) && maps.EqualFunc(t.People, other.People, slices.Equal)
}

// inGit is where a logbook lies, seen from its git folder.
func (w *workspace) inGit(file *toldFile) string {
	rel, err := filepath.Rel(file.folder.Path, w.dir.Path)
	if err != nil {
		return w.dir.Path
	}
	return filepath.ToSlash(rel)
}

func (led *ledger) read(w *workspace) (*toldFile, error) {
	folder, err := w.gitFolder()
	if err != nil {
		return nil, err
	}
	if led.files[folder.Path] == nil {
		led.files[folder.Path], err = readTold(folder)
	}
	return led.files[folder.Path], err
}

func readTold(folder *logbook.Dir) (file *toldFile, err error) {
	file = &toldFile{folder: folder}
	if file.text, err = folder.ReadFile(toldName); err != nil && !noSuchFile(err) {
		return nil, err
	}
	if file.text != nil {
		if err := json.Unmarshal(file.text, file); err != nil || file.Logbook == "" {
			return nil, fmt.Errorf("%s can't be read: %v; delete it if nobody has a report over several logbooks yet", filepath.Join(folder.Path, toldName), err)
		}
		return file, nil
	}
	file.Logbook = hex.EncodeToString(newSecret()[:8])
	return file, nil
}

// note notes of whom a report tells, in each logbook, before anybody sees it.
func (led *ledger) note(scope *report.Scope, review report.Review) error {
	of, tells := review.(interface{ Told() report.Telling })
	if !tells || len(of.Told()) == 0 {
		return nil
	}
	told := toldReport{scope.For, periodsOf(scope), of.Told()}
	for _, file := range led.files {
		if slices.ContainsFunc(file.Told, told.same) {
			continue
		}
		file.Told = append(file.Told, told)
		text, err := json.Marshal(file)
		if err == nil && file.text == nil {
			err = file.folder.Create(toldName, append(text, '\n'), logbook.OutputMode)
		} else if err == nil {
			err = file.folder.Replace(toldName, file.text, append(text, '\n'))
		}
		if err != nil {
			return fmt.Errorf("the report isn't shown, since coachlog can't note in %s whom it is about: %w", filepath.Join(file.folder.Path, toldName), err)
		}
	}
	return nil
}
