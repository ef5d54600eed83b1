package clickhouse

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// TestFixed declares otherwise what keys and feeds are stored by. All of it is taken while there
// is no claim; afterwards what would read claims wrongly is refused, and what would not is taken.
func TestFixed(t *testing.T) {
	s, _ := openTest(t)
	linked := func(kinds ...string) func(*schemas.Catalogue) {
		return func(c *schemas.Catalogue) {
			for _, k := range kinds {
				c.Bases[0].Links = append(c.Bases[0].Links, schemas.Link{Kind: k, Item: "name"})
			}
		}
	}
	composite := func(parts ...string) func(*schemas.Catalogue) {
		return func(c *schemas.Catalogue) {
			c.Bases[0].Key.Kind, c.Bases[0].Key.Parts = schemas.KeyComposite, parts
		}
	}
	moved := func(c *schemas.Catalogue) {
		other := *c.Bases[0]
		other.Name = "heaps"
		c.Bases, c.Feeds[0].Base = append(c.Bases, &other), "heaps"
	}
	declare := func(change func(*schemas.Catalogue)) *schemas.Catalogue {
		out := testCatalogue()
		out.Bases[0].Name, out.Feeds[0].Base = "piles", "piles"
		change(out)
		return out
	}
	for _, taken := range []func(*schemas.Catalogue){composite("a", "b"), composite("b", "a"), moved, linked("reg_no", "tax_no"), linked("reg_no")} {
		if err := s.Migrate(t.Context(), declare(taken)); err != nil {
			t.Fatalf("without claims: %v", err)
		}
	}
	c := declare(func(*schemas.Catalogue) {})
	appendRows(t, s, connectors.AppendSpec{Base: c.Bases[0], Feed: c.Feeds[0], Delivery: 1}, benchClaims(c.Bases[0], 0, 3), 1)
	const id = 77001 // Other tests have deliveries of smaller numbers.
	if err := s.Register(t.Context(), "r", schemas.Delivery{ID: id, Feed: "f", Slot: schemas.Slot{Date: 20261101}, Received: time.Now()}); err != nil {
		t.Fatal(err)
	}
	move := func(c *schemas.Catalogue) { linked("reg_no")(c); moved(c) }
	refused := func(when, want string) {
		t.Helper()
		_, err := s.Changes(t.Context(), declare(move))
		if again := s.Migrate(t.Context(), declare(move)); err == nil || again == nil || !strings.Contains(err.Error(), want) || again.Error() != err.Error() {
			t.Errorf("a feed moves when its delivery is %s: changes %v, migration %v; want %q", when, err, again, want)
		}
	}
	const inPiles = "migrate feed f: 1 of its deliveries are in base piles, and it is declared for heaps"
	refused("received", inPiles)
	release := leased(t, s, "r", "f")
	refused("loaded", "run r is loading it into base piles")
	for seq, event := range []schemas.Event{schemas.Held, schemas.Revoked, schemas.Accepted} {
		if err := s.Record(t.Context(), schemas.DeliveryEvent{Delivery: id, Feed: "f", Event: event, Seq: uint32(seq + 1), At: time.Now(), Run: "r"}); err != nil {
			t.Fatal(err)
		}
		release()
		if event != schemas.Revoked {
			refused(string(event), inPiles)
		} else if _, err := s.Changes(t.Context(), declare(move)); err != nil {
			t.Errorf("a feed moves when its delivery is revoked: %v", err)
		}
		release = leased(t, s, "r", "f")
	}
	release()
	for _, test := range []struct {
		change func(*schemas.Catalogue)
		want   string
	}{
		{composite("a"), "keys of kind text or of kinds [reg_no], and the base is declared with keys of kind composite with the parts [a]"},
		{linked(), "keys of kind text or of kinds [reg_no], and the base is declared with keys of kind text"},
		{linked("tax_no"), "keys of kind text or of kinds [reg_no], and the base is declared with keys of kind text or of kinds [tax_no]"},
		{func(c *schemas.Catalogue) { linked("reg_no")(c); c.Bases[0].Key.Kind = schemas.KeyUSCC }, "is declared with keys of kind uscc or of kinds [reg_no]"},
		{func(c *schemas.Catalogue) { linked("reg_no")(c); c.Bases[0].Key.Parts = []string{"a"} }, "is declared with keys of kind text with the parts [a] or of kinds [reg_no]"},
		{linked("tax_no", "reg_no"), ""},
		{linked("reg_no"), "keys of kind text or of kinds [tax_no reg_no]"},
		{linked("reg_no", "tax_no"), ""},
	} {
		is := declare(test.change)
		_, err := s.Changes(t.Context(), is)
		again := s.Migrate(t.Context(), is)
		if test.want == "" && err == nil && again == nil {
			continue
		}
		if err == nil || again == nil || test.want == "" || !strings.Contains(err.Error(), test.want) || again.Error() != err.Error() {
			t.Errorf("changes %v, migration %v; want %q", err, again, test.want)
		}
	}
	for _, sql := range []string{"DROP DATABASE piles SYNC", "DROP DATABASE heaps SYNC", "DROP TABLE vault.key_piles SYNC", "DROP TABLE vault.key_heaps SYNC", "TRUNCATE TABLE ops.feed",
		"TRUNCATE TABLE ops.delivery_receipt", "TRUNCATE TABLE ops.delivery_event", "DROP TABLE claim.piles SYNC", "DROP TABLE claim.heaps SYNC"} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// TestItemsInPlace: a new item comes last, wherever others are declared.
func TestItemsInPlace(t *testing.T) {
	have := []schemas.Col{{Name: "key"}, {Name: "name"}, {Name: "kind"}, {Name: "day"}}
	for items, want := range map[string]string{
		"name kind day phone amount": "",
		"name phone kind day":        "kind is number 3 of the base and stored as number 2",
		"name day kind":              "kind is number 3 of the base and stored as number 2",
		"phone name kind day":        "name is number 2 of the base and stored as number 1",
	} {
		b := &schemas.Base{Name: "blocks"}
		for name := range strings.FieldsSeq(items) {
			b.Items = append(b.Items, schemas.Item{Name: name})
		}
		err := inPlace(b, slices.Clone(have))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", items, err, want)
		}
	}
}

func leased(t *testing.T, s *Store, run, feed string) (release func()) {
	t.Helper()
	_, release, err := s.Lease(t.Context(), run, feed)
	if err != nil {
		t.Fatal(err)
	}
	return release
}
