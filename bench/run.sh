#!/bin/sh
# Measures coachlog against its floors: bench/run.sh [PAIRS]
# Everything is built with the same flags, those of the README, and kept in a
# temporary folder.
set -eu

pairs=${1:-30}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/" ./cmd/coachlog ./bench/floor ./bench/parsefloor ./bench/generate ./bench/compare
PATH=$work:$PATH
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
unset COACHLOG_DIR
over=0

uname -srm
nproc | sed 's/$/ processors/'
go version
git --version
ls -l "$work/coachlog" "$work/floor" | awk '{printf "%.1f MB %s\n", $5 / 1e6, $NF}'
echo

compare -name 'start-up: coachlog version / floor' -limit 1.25 -n $((4 * pairs)) -warm 10 \
	-a 'coachlog version' -b 'floor' || over=1

for logs in 1000 10000; do
	book=$work/book$logs
	generate -logs $logs -dir "$book"
	n=$pairs
	[ $logs -gt 1000 ] && n=$((pairs / 3 + 1))
	compare -name "coachlog check / parsefloor, $logs logs" -limit 1.5 -n $n \
		-a "coachlog check -C $book --today 2026-07-10" -b "parsefloor $book" || over=1
	rm -rf "$book"
done

generate -logs 5200 -people 100 -dir "$work/year"
compare -name "coachlog report --team in HTML / coachlog check, 100 people for a year" -limit 2 -n $((pairs / 2 + 1)) \
	-a "coachlog report --team -C $work/year --period 2026-H1 --today 2026-07-10 --format html" \
	-b "coachlog check -C $work/year --today 2026-07-10" || over=1
rm -rf "$work/year"

for logs in 1000 10000 100000; do
	for side in a b; do
		generate -git -logs $logs -dir "$work/$side"
	done
	log=people/rep1/2026-07-06.md
	limit=1.3
	git="git -C $work/b commit -q --only -m again $log"
	if [ $logs -ge 100000 ]; then
		limit=0.8
		git="git -C $work/b add $log && git -C $work/b commit -q -m again"
	fi
	compare -name "coachlog commit / git commit, one log of $logs" -limit $limit -n $((pairs / 2 + 1)) \
		-prepare-a "echo '<!-- again -->' >> $work/a/$log" -a "coachlog commit -C $work/a $log" \
		-prepare-b "echo '<!-- again -->' >> $work/b/$log" -b "$git" || over=1
	git -C "$work/a" status --short
	git -C "$work/a" fsck --strict
	rm -rf "$work/a" "$work/b"
done

commits=10000
book=$work/history
generate -history -logs $((commits / 2)) -people $((commits / 100)) -dir "$book"
compare -name "coachlog history of one person / git log -p of their folder, $commits commits" -limit 1.2 -n $pairs \
	-a "coachlog history rep7 -C $book" -b "git -C $book log -p -- people/rep7" || over=1
compare -name "coachlog audit / git log -p, $commits commits" -limit 1.2 -n $((pairs / 3 + 1)) \
	-a "coachlog audit -C $book" -b "git -C $book log -p -- ." || over=1

exit $over
