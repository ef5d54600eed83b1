package city

// marketRegistration is the registrar's extract of enterprises, sole traders and cooperatives.
func marketRegistration() *feed {
	return &feed{
		name: "market_registration", path: "market/registration_%s.csv.gz", form: form{gzip: true}, snapshot: true, coverage: 9995, careless: 20, lag: 3, missed: 60, authority: true,
		columns: []column{
			{"企业名称", "name", orgName}, {"统一社会信用代码", "", other}, {"注册日期", "established", anyDay}, {"企业类型", "org_type", other}, {"法人代表", "legal_rep", personName},
			{"注册资金", "capital", other}, {"经营范围", "scope", other}, {"所在省份", "", other}, {"地区", "", other}, {"注册地址", "address", address},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byMarket }, func(r *row, o *org, st *orgState) {
				r.orgName(o, st, b.world)
				r.number(&o.code)
				r.date(o.founded, dashed)
				r.str(orgKinds[o.kind].title)
				r.representative(b, st)
				r.capitalText(o, st)
				r.str(trades[o.trade].scope)
				r.str("示例省")
				r.str("示例市")
				r.place(st.address)
			})
		},
	}
}

func (o *org) registry() registry { return orgKinds[o.kind].registry }

func (r *row) orgName(o *org, st *orgState, w *world) {
	at := r.open()
	r.text = o.appendName(r.text, st, w)
	r.close(at)
}

// representative writes the name of the person who stands for an organization, as it was before the first day.
func (r *row) representative(b *block, st *orgState) {
	if int(st.rep) >= len(b.people) {
		r.blank()
		return
	}
	p := &b.people[st.rep]
	s := p.at(b.world.first - 1)
	r.bytes(s.name.bytes())
}

// capitalText is the capital as registrars write it; sole traders have none.
func (r *row) capitalText(o *org, st *orgState) {
	if o.capital(st) == 0 {
		r.word("N/A", "")
		return
	}
	at := r.open()
	r.text = append(appendInt(r.text, int(st.capital)), "(万元人民币)"...)
	end := r.open()
	r.text = appendInt(r.text, int(st.capital))
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: end, trueTo: r.open()})
}

// capital is in 万元; only companies, cooperatives and institutions have one.
func (o *org) capital(st *orgState) int {
	switch orgKinds[o.kind].category {
	case "91", "93", "12", "52", "51", "53":
		if o.kind != branchKind {
			return int(st.capital)
		}
	}
	return 0
}
