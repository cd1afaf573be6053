package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/plan/rules"
)

// A place is where a requirement shows up, besides rules: a file of this project
// and words that stand in it.
type place struct {
	kind  string // T a template, R a figure, P a prompt
	file  string // relative to the project's root
	words string // of a figure, its heading
}

func template(name, words string) place { return place{"T", "templates/" + name, words} }
func prompt(name, words string) place   { return place{"P", "templates/" + name, words} }
func figure(heading string) place       { return place{"R", "docs/figures.md", heading} }

// places say where each requirement of the kinds T, R and P shows up.
var places = map[int][]place{
	1:  {template("plan.md", "## Aims")},
	6:  {template("plan.md", "## Rewards and consequences")},
	7:  {figure("Commitment of both sides"), figure("Own promises done")},
	8:  {figure("Skills")},
	9:  {template("session.md", "## Successes and challenges"), template("plan.md", "## Strengths")},
	10: {template("plan.md", "## Support needed")},
	11: {figure("Metrics, before and since")},
	12: {template("peer.md", "kind: peer"), figure("Planned against reactive"), figure("Sessions")},
	13: {figure("Standing")},
	14: {template("plan.md", "coach_from:")},
	19: {figure("Standing")},
	22: {template("plan.md", "place:")},
	23: {prompt("questions.md", "## Opening")},
	24: {template("session-long.md", "Say first what this session is for"), template("session.md", "## Agenda")},
	25: {prompt("session.md", "Feels good:")},
	26: {prompt("session.md", "Help needed:")},
	27: {template("plan.md", "## Aims"), prompt("kick-off.md", "The aims of the next 30 days")},
	29: {prompt("session-long.md", "what to do, not what was wrong")},
	30: {figure("Development against correction")},
	31: {template("requested.md", "kind: requested"), figure("Sessions")},
	32: {figure("Planned against reactive")},
	33: {figure("Hours")},
	35: {template("plan.md", "## How I like to be coached")},
	36: {figure("Goals reached by their metric")},
	37: {figure("Pulse")},
	38: {figure("Self-assessment")},
	39: {figure("360 reviews")},
	40: {figure("Promotions")},
	41: {figure("Pulse")},
	42: {figure("Bright spots, and what slipped")},
	43: {figure("Coached themselves")},
	45: {figure("A coach's rates")},
	46: {prompt("kick-off.md", "## Expectations")},
	47: {figure("Bright spots, and what slipped")},
	48: {figure("The period before"), figure("Metrics, before and since")},
	49: {figure("Since when")},
	50: {prompt("plan.md", "never on a missed goal")},
	51: {template("kick-off.md", "Scope (what coaching is for")},
	53: {template("session.md", "Focus, chosen by the coachee")},
	54: {figure("Talk")},
	55: {prompt("session-long.md", "would you go about it?"), prompt("questions.md", "## ")},
	56: {prompt("session-long.md", "Say back what you heard")},
	57: {template("session.md", "Hard:"), template("session-long.md", "What feels good? What was hard?")},
	58: {template("session.md", "The coach must cover:")},
	60: {template("session-long.md", "counter: ANOTHER WAY")},
	68: {template("session-long.md", "would help, in the coachee's own view?")},
	71: {prompt("session-long.md", "that are within their")},
	81: {figure("Plans that worked, for one person"), figure("Plan success")},
	83: {figure("Mid-term goals"), figure("Commitment of both sides")},
	86: {figure("Help with long-term goals")},
	87: {figure("Long-term goals")},
	89: {{"T", "examples/blank.md", "## Follow-through"}, {"T", "examples/completed.md", "## Follow-through"}},
	90: {figure("Words in a log")},
}

// TestMethod holds method.md to the rules and places: every requirement shows up
// in each of its kinds, and what is linked is there. It is generated: go test
// ./docs -update.
func TestMethod(t *testing.T) {
	var out strings.Builder
	out.WriteString(`# The method, requirement by requirement

Ninety requirements, from five published accounts of how support and contact-centre coaching works, and where
each shows up in coachlog: as a rule of lint (L), in a template (T), as a figure in a report (R) or as a prompt, a question that
somebody is asked (P). Generated; a test follows each link.

`)
	for _, key := range []string{"CS", "IC", "GA", "CSR", "SC"} {
		fmt.Fprintf(&out, "- **%s**: %s\n", key, rules.Sources[key])
	}
	out.WriteString("\n| # | Kind | What must hold | From | Where it shows up |\n|---|---|---|---|---|\n")
	for _, r := range rules.Requirements() {
		var links []string
		shown := make(map[string]bool)
		for _, rule := range rules.All {
			if !slices.Contains(rule.Requirements, r.Number) {
				continue
			}
			shown["L"] = true
			links = append(links, fmt.Sprintf("rule [%s](rules.md#%s)", rule.ID, rule.ID))
		}
		for _, p := range places[r.Number] {
			checkPlace(t, r.Number, p)
			shown[p.kind] = true
			links = append(links, p.link())
		}
		for _, kind := range strings.Split(r.Kinds, "") {
			if !shown[kind] {
				t.Errorf("%d shows up in no %s", r.Number, kind)
			}
		}
		fmt.Fprintf(&out, "| <a id=\"%d\"></a>%d | %s | %s | %s | %s |\n", r.Number, r.Number, r.Kinds, r.Text, r.Source, strings.Join(links, ", "))
	}
	generated(t, "method.md", out.String())
}

func (p place) link() string {
	what := map[string]string{"T": "template", "R": "figure", "P": "prompt"}[p.kind]
	name := filepath.Base(p.file)
	if p.kind == "R" {
		return fmt.Sprintf("figure [%s](figures.md#%s)", p.words, anchor(p.words))
	}
	words := strings.Join(strings.Fields(strings.Trim(p.words, "#: ")), " ")
	return fmt.Sprintf("%s [%s](../%s), “%s”", what, name, p.file, words)
}

// anchor is the id that a forge gives a heading.
func anchor(heading string) string {
	kept := regexp.MustCompile(`[^\pL\pN -]`).ReplaceAllString(strings.ToLower(heading), "")
	return strings.ReplaceAll(kept, " ", "-")
}

func checkPlace(t *testing.T, number int, p place) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(p.file)))
	words := p.words
	if p.kind == "R" {
		words = "\n### " + p.words + "\n"
	}
	if err != nil || !strings.Contains(string(text), words) {
		t.Errorf("%d: %s doesn't say %q (%v)", number, p.file, words, err)
	}
}
