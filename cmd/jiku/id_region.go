package main

import (
	"strings"

	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// firstIssue is the year in which the first resident ID numbers were given out.
const firstIssue = 1984

// region is a code with its name in a year, or in the nearest year that knows it, and what
// it has become since.
func (r *idReader) region(code []byte, year int) string {
	text := string(code)
	name, in := r.nameNear(code, year)
	if name == "" {
		return text + "（区划表中没有）"
	}
	text += " " + name
	if r.regions.InForce(code, r.regions.Through()) {
		return text
	}
	now := r.regions.Current(code, in)
	if len(now) == 0 {
		return text + "（已撤销）"
	}
	var parts []string
	for _, c := range now {
		label, _ := r.regions.FullName([]byte(c), r.regions.Through())
		parts = append(parts, c+" "+label)
	}
	return text + "（今 " + strings.Join(parts, "、") + "）"
}

// registrar is the code of who registered an organization: a division of any year, a bureau with a
// code of its own, a zone, or the national bureau.
func (r *idReader) registrar(code []byte) string {
	if string(code) == "100000" {
		return "100000 国家登记机关"
	}
	year := int(r.today / 10000)
	if in, how := r.regions.Today(code, year); how == codes.RegionOffice {
		name, _ := r.regions.FullName([]byte(in), r.regions.Through())
		return string(code) + "（登记机关或开发区，位于 " + in + " " + name + "）"
	}
	return r.region(code, year)
}

// nameNear is the full name of a code in a year, else in the next later year, else in the
// last year that had it.
func (r *idReader) nameNear(code []byte, year int) (name string, in int) {
	year = min(max(year, codes.FirstYear), r.regions.Through())
	for y := year; y <= r.regions.Through(); y++ {
		if name, ok := r.regions.FullName(code, y); ok {
			return name, y
		}
	}
	for y := year - 1; y >= codes.FirstYear; y-- {
		if name, ok := r.regions.FullName(code, y); ok {
			return name, y
		}
	}
	return "", 0
}

// listed notes what the history of regions says against a citizen's number. Only a province
// that never was makes it wrong: bureaus have issued numbers with codes of their own.
func (r *idReader) listed(id *identity, code []byte, birth uint32) {
	switch r.regions.Issued(code, int(birth/10000), int(r.today/10000)) {
	case codes.RegionEarlier:
		id.note("地址码在出生以前已撤销")
	case codes.RegionUnlisted:
		id.note("地址码不在历年区划表中")
	case codes.RegionUnknown:
		id.refuse(ident.Region)
	}
}
