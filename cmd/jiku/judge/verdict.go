package judge

import (
	"jiku/cmd/jiku/city"
	"jiku/schemas"
)

// Verdict is what the judge finds.
type Verdict struct {
	City Identity `json:"city"`
	// Run is the last finished run, Day its day: the day whose truth counts.
	Run   string  `json:"run"`
	Day   uint32  `json:"day"`
	Bases []*Base `json:"bases"`
	Kinds []Found `json:"kinds"`
	Codes []Exact `json:"codes"`
	Rules []Rule  `json:"rules"`
}

// Base is how one base stands against truth.
type Base struct {
	Base  string `json:"base"`
	Title string `json:"title"`
	// Truth are the entities of truth on the day, Golden the golden rows, Both what has both.
	Truth  int64 `json:"truth"`
	Golden int64 `json:"golden"`
	Both   int64 `json:"both"`
	// Ended are golden rows that truth has on another day, Unknown those that it never has.
	Ended   int64 `json:"ended"`
	Unknown int64 `json:"unknown"`
	// Coverage is the share of the entities of truth that have a golden row.
	Coverage *float64 `json:"coverage"`
	Items    []Item   `json:"items"`
	Links    *Links   `json:"links,omitempty"`
	// Undeclared are columns of truth that the base has no item for.
	Undeclared []string `json:"undeclared,omitempty"`

	declared *schemas.Base
}

// Item is how an item stands against truth, and what other ways of choosing would have given.
type Item struct {
	Item   string  `json:"item"`
	Title  string  `json:"title"`
	Golden Tally   `json:"golden"`
	Vote   Tally   `json:"vote"`
	Best   *Source `json:"best,omitempty"`
	// Examples are wrong cells: personal data.
	Examples []Example `json:"examples,omitempty"`
}

// Worse reports whether the golden rows are right in fewer cells than the majority vote.
func (it *Item) Worse() bool { return it.Golden.good() < it.Vote.good() }

// Source is one feed taken alone.
type Source struct {
	Feed string `json:"feed"`
	Tally
}

// Example is one wrong cell.
type Example struct {
	Key    schemas.Key `json:"key"`
	Golden string      `json:"golden"`
	Truth  string      `json:"truth"`
}

// Tally counts the cells of an item over the entities that have both truth and a golden row.
type Tally struct {
	Right      int64 `json:"right"`
	Blank      int64 `json:"blank"`
	Compatible int64 `json:"compatible"`
	Wrong      int64 `json:"wrong"`
	Missing    int64 `json:"missing"`
	Invented   int64 `json:"invented"`
	// Accuracy is the share of right and blank cells.
	Accuracy *float64 `json:"accuracy"`
	// Valued is the share of right cells among those in which truth or the row has a value.
	Valued *float64 `json:"valued"`
}

// cells is the number of cells.
func (t *Tally) cells() int64 { return t.good() + t.Compatible + t.Wrong + t.Missing + t.Invented }

// good is the number of cells that are as truth has them.
func (t *Tally) good() int64 { return t.Right + t.Blank }

// close works the shares out.
func (t *Tally) close() {
	t.Accuracy = share(t.good(), t.cells())
	t.Valued = share(t.Right, t.cells()-t.Blank)
}

// Links is how the other numbers of entities stand against truth.
type Links struct {
	// Stated are the numbers that a register states, of one entity each; of these are Joined
	// to it, Disputed, Lost (joined to nothing), or Astray (joined to another entity).
	Stated   int64 `json:"stated"`
	Joined   int64 `json:"joined"`
	Disputed int64 `json:"disputed"`
	Lost     int64 `json:"lost"`
	Astray   int64 `json:"astray"`
	// Unstated are numbers that no register states; joined to their entity all the same are Guessed.
	Unstated int64 `json:"unstated"`
	Guessed  int64 `json:"guessed"`
	// Collisions are numbers that several entities have; Split are those that join nothing.
	Collisions int64 `json:"collisions"`
	Split      int64 `json:"split"`
	// False are numbers joined to an entity of truth that truth does not know it by.
	False int64 `json:"false"`
	// Recall is Joined of Stated, Precision the share of joined numbers that are joined rightly,
	// Apart is Split of Collisions.
	Recall    *float64 `json:"recall"`
	Precision *float64 `json:"precision"`
	Apart     *float64 `json:"apart"`
}

// Found is how many errors of a kind were found.
type Found struct {
	city.Kind
	// Labels are the errors that could be found, Found those that were.
	Labels int64 `json:"labels"`
	Found  int64 `json:"found"`
	// Settled are those after which the golden row has the true value.
	Settled int64 `json:"settled"`
	// Held, Superseded and Unchanged are labels that count for nothing: of deliveries that are
	// held or replaced, and of snapshot rows that the slot before had, too.
	Held       int64 `json:"held,omitempty"`
	Superseded int64 `json:"superseded,omitempty"`
	Unchanged  int64 `json:"unchanged,omitempty"`
	// Absent are labels of deliveries that the warehouse does not know; they count as not found.
	Absent int64 `json:"absent,omitempty"`
	// Recall is Found of Labels; nothing where no rule covers the kind.
	Recall *float64 `json:"recall"`
}

// Covered reports whether anything of jiku should find the kind.
func (f *Found) Covered() bool { return covered(f.Kind) }

// Exact is how many findings with a code are explained by an injected error.
type Exact struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	// Findings are those of feeds that the city made, Right those at an error whose kind expects the code.
	Findings int64 `json:"findings"`
	Right    int64 `json:"right"`
	// Expected is set where a kind of error expects the code.
	Expected  bool     `json:"expected"`
	Precision *float64 `json:"precision"`
}

// Rule is how exact one rule is: a quality rule, a normalizer, or what reads rows and keys.
type Rule struct {
	Rule string `json:"rule"`
	// Of is the registry that has it: rules, normalizers, keys or connectors.
	Of    string `json:"of"`
	Title string `json:"title"`
	// Findings are its own, Right those at an error whose kind expects them.
	Findings  int64    `json:"findings"`
	Right     int64    `json:"right"`
	Precision *float64 `json:"precision"`
	// Labels are the errors that could be found and whose kind expects one of its reasons, Found
	// those that it found itself; a kind may expect reasons of several rules.
	Labels int64    `json:"labels"`
	Found  int64    `json:"found"`
	Recall *float64 `json:"recall"`
}

// share is n of all, nothing of none.
func share(n, all int64) *float64 {
	if all == 0 {
		return nil
	}
	s := float64(n) / float64(all)
	return &s
}
