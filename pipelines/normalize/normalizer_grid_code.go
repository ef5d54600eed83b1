package normalize

import "jiku/schemas/ident"

var gridStep = newIdentStep("grid_code", "单元网格代码", append([]ident.Reason{ident.Category, ident.Region}, documentReasons...)...)

func init() {
	Register(Spec{
		Name:  "grid_code",
		Title: "单元网格代码",
		Doc: "Reads the code of a cell of the management grid of GB/T 30428.1, fourteen or fifteen digits: region, street, " +
			"community, cell. The province must be in the table region.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "39010100200301", Out: "39010100200301"},
			{In: "390101002003001", Out: "390101002003001"},
			{In: "390101 002003 001", Out: "390101002003001", Reason: "grid_code.folded"},
			{In: "3901010020030", Out: "!", Reason: "grid_code.truncated"},
		},
		Reasons: gridStep.all(),
		Compile: gridStep.documents(ident.KindGrid),
	})
}
