package normalize

import "jiku/schemas/ident"

var certificateIDStep = newIdentStep("certificate_id", "电子证照标识",
	ident.Empty, ident.Length, ident.Character, ident.Masked, ident.Checksum, ident.Scientific, ident.Truncated)

func init() {
	Register(Spec{
		Name:  "certificate_id",
		Title: "电子证照标识",
		Doc: "Reads the identifier of an electronic certificate of GB/T 36904, whose last character is a check character (ISO " +
			"7064 MOD 37,36), and gives it with its root 1.2.156.3005.2.",
		Examples: []Example{
			{In: "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", Out: "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9"},
			{In: "11100000MB03271699022.340100.000000016.001.9", Out: "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", Reason: "certificate_id.folded"},
			{In: "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.8", Out: "!", Reason: "certificate_id.checksum"},
			{In: "1.2.156.3005.2.11100000MB03271699022", Out: "!", Reason: "certificate_id.length"},
			{In: "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.", Out: "!", Reason: "certificate_id.truncated"},
		},
		Reasons: certificateIDStep.all(),
		Compile: plain(func(c *Cell) {
			id, r := ident.ParseCertificateID(c.Text)
			certificateIDStep.put(c, id.AppendTo(c.Buffer()), r)
		}),
	})
}
