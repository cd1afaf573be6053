package logparse

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/pattern"
)

// IsLogName says whether a file's name is that of a session's log.
func IsLogName(name string) bool {
	_, _, ok := splitLogName(name)
	return ok
}

// PassedOver says whether a file or folder is another program's, by its name: hidden, as an
// editor's lock or swap file (.#x.md, .x.md.swp) or what macOS keeps beside a file (._x.md), or
// an office program's (~$x.csv).
func PassedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// splitLogName takes a log's name apart, DATE.md or DATE-N.md: N is the number of
// the day's session from the second one on.
func splitLogName(name string) (day string, session int, ok bool) {
	stem, isMarkdown := strings.CutSuffix(name, ".md")
	if !isMarkdown || len(stem) < len(time.DateOnly) || !isDateForm(stem[:len(time.DateOnly)]) {
		return "", 1, false
	}
	day, behind := stem[:len(time.DateOnly)], stem[len(time.DateOnly):]
	if behind == "" {
		return day, 1, true
	}
	digits, ok := strings.CutPrefix(behind, "-")
	if !ok || !isNumber(digits) || digits[0] == '0' || len(digits) > 4 {
		return "", 1, false
	}
	return day, number(digits), true
}

// number is the number that a few digits write.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// isNumber says whether a text is one digit or more, and nothing else.
func isNumber(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// folderOf is the name of the person's folder that a file is in, as in
// people/rep1/plan.md; "" for a file anywhere else.
func folderOf(name string) string {
	dir, base := path.Split(name)
	people, folder := path.Split(strings.TrimSuffix(dir, "/"))
	if base == "" || people != "people/" && !strings.HasSuffix(people, "/people/") {
		return ""
	}
	return folder
}

// fillFromFolder takes the person from the folder that their file is in, where
// the file doesn't say whose it is.
func fillFromFolder(person *Value[string], name string) {
	if folder := folderOf(name); !person.Set && IsPersonID(folder) {
		*person = Value[string]{V: NormalID(folder), Set: true}
	}
}

func kindByName(name string) FileKind {
	base := path.Base(name)
	if original := copyOf(base); original != "" && folderOf(name) != "" {
		base = original // as what it would be, it is refused
	}
	switch {
	case base == "coachlog.yaml":
		return SettingsFile
	case IsLogName(base):
		return SessionLog
	case base == "plan.md":
		return PlanFile
	case path.Base(path.Dir(name)) == "metrics" && path.Ext(base) == ".csv":
		return MetricsFile
	case folderOf(name) == "":
	case assessmentName().MatchString(base), strings.HasPrefix(base, "pulse-"):
		return AssessmentFile
	case strings.HasPrefix(base, "prep-"):
		return PreparationFile
	}
	return OtherFile
}

var assessmentName = pattern.Of(`^(pulse|self-assessment|360)-(\d{4}-(?:\d{2}-\d{2}|Q[1-4]))\.md$`)

var nameDate = pattern.Of(`-(\d{4})-(?:(\d{2}-\d{2})|Q([1-4]))\.md$`)

// dateInName is the day that a file's name gives: of a quarter, its last.
func dateInName(name string) (Date, bool) {
	m := nameDate().FindStringSubmatch(path.Base(name))
	switch {
	case m == nil:
		return Date{}, false
	case m[2] != "":
		date, err := ParseDate(m[1] + "-" + m[2])
		return date, err == nil
	}
	first, err := ParseDate(fmt.Sprintf("%s-%02d-01", m[1], 3*number(m[3])-2))
	return first.AddMonths(3).AddDays(-1), err == nil
}

// ComparePaths is the order of a logbook's files: by folder, and in it by name,
// but the logs of one day by their number (none is 1; then 2 ... 10).
func ComparePaths(x, y string) int {
	dirX, x := path.Split(x)
	dirY, y := path.Split(y)
	if dirX != dirY {
		return strings.Compare(strings.TrimSuffix(dirX, "/"), strings.TrimSuffix(dirY, "/"))
	}
	dayX, numberX, isLogX := splitLogName(x)
	dayY, numberY, isLogY := splitLogName(y)
	if isLogX && isLogY && dayX == dayY {
		return numberX - numberY
	}
	return strings.Compare(x, y)
}
