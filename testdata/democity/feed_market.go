package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

var registrationHeader = []string{"企业名称", "统一社会信用代码", "注册日期", "企业类型", "法人代表", "注册资金", "经营范围", "所在省份", "地区", "注册地址"}

// writeRegistrations writes the registrar's snapshot and the three feeds derived from it.
func (c *city) writeRegistrations(l *landing, real string) error {
	name := "market/registration_" + secondSlot.compact() + ".csv.gz"
	out, err := l.open(name, secondSlot)
	if err != nil {
		return err
	}
	d, err := c.derive(l)
	if err != nil {
		return err
	}
	rows := 0
	if real != "" {
		if rows, err = copyRegistrations(real, out, d.take); err != nil {
			return err
		}
	}
	s, err := newSheet("market_registration", name, out, form{gzip: true, noHeader: real != ""}, registrationHeader)
	if err != nil {
		return err
	}
	s.rows = rows
	for i := range c.orgs {
		o := &c.orgs[i]
		c.register(s, i, o)
		d.take(*o)
	}
	if err := s.close(l); err != nil {
		return err
	}
	return d.close(l)
}

// register writes a made-up organization; a few rows have defects that the registrar's own
// file is known for.
func (c *city) register(s *sheet, i int, o *org) {
	r := c.stream("market", i)
	row := []string{o.name, o.code, o.founded, o.kind, o.rep, o.capital, o.scope, "示例省", "示例市", o.address}
	switch at := r.below(10_000); {
	case at < 20:
		row[1] = strings.ToLower(row[1])
		s.note("", "fix", "lower-case code")
	case at < 30:
		row[2] = row[2][:5] + "02-30"
		s.note("established", "void", "date.calendar")
	case at < 60:
		row[0], row[9] = " "+row[0], row[9]+" "
		s.note("name", "fix", "blanks at the edges")
	case at < 65:
		row[1] = row[1][:6] + "******" + row[1][12:]
		s.note("", "reject", "uscc.masked")
	case at < 100:
		row[5] = "-"
		s.note("capital", "unknown", "null word")
	}
	s.add(row...)
}

// copyRegistrations copies a gzip file byte for byte and hands out its rows. Gzip files may
// be joined: what is written after it is read as one file.
func copyRegistrations(path string, to io.Writer, take func(org)) (rows int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("open registrations: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(io.TeeReader(f, to))
	if err != nil {
		return 0, fmt.Errorf("read registrations: want a .csv.gz file: %w", err)
	}
	var last lastByte
	r := csv.NewReader(io.TeeReader(z, &last))
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil || strings.Join(header, ",") != strings.Join(registrationHeader, ",") {
		return 0, fmt.Errorf("read registrations: want the columns %s", strings.Join(registrationHeader, ","))
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return rows, fmt.Errorf("read registrations: %w", err)
		}
		rows++
		take(registered(row))
	}
	if last != '\n' {
		return rows, errors.New("read registrations: the last row has no line end")
	}
	return rows, nil
}

func registered(row []string) org {
	o := org{name: blankNA(row[0]), code: row[1], founded: blankNA(row[2]), kind: blankNA(row[3]), rep: blankNA(row[4]),
		capital: blankNA(row[5]), address: blankNA(row[9])}
	if len(o.code) == 18 {
		o.region = o.code[2:8]
	}
	return o
}

func blankNA(s string) string {
	if s == "N/A" {
		return ""
	}
	return strings.Clone(s)
}

// lastByte remembers the last byte written to it.
type lastByte byte

// Write implements io.Writer.
func (b *lastByte) Write(p []byte) (int, error) {
	if len(p) > 0 {
		*b = lastByte(p[len(p)-1])
	}
	return len(p), nil
}
