package city

// staffingOrg has organs, institutions and mass organizations.
func staffingOrg() *feed {
	return &feed{
		name: "staffing_org", path: "staffing/org_%s.csv", form: form{gb: true}, snapshot: true, coverage: 9950, careless: 70, lag: 15, missed: 300, authority: true,
		columns: []column{
			{"TYSHXYDM", "", orgKey}, {"JGMC", "name", orgName}, {"JGLB", "org_type", other}, {"FDDBR", "legal_rep", personName}, {"DZ", "address", address},
			{"XZQH", "region", region}, {"PZRQ", "established", anyDay}, {"KBZJ", "capital", amount}, {"ZT", "status", other},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byStaffing }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.str(orgKinds[o.kind].title)
				r.representative(b, st)
				r.place(st.address)
				r.region(st.address, 6)
				r.date(o.founded, compact)
				r.capitalWan(o, st)
				r.status(st, "1", "3", "4")
			})
		},
	}
}

func (r *row) capitalWan(o *org, st *orgState) {
	if o.capital(st) == 0 {
		r.blank()
		return
	}
	r.integer(o.capital(st))
}

// status writes the state in the words of a department: in business, revoked, deregistered.
func (r *row) status(st *orgState, words ...string) {
	switch st.status {
	case 3:
		r.word(words[1], "3")
	case 4:
		r.word(words[2], "4")
	default:
		r.word(words[0], "1")
	}
}
