package metricsimport

import (
	"fmt"
	"strings"
)

// A Problem is a reason to import nothing, with its place and what to do.
type Problem struct {
	Path    string `json:"file"`           // that it is in
	Line    int    `json:"line,omitempty"` // from 1; 0 where it is about the whole file
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`        // what is wrong, in one sentence without a full stop
	Remedy  string `json:"remedy"`         // what to do about it
	More    int    `json:"more,omitempty"` // how many more like it there are
}

// mostAlike is how many problems of one kind are told one by one.
const mostAlike = 5

// problems collects what is wrong, a few of each kind.
type problems struct {
	list []Problem
	of   map[string][]int // the problems of each kind, by their place in list
}

// add notes a problem of a kind.
func (p *problems) add(kind, path string, line, column int, message, remedy string) {
	if p.of == nil {
		p.of = make(map[string][]int)
	}
	if alike := p.of[kind]; len(alike) == mostAlike {
		p.list[alike[mostAlike-1]].More++
		return
	}
	p.of[kind] = append(p.of[kind], len(p.list))
	p.list = append(p.list, Problem{Path: path, Line: line, Column: column, Message: message, Remedy: remedy})
}

// quoted shows a cell in a message, cut to a length that can be read.
func quoted(cell string) string {
	const most = 40
	if runes := []rune(cell); len(runes) > most {
		cell = string(runes[:most-1]) + "…"
	}
	return fmt.Sprintf("%q", cell)
}

// some lists texts, the first ones of many.
func some(texts []string, most int) string {
	out := strings.Join(texts[:min(len(texts), most)], ", ")
	if more := len(texts) - most; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}

func allQuoted(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, quoted(t))
	}
	return out
}
