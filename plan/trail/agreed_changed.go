package trail

import "github.com/coachlog/coachlog/plan"

var agreedChanged = &Check{
	ID:    "agreed-changed",
	Title: "What both had agreed to was changed, and there is no new agreement",
	Why:   "Both gave their word on one text, and the logbook shows another. It may well be better; but who reads it takes it for what was agreed.",
	commit: func(a *Audit, c *plan.Commit) error {
		for _, f := range c.Files {
			if f.Before == "" && a.state.seen[f.Path] == nil {
				a.state.seen[f.Path] = c
			}
			a.state.last[f.Path] = c
		}
		for to, from := range a.renamed {
			a.state.move(from.Path, to)
		}
		s, ok := plan.ReadSignOff(c)
		if !ok || a.state.withdrawn[c.ID] || !a.valid(s) {
			return nil
		}
		s.Person = a.Book.Resolve(s.Person)
		a.settled(s.Person, s.Path)
		if a.state.signed[s.Path] == nil {
			a.state.signed[s.Path] = make(map[string]plan.SignOff)
		}
		a.state.signed[s.Path][s.Person] = s
		if a.bothSigned(s) {
			a.state.agreed[s.Path] = s
		}
		return nil
	},
	end: func(a *Audit) error {
		for path, s := range a.state.agreed {
			now := a.Head[path]
			if now == s.Text || now == "" {
				continue // a log that isn't there any more is another check's
			}
			agreed, err := a.Read(path, s.Text)
			if err != nil {
				return err
			}
			doc, err := a.Read(path, now)
			if err != nil {
				return err
			}
			if plan.SameText(agreed.Text, doc.Text) {
				continue // as agree and check see it
			}
			edit := plan.NewLaterEdit(agreed, doc, a.firstChange(path, s.Text))
			message := "both had agreed to this text on " + s.Commit.Day().String() + "; since then, " + edit.Where()
			if edit.Progress {
				message += ", by ticks alone"
			}
			a.note(edit.Commit, path, message, "if the present text is what was agreed, both run coachlog agree "+path+"; else bring back the text of "+plan.Short(s.Commit.ID))
		}
		return nil
	},
}

// valid says whether a sign-off counts, as agree and check see it.
func (a *Audit) valid(s plan.SignOff) bool {
	if there, alone, err := a.signsPlainly(s); err != nil || !there || !alone {
		return false
	}
	doc, err := a.Read(s.Path, s.Text)
	return err == nil && a.Book.Counts(s, doc) // a text that git hasn't is another check's
}

// bothSigned says whether every side's latest word is on the text of s.
func (a *Audit) bothSigned(s plan.SignOff) bool {
	sides, err := a.sidesOf(s)
	for _, id := range sides {
		if a.state.signed[s.Path][id].Text != s.Text {
			return false
		}
	}
	return err == nil && len(sides) > 1
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

// move takes what is known of a file to its new path.
func (s *state) move(from, to string) {
	if c, ok := s.seen[from]; ok {
		s.seen[to] = c
	}
	if open, ok := s.open[from]; ok {
		s.open[to] = open
		delete(s.open, from)
	}
	if signed, ok := s.signed[from]; ok {
		s.signed[to] = signed
		delete(s.signed, from)
	}
	if agreed, ok := s.agreed[from]; ok {
		s.agreed[to] = agreed
		delete(s.agreed, from)
	}
	if id, ok := s.unheld[from]; ok {
		s.unheld[to] = id
		delete(s.unheld, from)
	}
}
