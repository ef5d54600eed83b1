package quality

import "jiku/schemas"

func init() {
	Register(Rule{
		Name: "phone.form", Title: "电话号码格式", Depth: Row, Dimension: "0302", Weight: 0.5,
		Doc: "一栏一个号码：手机 11 位、以 13 至 19 开头；固定电话 7 或 8 位，可带区号与分机；400、800 电话 10 位。" +
			"可带国家代码 86；本市另行声明的形式也可。各位相同或连号的视为充数。值保留，记问题。",
		Items: []Param{{Name: "item", Title: "电话", Types: []schemas.Type{schemas.TypeText}}},
		Reasons: []schemas.ReasonInfo{
			{Code: "phone.form", Severity: schemas.Warning, Dimension: "0302", Title: "电话号码格式不对", Advice: "请核对位数；一栏只填一个号码。"},
			{Code: "phone.filler", Severity: schemas.Warning, Dimension: "0302", Title: "电话号码是充数的", Advice: "没有号码请留空，不要填 0 或连号。"},
		},
		Examples: []Example{
			{Name: "mobile", Values: Values{"item": "13900000139"}},
			{Name: "with country code", Values: Values{"item": "+8613900000139"}},
			{Name: "landline with extension", Values: Values{"item": "0390-8800139-802"}},
			{Name: "service number", Values: Values{"item": "4000390139"}},
			{Name: "a digit short", Values: Values{"item": "1390000013"}, Want: []string{"phone.form:item:"}},
			{Name: "two numbers", Values: Values{"item": "13900000139、13900000140"}, Want: []string{"phone.form:item:"}},
			{Name: "zeros", Values: Values{"item": "00000000000"}, Want: []string{"phone.filler:item:"}},
			{Name: "run of digits", Values: Values{"item": "12345678"}, Want: []string{"phone.filler:item:"}},
		},
		CompileRow: compilePhoneForm,
	})
}

func compilePhoneForm(u *Use) (RowCheck, error) {
	item, form, filler := u.Items[0], u.Reason("phone.form"), u.Reason("phone.filler")
	forms := u.Env.Forms
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		switch text := rec.Text[item]; {
		case fillerDigits(text):
			rec.Fail(item, filler, "")
		case !forms.PhoneForm(text):
			rec.Fail(item, form, "")
		}
	}, u.NoArgs()
}

// fillerDigits reports five or more digits that are all equal or count up or down by one.
func fillerDigits(b []byte) bool {
	if len(b) < 5 || !isDigits(b) {
		return false
	}
	step := int(b[1]) - int(b[0])
	if step < -1 || step > 1 {
		return false
	}
	for i := 2; i < len(b); i++ {
		if int(b[i])-int(b[i-1]) != step {
			return false
		}
	}
	return true
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
