package cmd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Each shell completes by its own means a line that a person has typed, and prints what it
// would offer, one a line.
const (
	inBash = `. "$0"
	COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9
	split() { # at blanks, = and :, as bash does
		local line=${COMP_LINE//=/ = }
		COMP_WORDS=(${line//:/ : })
		[[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	}
	split
	declaration=$(complete -p coachlog)
	[[ $declaration =~ -F\ ([^ ]+) ]]
	${BASH_REMATCH[1]} coachlog "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>&1
	printf '%s\n' "${COMPREPLY[@]}"`
	withPackage = ". /usr/share/bash-completion/bash_completion\n"
	inFish      = `source $argv[1]; complete -C $argv[2]`
	inZsh       = `zmodload zsh/zpty
	zpty shell zsh -f -i
	typed() { zpty -w -n shell "$1" }
	typed $'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -C -d $HOME/dump; source '"$1"$'\n'
	typed $'compadd() { local hits; builtin compadd -O hits "$@"; print -l -- "FOUND "${^hits}; builtin compadd "$@" }\n'
	typed $'zle -C offer complete-word offered; offered() { _main_complete; print OFFERED; compstate[insert]=; compstate[list]= }; bindkey "^I" offer; print RE""ADY\n'
	until zpty -r shell line && [[ $line == *READY* ]]; do :; done
	typed "$2"$'\t'
	while zpty -r shell line; do
		line=${line//$'\r'/}
		[[ $line == *OFFERED* ]] && break
		[[ $line == *"FOUND "* ]] && print -r -- "${${line##*FOUND }%$'\n'}"
	done
	zpty -d shell`
)

// TestCompletion has real shells complete command lines.
func TestCompletion(t *testing.T) {
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "coachlog")); err != nil {
		t.Skip(err)
	}
	for _, shell := range []struct{ name, program, script, driver string }{
		{"bash", "bash", "bash", inBash},
		{"bash-completion", "bash", "bash", withPackage + inBash},
		{"fish", "fish", "fish", inFish},
		{"zsh", "zsh", "zsh", inZsh},
	} {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			path := inShellOrSkip(t, shell.program)
			if _, err := os.Stat("/usr/share/bash-completion/bash_completion"); err != nil && shell.name == "bash-completion" {
				missing(t, "bash-completion isn't here")
			}
			home := t.TempDir()
			env := append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+home, "ZDOTDIR="+home, "TERM=dumb", "LC_ALL=C.UTF-8")
			script := filepath.Join(home, "_coachlog")
			c := exec.Command(filepath.Join(bin, "coachlog"), "completion", shell.script)
			c.Env = env
			text, err := c.Output()
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(script, text, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, test := range completions {
				flags := map[string][]string{"bash": {"--norc", "--noprofile", "-c"}, "fish": {"--no-config", "-c"}, "zsh": {"-f", "-c"}}[shell.program]
				args := append(slices.Clone(flags), shell.driver)
				if shell.program == "zsh" {
					args = append(args, "zsh")
				}
				c := exec.Command(path, append(args, script, test.line)...)
				c.Dir, c.Env = "../examples/team", env
				out, err := c.CombinedOutput()
				if err != nil {
					t.Fatalf("%s: %v\n%s", test.line, err, out)
				}
				offered := words(string(out))
				for _, want := range test.want {
					if !slices.Contains(offered, want) {
						t.Errorf("%q offers %q, and not %s", test.line, offered, want)
					}
				}
				if slices.Contains(offered, test.not) {
					t.Errorf("%q offers %s", test.line, test.not)
				}
			}
		})
	}
}

// completions are what lines are to be completed with, among others, and what not.
var completions = []struct {
	line string
	want []string
	not  string
}{
	{"coachlog sch", []string{"schedule"}, "check"},
	{"coachlog plan ", []string{"show"}, "check"},
	{"coachlog check ", []string{"ana", "priya"}, "coachlog.yaml"},
	{"coachlog check ana p", []string{"priya"}, "ana"},
	{"coachlog show ^card", []string{"^card"}, "^aht"},
	{"coachlog list m", []string{"metrics"}, "people"},
	{"coachlog lint --explain plan-o", []string{"plan-owed"}, "talk-share"},
	{"coachlog report ana --period last-q", []string{"last-quarter"}, "this-quarter"},
	{"coachlog report ana --format=h", []string{"html"}, "json"},
	{"coachlog report --coach j", []string{"josh"}, "ana"},
	{"coachlog check --due-before fri", []string{"friday"}, "people"},
	{"coachlog --today today check --owner m", []string{"maria"}, "ana"},
	{"coachlog check --ov", []string{"--overdue"}, "--owner"},
}

// words are the first words of lines, as the shells print them: with --format=html as one, and
// a description behind.
func words(out string) (all []string) {
	for line := range strings.Lines(out) {
		if fields := strings.Fields(line); len(fields) > 0 {
			word := fields[0]
			if _, value, ok := strings.Cut(word, "="); ok {
				word = value
			}
			all = append(all, strings.NewReplacer(`\^`, "^").Replace(word))
		}
	}
	return all
}

// inShellOrSkip is where a shell is.
func inShellOrSkip(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		missing(t, program+" isn't here")
	}
	return path
}
