package quality

import "jiku/schemas"

// Facts are the counts of one feed in one period from which everything in a scorecard is
// computed. They are counted from claims and rejects in force when the period is closed and
// frozen with the score.
type Facts struct {
	Feed       string `json:"feed"`
	Department string `json:"department"`
	// Period is a month 2026-11, a quarter 2026-Q4 or a year 2026.
	Period string `json:"period"`
	// SlotsDue is how many slots the cadence demands (see SlotsDue), SlotsDelivered how many
	// of them were accepted.
	SlotsDue       int `json:"slots_due"`
	SlotsDelivered int `json:"slots_delivered"`
	// Rows are the rows evaluated: claims in force and rejects.
	Rows int64 `json:"rows"`
	// Rejected are the rows among them that were rejected.
	Rejected int64 `json:"rejected,omitempty"`
	// UsualRows is what the feed usually has, for the weight of a feed that delivered
	// nothing; 0 takes Rows.
	UsualRows int64 `json:"usual_rows,omitempty"`
	// Rejects counts rejected rows by reason code; a row with two reasons counts under both.
	Rejects map[string]int64 `json:"rejects,omitempty"`
	// Items are the items that the feed carries, one each, counted over claims in force.
	Items []ItemFacts `json:"items,omitempty"`
	// Failed counts findings of every severity and depth that name the feed's values.
	Failed []RuleFacts `json:"failed,omitempty"`
	// Agreement compares the feed's values with those of the items' authorities and rulings.
	Agreement []Agreement `json:"agreement,omitempty"`
}

// ItemFacts are the counts of one item by state.
type ItemFacts struct {
	Item string `json:"item"`
	// Expected is the number of claims in which a value is due. 0 takes all claims for an
	// item whose column is required, and for others all but those that do not know it.
	Expected int64 `json:"expected,omitempty"`
	Valued   int64 `json:"valued"`
	None     int64 `json:"none,omitempty"`
	Unknown  int64 `json:"unknown,omitempty"`
	Void     int64 `json:"void,omitempty"`
	// Defaults are the valued claims that hold one of the values which the feed declares as
	// fillers (rule feed.defaults).
	Defaults int64 `json:"defaults,omitempty"`
}

// Tally counts n claims with the item in a state. A source that takes its value back says
// that there is none; a feed that does not carry the item says nothing.
func (it *ItemFacts) Tally(s schemas.State, n int64) {
	switch s {
	case schemas.Valued:
		it.Valued += n
	case schemas.None, schemas.Withdrawn:
		it.None += n
	case schemas.Unknown:
		it.Unknown += n
	case schemas.Void:
		it.Void += n
	}
}

// RuleFacts counts the claims with a finding.
type RuleFacts struct {
	Code string `json:"code"`
	// Item is empty for findings about the key or the row as a whole.
	Item string `json:"item,omitempty"`
	Rows int64  `json:"rows"`
}

// Agreement says how often values of an item agree with what others are entitled to say.
type Agreement struct {
	Item     string `json:"item"`
	Compared int64  `json:"compared"`
	Agreed   int64  `json:"agreed"`
}

// Claims are the rows that were not rejected.
func (f *Facts) Claims() int64 { return f.Rows - f.Rejected }

// item finds the facts of an item; the zero value if there are none.
func (f *Facts) item(name string) ItemFacts {
	for _, it := range f.Items {
		if it.Item == name {
			return it
		}
	}
	return ItemFacts{Item: name}
}
