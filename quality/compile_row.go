package quality

import (
	"time"

	"jiku/schemas"
	"jiku/schemas/ident"
)

// RowCheck looks at one record and adds findings through rec.Fail. day is the day
// (yyyymmdd) on which the delivery was received, 0 if that is not known: then what depends
// on it is not checked. A check keeps nothing of the record and allocates nothing when the
// record passes.
type RowCheck func(rec *schemas.Record, day uint32)

// RowChecks are the row rules of one feed, compiled. Begin and Check belong to one
// goroutine; another takes its own copy of the value.
type RowChecks struct {
	checks   []RowCheck
	location *time.Location
	day      uint32
}

// CompileRow compiles the row rules among uses, in their order; rules of other depths are
// left to their own stage. Items are found and parameters decoded here, once.
func CompileRow(uses []schemas.RuleUse, b *schemas.Base, env Env) (*RowChecks, error) {
	out := &RowChecks{location: env.Location}
	for _, u := range uses {
		use, err := newUse(u, b, env)
		if err != nil {
			return nil, err
		}
		if use.Rule.Depth != Row {
			continue
		}
		check, err := use.Rule.CompileRow(use)
		if err != nil {
			return nil, wrap(use, err)
		}
		out.checks = append(out.checks, check)
	}
	return out, nil
}

// Begin sets the delivery whose records follow: "not in the future" means not after the day
// on which it was received, so that reading it again later gives the same findings.
func (c *RowChecks) Begin(d schemas.Delivery) {
	c.day = 0
	if d.Received.IsZero() {
		return
	}
	at := d.Received
	if c.location != nil {
		at = at.In(c.location)
	}
	y, m, day := at.Date()
	c.day = uint32(y*10_000 + int(m)*100 + day)
}

// Check runs the rules on a record.
func (c *RowChecks) Check(rec *schemas.Record) {
	for _, check := range c.checks {
		check(rec, c.day)
	}
}

// numberSource gives where a rule about a number finds it: in the item given last, or in
// the key, which is resolved before the rules run.
func numberSource(u *Use) func(rec *schemas.Record) []byte {
	if n := len(u.Items); u.numberGiven() {
		item := u.Items[n-1]
		return func(rec *schemas.Record) []byte {
			if rec.States[item] != schemas.Valued {
				return nil
			}
			return rec.Text[item]
		}
	}
	return func(rec *schemas.Record) []byte { return rec.Key }
}

// residentNumber gives the resident ID number that a rule is about, if there is a right one.
// A key is one or no key, so it is not checked again.
func residentNumber(u *Use) func(rec *schemas.Record) (ident.ResidentID, bool) {
	number := numberSource(u)
	if u.numberGiven() {
		forms := u.Env.Forms
		return func(rec *schemas.Record) (ident.ResidentID, bool) {
			id, reason := forms.ResidentID(number(rec))
			return id, reason == ident.OK
		}
	}
	return func(rec *schemas.Record) (ident.ResidentID, bool) {
		if len(rec.Key) != 18 || rec.Key[0] > '9' { // None, an old permanent residence card, a number of another kind.
			return ident.ResidentID{}, false
		}
		return ident.ResidentIDOf((*[18]byte)(rec.Key)), true
	}
}

// numberItem is the item that a finding about the number itself names: the item given, or
// -1 for the key.
func numberItem(u *Use) int {
	if u.numberGiven() {
		return u.Items[len(u.Items)-1]
	}
	return -1
}
