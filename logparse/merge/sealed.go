package merge

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// joinSealed makes one line of each sealed block: half of one and half of another is
// nothing that anybody can open.
func joinSealed(lines []string) []string {
	var joined []string
	for i := 0; i < len(lines); i++ {
		joined = append(joined, lines[i])
		length := 0
		if isSealedStart(lines[i]) {
			length = 1 + slices.IndexFunc(lines[i:], func(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), logparse.SealEnd) })
		}
		if length == 0 {
			continue
		}
		last := len(joined) - 1
		if last > 0 && isFence(joined[last-1]) {
			joined = joined[:last]
			last--
			if i+length < len(lines) && isFence(lines[i+length]) {
				length++
			}
			joined[last] += lines[i]
		}
		joined[last] += strings.Join(lines[i+1:i+length], "")
		i += length - 1
	}
	return joined
}

func isSealedStart(line string) bool {
	return strings.HasPrefix(strings.TrimSpace(line), logparse.SealStart)
}

func isFence(line string) bool { return logparse.IsCodeFence([]byte(strings.TrimSpace(line))) }

// bothSealed says whether both sides have only sealed text: then both are kept, one behind
// the other, and whoever can open them brings them together.
func bothSealed(ours, theirs []string) bool {
	sealed := func(lines []string) bool {
		found := false
		for _, line := range lines {
			is := strings.Contains(line, logparse.SealStart)
			if !is && strings.TrimSpace(line) != "" {
				return false
			}
			found = found || is
		}
		return found
	}
	return sealed(ours) && sealed(theirs)
}
