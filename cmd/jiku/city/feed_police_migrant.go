package city

// policeMigrant is the register of residence permits of people from other cities.
func policeMigrant() *feed {
	return &feed{
		name: "police_migrant", path: "police/migrant_%s.csv", form: form{bom: true}, every: daily, coverage: 9900, careless: 80, lag: 3, missed: 400, authority: true,
		hears: 1<<moved | 1<<relocated | 1<<left,
		columns: []column{
			{"GMSFHM", "", personKey}, {"XM", "name", personName}, {"XB", "sex", sexCode}, {"CSRQ", "birth_date", birthDay}, {"HJQH", "hukou_region", region},
			{"HJXZ", "hukou_addr", address}, {"ZZZH", "residence_permit_no", other}, {"XZQH", "residence_region", region}, {"XZXZ", "residence_addr", address},
			{"DJRQ", "residence_from", anyDay}, {"ZXBS", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, _ day) bool {
				return p.class == migrant && (st.gone == 0 || st.gone > s.slot.since)
			}, migrantRow)
		},
	}
}

func migrantRow(r *row, p *person, st *state) {
	r.number(&p.number)
	r.bytes(st.name.bytes())
	r.str(p.sex())
	r.date(p.birth, compact)
	r.region(st.hukou, 6)
	r.place(st.hukou)
	r.account(ofPermits, p.index)
	r.region(st.home, 12)
	r.place(st.home)
	r.date(max(p.since, st.moved), slashed)
	if st.gone != 0 {
		r.str("注销")
	} else {
		r.str("有效")
	}
}
