package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// A Template is a logbook's own form of a review: a Go template over the review's
// JSON form, by the names of its keys.
type Template struct {
	name   string
	parsed *template.Template
}

// NewTemplate reads a template. The error says where it can't be read.
func NewTemplate(name string, text []byte) (*Template, error) {
	if len(text) > mostTemplate {
		return nil, fmt.Errorf("%s has %d kB; a report's template has at most %d kB", name, len(text)>>10, mostTemplate>>10)
	}
	parsed, err := template.New(name).Option("missingkey=zero").Funcs(newBudget().functions()).Parse(strings.ReplaceAll(string(text), "\r\n", "\n"))
	if err != nil {
		return nil, templateError(name, err)
	}
	for _, t := range parsed.Templates() {
		addSteps(t.Root, callSteps)
	}
	return &Template{name, parsed}, nil
}

// inWords brings what a template hands over back into its type, which says it.
func inWords[T fmt.Stringer](value any) (string, error) {
	var of T
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &of)
	}
	if err != nil {
		return "", err
	}
	return of.String(), nil
}

// templateError is an error of a template without the library's own words.
func templateError(name string, err error) error {
	return fmt.Errorf("%s\na template uses the keys of --format json; docs/reports.md has the functions", strings.Replace(err.Error(), "template: "+name+":", name+":", 1))
}

// maxTemplated bounds what a template may write, in bytes.
const maxTemplated = 4 << 20

// write writes a review by the template. All text of the review is made safe for
// the format before the template sees it.
func (t *Template) write(w io.Writer, thing any, escape func(string) string) error {
	var text bytes.Buffer
	if err := writeJSON(&text, thing); err != nil {
		return err
	}
	var model any
	read := json.NewDecoder(&text)
	read.UseNumber()
	if err := read.Decode(&model); err != nil {
		return err
	}
	out := &bounded{left: maxTemplated}
	if err := t.execute(out, escapeAll(model, escape)); err != nil {
		for _, limit := range []error{errTooMuchWork, errTooMuchOutput} {
			if errors.Is(err, limit) {
				return fmt.Errorf("%s: %w", t.name, limit)
			}
		}
		return templateError(t.name, err)
	}
	_, err := io.WriteString(w, terminal.EscapeLines(out.String()))
	return err
}

// execute ends in time, whatever the library still does then: the process won't wait for it.
func (t *Template) execute(out io.Writer, model any) error {
	done := make(chan error, 1)
	budget := newBudget()
	go func() {
		var err error
		defer func() { done <- err }()
		defer fault.Catch(t.name, &err)
		err = t.parsed.Funcs(budget.functions()).Execute(out, model)
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Until(budget.end)):
		return errTooMuchWork
	}
}

// day is a date as people write it.
func day(value any) (string, error) {
	d, _ := logparse.ParseDate(fmt.Sprint(value))
	return shortDate(d), nil
}

// escapeAll makes every text within a JSON value safe, and every number one that a
// template can compare.
func escapeAll(value any, escape func(string) string) any {
	switch v := value.(type) {
	case string:
		return escape(v)
	case json.Number:
		if whole, err := strconv.Atoi(v.String()); err == nil {
			return whole
		}
		number, _ := v.Float64()
		return number
	case []any:
		for i := range v {
			v[i] = escapeAll(v[i], escape)
		}
	case map[string]any:
		for key := range v {
			v[key] = escapeAll(v[key], escape)
		}
	}
	return value
}

// A bounded buffer refuses to grow without end.
type bounded struct {
	strings.Builder
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errTooMuchOutput
	}
	return b.Builder.Write(p)
}
