package main

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// enrolment is a row of the medical insurance extract, as its warehouse exports it.
type enrolment struct {
	PersonID      string `parquet:"person_id"`
	PersonName    string `parquet:"person_name"`
	Gender        string `parquet:"gender,dict"`
	Birth         string `parquet:"birth"`
	InsuredStatus string `parquet:"insured_status,dict"`
	InsuredType   string `parquet:"insured_type,dict"`
	UnitName      string `parquet:"unit_name,optional"`
	HomeAddr      string `parquet:"home_addr,optional"`
	Mobile        string `parquet:"mobile,optional"`
	UpdatedAt     string `parquet:"updated_at"`
}

// enrolmentRows writes Parquet through the interface that sheets have.
type enrolmentRows struct {
	*parquet.GenericWriter[enrolment]
}

func newEnrolmentRows(w io.Writer) rowWriter {
	return enrolmentRows{parquet.NewGenericWriter[enrolment](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(20_000),
		parquet.CreatedBy("medical insurance extract", "1", "demo"))}
}

// Write writes a row in the order of the struct.
func (e enrolmentRows) Write(c []string) error {
	_, err := e.GenericWriter.Write([]enrolment{{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9]}})
	return err
}

// writeEnrolments writes the medical insurance snapshot.
func (c *city) writeEnrolments(l *landing) error {
	s, err := l.sheet("medical_enrolment", "medical/enrolment_"+secondSlot.compact()+".parquet", secondSlot, form{rows: newEnrolmentRows})
	if err != nil {
		return err
	}
	for i := range c.people {
		r := c.stream("medical", i)
		if p := &c.people[i]; p.here(secondSlot) && (p.dead == 0 && r.of(9200) || p.dead != 0 && r.of(300)) {
			c.enrolment(s, r, p)
		}
	}
	return s.close(l)
}

func (c *city) enrolment(s *sheet, r *chance, p *person) {
	kind, unit, state := "城乡居民基本医疗保险", "", "正常参保"
	if p.employer >= 0 {
		kind, unit = "职工基本医疗保险", c.orgs[p.employer].name
	}
	if r.of(400) {
		state = "暂停参保"
	}
	if p.dead != 0 {
		s.note("medical_insured", "implausible", "insured after death")
	}
	row := []string{p.number(), p.name, map[bool]string{true: "M", false: "F"}[p.male], p.birth.dashed(), state, kind, unit, p.home.text,
		p.phone, fmt.Sprintf("%sT%02d:%02d:00", secondSlot.plus(-1-r.below(300)).dashed(), r.between(8, 17), r.below(60))}
	c.alterEnrolment(s, r, p, row)
	s.add(row...)
}

func (c *city) alterEnrolment(s *sheet, r *chance, p *person, row []string) {
	switch at := r.below(10_000); {
	case at < 50 && p.short() != "":
		row[0] = p.short()
		s.note("", "fix", "15-digit number")
	case at < 60:
		row[0] = breakDigit(row[0], 16)
		s.note("", "reject", "resident_id.checksum")
	case at < 260:
		row[2] = "UNKNOWN"
		s.note("sex", "unknown", "null word")
	case at < 290:
		row[2] = "X"
		s.note("sex", "void", "code.unknown")
	case at < 360:
		row[3] = p.birth.plus(r.between(1, 40)).dashed()
		s.note("birth_date", "finding", "resident_id.birth_date")
	case at < 460:
		chars := []rune(row[1])
		row[1] = string(chars[0]) + "　" + string(chars[1:])
		s.note("name", "variant", "space in the name")
	case at < 500:
		_, row[1] = c.names.person(r, string([]rune(p.name)[:1]))
		s.note("name", "disagree", "another given name")
	case at < 560 && row[8] != "":
		row[8] = row[8][:10]
		s.note("phone", "finding", "phone.form")
	}
}
