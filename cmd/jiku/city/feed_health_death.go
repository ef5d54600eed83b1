package city

// healthDeath has medical certificates of death.
func healthDeath() *feed {
	return &feed{
		name: "health_death", path: "health/death_%s.jsonl", form: form{format: formatLines}, every: daily, manifest: true, coverage: 9300, careless: 100, lag: 1, missed: 50, hears: 1 << died,
		columns: []column{{"sfzh", "", personKey}, {"xm", "name", personName}, {"xb", "sex", sexCode}, {"swrq", "death_date", anyDay}, {"swdd", "death_place", other}, {"djsj", "", other}},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, _ day) bool { return st.died != 0 && p.class <= migrant }, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				r.sexWord(p, "男", "女")
				r.date(st.died, dashed)
				r.str(p.diedAt())
				r.date(min(st.died+1, s.slot.knows), zoned)
			})
		},
	}
}

func (p *person) diedAt() string {
	return []string{"医疗机构", "家中", "养老机构"}[p.index%3]
}
