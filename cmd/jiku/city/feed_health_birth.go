package city

import "jiku/schemas/ident"

// healthBirth has the certificates of births since 2021.
func healthBirth() *feed {
	return &feed{
		name: "health_birth", path: "health/birth_%s.jsonl", form: form{format: formatLines}, every: daily, manifest: true, coverage: 9900, careless: 60, authority: true,
		columns: []column{
			{"certNo", "", other}, {"org", "", other}, {"babyName", "holder_name", personName}, {"babyId", "holder_code", personRef}, {"issueDate", "issued_on", anyDay}, {"area", "region", region},
		},
		rows: func(b *block, s *sheet) {
			for i := range b.people {
				p := &b.people[i]
				if !p.certified(b.world) {
					continue
				}
				s.single(p.index, p.birth+1, func(r *row) {
					r.person = p
					r.numbered(birthNumber, p.index)
					r.str("示例市妇幼保健院")
					r.bytes(p.first.name.bytes())
					r.number(&p.number)
					r.date(p.birth+1, dashed)
					r.region(p.first.hukou, 6)
				})
			}
		},
	}
}

func birthNumber(to []byte, n uint32) []byte { return ident.AppendDocument(to, ident.KindBirth, n) }

// certified reports whether the register of births has the person.
func (p *person) certified(w *world) bool { return p.class == resident && p.birth >= w.first-365*5 }
