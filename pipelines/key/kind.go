package key

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var (
	reasonUSCCUnissued = &schemas.ReasonInfo{
		Code: "uscc.checksum_other", Severity: schemas.Warning, Dimension: "0302",
		Title: "统一社会信用代码校验码不符，登记机关确已如此赋码的才计入，否则待归", Advice: "请与登记证照核对该代码。",
	}
	reasonMarked = &schemas.ReasonInfo{
		Code: "key.marked", Severity: schemas.RowError, Dimension: "0302",
		Title: "主键以其他号码种类的名称加冒号开头，会与该种号码混淆", Advice: "请按约定的格式报送主键。",
	}
)

// other resolves a part that may be a number of another kind than the base's own: the first
// declared kind whose form it has. A part that has none gets the reasons of the first kind.
func (r *Resolver) other(rec *schemas.Record, part []byte) {
	before := len(rec.Findings)
	var first []schemas.Finding
	for i, kind := range r.kinds {
		rec.Findings = rec.Findings[:before]
		if kind == string(r.kind) {
			r.own(rec, part)
		} else {
			r.number(rec, kind, part)
		}
		if !rejectedAfter(rec, before) {
			return
		}
		if i == 0 {
			first = append(first, rec.Findings[before:]...)
		}
	}
	rec.Findings = append(rec.Findings[:before], first...)
}

func rejectedAfter(rec *schemas.Record, before int) bool {
	for _, f := range rec.Findings[before:] {
		if f.Severity == schemas.RowError {
			return true
		}
	}
	return false
}

// number resolves a number of a kind that has a standard by its standard, any other as text.
func (r *Resolver) number(rec *schemas.Record, kind string, part []byte) {
	var reason ident.Reason
	r.buf = r.base.AppendAlias(r.buf[:0], kind, nil)
	switch kind {
	case "org_code":
		var code ident.OrgCode
		code, reason = r.forms.OrgCode(part)
		r.buf = code.AppendTo(r.buf)
	case "registration_no":
		reason = r.registration(part)
	case "tax_no":
		reason = r.taxNo(part)
	default:
		if !r.clear(rec) {
			return
		}
		r.buf = append(r.buf, trim(part)...)
	}
	if reason != ident.OK {
		fail(rec, reasonsOther[kind], reason)
		return
	}
	rec.Key = rec.Keep(r.buf)
}

// registration appends a registration number, of 15 digits or as they were before 2007. What is neither gets the
// reason of the former.
func (r *Resolver) registration(part []byte) ident.Reason {
	number, reason := ident.ParseRegNo(part)
	if reason == ident.OK {
		r.buf = number.AppendTo(r.buf)
		return reason
	}
	if old, other := r.forms.Document(ident.KindOldRegNo, part); other == ident.OK {
		r.buf = old.AppendTo(r.buf)
		return other
	}
	return reason
}

// taxNo appends a taxpayer number of before 2015. Since then it is the unified social credit code, which is a
// number of another kind.
func (r *Resolver) taxNo(part []byte) ident.Reason {
	number, reason := ident.ParseTaxNo(part)
	switch {
	case reason != ident.OK:
		return reason
	case number.Form() == ident.TaxCreditCode:
		return ident.CreditCode
	}
	r.buf = number.AppendTo(r.buf)
	return ident.OK
}

// Sound reports whether a key of the base's own kind has the form of its standard, check
// character and all. A key that has not counts only where a feed establishes it.
func Sound(b *schemas.Base, key []byte) bool {
	if b.Key.Kind != schemas.KeyUSCC {
		return true
	}
	_, reason := ident.ParseUSCC(key)
	return reason == ident.OK
}

// Readings are the keys that a number which somebody types may mean, in every kind of the
// base whose form it has, by the forms of the city.
func Readings(b *schemas.Base, text []byte, forms *ident.Forms) []schemas.Key {
	if kind, value := b.KindOf(text); kind != string(b.Key.Kind) {
		return reading(b, kind, value, forms)
	}
	var out []schemas.Key
	for _, kind := range b.KeyKinds() {
		out = append(out, reading(b, kind, text, forms)...)
	}
	return out
}

func reading(b *schemas.Base, kind string, text []byte, forms *ident.Forms) []schemas.Key {
	r, err := Compile(b, &schemas.Feed{Key: []schemas.KeyPart{{Kinds: []string{kind}}}}, forms)
	if err != nil {
		return nil
	}
	rec := schemas.NewRecord(b, 1)
	rec.Begin()
	rec.KeyParts[0] = rec.Keep(text)
	if r.Resolve(rec); len(rec.Key) == 0 {
		return nil
	}
	return []schemas.Key{schemas.Key(rec.Key)}
}
