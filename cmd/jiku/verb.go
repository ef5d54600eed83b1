package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
)

// verb is what one command of jiku consists of.
type verb struct {
	use, short string
	// long is the help; the list of exit codes follows it.
	long string
	// example has command lines that can be typed as they stand.
	example string
	// exits are the codes that the verb can end with.
	exits []int
	args  cobra.PositionalArgs
	// complete offers words for positional arguments; nil offers none.
	complete func(ctx context.Context, args []string) []string
	run      func(ctx context.Context, args []string) error
}

// command makes the command; a wrong number of arguments is a usage error.
func (v verb) command() *cobra.Command {
	args := v.args
	if args == nil {
		args = cobra.NoArgs
	}
	return &cobra.Command{
		Use: v.use, Short: v.short,
		Long:    v.short + ".\n\n" + strings.TrimSpace(v.long) + "\n\n" + exitHelp(v.exits),
		Example: "  " + strings.ReplaceAll(strings.TrimSpace(v.example), "\n", "\n  "),
		Args: func(cmd *cobra.Command, list []string) error {
			if err := args(cmd, list); err != nil {
				return usagef(cmd.CommandPath()+" --help", "%s: %s", cmd.CommandPath(), err)
			}
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, list []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if v.complete == nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return v.complete(cmd.Context(), list), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, list []string) error { return v.run(cmd.Context(), list) },
	}
}

// group makes a command that only holds others.
func group(use, short, long string, members ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short,
		Long: short + ".\n\n" + strings.TrimSpace(long) + "\n\n" + exitHelp([]int{exitDone, exitUsage}),
		RunE: func(cmd *cobra.Command, list []string) error {
			if len(list) == 0 {
				return cmd.Help()
			}
			var names []string
			for _, c := range cmd.Commands() {
				names = append(names, c.Name())
			}
			return unknown("command "+cmd.CommandPath(), list[0], names)
		},
	}
	for _, m := range members {
		cmd.Example += "  jiku " + use + " " + m.Use + "\n"
	}
	cmd.AddCommand(members...)
	return cmd
}

// exitsOf are the codes that every verb has which reads declarations or the warehouse,
// with others in order.
func exitsOf(more ...int) []int {
	return append(append([]int{exitDone, exitFailed, exitUsage, exitEnvironment}, more...), exitInterrupted, exitTerminated)
}
