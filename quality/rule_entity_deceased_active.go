package quality

import (
	"errors"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "entity.deceased_active", Title: "已故人员状态已更新", Depth: Entity, Dimension: "0402", Weight: 1,
		Doc: "有死亡日期的人，其状态项（人员状态、参保状态、待遇状态等）不应仍是 active 所列的值：“死亡未注销”“已故仍领待遇”。" +
			"死亡日期由一个部门报来、状态由另一部门报来，所以在金记录上检查。",
		Items: []Param{
			{Name: "death_date", Title: "死亡日期", Types: []schemas.Type{schemas.TypeDate}},
			{Name: "status", Title: "状态", Types: []schemas.Type{schemas.TypeCode, schemas.TypeText}},
		},
		Args: []Param{{Name: "active", Title: "表示仍在册、仍享受的值"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "entity.deceased_active", Severity: schemas.Warning, Dimension: "0402",
			Title: "已有死亡日期，状态仍为在册或享受待遇", Advice: "请状态所属部门核实后办理注销或停发；死亡信息有误的请卫健、公安更正。",
		}},
		Examples: []Example{
			{Name: "cancelled", Args: schemas.Settings{"active": []any{"0"}}, Values: Values{"death_date": "2020-05-01", "status": "9"}},
			{Name: "still active", Args: schemas.Settings{"active": []any{"0"}}, Values: Values{"death_date": "2020-05-01", "status": "0"}, Want: []string{"entity.deceased_active:status:"}},
			{Name: "alive", Args: schemas.Settings{"active": []any{"0"}}, Values: Values{"death_date": "?", "status": "0"}},
			{Name: "death date as filler", Args: schemas.Settings{"active": []any{"0"}}, Values: Values{"death_date": "9999-12-31", "status": "0"}},
		},
		CompileEntity: compileDeceasedActive,
	})
}

func compileDeceasedActive(u *Use) (EntityCheck, error) {
	var args struct{ Active []string }
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	if len(args.Active) == 0 {
		return nil, errors.New("args: want active, the list of values that only the living have")
	}
	death, status := u.Items[0], u.Items[1]
	reason := found(u, "entity.deceased_active", status)
	return func(v schemas.GoldenView, _ uint32, emit func(schemas.Reason)) uint32 {
		if v.State(death) != schemas.Valued || v.Int(death) == schemas.OpenDate || v.State(status) != schemas.Valued {
			return 0
		}
		text := v.Text(status)
		for _, active := range args.Active {
			if active == string(text) {
				emit(reason)
				break
			}
		}
		return 0
	}, nil
}
