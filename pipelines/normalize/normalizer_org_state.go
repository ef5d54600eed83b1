package normalize

import (
	"strings"

	"jiku/schemas"
	"jiku/schemas/codes"
)

func init() {
	Register(Spec{
		Name:  "org_state",
		Title: "机构状态",
		Doc: "Gives the code of GB/T 36104 for the state of an organization as registrars write it: 1 正常, 2 异常, 3 吊销, " +
			"4 注销（撤销）, 9 其他. The code table goes first, with the city's own words; a text that it does not have is " +
			"read by the words in it, the weightiest first: 已注销 ends an organization whatever else is written, 吊销未注销 " +
			"is 吊销, 注销中 is still 正常. A text with none of these words is no state.",
		Gives: schemas.TypeCode,
		Examples: []Example{
			{In: "存续", Out: "1"},
			{In: "在营", Out: "1"},
			{In: "在业", Out: "1"},
			{In: "开业", Out: "1"},
			{In: "在营（开业）企业", Out: "1"},
			{In: "存续(在营、开业、在册)", Out: "1"},
			{In: "开业 / 正常经营", Out: "1"},
			{In: "迁出", Out: "9"},
			{In: "迁往市外", Out: "9"},
			{In: "吊销，未注销", Out: "3"},
			{In: "吊销后注销", Out: "4"},
			{In: "简易注销中", Out: "1"},
			{In: "已列入经营异常名录", Out: "2"},
			{In: "1", Out: "1"},
			{In: "甲", Out: "!", Reason: "code.unknown"},
		},
		Reasons: []*schemas.ReasonInfo{reasonCodeUnknown, reasonCodeHistoric},
		Compile: func(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
			if err := decode(args, &struct{}{}); err != nil {
				return nil, err
			}
			if env.Table == nil {
				return func(*Cell) {}, nil
			}
			table, err := env.Table("org_status")
			if err != nil {
				return nil, err
			}
			words := table.WithWords(nil)
			return func(c *Cell) { orgState(c, words, table) }, nil
		},
	})
}

func orgState(c *Cell, words *codes.Words, table *codes.Table) {
	code, how := words.Find(c.Text)
	switch how {
	case codes.SameCode:
		return
	case codes.HistoricWord:
		c.Note(reasonCodeHistoric, "")
	case codes.NoCode, codes.SharedWord:
		var ok bool
		if code, ok = stateByWords(string(c.Text)); ok {
			_, ok = table.Label(code)
		}
		if !ok {
			c.Fail(reasonCodeUnknown, "")
			return
		}
	}
	c.PutString(code)
}

// stateWords are looked for in this order; what stands first decides.
var stateWords = []struct{ word, code string }{
	{"未注销", "3"}, {"注销中", "1"}, {"申请注销", "1"}, {"注销备案", "1"}, {"注销", "4"},
	{"撤销", "4"}, {"撤消", "4"}, {"吊销", "3"},
	{"迁出中", "1"}, {"迁出", "9"}, {"迁往", "9"}, {"迁入", "1"},
	{"异常", "2"},
	{"停业", "1"}, {"歇业", "1"}, {"清算", "1"},
	{"存续", "1"}, {"在营", "1"}, {"开业", "1"}, {"在业", "1"}, {"在册", "1"}, {"正常", "1"}, {"营业", "1"},
}

// stateByWords reads a state that the table does not have. A word after 未 or 非 says the
// contrary of it and is passed over.
func stateByWords(text string) (string, bool) {
	for _, w := range stateWords {
		i := strings.Index(text, w.word)
		if i < 0 {
			continue
		}
		if before := text[:i]; strings.HasSuffix(before, "未") || strings.HasSuffix(before, "非") || strings.HasSuffix(before, "不") {
			continue
		}
		return w.code, true
	}
	return "", false
}
