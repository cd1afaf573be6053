package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A topic is a page of coachlog help that is about no command.
type topic struct{ name, short, long string }

// topics are short; the documents whose addresses they have are what counts.
func topics() []topic {
	return []topic{
		{"format", "What is in a log", formatTopic()},
		{"periods", "How days and periods are written", periodsTopic()},
		{"judging", "How coachlog decides whether a plan worked", judgingTopic()},
		{"git", "What coachlog does with git", gitTopic()},
	}
}

const (
	topicWidth = 88
	docs       = "https://github.com/coachlog/coachlog/blob/main/docs/"
)

func formatTopic() string {
	return `A log is a markdown file, people/ID/DATE.md, with front matter between two lines ---:

  date: 2026-07-06        the day of the session
  status: held            ` + strings.Join(logparse.Statuses, ", ") + `
  kind: regular           ` + strings.Join(logparse.Kinds, ", ") + `
  minutes, talk, next     how long it took, percent of the talking by the coachee,
                          the day of the next session
  metrics: {aht: 398}     values of the day

Goals are checkboxes under "## Short-term goals" and "## Mid-term goals", and their
actions the checkboxes below them. At the end of a line, in any order:

  ^greet                  its id, by which it is known from session to session
  @josh                   who does it, if not the coachee
  due:2026-07-20          until when
  metric:aht<=390         the target of a goal
  skill:closing           the skill that it practises

In "## Follow-through" the next session says what became of each:

  [x] done  [/] partly  [n] not done  [!] blocked  [>] carried on  [-] dropped
  [ ]                     nobody talked about it, so it stays open

coachlog templates show session prints a blank log. All of it:
` + docs + `format.md`
}

func periodsTopic() string {
	return terminal.Wrap("A day can be written 2026-07-20, "+strings.TrimPrefix(logparse.SpokenDays, "or ")+".", topicWidth, "") + `
What can mean two days (3/4, next friday) is refused. --today counts as today.

A period is one of

  ` + terminal.Wrap(plan.PeriodForms, topicWidth, "  ") + `

A week goes from Monday to Sunday. Fiscal years need fiscal_year_starts in coachlog.yaml,
and can be named by the year in which they start (fiscal_year_named) or have whole weeks
(fiscal_weeks).

More: ` + docs + `reports.md
      ` + docs + `shell.md`
}

func judgingTopic() string {
	return `1. In each session you note what became of every action that is due.
2. An action that nobody talked about stays open. Asking is the coach's job, so it never
   counts against anybody else.
3. When a goal's date comes, you check two things: was it reached, and did the coachee do
   at least three quarters of their part?
4. If they did their part, the result is about the plan: it worked, or it fell short. If
   not, it is about follow-through.
5. Nothing that you wrote down disappears silently.

One page, with three goals worked out by hand:
` + docs + `judging.md`
}

func gitTopic() string {
	return `The logbook is a folder in a git repository. Your files are yours: coachlog reads them as
they are, and records only what you tell it to.

  coachlog commit         commits changed logs, plans and settings, and nothing else that
                          you have changed or staged
  coachlog agree FILE     a commit that says that you agree to exactly this version
  coachlog undo           takes back the last change, in a commit of its own
  coachlog history        what each commit changed in the coaching
  coachlog audit          whether anything was changed after somebody had agreed to it
  coachlog init --hook    runs lint before each commit
  coachlog init --merge-driver   merges two people's changes to one log item by item

coachlog never pushes, pulls, rebases or changes a commit that is there. It needs no git
program, unless the repository uses hooks, signing or filters.

More: ` + docs + `together.md
      ` + docs + `audit.md
      ` + docs + `repositories.md`
}

// addTopics adds the pages, which cobra shows for a command that does nothing, and completes behind
// help for real commands only.
func addTopics(root *cobra.Command) {
	var names []string
	for _, t := range topics() {
		root.AddCommand(&cobra.Command{Use: t.name, Short: t.short, Long: t.long})
		names = append(names, cobra.CompletionWithDesc(t.name, t.short))
	}
	root.InitDefaultHelpCmd()
	help, _, err := root.Find([]string{"help"})
	onFlag(err)
	commands := help.ValidArgsFunction
	help.ValidArgsFunction = func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		found, directive := commands(c, args, typed)
		if len(args) == 0 {
			found = append(found, names...)
		}
		return found, directive
	}
}
