package city

// veteranRegister has veterans.
func veteranRegister() *feed {
	return &feed{
		name: "veteran_register", path: "veterans/register_%s.csv", form: form{gb: true}, snapshot: true, coverage: 9800, careless: 100, lag: 60, missed: 900,
		columns: []column{
			{"SFZH", "", personKey}, {"XM", "name", personName}, {"YFLB", "veteran", other}, {"TYRQ", "discharged_on", anyDay}, {"JZDZ", "residence_addr", address}, {"LXDH", "phone", phone},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return p.traits.veteran != 0 && p.here(st, on) && st.died == 0
			}, func(r *row, p *person, st *state) {
				s.archived(r, p)
				r.bytes(st.name.bytes())
				r.str(veterans[p.traits.veteran-1])
				r.date(p.traits.discharged, compact)
				r.place(st.home)
				r.mobile(st.phone)
			})
		},
	}
}

// archived writes the number as it was on the discharge: before 1999 it had fifteen digits.
func (s *sheet) archived(r *row, p *person) {
	if p.traits.discharged.year() > 1998 {
		r.number(&p.number)
		return
	}
	r.word(string(p.number[:6])+string(p.number[8:17]), string(p.number[:]))
	if r == &s.row {
		s.label(0, kindArchive, p.number[:])
	}
}
