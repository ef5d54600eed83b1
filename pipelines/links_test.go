package pipelines_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// TestLinksComeAndGo tells a story of one permit: visits to it come before anybody knows the
// shop, the market's register names it, the tax office names another shop, both are taken back.
func TestLinksComeAndGo(t *testing.T) {
	for name, open := range map[string]func() connectors.Store{
		"memory":     func() connectors.Store { return connectors.NewMemory() },
		"clickhouse": func() connectors.Store { return openStore(t) },
	} {
		t.Run(name, func(t *testing.T) {
			landing := t.TempDir()
			c := config(t, linkedShops(t, 64<<20), open(), landing)
			say := func(want string) {
				t.Helper()
				r := mustRun(t, c)
				got := fmt.Sprintf("orphans %d links %d; %s", r.Bases[0].Orphans, r.Bases[0].Links, tellPermit(t, c))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				unchanged(t, c)
			}
			files(t, landing, map[string]string{"visit_20261005.csv": "code,at,name,phone,staff\nP1,2026-10-01,甲店,12,2\n"})
			say("orphans 1 links 0; permit:P1 waits unlinked")
			files(t, landing, map[string]string{"market_20261006.csv": "code,name,phone,permit,formerly\nS1,甲店,,P1,\n"})
			say("orphans 0 links 1; permit:P1 is S1: phone 12 of visit keyed by permit:P1, alias permit:P1 from 20261006 by market")
			files(t, landing, map[string]string{"tax_20261007.csv": "code,op,name,staff,permit\nS2,,乙店,3,P1\n"})
			say("orphans 1 links 0; permit:P1 waits disputed")
			if s, ok := c.Store.(*clickhouse.Store); ok {
				views(t, s)
			}
			revoke(t, c, "tax", 20261007)
			say("orphans 0 links 1; permit:P1 is S1: phone 12 of visit keyed by permit:P1, alias permit:P1 from 20261006 by market")
			revoke(t, c, "market", 20261006)
			say("orphans 1 links 0; permit:P1 waits unlinked")
		})
	}
}

func revoke(t *testing.T, c pipelines.Config, feed string, slot uint32) {
	t.Helper()
	if _, err := pipelines.Revoke(context.Background(), c, schemas.IDOf(feed, schemas.Slot{Date: slot}, 0), "报错文件"); err != nil {
		t.Fatal(err)
	}
}

// tellPermit says what explain has to tell of permit P1.
func tellPermit(t *testing.T, c pipelines.Config) string {
	t.Helper()
	answers, err := pipelines.Explain(context.Background(), c, pipelines.Question{Key: "permit:P1", Item: "phone"})
	if err != nil || len(answers) != 1 {
		t.Fatalf("%d answers: %v", len(answers), err)
	}
	a := answers[0]
	if a.Waiting != "" {
		return fmt.Sprintf("%s waits %s", a.Key.Reveal(), a.Waiting)
	}
	var said []string
	for _, x := range a.Items[0].Candidates {
		if x.Won {
			said = append(said, fmt.Sprintf("phone %s of %s keyed by %s", x.Value, x.Feed, x.DeliveredKey.Reveal()))
		}
	}
	for _, x := range a.Aliases {
		said = append(said, fmt.Sprintf("alias %s from %d by %s", x.Number.Reveal(), x.From, x.Feed))
	}
	return fmt.Sprintf("%s is %s: %s", a.Via.Reveal(), a.Key.Reveal(), strings.Join(said, ", "))
}

// unchanged asks what a rebuild would change, and rebuilds: nothing changes.
func unchanged(t *testing.T, c pipelines.Config) {
	t.Helper()
	out, err := pipelines.WhatIf(context.Background(), c, pipelines.Trial{})
	if err != nil {
		t.Fatal(err)
	}
	if b := out.Bases[0]; b.Published != b.Computed || b.Appearing+b.Going+b.Changed > 0 {
		t.Errorf("a rebuild would change: %d published, %d computed, %d appear, %d go, %d change", b.Published, b.Computed, b.Appearing, b.Going, b.Changed)
	}
	before := content(t, c.Catalogue, c.Store)
	if _, err := pipelines.Rebuild(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	same(t, "a rebuild", before, content(t, c.Catalogue, c.Store))
}

// views reads the views of links while P1 is disputed.
func views(t *testing.T, s *clickhouse.Store) {
	t.Helper()
	for sql, want := range map[string]string{
		"SELECT toString((kind, title, alias, code, valid_from, valid_until, state, feed, department)) AS line FROM shops.alias ORDER BY line": "('permit','许可证号','P1','S1',20261006,NULL,'disputed','market','市场监管局')\n" +
			"('permit','许可证号','P1','S2',20261007,NULL,'disputed','tax','税务局')",
		"SELECT toString((kind, alias, code, feeds)) AS line FROM shops.link_conflict":                            "('permit','P1',['S1','S2'],['market','tax'])",
		"SELECT toString((kind, title, value, feed, department, reason, reason_title)) AS line FROM shops.orphan": "('permit','许可证号','P1','visit','街道办','disputed','该号码对应两个以上主体，有争议，不作关联')",
	} {
		var rows []struct {
			Line string `ch:"line"`
		}
		if err := s.Select(t.Context(), &rows, sql); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rows {
			got = append(got, r.Line)
		}
		if diff := cmp.Diff(want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sql, diff)
		}
	}
}
