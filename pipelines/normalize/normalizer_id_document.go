package normalize

import (
	"bytes"

	"jiku/schemas"
	"jiku/schemas/ident"
)

var idDocumentStep = newIdentStep("id_document", "证件号码", ident.Reasons()...)

func init() {
	Register(Spec{
		Name:  "id_document",
		Title: "证件号码（多种证件）",
		Doc: "Reads a column that holds numbers of several kinds of documents. With kinds, a list of the kinds that the " +
			"column has, it gives the number in the form of the one that fits; a number that fits two different kinds " +
			"alike stays as both write it. Without kinds, a number must be of one kind by itself: what could be two is void as " +
			"ambiguous, never guessed. jiku id lists the kinds.",
		Args: []Arg{
			{"kinds", "the kinds of documents whose numbers the column has; jiku id lists them"},
		},
		Examples: []Example{
			{In: "390101650430001", Out: "390101196504300012", Reason: "id_document.folded", Args: schemas.Settings{"kinds": []any{"resident_id", "passport"}}},
			{In: "e39010128", Out: "E39010128", Reason: "id_document.folded", Args: schemas.Settings{"kinds": []any{"resident_id", "passport"}}},
			{In: "H39010128", Out: "!", Reason: "id_document.other_document", Args: schemas.Settings{"kinds": []any{"resident_id", "passport"}}},
			{In: "390101196504300013", Out: "!", Reason: "id_document.checksum", Args: schemas.Settings{"kinds": []any{"resident_id", "passport"}}},
			{In: "91390100MA39X0A12F", Out: "91390100MA39X0A12F"},
			{In: "390101650430001", Out: "!", Reason: "id_document.ambiguous"},
			{In: "20261101", Out: "!", Reason: "id_document.unrecognized"},
		},
		Reasons: idDocumentStep.all(),
		Compile: compileIDDocument,
	})
}

func compileIDDocument(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Kinds []string `yaml:"kinds"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	kinds, err := kindsNamed(set.Kinds)
	if err != nil {
		return nil, err
	}
	numbers, err := readNumbers(env, ident.KindNone, nil)
	if err != nil {
		return nil, err
	}
	if len(kinds) == 0 {
		return func(c *Cell) {
			class, r := numbers.forms.Classify(c.Text)
			value := c.Buffer()
			if r == ident.OK {
				value, r = numbers.read(value, class.Kind, c.Text)
			}
			idDocumentStep.put(c, value, r)
		}, nil
	}
	return func(c *Cell) {
		value, r := numbers.oneOf(kinds, c)
		idDocumentStep.put(c, value, r)
	}, nil
}

// oneOf reads a number as the kinds of a column. Kinds that read it differently leave it
// ambiguous. When none fits, the reason is that of the first kind whose length it has.
func (n *numbers) oneOf(kinds []ident.Kind, c *Cell) ([]byte, ident.Reason) {
	var (
		found []byte
		why   ident.Reason
	)
	for _, kind := range kinds {
		from := len(found)
		value, r := n.read(append(c.Buffer(), found...), kind, c.Text)
		switch {
		case r == ident.OK && found == nil:
			found = value
		case r == ident.OK && !bytes.Equal(value[from:], found):
			return nil, ident.Ambiguous
		case r != ident.OK && (why == ident.OK || why == ident.Length):
			why = r
		}
	}
	if found != nil {
		return found, ident.OK
	}
	return nil, why
}
