package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var birthCertificateStep = newIdentStep("birth_certificate", "出生医学证明编号", documentReasons...)

func init() {
	Register(Spec{
		Name:  "birth_certificate",
		Title: "出生医学证明编号",
		Doc:   "Reads the number of a birth certificate: a letter and nine digits, or what forms says, a list of patterns.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "U390101288", Out: "U390101288"},
			{In: "u390101288", Out: "U390101288", Reason: "birth_certificate.folded"},
			{In: "U39010128", Out: "!", Reason: "birth_certificate.truncated"},
			{In: "3901012885", Out: "3901012885", Args: schemas.Settings{"forms": []any{`390\d{7}`}}},
		},
		Reasons: birthCertificateStep.all(),
		Compile: birthCertificateStep.documents(ident.KindBirth),
	})
}
