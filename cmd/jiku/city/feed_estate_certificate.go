package city

// estateCertificate has certificates of real estate.
func estateCertificate() *feed {
	return &feed{
		name: "estate_certificate", path: "natural/estate_%s.parquet", form: form{format: formatParquet}, snapshot: true, coverage: 10000, careless: 60, lag: 10, missed: 500, authority: true,
		columns: []column{
			{"bdcqzh", "", other}, {"djjg", "", other}, {"qlr", "holder_name", personName}, {"zjh", "holder_code", personRef}, {"zjlx", "holder_type", other}, {"bdcdyh", "estate_unit", other},
			{"zl", "address", address}, {"mj", "area", other}, {"djsj", "issued_on", anyDay}, {"zt", "status", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return p.traits.estate != 0 && p.traits.estate <= on && p.class == resident
			}, func(r *row, p *person, st *state) {
				r.numbered(appendEstate, p.index)
				r.str("示例市不动产登记中心")
				r.bytes(p.first.name.bytes())
				r.number(&p.number)
				r.word("身份证", "111")
				r.numbered(p.first.home.appendUnit, p.index)
				r.place(p.first.home)
				r.area(p)
				r.date(p.traits.estate, dashed)
				r.word("1", "01")
			})
		},
	}
}

// area is in square metres.
func (r *row) area(p *person) {
	at := r.open()
	r.text = append(appendInt(r.text, 45+p.index*7%140), '.', byte('1'+p.index%9))
	r.close(at)
}

// appendUnit writes the code of a real estate unit (GB/T 37346): county, cadastral area and sub-area, parcel, unit.
func (p place) appendUnit(to []byte, n uint32) []byte {
	to = append(append(to, p.region()...), "001001GB"...)
	return appendPadded(append(appendPadded(to, n/10000%100000, 5), 'F'), n%10000+1, 8)
}
