package connectors

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/go-viper/mapstructure/v2"

	"jiku/schemas"
)

// Decode fills the struct that into points to, whose fields carry yaml tags. What into
// holds before are the defaults. A setting that the struct does not have is refused with
// the nearest name, one of the wrong type is named; values stay out of the message, since
// they may be secrets. Embedded structs with the tag `yaml:",inline"` are part of the whole.
// If into has a method Check() error, it is called last.
func Decode(s schemas.Settings, into any) error {
	var meta mapstructure.Metadata
	dec, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{
		Result: into, TagName: "yaml", SquashTagOption: "inline", Metadata: &meta, ZeroFields: true,
		MatchName:  func(key, field string) bool { return key == field },
		DecodeHook: mapstructure.ComposeDecodeHookFunc(mapstructure.StringToTimeDurationHookFunc(), strictKinds),
	})
	if err != nil {
		return fmt.Errorf("decode settings into %T: %w", into, err)
	}
	var problems []error
	if err := dec.Decode(map[string]any(s)); err != nil {
		problems = mismatches(err)
	}
	known := settingNames(reflect.TypeOf(into).Elem())
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if !slices.Contains(known, name) {
			problems = append(problems, unknownSetting(name, known))
		}
	}
	slices.Sort(meta.Unused)
	for _, name := range meta.Unused {
		if strings.ContainsAny(name, ".[") {
			problems = append(problems, fmt.Errorf("setting %s: unknown", name))
		}
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	if c, ok := into.(interface{ Check() error }); ok {
		return c.Check()
	}
	return nil
}

// mismatches turns the decoder's report into one error a setting, in the words of YAML.
func mismatches(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		var out []error
		for _, e := range joined.Unwrap() {
			out = append(out, mismatches(e)...)
		}
		return out
	}
	name := "settings"
	if d, ok := errors.AsType[*mapstructure.DecodeError](err); ok && d.Name() != "" {
		name = "setting " + d.Name()
	}
	if t, ok := errors.AsType[*mapstructure.UnconvertibleTypeError](err); ok {
		return []error{fmt.Errorf("%s: want %s, have %s", name, kindName(t.Expected.Type()), kindName(reflect.TypeOf(t.Value)))}
	}
	if d, ok := errors.AsType[*mapstructure.DecodeError](err); ok {
		return []error{fmt.Errorf("%s: %w", name, d.Unwrap())}
	}
	return []error{err}
}

// strictKinds refuses what mapstructure would bend: 1.5 where a whole number is wanted,
// numbers that do not fit, one value where a list is wanted.
func strictKinds(from, to reflect.Value) (any, error) {
	if to.Kind() == reflect.Slice && from.Kind() != reflect.Slice ||
		to.Kind() == reflect.Struct && from.Kind() != reflect.Map {
		return nil, fmt.Errorf("want %s, have %s", kindName(to.Type()), kindName(from.Type()))
	}
	if !to.CanInt() && !to.CanUint() {
		return from.Interface(), nil
	}
	switch {
	case from.CanFloat():
		f := from.Float()
		if f != math.Trunc(f) || math.Abs(f) > 1<<53 {
			return nil, errors.New("want a whole number")
		}
		return checkFit(int64(f), to)
	case from.CanUint():
		if from.Uint() > math.MaxInt64 {
			return nil, errors.New("want a smaller number")
		}
		return checkFit(int64(from.Uint()), to)
	case from.CanInt():
		return checkFit(from.Int(), to)
	}
	return from.Interface(), nil
}

func checkFit(n int64, to reflect.Value) (any, error) {
	if to.CanInt() && to.OverflowInt(n) || to.CanUint() && (n < 0 || to.OverflowUint(uint64(n))) {
		return nil, fmt.Errorf("want a number that fits %s", to.Type())
	}
	return n, nil
}

// kindName is a type in the words of somebody who writes YAML.
func kindName(t reflect.Type) string {
	if t == nil {
		return "nothing"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if t.PkgPath() == "time" {
			return "a duration such as 30s"
		}
		return "a whole number"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	default:
		return "a mapping"
	}
}

// settingNames lists the settings of a struct type, embedded ones included, in order.
func settingNames(t reflect.Type) []string {
	var out []string
	for _, f := range settingFields(t) {
		out = append(out, settingName(f))
	}
	return out
}

func settingFields(t reflect.Type) []reflect.StructField {
	var out []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case strings.Contains(f.Tag.Get("yaml"), ",inline"):
			out = append(out, settingFields(f.Type)...)
		case f.IsExported():
			out = append(out, f)
		}
	}
	return out
}

func settingName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return name
}

func unknownSetting(name string, known []string) error {
	best, least := "", len(name)/2+1
	for _, k := range known {
		if d := editDistance(name, k); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		return fmt.Errorf("setting %s: unknown, did you mean %s", name, best)
	}
	return fmt.Errorf("setting %s: unknown, known are %s", name, strings.Join(known, ", "))
}

// editDistance is the Levenshtein distance in bytes; setting names are ASCII.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
