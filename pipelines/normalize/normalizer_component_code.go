package normalize

import "jiku/schemas/ident"

var componentStep = newIdentStep("component_code", "城市部件代码", append([]ident.Reason{ident.Category, ident.Region}, documentReasons...)...)

func init() {
	Register(Spec{
		Name:  "component_code",
		Title: "城市部件代码",
		Doc:   "Reads the code of a thing in the streets of GB/T 30428.2, sixteen digits: region, class, subclass, sequence.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "3901010101000001", Out: "3901010101000001"},
			{In: "３９０１０１０１０１０００００１", Out: "3901010101000001", Reason: "component_code.folded"},
			{In: "390101010100001", Out: "!", Reason: "component_code.truncated"},
			{In: "39010101010000O1", Out: "!", Reason: "component_code.character"},
		},
		Reasons: componentStep.all(),
		Compile: componentStep.documents(ident.KindComponent),
	})
}
