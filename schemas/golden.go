package schemas

// Version orders any two computations of a golden row: declaration ordinal (16 bits), the
// number of distinct facts about the key (32 bits), and the day as days since 1970 (16
// bits).
type Version uint64

// MakeVersion packs a version.
func MakeVersion(ordinal uint16, facts uint32, dayNumber uint16) Version {
	return Version(ordinal)<<48 | Version(facts)<<16 | Version(dayNumber)
}

// Winner is one claim from which a golden row takes items.
type Winner struct {
	Feed string
	Ref
}

// Conflict is a fresh competing claim that differs from the winner of an item.
type Conflict struct {
	Item int // index in Base.Items
	Feed string
	Ref
	Event EventTime
	State State
	// Value is what the feed says, as text.
	Value []byte
}

// GoldenBlock is a block of golden rows of one base, in columns.
type GoldenBlock struct {
	Base    *Base
	Key     Texts
	KeyHash []uint64
	Version []Version
	// Gone marks keys that no establishing feed holds any more.
	Gone []bool
	// Due is the next day (yyyymmdd) on which the row would change by itself, or 0.
	Due []uint32
	// Items are aligned with Base.Items. States, Reasons and Origins hold len(Base.Items)
	// bytes a row: State, Why, and the 1-based index into the row's winners (0: no origin).
	Items   []Column
	States  []byte
	Reasons []byte
	Origins []byte
	// Winners of row i are Winners[WinnerEnds[i-1]:WinnerEnds[i]]; Conflicts and Findings
	// (entity findings in the form of Reason.String) likewise.
	Winners      []Winner
	WinnerEnds   []uint32
	Conflicts    []Conflict
	ConflictEnds []uint32
	Findings     Lists
	// The rest is empty where the base declares no links. Aliases of row i are the other
	// numbers that its claims in force state, spans of Aliases by AliasEnds.
	Aliases   []Alias
	AliasEnds []uint32
	// Linked is the key whose row the claims of row i are in, empty for its own.
	Linked Texts
	// Waiting are the orphans of row i: claims that are in no row, with the reason why.
	Waiting     []Winner
	WaitingEnds []uint32
	WaitingWhy  []LinkWhy
}

// NewGoldenBlock is an empty block of golden rows.
func NewGoldenBlock(base *Base) *GoldenBlock {
	return &GoldenBlock{Base: base, Items: make([]Column, len(base.Items))}
}

// Len is the number of rows.
func (g *GoldenBlock) Len() int { return len(g.KeyHash) }

// WinnersOf are the winning claims of row i.
func (g *GoldenBlock) WinnersOf(i int) []Winner { return span(g.Winners, g.WinnerEnds, i) }

// ConflictsOf are the conflicts of row i.
func (g *GoldenBlock) ConflictsOf(i int) []Conflict { return span(g.Conflicts, g.ConflictEnds, i) }

// AliasesOf are the other numbers of row i.
func (g *GoldenBlock) AliasesOf(i int) []Alias { return span(g.Aliases, g.AliasEnds, i) }

// WaitingOf are the orphans of row i.
func (g *GoldenBlock) WaitingOf(i int) []Winner { return span(g.Waiting, g.WaitingEnds, i) }

func span[T any](items []T, ends []uint32, i int) []T {
	start := uint32(0)
	if i > 0 {
		start = ends[i-1]
	}
	return items[start:ends[i]:ends[i]]
}

// Reset empties the block and keeps its memory. Conflict values are copies, so a reader
// may keep them.
func (g *GoldenBlock) Reset() {
	g.Key.Truncate(0)
	g.KeyHash, g.Version, g.Gone, g.Due = g.KeyHash[:0], g.Version[:0], g.Gone[:0], g.Due[:0]
	for i := range g.Items {
		g.Items[i].Text.Truncate(0)
		g.Items[i].Int = g.Items[i].Int[:0]
	}
	g.States, g.Reasons, g.Origins = g.States[:0], g.Reasons[:0], g.Origins[:0]
	g.Winners, g.WinnerEnds = g.Winners[:0], g.WinnerEnds[:0]
	g.Conflicts, g.ConflictEnds = g.Conflicts[:0], g.ConflictEnds[:0]
	g.Findings.Items, g.Findings.Ends = g.Findings.Items[:0], g.Findings.Ends[:0]
	g.Aliases, g.AliasEnds = g.Aliases[:0], g.AliasEnds[:0]
	g.Linked.Truncate(0)
	g.Waiting, g.WaitingEnds, g.WaitingWhy = g.Waiting[:0], g.WaitingEnds[:0], g.WaitingWhy[:0]
}
