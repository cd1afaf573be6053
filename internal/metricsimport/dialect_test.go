package metricsimport

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
)

// A dialect is how one system writes an export.
type dialect struct {
	comma, dates, decimal, group, share, time, eol string
	bom, shortYear                                 bool
}

var dialects = rapid.Custom(func(t *rapid.T) dialect {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	d := dialect{
		comma: pick("comma", ",", ";", "\t", "|"), dates: pick("dates", "dmy", "mdy", "ymd", "iso"), decimal: pick("decimal", ".", ","),
		share: pick("share", "sign", "percent", "fraction"), time: pick("time", "s", "ms", "min", "m:ss", "h:mm:ss"), eol: pick("eol", "\n", "\r\n"),
		bom: rapid.Bool().Draw(t, "bom"), shortYear: rapid.Bool().Draw(t, "short year"),
	}
	d.group = pick("group", "", " ", swapSigns.Replace(d.decimal))
	return d
})

func (d dialect) date(x logparse.Date) string {
	year := fmt.Sprint(x.Year)
	if d.shortYear {
		year = year[2:]
	}
	switch d.dates {
	case "dmy":
		return fmt.Sprintf("%d/%d/%s", x.Day, int(x.Month), year)
	case "mdy":
		return fmt.Sprintf("%d/%d/%s", int(x.Month), x.Day, year)
	case "ymd":
		return fmt.Sprintf("%s/%02d/%02d", year, int(x.Month), x.Day)
	}
	return x.String()
}

// number writes thousandths.
func (d dialect) number(thousandths int) string {
	whole := fmt.Sprint(thousandths / 1000)
	for n := len(whole) - 3; n > 0; n -= 3 {
		whole = whole[:n] + d.group + whole[n:]
	}
	if fraction := strings.TrimRight(fmt.Sprintf("%03d", thousandths%1000), "0"); fraction != "" {
		whole += d.decimal + fraction
	}
	return whole
}

func (d dialect) percent(thousandths int) string {
	switch d.share {
	case "sign":
		return d.number(thousandths) + "%"
	case "fraction":
		return strings.TrimSuffix("0"+d.decimal+strings.TrimRight(fmt.Sprintf("%05d", thousandths), "0"), d.decimal)
	}
	return d.number(thousandths)
}

func (d dialect) duration(seconds int) string {
	switch d.time {
	case "ms":
		return d.number(seconds * 1000 * 1000)
	case "min":
		return d.number(seconds * 1000 / 60)
	case "m:ss":
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	case "h:mm:ss":
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	return d.number(seconds * 1000)
}

func (d dialect) cell(text string) string {
	if strings.ContainsAny(text, d.comma+`"`) {
		return `"` + text + `"`
	}
	return text
}

// stated is what an import would say of the dialect.
func (d dialect) stated() string {
	lines := map[string]string{".": "    decimal: point\n", ",": "    decimal: comma\n"}[d.decimal]
	if d.dates != "iso" {
		lines += "    date_format: " + d.dates + "\n"
	}
	aht, csat := "AHT", "CSAT"
	if d.time != "h:mm:ss" {
		aht = "{from: AHT, unit: " + d.time + "}"
	}
	if unit := map[string]string{"percent": `"%"`, "fraction": "fraction"}[d.share]; unit != "" {
		csat = "{from: CSAT, unit: " + unit + "}"
	}
	return lines + "    metrics: {aht: " + aht + ", csat: " + csat + "}\n"
}

// TestEveryDialect writes the same observations as many systems would. With the
// dialect stated they are read as they are; with nothing stated they are read so
// too, or refused: never as anything else.
func TestEveryDialect(t *testing.T) {
	refused, read := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		d := dialects.Draw(rt, "dialect")
		if rapid.IntRange(0, 3).Draw(rt, "plain") == 0 { // one that says all of itself, which are few
			d.dates, d.time, d.share = "iso", "h:mm:ss", "sign"
		}
		var out, want strings.Builder
		if d.bom {
			out.WriteString("\ufeff")
		}
		row := func(cells ...string) {
			for i := range cells {
				cells[i] = d.cell(cells[i])
			}
			out.WriteString(strings.Join(cells, d.comma) + d.eol)
		}
		row("Agent", "Date", "Team", "AHT", "CSAT")
		start := logparse.Date{Year: 2025, Month: 1, Day: 1}
		days := rapid.SliceOfNDistinct(rapid.IntRange(0, 364), 1, 6, rapid.ID[int]).Draw(rt, "days")
		slices.Sort(days)
		for _, n := range days {
			seconds := rapid.IntRange(1, 239).Draw(rt, "seconds") * 60 // whole minutes, so that each unit can say it
			seconds = min(seconds, 14400)
			if d.time == "m:ss" || d.time == "h:mm:ss" || d.time == "s" {
				seconds += rapid.IntRange(0, 59).Draw(rt, "and seconds")
			}
			share := rapid.IntRange(0, 99999).Draw(rt, "share")
			date := start.AddDays(n)
			row("Shah, Priya", d.date(date), "North", d.duration(seconds), d.percent(share))
			fmt.Fprintf(&want, "%s,priya,aht,%d\n%s,priya,csat,%s\n", date, seconds, date, logparse.FormatNumber(float64(share)/1000))
		}
		for _, stated := range []bool{true, false} {
			imports := "imports:\n  x:\n    person: Agent\n    date: Date\n"
			if stated {
				imports += d.stated()
			} else {
				imports += "    metrics: {aht: AHT, csat: CSAT}\n"
			}
			r := readForeign(t, "x.csv", []byte(out.String()), settingsOf(t, []byte(imports)))
			r.Notes = nil
			got := written(r)
			switch {
			case len(r.Problems) == 0 && got == want.String():
				if !stated {
					read++
				}
			case len(r.Problems) > 0 && !stated:
				refused++
			default:
				rt.Fatalf("stated %v: from\n%s\ncame\n%s\nand not\n%s", stated, out.String(), got, want.String())
			}
		}
	})
	if refused == 0 || read == 0 {
		t.Errorf("with nothing stated, %d were refused and %d read", refused, read)
	}
}
