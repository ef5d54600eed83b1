package normalize

import "jiku/schemas/ident"

var passportStep = newIdentStep("passport", "护照号码", documentReasons...)

func init() {
	Register(Spec{
		Name:  "passport",
		Title: "护照号码",
		Doc: "Reads the number of a Chinese passport: ordinary, for public affairs, service or diplomatic. There is no check " +
			"digit: a number that has the form of another document is refused and named. Forms: a list of patterns that " +
			"replaces the forms of ordinary passports.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "E39010128", Out: "E39010128"},
			{In: "EA3901012", Out: "EA3901012"},
			{In: "PE3901012", Out: "PE3901012"},
			{In: "ｅ３９０１０１２８", Out: "E39010128", Reason: "passport.folded"},
			{In: "EI3901012", Out: "!", Reason: "passport.character"},
			{In: "E3901", Out: "!", Reason: "passport.length"},
			{In: "E00000000", Out: "!", Reason: "passport.filler"},
			{In: "H39010128", Out: "!", Reason: "passport.other_document"},
			{In: "390101196504300012", Out: "!", Reason: "passport.resident_number"},
			{In: "E39****28", Out: "!", Reason: "passport.masked"},
		},
		Reasons: passportStep.all(),
		Compile: passportStep.documents(ident.KindPassport, ident.KindPublicPassport, ident.KindServicePassport, ident.KindDiplomaticPassport),
	})
}
