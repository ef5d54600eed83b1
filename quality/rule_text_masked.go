package quality

import (
	"unicode/utf8"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "text.masked", Title: "内容未脱敏", Depth: Row, Dimension: "0302", Weight: 1,
		Doc:   "基础库要的是原值：含星号，或连续三个以上 X、× 的值已脱敏，无效，不参与取值。报送通道已加密，请报原值。",
		Items: []Param{{Name: "item", Title: "不应脱敏的文字", Types: []schemas.Type{schemas.TypeText}}},
		Reasons: []schemas.ReasonInfo{{
			Code: "text.masked", Severity: schemas.ItemError, Dimension: "0302",
			Title: "内容已脱敏，不是原值", Advice: "请从业务系统导出未脱敏的原值报送。",
		}},
		Examples: []Example{
			{Name: "plain", Values: Values{"item": "试验市XX路1号"}},
			{Name: "stars", Values: Values{"item": "试**"}, Want: []string{"text.masked:item:"}},
			{Name: "full-width star", Values: Values{"item": "试＊"}, Want: []string{"text.masked:item:"}},
			{Name: "crosses", Values: Values{"item": "390101××××××××0012"}, Want: []string{"text.masked:item:"}},
			{Name: "letters", Values: Values{"item": "390101XXXX"}, Want: []string{"text.masked:item:"}},
		},
		CompileRow: compileTextMasked,
	})
}

func compileTextMasked(u *Use) (RowCheck, error) {
	item, info := u.Items[0], u.Reason("text.masked")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] == schemas.Valued && masked(rec.Text[item]) {
			rec.Fail(item, info, "")
		}
	}, u.NoArgs()
}

func masked(text []byte) bool {
	crosses := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		i += size
		switch r {
		case '*', '＊':
			return true
		case 'X', 'x', '×', 'Ｘ':
			if crosses++; crosses == 3 {
				return true
			}
		default:
			crosses = 0
		}
	}
	return false
}
