package normalize

import "jiku/schemas/ident"

var travelPermitStep = newIdentStep("travel_permit", "往来港澳、台湾通行证号码", documentReasons...)

func init() {
	Register(Spec{
		Name:  "travel_permit",
		Title: "往来港澳、台湾通行证号码",
		Doc:   "Reads the number of a permit with which residents of the mainland travel to Hong Kong, Macau (C) or Taiwan (L, T).",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "C39010128", Out: "C39010128"},
			{In: "CA3901012", Out: "CA3901012"},
			{In: "L39010128", Out: "L39010128"},
			{In: "c 39010128", Out: "C39010128", Reason: "travel_permit.folded"},
			{In: "X39010128", Out: "!", Reason: "travel_permit.character"},
		},
		Reasons: travelPermitStep.all(),
		Compile: travelPermitStep.documents(ident.KindHKMacauTravel, ident.KindTaiwanTravel),
	})
}
