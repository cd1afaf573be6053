package trail

import (
	"cmp"
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
	d.shared(b, n)
	is := promotions(n)
	for _, day := range promotions(b) {
		if !slices.Contains(is, day) {
			d.changed(recordChanged, "promoted "+day, "the promotion of "+day, day, "", restoreRecord)
		}
	}
	edit := func(key, was, is string) {
		d.add(recordChanged, key, was, is, d.words(key, was, is), "restore it, or write into each log what held on its day", movesFigure)
	}
	book := d.audit.Book
	edit("coach", book.Resolve(b.Coach.V), book.Resolve(n.Coach.V))
	edit("person", book.Resolve(b.Person.V), book.Resolve(n.Person.V))
	edit("aliases", listed(b.Aliases), listed(n.Aliases))
}

func listed(values []logparse.Value[string]) string {
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

// missing are the values of one list that another one hasn't got.
func missing(values, from []logparse.Value[string], same func(a, b string) bool) (texts []string) {
	for _, v := range values {
		if !slices.ContainsFunc(from, func(o logparse.Value[string]) bool { return same(o.V, v.V) }) {
			texts = append(texts, v.V)
		}
	}
	return texts
}

// taken notes names that a plan doesn't list any more.
func (d *differences) taken(key string, before, after []logparse.Value[string]) {
	for _, name := range missing(before, after, strings.EqualFold) {
		d.changed(recordChanged, key+" "+name, key+" "+name, name, "", "list it again: older files use it for the person")
	}
}

// addresses notes those that somebody else has listed for a person, once a sign-off was
// made from there: so somebody could agree in another's name.
func (d *differences) addresses(before, after []logparse.Value[string]) {
	if len(before) == 0 || d.byPerson(before, after) {
		return
	}
	person := d.people[0]
	for _, address := range missing(after, before, strings.EqualFold) {
		for _, c := range d.audit.Commits {
			signed := plan.ReadSignOffs(c)
			i := slices.IndexFunc(signed, func(s plan.SignOff) bool { return d.audit.Book.Resolve(s.Person) == person })
			if i >= 0 && strings.EqualFold(c.Author.Was, address) {
				d.byOther("email "+address, address, "the address "+address+" was listed for "+person, ", and a sign-off of "+signed[i].Path+" was made from it", "ask "+person+" whether that address is theirs")
				break
			}
		}
	}
}

// byOther notes what somebody else has written into a person's plan.
func (d *differences) byOther(key, value, what, detail, remedy string) {
	d.add(recordChanged, key, "", value, what+" by somebody else on "+d.day.String()+detail, remedy, anyEffect)
}

// keys notes those that somebody else has listed for a person: for signing, once a signature
// of theirs is there; for sealing, beside or in place of the person's own, since what is
// sealed from then on, their owner can read.
func (d *differences) keys(before, after *logparse.DevelopmentPlan) {
	if d.byPerson(before.Emails, nil) {
		return
	}
	person := d.people[0]
	same := func(a, b string) bool { return a == b }
	ask := "ask " + person + " whether that key is theirs"
	signature := func(name string) bool { return strings.HasSuffix(name, "."+person+".sig") }
	if slices.ContainsFunc(slices.Collect(maps.Keys(d.audit.Head)), signature) {
		for _, key := range missing(after.Keys, before.Keys, same) {
			d.byOther("key "+key, key, "a signing key was listed for "+person, ", and a signature of theirs is in the logbook", ask)
		}
	}
	if len(before.SealTo) > 0 {
		for _, key := range missing(after.SealTo, before.SealTo, same) {
			d.byOther("sealing key "+key, key, "a sealing key was listed for "+person, ", and it opens what was sealed for them since", ask+"; if not, remove it, and seal again: coachlog seal --renew")
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
	if d.byPerson(before.Emails, after.Emails) || len(before.Emails) == 0 {
		return
	}
	for _, approval := range after.Share {
		group, parts := approval.Group.V, listed(approval.Parts)
		if !plan.SameApprovals(before.Share, after.Share, group) && !approval.Withdrawn.Set {
			d.byOther(sharing+group, parts, "sharing with "+group+" was granted", ": "+parts, "it counts for nothing until "+d.people[0]+" confirms it: coachlog agree "+d.file.Path)
		}
	}
}

// ofAssessment compares two versions of a pulse or another assessment. Its own author may
// change their mind. What several people answered isn't repeated: two versions would show
// who answered what.
func (d *differences) ofAssessment(before, after *logparse.Document) {
	b, n, book := before.Assessment, cmp.Or(after.Assessment, &logparse.Assessment{}), d.audit.Book
	several := slices.ContainsFunc(b.Scores, func(s logparse.Score) bool { return len(s.Answers) > 1 })
	if !several && d.byPerson(book.Someone(d.people[0]).Addresses(), nil) {
		return
	}
	const restore = "restore it, or ask whose answers they are"
	set := func(key, was, is string) { d.replaced(recordChanged, key, key, was, is, restore) }
	set("person", book.Resolve(b.Person.V), book.Resolve(n.Person.V))
	set("about", book.Resolve(b.About.V), book.Resolve(n.About.V))
	set("kind", b.Kind.V, n.Kind.V)
	set("date", b.Date.V.String(), n.Date.V.String())
	for _, was := range b.Scores {
		is := logparse.Score{Question: was.Question}
		for _, score := range n.Scores {
			if score.Question == was.Question {
				is = score
			}
		}
		key := fmt.Sprintf("the answer to %q", was.Question)
		if len(was.Answers) > 1 {
			d.add(recordChanged, key, fmt.Sprint(was.Answers), fmt.Sprint(is.Answers), fmt.Sprintf("the answers to %q were changed on %s", was.Question, d.day), restore, anyEffect)
			continue
		}
		set(key, answer(was), answer(is))
	}
}

func answer(s logparse.Score) string { return strings.Trim(fmt.Sprint(s.Answers), "[]") }
