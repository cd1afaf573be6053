// Package plan is the method: people, their goals and actions over time, what
// became of them, and the figures. It takes parsed logs and returns values; it
// does no input or output and reads no clock, so today's date is a parameter
// wherever it matters.
//
// How follow-through is judged is written down in docs/format.md, precisely
// enough for a second implementation; follow.go and verdict.go are the first.
package plan
