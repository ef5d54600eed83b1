#!/usr/bin/env bash
# make demo: makes a city up, loads it into a warehouse of its own under build/demo, asks it what each kind of user asks,
# and judges what came of it. Run it again: what is loaded already is not loaded twice.
#
# usage: testdata/demo.sh [REGISTRATIONS.csv.gz]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A warehouse or home of the person who tries this must not get the demo's data.
unset JIKU_WAREHOUSE JIKU_CATALOG
city=build/demo/city
export JIKU_HOME=build/demo/home JIKU_LANDING=$city/landing
day=2026-11-02 # The last day of the city's deliveries.
registrations=${1:-}

bold='' plain=''
[ -t 1 ] && bold=$'\e[1m' plain=$'\e[0m'
say() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
ask() {
	printf '\n$ bin/jiku sql "%s"\n' "$1"
	bin/jiku sql "$1"
}

say "The deliveries of a city's departments"
if [ -f "$city/city.json" ]; then
	echo "The city is there already, in $city."
else
	gen=(bin/jiku gen city --persons 50000 --seed 1 --days 8 --out "$city")
	if [ -n "$registrations" ]; then
		echo "The market regulator delivers the registrations in $registrations, too; all else is made up."
		gen+=(--registrations "$registrations")
	else
		echo "No file of registrations is given: all organizations are made up."
	fi
	printf '\n$ %s\n' "${gen[*]}"
	"${gen[@]}"
fi
# What no list of well-formed codes has comes by two more feeds, where the files are beside.
beside=$(dirname "${registrations:-none/x}")
if [ -f "$beside/bad-check-digit-a.csv" ] && [ -f "$beside/no-uscc-a.csv.gz" ]; then
	echo "Two more feeds of the regulator: issued codes that fail their check, and firms without a code."
	slot=20261101
	cp "$beside/bad-check-digit-a.csv" "$JIKU_LANDING/market/issued_$slot.csv"
	cp "$beside/no-uscc-a.csv.gz" "$JIKU_LANDING/market/numbered_$slot.csv.gz"
	chmod u+w "$JIKU_LANDING"/market/*
	TZ=UTC touch -d 2026-11-01T00:00:00 "$JIKU_LANDING/market/issued_$slot.csv" "$JIKU_LANDING/market/numbered_$slot.csv.gz"
	export JIKU_CATALOG=$city/catalog
	cp testdata/registrations/feeds/*.yaml "$JIKU_CATALOG/feeds/"
fi

say "One run: read, check, key, reconcile, publish, score"
printf '\n$ bin/jiku run --date %s --report build/demo/report.html\n' "$day"
# One delivery has a column under another name and is held, as it should be: exit code 4.
bin/jiku run --date "$day" --report build/demo/report.html || [ $? -eq 4 ]

say "Who says so? The made-up organization that departments dispute most"
# Of province 39, which nobody is registered in.
disputed="SELECT uscc FROM legal_entity.organization WHERE substring(uscc, 3, 2) = '39' ORDER BY conflicts DESC, uscc LIMIT 1 FORMAT TSV"
printf '\n$ bin/jiku sql "%s" | bin/jiku explain - --base legal_entity\n' "$disputed"
bin/jiku sql "$disputed" | bin/jiku explain - --base legal_entity

say "For a data engineer: what is wrong with what was loaded?"
ask "SELECT feed, code, title, count() AS rows FROM quality.finding WHERE depth = 'row' GROUP BY ALL ORDER BY rows DESC, feed, code LIMIT 8"

say "For a department: where do others say something else than we do?"
ask "SELECT title, winner_feed, reason, count() AS conflicts FROM legal_entity.conflict WHERE feed = 'tax_taxpayer' GROUP BY ALL ORDER BY conflicts DESC, title LIMIT 8"

say "For a department: which of our rows are keyed by other numbers, whose are they, and which wait?"
ask "SELECT kind, feed, reason, count() AS orphans FROM legal_entity.orphan GROUP BY ALL ORDER BY orphans DESC, feed LIMIT 8"
linked="SELECT key FROM legal_entity.golden WHERE linked != '' ORDER BY key LIMIT 1 FORMAT TSV"
printf '\n$ bin/jiku sql "%s" | bin/jiku explain - --base legal_entity --item name\n' "$linked"
bin/jiku sql "$linked" | bin/jiku explain - --base legal_entity --item name

say "For an analyst: whose food permits run out, and is the holder still in business?"
ask "SELECT region, entity_status, count() AS permits, min(valid_until) AS first FROM theme_market.permits_due GROUP BY ALL ORDER BY permits DESC, region, entity_status LIMIT 8"

say "For whoever must trust it: how much of the made-up truth did jiku find?"
printf '\n$ bin/jiku judge %s --report build/demo/judge.html\n' "$city"
bin/jiku judge "$city" --report build/demo/judge.html

say "Look on"
cat <<END
  the report          build/demo/report.html
  what was judged     build/demo/judge.html
  the city, its truth $city
  the declarations    schemas/base schemas/feeds schemas/authority schemas/themes
  more questions      export JIKU_HOME=$JIKU_HOME JIKU_LANDING=$JIKU_LANDING${JIKU_CATALOG:+ JIKU_CATALOG=$JIKU_CATALOG}
                      bin/jiku score; bin/jiku delivery list; bin/jiku sql "SHOW TABLES FROM legal_entity"; bin/jiku --help
  the end             make clean
END
