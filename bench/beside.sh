#!/bin/sh
# Measures coachlog beside other tools for plain text, on the same 10,000 logs:
#
#   bench/beside.sh [RESULTS.csv]
#
# It appends to the results of bench/run.sh, or prints a table. A tool that isn't on
# PATH is fetched into a temporary folder; one that can't be had is left out.
# docs/performance.md says what each of them does and doesn't do.
set -eu

cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
results=${1:-$work/results.csv}
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/" ./cmd/coachlog ./bench/generate ./bench/compare ./bench/page ./bench/beside
PATH=$PATH:$work/npm/node_modules/.bin:$work
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config" KLOG_CONFIG_HOME="$work/config"
unset COACHLOG_DIR COACHLOG_CACHE

# have makes sure that a tool is there: have TOOL COMMAND... to get it.
have() {
	tool=$1
	shift
	command -v "$tool" >/dev/null && return 0
	"$@" >"$work/log" 2>&1 && command -v "$tool" >/dev/null && return 0
	echo "$tool can't be had here: left out"
	echo "\"$tool can't be had here: left out\"" >>"$results"
	return 1
}
npm_install() { npm install --silent --no-save --ignore-scripts --no-audit --no-fund --prefix "$work/npm" "$@"; }
go_install() { GOBIN=$work go install "$@"; }

# beside compares one of coachlog's commands with one of another tool.
beside() { # NAME COMMAND OTHER'S-NAME OTHER'S-COMMAND [FLAGS]
	name=$1 ours=$2 other=$3 theirs=$4
	shift 4
	compare -csv "$results" -topic "Beside other tools" -logs 10000 -n 5 -for 40s \
		-name "$name" -a "$ours" -beside "$other" -b "$theirs" "$@" || echo "$other couldn't be measured"
}

book=$work/book
generate -git -logs 10000 -coaches 5 -dir "$book"
check="coachlog check -C $book --today 2026-07-10"
lint="COACHLOG_CACHE=off coachlog lint -C $book --today 2026-07-10; test \$? -le 1"
sleep 1

if have zk go_install -tags fts5 github.com/zk-org/zk@latest; then
	cp -R "$book/people" "$work/zk"
	zk init --no-input "$work/zk" >/dev/null 2>&1
	cd "$work/zk"
	beside "check with nothing kept" "COACHLOG_CACHE=off $check" '`zk index` of all' "zk index --quiet" -prepare-b "rm -f $work/zk/.zk/notebook.db*"
	beside "check with nothing changed" "$check" '`zk list` with nothing changed' "zk list --quiet --no-pager --no-input --format path"
	cd - >/dev/null
	rm -rf "$work/zk"
fi
if have markdownlint-cli2 npm_install markdownlint-cli2@0.22.1; then
	echo '{"config": {"MD013": false}}' >"$book/.markdownlint-cli2.jsonc" # lines may be long
	beside lint "$lint" '`markdownlint-cli2`' "cd $book && markdownlint-cli2 'people/**/*.md' || test \$? -eq 1" -n 2 -warm 0
fi
if have remark npm_install remark-cli@12.0.1 remark-gfm@4.0.1 remark-frontmatter@5.0.0 remark-preset-lint-recommended@7.0.1; then
	plugins=$(dirname "$(dirname "$(readlink -f "$(command -v remark)")")")
	beside lint "$lint" '`remark` with its recommended rules' \
		"cd $plugins && remark --no-stdout --quiet --use remark-gfm --use remark-frontmatter --use remark-preset-lint-recommended $book/people" -n 2 -warm 0
fi
"$work/beside" "$book" "$work/all.klg" "$work/all.journal"
if have klog go_install github.com/jotaen/klog@latest; then
	beside "check with nothing kept" "COACHLOG_CACHE=off $check" '`klog tags`' "klog tags --values $work/all.klg"
fi
if have hledger false; then
	beside "check with nothing kept" "COACHLOG_CACHE=off $check" '`hledger balance`' "hledger -f $work/all.journal balance --quarterly"
fi
[ $# -gt 0 ] || page "$results"
