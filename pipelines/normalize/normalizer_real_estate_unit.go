package normalize

import "jiku/schemas/ident"

var estateUnitStep = newIdentStep("real_estate_unit", "不动产单元代码", append([]ident.Reason{ident.Category, ident.Region}, documentReasons...)...)

func init() {
	Register(Spec{
		Name:  "real_estate_unit",
		Title: "不动产单元代码",
		Doc: "Reads the code of a real-estate unit of GB/T 37346, 28 characters, also written in four groups: county, cadastral " +
			"districts, parcel, and what stands on it (F, L, Q, or W with zeros). The province must be in the table region.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "390101001001GB00001F00010001", Out: "390101001001GB00001F00010001"},
			{In: "390101 001001 gb00001 f00010001", Out: "390101001001GB00001F00010001", Reason: "real_estate_unit.folded"},
			{In: "390101001001GB00001X00010001", Out: "!", Reason: "real_estate_unit.category"},
			{In: "380101001001GB00001F00010001", Out: "!", Reason: "real_estate_unit.region"},
			{In: "390101001001GB00001", Out: "!", Reason: "real_estate_unit.length"},
		},
		Reasons: estateUnitStep.all(),
		Compile: estateUnitStep.documents(ident.KindEstateUnit),
	})
}
