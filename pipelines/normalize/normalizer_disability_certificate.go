package normalize

import "jiku/schemas/ident"

var disabilityStep = newIdentStep("disability_certificate", "残疾人证号", ident.Reasons()...)

func init() {
	Register(Spec{
		Name:  "disability_certificate",
		Title: "残疾人证号",
		Doc: "Reads the number of a disability certificate: the 18 digits of the person, whose check digit must hold, the type " +
			"of disability (1 to 7), its degree (1 to 4) and, when it was issued again, B with how many times.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "39010119650430001242", Out: "39010119650430001242"},
			{In: "39010119880808002x11b1", Out: "39010119880808002X11B1", Reason: "disability_certificate.folded"},
			{In: "39010119650430001342", Out: "!", Reason: "disability_certificate.checksum"},
			{In: "39010119650430001299", Out: "!", Reason: "disability_certificate.category"},
			{In: "390101196504300012", Out: "!", Reason: "disability_certificate.resident_number"},
		},
		Reasons: disabilityStep.all(),
		Compile: disabilityStep.documents(ident.KindDisability),
	})
}
