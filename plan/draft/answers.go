package draft

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// answerLines say on which line of a log an answer of the preparation goes: the one
// that starts with these words, or with the answer's heading (method 25, 26, 53).
var answerLines = []struct {
	answer, section logparse.SectionName
	words           string
}{
	{logparse.Focus, logparse.Agenda, "Focus"},
	{logparse.Support, logparse.Successes, "Help needed"},
	{logparse.FeelsGood, logparse.Successes, "Feels good"},
}

// fromPreparation writes what the coachee answered before the session, in their own
// words, behind the questions of the log. The focus and the help that they need go on
// the agenda where the log doesn't ask for them.
func fromPreparation(b *plan.Logbook, p *plan.Person, date logparse.Date, doc *logparse.Document) ([]logparse.Edit, error) {
	prep := p.PreparationFor(date)
	if prep == nil {
		return nil, nil
	}
	var edits []logparse.Edit
	var agenda []string
	for _, line := range answerLines {
		lines := prep.Lines(line.answer)
		switch len(lines) {
		case 0:
			continue
		case 1:
			lines = []string{withoutBullet(lines[0])}
		}
		if question := questionFor(b, doc, line.section, line.answer, line.words); question != nil {
			edits = append(edits, doc.AnswerItem(question, lines))
		} else if line.answer != logparse.FeelsGood {
			before := " "
			if len(lines) > 1 {
				before = "\n  "
			}
			agenda = append(agenda, "- "+line.words+", from the preparation:"+before+strings.Join(lines, "\n  "))
		}
	}
	if len(agenda) > 0 {
		edit, err := doc.AppendItems(logparse.Agenda, strings.Join(agenda, "\n"))
		return append(edits, edit), err
	}
	return edits, nil
}

// questionFor is the unanswered question of a log that an answer belongs to; nil
// where it has none.
func questionFor(b *plan.Logbook, doc *logparse.Document, section, answer logparse.SectionName, words string) *logparse.Item {
	for _, it := range slices.Concat(doc.Session.Unanswered(section), doc.Session.Unanswered(logparse.TalkedAbout)) {
		start, _, _ := strings.Cut(it.Text, ":")
		start = logparse.NormalText(strings.Trim(start, "*_ "))
		for start != "" {
			if start == logparse.NormalText(words) || b.Settings.Headings.PreparationSection(start) == answer {
				return it
			}
			start = start[:max(0, strings.LastIndexAny(start, " ,("))]
		}
	}
	return nil
}

func withoutBullet(line string) string {
	line = strings.TrimSpace(line)
	if len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && line[1] == ' ' {
		line = strings.TrimSpace(line[1:])
	}
	return line
}
