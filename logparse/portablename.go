package logparse

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
)

// Windows keeps these names for devices, whatever ending they have.
var deviceName = pattern.Of(`(?i)^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)`)

// IsPersonID says whether s can be the id of a person, whose folder has it as its name.
func IsPersonID(s string) bool { return IsID(s) && !deviceName().MatchString(s) }

// NameFault says why a file or folder can't have a name on every system; "" where it can.
func NameFault(name string) string {
	odd := strings.IndexFunc(name, func(r rune) bool { return strings.ContainsRune(`<>:"/\|?*`, r) || unicode.IsControl(r) })
	switch {
	case deviceName().MatchString(name):
		return "Windows keeps that name for a device"
	case odd >= 0:
		return fmt.Sprintf("Windows allows no %q in a name", []rune(name[odd:])[0])
	case strings.Trim(name, " ") != name:
		return "the blank at its start or end gets lost on some systems"
	case strings.HasSuffix(name, "."):
		return "the full stop at its end gets lost on Windows"
	}
	return ""
}

// PortableName is a name like another that every system can have.
func PortableName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || NameFault("x"+string(r)+"x") != "" {
			return '-'
		}
		return r
	}, strings.Trim(name, " ."))
	if deviceName().MatchString(name) {
		stem, rest, _ := strings.Cut(name, ".")
		name = strings.TrimSuffix(stem+"1."+rest, ".")
	}
	return name
}

// AreTwins says whether two names are one to some systems: they differ in case, in how
// a letter is stored, or in what Windows leaves out.
func AreTwins(x, y string) bool { return x != y && NormalText(x) == NormalText(y) }

// Spelt is a name, with how its letters are stored where that can't be seen.
func Spelt(name string) string {
	if isASCII(name) {
		return name
	}
	return fmt.Sprintf("%s (%s)", name, strings.Trim(fmt.Sprintf("%+q", name), `"`))
}
