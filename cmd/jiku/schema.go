package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"jiku/schemas"
)

func (a *app) schemaCommand() *cobra.Command {
	return verb{
		use: "schema KIND", short: "Print the JSON Schema of a kind of declaration, for editors",
		long: `
KIND is base, feed, theme, authority or city. An editor with a YAML language server then
completes keys and marks mistakes of form; jiku check finds the others.`,
		example:  "jiku schema feed > feed.schema.json\njiku schema base | jq .properties.items",
		exits:    []int{exitDone, exitUsage},
		args:     cobra.ExactArgs(1),
		complete: func(context.Context, []string) []string { return schemas.Kinds() },
		run: func(_ context.Context, args []string) error {
			if !slices.Contains(schemas.Kinds(), args[0]) {
				return unknown("kind of declaration", args[0], schemas.Kinds())
			}
			text, err := schemas.JSONSchema(args[0])
			if err != nil {
				return err
			}
			_, err = a.out.Write(text)
			return err
		},
	}.command()
}
