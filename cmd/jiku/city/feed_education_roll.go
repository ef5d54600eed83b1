package city

// educationRoll has pupils.
func educationRoll() *feed {
	return &feed{
		name: "education_roll", path: "education/roll_%s.parquet", form: form{format: formatParquet}, snapshot: true, coverage: 9800, careless: 70, lag: 25, missed: 300,
		columns: []column{
			{"student_id_no", "", personKey}, {"student_name", "name", personName}, {"gender_code", "sex", sexCode}, {"school_name", "school", other}, {"grade", "grade", other},
			{"roll_state", "school_status", other}, {"guardian_phone", "phone", phone}, {"updated", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool { return p.traits.school != 0 && p.here(st, on) && st.died == 0 }, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				r.str(p.sex())
				r.school(p)
				r.str(p.grade(s.block.world))
				r.str("在读")
				r.mobile(st.phone)
				r.date(s.slot.knows, stamped)
			})
		},
	}
}

func (r *row) school(p *person) {
	at := r.open()
	r.text = append(append(r.text, "示例市"...), schools[p.traits.school-1]...)
	r.close(at)
}

var grades = []string{"一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"}

// gradeAt is the grade by the age on 1 September: 0 is the first.
func (p *person) gradeAt(w *world) int { return dayOf(w.first.year(), 9, 1).age(p.birth) - 6 }

func (p *person) grade(w *world) string { return grades[p.gradeAt(w)] }
