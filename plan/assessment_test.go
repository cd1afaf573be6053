package plan

import (
	"reflect"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

// TestOpinions: a file is "PERSON KIND DATE ANSWERS", with the answers to one question
// about josh.
func TestOpinions(t *testing.T) {
	tests := []struct {
		name, kind string
		files      []string
		answers    int // 0 where they are too few to tell
		mean       float64
	}{
		{"five people", "pulse", []string{"a pulse 2026-09-30 1", "b pulse 2026-09-30 2", "c pulse 2026-09-30 3", "d pulse 2026-09-30 4", "e pulse 2026-09-30 5"}, 5, 3},
		{"four people", "pulse", []string{"a pulse 2026-09-30 1", "b pulse 2026-09-30 2", "c pulse 2026-09-30 3", "d pulse 2026-09-30 4"}, 0, 0},
		{"five files of one", "pulse", []string{"a pulse 2026-07-01 1", "a pulse 2026-07-02 2", "a pulse 2026-07-03 3", "a pulse 2026-07-04 4", "a pulse 2026-07-05 5"}, 0, 0},
		{"five answers of one", "pulse", []string{"a pulse 2026-09-30 4 4 4 4 5"}, 0, 0},
		{"the last of several counts", "pulse", []string{"a pulse 2026-09-30 5", "b pulse 2026-09-30 5", "c pulse 2026-09-30 5", "d pulse 2026-09-30 5", "e pulse 2026-08-01 1", "e pulse 2026-09-30 5"}, 5, 5},
		{"several answers in one file are one", "pulse", []string{"a pulse 2026-09-30 5 4", "b pulse 2026-09-30 4", "c pulse 2026-09-30 4", "d pulse 2026-09-30 4", "e pulse 2026-09-30 4"}, 5, 4.1},
		{"collected", "pulse", []string{"josh pulse 2026-09-30 3 4 4 4 5"}, 5, 4},
		{"too few collected", "pulse", []string{"josh pulse 2026-09-30 3 4 4 4"}, 0, 0},
		{"collected twice in the period", "pulse", []string{"josh pulse 2026-06-30 1 1 1 1 1", "josh pulse 2026-09-30 3 4 4 4 5"}, 5, 4},
		{"collected, and a file of their own", "pulse", []string{"josh pulse 2026-09-30 3 4 4 4 5", "a pulse 2026-09-30 1"}, 5, 4},
		{"a 360 in the coach's folder is of other people", "360", []string{"josh 360 2026-09-01 1", "josh 360 2026-09-02 2 3 4", "josh 360 2026-09-03 5"}, 5, 3},
		{"a 360 in their own folders", "360", []string{"a 360 2026-09-01 1", "a 360 2026-09-02 2 2 2 2 2"}, 0, 0},
		{"the coach's own word is never hidden", "self-assessment", []string{"josh self-assessment 2026-09-30 2"}, 1, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			facts := make(map[string]*Facts)
			var people []*Facts
			for _, file := range test.files {
				words := strings.Fields(file)
				f := facts[words[0]]
				if f == nil {
					f = &Facts{ID: words[0]}
					facts[f.ID], people = f, append(people, f)
				}
				a := AssessmentFact{About: "josh", Kind: words[1], Question: "time"}
				a.Date, _ = logparse.ParseDate(words[2])
				for _, digit := range words[3:] {
					a.Answers = append(a.Answers, int(digit[0]-'0'))
				}
				f.Assessments = append(f.Assessments, a)
			}
			got := (&Everybody{People: people}).Opinions("josh", test.kind, AllTime)
			want := []Opinion{{"time", test.answers, test.mean}}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}
