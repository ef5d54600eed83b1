package reconcile

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"time"

	"jiku/schemas"
)

// Explanation says how the golden row of one key came about.
type Explanation struct {
	// Key is redacted in JSON; whoever may see it reveals it.
	Key schemas.Key `json:"key"`
	// Exists is false if no establishing feed holds the key.
	Exists  bool              `json:"exists"`
	Version schemas.Version   `json:"version,string"`
	Due     uint32            `json:"due,omitempty"`
	Items   []ItemExplanation `json:"items"`
	// Aliases are the other numbers of the entity, where its base declares links.
	Aliases []AliasExplanation `json:"aliases,omitempty"`
	// LinkedTo is the key whose row the claims of the key are in; Waiting is why they are in none.
	LinkedTo     schemas.Key `json:"-"`
	Waiting      string      `json:"waiting,omitempty"`
	WaitingTitle string      `json:"waiting_title,omitempty"`
}

// AliasExplanation is a number that claims of the entity state.
type AliasExplanation struct {
	// Number is redacted in JSON; whoever may see it reveals it.
	Number   schemas.Key        `json:"number"`
	From     uint32             `json:"from"`
	Until    uint32             `json:"until,omitempty"`
	Feed     string             `json:"feed"`
	Delivery schemas.DeliveryID `json:"delivery"`
	Position uint64             `json:"position,string"`
	// Disputed numbers link nothing.
	Disputed bool `json:"disputed,omitempty"`
}

// ItemExplanation says how one item came about.
type ItemExplanation struct {
	Item  string `json:"item"`
	Title string `json:"title"`
	// Group is the group that the item wins with.
	Group  string `json:"group,omitempty"`
	State  string `json:"state"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason"`
	// ReasonTitle is the reason's sentence in Chinese.
	ReasonTitle string `json:"reason_title"`
	// Candidates are all feeds with a claim in force in rank order: the winner, those that
	// later rules ended before those that earlier ones did, those that did not compete.
	Candidates []CandidateExplanation `json:"candidates"`
	// Due is the next day (yyyymmdd) on which the item may change by itself, 0 for none.
	Due uint32 `json:"due,omitempty"`
	// Sentence tells a department in Chinese where the value is from, without the value.
	Sentence string `json:"sentence"`
}

// CandidateExplanation is what one claim says of an item and why it won or lost.
type CandidateExplanation struct {
	Feed            string             `json:"feed"`
	FeedTitle       string             `json:"feed_title"`
	Department      string             `json:"department"`
	DepartmentTitle string             `json:"department_title"`
	Delivery        schemas.DeliveryID `json:"delivery"`
	Slot            string             `json:"slot"`
	Revision        uint32             `json:"revision"`
	Position        uint64             `json:"position,string"`
	// DeliveredKey is the key as delivered, where it is not the entity's; redacted in JSON.
	DeliveredKey schemas.Key       `json:"delivered_key,omitempty"`
	Event        schemas.EventTime `json:"event"`
	Received     time.Time         `json:"received"`
	State        string            `json:"state"`
	Value        string            `json:"value,omitempty"`
	Fresh        bool              `json:"fresh"`
	Won          bool              `json:"won"`
	// Relation is how the value compares with the winner's, where both compete.
	Relation string `json:"relation,omitempty"`
	// Conflict is set when the claim counts as a conflict.
	Conflict bool `json:"conflict,omitempty"`
	// Lost and LostTitle say why the claim lost; empty for the winner.
	Lost      Loss   `json:"lost,omitempty"`
	LostTitle string `json:"lost_title,omitempty"`
}

// Explain reconciles the keys of the blocks as Drain does and says how each item came
// about. The blocks hold all claims of these keys.
func (p *Program) Explain(f *Facts, blocks ...*schemas.ClaimBlock) []Explanation {
	w := p.Worker(f)
	for _, b := range blocks {
		w.Add(b)
	}
	sortEntries(w.index, make([]entry, len(w.index)), 56, true)
	var out []Explanation
	_ = w.eachKey(func(claims []entry) error { // no step of it fails
		w.trace = &tracer{}
		w.reconcile(claims)
		out = append(out, w.explained())
		return nil
	})
	return out
}

// ExplainFamilies does the same for claims that are all of some families.
func (p *Program) ExplainFamilies(f *Facts, of Families, blocks ...*schemas.ClaimBlock) []Explanation {
	w := p.Worker(f)
	for _, b := range blocks {
		w.Add(b)
	}
	var out []Explanation
	for _, j := range w.jobs(of) {
		w.trace = &tracer{}
		w.row(j)
		out = append(out, w.explained())
	}
	return out
}

// explained takes the row at work as an explanation.
func (w *Worker) explained() Explanation {
	v := w.out.View(0)
	slices.SortStableFunc(w.trace.items, func(a, b ItemExplanation) int {
		return cmp.Compare(w.p.base.ItemIndex(a.Item), w.p.base.ItemIndex(b.Item))
	})
	e := Explanation{Key: v.Key(), Exists: !v.Gone(), Version: v.Version(), Due: v.Due(), Items: w.trace.items}
	if w.p.linker != nil {
		for _, a := range w.out.AliasesOf(0) {
			e.Aliases = append(e.Aliases, AliasExplanation{Number: schemas.Key(a.Text), From: a.From, Until: a.Until, Feed: a.Feed,
				Delivery: a.Delivery, Position: a.Position, Disputed: a.Disputed})
		}
		e.LinkedTo = schemas.Key(w.out.Linked.At(0))
		e.Waiting, e.WaitingTitle = w.out.WaitingWhy[0].String(), w.out.WaitingWhy[0].Title()
	}
	w.out.Reset()
	return e
}

// tracer notes how contests go, for one key.
type tracer struct {
	lost  map[int32]loser
	round int // of the contest: each rule is one
	items []ItemExplanation
}

type loser struct {
	why   schemas.Why
	round int
}

// lose notes the rule that ended a candidate's course.
func (t *tracer) lose(i int32, why schemas.Why) {
	if t.lost == nil {
		t.lost = map[int32]loser{}
	}
	t.lost[i] = loser{why, t.round}
}

// overrule notes that a decision chose over the whole pool.
func (t *tracer) overrule(w *Worker) {
	for _, i := range w.contest.pool {
		if i != w.contest.live[0] {
			t.lose(i, w.contest.why)
		}
	}
}

// record makes the explanations of a unit's items once they are written.
func (t *tracer) record(w *Worker, winner int) {
	s, c, k := w.contest.s, &w.contest, &w.key
	order := t.rankOrder(w, winner)
	for _, item := range s.items {
		it := &w.p.base.Items[item]
		e := ItemExplanation{Item: it.Name, Title: it.Title, State: schemas.Silent.String(), Candidates: []CandidateExplanation{}}
		if s.grouped {
			e.Group = s.name
		}
		why := schemas.WhyNothing
		if k.exists {
			row := len(w.out.States) - len(w.p.layout.textual)
			e.State = schemas.State(w.out.States[row+item]).String()
			why = schemas.Why(w.out.Reasons[row+item])
			if due := min(c.due, w.boundary); due != never {
				e.Due = dayOf(due)
			}
		}
		e.Reason, e.ReasonTitle = why.String(), why.Title()
		for _, i := range order {
			e.Candidates = append(e.Candidates, t.candidate(w, i, winner, item))
		}
		if winner >= 0 {
			e.Value = e.Candidates[0].Value
		}
		e.Sentence = sentence(&e, s, why, k.exists)
		t.items = append(t.items, e)
	}
	t.lost, t.round = nil, 0
}

// rankOrder lists the candidates: the winner, then who lost last, then who did not compete.
func (t *tracer) rankOrder(w *Worker, winner int) []int32 {
	var order []int32
	for i := range w.key.candidates {
		if i < w.key.n || i == winner {
			order = append(order, int32(i))
		}
	}
	round := func(i int32) int {
		if int(i) == winner {
			return math.MaxInt
		}
		if l, ok := t.lost[i]; ok {
			return l.round
		}
		return -1
	}
	rank := func(i int32) uint8 { return w.contest.s.rank[w.key.candidates[i].feed] }
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(round(b), round(a)), cmp.Compare(rank(a), rank(b)))
	})
	return order
}

// candidate explains candidate i in one item.
func (t *tracer) candidate(w *Worker, i int32, winner, item int) CandidateExplanation {
	d, c := w.key.candidates[i], &w.contest
	f := &w.p.feeds[d.feed]
	out := CandidateExplanation{Feed: f.Name, FeedTitle: f.Title, Department: f.Department,
		DepartmentTitle: w.p.departmentTitle(f.Department),
		Delivery:        d.delivery.id, Slot: d.delivery.Slot.String(), Revision: d.delivery.Revision, Position: d.position, Event: d.event,
		Received: d.delivery.Received, State: d.state(item).String(), Value: string(w.valueText(d, item)),
		Fresh: int(i) >= w.key.n || c.fresh[i], Won: int(i) == winner}
	if own := d.KeyBytes(); !bytes.Equal(own, w.out.Key.At(w.out.Key.Len()-1)) {
		out.DeliveredKey = schemas.Key(own)
	}
	if out.Won {
		return out
	}
	lost, competed := t.lost[i]
	switch {
	case !w.key.exists && d.state(c.s.lead).Competes():
		out.Lost = LossNoEntity
	case competed:
		out.Lost = lossOf(lost.why, out.Fresh)
	default:
		out.Lost = lossOfState(d.state(c.s.lead))
	}
	out.LostTitle = out.Lost.Title()
	if competed && winner >= 0 {
		won := w.key.candidates[winner]
		if won.state(item).Competes() && d.state(item).Competes() {
			r := w.relation(won, d, item)
			out.Relation, out.Conflict = r.String(), r == schemas.Different && out.Fresh
		}
	}
	return out
}

func (p *Program) departmentTitle(id string) string {
	if p.catalogue.City == nil {
		return id
	}
	return p.catalogue.DepartmentTitle(id)
}
