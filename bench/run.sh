#!/bin/sh
# Measures coachlog beside programs that everybody has, as ratios, pair by pair:
#
#   bench/run.sh [quick] [beside] [keep]
#
# quick takes under 3 minutes instead of under 20, with smaller logbooks. beside adds
# other tools (bench/beside.sh), some minutes more. keep puts the figures into
# docs/performance.md. It needs go, and uses git and rg where they are there. All
# happens in a temporary folder (TMPDIR says where), which is removed. It ends with 1
# where a limit isn't kept.
set -eu

quick= beside= keep=
for word; do
	case $word in
	quick) quick=yes ;;
	beside) beside=yes ;;
	keep) keep=yes ;;
	*) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
	esac
done
cd "$(dirname "$0")/.."
started=$(date +%s)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
results=$work/results.csv
over=0

elapsed() { echo $(($(date +%s) - started)); }

# note goes into the results, as what was measured on or left out.
note() {
	echo "$*"
	echo "\"$*\"" >>"$results"
}

# measure compares two commands, unless the time is up; one that can't be run costs only its row.
measure() {
	if [ "$(elapsed)" -gt $deadline ]; then
		note "Left out, since the time was up: $topic: $2"
		return
	fi
	status=0
	compare -csv "$results" -topic "$topic" "$@" || status=$?
	case $status in
	0) ;;
	1) over=1 ;;
	*) note "Couldn't be measured: $topic: $2" ;;
	esac
}

command -v go >/dev/null || { echo "go is missing: without it nothing can be built" >&2; exit 2; }
CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$work/" ./cmd/coachlog ./bench/floor ./bench/generate ./bench/compare ./bench/page
PATH=$work:$PATH
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 XDG_CACHE_HOME="$work/cache"
unset COACHLOG_DIR COACHLOG_CACHE GOMAXPROCS
echo "topic,name,beside,logs,pairs,first_ms,second_ms,ratio,ratio_low,ratio_high,cpu_ratio,memory_mb,limit,at_least,memory_limit_mb,verdict" >"$results"

if [ $quick ]; then
	pairs=5 each=4s big=20000 sizes="1000 $big" commits=1000 deadline=110
else
	pairs=15 each=40s big=100000 sizes="1000 10000 $big" commits=10000 deadline=1020
fi
note "$(date '+%-d %B %Y'), $(uname -srm), $(nproc) processors ($(awk '{print $1}' /proc/loadavg 2>/dev/null || echo unknown) busy before the start), $(go version | cut -d' ' -f3)"
note "The binary has $(ls -l "$work/coachlog" | awk '{printf "%.1f", $5 / 1e6}') MB, the floor $(ls -l "$work/floor" | awk '{printf "%.1f", $5 / 1e6}') MB"
count="rg --count '\\[ \\]'" counter=rg
if ! command -v rg >/dev/null; then
	count="grep -rc '\\[ \\]'" counter=grep
	note "rg is missing: grep -rc is measured in its place, which does the same work on one processor"
fi
git=git
if ! command -v git >/dev/null; then
	git=
	note "git is missing: what is measured against it is left out"
fi

# book makes a logbook of so many logs in its own folder, a repository where there is git.
book() { generate ${git:+-git} -logs "$1" -coaches 5 -dir "$2"; }

today="--today 2026-07-10"
log=people/rep1/2026-07-06.md

whole_cold() { # LOGS
	topic="The whole logbook with nothing kept" dir=$work/book
	slow=$((pairs / 3 + 1))
	[ "$1" -lt "$big" ] || rest="-limit 4 -memory 300"
	[ "$1" -lt "$big" ] || rest_lint="-limit 5 -memory 300"
	measure -name check -logs "$1" -beside "\`$counter\`" -n $slow -warm 0 -for $each ${rest-} \
		-a "COACHLOG_CACHE=off coachlog check -C $dir $today" -b "$count $dir/people | cat"
	measure -name lint -logs "$1" -beside "\`$counter\`" -n $slow -warm 0 -for $each ${rest_lint-} \
		-a "COACHLOG_CACHE=off coachlog lint -C $dir $today; test \$? -le 1" -b "$count $dir/people | cat"
}

both_processors() { # LOGS
	topic="The whole logbook with nothing kept" dir=$work/book
	if [ "$(nproc)" -gt 1 ]; then
		measure -name "check on one processor" -logs "$1" -beside "check on two" -n $(((pairs + 1) / 4)) -warm 0 -for $each -least 1.7 \
			-a "GOMAXPROCS=1 COACHLOG_CACHE=off coachlog check -C $dir $today" -b "GOMAXPROCS=2 COACHLOG_CACHE=off coachlog check -C $dir $today"
	else
		note "There is one processor, so two were not compared with it"
	fi
}

whole_warm() { # LOGS
	topic="The whole logbook with facts kept" dir=$work/book
	[ $git ] || return 0
	measure -name check -logs "$1" -beside '`git status`' -n $pairs -warm 2 -for $each -limit 0.8 \
		-a "coachlog check -C $dir $today" -b "git -C $dir status"
	[ "$1" -ge "$big" ] || return 0
	for command in schedule "agree --pending" "report --logbook" "report --coach josh" "report --team Billing"; do
		measure -name "$command" -logs "$1" -beside '`git status`' -n 3 -for $each \
			-a "coachlog $command -C $dir $today" -b "git -C $dir status"
	done
}

# ten appends a line to the logs of ten people.
ten="for i in 1 2 3 4 5 6 7 8 9 10; do echo '<!-- again -->' >>$work/book/people/rep\$i/2026-07-06.md; done"

one_person() { # LOGS
	topic="One person" dir=$work/book
	for command in "check rep1" "report rep1" "new session rep1 --dry-run" "prep rep1"; do
		measure -name "$command" -logs "$1" -beside '`coachlog version`' -n $pairs -for $each -limit 1.5 \
			-a "coachlog $command -C $dir $today" -b "coachlog version"
	done
	[ $git ] || return 0
	measure -name "commit of a log" -logs "$1" -beside '`coachlog version`' -n $pairs -for $each -limit 1.5 \
		-prepare-a "echo '<!-- again -->' >>$dir/$log" -a "coachlog commit -C $dir $dir/$log" -b "coachlog version"
	git -C "$dir" tag -f start >/dev/null
	measure -name "agree to a log" -logs "$1" -beside '`coachlog version`' -n $pairs -for $each -limit 1.5 \
		-prepare-a "git -C $dir reset -q --soft start" -a "coachlog agree -C $dir $dir/$log" -b "coachlog version"
}

changed() { # LOGS
	[ $git ] || return 0
	topic="Ten logs changed" dir=$work/book
	# 0.8 of git status and ten times what one person takes beyond the start
	limit=$(awk -F, -v logs="$1" '$4 == logs && $2 == "check rep1" { one = $6 - $7 }
		$4 == logs && $1 ~ /facts kept/ && $2 == "check" { status = $7 }
		END { printf "%.2f", 0.8 + (status > 0 && one > 0 ? 10 * one / status : 0) }' "$results")
	measure -name check -logs "$1" -beside '`git status`' -n $pairs -for $each -limit "$limit" \
		-prepare-a "$ten" -a "coachlog check -C $dir $today" -prepare-b "$ten" -b "git -C $dir status"
	sh -c "$ten"
	git -C "$dir" commit -q -a -m 'Ten logs'
	if coachlog lint --help | grep -q -- --since; then
		measure -name 'lint --since HEAD~1' -logs "$1" -beside '`git diff --name-only HEAD~1`' -n $pairs -for $each -limit 1.5 \
			-a "coachlog lint --since HEAD~1 -C $dir $today; test \$? -le 1" -b "git -C $dir diff --name-only HEAD~1"
	else
		note "lint has no --since here, so it wasn't measured"
	fi
}

topic="Start-up"
measure -name '`coachlog version`' -logs 0 -beside '`bench/floor`' -n $((4 * pairs)) -warm 10 -for $each -limit 1.25 -a 'coachlog version' -b floor

for logs in $sizes; do
	book $logs "$work/book"
	if [ $git ]; then # josh, whose address git commits with, can sign off
		sed -i.bak 's/^name: Josh Keller$/&\nemail: josh@example.org/' "$work/book/people/josh/plan.md"
		rm "$work/book/people/josh/plan.md.bak"
		git -C "$work/book" commit -q -a -m "An address"
		sleep 1 # files as new as the index are read again by git and by coachlog
	fi
	# what takes longest last, so that on a busy machine only that is left out
	one_person $logs
	whole_warm $logs
	[ $logs -lt $big ] || changed $logs
	whole_cold $logs
	[ $logs -lt $big ] || both_processors $logs
	rm -rf "$work/book"
done

topic="Recording and looking back"
if [ $git ] && [ "$(elapsed)" -le $deadline ]; then
	for logs in $sizes; do
		[ "$(elapsed)" -le $deadline ] || break
		limit=1.3
		theirs="git -C $work/b commit -q --only -m again $log"
		if [ $logs -ge 100000 ]; then
			limit=0.8
			theirs="git -C $work/b add $log && $theirs"
		fi
		for side in a b; do book $logs "$work/$side"; done
		measure -name "commit of a log" -logs $logs -beside '`git commit`' -n $pairs -for $each -limit $limit \
			-prepare-a "echo '<!-- again -->' >>$work/a/$log" -a "coachlog commit -C $work/a $work/a/$log" \
			-prepare-b "echo '<!-- again -->' >>$work/b/$log" -b "$theirs"
		[ -z "$(git -C "$work/a" status --short)" ] && git -C "$work/a" fsck --strict >/dev/null 2>&1 || {
			over=1
			note "After coachlog's commits git status or git fsck had something to say, at $logs logs"
		}
		rm -rf "$work/a" "$work/b"
	done
	dir=$work/history
	generate -history -logs $((commits / 2)) -people $((commits / 100)) -dir "$dir"
	measure -name "history of one person, $commits commits" -logs $((commits / 2)) -beside '`git log -p` of their folder' -n $pairs -for $each -limit 1.2 \
		-a "coachlog history rep7 -C $dir" -b "git -C $dir log -p -- people/rep7"
	measure -name "audit, $commits commits" -logs $((commits / 2)) -beside '`git log -p`' -n $((pairs / 3 + 1)) -for $each -limit 1.2 \
		-a "coachlog audit -C $dir" -b "git -C $dir log -p -- ."
	rm -rf "$dir"
else
	note "Left out, for want of git or time: $topic"
fi

# A million logs, for the picture: once, in a folder without git.
if [ ! $quick ]; then
	room=$(df -Pk "$work" | awk 'NR == 2 { print int($4 / 1000000) }')
	if [ "$room" -lt 6 ]; then
		note "A million logs need 6 GB, and $room GB are free here: left out"
	elif [ "$(elapsed)" -gt 660 ]; then
		note "A million logs were left out: the rest had taken $(elapsed) s already"
	else
		git= dir=$work/book
		book 1000000 "$dir"
		topic="The whole logbook with nothing kept"
		measure -name check -logs 1000000 -beside "\`$counter\`" -n 1 -warm 0 \
			-a "COACHLOG_CACHE=off coachlog check -C $dir $today" -b "$count $dir/people | cat"
		topic="The whole logbook with facts kept"
		measure -name check -logs 1000000 -beside "\`$counter\`" -n 1 -warm 1 -a "coachlog check -C $dir $today" -b "$count $dir/people | cat"
		topic="One person"
		measure -name "check rep1" -logs 1000000 -beside '`coachlog version`' -n 5 -a "coachlog check rep1 -C $dir $today" -b "coachlog version"
	fi
fi

note "It took $(elapsed) s"
[ ! $beside ] || bench/beside.sh "$results" || note "The comparison with other tools ended early"
echo
if [ $keep ]; then
	cp "$results" docs/performance.csv
	page -page docs/performance.md -picture docs/growth.svg docs/performance.csv
else
	page "$results"
fi
exit $over
