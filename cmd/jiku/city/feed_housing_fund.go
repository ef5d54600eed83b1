package city

// housingFund has the accounts of the housing provident fund.
func housingFund() *feed {
	return &feed{
		name: "housing_fund", path: "housing/fund_%s.csv", form: form{gb: true, comma: '|'}, snapshot: true, coverage: 9900, careless: 60, lag: 15, missed: 500, stale: 300,
		columns: []column{
			{"ZJHM", "", personKey}, {"XM", "name", personName}, {"DWMC", "employer", orgName}, {"DWXYDM", "employer_code", orgRef}, {"GRZH", "fund_account", other},
			{"ZHZT", "fund_status", wording}, {"KHRQ", "fund_from", anyDay}, {"SJHM", "phone", phone},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return p.traits.fund != 0 && p.traits.fund <= on && p.here(st, on)
			}, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				r.employer(s.block, st)
				r.account(ofFunds, p.index)
				r.str(p.fundState(st))
				r.date(p.traits.fund, compact)
				r.mobile(st.phone)
			})
		},
	}
}

// fundState is the state of an account: in use, sealed or closed.
func (p *person) fundState(st *state) string {
	switch {
	case st.died != 0:
		return "03"
	case st.employer == -1:
		return "02"
	}
	return "01"
}
