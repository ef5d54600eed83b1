package city

// taxAbnormal has taxpayers that cannot be found.
func taxAbnormal() *feed {
	return &feed{
		name: "tax_abnormal", path: "tax/abnormal_%s.csv", form: form{gb: true}, every: monthly, coverage: 10000, careless: 80, authority: true,
		columns: []column{
			{"RDWSH", "", other}, {"RDJG", "", other}, {"NSRMC", "subject_name", orgName}, {"NSRSBH", "subject_code", orgRef}, {"RDRQ", "decided_on", anyDay}, {"JCRQ", "removed_on", other}, {"ZT", "status", other},
		},
		rows: func(b *block, s *sheet) {
			b.records(s, taxRecords, func(r *row, o *org, rec *record) {
				r.document("税非", rec)
				r.str("国家税务总局示例市税务局")
				r.orgName(o, &o.first, b.world)
				r.number(&o.code)
				r.date(rec.on, compact)
				r.removed(rec, s.slot.knows, compact)
			})
		},
	}
}
