package city

// hrPension is an extract of the pension system: fixed width, as old systems write.
func hrPension() *feed {
	return &feed{
		name: "hr_pension", path: "hr/pension_%s.txt", form: form{format: formatFixed, gb: true, widths: []int{18, 50, 1, 8, 18, 10, 14}}, snapshot: true, coverage: 9900, careless: 50, lag: 20, missed: 600,
		living: func(p *person, _ *state) bool { return p.traits.drawing },
		columns: []column{
			{"AAC002", "", personKey}, {"AAC003", "name", personName}, {"AAE100", "pension_status", wording}, {"AAE030", "pension_from", anyDay},
			{"AAB001", "employer_code", orgRef}, {"AKC_AMT", "pension_amount", other}, {"AAE036", "", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, st *state, on day) bool {
				return p.traits.pension != 0 && p.traits.pension <= on && p.here(st, on)
			}, func(r *row, p *person, st *state) {
				r.number(&p.number)
				r.bytes(st.name.bytes())
				r.str(p.pension(st))
				r.date(p.traits.pension, compact)
				r.employerCode(s.block, st)
				r.word(p.pensionAmount())
				r.date(s.slot.knows, compact14)
			})
		},
	}
}

// pension is the state of a pension.
func (p *person) pension(st *state) string {
	switch {
	case st.died != 0:
		return "4" // ended
	case p.traits.drawing:
		return "3" // drawing
	case st.employer == -1:
		return "2" // not paying in at the time
	}
	return "1"
}

// pensionAmount is what is paid in or drawn a month: in fen, and in yuan.
func (p *person) pensionAmount() (says, canonical string) {
	yuan := 200 + p.index*37%4800
	return string(appendPadded(nil, uint32(yuan*100), 10)), string(appendInt(nil, yuan))
}
