package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// NewAgreeMail is the message by which somebody without the logbook at hand is asked whether
// a session's log says what was agreed. Its last line names the file and the id of the text,
// by which the answer is filed.
func NewAgreeMail(b *plan.Logbook, doc *logparse.Document, to *plan.Person, text string) *PrepMessage {
	day := "in our plan"
	if doc.Session != nil {
		day = "on " + longDay(doc.Session.Date.V)
	}
	lines := []string{
		"Hi " + terminal.Escape(firstName(to.Name)) + ",", "",
		"This is what we agreed " + day + ". Is that right?",
		"Answer \"yes\", or write what should be different.", "",
	}
	if doc.Session != nil {
		for _, section := range [][]*logparse.Goal{doc.Session.ShortTerm, doc.Session.MidTerm} {
			for _, g := range section {
				lines = append(lines, "* "+agreedLine(b, g.Item, to))
				for _, a := range g.Actions {
					lines = append(lines, "  - "+agreedLine(b, a.Item, to))
				}
			}
		}
		if doc.Session.Next.Set {
			lines = append(lines, "", "Our next session: "+longDay(doc.Session.Next.V))
		}
	}
	lines = append(lines, "", "For the logbook: "+doc.Path, text, "")
	return &PrepMessage{Subject: "What we agreed " + day, Body: strings.Join(lines, "\n")}
}

// agreedLine is a goal or an action on one line, with who does it and by when.
func agreedLine(b *plan.Logbook, it *logparse.Item, to *plan.Person) string {
	line := terminal.Escape(it.Text)
	if it.Owner.Set {
		who := b.Resolve(it.Owner.V)
		if p := b.Person(who); p != nil {
			who = p.Name
		}
		if b.Resolve(it.Owner.V) == to.ID {
			who = "you"
		}
		line += " (" + terminal.Escape(who) + ")"
	}
	if it.Due.Set {
		line += ", by " + longDay(it.Due.V)
	}
	return line
}

var agreedText = regexp.MustCompile(`(people/[^\s<>]+\.md)[\s>]+([0-9a-f]{40}(?:[0-9a-f]{24})?)\b`)

// AgreedText finds in an answer the file and the text that it answers; "" where it quotes
// neither.
func AgreedText(answer string) (path, text string) {
	if m := agreedText.FindStringSubmatch(answer); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

var (
	notLetters = regexp.MustCompile(`[^\p{L}]+`)
	morePlain  = regexp.MustCompile("[^\\p{L}\\s.,;:!'’\"()*_-]") // a figure or a question says more than yes
)

// yesWords are all that a plain yes is made of, besides the names of the two.
var yesWords = strings.Fields("yes yep agreed agree ok okay i that s is right fine thanks thank you hi hello hey dear best regards kind cheers")

// IsYes says whether an answer's own lines are a plain yes: one with anything else beside
// it may be a yes, but. names are those of the people in it.
func IsYes(lines []string, names ...string) bool {
	words := func(text string) []string {
		return strings.Fields(notLetters.ReplaceAllString(strings.ToLower(text), " "))
	}
	known := slices.Concat(yesWords, words(strings.Join(names, " ")))
	said := words(strings.Join(lines, " "))
	if morePlain.MatchString(strings.Join(lines, " ")) {
		return false
	}
	means := func(word string) bool {
		return slices.Contains([]string{"yes", "yep", "agreed", "agree", "ok", "okay"}, word)
	}
	return slices.ContainsFunc(said, means) && !slices.ContainsFunc(said, func(word string) bool { return !slices.Contains(known, word) })
}
