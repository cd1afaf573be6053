package report_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// Here the counts of the reports are counted a second time, from the lines of a
// logbook's files alone. What judging makes of them, the conformance examples and the
// properties in plan hold. In these logbooks each box in Follow-through counts.

func TestRecountOfTheExample(t *testing.T) {
	for _, period := range []string{"2026-Q3", "2026-07", "2026-08", "2026-09"} {
		recount(t, "../examples/team", scopeOf(t, period, "2026-10-02", ""), "josh", "maria")
	}
	c := countIn(readLogs(t, "../examples/team"), "priya", "", scopeOf(t, "2026-Q3", "2026-10-02", "").Period)
	if c.status["held"] < 10 || c.status["missed"] != 1 || c.boxes["priya"] != (boxes{21, 4, 3}) {
		t.Errorf("a recount of priya that counts nothing agrees with reports that say nothing: %+v", c)
	}
}

func TestRecountOfGeneratedLogbooks(t *testing.T) {
	for _, seed := range []string{"1", "7"} {
		folder := filepath.Join(t.TempDir(), "desk")
		if out, err := exec.Command("go", "run", "../bench/generate", "-logs", "720", "-people", "24", "-coaches", "2", "-seed", seed, "-dir", folder).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		recount(t, folder, scopeOf(t, "2026-Q2", "2026-07-10", ""), "josh", "maria")
		recountTeam(t, folder, scopeOf(t, "2026-Q2", "2026-07-10", "team"))
	}
}

// A logFile is what one log says that can be counted line by line.
type logFile struct {
	coachee string
	front   map[string]string
	actions [][2]string // box and owner of those whose account it gives
	points  map[string]int
}

func (l logFile) isTalk() bool {
	return slices.Contains([]string{"ad-hoc", "requested", "peer"}, l.front["kind"])
}

// Boxes are how many actions of an owner were done, partly, not done and dropped.
type boxes [3]int

// Counted is what the logs of a period say.
type counted struct {
	status                  map[string]int
	minutes, talk, talkLogs int
	points                  map[string]int
	boxes                   map[string]boxes // by owner
}

var (
	frontLine  = regexp.MustCompile(`(?m)^([a-z]+): ([^#\n]*?) *(?:#.*)?$`)
	actionLine = regexp.MustCompile(`^  - \[(.)\] .*\^([a-z0-9]+)`)
	ownerToken = regexp.MustCompile(` @([a-z0-9]+)`)
)

// readLogs reads the logs of a logbook, each person's by date.
func readLogs(t *testing.T, folder string) (logs []logFile) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "people", "*", "2*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d logs (%v)", folder, len(files), err)
	}
	slices.SortFunc(files, func(x, y string) int {
		return strings.Compare(strings.TrimSuffix(x, ".md"), strings.TrimSuffix(y, ".md"))
	})
	owners, ticked, left := make(map[string]string), make(map[string]bool), make(map[string]bool)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		l := logFile{coachee: filepath.Base(filepath.Dir(file)), front: make(map[string]string), points: make(map[string]int)}
		front, body, _ := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "\n---\n")
		for _, m := range frontLine.FindAllStringSubmatch(front, -1) {
			l.front[m[1]] = m[2]
		}
		section := ""
		for line := range strings.Lines(body) {
			action := actionLine.FindStringSubmatch(line)
			switch {
			case strings.HasPrefix(line, "#"):
				section = strings.TrimSpace(strings.TrimLeft(line, "#"))
			case strings.HasPrefix(line, "- "):
				l.points[section]++
			case action != nil:
				key := l.coachee + " " + action[2]
				if m := ownerToken.FindStringSubmatch(line); m != nil {
					owners[key] = m[1]
				} else if owners[key] == "" {
					owners[key] = l.coachee
				}
				switch { // what a talk ticks, the next session has as done; a result is there once, until it is agreed again
				case section != "Follow-through":
					left[key] = false
				case l.isTalk():
					ticked[key] = action[1] == "x"
				case left[key]:
				case action[1] == " " && ticked[key]:
					l.actions = append(l.actions, [2]string{"x", owners[key]})
				default:
					l.actions, left[key] = append(l.actions, [2]string{action[1], owners[key]}), strings.Contains("/n", action[1])
				}
			}
		}
		logs = append(logs, l)
	}
	return logs
}

// countIn counts what the logs of a period say: of one coachee or, of "", of those whom
// one coach led.
func countIn(logs []logFile, coachee, coach string, period plan.Period) counted {
	c := counted{status: make(map[string]int), points: make(map[string]int), boxes: make(map[string]boxes)}
	for _, l := range logs {
		day := l.front["date"]
		if coachee != "" && l.coachee != coachee || coach != "" && l.front["coach"] != coach || day < period.From.String() || day > period.To.String() {
			continue
		}
		status := l.front["status"]
		if status == "held" && l.isTalk() {
			status = "talk"
		}
		c.status[status]++
		number := func(key string) int { n, _ := strconv.Atoi(l.front[key]); return n }
		c.minutes += number("minutes")
		if l.front["talk"] != "" {
			c.talk, c.talkLogs = c.talk+number("talk"), c.talkLogs+1
		}
		for section, n := range l.points {
			c.points[section] += n
		}
		for _, a := range l.actions {
			n := strings.Index("x/n", a[0])
			if strings.Contains(" -", a[0]) && a[1] == l.front["coach"] {
				n = 2 // who leads the session answers for their own silence, and can't excuse themselves
			}
			if of := c.boxes[a[1]]; n >= 0 {
				of[n]++
				c.boxes[a[1]] = of
			}
		}
	}
	return c
}

func same(t *testing.T, what string, reported, counted any) {
	t.Helper()
	if got, want := fmt.Sprint(reported), fmt.Sprint(counted); got != want {
		t.Errorf("%s: reported is %s, counted %s", what, got, want)
	}
}

// recount compares the reports on every coachee and on some coaches.
func recount(t *testing.T, folder string, scope report.Scope, coaches ...string) {
	t.Helper()
	b, logs := openBook(t, folder), readLogs(t, folder)
	ids := make(map[string]bool)
	for _, l := range logs {
		ids[l.coachee] = true
	}
	for id := range ids {
		what, r, c := scope.Period.Name+", "+id, report.NewPerson(b, id, scope), countIn(logs, id, "", scope.Period)
		s := r.Session
		same(t, what+", sessions", []int{s.Held, s.Talks(), s.Missed, s.Cancelled, s.Planned, s.Minutes, s.TalkLogs},
			[]int{c.status["held"], c.status["talk"], c.status["missed"], c.status["cancelled"], c.status["planned"], c.minutes, c.talkLogs})
		if s.Talk != nil {
			same(t, what+", talk", *s.Talk, (2*c.talk+c.talkLogs)/(2*c.talkLogs))
		}
		same(t, what+", strengths", len(r.Going), c.points["Going well"])
		sides := map[string]boxes{}
		for _, side := range r.Sides {
			if of := (boxes{side.Done, side.Partly, side.NotDone}); of != (boxes{}) {
				sides[side.Owner] = of
			}
		}
		same(t, what+", sides", sides, c.boxes)
	}
	for _, id := range coaches {
		what, r, c := scope.Period.Name+", the coach "+id, report.NewCoach(b.Everybody(), id, scope), countIn(logs, "", id, scope.Period)
		same(t, what, []int{r.Held, r.Missed, r.Cancelled, r.Minutes, r.TalkLogs, r.GoingWell, r.ToDevelop},
			[]int{c.status["held"], c.status["missed"], c.status["cancelled"], c.minutes, c.talkLogs, c.points["Going well"], c.points["To develop"]})
	}
}

// recountTeam compares the figures of the desk: of those who let the team see them.
func recountTeam(t *testing.T, folder string, scope report.Scope) {
	t.Helper()
	logs, all := readLogs(t, folder), make(map[string]counted)
	for _, l := range logs {
		text, err := os.ReadFile(filepath.Join(folder, "people", l.coachee, "plan.md"))
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`(?m)^share: \{team: .*sessions, commitment`).Match(text) {
			all[l.coachee] = countIn(logs, l.coachee, "", scope.Period)
		}
	}
	held, minutes, kept, due := 0, 0, 0, 0
	for id, c := range all {
		own := c.boxes[id]
		held, minutes, kept, due = held+c.status["held"], minutes+c.minutes, kept+own[0], due+own[0]+own[1]+own[2]
	}
	if len(all) < 15 || held < 100 || due < 100 {
		t.Fatalf("%d people, %d sessions, %d accounts", len(all), held, due)
	}
	figures := make(map[string]string)
	for _, f := range report.NewTeam(openBook(t, folder).Everybody(), "The desk", report.TeamMembers(""), scope).Figures {
		figures[f.Key] = f.Now.String()
		if f.Key == "minutes" {
			figures[f.Key] = fmt.Sprint(*f.Now.Number)
		}
	}
	maps.DeleteFunc(figures, func(key, _ string) bool {
		return !slices.Contains([]string{"sessions_held", "minutes", "commitment"}, key)
	})
	same(t, "the desk", figures, map[string]string{
		"sessions_held": fmt.Sprint(held), "minutes": fmt.Sprint(minutes), "commitment": plan.Rate{Part: kept, Whole: due}.String(),
	})
}
