package normalize

import "jiku/schemas/ident"

var taiwanPermitStep = newIdentStep("taiwan_permit", "台湾居民来往大陆通行证号码", documentReasons...)

func init() {
	Register(Spec{
		Name:  "taiwan_permit",
		Title: "台湾居民来往大陆通行证号码",
		Doc:   "Reads the number of a mainland travel permit of residents of Taiwan: eight digits, or ten and a letter on old ones.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "39010128", Out: "39010128"},
			{In: "3901012801b", Out: "3901012801B", Reason: "taiwan_permit.folded"},
			{In: "3901012", Out: "!", Reason: "taiwan_permit.truncated"},
			{In: "12345678", Out: "!", Reason: "taiwan_permit.filler"},
		},
		Reasons: taiwanPermitStep.all(),
		Compile: taiwanPermitStep.documents(ident.KindTaiwanPermit),
	})
}
