package plan_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
)

var (
	states  = rapid.SampledFrom([]string{" ", "x", "/", "n", "!", "-", ">"})
	ids     = rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
	goals   = rapid.SampledFrom([]string{"g", "h"})
	owners  = rapid.SampledFrom([]string{"", " @josh", " @rep1", " @maria", " by:rep1", " @josh by:josh"})
	everies = rapid.SampledFrom([]string{"", "", "", "", " every:week", " every:month"})
	dates   = rapid.SampledFrom([]string{"", " due:2026-07-15", " due:2026-07-29", " due:2026-08-12"})
)

// everybody are those who coach, are coached or own actions in a history.
var everybody = []string{"rep1", "josh", "maria"}

// history generates the logs of one coachee, weekly.
func history(t *rapid.T) []log {
	var logs []log
	start := logparse.Date{Year: 2026, Month: 7, Day: 6}
	for week := range rapid.IntRange(1, 8).Draw(t, "weeks") {
		l := log{date: start.AddDays(7 * week).String()}
		l.front = "kind: " + rapid.SampledFrom([]string{"regular", "ad-hoc", "requested", "peer", "review"}).Draw(t, "kind") +
			"\ncoach: " + rapid.SampledFrom([]string{"josh", "josh", "maria"}).Draw(t, "coach") +
			"\nstatus: " + rapid.SampledFrom([]string{"held", "held", "held", "missed", "planned"}).Draw(t, "status")
		var body strings.Builder
		used := map[string]bool{}
		for _, section := range []string{"F", "S", "M"} {
			clear(used)
			for range rapid.IntRange(0, 2).Draw(t, "goals") {
				goal := section + goals.Draw(t, "goal")
				name := goal[1:]
				if section == "M" {
					name = "m" + name
				}
				if used[name] {
					continue
				}
				used[name] = true
				fmt.Fprintf(&body, "%s [%s] Goal %s ^%s%s\n", section, states.Draw(t, "state"), name, name, dates.Draw(t, "due"))
				for range rapid.IntRange(0, 3).Draw(t, "actions") {
					id := name + ids.Draw(t, "id")
					if used[id] {
						continue
					}
					used[id] = true
					fmt.Fprintf(&body, "- [%s] Action %s ^%s%s%s%s\n", states.Draw(t, "state"), id, id, owners.Draw(t, "owner"), dates.Draw(t, "due"), everies.Draw(t, "every"))
				}
			}
		}
		l.body = body.String()
		logs = append(logs, l)
	}
	return logs
}
