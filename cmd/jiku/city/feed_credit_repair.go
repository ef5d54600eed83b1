package city

// creditRepair has repairs of credit.
func creditRepair() *feed {
	return &feed{
		name: "credit_repair", path: "reform/repair_%s.jsonl", form: form{format: formatLines}, every: monthly, manifest: true, coverage: 10000, careless: 80, authority: true,
		columns: []column{
			{"repairNo", "", other}, {"organ", "", other}, {"name", "subject_name", orgName}, {"uscc", "subject_code", orgRef}, {"target", "content", other}, {"date", "decided_on", anyDay},
		},
		rows: func(b *block, s *sheet) {
			b.records(s, repairs, func(r *row, o *org, rec *record) {
				r.document("信修", rec)
				r.str("示例市发展和改革委员会")
				r.orgName(o, &o.first, b.world)
				r.number(&o.code)
				r.document("市监罚", rec)
				r.date(rec.made, dashed)
			})
		},
	}
}
