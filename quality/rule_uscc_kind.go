package quality

import (
	"bytes"

	"jiku/schemas"
	"jiku/schemas/ident"
)

func init() {
	Register(Rule{
		Name: "uscc.kind", Title: "机构类型与统一社会信用代码类别一致", Depth: Row, Dimension: "0402", Weight: 1,
		Doc: "市场监管部门登记的机构，代码前两位（GB 32100-2015）应与机构类型相符：92 为个体工商户（类型 9500），" +
			"93 为农民专业合作社及分支（9100、9200），91 为企业。类型可写四位代码或文字；其他部门登记的、类型看不出的不比较。",
		Key: schemas.KeyUSCC,
		Items: []Param{
			{Name: "type", Title: "机构类型", Types: []schemas.Type{schemas.TypeText, schemas.TypeCode}},
			{Name: "number", Title: "统一社会信用代码", Types: []schemas.Type{schemas.TypeText}, Optional: true},
		},
		Reasons: []schemas.ReasonInfo{{
			Code: "uscc.kind", Severity: schemas.Warning, Dimension: "0402",
			Title: "机构类型与统一社会信用代码的类别不一致", Advice: "请与营业执照核对机构类型；企业、个体工商户、农民专业合作社不要混填。",
		}},
		Examples: []Example{
			{Name: "company", Key: "91390100MA39X0A12F", Values: Values{"type": "有限责任公司(自然人独资)"}},
			{Name: "company by code", Key: "91390100MA39X0A12F", Values: Values{"type": "1151"}},
			{Name: "sole trader with a company's code", Key: "91390100MA39X0A12F", Values: Values{"type": "个体工商户"}, Want: []string{"uscc.kind:type:"}},
			{Name: "9500 with a company's code", Key: "91390100MA39X0A12F", Values: Values{"type": "9500"}, Want: []string{"uscc.kind:type:"}},
			{Name: "type says nothing", Key: "91390100MA39X0A12F", Values: Values{"type": "其他"}},
		},
		CompileRow: compileUSCCKind,
	})
}

func compileUSCCKind(u *Use) (RowCheck, error) {
	item, number, info := u.Items[0], numberSource(u), u.Reason("uscc.kind")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		want := kindOfType(rec.Text[item])
		if want == 0 {
			return
		}
		code, defect := ident.ParseUSCC(number(rec))
		if defect != ident.OK || code.Department() != '9' {
			return
		}
		if c := code.Category(); c[1] != want {
			rec.Fail(item, info, "")
		}
	}, u.NoArgs()
}

var (
	typeSoleTrader  = []byte("个体")
	typeCooperative = []byte("专业合作")
	typeCompany     = []byte("公司")
)

// kindOfType is the second character of the code that an organization type demands, or 0.
// Four digits are the registrars' type codes: 9500 a sole trader, 9100 and 9200 farmers'
// cooperatives, 1000 to 8999 enterprises.
func kindOfType(t []byte) byte {
	if len(t) == 4 && t[0] >= '1' && t[0] <= '9' && t[1] >= '0' && t[1] <= '9' && t[2] >= '0' && t[2] <= '9' && t[3] >= '0' && t[3] <= '9' {
		switch {
		case t[0] != '9':
			return '1'
		case t[1] == '5':
			return '2'
		case t[1] == '1' || t[1] == '2':
			return '3'
		}
		return 0
	}
	switch {
	case bytes.Contains(t, typeSoleTrader):
		return '2'
	case bytes.Contains(t, typeCooperative):
		return '3'
	case bytes.Contains(t, typeCompany):
		return '1'
	}
	return 0
}
