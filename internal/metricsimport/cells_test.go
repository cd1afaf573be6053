package metricsimport

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
)

func TestScanNumber(t *testing.T) {
	for _, tt := range []struct {
		text         string
		comma, point string // what it is with each decimal sign; "" where it can't be
		shows        byte   // the decimal sign that it shows
	}{
		{"398", "398", "398", 0},
		{"-25", "-25", "-25", 0},
		{"−25", "-25", "-25", 0},
		{"+25", "25", "25", 0},
		{"92.5", "", "92.5", '.'},
		{"92,5", "92.5", "", ','},
		{"0.925", "", "0.925", '.'},
		{"0,925", "0.925", "", ','},
		{".5", "", "0.5", '.'},
		{"1,234", "1.234", "1234", '?'},
		{"1.234", "1234", "1.234", '?'},
		{"12.345", "12345", "12.345", '?'},
		{"1234.567", "", "1234.567", '.'},
		{"1.234,5", "1234.5", "", ','},
		{"1,234.5", "", "1234.5", '.'},
		{"1,234,567", "", "1234567", '.'},
		{"1.234.567", "1234567", "", ','},
		{"1 234,5", "1234.5", "", ','},
		{"1\u00a0234", "1234", "1234", 0},
		{"1'234.50", "", "1234.5", '.'},
		{"12 345,678", "12345.678", "", ','},
	} {
		n := scanNumber(tt.text)
		if n.form != bareNumber {
			t.Errorf("%q is no number", tt.text)
			continue
		}
		if n.decimal() != tt.shows {
			t.Errorf("%q shows %q", tt.text, n.decimal())
		}
		for sign, want := range map[byte]string{',': tt.comma, '.': tt.point} {
			got := ""
			if v := n.number(sign); !math.IsNaN(v) {
				got = logparse.FormatNumber(v)
			}
			if got != want {
				t.Errorf("%q with %q is %s, not %s", tt.text, sign, got, want)
			}
		}
	}
	for _, text := range []string{"", "-", "+", ".", ",", "5.", "1e3", "0x1f", "1,23,456", "1.2.3", "1,234.567,8", "1.234,567.8", "1,,234", "1 23", " 1", "1  234", "1 234 5", "٣٩٨", "398s", "--5",
		"(5)", "1,2345,678", "0,123,456", "1.234 567", "1_000", "NaN", "Inf", "1/2", "5%", strings.Repeat("9", 60)} {
		if n := scanNumber(text); n.form != notANumber {
			t.Errorf("%q is read as %+v", text, n)
		}
	}
}

// TestNumbersRoundTrip writes numbers as systems do, and reads them.
func TestNumbersRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(0, 1e12).Draw(t, "whole")
		decimals := rapid.IntRange(0, 4).Draw(t, "decimals")
		fraction := rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", decimals)).Draw(t, "fraction")
		decimal := rapid.SampledFrom([]byte{'.', ','}).Draw(t, "decimal")
		group := rapid.SampledFrom([]string{"", " ", "\u00a0", "\u202f", "'", "’", swapSigns.Replace(string(decimal))}).Draw(t, "group")
		digits := strconv.FormatInt(whole, 10)
		text := digits
		if group != "" {
			text = ""
			for i, d := range digits {
				if i > 0 && (len(digits)-i)%3 == 0 {
					text += group
				}
				text += string(d)
			}
		}
		plain := digits
		if decimals > 0 {
			text += string(decimal) + fraction
			plain += "." + fraction
		}
		want, err := strconv.ParseFloat(plain, 64)
		if err != nil {
			t.Fatal(err)
		}
		n := scanNumber(text)
		if got := n.number(decimal); got != want {
			t.Fatalf("%q is %v, not %v", text, got, want)
		}
		// A number that shows another sign would be read wrong without anybody knowing.
		if sign := n.decimal(); sign != 0 && sign != '?' && sign != decimal {
			t.Fatalf("%q shows %q", text, sign)
		}
	})
}

func TestScanValue(t *testing.T) {
	for text, want := range map[string]value{
		"92.5%":           {form: percentage},
		"88 %":            {form: percentage},
		"0:06:38":         {form: threeClock, seconds: 398},
		"00:07:02.5":      {form: threeClock, seconds: 422.5},
		"00:07:02,5":      {form: threeClock, seconds: 422.5},
		"26:00:00":        {form: threeClock, seconds: 93600},
		"6:38":            {form: twoClock, seconds: 398},
		"75:10":           {form: twoClock, seconds: 4510},
		"6m 38s":          {form: withUnits, seconds: 398},
		"6 min. 38 s.":    {form: withUnits, seconds: 398},
		"1h 2m 3s":        {form: withUnits, seconds: 3723},
		"398sec":          {form: withUnits, seconds: 398},
		"6.5 min":         {form: withUnits, seconds: 390},
		"PT6M38S":         {form: withUnits, seconds: 398},
		"1 day, 2 h":      {form: withUnits, seconds: 93600},
		"398000 ms":       {form: withUnits, seconds: 398},
		"398\u00a0000 ms": {form: withUnits, seconds: 398},
	} {
		got := scanValue(text)
		got.point, got.comma = 0, 0
		if got != want {
			t.Errorf("%q is %+v, not %+v", text, got, want)
		}
	}
	for _, text := range []string{"", "ok", "6:60", "0:60:00", "6:3", "6:380", "1:2:3:4", ":38", "6:", "12:06:38 AM", "0:06:38h", "-6:38", "-6m", "6m -3s", "38s 6m", "6m 6m", "m", "6 parsecs", "PT", "1,234 s", "%", "5%%",
		"0:06:38.", "6 38", "9999999:00"} {
		if got := scanValue(text); got.form != notANumber {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

func TestScanMoment(t *testing.T) {
	for _, tt := range []struct{ text, dmy, mdy, ymd string }{
		{"2026-07-06", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"2026/7/6", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"20260706", "2026-07-06", "2026-07-06", "2026-07-06"},
		{"03/04/25", "2025-04-03", "2025-03-04", "2003-04-25"},
		{"03.04.2025", "2025-04-03", "2025-03-04", ""},
		{"3-4-2025", "2025-04-03", "2025-03-04", ""},
		{"12/31/25", "", "2025-12-31", ""},
		{"31/12/25", "2025-12-31", "", "2031-12-25"},
		{"25/1/5", "", "", "2025-01-05"},
		{"29/02/2024", "2024-02-29", "", ""},
		{"1 Dec 2025", "2025-12-01", "2025-12-01", "2025-12-01"},
		{"Dec 1st, 2025", "2025-12-01", "2025-12-01", "2025-12-01"},
		{"01-DEC-25", "2025-12-01", "2025-12-01", "2025-12-01"},
		{"Monday, December 1, 2025", "2025-12-01", "2025-12-01", "2025-12-01"},
		{"Mon 12/1/2025", "2025-01-12", "2025-12-01", ""},
	} {
		m := scanMoment(tt.text)
		if m == nil || m.hasTime || [3]string{m.last[dmy].String(), m.last[mdy].String(), m.last[ymd].String()} != [3]string{tt.dmy, tt.mdy, tt.ymd} {
			t.Errorf("%q is %+v", tt.text, m)
		}
	}
	for _, tt := range []struct {
		text   string
		clock  time.Duration
		offset string
	}{
		{"12/1/25 12:00 AM", 0, ""},
		{"12/1/25 12:30 PM", 12*time.Hour + 30*time.Minute, ""},
		{"12/1/25, 11:59:59 p.m.", 24*time.Hour - time.Second, ""},
		{"2025-12-01T23:30:00Z", 23*time.Hour + 30*time.Minute, "0s"},
		{"2025-12-01 23:30:00.123 UTC", 23*time.Hour + 30*time.Minute, "0s"},
		{"2025-12-01T23:30:00-05:00", 23*time.Hour + 30*time.Minute, "-5h0m0s"},
		{"2025-12-01 23:30 +0530", 23*time.Hour + 30*time.Minute, "5h30m0s"},
		{"2025-12-01 23:30 (GMT+02:00)", 23*time.Hour + 30*time.Minute, "2h0m0s"},
	} {
		m := scanMoment(tt.text)
		if m == nil || !m.hasTime || m.last[mdy].String() != "2025-12-01" {
			t.Errorf("%q is %+v", tt.text, m)
			continue
		}
		offset := ""
		if m.zone != nil {
			_, seconds := m.in(mdy, nil).Zone()
			offset = (time.Duration(seconds) * time.Second).String()
		}
		if m.clock != tt.clock || offset != tt.offset {
			t.Errorf("%q is %+v", tt.text, m)
		}
	}
	for _, text := range []string{"", "45992", "30/02/2025", "2025-02-29", "13/13/2025", "1/2", "1/2/3/4", "1/2/123", "12/1/25 25:00", "12/1/25 13:00 PM",
		"2025-12-01 24:00", "2025-12-01 09:00 CST", "2025-12-01 09:00 +25:00", "yesterday", "Total", "9:00", "1764547200", "2025-13-01", "00/00/00", "1 Dez 2025"} {
		if m := scanMoment(text); m != nil {
			t.Errorf("%q is read as %+v", text, m)
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, tt := range []struct {
		p               period
		date, from, end string
		first, last     string // of a file that has all of the period but for weekends
	}{
		{week, "2026-07-06", "2026-07-06", "2026-07-12", "2026-07-06", "2026-07-10"},
		{week, "2026-07-12", "2026-07-06", "2026-07-12", "2026-07-06", "2026-07-10"},
		{month, "2026-02-01", "2026-02-01", "2026-02-28", "2026-02-02", "2026-02-27"},
		{month, "2024-02-29", "2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29"},
	} {
		parse := func(text string) logparse.Date {
			date, err := logparse.ParseDate(text)
			if err != nil {
				t.Fatal(err)
			}
			return date
		}
		end, first, last := tt.p.last(parse(tt.date)), parse(tt.first), parse(tt.last)
		if end.String() != tt.end || tt.p.first(end).String() != tt.from {
			t.Errorf("the %s of %s is %s to %s", tt.p, tt.date, tt.p.first(end), end)
		}
		for _, of := range []struct {
			first, last logparse.Date
			whole       bool
		}{{first, last, true}, {first.AddDays(1), last, false}, {first, last.AddDays(-1), false}} {
			if res := (&Result{every: tt.p, first: of.first, last: of.last}); res.whole(end) != of.whole {
				t.Errorf("a file of %s to %s has all of the %s to %s: %v", of.first, of.last, tt.p, end, !of.whole)
			}
		}
	}
}

func TestRounded(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 398.125: "398.12", 1.0 / 3: "0.3333", 100.0 / 3: "33.33", 1e6 / 7: "142857.14", 5.12345: "5.123", 0.0123456: "0.01235", -2.0 / 3: "-0.6667", 92.5: "92.5", 9.9999: "10",
	} {
		if got := logparse.FormatNumber(rounded(v, true)); got != want {
			t.Errorf("%v is %s, not %s", v, got, want)
		}
	}
}

// TestScanSpan reads months, weeks and ranges of days.
func TestScanSpan(t *testing.T) {
	for text, want := range map[string]string{
		"2026-09": "2026-09-01 2026-09-30", "2026/09": "2026-09-01 2026-09-30", "09/2026": "2026-09-01 2026-09-30", "9.2026": "2026-09-01 2026-09-30",
		"Sep 2026": "2026-09-01 2026-09-30", "September 2026": "2026-09-01 2026-09-30", "Feb-2024": "2024-02-01 2024-02-29", "2026 Sep": "2026-09-01 2026-09-30",
		"W41 2026": "2026-10-05 2026-10-11", "w41 2026": "2026-10-05 2026-10-11", "2026-W41": "2026-10-05 2026-10-11", "2026W41": "2026-10-05 2026-10-11", "Week 41, 2026": "2026-10-05 2026-10-11",
		"KW 41/2026": "2026-10-05 2026-10-11", "KW41 2026": "2026-10-05 2026-10-11", "wk 1 2026": "2025-12-29 2026-01-04", "2026-W53": "2026-12-28 2027-01-03", "2025-W53": "", "W54 2026": "", "W0 2026": "",
		"2026-10-05 - 2026-10-11": "2026-10-05 2026-10-11", "2026-10-05/2026-10-11": "2026-10-05 2026-10-11", "2026-10-05 to 2026-10-11": "2026-10-05 2026-10-11", "2026-10-05–2026-10-11": "2026-10-05 2026-10-11",
		"10/12/2026 - 10/18/2026": "2026-10-12 2026-10-18", "10/12/2026-10/18/2026": "2026-10-12 2026-10-18",
		"Oct 5, 2026 - Oct 11, 2026":          "2026-10-05 2026-10-11",
		"2026-10-01T00:00 - 2026-11-01T00:00": "2026-10-01 2026-10-31", "12/13/25 12:00 AM - 12/20/25 12:00 AM": "2025-12-13 2025-12-19",
		"2026-10-11 - 2026-10-05": "", "Sep-26": "", "Sep 26": "", "202609": "", "2026-13": "", "41 2026": "", "2026": "", "Q3 2026": "", "October": "", "": "", "-": "", "1-5": "", "3/4": "",
	} {
		m := scanMoment(text)
		got := ""
		for order := range orders {
			if m != nil && m.span != (form{}) && !m.last[order].IsZero() {
				got = m.first[order].String() + " " + m.last[order].String()
			}
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
