package schemas

// Feed declares one stream of rows from one department.
type Feed struct {
	// Name is the feed's name, such as civil_marriage.
	Name string `yaml:"feed" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the feed's name in Chinese.
	Title string `yaml:"title"`
	// Department is the id of the department that delivers, as the city declares it.
	Department string `yaml:"department"`
	// Base is the name of the base that the feed's claims are about.
	Base string `yaml:"base"`
	// Kind is snapshot (every slot holds all rows) or delta (changes only).
	Kind FeedKind `yaml:"kind" jsonschema:"enum=snapshot,enum=delta"`
	// Rows is one (a row is an entity) or many (the row's own id is part of a composite key).
	Rows string `yaml:"rows,omitempty" jsonschema:"enum=one,enum=many,default=one"`
	// Establishes is set when a claim of the feed alone makes a golden row exist.
	Establishes bool `yaml:"establishes,omitempty"`
	// Order is slot (the later delivery supersedes) or event (the later event time does).
	Order string `yaml:"order,omitempty" jsonschema:"enum=slot,enum=event,default=slot"`
	// Cadence is how often a slot is due: daily, weekly, monthly, quarterly, yearly, once.
	Cadence string `yaml:"cadence,omitempty" jsonschema:"enum=daily,enum=weekly,enum=monthly,enum=quarterly,enum=yearly,enum=once"`
	// Source says where and how deliveries are read.
	Source SourceSpec `yaml:"source"`
	// Slot says how the slot of a delivery is read; sources that make their own slots, such
	// as streams, need none.
	Slot SlotSpec `yaml:"slot,omitempty"`
	// Nulls are the words that stand for no value.
	Nulls NullWords `yaml:"nulls,omitempty"`
	// Key lists the parts of the key: one, or those of the base's composite key in order.
	Key []KeyPart `yaml:"key"`
	// Event is the column with the event time; the slot's date counts without it.
	Event *EventColumn `yaml:"event,omitempty"`
	// Columns map delivered columns to items.
	Columns []ColumnMap `yaml:"columns"`
	// Operation is the column that marks deletions in a delta feed.
	Operation *Operation `yaml:"operation,omitempty"`
	// CopiesFrom lists the feeds that this one copies values from: it does not vote.
	CopiesFrom []string `yaml:"copies_from,omitempty"`
	// Rules are the row rules checked on every record.
	Rules []RuleUse `yaml:"rules,omitempty"`
	// Gates are the thresholds of a delivery.
	Gates FeedGates `yaml:"gates,omitempty"`
	// LegalBasis is the document and article by which the department delivers.
	LegalBasis string `yaml:"legal_basis,omitempty"`
	// Contacts are duty desks of the department, never private persons.
	Contacts []Contact `yaml:"contacts,omitempty"`
	// Tests are example rows and what becomes of them.
	Tests []RowTest `yaml:"tests,omitempty"`
}

// FeedKind tells snapshots from deltas.
type FeedKind string

// The feed kinds.
const (
	Snapshot FeedKind = "snapshot"
	Delta    FeedKind = "delta"
)

// SourceSpec chooses a connector and its settings.
type SourceSpec struct {
	// Connector is the name of a registered connector.
	Connector string `yaml:"connector"`
	// Settings are the connector's settings.
	Settings Settings `yaml:"settings,omitempty"`
}

// SlotSpec says how the slot of a delivery is read: from the file name by a regular
// expression with the group date (yyyymmdd or yyyy-mm-dd) and, if several deliveries come
// on a day, the group seq; or from a manifest beside the file (NAME.manifest.json).
type SlotSpec struct {
	// Name is the regular expression over the file name, with the groups date and seq.
	Name string `yaml:"name,omitempty"`
	// Manifest reads the slot from the manifest beside the file.
	Manifest bool `yaml:"manifest,omitempty"`
}

// NullWords are the words of a feed for "there is none" and "not known"; a blank cell is
// unknown unless blank says none.
type NullWords struct {
	// None are the words for "there is none", such as 无.
	None []string `yaml:"none,omitempty"`
	// Unknown are the words for "not known", such as 不详.
	Unknown []string `yaml:"unknown,omitempty"`
	// Blank says what a blank cell means.
	Blank string `yaml:"blank,omitempty" jsonschema:"enum=unknown,enum=none,default=unknown"`
}

// KeyPart is one part of the key: a delivered column through normalizers, or a constant.
type KeyPart struct {
	// Part is the part of a composite key.
	Part string `yaml:"part,omitempty"`
	// Column is the delivered column.
	Column string `yaml:"column,omitempty"`
	// Via are the normalizers, in order.
	Via []Step `yaml:"via,omitempty"`
	// Value is a constant in place of a column.
	Value string `yaml:"value,omitempty"`
	// Kinds are the kinds of numbers that the column may hold, tried in this order: the
	// base's own key kind and those of its links. Without it only the own one.
	Kinds []string `yaml:"kinds,omitempty"`
}

// EventColumn is the column with the event time and its normalizers.
type EventColumn struct {
	// Column is the delivered column.
	Column string `yaml:"column"`
	// Via are the normalizers, in order.
	Via []Step `yaml:"via,omitempty"`
}

// ColumnMap maps a delivered column, or a constant, to an item.
type ColumnMap struct {
	// Column is the delivered column.
	Column string `yaml:"column,omitempty"`
	// Item is the item of the base that takes the value.
	Item string `yaml:"item"`
	// Via are the normalizers, in order.
	Via []Step `yaml:"via,omitempty"`
	// Codes is the department's own code table: what it writes, and the code of the item's
	// table that it means, such as {"0": "1", "1": "2"} where 0 is male.
	Codes map[string]string `yaml:"codes,omitempty"`
	// Value is a constant in place of a column.
	Value string `yaml:"value,omitempty"`
	// Required gives a blank cell the finding completeness.blank.
	Required bool `yaml:"required,omitempty"`
}

// Step is one normalizer with its arguments; in YAML a bare name, or {name: {arg: value}}.
type Step struct {
	Name string
	Args Settings
}

// Operation marks rows that withdraw their key.
type Operation struct {
	// Column is the delivered column.
	Column string `yaml:"column"`
	// Delete are the words that mean a deletion.
	Delete []string `yaml:"delete"`
}

// FeedGates are the thresholds that hold a delivery (strong) or warn (weak). Shares are
// between 0 and 1.
type FeedGates struct {
	// Rejects is the share of rows that may be rejected; strong is 0.5 unless declared.
	Rejects Threshold `yaml:"rejects,omitempty"`
	// Encoding is the share of rows that may be in another encoding than the declared one;
	// strong is 0.01 unless declared, and fewer than ten rows never hold a delivery.
	Encoding Threshold `yaml:"encoding,omitempty"`
	// Shrink is the share of the predecessor slot's keys that may be gone; strong is 0.5
	// unless declared.
	Shrink Threshold `yaml:"shrink,omitempty"`
	// MinRows is the least number of rows.
	MinRows int64 `yaml:"min_rows,omitempty" jsonschema:"minimum=0"`
}

// Threshold holds a strong and a weak bound. A weak bound of 0 warns of nothing, a strong
// bound of 1 holds nothing.
type Threshold struct {
	// Strong holds the delivery.
	Strong float64 `yaml:"strong,omitempty" jsonschema:"minimum=0,maximum=1"`
	// Weak warns.
	Weak float64 `yaml:"weak,omitempty" jsonschema:"minimum=0,maximum=1"`
}

// Contact is a responsible body or duty phone of a department; never a private person's.
type Contact struct {
	// Role is what the desk does.
	Role string `yaml:"role"`
	// Phone is the duty desk's landline.
	Phone string `yaml:"phone,omitempty"`
	// Email is the desk's mailbox.
	Email string `yaml:"email,omitempty"`
}

// RowTest is an example inside a feed: a delivered row and what becomes of it.
type RowTest struct {
	// Name says what the example shows.
	Name string `yaml:"name,omitempty"`
	// Row is the delivered row by column; columns left out are blank.
	Row map[string]string `yaml:"row"`
	// Key is the expected key.
	Key string `yaml:"key,omitempty"`
	// Claim holds the expected items as text: a date as 1965-04-30, a decimal as 50.5, none
	// as 无, unknown as ?, void as !.
	Claim map[string]string `yaml:"claim,omitempty"`
	// Findings are the expected finding codes.
	Findings []string `yaml:"findings,omitempty"`
	// Reject are the expected reasons of a reject.
	Reject []string `yaml:"reject,omitempty"`
}

// ContractColumns lists the delivered columns that the feed uses, each once, in the order
// key, event, operation, items. A reader is asked for them in this order.
func (f *Feed) ContractColumns() []string {
	var out []string
	seen := map[string]bool{"": true}
	add := func(c string) {
		if !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	for _, p := range f.Key {
		add(p.Column)
	}
	if f.Event != nil {
		add(f.Event.Column)
	}
	if f.Operation != nil {
		add(f.Operation.Column)
	}
	for _, c := range f.Columns {
		add(c.Column)
	}
	return out
}
