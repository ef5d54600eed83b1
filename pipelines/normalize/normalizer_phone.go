package normalize

import (
	"bytes"

	"jiku/schemas"
)

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
	reasonPhoneFiller = &schemas.ReasonInfo{
		Code: "phone.same_digit", Severity: schemas.Fix, Dimension: "0201",
		Title: "电话各位数字相同，是充数的，按不详计", Advice: "没有电话的，请留空或填写约定的“无”。",
	}
	reasonPhoneArea = &schemas.ReasonInfo{
		Code: "phone.area", Severity: schemas.Fix, Dimension: "0302",
		Title: "座机缺区号或区号前的 0，已按约定的区号补全", Advice: "请报送带区号的座机号码。",
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
			"A number of one digit only, such as 00000000000, is a filler: unknown. Whether another number can exist is for " +
			"the rule phone.form.",
		Args: []Arg{{"area", `the area code of local numbers that have none, or lost its 0 in a spreadsheet: "0391"; left out, they stay`}},
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
			{In: "5550001", Out: "5550001"},
			{In: "5550001", Out: "03915550001", Reason: "phone.area", Args: schemas.Settings{"area": "0391"}},
			{In: "3915550001", Out: "03915550001", Reason: "phone.area", Args: schemas.Settings{"area": "0391"}},
			{In: "1234567", Out: "1234567", Args: schemas.Settings{"area": "0391"}},
			{In: "00000000000", Out: "?", Reason: "phone.same_digit"},
			{In: "199****0001", Out: "!", Reason: "phone.masked"},
			{In: "见备注", Out: "!", Reason: "phone.digits"},
		},
		Reasons: []*schemas.ReasonInfo{reasonPhoneMasked, reasonPhoneDigits, reasonPhoneSeveral, reasonPhoneExtension,
			reasonPhoneFiller, reasonPhoneArea},
		Compile: func(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
			var set struct {
				Area string `yaml:"area"`
			}
			if err := decode(args, &set); err != nil {
				return nil, err
			}
			if a := set.Area; a != "" && (!allDigits([]byte(a)) || a[0] != '0' || len(a) != 3 && len(a) != 4) {
				return nil, badArg("area", `write it with its 0, in quotes: "0391"`, "read area %q: want an area code", a)
			}
			return func(c *Cell) { phone(c, set.Area) }, nil
		},
	})
}

func phone(c *Cell, area string) {
	if len(c.Text) == 11 && c.Text[0] == '1' && c.Text[1] != '1' && allDigits(c.Text) {
		return
	}
	if masked(c.Text) {
		c.Fail(reasonPhoneMasked, "")
		return
	}
	number, rest := readPhone(c.Buffer(), cutPointZero(c.Text))
	switch {
	case len(number) == 0:
		c.Fail(reasonPhoneDigits, "")
		return
	case len(number) >= 5 && bytes.Count(number, number[:1]) == len(number):
		c.unknown(reasonPhoneFiller)
		return
	case countDigits(rest) >= 7:
		c.Note(reasonPhoneSeveral, "")
	case len(rest) > 0:
		c.Note(reasonPhoneExtension, "")
	}
	c.Put(number)
	if known := missingArea(number, area); known >= 0 {
		c.Note(reasonPhoneArea, "")
		c.Put(append(append(c.Buffer(), area...), number[known:]...))
	}
}

// missingArea is how much of a number stands for its area code when the code of the place
// has to be put before it: nothing, or the code without its 0. It is -1 for other numbers.
func missingArea(number []byte, area string) int {
	switch n := len(number); {
	case area == "" || number[0] == '0':
		return -1
	case (n == 7 || n == 8) && number[0] != '1':
		return 0
	case (n-len(area) == 6 || n-len(area) == 7) && string(number[:len(area)-1]) == area[1:] && number[0] != '4' && number[0] != '8':
		return len(area) - 1
	}
	return -1
}
