package quality

import (
	"errors"
	"math"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "number.range", Title: "数值范围", Depth: Row, Dimension: "0302", Weight: 1,
		Doc: "数值应不小于 min、不大于 max（含两端，按数据项的单位写）；两者至少给一个。范围外的值无效，不参与取值，" +
			"所以只写不可能超出的界限；可疑但可能的值不用本规则。",
		Items: []Param{{Name: "item", Title: "数值", Types: []schemas.Type{schemas.TypeInteger, schemas.TypeDecimal}}},
		Args:  []Param{{Name: "min", Title: "最小值"}, {Name: "max", Title: "最大值"}},
		Reasons: []schemas.ReasonInfo{
			{Code: "number.below", Severity: schemas.ItemError, Dimension: "0302", Title: "数值小于下限", Advice: "请核对数值、正负号与计量单位（元、万元）。"},
			{Code: "number.above", Severity: schemas.ItemError, Dimension: "0302", Title: "数值大于上限", Advice: "请核对数值与计量单位（元、万元）。"},
		},
		Examples: []Example{
			{Name: "within", Args: schemas.Settings{"min": 0, "max": 150.5}, Values: Values{"item": "150.5"}},
			{Name: "below", Args: schemas.Settings{"min": 0}, Values: Values{"item": "-0.0001"}, Want: []string{"number.below:item:"}},
			{Name: "above", Args: schemas.Settings{"max": 100}, Values: Values{"item": "100.01"}, Want: []string{"number.above:item:"}},
			{Name: "none", Args: schemas.Settings{"max": 100}, Values: Values{"item": "无"}},
		},
		CompileRow: compileNumberRange,
	})
}

func compileNumberRange(u *Use) (RowCheck, error) {
	var args struct{ Min, Max *float64 }
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	if args.Min == nil && args.Max == nil || args.Min != nil && args.Max != nil && *args.Max < *args.Min {
		return nil, errors.New("args: want min, max or both, min not above max")
	}
	item := u.Items[0]
	scale := 1.0
	if u.Base.Items[item].Type == schemas.TypeDecimal {
		scale = schemas.DecimalScale
	}
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if args.Min != nil {
		least = int64(math.Ceil(*args.Min*scale - 1e-6))
	}
	if args.Max != nil {
		most = int64(math.Floor(*args.Max*scale + 1e-6))
	}
	below, above := u.Reason("number.below"), u.Reason("number.above")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		switch v := rec.Int[item]; {
		case v < least:
			rec.Fail(item, below, "")
		case v > most:
			rec.Fail(item, above, "")
		}
	}, nil
}
