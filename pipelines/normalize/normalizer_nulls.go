package normalize

import "jiku/schemas"

// nullFillers are the words by which feeds fill a cell that has no value.
var nullFillers = schemas.NullWords{
	None: []string{"无", "没有"},
	Unknown: []string{"-", "--", "—", "——", "/", "\\", "NULL", "Null", "null", `\N`, `\n`, "N/A", "n/a", "#N/A", "nan", "NaN",
		"暂无", "不详", "未知", "不明", "未填", "未填写", "未提供", "待补充"},
}

func init() {
	Register(Spec{
		Name:  "nulls",
		Title: "空值词",
		Doc: "Takes the words by which columns are filled for no value: 无 and 没有 mean that there is none; -, /, NULL, \\N, " +
			"N/A, 暂无, 不详, 未知 and the like that it is not known. It is for a column with words of its own; words of the " +
			"whole feed stand under nulls of the feed. 0 and 其他 are values unless they are declared.",
		Args: []Arg{
			{"none", "words that mean none; 无 and 没有 if both lists are left out"},
			{"unknown", "words that mean unknown; the list above if both are left out"},
		},
		Examples: []Example{
			{In: "无", Out: "无"},
			{In: "暂无", Out: "?"},
			{In: `\N`, Out: "?"},
			{In: "NULL", Out: "?"},
			{In: "未知", Out: "?"},
			{In: "0", Out: "0"},
			{In: "0", Out: "?", Args: schemas.Settings{"unknown": []string{"0", "其他"}}},
			{In: "不详", Out: "不详", Args: schemas.Settings{"unknown": []string{"0"}}},
			{In: "示例路1号", Out: "示例路1号"},
		},
		Compile: func(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
			var set struct {
				None    []string `yaml:"none"`
				Unknown []string `yaml:"unknown"`
			}
			if err := decode(args, &set); err != nil {
				return nil, err
			}
			declared := schemas.NullWords{None: set.None, Unknown: set.Unknown}
			if len(set.None)+len(set.Unknown) == 0 {
				declared = nullFillers
			}
			words, err := compileNulls(declared)
			if err != nil {
				return nil, err
			}
			return func(c *Cell) {
				if state, ok := words.find(c.Text); ok {
					c.State = state
				}
			}, nil
		},
	})
}
