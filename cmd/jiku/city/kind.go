package city

import (
	"bytes"
	"sort"
)

// Outcome is what jiku should make of a mistake.
type Outcome string

// The outcomes: what the judge looks for behind a label.
const (
	Fixed    Outcome = "fix"      // normalizing gives the true value all the same
	Found    Outcome = "finding"  // a rule names it; the item may be void
	Rejected Outcome = "reject"   // the row stays out, with the reason
	Disputed Outcome = "conflict" // reconciling lets the true value win
	Held     Outcome = "held"     // the delivery is held as a whole
	Linked   Outcome = "linked"   // the row is joined to its entity by a link
	Entity   Outcome = "entity"   // a rule over several feeds names the entity
	Nothing  Outcome = "none"     // no rule covers it yet
)

// Kind is a kind of mistake that the city makes on purpose.
type Kind struct {
	Number  int      `json:"number"` // in the catalogue of problems in real feeds; 0 for one that is not in it
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Rate    int      `json:"rate"` // in a million cells that it can happen to, before carelessness; 0: made otherwise
	Outcome Outcome  `json:"outcome"`
	Codes   []string `json:"codes"`         // reasons that jiku should give
	Why     string   `json:"why,omitempty"` // how it is made, or why it is not
}

// kind is a Kind with what makes it.
type kind struct {
	Kind
	to     []content
	inject func(s *sheet, c *chance, i int) bool // changes cell i; false: it cannot happen to this cell
	insert func(f *feed, r *row)                 // or a row of its own before the one that was made
	twice  bool                                  // or the row once more
}

// Kinds lists all kinds of mistakes, in the order of the catalogue.
func Kinds() []Kind {
	var all []Kind
	for _, k := range kinds() {
		all = append(all, k.Kind)
	}
	return all
}

// The kinds that are not drawn cell by cell.
var (
	kindLate     = &kind{Kind: Kind{ID: "late_update", Title: "变动尚未报送", Outcome: Disputed, Why: "the department hears of a change some days later"}}
	kindMissed   = &kind{Kind: Kind{ID: "missed_update", Title: "变动漏报，一直用旧值", Outcome: Disputed, Why: "the department never hears of a change"}}
	kindStale    = &kind{Kind: Kind{ID: "stale_copy", Title: "抄录的是过期值", Outcome: Disputed, Why: "a value that was true years ago, copied and never kept up"}}
	kindCopied   = &kind{Kind: Kind{ID: "copied_value", Title: "抄录其他部门的错误值", Outcome: Disputed, Codes: nameCodes, Why: "the value of another department's register is filled in, with its mistake"}}
	kindRareLost = &kind{Kind: Kind{ID: "rare_character_lost", Number: 15, Title: "生僻字在旧系统中成为问号", Outcome: Found, Codes: []string{"name.lost", "name.placeholder"}, Why: "fixed-width files in GBK have no place for it"}}
	kindDead     = &kind{Kind: Kind{ID: "dead_but_active", Number: 12, Title: "死亡后仍为有效状态", Outcome: Entity, Codes: []string{"entity.deceased_active"}, Why: "the department has not heard of the death"}}
	kindRevoked  = &kind{Kind: Kind{ID: "revoked_but_licensed", Number: 35, Title: "主体吊销、注销后证照仍有效", Outcome: Entity, Codes: []string{"certificate.holder_gone"}, Why: "the permit is not withdrawn with its holder"}}
	kindExpired  = &kind{Kind: Kind{ID: "expired_but_valid", Number: 43, Title: "证照过期而状态仍为有效", Outcome: Nothing, Why: "the state is not kept up when the validity ends"}}
	kindNotLeft  = &kind{Kind: Kind{ID: "left_but_active", Number: 13, Title: "已迁出而仍为有效", Outcome: Nothing, Why: "the department has not heard that the person left"}}
	kindListed   = &kind{Kind: Kind{ID: "dead_but_listed", Number: 12, Title: "死亡后仍在册", Outcome: Nothing, Why: "the department has not heard of the death; its file has no state that a rule could hold against it"}}
	kindClosed   = &kind{Kind: Kind{ID: "closed_but_listed", Number: 35, Title: "注销、吊销后仍在册", Outcome: Nothing, Why: "the department has not heard that the organization ended"}}
	kindLateFile = &kind{Kind: Kind{ID: "late_batch", Number: 32, Title: "批次迟报", Outcome: Nothing, Why: "a delivery arrives two days after its slot"}}
	kindArchive  = &kind{Kind: Kind{ID: "archive_15", Number: 1, Title: "旧档案中的十五位号码", Outcome: Fixed, Codes: []string{"resident_id.upgraded"}, Why: "an archive of before 1999 has the number as it was then"}}
	kindHeld     = &kind{Kind: Kind{ID: "shrunken_snapshot", Title: "全量报送不完整", Outcome: Held, Why: "a snapshot is cut after a part of its rows"}}
	kindHeader   = &kind{Kind: Kind{ID: "column_renamed", Number: 28, Title: "列名与约定不符", Outcome: Held, Why: "a delivery has a column under another name"}}
	kindResent   = &kind{Kind: Kind{ID: "resent_batch", Number: 32, Title: "重复报送同一批次", Outcome: Nothing, Why: "a delivery has the rows of the one before it once more"}}
	kindSecond   = &kind{Kind: Kind{ID: "second_number", Number: 10, Title: "一人两号，未关联", Outcome: Nothing, Why: "a person is known to a department by another number that nobody linked"}}
	kindFormer   = &kind{Kind: Kind{ID: "former_number", Number: 10, Title: "用换发前的号码报送", Outcome: Linked, Why: "the police state the former number"}}
)

// apart are the kinds that are made elsewhere.
func apart() []*kind {
	return []*kind{kindLate, kindMissed, kindStale, kindCopied, kindRareLost, kindDead, kindListed, kindRevoked, kindClosed, kindLateFile, kindArchive, kindExpired, kindNotLeft, kindHeld, kindHeader, kindResent, kindSecond, kindFormer}
}

// not are the problems of the catalogue that this city does not have, and why.
func not() []*kind {
	none := func(n int, id, title, why string) *kind {
		return &kind{Kind: Kind{Number: n, ID: id, Title: title, Outcome: Nothing, Why: "not made: " + why}}
	}
	return []*kind{
		none(19, "encoding_mixed", "编码混用", "a file in another encoding is held as a whole, which shrunken_snapshot and column_renamed measure; mojibake inside cells is made"),
		none(30, "delta_flag", "增删改标志错误", "a flag that no declaration knows is taken for a change, so that the row is right all the same"),
		none(34, "representative_gone", "法定代表人不在人口库或已死亡", "representatives are drawn among living residents; who dies later is not followed"),
		none(36, "period_reversed_long", "经营期限倒置", "no feed sends the business term; reversed validity of permits is made"),
		none(41, "template_reversed", "双公示模板状态含义相反", "a template is declared for a feed; there is one of each"),
		none(44, "coordinates", "坐标互换或偏移", "no feed has coordinates"),
	}
}

// mix is what can go wrong in a row of a feed: kinds and cells, with running sums of their rates in a million rows.
type mix struct {
	sums  []int
	draws []draw
}

// draw is a kind that can happen to a column.
type draw struct {
	kind   *kind
	column int
}

// newMix works out the mix of a feed from the kinds' rates, its columns and how careless it is.
func newMix(f *feed) (m mix) {
	total := 0
	for _, k := range drawn {
		for i, column := range f.columns {
			if !k.happensTo(column.of) {
				continue
			}
			total += k.Rate * max(1, f.careless) / 100
			m.sums, m.draws = append(m.sums, total), append(m.draws, draw{k, i})
		}
	}
	return m
}

func (k *kind) happensTo(of content) bool {
	for _, c := range k.to {
		if c == of {
			return true
		}
	}
	return false
}

// spoil makes at most one mistake in the row that was made.
func (s *sheet) spoil(c *chance) {
	f := s.feed
	if f.form.format == formatFixed {
		s.loseRare()
	}
	if p := s.row.person; p != nil && f.key >= 0 && s.otherNumber(c, p) {
		return
	}
	if d, own := f.mix.draw(c); d != nil {
		s.mistake(d, c, own)
	} else if f.copies != nil && s.row.person != nil {
		s.copy()
	}
}

// draw is the mistake that chance makes, if any.
func (m *mix) draw(c *chance) (*draw, int) {
	at := c.below(1_000_000)
	if len(m.sums) == 0 || at >= m.sums[len(m.sums)-1] {
		return nil, 0
	}
	d := &m.draws[sort.SearchInts(m.sums, at+1)]
	return d, d.column
}

// mistake makes what was drawn, and labels it if it could be made.
func (s *sheet) mistake(d *draw, c *chance, column int) {
	switch {
	case d.kind.insert != nil:
		s.insert(d.kind)
		return
	case d.kind.twice:
		s.twice, s.twiceAt = d.kind, column
		return
	}
	if len(s.row.cell(column)) == 0 {
		return
	}
	truth, before := s.trueCell(column), s.row.cells[column]
	if d.kind.inject(s, c, column) && s.fits(column, before) {
		s.label(column, d.kind, []byte(truth))
	}
}

// trueCell is what is true of a cell: the row itself may have an old value.
func (s *sheet) trueCell(i int) string {
	if s.compared {
		return string(s.twin.canonical(i))
	}
	return string(s.row.canonical(i))
}

// fits takes a mistake back that a column of fixed width has no place for.
func (s *sheet) fits(i int, before cell) bool {
	if s.feed.form.format != formatFixed || len(s.feed.form.encode(nil, s.row.cell(i))) <= s.feed.form.widths[i] {
		return true
	}
	s.row.cells[i] = before
	return false
}

// nameCodes are what jiku finds in names.
var nameCodes = []string{"name.lost", "name.placeholder", "name.mojibake", "name.private_use", "name.spelled", "person_name.blank", "person_name.dot", "person_name.title"}

// otherNumber writes a person under the number they had before, or under a second one.
func (s *sheet) otherNumber(c *chance, p *person) bool {
	f, n, k := s.feed, &p.former, kindFormer
	if p.second[0] != 0 {
		n, k = &p.second, kindSecond
	}
	if n[0] == 0 || f.authority || !c.of(5000) {
		return false
	}
	truth := string(s.row.cell(f.key))
	s.row.set(f.key, n[:])
	s.label(f.key, k, []byte(truth))
	return true
}

// copy repeats the mistake that the copied register has in the person's name.
func (s *sheet) copy() {
	from, p := s.feed.copies, s.row.person
	c := from.salt.of(p.index)
	if !c.of(from.coverage) || p.class != resident {
		return
	}
	d, column := from.mix.draw(&c)
	if d == nil || d.kind.inject == nil || from.columns[column].of != personName {
		return
	}
	for i := range s.row.cells {
		if s.feed.columns[i].of != personName || len(s.row.cell(i)) == 0 {
			continue
		}
		truth := s.trueCell(i)
		if d.kind.inject(s, &c, i) {
			s.label(i, kindCopied, []byte(truth))
		}
		return
	}
}

// loseRare labels the names that a file in GBK cannot hold.
func (s *sheet) loseRare() {
	for i := range s.row.cells {
		if s.feed.columns[i].of != personName {
			continue
		}
		for _, r := range rareChars {
			if bytes.Contains(s.row.cell(i), []byte(r)) && len(s.feed.form.encode(nil, []byte(r))) > 2 { // GBK has it not.
				s.label(i, kindRareLost, s.row.canonical(i))
			}
		}
	}
}
