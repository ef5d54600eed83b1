package quality

import "jiku/schemas"

func init() {
	Register(Rule{
		Name: "entity.marriage_age", Title: "已婚人员达到法定婚龄", Depth: Entity, Dimension: "0402", Weight: 1,
		Doc: "婚姻状况（GB/T 2261.2）为已婚、丧偶或离婚的，男应满 22、女应满 20 周岁（民法典第一千零四十七条）。" +
			"有婚姻登记日期的按登记日计算；没有的按批次的业务日计算，满龄之日起不再报，业务日不明时不检查。" +
			"年龄不足多为出生日期或婚姻状况录错，或两人共用一个号码。",
		Items: []Param{
			{Name: "birth_date", Title: "出生日期", Types: []schemas.Type{schemas.TypeDate}},
			{Name: "sex", Title: "性别", Types: []schemas.Type{schemas.TypeCode}},
			{Name: "marital", Title: "婚姻状况", Types: []schemas.Type{schemas.TypeCode}},
			{Name: "marriage_date", Title: "婚姻登记日期", Types: []schemas.Type{schemas.TypeDate}, Optional: true},
		},
		Reasons: []schemas.ReasonInfo{{
			Code: "entity.marriage_age", Severity: schemas.Warning, Dimension: "0402",
			Title: "未达法定婚龄而登记为已婚、丧偶或离婚", Advice: "请公安核对出生日期、民政核对婚姻登记；境外登记的请附说明。",
		}},
		Examples: []Example{
			{Name: "man of 30", Day: 20261101, Values: Values{"birth_date": "1996-01-01", "sex": "1", "marital": "20"}},
			{Name: "man of 21", Day: 20261101, Values: Values{"birth_date": "2005-01-01", "sex": "1", "marital": "21"}, Want: []string{"entity.marriage_age:marital:"}, Due: 20270101},
			{Name: "woman of 21", Day: 20261101, Values: Values{"birth_date": "2005-01-01", "sex": "2", "marital": "21"}},
			{Name: "unmarried child", Day: 20261101, Values: Values{"birth_date": "2015-01-01", "sex": "2", "marital": "10"}},
			{Name: "divorced youth born on a leap day", Day: 20261101, Values: Values{"birth_date": "2008-02-29", "sex": "1", "marital": "40"}, Want: []string{"entity.marriage_age:marital:"}, Due: 20300301},
			{Name: "day not known", Values: Values{"birth_date": "2005-01-01", "sex": "1", "marital": "21"}},
			{Name: "married at 19, today 40", Day: 20261101, Values: Values{"birth_date": "1986-01-01", "sex": "1", "marital": "21", "marriage_date": "2005-06-01"}, Want: []string{"entity.marriage_age:marital:"}},
			{Name: "married at 22", Values: Values{"birth_date": "1986-01-01", "sex": "1", "marital": "21", "marriage_date": "2008-01-01"}},
		},
		CompileEntity: compileMarriageAge,
	})
}

func compileMarriageAge(u *Use) (EntityCheck, error) {
	birth, sex, marital, wedding := u.Items[0], u.Items[1], u.Items[2], u.Items[3]
	reason := found(u, "entity.marriage_age", marital)
	return func(v schemas.GoldenView, day uint32, emit func(schemas.Reason)) uint32 {
		if v.State(birth) != schemas.Valued || v.State(sex) != schemas.Valued || v.State(marital) != schemas.Valued || !married(v.Text(marital)) {
			return 0
		}
		from := marriageableFrom(uint32(v.Int(birth)), v.Text(sex))
		if from == 0 {
			return 0
		}
		if wedding >= 0 && v.State(wedding) == schemas.Valued && v.Int(wedding) != schemas.OpenDate {
			if compareDates(uint32(v.Int(wedding)), from) < 0 {
				emit(reason)
			}
			return 0
		}
		if day == 0 || day >= from {
			return 0
		}
		emit(reason)
		return from
	}, u.NoArgs()
}

// marriageableFrom is the day on which somebody of this sex reaches the legal age (Civil
// Code, article 1047), 0 if the sex is not stated. The first day of the month or year stands
// for a day of birth that is not known, so that nobody is reported who may be old enough.
func marriageableFrom(birth uint32, sex []byte) uint32 {
	if birth/100%100 == 0 {
		birth += 100
	}
	if birth%100 == 0 {
		birth++
	}
	switch string(sex) {
	case "1":
		birth += 22 * 10_000
	case "2":
		birth += 20 * 10_000
	default:
		return 0
	}
	if y := birth / 10_000; birth%10_000 == 229 && (y%4 != 0 || y%100 == 0 && y%400 != 0) {
		return y*10_000 + 301 // born on a leap day: 1 March of a common year
	}
	return birth
}

// married reports a code of GB/T 2261.2 that presupposes a marriage: 20 to 23, 30, 40.
func married(code []byte) bool {
	return len(code) == 2 && (code[0] == '2' || code[0] == '3' || code[0] == '4')
}
