package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

// TestLostLease takes the lease of a run that is alive away from it: its context is
// cancelled with the reason, the engine refuses its judgements and takes the new holder's,
// and its release leaves the new holder's lease alone.
func TestLostLease(t *testing.T) {
	s, _ := openTest(t)
	s.renewal = 20 * time.Millisecond
	held, release, err := s.Lease(t.Context(), "r1", "f")
	if err != nil {
		t.Fatal(err)
	}
	event := schemas.DeliveryEvent{Delivery: 1, Feed: "f", Event: schemas.Accepted, Seq: 1, At: time.Now(), Run: "r1"}
	if err := s.Record(t.Context(), event); err != nil {
		t.Fatalf("a judgement under the lease: %v", err)
	}
	// The holder may be about to prolong the lease that it has just looked at.
	for try := 0; held.Err() == nil; try++ {
		if try == 100 {
			t.Fatal("the run is not told that its lease is lost")
		}
		if err := s.Exec(t.Context(), "ALTER TABLE ops.lease_f MODIFY COMMENT "+schemas.Quote(self("r2").String())); err != nil {
			t.Fatal(err)
		}
		select {
		case <-held.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	if err := context.Cause(held); connectors.CodeOf(err) != connectors.Denied || connectors.HintOf(err) == "" {
		t.Errorf("the context ends with %v, want an error with code denied and a hint", err)
	}
	if err := s.Record(t.Context(), event); connectors.CodeOf(err) != connectors.Denied {
		t.Errorf("a judgement without the lease: %v", err)
	}
	event.Run = "r2"
	if err := s.Record(t.Context(), event); err != nil {
		t.Errorf("a judgement of the new holder: %v", err)
	}
	release()
	if h, found, err := s.leaseHolder(t.Context(), "f"); err != nil || !found || h.run != "r2" {
		t.Errorf("after the release: %+v, %t, %v; want the lease of r2", h, found, err)
	}
	if err := s.Exec(t.Context(), "DROP TABLE ops.lease_f SYNC"); err != nil {
		t.Fatal(err)
	}
}

// TestLeases takes leases of several feeds: all or none, one that is lost ends the run, and the
// release leaves the lease that somebody else has taken over meanwhile.
func TestLeases(t *testing.T) {
	s, _ := openTest(t)
	s.renewal = 20 * time.Millisecond
	has := func(want map[string]string) {
		t.Helper()
		have, err := s.holders(t.Context(), []string{"e", "f", "g"})
		got := map[string]string{}
		for feed, h := range have {
			got[feed] = h.run
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("leases (-want +got), %v:\n%s", err, diff)
		}
	}
	held, release, err := s.Lease(t.Context(), "r1", "f", "g")
	if err != nil {
		t.Fatal(err)
	}
	var denied *connectors.Error
	if _, _, err := s.Lease(t.Context(), "r2", "e", "g"); !errors.As(err, &denied) || denied.Code != connectors.Denied || denied.Feed != "g" {
		t.Errorf("the lease of a feed that is leased: %v", err)
	}
	has(map[string]string{"f": "r1", "g": "r1"})
	before, _, err := s.leaseHolder(t.Context(), "g")
	if err != nil {
		t.Fatal(err)
	}
	for try, now := 0, before; now.until.Equal(before.until); try++ {
		if now, _, err = s.leaseHolder(t.Context(), "g"); err != nil || try == 200 {
			t.Fatalf("the second lease is not prolonged: %+v, %v", now, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	// The holder may be about to prolong the lease that it has just looked at.
	for try := 0; held.Err() == nil; try++ {
		if try == 100 {
			t.Fatal("the run is not told that its lease is lost")
		}
		if err := s.Exec(t.Context(), "ALTER TABLE ops.lease_g MODIFY COMMENT "+schemas.Quote(self("r2").String())); err != nil {
			t.Fatal(err)
		}
		select {
		case <-held.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	if !errors.As(context.Cause(held), &denied) || denied.Feed != "g" {
		t.Errorf("the context ends with %v", context.Cause(held))
	}
	at := time.Now()
	err = s.Record(t.Context(), schemas.DeliveryEvent{Delivery: 11, Feed: "f", Event: schemas.Accepted, Seq: 1, At: at, Run: "r1"},
		schemas.DeliveryEvent{Delivery: 12, Feed: "g", Event: schemas.Held, Seq: 1, At: at, Run: "r1"})
	if !errors.As(err, &denied) || denied.Feed != "g" {
		t.Errorf("judgements of two feeds, one without its lease: %v", err)
	}
	release()
	has(map[string]string{"g": "r2"})
	if err := s.Exec(t.Context(), "DROP TABLE ops.lease_g SYNC"); err != nil {
		t.Fatal(err)
	}
	none, release, err := s.Lease(t.Context(), "r1")
	if err != nil || none.Err() != nil {
		t.Errorf("the lease of no feed: %v", err)
	}
	release()
}

// TestOrdinals starts catalogues at the same moment: each gets a number of its own, and the
// newest keeps its number.
func TestOrdinals(t *testing.T) {
	s, _ := openTest(t)
	first, err := s.Ordinal(t.Context(), "r", "")
	if err != nil {
		t.Fatal(err)
	}
	const n = 8
	var (
		group sync.WaitGroup
		got   = make([]int, n)
		errs  = make([]error, n)
	)
	for i := range n {
		group.Go(func() {
			var o uint16
			o, errs[i] = s.Ordinal(t.Context(), fmt.Sprintf("r%d", i), fmt.Sprintf("digest %d after %d", i, first))
			got[i] = int(o)
		})
	}
	group.Wait()
	want := make([]int, n)
	for i := range n {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		want[i] = int(first) + i + 1
	}
	newest := slices.Index(got, want[n-1])
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Fatalf("numbers %v, want %v", got, want)
	}
	again, err := s.Ordinal(t.Context(), "r", fmt.Sprintf("digest %d after %d", newest, first))
	if err != nil || int(again) != want[n-1] {
		t.Errorf("the newest declarations again: number %d, %v; want %d", again, err, want[n-1])
	}
	var lines []struct {
		N uint64 `ch:"n"`
	}
	if err := s.Select(t.Context(), &lines, fmt.Sprintf("SELECT count() AS n FROM ops.declaration WHERE ordinal = %d", again)); err != nil || lines[0].N != 1 {
		t.Errorf("the log has %+v, %v; want one line of the newest", lines, err)
	}
}
