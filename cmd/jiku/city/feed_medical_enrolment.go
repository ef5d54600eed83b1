package city

// medicalEnrolment is the extract of the medical insurer's warehouse; names are filled in from the police register.
func medicalEnrolment() *feed {
	return &feed{
		name: "medical_enrolment", path: "medical/enrolment_%s.parquet", form: form{format: formatParquet}, snapshot: true, coverage: 9700, careless: 90, lag: 25, missed: 900, stale: 200,
		living: func(p *person, st *state) bool { return p.medical(st) == "正常参保" },
		columns: []column{
			{"person_id", "", personKey}, {"person_name", "name", personName}, {"gender", "sex", sexCode}, {"birth", "birth_date", birthDay}, {"insured_status", "medical_insured", other},
			{"insured_type", "", other}, {"unit_name", "employer", orgName}, {"home_addr", "residence_addr", address}, {"mobile", "phone", phone}, {"updated_at", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool { return p.traits.insured && p.here(st, on) }, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				r.gender(p)
				r.date(p.birth, dashed)
				r.str(p.medical(st))
				if st.employer == -1 {
					r.str("城乡居民基本医疗保险")
				} else {
					r.str("职工基本医疗保险")
				}
				r.employerName(s.block, st)
				r.place(st.home)
				r.mobile(st.phone)
				r.date(s.slot.knows-day(p.index%300), stamped)
			})
		},
	}
}

// medical is the state of the medical insurance.
func (p *person) medical(st *state) string {
	switch {
	case st.died != 0:
		return "终止参保"
	case p.index%25 == 0:
		return "暂停参保"
	}
	return "正常参保"
}
