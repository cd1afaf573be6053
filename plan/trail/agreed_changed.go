package trail

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/plan"
)

var agreedChanged = &Check{
	ID:    "agreed-changed",
	Title: "A text changed after both had agreed to it, or one of them took that back",
	Why:   "Both signed off one text, and the logbook shows another. It may be better, but readers will think it is what was agreed.",
	commit: func(a *Audit, c *plan.Commit) {
		if back := plan.ReadWithdrawals(c); len(back) > 0 {
			a.takeBack(c, back[0].Path)
			return
		}
		for _, s := range plan.ReadSignOffs(c) {
			if a.valid(s) {
				a.agrees(s)
			}
		}
	},
	end: func(a *Audit) {
		for path, s := range a.agreed {
			now := a.Head[path]
			if now == s.Text || now == "" {
				continue // a log that isn't there any more is another check's
			}
			id := a.Migrations.Moved(path, s.Text)
			agreed, doc := a.text(path, id), a.text(path, now)
			if a.err != nil {
				return
			}
			if plan.SameAgreement(agreed, doc) {
				continue // as agree and check see it
			}
			edit := plan.NewLaterEdit(agreed, doc, a.firstChange(path, id))
			if edit.Progress {
				continue // ticked since: what was agreed is as it was
			}
			a.note(edit.Commit, path, "both had agreed to this text on "+s.Commit.Day().String()+"; since then, "+edit.Where(), "if the new text is what was agreed, both run coachlog agree "+path+"; if not, restore the text of "+plan.Short(s.Commit.ID))
		}
	},
}

// agrees takes note of a sign-off that counts.
func (a *Audit) agrees(s plan.SignOff) {
	s.Person = a.Book.Resolve(s.Person)
	a.settled(s.Person, s.Path)
	for i := range a.later {
		if l := &a.later[i]; l.path == s.Path && strings.HasPrefix(l.key, sharing) && s.Person == l.people[0] {
			l.commit = nil // they confirm it
		}
	}
	if a.signed[s.Path] == nil {
		a.signed[s.Path] = make(map[string]plan.SignOff)
	}
	a.signed[s.Path][s.Person] = s
	if a.bothSigned(s) {
		a.agreed[s.Path] = s
		for i := range a.later {
			a.later[i].agreed = a.later[i].agreed || a.later[i].path == s.Path
		}
	}
}

// takeBack notes that one side took back a sign-off of what both had agreed to. It ends once
// they agree again, or the other side took theirs back as well.
func (a *Audit) takeBack(c *plan.Commit, name string) {
	by := a.Book.WordOf(c)
	if by == nil || a.signed[name][by.ID].Path == "" {
		return // another check's
	}
	delete(a.signed[name], by.ID)
	agreed, ok := a.agreed[name]
	if !ok {
		return
	}
	if len(a.signed[name]) == 0 {
		delete(a.agreed, name)
		for i := range a.Findings {
			if a.Findings[i].Check == a.check.ID && a.Findings[i].Path == name {
				a.Findings[i].Check = "" // both took it back
			}
		}
		return
	}
	a.settles(by.ID, name)
	a.note(c, name, by.ID+" took back the sign-off on "+lastDay(c).String()+"; both had agreed to this text on "+agreed.Commit.Day().String(),
		"talk about it: if the text is right after all, "+by.ID+" runs coachlog agree "+name+"; if not, change it together and both agree to that")
}

// valid says whether a sign-off counts, as agree and check see it.
func (a *Audit) valid(s plan.SignOff) bool {
	if !a.Signs(s) {
		return false
	}
	doc, err := a.Read(s.Path, s.Text)
	return err == nil && a.Book.Counts(s, doc) // a text that git hasn't is another check's
}

// bothSigned says whether every side's latest word is on the text of s.
func (a *Audit) bothSigned(s plan.SignOff) bool {
	sides, text := a.sidesOf(s), a.Migrations.Moved(s.Path, s.Text)
	return len(sides) > 1 && !slices.ContainsFunc(sides, func(id string) bool { return a.Migrations.Moved(s.Path, a.signed[s.Path][id].Text) != text })
}

// firstChange is the commit that changed a text of a file, the last time that the file
// had it; nil where none is known.
func (a *Audit) firstChange(path, text string) *plan.Commit {
	for _, c := range a.Commits { // the newest first
		for _, f := range c.Files {
			if f.Before == text && f.After != text && f.Path == path {
				return c
			}
		}
	}
	return nil
}

// moveTo takes what is known of a file to its new path.
func (a *Audit) moveTo(from, to string) {
	if c := a.seen[from]; c != nil {
		a.seen[to] = c
	}
	move(a.open, from, to)
	move(a.signed, from, to)
	move(a.agreed, from, to)
	move(a.unheld, from, to)
	move(a.heldOn, from, to)
	for i := range a.later {
		if a.later[i].path == from {
			a.later[i].path = to
		}
	}
}

func move[V any](known map[string]V, from, to string) {
	if v, ok := known[from]; ok {
		known[to] = v
		delete(known, from)
	}
}
