package plan

// mostCompared bounds the table of commonLines: two texts of a thousand lines each.
const mostCompared = 1 << 20

// commonLines says of each line of now whether it stands in a longest common
// subsequence with old. Of texts that are too long, none does.
func commonLines(old, now []string) []bool {
	kept := make([]bool, len(now))
	if len(old)*len(now) > mostCompared {
		return kept
	}
	length := make([][]int32, len(old)+1) // of the common lines from here on
	for i := range length {
		length[i] = make([]int32, len(now)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(now) - 1; j >= 0; j-- {
			if old[i] == now[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(old) && j < len(now); {
		switch {
		case old[i] == now[j]:
			kept[j] = true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return kept
}
