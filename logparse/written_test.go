package logparse

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWrittenDays(t *testing.T) {
	for _, tt := range []struct{ text, none, dmy, mdy string }{
		{"2026-07-20", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"20.7.2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"20. 7. 2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"20.07.2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"7/20/2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"20/7/2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"20-07-2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"7/7/2026", "2026-07-07", "2026-07-07", "2026-07-07"},
		{"6.7.2026", "", "2026-07-06", "2026-06-07"},
		{"6/7/2026", "", "2026-07-06", "2026-06-07"},
		{"2026-7-6", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"2026/07/06", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"2026.7.6", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"20 July 2026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"Jul 6, 2026", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"20\u00a0Jul\u00a02026", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"\u200b2026-07-20\u00a0", "2026-07-20", "2026-07-20", "2026-07-20"},
		{"20.7.26", "", "", ""}, {"20.7.", "", "", ""}, {"31.2.2026", "", "", ""}, {"29.2.2027", "", "", ""}, {"32/13/2026", "", "", ""},
		{"2026-07-20T10:00", "", "", ""}, {"2026-07-20 to 21", "", "", ""}, {"tomorrow", "", "", ""}, {"", "", "", ""}, {"20260720", "", "", ""}, {"0.0.2026", "", "", ""}, {"1/1/0000", "", "", ""},
	} {
		for order, want := range map[string]string{"": tt.none, "dmy": tt.dmy, "mdy": tt.mdy} {
			got, ok := Headings{dateOrder: order}.day(tt.text)
			if got.String() != want || ok != (want != "") {
				t.Errorf("%q, order %q: got %q, want %q", tt.text, order, got, want)
			}
		}
	}
}

func TestQuantities(t *testing.T) {
	for _, tt := range []struct {
		text             string
		minutes, percent float64 // -1 where it is none
	}{
		{"30", 30, 30}, {"30 min", 30, -1}, {"30min", 30, -1}, {"30 minutes", 30, -1}, {"30\u00a0min.", 30, -1}, {"30'", 30, -1}, {"30m", 30, -1}, {"1h", 60, -1}, {"1 h", 60, -1},
		{"1 hour", 60, -1}, {"2 hours", 120, -1}, {"1.5 h", 90, -1}, {"1,5 h", 90, -1}, {"1h30", 90, -1}, {"1 h 30 min", 90, -1}, {"1h30m", 90, -1}, {"1 hour and 5 minutes", 65, -1},
		{"65%", -1, 65}, {"65 %", -1, 65}, {"65\u202f%", -1, 65}, {"65 percent", -1, 65}, {"65 Prozent", -1, 65}, {"65％", -1, 65},
		{"1:30", -1, -1}, {"30-40", -1, -1}, {"30/60", -1, -1}, {"about 30", -1, -1}, {"~30", -1, -1}, {"1e1", -1, -1}, {"0x1f", -1, -1}, {"1h90", -1, -1}, {"h", -1, -1}, {"%", -1, -1}, {"", -1, -1}, {"1,500 h", -1, -1}, {"30 s", -1, -1},
	} {
		if got, ok := Minutes(tt.text); ok != (tt.minutes >= 0) || ok && got != tt.minutes {
			t.Errorf("%q: %v minutes, %t", tt.text, got, ok)
		}
		if got, ok := percentIn(tt.text); ok != (tt.percent >= 0) || ok && got != tt.percent {
			t.Errorf("%q: %v percent, %t", tt.text, got, ok)
		}
	}
}

func TestMetricNumbers(t *testing.T) {
	h := Headings{units: map[string]string{"aht": "s", "fcr": "%", "resolution": "h", "nps": "points", "cost": "EUR"}}
	for _, tt := range []struct {
		metric, text string
		want         float64
		remedy       string // part of it; "" where the number is read
	}{
		{"aht", "398", 398, ""}, {"aht", "398 s", 398, ""}, {"aht", "398s", 398, ""}, {"aht", "398 sec", 398, ""}, {"aht", "398 seconds", 398, ""}, {"fcr", "71%", 71, ""}, {"fcr", "71.5 %", 71.5, ""}, {"resolution", "4 h", 4, ""},
		{"nps", "12 points", 12, ""}, {"cost", "3 eur", 3, ""}, {"own", "71%", 71, ""}, {"own", "3 min", 3, ""}, {"nps", "-5", -5, ""},
		{"aht", "6 min", 0, "is in s"}, {"aht", "71%", 0, "is in s"}, {"aht", "6:38", 0, "is in s"}, {"aht", "6 min 38 s", 0, "is in s"}, {"fcr", "71,5", 0, "71.5"}, {"fcr", "1,500", 0, "is in %"}, {"own", "3 apples", 0, "write digits"},
		{"fcr", "70-75", 0, "is in %"}, {"aht", "", 0, "write digits"},
	} {
		got, ok, remedy := h.metricNumber(tt.metric, tt.text)
		if got != tt.want || ok != (tt.remedy == "") || !ok && !strings.Contains(remedy, tt.remedy) {
			t.Errorf("%s %q: got %v, %t, %q", tt.metric, tt.text, got, ok, remedy)
		}
	}
}

// FuzzWritten checks that a text which is read as a day or a number has that day's
// numbers in it, and that what isn't read comes with something to write.
func FuzzWritten(f *testing.F) {
	for _, text := range []string{"20.7.2026", "7/20/2026", "6/7/2026", "20 July 2026", "2026-7-6", "30 min", "1h30", "1,5 h", "65 %", "65\u202f%", "71%", "398 s", "\u00a0", "31.2.2026", "20.7.26"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		for _, order := range append(DateOrders, "") {
			h := Headings{dateOrder: order, units: map[string]string{"aht": "s"}}
			if date, ok := h.day(text); ok {
				for _, part := range []string{date.String()[:4], strings.TrimLeft(date.String()[8:], "0")} {
					if !strings.Contains(text, part) {
						t.Errorf("%q is read as %s", text, date)
					}
				}
			} else if why, remedy := h.whyNoDay(text, "due:"); why == "" || remedy == "" {
				t.Errorf("nothing is said of %q", text)
			}
			if _, ok, remedy := h.metricNumber("aht", text); !ok && remedy == "" {
				t.Errorf("nothing is said of the value %q", text)
			}
		}
		for name, read := range map[string]func(string) (float64, bool){"minutes": Minutes, "percent": percentIn} {
			if n, ok := read(text); ok && !strings.ContainsAny(text, "0123456789") {
				t.Errorf("%q is %v %s", text, n, name)
			}
		}
	})
}
