package scores

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/metricsimport"
)

// shipped is the form of the pulse as coachlog ships it.
func shipped(t testing.TB) Form {
	text, err := os.ReadFile("../../templates/pulse.md")
	if err != nil {
		t.Fatal(err)
	}
	return NewForm(text)
}

func TestNewForm(t *testing.T) {
	want := []string{"time", "worth", "heard", "clear", "followed_up", "promises"}
	if keys := shipped(t).Keys(); !slices.Equal(keys, want) {
		t.Errorf("the pulse asks %v, want %v", keys, want)
	}
	beside := NewForm([]byte("---\nscores:   # from 1 to 5\n  time:   # I get enough time\n  worth:\n---\n  other:\n"))
	if !slices.Equal(beside.Keys(), []string{"time", "worth"}) || beside.find("I get enough time.") != "time" || beside.find("") != "" {
		t.Error(beside.questions)
	}
}

func TestReadText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"keys", "time: 4\nworth: 5\n", "time=4 worth=5"},
		{"in any case and marks", "Hi,\n\n- **Time**: 4\n* Worth = 5\n> hello\nFollowed up - 3\nthanks\nAna", "followed_up=3 time=4 worth=5"},
		{"words of the questions", "I get enough time with my coach: 4\nour sessions are worth their time .... 5", "time=4 worth=5"},
		{"the form sent back", "---\ntype: assessment\nkind: pulse\nscores:\n  # I get enough time with my coach\n  time: 4\n  # our sessions are worth their time\n  worth:\n---\n", "time=4"},
		{"comments beside", "  time: 4                  # I get enough time with my coach\n  worth:      # our sessions are worth their time\n", "time=4"},
		{"below", "I get enough time with my coach\n4\n\nworth:\n\n5\n", "time=4 worth=5"},
		{"below what is quoted", "> time:\n4\n> worth:\n> heard:\n3\n", "heard=3 time=4"},
		{"in what is quoted", "See below.\n> time: 4\n> worth: 5\n", "time=4 worth=5"},
		{"the sender's word before what is quoted", "time: 4\n\nOn Monday Josh wrote:\n> time: 2\n> worth: 5\n", "time=4 worth=5"},
		{"numbers", "1. 4\n2) 5\n3: 3\n4 2\n", "clear=2 heard=3 time=4 worth=5"},
		{"numbers and words", "1. I get enough time with my coach: 4", "time=4"},
		{"how many of how many", "time: 4/5\nworth: 5 out of 5\nheard: 3 of 5\nclear: 4.0\n", "clear=4 heard=3 time=4 worth=5"},
		{"a word behind", "time: 4 (could be more)\nworth: 5, always\nheard: *3*", "heard=3 time=4 worth=5"},
		{"twice the same", "time: 4\ntime: 4", "time=4"},
		{"line ends and blanks", "\ufefftime:\u00a04\r\nworth: 5\r\n", "time=4 worth=5"},
		{"prose", "time: 4\nTime is short in the last week of 12 months\nI was on leave for 3 weeks\n7 calls a day\n2026-07-06", "time=4"},

		{"no score", "Everything is fine", "there is no score in it"},
		{"a word", "time: often", `line 1: "often" isn't one score`},
		{"between two", "time: 3-4", `line 1: "3-4" isn't one score`},
		{"either", "time: 3 or 4", `isn't one score`},
		{"a half", "time: 4.5", `isn't one score`},
		{"beyond", "worth: 4\ntime: 6", `line 2: "6" isn't one score`},
		{"of ten", "time: 4/10", `isn't one score`},
		{"two answers", "time: 3\ntime: 4", `line 2: there are two answers to "time", 3 and 4`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := shipped(t).ReadText(test.text)
			if got := told(r.Scores); err == nil && got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
}

func told(scores map[string]int) string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(scores)) {
		all = append(all, fmt.Sprintf("%s=%d", key, scores[key]))
	}
	return strings.Join(all, " ")
}

func readTable(f Form, text string) ([]Response, error) {
	table, problem := metricsimport.Open("answers.csv", []byte(text))
	if problem != nil {
		return nil, errors.New(problem.Message)
	}
	return f.ReadTable(table.EachRow)
}

func TestReadTable(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"keys", "time,worth\n4,5\n3,\n", " time=4 worth=5; time=3"},
		{"a survey", "Timestamp,Email Address,1. I get enough time with my coach?,What else?\n1/2/26,a@x,4,\"nice, 5 of them\"\n1/3/26,b@x,\"5 - fully\",\n", "a@x time=4;b@x time=5"},
		{"semicolons", "Name;Time;Followed up\r\nAna;4;5\r\n", "Ana followed_up=5 time=4"},
		{"tabs", "person\ttime\nana\t4\n", "ana time=4"},
		{"coach and period", "coach,period,time\njosh,2026-Q3,4\n", "josh 2026-Q3 time=4"},
		{"rows without a score", "person,time\nana,4\nben,\n,\n", "ana time=4"},

		{"no question", "a,b\n1,2\n", "no row of it names a question"},
		{"a word", "person,time\nana,4\nben,often\n", `line 3, time: "often" isn't one score`},
		{"two columns for one", "time,I get enough time with my coach\n4,5\n", `line 2, time: there are two answers to "time", 4 and 5`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := readTable(shipped(t), test.text)
			var all []string
			for _, r := range rows {
				all = append(all, strings.Join([]string{r.By + r.About, r.Period, told(r.Scores)}, " "))
			}
			got := strings.ReplaceAll(strings.Join(all, ";"), "  ", " ")
			if err == nil && got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
}

// FuzzRead: whatever comes, a score that is read is from 1 to 5 and of a question that was
// asked.
func FuzzRead(f *testing.F) {
	f.Add("time: 4\n> worth:\n5")
	f.Add("person,time\nana,4\n")
	f.Add("1. 4\n2) 5/5 fine\nI get enough time with my coach ... 3")
	form := shipped(f)
	f.Fuzz(func(t *testing.T, text string) {
		one, err := form.ReadText(text)
		all, tableErr := readTable(form, text)
		if err == nil {
			all = append(all, one)
		}
		if tableErr != nil && len(all) > 1 {
			t.Errorf("%q: %v, and there are rows", text, tableErr)
		}
		for _, r := range all {
			for key, score := range r.Scores {
				if score < 1 || score > 5 || !slices.Contains(form.Keys(), key) {
					t.Errorf("%q: %s is %d", text, key, score)
				}
			}
		}
	})
}
