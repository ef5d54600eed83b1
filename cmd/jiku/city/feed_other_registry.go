package city

// otherRegistry has the organizations of all other registrars, which the data bureau gathers.
func otherRegistry() *feed {
	return &feed{
		name: "other_registry", path: "bureau/registry_%s.csv", form: form{}, snapshot: true, coverage: 9950, careless: 70, lag: 15, missed: 300, authority: true,
		columns: []column{
			{"代码", "", orgKey}, {"名称", "name", orgName}, {"类别", "org_type", other}, {"负责人", "legal_rep", personName}, {"地址", "address", address}, {"区划", "region", region}, {"成立日期", "established", anyDay},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byOther }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.str(orgKinds[o.kind].title)
				r.representative(b, st)
				r.place(st.address)
				r.region(st.address, 6)
				r.date(o.founded, dashed)
			})
		},
	}
}
