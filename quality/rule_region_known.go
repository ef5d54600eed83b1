package quality

import (
	"errors"
	"fmt"

	"jiku/schemas"
	"jiku/schemas/codes"
)

func init() {
	Register(Rule{
		Name: "region.known", Title: "行政区划代码在用", Depth: Row, Dimension: "0105", Weight: 1,
		Doc: "行政区划代码（GB/T 2260，取前六位）应在现行代码表或本市的补充表中。已撤销的区划和自编的代码保留并记问题。" +
			"本身带代码表的数据项在规范化时已检查，本规则用于按文字存放的代码。",
		Items: []Param{{Name: "region", Title: "行政区划代码", Types: []schemas.Type{schemas.TypeText, schemas.TypeCode}}},
		Args:  []Param{{Name: "table", Title: "代码表，缺省 region"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "region.unknown", Severity: schemas.Warning, Dimension: "0105",
			Title: "行政区划代码不在现行代码表中", Advice: "请改报现行的六位代码；开发区等自设代码请先向数据主管部门登记。",
		}},
		Examples: []Example{
			{Name: "in force", Values: Values{"region": "110101"}},
			{Name: "twelve digits of a committee", Values: Values{"region": "110101001001"}},
			{Name: "no such county", Values: Values{"region": "110199"}, Want: []string{"region.unknown:region:"}},
			{Name: "a name", Values: Values{"region": "试验区"}, Want: []string{"region.unknown:region:"}},
		},
		CompileRow: compileRegionKnown,
	})
}

func compileRegionKnown(u *Use) (RowCheck, error) {
	args := struct{ Table string }{"region"}
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	var table *codes.Table
	if u.Env.Table != nil {
		var err error
		if table, err = u.Env.Table(args.Table); err != nil {
			return nil, fmt.Errorf("find code table %s: %w", args.Table, err)
		}
		if table == nil {
			return nil, errors.New("find code table " + args.Table + ": there is none")
		}
	}
	item, info := u.Items[0], u.Reason("region.unknown")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued || table == nil {
			return
		}
		county := codes.County(rec.Text[item])
		if code, ok := table.Fold(county); !ok || code != string(county) {
			rec.Fail(item, info, "")
		}
	}, nil
}
