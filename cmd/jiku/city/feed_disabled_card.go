package city

// disabledCard has the cards of disabled persons.
func disabledCard() *feed {
	return &feed{
		name: "disabled_card", path: "disabled/card_%s.csv", form: form{bom: true}, snapshot: true, coverage: 9900, careless: 60, lag: 40, missed: 600,
		columns: []column{
			{"残疾人证号", "disability_no", other}, {"姓名", "name", personName}, {"残疾类别", "disability_kind", other}, {"残疾等级", "disability_level", other},
			{"发证日期", "disability_from", anyDay}, {"联系电话", "phone", phone}, {"现住址", "residence_addr", address},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return p.traits.disability != 0 && p.traits.disabled <= on && p.class == resident && p.here(st, on) && st.died == 0
			}, func(r *row, p *person, st *state) {
				r.card(p)
				r.bytes(st.name.bytes())
				kind, level := int(p.traits.disability), int(p.traits.level)
				r.word(disabilities[kind-1], string(appendInt(nil, kind)))
				r.word(levels[level-1], string(appendInt(nil, level)))
				r.date(p.traits.disabled, dashed)
				r.mobile(st.phone)
				r.place(st.home)
			})
		},
	}
}

var (
	disabilities = []string{"视力残疾", "听力残疾", "言语残疾", "肢体残疾", "智力残疾", "精神残疾", "多重残疾"}
	levels       = []string{"一级", "二级", "三级", "四级"}
)

// card is the number of the card: the person's number, the kind and the level.
func (r *row) card(p *person) {
	at := r.open()
	r.text = append(append(r.text, p.number[:]...), '0'+p.traits.disability, '0'+p.traits.level)
	r.close(at)
}
