package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report"
)

// orForce is what to do where a file is there already.
const orForce = "; to overwrite it: --force"

// writtenAgain is what to do where not all of a report could be written.
const writtenAgain = "once that is fixed, write it again with --force"

// write writes a review to the terminal or to files.
func (o *reportOptions) write(l *logbooks, kind reviewKind, review report.Review) error {
	out := report.Output{Format: o.format, Style: o.OutStyle, Table: o.table, CSV: o.csv.form}
	var err error
	if l.union == nil { // the form of one logbook isn't that of others
		if out.Template, err = reportTemplate(l.all[0].dir, kind.form, o.format); err != nil {
			return err
		}
	}
	if o.output == "" {
		return o.app.write(review, out)
	}
	if o.format == "csv" {
		err = o.writeTables(review)
	} else {
		err = o.writeFile(review, out)
	}
	if err != nil {
		return err
	}
	if l.union != nil {
		return o.opened()
	}
	if err := l.all[0].noteReport(kind.String(), review.Covers()); err != nil {
		return hint.New(writtenAgain, "the report is written, but its day can't be saved for --since-last-report: %w", err)
	}
	return o.opened()
}

// opened shows what was written, where that is asked for.
func (o *reportOptions) opened() error {
	if !o.open {
		return nil
	}
	o.giveBack()
	return terminal.Open(o.output)
}

// reportTemplate is the logbook's own form of a report, or nil.
func reportTemplate(dir *logbook.Dir, form, format string) (*report.Template, error) {
	ending := map[string]string{"text": "txt", "markdown": "md"}[format]
	if ending == "" {
		return nil, nil
	}
	name := path.Join("templates", "report-"+form+"."+ending+".tmpl")
	text, err := dir.ReadFile(name)
	if noSuchFile(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", name, err)
	}
	return report.NewTemplate(name, text)
}

// writeFile writes one file and, of markdown with charts, the pictures beside it.
func (o *reportOptions) writeFile(review report.Review, out report.Output) error {
	folder, name, err := logbook.OpenOutput(o.output)
	if err != nil {
		return err
	}
	if folder.Exists(name) && !o.force {
		return errExists(name, orForce) // before any picture is written
	}
	pictures := strings.TrimSuffix(o.output, filepath.Ext(name)) + "-charts"
	written := []string{o.output}
	if o.charts {
		out.Pictures = func(picture string, svg []byte) (string, error) {
			if err := logbook.MakeOutputFolder(pictures); err != nil {
				return "", err
			}
			file := filepath.Join(pictures, picture)
			written = append(written, file)
			return strings.ReplaceAll(path.Join(filepath.Base(pictures), picture), " ", "%20"), o.put(file, svg)
		}
	}
	out.Style.Color = false // it goes to a file
	var text bytes.Buffer
	if err := report.Write(&text, review, out); err != nil {
		return err
	}
	if err := o.put(o.output, text.Bytes()); err != nil {
		return err
	}
	for _, file := range written {
		if err := o.printf("%s\n", file); err != nil {
			return err
		}
	}
	return nil
}

// writeTables writes each table of a review to a file of its own.
func (o *reportOptions) writeTables(review report.Review) error {
	if err := logbook.MakeOutputFolder(o.output); err != nil {
		return err
	}
	for _, table := range review.Tables() {
		var text bytes.Buffer
		if err := table.CSV(&text, o.csv.form); err != nil {
			return err
		}
		file := filepath.Join(o.output, table.Name+".csv")
		if err := o.put(file, text.Bytes()); err != nil {
			return err
		}
		if err := o.printf("%s\n", file); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file whole: a new one or, with --force, in the place of another.
func (o *reportOptions) put(file string, text []byte) error {
	folder, name, err := logbook.OpenOutput(file)
	if err != nil {
		return err
	}
	switch err := folder.Create(name, text, logbook.OutputMode); {
	case err == nil:
		return nil
	case !errors.Is(err, logbook.ErrExists):
		return hint.New(writtenAgain, "%w", err)
	case !o.force:
		return errExists(name, orForce)
	}
	old, err := folder.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return folder.ReplaceAs(name, old, text, func(fs.FileMode) fs.FileMode { return logbook.OutputMode })
}
