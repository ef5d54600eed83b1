package schemas

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
)

// digest is the SHA-256 of a value's canonical form in hex. Fields that are zero are left
// out, so that a field which a later version of jiku adds changes the digest only of
// declarations that use it: a digest that changes makes deliveries be read again.
func digest(v any) string {
	h := sha256.New()
	canonical(h, reflect.ValueOf(v))
	return hex.EncodeToString(h.Sum(nil))
}

// canonical writes a value so that different values never write the same bytes.
func canonical(w io.Writer, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		canonical(w, v.Elem())
	case reflect.Struct:
		fmt.Fprint(w, "{")
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !v.Field(i).IsZero() {
				fmt.Fprintf(w, "%q:", f.Name)
				canonical(w, v.Field(i))
			}
		}
		fmt.Fprint(w, "}")
	case reflect.Slice:
		fmt.Fprint(w, "[")
		for i := range v.Len() {
			canonical(w, v.Index(i))
			fmt.Fprint(w, ",")
		}
		fmt.Fprint(w, "]")
	case reflect.Map:
		fmt.Fprint(w, "(")
		for _, k := range slices.SortedFunc(slices.Values(v.MapKeys()), func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) }) {
			fmt.Fprintf(w, "%q:", k.String())
			canonical(w, v.MapIndex(k))
		}
		fmt.Fprint(w, ")")
	case reflect.String:
		fmt.Fprintf(w, "%q", v.String())
	case reflect.Float64:
		fmt.Fprint(w, strconv.FormatFloat(v.Float(), 'g', -1, 64))
	case reflect.Invalid:
		fmt.Fprint(w, "null")
	default:
		fmt.Fprint(w, v.Interface())
	}
}

// declarations are what the digest of a catalogue covers.
func (c *Catalogue) declarations() any {
	return struct {
		Bases       []*Base
		Feeds       []*Feed
		Authorities []*Authority
		Themes      []*Theme
		City        *City
		Codes       map[string]string
	}{c.Bases, c.Feeds, c.Authorities, c.Themes, c.City, c.ownCodes}
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// ruleDigest is what the outcome of a rule depends on; its weight counts in scores alone.
type ruleDigest struct {
	Rule   string
	Items  []string
	Args   Settings
	Shadow bool
}

func ruleDigests(uses []RuleUse) []ruleDigest {
	out := make([]ruleDigest, len(uses))
	for i, u := range uses {
		out[i] = ruleDigest{u.Rule, u.Items, u.Args, u.Shadow}
	}
	return out
}

// IngestDigest is the digest of what reading a delivery of the feed depends on in the
// declarations: source, slot, null words, key, event, columns, row rules, and of the base
// its key and the items that the feed carries. When it changes, deliveries are read again.
// Titles, gates, contacts and tests do not count. Normalizers, code tables and the city's
// regions are not declared in the feed; whoever compares digests adds theirs.
func (f *Feed) IngestDigest(b *Base) string {
	type item struct {
		Name  string
		Type  Type
		Table string
	}
	var items []item
	for _, it := range b.Items {
		if slices.ContainsFunc(f.Columns, func(m ColumnMap) bool { return m.Item == it.Name }) {
			items = append(items, item{it.Name, it.Type, it.Table})
		}
	}
	return digest(struct {
		Feed, Base string
		Kind       FeedKind
		Rows       string
		Source     SourceSpec
		Slot       SlotSpec
		Nulls      NullWords
		Key        []KeyPart
		Event      *EventColumn
		Columns    []ColumnMap
		Operation  *Operation
		Rules      []ruleDigest
		KeyKind    KeyKind
		KeyParts   []string
		KeyKinds   []string
		Items      []item
	}{f.Name, f.Base, f.Kind, f.Rows, f.Source, f.Slot, f.Nulls, f.Key, f.Event, f.Columns, f.Operation,
		ruleDigests(f.Rules), b.Key.Kind, b.Key.Parts, b.KeyKinds()[1:], items})
}

// NumbersDigest is the digest of the forms of numbers that a city adds, for whoever compares digests of reading. It is
// empty without any; reasons do not count.
func (c *City) NumbersDigest() string {
	if len(c.Numbers) == 0 {
		return ""
	}
	forms := slices.Clone(c.Numbers)
	for i := range forms {
		forms[i].Reason = ""
	}
	return "+numbers:" + digest(forms)
}

// BaseDigest is the digest of what reconciling a base depends on in the declarations: its
// key, items, groups and entity rules, the register, and of its feeds whose they are, what
// they establish, whom they copy and how they supersede. When it changes, every key of the
// base is reconciled again. Titles and legal bases do not count. It is empty for a base
// that the catalogue does not have.
func (c *Catalogue) BaseDigest(base string) string {
	b := c.Base(base)
	if b == nil {
		return ""
	}
	items := slices.Clone(b.Items)
	for i := range items {
		items[i].Title, items[i].Sensitivity = "", ""
	}
	groups := slices.Clone(b.Groups)
	for i := range groups {
		groups[i].Title = ""
	}
	type feed struct {
		Name, Department string
		Kind             FeedKind
		Rows, Order      string
		Establishes      bool
		CopiesFrom       []string
	}
	var feeds []feed
	for _, f := range c.FeedsOf(base) {
		feeds = append(feeds, feed{f.Name, f.Department, f.Kind, f.Rows, f.Order, f.Establishes, f.CopiesFrom})
	}
	links := slices.Clone(b.Links)
	for i := range links {
		links[i].Title = ""
	}
	register := slices.Clone(c.Entries(base))
	for i := range register {
		register[i].LegalBasis, register[i].Approval = "", ""
	}
	return digest(struct {
		Base     string
		KeyKind  KeyKind
		KeyParts []string
		Items    []Item
		Groups   []Group
		Region   string
		Rules    []ruleDigest
		Feeds    []feed
		Register []AuthorityEntry
		Links    []Link
	}{b.Name, b.Key.Kind, b.Key.Parts, items, groups, b.Region, ruleDigests(b.Rules), feeds, register, links})
}
