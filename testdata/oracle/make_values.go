package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"jiku/schemas/ident"
)

// maker makes values; the same seed gives the same ones. All persons and organizations are of province 39, which
// GB/T 2260 does not assign.
type maker struct{ *rand.Rand }

func newMaker(seed uint64) maker { return maker{rand.New(rand.NewPCG(seed, 39))} }

const (
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	allCharacters  = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

func (m maker) region() string { return fmt.Sprintf("39%04d", m.IntN(10_000)) }

// day is a day of two centuries and a half.
func (m maker) day() uint32 {
	for {
		d := uint32(1800+m.IntN(250))*10_000 + uint32(1+m.IntN(12))*100 + uint32(1+m.IntN(31))
		if ident.ValidDate(d) {
			return d
		}
	}
}

// person is a valid number of a person.
func (m maker) person() string {
	id, err := ident.SynthesizeResidentID(m.region(), m.day(), m.IntN(1000))
	if err != nil {
		panic(err) // The arguments are in range.
	}
	return string(id.AppendTo(nil))
}

// organization is a valid code of an organization.
func (m maker) organization() string {
	categories := []string{"91", "92", "93", "11", "12", "13", "51", "52", "53", "31", "81", "N1", "A1", "Y1", "99"}
	body := make([]byte, 8)
	for i := range body {
		body[i] = creditAlphabet[m.IntN(len(creditAlphabet))]
	}
	code, err := ident.SynthesizeUSCC(categories[m.IntN(len(categories))], m.region(), string(body))
	if err != nil {
		panic(err) // The arguments are in range.
	}
	return string(code.AppendTo(nil))
}

// checked adds the check digit of GB 11643 to 17 digits, by the formula of the standard.
func checked(digits string) string {
	sum := 0
	for i := range digits {
		sum = (sum + int(digits[i]-'0')) * 2
	}
	return digits + string("10X98765432"[sum%11])
}

// persons are the ways in which a value of a column of persons comes about.
func (m maker) persons() []func() string {
	return []func() string{
		m.person, m.person, m.person,
		func() string { return m.replace(m.person(), 2, "0123456789") },
		func() string { return m.replace(m.person(), 2, "0123456789") },
		func() string { return m.swap(m.person(), 2) },
		func() string { return m.replace(m.person(), 2, allCharacters) },
		func() string { return checked(m.region() + fmt.Sprintf("%08d%03d", m.IntN(100_000_000), m.IntN(1000))) },
		func() string {
			return checked(m.region() + fmt.Sprintf("%04d%02d%02d%03d", 1900+m.IntN(150), m.IntN(14), m.IntN(33), m.IntN(1000)))
		},
		func() string { return short(m.person()) },
		func() string { return m.replace(short(m.person()), 2, "0123456789") },
		func() string { return m.replace(short(m.person()), 2, allCharacters) },
		func() string { return strings.ToLower(m.person()) },
		func() string { return wide(m.person()) },
		func() string { return m.blanks(m.person()) },
		func() string { s := m.person(); return s[:6+m.IntN(12)] },
		func() string { return m.person() + string(allCharacters[m.IntN(36)]) },
		func() string { return "'" + m.person() },
		func() string { return strings.Replace(m.person(), "X", "Х", 1) },
		func() string { s := m.person(); return s[:6] + "********" + s[14:] },
		func() string {
			return checked([]string{"810000", "820000", "830000", "840000", "039000"}[m.IntN(5)] + "99999999001")
		},
		func() string {
			return checked("039" + fmt.Sprintf("%03d%08d%03d", m.IntN(1000), m.day(), m.IntN(1000)))
		},
		func() string {
			return checked("9" + fmt.Sprintf("39%03d%08d%03d", m.IntN(1000), m.day(), m.IntN(1000)))
		},
		func() string { return strings.Repeat(string(rune('0'+m.IntN(10))), 15+3*m.IntN(2)) },
		m.organization, m.digitsOnly,
	}
}

// organizations are the ways in which a value of a column of credit codes comes about.
func (m maker) organizations() []func() string {
	return []func() string{
		m.organization, m.organization, m.organization, m.digitsOnly,
		func() string { return m.replace(m.organization(), 0, creditAlphabet) },
		func() string { return m.replace(m.organization(), 0, allCharacters) },
		func() string { return m.swap(m.organization(), 0) },
		func() string { s := m.organization(); return s[17:] + s[1:17] + s[:1] },
		func() string { return strings.ToLower(m.organization()) },
		func() string { return wide(m.organization()) },
		func() string { return m.blanks(m.organization()) },
		func() string { s := m.organization(); return s[:8] + "-" + s[8:] },
		func() string {
			return strings.NewReplacer("0", "O", "1", "I", "5", "S", "2", "Z").Replace(m.organization())
		},
		func() string { s := m.organization(); return s[:1+m.IntN(17)] },
		func() string { return m.organization() + string(creditAlphabet[m.IntN(31)]) },
		func() string { return m.replace(m.organization(), 2, "ABCDEFGH") },
		func() string { return strings.Repeat(string(rune('0'+m.IntN(10))), 18) },
		func() string { return []string{"123456789012345678", "000000000000000000", ""}[m.IntN(3)] },
		m.person,
	}
}

// digitsOnly is a credit code without a letter: one in eleven passes the check digit of persons.
func (m maker) digitsOnly() string {
	for {
		code, err := ident.SynthesizeUSCC("11", m.region(), fmt.Sprintf("%08d", m.IntN(100_000_000)))
		if s := string(code.AppendTo(nil)); err == nil && !strings.ContainsAny(s[:17], "ABCDEFGHJKLMNPQRTUWXY") {
			return s
		}
	}
}

// replace puts another character at a place from some place on.
func (m maker) replace(s string, from int, characters string) string {
	i := from + m.IntN(len(s)-from)
	return s[:i] + string(characters[m.IntN(len(characters))]) + s[i+1:]
}

// swap exchanges two characters from some place on.
func (m maker) swap(s string, from int) string {
	b := []byte(s)
	i, j := from+m.IntN(len(s)-from), from+m.IntN(len(s)-from)
	b[i], b[j] = b[j], b[i]
	return string(b)
}

func (m maker) blanks(s string) string {
	blank := []string{" ", "\t", "\u3000", "\u00a0", "\u200b"}[m.IntN(5)]
	i := []int{0, 6, len(s)}[m.IntN(3)]
	return s[:i] + blank + s[i:]
}

// short is the number of 15 digits that a person had.
func short(s string) string { return s[:6] + s[8:17] }

func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r + 0xFEE0)
	}
	return b.String()
}
