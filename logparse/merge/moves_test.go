package merge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
)

// A planned log is sections of goals of actions, each action once by its id.
type plannedLog struct {
	headings []string
	goals    [][]string // by section; each goal's id
	actions  map[string][]action
}

type action struct{ id, state string }

func startLog() plannedLog {
	return plannedLog{
		headings: []string{"Short-term goals", "Long-term goals", "Ideas"},
		goals:    [][]string{{"calm", "notes"}, {"lead"}, {"later"}},
		actions:  map[string][]action{"calm": {{"greet", " "}, {"list", " "}}, "notes": {{"names", " "}}, "lead": {{"read", " "}, {"ask", " "}}, "later": {{"trip", " "}}},
	}
}

func (l plannedLog) text() []byte {
	var out strings.Builder
	out.WriteString("---\nstatus: held\n---\n\n# Monday\n")
	for i, heading := range l.headings {
		fmt.Fprintf(&out, "\n## %s\n\n", heading)
		for _, goal := range l.goals[i] {
			fmt.Fprintf(&out, "- [ ] The goal of %s ^%s\n", goal, goal)
			for _, a := range l.actions[goal] {
				fmt.Fprintf(&out, "  - [%s] Do what %s says ^%s\n", a.state, a.id, a.id)
			}
		}
	}
	return []byte(out.String())
}

// find is the goal that an action is below, and its place there.
func (l plannedLog) find(id string) (goal string, at int) {
	for goal, actions := range l.actions {
		if at := slices.IndexFunc(actions, func(a action) bool { return a.id == id }); at >= 0 {
			return goal, at
		}
	}
	return "", -1
}

var (
	actionIDs = []string{"greet", "list", "names", "read", "ask", "trip"}
	goalIDs   = []string{"calm", "notes", "lead", "later"}
)

// change does something to the log at random.
func (l plannedLog) change(r *rapid.T, who string) {
	for range rapid.IntRange(0, 4).Draw(r, who) {
		id := rapid.SampledFrom(actionIDs).Draw(r, "action")
		goal, at := l.find(id)
		switch what := rapid.IntRange(0, 9).Draw(r, "what"); {
		case what < 2:
			section := rapid.IntRange(0, 2).Draw(r, "section")
			l.headings[section] += " of " + rapid.SampledFrom([]string{"July", "August"}).Draw(r, "heading")
		case what < 4:
			moved, to := rapid.SampledFrom(goalIDs).Draw(r, "goal"), rapid.IntRange(0, 2).Draw(r, "to")
			for i := range l.goals {
				l.goals[i] = slices.DeleteFunc(l.goals[i], func(id string) bool { return id == moved })
			}
			l.goals[to] = append(l.goals[to], moved)
		case at < 0:
		case what == 4:
			l.actions[goal] = slices.Delete(l.actions[goal], at, at+1)
		case what < 7:
			l.actions[goal][at].state = rapid.SampledFrom([]string{"x", "/"}).Draw(r, "state")
		default:
			a, to := l.actions[goal][at], rapid.SampledFrom(goalIDs).Draw(r, "to goal")
			l.actions[goal] = slices.Delete(l.actions[goal], at, at+1)
			l.actions[to] = append(l.actions[to], a)
		}
	}
}

// TestMoves has two people move, tick and delete the same actions. Whichever side is
// taken in each conflict, every action that nobody deleted is there once; and what
// one of them did to it is done where the other left it alone.
func TestMoves(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base, ours, theirs := startLog(), startLog(), startLog()
		ours.change(r, "ours")
		theirs.change(r, "theirs")
		merged, conflicts := checkMerge(r, base.text(), ours.text(), theirs.text())
		asOurs, asTheirs, whole := logparse.Sides(logPath, merged)
		fail := func(format string, args ...any) {
			r.Fatalf("%s; ours\n%s\ntheirs\n%s\nmerged\n%s", fmt.Sprintf(format, args...), ours.text(), theirs.text(), merged)
		}
		if !whole {
			fail("markers are missing")
		}
		for _, id := range slices.Concat(actionIDs, goalIDs) {
			_, inOurs := ours.find(id)
			_, inTheirs := theirs.find(id)
			for _, side := range []string{asOurs, asTheirs} {
				n := strings.Count(side, "^"+id+"\n")
				if n > 1 || n == 0 && (slices.Contains(goalIDs, id) || inOurs >= 0 && inTheirs >= 0) {
					fail("%s is there %d times", id, n)
				}
			}
		}
		if conflicts > 0 {
			return
		}
		for _, id := range actionIDs {
			was, _ := base.find(id)
			goalOurs, atOurs := ours.find(id)
			goalTheirs, atTheirs := theirs.find(id)
			if atOurs < 0 || atTheirs < 0 {
				continue
			}
			goal, state := goalOurs, ours.actions[goalOurs][atOurs].state
			if goal == was {
				goal = goalTheirs
			}
			if state == " " {
				state = theirs.actions[goalTheirs][atTheirs].state
			}
			_, below, _ := strings.Cut(asOurs, "^"+goal+"\n")
			below, _, _ = strings.Cut(below, "\n-")
			if line := fmt.Sprintf("  - [%s] Do what %s says ^%s", state, id, id); !strings.Contains(below, line) {
				fail("%q isn't below %s", line, goal)
			}
		}
	})
}
