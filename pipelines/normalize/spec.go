package normalize

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// Func is one step: it reads c.Text and sets a new text, a typed value or a failure. It is
// safe for several goroutines as long as each has its own Cell.
type Func func(c *Cell)

// Env is what normalizers may know besides the cell.
type Env struct {
	// Table finds a code table with the city's overlay. When it is nil, only the form of
	// the declarations can be checked.
	Table func(name string) (*codes.Table, error)
	// Regions gives the history of the administrative divisions with the city's own.
	Regions func() (*codes.Regions, error)
	// Forms are the forms of numbers with the city's own; the shipped ones if nil.
	Forms *ident.Forms
	// Location is the city's time zone; China's if nil.
	Location *time.Location
}

// forms are the forms of numbers with the city's own.
func (e Env) forms() (*ident.Forms, error) {
	if e.Forms == nil {
		return ident.LoadForms()
	}
	return e.Forms, nil
}

// location is the city's time zone, or UTC+8 (GB/T 7408: Beijing time) if none is given.
func (e Env) location() *time.Location {
	if e.Location == nil {
		return time.FixedZone("UTC+8", 8*60*60)
	}
	return e.Location
}

// typeDatetime is the type of a step that gives yyyymmddhhmmss. Items have no such type;
// event times do.
const typeDatetime schemas.Type = "datetime"

// Spec is one normalizer.
type Spec struct {
	// Name is the name in via.
	Name string
	// Title is the name in Chinese.
	Title string
	// Doc says what it accepts and what it gives.
	Doc string
	// Gives is the type of the value, or empty for a step from text to text.
	Gives schemas.Type
	// Extracts says that it gives something else than the cell's own value, such as the
	// currency of an amount: its result is no input for it.
	Extracts bool
	// Args are the arguments that it takes, in the order in which they are explained.
	Args []Arg
	// Examples are run as tests.
	Examples []Example
	// Reasons are the findings that it may give.
	Reasons []*schemas.ReasonInfo
	// Compile checks the arguments and prepares the step. item is nil for parts of a key
	// and for the event time.
	Compile func(args schemas.Settings, item *schemas.Item, env Env) (Func, error)
}

// Arg is one argument of a normalizer.
type Arg struct {
	// Name is the key in the YAML of a feed.
	Name string
	// Doc says what it does and what holds without it.
	Doc string
}

// Example is a cell and what a normalizer makes of it.
type Example struct {
	In string
	// Out is the value as text, in the form of Render; 无, ? and ! are the states none,
	// unknown and void.
	Out string
	// Reason is the code of the finding, if there is one.
	Reason string
	// Args are the arguments of the step.
	Args schemas.Settings
}

// registry is filled by init functions and not changed afterwards.
var registry = map[string]*Spec{}

// Register adds a normalizer. It is called from init functions only, and panics when a name
// is taken.
func Register(s Spec) {
	if _, taken := registry[s.Name]; taken {
		panic("register normalizer: name taken: " + s.Name)
	}
	registry[s.Name] = &s
}

// Names lists the normalizers in order.
func Names() []string {
	names := make([]string, 0, len(registry))
	for name := range registry {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Specs lists the normalizers in the order of their names.
func Specs() []*Spec {
	out := make([]*Spec, 0, len(registry))
	for _, name := range Names() {
		out = append(out, registry[name])
	}
	return out
}

// Reasons lists every reason that normalizing may give, in the order of codes.
func Reasons() []*schemas.ReasonInfo {
	out := []*schemas.ReasonInfo{reasonBlank, reasonEventAfterReceipt, reasonEventForm}
	for _, s := range registry {
		out = append(out, s.Reasons...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return slices.CompactFunc(out, func(a, b *schemas.ReasonInfo) bool { return a.Code == b.Code })
}

// find looks a normalizer up and says what there is when it is missing.
func find(name string) (*Spec, error) {
	if s, ok := registry[name]; ok {
		return s, nil
	}
	return nil, fmt.Errorf("find normalizer %q: no such normalizer; there are %s", name, strings.Join(Names(), ", "))
}
