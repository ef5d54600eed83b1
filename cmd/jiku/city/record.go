package city

import "jiku/schemas/ident"

// record is one public credit record about an organization, or about the person who stands for it.
type record struct {
	n       int // in the city, over all kinds
	on      day
	removed day // 0: still in force
	made    day // when the department writes it down
	person  bool
}

// recordKind is what a record is about; each has a feed.
type recordKind uint8

const (
	penalties recordKind = iota
	abnormals
	enforcements
	taxRecords
	repairs
	recordKinds
)

// recordShares are how many organizations in 10,000 have a record of each kind.
var recordShares = [recordKinds]int{700, 500, 150, 250}

// record is the record of a kind that an organization has; false if it has none.
func (w *world) record(o *org, kind recordKind) (rec record, ok bool) {
	if kind == repairs { // What is repaired is a penalty.
		rec, ok = w.record(o, penalties)
		return rec, ok && rec.removed != 0
	}
	c := w.salts.record.of(o.index*int(recordKinds) + int(kind))
	last := w.first + day(w.days)
	if st := o.at(last); st.ended != 0 {
		last = st.ended
	}
	lives := int(last - o.founded)
	if !c.of(recordShares[kind]) || lives < 60 {
		return rec, false
	}
	rec = record{n: o.index, on: last - day(c.between(1, min(lives-30, 1100)))}
	rec.person = kind == enforcements && c.of(5000)
	if c.of(4000) {
		rec.removed = rec.on + day(c.between(20, 400))
	}
	return rec, true
}

// records writes the rows of a feed of credit records: new ones, and those whose exit is new.
func (b *block) records(s *sheet, kind recordKind, emit func(*row, *org, *record)) {
	for i := range b.orgs {
		o := &b.orgs[i]
		rec, ok := b.world.record(o, kind)
		if kind == repairs {
			rec.made, rec.removed = rec.removed, 0
		} else {
			rec.made = rec.on
		}
		if !ok || rec.made > s.slot.knows {
			continue
		}
		exits := rec.removed > s.slot.since && rec.removed <= s.slot.knows
		if rec.made <= s.slot.since && !exits {
			continue
		}
		c := s.feed.salt.of(o.index)
		r := s.begin()
		r.org = o
		emit(r, o, &rec)
		s.end(&c, &hearing{})
	}
}

// document is the number of a decision: 示市监罚〔2026〕12号.
func (r *row) document(word string, rec *record) {
	at := r.open()
	r.text = ident.AppendDecision(r.text, word, uint32(rec.on.year()), uint32(rec.n+1))
	r.close(at)
}

// court is the number of a case: （2026）示0101执12号.
func (r *row) court(rec *record) {
	at := r.open()
	r.text = ident.AppendCourtCase(r.text, 100, uint32(rec.on.year()), uint32(rec.n+1))
	end := r.open()
	r.text = halfWidth(append(r.text, r.text[at:end]...), end)
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: end, trueTo: r.open()})
}

// removed writes when a record ended, if the department knows it, and its state.
func (r *row) removed(rec *record, knows day, s style) {
	if rec.removed == 0 || rec.removed > knows {
		r.blank()
		r.str("有效")
		return
	}
	r.date(rec.removed, s)
	r.str("已移出")
}

// subject is the organization or the person who stands for it.
func (r *row) subject(b *block, o *org, rec *record) {
	if !rec.person || int(o.first.rep) >= len(b.people) {
		r.orgName(o, &o.first, b.world)
		r.number(&o.code)
		return
	}
	p := &b.people[o.first.rep]
	r.bytes(p.first.name.bytes())
	r.number(&p.number)
}

// fine is what a penalty costs, in 万元.
func (rec *record) fine() (says, canonical string) {
	text := string(appendInt(nil, 1+rec.n%9)) + ".5"
	return text, text
}

// repaired is the state of a penalty: it ends early where it was repaired.
func (r *row) repaired(rec *record, knows day) {
	if rec.removed == 0 || rec.removed > knows {
		r.str("有效")
		return
	}
	r.str("已修复")
}
