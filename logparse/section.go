package logparse

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/nearest"
	"github.com/coachlog/coachlog/internal/pattern"
)

// A SectionName is coachlog's name for a section, whatever its heading says.
type SectionName string

// The sections that coachlog reads. Any other section is the authors' own.
const (
	OwnSection   SectionName = ""
	Figures      SectionName = "figures"
	FollowUp     SectionName = "follow-through"
	Successes    SectionName = "successes-and-challenges"
	Agenda       SectionName = "agenda"
	TalkedAbout  SectionName = "what-we-talked-about"
	Feedback     SectionName = "feedback"
	GoingWell    SectionName = "going-well"
	ToDevelop    SectionName = "to-develop"
	ShortTerm    SectionName = "short-term-goals"
	MidTerm      SectionName = "mid-term-goals"
	LongTerm     SectionName = "long-term-goals"
	Notes        SectionName = "notes"
	Confidential SectionName = "confidential"
)

// The sections of a development plan and of a preparation.
const (
	HowWeWork     SectionName = "how-we-work"
	Strengths     SectionName = "strengths"
	Areas         SectionName = "areas-to-develop"
	CurrentSkills SectionName = "skills-for-the-current-role"
	NextSkills    SectionName = "skills-for-the-next-role"
	Delivery      SectionName = "how-i-like-to-be-coached"
	Support       SectionName = "support-needed"
	Aims          SectionName = "aims"
	Outcomes      SectionName = "expected-outcomes"
	Rewards       SectionName = "rewards-and-consequences"
	RoleHistory   SectionName = "role-history"
	FeelsGood     SectionName = "what-feels-good"
	Focus         SectionName = "focus"
	Next30        SectionName = "next-30-days"
	Next60        SectionName = "next-60-days"
	Next90        SectionName = "next-90-days"
)

// SectionNames lists the sections in the order of a session log.
var SectionNames = []SectionName{
	Figures, FollowUp, Successes, Agenda, TalkedAbout, Feedback, GoingWell, ToDevelop, ShortTerm, MidTerm, LongTerm, Notes, Confidential,
}

// PlanSectionNames lists the sections in the order of a development plan.
var PlanSectionNames = []SectionName{
	HowWeWork, Delivery, Support, Strengths, Areas, Aims, CurrentSkills, NextSkills, Outcomes, Rewards, RoleHistory, Notes, Confidential,
}

// PreparationSectionNames lists the sections in the order of a preparation.
var PreparationSectionNames = []SectionName{
	Strengths, Areas, FeelsGood, Support, Focus, Next30, Next60, Next90, Notes, Confidential,
}

// Title is the section's heading in English.
func (n SectionName) Title() string {
	title := strings.ReplaceAll(string(n), "-", " ")
	switch n {
	case FollowUp, ShortTerm, MidTerm, LongTerm:
		title = strings.Replace(title, " ", "-", 1)
	case Delivery:
		title = "How I like to be coached"
	}
	if title == "" {
		return ""
	}
	return strings.ToUpper(title[:1]) + title[1:]
}

// Headings is what a logbook's settings say about reading its files: which headings
// open which section, in which order days are written, and what metrics count
// in. The zero value knows the English headings only.
type Headings struct {
	own       map[string]SectionName
	dateOrder string            // of DateOrders
	units     map[string]string // of metrics
}

// Add makes title a heading of the named section.
func (h *Headings) Add(name SectionName, title string) {
	if h.own == nil {
		h.own = make(map[string]SectionName)
	}
	h.own[NormalTitle(title)] = name
}

// A sectionSet is what one kind of file can hold, by the normal form of the
// English headings.
type sectionSet struct {
	names  map[string]SectionName
	titles []string // the keys of names, in the order of the sections
}

// A command that reads no file needs none of them.
var (
	sessionSections     = sync.OnceValue(func() sectionSet { return newSectionSet(SectionNames) })
	planSections        = sync.OnceValue(func() sectionSet { return newSectionSet(PlanSectionNames) })
	preparationSections = sync.OnceValue(func() sectionSet { return newSectionSet(PreparationSectionNames) })
)

func newSectionSet(names []SectionName) sectionSet {
	set := sectionSet{names: make(map[string]SectionName, len(names))}
	for _, name := range names {
		title := NormalTitle(name.Title())
		set.names[title] = name
		set.titles = append(set.titles, title)
	}
	return set
}

// section is the section of the set that a heading opens.
func (h Headings) section(title string, set sectionSet) SectionName {
	if bare := withoutAttributes(title); bare != title { // what is nearly Confidential is an error
		if name := h.section(bare, set); name != Confidential {
			return name
		}
	}
	var few [maxFewLetters]byte
	normal, ok := simpleTitle(few[:0], title)
	if !ok {
		normal = []byte(NormalTitle(title))
	}
	if name, ok := h.own[string(normal)]; ok && set.names[NormalTitle(name.Title())] == name {
		return name
	}
	return set.names[string(normal)]
}

// withoutAttributes is a heading without what pandoc and others write behind it, as in {#notes .own}.
func withoutAttributes(title string) string {
	if !strings.HasSuffix(title, "}") {
		return title
	}
	return attributes().ReplaceAllString(title, "")
}

var attributes = pattern.Of(`\s*\{[#.][^{}]*\}$`)

// PreparationSection is the section of a preparation that a heading with this
// text opens; OwnSection where it opens none.
func (h Headings) PreparationSection(title string) SectionName {
	return h.section(title, preparationSections())
}

// nearest is the section of the set that a heading nearly names.
func (set sectionSet) nearest(title string) SectionName {
	return set.names[nearest.To(NormalTitle(title), set.titles)]
}

// NormalTitle is the form in which headings are compared: no number or emblem in
// front, no emphasis, no closing colon, one case, hyphens and dashes as blanks.
func NormalTitle(title string) string {
	var few [maxFewLetters]byte
	if normal, ok := simpleTitle(few[:0], title); ok {
		return string(normal)
	}
	return normalForm(title)
}

// maxFewLetters is how long most headings are at most.
const maxFewLetters = 64

// simpleTitle is the normal form of a heading that has only English words, which is written
// to normal; ok is false of any other. A fuzz target holds it to normalForm.
func simpleTitle(normal []byte, title string) (_ []byte, ok bool) {
	for i := range len(title) {
		switch c := title[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9' && i > 0:
			normal = append(normal, c)
		case 'A' <= c && c <= 'Z':
			normal = append(normal, c|0x20)
		case (c == ' ' || c == '-') && i > 0:
			if normal[len(normal)-1] != ' ' {
				normal = append(normal, ' ')
			}
		default:
			return nil, false
		}
	}
	return bytes.TrimRight(normal, " "), true
}

func normalForm(title string) string {
	title = withoutComments(title)
	title = strings.Map(func(r rune) rune {
		switch {
		case r == '*' || r == '_' || r == ':':
			return -1
		case unicode.Is(unicode.Pd, r):
			return ' '
		}
		return r
	}, BareTitle(title))
	return NormalText(title)
}

// withoutComments is a heading without what no page shows of it.
func withoutComments(title string) string {
	if !strings.Contains(title, "<!--") {
		return title
	}
	return strings.TrimSpace(closedComment().ReplaceAllString(title, " "))
}

var closedComment = pattern.Of(`<!--.*?-->`)

// BareTitle is a heading without what is before its words: an emblem, and a
// number such as "2.", "1.2", "3)", "§ 4" or "iv.". A title of nothing else
// stays as it is.
func BareTitle(title string) string {
	bare := strings.TrimLeftFunc(title, isOrnament)
	if rest := bare[numberLength(bare):]; rest != bare && strings.TrimLeftFunc(rest, isOrnament) != "" {
		bare = strings.TrimLeftFunc(rest, isOrnament)
	}
	if bare == "" {
		return title
	}
	return bare
}

func isOrnament(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// numberLength is the length of the number at the start of a heading, its mark
// included; 0 where there is none. White space has to follow: "1:1 topics" and
// "360 review" are names.
func numberLength(title string) int {
	n := 0
	for digits := 0; n < len(title); n++ {
		if c := title[n]; '0' <= c && c <= '9' && digits < 2 {
			digits++
		} else if c == '.' && digits > 0 {
			digits = 0
		} else {
			break
		}
	}
	if n == 0 { // a letter, or a Roman number, needs a mark
		for n < 4 && n < len(title) && strings.IndexByte("ivxIVX", title[n]) >= 0 {
			n++
		}
		if n == 0 && len(title) > 0 && title[0] < utf8.RuneSelf {
			n = 1
		}
		if n == len(title) || title[n] != '.' && title[n] != ')' {
			return 0
		}
	}
	rest := strings.TrimLeftFunc(title[n:], unicode.IsMark) // a digit in a box is a digit with marks
	rest = strings.TrimLeft(strings.TrimLeft(rest, ".):"), "*_")
	if first, _ := utf8.DecodeRuneInString(rest); !unicode.IsSpace(first) {
		return 0
	}
	return len(title) - len(rest)
}

// A Section is a heading and what is below it.
type Section struct {
	Name    SectionName
	Title   string // as written
	Level   int    // 1 to 6
	Heading Span   // the heading's line or lines
	Span    Span   // heading and body, without trailing blank lines
	Items   []*Item
	Written bool // somebody wrote something below the heading: no comment, placeholder or question of a template
}

// readSections groups the blocks of a file's body under their headings. What
// stands before the first heading belongs to a section without one.
func (d *Document) readSections(start int, set sectionSet) []*Section {
	blocks, headings := d.blocksFrom(start), 0
	for _, b := range blocks {
		if b.heading != nil {
			headings++
		}
	}
	space := room[Section]{size: 1 + headings}
	current := space.one()
	current.Span, current.Heading = Span{start, start}, Span{start, start}
	sections := append(make([]*Section, 0, 1+headings), current)
	for _, b := range blocks {
		if b.heading != nil {
			if name, opens := opensSection(b.heading, current, d.headings, set); opens {
				current = space.one()
				*current = Section{Name: name, Title: withoutAttributes(withoutComments(b.heading.title)), Level: b.heading.level, Heading: b.span, Span: b.span}
				sections = append(sections, current)
				continue
			}
		}
		current.Span.End = b.span.End
		if len(current.Items) == 0 {
			current.Items = b.items
		} else {
			current.Items = append(current.Items, b.items...)
		}
		current.Written = current.Written || b.text && saysSomething(d.plain[b.span.Start:b.span.End])
	}
	d.sections = sections
	return sections
}

// opensSection says whether a heading ends the current section: one that names
// a section does, one that isn't deeper than the current section's own, and any
// where the current section is the authors' own.
func opensSection(h *heading, current *Section, headings Headings, set sectionSet) (SectionName, bool) {
	deeper := current.Level > 0 && h.level > current.Level
	name := headings.section(h.title, set)
	return name, name != OwnSection || current.Name == OwnSection || !deeper
}

// findUnknownSections reports headings that nearly name a section, and task items
// under a heading that means nothing to coachlog: nobody would count them, or
// keep them confidential.
func (d *Document) findUnknownSections(sections []*Section, set sectionSet) {
	report := d.report
	for _, section := range sections {
		if section.Name != OwnSection || section.Level == 0 {
			continue
		}
		near := set.nearest(section.Title)
		tasks := (&Item{Items: section.Items}).tasks()
		switch {
		case near == Confidential: // said already
		case near != OwnSection:
			report(Diagnostic{Code: "unknown-section", Span: section.Heading,
				Message: fmt.Sprintf("%q is nearly, but not quite, the section %s", section.Title, near.Title()),
				Remedy:  fmt.Sprintf("write `%s %s`, if that is what you mean", strings.Repeat("#", section.Level), near.Title()),
				Fix:     d.fixTitle(section, near, set)})
		case len(tasks) > 0:
			report(Diagnostic{Code: "unknown-section", Span: section.Heading,
				Message: fmt.Sprintf("the tasks under %q aren't read: it isn't one of coachlog's sections", section.Title),
				Remedy:  "if these are goals or actions, rename the heading or map it in coachlog.yaml under `sections:`"})
		}
	}
}

// Any says whether a logbook names sections in words of its own.
func (h Headings) Any() bool { return len(h.own) > 0 }
