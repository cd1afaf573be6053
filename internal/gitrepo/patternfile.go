package gitrepo

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// How many stars git is given in one pattern, and in one part of it between slashes. It tries
// every way to share a name out among them: a name of 120 letters and nine stars take hours.
const (
	mostStars       = 6
	mostStarsInPart = 4
)

// checkPatterns looks at a file of patterns that git is about to compare names with.
func checkPatterns(file string) error {
	text, err := readGitFile(file, plainfile.GitList)
	if err != nil {
		return refuseHarmful(file, plainfile.Check(file, plainfile.GitList)) // what else is wrong with it, git says
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if strings.Count(line, "*") <= mostStarsInPart || strings.HasPrefix(line, "#") {
			continue
		}
		pattern := strings.TrimRight(line, "\r\n")
		if isAttributes(file) {
			pattern, _, _ = strings.Cut(strings.TrimLeft(pattern, " \t"), " ")
		}
		all := 0
		for part := range strings.SplitSeq(pattern, "/") {
			n := stars(part)
			if all += n; n > mostStarsInPart || all > mostStars {
				return refuse(fmt.Sprintf("write it with at most %d stars", mostStarsInPart), "line %d of %s has so many stars that git could compare a name with it for hours", number, file)
			}
		}
	}
	return nil
}

// stars counts the stars in a part of a pattern; those side by side are one.
func stars(part string) (n int) {
	for i := 0; i < len(part); i++ {
		switch {
		case part[i] == '\\':
			i++
		case part[i] == '*' && (i == 0 || part[i-1] != '*'):
			n++
		}
	}
	return n
}

// holdsPatterns says whether git compares names with what a file of its own holds.
func holdsPatterns(file string) bool {
	return isAttributes(file) || slices.Contains([]string{".gitignore", "ignore", "exclude", "sparse-checkout"}, filepath.Base(file))
}

func isAttributes(file string) bool {
	return strings.HasSuffix(filepath.Base(file), "attributes")
}
