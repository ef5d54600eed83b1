package schemas

// Record is one row after normalizing: typed values, item states and findings. One record
// is reused for all rows of a split; its slices are valid until Begin.
type Record struct {
	Base *Base
	// States, Text and Int are aligned with Base.Items; Text holds the values of textual
	// items, Int those of the others.
	States []State
	Text   [][]byte
	Int    []int64
	// Event is the event time, 0 if the row gives none.
	Event EventTime
	// KeyParts are the normalized parts of the key; Key is what they resolve to.
	KeyParts [][]byte
	Key      []byte
	// Gone is set when the row withdraws its key.
	Gone     bool
	Findings []Finding
	arena    []byte
}

// Finding is a defect with what it does.
type Finding struct {
	Reason
	Severity Severity
}

// NewRecord is a record for rows of a base with this many key parts.
func NewRecord(base *Base, keyParts int) *Record {
	n := len(base.Items)
	return &Record{Base: base, States: make([]State, n), Text: make([][]byte, n), Int: make([]int64, n),
		KeyParts: make([][]byte, keyParts)}
}

// Begin empties the record for the next row: every item is silent.
func (r *Record) Begin() {
	for i := range r.States {
		r.States[i], r.Text[i], r.Int[i] = Silent, nil, 0
	}
	for i := range r.KeyParts {
		r.KeyParts[i] = nil
	}
	r.Event, r.Key, r.Gone = 0, nil, false
	r.Findings, r.arena = r.Findings[:0], r.arena[:0]
}

// Keep copies b into the record's arena, which lives until Begin.
func (r *Record) Keep(b []byte) []byte {
	start := len(r.arena)
	r.arena = append(r.arena, b...)
	return r.arena[start:len(r.arena):len(r.arena)]
}

// Fail adds a finding; an item error makes the item void. item is an index in Base.Items,
// or -1 for the key or the row as a whole.
func (r *Record) Fail(item int, info *ReasonInfo, detail string) {
	name := ""
	if item >= 0 {
		name = r.Base.Items[item].Name
		if info.Severity == ItemError {
			r.States[item], r.Text[item], r.Int[item] = Void, nil, 0
		}
	}
	r.Findings = append(r.Findings, Finding{Reason{info.Code, name, detail}, info.Severity})
}

// Rejected reports whether a finding keeps the row from becoming a claim.
func (r *Record) Rejected() bool {
	for i := range r.Findings {
		if r.Findings[i].Severity == RowError {
			return true
		}
	}
	return false
}

// AppendRecord adds a record as a claim. keyHash is the keyed hash of r.Key; the caller
// appends the row's contracted cells to Raw.
func (b *ClaimBlock) AppendRecord(r *Record, ref Ref, keyHash, rowHash uint64) {
	b.Key.Append(r.Key)
	b.KeyHash = append(b.KeyHash, keyHash)
	b.Delivery = append(b.Delivery, ref.Delivery)
	b.Position = append(b.Position, ref.Position)
	b.Event = append(b.Event, r.Event)
	b.RowHash = append(b.RowHash, rowHash)
	b.Gone = append(b.Gone, r.Gone)
	for i, state := range r.States {
		b.States = append(b.States, byte(state))
		if b.textual[i] {
			b.Items[i].Text.Append(r.Text[i])
		} else {
			b.Items[i].Int = append(b.Items[i].Int, r.Int[i])
		}
	}
	for i := range r.Findings {
		b.Failed.Items = append(b.Failed.Items, r.Findings[i].Reason.String())
	}
	b.Failed.Ends = append(b.Failed.Ends, uint32(len(b.Failed.Items)))
}
