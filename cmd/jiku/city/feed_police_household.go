package city

// policeHousehold is the register of households: whole, by the first of each month.
func policeHousehold() *feed {
	return &feed{
		name: "police_household", path: "police/household_%s.csv", form: form{gb: true}, snapshot: true, coverage: 9990, careless: 40, lag: 6, missed: 150, authority: true,
		living: func(*person, *state) bool { return true },
		columns: []column{
			{"GMSFHM", "", personKey}, {"XM", "name", personName}, {"CYM", "former_name", other}, {"XB", "sex", sexCode}, {"MZ", "ethnic", code},
			{"CSRQ", "birth_date", birthDay}, {"HJQH", "hukou_region", region}, {"HJXZ", "hukou_addr", address}, {"JZQH", "residence_region", region},
			{"JZXZ", "residence_addr", address}, {"HYZK", "marital", code}, {"WHCD", "education", code}, {"RYZT", "person_status", code},
			{"SWRQ", "death_date", anyDay}, {"YZJHM", "former_no", other}, {"HH", "household_no", other}, {"YHZGX", "household_rel", code}, {"GXSJ", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, registered, func(r *row, p *person, st *state) {
				household(r, p, st)
				r.date(s.slot.knows, dashed)
			})
		},
	}
}

func registered(p *person, st *state, on day) bool { return p.class == resident && p.here(st, on) }

func household(r *row, p *person, st *state) {
	r.number(&p.number)
	r.bytes(st.name.bytes())
	r.formerName(st)
	r.str(p.sex())
	r.twoDigits(int(p.ethnic))
	r.date(p.birth, compact)
	r.region(st.hukou, 6)
	r.place(st.hukou)
	if st.home == st.hukou {
		r.blank()
		r.blank()
	} else {
		r.region(st.home, 6)
		r.place(st.home)
	}
	r.integer(int(st.marital))
	r.education(p)
	if st.died != 0 {
		r.str("9")
	} else {
		r.str("0")
	}
	r.date(st.died, compact)
	r.optional(&p.former)
	r.account(ofHouseholds, p.houseNo())
	r.twoDigits(int(p.relation))
}

// formerName writes the former name, or that there is none.
func (r *row) formerName(st *state) {
	if st.former.empty() {
		r.word("无", "")
		return
	}
	r.bytes(st.former.bytes())
}

func (r *row) education(p *person) {
	if p.education == 0 {
		r.blank()
		return
	}
	r.integer(int(p.education))
}

// optional writes a number that may be missing.
func (r *row) optional(n *number) {
	if n[0] == 0 {
		r.blank()
		return
	}
	r.number(n)
}
