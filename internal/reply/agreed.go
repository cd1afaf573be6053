package reply

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

var agreedText = pattern.Of(`(people/[^\s<>]+\.md)[\s>]+([0-9a-f]{40}(?:[0-9a-f]{24})?)\b`)

// AgreedText finds in an answer the file and the text that it answers; "" where it quotes
// neither.
func AgreedText(answer string) (path, text string) {
	if m := agreedText().FindStringSubmatch(answer); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

var (
	notLetters = pattern.Of(`[^\p{L}]+`)
	morePlain  = pattern.Of("[^\\p{L}\\s.,;:!'’\"()*_-]") // a figure or a question says more than yes
)

// yesWords are all that a plain yes is made of, besides the names of the two.
var yesWords = strings.Fields("yes yep agreed agree ok okay i that s is right fine thanks thank you hi hello hey dear best regards kind cheers")

// IsYes says whether an answer's own lines are a plain yes: one with anything else beside
// it may be a yes, but. names are those of the people in it.
func IsYes(lines []string, names ...string) bool {
	words := func(text string) []string {
		return strings.Fields(notLetters().ReplaceAllString(strings.ToLower(text), " "))
	}
	known := slices.Concat(yesWords, words(strings.Join(names, " ")))
	said := words(strings.Join(lines, " "))
	if morePlain().MatchString(strings.Join(lines, " ")) {
		return false
	}
	means := func(word string) bool {
		return slices.Contains([]string{"yes", "yep", "agreed", "agree", "ok", "okay"}, word)
	}
	return slices.ContainsFunc(said, means) && !slices.ContainsFunc(said, func(word string) bool { return !slices.Contains(known, word) })
}
