package city

// hrTitle has vocational certificates.
func hrTitle() *feed {
	return &feed{
		name: "hr_title", path: "hr/title_%s.csv", form: form{bom: true}, every: monthly, coverage: 10000, careless: 80, authority: true,
		columns: []column{
			{"cert_id", "", other}, {"certi_unit", "", other}, {"nm", "holder_name", personName}, {"idcard", "holder_code", personRef}, {"qual_nm", "content", other},
			{"gain_qual_tm", "issued_on", anyDay}, {"val_to", "valid_until", other},
		},
		rows: func(b *block, s *sheet) {
			for i := range b.people {
				p := &b.people[i]
				if p.traits.title == 0 {
					continue
				}
				s.single(p.index, p.traits.title, func(r *row) {
					r.person = p
					r.account(ofTitles, p.index)
					r.str("示例市职业技能鉴定中心")
					r.bytes(p.first.name.bytes())
					r.number(&p.number)
					r.str(p.title())
					r.date(p.traits.title, slashed)
					r.str("长期")
				})
			}
		},
	}
}

func (p *person) title() string {
	return []string{"电工（高级）", "会计（初级）", "焊工（中级）", "养老护理员"}[p.index%4]
}
