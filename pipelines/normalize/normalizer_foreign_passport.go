package normalize

import "jiku/schemas/ident"

var foreignPassportStep = newIdentStep("foreign_passport", "外国护照号码", documentReasons...)

func init() {
	Register(Spec{
		Name:  "foreign_passport",
		Title: "外国护照号码",
		Doc: "Reads the number of a passport of another country: six to nine letters and digits. It is unique together with the " +
			"country alone: give the country an item of its own and make both the key.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "X3901012", Out: "X3901012"},
			{In: "x39 01012", Out: "X3901012", Reason: "foreign_passport.folded"},
			{In: "X39", Out: "!", Reason: "foreign_passport.length"},
			{In: "390101196504300012", Out: "!", Reason: "foreign_passport.resident_number"},
		},
		Reasons: foreignPassportStep.all(),
		Compile: foreignPassportStep.documents(ident.KindForeignPassport),
	})
}
