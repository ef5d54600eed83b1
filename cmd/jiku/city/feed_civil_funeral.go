package city

// civilFuneral has cremations.
func civilFuneral() *feed {
	return &feed{
		name: "civil_funeral", path: "civil/funeral_%s.csv", every: daily, coverage: 8800, careless: 100, lag: 3, missed: 100, hears: 1 << died,
		columns: []column{{"逝者姓名", "name", personName}, {"逝者身份证号", "", personKey}, {"死亡日期", "death_date", anyDay}, {"火化日期", "", other}},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, _ day) bool { return st.died != 0 && p.class == resident }, func(r *row, p *person, st *state) {
				r.bytes(st.name.bytes())
				r.number(&p.number)
				r.date(st.died, chinese)
				r.date(min(st.died+2, s.slot.knows), chinese)
			})
		},
	}
}
