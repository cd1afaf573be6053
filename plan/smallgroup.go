package plan

import "slices"

// Showable says which of several groups can be shown, by their numbers of people:
// those of at least SmallGroup. What is hidden must not follow from the total
// either, so the smallest group that could be shown is hidden along with a
// remainder that is too small.
func Showable(people []int) []bool {
	shown := make([]bool, len(people))
	hidden := 0
	for i, n := range people {
		if shown[i] = n >= SmallGroup; !shown[i] {
			hidden += n
		}
	}
	for hidden > 0 && hidden < SmallGroup {
		smallest := -1
		for i, n := range people {
			if shown[i] && (smallest < 0 || n < people[smallest]) {
				smallest = i
			}
		}
		if smallest < 0 {
			break
		}
		shown[smallest] = false
		hidden += people[smallest]
	}
	return shown
}

// Apart says which of some people can be counted in one number, by the logbook that each is of
// and by which earlier reports counted them. Taking reports off each other must leave nobody
// alone: the logbooks of which at least SmallGroup count tell of theirs, the others of none.
func Apart(logbooks, told []string) []bool {
	of := make(map[string]int)
	for _, l := range logbooks {
		of[l]++
	}
	group := func(i int) [2]string {
		if of[logbooks[i]] < SmallGroup {
			return [2]string{"", told[i]}
		}
		return [2]string{logbooks[i], told[i]}
	}
	people := make(map[[2]string]int)
	for i := range logbooks {
		people[group(i)]++
	}
	counted := make([]bool, len(logbooks))
	for i := range logbooks {
		counted[i] = people[group(i)] >= SmallGroup
	}
	return counted
}

// A Band is how many people have a value within it, both ends included.
type Band struct {
	From   int `json:"from"`
	To     int `json:"to"`
	People int `json:"people"`
}

// Bands counts values in bands that start at starts, of which the last ends at last.
// Neighbours are put together until each has nobody or at least SmallGroup in it;
// there are none where there are fewer values.
func Bands(values []int, starts []int, last int) []Band {
	if len(values) < SmallGroup {
		return nil
	}
	var bands []Band
	for i, from := range starts {
		to := last
		if i+1 < len(starts) {
			to = starts[i+1] - 1
		}
		band := Band{From: from, To: to}
		for _, v := range values {
			if from <= v && v <= to {
				band.People++
			}
		}
		bands = append(bands, band)
	}
	small := func(b Band) bool { return b.People > 0 && b.People < SmallGroup }
	for i := 0; i+1 < len(bands); {
		if !small(bands[i]) {
			i++
			continue
		}
		bands[i+1].From, bands[i+1].People = bands[i].From, bands[i].People+bands[i+1].People
		bands = slices.Delete(bands, i, i+1)
	}
	for end := len(bands) - 1; end > 0 && small(bands[end]); end-- {
		bands[end-1].To, bands[end-1].People = bands[end].To, bands[end].People+bands[end-1].People
		bands = bands[:end]
	}
	return bands
}
