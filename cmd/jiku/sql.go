package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) sqlCommand() *cobra.Command {
	var asJSON, asCSV bool
	cmd := verb{
		use: "sql STATEMENT", short: "Ask the warehouse in SQL, as its read-only user",
		long: `
STATEMENT is one SELECT of ClickHouse, or - to read it from standard input, which keeps it out
of the list of processes. The answer is tab-separated with a line of names, or JSON (one array of rows),
or CSV. Bases are tables such as population.person; quality.finding has what is wrong, the
databases theme_* have the themes. Writing is refused, and so are the raw rows of
claims (claim.raw).`,
		example: `jiku sql "SELECT region, count() FROM population.person GROUP BY region"
jiku sql --csv "SELECT * FROM quality.finding LIMIT 100" > findings.csv
jiku sql - < question.sql`,
		exits: exitsOf(),
		args:  cobra.ExactArgs(1),
		run: func(ctx context.Context, args []string) error {
			if asJSON && asCSV {
				return usagef("", "jiku sql: --json and --csv exclude each other")
			}
			format := "TSVWithNames"
			switch {
			case asJSON:
				format = "JSONEachRow"
			case asCSV:
				format = "CSVWithNames"
			}
			return a.sql(ctx, args[0], format)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array of rows")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV with a line of names")
	return cmd
}

func (a *app) sql(ctx context.Context, statement, format string) error {
	statement, err := a.argument(statement)
	if err != nil {
		return err
	}
	if statement = strings.TrimRight(statement, "; \n\t\r"); statement == "" {
		return usagef(`jiku sql "SELECT 1"`, "jiku sql: the statement is empty")
	}
	ep, err := a.open(ctx)
	if err != nil {
		return err
	}
	return ask(ctx, ep, question{sql: statement, format: format}, a.out)
}

// argument is a word of the command line, or standard input for "-".
func (a *app) argument(word string) (string, error) {
	if word != "-" {
		return word, nil
	}
	const most = 16 << 20
	text, err := io.ReadAll(io.LimitReader(a.in, most))
	return strings.TrimSpace(string(text)), err
}
