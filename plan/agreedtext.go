package plan

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
)

// A LaterEdit is what became of a text after somebody had agreed to it.
type LaterEdit struct {
	Commit   *Commit // the first that changed the text; nil where no commit has yet
	Lines    []int   // of the present text, that were changed or stand where some were taken out
	Progress bool    // nothing but ticks changed: what was agreed is as it was
}

// SameText says whether two texts are the same but for the line ends, which differ
// between computers.
func SameText(a, b []byte) bool { return bytes.Equal(withoutReturns(a), withoutReturns(b)) }

func withoutReturns(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// SameAgreement says whether two versions of a file say the same, so that a word on one
// stands for the other: they differ in nothing but white space that neither CommonMark nor
// the format reads, and in the dates below `agreed:`.
func SameAgreement(a, b *logparse.Document) bool {
	return slices.Equal(linesRead(a, a.Text).texts, linesRead(b, b.Text).texts)
}

// NewLaterEdit compares the text that was agreed with the present one.
func NewLaterEdit(agreed, present *logparse.Document, commit *Commit) *LaterEdit {
	was, is := linesRead(agreed, withoutTicks(agreed)), linesRead(present, withoutTicks(present))
	return &LaterEdit{
		Commit: commit, Lines: changedLines(linesRead(agreed, agreed.Text), linesRead(present, present.Text)),
		Progress: agreed.Session != nil && slices.Equal(was.texts, is.texts),
	}
}

// ChangedSince are the lines of a text's body that an earlier text hasn't got, but for
// ticks, and for a result that was blank and is not done: so the first format wrote it.
func ChangedSince(before, after *logparse.Document) []int {
	plain := func(doc *logparse.Document) readLines {
		text := withoutTicks(doc)
		if doc.Session != nil {
			for _, it := range planItems(doc.Session.FollowThrough) {
				if it.State == logparse.NotDone {
					text[it.Box.Start] = ' '
				}
			}
		}
		return linesRead(doc, text)
	}
	front := after.Position(after.Front.Span.End).Line
	return slices.DeleteFunc(changedLines(plain(before), plain(after)), func(line int) bool { return line <= front })
}

// withoutTicks is a text without the marks in the boxes of a log's plan, which people
// tick between two sessions; the days that their tools write with it are zero bytes.
func withoutTicks(doc *logparse.Document) []byte {
	text := slices.Clone(doc.Text)
	if doc.Session == nil {
		return text
	}
	for _, it := range planItems(slices.Concat(doc.Session.ShortTerm, doc.Session.MidTerm)) {
		if it.State == logparse.Open || it.State == logparse.Done || it.State == logparse.Partly {
			text[it.Box.Start] = ' '
			if day := it.Ticked.Span; it.Ticked.Set {
				clear(text[day.Start-1 : day.End]) // with the blank before it
			}
		}
	}
	return text
}

// readLines are those lines of a file that are read, and their numbers.
type readLines struct {
	texts   []string
	numbers []int
}

var (
	listItemLine = pattern.Of(`^\s*([-*+]|\d+[.)])(\s|$)`)
	tableDashes  = pattern.Of(`-+`)
	agreedKey    = pattern.Of(`^agreed\s*:`)
	codeFence    = pattern.Of("^(```+|~~~+)")
)

// linesRead leaves out the white space of a file's text that nobody reads: line ends,
// trailing blanks, the padding of tables, and blank lines but for those between two
// paragraphs; in a code block, nothing. It leaves out `agreed:` as well, which each side
// fills in for themselves.
func linesRead(doc *logparse.Document, text []byte) (r readLines) {
	agreed, fence, blank, offset := false, "", 0, 0 // fence is the one that opened a code block
	for n, raw := range slices.Collect(strings.Lines(strings.ReplaceAll(string(text), "\x00", ""))) {
		inFront := offset < doc.Front.Span.End
		offset += len(raw)
		line := strings.TrimRight(raw, " \t\r\n")
		if inFront {
			agreed = agreedKey().MatchString(line) || agreed && (line == "" || line[0] == ' ' || line[0] == '\t')
			if agreed {
				continue
			}
		}
		trimmed := strings.TrimLeft(line, " \t")
		switch mark := codeFence().FindString(trimmed); {
		case fence != "" && mark == trimmed && strings.HasPrefix(mark, fence):
			fence = ""
		case fence != "":
			line = strings.TrimRight(raw, "\r\n")
		case mark != "":
			fence = mark
		case trimmed == "":
			if !inFront {
				blank = n + 1
			}
			continue
		case strings.HasPrefix(trimmed, "|"):
			line = tableRow(trimmed)
		}
		if blank > 0 && r.parted(line) {
			r.add("", blank)
		}
		blank = 0
		r.add(line, n+1)
	}
	return r
}

func (r *readLines) add(text string, number int) {
	r.texts, r.numbers = append(r.texts, text), append(r.numbers, number)
}

// parted says whether a blank line before the next one parts two paragraphs: not beside a
// heading or another fence, nor between two items of a list.
func (r *readLines) parted(next string) bool {
	if len(r.texts) == 0 {
		return false
	}
	last := r.texts[len(r.texts)-1]
	return last != "---" && !strings.HasPrefix(last, "#") && !strings.HasPrefix(next, "#") && !(listItemLine().MatchString(last) && listItemLine().MatchString(next))
}

func tableRow(row string) string {
	cells := strings.Split(row, "|")
	for i, cell := range cells {
		cells[i] = strings.TrimSpace(cell)
		if strings.Trim(cells[i], ":-") == "" {
			cells[i] = tableDashes().ReplaceAllString(cells[i], "-")
		}
	}
	return strings.Join(cells, "|")
}

// changedLines are the numbers of those lines of after that before hasn't got in
// their place. Where lines were only taken out, it is the line that follows.
func changedLines(before, after readLines) []int {
	same := linediff.Match(after.texts, before.texts)
	var lines []int
	for i, at := range same {
		if at < 0 {
			lines = append(lines, after.numbers[i])
		}
	}
	if len(lines) == 0 && len(before.texts) != len(after.texts) && len(same) > 0 {
		first := 0
		for first < len(same)-1 && same[first] == first {
			first++
		}
		lines = append(lines, after.numbers[first])
	}
	return lines
}

// Where says which lines were changed.
func (e *LaterEdit) Where() string { return lineRanges(e.Lines) + " changed" }

// Words say which lines were changed, by whom and in which commit.
func (e *LaterEdit) Words() string {
	if e.Commit == nil {
		return e.Where() + ", not committed yet"
	}
	return e.Where() + ", in commit " + Short(e.Commit.ID) + " by " + e.Commit.Author.Name + " on " + e.Commit.Day().InWords()
}

// lineRanges writes line numbers for people: "lines 4-6 and 9".
func lineRanges(lines []int) string {
	if len(lines) == 0 {
		return "invisible bytes"
	}
	var parts []string
	for from, to := 0, 0; from < len(lines); from = to {
		for to = from + 1; to < len(lines) && lines[to] == lines[to-1]+1; {
			to++
		}
		part := strconv.Itoa(lines[from])
		if to > from+1 {
			part += "-" + strconv.Itoa(lines[to-1])
		}
		parts = append(parts, part)
	}
	const most = 6
	if len(parts) > most {
		parts = append(parts[:most], "more")
	}
	text := sentence.List(parts)
	if len(lines) == 1 {
		return "line " + text
	}
	return "lines " + text
}
