package city

// justiceFirm has law firms, notaries and their like.
func justiceFirm() *feed {
	return &feed{
		name: "justice_firm", path: "justice/firm_%s.jsonl", form: form{format: formatLines}, snapshot: true, coverage: 9950, careless: 70, lag: 15, missed: 300, authority: true,
		columns: []column{
			{"creditCode", "", orgKey}, {"orgName", "name", orgName}, {"orgKind", "org_type", other}, {"principal", "legal_rep", personName}, {"addr", "address", address},
			{"areaCode", "region", region}, {"foundDate", "established", anyDay}, {"state", "status", wording},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byJustice }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.str(orgKinds[o.kind].title)
				r.representative(b, st)
				r.place(st.address)
				r.region(st.address, 6)
				r.date(o.founded, slashed)
				r.status(st, "执业", "吊销", "注销")
			})
		},
	}
}
