// Package scores reads what people answered to an assessment in scores, from the text of
// a mail or from a table, whatever their mail program or survey made of it. It does no
// input or output, and knows nobody. What it can't read for certain is an error that says
// where, never a score.
package scores

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coachlog/coachlog/logparse"
)

// A Form is the questions of an assessment, in their order.
type Form struct{ questions []question }

type question struct {
	key    string
	titles []string // how people may name it: the key and the words beside it, as they are compared
}

// A Response is what one person answered, by question.
type Response struct {
	By     string    // as the table, or the mail, names the person; "" where nothing does
	About  string    // whom it is about, as the table names them
	Period string    // as the table has it
	Sent   time.Time // zero where nothing says
	Scores map[string]int
}

// NewForm reads the questions of a template: the keys below `scores:`, with the comment
// behind each or in the lines above it.
func NewForm(template []byte) Form {
	var f Form
	inside, above := false, ""
	for _, line := range linesOf(string(template)) {
		text := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "scores:"):
			inside = true
		case !inside:
		case text == "---" || text != "" && text == strings.TrimRight(line, " \t") && text[0] != '#':
			return f // the end, or another key
		case strings.HasPrefix(text, "#"):
			above += " " + strings.TrimLeft(text, "# ")
		default:
			key, rest, _ := strings.Cut(text, ":")
			_, beside, _ := strings.Cut(rest, "#")
			f.questions = append(f.questions, newQuestion(key, above, beside))
			above = ""
		}
	}
	return f
}

func newQuestion(key string, words ...string) question {
	q := question{key: key, titles: []string{normal(key)}}
	for _, text := range words {
		if text = normal(text); text != "" {
			q.titles = append(q.titles, text)
		}
	}
	return q
}

// Keys are the questions' keys.
func (f Form) Keys() []string {
	keys := make([]string, len(f.questions))
	for i, q := range f.questions {
		keys[i] = q.key
	}
	return keys
}

// find is the question with a key or words; nil where none has them.
func (f Form) find(text string) *question {
	text = normal(text)
	i := slices.IndexFunc(f.questions, func(q question) bool { return slices.Contains(q.titles, text) })
	if i < 0 {
		return nil
	}
	return &f.questions[i]
}

// normal is a text as it is compared: without case, emphasis and marks at its ends.
func normal(text string) string {
	return strings.Trim(logparse.NormalText(strings.ReplaceAll(text, "_", " ")), " *?!.:#")
}

// linesOf are the lines of a text, whatever they end in, without a byte-order mark.
func linesOf(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ").Replace(text), "\n")
}

// A score may be told of how many it is, and have a word behind it. Another number behind
// it could be meant instead.
var scoreForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[*_]*([1-5])[*_]*(?:[.,]0+)?(?: */ *5| *(?:out )?of *5)?(?:[^\pL\pN][^\pN]*)?$`)
})

// readScore reads a score from 1 to 5.
func readScore(text string) (int, error) {
	m := scoreForm().FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, fmt.Errorf("%q isn't one score from 1 to 5", text)
	}
	return int(m[1][0] - '0'), nil
}
