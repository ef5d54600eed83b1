package normalize

import "jiku/schemas/ident"

var hkMacauPermitStep = newIdentStep("hk_macau_permit", "港澳居民来往内地通行证号码", documentReasons...)

func init() {
	Register(Spec{
		Name:  "hk_macau_permit",
		Title: "港澳居民来往内地通行证号码",
		Doc: "Reads the number of a mainland travel permit of residents of Hong Kong and Macau, a letter and eight digits. The " +
			"number of issues that older cards add stays: hk_macau_permit gives what stands on the card, and the first nine " +
			"characters are the person.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "H39010128", Out: "H39010128"},
			{In: "H3901012801", Out: "H3901012801"},
			{In: "HA3901012", Out: "HA3901012"},
			{In: "h39010128", Out: "H39010128", Reason: "hk_macau_permit.folded"},
			{In: "E39010128", Out: "!", Reason: "hk_macau_permit.other_document"},
			{In: "H3901012", Out: "!", Reason: "hk_macau_permit.truncated"},
		},
		Reasons: hkMacauPermitStep.all(),
		Compile: hkMacauPermitStep.documents(ident.KindHKMacauPermit),
	})
}
