package schemas

// KeyKind says what identifies the entities of a base.
type KeyKind string

// The key kinds.
const (
	KeyResidentID KeyKind = "resident_id" // GB 11643, 18 digits; 15-digit numbers are upgraded.
	KeyUSCC       KeyKind = "uscc"        // GB 32100, 18 characters.
	KeyComposite  KeyKind = "composite"   // Several parts, such as (type, number, issuer).
	KeyText       KeyKind = "text"        // Any text.
)

// Base declares a base database: one kind of entity, its key and its items.
type Base struct {
	// Name is the ClickHouse database, such as population.
	Name string `yaml:"base" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Entity is the table that analysts query, such as person.
	Entity string `yaml:"entity" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the base's name in Chinese.
	Title string `yaml:"title"`
	// Description says in Chinese what the base holds, for the table's comment.
	Description string `yaml:"description"`
	// Key says what identifies an entity.
	Key KeySpec `yaml:"key"`
	// Links are the other numbers of an entity, which feeds may deliver as keys.
	Links []Link `yaml:"links,omitempty"`
	// Items are the properties of an entity, in the order of the columns. A new one comes last:
	// what is stored of the states of items is told by their places.
	Items []Item `yaml:"items"`
	// Groups are sets of items that win together.
	Groups []Group `yaml:"groups,omitempty"`
	// Region names the code item that holds the region of every row, if there is one.
	Region string `yaml:"region,omitempty"`
	// Rules are the entity rules checked when a golden row is made.
	Rules []RuleUse `yaml:"rules,omitempty"`
}

// KeySpec declares the key of a base.
type KeySpec struct {
	// Kind is resident_id (GB 11643), uscc (GB 32100), composite (several parts) or text.
	Kind KeyKind `yaml:"kind" jsonschema:"enum=resident_id,enum=uscc,enum=composite,enum=text"`
	// Column is the name of the key's column in the entity table, such as id_no.
	Column string `yaml:"column" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the key's name in Chinese.
	Title string `yaml:"title"`
	// Parts names the parts of a composite key in order.
	Parts []string `yaml:"parts,omitempty"`
}

// Type is the type of an item.
type Type string

// The item types. Text and code items are stored as strings, the others as integers.
const (
	TypeText    Type = "text"
	TypeCode    Type = "code"    // A code of the item's table.
	TypeDate    Type = "date"    // yyyymmdd; 00 for an unknown day or month; 99991231 is open.
	TypeInteger Type = "integer" // 64 bits.
	TypeDecimal Type = "decimal" // Four decimals, stored times 10,000.
)

// Textual reports whether values are kept in Column.Text.
func (t Type) Textual() bool { return t == TypeText || t == TypeCode }

// DecimalScale is the factor by which decimal items are stored.
const DecimalScale = 10_000

// Item is one property of an entity.
type Item struct {
	// Name is the column's name.
	Name string `yaml:"name" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the item's name in Chinese, for the column's comment.
	Title string `yaml:"title"`
	// Type is text, code, date, integer or decimal.
	Type Type `yaml:"type" jsonschema:"enum=text,enum=code,enum=date,enum=integer,enum=decimal"`
	// Table is the code table of a code item.
	Table string `yaml:"table,omitempty"`
	// Sensitivity is public, internal, personal or sensitive; internal if empty.
	Sensitivity string `yaml:"sensitivity,omitempty" jsonschema:"enum=public,enum=internal,enum=personal,enum=sensitive,default=internal"`
	// Comparator names the comparator for conflicts; the type's own if empty.
	Comparator string `yaml:"comparator,omitempty"`
	// Policy replaces the cascade for this item.
	Policy *PolicyUse `yaml:"policy,omitempty"`
}

// PolicyUse chooses a policy for an item.
type PolicyUse struct {
	// Name is the policy, such as vote, latest or priority.
	Name string `yaml:"name"`
	// Order lists feeds, first wins; for the policy priority.
	Order []string `yaml:"order,omitempty"`
}

// Group is a set of items that must win together, from one claim. It competes when its
// lead item does.
type Group struct {
	// Name is what the authority register calls the group.
	Name string `yaml:"name" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the group's name in Chinese.
	Title string `yaml:"title"`
	// Lead is the item that makes the group compete.
	Lead string `yaml:"lead"`
	// Items are the members, the lead among them.
	Items []string `yaml:"items"`
}

// RuleUse chooses a rule of package quality with its parameters.
type RuleUse struct {
	// Rule is the rule's name, such as date.not_future.
	Rule string `yaml:"rule"`
	// Items are the items that the rule looks at, in the order that the rule documents.
	Items []string `yaml:"items,omitempty"`
	// Args are the rule's parameters.
	Args Settings `yaml:"args,omitempty"`
	// Weight is the rule's weight in scores; the rule's own if 0.
	Weight float64 `yaml:"weight,omitempty"`
	// Shadow rules are computed and shown, not counted.
	Shadow bool `yaml:"shadow,omitempty"`
}

// Settings are the declared settings of a connector, normalizer or rule; the component
// decodes them and refuses unknown keys.
type Settings map[string]any

// ItemIndex is the position of an item in Items, or -1.
func (b *Base) ItemIndex(name string) int {
	for i := range b.Items {
		if b.Items[i].Name == name {
			return i
		}
	}
	return -1
}

// FullName is database.entity, such as population.person.
func (b *Base) FullName() string { return b.Name + "." + b.Entity }
