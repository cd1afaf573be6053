package rules

import (
	_ "embed"
	"strings"
	"sync"
)

// A Requirement is one thing that coaching has to make possible, by published
// accounts of how support and contact-centre coaching works.
type Requirement struct {
	Number int
	Kinds  string // how it shows up: L a rule, T a template, R a figure, P a prompt
	Source string // a key of Sources
	Text   string
}

// Sources are the accounts that the requirements come from.
var Sources = map[string]string{
	"CS":  "CallSource, on why in-house coaching fails",
	"IC":  "ICMI, on coaching as development and not correction",
	"GA":  "Gartner, on coaching frameworks",
	"CSR": "a coach's account of a session with a customer service representative",
	"SC":  "a support-centre leader's coaching log",
}

// requirements has one a line: its number, kinds, source and text.
//
//go:embed requirements.tsv
var requirements string

// Requirements are all ninety, by number.
var Requirements = sync.OnceValue(func() (all []Requirement) {
	for line := range strings.Lines(requirements) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		all = append(all, Requirement{len(all) + 1, fields[1], fields[2], fields[3]})
	}
	return all
})
