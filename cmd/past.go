package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A past is what git has of a logbook: for reading, also where there are no files.
type past struct {
	*gitTrail
	settings *logparse.Settings
	read     map[string]*gitrepo.History   // by the paths
	ready    map[string]*logparse.Document // by path and id, where they were read beforehand
	last     map[string]*logparse.Document // by path, the version that was read last
	lastID   map[string]string
	h        *gitrepo.History
	unread   error         // the first file that can't be read as people wrote it
	people   *plan.Logbook // who has which address, once a sign-off asks

	agreedTexts map[string]bool // ids, once all commits are known

	signed      []*plan.Commit // the sign-offs, once signedReady is closed
	signedIn    *gitrepo.History
	signedErr   error
	signedReady chan struct{}
}

// readSignOffs looks for the sign-offs among all commits, while others are read.
func (p *past) readSignOffs() {
	p.signedReady = make(chan struct{})
	other := &gitTrail{repo: p.repo.Again(), prefix: p.prefix}
	go func() {
		defer close(p.signedReady)
		p.signedIn, p.signed, p.signedErr = other.signOffCommits()
	}()
}

// openPast finds the logbook's repository: that of the files, or a bare one.
func (a *app) openPast() (*past, error) {
	p := &past{settings: &logparse.Settings{}, read: make(map[string]*gitrepo.History), last: make(map[string]*logparse.Document), lastID: make(map[string]string)}
	dir, err := a.find()
	if err != nil {
		repo, bareErr := gitrepo.FindToRead(a.folder())
		if bareErr != nil || repo.Root() != "" {
			return nil, err
		}
		repo.ReadsAs(readsAsLogbook("."))
		p.gitTrail = &gitTrail{repo: repo, prefix: "."}
		return p, p.readSettings()
	}
	if p.gitTrail, err = trailOf(dir); err != nil {
		if errors.Is(err, gitrepo.ErrNoRepository) {
			err = fmt.Errorf("the logbook %s is not in a git repository, so it has no history\nto make it one: coachlog init %s", dir.Path, dir.Path)
		}
		return nil, err
	}
	if text, err := dir.ReadFile(logbook.SettingsName); err == nil {
		p.settings, _ = logparse.ParseSettings(logbook.SettingsName, text)
	}
	return p, nil
}

// readSettings takes them from HEAD.
func (p *past) readSettings() error {
	h, err := p.repo.History(gitrepo.HistoryOptions{Marked: plan.SignOffMark})
	if err != nil {
		return err
	}
	files, err := h.FilesAt(h.Head, logbook.SettingsName)
	if err != nil {
		return err
	}
	id := files[logbook.SettingsName]
	if id == "" {
		return fmt.Errorf("the bare repository %s has no %s at the top of its branch\nuse a clone with a work tree for a logbook in a folder of a repository", p.repo.CommonDir(), logbook.SettingsName)
	}
	text, err := h.Text(logbook.SettingsName, id)
	p.settings, _ = logparse.ParseSettings(logbook.SettingsName, text)
	return err
}

// document reads one version of a file. Commits come one after the other, so the
// version read last is often the next that is asked for.
func (p *past) document(name, id string) (*logparse.Document, error) {
	if id == "" {
		return nil, nil
	}
	if doc := p.ready[name+"\x00"+id]; doc != nil {
		return doc, nil
	}
	if p.lastID[name] == id {
		return p.last[name], nil
	}
	text, err := p.h.Blob(id)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if text, err = p.checkedOut(name, id, text); err != nil {
		return nil, err // which names the file
	}
	doc, err := p.recovered(id, logparse.Parse(name, text, p.settings.Headings))
	if err != nil {
		return nil, err // which names the file
	}
	p.last[name], p.lastID[name] = doc, id
	return doc, nil
}

// checkedOut is a file's stored content as people wrote it. A file that can't be read
// so is never taken for a log, and the command ends with that.
func (p *past) checkedOut(name, id string, stored []byte) ([]byte, error) {
	if !isLogbookFile(name) {
		return stored, nil
	}
	text, err := p.h.CheckedOut(p.inRepository(name), id, stored)
	if err != nil && p.unread == nil {
		p.unread = err
	}
	return text, err
}

// mostReady bounds the versions that are held in memory at once.
const mostReady = 2000

// readAhead reads and parses the files of all commits, on all processors, where
// they are few enough: a person's and not a whole logbook's.
func (p *past) readAhead(commits []*plan.Commit) error {
	keys := make(map[string][]string) // by the content's id: path and id
	names := make(map[string]string)
	var ids []string
	for _, c := range commits {
		for _, f := range c.Files {
			for _, id := range []string{f.Before, f.After} {
				key := f.Path + "\x00" + id
				if id == "" || names[key] != "" {
					continue
				}
				names[key] = f.Path
				keys[id] = append(keys[id], key)
				ids = append(ids, id)
			}
		}
	}
	if len(names) > mostReady {
		return nil
	}
	var texts []logbook.Text
	var order []string
	err := p.h.Blobs(ids, func(id string, stored []byte) {
		for _, key := range keys[id] {
			if text, err := p.checkedOut(names[key], id, stored); err == nil {
				texts = append(texts, logbook.Text{Path: names[key], Text: bytes.Clone(text)})
				order = append(order, key)
			}
		}
	})
	if err = cmp.Or(err, p.unread); err != nil {
		return err
	}
	p.ready = make(map[string]*logparse.Document, len(order))
	for i, doc := range logbook.Parse(texts, p.settings.Headings) {
		_, id, _ := strings.Cut(order[i], "\x00")
		if p.ready[order[i]], err = p.recovered(id, doc); err != nil {
			return err
		}
	}
	return nil
}

// planOf is a person's development plan as HEAD has it; nil where there is none.
func (p *past) planOf(id string) (*logparse.Document, error) {
	name := path.Join("people", id, "plan.md")
	files, err := p.h.FilesAt(p.h.Head, p.inRepository(name))
	if err != nil {
		return nil, err
	}
	doc, err := p.document(name, files[p.inRepository(name)])
	if err != nil || doc == nil || doc.Plan == nil {
		return nil, err
	}
	return doc, nil
}

// historyOf reads the commits of some paths of the logbook, once. What it reads is
// then where documents come from.
func (p *past) historyOf(paths []string) (*gitrepo.History, error) {
	var inRepository []string
	for _, name := range paths {
		inRepository = append(inRepository, p.inRepository(name))
	}
	key := strings.Join(inRepository, "\x00")
	if p.read[key] == nil {
		h, err := p.repo.History(gitrepo.HistoryOptions{Paths: inRepository})
		if err != nil {
			return nil, err
		}
		p.read[key] = h
	}
	p.h = p.read[key]
	return p.h, nil
}

// addressesOf are a person's addresses, by the plan or the settings; none for what
// is no person's id.
func (p *past) addressesOf(id string) ([]logparse.Value[string], error) {
	if !logparse.IsID(id) {
		return nil, nil
	}
	doc, err := p.planOf(logparse.NormalID(id))
	if err != nil {
		return nil, err
	}
	if doc != nil && len(doc.Plan.Emails) > 0 {
		return doc.Plan.Emails, nil
	}
	for _, person := range p.settings.People {
		if person.ID == logparse.NormalID(id) {
			return person.Emails, nil
		}
	}
	return nil, nil
}
