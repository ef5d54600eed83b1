package city

func organizationTruth() *truth {
	return &truth{
		base: "legal_entity",
		items: []string{
			"name", "org_type", "legal_rep", "capital", "currency", "established", "scope", "address", "region", "business_addr", "industry", "status", "tax_no",
			"registration_no", "insured_headcount", "phone", "approved_on", "revoked_on", "deregistered_on", "parent_code", "shareholders",
		},
		rows: func(b *block, t *truths) {
			for i := range b.orgs {
				b.orgTruth(t, &b.orgs[i])
			}
		},
	}
}

func (b *block) orgTruth(t *truths, o *org) {
	w := b.world
	if o.founded > w.first+day(w.days) {
		return
	}
	w.spans(o.days(), [2]day{o.founded, open}, func(from, until day) {
		st := o.at(from)
		o.truth(t.begin(o.code[:], from, until), b, &st)
		t.end()
	})
}

func (o *org) truth(r *row, b *block, st *orgState) {
	market := o.registry() == byMarket
	r.orgName(o, st, b.world)
	r.str(orgKinds[o.kind].title)
	r.representative(b, st)
	capital := o.capital(st) != 0
	r.when(capital, func() { r.integer(o.capital(st)) }, func() { r.str("156") })
	r.date(o.founded, dashed)
	r.when(market || o.registry() == byCivil, func() { r.str(trades[o.trade].scope) })
	r.place(st.address)
	r.region(st.address, 6)
	r.when(o.taxed || market, func() { r.place(o.place) })
	r.when(o.taxed, func() { r.str(trades[o.trade].industry) })
	r.integer(int(st.status))
	r.when(o.taxed, func() { r.number(&o.code) })
	r.when(market, func() { r.registrationNo(o) })
	r.when(o.insured && st.status == 1, func() { r.integer(int(st.staff)) })
	r.landline(o)
	r.when(market, func() { r.date(o.approved(st), dashed) }, func() { r.endedAs(st, 3) }, func() { r.endedAs(st, 4) }, func() { r.parent(b, o) }, func() { r.shareholders(b, o) })
}
