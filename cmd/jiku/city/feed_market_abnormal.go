package city

// marketAbnormal has the list of abnormal operations: entries and exits.
func marketAbnormal() *feed {
	return &feed{
		name: "market_abnormal", path: "market/abnormal_%s.csv", form: form{}, every: daily, coverage: 10000, careless: 80, authority: true,
		columns: []column{
			{"文号", "", other}, {"列入机关", "", other}, {"企业名称", "subject_name", orgName}, {"统一社会信用代码", "subject_code", orgRef}, {"列入原因", "content", other},
			{"列入日期", "decided_on", anyDay}, {"移出日期", "removed_on", other}, {"状态", "status", other},
		},
		rows: func(b *block, s *sheet) {
			b.records(s, abnormals, func(r *row, o *org, rec *record) {
				r.document("市监异", rec)
				r.str(marketBureau)
				r.orgName(o, &o.first, b.world)
				r.number(&o.code)
				r.str("未按规定公示年度报告")
				r.date(rec.on, dashed)
				r.removed(rec, s.slot.knows, dashed)
			})
		},
	}
}
