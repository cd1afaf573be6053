package adopt

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A role says as what a text names people.
type role int

const (
	anybody role = iota // one of them is the coachee
	coachee
	coach
)

// A peopleClue is a text that names people.
type peopleClue struct {
	text  string
	from  string
	role  role
	names []string // those who read as names, whoever they are
	firm  bool     // what stands there is a person, known or not
	guess bool     // a folder: counts only where it is somebody known
}

// A dateClue is what one place says of the day.
type dateClue struct {
	days    []day
	weekday int // as written beside it, or -1
	text    string
	from    string
}

// Evidence is all that a note says of itself.
type evidence struct {
	dates   []dateClue
	created []dateClue // the day on which the note was made: counts where nothing else does
	years   []yearClue
	people  []peopleClue
	kinds   []string // texts that can say what kind of session it was
	titles  []string // the file's name, the title
	status  string   // of the front matter
	marked  bool     // something says that two people talked
}

type yearClue struct {
	years []int
	from  string
}

// gather reads a note's name, front matter, headings and first lines.
func gather(n *Note, doc *logparse.Document) *evidence {
	e := &evidence{}
	e.readName(n.Name)
	for _, f := range frontFields(doc) {
		e.readField("`"+f.label+"`", f.label, f.text, true)
	}
	e.readHead(doc)
	return e
}

// notionID is the number that an export puts behind a page's name.
var notionID = pattern(`[ _-]*\b[0-9a-f]{32}\b`)

// copyMark is what file managers put behind the name of a copy.
var copyMark = pattern(`(?i)[ _-]*(?:\(\d{1,2}\)|\(?conflicted copy[^)]*\)?)$`)

// plainStem is a file's name without its ending and without what programs add.
func plainStem(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	stem = notionID().ReplaceAllString(stem, "")
	return copyMark().ReplaceAllString(stem, "")
}

// peopleFolders hold a folder or a file for each person.
var peopleFolders = pattern(`(?i)^(?:\d{1,3}[ ._-]+)*(?:people|persons?|personnel|staff|team|team members?|(?:my )?reports|directs|direct reports?|coachees|employees|mitarbeiter(?:innen)?|personen|personas|equipo|équipe|equipe|[@+]?(?:1[-:x_ ]?(?:on[- ]?)?1s?|one[- ]?on[- ]?ones?|121s?|coaching|einzelgespräche|entretiens))$`)

func (e *evidence) readName(name string) {
	stem := plainStem(name)
	e.titles = append(e.titles, stem)
	dates := e.readTitle(stem, "file name")
	folders := strings.Split(path.Dir(name), "/")
	for i, folder := range folders {
		folder = notionID().ReplaceAllString(folder, "")
		if folder == "." || folder == "" {
			continue
		}
		years := yearsIn(folder)
		if len(years) > 0 {
			e.years = append(e.years, yearClue{years, "folder"})
		}
		if betweenTwo().MatchString(folder) {
			e.marked = true
			e.kinds = append(e.kinds, folder)
		}
		if peopleFolders().MatchString(folder) {
			continue
		}
		firm := i > 0 && peopleFolders().MatchString(folders[i-1])
		c := peopleClue{text: folder, from: "folder", firm: firm, guess: !firm}
		if name := nameIn(folder, true); firm && name != "" {
			c.names = []string{name}
		}
		e.people = append(e.people, c)
	}
	if len(folders) > 0 && peopleFolders().MatchString(folders[len(folders)-1]) { // 1-1s/Ana Sosa.md
		if name := nameIn(stem, true); name != "" {
			e.people = append(e.people, peopleClue{text: stem, from: "file name", names: []string{name}})
		}
	}
	if dates == 0 { // 2024/03/04.md
		e.addDates(&e.dates, strings.Join(folders, "/")+"/"+stem, "folder", false)
	}
}

// readTitle takes what a file's name or a heading says, and returns how many
// dates it has.
func (e *evidence) readTitle(text, from string) int {
	text = plainText(text)
	dates := findDates(text, true)
	e.addDates(&e.dates, text, from, true)
	if years := yearsIn(text); len(years) > 0 {
		e.years = append(e.years, yearClue{years, from})
	}
	e.kinds = append(e.kinds, text)
	rest := withoutDates(text, dates)
	e.marked = e.marked || betweenTwo().MatchString(rest)
	e.people = append(e.people, titleClues(rest, from, betweenTwo().MatchString(rest))...)
	return len(dates)
}

// withSomebody stands before a name.
var withSomebody = pattern(`(?i)(?:^|[^\pL\pN])(?:with|w/|mit|avec|met)[ :_-]+`)

// between stands between two names, or between a name and something else.
var between = pattern(`\s*(?:[|,;/&+<>↔→•·:()\[\]]|\s[-–—]+\s|--+|\s(?:and|und|y|e|et|en|x|vs\.?|ft\.?)\s)\s*`)

// titleClues are the people whom a title without its dates names.
func titleClues(rest, from string, marked bool) []peopleClue {
	clue := peopleClue{text: rest, from: from}
	spaced := rest
	if !strings.Contains(strings.Trim(strings.ReplaceAll(rest, " | ", "|"), " |"), " ") { // words-joined-by-marks
		spaced = strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(rest)
	} else {
		spaced = strings.ReplaceAll(rest, "_", " ")
	}
	clue.text = spaced
	if at := withSomebody().FindStringIndex(spaced); at != nil {
		with := clue
		with.text, with.firm = spaced[at[1]:], true
		if parts := between().Split(with.text, -1); len(parts) > 0 {
			if name := nameIn(parts[0], false); name != "" {
				with.names = []string{name}
				with.text = parts[0]
			}
			if len(parts) > 1 && nameIn(parts[1], true) != "" && !strings.ContainsAny(with.text, "|") { // with Priya and Josh
				with.names = append(with.names, nameIn(parts[1], true))
				with.text += ", " + parts[1]
			}
		}
		if with.names != nil {
			return []peopleClue{with, clue}
		}
	}
	if marked {
		for _, part := range between().Split(betweenTwo().ReplaceAllString(spaced, " | "), -1) {
			if name := nameIn(withoutMeetingWords(part), true); name != "" {
				clue.names = append(clue.names, name)
			}
		}
	}
	return []peopleClue{clue}
}

// withoutMeetingWords takes the words that say "a meeting" from both ends.
func withoutMeetingWords(text string) string {
	fields := strings.Fields(text)
	for len(fields) > 0 && isMeetingWord(fields[0]) {
		fields = fields[1:]
	}
	for len(fields) > 0 && isMeetingWord(fields[len(fields)-1]) {
		fields = fields[:len(fields)-1]
	}
	return strings.Join(fields, " ")
}

// addDates takes the dates of a text. Several in one place are one clue, which
// can mean any of them.
func (e *evidence) addDates(to *[]dateClue, text, from string, loose bool) {
	found := slices.DeleteFunc(findDates(text, loose), func(w written) bool { return otherDay().MatchString(text[:w.start]) })
	if len(found) == 0 {
		return
	}
	clue := dateClue{from: from, weekday: -1}
	var texts []string
	for _, w := range found {
		clue.days = append(clue.days, w.days...)
		clue.weekday = max(clue.weekday, w.weekday)
		texts = append(texts, w.text)
	}
	clue.text = strings.Join(texts, " or ")
	*to = append(*to, clue)
}

// otherDay stands before a date that is not the day of the session.
var otherDay = pattern(`(?i)(?:^|[^\pL])(?:by|until|till|before|after|due|deadline|next|moved from|since|instead of|bis|vor|nach|seit|ab|statt|hasta|antes del?|después del?|avant|après|jusqu['’]au|depuis|entro|prima del|tot|voor|até|desde)[ :(]*$`)

// readField takes a key of the front matter or a label of the first lines.
func (e *evidence) readField(from, label, text string, front bool) {
	label = fold(strings.TrimSpace(label))
	text = plainText(text)
	if text == "" {
		return
	}
	spaced := strings.ReplaceAll(strings.ReplaceAll(label, "_", " "), "-", " ")
	is := func(list string) bool { return isLabel(label, list) || isLabel(spaced, list) }
	people := func(role role) {
		clue := peopleClue{text: text, from: from, role: role, firm: true}
		for _, part := range between().Split(text, -1) {
			if name := nameIn(emailName(part), true); name != "" {
				clue.names = append(clue.names, name)
			}
		}
		e.people = append(e.people, clue)
	}
	switch {
	case is(createdLabels):
		e.addDates(&e.created, text, from, true)
	case is(dateLabels):
		e.addDates(&e.dates, text, from, true)
	case is(titleLabels):
		e.titles = append(e.titles, text)
		e.readTitle(text, from)
	case label == "tags" || label == "tag" || label == "categories":
		e.marked = e.marked || betweenTwo().MatchString(" "+text+" ")
		e.kinds = append(e.kinds, text)
		e.people = append(e.people, peopleClue{text: strings.NewReplacer("/", " | ", ",", " | ", "#", " | ", "-", " ", "_", " ").Replace(text), from: from, guess: true})
	case is(kindLabels):
		e.marked = e.marked || betweenTwo().MatchString(text)
		e.kinds = append(e.kinds, text)
	case is(coachLabels):
		people(coach)
	case is(nameLabels):
		if front && label == "name" && betweenTwo().MatchString(text) {
			e.readTitle(text, from) // a page's name
			return
		}
		people(coachee)
	case is(allLabels):
		people(anybody)
	case label == "status" && front:
		e.status = text
	}
}

func emailName(text string) string {
	if at := strings.IndexByte(text, '@'); at > 0 {
		return strings.NewReplacer(".", " ", "_", " ").Replace(text[:at])
	}
	return text
}

var (
	wikiLink     = pattern(`!?\[\[([^\]|]*)(?:\|([^\]]*))?\]\]`)
	markdownLink = pattern(`!?\[([^\]]*)\]\([^)]*\)`)
)

// maxLine is how much of one line is read for names and dates.
const maxLine = 300

// plainText is a line of a note without links and emphasis.
func plainText(text string) string {
	if len(text) > maxLine {
		text = strings.ToValidUTF8(text[:maxLine], "")
	}
	text = wikiLink().ReplaceAllStringFunc(text, func(link string) string {
		m := wikiLink().FindStringSubmatch(link)
		target := m[1]
		if at := strings.IndexByte(target, '#'); at > 0 {
			target = target[:at]
		}
		target = path.Base(target)
		if nameIn(target, true) == "" && len(findDates(target, false)) == 0 && m[2] != "" {
			return m[2]
		}
		return target
	})
	text = markdownLink().ReplaceAllString(text, "$1")
	text = strings.NewReplacer("**", "", "__", "", "`", "", "\u200b", "", "\u00a0", " ", "\ufeff", "", "\ufe0f", "").Replace(text)
	return strings.Trim(strings.TrimSpace(text), "*_\"'")
}

// A field is a key with what stands behind it.
type field struct{ label, text string }

// frontFields reads the front matter line by line: that of other tools need not
// be YAML that anybody else can read, as in `attendees: [[Ana]], [[Josh]]`.
func frontFields(doc *logparse.Document) []field {
	var fields []field
	lines := strings.FieldsFunc(string(doc.Text[doc.Front.Span.Start:doc.Front.Span.End]), func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		key, value, ok := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "#"), strings.TrimSpace(line) == "---":
		case strings.HasPrefix(strings.TrimLeft(line, " \t"), "- ") && len(fields) > 0:
			last := &fields[len(fields)-1]
			item := strings.TrimPrefix(strings.TrimLeft(line, " \t"), "- ")
			if last.text != "" {
				last.text += ", "
			}
			last.text += strings.Trim(item, `"' `)
		case ok && line[0] != ' ' && line[0] != '\t':
			fields = append(fields, field{strings.Trim(key, `"' `), listText(value)})
		}
	}
	return fields
}

// listText is a value of YAML on one line, a list in brackets without them.
func listText(value string) string {
	value = strings.TrimSpace(value)
	if at := strings.Index(value, " #"); at >= 0 && !strings.ContainsAny(value, `"'`) {
		value = strings.TrimSpace(value[:at])
	}
	if strings.HasPrefix(value, "[") && !strings.HasPrefix(value, "[[") && strings.HasSuffix(value, "]") {
		value = value[1 : len(value)-1]
	}
	return strings.NewReplacer(`"`, "", `'[`, "[", `]'`, "]").Replace(value)
}

// How much of a note is read for labels.
const (
	headLines    = 40
	headHeadings = 3
)

var (
	lineMarks = pattern(`^(?:[>\s]|[-*+•]\s+|\[[ xX]\]\s+|\[!\w+\][-+]?|#{1,6}\s+|\|)+`)
	labelLine = pattern(`^([\pL][^:：|]{0,28}?)\s*(?:::|[:：])\s*(.+)$`)
	nextTime  = pattern(`(?i)\b(?:next|nächste\w*|naechste\w*|prochain\w*|próxim\w*|proxim\w*|volgende|prossim\w*|siguiente|due|deadline|until|bis|hasta|jusqu\w*|tot|entro|started|since|seit|joined|born|geboren)\b`)
)

// readHead reads the title, the labels and the first lines of the body.
func (e *evidence) readHead(doc *logparse.Document) {
	headings := make(map[int]string)
	for _, h := range doc.Outline() {
		headings[doc.Position(h.Span.Start).Line] = h.Title
	}
	first := doc.Position(bodyStart(doc)).Line
	var table [][]string
	lines, seen := 0, 0
	fenced, about := false, ""
	for number := first; number <= doc.LineCount() && lines < headLines && seen <= headHeadings; number++ {
		line, ok := doc.Line(number)
		if !ok {
			continue
		}
		if t := strings.TrimSpace(line); t == "" || strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~") {
			fenced = fenced != (t != "")
			continue
		}
		lines++
		if fenced {
			continue
		}
		if title, ok := headings[number]; ok {
			if seen++; seen == 1 {
				e.titles = append(e.titles, title)
				e.readTitle(title, "heading")
			}
			about = title
			continue
		}
		if nextTime().MatchString(about) {
			continue
		}
		if cells := tableCells(line); cells != nil {
			table = append(table, cells)
			continue
		}
		e.readLine(line, lines == 1)
	}
	e.readTable(table)
}

// readLine takes one of the first lines: its labels, or a line that says nothing
// but who met, and when.
func (e *evidence) readLine(line string, first bool) {
	text := strings.TrimSpace(plainText(lineMarks().ReplaceAllString(line, "")))
	if m := labelLine().FindStringSubmatch(text); m != nil && !nextTime().MatchString(m[1]) {
		e.readField("“"+strings.TrimSpace(m[1])+":”", m[1], m[2], false)
		return
	}
	for _, tag := range strings.Fields(line) {
		if len(tag) > 1 && tag[0] == '#' && tag[1] != '#' {
			e.readField("tag", "tags", tag, false)
		}
	}
	if len(text) > 100 || nextTime().MatchString(text) {
		return
	}
	dates := findDates(text, false)
	rest := withoutDates(text, dates)
	only := true
	for _, w := range wordsOf(betweenTwo().ReplaceAllString(rest, " ")) {
		only = only && (isMeetingWord(w.text) || isNameWord(w.text) || weekdayOf(w.text) >= 0)
	}
	if only && (len(dates) == 1 || first) {
		e.readTitle(text, "first lines")
	}
}

func tableCells(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "|") || len(line) < 3 {
		return nil
	}
	cells := strings.Split(strings.Trim(line, "|"), "|")
	for i, c := range cells {
		cells[i] = plainText(c)
	}
	return cells
}

// readTable takes a table of the first lines: labels above their values, or
// beside them.
func (e *evidence) readTable(rows [][]string) {
	rows = slices.DeleteFunc(rows, func(cells []string) bool {
		return !slices.ContainsFunc(cells, func(c string) bool { return strings.Trim(c, " :-") != "" })
	})
	if len(rows) == 0 {
		return
	}
	known := func(label string) bool {
		label = fold(strings.TrimSuffix(label, ":"))
		return isLabel(label, dateLabels+"|"+nameLabels+"|"+coachLabels+"|"+allLabels+"|"+kindLabels+"|"+titleLabels)
	}
	above := 0
	for _, cell := range rows[0] {
		if known(cell) {
			above++
		}
	}
	if above > 1 && len(rows) == 2 {
		for i, cell := range rows[0] {
			if i < len(rows[1]) {
				e.readField("table", strings.TrimSuffix(cell, ":"), rows[1][i], false)
			}
		}
		return
	}
	for _, row := range rows {
		for i := 0; i+1 < len(row); i += 2 {
			if known(row[i]) {
				e.readField("table", strings.TrimSuffix(row[i], ":"), row[i+1], false)
			}
		}
	}
}

// bodyStart is where the text of a note starts, behind front matter that can be
// read as such.
func bodyStart(doc *logparse.Document) int {
	if hasFront(doc) {
		return doc.Front.Span.End
	}
	if strings.HasPrefix(string(doc.Text), "\ufeff") {
		return len("\ufeff")
	}
	return 0
}

// hasFront says whether the file has front matter that is closed and can be read.
func hasFront(doc *logparse.Document) bool {
	return doc.Front.Span.End > 0 && doc.Front.Readable() &&
		!slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == "front-matter-unclosed" })
}
