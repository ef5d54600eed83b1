package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// finish writes the notice and closes the labels.
func (l *landing) finish(o options) error {
	if err := l.to.Flush(); err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	if err := l.labels.Close(); err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	if err := os.WriteFile(filepath.Join(l.dir, "README.md"), []byte(l.notice(o)), 0o644); err != nil {
		return fmt.Errorf("write notice: %w", err)
	}
	return nil
}

// notice says what is real and what is not.
func (l *landing) notice(o options) string {
	var b strings.Builder
	b.WriteString("# Landing directory of the demo city\n\n")
	fmt.Fprintf(&b, "Written by `go run ./testdata/democity` with -persons %d -orgs %d -seed %d.\n\n", o.persons, o.orgs, o.seed)
	b.WriteString("## What is real and what is not\n\n")
	if o.registrations != "" {
		b.WriteString(realNotice)
	} else {
		b.WriteString("- Nothing here is real: every organization and every person is made up.\n")
	}
	b.WriteString(madeUpNotice)
	b.WriteString("\n## Files\n\n| feed | file | rows | bytes | sha256 |\n| --- | --- | ---: | ---: | --- |\n")
	for _, f := range l.files {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %s |\n", f.feed, f.name, f.rows, f.bytes, f.digest)
	}
	return b.String()
}

const realNotice = `- REAL: the first rows of market/registration_20261101.csv.gz are registrations of Chinese enterprises, copied byte for
  byte. Source: 刘文. 中国大陆企业工商注册信息数据集, 2019-06-01 (CC BY-NC-SA 4.0: attribution, no commercial use, share
  alike), with names of natural persons replaced. Do not publish this directory under other terms.
- DERIVED: the tax, human resources and street rows of those enterprises repeat name, code and address with alterations
  that LABELS.tsv lists; numbers of insured persons, dates of visits and of changes, and the state "normal" are invented.
  They say nothing about the enterprises.
`

const madeUpNotice = `- MADE UP: organizations with codes of province 39, which GB/T 2260 does not assign, and their permits and penalties.
  Nothing adverse is made up about anybody else.
- MADE UP: all persons, with numbers of province 39. Names are drawn from frequencies; phone numbers are drawn at random.
`

// summary is the notice in a few lines, for the terminal.
func (l *landing) summary(o options) string {
	var b bytes.Buffer
	rows, size := 0, int64(0)
	for _, f := range l.files {
		fmt.Fprintf(&b, "%-20s %9d rows  %s\n", f.feed, f.rows, f.name)
		rows, size = rows+f.rows, size+f.bytes
	}
	fmt.Fprintf(&b, "%-20s %9d rows  %d MB\n", "total", rows, size>>20)
	if o.registrations != "" {
		b.WriteString("The registrations are real (CC BY-NC-SA 4.0), persons and organizations of province 39 are made up; see README.md there.\n")
	} else {
		b.WriteString("All persons and organizations are made up; see README.md there.\n")
	}
	return b.String()
}
