package metricsimport

import (
	"slices"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

// The headers that exports have for columns, in plain words, the likeliest first.
var (
	personHeaders = []string{
		"agent", "agent name", "employee", "employee name", "user", "user name", "username", "rep", "representative", "advisor", "adviser", "associate",
		"team member", "assignee", "assignee name", "full name", "name", "email", "e mail", "agent email", "user email", "login", "login id", "agent id", "employee id", "user id", "mitarbeiter", "agent e mail",
	}
	dateHeaders = []string{
		"date", "day", "interval start", "interval", "start time", "start", "date time", "datetime", "timestamp", "call date", "call time", "created", "created at",
		"closed", "closed at", "completed", "week ending", "week starting", "week of", "week", "period", "datum", "tag",
	}
	metricHeaders = []string{"metric", "kpi", "measure", "indicator", "metric name", "kpi name", "measure name", "measure names", "kennzahl"}
	valueHeaders  = []string{"value", "score", "result", "actual", "metric value", "kpi value", "measure values", "measure value", "wert"}
	weightHeaders = []string{
		"calls handled", "handled calls", "contacts handled", "interactions handled", "handled", "calls answered", "answered", "acd calls", "calls", "contacts", "interactions", "volume", "responses", "surveys",
	}
	rowHeaders = []string{"call id", "contact id", "interaction id", "conversation id", "ticket id", "case id", "case number", "ticket", "session id", "segment id", "record id", "id"}
)

// synonyms are what other systems call the metrics of the default catalogue.
var synonyms = map[string][]string{
	"aht":           {"average handle time", "average handling time", "handle time", "aht"},
	"acw":           {"after call work", "after call work time", "wrap up", "wrap up time", "wrap time", "acw time"},
	"fcr":           {"first contact resolution", "first call resolution", "first contact fix"},
	"csat":          {"customer satisfaction", "csat", "satisfaction"},
	"qa":            {"quality", "quality score", "qa score", "evaluation score", "quality assurance", "qm score"},
	"adherence":     {"schedule adherence", "adherence"},
	"conformance":   {"schedule conformance", "conformance"},
	"occupancy":     {"occupancy"},
	"utilization":   {"utilization", "utilisation"},
	"asa":           {"average speed of answer", "average speed to answer", "speed of answer"},
	"service_level": {"service level", "sla"},
	"abandonment":   {"abandonment rate", "abandon rate", "abandoned rate"},
	"escalation":    {"escalation rate", "escalated rate"},
	"transfer":      {"transfer rate", "transferred rate"},
	"nps":           {"net promoter score", "nps"},
	"resolution":    {"resolution time", "time to resolution", "full resolution time", "mttr"},
}

// plainWords is a header in lower case, with blanks for all that is no letter or
// digit.
func plainWords(header string) string {
	return strings.Join(strings.FieldsFunc(logparse.NormalText(header), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}

// unitWords are what a header says of its column's unit.
var unitWords = map[string]string{
	"s": "s", "sec": "s", "secs": "s", "seconds": "s", "ms": "ms", "msec": "ms", "milliseconds": "ms",
	"min": "min", "mins": "min", "minutes": "min", "h": "h", "hr": "h", "hrs": "h", "hours": "h", "days": "d",
	"pct": "%", "percent": "%", "percentage": "%",
}

// significant are the words of a header that tell a metric, in order: without
// its unit, and without the words that some systems write and others don't.
func significant(header string) string {
	words := slices.DeleteFunc(strings.Fields(plainWords(header)), func(w string) bool {
		switch w {
		case "avg", "average", "mean", "the", "rate", "score", "hh", "mm", "ss":
			return true
		}
		return unitWords[w] != ""
	})
	return strings.Join(words, " ")
}

// hintOf is the unit that a header names, or "".
func hintOf(header string) string {
	plain := plainWords(header)
	switch {
	case strings.Contains(plain, "hh mm ss"):
		return ""
	case strings.HasSuffix(plain, "mm ss"):
		return "m:ss"
	case strings.HasSuffix(plain, "hh mm"):
		return "h:mm"
	}
	hint := ""
	for _, w := range strings.Fields(plain) {
		if unitWords[w] != "" {
			hint = unitWords[w]
		}
	}
	return hint
}
