package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Write writes the report in one of PersonFormats.
func (r *Coach) Write(w io.Writer, style terminal.Style, format string) error {
	switch format {
	case "json":
		return writeJSON(w, r)
	case "markdown":
		return r.markdown(w)
	}
	return r.text(w, style)
}

func (r *Coach) title() string { return fmt.Sprintf("%s as a coach, %s", r.Name, r.Period.Name) }

func (r *Coach) subtitle() string {
	text := fmt.Sprintf("%s to %s", shortDate(r.Period.From), shortDate(r.Period.To))
	if r.Coaches != "" {
		text += ", coached by " + r.Coaches
	}
	if !r.Since.IsZero() {
		text += fmt.Sprintf("; coaching since %s, with no end date", shortDate(r.Since))
	}
	return text
}

// A coachLine is one line of the report: a figure with its name.
type coachLine struct{ title, text string }

// A coachPart is one part of the report.
type coachPart struct {
	title string
	lines []coachLine
}

// parts are the report's text, the same in every format for people.
func (r *Coach) parts() []coachPart {
	sessions := coachPart{title: "Sessions", lines: []coachLine{
		{"Held", fmt.Sprintf("%d with %s; %d missed, %d cancelled", r.Held, countPeople(r.Coachees), r.Missed, r.Cancelled)},
	}}
	if kinds := r.kinds(); kinds != "" {
		sessions.lines = append(sessions.lines, coachLine{"Kinds", kinds})
	}
	sessions.lines = append(sessions.lines, coachLine{"Hours", r.hours()})
	if r.Talk != nil {
		sessions.lines = append(sessions.lines, coachLine{"Talk", fmt.Sprintf("coachees did %d%% of the talking (%s); 80%% is the aim", *r.Talk, count(r.TalkLogs, "log"))})
	}
	sessions.lines = append(sessions.lines,
		coachLine{"Feedback", fmt.Sprintf("%s going well, %d to develop", count(r.GoingWell, "point"), r.ToDevelop)},
		coachLine{"Coached", fmt.Sprintf("%s of the coach's own", count(r.AsCoachee, "session"))},
	)
	if r.WordsPerLog > 0 {
		sessions.lines = append(sessions.lines, coachLine{"Writing", fmt.Sprintf("%d words in a log, by the middle one; much of that is carried over by coachlog", r.WordsPerLog)})
	}
	rates := coachPart{title: "What the coach answers for"}
	for _, d := range r.Duties {
		text := d.Now.String()
		if d.Before.Percent != nil {
			text += fmt.Sprintf("; before: %s; %s", d.Before, d.Moved)
		}
		rates.lines = append(rates.lines, coachLine{d.Title, text})
	}
	outcomes := coachPart{title: "What came of it"}
	for _, t := range r.Trends {
		outcomes.lines = append(outcomes.lines, coachLine{"Metrics", fmt.Sprintf("%s %s", count(t.Metrics, "goal metric"), t.Trend)})
	}
	outcomes.lines = append(outcomes.lines, coachLine{"Promotions", fmt.Sprint(r.Promotions)})
	if bright := r.titles(r.Bright); bright != "" {
		outcomes.lines = append(outcomes.lines, coachLine{"Bright spots", bright})
	}
	if slipped := r.titles(r.Slipped); slipped != "" {
		outcomes.lines = append(outcomes.lines, coachLine{"Worth a talk", slipped + ": lower than before"})
	}
	parts := []coachPart{sessions, rates, outcomes}
	for _, view := range []struct {
		title    string
		opinions []OpinionReport
	}{{"What coachees say (pulse, 1 to 5)", r.Pulse}, {"What the coach says (self-assessment, 1 to 5)", r.Self}, {"What others say (360, 1 to 5)", r.Round}} {
		part := coachPart{title: view.title}
		for _, o := range view.opinions {
			part.lines = append(part.lines, coachLine{o.Question, o.text()})
		}
		if len(part.lines) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

func (o OpinionReport) text() string {
	if o.Mean == nil {
		return fmt.Sprintf("fewer than %d answers, so not shown", plan.SmallGroup)
	}
	return fmt.Sprintf("%.1f (%s)", *o.Mean, count(*o.Answers, "answer"))
}

func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func (r *Coach) kinds() string {
	var kinds []string
	for _, kind := range logparse.Kinds {
		if n := r.Kinds[kind]; n > 0 {
			kinds = append(kinds, fmt.Sprintf("%d %s", n, kind))
		}
	}
	return strings.Join(kinds, ", ")
}

func (r *Coach) hours() string {
	text := fmt.Sprintf("%s of coaching", hoursOf(r.Minutes))
	if r.SetAside > 0 {
		text += fmt.Sprintf(", of %s set aside", hoursOf(r.SetAside))
	}
	return text
}

// hoursOf writes minutes as hours.
func hoursOf(minutes int) string { return fmt.Sprintf("%.1f h", float64(minutes)/60) }

// titles are the names of duties.
func (r *Coach) titles(keys []string) string {
	var titles []string
	for _, d := range r.Duties {
		if slices.Contains(keys, d.Key) {
			titles = append(titles, strings.ToLower(d.Title))
		}
	}
	return strings.Join(titles, ", ")
}

func (r *Coach) text(w io.Writer, style terminal.Style) error {
	p := &textPage{style: style}
	fmt.Fprintf(p, "%s\n", style.Bold(terminal.Escape(r.title())))
	p.line(0, style.Faint(terminal.Escape(r.subtitle())))
	for _, part := range r.parts() {
		p.head(part.title)
		width := 0
		for _, line := range part.lines {
			width = max(width, terminal.Width(line.title))
		}
		for _, line := range part.lines {
			p.item(2, terminal.Pad(terminal.Escape(line.title), width+2), line.text)
		}
	}
	p.head("What the figures mean")
	for _, d := range r.Duties {
		p.item(2, "", fmt.Sprintf("%s: %s.", d.Title, d.Means))
	}
	_, err := io.WriteString(w, strings.TrimRight(p.String(), "\n")+"\n")
	return err
}

func (r *Coach) markdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s\n", markdownText(r.title()), markdownText(r.subtitle()))
	for _, part := range r.parts() {
		fmt.Fprintf(&out, "\n## %s\n\n| | |\n|---|---|\n", part.title)
		for _, line := range part.lines {
			fmt.Fprintf(&out, "| %s | %s |\n", markdownText(line.title), markdownText(line.text))
		}
	}
	out.WriteString("\n## What the figures mean\n\n")
	for _, d := range r.Duties {
		fmt.Fprintf(&out, "- %s: %s.\n", d.Title, d.Means)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
