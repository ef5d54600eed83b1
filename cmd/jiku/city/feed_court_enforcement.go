package city

// courtEnforcement has persons and organizations that do not comply with judgments.
func courtEnforcement() *feed {
	return &feed{
		name: "court_enforcement", path: "court/enforcement_%s.csv", form: form{gb: true}, every: daily, coverage: 10000, careless: 80, authority: true,
		columns: []column{
			{"AH", "", other}, {"ZXFY", "", other}, {"BZXRMC", "subject_name", other}, {"ZJHM", "subject_code", other}, {"YW", "content", other}, {"LXQK", "performance", other},
			{"FBSJ", "decided_on", anyDay}, {"PBRQ", "removed_on", other}, {"ZT", "status", other},
		},
		rows: func(b *block, s *sheet) {
			b.records(s, enforcements, func(r *row, o *org, rec *record) {
				r.court(rec)
				r.str("示例市中级人民法院")
				r.subject(b, o, rec)
				r.str("支付货款及利息")
				r.word("全部未履行", "全部未履行")
				r.date(rec.on, compact)
				r.removed(rec, s.slot.knows, compact)
			})
		},
	}
}
