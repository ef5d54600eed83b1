package main

import (
	"strings"

	"github.com/shopspring/decimal"
)

// columns are where a derived feed keeps what can be altered; 0 is nowhere for the capital.
type columns struct{ name, address, capital int }

// alterCode spoils a unified social credit code in the ways that feeds are known for.
func alterCode(s *sheet, r *chance, row []string, at int) {
	code := row[at]
	if len(code) != 18 {
		return
	}
	switch n := r.below(10_000); {
	case n < 100:
		row[at] = strings.ToLower(code)
		s.note("", "fix", "lower-case code")
	case n < 110:
		row[at] = breakDigit(code, 17)
		s.note("", "finding", "uscc.checksum_other")
	case n < 120 && strings.Contains(code, "0"):
		row[at] = strings.ReplaceAll(code, "0", "O")
		s.note("", "finding", "uscc.repaired")
	case n < 125:
		row[at] = code[8:17]
		s.note("", "linked", "org_code")
	case n < 130:
		row[at] = code[2:8] + code[8:17]
		s.note("", "linked", "tax_no")
	case n < 180:
		row[at] = " " + code + " "
		s.note("", "fix", "blanks at the edges")
	}
}

// alterCompany changes facts (disagree) and spellings (variant) of an organization.
func alterCompany(s *sheet, r *chance, row []string, c columns) {
	address := row[c.address]
	switch n := r.below(10_000); {
	case address == "":
	case n < 700:
		if moved, ok := nextNumber(address); ok {
			row[c.address] = moved
			s.note("address", "disagree", "another house number")
		}
	case n < 1000:
		if w := fullWidth(address); w != address {
			row[c.address] = w
			s.note("address", "variant", "full-width digits")
		}
	}
	if c.capital != 0 && row[c.capital] != "" && r.of(300) {
		if n, err := decimal.NewFromString(row[c.capital]); err == nil && n.IsPositive() {
			row[c.capital] = n.Mul(decimal.NewFromInt(2)).StringFixed(2)
			s.note("capital", "disagree", "capital before or after an increase")
		}
	}
	if name := row[c.name]; r.of(2000) {
		if swapped := otherBrackets(name); swapped != name {
			row[c.name] = swapped
			s.note("name", "variant", "brackets of the other width")
		}
	}
}

// nextNumber adds two to the first house number, so that the address is another one.
func nextNumber(address string) (string, bool) {
	at := strings.Index(address, "号")
	start := at
	for start > 0 && address[start-1] >= '0' && address[start-1] <= '9' {
		start--
	}
	if at < 0 || start == at || at-start > 6 {
		return address, false
	}
	n, err := decimal.NewFromString(address[start:at])
	if err != nil {
		return address, false
	}
	return address[:start] + n.Add(decimal.NewFromInt(2)).String() + address[at:], true
}

func otherBrackets(name string) string {
	if strings.ContainsAny(name, "()") {
		return strings.NewReplacer("(", "（", ")", "）").Replace(name)
	}
	return strings.NewReplacer("（", "(", "）", ")").Replace(name)
}
