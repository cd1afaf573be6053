package adopt

import (
	"fmt"
	"strings"
	"testing"
)

// TestDates reads dates as people write them. Where a date can mean more than
// one day, all are listed; a question mark stands for the year.
func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		// One day, whoever wrote it.
		"2024-03-04 1-1 Priya":                 "2024-03-04",
		"2024-03-04-2":                         "2024-03-04",
		"2024-3-4":                             "2024-03-04",
		"2024_03_04":                           "2024-03-04",
		"2024.03.04":                           "2024-03-04",
		"2024/03/04":                           "2024-03-04",
		"2024 03 04 Priya":                     "2024-03-04",
		"20240304_priya_1on1":                  "2024-03-04",
		"20240304T1030":                        "2024-03-04",
		"2024-03-04T10:30:00+01:00":            "2024-03-04",
		"2024-03-04 10:30":                     "2024-03-04",
		"2024-03-04T10:30:00.000Z":             "2024-03-04",
		"1-1 2024-03-04":                       "2024-03-04",
		"1on1-2024-03-04":                      "2024-03-04",
		"04.03.2024 Einzelgespräch":            "2024-03-04",
		"4.3.2024":                             "2024-03-04",
		"04.03.24":                             "2024-03-04 2004-03-24",
		"25/3/2024":                            "2024-03-25",
		"3/25/2024":                            "2024-03-25",
		"25-03-2024":                           "2024-03-25",
		"4/4/2024":                             "2024-04-04",
		"1:1 – Priya – 4 Mar 2024":             "2024-03-04",
		"4 March 2024":                         "2024-03-04",
		"4th March, 2024":                      "2024-03-04",
		"the 4th of March 2024":                "2024-03-04",
		"March 4th, 2024":                      "2024-03-04",
		"March 4, 2024 10:02 AM":               "2024-03-04",
		"Mar 4 2024":                           "2024-03-04",
		"Mar. 4, 2024":                         "2024-03-04",
		"4-Mar-24":                             "2024-03-04",
		"4 Mar '24":                            "2024-03-04",
		"4Mar2024":                             "2024-03-04",
		"2024-Mar-04":                          "2024-03-04",
		"2024 March 4":                         "2024-03-04",
		"Monday, March 4, 2024":                "2024-03-04",
		"Week 10 March 4, 2024":                "2024-03-04",
		"4. März 2024":                         "2024-03-04",
		"Montag, 4. März 2024, 10:00 Uhr":      "2024-03-04",
		"4. Maerz 2024":                        "2024-03-04",
		"4. Jänner 2024":                       "2024-01-04",
		"4 de marzo de 2024":                   "2024-03-04",
		"lunes, 4 de marzo de 2024":            "2024-03-04",
		"4 mars 2024":                          "2024-03-04",
		"1er août 2024":                        "2024-08-01",
		"4 de março de 2024":                   "2024-03-04",
		"4 maart 2024":                         "2024-03-04",
		"4 marzo 2024":                         "2024-03-04",
		"lunedì 4 marzo 2024":                  "2024-03-04",
		"4\u00a0mars\u00a02024":                "2024-03-04",
		"MARCH 4 2024":                         "2024-03-04",
		"2024-03-04, moved from 2024-03-01":    "2024-03-04; 2024-03-01",
		"(Mon) 2024-03-04":                     "2024-03-04",
		"2024-03-04 (Mon)":                     "2024-03-04",
		"1-1 with Sam 4 March 2024":            "2024-03-04",
		"Marco 04.03.2024":                     "2024-03-04",
		"28 février 2024 à 10h30":              "2024-02-28",
		"2024-03-04_10-30":                     "2024-03-04",
		"Screenshot 2024-03-04 at 10.30.15":    "2024-03-04",
		"Priya 29 February 2024":               "2024-02-29",
		"1-1 Priya (4 March 2024)":             "2024-03-04",
		"12 dicembre 2023":                     "2023-12-12",
		"5 Gen 2024":                           "2024-01-05",
		"2 de maio de 2024":                    "2024-05-02",
		"sexta-feira, 5 de abril de 2024":      "2024-04-05",
		"mié 6 marzo 2024":                     "2024-03-06",
		"Besprechung vom 04.03.2024 mit Priya": "2024-03-04",
		"1. Feedback 2. Notes 4 March 2024":    "2024-03-04",
		"Donnerstag 7.3.2024":                  "2024-03-07",
		"2024-03-04.md":                        "2024-03-04",

		// More than one.
		"Monday 4/3/2024":      "2024-03-04 2024-04-03",
		"4-8 March 2024":       "2024-03-08: is more than one day",
		"March 4-8, 2024":      "?-03-04: is more than one day",
		"2024-03-04 - 06":      "2024-03-04: is more than one day",
		"week of 4 March 2024": "2024-03-04: is more than one day",
		"4/3/2024":             "2024-03-04 2024-04-03",
		"Meeting notes 3-4-24": "2024-04-03 2024-03-04",
		"03-04-24":             "2024-04-03 2024-03-04 2003-04-24",
		"3_4_2024":             "2024-04-03 2024-03-04",
		"4/3/24, 10:30":        "2024-03-04 2024-04-03",

		// No year.
		"1-1 with Priya Raman, 4 March": "?-03-04",
		"March 4th":                     "?-03-04",
		"4. März":                       "?-03-04",
		"Monday 4 March":                "?-03-04",
		"4 March 10:30":                 "?-03-04",
		"29 February":                   "?-02-29",

		// Days that no calendar has.
		"30 February 2024": "none",
		"2023-02-29":       "none",

		// No dates.
		"":                    "",
		"1-1":                 "",
		"1:1 Priya":           "",
		"Q1 2024":             "",
		"March 2024":          "",
		"week 10 2024":        "",
		"version 1.2.24.5":    "",
		"v1.2.24":             "",
		"ticket 12345678":     "",
		"call +49 30 1234567": "",
		"2 gen AI":            "",
		"3 may join":          "",
		"two weeks ago":       "",
		"192.168.10.12":       "",
		"10:30":               "",
		"part 1/2":            "",
		"240304":              "",
		"Marco 4":             "",
		"5f3c20240304a1":      "",
		"13/13/2024":          "none",
		"1999999":             "",
		"phone 0304 555 12":   "",
	} {
		var got []string
		for _, w := range findDates(text) {
			var days []string
			for _, d := range w.days {
				if d.hasYear() {
					days = append(days, d.String())
				} else {
					days = append(days, fmt.Sprintf("?-%02d-%02d", d.Month, d.Day))
				}
			}
			if len(days) == 0 {
				days = []string{"none"}
			}
			text := strings.Join(days, " ")
			if w.why != "" && len(w.days) > 0 {
				text += ": " + w.why
			}
			got = append(got, text)
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
