package report

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A FileChange is what happened to one file, in the words of coaching.
type FileChange struct {
	Path    string // relative to the logbook
	Changes []plan.Change
}

// Longest subject and text of a commit message's lines, in characters.
const (
	maxSubject = 72
	maxText    = 100
)

// changeTrailerKey is the key of the trailers for programs.
const changeTrailerKey = "Coachlog-Change"

// CommitMessage says what a commit changes: a subject, a line for each change,
// and a trailer for each that a program can read. subject replaces the first
// line where it isn't empty. Goals and actions have their ids and are counted; their
// words are there only if the logbook wants them, since forges mail messages to
// everybody who watches. No confidential text is among the changes.
func CommitMessage(files []FileChange, subject string, words bool) string {
	subject = cmp.Or(subject, commitSubject(files))
	var body, trailers strings.Builder
	for _, f := range files {
		fmt.Fprintf(&body, "%s\n", terminal.Escape(f.Path))
		changes := f.Changes
		if !words {
			changes = each(changes, withoutWords)
		}
		for _, line := range changeLines(changes) {
			fmt.Fprintf(&body, "- %s\n", line)
		}
		for _, c := range changes {
			fmt.Fprintf(&trailers, "%s: %s\n", changeTrailerKey, changeTrailer(f.Path, c))
		}
		body.WriteString("\n")
	}
	return strings.TrimRight(subject, "\n") + "\n\n" + body.String() + trailers.String()
}

func withoutWords(c plan.Change) plan.Change {
	c.Text = ""
	return c
}

// commitSubject sums the changes up: whose they are, and how many of each kind.
func commitSubject(files []FileChange) string {
	type kind struct{ what, verb string }
	var kinds []kind
	numbers := make(map[kind]int)
	for _, f := range files {
		for _, c := range f.Changes {
			k := kind{c.What, c.Verb}
			if numbers[k] == 0 {
				kinds = append(kinds, k)
			}
			numbers[k]++
		}
	}
	slices.SortStableFunc(kinds, func(x, y kind) int { return weight(x.what) - weight(y.what) })
	var parts []string
	for _, k := range kinds {
		what := k.what
		if n := numbers[k]; what == "action" || n > 1 && what != "settings" && what != "metrics" {
			what = sentence.Count(n, what)
		}
		parts = append(parts, what+" "+k.verb)
	}
	text := commitScope(files) + ": "
	for i, part := range parts {
		if i > 0 {
			part = ", " + part
		}
		if utf8.RuneCountInString(text+part) > maxSubject-len(" ...") {
			return text + " ..."
		}
		text += part
	}
	return text
}

// weight orders a subject's parts: what happened between people comes first.
func weight(what string) int {
	if i := slices.Index([]string{"session", "goal", "action", "plan", "metrics"}, what); i >= 0 {
		return i
	}
	return 9
}

// commitScope names the one file, the one person, or how many files there are.
func commitScope(files []FileChange) string {
	var people []string
	for _, f := range files {
		person := ""
		if dir := path.Dir(f.Path); path.Dir(dir) == "people" {
			person = path.Base(dir)
		}
		people = appendNew(people, person)
	}
	switch {
	case len(people) == 1 && people[0] != "" && len(files) == 1:
		return terminal.Escape(people[0] + " " + strings.TrimSuffix(path.Base(files[0].Path), ".md"))
	case len(files) == 1:
		return terminal.Escape(files[0].Path)
	case len(people) == 1 && people[0] != "":
		return terminal.Escape(people[0])
	}
	return sentence.Count(len(files), "file")
}

// changeLines are changes as lines. What reads the same, as goals and actions do without
// words and id, has one line with its number.
func changeLines(changes []plan.Change) []string {
	var lines []string
	numbers := make(map[string]int)
	for _, c := range changes {
		line := c.Verb
		if c.What == "goal" || c.What == "action" {
			line += with(": ", shorten(terminal.Escape(c.Text), maxText)) + with(" ^", c.ID)
		}
		line = c.What + " " + line + with(" from ", terminal.Escape(c.From))
		lines = appendNew(lines, line)
		numbers[line]++
	}
	for i, line := range lines {
		if n := numbers[line]; n > 1 {
			what, rest, _ := strings.Cut(line, " ")
			lines[i] = sentence.Count(n, what) + " " + rest
		}
	}
	return lines
}

// changeTrailer is WHAT-VERB PATH and, of a goal or action, ^ID or its text in
// quotes, if it is to be told: one line, whatever the text holds.
func changeTrailer(name string, c plan.Change) string {
	text := fmt.Sprintf("%s-%s %s", c.What, strings.ReplaceAll(c.Verb, " ", "-"), terminal.Escape(name))
	switch named := c.What == "goal" || c.What == "action"; {
	case named && c.ID != "":
		text += " ^" + c.ID
	case named && c.Text != "":
		text += fmt.Sprintf(" %q", shorten(c.Text, maxText))
	}
	return text
}

func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return strings.TrimRight(string(runes[:most-1]), " ,") + "…"
}

// ForgetMessage is the message of the commit that removes a person's files. The audit knows
// it by a trailer for each id that the person had.
func ForgetMessage(id string, ids []string) string {
	var text strings.Builder
	text.WriteString("Remove the files of " + id + "\n\nAt their request: their folder, and what else the logbook kept about them.\n\n")
	for _, id := range ids {
		text.WriteString(plan.ForgotTrailer + ": " + id + "\n")
	}
	return text.String()
}

// MigrationMessage is the message of the commit that moves a logbook to the newest format.
func MigrationMessage(files int) string {
	return fmt.Sprintf(`Move the logbook to format %d

In format 1 an open box in Follow-through meant not done. In format 2
that is [n], and an open box says nothing.

Only that changed, in %s.

%s: %d
`, logparse.NewestFormat, sentence.Count(files, "file"), plan.MigrationTrailer, logparse.NewestFormat)
}
