package quality

import (
	"errors"
	"unicode/utf8"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "text.length", Title: "文字长度", Depth: Row, Dimension: "0101", Weight: 0.5,
		Doc:   "文字的字数（按字符计，一个汉字或扩展区汉字均为一个）应在 min 与 max 之间；两者至少给一个。值保留，记问题。",
		Items: []Param{{Name: "item", Title: "文字", Types: []schemas.Type{schemas.TypeText}}},
		Args:  []Param{{Name: "min", Title: "最少字数"}, {Name: "max", Title: "最多字数"}},
		Reasons: []schemas.ReasonInfo{
			{Code: "text.short", Severity: schemas.Warning, Dimension: "0101", Title: "文字过短", Advice: "请核对是否被截断或只填了一部分。"},
			{Code: "text.long", Severity: schemas.Warning, Dimension: "0101", Title: "文字过长", Advice: "请核对是否混入了其他栏目的内容。"},
		},
		Examples: []Example{
			{Name: "within", Args: schemas.Settings{"min": 2, "max": 10}, Values: Values{"item": "试验人员"}},
			{Name: "rare characters count once", Args: schemas.Settings{"max": 2}, Values: Values{"item": "试𠮷"}},
			{Name: "short", Args: schemas.Settings{"min": 2, "max": 10}, Values: Values{"item": "试"}, Want: []string{"text.short:item:"}},
			{Name: "long", Args: schemas.Settings{"max": 3}, Values: Values{"item": "试验人员"}, Want: []string{"text.long:item:"}},
		},
		CompileRow: compileTextLength,
	})
}

func compileTextLength(u *Use) (RowCheck, error) {
	var args struct{ Min, Max int }
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	if args.Min <= 0 && args.Max <= 0 || args.Max > 0 && args.Max < args.Min {
		return nil, errors.New("args: want min, max or both, min not above max")
	}
	item, short, long := u.Items[0], u.Reason("text.short"), u.Reason("text.long")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		switch n := utf8.RuneCount(rec.Text[item]); {
		case n < args.Min:
			rec.Fail(item, short, "")
		case args.Max > 0 && n > args.Max:
			rec.Fail(item, long, "")
		}
	}, nil
}
