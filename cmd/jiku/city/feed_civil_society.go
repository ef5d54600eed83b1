package city

// civilSociety has social organizations.
func civilSociety() *feed {
	return &feed{
		name: "civil_society", path: "civil/society_%s.csv", form: form{bom: true}, snapshot: true, coverage: 9950, careless: 70, lag: 15, missed: 300, authority: true,
		columns: []column{
			{"统一社会信用代码", "", orgKey}, {"社会组织名称", "name", orgName}, {"社会组织类型", "org_type", other}, {"法定代表人", "legal_rep", personName},
			{"注册资金（万元）", "capital", amount}, {"成立登记日期", "established", anyDay}, {"住所", "address", address}, {"区划", "region", region}, {"登记状态", "status", wording}, {"业务范围", "scope", other},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byCivil }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.str(orgKinds[o.kind].title)
				r.representative(b, st)
				r.capitalWan(o, st)
				r.date(o.founded, chinese)
				r.place(st.address)
				r.region(st.address, 6)
				r.status(st, "正常", "撤销", "注销")
				r.str(trades[o.trade].scope)
			})
		},
	}
}
