package normalize

import "jiku/schemas/ident"

var reasonsOrgCode = identReasons("org_code", "组织机构代码", ident.Reasons()...)

func init() {
	Register(Spec{
		Name:  "org_code",
		Title: "组织机构代码",
		Doc: "Reads an organization code of GB 11714, with or without the hyphen before its check digit, and gives nine " +
			"characters. Width, case and blanks are folded; codes of the user-defined zone PDY are refused.",
		Examples: []Example{
			{In: "MA39X0A12", Out: "MA39X0A12"},
			{In: "12345678-8", Out: "123456788"},
			{In: "ma39x0a12", Out: "MA39X0A12"},
			{In: "123456789", Out: "!", Reason: "org_code.filler"},
			{In: "MA39X0A13", Out: "!", Reason: "org_code.checksum"},
			{In: "MA39X0A1", Out: "!", Reason: "org_code.truncated"},
			{In: "MA39X0", Out: "!", Reason: "org_code.length"},
			{In: "91390100MA39X0A12F", Out: "!", Reason: "org_code.credit_code"},
		},
		Reasons: list(reasonsOrgCode),
		Compile: plain(func(c *Cell) {
			code, r := ident.ParseOrgCode(c.Text)
			if r != ident.OK {
				c.Fail(reasonsOrgCode[r], "")
				return
			}
			c.Put(code.AppendTo(c.Buffer()))
		}),
	})
}
