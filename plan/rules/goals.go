package rules

import (
	"iter"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// isAhead says whether an item of a plan is still to be worked for.
func isAhead(it *logparse.Item) bool {
	return it.State != logparse.Dropped && it.State != logparse.Done
}

// plannedGoals are the short-term and mid-term goals that a log's plan has ahead.
func plannedGoals(log *plan.Log) []*logparse.Goal {
	return slices.DeleteFunc(slices.Concat(log.ShortTerm, log.MidTerm), func(g *logparse.Goal) bool { return !isAhead(g.Item) })
}

// plannedActions are the actions ahead of these.
func plannedActions(log *plan.Log) (actions []*logparse.Action) {
	for _, goal := range plannedGoals(log) {
		actions = append(actions, goal.Actions...)
	}
	return slices.DeleteFunc(actions, func(a *logparse.Action) bool { return !isAhead(a.Item) })
}

// itemsOf are goals and their actions.
func itemsOf(sections ...[]*logparse.Goal) iter.Seq[*logparse.Item] {
	return func(yield func(*logparse.Item) bool) {
		for _, goals := range sections {
			for _, goal := range goals {
				if !yield(goal.Item) {
					return
				}
				for _, action := range goal.Actions {
					if !yield(action.Item) {
						return
					}
				}
			}
		}
	}
}

// tokenItems are the items of a log whose tokens count, at any depth.
func tokenItems(log *plan.Log) iter.Seq[*logparse.Item] {
	return func(yield func(*logparse.Item) bool) {
		for it := range itemsOf(log.FollowThrough, log.ShortTerm, log.MidTerm) {
			if !yield(it) {
				return
			}
		}
		for _, goal := range log.LongTerm {
			for _, it := range slices.Concat([]*logparse.Item{goal.Item}, goal.Help) {
				if !yield(it) {
					return
				}
			}
		}
	}
}

// running are the goals that a person still works for, of some horizons.
func running(p *plan.Person, horizons ...plan.Horizon) []*plan.Goal {
	return slices.DeleteFunc(slices.Clone(p.Goals), func(g *plan.Goal) bool { return !g.Running() || !slices.Contains(horizons, g.Horizon) })
}

// worked are the goals that the log's plan has as still to be worked for, and what is known of
// each.
func (f *finder) worked() iter.Seq2[*logparse.Goal, *plan.Goal] {
	return func(yield func(*logparse.Goal, *plan.Goal) bool) {
		known := make(map[*logparse.Goal][]*plan.Goal)
		for _, g := range f.log.Person.Goals {
			if !g.Running() {
				continue
			}
			for _, s := range slices.Backward(g.Stated) {
				if s.Log.Before(f.log) {
					break
				}
				if all := known[s.Goal]; len(all) == 0 || all[len(all)-1] != g {
					known[s.Goal] = append(all, g)
				}
			}
		}
		for _, goal := range plannedGoals(f.log) {
			for _, g := range known[goal] {
				if !yield(goal, g) {
					return
				}
			}
		}
	}
}

// live are a goal's actions that somebody still works on, or that nobody has settled yet.
func live(g *plan.Goal) []*plan.Agreement {
	return slices.DeleteFunc(slices.Clone(g.Agreements), func(a *plan.Agreement) bool { return !a.Live() })
}

// goalSpan is where a log speaks of a goal.
func (f *finder) goalSpan(g *plan.Goal) logparse.Span {
	if about := f.log.About(g); len(about) > 0 {
		return about[0].TextSpan
	}
	return f.section(logparse.FollowUp, logparse.ShortTerm)
}

// wellKnown are words for figures that a logbook's catalogue may not have.
var wellKnown = []string{"aht", "acw", "fcr", "csat", "nps", "qa", "handle time", "handling time", "adherence", "occupancy", "quality score"}

// metricIn is the metric that a text names by its key, or by its name or the end of that
// ("handle time" of "Average handle time"); "" where it names none.
func (f *finder) metricIn(text string) string {
	words := plainWords(text)
	for _, m := range f.linter.metrics {
		if slices.ContainsFunc(m.names, func(name string) bool { return strings.Contains(words, name) }) {
			return m.key
		}
	}
	for _, name := range wellKnown {
		if strings.Contains(words, " "+name+" ") {
			return name
		}
	}
	return ""
}

// A metricName is a metric's key with what a text may call it, in plain words.
type metricName struct {
	key   string
	names []string
}

func namesOf(m logparse.Metric) []string {
	names := []string{plainWords(m.Key)}
	name := strings.Fields(plainWords(m.Name.V))
	for i := range name {
		if i == 0 || i < len(name)-1 {
			names = append(names, " "+strings.Join(name[i:], " ")+" ")
		}
	}
	return names
}

// plainWords is a text's words in small letters, with a blank around each.
func plainWords(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !isLetterOrDigit(r) && r != '_' })
	return " " + strings.ToLower(strings.Join(words, " ")) + " "
}
