package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"jiku/pipelines"
	"jiku/schemas"
)

// revoked is what `delivery revoke --json` prints.
type revoked struct {
	deliveryView
	DryRun bool `json:"dry_run"`
	// Counted is set when claims of the delivery counted until now.
	Counted bool `json:"counted"`
}

func (a *app) deliveryRevokeCommand() *cobra.Command {
	var (
		reason         string
		dryRun, asJSON bool
	)
	cmd := verb{
		use: "revoke ID --reason TEXT", short: "Take a delivery back: none of its claims counts any more",
		long: `
For the wrong file, sent or loaded. The next run computes what the delivery touched as if it had
never come. Slots of a snapshot feed are revoked newest first, since each was compared with the
one before. The reason is kept for good: it names no person and no number of one.`,
		example: `jiku delivery revoke 1f0e8a52c3b4d697 --reason "报送了测试文件" --dry-run
jiku delivery revoke 1f0e8a52c3b4d697 --reason "报送了测试文件" && jiku run`,
		exits:    exitsOf(),
		args:     cobra.ExactArgs(1),
		complete: a.completeDeliveries,
		run: func(ctx context.Context, args []string) error {
			id, err := parseDelivery(args[0])
			if err != nil {
				return err
			}
			if err := checkReason(reason); err != nil {
				return err
			}
			r, err := a.revoke(ctx, id, reason, dryRun)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, r)
			}
			return a.showRevoked(r)
		},
	}.command()
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the log")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be revoked and do nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// personal finds numbers that may be those of a person: resident ID numbers of 15 or 18
// places (GB 11643) and mobile phones.
var personal = regexp.MustCompile(`\d{11,}[\dXx]?`)

func checkReason(reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return usagef(`add --reason "报送了测试文件"`, "jiku delivery revoke: --reason is missing")
	case personal.MatchString(reason):
		return usagef("say it without numbers of persons: the reason is kept for good", "jiku delivery revoke: --reason holds a number of 11 digits or more")
	}
	return nil
}

func (a *app) revoke(ctx context.Context, id schemas.DeliveryID, reason string, dryRun bool) (revoked, error) {
	w, err := a.workplace(ctx, "")
	if err != nil {
		return revoked{}, err
	}
	defer w.close()
	d, err := pipelines.Revocable(ctx, w.Config, id)
	counted := d.InForce()
	if err == nil && !dryRun {
		d, err = pipelines.Revoke(ctx, w.Config, id, reason)
	}
	if isNew(err) {
		return revoked{}, nothingYet("revoke delivery "+id.String(), err)
	}
	return revoked{deliveryView: viewDelivery(d), DryRun: dryRun, Counted: counted}, err
}

func (a *app) showRevoked(r revoked) error {
	said := "revoked"
	if r.DryRun {
		said = "would be revoked"
	}
	effect := "nothing of it counted"
	if r.Counted {
		effect = plural(int(r.Counts.Claims+r.Counts.Withdrawals), "claim") + " no longer count after the next run"
	}
	_, err := fmt.Fprintf(a.out, "delivery %s of %s, slot %s: %s; %s\n", r.ID, r.Feed, r.Slot, said, effect)
	return err
}
