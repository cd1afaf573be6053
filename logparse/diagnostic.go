package logparse

import (
	"fmt"
)

// A Severity says how much a finding weighs.
type Severity int

// The severities. Off is only for rules that a logbook has switched off.
const (
	Off     Severity = iota
	Info             // worth knowing; never fails anything
	Warning          // against the method; fails only a strict lint
	Error            // the record is broken, or a commitment could be lost
)

var severityNames = []string{"off", "info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// A Diagnostic is something in a file that can't be read as it was meant.
type Diagnostic struct {
	Code     string // of the Diagnostics catalogue
	Severity Severity
	Message  string // what is wrong, in one sentence without a full stop
	Remedy   string // what to do about it
	Span     Span   // where
	Fix      []Edit // what makes it as it was meant, where that can be one thing only; else none
}

// String is what is wrong and what to do.
func (d Diagnostic) String() string { return d.Message + "; " + d.Remedy }

// Where is a place in the document as people and programs read it: file:line:column.
func (d *Document) Where(offset int) string {
	at := d.Position(offset)
	return fmt.Sprintf("%s:%d:%d", d.Path, at.Line, at.Column)
}

// A DiagnosticKind describes one code that Parse can report.
type DiagnosticKind struct {
	Code     string
	Severity Severity
	Title    string
	Why      string
}

// Diagnostics is the catalogue of all codes that this package reports, in the
// order of the documentation.
var Diagnostics = []DiagnosticKind{
	{"not-text", Error, "The file is not UTF-8 text", "coachlog reads UTF-8, with or without a byte-order mark. In another encoding, one of the two people would see wrong letters."},
	{"too-complex", Error, "The file is too large or too deeply nested", "A log is a page or two. The limits keep a damaged or hostile file from stopping everybody's check."},
	{"file-copy", Error, "A file is named like a sync tool's copy", "Two versions of one log would count as two sessions, and results would be counted twice or taken from the older text."},
	{"not-read", Error, "A file looks like a log and isn't read", "Only files named by their day, or that say what they are, count as logs; what was agreed in another one would be lost."},
	{"conflict-marker", Error, "A merge conflict is not resolved", "The file has both versions, so nobody can say which one was agreed."},
	{"confidential-unclear", Error, "A line is nearly a Confidential heading", "Because of a missing blank or an unclosed comment, something told in confidence could end up in a report. So the text after this line is held back until the heading is right."},
	{"front-matter-missing", Error, "The file has no front matter", "The front matter says whose session it was, when, and whether it was held; without it the log can't be counted."},
	{"front-matter-unclosed", Error, "The front matter is never closed", "Without the closing line, nobody can tell where the front matter ends and the text begins."},
	{"yaml-syntax", Error, "The YAML can't be read", "A value that can't be read can't be counted."},
	{"yaml-alias", Error, "A value is an alias or an anchor", "With anchors and aliases, a line means something that isn't written there; write coachlog's own keys out."},
	{"duplicate-key", Error, "A key is there twice", "YAML readers disagree about which of the two counts."},
	{"wrong-type", Error, "A value is of the wrong kind", "A list in place of one value, or a word in place of a number, would be ignored silently."},
	{"bad-date", Error, "A date does not exist or is not written YYYY-MM-DD", "Results and verdicts depend on dates; a date that two people read differently is worse than none."},
	{"bad-time", Error, "A time of day or a time zone can't be read", "A calendar that shows a session at the wrong hour is worse than none."},
	{"bad-number", Error, "A number is not a plain decimal number", "1e3, 0o7 and 12:30 mean different things to different programs."},
	{"out-of-range", Error, "A number is out of its range", "More than 100 % of the talking, or a negative length, can only be a typo."},
	{"unknown-value", Error, "A value isn't one that the key can have", "Only the listed values have a meaning."},
	{"status-missing", Error, "The log does not say whether the session was held", "Only held sessions give results, so the log can't be counted until it says so."},
	{"date-missing", Error, "Neither the front matter nor the file name has a date", "What is due depends on the date."},
	{"bad-id", Error, "An id, owner or name has letters it can't have", "Ids are typed, completed and used as folder names."},
	{"bad-target", Error, "A metric's target can't be read", "A goal can't be checked against a target that can't be read."},
	{"figure-twice", Error, "A metric has two values in one log", "If two values differ, chance would decide which one a goal is checked against. So neither counts."},
	{"bad-metric-row", Error, "A row of a metrics file can't be read", "A figure that can't be read would be missing from a verdict, and nobody would notice."},
	{"import-incomplete", Error, "An import is incomplete", "A guessed column can be the wrong one, and nobody would see that in the figures."},
	{"duplicate-id", Error, "An id is there twice among the goals and actions of one log", "Across sessions, an action is known by its id; two with the same id can't be told apart."},
	{"duplicate-token", Error, "An item has two tokens of one kind", "An action has one owner, one date and one id."},
	{"token-in-text", Warning, "A token is in the middle of the text", "Tokens are only read at the end of an item; one in the middle is just text."},
	{"indented-too-little", Error, "An action is indented too little", "Such an action counts as a goal of its own, though it looks like a part of the one above it."},
	{"two-values", Error, "A key has a value before its hint and another after it", "Nobody can tell which of the two is meant; the first one counts until the line is fixed."},
	{"value-behind-hint", Info, "A value is after the hint of its key", "coachlog reads it, but in YAML everything after the # is a comment, so other programs don't."},
	{"value-in-comment", Warning, "A key is empty, and its comment ends in a value", "What is after a # is a comment and isn't read."},
	{"misspelt-key", Warning, "A key is nearly, but not quite, one of coachlog's", "coachlog leaves keys it doesn't know alone, so a typo would be ignored silently."},
	{"unknown-section", Warning, "A heading is nearly a section, or tasks are under one that coachlog doesn't know", "Tasks there would not be counted, though somebody meant them as a promise; and text under a misspelt Confidential heading would not be kept confidential."},
	{"unknown-state", Error, "A checkbox holds a mark without a meaning", "coachlog can't tell the state of such an item, so it can't count it."},
}
