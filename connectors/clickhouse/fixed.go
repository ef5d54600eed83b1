package clickhouse

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"jiku/connectors"
	"jiku/schemas"
)

// What claims are stored by cannot be declared otherwise: the places of items, what keys are
// made of, and the base of a feed. Another declaration would be taken without a word, and read
// the claims that are there wrongly or not at all.

// facts are what a warehouse has.
type facts struct {
	columns  map[string][]schemas.Col
	comments map[string]string
	feeds    map[string]feedName
}

// fixed holds declarations to the claims that are there. It returns what is to be noted for the
// next time.
func (s *Store) fixed(ctx context.Context, c *schemas.Catalogue, have facts) ([]change, error) {
	var out []change
	for _, b := range c.Bases {
		if err := inPlace(b, have.columns["claim."+b.Name]); err != nil {
			return nil, err
		}
		key, err := s.sameKey(ctx, b, have)
		if err != nil {
			return nil, err
		}
		out = append(out, key...)
	}
	for _, f := range c.Feeds {
		if was := have.feeds[f.Name].Base; was != "" && was != f.Base {
			if err := s.emptied(ctx, f, was); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// misdeclared is a declaration that must be corrected.
func misdeclared(object, hint, format string, args ...any) *connectors.Error {
	return &connectors.Error{Op: "migrate", Feed: object, Code: connectors.Permanent, Err: fmt.Errorf(format, args...), Hint: hint}
}

// inPlace holds the items of a base to the places in which its claims have them: what a claim
// and a golden row say of the state of an item is told by its place alone.
func inPlace(b *schemas.Base, have []schemas.Col) error {
	place := 0
	for _, h := range have {
		at := b.ItemIndex(h.Name)
		if at < 0 {
			continue
		}
		if at != place {
			return misdeclared("claim."+b.Name, "keep the items of the base in the order in which they came, and add new ones at the end",
				"item %s is number %d of the base and stored as number %d", h.Name, at+1, place+1)
		}
		place++
	}
	return nil
}

// keySpec is what the keys of a base's claims are.
type keySpec struct {
	Kind  string   `json:"kind"`
	Parts []string `json:"parts,omitempty"`
	// Others are the kinds of keys beside the base's own, which stand before such keys.
	Others []string `json:"others,omitempty"`
}

// sameKey holds the key of a base to the keys of its claims, which a mark names.
func (s *Store) sameKey(ctx context.Context, b *schemas.Base, have facts) ([]change, error) {
	kinds, table := b.KeyKinds(), "vault.key_"+b.Name
	is := keySpec{Kind: kinds[0], Parts: b.Key.Parts, Others: kinds[1:]}
	text, err := json.Marshal(is)
	if err != nil {
		return nil, fmt.Errorf("note key of %s: %w", b.Name, err)
	}
	noted, found := have.comments[table]
	switch {
	case !found:
		return []change{{object: table, sql: "CREATE TABLE " + table + " (unused UInt8) ENGINE = Memory COMMENT " + schemas.Quote(string(text))}}, nil
	case noted == string(text):
		return nil, nil
	}
	var was keySpec
	if err := json.Unmarshal([]byte(noted), &was); err != nil {
		return nil, fmt.Errorf("read key of %s: the comment of %s is damaged: restore the table from a backup", b.Name, table)
	}
	lost := slices.ContainsFunc(was.Others, func(k string) bool { return !slices.Contains(is.Others, k) })
	if was.Kind != is.Kind || !slices.Equal(was.Parts, is.Parts) || lost {
		var rows uint64
		if err := s.conn.QueryRow(ctx, "SELECT count() FROM claim."+b.Name).Scan(&rows); err != nil && !noTable(err) {
			return nil, fmt.Errorf("count claims of %s: %w", b.Name, redact(err))
		}
		if rows > 0 {
			return nil, misdeclared("claim."+b.Name, "restore the key and the links of the base, or declare a new base for new keys (claims of revoked deliveries count, too)",
				"its %d claims have keys of %s, and the base is declared with keys of %s", rows, was, is)
		}
	}
	return []change{{object: table, sql: "ALTER TABLE " + table + " MODIFY COMMENT " + schemas.Quote(string(text))}}, nil
}

func (k keySpec) String() string {
	out := "kind " + k.Kind
	if len(k.Parts) > 0 {
		out += fmt.Sprintf(" with the parts %v", k.Parts)
	}
	if len(k.Others) > 0 {
		out += fmt.Sprintf(" or of kinds %v", k.Others)
	}
	return out
}

// emptied is nil if all that a feed has loaded into another base is revoked, and nobody loads it.
// A delivery that is held, or was not finished, has claims there, too.
func (s *Store) emptied(ctx context.Context, f *schemas.Feed, was string) error {
	h, leased, err := s.leaseHolder(ctx, f.Name)
	if err != nil {
		return err
	}
	if leased && !h.dead() {
		return &connectors.Error{Op: "migrate", Feed: "feed " + f.Name, Code: connectors.Denied,
			Err: fmt.Errorf("run %s is loading it into base %s, and it is declared for %s", h.run, was, f.Base), Hint: "wait for that run to end"}
	}
	var n uint64
	err = s.conn.QueryRow(ctx, fmt.Sprintf("SELECT count() FROM ops.delivery WHERE feed = %s AND last != 'revoked'", schemas.Quote(f.Name))).Scan(&n)
	if err != nil {
		return fmt.Errorf("count deliveries of %s: %w", f.Name, redact(err))
	}
	if n > 0 {
		return misdeclared("feed "+f.Name, "declare it under a new name, or revoke these deliveries first (jiku delivery revoke)",
			"%d of its deliveries are in base %s, and it is declared for %s", n, was, f.Base)
	}
	return nil
}
