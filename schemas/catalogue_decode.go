package schemas

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
)

// decoder fills a declaration from nodes. Every defect is recorded, and decoding goes on.
type decoder struct {
	doc *document
	out *Problems
	// path is that of the node at hand.
	path string
}

// readDocument reads one file and records its defects. It is nil when nothing could be
// read.
func readDocument(kind *declarationKind, file string, data []byte, problems *Problems) *document {
	doc := &document{kind: kind, file: file, value: kind.make(), places: make(map[string]place)}
	root := yamlReader{file, problems}.read(kind, data)
	if root == nil {
		return nil
	}
	d := &decoder{doc: doc, out: problems}
	doc.places[""] = root.at
	d.decode(root, reflect.ValueOf(doc.value).Elem(), field{})
	return doc
}

// under decodes a node one step down the path.
func (d *decoder) under(path string, n *node, v reflect.Value, f field) {
	if n == nil {
		d.doc.broken = append(d.doc.broken, path)
		return
	}
	outer := d.path
	d.path = path
	d.doc.places[path] = n.at
	d.decode(n, v, f)
	d.path = outer
}

// fail records a problem of the node at hand.
func (d *decoder) fail(n *node, hint, format string, args ...any) {
	d.doc.broken = append(d.doc.broken, d.path)
	d.report(n, hint, format, args...)
}

// failKey records a problem with a key of the node at hand.
func (d *decoder) failKey(n *node, key, hint, format string, args ...any) {
	d.doc.broken = append(d.doc.broken, joinPath(d.path, key))
	d.report(n, hint, format, args...)
}

func (d *decoder) report(n *node, hint, format string, args ...any) {
	*d.out = append(*d.out, Problem{d.doc.file, n.at.line, n.at.column, fmt.Sprintf(format, args...), hint})
}

// here names the node at hand in messages.
func (d *decoder) here() string {
	if d.path == "" {
		return "the " + d.doc.kind.name
	}
	return d.path
}

func (d *decoder) want(n *node, s shape, what string) bool {
	if n.shape != s {
		d.fail(n, written[s], "%s is %s, want %s", d.here(), n.shape, what)
	}
	return n.shape == s
}

// written is how each shape is written.
var written = map[shape]string{
	shapeMapping:  "write key: value lines under it, or {key: value}",
	shapeSequence: "write - entries under it, or [a, b]",
	shapeText:     "write a word, or text in quotes",
	shapeNumber:   "write digits without quotes",
	shapeTruth:    "write true or false",
}

var (
	stepType = reflect.TypeFor[Step]()
	dayType  = reflect.TypeFor[Day]()
)

// decode fills v from n; f holds what the tags of v's field demand.
func (d *decoder) decode(n *node, v reflect.Value, f field) {
	switch {
	case n.shape == shapeNothing:
		d.fail(n, "give it one, or remove the key", "%s has no value", d.here())
	case v.Type() == stepType:
		d.step(n, v.Addr().Interface().(*Step))
	case v.Type() == dayType:
		d.day(n, v)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem(), f)
	case v.Kind() == reflect.Struct:
		d.structure(n, v)
	case v.Kind() == reflect.Slice:
		d.list(n, v, f)
	case v.Kind() == reflect.Map:
		d.table(n, v, f)
	case v.Kind() == reflect.Interface:
		d.setting(n, v)
	case v.Kind() == reflect.String:
		d.text(n, v, f)
	case v.Kind() == reflect.Bool:
		if d.want(n, shapeTruth, "true or false") {
			v.SetBool(n.text == "true")
		}
	default:
		d.number(n, v, f)
	}
}

// unique reports the positions of keys that stand for the first time; others are problems.
func (d *decoder) unique(n *node) []int {
	first := make(map[string]int)
	var out []int
	for i, k := range n.keys {
		if line, ok := first[k.text]; ok {
			d.failKey(k, k.text, "keep one of them", "duplicate key %q, first on line %d", k.text, line)
			continue
		}
		first[k.text] = k.at.line
		out = append(out, i)
	}
	return out
}

func (d *decoder) structure(n *node, v reflect.Value) {
	setDefaults(v)
	if !d.want(n, shapeMapping, "a mapping of keys to values") {
		return
	}
	fields := fieldsOf(v.Type())
	written := make(map[string]bool)
	for _, i := range d.unique(n) {
		key := n.keys[i].text
		written[key] = true
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == key })
		if at < 0 {
			d.failKey(n.keys[i], key, suggest(key, fieldNames(fields)), "unknown key %q in %s", key, d.here())
			continue
		}
		d.under(joinPath(d.path, key), n.items[i], v.Field(fields[at].index), fields[at])
	}
	for _, f := range fields {
		if f.required && !written[f.name] {
			d.failKey(n, f.name, "add it", "%s lacks the key %q", d.here(), f.name)
		}
	}
}

func (d *decoder) list(n *node, v reflect.Value, f field) {
	if !d.want(n, shapeSequence, "a list") {
		return
	}
	if f.required && len(n.items) == 0 {
		d.fail(n, "add an entry", "%s is empty", d.here())
	}
	f.required = true // No blank words in lists.
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i, e := range n.items {
		d.under(indexPath(d.path, i), e, v.Index(i), f)
	}
}

// table fills a map with text keys.
func (d *decoder) table(n *node, v reflect.Value, f field) {
	if !d.want(n, shapeMapping, "a mapping of keys to values") {
		return
	}
	if f.required && len(n.keys) == 0 {
		d.fail(n, "add an entry, or remove the key", "%s is empty", d.here())
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, i := range d.unique(n) {
		value := reflect.New(v.Type().Elem()).Elem()
		d.under(joinPath(d.path, n.keys[i].text), n.items[i], value, field{})
		v.SetMapIndex(reflect.ValueOf(n.keys[i].text), value)
	}
}

// setting fills an any with text, int64, float64, bool, []any or map[string]any.
func (d *decoder) setting(n *node, v reflect.Value) {
	var to reflect.Value
	switch n.shape {
	case shapeMapping:
		to = reflect.ValueOf(&map[string]any{})
	case shapeSequence:
		to = reflect.ValueOf(&[]any{})
	case shapeTruth:
		to = reflect.ValueOf(new(bool))
	case shapeNumber:
		to = reflect.ValueOf(new(float64))
		if _, err := strconv.ParseInt(n.text, 10, 64); err == nil {
			to = reflect.ValueOf(new(int64))
		}
	default:
		to = reflect.ValueOf(new(string))
	}
	d.decode(n, to.Elem(), field{})
	v.Set(to.Elem())
}

// step reads a normalizer: a bare name, or one name with its arguments.
func (d *decoder) step(n *node, s *Step) {
	switch {
	case n.shape == shapeText:
		s.Name = n.text
	case n.shape != shapeMapping || len(n.keys) != 1:
		d.fail(n, "write a name, or {name: {argument: value}}", "%s is not a normalizer", d.here())
	default:
		s.Name = n.keys[0].text
		d.under(joinPath(d.path, s.Name), n.items[0], reflect.ValueOf(&s.Args).Elem(), field{required: true})
	}
}

func (d *decoder) day(n *node, v reflect.Value) {
	day, err := ParseDay(n.text)
	if n.shape != shapeText || err != nil {
		d.fail(n, "write it as 2026-11-01", "%s is not a calendar day", d.here())
		return
	}
	v.SetUint(uint64(day))
}

func (d *decoder) text(n *node, v reflect.Value, f field) {
	if n.shape == shapeNumber || n.shape == shapeTruth {
		// Codes such as 01 and long identifiers do not survive as numbers in other tools.
		d.fail(n, "put it in quotes", "%s is %s, want text", d.here(), n.shape)
		return
	}
	if d.want(n, shapeText, "text") {
		v.SetString(n.text)
		f.checkText(d, n)
	}
}

// plainNumber is how numbers are written; YAML would also read 010 as 8 and 1_0 as 10.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

func (d *decoder) number(n *node, v reflect.Value, f field) {
	if !d.want(n, shapeNumber, "a number") {
		return
	}
	if !plainNumber.MatchString(n.text) {
		d.fail(n, "write digits alone, or quote it if it is text", "%s is not a plain number", d.here())
		return
	}
	if v.Kind() == reflect.Float64 {
		x, err := strconv.ParseFloat(n.text, 64)
		if err != nil {
			d.fail(n, "write a smaller number", "%s is out of range", d.here())
		}
		v.SetFloat(x)
		f.checkNumber(d, n, x)
		return
	}
	x, err := strconv.ParseInt(n.text, 10, v.Type().Bits())
	if err != nil {
		d.fail(n, "write digits alone", "%s is not a whole number, or out of range", d.here())
		return
	}
	v.SetInt(x)
	f.checkNumber(d, n, float64(x))
}
