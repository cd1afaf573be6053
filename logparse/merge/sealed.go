package merge

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// joinSealed makes one line of each sealed block: half of one and half of another is
// nothing that anybody can open.
func joinSealed(lines []string) (joined []string) {
	for len(lines) > 0 {
		n := sealedLines(lines)
		joined = append(joined, strings.Join(lines[:n], ""))
		lines = lines[n:]
	}
	return joined
}

// sealedLines is how many lines the sealed block has that lines start with, its fence
// included; 1 where there is none.
func sealedLines(lines []string) int {
	start := 0
	if len(lines) > 1 && isFence(lines[0]) {
		start = 1
	}
	if !startsWith(lines[start], logparse.SealStart) {
		return 1
	}
	end := 1 + slices.IndexFunc(lines, func(line string) bool { return startsWith(line, logparse.SealEnd) })
	if start > 0 && 0 < end && end < len(lines) && isFence(lines[end]) {
		end++
	}
	return max(end, 1)
}

func startsWith(line, mark string) bool { return strings.HasPrefix(strings.TrimSpace(line), mark) }

func isFence(line string) bool { return logparse.IsCodeFence([]byte(strings.TrimSpace(line))) }

// isSealed says whether lines are nothing but sealed text.
func isSealed(lines []string) bool {
	text := func(line string) bool { return strings.TrimSpace(line) != "" }
	open := func(line string) bool { return text(line) && !strings.Contains(line, logparse.SealStart) }
	return slices.ContainsFunc(lines, text) && !slices.ContainsFunc(lines, open)
}
