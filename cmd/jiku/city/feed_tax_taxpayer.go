package city

// taxTaxpayer is the register of taxpayers.
func taxTaxpayer() *feed {
	return &feed{
		name: "tax_taxpayer", path: "tax/taxpayer_%s.csv", form: form{gb: true}, every: daily, coverage: 9700, careless: 80, lag: 12, missed: 700,
		hears: 1<<reNamed | 1<<reHoused | 1<<reLed | 1<<reFunded | 1<<revoked | 1<<deregistered,
		columns: []column{
			{"NSRSBH", "tax_no", orgKey}, {"NSRMC", "name", orgName}, {"FDDBR", "legal_rep", personName}, {"ZCDZ", "address", address}, {"SCJYDZ", "business_addr", address},
			{"XZQH_DM", "region", region}, {"ZCZB", "capital", amount}, {"BZ_DM", "currency", code}, {"KYRQ", "established", anyDay}, {"HY_DM", "industry", code},
			{"NSRZT_DM", "status", wording}, {"LXDH", "phone", phone}, {"XGRQ", "", other}, {"CZBZ", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.taxed }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.representative(b, st)
				r.place(st.address)
				r.place(o.place)
				r.region(st.address, 6)
				r.yuan(o.capital(st))
				if o.capital(st) == 0 {
					r.blank()
				} else {
					r.str("156")
				}
				r.date(o.founded, compact)
				r.str(trades[o.trade].industry)
				r.word(map[uint8]string{1: "03", 3: "07", 4: "07"}[st.status], string(appendInt(nil, int(st.status))))
				r.landline(o)
				r.date(s.slot.knows, stamped)
				if s.slot.since == 0 {
					r.str("I")
				} else {
					r.str("U")
				}
			})
		},
	}
}

// yuan writes 万元 in yuan.
func (r *row) yuan(wan int) {
	if wan == 0 {
		r.blank()
		return
	}
	at := r.open()
	r.text = append(appendInt(r.text, wan*10000), ".00"...)
	end := r.open()
	r.text = appendInt(r.text, wan)
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: end, trueTo: r.open()})
}
