package report

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// The parts of SARIF 2.1.0 that coachlog fills.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Automation  sarifID                  `json:"automationDetails"`
		Bases       map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind  string                   `json:"columnKind"`
		Invocations []sarifInvocation        `json:"invocations"`
		Results     []sarifResult            `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string          `json:"id"`
		Short      sarifMessage    `json:"shortDescription"`
		Full       sarifMessage    `json:"fullDescription"`
		Help       sarifMessage    `json:"help"`
		HelpURI    string          `json:"helpUri"`
		Default    sarifDefault    `json:"defaultConfiguration"`
		Properties sarifProperties `json:"properties"`
	}
	sarifMessage struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifDefault struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifProperties struct {
		Tags     []string `json:"tags"`
		Severity string   `json:"problem.severity"`
	}
	sarifID struct {
		ID string `json:"id"`
	}
	sarifArtifact struct {
		URI         string        `json:"uri,omitempty"`
		Base        string        `json:"uriBaseId,omitempty"`
		Description *sarifMessage `json:"description,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact sarifArtifact `json:"artifactLocation"`
			Region   *sarifRegion  `json:"region,omitempty"`
		} `json:"physicalLocation"`
	}
	sarifRegion struct {
		Line      int `json:"startLine"`
		Column    int `json:"startColumn"`
		EndLine   int `json:"endLine,omitempty"`
		EndColumn int `json:"endColumn,omitempty"`
	}
)

const (
	homepage       = "https://github.com/coachlog/coachlog"
	sarifSchema    = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifRoot      = "%SRCROOT%"
	fingerprintKey = "coachlogFinding/v1"
)

// mostSarifResults is how many GitHub's code scanning takes of one run.
const mostSarifResults = 25_000

var sarifLevels = severityNames{logparse.Error: "error", logparse.Warning: "warning", logparse.Info: "note"}

// sarif is what code scanning reads. A fix of a finding would be a result's `fixes`.
func (fs *Findings) sarif(w io.Writer) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Automation: sarifID{path.Join("coachlog", fs.Place) + "/"},
		Bases: map[string]sarifArtifact{sarifRoot: {Description: &sarifMessage{Text: "the top of the repository"}}}}
	invocation := sarifInvocation{Successful: len(fs.Unreadable) == 0}
	for _, u := range fs.Unreadable {
		invocation.note("error", u.Why, sarifPlace(u.File, nil))
	}
	shown := fs.Findings
	if len(shown) > mostSarifResults {
		shown = slices.SortedStableFunc(slices.Values(shown), func(x, y rules.Finding) int { return cmp.Compare(y.Severity, x.Severity) })[:mostSarifResults]
		invocation.note("warning", fmt.Sprintf("%d of %d findings are listed, the most severe first, since code scanning takes no more; coachlog lint shows all", mostSarifResults, len(fs.Findings)))
	}
	run.Tool.Driver = sarifDriver{Name: "coachlog", Version: strings.TrimPrefix(cmp.Or(fs.Version, "(devel)"), "v"), URI: homepage}
	index := make(map[string]int)
	for i, r := range Rules() {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, r.sarif())
	}
	for _, f := range shown {
		at, known := index[f.Rule]
		if !known {
			at = -1
		}
		run.Results = append(run.Results, sarifResult{f.Rule, at, sarifLevels[f.Severity], sarifText(said(f)),
			[]sarifLocation{sarifPlace(f.File, &sarifRegion{f.Line, f.Column, f.EndLine, f.EndCol})}, map[string]string{fingerprintKey: f.Fingerprint}})
	}
	run.Invocations = []sarifInvocation{invocation}
	return writeJSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func (inv *sarifInvocation) note(level, text string, places ...sarifLocation) {
	inv.Notifications = append(inv.Notifications, sarifNotification{level, sarifText(terminal.Escape(text)), places})
}

// sarifText is a message of which nothing is a link, whatever it quotes.
func sarifText(text string) sarifMessage {
	return sarifMessage{Text: strings.ReplaceAll(text, "](", "] (")}
}

func sarifPlace(file string, region *sarifRegion) (place sarifLocation) {
	parts := strings.Split(file, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A") // else the first could be a scheme
	}
	place.Physical.Artifact = sarifArtifact{URI: strings.Join(parts, "/"), Base: sarifRoot}
	place.Physical.Region = region
	return place
}

// sarif is a rule with the help that --explain shows.
func (r RuleInfo) sarif() sarifRule {
	var text, markdown strings.Builder
	p := r.Page()
	_ = p.Text(&text, terminal.Style{}) // a builder takes all
	_ = p.Markdown(&markdown, nil)
	problem := map[logparse.Severity]string{logparse.Error: "error", logparse.Warning: "warning", logparse.Info: "recommendation"}
	return sarifRule{ID: r.ID, Short: sarifMessage{Text: r.Title}, Full: sarifMessage{Text: r.Why},
		Help: sarifMessage{text.String(), markdown.String()}, HelpURI: homepage + "/blob/main/docs/rules.md#" + r.ID,
		Default:    sarifDefault{r.Tier != rules.Strict, sarifLevels[r.Severity]},
		Properties: sarifProperties{[]string{"coaching", string(r.Tier)}, problem[r.Severity]}}
}
