package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/report/chart"
)

// A line of the picture is one command's time at each size of logbook.
type line struct {
	Label  string
	Shape  string // circle, square, triangle or none
	Dashed bool
	points []point
	Path   string
	Marks  []place
	End    place // where the label is
}

type point struct {
	logs int
	ms   float64
}

type place struct {
	X, Y float64
	Text string
}

// The drawing, in its own units, and the plot within it.
const (
	width, height        = 780.0, 440.0
	plotLeft, plotRight  = 76.0, 540.0
	plotTop, plotBottom  = 64.0, 372.0
	labelHeight          = 18.0
	growthTitle          = "How the time grows with the logbook"
	nothingToDrawMessage = "the results have no times of check at two sizes or more, so there is nothing to draw"
)

//go:embed growth.svg.tmpl
var growthTemplate string

// draw draws the times of check over the number of logs, both axes logarithmic.
func draw(rows []row) ([]byte, error) {
	lines := []*line{
		{Label: "check, nothing kept", Shape: "circle", points: times(rows, cold, "check")},
		{Label: "rg --count, for scale", Dashed: true, Shape: "none", points: counterparts(rows, cold, "check")},
		{Label: "check, nothing changed", Shape: "square", points: times(rows, warm, "check")},
		{Label: "check of one person", Shape: "triangle", points: times(rows, onePerson, "check rep1")},
	}
	lines = slices.DeleteFunc(lines, func(l *line) bool { return len(l.points) < 2 })
	if len(lines) == 0 {
		return nil, errors.New(nothingToDrawMessage)
	}
	var all []point
	var alt []string
	for _, l := range lines {
		all = append(all, l.points...)
		var values []string
		for _, p := range l.points {
			values = append(values, fmt.Sprintf("%s for %s logs", duration(p.ms), thousands(p.logs)))
		}
		alt = append(alt, l.Label+": "+strings.Join(values, ", "))
	}
	across := axis(all, func(p point) float64 { return float64(p.logs) }, plotLeft+14, plotRight-14)
	up := axis(all, func(p point) float64 { return p.ms }, plotBottom, plotTop)
	for _, l := range lines {
		l.place(across, up)
	}
	spreadLabels(lines)
	var out bytes.Buffer
	err := template.Must(template.New("").Parse(growthTemplate)).Execute(&out, map[string]any{
		"Title": growthTitle, "Alt": strings.Join(alt, "; ") + ".", "Width": width, "Height": height,
		"Style": template.CSS(chart.Palette + chart.Style), "Lines": lines,
		"Across": across.ticks(func(v float64) string { return thousands(int(v)) }), "Up": up.ticks(roundTime),
		"Left": plotLeft, "Right": plotRight, "Top": plotTop, "Bottom": plotBottom,
	})
	return out.Bytes(), err
}

// The topics that the picture is drawn from, as bench/run.sh names them.
const (
	cold      = "The whole logbook with nothing kept"
	warm      = "The whole logbook with facts kept"
	onePerson = "One person"
)

func times(rows []row, topic, name string) (points []point) {
	for _, r := range rows {
		if r.topic == topic && r.name == name {
			points = append(points, point{r.logs, r.first})
		}
	}
	return points
}

// counterparts are the times of what the command was measured against.
func counterparts(rows []row, topic, name string) (points []point) {
	for _, r := range rows {
		if r.topic == topic && r.name == name && strings.Contains(r.beside, "rg") {
			points = append(points, point{r.logs, r.second})
		}
	}
	return points
}

// A scale is a logarithmic axis, from one power of ten to another.
type scale struct {
	low, high  int // powers of ten
	start, end float64
}

func axis(points []point, of func(point) float64, start, end float64) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range points {
		low, high = min(low, of(p)), max(high, of(p))
	}
	s := scale{int(math.Floor(math.Log10(low))), int(math.Ceil(math.Log10(high))), start, end}
	s.high = max(s.high, s.low+1)
	return s
}

func (s scale) at(value float64) float64 {
	along := (math.Log10(value) - float64(s.low)) / float64(s.high-s.low)
	return math.Round(10*(s.start+along*(s.end-s.start))) / 10
}

func (s scale) ticks(text func(float64) string) (ticks []place) {
	for power := s.low; power <= s.high; power++ {
		value := math.Pow10(power)
		ticks = append(ticks, place{X: s.at(value), Y: s.at(value), Text: text(value)})
	}
	return ticks
}

func roundTime(ms float64) string {
	if ms >= 1000 {
		return thousands(int(ms/1000)) + " s"
	}
	return fmt.Sprintf("%g ms", ms)
}

func (l *line) place(across, up scale) {
	for i, p := range l.points {
		mark := place{X: across.at(float64(p.logs)), Y: up.at(p.ms)}
		l.Path += fmt.Sprintf("%c%g %g", "ML"[min(i, 1)], mark.X, mark.Y)
		l.Marks = append(l.Marks, mark)
	}
	last := l.Marks[len(l.Marks)-1]
	l.End = place{last.X + 12, last.Y + 5, fmt.Sprintf("%s: %s", l.Label, duration(l.points[len(l.points)-1].ms))}
}

// spreadLabels moves labels that would lie on one another apart.
func spreadLabels(lines []*line) {
	byHeight := slices.Clone(lines)
	slices.SortFunc(byHeight, func(a, b *line) int { return int(10 * (b.End.Y - a.End.Y)) })
	for i, l := range byHeight {
		if i > 0 {
			l.End.Y = min(l.End.Y, byHeight[i-1].End.Y-labelHeight)
		}
	}
}
