//go:build unix

// Compare runs two commands in turn and says how many times as long the first
// takes. Ratios are taken pair by pair, so that whatever else the machine does
// weighs on both.
package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A comparison is what is asked for.
type comparison struct {
	topic, name, beside string
	logs                int
	sides               [2]side
	pairs, warmUps      int
	most                time.Duration
	limit, least        float64
	memory              float64
}

func main() {
	var c comparison
	flag.StringVar(&c.topic, "topic", "", "what the comparison belongs to, for the table")
	flag.StringVar(&c.name, "name", "", "what the first command does, for the table")
	flag.StringVar(&c.beside, "beside", "", "what it is measured against, for the table")
	flag.IntVar(&c.logs, "logs", 0, "how many logs there are, for the table")
	flag.StringVar(&c.sides[0].command, "a", "", "the `command` that is measured")
	flag.StringVar(&c.sides[1].command, "b", "", "the `command` that it is measured against")
	flag.StringVar(&c.sides[0].prepare, "prepare-a", "", "a shell `script` to run before each of the first, untimed")
	flag.StringVar(&c.sides[1].prepare, "prepare-b", "", "a shell `script` to run before each of the second, untimed")
	flag.IntVar(&c.pairs, "n", 20, "how many pairs are timed")
	flag.IntVar(&c.warmUps, "warm", 1, "how many pairs run before, untimed")
	flag.DurationVar(&c.most, "for", time.Minute, "start no more pairs after this time, once there is one")
	flag.Float64Var(&c.limit, "limit", 0, "end with 1 where the median ratio is above this")
	flag.Float64Var(&c.least, "least", 0, "end with 1 where the median ratio is below this")
	flag.Float64Var(&c.memory, "memory", 0, "end with 1 where the first took more `MB` at its largest")
	file := flag.String("csv", "", "append the figures to this `file`")
	flag.Parse()
	if c.sides[0].command == "" || c.sides[1].command == "" || c.pairs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	result, err := c.run()
	if err == nil {
		fmt.Println(result.line(c))
		err = result.append(c, *file)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(2)
	case result.over:
		os.Exit(1)
	}
}

// A side is one of the two that are compared.
type side struct{ command, prepare string }

// A cost is what one run took: seconds, and MB at its largest.
type cost struct{ wall, cpu, memory float64 }

// A result is what the pairs come to.
type result struct {
	pairs           int
	first, second   float64 // seconds, the medians
	low, ratio, top float64
	cpu             float64 // the median ratio of processor time
	memory          float64
	over            bool
}

func (c comparison) run() (result, error) {
	var costs [2][]cost
	start := time.Now()
	for i := range c.warmUps + c.pairs {
		if len(costs[0]) > 0 && time.Since(start) > c.most {
			break
		}
		for j := range c.sides {
			which := (i + j) % 2 // each goes first in every second pair
			spent, err := c.sides[which].run()
			if err != nil {
				return result{}, err
			}
			if i >= c.warmUps {
				costs[which] = append(costs[which], spent)
			}
		}
	}
	wall := func(c cost) float64 { return c.wall }
	r := result{pairs: len(costs[0])}
	_, r.first, _ = spread(each(costs[0], wall))
	_, r.second, _ = spread(each(costs[1], wall))
	r.low, r.ratio, r.top = spread(ratios(costs, wall))
	_, r.cpu, _ = spread(ratios(costs, func(c cost) float64 { return c.cpu }))
	_, _, r.memory = spread(each(costs[0], func(c cost) float64 { return c.memory }))
	r.over = c.limit > 0 && r.ratio > c.limit || r.ratio < c.least || c.memory > 0 && r.memory > c.memory
	return r, nil
}

// needsShell are commands that are more than words, with settings before them or not.
var needsShell = regexp.MustCompile(`['"&|;<>$]`)

func (s side) run() (cost, error) {
	if s.prepare != "" {
		if out, err := exec.Command("sh", "-c", s.prepare).CombinedOutput(); err != nil {
			return cost{}, fmt.Errorf("%s: %w\n%s", s.prepare, err, out)
		}
	}
	words := strings.Fields(s.command)
	environment := os.Environ()
	for strings.Contains(words[0], "=") {
		environment, words = append(environment, words[0]), words[1:]
	}
	if needsShell.MatchString(s.command) {
		words = []string{"sh", "-c", s.command}
	}
	command := exec.Command(words[0], words[1:]...) // no output is read: it goes nowhere
	command.Env = environment
	var complaint bytes.Buffer
	command.Stderr = &complaint
	start := time.Now()
	if err := command.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", s.command, err, complaint.String())
	}
	spent := cost{wall: time.Since(start).Seconds()}
	spent.cpu = (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		spent.memory = float64(usage.Maxrss) / 1000
	}
	return spent, nil
}

func (r result) line(c comparison) string {
	verdict := ""
	if c.limit > 0 || c.least > 0 || c.memory > 0 {
		verdict = ", within"
		if r.over {
			verdict = ", over"
		}
	}
	return fmt.Sprintf("%s: %s / %s, %d logs: %.1f ms / %.1f ms = %.2f (%.2f to %.2f, %.2f of processor time; %d pairs), %.0f MB%s",
		c.topic, c.name, c.beside, c.logs, 1000*r.first, 1000*r.second, r.ratio, r.low, r.top, r.cpu, r.pairs, r.memory, verdict)
}

// append adds a row to the file; bench/page says what its columns are.
func (r result) append(c comparison, file string) error {
	if file == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	row := []string{c.topic, c.name, c.beside, fmt.Sprint(c.logs), fmt.Sprint(r.pairs)}
	for _, value := range []float64{1000 * r.first, 1000 * r.second, r.ratio, r.low, r.top, r.cpu, r.memory, c.limit, c.least, c.memory} {
		row = append(row, fmt.Sprintf("%.2f", value))
	}
	row = append(row, map[bool]string{true: "over"}[r.over])
	w := csv.NewWriter(f)
	if err := w.Write(row); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

func each(costs []cost, of func(cost) float64) []float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = of(c)
	}
	return values
}

func ratios(costs [2][]cost, of func(cost) float64) []float64 {
	values := make([]float64, len(costs[0]))
	for i := range values {
		values[i] = of(costs[0][i]) / max(of(costs[1][i]), 1e-6)
	}
	return values
}

func spread(values []float64) (low, median, high float64) {
	slices.Sort(values)
	n := len(values)
	return values[0], (values[(n-1)/2] + values[n/2]) / 2, values[n-1]
}
