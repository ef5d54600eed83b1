package normalize

import "jiku/schemas"

var (
	reasonPhoneMasked = &schemas.ReasonInfo{
		Code: "phone.masked", Severity: schemas.ItemError, Dimension: "0302",
		Title: "电话已被脱敏（含 *）", Advice: "请按共享目录报送未脱敏的电话。",
	}
	reasonPhoneDigits = &schemas.ReasonInfo{
		Code: "phone.digits", Severity: schemas.ItemError, Dimension: "0302",
		Title: "电话中没有号码", Advice: "请填写电话号码；没有的，请填写约定的“无”。",
	}
	reasonPhoneSeveral = &schemas.ReasonInfo{
		Code: "phone.several", Severity: schemas.Fix, Dimension: "0302",
		Title: "一格填了多个电话，只取第一个", Advice: "请每格只填一个电话。",
	}
	reasonPhoneExtension = &schemas.ReasonInfo{
		Code: "phone.extension", Severity: schemas.Fix, Dimension: "0302",
		Title: "电话带有分机号或备注，已略去", Advice: "请只填电话号码。",
	}
)

func init() {
	Register(Spec{
		Name:  "phone",
		Title: "电话号码",
		Doc: "Gives the digits of a telephone number: a mobile number, or area code and number. The prefix of China " +
			"(+86, 0086) goes. Of several numbers the first stays; an extension or remark after the number goes. " +
			"Whether the number can exist is for the rule phone.form.",
		Examples: []Example{
			{In: "19900000001", Out: "19900000001"},
			{In: "＋86 199-0000-0001", Out: "19900000001"},
			{In: "139-7740-0086", Out: "13977400086"},
			{In: "(0391) 5550001", Out: "03915550001"},
			{In: "0391-5550001转801", Out: "03915550001", Reason: "phone.extension"},
			{In: "0391-5550001-801", Out: "03915550001", Reason: "phone.extension"},
			{In: "0391-5550001、19900000001", Out: "03915550001", Reason: "phone.several"},
			{In: "19900000001/19900000002", Out: "19900000001", Reason: "phone.several"},
			{In: "010 5550001 801", Out: "0105550001", Reason: "phone.extension"},
			{In: "400-555-0001", Out: "4005550001"},
			{In: "199****0001", Out: "!", Reason: "phone.masked"},
			{In: "见备注", Out: "!", Reason: "phone.digits"},
		},
		Reasons: []*schemas.ReasonInfo{reasonPhoneMasked, reasonPhoneDigits, reasonPhoneSeveral, reasonPhoneExtension},
		Compile: plain(phone),
	})
}

func phone(c *Cell) {
	switch {
	case len(c.Text) == 11 && c.Text[0] == '1' && allDigits(c.Text):
		return
	case masked(c.Text):
		c.Fail(reasonPhoneMasked, "")
		return
	}
	number, rest := readPhone(c.Buffer(), cutPointZero(c.Text))
	switch {
	case len(number) == 0:
		c.Fail(reasonPhoneDigits, "")
		return
	case countDigits(rest) >= 7:
		c.Note(reasonPhoneSeveral, "")
	case len(rest) > 0:
		c.Note(reasonPhoneExtension, "")
	}
	c.Put(number)
}
