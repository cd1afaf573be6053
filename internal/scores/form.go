// Package scores reads what people answered to an assessment in scores, from the text of
// a mail or from a table, whatever their mail program or survey made of it. It does no
// input or output, and knows nobody. What it can't read for certain is an error that says
// where, never a score.
package scores

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// A Form is the questions of an assessment, in their order.
type Form struct{ questions []question }

type question struct {
	key    string
	titles []string // how people may name it: the key and the words above and beside it, as they are compared
}

// A Response is what one person answered.
type Response struct {
	By     string         // as the table, or the mail, names the person; "" where nothing does
	About  string         // whom it is about, as the table names them
	Period string         // as the table has it
	Sent   time.Time      // zero where nothing says
	Scores map[string]int // by question
}

// NewForm reads the questions of a template: the keys below `scores:`, with the comment
// behind each or in the lines above it.
func NewForm(template []byte) Form {
	var f Form
	inside, above := false, ""
	for line := range strings.Lines(string(template)) {
		text := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "scores:"):
			inside = true
		case !inside || text == "":
		case strings.HasPrefix(text, "#"):
			above += " " + text
		case strings.HasPrefix(line, text):
			return f // the end, or another key
		default:
			key, rest, _ := strings.Cut(text, ":")
			_, beside, _ := strings.Cut(rest, "#")
			f.questions = append(f.questions, question{key, []string{normal(key), normal(above), normal(beside)}})
			above = ""
		}
	}
	return f
}

// Keys are the questions' keys.
func (f Form) Keys() []string {
	keys := make([]string, len(f.questions))
	for i, q := range f.questions {
		keys[i] = q.key
	}
	return keys
}

// find is the key of the question with a key or words; "" where none has them.
func (f Form) find(text string) string {
	if at := strings.LastIndexByte(text, '('); at > 0 && strings.HasSuffix(strings.TrimSpace(text), ")") {
		text = text[:at] // a survey's "(1 to 5)"
	}
	text = normal(text)
	i := slices.IndexFunc(f.questions, func(q question) bool { return text != "" && slices.Contains(q.titles, text) })
	if i < 0 {
		return ""
	}
	return f.questions[i].key
}

// normal is a text as it is compared: without case, emphasis and marks at its ends.
func normal(text string) string {
	return strings.Trim(logparse.NormalText(strings.ReplaceAll(text, "_", " ")), " *?!.:#")
}

var numbered = pattern.Of(`^(\d{1,2})(?:[.):=\-] *| +)(.*)$`)

// cutNumber takes a question's number off the start of a line; 0 where there is none.
func cutNumber(line string) (number int, rest string) {
	m := numbered().FindStringSubmatch(line)
	if m == nil {
		return 0, line
	}
	number, _ = strconv.Atoi(m[1])
	return number, m[2]
}

// A score may be told of how many it is, and have a word behind it. Another number behind
// it could be meant instead.
var scoreForm = pattern.Of(`^\s*[*_]*([1-5])[*_]*(?:[.,]0+)?(?: */ *5| *(?:out )?of *5)?(?:[^\pL\pN][^\pN]*)?$`)

// add reads somebody's score from 1 to 5 for a question.
func add(scores map[string]int, key, text string) error {
	m := scoreForm().FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("%q isn't one score from 1 to 5", text)
	}
	score := int(m[1][0] - '0')
	if was, ok := scores[key]; ok && was != score {
		return fmt.Errorf("there are two answers to %q, %d and %d", key, was, score)
	}
	scores[key] = score
	return nil
}

// Together are each question's answers, in the order of their size; too few are the questions
// that some people answered, but fewer than least.
func (f Form) Together(byPerson map[string]map[string]int, least int) (answers []logparse.Score, tooFew []string) {
	for _, key := range f.Keys() {
		score := logparse.Score{Question: key}
		for _, given := range byPerson {
			if n := given[key]; n > 0 {
				score.Answers = append(score.Answers, n)
			}
		}
		slices.Sort(score.Answers)
		switch n := len(score.Answers); {
		case n >= least:
			answers = append(answers, score)
		case n > 0:
			tooFew = append(tooFew, key)
		}
	}
	return answers, tooFew
}
