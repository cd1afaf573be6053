package report

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/plan"
)

// What a template may cost: far more than any report needs, and still less than a second.
const (
	mostTemplate = 256 << 10              // bytes of the template itself
	mostSteps    = 1_000_000              // nodes that are carried out
	mostText     = 16 << 20               // bytes of text that its functions make
	mostTime     = 800 * time.Millisecond // of a computer that has little else to do, some milliseconds are enough
	rangeSteps   = 5                      // that each turn of a range counts for beside its nodes
	callSteps    = 200                    // that a template's call of another counts for: each keeps memory until it ends
)

// A budget is what is left for one run of a template.
type budget struct {
	steps, text int
	end         time.Time
}

func newBudget() *budget { return &budget{mostSteps, mostText, time.Now().Add(mostTime)} }

var (
	errTooMuchWork   = errors.New("the template goes on for too long; does a range or a template repeat itself without end?")
	errTooMuchOutput = errors.New("the template writes more than 4 MB")
)

// step pays for the nodes of a list. It stands at the start of each that may be repeated.
func (b *budget) step(nodes int) (string, error) {
	if b.steps -= max(nodes, 1); b.steps < 0 || time.Now().After(b.end) {
		return "", errTooMuchWork
	}
	return "", nil
}

// pay pays for a text before it is made.
func (b *budget) pay(bytes int) error {
	if time.Now().After(b.end) {
		return errTooMuchWork
	}
	if b.text -= bytes; bytes < 0 || b.text < 0 {
		return errors.New("the template makes more than 16 MB of text")
	}
	return nil
}

// sizes are the bytes of values as texts: of all, and of the longest.
func sizes(values []any) (all, longest int) {
	for _, v := range values {
		text, ok := v.(string)
		if !ok {
			text = fmt.Sprint(v)
		}
		all += len(text)
		longest = max(longest, len(text))
	}
	return all, longest
}

// functions are those of the library that make texts, each of which is paid for.
func (b *budget) functions() template.FuncMap {
	paid := func(most int, write func(...any) string) func(...any) (string, error) {
		return func(values ...any) (string, error) {
			all, _ := sizes(values)
			if err := b.pay(most * (all + len(values) + 1)); err != nil {
				return "", err
			}
			return write(values...), nil
		}
	}
	words := func(write func(any) (string, error)) func(any) (string, error) {
		return func(value any) (string, error) {
			if err := b.pay(0); err != nil { // time alone: what they write is short
				return "", err
			}
			return write(value)
		}
	}
	return template.FuncMap{
		"rate": words(inWords[plan.Rate]), "quantity": words(inWords[Quantity]), "day": words(day),
		"step": b.step, "printf": b.printf, "print": paid(1, fmt.Sprint), "println": paid(1, fmt.Sprintln),
		"html": paid(6, template.HTMLEscaper), "js": paid(6, template.JSEscaper), "urlquery": paid(3, template.URLQueryEscaper),
		"upper": func(text string) (string, error) { return strings.ToUpper(text), b.pay(3 * len(text)) },
		"join": func(list []any, by string) (string, error) {
			all, _ := sizes(list)
			if err := b.pay(all + len(list)*len(by)); err != nil {
				return "", err
			}
			var texts []string
			for _, x := range list {
				texts = append(texts, fmt.Sprint(x))
			}
			return strings.Join(texts, by), nil
		},
	}
}

var width = pattern.New(`\d+`)

// printf is fmt.Sprintf. Each verb may write any of the values, in any width.
func (b *budget) printf(format string, values ...any) (string, error) {
	_, longest := sizes(values)
	widest := 0
	for _, digits := range width().FindAllString(format, -1) {
		n, err := strconv.Atoi(digits)
		if err != nil {
			n = mostText
		}
		widest = max(widest, n)
	}
	if strings.Contains(format, "*") {
		for _, v := range values {
			if n, ok := v.(int); ok {
				widest = max(widest, n, -n)
			}
		}
	}
	if longest > mostText || widest > mostText {
		return "", b.pay(mostText + 1)
	}
	if err := b.pay(len(format) + strings.Count(format, "%")*(6*longest+widest)); err != nil {
		return "", err
	}
	return fmt.Sprintf(format, values...), nil
}

// addSteps puts a step at the start of each list of nodes that may be carried out more than
// once: what a range repeats, and what a template is called for.
func addSteps(parsed *template.Template) error {
	for _, t := range parsed.Templates() {
		if t.Tree == nil || t.Root == nil {
			continue
		}
		if err := payFor(t.Root, callSteps+stepsOf(t.Root)); err != nil {
			return err
		}
	}
	return nil
}

// stepsOf counts the nodes of a list that are carried out once, and has each range in it paid for.
func stepsOf(list *parse.ListNode) (steps int) {
	if list == nil {
		return 0
	}
	for _, node := range list.Nodes {
		steps++
		switch n := node.(type) {
		case *parse.IfNode:
			steps += stepsOf(n.List) + stepsOf(n.ElseList)
		case *parse.WithNode:
			steps += stepsOf(n.List) + stepsOf(n.ElseList)
		case *parse.RangeNode:
			steps += stepsOf(n.ElseList)
			payFor(n.List, rangeSteps+stepsOf(n.List))
		}
	}
	return steps
}

// payFor puts the step at the start of a list.
func payFor(list *parse.ListNode, steps int) error {
	step, err := template.New("").Funcs(template.FuncMap{"step": (*budget)(nil).step}).Parse(fmt.Sprintf("{{step %d}}", steps))
	if err == nil {
		list.Nodes = append(step.Root.Nodes, list.Nodes...)
	}
	return err
}
