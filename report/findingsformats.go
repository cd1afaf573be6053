package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// findingWriters write what lint found for other programs. Only text shows lines of the files.
var findingWriters = map[string]func(*Findings, io.Writer) error{
	"jsonl": (*Findings).jsonLines, "template": (*Findings).templated,
	"github": (*Findings).annotations, "gitlab": (*Findings).codeQuality, "sarif": (*Findings).sarif,
	"junit": (*Findings).junit, "checkstyle": (*Findings).checkstyle,
}

// forForges are the formats that name files as the repository does.
var forForges = []string{"github", "gitlab", "sarif", "junit", "checkstyle"}

// NamesFromRepository says whether a format of findings names files from the top of the repository.
func NamesFromRepository(format string) bool { return slices.Contains(forForges, format) }

// severityNames are what other programs call the severities.
type severityNames map[logparse.Severity]string

// said is what a finding says and what to do, on one line.
func said(f rules.Finding) string {
	return terminal.Escape(f.Message) + with(". To do: ", terminal.Escape(f.Remedy))
}

// jsonLines is a finding on each line.
func (fs *Findings) jsonLines(w io.Writer) error {
	var lines bytes.Buffer
	for _, f := range fs.Findings {
		if err := terminal.WriteJSON(&lines, f, ""); err != nil {
			return err
		}
	}
	_, err := lines.WriteTo(w)
	return err
}

// templated is each finding by the user's template, at least a line of each.
func (fs *Findings) templated(w io.Writer) error {
	for _, f := range fs.Findings {
		var text strings.Builder
		if err := fs.Template.write(&text, f, terminal.Escape); err != nil {
			return err
		}
		if text.Len() > 0 && !strings.HasSuffix(text.String(), "\n") {
			text.WriteByte('\n')
		}
		if _, err := io.WriteString(w, text.String()); err != nil {
			return err
		}
	}
	return nil
}

// annotations are GitHub's workflow commands, which it shows beside the lines.
func (fs *Findings) annotations(w io.Writer) error {
	commands := severityNames{logparse.Error: "error", logparse.Warning: "warning", logparse.Info: "notice"}
	for _, f := range fs.Findings {
		place := fmt.Sprintf("line=%d,col=%d", f.Line, f.Column)
		if f.EndLine > f.Line { // with two lines, columns aren't taken
			place = fmt.Sprintf("line=%d,endLine=%d", f.Line, f.EndLine)
		} else if f.EndCol > f.Column {
			place += fmt.Sprintf(",endLine=%d,endColumn=%d", f.Line, f.EndCol)
		}
		_, err := fmt.Fprintf(w, "::%s file=%s,%s,title=%s::%s\n", commands[f.Severity],
			annotationProperty.Replace(terminal.Escape(f.File)), place, annotationProperty.Replace(f.Rule), annotationText.Replace(said(f)))
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	annotationText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	annotationProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// A codeQualityIssue is one of GitLab's Code Quality report.
type codeQualityIssue struct {
	Description string `json:"description"`
	CheckName   string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
			End   int `json:"end"`
		} `json:"lines"`
	} `json:"location"`
}

// codeQuality is what GitLab shows in merge requests.
func (fs *Findings) codeQuality(w io.Writer) error {
	severities := severityNames{logparse.Error: "major", logparse.Warning: "minor", logparse.Info: "info"}
	issues := make([]codeQualityIssue, len(fs.Findings))
	for i, f := range fs.Findings {
		of := &issues[i]
		of.Description, of.CheckName, of.Severity = said(f), f.Rule, severities[f.Severity]
		sum := sha256.Sum256([]byte(f.File + "\x00" + f.Fingerprint)) // several logbooks of a repository have one report
		of.Fingerprint = hex.EncodeToString(sum[:16])
		of.Location.Path, of.Location.Lines.Begin, of.Location.Lines.End = f.File, f.Line, max(f.Line, f.EndLine)
	}
	return writeJSON(w, issues)
}
