package report_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// Here the figures of the reports are counted a second time, by docs/format.md and
// docs/figures.md alone, from the lines of a logbook's files. Each agreement looks
// forward for its account, and each date of a goal for the session that judges it;
// nothing is kept from one session to the next. The recount knows only what the
// logbooks of these tests hold, and ends the test at anything else.

func TestRecountOfTheExample(t *testing.T) {
	const folder = "../examples/team"
	b, reports := readBook(t, folder), openBook(t, folder)
	for _, period := range []struct{ name, days, before string }{
		{"2026-Q3", "2026-07-01..2026-09-30", "2026-04-01..2026-06-30"},
		{"2026-07", "2026-07-01..2026-07-31", "2026-06-01..2026-06-30"},
		{"2026-08", "2026-08-01..2026-08-31", "2026-07-01..2026-07-31"},
		{"2026-09", "2026-09-01..2026-09-30", "2026-08-01..2026-08-31"},
	} {
		scope := scopeOf(t, period.name, "2026-10-02", "")
		now, before := b.ledger(period.days), b.ledger(period.before)
		for _, id := range []string{"ana", "josh", "priya", "tom"} {
			comparePerson(report.NewPerson(reports, id, scope), now, before, b.people[id]).tell(t, period.name+", "+id)
		}
		for _, id := range []string{"josh", "maria"} {
			compareCoach(report.NewCoach(reports.Everybody(), id, scope), now, before).tell(t, period.name+", the coach "+id)
		}
		// three people are coached by josh and one by maria: too few to show of
		scope.For = "team"
		compareTeam(report.NewTeam(reports.Everybody(), "The desk", report.TeamMembers(""), scope), b, now, before, scope).tell(t, period.name+", team")
	}
}

// TestRecountFindsSomething says what the example has: a recount that finds nothing
// would agree with reports that say nothing.
func TestRecountFindsSomething(t *testing.T) {
	l := readBook(t, "../examples/team").ledger("2026-07-01..2026-09-30")
	for _, result := range []string{"kept", "partly", "not kept", "dropped", "no account"} {
		if !slices.ContainsFunc(l.accounts, func(a agreement) bool { return a.result == result }) {
			t.Errorf("no action was %s", result)
		}
	}
	for _, outcome := range []string{"plan worked", "plan was wrong", "reached another way", "follow-through first", "no verdict"} {
		if !slices.ContainsFunc(l.verdicts, func(v verdict) bool { return v.outcome == outcome }) {
			t.Errorf("no verdict is %s", outcome)
		}
	}
	priya := l.of("priya")
	if got := commitment(pick(priya.accounts, ownedBy("priya"))); got != "21/28 75%" || len(priya.moved) == 0 || priya.status("missed") != 1 {
		t.Errorf("priya kept %s, carried on %d times and missed %d", got, len(priya.moved), priya.status("missed"))
	}
}

// TestRecountOfChangedLines changes one line of priya's logs after the other, after
// all of them were changed in one way. The report of each changed logbook and its
// recount have to agree, and the recount has to notice the line.
func TestRecountOfChangedLines(t *testing.T) {
	box := func(box, action string) string { return action[:len("  - [")] + box + action[len("  - [x"):] }
	due := func(date, action string) string {
		return regexp.MustCompile(` due:.*|\n`).ReplaceAllString(action, "") + " due:" + date + "\n"
	}
	for _, test := range []struct {
		name          string
		account, plan func(action string) string   // changes each action of the logs' sections
		changes       func(action string) []string // of one line of an account
		least         int                          // so many lines are changed
	}{
		{
			name: "as shipped",
			changes: func(a string) []string {
				return []string{"", box("x", a), box("/", a), box(" ", a), box("-", a), box(">", a)}
			},
			least: 60,
		},
		{
			name:    "ticked in the plan, and due before the next session",
			plan:    func(a string) string { return due("2026-07-01", box("x", a)) },
			changes: func(a string) []string { return []string{"", due("2026-09-14", box(">", a))} },
			least:   20,
		},
		{
			name:    "dropped",
			account: func(a string) string { return box("-", a) },
			changes: func(a string) []string { return []string{"", box("x", a)} },
			least:   20,
		},
	} {
		folder := filepath.Join(t.TempDir(), "team")
		if err := os.CopyFS(folder, os.DirFS("../examples/team")); err != nil {
			t.Fatal(err)
		}
		changeActions(t, filepath.Join(folder, "people", "priya"), test.account, test.plan)
		scope := scopeOf(t, "2026-Q3", "2026-10-02", "")
		unchanged, changed := report.NewPerson(openBook(t, folder), "priya", scope), 0
		compare := func(what string) (now, before ledger) {
			b, reports := readBook(t, folder), openBook(t, folder)
			now, before = b.ledger("2026-07-01..2026-09-30"), b.ledger("2026-04-01..2026-06-30")
			comparePerson(report.NewPerson(reports, "priya", scope), now, before, b.people["priya"]).tell(t, what)
			compareCoach(report.NewCoach(reports.Everybody(), "josh", scope), now, before).tell(t, what+", the coach josh")
			return now, before
		}
		compare(test.name)
		lines := regexp.MustCompile(`(?m)^(?:  - \[.\]|coach: ).*\n`)
		for _, name := range []string{"2026-07-27.md", "2026-08-17.md", "2026-08-31.md"} {
			file := filepath.Join(folder, "people", "priya", name)
			log := fileText(t, file)
			for _, at := range lines.FindAllStringIndex(log[:strings.Index(log, "## Successes")], -1) {
				line, changes := log[at[0]:at[1]], []string{"coach: maria\n"}
				if !strings.HasPrefix(line, "coach") {
					changes = test.changes(line)
				}
				for _, change := range changes {
					if change == line {
						continue
					}
					saveText(t, file, log[:at[0]]+change+log[at[1]:])
					what := fmt.Sprintf("%s, %s with %q in place of %q", test.name, name, change, line)
					now, before := compare(what)
					if len(comparePerson(unchanged, now, before, person{strengths: len(unchanged.Strengths)})) == 0 {
						t.Errorf("%s: the recount doesn't notice", what)
					}
					changed++
				}
			}
			saveText(t, file, log)
		}
		if changed < test.least {
			t.Errorf("%s: only %d lines were changed", test.name, changed)
		}
	}
}

// TestRecountAsOfThePeriodsEnd has tom's adherence known on 31 July only, three days
// after the session that judges the goal: a report on a period that ends before then
// doesn't know it.
func TestRecountAsOfThePeriodsEnd(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "team")
	if err := os.CopyFS(folder, os.DirFS("../examples/team")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "people", "tom", "2026-07-28.md")
	saveText(t, file, strings.Replace(fileText(t, file), "metrics: {adherence: 86}\n", "", 1))
	b, reports := readBook(t, folder), openBook(t, folder)
	for _, period := range []struct{ days, before, want string }{
		{"2026-07-01..2026-07-30", "2026-06-01..2026-06-30", "no verdict"},
		{"2026-07-02..2026-07-31", "2026-06-02..2026-07-01", "follow-through first"},
	} {
		scope := scopeOf(t, period.days, "2026-10-02", "")
		now, before := b.ledger(period.days), b.ledger(period.before)
		comparePerson(report.NewPerson(reports, "tom", scope), now, before, b.people["tom"]).tell(t, period.days)
		compareCoach(report.NewCoach(reports.Everybody(), "josh", scope), now, before).tell(t, period.days+", the coach josh")
		if verdicts := now.of("tom").verdicts; len(verdicts) != 1 || !verdicts[0].is(period.want) {
			t.Errorf("%s: the verdicts are %v, want %s", period.days, verdictsOf(verdicts), period.want)
		}
	}
}

// changeActions changes each line of an action in the accounts and in the plans of
// somebody's logs.
func changeActions(t *testing.T, folder string, account, plan func(string) string) {
	t.Helper()
	sections := regexp.MustCompile(`(?s)^(.*\n## Follow-through\n)(.*?)(\n## .*\n## Short-term goals\n)(.*)(\n## Long-term goals\n.*)$`)
	actions := regexp.MustCompile(`(?m)^  - \[.\].*\n`)
	files, err := filepath.Glob(filepath.Join(folder, "2026-*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d logs (%v)", folder, len(files), err)
	}
	for _, file := range files {
		m := sections.FindStringSubmatch(fileText(t, file))
		if m != nil && account != nil {
			m[2] = actions.ReplaceAllStringFunc(m[2], account)
		}
		if m != nil && plan != nil {
			m[4] = actions.ReplaceAllStringFunc(m[4], plan)
		}
		if m != nil {
			saveText(t, file, strings.Join(m[1:], ""))
		}
	}
}

func TestRecountOfGeneratedLogbooks(t *testing.T) {
	for _, seed := range []string{"1", "7"} {
		folder := filepath.Join(t.TempDir(), "desk")
		if out, err := exec.Command("go", "run", "../bench/generate", "-logs", "720", "-people", "24", "-coaches", "2", "-seed", seed, "-dir", folder).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		b, reports := readBook(t, folder), openBook(t, folder)
		scope := scopeOf(t, "2026-Q2", "2026-07-10", "")
		now, before := b.ledger("2026-04-01..2026-06-30"), b.ledger("2026-01-01..2026-03-31")
		if len(b.notes) != 720 || len(now.accounts) < 1000 || len(now.verdicts) < 50 {
			t.Fatalf("%d logs, %d accounts, %d verdicts", len(b.notes), len(now.accounts), len(now.verdicts))
		}
		for id := range b.people {
			comparePerson(report.NewPerson(reports, id, scope), now, before, b.people[id]).tell(t, "seed "+seed+", "+id)
		}
		for _, id := range []string{"josh", "maria"} {
			compareCoach(report.NewCoach(reports.Everybody(), id, scope), now, before).tell(t, "seed "+seed+", the coach "+id)
		}

		desk := pick(slices.Collect(maps.Keys(b.people)), func(id string) bool { return b.people[id].team != "" })
		south := pick(desk, func(id string) bool { return b.people[id].team == "South desk" })
		for _, team := range []struct {
			name, readers string
			people        report.Members // nil where they are those of ids
			ids           []string
			shown         bool
		}{
			{"the desk", "team", report.TeamMembers(""), desk, true},
			{"the south desk", "team", report.TeamMembers("South desk"), south, true},
			// rep8, rep16 and rep24 share nothing, and nobody shares anything with the press
			{"five of six", "team", nil, []string{"rep1", "rep2", "rep3", "rep4", "rep5", "rep8"}, true},
			{"four of five", "team", nil, []string{"rep1", "rep2", "rep3", "rep4", "rep8"}, false},
			{"none of three", "team", nil, []string{"rep8", "rep16", "rep24"}, false},
			{"the desk for the press", "press", report.TeamMembers(""), desk, false},
		} {
			if team.people == nil {
				team.people = only(team.ids...)
			}
			scope.For = team.readers
			r := report.NewTeam(reports.Everybody(), team.name, team.people, scope)
			compareTeam(r, b, now.of(team.ids...), before.of(team.ids...), scope).tell(t, "seed "+seed+", "+team.name)
			if shown := r.Figures[0].Now.Number != nil; shown != team.shown {
				t.Errorf("seed %s, %s: shown is %v", seed, team.name, shown)
			}
		}
	}
}

func only(ids ...string) report.Members {
	return func(e *plan.Everybody, _ plan.Period) []*plan.Facts {
		return pick(e.People, func(p *plan.Facts) bool { return slices.Contains(ids, p.ID) })
	}
}

func fileText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func saveText(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func pick[T any](all []T, keep func(T) bool) []T {
	var some []T
	for _, one := range all {
		if keep(one) {
			some = append(some, one)
		}
	}
	return some
}

// What the files say.

// A book is a logbook.
type book struct {
	t      *testing.T
	people map[string]person // who have a plan
	notes  []*note           // by person, date, and number on that day
	values []value           // by date; on one day a log's comes first
}

// A note is one session log.
type note struct {
	file                               string // without its ending, so that the second of a day comes behind the first
	coachee, coach, date, status, kind string
	minutes, talk                      int // -1 where the log doesn't say
	metrics                            map[string]float64
	account, plan                      part // Follow-through, and the goals sections
	going, develop                     int  // points of feedback
}

// A part of a log is what it says of goals and of actions, by id.
type part struct{ goals, actions map[string]item }

// An item is a task item. What isn't written is "".
type item struct {
	box, owner, due, target, skill string
	goal                           string // of an action: the id of its goal
	mid                            bool   // of a goal: it is a mid-term goal
}

// A person is what somebody's development plan says that counts.
type person struct {
	team      string
	strengths int
	since     map[string]string   // group of readers: from when on
	parts     map[string][]string // group of readers: what they may see
}

// A value is one observation of a metric.
type value struct {
	coachee, metric, date string
	value                 float64
}

var (
	settings  = regexp.MustCompile(`(?m)^(sections|imports): *[^ {]|^fiscal|^aliases`) // that the recount doesn't know
	noteName  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(-\d)?\.md$`)
	keyLine   = regexp.MustCompile(`^([a-z_]+):(?: +(.*?))?(?: +#.*)?$`)
	shareForm = regexp.MustCompile(`^\{([a-z]+): \{since: (\d{4}-\d\d-\d\d), parts: \[([a-z, -]+)\]\}\}$`)
	metrics   = regexp.MustCompile(`^\{([a-z_]+: [\d.]+(?:, [a-z_]+: [\d.]+)*)\}$`)
	strange   = regexp.MustCompile("(?m)[\r\t\x00\ufeff\\\\]|<!--|^ *>|^ *```|^ *~~~|^ *[*+] |^ *\\d+[.)] ")
	comment   = regexp.MustCompile(`<!--.*?-->`)
	taskLine  = regexp.MustCompile(`^(  )?- \[([xX/ >-])\] (.+)$`)
	tokenForm = regexp.MustCompile(`^(\^|@|due:|metric:|skill:|by:)(.+)$`)
	goalForm  = regexp.MustCompile(`^([a-z]+)(<=|>=|=)([\d.]+)$`)
)

func readBook(t *testing.T, folder string) *book {
	t.Helper()
	b := &book{t: t, people: make(map[string]person)}
	if text := fileText(t, filepath.Join(folder, "coachlog.yaml")); settings.MatchString(text) {
		t.Fatalf("%s has settings that the recount doesn't know: %q", folder, settings.FindString(text))
	}
	files, err := filepath.Glob(filepath.Join(folder, "people", "*", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files (%v)", folder, len(files), err)
	}
	for _, file := range files {
		id := filepath.Base(filepath.Dir(file))
		if filepath.Base(file) == "plan.md" {
			b.people[id] = b.readPlan(file, id)
			continue
		}
		n := b.readNote(file, id)
		b.notes = append(b.notes, n)
		for metric, v := range n.metrics {
			b.values = append(b.values, value{id, metric, n.date, v})
		}
	}
	slices.SortFunc(b.notes, func(x, y *note) int { return strings.Compare(x.file, y.file) })
	b.readMetrics(folder)
	slices.SortStableFunc(b.values, func(x, y value) int { return strings.Compare(x.date, y.date) })
	return b
}

// split parts front matter from the lines below it.
func (b *book) split(file, known string) (keys map[string]string, lines []string) {
	front, body, ok := strings.Cut(strings.TrimPrefix(fileText(b.t, file), "---\n"), "\n---\n")
	if !ok {
		b.t.Fatalf("%s: no front matter", file)
	}
	keys = make(map[string]string)
	for _, line := range strings.Split(front, "\n") {
		m := keyLine.FindStringSubmatch(line)
		if m == nil || !slices.Contains(strings.Fields(known), m[1]) || keys[m[1]] != "" {
			b.t.Fatalf("%s: front matter that the recount doesn't know: %q", file, line)
		}
		keys[m[1]] = m[2]
	}
	body = comment.ReplaceAllString(body, "")
	if strange.MatchString(body) {
		b.t.Fatalf("%s: text that the recount doesn't know: %q", file, strange.FindString(body))
	}
	return keys, strings.Split(body, "\n")
}

func (b *book) readPlan(file, id string) person {
	keys, lines := b.split(file, "type person name email role next_role coach coach_from team cadence time place focus metrics check_ins agreed known_as set_aside share")
	if keys["type"] != "plan" || keys["person"] != id {
		b.t.Fatalf("%s is a %s of %s", file, keys["type"], keys["person"])
	}
	p := person{team: keys["team"], since: make(map[string]string), parts: make(map[string][]string)}
	if keys["share"] != "" {
		m := shareForm.FindStringSubmatch(keys["share"])
		if m == nil {
			b.t.Fatalf("%s shares %q", file, keys["share"])
		}
		p.since[m[1]], p.parts[m[1]] = m[2], strings.Split(m[3], ", ")
	}
	section := ""
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "#"):
			section = strings.TrimLeft(line, "# ")
		case section == "Strengths" && strings.HasPrefix(line, "- "):
			p.strengths++
		case section == "Strengths" && line != "":
			b.t.Fatalf("%s has a strength %q", file, line)
		}
	}
	return p
}

func (b *book) readNote(file, id string) *note {
	name := noteName.FindStringSubmatch(filepath.Base(file))
	keys, lines := b.split(file, "type kind coachee coach date status minutes talk next metrics")
	if name == nil || keys["date"] != name[1] || keys["coachee"] != id || keys["coach"] == "" || keys["type"] != "session" {
		b.t.Fatalf("%s: a log by another name, or without a coach: %v", file, keys)
	}
	n := &note{
		file: strings.TrimSuffix(file, ".md"), coachee: id, coach: keys["coach"], date: keys["date"], status: keys["status"], kind: keys["kind"],
		minutes: b.whole(file, keys["minutes"]), talk: b.whole(file, keys["talk"]), metrics: make(map[string]float64),
		account: part{make(map[string]item), make(map[string]item)}, plan: part{make(map[string]item), make(map[string]item)},
	}
	if keys["metrics"] != "" {
		m := metrics.FindStringSubmatch(keys["metrics"])
		if m == nil {
			b.t.Fatalf("%s: metrics %q", file, keys["metrics"])
		}
		for _, pair := range strings.Split(m[1], ", ") {
			metric, number, _ := strings.Cut(pair, ": ")
			n.metrics[metric] = b.number(file, number)
		}
	}
	section, goal := "title", ""
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "# "):
			section = "title"
			continue
		case strings.HasPrefix(line, "#"):
			section, goal = strings.TrimLeft(line, "# "), ""
			continue
		case line == "":
			continue
		}
		task := taskLine.FindStringSubmatch(line)
		switch section {
		case "Going well", "To develop":
			if task != nil || !strings.HasPrefix(line, "- ") {
				b.t.Fatalf("%s: feedback %q", file, line)
			}
			if section == "Going well" {
				n.going++
			} else {
				n.develop++
			}
		case "Follow-through", "Short-term goals", "Mid-term goals":
			switch {
			case task != nil && section == "Follow-through":
				goal = b.add(file, n.account, goal, task, false)
			case task != nil:
				goal = b.add(file, n.plan, goal, task, section == "Mid-term goals")
			case goal != "" && strings.HasPrefix(line, "    - ") && !strings.HasPrefix(line, "    - ["): // a remark
			case goal == "" && !strings.HasPrefix(strings.TrimLeft(line, " "), "-"): // words above the goals
			default:
				b.t.Fatalf("%s: %q in %s", file, line, section)
			}
		case "title", "Agenda", "Expectations", "Successes and challenges", "Feedback", "Long-term goals", "Notes", "Confidential":
		default:
			b.t.Fatalf("%s: a section %q", file, section)
		}
	}
	switch n.status {
	case "held":
	case "missed", "cancelled", "planned":
		if len(n.metrics)+len(n.account.goals)+len(n.plan.goals)+n.going+n.develop > 0 || n.minutes+n.talk != -2 {
			b.t.Fatalf("%s was not held, and says more than when", file)
		}
	default:
		b.t.Fatalf("%s: status %q", file, n.status)
	}
	return n
}

// add puts a task item where it belongs, and gives the goal that the next one is under.
func (b *book) add(file string, to part, goal string, task []string, mid bool) string {
	i, id := item{box: strings.ToLower(task[2]), mid: mid}, ""
	for words := strings.Fields(task[3]); len(words) > 0; words = words[:len(words)-1] {
		token := tokenForm.FindStringSubmatch(words[len(words)-1])
		if token == nil {
			break
		}
		field := map[string]*string{"^": &id, "@": &i.owner, "due:": &i.due, "metric:": &i.target, "skill:": &i.skill}[token[1]]
		if field == nil || *field != "" {
			b.t.Fatalf("%s: tokens that the recount doesn't know: %q", file, task[0])
		}
		*field = token[2]
	}
	into := to.goals
	if task[1] != "" {
		into, i.goal, i.mid = to.actions, goal, false
	}
	if to.goals[id].box+to.actions[id].box != "" || id == "" || task[1] != "" && goal == "" {
		b.t.Fatalf("%s: no id, or one that stands twice, or no goal: %q", file, task[0])
	}
	into[id] = i
	if task[1] == "" {
		return id
	}
	return goal
}

func (b *book) readMetrics(folder string) {
	files, err := filepath.Glob(filepath.Join(folder, "metrics", "*.csv"))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, file := range files {
		rows, err := csv.NewReader(strings.NewReader(fileText(b.t, file))).ReadAll()
		if err != nil || strings.Join(rows[0], ",") != "date,person,metric,value" {
			b.t.Fatalf("%s: %v", file, err)
		}
		for _, row := range rows[1:] {
			b.values = append(b.values, value{row[1], row[2], row[0], b.number(file, row[3])})
		}
	}
}

func (b *book) whole(file, text string) int {
	if text == "" {
		return -1
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.t.Fatalf("%s: %v", file, err)
	}
	return n
}

func (b *book) number(file, text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		b.t.Fatalf("%s: %v", file, err)
	}
	return n
}

// What it means, by section 11 of format.md.

// An agreement is one action, agreed once.
type agreement struct {
	coachee, id, owner, goal, skill string
	mid                             bool    // for a mid-term goal
	agreed                          *note   //
	at                              *note   // that took its account; the zero note while it is to come
	result                          string  // kept, partly, not kept, dropped, no account; "" while it is to come
	asked                           bool    // the account was given
	moved                           []*note // that carried it on when its account was due
}

// A verdict is what became of one date of a short-term goal.
type verdict struct {
	coachee, goal string
	coach         string // whose plan it was
	metric        bool   // the goal has one
	at            *note  // that judged it
	outcome       string
}

// held are somebody's held sessions in their order.
func (b *book) held(coachee string) []*note {
	return pick(b.notes, func(n *note) bool { return n.coachee == coachee && n.status == "held" })
}

// over is a later statement, with the tokens of the old one that it leaves out.
func (i item) over(old item) item {
	for _, token := range [][2]*string{{&i.owner, &old.owner}, {&i.due, &old.due}, {&i.target, &old.target}, {&i.skill, &old.skill}} {
		if *token[0] == "" {
			*token[0] = *token[1]
		}
	}
	return i
}

// agrees gives what a session agrees of an action, if it does.
func (n *note) agrees(id string) (item, bool) {
	said := n.account.actions[id]
	if said.box != ">" {
		said = item{}
	}
	if planned := n.plan.actions[id]; planned.box != "" && planned.box != "-" {
		return planned.over(said), true
	}
	return said, said.box != ""
}

// agreements are all of somebody's.
func (b *book) agreements(coachee string) []agreement {
	held := b.held(coachee)
	ids, mid := make(map[string]bool), make(map[string]bool)
	for _, n := range held {
		for _, p := range []part{n.account, n.plan} {
			for id := range p.actions {
				ids[id] = true
			}
			for id, goal := range p.goals {
				mid[id] = mid[id] || goal.mid
			}
		}
	}
	var all []agreement
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		for s := 0; s < len(held); {
			if _, ok := held[s].agrees(id); !ok {
				s++
				continue
			}
			a := b.follow(held[s:], id)
			a.mid = mid[a.goal]
			all = append(all, a)
			if a.result == "" {
				break
			}
			s = slices.IndexFunc(held, func(n *note) bool { return n.file == a.at.file }) // which may agree it again
		}
	}
	return all
}

// follow looks for the account of what the first of some sessions agrees.
func (b *book) follow(held []*note, id string) agreement {
	terms, _ := held[0].agrees(id)
	a := agreement{coachee: held[0].coachee, id: id, agreed: held[0], at: &note{}, goal: terms.goal}
	ticked := held[0].plan.actions[id].box == "x" // in the last log that mentions it
	for _, n := range held[1:] {
		said, planned := n.account.actions[id], n.plan.actions[id]
		if n.date >= terms.due { // it is due here
			switch {
			case said.box == ">":
				a.moved = append(a.moved, n)
			case said.box != "":
				a.at, a.asked = n, true
				a.result = map[string]string{"x": "kept", "/": "partly", " ": "not kept", "-": "dropped"}[said.box]
			case ticked:
				a.at, a.result = n, "kept"
			default:
				a.at, a.result = n, "no account"
			}
		}
		if a.result != "" {
			break
		}
		if again, ok := n.agrees(id); ok {
			if again.goal != a.goal {
				b.t.Fatalf("%s: ^%s moves from ^%s to ^%s", n.file, id, a.goal, again.goal)
			}
			terms = again.over(terms)
		}
		if said.box+planned.box != "" {
			ticked = said.box == "x" || planned.box == "x"
		}
	}
	a.owner, a.skill = terms.owner, terms.skill
	if a.owner == "" {
		a.owner = a.coachee
	}
	return a
}

// A mention is what one section of a log says of a goal.
type mention struct {
	by     *note
	says   item
	inPlan bool // not in the account
	agrees bool
}

// verdicts are those on somebody's short-term goals.
func (b *book) verdicts(coachee string, agreements []agreement) []verdict {
	held := b.held(coachee)
	goals := make(map[string][]mention) // in their order, the account before the plan
	for _, n := range held {
		for id, goal := range n.account.goals {
			carried := goal.box == ">"
			for _, action := range n.account.actions {
				carried = carried || action.box == ">" && action.goal == id
			}
			goals[id] = append(goals[id], mention{n, goal, false, carried})
		}
		for id, goal := range n.plan.goals {
			goals[id] = append(goals[id], mention{n, goal, true, goal.box != "-"})
		}
	}
	var all []verdict
	for _, id := range slices.Sorted(maps.Keys(goals)) {
		said := goals[id]
		mid := slices.ContainsFunc(said, func(m mention) bool { return m.says.mid })
		for i, m := range said {
			switch {
			case m.inPlan && m.says.mid != mid:
				b.t.Fatalf("%s: ^%s is short-term and mid-term", m.by.file, id)
			case i == 0 && !m.inPlan:
				b.t.Fatalf("%s: ^%s has an account, and was never agreed", m.by.file, id)
			case i > 0 && said[i-1].says.box == "-" && !(m.inPlan && m.agrees), m.says.box == "-" && m.agrees:
				b.t.Fatalf("%s: ^%s was dropped, and goes on", m.by.file, id)
			}
		}
		if !mid {
			all = append(all, b.judge(held, said, id, pick(agreements, func(a agreement) bool { return a.goal == id && a.result != "" }))...)
		}
	}
	return all
}

// judge looks, for each date that a goal was given, for the session that judges it.
func (b *book) judge(held []*note, said []mention, id string, accounts []agreement) []verdict {
	var all []verdict
	judged := make(map[string]bool) // dates
	for _, n := range held {
		earlier := pick(said, func(m mention) bool { return m.by.file < n.file })
		if len(earlier) == 0 || earlier[len(earlier)-1].says.box == "-" {
			continue
		}
		terms, coach := item{}, ""
		for _, m := range pick(earlier, func(m mention) bool { return m.agrees }) {
			terms, coach = m.says.over(terms), m.by.coach
		}
		if terms.due == "" {
			b.t.Fatalf("%s: ^%s has no date", n.file, id)
		}
		if n.date < terms.due || judged[terms.due] {
			continue
		}
		judged[terms.due] = true
		here := pick(said, func(m mention) bool { return m.by.file == n.file })
		if len(here) == 0 {
			here = earlier[len(earlier)-1:]
		}
		if here[0].says.box == "-" {
			continue // dropped
		}
		v := verdict{coachee: n.coachee, goal: id, coach: coach, metric: terms.target != "", at: n}
		ticked := slices.ContainsFunc(here, func(m mention) bool { return m.says.box == "x" })
		v.outcome = b.outcome(v, terms, ticked, pick(accounts, func(a agreement) bool {
			return a.at.file <= n.file && (len(all) == 0 || a.at.file > all[len(all)-1].at.file)
		}))
		all = append(all, v)
	}
	return all
}

// outcome is one of the four verdicts, or none.
func (b *book) outcome(v verdict, terms item, ticked bool, accounts []agreement) string {
	reached, known := ticked, ticked || !v.metric
	if v.metric {
		m := goalForm.FindStringSubmatch(terms.target)
		if m == nil {
			b.t.Fatalf("%s: target %q", v.at.file, terms.target)
		}
		first := slices.IndexFunc(b.values, func(o value) bool { return o.coachee == v.coachee && o.metric == m[1] && o.date >= terms.due })
		if first >= 0 {
			got, want := b.values[first].value, b.number(v.at.file, m[3])
			reached, known = reached || m[2] == "<=" && got <= want || m[2] == ">=" && got >= want || m[2] == "=" && got == want, true
		}
	}
	some := func(results ...string) bool {
		return slices.ContainsFunc(accounts, func(a agreement) bool { return a.is(results...) })
	}
	followed := some("kept") && !some("partly", "not kept")
	switch {
	case some("no account") || !known:
		return "no verdict"
	case followed && reached:
		return "plan worked"
	case followed:
		return "plan was wrong"
	case reached:
		return "reached another way"
	}
	return "follow-through first"
}

// What falls in a period.

// A ledger is what falls in one period, as things stood at its end.
type ledger struct {
	days     string
	notes    []*note
	agreed   []agreement // in its sessions
	accounts []agreement // taken by its sessions
	moved    []agreement // carried on by its sessions, once for each time
	verdicts []verdict
	values   []value
}

// ledger counts what falls in some days, both ends included.
func (b *book) ledger(days string) ledger {
	from, to, _ := strings.Cut(days, "..")
	within := func(date string) bool { return from <= date && date <= to }
	then := &book{b.t, b.people, pick(b.notes, func(n *note) bool { return n.date <= to }), pick(b.values, func(v value) bool { return v.date <= to })}
	l := ledger{days: days, notes: pick(then.notes, func(n *note) bool { return within(n.date) }), values: pick(then.values, func(v value) bool { return within(v.date) })}
	for _, coachee := range slices.Sorted(maps.Keys(b.people)) {
		agreements := then.agreements(coachee)
		l.agreed = append(l.agreed, pick(agreements, func(a agreement) bool { return within(a.agreed.date) })...)
		l.accounts = append(l.accounts, pick(agreements, func(a agreement) bool { return within(a.at.date) })...)
		l.verdicts = append(l.verdicts, pick(then.verdicts(coachee, agreements), func(v verdict) bool { return within(v.at.date) })...)
		for _, a := range agreements {
			for range pick(a.moved, func(n *note) bool { return within(n.date) }) {
				l.moved = append(l.moved, a)
			}
		}
	}
	return l
}

// of is the part of a ledger that is about some people.
func (l ledger) of(people ...string) ledger {
	theirs := func(a agreement) bool { return slices.Contains(people, a.coachee) }
	return ledger{
		days:     l.days,
		notes:    pick(l.notes, func(n *note) bool { return slices.Contains(people, n.coachee) }),
		agreed:   pick(l.agreed, theirs),
		accounts: pick(l.accounts, theirs),
		moved:    pick(l.moved, theirs),
		verdicts: pick(l.verdicts, func(v verdict) bool { return slices.Contains(people, v.coachee) }),
		values:   pick(l.values, func(v value) bool { return slices.Contains(people, v.coachee) }),
	}
}

// ledBy is the part of a ledger that a coach answers for: the sessions that they led,
// and the verdicts on their plans.
func (l ledger) ledBy(coach string) ledger {
	return ledger{
		notes:    pick(l.notes, func(n *note) bool { return n.coach == coach }),
		agreed:   pick(l.agreed, func(a agreement) bool { return a.agreed.coach == coach }),
		accounts: pick(l.accounts, func(a agreement) bool { return a.at.coach == coach }),
		verdicts: pick(l.verdicts, func(v verdict) bool { return v.coach == coach }),
	}
}

func (l ledger) held() []*note {
	return pick(l.notes, func(n *note) bool { return n.status == "held" })
}

func (l ledger) status(status string) int {
	return len(pick(l.notes, func(n *note) bool { return n.status == status }))
}

func (l ledger) minutes() (sum int) {
	for _, n := range l.held() {
		sum += max(0, n.minutes)
	}
	return sum
}

// talk is the mean over the logs that say.
func (l ledger) talk() string {
	sum, logs := 0, 0
	for _, n := range l.held() {
		if n.talk >= 0 {
			sum, logs = sum+n.talk, logs+1
		}
	}
	if logs == 0 {
		return "none"
	}
	return fmt.Sprintf("%v of %d logs", math.Round(float64(sum)/float64(logs)), logs)
}

func (l ledger) feedback() (going, develop int) {
	for _, n := range l.notes {
		going, develop = going+n.going, develop+n.develop
	}
	return going, develop
}

// weeks are kept, partly and not kept by the Monday of the session.
func weeks(accounts []agreement) map[string][3]int {
	all := make(map[string][3]int)
	for _, a := range accounts {
		day, _ := time.Parse(time.DateOnly, a.at.date)
		for day.Weekday() != time.Monday {
			day = day.AddDate(0, 0, -1)
		}
		if which := slices.Index([]string{"kept", "partly", "not kept"}, a.result); which >= 0 {
			counts := all[day.Format(time.DateOnly)]
			counts[which]++
			all[day.Format(time.DateOnly)] = counts
		}
	}
	return all
}

func (a agreement) is(results ...string) bool { return slices.Contains(results, a.result) }

func ownedBy(id string) func(agreement) bool {
	return func(a agreement) bool { return a.owner == id }
}

func byOthers(a agreement) bool { return a.owner != a.coachee }

func byCoachee(a agreement) bool { return a.owner == a.coachee }

// rateOf is how many of those that count are in: "7/9 78%".
func rateOf[T any](all []T, counts, in func(T) bool) string {
	whole := pick(all, counts)
	return rate(len(pick(whole, in)), len(whole))
}

func rate(part, whole int) string {
	if whole == 0 {
		return "0/0"
	}
	return fmt.Sprintf("%d/%d %v%%", part, whole, math.Round(100*float64(part)/float64(whole)))
}

func commitment(accounts []agreement) string {
	return rateOf(accounts, func(a agreement) bool { return a.is("kept", "partly", "not kept") }, func(a agreement) bool { return a.is("kept") })
}

func followUp(accounts []agreement) string {
	return rateOf(accounts, func(a agreement) bool { return !a.is("dropped") }, func(a agreement) bool { return a.asked })
}

func (v verdict) is(outcomes ...string) bool { return slices.Contains(outcomes, v.outcome) }

func planSuccess(verdicts []verdict) string {
	return rateOf(verdicts, func(v verdict) bool { return v.is("plan worked", "plan was wrong") }, func(v verdict) bool { return v.is("plan worked") })
}

func reached(verdicts []verdict) string {
	return rateOf(verdicts, func(v verdict) bool { return !v.is("no verdict") }, func(v verdict) bool { return v.is("plan worked", "reached another way") })
}

func verdictsOf(verdicts []verdict) report.Verdicts {
	n := func(outcome string) int { return len(pick(verdicts, func(v verdict) bool { return v.is(outcome) })) }
	return report.Verdicts{Worked: n("plan worked"), WasWrong: n("plan was wrong"), AnotherWay: n("reached another way"), FollowThrough: n("follow-through first"), NoVerdict: n("no verdict")}
}

// Reports against the recount.

// differences are where a report and the recount don't say the same.
type differences []string

func (d *differences) compare(what string, reported, counted any) {
	if got, want := fmt.Sprint(reported), fmt.Sprint(counted); got != want {
		*d = append(*d, fmt.Sprintf("%s: reported is %s, counted %s", what, got, want))
	}
}

func (d differences) tell(t *testing.T, where string) {
	t.Helper()
	for _, line := range d {
		t.Errorf("%s: %s", where, line)
	}
}

func (d *differences) periods(head report.Head, now, before ledger) {
	d.compare("period", fmt.Sprint(head.Period.From, "..", head.Period.To), now.days)
	d.compare("the period before", fmt.Sprint(head.Before.From, "..", head.Before.To), before.days)
}

// figures compares those of a report with the counted ones, by key and whom they are
// of, and those of the period before. Each side has to have what the other has, but
// for the figures that the recount leaves out.
func (d *differences) figures(head report.Head, now, before map[string]string, leftOut ...string) {
	var reported []string
	for _, f := range head.Figures {
		key := strings.TrimSpace(f.Key + " " + f.Of)
		reported = append(reported, key)
		if !slices.Contains(leftOut, key) {
			d.compare(key, figureText(f.Now), now[key])
			d.compare(key+" before", figureText(f.Before), before[key])
		}
	}
	slices.Sort(reported)
	d.compare("the figures", reported, slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(now)), leftOut))))
}

// figureText is a figure as the recount has it: "7/9 78%", "405", "71 of 13 logs"; of a
// team with how many people it is about.
func figureText(q report.Quantity) string {
	out := "none"
	switch {
	case q.Hidden:
		out = "hidden"
	case q.Rate != nil:
		out = share(*q.Rate)
	case q.Number != nil && q.Over > 0:
		out = fmt.Sprintf("%v of %d logs", *q.Number, q.Over)
	case q.Number != nil:
		out = fmt.Sprint(*q.Number)
	}
	if q.People != nil {
		out += fmt.Sprintf(", %d people", *q.People)
	}
	return out
}

func share(s report.Share) string {
	if s.Percent == nil {
		return fmt.Sprintf("%d/%d", s.Part, s.Whole)
	}
	return fmt.Sprintf("%d/%d %d%%", s.Part, s.Whole, *s.Percent)
}

func talkOf(percent *int, logs int) string {
	if percent == nil {
		return "none"
	}
	return fmt.Sprintf("%d of %d logs", *percent, logs)
}

func weeksOf(reported []report.WeekReport) map[string][3]int {
	all := make(map[string][3]int)
	for _, w := range reported {
		all[w.Monday.String()] = [3]int{w.Kept, w.Partly, w.NotKept}
	}
	return all
}

// distinct are the ids that some things have.
func distinct[T any](all []T, id func(T) string) []string {
	ids := make(map[string]bool)
	for _, one := range all {
		ids[id(one)] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

func union(x, y []string) []string {
	return distinct(slices.Concat(x, y), func(id string) string { return id })
}

// personFigures are those of a ledger that is about one person.
func (l ledger) personFigures(owners, coaches []string) map[string]string {
	practised := pick(l.accounts, func(a agreement) bool { return a.skill != "" && a.asked && !a.is("dropped") })
	f := map[string]string{
		"sessions_held":    fmt.Sprint(l.status("held")),
		"sessions_missed":  fmt.Sprint(l.status("missed")),
		"sessions_planned": fmt.Sprint(l.status("planned")),
		"minutes":          fmt.Sprint(l.minutes()),
		"talk":             l.talk(),
		"goals_reached":    reached(l.verdicts),
		"skills_practised": fmt.Sprint(len(distinct(practised, func(a agreement) string { return a.skill }))),
	}
	for _, id := range owners {
		f["commitment "+id] = commitment(pick(l.accounts, ownedBy(id)))
	}
	for _, id := range coaches {
		f["follow_up "+id] = followUp(l.ledBy(id).accounts)
		f["plan_success "+id] = planSuccess(l.ledBy(id).verdicts)
	}
	return f
}

func comparePerson(r *report.Person, now, before ledger, p person) (d differences) {
	now, before = now.of(r.ID), before.of(r.ID)
	// there are figures of those who led a session, made a plan that was judged, or
	// owned an action whose account was due
	coaches := distinct(now.held(), func(n *note) string { return n.coach })
	coaches = union(coaches, distinct(now.verdicts, func(v verdict) string { return v.coach }))
	owners := union([]string{r.ID}, distinct(now.accounts, func(a agreement) string { return a.owner }))
	d.periods(r.Head, now, before)
	d.figures(r.Head, now.personFigures(owners, coaches), before.personFigures(owners, coaches), "skills_mastered", "open")

	s := r.Session
	d.compare("logs, held, missed, cancelled, planned", []int{s.Logs, s.Held, s.Missed, s.Cancelled, s.Planned},
		[]int{len(now.notes), now.status("held"), now.status("missed"), now.status("cancelled"), now.status("planned")})
	kind := func(kind string) int { return len(pick(now.held(), func(n *note) bool { return n.kind == kind })) }
	d.compare("ad hoc, requested, peer", []int{s.AdHoc, s.Requested, s.Peer}, []int{kind("ad-hoc"), kind("requested"), kind("peer")})
	d.compare("minutes", s.Minutes, now.minutes())
	d.compare("talk", talkOf(s.Talk, s.TalkLogs), now.talk())

	var sides, led []string
	for _, side := range r.Sides {
		sides = append(sides, side.Owner)
		theirs := pick(now.accounts, ownedBy(side.Owner))
		n := func(result string) int { return len(pick(theirs, func(a agreement) bool { return a.is(result) })) }
		d.compare(side.Owner+"'s rate", share(side.Rate), commitment(theirs))
		d.compare(side.Owner+": kept, partly, not kept, dropped, no account, carried",
			[]int{side.Kept, side.Partly, side.NotKept, side.Dropped, *side.NoAccount, side.Carried},
			[]int{n("kept"), n("partly"), n("not kept"), n("dropped"), n("no account"), len(pick(now.moved, ownedBy(side.Owner)))})
		d.compare(side.Owner+"'s weeks", weeksOf(side.Weeks), weeks(theirs))
	}
	d.compare("sides", slices.Sorted(slices.Values(sides)), owners)
	for _, c := range r.Coaches {
		led = append(led, c.Coach)
		d.compare("follow-up of "+c.Coach, share(c.FollowUp), followUp(now.ledBy(c.Coach).accounts))
		d.compare("plans of "+c.Coach, share(c.PlanSuccess), planSuccess(now.ledBy(c.Coach).verdicts))
	}
	d.compare("coaches", slices.Sorted(slices.Values(led)), coaches)

	d.compare("verdicts", r.Verdicts, verdictsOf(now.verdicts))
	reported, counted := make(map[string]string), make(map[string]string)
	for _, g := range r.Short {
		for _, v := range g.Verdicts {
			reported[fmt.Sprintf("^%s on %v", g.ID, v.Judged)] = string(v.Outcome)
		}
	}
	for _, v := range now.verdicts {
		counted[fmt.Sprintf("^%s on %s", v.goal, v.at.date)] = v.outcome
	}
	d.compare("each verdict", reported, counted)

	going, _ := now.feedback()
	d.compare("strengths in the logs, in the plan", []int{len(r.Going), len(r.Strengths)}, []int{going, p.strengths})
	values, others := make(map[string][]string), make(map[string][]string)
	for _, m := range r.Metrics {
		for _, v := range m.Values {
			values[m.Key] = append(values[m.Key], fmt.Sprint(v.Date, " ", v.Value))
		}
	}
	for _, v := range now.values {
		others[v.metric] = append(others[v.metric], fmt.Sprint(v.date, " ", v.value))
	}
	d.compare("metrics", values, others)
	return d
}

// coachFigures are those of a ledger of everybody.
func (l ledger) coachFigures(id string) map[string]string {
	led := l.ledBy(id)
	going, develop := led.feedback()
	return map[string]string{
		"sessions_held":   fmt.Sprint(led.status("held")),
		"sessions_missed": fmt.Sprint(led.status("missed")),
		"minutes":         fmt.Sprint(led.minutes()),
		"talk":            led.talk(),
		"own_actions":     commitment(pick(l.accounts, ownedBy(id))), // for anybody
		"employer":        commitment(pick(led.accounts, byOthers)),
		"follow_up":       followUp(led.accounts),
		"plan_success":    planSuccess(led.verdicts),
		"metrics":         reached(pick(led.verdicts, func(v verdict) bool { return v.metric })),
		"proactive":       rateOf(led.held(), func(*note) bool { return true }, func(n *note) bool { return n.kind != "ad-hoc" && n.kind != "requested" }),
		"development":     rateOf(led.agreed, func(agreement) bool { return true }, func(a agreement) bool { return a.mid || a.skill != "" }),
		"balance":         rate(going, going+develop),
	}
}

func compareCoach(r *report.Coach, now, before ledger) (d differences) {
	d.periods(r.Head, now, before)
	d.figures(r.Head, now.coachFigures(r.ID), before.coachFigures(r.ID), "set_aside", "cadence")
	led := now.ledBy(r.ID)
	going, develop := led.feedback()
	d.compare("held, missed, cancelled, minutes", []int{r.Held, r.Missed, r.Cancelled, r.Minutes},
		[]int{led.status("held"), led.status("missed"), led.status("cancelled"), led.minutes()})
	d.compare("as coachee", *r.AsCoachee, now.of(r.ID).status("held"))
	d.compare("talk", talkOf(r.Talk, r.TalkLogs), led.talk())
	d.compare("points of feedback", []int{r.GoingWell, r.ToDevelop}, []int{going, develop})
	d.compare("verdicts", r.Verdicts, verdictsOf(led.verdicts))
	d.compare("weeks of own actions", weeksOf(r.Weeks), weeks(pick(now.accounts, ownedBy(r.ID))))
	return d
}

// approving are those of a ledger's people who let the readers see a part.
func (b *book) approving(l ledger, readers, part, today string) []string {
	return pick(distinct(l.notes, func(n *note) string { return n.coachee }), func(id string) bool {
		p := b.people[id]
		return p.since[readers] != "" && p.since[readers] <= today && slices.Contains(p.parts[readers], part)
	})
}

// hidden puts behind a figure how many people it is about, and says nothing of either
// where they are fewer than five.
func hidden(figure string, people int) string {
	if people < 5 {
		return "hidden"
	}
	return fmt.Sprintf("%s, %d people", figure, people)
}

func compareTeam(r *report.Team, b *book, now, before ledger, scope report.Scope) (d differences) {
	sharing := func(part string) []string { return b.approving(now, scope.For, part, scope.Today.String()) }
	withAny := func(l ledger, people []string, figure func(ledger) string) []string {
		return pick(people, func(id string) bool { return !strings.HasPrefix(figure(l.of(id)), "0/0") && figure(l.of(id)) != "none" })
	}
	figures := func(l ledger) map[string]string {
		out := make(map[string]string)
		for key, figure := range map[string]func(l ledger) string{
			"sessions_held":      func(l ledger) string { return fmt.Sprint(l.status("held")) },
			"sessions_missed":    func(l ledger) string { return fmt.Sprint(l.status("missed")) },
			"sessions_cancelled": func(l ledger) string { return fmt.Sprint(l.status("cancelled")) },
			"minutes":            func(l ledger) string { return fmt.Sprint(l.minutes()) },
			"talk":               ledger.talk,
			"commitment":         func(l ledger) string { return commitment(pick(l.accounts, byCoachee)) },
			"employer":           func(l ledger) string { return commitment(pick(l.accounts, byOthers)) },
			"follow_up":          func(l ledger) string { return followUp(l.accounts) },
			"plan_success":       func(l ledger) string { return planSuccess(l.verdicts) },
			"goals_reached":      func(l ledger) string { return reached(l.verdicts) },
		} {
			part := map[string]string{"commitment": "commitment", "employer": "commitment", "follow_up": "commitment", "plan_success": "goals", "goals_reached": "goals"}[key]
			if part == "" {
				part = "sessions"
			}
			people := withAny(l, sharing(part), figure)
			out[key] = hidden(figure(l.of(people...)), len(people))
		}
		return out
	}
	d.periods(r.Head, now, before)
	d.figures(r.Head, figures(now), figures(before), "skills_practised")

	d.compare("people", r.People, len(distinct(now.notes, func(n *note) string { return n.coachee })))
	for _, s := range r.Shared {
		d.compare("sharing "+string(s.Part), s.People, len(sharing(string(s.Part))))
	}

	verdicts := "[]"
	if len(withAny(now, sharing("goals"), func(l ledger) string { return reached(l.verdicts) })) >= 5 {
		verdicts = fmt.Sprint([]report.Verdicts{verdictsOf(now.of(sharing("goals")...).verdicts)})
	}
	var told []report.Verdicts
	if r.Verdicts != nil {
		told = append(told, *r.Verdicts)
	}
	d.compare("verdicts", told, verdicts)

	own := func(l ledger) []agreement { return pick(l.accounts, byCoachee) }
	large, people := weeks(own(now.of(sharing("commitment")...))), make(map[string]int)
	for _, id := range sharing("commitment") {
		for monday := range weeks(own(now.of(id))) {
			people[monday]++
		}
	}
	maps.DeleteFunc(large, func(monday string, _ [3]int) bool { return people[monday] < 5 })
	d.compare("weeks", weeksOf(r.Weeks), large)

	rated := withAny(now, sharing("commitment"), func(l ledger) string { return commitment(own(l)) })
	d.bands("commitment bands", r.Commitment, rated, func(id string) int {
		_, percent, _ := strings.Cut(strings.TrimSuffix(commitment(own(now.of(id))), "%"), " ")
		return b.whole(id, percent)
	})
	d.bands("session bands", r.Each, sharing("sessions"), func(id string) int { return now.of(id).status("held") })
	d.metrics(r.Metrics, now.of(sharing("metrics")...), before.of(sharing("metrics")...))

	// whatever else is told of people
	for _, s := range r.Standing {
		d.few(fmt.Sprint("standing ", s.Standing), s.People)
	}
	if len(sharing("skills")) < 5 {
		d.compare("skills", len(r.Skills), 0)
	}
	return d
}

// few finds what is told of fewer than five people.
func (d *differences) few(what string, people int) {
	if people > 0 && people < 5 {
		*d = append(*d, fmt.Sprintf("%s: %d people are told of", what, people))
	}
}

// bands compares how many people have a value in each band.
func (d *differences) bands(what string, bands []plan.Band, people []string, valueOf func(id string) int) {
	all := 0
	for _, band := range bands {
		in := pick(people, func(id string) bool { return band.From <= valueOf(id) && valueOf(id) <= band.To })
		d.compare(fmt.Sprintf("%s, %d to %d", what, band.From, band.To), band.People, len(in))
		d.few(what, band.People)
		all += band.People
	}
	if len(people) < 5 {
		people = nil
	}
	d.compare(what, all, len(people))
}

// metrics compares with how many people a team's metrics are known, and the middle of
// their last values.
func (d *differences) metrics(reported []report.TeamMetric, now, before ledger) {
	lasts := func(l ledger, metric string) []float64 {
		last := make(map[string]float64)
		for _, v := range l.values {
			if v.metric == metric {
				last[v.coachee] = v.value
			}
		}
		return slices.Sorted(maps.Values(last))
	}
	counted := distinct(now.values, func(v value) string { return v.metric })
	counted = pick(counted, func(metric string) bool { return len(lasts(now, metric)) >= 5 })
	var keys []string
	for _, m := range reported {
		keys = append(keys, m.Key)
		values := lasts(now, m.Key)
		d.compare(m.Key+" of people", m.People, len(values))
		d.compare(m.Key, m.Median, median(values))
		if values := lasts(before, m.Key); len(values) < 5 {
			d.compare("no "+m.Key+" before", m.Before == nil, true)
		} else {
			d.compare(m.Key+" before", *m.Before, median(values))
		}
		for _, trend := range m.Trends {
			d.few(m.Key+" "+string(trend.Trend), trend.People)
		}
	}
	d.compare("metrics", slices.Sorted(slices.Values(keys)), counted)
}

func median(sorted []float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}
