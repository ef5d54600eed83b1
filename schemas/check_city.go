package schemas

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // A catalogue loads alike on machines without time zone files.

	"jiku/schemas/ident"
)

// indicators are the sub-indicators of GB/T 36344-2018.
var indicators = strings.Fields(`0101 0102 0103 0104 0105 0106 0201 0202 0301 0302 0303 0304 0305 0401 0402
	0501 0502 0503 0601 0602`)

func (c *checker) city(city *City, s scope) {
	if city.TimeZone != "" {
		if _, err := time.LoadLocation(city.TimeZone); err != nil || city.TimeZone == "Local" {
			s.key("time_zone").fail("write it like Asia/Shanghai", "time zone %q is not known", city.TimeZone)
		}
	}
	ids := make([]string, len(city.Departments))
	for i, d := range city.Departments {
		ids[i] = d.ID
	}
	s.duplicates("departments", "id", ids)
	codes := make([]string, len(city.Regions))
	for i, r := range city.Regions {
		codes[i] = r.Code
	}
	s.duplicates("regions", "code", codes)
	c.numbers(city, s)
	dimensions(city, s)
	grades(city, s)
}

// numbers checks the city's own forms and lays them beside the shipped ones.
func (c *checker) numbers(city *City, s scope) {
	var forms []ident.Form
	for i, n := range city.Numbers {
		at := s.at("numbers", i)
		kind, ok := ident.KindOf(n.Kind)
		if n.Kind == "" || n.Pattern == "" {
			continue // A problem already.
		}
		if !ok || !kind.Open() {
			at.key("kind").fail(suggest(n.Kind, openKinds()), "kind %q takes no forms", n.Kind)
			continue
		}
		form := ident.Form{Kind: kind, Pattern: n.Pattern, Basis: "R", Note: n.Reason}
		if err := form.Check(); err != nil {
			at.key("pattern").fail("write a regular expression of the whole number that begins as no other number does", "%v", err)
			continue
		}
		forms = append(forms, form)
	}
	var err error
	if c.Forms, err = c.Forms.Add(forms); err != nil {
		s.key("numbers").fail("", "%v", err)
	}
}

func openKinds() []string {
	var out []string
	for _, k := range ident.Kinds() {
		if k.Open() {
			out = append(out, k.String())
		}
	}
	return out
}

// duplicates records names that stand twice in a list of structures.
func (s scope) duplicates(list, key string, names []string) {
	seen := make(map[string]bool)
	for i, n := range names {
		if n != "" && seen[n] {
			s.at(list, i).key(key).fail("keep one", "%s has %q twice", list, n)
		}
		seen[n] = true
	}
}

func dimensions(city *City, s scope) {
	names := make([]string, len(city.Dimensions))
	for i, d := range city.Dimensions {
		names[i] = d.Name
		at := s.at("dimensions", i)
		at.repeated("indicators", d.Indicators)
		for j, code := range d.Indicators {
			if len(code) == 4 && !slices.Contains(indicators, code) {
				at.at("indicators", j).fail(suggest(code, indicators), "indicator %q is not in GB/T 36344-2018", code)
			}
		}
	}
	s.duplicates("dimensions", "name", names)
}

func grades(city *City, s scope) {
	names := make([]string, len(city.Grades))
	for i, g := range city.Grades {
		names[i] = g.Grade
		if i > 0 && g.From >= city.Grades[i-1].From {
			s.at("grades", i).key("from").fail("list the best grade first", "grade %q does not lie below %q", g.Grade, city.Grades[i-1].Grade)
		}
	}
	s.duplicates("grades", "grade", names)
	if n := len(city.Grades); n > 0 && city.Grades[n-1].From > 0 {
		s.at("grades", n-1).key("from").fail("end with a grade from: 0", "scores below %v have no grade", city.Grades[n-1].From)
	}
}
