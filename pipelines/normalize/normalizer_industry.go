package normalize

import (
	"bytes"
	"slices"

	"jiku/schemas"
	"jiku/schemas/codes"
)

var (
	reasonIndustryEdition = &schemas.ReasonInfo{
		Code: "industry.edition", Severity: schemas.Fix, Dimension: "0105",
		Title: "行业代码为旧版，已换为 GB/T 4754-2017", Advice: "请按 GB/T 4754-2017 报送行业代码。",
	}
	reasonIndustryWider = &schemas.ReasonInfo{
		Code: "industry.wider", Severity: schemas.Warning, Dimension: "0105",
		Title: "旧版行业代码在现行版本中只能确定到大类或门类", Advice: "请按 GB/T 4754-2017 报送四位行业代码。",
	}
	reasonIndustryDivided = &schemas.ReasonInfo{
		Code: "industry.divided", Severity: schemas.ItemError, Dimension: "0105",
		Title: "旧版行业代码对应现行版本的多个门类，无法确定", Advice: "请按 GB/T 4754-2017 报送四位行业代码。",
	}
)

func init() {
	Register(Spec{
		Name:  "industry",
		Title: "行业代码",
		Doc: "Gives the industry code (GB/T 4754-2017, four digits) that a code with or without its letter, of one to four " +
			"digits, or a name means. edition is the edition that the feed uses: \"2017\", \"2011\" or \"2002\". An older code " +
			"leads to what it became; where only the division or section is certain, that is given, marked. The shipped " +
			"tables of the older editions have sections and divisions; codes/industry_2011.tsv of the catalogue adds classes.",
		Gives: schemas.TypeCode,
		Args:  []Arg{{"edition", "the edition that the feed uses: \"2017\", \"2011\" or \"2002\"; 2017 if left out"}},
		Examples: []Example{
			{In: "5211", Out: "5211"},
			{In: "F5211", Out: "5211"},
			{In: "521", Out: "5210"},
			{In: "52", Out: "5200"},
			{In: "飞机制造", Out: "3741"},
			{In: "82", Out: "8300", Reason: "industry.edition", Args: schemas.Settings{"edition": "2011"}},
			{In: "P8211", Out: "8300", Reason: "industry.wider", Args: schemas.Settings{"edition": "2011"}},
			{In: "7810", Out: "N", Reason: "industry.wider", Args: schemas.Settings{"edition": "2011"}},
			{In: "A01", Out: "0100", Args: schemas.Settings{"edition": "2011"}},
			{In: "65", Out: "5200", Reason: "industry.edition", Args: schemas.Settings{"edition": "2002"}},
			{In: "37", Out: "C", Reason: "industry.wider", Args: schemas.Settings{"edition": "2002"}},
			{In: "Q", Out: "!", Reason: "industry.divided", Args: schemas.Settings{"edition": "2002"}},
			{In: "6400", Out: "!", Reason: "code.unknown", Args: schemas.Settings{"edition": "2002"}},
			{In: "体力活", Out: "!", Reason: "code.unknown"},
		},
		Reasons: []*schemas.ReasonInfo{reasonIndustryEdition, reasonIndustryWider, reasonIndustryDivided, reasonCodeUnknown, reasonCodeShared,
			reasonCodeHistoric},
		Compile: compileIndustry,
	})
}

// industryNow is the edition that items hold.
const industryNow = "2017"

// industryStep is a compiled step for an older edition.
type industryStep struct {
	old, now *codes.Table
}

func compileIndustry(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	set := struct {
		Edition string `yaml:"edition"`
	}{industryNow}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	editions := []string{industryNow, "2011", "2002"}
	if !slices.Contains(editions, set.Edition) {
		return nil, badArg("edition", argHint(editions), "read edition: %q is no edition of GB/T 4754", set.Edition)
	}
	if env.Table == nil {
		return func(*Cell) {}, nil
	}
	now, err := env.Table("industry")
	if err != nil || set.Edition == industryNow {
		return codeOf(now), err
	}
	old, err := env.Table("industry_" + set.Edition)
	if err != nil {
		return nil, err
	}
	return industryStep{old, now}.run, nil
}

// codeOf is codeStep over the words of a table; nil gives none.
func codeOf(t *codes.Table) Func {
	if t == nil {
		return nil
	}
	return codeStep(t.WithWords(nil))
}

// run gives the code of 2017 that an older code became.
func (s industryStep) run(c *Cell) {
	code, how := s.old.Find(c.Text)
	if how == codes.SharedWord {
		c.Fail(reasonCodeShared, "")
		return
	}
	wider := false
	if !how.Found() {
		code, how = s.division(c.Text)
		wider = true
	}
	e, ok := s.old.Entry(code)
	if !how.Found() || !ok || len(e.Next) == 0 {
		c.Fail(reasonCodeUnknown, "")
		return
	}
	next := e.Next[0]
	for _, other := range e.Next[1:] {
		next, wider = s.common(next, other), true
	}
	switch {
	case next == "":
		c.Fail(reasonIndustryDivided, "")
		return
	case wider:
		c.Note(reasonIndustryWider, "")
	case next != code:
		c.Note(reasonIndustryEdition, "")
	}
	c.PutString(next)
}

// division finds the division of a group or class that the table of the older edition does not have.
func (s industryStep) division(cell []byte) (string, codes.Match) {
	rest := bytes.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRST")
	if len(cell)-len(rest) > 1 || len(rest) < 3 || len(rest) > 4 || !allDigits(rest) {
		return "", codes.NoCode
	}
	return s.old.Find(rest[:2])
}

// common is the narrowest class of the present edition that holds both, or empty.
func (s industryStep) common(a, b string) string {
	for a != "" {
		for x, ok := b, true; ok; x, ok = s.now.Group(x) {
			if x == a {
				return a
			}
		}
		a, _ = s.now.Group(a)
	}
	return ""
}
