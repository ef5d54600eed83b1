package main

import "fmt"

var penaltyHeader = []string{"CF_WSH", "CF_CFJG", "CF_XDR_MC", "CF_XDR_SHXYM", "CF_CFLB", "CF_JDRQ", "CF_NR", "CF_NR_FK", "CF_GSJZQ", "CF_ZT", "XZQH", "CZBZ", "CF_SJLY"}

// writePenalties writes the penalties of made-up organizations: an archive and two
// deliveries of one day, the last of which takes a decision back.
func (c *city) writePenalties(l *landing) error {
	names := []string{"market/penalty_20261019.csv", "market/penalty_20261026_1.csv", "market/penalty_20261026_2.csv"}
	for part, name := range names {
		slot := day(20261019)
		if part > 0 {
			slot = 20261026
		}
		s, err := l.sheet("market_penalty", name, slot, form{gb18030: true}, penaltyHeader...)
		if err != nil {
			return err
		}
		for i := range c.orgs {
			if r := c.stream("penalty", i); r.of(400) {
				c.penalty(s, r, i, part)
			}
		}
		if err := s.close(l); err != nil {
			return err
		}
	}
	return nil
}

// penalty writes a decision in the part that it falls in.
func (c *city) penalty(s *sheet, r *chance, i, part int) {
	o := &c.orgs[i]
	mine, undone := 0, r.of(300)
	if r.of(800) {
		mine = 1
	}
	on := day(20261019).plus(-r.between(2, 900))
	if mine == 1 {
		on = day(20261019).plus(r.below(6))
	}
	fine := r.between(1, 200) * 500
	row := []string{fmt.Sprintf("示市监罚〔%d〕%d号", on.year(), i+1), regulator, o.name, o.code, "罚款", on.slashed(),
		fmt.Sprintf("责令改正，罚款%d元", fine), fmt.Sprintf("%.2f", float64(fine)/10_000), on.plus(90 + r.below(900)).slashed(), "有效", o.region, "新增", "法规科"}
	if r.of(2000) {
		row[4], row[6], row[7] = "警告", "予以警告", "0"
	}
	if part == 2 && mine == 0 && undone {
		row[11] = "删除"
		s.note("", "withdrawn", "decision revoked on review")
		s.add(row...)
	}
	if part != mine {
		return
	}
	switch at := r.below(10_000); {
	case at < 100 && fine > 1000:
		row[7] = fmt.Sprint(fine)
		s.note("amount", "finding", "number.above")
	case at < 200:
		row[0] = ""
		s.note("", "reject", "key.missing")
	case at < 300:
		row[8] = on.plus(-10).slashed()
		s.note("publish_until", "finding", "date.order")
	}
	s.add(row...)
}
