package key

import (
	"bytes"

	"golang.org/x/text/width"

	"jiku/schemas"
	"jiku/schemas/ident"
)

// residentID resolves a number of GB 11643, or that of an old permanent residence card.
func (r *Resolver) residentID(rec *schemas.Record, part []byte) {
	if r.canonical {
		rec.Key = part // It lives as long as the record.
		return
	}
	id, reason := r.forms.ResidentID(part)
	fixed := id.Fixed
	r.buf = id.AppendTo(r.buf[:0])
	if reason == ident.Character {
		// The letters of an old card are wrong in any other number.
		if permit, other := ident.ParsePermitID(part); other == ident.OK {
			reason, fixed = other, permit.Fixed
			r.buf = permit.AppendTo(r.buf)
		}
	}
	switch {
	case reason != ident.OK:
		fail(rec, reasonsResident, reason)
		return
	case id.Upgraded:
		rec.Fail(-1, reasonResidentUpgraded, "")
	case fixed && !bytes.Equal(r.buf, trim(part)):
		rec.Fail(-1, reasonResidentFolded, "")
	}
	rec.Key = rec.Keep(r.buf)
}

// uscc resolves a unified social credit code.
func (r *Resolver) uscc(rec *schemas.Record, part []byte) {
	code, reason := ident.ParseUSCC(part)
	switch {
	case reason == ident.OK:
		r.buf = code.AppendTo(r.buf[:0])
		if !code.OrgCodeValid() {
			rec.Fail(-1, reasonUSCCOrgCode, "")
		}
		r.folded(rec, code.Fixed, part)
	case reason == ident.Checksum && (r.issues || len(r.base.Links) > 0) && r.issued(part):
		if r.issues {
			rec.Fail(-1, reasonUSCCIssued, "")
		} else {
			rec.Fail(-1, reasonUSCCUnissued, "")
		}
		r.folded(rec, true, part)
	default:
		fail(rec, reasonsUSCC, reason)
	}
}

// folded takes r.buf as the key, and reports when it reads differently from the part.
func (r *Resolver) folded(rec *schemas.Record, fixed bool, part []byte) {
	if fixed && !bytes.Equal(r.buf, trim(part)) {
		rec.Fail(-1, reasonUSCCFolded, "")
	}
	rec.Key = rec.Keep(r.buf)
}

// issued writes a code that fails nothing but its check character into r.buf, in the form
// of GB 32100. It is rare, so it may allocate.
func (r *Resolver) issued(part []byte) bool {
	r.buf = r.buf[:0]
	for _, c := range narrow(part) {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' {
			r.buf = append(r.buf, c)
		}
	}
	_, reason := ident.ParseUSCC(r.buf)
	return len(r.buf) == 18 && reason == ident.Checksum
}

// narrow folds width and case.
func narrow(b []byte) []byte { return bytes.ToUpper(width.Narrow.Bytes(b)) }
