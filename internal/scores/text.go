package scores

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// ReadText reads the answers in a mail's text: each behind its question's key or words, or
// its number, on the same line or below. What is in a quoted line counts where the
// sender wrote nothing else for that question: some fill in what they quote.
func (f Form) ReadText(text string) (Response, error) {
	own, quoted := make(map[string]int), make(map[string]int)
	asked := "" // the question in the line before, whose score is still to come
	text = strings.NewReplacer("\ufeff", "", "\u00a0", " ").Replace(text)
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		scores := own
		if strings.HasPrefix(line, ">") {
			scores = quoted
		}
		if line = strings.Trim(line, "> \t"); line == "" {
			continue
		}
		key, value := f.answer(line)
		if key == "" && scoreForm().MatchString(line) {
			key, value = asked, line
		}
		asked = ""
		switch {
		case key == "":
		case value == "":
			asked = key
		default:
			if err := add(scores, key, value); err != nil {
				return Response{}, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	maps.Copy(quoted, own)
	if len(quoted) == 0 {
		return Response{}, errors.New("there is no score in it; an answer is a line such as `time: 4`")
	}
	return Response{Scores: quoted}, nil
}

// answer is the question that a line is about, by its key, words or number, and what stands
// behind it: nothing, a score, or what follows a sign that one does. "Time is short" is no
// answer, nor is a number with anything but a score.
func (f Form) answer(line string) (key, value string) {
	line, _, _ = strings.Cut(strings.TrimLeft(line, "-*+•_# \t"), "#")
	number, line := cutNumber(line)
	if at := strings.IndexAny(line, ":="); at >= 0 {
		if key = f.find(line[:at]); key != "" {
			return key, strings.Trim(line[at+1:], " \t*_")
		}
	}
	if key = f.find(line); key != "" {
		return key, ""
	}
	if m := titled().FindStringSubmatch(line); m != nil {
		if key = f.find(m[1]); key != "" {
			return key, m[2]
		}
	}
	if number < 1 || number > len(f.questions) || !scoreForm().MatchString(line) {
		return "", ""
	}
	return f.questions[number-1].key, line
}

// titled is a score behind words.
var titled = pattern.Of(`^(.*?\pL\W*?)[ \t.…*_–—-]+([1-5].*)$`)
