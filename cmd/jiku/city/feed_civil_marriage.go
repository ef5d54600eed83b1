package city

// civilMarriage has registrations of marriage and divorce.
func civilMarriage() *feed {
	return &feed{
		name: "civil_marriage", path: "civil/marriage_%s.csv.gz", form: form{gzip: true}, every: daily, coverage: 9950, careless: 60, lag: 1, missed: 30,
		hears: 1<<married | 1<<divorced,
		columns: []column{
			{"姓名", "name", personName}, {"身份证件号码", "", personKey}, {"性别", "sex", sexCode}, {"婚姻状况", "marital", wording},
			{"登记日期", "marriage_date", anyDay}, {"常住户口所在地", "hukou_addr", address},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, _ day) bool { return st.wed != 0 && p.class <= migrant }, marriageRow)
		},
	}
}

func marriageRow(r *row, p *person, st *state) {
	r.bytes(st.name.bytes())
	r.number(&p.number)
	r.sexWord(p, "男", "女")
	if st.marital == maritalDivorced {
		r.word("离婚", "40")
	} else {
		r.word("已婚", "20")
	}
	r.date(st.wed, slashed)
	r.place(st.hukou)
}

func (r *row) sexWord(p *person, male, female string) {
	if p.male {
		r.word(male, "1")
	} else {
		r.word(female, "2")
	}
}
