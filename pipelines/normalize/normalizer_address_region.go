package normalize

import "jiku/schemas"

var (
	reasonAddressLevel = &schemas.ReasonInfo{
		Code: "address.level", Severity: schemas.Warning, Dimension: "0301",
		Title: "地址中只认出省或市，认不出县（市、区）", Advice: "请写明现行的县（市、区）名称，如“某市某区某路1号”。",
	}
	reasonAddressRegion = &schemas.ReasonInfo{
		Code: "address.region", Severity: schemas.Warning, Dimension: "0301",
		Title: "地址开头认不出行政区划", Advice: "请从省、市或县（区）写起，名称用现行的。",
	}
)

func init() {
	Register(Spec{
		Name:  "address_region",
		Title: "地址中的行政区划",
		Doc: "Reads the same cell as address and gives the code (GB/T 2260) of the smallest division that the address begins " +
			"with: province, city and county, in full or without the words for their levels, levels left out or not. A name " +
			"that several places have is taken for none of them. Without a county the city's or the province's code is " +
			"given, with a warning; without any it is unknown.",
		Gives:    schemas.TypeCode,
		Extracts: true,
		Args:     []Arg{{"within", `the first digits of the feed's own place, where names that several places have are looked for: "3901"`}},
		Examples: []Example{
			{In: "江苏省南京市玄武区示例路1号", Out: "320102"},
			{In: "南京市玄武区示例路1号", Out: "320102"},
			{In: "江苏省昆山市示例镇", Out: "320583"},
			{In: "江苏南京玄武区示例路1号", Out: "320102"},
			{In: "北京市朝阳区示例路1号", Out: "110105"},
			{In: "朝阳区示例路1号", Out: "?", Reason: "address.region"},
			{In: "朝阳区示例路1号", Out: "110105", Args: schemas.Settings{"within": "11"}},
			{In: "示例区示例路1号", Out: "390101"},
			{In: "南京市示例路1号", Out: "320100", Reason: "address.level"},
			{In: "上海路1号", Out: "?", Reason: "address.region"},
		},
		Reasons: []*schemas.ReasonInfo{reasonAddressLevel, reasonAddressRegion},
		Compile: compileAddressRegion,
	})
}

func compileAddressRegion(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Within string `yaml:"within"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	if w := set.Within; w != "" && (!allDigits([]byte(w)) || len(w)%2 > 0 || len(w) > 6) {
		return nil, badArg("within", `write 2, 4 or 6 digits in quotes: "3901"`, "read within %q: want the first digits of a region code", w)
	}
	if env.Table == nil {
		return func(*Cell) {}, nil
	}
	table, err := env.Table("region")
	if err != nil {
		return nil, err
	}
	names := newRegionNames(table, set.Within)
	return func(c *Cell) {
		code, _ := names.find(c.Text)
		switch regionLevelOf(code) {
		case 0:
			c.unknown(reasonAddressRegion)
			return
		case levelProvince, levelCity:
			c.Note(reasonAddressLevel, "")
		}
		c.PutString(code)
	}, nil
}
