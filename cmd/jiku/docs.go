package main

import (
	"context"

	"github.com/spf13/cobra"
)

// reference is what one registry holds.
type reference struct {
	name, title string
	entries     func() []docEntry
}

// references are the registries that docs prints.
func references() []reference {
	return []reference{
		{"rules", "质量规则", ruleDocs},
		{"normalizers", "规范化步骤", normalizerDocs},
		{"comparators", "比对方法", comparatorDocs},
		{"connectors", "连接器", connectorDocs},
		{"reasons", "问题代码", reasonDocs},
		{"synthetic", "合成数据专用号码", syntheticDocs},
	}
}

// docEntry is one component of a registry.
type docEntry struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Doc   string `json:"doc,omitempty"`
	// Facts are short properties in order, such as depth: row.
	Facts []docFact `json:"facts,omitempty"`
	// Settings are parameters by name.
	Settings []docFact `json:"settings,omitempty"`
	// Examples are run as tests.
	Examples []docExample `json:"examples,omitempty"`
}

// docFact is a property or a parameter.
type docFact struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// docExample is an input and what becomes of it.
type docExample struct {
	Name string `json:"name,omitempty"`
	In   string `json:"in"`
	Out  string `json:"out,omitempty"`
}

func (a *app) docsCommand() *cobra.Command {
	var asJSON, asMarkdown bool
	cmd := verb{
		use: "docs [rules|normalizers|comparators|connectors|reasons|synthetic] [NAME]", short: "Print what declarations can use, with examples",
		long: `
The reference is made from the components themselves, and every example in it is run as a test.
Without an argument the registries are listed.`,
		example: "jiku docs\njiku docs rules\njiku docs rules date.order\njiku docs connectors --markdown > connectors.md",
		exits:   []int{exitDone, exitUsage},
		args:    cobra.MaximumNArgs(2),
		complete: func(_ context.Context, args []string) (out []string) {
			for _, r := range references() {
				switch {
				case len(args) == 0:
					out = append(out, cobra.CompletionWithDesc(r.name, r.title))
				case len(args) == 1 && args[0] == r.name:
					for _, e := range r.entries() {
						out = append(out, cobra.CompletionWithDesc(e.Name, e.Title))
					}
				}
			}
			return out
		},
		run: func(_ context.Context, args []string) error {
			if asJSON && asMarkdown {
				return usagef("", "jiku docs: --json and --markdown exclude each other")
			}
			return a.docs(args, asJSON, asMarkdown)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&asMarkdown, "markdown", false, "print Markdown")
	return cmd
}

func (a *app) docs(args []string, asJSON, asMarkdown bool) error {
	chosen, err := choose(args)
	if err != nil {
		return err
	}
	switch {
	case asJSON:
		out := map[string][]docEntry{}
		for _, c := range chosen {
			out[c.name] = c.list
		}
		return writeJSON(a.out, out)
	case asMarkdown:
		return writeMarkdown(a.out, chosen)
	case len(args) == 0:
		t := newTable("REGISTRY", "TITLE", "ENTRIES>", "SHOWN BY")
		for _, c := range chosen {
			t.add(c.name, c.title, count(int64(len(c.list))), "jiku docs "+c.name)
		}
		return t.write(a.out, paletteFor(a.out))
	default:
		return writeDocs(a.out, paletteFor(a.out), chosen)
	}
}

// chapter is a registry with the entries that are shown.
type chapter struct {
	reference
	list []docEntry
}

// choose finds the registries, and the entry, that the arguments name; all without any.
func choose(args []string) ([]chapter, error) {
	var (
		out   []chapter
		names []string
	)
	for _, r := range references() {
		names = append(names, r.name)
		if len(args) == 0 || args[0] == r.name {
			out = append(out, chapter{r, r.entries()})
		}
	}
	if len(out) == 0 {
		return nil, unknown("registry", args[0], names)
	}
	if len(args) < 2 {
		return out, nil
	}
	var known []string
	for _, e := range out[0].list {
		if e.Name == args[1] {
			return []chapter{{out[0].reference, []docEntry{e}}}, nil
		}
		known = append(known, e.Name)
	}
	return nil, unknown("entry of "+args[0], args[1], known)
}
