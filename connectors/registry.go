package connectors

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/schemas"
)

// Env is what sources get from the process they run in.
type Env struct {
	// Landing is the directory under which relative paths of settings and locations are.
	Landing string
	// Location is the city's time zone; UTC if nil.
	Location *time.Location
	// Known, if set, finds the digest of a file that was read before, by its location and
	// stamp: landing directories grow for years, and are not read again at every run.
	Known func(location, stamp string) (digest string, known bool)
	// Log receives retries and deliveries that wait; nothing is logged if nil.
	Log logrus.FieldLogger
	// Retry says how temporary errors are tried again; the zero value is DefaultRetry.
	Retry RetryPolicy
}

// withDefaults fills what is left out.
func (e Env) withDefaults() Env {
	if e.Location == nil {
		e.Location = time.UTC
	}
	if e.Log == nil {
		quiet := logrus.New()
		quiet.SetOutput(io.Discard)
		e.Log = quiet
	}
	if e.Known == nil {
		e.Known = func(string, string) (string, bool) { return "", false }
	}
	if e.Retry == (RetryPolicy{}) {
		e.Retry = DefaultRetry
	}
	return e
}

// SourceType is one kind of source: its documentation, its settings and how to open it.
type SourceType struct {
	// Name is what feeds write under source.connector.
	Name string
	// Title is the name in Chinese.
	Title string
	// Doc is what the source does and where its promises end, in Markdown.
	Doc string
	// Example is the source block of a feed, in YAML; a test decodes it.
	Example string
	// Settings makes a pointer to the settings struct that holds the defaults. Its fields
	// have yaml tags and a doc tag of one sentence.
	Settings func() any
	// New opens the source for a feed; env has no empty fields but Landing.
	New func(env Env, feed *schemas.Feed) (Source, error)
}

// Registry is a set of source types by name. The package has one that is filled by init
// functions; tests make their own.
type Registry struct{ types map[string]SourceType }

// NewRegistry is a registry of these types.
func NewRegistry(types ...SourceType) *Registry {
	r := &Registry{types: map[string]SourceType{}}
	for _, t := range types {
		r.Register(t)
	}
	return r
}

// Register adds a type. A type that is incomplete or registered before is a mistake in the
// program, so it panics.
func (r *Registry) Register(t SourceType) {
	if t.Name == "" || t.Title == "" || t.Doc == "" || t.Example == "" || t.Settings == nil || t.New == nil {
		panic(fmt.Sprintf("register source %q: a field is empty", t.Name))
	}
	if _, found := r.types[t.Name]; found {
		panic(fmt.Sprintf("register source %q: registered before", t.Name))
	}
	r.types[t.Name] = t
}

// Types lists the types by name.
func (r *Registry) Types() []SourceType {
	out := make([]SourceType, 0, len(r.types))
	for _, t := range r.types {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b SourceType) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Check says whether the settings fit the source type with this name, without opening
// anything.
func (r *Registry) Check(name string, s schemas.Settings) error {
	t, err := r.find(name)
	if err != nil {
		return err
	}
	return Decode(s, t.Settings())
}

// Open opens the source of a feed and wraps it with Retry.
func (r *Registry) Open(env Env, feed *schemas.Feed) (Source, error) {
	env = env.withDefaults()
	t, err := r.find(feed.Source.Connector)
	if err == nil {
		err = Decode(feed.Source.Settings, t.Settings())
	}
	if err != nil {
		return nil, &Error{Op: "open", Feed: feed.Name, Code: Permanent, Err: err,
			Hint: "correct the block source of feed " + feed.Name}
	}
	src, err := t.New(env, feed)
	if err != nil {
		return nil, err
	}
	return Retry(src, env.Retry, env.Log), nil
}

func (r *Registry) find(name string) (SourceType, error) {
	if t, found := r.types[name]; found {
		return t, nil
	}
	var names []string
	for _, t := range r.Types() {
		names = append(names, t.Name)
	}
	return SourceType{}, fmt.Errorf("connector %q: unknown, known are %s", name, strings.Join(names, ", "))
}

// Reference is the settings of the type as a Markdown table.
func (t SourceType) Reference() string {
	var b strings.Builder
	b.WriteString("| setting | type | default | meaning |\n| --- | --- | --- | --- |\n")
	v := reflect.ValueOf(t.Settings()).Elem()
	for _, f := range settingFields(v.Type()) {
		text := ""
		if d := v.FieldByName(f.Name); !d.IsZero() || d.Kind() == reflect.Bool {
			text = fmt.Sprintf("`%v`", d.Interface())
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", settingName(f), kindName(f.Type), text, f.Tag.Get("doc"))
	}
	return b.String()
}

// sources is filled by the init functions of the source files and not changed after.
var sources = NewRegistry()

// Register adds a source type to the default registry; call it from init only.
func Register(t SourceType) { sources.Register(t) }

// SourceTypes lists the default registry by name, for documentation.
func SourceTypes() []SourceType { return sources.Types() }

// CheckSource says whether settings fit a source type of the default registry.
func CheckSource(name string, s schemas.Settings) error { return sources.Check(name, s) }

// OpenSource opens the source of a feed from the default registry. Temporary errors are
// tried again inside.
func OpenSource(env Env, feed *schemas.Feed) (Source, error) { return sources.Open(env, feed) }
