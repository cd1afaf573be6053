package trail

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// ofPlan compares two versions of a development plan. Most of it may change at any time;
// a name that is taken away isn't known in older files any more.
func (d *differences) ofPlan(before, after *logparse.Document) {
	b, n := before.Plan, after.Plan
	d.taken("aliases", b.Aliases, n.Aliases)
	d.taken("known_as", b.KnownAs, n.KnownAs)
	d.addresses(b.Emails, n.Emails)
	d.keys(b, n)
	d.sealingKeys(b, n)
	d.shared(b, n)
	was, is := promotions(b), promotions(n)
	for _, day := range was {
		if !slices.Contains(is, day) {
			d.changed(recordChanged, "promoted "+day, "the promotion of "+day, day, "", restoreRecord)
		}
	}
	edit := func(key, was, is string) {
		d.add(recordChanged, key, was, is, key+" was changed from "+orNone(was)+" to "+orNone(is)+" on "+lastDay(d.commit).String(), "restore it, or write into each log what held on its day", movesFigure)
	}
	book := d.audit.Book
	edit("coach", book.Resolve(b.Coach.V), book.Resolve(n.Coach.V))
	edit("person", book.Resolve(b.Person.V), book.Resolve(n.Person.V))
	edit("aliases", words(b.Aliases), words(n.Aliases))
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func words(values []logparse.Value[string]) string {
	var texts []string
	for _, v := range values {
		texts = append(texts, v.V)
	}
	return strings.Join(texts, ", ")
}

func promotions(p *logparse.DevelopmentPlan) (days []string) {
	for _, role := range p.RoleHistory {
		if role.Promoted && role.Since.Set {
			days = append(days, role.Since.V.String())
		}
	}
	return days
}

// taken notes names that a plan doesn't list any more.
func (d *differences) taken(key string, before, after []logparse.Value[string]) {
	for _, v := range before {
		if !slices.ContainsFunc(after, func(o logparse.Value[string]) bool { return strings.EqualFold(o.V, v.V) }) {
			d.changed(recordChanged, key+" "+v.V, key+" "+v.V, v.V, "", "list it again: older files use it for the person")
		}
	}
}

// addresses notes those that somebody else has listed for a person, once a sign-off was
// made from there: so somebody could agree in another's name.
func (d *differences) addresses(before, after []logparse.Value[string]) {
	person := d.people[0]
	for _, v := range after {
		known := func(o logparse.Value[string]) bool { return strings.EqualFold(o.V, v.V) }
		if slices.ContainsFunc(before, known) || len(before) == 0 || d.byPerson(before, after) {
			continue
		}
		for _, c := range d.audit.Commits {
			signed := plan.ReadSignOffs(c)
			i := slices.IndexFunc(signed, func(s plan.SignOff) bool { return d.audit.Book.Resolve(s.Person) == person })
			if i >= 0 && strings.EqualFold(c.Author.Was, v.V) {
				d.add(recordChanged, "email "+v.V, "", v.V, "the address "+v.V+" was listed for "+person+" by somebody else on "+lastDay(d.commit).String()+", and a sign-off of "+signed[i].Path+" was made from it",
					"ask "+person+" whether that address is theirs", anyEffect)
				break
			}
		}
	}
}

// keys notes those that somebody else has listed for a person, once a signature of theirs is
// there.
func (d *differences) keys(before, after *logparse.DevelopmentPlan) {
	person := d.people[0]
	signature := func(name string) bool { return strings.HasSuffix(name, "."+person+".sig") }
	if d.byPerson(before.Emails, nil) || !slices.ContainsFunc(slices.Collect(maps.Keys(d.audit.Head)), signature) {
		return
	}
	for _, key := range after.Keys {
		if !slices.ContainsFunc(before.Keys, func(o logparse.Value[string]) bool { return o.V == key.V }) {
			d.add(recordChanged, "key "+key.V, "", key.V, "a signing key was listed for "+person+" by somebody else on "+lastDay(d.commit).String()+", and a signature of theirs is in the logbook",
				"ask "+person+" whether that key is theirs", anyEffect)
		}
	}
}

// sealingKeys notes those that somebody else has put beside, or in place of, a person's own:
// what is sealed from then on, their owner can read.
func (d *differences) sealingKeys(before, after *logparse.DevelopmentPlan) {
	if len(before.SealTo) == 0 || d.byPerson(before.Emails, nil) {
		return
	}
	person := d.people[0]
	for _, key := range after.SealTo {
		if !slices.ContainsFunc(before.SealTo, func(o logparse.Value[string]) bool { return o.V == key.V }) {
			d.add(recordChanged, "sealing key "+key.V, "", key.V, "a sealing key was listed for "+person+" by somebody else on "+lastDay(d.commit).String()+", and it opens what was sealed for them since",
				"ask "+person+" whether that key is theirs; if not, remove it, and seal again: coachlog seal --renew", anyEffect)
		}
	}
}

// byPerson says whether a commit is by the person themselves, by an address that they had
// or have now.
func (d *differences) byPerson(before, after []logparse.Value[string]) bool {
	return slices.ContainsFunc(slices.Concat(before, after), func(v logparse.Value[string]) bool { return d.commit.Author.Has(v.V) })
}

const sharing = "share "

// shared notes what somebody else lets others see of a person. It counts for nothing until
// the person has confirmed it, and then it is no finding.
func (d *differences) shared(before, after *logparse.DevelopmentPlan) {
	person := d.people[0]
	if d.byPerson(before.Emails, after.Emails) || len(before.Emails) == 0 {
		return
	}
	for _, approval := range after.Share {
		group := approval.Group.V
		if plan.SameApprovals(before.Share, after.Share, group) || approval.Withdrawn.Set {
			continue
		}
		d.add(recordChanged, sharing+group, "", words(approval.Parts), "sharing with "+group+" was granted by somebody else on "+lastDay(d.commit).String()+": "+words(approval.Parts),
			"it counts for nothing until "+person+" confirms it: coachlog agree "+d.file.Path, anyEffect)
	}
}

// ofAssessment compares two versions of a pulse or another assessment. Its own author may
// change their mind. What several people answered isn't repeated: two versions would show
// who answered what.
func (d *differences) ofAssessment(before, after *logparse.Document) {
	b, n := before.Assessment, after.Assessment
	if n == nil {
		n = &logparse.Assessment{}
	}
	person := d.audit.Book.Someone(d.people[0])
	several := slices.ContainsFunc(b.Scores, func(s logparse.Score) bool { return len(s.Answers) > 1 })
	if !several && d.byPerson(person.Addresses(), nil) {
		return
	}
	const restore = "restore it, or ask whose answers they are"
	set := func(key string, was, is string) {
		if was != "" {
			d.changed(recordChanged, key, key, was, is, restore)
		}
	}
	set("person", d.audit.Book.Resolve(b.Person.V), d.audit.Book.Resolve(n.Person.V))
	set("about", d.audit.Book.Resolve(b.About.V), d.audit.Book.Resolve(n.About.V))
	set("kind", b.Kind.V, n.Kind.V)
	set("date", shownDay(b.Date), shownDay(n.Date))
	for _, was := range b.Scores {
		is := logparse.Score{Question: was.Question}
		for _, score := range n.Scores {
			if score.Question == was.Question {
				is = score
			}
		}
		key := fmt.Sprintf("the answer to %q", was.Question)
		if len(was.Answers) > 1 {
			d.add(recordChanged, key, fmt.Sprint(was.Answers), fmt.Sprint(is.Answers), fmt.Sprintf("the answers to %q were changed on %s", was.Question, lastDay(d.commit)), restore, anyEffect)
			continue
		}
		set(key, answer(was), answer(is))
	}
}

func shownDay(v logparse.Value[logparse.Date]) string {
	if !v.Set {
		return ""
	}
	return v.V.String()
}

func answer(s logparse.Score) string { return strings.Trim(fmt.Sprint(s.Answers), "[]") }
