package normalize

import (
	"bytes"
	"fmt"
	"strings"

	"jiku/schemas"
	"jiku/schemas/ident"
)

// identReasons gives the finding for each reason of package ident, codes subject.<reason>.
func identReasons(subject, title string, reasons ...ident.Reason) map[ident.Reason]*schemas.ReasonInfo {
	out := make(map[ident.Reason]*schemas.ReasonInfo, len(reasons))
	for _, r := range reasons {
		out[r] = &schemas.ReasonInfo{
			Code: subject + "." + string(r), Severity: schemas.ItemError, Dimension: "0302",
			Title: title + "：" + r.Sentence(), Advice: "请核对原始凭证后重新报送，不要推测校验码。",
		}
	}
	return out
}

// list gives the findings in the order of ident's reasons, with more after them.
func list(m map[ident.Reason]*schemas.ReasonInfo, more ...*schemas.ReasonInfo) []*schemas.ReasonInfo {
	var out []*schemas.ReasonInfo
	for _, r := range ident.Reasons() {
		if info, ok := m[r]; ok {
			out = append(out, info)
		}
	}
	return append(out, more...)
}

// fix makes an identifier the new text. When it reads differently from the cell, whose
// edges are trimmed, that is a fix.
func (c *Cell) fix(built []byte, folded *schemas.ReasonInfo) {
	if !bytes.Equal(built, c.Text) {
		c.Note(folded, "")
	}
	c.Put(built)
}

// identStep is what the normalizers that read identifiers share: a finding for each reason
// of package ident, and one for numbers that were written in another way.
type identStep struct {
	reasons map[ident.Reason]*schemas.ReasonInfo
	folded  *schemas.ReasonInfo
}

// newIdentStep makes findings subject.<reason> and subject.folded.
func newIdentStep(subject, title string, reasons ...ident.Reason) *identStep {
	return &identStep{
		reasons: identReasons(subject, title, reasons...),
		folded: &schemas.ReasonInfo{
			Code: subject + ".folded", Severity: schemas.Fix, Dimension: "0302",
			Title: title + "书写不规范（全角、小写、空格等），已规范", Advice: "请用半角数字和大写字母，不夹空格。",
		},
	}
}

func (s *identStep) all(more ...*schemas.ReasonInfo) []*schemas.ReasonInfo {
	return list(s.reasons, append(more, s.folded)...)
}

// put makes a value the text, or fails with the reason why there is none.
func (s *identStep) put(c *Cell, value []byte, r ident.Reason) {
	if r != ident.OK {
		c.Fail(s.reasons[r], "")
		return
	}
	c.fix(value, s.folded)
}

// documentReasons are those that numbers without a check digit can have.
var documentReasons = []ident.Reason{
	ident.Empty, ident.Length, ident.Character, ident.Masked, ident.Scientific, ident.ResidentNumber, ident.CreditCode,
	ident.Filler, ident.Truncated, ident.OtherDocument,
}

// documents compiles a step that reads the first of some kinds of documents that fits. The
// argument forms replaces the patterns of the first kind: what the shipped table marks R is
// for each city to confirm.
func (s *identStep) documents(kinds ...ident.Kind) func(schemas.Settings, *schemas.Item, Env) (Func, error) {
	return func(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
		var set struct {
			Forms []string `yaml:"forms"`
		}
		if err := decode(args, &set); err != nil {
			return nil, err
		}
		numbers, err := readNumbers(env, kinds[0], set.Forms)
		if err != nil {
			return nil, err
		}
		return func(c *Cell) {
			var first ident.Reason
			for _, kind := range kinds {
				value, r := numbers.read(c.Buffer(), kind, c.Text)
				if r == ident.OK {
					s.put(c, value, r)
					return
				}
				if first == ident.OK || first == ident.OtherDocument {
					first = r
				}
			}
			s.put(c, nil, first)
		}, nil
	}
}

// numbers reads numbers by the forms and the places that a city knows.
type numbers struct {
	forms *ident.Forms
	known *atlas // nil without tables
}

// readNumbers prepares reading, with patterns of a declaration in place of a kind's forms.
func readNumbers(env Env, kind ident.Kind, patterns []string) (*numbers, error) {
	forms, err := formsWith(env, kind, patterns)
	if err != nil {
		return nil, err
	}
	known, err := newAtlas(env)
	return &numbers{forms, known}, err
}

// read appends a number of a kind in its canonical form, or says why it is none.
func (n *numbers) read(dst []byte, kind ident.Kind, cell []byte) ([]byte, ident.Reason) {
	value, r := n.forms.Read(dst, kind, cell)
	if r == ident.OK && n.known != nil {
		r = ident.CheckPlaces(kind, value[len(dst):], n.known)
	}
	return value, r
}

// formsWith gives the forms of env, with patterns of a declaration in place of a kind's.
func formsWith(env Env, kind ident.Kind, patterns []string) (*ident.Forms, error) {
	forms, err := env.forms()
	if err != nil || len(patterns) == 0 {
		return forms, err
	}
	list := make([]ident.Form, len(patterns))
	for i, p := range patterns {
		list[i] = ident.Form{Kind: kind, Pattern: p, Basis: "R"}
	}
	own, err := forms.With(list)
	if err != nil {
		return nil, badArg("forms", `write regular expressions of the whole number: ["E\\d{8}"]`, "argument forms: %w", err)
	}
	return own, nil
}

// kindsNamed finds kinds by their names; none gives nil.
func kindsNamed(names []string) ([]ident.Kind, error) {
	var kinds []ident.Kind
	for i, name := range names {
		kind, ok := ident.KindOf(name)
		if !ok {
			var known []string
			for _, k := range ident.Kinds() {
				known = append(known, k.String())
			}
			return nil, badArg(fmt.Sprintf("kinds[%d]", i), "one of "+strings.Join(known, ", "), "argument kinds: there is no %q", name)
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}
