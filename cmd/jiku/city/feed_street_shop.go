package city

// streetShop is what the street offices write down when they visit shops.
func streetShop() *feed {
	return &feed{
		name: "street_shop", path: "street/shop_%s.tsv", form: form{bom: true, comma: '\t'}, every: daily, coverage: 6000, careless: 250, lag: 15, missed: 600, visits: 80,
		hears: 1<<reNamed | 1<<revoked | 1<<deregistered,
		columns: []column{
			{"单位名称", "name", orgName}, {"社会信用代码", "", orgKey}, {"经营地址", "business_addr", address}, {"所在街道代码", "region", region}, {"经营状态", "status", stateWord},
			{"联系电话", "phone", phone}, {"走访日期", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byMarket }, func(r *row, o *org, st *orgState) {
				r.orgName(o, st, b.world)
				r.number(&o.code)
				r.place(o.place)
				r.region(o.place, 9)
				r.status(st, "在营", "关门", "注销")
				r.landline(o)
				r.date(s.slot.knows, chinese)
			})
		},
	}
}
