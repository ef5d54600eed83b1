package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// derived writes what other departments know of the same organizations, while the
// registrations go by.
type derived struct {
	*city
	tax, taxNews, hr, street *sheet
	n                        int
}

var (
	taxHeader      = []string{"NSRSBH", "NSRMC", "FDDBR", "ZCDZ", "SCJYDZ", "XZQH_DM", "ZCZB", "BZ_DM", "KYRQ", "HY_DM", "NSRZT_DM", "LXDH", "XGRQ", "CZBZ", "SWJG_DM"}
	employerHeader = []string{"uscc", "unit_name", "unit_addr", "insured", "tel", "updated_at", "batch"}
	shopHeader     = []string{"单位名称", "社会信用代码", "经营地址", "所在街道代码", "经营状态", "联系电话", "走访日期", "网格员"}
)

func (c *city) derive(l *landing) (*derived, error) {
	d := &derived{city: c}
	for _, open := range []struct {
		sheet  **sheet
		feed   string
		name   string
		slot   day
		form   form
		header []string
	}{
		{&d.tax, "tax_taxpayer", "tax/taxpayer_20261001.csv", firstSlot, form{gb18030: true}, taxHeader},
		{&d.taxNews, "tax_taxpayer", "tax/taxpayer_20261101.csv", secondSlot, form{gb18030: true}, taxHeader},
		{&d.hr, "hr_employer", "hr/employer_20261101.jsonl", secondSlot,
			form{lines: true, numbers: map[string]bool{"insured": true, "batch": true}}, employerHeader},
		{&d.street, "street_shop", "street/shop_20261101.tsv", secondSlot, form{bom: true, comma: '\t'}, shopHeader},
	} {
		s, err := l.sheet(open.feed, open.name, open.slot, open.form, open.header...)
		if err != nil {
			return nil, err
		}
		*open.sheet = s
	}
	return d, nil
}

// take writes an organization into each feed that knows it.
func (d *derived) take(o org) {
	r := d.stream("derived", d.n)
	d.n++
	if r.of(9500) {
		d.taxpayer(r, &o)
	}
	if r.of(5500) {
		d.employer(r, &o)
	}
	if r.of(6500) {
		d.shop(r, &o)
	}
}

func (d *derived) close(l *landing) error {
	for _, s := range []*sheet{d.tax, d.taxNews, d.hr, d.street} {
		if err := s.close(l); err != nil {
			return err
		}
	}
	return nil
}

func (d *derived) taxpayer(r *chance, o *org) {
	yuan, currency := inYuan(o.capital)
	row := []string{o.code, o.name, o.rep, o.address, "", o.region, yuan, currency, strings.ReplaceAll(o.founded, "-", ""), "", "03", "",
		stampAt(r, firstSlot.plus(-r.between(1, 900))), "I", "390100000"}
	if o.made {
		row[9], row[11] = trades[o.trade].class, landline(r)
		if !o.normal(r) {
			row[10] = r.pick([]string{"05", "07"})
		}
	}
	alterCode(d.tax, r, row, 0)
	alterCompany(d.tax, r, row, columns{name: 1, address: 3, capital: 6})
	d.tax.add(row...)
	if !r.of(200) {
		return
	}
	news := append([]string(nil), row...)
	news[0], news[12], news[13] = o.code, stampAt(r, firstSlot.plus(r.below(30))), "U"
	if o.made && r.of(500) {
		news[13] = "D"
		d.taxNews.note("", "withdrawn", "taken off the tax register")
	} else {
		news[4] = suffixed(row[3], "二楼")
	}
	d.taxNews.add(news...)
}

func (d *derived) employer(r *chance, o *org) {
	insured := r.between(1, 40)
	if r.of(500) {
		insured = r.between(41, 2000)
	}
	tel := ""
	if o.made {
		tel = landline(r)
	}
	row := []string{o.code, o.name, o.address, fmt.Sprint(insured), tel,
		secondSlot.plus(-r.between(1, 200)).dashed() + "T08:00:00+08:00", "202610"}
	alterCode(d.hr, r, row, 0)
	alterCompany(d.hr, r, row, columns{name: 1, address: 2})
	if r.of(10) {
		row[3] = "-" + row[3]
		d.hr.note("insured_headcount", "finding", "number.below")
	}
	d.hr.add(row...)
}

func (d *derived) shop(r *chance, o *org) {
	region, state, tel := "", "在营", ""
	if o.region != "" {
		region = o.region + "001"
	}
	if o.made {
		region, tel = o.place.streetCode(), landline(r)
		state = r.pick([]string{"在营", "正常经营", "存续", "开业"})
		if !o.normal(r) {
			state = r.pick([]string{"停业", "关门", "注销"})
			d.street.note("status", "disagree", "closed when visited")
		}
	}
	address := o.address
	if r.of(3000) {
		address = suffixed(address, "底商")
	}
	row := []string{o.name, o.code, address, region, state, tel, secondSlot.plus(-r.between(1, 600)).chinese(), "网格员"}
	alterCode(d.street, r, row, 1)
	alterCompany(d.street, r, row, columns{name: 0, address: 2})
	if r.of(40) {
		row[1] = "暂无"
		d.street.note("", "reject", "key.missing")
	}
	d.street.add(row...)
}

// suffixed adds words to an address that is there.
func suffixed(address, words string) string {
	if address == "" {
		return ""
	}
	return address + words
}

var wan = regexp.MustCompile(`^([0-9][0-9,]*(?:\.[0-9]+)?)\s*[(（]?\s*万(.*)$`)

// foreign are the words by which a foreign currency is told, with its code (GB/T 12406).
var foreign = []struct{ word, code string }{{"美", "840"}, {"港", "344"}, {"欧", "978"}, {"日", "392"}}

// inYuan reads a registered capital in 10,000 and gives it in whole units, with the code of
// its currency; what it cannot read is blank.
func inYuan(capital string) (amount, currency string) {
	m := wan.FindStringSubmatch(capital)
	if m == nil {
		return "", ""
	}
	for _, c := range foreign {
		if strings.Contains(m[2], c.word) {
			currency = c.code
			break
		}
	}
	rest := strings.Trim(m[2], "元人民币()（） ")
	if currency == "" && rest != "" {
		return "", ""
	}
	if currency == "" {
		currency = "156"
	}
	n, err := decimal.NewFromString(strings.ReplaceAll(m[1], ",", ""))
	if err != nil {
		return "", ""
	}
	return n.Shift(4).StringFixed(2), currency
}
