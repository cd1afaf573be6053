package report

import (
	"slices"
	"testing"

	"github.com/coachlog/coachlog/plan"
)

// TestTableNames holds the names that are completed to the tables there are.
func TestTableNames(t *testing.T) {
	var names []string
	for _, review := range []Review{&Person{}, &Coach{}, &Team{Whole: true, Verdicts: &plan.VerdictCount{}}} {
		for _, table := range review.Tables() {
			if names = append(names, table.Name); !slices.Contains(TableNames, table.Name) {
				t.Errorf("%s isn't listed", table.Name)
			}
		}
	}
	for _, name := range TableNames {
		if !slices.Contains(names, name) {
			t.Errorf("there is no table %s", name)
		}
	}
}
