package quality

// Scorecard is the quality of one department in one period. Scores are 0 to 100 with four
// decimals; people are shown one.
type Scorecard struct {
	Period     string `json:"period"`
	Department string `json:"department"`
	Title      string `json:"title"`
	// Score is the mean of the department's item scores × coverage, whatever their volume.
	Score float64 `json:"score"`
	// RowWeighted is the mean of its feed scores by rows.
	RowWeighted float64 `json:"row_weighted"`
	// ByDimension is the mean of its dimensions by the city's weights; nil if none is measured.
	ByDimension *float64 `json:"by_dimension,omitempty"`
	Grade       string   `json:"grade"`
	// Rank is the place among the departments of the period by Score; equals share a place.
	Rank int `json:"rank"`
	Of   int `json:"of"`
	// Interval is the 95 % interval of Score at this volume; Small says that it is wide.
	Interval Interval `json:"interval"`
	Small    bool     `json:"small,omitempty"`
	Rows     int64    `json:"rows"`
	Rejected int64    `json:"rejected"`
	// Dimensions are those of the city, in its order.
	Dimensions []DimensionScore `json:"dimensions,omitempty"`
	// Accuracy is measured by others; nil if nothing could be compared.
	Accuracy *Accuracy   `json:"accuracy,omitempty"`
	Feeds    []FeedScore `json:"feeds"`
	// Fixes are what the department can do, worth the most points first.
	Fixes []Fix `json:"fixes,omitempty"`
	// Shadow are findings of rules in shadow, with the points that they would cost.
	Shadow []Fix `json:"shadow,omitempty"`
	// Waiting are feeds that have not delivered for the first time and do not count.
	Waiting []string `json:"waiting,omitempty"`
}

// FeedScore is the quality of one feed: Score = Quality × Coverage.
type FeedScore struct {
	Feed           string      `json:"feed"`
	Title          string      `json:"title"`
	Score          float64     `json:"score"`
	Quality        float64     `json:"quality"`
	Coverage       float64     `json:"coverage"`
	Grade          string      `json:"grade"`
	SlotsDue       int         `json:"slots_due"`
	SlotsDelivered int         `json:"slots_delivered"`
	Rows           int64       `json:"rows"`
	Rejected       int64       `json:"rejected"`
	Interval       Interval    `json:"interval"`
	Small          bool        `json:"small,omitempty"`
	Items          []ItemScore `json:"items"`
}

// ItemScore is the quality of one item of one feed, before coverage.
type ItemScore struct {
	Item  string  `json:"item"`
	Title string  `json:"title"`
	Score float64 `json:"score"`
	// Due are the rows in which a value was due, rejected rows among them.
	Due int64 `json:"due"`
	// Good are the rows that count; a fraction where rules weigh less than a whole value.
	Good float64 `json:"good"`
}

// DimensionScore is the score in one dimension of the city; nil if nothing measures it.
type DimensionScore struct {
	Name    string   `json:"name"`
	Article string   `json:"article,omitempty"`
	Score   *float64 `json:"score"`
}

// Accuracy is the share of a department's values that agree with those of the items'
// authorities and with rulings.
type Accuracy struct {
	Compared int64    `json:"compared"`
	Agreed   int64    `json:"agreed"`
	Score    float64  `json:"score"`
	Interval Interval `json:"interval"`
	// Items are the items compared, the worst first.
	Items []AgreementScore `json:"items,omitempty"`
}

// AgreementScore is the accuracy of one item.
type AgreementScore struct {
	Feed     string  `json:"feed"`
	Item     string  `json:"item"`
	Title    string  `json:"title"`
	Compared int64   `json:"compared"`
	Agreed   int64   `json:"agreed"`
	Score    float64 `json:"score"`
}

// Fix is one thing to mend: how many rows, and how many points of the department's score it
// is worth.
type Fix struct {
	Feed      string `json:"feed"`
	FeedTitle string `json:"feed_title"`
	Code      string `json:"code"`
	// Title and Advice are the reason's sentences.
	Title     string `json:"title"`
	Advice    string `json:"advice"`
	Item      string `json:"item,omitempty"`
	ItemTitle string `json:"item_title,omitempty"`
	Rows      int64  `json:"rows"`
	// Slots are the slots that are missing, for the fix of coverage.
	Slots  int     `json:"slots,omitempty"`
	Points float64 `json:"points"`
}

// Interval bounds a score.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}
