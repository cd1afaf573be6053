package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var hostileCells = []string{
	"=1+1", "@SUM(1)", "+1", "-1", "\t=1+1", "  =1+1", "\u200b=1+1", "＝1+1",
	"a;=1+1", "a,=1+1", "a\t=1+1", "a; =1+1", "a;\"=1+1\"", "a|=1+1", "x,\u00a0@SUM(1)", "plain", `"quoted"`, "Zürich; früh, 7.5 h",
}

// TestCSVForms: whatever stands between cells, a table comes back cell by cell, and no spreadsheet of
// any country finds a formula in it.
func TestCSVForms(t *testing.T) {
	table := Table{Columns: []string{"one", "two", "three"}}
	for i, cell := range hostileCells {
		table.add(cell, i, hostileCells[len(hostileCells)-1-i])
	}
	for _, form := range []CSV{{}, {Delimiter: ','}, {Delimiter: ';', BOM: true}, {Delimiter: '\t'}} {
		var text bytes.Buffer
		if err := table.CSV(&text, form); err != nil {
			t.Fatal(err)
		}
		plain, marked := strings.CutPrefix(text.String(), "\ufeff")
		if marked != form.BOM {
			t.Errorf("%+v: the file starts with %q", form, text.String()[:4])
		}
		for _, reader := range []rune{',', ';', '\t', '|'} {
			r := csv.NewReader(strings.NewReader(plain))
			r.Comma, r.LazyQuotes, r.FieldsPerRecord = reader, true, -1
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if start := strings.TrimLeft(cell, " \t\u00a0\u200b\""); start != "" && strings.ContainsRune("=+-@＝", []rune(start)[0]) {
						t.Errorf("%+v, read with %q, has the cell %q", form, reader, cell)
					}
				}
			}
			if reader == cmp.Or(form.Delimiter, ',') {
				if len(rows) != len(hostileCells)+1 || len(rows[1]) != 3 || rows[len(hostileCells)][0] != "Zürich; früh, 7.5 h" {
					t.Errorf("%+v comes back as %q", form, rows)
				}
			}
		}
	}
}

// TestCSVInSpreadsheet opens a table in LibreOffice, as Excel would, and reads what it made of them.
// The program is 200 MB, so the test is skipped where it isn't.
func TestCSVInSpreadsheet(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("SKIPPED: LibreOffice isn't here")
	}
	table := Table{Columns: []string{"text", "number"}}
	for i, cell := range hostileCells {
		table.add(cell, float64(i)+0.5)
	}
	dir := t.TempDir()
	want := func() (rows [][]string) {
		var text bytes.Buffer
		if err := table.CSV(&text, CSV{}); err != nil {
			t.Fatal(err)
		}
		if rows, err = csv.NewReader(&text).ReadAll(); err != nil {
			t.Fatal(err)
		}
		return rows
	}()
	for _, of := range []struct {
		name, code string
		form       CSV
	}{{"semicolon", "59", CSV{Delimiter: ';', BOM: true}}} {
		var text bytes.Buffer
		if err := table.CSV(&text, of.form); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, of.name+".csv")
		if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--infilter=Text - txt - csv (StarCalc):"+of.code+",34,76",
			"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", filepath.Join(dir, "out"), file)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		made, err := os.ReadFile(filepath.Join(dir, "out", of.name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(made, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(rows, want, slices.Equal[[]string]) {
			t.Errorf("%s: LibreOffice has\n%q, want\n%q", of.name, rows, want)
		}
	}
}
