// Page makes tables and a picture of what bench/compare wrote: the tables as markdown,
// alone or in place of those in a page, the picture as SVG.
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("page: ")
	page := flag.String("page", "", "put the tables between the marks of this `file`, instead of printing them")
	picture := flag.String("picture", "", "draw how times grow with the logbook into this `file`")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := write(flag.Arg(0), *page, *picture); err != nil {
		log.Fatal(err)
	}
}

func write(results, page, picture string) error {
	rows, notes, err := read(results)
	if err != nil {
		return err
	}
	if picture != "" {
		drawn, err := draw(rows)
		if err != nil {
			return err
		}
		if err := os.WriteFile(picture, drawn, 0o644); err != nil {
			return err
		}
	}
	if page == "" {
		_, err := fmt.Print(tables(rows, notes))
		return err
	}
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(old), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return fmt.Errorf("%s has no %q followed by %q", page, beginMark, endMark)
	}
	return os.WriteFile(page, []byte(before+beginMark+"\n\n"+tables(rows, notes)+"\n"+endMark+after), 0o644)
}

const (
	beginMark = "<!-- figures of bench/run.sh -->"
	endMark   = "<!-- end of the figures -->"
)

// A row is one comparison.
type row struct {
	topic, name, beside  string
	logs, pairs          int
	first, second        float64 // milliseconds
	ratio, low, top, cpu float64
	memory               float64 // MB
	limit, least, most   float64 // of the ratio, and of the memory; 0 is none
	over                 bool
}

// read reads the rows, and the notes between them: lines with one field.
func read(name string) (rows []row, notes []string, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	lines := csv.NewReader(file)
	lines.FieldsPerRecord = -1
	all, err := lines.ReadAll()
	if err != nil {
		return nil, nil, err
	}
	for i, fields := range all {
		switch len(fields) {
		case 1:
			notes = append(notes, fields[0])
		case 16:
			if fields[0] == "topic" {
				continue // the head
			}
			r := row{topic: fields[0], name: fields[1], beside: fields[2], over: fields[15] == "over"}
			numbers := []any{&r.logs, &r.pairs, &r.first, &r.second, &r.ratio, &r.low, &r.top, &r.cpu, &r.memory, &r.limit, &r.least, &r.most}
			if _, err := fmt.Sscan(strings.Join(fields[3:15], " "), numbers...); err != nil {
				return nil, nil, fmt.Errorf("%s, row %d: %w", name, i+1, err)
			}
			rows = append(rows, r)
		default:
			return nil, nil, fmt.Errorf("%s, row %d has %d columns; there should be 16", name, i+1, len(fields))
		}
	}
	return rows, notes, nil
}

// tables are the rows as a table for each topic, and the notes above them.
func tables(rows []row, notes []string) string {
	var out strings.Builder
	for _, note := range notes {
		fmt.Fprintf(&out, "- %s\n", note)
	}
	var topics []string
	for _, r := range rows {
		if !slices.Contains(topics, r.topic) {
			topics = append(topics, r.topic)
		}
	}
	for _, topic := range topics {
		fmt.Fprintf(&out, "\n### %s\n\n", topic)
		out.WriteString("| coachlog | beside it | logs | coachlog takes | the other takes | ratio | of processor time | memory | limit |\n")
		out.WriteString("|---|---|---|---|---|---|---|---|---|\n")
		for _, r := range rows {
			if r.topic == topic {
				fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | **%.2f** (%.2f to %.2f) | %.2f | %.0f MB | %s |\n",
					r.name, r.beside, thousands(r.logs), duration(r.first), duration(r.second), r.ratio, r.low, r.top, r.cpu, r.memory, r.wanted())
			}
		}
	}
	return out.String()
}

// wanted says what the limits are, and whether the row is within them.
func (r row) wanted() string {
	var limits []string
	if r.limit > 0 {
		limits = append(limits, fmt.Sprintf("%.2f", r.limit))
	}
	if r.least > 0 {
		limits = append(limits, fmt.Sprintf("at least %.2f", r.least))
	}
	if r.most > 0 {
		limits = append(limits, fmt.Sprintf("%.0f MB", r.most))
	}
	if r.over {
		limits = append(limits, "**over**")
	}
	return strings.Join(limits, ", ")
}

func duration(milliseconds float64) string {
	switch {
	case milliseconds >= 10000:
		return fmt.Sprintf("%.0f s", milliseconds/1000)
	case milliseconds >= 1000:
		return fmt.Sprintf("%.1f s", milliseconds/1000)
	case milliseconds >= 100:
		return fmt.Sprintf("%.0f ms", milliseconds)
	}
	return fmt.Sprintf("%.1f ms", milliseconds)
}

// thousands is a number with commas; "" where there is none to tell.
func thousands(n int) string {
	if n == 0 {
		return ""
	}
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
