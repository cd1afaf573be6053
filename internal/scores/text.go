package scores

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// ReadText reads the answers in a mail's text: each behind its question's key or words, or
// its number, on the same line or below. What stands in a quoted line counts where the
// sender wrote nothing else for that question: some fill in what they quote.
func (f Form) ReadText(text string) (Response, error) {
	own, quoted := make(map[string]int), make(map[string]int)
	var asked *question
	for i, raw := range linesOf(text) {
		line := strings.TrimLeft(raw, "> \t")
		if line == "" {
			continue
		}
		scores := own
		if strings.HasPrefix(strings.TrimLeft(raw, " \t"), ">") {
			scores = quoted
		}
		q, value, found := f.asked(line)
		if !found && asked != nil {
			if score, err := readScore(line); err == nil {
				q, value, found = asked, strconv.Itoa(score), true
			}
		}
		asked = nil
		if !found {
			continue
		}
		if value == "" {
			asked = q
			continue
		}
		score, err := readScore(value)
		if was, ok := scores[q.key]; err == nil && ok && was != score {
			err = fmt.Errorf("there are two answers to %q, %d and %d", q.key, was, score)
		}
		if err != nil {
			return Response{}, fmt.Errorf("line %d: %w", i+1, err)
		}
		scores[q.key] = score
	}
	for key, score := range quoted {
		if _, ok := own[key]; !ok {
			own[key] = score
		}
	}
	if len(own) == 0 {
		return Response{}, errors.New("there is no score in it; an answer is a line such as `time: 4`")
	}
	return Response{Scores: own}, nil
}

var numbered = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,2})(?:[.):=\-] *| +)(.*)$`) })

// asked finds the question that a line is about, and what stands behind it.
func (f Form) asked(line string) (q *question, value string, found bool) {
	line = strings.TrimSpace(strings.TrimLeft(line, "-*+•_# \t"))
	if q, value, found = f.named(line); found {
		return q, value, true
	}
	m := numbered().FindStringSubmatch(line)
	if m == nil {
		return nil, "", false
	}
	if q, value, found = f.named(m[2]); found {
		return q, value, true
	}
	n, _ := strconv.Atoi(m[1])
	if _, err := readScore(m[2]); err != nil || n < 1 || n > len(f.questions) {
		return nil, "", false // a line of somebody's own
	}
	return &f.questions[n-1], m[2], true
}

// named finds the question that a line starts with, by its key or words. Behind them has to
// be nothing, a score, or a sign that one follows: "Time is short" is no answer.
func (f Form) named(line string) (q *question, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	if at := strings.IndexAny(line, ":="); at >= 0 {
		if q := f.find(line[:at]); q != nil {
			return q, strings.Trim(line[at+1:], " \t*_"), true
		}
	}
	if m := titled().FindStringSubmatch(line); m != nil {
		line, value = m[1], m[2]
	}
	q = f.find(line)
	return q, value, q != nil
}

// titled is a score behind words.
var titled = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.*?\pL\W*?)[ \t.…*_–—-]+([1-5].*)$`) })
