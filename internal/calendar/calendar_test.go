package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

func day(text string) logparse.Date {
	date, err := logparse.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

// noon is a moment at which a calendar is written.
func noon(date string) time.Time { return day(date).Time().Add(12 * time.Hour) }

func at(hour, minute int) *logparse.Clock { return &logparse.Clock{Hour: hour, Minute: minute} }

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// session is an event like those that a schedule has.
func session(uid, date string) Event {
	return Event{UID: uid, Day: day(date), Minutes: 30, Summary: "Coaching: Priya and Josh", Description: "To prepare:\n- one thing", Alarms: true}
}

func write(t testing.TB, c Calendar, today string) []byte {
	t.Helper()
	text, err := c.Write(day(today), noon(today))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// lines are a calendar's lines, unfolded.
func lines(text []byte) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(text), "\r\n ", ""), "\r\n"), "\r\n")
}

// TestWritten holds a whole calendar to its text.
func TestWritten(t *testing.T) {
	timed, allDay := session("a@coachlog", "2026-10-05"), session("b@coachlog", "2026-10-06")
	timed.At, timed.Zone, timed.Place = at(10, 0), zone(t, "Europe/Berlin"), "Small room"
	allDay.Alarms, allDay.Cancelled = false, true
	got := write(t, Calendar{Name: "Coaching: team", Scope: "team", Events: []Event{allDay, timed}}, "2026-10-02")
	want := `BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//coachlog//schedule//EN
VERSION:2.0
X-COACHLOG-SCOPE:team
X-PUBLISHED-TTL:PT6H
X-WR-CALNAME:Coaching: team
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20250330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DESCRIPTION:To prepare:\n- one thing
DTEND;TZID=Europe/Berlin:20261005T103000
DTSTAMP:20261002T120000Z
DTSTART;TZID=Europe/Berlin:20261005T100000
LAST-MODIFIED:20261002T120000Z
LOCATION:Small room
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Coaching: Priya and Josh
TRANSP:OPAQUE
UID:a@coachlog
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Coaching: Priya and Josh
TRIGGER:-P1D
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Coaching: Priya and Josh
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
DESCRIPTION:To prepare:\n- one thing
DTEND;VALUE=DATE:20261007
DTSTAMP:20261002T120000Z
DTSTART;VALUE=DATE:20261006
LAST-MODIFIED:20261002T120000Z
SEQUENCE:0
STATUS:CANCELLED
SUMMARY:Cancelled: Coaching: Priya and Josh
TRANSP:TRANSPARENT
UID:b@coachlog
END:VEVENT
END:VCALENDAR`
	if diff := cmp.Diff(strings.Split(want, "\n"), lines(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// hostile are texts that somebody might put into a name or a place.
var hostile = []string{
	"Priya\r\nATTENDEE:mailto:evil@example.org\r\nX-EVIL:1",
	"Priya\nEND:VEVENT\nBEGIN:VEVENT",
	"a;b,c\\d\\n: \"quoted\"",
	"a;b,,c;;: \"quoted\" X=1",
	"\x00\x07\x1b[31mred\x7f\u0085next\u2028line\u2029",
	"\u202eyllis\u2066",
	strings.Repeat("ü", 300) + strings.Repeat("👩‍🏫", 40),
	strings.Repeat("x", 70) + "👩‍🏫" + strings.Repeat("y", 70) + "é",
	"\xff\xfe broken \xc3",
	"",
	"   ",
	strings.Repeat(`\`, 400),
}

// isWellFormed looks at what no parser forgives.
func isWellFormed(t testing.TB, text []byte) {
	t.Helper()
	if !bytes.HasSuffix(text, []byte("\r\n")) || bytes.Count(text, []byte("\n")) != bytes.Count(text, []byte("\r\n")) || bytes.Count(text, []byte("\r")) != bytes.Count(text, []byte("\n")) {
		t.Error("a line doesn't end with CR and LF")
	}
	for _, l := range strings.Split(string(text), "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("%d octets, or no plain text: %q", len(l), l)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	for _, text := range hostile {
		e := session("a", "2026-10-05")
		e.Summary, e.Place, e.Description = text, text, text
		out := write(t, Calendar{Name: text, Scope: text, Events: []Event{e}}, "2026-10-02")
		isWellFormed(t, out)
		for _, l := range lines(out) {
			if name, _, _ := strings.Cut(l, ":"); strings.Contains(name, "ATTENDEE") || strings.Contains(name, "EVIL") {
				t.Errorf("%q is a line of its own", l)
			}
		}
		if n := strings.Count(string(out), "\nBEGIN:VEVENT\r"); n != 1 {
			t.Errorf("%q makes %d events", text, n)
		}
		again, changes, err := (Calendar{Name: text, Scope: text, Events: []Event{e}}).Update(out, day("2026-10-03"), noon("2026-10-03"))
		if err != nil || changes != (Changes{Unchanged: 1}) || !bytes.Equal(again, out) {
			t.Errorf("%q: %+v, %v", text, changes, err)
		}
	}
}

func TestFoldKeepsCharactersWhole(t *testing.T) {
	for n := range 90 {
		text := strings.Repeat("x", n) + strings.Repeat("äß👍🏽", 40)
		folded := fold([]byte(text + "\r\n"))
		isWellFormed(t, folded)
		if got := strings.Join(lines(folded), "|"); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	}
}

// state sums up a calendar's events: "uid day sequence stamp".
func state(t testing.TB, text []byte) []string {
	t.Helper()
	c, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range c.children {
		if e.name != "VEVENT" {
			continue
		}
		line := fmt.Sprintf("%s %s %s %s", textOf(e, "UID"), dayOf(e), valueOf(e, "SEQUENCE"), valueOf(e, "DTSTAMP")[4:8])
		if isCancelled(e) {
			line += " cancelled"
		}
		out = append(out, line)
	}
	return out
}

func TestUpdate(t *testing.T) {
	cancelled := session("a", "2026-10-05")
	cancelled.Cancelled = true
	renamed := session("a", "2026-10-05")
	renamed.Summary = "Coaching: Priya and Maria"
	moved := session("a", "2026-10-07")
	b := session("b", "2026-10-12")
	both := []Event{session("a", "2026-10-05"), b}
	for _, test := range []struct {
		name    string
		today   string
		events  []Event
		want    []string
		changes Changes
	}{
		{"the same", "2026-10-03", both, []string{"a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{Unchanged: 2}},
		{"in another order", "2026-10-03", []Event{both[1], both[0]}, []string{"a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{Unchanged: 2}},
		{"moved", "2026-10-03", []Event{moved, b}, []string{"a 2026-10-07 1 1003", "b 2026-10-12 0 1002"}, Changes{Changed: 1, Unchanged: 1}},
		{"another title", "2026-10-03", []Event{renamed, b}, []string{"a 2026-10-05 1 1003", "b 2026-10-12 0 1002"}, Changes{Changed: 1, Unchanged: 1}},
		{"cancelled", "2026-10-03", []Event{cancelled, b}, []string{"a 2026-10-05 1 1003 cancelled", "b 2026-10-12 0 1002"}, Changes{Cancelled: 1, Unchanged: 1}},
		{"gone", "2026-10-03", []Event{b}, []string{"a 2026-10-05 1 1003 cancelled", "b 2026-10-12 0 1002"}, Changes{Cancelled: 1, Unchanged: 1}},
		{"gone on its day", "2026-10-05", []Event{b}, []string{"a 2026-10-05 1 1005 cancelled", "b 2026-10-12 0 1002"}, Changes{Cancelled: 1, Unchanged: 1}},
		{"gone, when it was over", "2026-10-06", []Event{b}, []string{"a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{Unchanged: 2}},
		{"over, and its title changed since", "2026-10-06", []Event{renamed, b}, []string{"a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{Unchanged: 2}},
		{"over, and moved to a day to come", "2026-10-06", []Event{moved, b}, []string{"a 2026-10-07 1 1006", "b 2026-10-12 0 1002"}, Changes{Changed: 1, Unchanged: 1}},
		{"held before its day", "2026-10-05", []Event{session("a", "2026-10-04"), b}, []string{"a 2026-10-04 1 1005", "b 2026-10-12 0 1002"}, Changes{Changed: 1, Unchanged: 1}},
		{"a month later", "2026-11-05", []Event{b}, []string{"a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{Unchanged: 2}},
		{"more than a month later", "2026-11-06", []Event{b}, []string{"b 2026-10-12 0 1002"}, Changes{Unchanged: 1}},
		{"a new one", "2026-10-03", append(slices.Clone(both), session("c", "2026-10-04")), []string{"c 2026-10-04 0 1003", "a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{New: 1, Unchanged: 2}},
		{"a new one that is over", "2026-10-03", append(slices.Clone(both), session("c", "2026-10-02")), []string{"a 2026-10-05 0 1002", "b 2026-10-12 0 1002"}, Changes{Unchanged: 2}},
		{"nothing at all", "2026-10-03", nil, []string{"a 2026-10-05 1 1003 cancelled", "b 2026-10-12 1 1003 cancelled"}, Changes{Cancelled: 2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			old := write(t, Calendar{Name: "n", Scope: "s", Events: both}, "2026-10-02")
			c := Calendar{Name: "n", Scope: "s", Events: test.events}
			text, changes, err := c.Update(old, day(test.today), noon(test.today))
			if err != nil {
				t.Fatal(err)
			}
			isWellFormed(t, text)
			if diff := cmp.Diff(test.want, state(t, text)); diff != "" || changes != test.changes {
				t.Errorf("%+v\n-want +got:\n%s", changes, diff)
			}
			if allSame := changes == (Changes{Unchanged: 2}); allSame && !bytes.Equal(text, old) {
				t.Error("nothing changed, and the bytes did")
			}
			// A second time there is nothing left to do.
			again, changes, err := c.Update(text, day(test.today), noon(test.today).Add(time.Hour))
			if err != nil || !bytes.Equal(again, text) || changes.New+changes.Changed+changes.Cancelled > 0 {
				t.Errorf("again: %+v, %v\n%s", changes, err, cmp.Diff(lines(text), lines(again)))
			}
		})
	}
}

// A meeting that was called off and is on again has the next number.
func TestRevived(t *testing.T) {
	on := Calendar{Scope: "s", Events: []Event{session("a", "2026-10-05")}}
	text := write(t, on, "2026-10-02")
	off := Calendar{Scope: "s"}
	text, _, err := off.Update(text, day("2026-10-03"), noon("2026-10-03"))
	if err != nil {
		t.Fatal(err)
	}
	text, changes, err := on.Update(text, day("2026-10-04"), noon("2026-10-04"))
	if err != nil || changes != (Changes{Changed: 1}) {
		t.Fatalf("%+v, %v", changes, err)
	}
	if diff := cmp.Diff([]string{"a 2026-10-05 2 1004"}, state(t, text)); diff != "" || strings.Contains(string(text), "Cancelled") {
		t.Errorf("%s\n%s", diff, text)
	}
}

func TestUpdateRefuses(t *testing.T) {
	c := Calendar{Name: "n", Scope: "s", Events: []Event{session("a", "2026-10-05"), session("b", "2026-10-06")}}
	ours := string(write(t, c, "2026-10-02"))
	event := ours[strings.Index(ours, "BEGIN:VEVENT") : strings.Index(ours, "END:VEVENT\r\n")+len("END:VEVENT\r\n")]
	long := "X-LONG;A=" + strings.Repeat("a", 200)
	for name, test := range map[string]struct {
		old  string
		want error
	}{
		"ours":                   {ours, nil},
		"with git's line ends":   {strings.ReplaceAll(ours, "\r\n", "\n"), nil},
		"less an event":          {strings.Replace(ours, event, "", 1), nil},
		"empty":                  {"", ErrNotOurs},
		"a log":                  {"---\ntype: session\n---\n", ErrNotOurs},
		"somebody else's":        {strings.Replace(ours, "//coachlog//schedule//", "//Mozilla.org/NONSGML//", 1), ErrNotOurs},
		"somebody else's text":   {strings.Replace(strings.Replace(ours, "PRODID:-//coachlog", "PRODID:-//other", 1), "Coaching: Priya", "PRODID:-//coachlog//schedule//EN", 1), ErrNotOurs},
		"of something else":      {string(write(t, Calendar{Scope: "other", Events: c.Events}, "2026-10-02")), ErrOtherScope},
		"cut off":                {ours[:len(ours)/2], ErrNotOurs},
		"cut off in a line":      {strings.TrimSuffix(ours, "\r\n"), ErrNotOurs},
		"two in one file":        {ours + ours, ErrNotOurs},
		"something behind":       {ours + "More\r\n", ErrNotOurs},
		"a to-do":                {strings.Replace(ours, event, strings.ReplaceAll(event, "VEVENT", "VTODO"), 1), ErrNotOurs},
		"an event twice":         {strings.Replace(ours, event, event+event, 1), ErrNotOurs},
		"no start":               {strings.ReplaceAll(ours, "DTSTART;VALUE=DATE:20261005\r\n", ""), ErrNotOurs},
		"a bad start":            {strings.ReplaceAll(ours, "DTSTART;VALUE=DATE:20261005\r\n", "DTSTART;VALUE=DATE:2026\r\n"), ErrNotOurs},
		"no uid":                 {strings.Replace(ours, "UID:a\r\n", "", 1), ErrNotOurs},
		"a line that ends":       {strings.Replace(ours, "VERSION:2.0", "DTSTART;X=1", 1), ErrNotOurs},
		"a very long line":       {strings.Replace(ours, "VERSION:2.0", long, 1), ErrNotOurs},
		"a line folded for long": {strings.Replace(ours, "VERSION:2.0\r\n", "X-LONG:"+strings.Repeat("a\r\n ", 200)+"\r\nVERSION:2.0\r\n", 1), ErrNotOurs},
		"an added property":      {strings.Replace(ours, "UID:a\r\n", "UID:a\r\nX-MINE:1\r\n", 1), nil},
		"other order":            {strings.Replace(ours, "CALSCALE:GREGORIAN\r\nPRODID:"+productID+"\r\n", "PRODID:"+productID+"\r\nCALSCALE:GREGORIAN\r\n", 1), ErrNotOurs},
		"lone CR":                {strings.Replace(ours, "UID:a\r\n", "UID:a\r", 1), ErrNotOurs},
	} {
		text, _, err := c.Update([]byte(test.old), day("2026-10-02"), noon("2026-10-02"))
		if !errors.Is(err, test.want) || err != nil && text != nil {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// Nothing is booked: the file is one all the same, that programs take.
func TestEmpty(t *testing.T) {
	text := write(t, Calendar{Scope: "s"}, "2026-10-02")
	isWellFormed(t, text)
	if !strings.Contains(string(text), "TZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n") {
		t.Errorf("%s", text)
	}
	if _, _, err := (Calendar{Scope: "s"}).Update(text, day("2026-10-02"), noon("2026-10-02")); err != nil {
		t.Error(err)
	}
}

func TestZone(t *testing.T) {
	for _, name := range []string{"Europe/Berln", "", "Local", "../etc/passwd", "Mars/Base"} {
		if _, err := Zone(name); err == nil {
			t.Errorf("%q is a time zone", name)
		}
	}
}

// A slip of the pen in a year costs no time worth naming.
func TestFarFuture(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "Asia/Jerusalem"} {
		near, far := session("a", "2026-10-05"), session("b", "9999-12-31")
		near.At, near.Zone, far.At, far.Zone = at(10, 0), zone(t, name), at(23, 0), zone(t, name)
		far.Minutes = 30
		isWellFormed(t, write(t, Calendar{Events: []Event{near, far}}, "2026-10-02"))
	}
}

func FuzzText(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e := session("a", "2026-10-05")
		e.Summary, e.Place, e.Description = text, text, text
		c := Calendar{Name: text, Scope: text, Events: []Event{e}}
		out := write(t, c, "2026-10-02")
		isWellFormed(t, out)
		parsed, err := read(out)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got := textOf(parsed.children[0], "SUMMARY"); got != line(text) {
			t.Errorf("%q is read as %q", text, got)
		}
	})
}

func FuzzUpdate(f *testing.F) {
	e := session("a", "2026-10-05")
	e.At, e.Zone = at(10, 0), zone(f, "Europe/Berlin")
	c := Calendar{Name: "n", Scope: "s", Events: []Event{e}}
	ours := write(f, c, "2026-10-02")
	f.Add(ours)
	f.Add(bytes.ReplaceAll(ours, []byte("\r\n"), []byte("\n")))
	f.Add(bytes.Replace(ours, []byte("VERSION:2.0"), []byte("DTSTART;X=1"), 1))
	f.Add(bytes.Replace(ours, []byte("SEQUENCE:0"), []byte("SEQUENCE:99999999999999999999"), 1))
	f.Add(bytes.Replace(ours, []byte("Europe/Berlin:20261005"), []byte("No/Where:20261005"), 1))
	f.Fuzz(func(t *testing.T, old []byte) {
		text, _, err := c.Update(old, day("2026-10-03"), noon("2026-10-03"))
		if err != nil {
			return
		}
		again, changes, err := c.Update(text, day("2026-10-03"), noon("2026-10-04"))
		if err != nil || !bytes.Equal(again, text) || changes.New+changes.Changed+changes.Cancelled > 0 {
			t.Fatalf("%v %+v\n%s\n%s", err, changes, text, again)
		}
	})
}
