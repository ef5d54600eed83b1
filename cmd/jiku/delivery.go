package main

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"jiku/schemas"
)

// deliveryView is a delivery as `delivery list --json` and `delivery show --json` print it.
type deliveryView struct {
	ID       string        `json:"id"`
	Feed     string        `json:"feed"`
	Slot     string        `json:"slot"`
	Revision uint32        `json:"revision"`
	State    schemas.Event `json:"state"`
	// InForce is set when the claims of the delivery count.
	InForce bool `json:"in_force"`
	// Superseded is set when a later revision of the slot is accepted.
	Superseded bool           `json:"superseded"`
	Published  bool           `json:"published"`
	Counts     schemas.Counts `json:"counts"`
	// DeclaredRows is what the manifest or trailer says, nil if it says nothing.
	DeclaredRows *int64    `json:"declared_rows,omitempty"`
	Name         string    `json:"name"`
	Location     string    `json:"location"`
	Bytes        int64     `json:"bytes"`
	Digest       string    `json:"sha256"`
	Received     time.Time `json:"received"`
	Note         string    `json:"note,omitempty"`
}

func viewDelivery(d schemas.DeliveryState) deliveryView {
	v := deliveryView{ID: d.ID.String(), Feed: d.Feed, Slot: d.Slot.String(), Revision: d.Revision, State: d.Last, InForce: d.InForce(),
		Superseded: d.Superseded, Published: d.Published, Counts: d.Counts, Name: d.Name, Location: d.Location, Bytes: d.Bytes,
		Digest: d.Digest, Received: d.Received, Note: d.Note}
	if d.Rows >= 0 {
		v.DeclaredRows = &d.Rows
	}
	return v
}

func (a *app) deliveryCommand() *cobra.Command {
	return group("delivery", "List, show and revoke deliveries",
		`A delivery is what a department sent at once. Its claims count once it is accepted and until it
is revoked or a later revision of its slot is accepted.`,
		a.deliveryListCommand(), a.deliveryShowCommand(), a.deliveryRevokeCommand())
}

func (a *app) deliveryListCommand() *cobra.Command {
	var (
		asJSON bool
		feed   string
	)
	cmd := verb{
		use: "list", short: "List the deliveries that are registered",
		long:    "By feed, slot and revision. A delivery that counts has yes under COUNTS.",
		example: "jiku delivery list\njiku delivery list --feed police_household\njiku delivery list --json | jq '.[] | select(.state == \"held\")'",
		exits:   exitsOf(),
		run: func(ctx context.Context, _ []string) error {
			list, err := a.deliveries(ctx, feed)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, list)
			}
			return a.showDeliveries(list)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringVar(&feed, "feed", "", "only of this `feed`")
	_ = cmd.RegisterFlagCompletionFunc("feed", a.completeFeeds)
	return cmd
}

func (a *app) deliveries(ctx context.Context, feed string) ([]deliveryView, error) {
	if feed != "" {
		cat, err := a.load()
		if err != nil {
			return nil, err
		}
		if cat.Feed(feed) == nil {
			return nil, unknown("feed", feed, feedsOf(cat))
		}
	}
	s, _, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	list, err := s.Deliveries(ctx, feed)
	out := make([]deliveryView, len(list))
	for i, d := range list {
		out[i] = viewDelivery(d)
	}
	if isNew(err) {
		return out, nil
	}
	return out, err
}

func (a *app) showDeliveries(list []deliveryView) error {
	p := paletteFor(a.out)
	t := newTable("ID", "FEED", "SLOT", "REV>", "STATE", "COUNTS", "ROWS>", "CLAIMS>", "REJECTS>", "UNCHANGED>", "WITHDRAWN>", "NAME", "NOTE")
	t.paint = map[string]func(string) string{"STATE": p.state}
	for _, d := range list {
		counts := ""
		if d.InForce {
			counts = "yes"
		}
		t.add(d.ID, d.Feed, d.Slot, blankZero(int64(d.Revision)), string(d.State), counts, count(d.Counts.Rows), count(d.Counts.Claims),
			countOrBlank(d.Counts.Rejects), countOrBlank(d.Counts.Unchanged), countOrBlank(d.Counts.Withdrawals), d.Name, d.Note)
	}
	return t.write(a.out, p)
}

// parseDelivery reads the id of a delivery as list shows it.
func parseDelivery(word string) (schemas.DeliveryID, error) {
	id, err := schemas.ParseDeliveryID(word)
	if err != nil {
		return 0, usagef("jiku delivery list", "read delivery id %s: want 16 hexadecimal digits", strconv.Quote(word))
	}
	return id, nil
}
