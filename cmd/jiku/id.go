package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// idOptions are the flags of jiku id.
type idOptions struct {
	kind, forms, date string
	asJSON, strict    bool
}

func (a *app) idCommand() *cobra.Command {
	var o idOptions
	cmd := verb{
		use: "id [VALUE...]", short: "Explain identifiers: kind, parts, validity, and what they would be normalized to",
		long: `
For every VALUE: what kind of identifier it is, the parts that it says (region with its name, birth
date, sex, registering department, …), whether it can be right, why not, in what form it would be
stored, and what a misread code could have been.

Without VALUE, or with -, values are read from standard input, one a line, as many as there are;
each gives one line: the value, its kind, 有效 or the reason, the normalized form and the parts,
divided by TAB. With --json each gives one object.

A number that could be of several kinds is not guessed: name its kind with --kind, one of
` + wrapKinds() + `

What is typed here is printed back and written down nowhere; values on the command line stay in the
shell's history and show in the list of processes, those on standard input do not.`,
		example: "jiku id 390101196504300012 91390100MA39X0A12F\njiku id 390101650430001 --kind resident_id\njiku id --json < numbers.txt > explained.jsonl\n" +
			"jiku id 9139O1OOMA39XOA12F\njiku id --strict < codes.txt",
		exits: []int{exitDone, exitFailed, exitUsage, exitEnvironment, exitRejects, exitInterrupted, exitTerminated},
		args:  cobra.ArbitraryArgs,
		run:   func(ctx context.Context, args []string) error { return a.identify(ctx, o, args) },
	}.command()
	f := cmd.Flags()
	f.StringVar(&o.kind, "kind", "", "read values as this `kind`, whatever they look like")
	f.StringVar(&o.forms, "forms", "", "`file` with forms of documents in place of the shipped ones (kind, pattern, key, basis, note)")
	f.StringVar(&o.date, "date", "", "`day` that births and regions are judged by; default today")
	f.BoolVar(&o.asJSON, "json", false, "print JSON; of standard input one object a line")
	f.BoolVar(&o.strict, "strict", false, "end with exit code 5 when a value is not valid")
	_ = cmd.RegisterFlagCompletionFunc("kind", func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var out []cobra.Completion
		for _, k := range ident.Kinds() {
			out = append(out, cobra.CompletionWithDesc(k.String(), k.Title()))
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	})
	_ = cmd.MarkFlagFilename("forms", "tsv")
	return cmd
}

// kindNames are the names of all kinds.
func kindNames() []string {
	var names []string
	for _, k := range ident.Kinds() {
		names = append(names, k.String())
	}
	return names
}

// wrapKinds lists the kinds in lines that a terminal shows whole.
func wrapKinds() string {
	var b strings.Builder
	width := 0
	for i, name := range kindNames() {
		if i > 0 {
			b.WriteString(", ")
		}
		if width += len(name) + 2; width > 95 {
			b.WriteString("\n")
			width = len(name) + 2
		}
		b.WriteString(name)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n") + "."
}

// identify explains values from the command line or from standard input.
func (a *app) identify(ctx context.Context, o idOptions, args []string) error {
	fromInput := len(args) == 0 || len(args) == 1 && args[0] == "-"
	if len(args) == 0 && typedIn(a.in) {
		return usagef("jiku id VALUE, or jiku id - to type values", "jiku id: there is no value")
	}
	r, err := a.idReader(o)
	if err != nil {
		return err
	}
	var invalid int64
	if fromInput {
		invalid, err = r.stream(ctx, a.in, a.out, o.asJSON)
	} else {
		invalid, err = r.answer(a.out, args, o.asJSON)
	}
	if err == nil && o.strict && invalid > 0 {
		return &invalidError{invalid}
	}
	return err
}

// idReader prepares tables, forms and the day.
func (a *app) idReader(o idOptions) (*idReader, error) {
	r := &idReader{}
	if o.kind != "" {
		var ok bool
		if r.kind, ok = ident.KindOf(o.kind); !ok {
			return nil, unknown("kind", o.kind, kindNames())
		}
	}
	var err error
	cat, err := a.load()
	if err != nil {
		return nil, err
	}
	if r.forms, err = readForms(o.forms, cat.Forms); err != nil {
		return nil, err
	}
	loc, err := location(cat)
	if err != nil {
		return nil, err
	}
	if r.today, err = parseDay(o.date, loc); err != nil {
		return nil, err
	}
	if r.regions, err = cat.Codes.Regions(); err != nil {
		return nil, err
	}
	for name, into := range map[string]**codes.Table{"uscc_department": &r.departments, "uscc_category": &r.categories, "country": &r.countries} {
		if *into, err = cat.Codes.Table(name); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// readForms lays a file of forms, if there is one, over those of the catalogue.
func readForms(name string, forms *ident.Forms) (*ident.Forms, error) {
	if name == "" {
		return forms, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, missing{err}
	}
	defer func() { _ = f.Close() }()
	own, err := ident.ReadForms(f)
	if err != nil {
		return nil, usagef("the columns are kind, pattern, key, basis, note, divided by TAB", "%s: %s", name, err)
	}
	return forms.With(own.All())
}

// invalidError says that jiku id --strict saw values that are not valid.
type invalidError struct{ values int64 }

// Error counts the values.
func (e *invalidError) Error() string { return fmt.Sprintf("jiku id: %d values not valid", e.values) }

// Hint says where the reasons stand.
func (e *invalidError) Hint() string { return "the third column, or reason in JSON, says why" }

// Unwrap makes the exit code that of rejects.
func (e *invalidError) Unwrap() error { return &rejectsError{rejects: e.values} }
