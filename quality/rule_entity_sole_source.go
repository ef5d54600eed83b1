package quality

import (
	"slices"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "entity.sole_source", Title: "取值有旁证", Depth: Entity, Dimension: "0401", Weight: 0.5,
		Doc: "金记录的值不应只靠一个非责任部门的来源：取值理由为“仅一个来源”，而该来源既不属于一数一源清单所定的责任部门、" +
			"也不在 authority 所列数源之中时记问题。多个来源一致的、裁定和锁定的不记；清单没有这一项、也没有 authority 时不检查。",
		Items: []Param{{Name: "item", Title: "数据项", Types: anyType}},
		Args:  []Param{{Name: "authority", Title: "清单之外单独即可采信的数源"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "entity.sole_source", Severity: schemas.Warning, Dimension: "0401",
			Title: "该项只有一个来源，且不是责任部门", Advice: "请责任部门补报该项，或请其他部门提供旁证。",
		}},
		Examples: []Example{
			{Name: "several agree", Args: schemas.Settings{"authority": []any{"registry"}}, Values: Values{"item": "甲"}, Why: schemas.WhyAgreed},
			{Name: "one source", Args: schemas.Settings{"authority": []any{"registry"}}, Values: Values{"item": "甲"}, Why: schemas.WhyOnly, Want: []string{"entity.sole_source:item:"}},
			{Name: "one source that suffices", Args: schemas.Settings{"authority": []any{"example"}}, Values: Values{"item": "甲"}, Why: schemas.WhyOnly},
			{Name: "nobody is registered", Values: Values{"item": "甲"}, Why: schemas.WhyOnly},
			{Name: "no value", Args: schemas.Settings{"authority": []any{"registry"}}, Values: Values{"item": "?"}, Why: schemas.WhyNothing},
		},
		CompileEntity: compileSoleSource,
	})
}

// anyType lists every item type.
var anyType = []schemas.Type{schemas.TypeText, schemas.TypeCode, schemas.TypeDate, schemas.TypeInteger, schemas.TypeDecimal}

func compileSoleSource(u *Use) (EntityCheck, error) {
	var args struct{ Authority []string }
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	item := u.Items[0]
	entitled := append(registeredFeeds(u.Env.Catalogue, u.Base, u.Base.Items[item].Name), args.Authority...)
	reason := found(u, "entity.sole_source", item)
	return func(v schemas.GoldenView, _ uint32, emit func(schemas.Reason)) uint32 {
		if len(entitled) == 0 || v.State(item) != schemas.Valued || v.Why(item) != schemas.WhyOnly {
			return 0
		}
		if origin, ok := v.Origin(item); ok && !slices.Contains(entitled, origin.Feed) {
			emit(reason)
		}
		return 0
	}, nil
}

// registeredFeeds lists the feeds of the departments that the register names as source of an
// item, itself or through its group, on any day.
func registeredFeeds(cat *schemas.Catalogue, b *schemas.Base, item string) []string {
	if cat == nil {
		return nil
	}
	departments := map[string]bool{}
	for _, e := range cat.Entries(b.Name) {
		if e.Item != item && !slices.ContainsFunc(b.Groups, func(g schemas.Group) bool {
			return g.Name == e.Group && slices.Contains(g.Items, item)
		}) {
			continue
		}
		departments[e.Source] = true
		if e.CoSource != "" {
			departments[e.CoSource] = true
		}
	}
	var out []string
	for _, f := range cat.FeedsOf(b.Name) {
		if departments[f.Department] {
			out = append(out, f.Name)
		}
	}
	return out
}
