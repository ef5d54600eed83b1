package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/pipelines/normalize"
	"jiku/quality"
	"jiku/schemas"
	"jiku/schemas/ident"
)

func ruleDocs() []docEntry {
	var out []docEntry
	for _, r := range quality.Rules() {
		e := docEntry{Name: r.Name, Title: r.Title, Doc: r.Doc, Facts: []docFact{{"depth", string(r.Depth)}, {"GB/T 36344-2018", r.Dimension}}}
		if len(r.Items) > 0 {
			e.Facts = append(e.Facts, docFact{"items", paramNames(r.Items)})
		}
		for _, p := range r.Items {
			e.Settings = append(e.Settings, docFact{p.Name, p.Title})
		}
		for _, p := range r.Args {
			e.Settings = append(e.Settings, docFact{"args." + p.Name, p.Title})
		}
		for _, reason := range r.Reasons {
			e.Facts = append(e.Facts, docFact{"reason", reason.Code + " (" + string(reason.Severity) + ")：" + reason.Title})
		}
		for _, x := range r.Examples {
			e.Examples = append(e.Examples, ruleExample(x))
		}
		out = append(out, e)
	}
	return out
}

// paramNames shows the items of a rule as a declaration lists them.
func paramNames(list []quality.Param) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
		if p.Optional {
			names[i] += "?"
		}
	}
	return "[" + strings.Join(names, ", ") + "]"
}

func ruleExample(x quality.Example) docExample {
	var in []string
	if x.Key != "" {
		in = append(in, "key="+x.Key)
	}
	for _, name := range slices.Sorted(maps.Keys(x.Values)) {
		in = append(in, name+"="+x.Values[name])
	}
	for _, part := range []struct {
		name  string
		value any
		none  bool
	}{{"tables", x.Tables, len(x.Tables) == 0}, {"before", x.Before, x.Before == nil}, {"facts", x.Facts, x.Facts == nil}, {"args", x.Args, len(x.Args) == 0}} {
		if !part.none {
			in = append(in, part.name+"="+compact(part.value))
		}
	}
	if x.Day != 0 {
		in = append(in, "day="+showDay(x.Day))
	}
	want := "通过"
	if len(x.Want) > 0 {
		want = strings.Join(x.Want, ", ")
	}
	return docExample{Name: x.Name, In: strings.Join(in, " "), Out: want}
}

// compact is a value as JSON on one line; what has no JSON form is left out.
func compact(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

func normalizerDocs() []docEntry {
	var out []docEntry
	for _, s := range normalize.Specs() {
		e := docEntry{Name: s.Name, Title: s.Title, Doc: s.Doc}
		gives := "text"
		if s.Gives != "" {
			gives = string(s.Gives)
		}
		e.Facts = append(e.Facts, docFact{"gives", gives})
		for _, a := range s.Args {
			e.Settings = append(e.Settings, docFact{a.Name, a.Doc})
		}
		for _, r := range s.Reasons {
			e.Facts = append(e.Facts, docFact{"reason", r.Code + " (" + string(r.Severity) + ")：" + r.Title})
		}
		for _, x := range s.Examples {
			in, want := quoted(x.In), x.Out
			if len(x.Args) > 0 {
				in += " " + compact(x.Args)
			}
			if x.Reason != "" {
				want = strings.TrimSpace(want + " [" + x.Reason + "]")
			}
			e.Examples = append(e.Examples, docExample{In: in, Out: want})
		}
		out = append(out, e)
	}
	return out
}

func comparatorDocs() []docEntry {
	var out []docEntry
	for _, c := range schemas.Comparators() {
		e := docEntry{Name: c.Name, Title: c.Title, Doc: c.Doc}
		var types []string
		for _, t := range []schemas.Type{schemas.TypeText, schemas.TypeCode, schemas.TypeDate, schemas.TypeInteger, schemas.TypeDecimal} {
			if schemas.CheckComparator(c.Name, t) == nil {
				types = append(types, string(t))
			}
		}
		e.Facts = append(e.Facts, docFact{"types", strings.Join(types, ", ")})
		if slices.ContainsFunc(c.Examples, func(x schemas.ComparatorExample) bool { return x.Want == schemas.Compatible }) {
			e.Facts = append(e.Facts, docFact{"compatible", "相容不构成冲突，且不传递：甲与乙相容、乙与丙相容，甲与丙仍可能不同"})
		}
		for _, x := range c.Examples {
			e.Examples = append(e.Examples, docExample{In: quoted(x.A) + quoted(x.B), Out: relationTitle(x.Want)})
		}
		out = append(out, e)
	}
	return out
}

// relationTitle is a relation in Chinese, with its name.
func relationTitle(r schemas.Relation) string {
	switch r {
	case schemas.Equal:
		return "相同 (equal)"
	case schemas.Compatible:
		return "相容 (compatible)"
	default:
		return "不同 (different)"
	}
}

// quoted shows where the blanks of a cell are.
func quoted(s string) string { return "「" + s + "」" }

func connectorDocs() []docEntry {
	var out []docEntry
	for _, t := range connectors.SourceTypes() {
		out = append(out, docEntry{Name: t.Name, Title: t.Title, Doc: strings.TrimSpace(t.Doc) + "\n\n" + strings.TrimSpace(t.Reference()),
			Examples: []docExample{{In: strings.TrimSpace(t.Example)}}})
	}
	return out
}

func reasonDocs() []docEntry {
	infos := pipelines.Infos()
	var out []docEntry
	for _, code := range slices.Sorted(maps.Keys(infos)) {
		i := infos[code]
		out = append(out, docEntry{Name: code, Title: i.Title, Doc: i.Advice,
			Facts: []docFact{{"severity", string(i.Severity) + "（" + severityTitle(i.Severity) + "）"}, {"GB/T 36344-2018", i.Dimension}}})
	}
	return out
}

// severityTitle says in Chinese what a defect of this severity does.
func severityTitle(s schemas.Severity) string {
	switch s {
	case schemas.Fix:
		return "已规范，原值留在原始行"
	case schemas.Warning:
		return "保留该值，记入评分"
	case schemas.ItemError:
		return "该数据项无效，不参与取值"
	case schemas.RowError:
		return "整行拒收"
	default:
		return string(s)
	}
}

// knownBy says what makes a synthetic number pass.
var knownBy = map[ident.Known]string{
	ident.ByNumbers: "the city declares the form (numbers)",
	ident.ByRegions: "the city declares province 39 (regions)",
	ident.AsText:    "always: it is plain text",
}

// syntheticDocs are the forms of numbers that were never issued. Kinds with several forms are one entry.
func syntheticDocs() []docEntry {
	var out []docEntry
	for _, f := range ident.Synthetic() {
		if n := len(out); n == 0 || out[n-1].Name != f.Kind {
			out = append(out, docEntry{Name: f.Kind, Title: f.Title()})
		}
		e := &out[len(out)-1]
		e.Facts = append(e.Facts, docFact{"form", f.Form}, docFact{"passes", knownBy[f.Known]}, docFact{"reason", f.Reason})
	}
	return out
}
