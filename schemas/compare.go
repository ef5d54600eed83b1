package schemas

import (
	"fmt"
	"slices"
	"strings"
)

// Relation is what a comparator says of two values. All three are symmetric and every
// value is Equal to itself. Equal is an equivalence: values that are equal to a third are
// equal. Compatible is not: 1990 fits both 1990-05 and 1990-06.
type Relation uint8

// The relations.
const (
	Equal      Relation = iota // The same value, perhaps written differently.
	Compatible                 // One may be a coarser form of the other: no conflict.
	Different                  // They cannot both be true: a conflict.
)

// String is the relation's English name.
func (r Relation) String() string {
	switch r {
	case Equal:
		return "equal"
	case Compatible:
		return "compatible"
	case Different:
		return "different"
	default:
		return "relation?"
	}
}

// Comparator decides whether two values of an item agree. Text serves textual items, Int
// the others; a comparator has at least one of them. Both are pure, keep nothing, and may
// be called from several goroutines.
type Comparator struct {
	Name string
	// Title is the name in Chinese.
	Title string
	// Doc says in Chinese, for departments, what counts as the same.
	Doc  string
	Text func(a, b []byte) Relation
	Int  func(a, b int64) Relation
	// Examples are run as tests; a comparator without examples does not pass.
	Examples []ComparatorExample
}

// ComparatorExample is a pair of values with their relation. The values of an integer
// comparator are written as stored: 19900506, 505000.
type ComparatorExample struct {
	A, B string
	Want Relation
}

// Comparators lists the comparators by name.
func Comparators() []Comparator {
	return []Comparator{compareAddress, compareAmount, compareCode, compareDate, compareExact, compareOrgName,
		comparePersonName, comparePhone, compareText}
}

// ComparatorFor is the comparator of an item: the declared one, or its type's own.
func ComparatorFor(item *Item) (Comparator, error) {
	name := item.Comparator
	if name == "" {
		name = defaultComparator(item.Type)
	}
	if err := CheckComparator(name, item.Type); err != nil {
		return Comparator{}, fmt.Errorf("choose comparator of item %s: %w", item.Name, err)
	}
	c, _ := comparatorByName(name)
	return c, nil
}

// CheckComparator reports whether a comparator exists and can compare items of a type.
func CheckComparator(name string, t Type) error {
	c, ok := comparatorByName(name)
	if !ok {
		return fmt.Errorf("unknown comparator %q, want one of %s", name, comparatorNames(t))
	}
	if t.Textual() && c.Text == nil || !t.Textual() && c.Int == nil {
		return fmt.Errorf("comparator %s does not compare items of type %s, want one of %s", name, t, comparatorNames(t))
	}
	return nil
}

func defaultComparator(t Type) string {
	switch t {
	case TypeCode:
		return compareCode.Name
	case TypeDate:
		return compareDate.Name
	case TypeDecimal:
		return compareAmount.Name
	default:
		return compareExact.Name
	}
}

func comparatorByName(name string) (Comparator, bool) {
	all := Comparators()
	i := slices.IndexFunc(all, func(c Comparator) bool { return c.Name == name })
	if i < 0 {
		return Comparator{}, false
	}
	return all[i], true
}

func comparatorNames(t Type) string {
	var names []string
	for _, c := range Comparators() {
		if t.Textual() && c.Text != nil || !t.Textual() && c.Int != nil {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}
