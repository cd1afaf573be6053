// Package templates holds the blank files that coachlog starts from. Each is a
// complete file that can be copied and filled in by hand; a logbook overrides
// one by a file of the same name in its own templates folder.
package templates

import (
	"embed"
	"fmt"
	"slices"
)

//go:embed *.md *.yaml *.yml pre-commit .editorconfig .remarkignore
var files embed.FS

// A Template is one blank file.
type Template struct {
	Name string // of the file, and of the logbook's own version in templates/
	What string
}

// All lists the templates.
var All = []Template{
	{"session.md", "the log of a session"},
	{"session-long.md", "the same with all that there is to ask"},
	{"kick-off.md", "the first session of a period: scope, expectations, goals"},
	{"review.md", "the last session of a period: results, what went well, what is next"},
	{"ad-hoc.md", "a session outside the cadence"},
	{"requested.md", "a session that the coachee asked for"},
	{"peer.md", "a session among colleagues"},
	{"coach.md", "a session in which a coach is coached"},
	{"plan.md", "a person's development plan"},
	{"prep-message.md", "what a coach asks a coachee before a session"},
	{"prep-message-long.md", "what a coach asks before a kick-off or a review"},
	{"questions.md", "open questions for the coach; a logbook's own are added to them"},
	{"pulse.md", "a coachee's view of the coaching, in scores"},
	{"self-assessment.md", "a coach's own view of their coaching"},
	{"360.md", "what colleagues, leads and coachees say of a coach"},
	{"coachlog.yaml", "the settings of a logbook"},
	{"README.md", "what a logbook says of itself to those who open it"},
	{"coachlog.yml", "the workflow that runs lint on a forge"},
	{"pre-commit", "the git hook that runs lint"},
	{".editorconfig", "how editors write a logbook's files"},
	{".remarkignore", "which files the formatter remark leaves alone"},
}

// Names lists the templates' names.
func Names() []string {
	names := make([]string, len(All))
	for i, t := range All {
		names[i] = t.Name
	}
	return names
}

// Text is a template as it is shipped. "session" is short for "session.md".
func Text(name string) ([]byte, error) {
	full, ok := FullName(name)
	if !ok {
		return nil, fmt.Errorf("there is no template %q", name)
	}
	return files.ReadFile(full)
}

// FullName completes a name without its ending.
func FullName(name string) (string, bool) {
	names := Names()
	for _, full := range []string{name, name + ".md"} {
		if slices.Contains(names, full) {
			return full, true
		}
	}
	return "", false
}
