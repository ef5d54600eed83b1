package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var disabilityStep = newIdentStep("disability_certificate", "残疾人证号", ident.Reasons()...)

func init() {
	Register(Spec{
		Name:  "disability_certificate",
		Title: "残疾人证号",
		Doc: "Reads the number of a disability certificate: the 18 digits of the person, whose check digit must hold, the type " +
			"of disability (1 to 7), its degree (1 to 4) and, when it was issued again, B with how many times. The " +
			"province must be in the table region. " +
			"part: person gives the person's number alone, for a key, also where the cell holds nothing else.",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
			{"part", "person gives the 18 digits of the person alone; the whole number if left out"},
		},
		Examples: []Example{
			{In: "39010119650430001242", Out: "39010119650430001242"},
			{In: "39010119880808002x11b1", Out: "39010119880808002X11B1", Reason: "disability_certificate.folded"},
			{In: "39010119880808002x11b1", Out: "39010119880808002X", Reason: "disability_certificate.folded", Args: schemas.Settings{"part": "person"}},
			{In: "39010119650430001242", Out: "390101196504300012", Args: schemas.Settings{"part": "person"}},
			{In: "390101196504300012", Out: "390101196504300012", Args: schemas.Settings{"part": "person"}},
			{In: "39010119650430001342", Out: "!", Reason: "disability_certificate.checksum"},
			{In: "39010119650430001299", Out: "!", Reason: "disability_certificate.category"},
			{In: "390101196504300012", Out: "!", Reason: "disability_certificate.resident_number"},
		},
		Reasons: disabilityStep.all(),
		Compile: compileDisability,
	})
}

func compileDisability(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Forms []string `yaml:"forms"`
		Part  string   `yaml:"part"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	if set.Part != "" && set.Part != "person" {
		return nil, badArg("part", "write person or leave it out", "read part %q: want person", set.Part)
	}
	numbers, err := readNumbers(env, ident.KindDisability, set.Forms)
	if err != nil {
		return nil, err
	}
	read := func(dst, cell []byte) ([]byte, ident.Reason) {
		return numbers.read(dst, ident.KindDisability, cell)
	}
	if set.Part == "person" {
		return disabilityPerson(read), nil
	}
	return func(c *Cell) {
		value, r := read(c.Buffer(), c.Text)
		disabilityStep.put(c, value, r)
	}, nil
}

// disabilityPerson reads whole numbers with read and gives the person's.
func disabilityPerson(read func(dst, cell []byte) ([]byte, ident.Reason)) Func {
	const digits = 18
	return func(c *Cell) {
		value, r := read(c.Buffer(), c.Text)
		if r == ident.ResidentNumber {
			id, _ := ident.ParseResidentID(c.Text)
			disabilityStep.put(c, id.AppendTo(c.Buffer()), ident.OK)
			return
		}
		if disabilityStep.put(c, value, r); r == ident.OK {
			c.Text = c.Text[:digits]
		}
	}
}
