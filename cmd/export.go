package cmd

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type exportOptions struct {
	*app
	format  string
	output  string
	as      string
	names   bool
	readers string
	figures figuresOptions
	csv     csvFlags
}

// exportKeyName is the environment's name for the key of the pseudonyms.
const exportKeyName = "COACHLOG_EXPORT_KEY"

// exportKey is the file in git's own folder that keeps the key of this clone.
const exportKey = "coachlog/export-key"

// firstName is what coachlog init calls a logbook, whichever it is.
const firstName = "Coaching logbook"

// shortestKey is as much as nobody guesses.
const shortestKey = 32

// exportFile matches the files of an export.
const exportFile = `^[a-z]+/logbook=[^/]+(/period=[^/]+)?/part\.(parquet|csv|jsonl)$`

func newExport(app *app) *cobra.Command {
	o := &exportOptions{app: app}
	c := &cobra.Command{
		Use:   "export [--output FOLDER | --figures [--add FILE...]]",
		Short: "Write sessions, results and goals as tables for a database",
		Long: `export writes sessions, results, goals, verdicts, metrics, people and a few more as
tables, for DuckDB, Spark, ClickHouse, BigQuery or a spreadsheet. docs/export.md
lists every column, and docs/scale.md has queries for coachlog's own figures, also
over many logbooks.

The tables hold days, numbers and fixed words, and nobody's texts: no goal, action,
skill or remark. But they have rows about single people, so they are for those who may
read this logbook. Without --names, people and teams have pseudonyms. That isn't
anonymous: whoever knows when somebody was coached can tell who it is.

The same person keeps the same pseudonym from one export to the next, as long as the
key is the same. It is the text in $` + exportKeyName + ` (at least 32 characters), else
a random one that is kept in this clone, in git's own folder.

FOLDER is a new one, or that of an earlier export, which is replaced as a whole. Each
table has a file for each quarter, as in
sessions/logbook=north-desk/period=2026-Q2/part.parquet, so that the exports of many
logbooks can lie in one place. --as says what this one is called there.

--figures writes only the sums behind the report on the logbook, as far as that report
shows them: what people approved, and nothing about fewer than five. That is for adding
up logbooks that nobody may read together: docs/many.md.`,
		Example: `  coachlog export --output ../export
  coachlog export --output ../export --as north-desk --format jsonl
  coachlog export --output ../export --names --format csv
  coachlog export --figures --period 2026-Q3 > north.json
  coachlog export --figures --add north.json south.json`,
		Args: cobra.ArbitraryArgs,
		RunE: o.writing(func() bool { return o.output != "" }, func(c *cobra.Command, files []string) error {
			if err := o.figures.fit(c, files); err != nil {
				return err
			}
			if o.figures.wanted {
				return o.exportFigures(files)
			}
			return o.run()
		}),
	}
	formatFlag(c, &o.format, report.ExportFormats)
	c.Flags().StringVarP(&o.output, "output", "o", "", "write to this `folder`")
	c.Flags().StringVar(&o.as, "as", "", "what this logbook is `called` in the tables (default: its name in coachlog.yaml, else its folder's)")
	c.Flags().BoolVar(&o.names, "names", false, "call people and teams by their ids and names")
	c.Flags().StringVar(&o.readers, "for", teamReaders, "count what is approved for this `group` of readers")
	app.completeWith(c, "for", groups)
	o.csv.add(c)
	onFlag(c.MarkFlagDirname("output"))
	o.figures.addFlags(c)
	return c
}

func (o *exportOptions) run() error {
	if err := o.csv.fit(o.format); err != nil {
		return err
	}
	if o.output == "" {
		return errors.New("say where to: --output FOLDER")
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	of := report.Export{Version: version(), Names: o.names, Format: o.format, CSV: o.csv.form}
	if of.Logbook, err = o.called(w); err != nil {
		return err
	}
	if !o.names {
		if of.Key, err = o.key(w); err != nil {
			return err
		}
	}
	tree, err := logbook.NewOutputTree(o.output, regexp.MustCompile(exportFile))
	if err != nil {
		return err
	}
	defer interrupt.AtEnd(func() { _ = tree.Drop() })()
	rows, missing, err := o.write(w, of, tree)
	if err != nil {
		return hint.New("nothing was written; once that is fixed, run it again", "%w", errors.Join(err, tree.Drop()))
	}
	if err := tree.Keep(); err != nil {
		return hint.New("once that is fixed, run it again", "%w", err)
	}
	o.say(rows)
	return o.sayMissing(missing)
}

// exportChunk is how many people are read before their rows are written.
const exportChunk = 64

// write reads one person after the other, and writes their rows.
func (o *exportOptions) write(w *workspace, of report.Export, to *logbook.OutputTree) (rows map[string]int, left missing, err error) {
	scope := report.Scope{Today: w.today, For: logparse.NormalID(o.readers)}
	o.confirm(w, &scope, nil)
	x := report.NewExporter(w.Roster, scope, of, to.Append)
	type part struct {
		facts   *plan.Facts
		missing missing
	}
	all, people, done := w.missing(), x.Order(w.Everybody()), 0
	progress := o.Progress("exporting")
	defer progress.Done()
	for ids := range slices.Chunk(people, exportChunk) {
		parts, bugs := eachOf(ids, func(i int) { progress.Say(done+i, len(people)) }, func(id string) part {
			k := w.know(id)
			return part{k.facts, k.missing()}
		})
		for _, p := range parts {
			if all.add(p.missing); p.facts == nil {
				continue // of whom a bug made nothing
			}
			if err := x.Person(p.facts); err != nil {
				return nil, all, err
			}
		}
		for _, bug := range bugs {
			all.unread = append(all.unread, bug.Error())
		}
		done += len(ids)
	}
	err = x.End(len(all.unreadable()) == 0)
	return x.Rows, all, err
}

// say tells what was written, and whom it is for.
func (o *exportOptions) say(rows map[string]int) {
	for _, t := range report.ExportTables() {
		if n := rows[t.Name]; n > 0 {
			fmt.Fprintf(o.Out, "%s: %d\n", t.Name, n)
		}
	}
	called := "Pseudonyms replace their names and ids, but whoever knows their dates can tell who it is."
	if o.names {
		called = "People are called by their ids and names."
	}
	o.tell(o.ErrStyle.Yellow, "%s has rows about single people: it is for those who may read this logbook. %s", o.output, called)
}

// called is what the logbook is called in the tables: a folder's name that is good everywhere.
func (o *exportOptions) called(w *workspace) (string, error) {
	name := w.Roster.Settings.Name.V
	if name == firstName {
		name = "" // else one export would take the place of another
	}
	text := cmp.Or(o.as, name, filepath.Base(w.dir.Path))
	key := strings.Trim(regexp.MustCompile(`[^a-z0-9._]+`).ReplaceAllString(strings.ToLower(text), "-"), "-._")
	switch {
	case o.as != "" && key != o.as:
		return "", fmt.Errorf("--as can't be %q; use small letters a to z, digits, and - . _ between them", o.as)
	case key == "":
		return "", errors.New("say what this logbook is called in the tables, as in: --as north-desk")
	}
	return key, nil
}

// key is that of the pseudonyms.
func (o *exportOptions) key(w *workspace) ([]byte, error) {
	if key := os.Getenv(exportKeyName); key != "" {
		if len(key) < shortestKey {
			return nil, fmt.Errorf("%s has %d characters; it takes at least %d that nobody can guess, as openssl rand -hex 32 makes them", exportKeyName, len(key), shortestKey)
		}
		return []byte(key), nil
	}
	folder, err := w.gitFolder()
	if err != nil {
		return nil, hint.New("put one into "+exportKeyName+" (openssl rand -hex 32 makes one), or use --names", "pseudonyms need a key, and without a git repository there is no place for one: %w", err)
	}
	key, err := folder.ReadFile(exportKey)
	switch {
	case err == nil && len(key) >= shortestKey:
		return key, nil
	case err == nil:
		return nil, fmt.Errorf("%s is too short to be a key; take it away, and a new one is made", filepath.Join(folder.Path, exportKey))
	case !noSuchFile(err):
		return nil, fmt.Errorf("%s can't be read: %w", filepath.Join(folder.Path, exportKey), err)
	}
	key = []byte(hex.EncodeToString(newSecret()))
	if err := folder.Create(exportKey, key, logbook.OutputMode); err != nil {
		return nil, err
	}
	o.tell(o.ErrStyle.Yellow, "a new key for pseudonyms is kept in %s; another clone has another one, unless both use %s", filepath.Join(folder.Path, exportKey), exportKeyName)
	return key, nil
}

// newSecret is random.
func newSecret() []byte {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // it never fails
	return secret
}
