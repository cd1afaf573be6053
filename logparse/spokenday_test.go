package logparse

import (
	"strings"
	"testing"
)

func TestSpokenDay(t *testing.T) {
	thursday := Date{2026, 7, 9}
	for text, want := range map[string]string{
		"2026-07-20": "2026-07-20", "20.7.2026": "2026-07-20", "7/20/2026": "2026-07-20", "20 Jul 2026": "2026-07-20",
		"20.7.": "2026-07-20", "3.4.": "2026-04-03", "20. 7.": "2026-07-20", "20 July": "2026-07-20", "Jul 20": "2026-07-20", "july 20": "2026-07-20", "20. Juli": "",
		"20.12.": "2026-12-20", "20.1.": "2026-01-20", "10.1.": "2026-01-10", "8.1.": "2026-01-08", "7.1.": "2027-01-07", // the nearest
		"29.2.": "",
		"today": "2026-07-09", "Tomorrow": "2026-07-10", "yesterday": "2026-07-08",
		"friday": "2026-07-10", "Fri": "2026-07-10", "thursday": "2026-07-16", "wednesday": "2026-07-15",
		"last friday": "2026-07-03", "last-thursday": "2026-07-02", "last-wed": "2026-07-08",
		"7/20": "", "3/4": "", "3-4": "", "3.4": "", "3.4.2026": "", "3/4/2026": "", "next friday": "", "next-fri": "", "20.7.26": "", "": "", "soon": "", "31.6.": "", "last today": "", "2026-02-30": "",
	} {
		got, err := SpokenDay(text, thursday)
		if got.String() != want || (err == nil) == (want == "") {
			t.Errorf("%q is %s (%v), want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"3/4/2026":    `"3/4/2026" can mean 2026-04-03 or 2026-03-04`,
		"7/20":        "doesn't say which number is the month; write year, month and day, as in 2026-07-20, or 20.7. or 20 July",
		"next friday": `"next friday" can mean 2026-07-10 or 2026-07-17`,
		"soon":        "write YYYY-MM-DD, as in 2026-07-06, or 20.7., 20 July, today",
	} {
		if _, err := SpokenDay(text, thursday); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// FuzzSpokenDay: whatever is written is one day of the calendar, or refused with how to write it.
func FuzzSpokenDay(f *testing.F) {
	for _, seed := range []string{"2026-07-20", "20.7.", "20. 7. 2026", "7/20", "last-friday", "next sun", "20 July", "Jul 20, 2026", "29.2.", "today", "30.2.2026", "\u00a0fri", "1.1.0000", "31 Dec 9999"} {
		f.Add(seed)
	}
	today := Date{2026, 7, 9}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := SpokenDay(text, today)
		if err != nil {
			if !day.IsZero() || !strings.Contains(err.Error(), "write") {
				t.Errorf("%q is %v, with the error %v", text, day, err)
			}
			return
		}
		if again, err := ParseDate(day.String()); err != nil || again != day {
			t.Errorf("%q is %v, which is no day", text, day)
		}
	})
}
