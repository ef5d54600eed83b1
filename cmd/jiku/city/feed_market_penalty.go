package city

// marketPenalty has penalties of the market regulator, as the credit platform wants them.
func marketPenalty() *feed {
	return &feed{
		name: "market_penalty", path: "market/penalty_%s.csv", form: form{gb: true}, every: weekly, coverage: 10000, careless: 80, authority: true,
		columns: []column{
			{"CF_WSH", "", other}, {"CF_CFJG", "", other}, {"CF_XDR_MC", "subject_name", orgName}, {"CF_XDR_SHXYM", "subject_code", orgRef}, {"CF_CFLB", "category", wording},
			{"CF_JDRQ", "decided_on", anyDay}, {"CF_NR", "content", other}, {"CF_NR_FK", "amount", other}, {"CF_GSJZQ", "publish_until", other}, {"CF_ZT", "status", other}, {"XZQH", "region", region}, {"CZBZ", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.records(s, penalties, func(r *row, o *org, rec *record) {
				r.document("市监罚", rec)
				r.str(marketBureau)
				r.orgName(o, &o.first, b.world)
				r.number(&o.code)
				r.str("罚款")
				r.date(rec.on, slashed)
				r.str("罚款")
				r.word(rec.fine())
				r.date(rec.on.years(1), slashed)
				r.repaired(rec, s.slot.knows)
				r.region(o.first.address, 6)
				r.str("新增")
			})
		},
	}
}
