package logparse

import (
	"fmt"
	"strings"
	"time"
)

// A remark that is carried from log to log begins with the day on which it was first said,
// as in "(20 Jul) The printed list ran out.".
const remarkDay = "2 Jan"

// DatedRemark writes the day on which a remark was said as what comes before its text.
func DatedRemark(day Date) string { return "(" + day.Time().Format(remarkDay) + ") " }

// SaidOn is the day on which a remark in a log was first said, and its text without it: the
// log's own day where it names none.
func (it *Item) SaidOn(log Date) (Date, string) {
	inside, text, ok := strings.Cut(strings.TrimPrefix(it.Text, "("), ") ")
	if !ok || !strings.HasPrefix(it.Text, "(") {
		return log, it.Text
	}
	for year := log.Year; year >= log.Year-1; year-- { // in January the day may be of December
		day, err := time.Parse(remarkDay+" 2006", fmt.Sprintf("%s %04d", inside, year))
		if err == nil && !log.Before(DateOf(day)) {
			return DateOf(day), text
		}
	}
	return log, it.Text
}

// namesDay says whether a remark names the day on which it was said.
func (it *Item) namesDay() bool {
	_, text := it.SaidOn(Date{Year: 9999})
	return text != it.Text
}
