package city

// hrEmployer has employers that pay social insurance.
func hrEmployer() *feed {
	return &feed{
		name: "hr_employer", path: "hr/employer_%s.jsonl", form: form{format: formatLines, numbers: []bool{false, false, false, true, false, false}}, snapshot: true, coverage: 9800, careless: 80, lag: 20, missed: 800,
		columns: []column{
			{"uscc", "", orgKey}, {"unit_name", "name", orgName}, {"unit_addr", "address", address}, {"insured", "insured_headcount", other}, {"tel", "phone", phone}, {"updated_at", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, st *orgState, _ day) bool { return o.insured && st.status == 1 }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.place(st.address)
				r.integer(int(st.staff))
				r.landline(o)
				r.date(s.slot.knows-day(o.index%200), zoned)
			})
		},
	}
}
