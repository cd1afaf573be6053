package gitrepo

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// parseRecord reads who made a commit, when, and what they said of it.
func parseRecord(id, commit string) Record {
	r := Record{Commit: id}
	charset := ""
	head, message, _ := strings.Cut(commit, "\n\n")
	var known [2]bool
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ")
		switch {
		case key == "tree" && r.tree == "":
			r.tree = value
		case key == "parent":
			r.Parents = append(r.Parents, value)
		case key == "author" && !known[0]:
			r.Author, r.Date = parseSignature(value)
			known[0] = true
		case key == "committer" && !known[1]:
			r.Committer, r.Committed = parseSignature(value)
			known[1] = true
		case key == "encoding" && charset == "":
			charset = value
		}
	}
	r.Subject, r.Body = parseMessage(message)
	for _, text := range []*string{&r.Author.Name, &r.Author.Email, &r.Committer.Name, &r.Committer.Email, &r.Subject, &r.Body} {
		*text = inUTF8(*text, charset)
	}
	return r
}

// inUTF8 is a text of a commit that names its character set, or none. Programs that write
// UTF-8 under another name are common, and words in a set of single bytes never look like
// it. Without a name it should be UTF-8; what isn't is most often Windows'.
func inUTF8(text, name string) string {
	set := charset(name)
	_, single := set.(*charmap.Charmap)
	if set != nil && !(single && utf8.ValidString(text)) {
		if decoded, err := set.NewDecoder().String(text); err == nil {
			return decoded
		}
	}
	if utf8.ValidString(text) {
		return text
	}
	var lines strings.Builder
	for line := range strings.Lines(text) {
		if !utf8.ValidString(line) {
			line, _ = charmap.Windows1252.NewDecoder().String(line)
		}
		lines.WriteString(line)
	}
	return lines.String()
}

// gitSpace is what git takes for white space.
const gitSpace = " \t\r\n"

// parseMessage parts a message as git does: its first paragraph, as one line, is
// the subject.
func parseMessage(message string) (subject, body string) {
	var paragraph []string
	for len(message) > 0 {
		line, rest, _ := strings.Cut(message, "\n")
		line = strings.TrimRight(line, gitSpace)
		if line == "" && len(paragraph) > 0 {
			break
		}
		if line != "" {
			paragraph = append(paragraph, line)
		}
		message = rest
	}
	for strings.Trim(message, gitSpace) != "" {
		line, rest, _ := strings.Cut(message, "\n")
		if strings.Trim(line, gitSpace) != "" {
			break
		}
		message = rest
	}
	return strings.Join(paragraph, " "), strings.TrimRight(message, gitSpace)
}

// parseSignature reads "NAME <EMAIL> SECONDS ZONE" as leniently as git does.
// Where the time can't be read, it is the first second of 1970.
func parseSignature(line string) (Identity, time.Time) {
	epoch := time.Unix(0, 0).UTC()
	name, rest, ok := strings.Cut(line, "<")
	mail, _, closed := strings.Cut(rest, ">")
	if !ok || !closed {
		return Identity{}, epoch
	}
	who := Identity{strings.TrimRight(name, gitSpace), mail}
	when := strings.TrimLeft(line[strings.LastIndexByte(line, '>')+1:], gitSpace)
	digits := len(when) - len(strings.TrimLeft(when, "0123456789"))
	seconds, err := strconv.ParseInt(when[:digits], 10, 64)
	if err != nil || seconds > lastSecond {
		return who, epoch
	}
	return who, time.Unix(seconds, 0).In(parseZone(strings.TrimLeft(when[digits:], gitSpace)))
}

// lastSecond is that of the year 9999: further dates have no common form.
const lastSecond = 253402300799

// parseZone reads an offset from UTC such as +0530.
func parseZone(zone string) *time.Location {
	zone = strings.TrimRight(zone, gitSpace)
	n, err := strconv.Atoi(zone)
	if err != nil || zone[0] != '+' && zone[0] != '-' || n <= -2400 || n >= 2400 {
		return time.UTC
	}
	return time.FixedZone("", (n/100*60+n%100)*60)
}
