package report_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// needs are the parts that it takes to see a field: those of the longest path that
// starts the field's. Without any, everybody sees it.
var needs = map[string]string{
	"Person": "undeclared", "Person.Head": "", "Person.Head.Figures": "figures", "Person.ID": "", "Person.Name": "",
	"Person.Coach": "sessions", "Person.Summary": "", "Person.Session": "sessions", "Person.Sides": "commitment", "Person.Sides.NotTalked": "commitment coaching", "Person.Coaches": "commitment goals coaching",
	"Person.Verdicts": "goals", "Person.Verdicts.Support": "goals coaching", "Person.Verdicts.Waiting": "goals coaching", "Person.Verdicts.AnotherWay": "goals coaching", "Person.Verdicts.FollowThrough": "goals coaching", "Person.Going": "strengths", "Person.Strengths": "strengths", "Person.Goals": "goals",
	"Person.Short": "goals", "Person.Short.Target": "goals metrics", "Person.Short.Moves.Target": "goals metrics", "Person.Short.Waits": "goals metrics coaching",
	"Person.Short.Verdicts.Target": "goals metrics", "Person.Short.Verdicts.Reading": "goals metrics", "Person.Short.Verdicts.Late": "goals coaching", "Person.Short.Verdicts.Others": "goals coaching", "Person.Short.Verdicts.Support": "goals coaching",
	"Person.Short.Verdicts.NewPlan": "goals open coaching", "Person.Short.Actions.Agreements.Blocker": "goals coaching", "Person.Short.Actions.Agreements.NotNoted": "goals coaching",
	"Person.Short.Actions.Agreements.Remarks": "goals remarks", "Person.Short.Actions.Agreements.Counters": "goals remarks", "Person.Short.Actions.Agreements.Counters.By": "goals remarks coaching", "Person.Short.Actions.Agreements.By": "goals coaching",
	"Person.FellShort": "goals coaching", "Person.FellShort.NewPlan": "goals open coaching", "Person.FellShort.Actions": "goals open coaching", "Person.Long": "long-term", "Person.Help": "long-term", "Person.Skills": "skills", "Person.Metrics": "metrics",
	"Person.Open": "open", "Person.Open.Goal": "open goals", "Person.Open.Carried": "open commitment", "Person.Open.NotNoted": "open commitment coaching", "Person.Open.Blocker": "own", "Person.Open.Sessions": "open sessions",
	"Person.Owed": "open goals coaching", "Person.Older": "own",

	"Coach": "undeclared", "Coach.Head": "", "Coach.Head.Figures": "figures", "Coach.ID": "", "Coach.Name": "", "Coach.Coaches": "own",
	"Coach.Coachees": "coaching", "Coach.Pulse": "coaching", "Coach.Self": "coaching", "Coach.Round": "coaching",
	"Coach.Since": "coaching sessions", "Coach.Held": "coaching sessions", "Coach.Missed": "coaching sessions", "Coach.Cancelled": "coaching sessions", "Coach.Kinds": "coaching sessions",
	"Coach.AsCoachee": "own", "Coach.Sessions": "coaching sessions", "Coach.Minutes": "coaching sessions", "Coach.SetAside": "coaching sessions", "Coach.Talk": "coaching sessions",
	"Coach.TalkLogs": "coaching sessions", "Coach.GoingWell": "coaching sessions", "Coach.ToDevelop": "coaching sessions", "Coach.WordsPerLog": "coaching sessions",
	"Coach.Weeks": "coaching commitment", "Coach.Verdicts": "coaching goals", "Coach.Trends": "coaching goals metrics", "Coach.Promotions": "coaching skills",
	"Coach.Bright": "figures", "Coach.Slipped": "figures",

	"Team": "undeclared", "Team.Head": "", "Team.Head.Figures": "figures", "Team.Name": "", "Team.People": "", "Team.Shared": "", "Team.Whole": "", "Team.Unnamed": "",
	"Team.Verdicts": "goals coaching", "Team.Weeks": "commitment", "Team.Commitment": "commitment", "Team.Each": "sessions", "Team.Standing": "sessions", "Team.Skills": "skills", "Team.Metrics": "metrics",
	"Team.Teams.Name": "", "Team.Teams.Held": "sessions", "Team.Teams.Commitment": "commitment", "Team.Teams.FollowUp": "commitment coaching", "Team.Teams.Success": "goals coaching",
	"Team.Teams.Held.Hidden": "", "Team.Teams.Commitment.Hidden": "", "Team.Teams.FollowUp.Hidden": "", "Team.Teams.Success.Hidden": "",
	"Team.Teams.FollowUp.Why": "", "Team.Teams.Success.Why": "",
	"Team.Coaches": "coaching",
}

// figureNeeds are the parts that it takes to see a figure; of owners and coaches only
// josh is not the coachee.
func figureNeeds(model string, f report.Figure) string {
	need := string(f.Part)
	switch others := slices.Contains([]string{"follow_up", "plan_success", "plan_success_year", "employer"}, f.Key); {
	case f.Key == "plans_changed":
		return "coaching goals open"
	case model == "Coach" && f.Key == "metrics":
		return "coaching goals metrics"
	case model == "Coach", others, f.Of == "josh":
		return "coaching " + need
	}
	return need
}

// fields are the paths of the exported fields within a value that hold something.
func fields(v reflect.Value, path string, found map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fields(v.Elem(), path, found)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fields(v.Index(i), path, found)
		}
	case reflect.Struct:
		if _, isDate := v.Interface().(logparse.Date); isDate {
			found[path] = found[path] || !v.IsZero()
			return
		}
		path = strings.Replace(path, ".Mid", ".Short", 1) // the two are of one type
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				fields(v.Field(i), path+"."+f.Name, found)
			}
		}
	default:
		found[path] = found[path] || !v.IsZero() && !(v.Kind() == reflect.Map && v.Len() == 0)
	}
}

// needsOf are the parts that it takes to see a field.
func needsOf(path string) string {
	for at := path; ; at = at[:strings.LastIndex(at, ".")] {
		if need, ok := needs[at]; ok {
			return need
		}
	}
}

// everyMarkedReview is a report of each kind, by the name of its model.
func everyMarkedReview(t testing.TB, b *plan.Logbook, readers string) map[string]report.Review {
	scope := scopeOf(t, "2026-Q3", "2026-10-02", readers)
	reviews := map[string]report.Review{"Person": report.NewPerson(b, "rep1", scope), "Coach": report.NewCoach(b.Everybody(), "josh", scope)}
	if readers != "" {
		reviews["Team"], reviews["Team of a logbook"] = report.NewTeam(b.Everybody(), "Team-name", report.TeamMembers("Team-name"), scope), report.NewLogbook(b.Everybody(), scope)
		reviews["Team of a coach"] = report.NewTeam(b.Everybody(), "The people of Josh", func(now *plan.Everybody, period plan.Period) []*plan.Facts { return now.CoachedBy("josh", period) }, scope)
	}
	return reviews
}

// everyFormat is a review in every format, with the words of its charts, and by a
// template of a logbook's own.
func everyFormat(t testing.TB, r report.Review) map[string]string {
	t.Helper()
	own, err := report.NewTemplate("own", []byte(`{{printf "%v" .}}`))
	if err != nil {
		t.Fatal(err)
	}
	var pictures strings.Builder
	keep := func(name string, svg []byte) (string, error) {
		pictures.Write(svg)
		return name, nil
	}
	out := map[string]string{
		"text":          write(t, r, report.Output{Format: "text", Style: terminal.Style{Width: 400}}),
		"markdown":      write(t, r, report.Output{Format: "markdown", Pictures: keep}),
		"html":          write(t, r, report.Output{Format: "html"}),
		"json":          write(t, r, report.Output{Format: "json"}),
		"text template": write(t, r, report.Output{Format: "text", Template: own}),
		"own markdown":  write(t, r, report.Output{Format: "markdown", Template: own}),
	}
	out["pictures"] = pictures.String()
	for _, table := range r.Tables() {
		out["csv "+table.Name] = write(t, r, report.Output{Format: "csv", Table: table.Name})
	}
	return out
}

// lets says whether some approved parts let others see what needs parts: all of one
// of several alternatives.
func lets(approved []plan.Part, need string) bool {
	for alternative := range strings.SplitSeq(need, "|") {
		if !slices.ContainsFunc(strings.Fields(alternative), func(part string) bool { return !slices.Contains(approved, plan.Part(part)) }) {
			return true
		}
	}
	return false
}

// TestConsentOfEachPart approves each part alone, none and all, with and without the
// coach's approval, and looks for what isn't approved in every field of every report's
// model and for every mark in every format.
func TestConsentOfEachPart(t *testing.T) {
	without := func(i int) []plan.Part { return slices.Delete(slices.Clone(plan.Parts), i, i+1) }
	own := slices.Index(plan.Parts, plan.PartCoaching)
	choices := [][]plan.Part{nil, plan.Parts}
	for i, part := range plan.Parts {
		choices = append(choices, []plan.Part{part}, without(i))
		for _, other := range plan.Parts[i+1:] {
			choices = append(choices, []plan.Part{part, other})
		}
	}
	for _, coachees := range choices {
		for _, coach := range [][]plan.Part{without(own), {plan.PartCoaching}} {
			approved := slices.DeleteFunc(slices.Clone(coachees), func(p plan.Part) bool { return p == plan.PartCoaching })
			if slices.Contains(coach, plan.PartCoaching) {
				approved = append(approved, plan.PartCoaching)
			}
			b := markedBook(t, coachees, coach)
			for name, r := range everyMarkedReview(t, b, "team") {
				where := fmt.Sprintf("%s with %v of the coachees and %v of the coach", name, coachees, coach)
				checkFields(t, where, r, approved)
				checkMarks(t, where, everyFormat(t, r), approved)
			}
		}
	}
}

func checkFields(t *testing.T, where string, r report.Review, approved []plan.Part) {
	t.Helper()
	value := reflect.ValueOf(r).Elem()
	model := value.Type().Name()
	found := make(map[string]bool)
	fields(value, model, found)
	for path, holds := range found {
		need := needsOf(path)
		if model == "Team" && strings.HasPrefix(path, "Team.Coaches.") {
			continue // each is looked at below
		}
		if holds && need != "figures" && !lets(approved, need) {
			t.Errorf("%s: %s holds something, and needs %q", where, path, need)
		}
	}
	if p, ok := r.(*report.Person); ok && p.Coach != "" && p.Verdicts != (plan.VerdictCount{}) && !lets(approved, "coaching") {
		t.Errorf("%s: %s is named beside the verdicts %v", where, p.Coach, p.Verdicts)
	}
	figures, words := value.FieldByName("Figures").Interface().([]report.Figure), []string(nil)
	if c, ok := r.(*report.Coach); ok {
		words = slices.Concat(c.Bright, c.Slipped)
	}
	for _, f := range figures {
		// a hidden one says nothing, and a team's has all of them
		if need := figureNeeds(model, f); !(f.Now.Hidden && f.Before.Hidden) && !lets(approved, need) {
			t.Errorf("%s: the figure %s %s is there, and needs %q", where, f.Key, f.Of, need)
		}
	}
	for _, key := range words {
		if !slices.ContainsFunc(figures, func(f report.Figure) bool { return f.Key == key }) {
			t.Errorf("%s: %s is said to have moved", where, key)
		}
	}
	if team, ok := r.(*report.Team); ok {
		for _, c := range team.Coaches {
			checkFields(t, where+", "+c.ID, &c, approved)
		}
	}
}

// ofTheCoach are words that say how a coach's plans went, and whether the coach asked for results.
var ofTheCoach = []string{"plan worked", "plan fell short", "reached another way", "another way than planned", "What got in the way", "not talked about", "upport was missing", "Plans that worked", "Follow-up"}

// checkNamed looks for a coach's name on a page with what only that coach could have let
// others see: with one coach, it says whose it is.
func checkNamed(t *testing.T, where string, formats map[string]string, approved []plan.Part) {
	t.Helper()
	if lets(approved, "coaching") {
		return
	}
	for _, format := range []string{"text", "markdown", "html"} {
		for _, words := range ofTheCoach {
			if strings.Contains(strings.ToLower(formats[format]), "josh") && strings.Contains(formats[format], words) {
				t.Errorf("%s: josh is named on a page, in %s, that says %q", where, format, words)
			}
		}
	}
}

func checkMarks(t *testing.T, where string, formats map[string]string, approved []plan.Part) {
	t.Helper()
	checkNamed(t, where, formats, approved)
	if strings.HasPrefix(where, "Coach") { // whom it is about is no secret
		for format, text := range formats {
			formats[format] = strings.NewReplacer("josh", "", "Josh", "").Replace(text)
		}
	}
	for format, text := range formats {
		text = strings.ReplaceAll(text, `\-`, "-")
		for mark, need := range marks {
			if strings.Contains(text, mark) && !lets(approved, need) {
				at := strings.Index(text, mark)
				t.Errorf("%s: %q is in %s, and needs %q: ...%s", where, mark, format, need, text[max(0, at-60):at+len(mark)])
			}
		}
	}
}

// TestConsentTestLooksEverywhere has all of it approved: every field of the models
// holds something and every mark is there, so that the test above can miss none.
func TestConsentTestLooksEverywhere(t *testing.T) {
	found, seen := make(map[string]bool), make(map[string]bool)
	for _, readers := range []string{"team", ""} {
		var reviews []report.Review
		for _, coach := range [][]plan.Part{nil, {plan.PartCoaching}, plan.Parts} {
			reviews = slices.AppendSeq(reviews, maps.Values(everyMarkedReview(t, markedBook(t, plan.Parts, coach), readers)))
		}
		reviews = append(reviews, everyMarkedReview(t, markedBook(t, nil, nil), "team")["Person"])
		for _, r := range reviews {
			value := reflect.ValueOf(r).Elem()
			fields(value, value.Type().Name(), found)
			for _, text := range everyFormat(t, r) {
				for mark := range marks {
					seen[mark] = seen[mark] || strings.Contains(strings.ReplaceAll(text, `\-`, "-"), mark)
				}
			}
		}
	}
	for mark := range marks {
		if !seen[mark] {
			t.Errorf("%q is in no report", mark)
		}
	}
	for _, model := range []reflect.Type{reflect.TypeFor[report.Person](), reflect.TypeFor[report.Coach](), reflect.TypeFor[report.Team]()} {
		for _, path := range fieldPaths(model, model.Name()) {
			holds := found[path]
			for field, something := range found {
				holds = holds || something && strings.HasPrefix(field, path+".")
			}
			if !holds {
				t.Errorf("%s holds nothing in any report", path)
			}
		}
	}
}

// fieldPaths are the paths of all exported fields below a type. Of what holds figures
// only, any one will do.
func fieldPaths(model reflect.Type, path string) []string {
	for model.Kind() == reflect.Pointer || model.Kind() == reflect.Slice {
		model = model.Elem()
	}
	figures := []reflect.Type{reflect.TypeFor[plan.Rate](), reflect.TypeFor[report.Quantity](), reflect.TypeFor[report.Figure](), reflect.TypeFor[plan.VerdictCount](), reflect.TypeFor[logparse.Date]()}
	if model.Kind() != reflect.Struct || slices.Contains(figures, model) || path == "Team.Coaches" {
		return []string{path}
	}
	var paths []string
	for i := range model.NumField() {
		if f := model.Field(i); f.IsExported() && f.Name != "Mid" {
			paths = append(paths, fieldPaths(f.Type, path+"."+f.Name)...)
		}
	}
	return paths
}

// TestConsentSaysWhatIsLeftOut and no more: what is left out reads the same whether
// there was anything or not.
func TestConsentSaysWhatIsLeftOut(t *testing.T) {
	full := markedBook(t, nil, nil)
	var plans []*logparse.Document
	for _, d := range full.Docs {
		if d.Plan != nil {
			plans = append(plans, d)
		}
	}
	empty := everyMarkedReview(t, plan.New(full.Settings, plans, nil), "team")
	for name, r := range everyMarkedReview(t, full, "team") {
		want := everyFormat(t, empty[name])
		for format, text := range everyFormat(t, r) {
			if text != want[format] {
				t.Errorf("%s in %s tells something of people who approved nothing:\n%s\nwithout any log it is\n%s", name, format, text, want[format])
			}
		}
		if !strings.Contains(want["text"], "Left out:") {
			t.Errorf("%s doesn't say that anything is left out", name)
		}
	}
}
