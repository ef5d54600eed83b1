package city

// hrEmployment has registrations of employment.
func hrEmployment() *feed {
	return &feed{
		name: "hr_employment", path: "hr/employment_%s.jsonl.gz", form: form{format: formatLines, gzip: true}, every: daily, manifest: true, coverage: 9500, careless: 100, lag: 4, missed: 300, hears: 1<<employed | 1<<dismissed,
		columns: []column{
			{"idCard", "", personKey}, {"personName", "name", personName}, {"sex", "sex", sexCode}, {"birthday", "birth_date", birthDay}, {"degree", "education", wording},
			{"unitName", "employer", orgName}, {"unitCode", "employer_code", orgRef}, {"mobile", "phone", phone}, {"updateTime", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return (st.employer != -1 || p.jobless(s)) && p.class <= migrant && p.here(st, on) && st.died == 0
			}, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				r.sexWord(p, "男性", "女性")
				r.date(p.birth, compact)
				r.word(p.degree(), p.educationCode())
				r.employer(s.block, st)
				r.mobile(st.phone)
				r.date(s.slot.knows, stamped)
			})
		},
	}
}

// jobless reports whether the person has lost work since the slot before, so that a row without an employer is due.
func (p *person) jobless(s *sheet) bool {
	for _, c := range p.changes() {
		if c.what == dismissed && s.slot.since != 0 && c.on > s.slot.since-day(2*s.feed.lag) {
			return true
		}
	}
	return false
}

// degree is the education in the words of the department.
func (p *person) degree() string {
	return map[uint8]string{14: "硕士", 21: "本科", 31: "大专", 61: "高中", 71: "初中", 81: "小学"}[p.education]
}

func (p *person) educationCode() string {
	if p.degree() == "" {
		return ""
	}
	return string(appendInt(nil, int(p.education)))
}

// employer writes name and code of the employer.
func (r *row) employer(b *block, st *state) {
	r.employerName(b, st)
	r.employerCode(b, st)
}

func (r *row) employerName(b *block, st *state) {
	at := r.open()
	switch {
	case st.employer < -1:
		r.text = append(r.text, b.world.large[int(-2-st.employer)%len(b.world.large)].name...)
	case st.employer >= 0:
		o := &b.orgs[st.employer]
		r.text = o.appendName(r.text, &o.first, b.world)
	}
	r.close(at)
}

func (r *row) employerCode(b *block, st *state) {
	switch {
	case st.employer < -1:
		r.number(&b.world.large[int(-2-st.employer)%len(b.world.large)].code)
	case st.employer >= 0:
		r.number(&b.orgs[st.employer].code)
	default:
		r.blank()
	}
}
