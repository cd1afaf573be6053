// Compare runs two commands in turn and says how many times as long the first
// takes. Ratios are taken pair by pair, so that whatever else the machine does
// weighs on both.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

func main() {
	var (
		name     = flag.String("name", "", "what is compared, for the output")
		a        = flag.String("a", "", "the `command` that is measured; blanks part its words, && two commands")
		b        = flag.String("b", "", "the `command` that it is measured against")
		prepareA = flag.String("prepare-a", "", "a shell `script` to run before each of the first, untimed")
		prepareB = flag.String("prepare-b", "", "a shell `script` to run before each of the second, untimed")
		pairs    = flag.Int("n", 20, "how many pairs are timed")
		warmUps  = flag.Int("warm", 3, "how many pairs run before, untimed")
		limit    = flag.Float64("limit", 0, "end with 1 where the median ratio is above this")
	)
	flag.Parse()
	if *a == "" || *b == "" || *pairs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	over, err := compare(*name, [2]side{newSide(*a, *prepareA), newSide(*b, *prepareB)}, *pairs, *warmUps, *limit)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(2)
	case over:
		os.Exit(1)
	}
}

// A side is one of the two that are compared.
type side struct {
	commands [][]string
	prepare  string
}

func newSide(command, prepare string) side {
	s := side{prepare: prepare}
	for one := range strings.SplitSeq(command, "&&") {
		s.commands = append(s.commands, strings.Fields(one))
	}
	return s
}

// A cost is what one run took, in seconds.
type cost struct{ wall, cpu float64 }

// compare times the pairs and prints what came out.
func compare(name string, sides [2]side, pairs, warmUps int, limit float64) (over bool, err error) {
	var costs [2][]cost
	for i := range warmUps + pairs {
		for j := range sides {
			which := (i + j) % 2 // each goes first in every second pair
			c, err := sides[which].run()
			if err != nil {
				return false, err
			}
			if i >= warmUps {
				costs[which] = append(costs[which], c)
			}
		}
	}
	wall := func(c cost) float64 { return c.wall }
	cpu := func(c cost) float64 { return c.cpu }
	fmt.Printf("%s: %d pairs after %d to warm up\n", name, pairs, warmUps)
	fmt.Printf("  %-10s %9s %9s %9s\n", "", "min", "median", "max")
	for i, label := range []string{"first", "second"} {
		low, middle, high := spread(each(costs[i], wall))
		fmt.Printf("  %-10s %6.1f ms %6.1f ms %6.1f ms\n", label, 1000*low, 1000*middle, 1000*high)
	}
	low, ratio, high := spread(ratios(costs, wall))
	verdict := ""
	if limit > 0 {
		verdict = fmt.Sprintf("  limit %.2f: within", limit)
		if over = ratio > limit; over {
			verdict = fmt.Sprintf("  limit %.2f: OVER", limit)
		}
	}
	fmt.Printf("  %-10s %9.2f %9.2f %9.2f%s\n", "ratio", low, ratio, high, verdict)
	low, middle, high := spread(ratios(costs, cpu))
	fmt.Printf("  %-10s %9.2f %9.2f %9.2f\n\n", "of cpu", low, middle, high)
	return over, nil
}

func (s side) run() (cost, error) {
	if s.prepare != "" {
		if out, err := exec.Command("sh", "-c", s.prepare).CombinedOutput(); err != nil {
			return cost{}, fmt.Errorf("%s: %w\n%s", s.prepare, err, out)
		}
	}
	var c cost
	start := time.Now()
	for _, words := range s.commands {
		command := exec.Command(words[0], words[1:]...) // no output is read: it goes nowhere
		if err := command.Run(); err != nil {
			return cost{}, fmt.Errorf("%s: %w", strings.Join(words, " "), err)
		}
		c.cpu += (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	}
	c.wall = time.Since(start).Seconds()
	return c, nil
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
		values[i] = of(costs[0][i]) / of(costs[1][i])
	}
	return values
}

func spread(values []float64) (low, median, high float64) {
	slices.Sort(values)
	n := len(values)
	return values[0], (values[(n-1)/2] + values[n/2]) / 2, values[n-1]
}
