package city

import "jiku/schemas/ident"

// marketStatus tells the registrar's news: state, branches, revocations and deregistrations.
func marketStatus() *feed {
	return &feed{
		name: "market_status", path: "market/status_%s.jsonl", form: form{format: formatLines}, every: daily, manifest: true, coverage: 9995, careless: 20, lag: 1, missed: 20, authority: true,
		hears: 1<<revoked | 1<<deregistered | 1<<reNamed | 1<<reHoused | 1<<reLed | 1<<reFunded,
		columns: []column{
			{"uniscid", "", orgKey}, {"entname", "name", orgName}, {"regstate", "status", stateWord}, {"regno", "registration_no", other}, {"apprdate", "approved_on", anyDay},
			{"revdate", "revoked_on", anyDay}, {"candate", "deregistered_on", anyDay}, {"parent_uscc", "parent_code", other}, {"dom_district", "region", region}, {"inv", "shareholders", other},
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, _ day) bool { return o.registry() == byMarket }, func(r *row, o *org, st *orgState) {
				r.number(&o.code)
				r.orgName(o, st, b.world)
				r.word(map[uint8]string{1: "K", 3: "D", 4: "X"}[st.status], string(appendInt(nil, int(st.status))))
				r.registrationNo(o)
				r.date(o.approved(st), dashed)
				r.endedAs(st, 3)
				r.endedAs(st, 4)
				r.parent(b, o)
				r.region(st.address, 9)
				r.shareholders(b, o)
			})
		},
	}
}

// approved is the day of the newest entry in the register.
func (o *org) approved(st *orgState) day { return max(o.founded, st.entered) }

func (r *row) endedAs(st *orgState, status uint8) {
	if st.status != status {
		r.blank()
		return
	}
	r.date(st.ended, dashed)
}

func (r *row) parent(b *block, o *org) {
	if o.parent < 0 {
		r.blank()
		return
	}
	r.number(&b.orgs[o.parent].code)
}

// registrationNo is the number of before 2015; who was founded later has none.
func (r *row) registrationNo(o *org) {
	if o.founded.year() > 2014 {
		r.blank()
		return
	}
	at := r.open()
	r.text = ident.AppendRegNo(r.text, home[o.county-1].digits(), o.regNo)
	r.close(at)
}

// shareholders are the founders of companies and cooperatives, by their names before the first day.
func (r *row) shareholders(b *block, o *org) {
	at := r.open()
	if category := orgKinds[o.kind].category; (category == "91" || category == "93") && o.kind != branchKind {
		for n, i := range o.founders {
			if i < 0 || int(i) >= len(b.people) {
				continue
			}
			if n > 0 {
				r.text = append(r.text, "、"...)
			}
			s := b.people[i].at(b.world.first - 1)
			r.text = append(r.text, s.name.bytes()...)
		}
	}
	r.close(at)
}
