package city

// streetResident is what the street offices write down when they visit people at home.
func streetResident() *feed {
	return &feed{
		name: "street_resident", path: "street/resident_%s.csv", form: form{bom: true}, every: daily, coverage: 7000, careless: 250, lag: 10, missed: 300, visits: 60, hears: 1<<moved | 1<<relocated | 1<<phoned,
		columns: []column{
			{"姓名", "name", personName}, {"身份证号", "", personKey}, {"民族", "ethnic", wording}, {"现住址", "residence_addr", address}, {"社区代码", "residence_region", region},
			{"婚姻", "marital", wording}, {"学历", "education", wording}, {"电话", "phone", phone}, {"走访日期", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool { return p.here(st, on) && st.died == 0 && p.class <= migrant }, func(r *row, p *person, st *state) {
				r.bytes(st.name.bytes())
				r.number(&p.number)
				r.word(ethnics[p.ethnic], string(appendPadded(nil, uint32(p.ethnic), 2)))
				r.place(st.home)
				r.region(st.home, 12)
				r.word(map[uint8]string{10: "未婚", 20: "已婚", 30: "丧偶", 40: "离异"}[st.marital], string(appendInt(nil, int(st.marital))))
				r.word(map[uint8]string{14: "研究生", 21: "本科", 31: "大专", 61: "高中", 71: "初中", 81: "小学"}[p.education], p.educationCode())
				r.mobile(st.phone)
				r.date(s.slot.knows, chinese)
			})
		},
	}
}

// ethnics are the nationalities that the city has, by their codes.
var ethnics = [16]string{1: "汉族", 2: "蒙古族", 3: "回族", 4: "藏族", 5: "维吾尔族", 6: "苗族", 7: "彝族", 8: "壮族", 11: "满族", 12: "侗族", 14: "白族", 15: "土家族"}
