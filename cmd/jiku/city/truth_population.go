package city

// populationTruth has all persons: residents and those who live in the city with a permit.
func populationTruth() *truth {
	return &truth{
		base: "population",
		items: []string{
			"name", "former_name", "sex", "birth_date", "ethnic", "hukou_region", "hukou_addr", "residence_region", "residence_addr", "marital", "marriage_date",
			"education", "employer", "employer_code", "phone", "medical_insured", "person_status", "former_no", "death_date", "household_no", "household_rel",
			"residence_permit_no", "residence_from", "name_en", "nationality", "permit_until", "relief", "relief_from", "death_place", "school", "grade",
			"school_status", "pension_status", "pension_from", "pension_amount", "fund_account", "fund_status", "fund_from", "disability_no", "disability_kind",
			"disability_level", "disability_from", "veteran", "discharged_on",
		},
		rows: func(b *block, t *truths) {
			for i := range b.people {
				b.personTruth(t, &b.people[i])
			}
		},
	}
}

func (b *block) personTruth(t *truths, p *person) {
	w := b.world
	last := w.first + day(w.days)
	if p.since > last {
		return
	}
	end := p.at(last)
	until := open
	if end.gone != 0 {
		until = end.gone
	}
	w.spans(p.days(), [2]day{p.since, until}, func(from, until day) {
		st := p.at(from)
		r := t.begin(p.number[:], from, until)
		p.truth(r, b, &st)
		t.end()
	})
}

// truth writes the items in the order of the base.
func (p *person) truth(r *row, b *block, st *state) {
	r.bytes(st.name.bytes())
	r.bytes(st.former.bytes())
	r.str(p.sex())
	r.date(p.birth, dashed)
	if p.class == resident || p.class == migrant {
		r.twoDigits(int(p.ethnic))
	} else {
		r.blank()
	}
	r.region(st.hukou, 6)
	r.place(st.hukou)
	r.region(st.home, 6)
	r.place(st.home)
	r.integer(int(st.marital))
	r.date(st.wed, dashed)
	r.str(p.educationTrue())
	r.employer(b, st)
	r.mobile(st.phone)
	if p.traits.insured {
		r.str(p.medical(st))
	} else {
		r.blank()
	}
	p.status(r, st)
	r.optional(&p.former)
	r.date(st.died, dashed)
	p.householdTruth(r)
	p.visitor(r, st)
	p.benefits(r, b, st)
}

func (p *person) educationTrue() string {
	if p.education == 0 {
		return ""
	}
	return string(appendInt(nil, int(p.education)))
}

func (p *person) status(r *row, st *state) {
	switch {
	case p.class != resident:
		r.blank()
	case st.died != 0:
		r.str("9")
	default:
		r.str("0")
	}
}

func (p *person) householdTruth(r *row) {
	if p.class != resident {
		r.blank()
		r.blank()
		return
	}
	r.account(ofHouseholds, p.houseNo())
	r.twoDigits(int(p.relation))
}

// visitor are the items of those who are registered elsewhere.
func (p *person) visitor(r *row, st *state) {
	if p.class == migrant {
		r.account(ofPermits, p.index)
		r.date(max(p.since, st.moved), dashed)
	} else {
		r.blank()
		r.blank()
	}
	if p.class <= migrant {
		r.blank()
		r.blank()
		r.blank()
		return
	}
	r.bytes(p.latin.bytes())
	r.str(p.nationality())
	r.date(p.traits.permitUntil, dashed)
}

// benefits are what departments of welfare, schools and insurance know.
func (p *person) benefits(r *row, b *block, st *state) {
	t := &p.traits
	r.when(t.relief != 0 && st.died == 0, func() { r.str(reliefs[t.reliefKind-1].canonical) }, func() { r.date(t.relief, dashed) })
	r.when(st.died != 0, func() { r.str(p.diedAt()) })
	r.when(t.school != 0 && st.died == 0, func() { r.school(p) }, func() { r.str(p.grade(b.world)) }, func() { r.str("在读") })
	r.when(t.pension != 0, func() { r.str(p.pension(st)) }, func() { r.date(t.pension, dashed) }, func() { _, n := p.pensionAmount(); r.str(n) })
	r.when(t.fund != 0, func() { r.account(ofFunds, p.index) }, func() { r.str(p.fundState(st)) }, func() { r.date(t.fund, dashed) })
	r.when(t.disability != 0 && p.class == resident && st.died == 0, func() { r.card(p) }, func() { r.integer(int(t.disability)) }, func() { r.integer(int(t.level)) }, func() { r.date(t.disabled, dashed) })
	r.when(t.veteran != 0 && st.died == 0, func() { r.str(veterans[t.veteran-1]) }, func() { r.date(t.discharged, dashed) })
}

// when writes cells, or as many blank ones.
func (r *row) when(so bool, cells ...func()) {
	for _, write := range cells {
		if so {
			write()
		} else {
			r.blank()
		}
	}
}

// aliases are the other numbers of persons and organizations.
func aliases(b *block, t *truths) {
	for i := range b.people {
		p := &b.people[i]
		if p.former[0] != 0 {
			t.alias("population", string(p.former[:]), &p.number, true)
		}
		if p.second[0] != 0 {
			t.alias("population", string(p.second[:]), &p.number, false)
		}
	}
	for i := range b.orgs {
		o := &b.orgs[i]
		t.alias("legal_entity", "org_code:"+string(o.code[8:17]), &o.code, true)
	}
}

func (t *truths) alias(base, other string, key *number, linked bool) {
	t.row.reset()
	t.row.str(base)
	t.row.str(other)
	t.row.number(key)
	if linked {
		t.row.str("1")
	} else {
		t.row.str("0")
	}
	t.end()
}
