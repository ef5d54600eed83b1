package city

// migrationPermit has the residents from Hong Kong, Macau, Taiwan and abroad.
func migrationPermit() *feed {
	return &feed{
		name: "migration_permit", path: "migration/permit_%s.jsonl", form: form{format: formatLines}, snapshot: true, coverage: 10000, careless: 60, lag: 5, missed: 200, authority: true,
		columns: []column{
			{"certNo", "", other}, {"cnName", "name", other}, {"enName", "name_en", other}, {"gender", "sex", sexCode}, {"dob", "birth_date", birthDay},
			{"nationality", "nationality", other}, {"address", "residence_addr", address}, {"area", "residence_region", region}, {"validTo", "permit_until", anyDay}, {"updatedAt", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool { return p.class > migrant && p.here(st, on) }, permitRow)
		},
	}
}

func permitRow(r *row, p *person, st *state) {
	r.number(&p.number)
	r.bytes(st.name.bytes())
	r.bytes(p.latin.bytes())
	r.gender(p)
	r.date(p.birth, dashed)
	r.str(p.nationality())
	r.place(st.home)
	r.region(st.home, 6)
	r.date(p.traits.permitUntil, dashed)
	r.date(max(p.since, st.moved), zoned)
}

// nationality is a code of ISO 3166, alpha-3; residents of the regions are Chinese.
func (p *person) nationality() string {
	if p.class == foreign {
		return nations[p.nation].alpha
	}
	return "CHN"
}

func (r *row) gender(p *person) {
	if p.male {
		r.word("M", "1")
	} else {
		r.word("F", "2")
	}
}
