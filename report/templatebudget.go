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
	mostText     = 16 << 20               // bytes of text that its functions are given
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

// functions are those of the library that make texts. Each is charged for the text that it gets,
// since none makes more than six times as much.
func (b *budget) functions() template.FuncMap {
	paid := func(write func(...any) string) func(...any) (string, error) {
		return func(values ...any) (string, error) {
			all, _ := sizes(values)
			if err := b.pay(all + len(values)); err != nil {
				return "", err
			}
			return write(values...), nil
		}
	}
	return template.FuncMap{
		"rate": inWords[plan.Rate], "quantity": inWords[Quantity], "day": day,
		"step": b.step, "printf": b.printf, "print": paid(fmt.Sprint), "println": paid(fmt.Sprintln),
		"html": paid(template.HTMLEscaper), "js": paid(template.JSEscaper), "urlquery": paid(template.URLQueryEscaper),
		"upper": func(text string) (string, error) { return strings.ToUpper(text), b.pay(len(text)) },
		"join": func(list []any, by string) (string, error) {
			all, _ := sizes(list)
			if err := b.pay(all + len(list)*len(by)); err != nil {
				return "", err
			}
			return strings.Join(each(list, func(x any) string { return fmt.Sprint(x) }), by), nil
		},
	}
}

var width = pattern.Of(`\d+`)

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

// addSteps counts the nodes of a list, and puts a step at the start of each that may be carried out more
// than once: what a template is called for, and what a range repeats. extra is what each time counts for
// beside the nodes; 0 of a list that comes once.
func addSteps(list *parse.ListNode, extra int) (nodes int) {
	if list == nil {
		return 0
	}
	for _, node := range list.Nodes {
		nodes++
		switch n := node.(type) {
		case *parse.IfNode:
			nodes += addSteps(n.List, 0) + addSteps(n.ElseList, 0)
		case *parse.WithNode:
			nodes += addSteps(n.List, 0) + addSteps(n.ElseList, 0)
		case *parse.RangeNode:
			nodes += addSteps(n.ElseList, 0)
			addSteps(n.List, rangeSteps)
		}
	}
	if extra > 0 {
		step := template.Must(template.New("").Funcs(template.FuncMap{"step": (*budget)(nil).step}).Parse(fmt.Sprintf("{{step %d}}", extra+nodes)))
		list.Nodes = append(step.Root.Nodes, list.Nodes...)
	}
	return nodes
}
