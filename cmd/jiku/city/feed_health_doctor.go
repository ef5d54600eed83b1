package city

import "jiku/schemas/ident"

// healthDoctor has the certificates of doctors.
func healthDoctor() *feed {
	return &feed{
		name: "health_doctor", path: "health/doctor_%s.csv", form: form{gb: true}, snapshot: true, coverage: 10000, careless: 60, lag: 10, missed: 500, authority: true,
		columns: []column{
			{"YSZGZBH", "", other}, {"FZJG", "", other}, {"XM", "holder_name", personName}, {"SFZH", "holder_code", personRef}, {"FZRQ", "issued_on", anyDay}, {"ZYFW", "content", other}, {"ZT", "status", wording},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, _ *state, on day) bool {
				return p.traits.doctor != 0 && p.traits.doctor <= on && p.class == resident
			}, func(r *row, p *person, st *state) {
				r.doctor(p)
				r.str("示例市卫生健康委员会")
				r.bytes(p.first.name.bytes())
				r.number(&p.number)
				r.date(p.traits.doctor, compact)
				r.str("内科专业")
				r.word(documentState(st.died != 0))
			})
		},
	}
}

// documentState is the state of a certificate, which ends with its holder.
func documentState(ended bool) (says, canonical string) {
	if ended {
		return "注销", "04"
	}
	return "在册", "01"
}

// doctor is the number of a doctor's certificate; a county has a million.
func (r *row) doctor(p *person) {
	at := r.open()
	r.text = ident.AppendDoctor(r.text, 100+uint32(p.index/1_000_000), uint32(p.index%1_000_000))
	r.close(at)
}
