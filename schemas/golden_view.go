package schemas

// GoldenView is one row of a golden block, read only. It is valid as long as the block is
// neither appended to nor reset.
type GoldenView struct {
	block *GoldenBlock
	row   int
}

// View is row i of the block.
func (g *GoldenBlock) View(i int) GoldenView { return GoldenView{g, i} }

// Base is the base of the row.
func (v GoldenView) Base() *Base { return v.block.Base }

// Key is the key of the row.
func (v GoldenView) Key() Key { return Key(v.KeyBytes()) }

// KeyBytes is the key of the row without a copy. It is as personal as Key and does not
// redact itself.
func (v GoldenView) KeyBytes() []byte { return v.block.Key.At(v.row) }

// Gone reports whether no establishing feed holds the key any more.
func (v GoldenView) Gone() bool { return v.block.Gone[v.row] }

// Due is the next day on which the row would change by itself, or 0.
func (v GoldenView) Due() uint32 { return v.block.Due[v.row] }

// Version is the version of the row.
func (v GoldenView) Version() Version { return v.block.Version[v.row] }

// State is the state of an item: Valued with a value, None or Withdrawn when the winner
// says so, and otherwise why there is no value.
func (v GoldenView) State(item int) State {
	return State(v.block.States[v.row*len(v.block.Base.Items)+item])
}

// Why is the reason of an item.
func (v GoldenView) Why(item int) Why {
	return Why(v.block.Reasons[v.row*len(v.block.Base.Items)+item])
}

// Text is the value of a textual item, empty if it has none. It shares the block.
func (v GoldenView) Text(item int) []byte { return v.block.Items[item].Text.At(v.row) }

// Int is the value of a date, integer or decimal item, 0 if it has none.
func (v GoldenView) Int(item int) int64 { return v.block.Items[item].Int[v.row] }

// Value is the value of any item as text, as FormatInt writes it.
func (v GoldenView) Value(item int) string {
	t := v.block.Base.Items[item].Type
	switch {
	case v.State(item) != Valued:
		return ""
	case t.Textual():
		return string(v.Text(item))
	default:
		return FormatInt(t, v.Int(item))
	}
}

// Origin is the claim that an item was taken from; false if there is none.
func (v GoldenView) Origin(item int) (Winner, bool) {
	o := v.block.Origins[v.row*len(v.block.Base.Items)+item]
	if o == 0 {
		return Winner{}, false
	}
	return v.block.WinnersOf(v.row)[o-1], true
}

// Winners are the claims that items were taken from. They share the block.
func (v GoldenView) Winners() []Winner { return v.block.WinnersOf(v.row) }

// Conflicts are the disagreements of the row, by item and feed. They share the block.
func (v GoldenView) Conflicts() []Conflict { return v.block.ConflictsOf(v.row) }

// Findings are the entity findings of the row in the form of Reason.String.
func (v GoldenView) Findings() []string { return v.block.Findings.At(v.row) }
