// Beside writes the session logs of a logbook as the files that other tools read, with
// all of their words: a record for klog, and a transaction for hledger, for each log.
// What coachlog counts of a log is there as numbers: its minutes, and its marked items.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("beside: ")
	if len(os.Args) != 4 {
		log.Fatal("usage: beside LOGBOOK KLOG-FILE HLEDGER-FILE")
	}
	logs, err := filepath.Glob(filepath.Join(os.Args[1], "people", "*", "2*.md"))
	if err != nil {
		log.Fatal(err)
	}
	if err := write(logs, os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func write(logs []string, klogFile, hledgerFile string) error {
	klog, err := os.Create(klogFile)
	if err != nil {
		return err
	}
	defer klog.Close()
	hledger, err := os.Create(hledgerFile)
	if err != nil {
		return err
	}
	defer hledger.Close()
	records, transactions := bufio.NewWriter(klog), bufio.NewWriter(hledger)
	for _, name := range logs {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		person := filepath.Base(filepath.Dir(name))
		day := filepath.Base(name)[:len("2006-01-02")]
		minutes := "0"
		if m := minutesLine.FindSubmatch(text); m != nil {
			minutes = string(m[1])
		}
		// klog's summaries and hledger's comments are lines of their own, none of them empty
		fmt.Fprintf(records, "%s\n", day)
		fmt.Fprintf(transactions, "%s Session of %s\n", day, person)
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" {
				fmt.Fprintf(records, "%s\n", line)
				fmt.Fprintf(transactions, "    ; %s\n", line)
			}
		}
		fmt.Fprintf(records, "    %sm #person=%s\n\n", minutes, person)
		fmt.Fprintf(transactions, "    (minutes:%s)  %s\n", person, minutes)
		for mark, account := range map[string]string{"[x]": "done", "[/]": "partly", "[n]": "notdone"} {
			fmt.Fprintf(transactions, "    (%s:%s)  %d\n", account, person, strings.Count(string(text), mark))
		}
		fmt.Fprintln(transactions)
	}
	if err := records.Flush(); err != nil {
		return err
	}
	return transactions.Flush()
}

var minutesLine = regexp.MustCompile(`(?m)^minutes: (\d+)`)
