package metricsimport

import "fmt"

// mostAlike is how many problems of one kind are told one by one.
const mostAlike = 5

// problems collects what is wrong, a few of each kind.
type problems struct {
	path string
	list []Problem
	of   map[string][]int // the problems of each kind, by their place in list
}

// add notes a problem of a kind.
func (p *problems) add(kind string, line, column int, message, remedy string) {
	p.addIn(p.path, kind, line, column, message, remedy)
}

// addIn notes a problem of another file.
func (p *problems) addIn(path, kind string, line, column int, message, remedy string) {
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

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
