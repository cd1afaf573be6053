package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// The elements of a JUnit report. What doesn't fail the run is a test that was skipped, with the reason.
type (
	junitSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		junitCounts
		Suites []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name string `xml:"name,attr"`
		junitCounts
		Cases []junitCase `xml:"testcase"`
	}
	junitCounts struct {
		Tests   int `xml:"tests,attr"`
		Failed  int `xml:"failures,attr"`
		Errors  int `xml:"errors,attr"`
		Skipped int `xml:"skipped,attr"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr,omitempty"`
		Line    int           `xml:"line,attr,omitempty"`
		Failure *junitOutcome `xml:"failure"`
		Error   *junitOutcome `xml:"error"`
		Skipped *junitOutcome `xml:"skipped"`
	}
	junitOutcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// junit is a suite for each file with findings, and a test for each of them.
func (fs *Findings) junit(w io.Writer) error {
	all := junitSuites{Name: "coachlog lint"}
	for _, of := range runsOf(fs.Findings, func(f rules.Finding) string { return f.File }) {
		all.add(of[0].File, each(of, fs.junitCase)...)
	}
	for _, u := range fs.Unreadable {
		all.add(u.File, junitCase{Name: "can be read", File: terminal.Escape(u.File), Error: &junitOutcome{Message: terminal.Escape(u.Why), Type: "unreadable"}})
	}
	if len(all.Suites) == 0 {
		all.add(all.Name, junitCase{Name: "no findings"})
	}
	return writeXML(w, all)
}

func (fs *Findings) junitCase(f rules.Finding) junitCase {
	file := terminal.Escape(f.File)
	c := junitCase{Name: f.Rule + ": " + terminal.Escape(f.Message), File: file, Line: f.Line}
	outcome := &junitOutcome{Message: said(f), Type: f.Severity.String()}
	if fs.fails(f) {
		outcome.Text = fmt.Sprintf("%s:%d:%d: %s [%s]", file, f.Line, f.Column, said(f), f.Rule)
		c.Failure = outcome
	} else {
		outcome.Type = "" // which a skipped test has none of
		outcome.Message = f.Severity.String() + ": " + outcome.Message
		c.Skipped = outcome
	}
	return c
}

func (all *junitSuites) add(name string, cases ...junitCase) {
	s := junitSuite{Name: terminal.Escape(name), Cases: cases}
	for i := range cases {
		cases[i].Class = s.Name
		for _, c := range []*junitCounts{&s.junitCounts, &all.junitCounts} {
			c.Tests++
			switch {
			case cases[i].Failure != nil:
				c.Failed++
			case cases[i].Error != nil:
				c.Errors++
			case cases[i].Skipped != nil:
				c.Skipped++
			}
		}
	}
	all.Suites = append(all.Suites, s)
}

// The elements of a Checkstyle report.
type (
	checkstyleReport struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"` // of the form
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr,omitempty"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

func (fs *Findings) checkstyle(w io.Writer) error {
	all := checkstyleReport{Version: "4.3"}
	for _, of := range runsOf(fs.Findings, func(f rules.Finding) string { return f.File }) {
		all.Files = append(all.Files, checkstyleFile{terminal.Escape(of[0].File), each(of, func(f rules.Finding) checkstyleError {
			return checkstyleError{f.Line, f.Column, f.Severity.String(), said(f), "coachlog." + f.Rule}
		})})
	}
	for _, u := range fs.Unreadable {
		all.Files = append(all.Files, checkstyleFile{terminal.Escape(u.File), []checkstyleError{
			{Severity: logparse.Error.String(), Message: terminal.Escape(u.Why), Source: "coachlog.unreadable"},
		}})
	}
	return writeXML(w, all)
}

func writeXML(w io.Writer, of any) error {
	text, err := xml.MarshalIndent(of, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}
