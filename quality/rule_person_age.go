package quality

import "jiku/schemas"

func init() {
	Register(Rule{
		Name: "person.age", Title: "年龄合理", Depth: Row, Dimension: "0104", Weight: 1,
		Doc: "从出生到收到日（给出死亡日期的，到死亡日）不超过 max 周岁，缺省 120。超过的多为年份录错或死亡未注销；值保留，记问题。",
		Items: []Param{
			{Name: "birth_date", Title: "出生日期", Types: []schemas.Type{schemas.TypeDate}},
			{Name: "death_date", Title: "死亡日期", Types: []schemas.Type{schemas.TypeDate}, Optional: true},
		},
		Args: []Param{{Name: "max", Title: "最大周岁，缺省 120"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "person.age", Severity: schemas.Warning, Dimension: "0104",
			Title: "年龄超出合理范围", Advice: "请核对出生年份；已故人员请办理注销并报送死亡日期。",
		}},
		Examples: []Example{
			{Name: "119 years", Day: 20261101, Values: Values{"birth_date": "1907-01-01"}},
			{Name: "120 years today", Day: 20261101, Values: Values{"birth_date": "1906-11-01"}},
			{Name: "121 years today", Day: 20261101, Values: Values{"birth_date": "1905-11-01"}, Want: []string{"person.age:birth_date:"}},
			{Name: "died young", Day: 20261101, Values: Values{"birth_date": "1890-01-01", "death_date": "1950-01-01"}},
			{Name: "pupil of 30", Args: schemas.Settings{"max": 25}, Day: 20261101, Values: Values{"birth_date": "1996-03-01"}, Want: []string{"person.age:birth_date:"}},
		},
		CompileRow: compilePersonAge,
	})
}

func compilePersonAge(u *Use) (RowCheck, error) {
	args := struct{ Max uint32 }{120}
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	birth, death, info := u.Items[0], u.Items[1], u.Reason("person.age")
	return func(rec *schemas.Record, day uint32) {
		if rec.States[birth] != schemas.Valued {
			return
		}
		if death >= 0 && rec.States[death] == schemas.Valued && rec.Int[death] != schemas.OpenDate {
			day = uint32(rec.Int[death])
		}
		if day != 0 && age(uint32(rec.Int[birth]), day) > int64(args.Max) {
			rec.Fail(birth, info, "")
		}
	}, nil
}

// age is the age in whole years on a day. An unknown month or day of birth counts as the
// last of the year or month, so that age is never overstated.
func age(birth, day uint32) int64 {
	if birth/100%100 == 0 {
		birth = birth/10_000*10_000 + 1231
	} else if birth%100 == 0 {
		birth += 31
	}
	return (int64(day) - int64(birth)) / 10_000
}
