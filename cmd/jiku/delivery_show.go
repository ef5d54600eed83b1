package main

import (
	"context"
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"jiku/schemas"
)

func (a *app) deliveryShowCommand() *cobra.Command {
	var asJSON bool
	cmd := verb{
		use: "show ID", short: "Show the receipt and the state of one delivery",
		long:     "ID is the one of jiku delivery list.",
		example:  "jiku delivery show 1f0e8a52c3b4d697\njiku delivery show 1f0e8a52c3b4d697 --json",
		exits:    exitsOf(),
		args:     cobra.ExactArgs(1),
		complete: a.completeDeliveries,
		run: func(ctx context.Context, args []string) error {
			id, err := parseDelivery(args[0])
			if err != nil {
				return err
			}
			d, err := a.delivery(ctx, id)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, d)
			}
			return a.showDelivery(d)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) delivery(ctx context.Context, id schemas.DeliveryID) (deliveryView, error) {
	list, err := a.deliveries(ctx, "")
	if err != nil {
		return deliveryView{}, err
	}
	for _, d := range list {
		if d.ID == id.String() {
			return d, nil
		}
	}
	return deliveryView{}, &hintError{err: fmt.Errorf("find delivery %s: it is not registered", id), hint: "jiku delivery list"}
}

func (a *app) showDelivery(d deliveryView) error {
	p := paletteFor(a.out)
	t := newTable("DELIVERY", d.ID)
	for _, row := range [][2]string{
		{"feed", d.Feed}, {"slot", d.Slot}, {"revision", blankZero(int64(d.Revision))},
		{"state", p.state(string(d.State))}, {"counts", d.standing()}, {"note", d.Note},
		{"rows", fmt.Sprintf("%s = %s claims + %s rejects + %s unchanged + %s erased", count(d.Counts.Rows), count(d.Counts.Claims),
			count(d.Counts.Rejects), count(d.Counts.Unchanged), count(d.Counts.Erased))},
		{"withdrawals", countOrBlank(d.Counts.Withdrawals)}, {"declared rows", d.declared()},
		{"name", d.Name}, {"location", d.Location}, {"size", humanize.IBytes(uint64(d.Bytes))}, {"sha256", d.Digest},
		{"received", d.Received.Local().Format(time.DateTime)},
	} {
		if row[1] != "" {
			t.add(row[0], row[1])
		}
	}
	return t.write(a.out, p)
}

// standing says whether the claims of a delivery count, and why not.
func (d deliveryView) standing() string {
	switch {
	case d.InForce && d.Published:
		return "yes, and published"
	case d.InForce:
		return "yes, and published by the next run"
	case d.Superseded:
		return "no: a later revision of the slot is accepted"
	default:
		return "no"
	}
}

func (d deliveryView) declared() string {
	if d.DeclaredRows == nil {
		return ""
	}
	return count(*d.DeclaredRows)
}
