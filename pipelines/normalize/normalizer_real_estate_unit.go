package normalize

import "jiku/schemas/ident"

var estateUnitStep = newIdentStep("real_estate_unit", "不动产单元代码", append([]ident.Reason{ident.Category}, documentReasons...)...)

func init() {
	Register(Spec{
		Name:  "real_estate_unit",
		Title: "不动产单元代码",
		Doc: "Reads the code of a real-estate unit of GB/T 37346, 28 characters, also written in four groups: county, cadastral " +
			"districts, parcel, and what stands on it (F, L, Q, or W with zeros).",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "390101001001GB00001F00010001", Out: "390101001001GB00001F00010001"},
			{In: "390101 001001 gb00001 f00010001", Out: "390101001001GB00001F00010001", Reason: "real_estate_unit.folded"},
			{In: "390101001001GB00001X00010001", Out: "!", Reason: "real_estate_unit.category"},
			{In: "390101001001GB00001", Out: "!", Reason: "real_estate_unit.length"},
		},
		Reasons: estateUnitStep.all(),
		Compile: estateUnitStep.documents(ident.KindEstateUnit),
	})
}
