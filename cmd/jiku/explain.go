package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jiku/pipelines"
	"jiku/pipelines/reconcile"
	"jiku/schemas"
)

func (a *app) explainCommand() *cobra.Command {
	var (
		base, item string
		asJSON     bool
	)
	cmd := verb{
		use: "explain KEY", short: "Say how each item of an entity came about",
		long: `
For every item: its value, where it is from, the rule that decided in a sentence, and every feed
that says something, in rank order with why it lost. The claims are reconciled anew, as a run
today would.

KEY is a resident ID number, a unified social credit code, the key of the base, or another number
that the registry gives for the entity, such as an organization code; with its kind before it,
as in tax_no:390100123456788, it means that kind alone. - reads it from standard input, which
keeps it out of the shell's history and the list of processes.`,
		example: "jiku explain 91390100MA39X0A12F\njiku explain - --base population --item marital < key.txt\njiku explain 91390100MA39X0A12F --base legal_entity --json",
		exits:   exitsOf(),
		args:    cobra.ExactArgs(1),
		run: func(ctx context.Context, args []string) error {
			word, err := a.argument(args[0])
			if err != nil {
				return err
			}
			answers, err := a.explain(ctx, pipelines.Question{Base: base, Key: schemas.Key(strings.TrimSpace(word)), Item: item})
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, answers)
			}
			for i := range answers {
				if err := showAnswer(a.out, paletteFor(a.out), &answers[i]); err != nil {
					return err
				}
			}
			return nil
		},
	}.command()
	cmd.Flags().StringVar(&base, "base", "", "only in this `base`")
	cmd.Flags().StringVar(&item, "item", "", "only this `item`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	_ = cmd.RegisterFlagCompletionFunc("base", a.completeBases)
	return cmd
}

func (a *app) explain(ctx context.Context, q pipelines.Question) ([]pipelines.Answer, error) {
	if q.Key == "" {
		return nil, usagef("jiku explain KEY", "jiku explain: the key is empty")
	}
	cat, err := a.load()
	if err != nil {
		return nil, err
	}
	if err := checkQuestion(cat, q); err != nil {
		return nil, err
	}
	w, err := a.workplaceOf(ctx, cat, "")
	if err != nil {
		return nil, err
	}
	defer w.close()
	answers, err := pipelines.Explain(ctx, w.Config, q)
	if isNew(err) {
		return nil, nothingYet("explain key", err)
	}
	if err == nil && len(answers) == 0 {
		return nil, &hintError{err: fmt.Errorf("explain key: no base has a claim about it"), hint: "check the key; jiku delivery list shows what is loaded"}
	}
	return answers, err
}

// checkQuestion checks the names of a question before a warehouse is started for it.
func checkQuestion(cat *schemas.Catalogue, q pipelines.Question) error {
	var bases, items []string
	for _, b := range cat.Bases {
		bases = append(bases, b.Name)
		if q.Base == "" || q.Base == b.Name {
			for _, it := range b.Items {
				items = append(items, it.Name)
				if it.Name == q.Item {
					q.Item = ""
				}
			}
		}
	}
	if q.Base != "" && cat.Base(q.Base) == nil {
		return unknown("base", q.Base, bases)
	}
	if q.Item != "" {
		return unknown("item", q.Item, items)
	}
	return nil
}

func showAnswer(out io.Writer, p palette, e *pipelines.Answer) error {
	exists := "no golden row: no establishing feed has the key"
	if e.Exists {
		exists = "golden row"
		if e.Due > 0 {
			exists += ", may change by itself on " + showDay(e.Due)
		}
	}
	if e.Waiting != "" {
		exists = "待归：" + e.WaitingTitle
	}
	fmt.Fprintf(out, "%s %s · %s\n", p.head(e.Base+"."+e.Entity), e.Title, exists)
	showLinks(out, p, e)
	var silent []string
	for i := range e.Items {
		it := &e.Items[i]
		if len(it.Candidates) == 0 {
			silent = append(silent, it.Title)
			continue
		}
		if err := showItem(out, p, it); err != nil {
			return err
		}
	}
	if len(silent) > 0 {
		fmt.Fprintf(out, "\n%s\n", p.dim("无来源："+strings.Join(silent, "、")))
	}
	return nil
}

// showLinks prints the entity's other numbers and who says so, and by which of them it was
// found.
func showLinks(out io.Writer, p palette, e *pipelines.Answer) {
	if e.Via != "" {
		fmt.Fprintf(out, "  %s 属于 %s\n", e.Via.Reveal(), p.head(e.Key.Reveal()))
	}
	for _, a := range e.Aliases {
		said := fmt.Sprintf("  %s 自 %s，%s 所报", a.Number.Reveal(), showDay(a.From), a.Feed)
		if a.Disputed {
			said += p.warn("（有争议，不作关联）")
		}
		fmt.Fprintln(out, said)
	}
}

func showItem(out io.Writer, p palette, it *reconcile.ItemExplanation) error {
	value := it.Value
	if it.State != schemas.Valued.String() {
		value = "(" + it.State + ")"
	}
	fmt.Fprintf(out, "\n%s %s = %s\n  %s\n", p.head(it.Title), it.Item, printable(value), printable(it.Sentence))
	columns := []string{"  #>", "FEED", "DEPARTMENT", "VALUE", "STATE", "EVENT", "SLOT", "RESULT", "CONFLICT"}
	keyed := slices.ContainsFunc(it.Candidates, func(c reconcile.CandidateExplanation) bool { return c.DeliveredKey != "" })
	if keyed {
		columns = append(columns, "KEYED BY")
	}
	t := newTable(columns...)
	t.paint = map[string]func(string) string{"CONFLICT": p.warn}
	var silent []string
	for i, c := range it.Candidates {
		if c.State == schemas.Silent.String() && !c.Won {
			silent = append(silent, c.DepartmentTitle)
			continue
		}
		result, conflict := c.LostTitle, ""
		if c.Won {
			result = "采用"
		}
		if c.Conflict {
			conflict = "有分歧"
		}
		row := []string{strconv.Itoa(i + 1), c.Feed, c.DepartmentTitle, c.Value, c.State, showDay(c.Event.Day()), c.Slot, result, conflict}
		if keyed {
			row = append(row, c.DeliveredKey.Reveal())
		}
		t.add(row...)
	}
	if len(t.rows) > 0 {
		if err := t.write(out, p); err != nil {
			return err
		}
	}
	if len(silent) > 0 {
		fmt.Fprintf(out, "  %s\n", p.dim("未提供："+strings.Join(slices.Compact(silent), "、")))
	}
	return nil
}
