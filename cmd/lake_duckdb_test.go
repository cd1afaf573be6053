package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/report"
)

// duckProgram runs statements, which it reads from its input, one behind the other's NUL, and
// prints the rows of each that has any, and a NUL.
const duckProgram = `
const { createRequire } = require('node:module')
const { DuckDBInstance } = createRequire(process.argv[1] + '/')('@duckdb/node-api')
const main = async () => {
  const c = await (await DuckDBInstance.create(':memory:')).connect()
  for (const s of require('node:fs').readFileSync(0, 'utf8').split('\0')) {
    const rows = (await c.runAndReadAll(s)).getRowsJson()
    process.stdout.write(rows.map(row => row.join('\t') + '\n').join('') + '\0')
  }
}
main().catch(err => { console.error(String(err)); process.exit(1) })
`

// duck runs statements in DuckDB, in a folder, and gives the rows of each.
func duck(t *testing.T, dir string, statements ...string) []string {
	t.Helper()
	if !hasDuck() {
		missing(t, "@duckdb/node-api isn't here: npm install it, and set COACHLOG_DUCKDB to where")
	}
	c := exec.Command("node", "-e", duckProgram, filepath.Join(os.Getenv("COACHLOG_DUCKDB"), "node_modules"))
	c.Dir, c.Stdin, c.Stderr = dir, strings.NewReader(strings.Join(statements, "\x00")), new(strings.Builder)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, c.Stderr)
	}
	return strings.Split(string(out), "\x00")
}

// hasDuck says whether DuckDB is in the folder that COACHLOG_DUCKDB names.
func hasDuck() bool {
	_, err := os.Stat(filepath.Join(os.Getenv("COACHLOG_DUCKDB"), "node_modules", "@duckdb", "node-api"))
	return err == nil
}

// missing skips a test, but where all that tests need has to be there.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("COACHLOG_CI") != "" {
		t.Fatal(what)
	}
	t.Skip("SKIPPED: " + what)
}

// inDuckDB answers queries of the views in DuckDB, over Parquet files.
func (c company) inDuckDB(t *testing.T) func(query string) string {
	t.Helper()
	duck(t, t.TempDir(), "SELECT 1")
	views := append(statements(t, "duckdb.sql"), statements(t, "figures.sql")...)
	lake := c.export(t, "parquet")
	return func(query string) string { return duck(t, filepath.Dir(lake), append(views, query)...)[len(views)] }
}

// TestExportFormats: DuckDB reads the same rows from Parquet, CSV and JSON.
func TestExportFormats(t *testing.T) {
	t.Parallel()
	duck(t, t.TempDir(), "SELECT 1")
	dir := t.TempDir()
	for _, format := range report.ExportFormats {
		if _, stderr, code := coachlog("../examples/team", "export", "--output", filepath.Join(dir, format), "--names", "--as", "a", "--format", format); code != 0 {
			t.Fatal(stderr)
		}
	}
	types := map[string]string{"text": "VARCHAR", "whole number": "BIGINT", "number": "DOUBLE", "yes or no": "BOOLEAN", "day": "DATE"}
	var queries, about []string
	for _, table := range report.ExportTables() {
		columns, names := "logbook: 'VARCHAR'", "logbook"
		if table.Name != "exports" {
			columns, names = columns+", period: 'VARCHAR'", names+", period"
		}
		for _, c := range table.Columns {
			columns, names = columns+", "+c.Name+": '"+types[string(c.Type)]+"'", names+", "+c.Name
		}
		parquet := "SELECT " + names + " FROM read_parquet('parquet/" + table.Name + "/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
		for format, read := range map[string]string{
			"csv":   "read_csv('csv/" + table.Name + "/**/*.csv', hive_partitioning = false, header = true, columns = {" + columns + "})",
			"jsonl": "read_json('jsonl/" + table.Name + "/**/*.jsonl', hive_partitioning = false, format = 'newline_delimited', columns = {" + columns + "})",
		} {
			other := "SELECT " + names + " FROM " + read
			queries = append(queries, "SELECT COUNT(*), (SELECT COUNT(*) FROM ("+parquet+" EXCEPT ALL "+other+")), (SELECT COUNT(*) FROM ("+other+" EXCEPT ALL "+parquet+")) FROM ("+parquet+")")
			about = append(about, table.Name+" as "+format)
		}
	}
	for i, rows := range duck(t, dir, queries...)[:len(queries)] {
		count, differing, _ := strings.Cut(strings.TrimSpace(rows), "\t")
		if differing != "0\t0" || count == "0" && !strings.HasPrefix(about[i], "waits") {
			t.Errorf("%s: of %s rows as Parquet, these differ one way and the other: %s", about[i], count, differing)
		}
	}
}
