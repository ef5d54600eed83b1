package main

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

// item is one of the eight as the SQL sees it: what a feed says of it in a form that
// compares, who goes first, and how "says nothing" is written.
type item struct {
	Name, Type, Clean string
	// Rank is the place of each feed, a digit a feed; what catalogue/authority says.
	Rank  string
	Empty string
}

const (
	ranksByFirst  = "01123" // Source d0, then d1 with two feeds, d2, d3.
	ranksBySecond = "20013" // d1, d2, d0, d3.
	ranksByLast   = "12230" // d3, d0, d1, d2.
	ranksLatest   = "00000" // The newest event, whoever says it.
)

// items do in SQL what the declared normalizers do to this data: edges are trimmed, labels
// become codes, what is in no code table or on no calendar is dropped.
var items = [itemCount]item{
	{"name", "String", "replaceAll(replaceAll(replaceAll(trimBoth(name), '　', ''), ' ', ''), '•', '·')", ranksByFirst, "''"},
	{"sex", "LowCardinality(String)", codeSQL("sex", sexes, "0", "9"), ranksByFirst, "''"},
	{"birth", "UInt32", daySQL("birth"), ranksByFirst, "0"},
	{"region", "LowCardinality(String)", "if(trimBoth(region) IN ('" + strings.Join(counties, "', '") + "'), trimBoth(region), '')", ranksByFirst, "''"},
	{"addr", "String", "trimBoth(addr)", ranksBySecond, "''"},
	{"phone", "String", "if(position(phone, '*') > 0, '', replaceAll(replaceAll(phone, '-', ''), ' ', ''))", ranksLatest, "''"},
	{"marital", "LowCardinality(String)", codeSQL("marital", marriages, "21", "22", "23", "90"), ranksByLast, "''"},
	{"edu", "LowCardinality(String)", codeSQL("edu", schooling), ranksByLast, "''"},
}

// codeSQL folds a cell to a code of its table: a code as it stands, a label, or nothing.
func codeSQL(column string, list [][2]string, more ...string) string {
	var codes, labels []string
	for _, c := range list {
		codes, labels = append(codes, "'"+c[0]+"'"), append(labels, "'"+c[1]+"'")
	}
	for _, c := range more {
		codes = append(codes, "'"+c+"'")
	}
	return fmt.Sprintf("if(%[1]s IN (%[2]s), %[1]s, transform(%[1]s, [%[3]s], [%[4]s], ''))",
		"trimBoth("+column+")", strings.Join(codes, ", "), strings.Join(labels, ", "), strings.Join(codes[:len(labels)], ", "))
}

// daySQL reads yyyy-mm-dd or yyyy/mm/dd as yyyymmdd, 0 for what is on no calendar: its date
// written as a number must be that number again.
func daySQL(column string) string {
	digits := "toUInt32OrZero(replaceAll(replaceAll(trimBoth(" + column + "), '-', ''), '/', ''))"
	return fmt.Sprintf("if(toYYYYMMDD(YYYYMMDDToDate32(%[1]s)) = %[1]s, %[1]s, 0)", digits)
}

// orders are the different ranks, so that each is computed once a row.
func orders() []string { return []string{ranksByFirst, ranksBySecond, ranksByLast, ranksLatest} }

// ranksSQL is the place of feed f.
func ranksSQL(ranks string) string {
	if ranks == ranksLatest {
		return "0"
	}
	return "transform(f, [0, 1, 2, 3, 4], [" + strings.Join(strings.Split(ranks, ""), ", ") + "], 9)"
}

// checkSQL is the check digit of GB 11643 (ISO 7064 MOD 11-2), as a skilled hand writes it:
// eight digits at once in the lanes of a word, times the weights, summed in the top lane.
func checkSQL() string {
	lanes := func(from int, weights [4]int, shift int) string {
		var w uint64
		for i, x := range weights { // The first digit lies lowest and must meet the highest lane.
			w |= uint64(x) << (16 * (3 - i))
		}
		return fmt.Sprintf("bitShiftRight(bitAnd(bitShiftRight(reinterpretAsUInt64(substring(key, %d, 8)), %d), 0x000F000F000F000F) * %d, 48)", from, shift, w)
	}
	sum := strings.Join([]string{
		lanes(1, [4]int{7, 10, 8, 2}, 0), lanes(1, [4]int{9, 5, 4, 1}, 8),
		lanes(9, [4]int{6, 7, 10, 8}, 0), lanes(9, [4]int{3, 9, 5, 4}, 8),
		"bitAnd(reinterpretAsUInt8(substring(key, 17, 1)), 15) * 2"}, " + ")
	return "length(key) = 18 AND isNotNull(toUInt64OrNull(substring(key, 1, 17))) AND substring('10X98765432', (" + sum +
		") % 11 + 1, 1) = substring(key, 18, 1)"
}

//go:embed winner.sql.tmpl
var winnerText string

//go:embed compare.sql.tmpl
var compareText string

// A sqlForm is a way to write the same query by hand. All pack rank, event time and feed into
// one number: ordered by a tuple of them, as the plain form of the reference is, five million
// rows take 165 CPU-s, ten times the best form, and a goal held against that would be none.
// Between the two are: conflicts told by uniqExact (exact, 1.3 times the best), and the winner's
// value and feed taken as one tuple, too (pairs, twice the best, as the reference measured its
// plain form). The goal of the plain form is held against both.
type sqlForm struct {
	step  string
	exact bool
	// pairs takes value and feed together.
	pairs bool
	// latest takes the row of the newest slot alone where a feed has several about a key.
	latest bool
}

var (
	sqlForms  = []sqlForm{{step: "SQL, best"}, {step: "SQL, exact", exact: true}, {step: "SQL, pairs", exact: true, pairs: true}}
	sqlLatest = sqlForm{step: "SQL, latest", latest: true}
)

// statement fills a template in.
func (b *bench) statement(text string, form sqlForm) (string, error) {
	t, err := template.New("sql").Funcs(template.FuncMap{"ranks": ranksSQL}).Parse(text)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = t.Execute(&out, map[string]any{"Items": items[:], "Orders": orders(), "Check": checkSQL(), "Exact": form.exact, "Pairs": form.pairs, "Latest": form.latest,
		"Files": b.landing() + "/feed*.csv"})
	return out.String(), err
}

// tableSQL is where the SQL puts what it finds: value, origin (1 is feed0, 0 is nobody) and
// whether feeds differ, for each item.
func tableSQL() string {
	cols := []string{"key FixedString(18)"}
	for _, it := range &items {
		cols = append(cols, it.Name+" "+it.Type, it.Name+"_from UInt8", it.Name+"_differs UInt8")
	}
	return "CREATE TABLE bench_sql.winner (" + strings.Join(cols, ", ") + ") ENGINE = MergeTree ORDER BY key"
}

// runSQL measures one form on an engine that has just started, into an empty table.
func (b *bench) runSQL(ctx context.Context, e engine, form sqlForm) (sample, error) {
	insert, err := b.statement(winnerText, form)
	if err != nil {
		return sample{}, err
	}
	for _, sql := range []string{"SYSTEM STOP MERGES", "DROP DATABASE IF EXISTS bench_sql SYNC", "CREATE DATABASE bench_sql", tableSQL()} {
		if _, err := e.exec(ctx, sql); err != nil {
			return sample{}, err
		}
	}
	// The rows are told by jiku's report; the SQL reads the same files.
	return b.measure(ctx, e, form.step, func(s *sample) error {
		if _, err := e.exec(ctx, insert); err != nil {
			return err
		}
		return e.row(ctx, "SELECT count() AS golden FROM bench_sql.winner", s)
	})
}
