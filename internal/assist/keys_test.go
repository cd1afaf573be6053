package assist

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

// TestKeys: an editor offers the keys that are read, but for those that only a command writes.
func TestKeys(t *testing.T) {
	for kind, keys := range keysOf {
		read := logparse.FrontKeys(kind)
		if kind == logparse.SettingsFile {
			read = logparse.SettingsKeys()
		}
		delete(read, "adopted") // which coachlog adopt writes, with the next
		delete(read, "adopted_from")
		var names []string
		for _, k := range keys {
			names = append(names, k.name)
		}
		slices.Sort(names)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(read)), names); diff != "" {
			t.Errorf("%v: -read +offered:\n%s", kind, diff)
		}
	}
}
