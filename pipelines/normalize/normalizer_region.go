package normalize

import (
	"strconv"

	"jiku/schemas"
	"jiku/schemas/codes"
)

var (
	reasonRegionForm = &schemas.ReasonInfo{
		Code: "region.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "行政区划代码不是 2、4、6、9 或 12 位数字", Advice: "请报送 GB/T 2260 的 6 位代码，或统计用的 9、12 位代码。",
	}
	reasonRegionMoved = &schemas.ReasonInfo{
		Code: "region.moved", Severity: schemas.Fix, Dimension: "0105",
		Title: "行政区划代码已撤销，已换为现行代码", Advice: "请改报现行的六位代码（GB/T 2260）。",
	}
	reasonRegionDivided = &schemas.ReasonInfo{
		Code: "region.divided", Severity: schemas.Warning, Dimension: "0105",
		Title: "行政区划已拆分或撤销，只能确定到市或省", Advice: "请改报现行的六位代码（GB/T 2260）。",
	}
	reasonRegionOffice = &schemas.ReasonInfo{
		Code: "region.office", Severity: schemas.Fix, Dimension: "0105",
		Title: "登记机关、开发区或汇总用代码，已换为所在区划", Advice: "请报送所在区县的六位代码（GB/T 2260）。",
	}
)

func init() {
	Register(Spec{
		Name:  "region",
		Title: "行政区划代码",
		Doc: "Takes a region code of 2 (province), 4 (city), 6 (GB/T 2260), 9 (street) or 12 (village, statistical) digits, or the " +
			"name of one division, and gives six digits of a division in force: what an abolished county became; where it " +
			"became several, their city or province, marked; for a registrar or a zone, the division it lies in. year is " +
			"the year whose codes the feed uses; without it a code means what it meant last. as: reported keeps " +
			"the county as it was reported, known or not.",
		Args: []Arg{
			{"as", "reported keeps the county as it was reported, known or not"},
			{"year", "the year whose codes the feed uses; without it a code means what it meant last"},
		},
		Examples: []Example{
			{In: "390101", Out: "390101"},
			{In: "390101001", Out: "390101"},
			{In: "390101001002", Out: "390101"},
			{In: "３９０１０１", Out: "390101"},
			{In: "390101.0", Out: "390101"},
			{In: "3301", Out: "330100"},
			{In: "33", Out: "330000"},
			{In: "示例区", Out: "390101"},
			{In: "江苏省南京市鼓楼区", Out: "320106"},
			{In: "110224", Out: "110115", Reason: "region.moved"},
			{In: "110224", Out: "110224", Args: schemas.Settings{"as": "reported"}},
			{In: "511402", Out: "500102", Reason: "region.moved", Args: schemas.Settings{"year": "1996"}},
			{In: "520321", Out: "520300", Reason: "region.divided"},
			{In: "440101", Out: "440100", Reason: "region.office"},
			{In: "鼓楼区", Out: "!", Reason: "code.shared"},
			{In: "399999", Out: "!", Reason: "code.unknown"},
			{In: "39010", Out: "!", Reason: "region.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonRegionForm, reasonRegionMoved, reasonRegionDivided, reasonRegionOffice, reasonCodeShared, reasonCodeUnknown},
		Compile: compileRegion,
	})
}

// regionStep is a compiled region step.
type regionStep struct {
	words   *codes.Table
	history *codes.Regions
	year    int
}

func compileRegion(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		As   string `yaml:"as"`
		Year string `yaml:"year"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	if set.As != "" && set.As != "current" && set.As != "reported" {
		return nil, badArg("as", "current or reported", "read as: %q is not known", set.As)
	}
	s := regionStep{year: latest}
	if set.Year != "" {
		n, err := strconv.Atoi(set.Year)
		if err != nil || n < codes.FirstYear || n > latest {
			return nil, badArg("year", "a year since 1981, in quotes", "read year: %q is no year of the history", set.Year)
		}
		s.year = n
	}
	if set.As == "reported" || env.Table == nil || env.Regions == nil {
		return func(c *Cell) { county(c) }, nil
	}
	var err error
	if s.words, err = env.Table("region"); err != nil {
		return nil, err
	}
	if s.history, err = env.Regions(); err != nil {
		return nil, err
	}
	return s.run, nil
}

// latest is a year after all history: a code then means what it meant last.
const latest = 9999

// run makes the cell the code of a division in force.
func (s regionStep) run(c *Cell) {
	if n := len(c.Text); (n == 9 || n == 12) && allDigits(c.Text) {
		c.Text = c.Text[:6]
	}
	code, how := s.words.Find(c.Text)
	switch {
	case how == codes.SameCode && s.year == latest:
		return
	case how == codes.Word && len(c.Text) != 6:
		c.PutString(code) // A name, or the first digits of a province or city.
		return
	case how == codes.SharedWord:
		c.Fail(reasonCodeShared, "")
		return
	}
	if !county(c) {
		return
	}
	current, move := s.history.Today(c.Text, s.year)
	switch move {
	case codes.RegionSame:
		return
	case codes.RegionMoved:
		c.Note(reasonRegionMoved, "")
	case codes.RegionDivided:
		c.Note(reasonRegionDivided, "")
	case codes.RegionOffice:
		c.Note(reasonRegionOffice, "")
	case codes.RegionLost:
		c.Fail(reasonCodeUnknown, "")
		return
	}
	c.PutString(current)
}

// county cuts a code to its six digits; it fails and is false when the cell is none.
func county(c *Cell) bool {
	c.Text = cutPointZero(c.Text)
	if !allDigits(c.Text) && !keepDigits(c) {
		c.Fail(reasonRegionForm, "")
		return false
	}
	switch len(c.Text) {
	case 2, 4:
		zeros := append(append(c.Buffer(), c.Text...), "0000"[len(c.Text)-2:]...)
		c.Put(zeros)
	case 6:
	case 9, 12:
		c.Text = c.Text[:6]
	default:
		c.Fail(reasonRegionForm, "length")
		return false
	}
	return true
}
