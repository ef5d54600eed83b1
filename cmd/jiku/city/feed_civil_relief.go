package city

// civilRelief has those who receive social relief.
func civilRelief() *feed {
	return &feed{
		name: "civil_relief", path: "civil/relief_%s.csv", form: form{gb: true}, snapshot: true, coverage: 9900, careless: 120, lag: 20, missed: 500,
		living: func(p *person, _ *state) bool { return p.traits.reliefKind < 3 },
		columns: []column{
			{"id_no", "", personKey}, {"nm", "name", personName}, {"relief_cls", "relief", wording}, {"st_dt", "relief_from", anyDay}, {"tel", "phone", phone}, {"addr", "residence_addr", address},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return p.traits.relief != 0 && p.traits.relief <= on && p.here(st, on) && st.died == 0
			}, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				k := reliefs[p.traits.reliefKind-1]
				r.word(k.code, k.canonical)
				r.date(p.traits.relief, dotted)
				r.mobile(st.phone)
				r.place(st.home)
			})
		},
	}
}
