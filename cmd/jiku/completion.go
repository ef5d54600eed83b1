package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
)

func completionCommand(root *cobra.Command) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return verb{
		use: "completion SHELL", short: "Print a script that completes commands, flags and names in a shell",
		long:     `SHELL is bash, zsh, fish or powershell. Feeds, bases, departments and deliveries are completed too.`,
		example:  "source <(jiku completion bash)\njiku completion zsh > \"${fpath[1]}/_jiku\"\njiku completion fish > ~/.config/fish/completions/jiku.fish",
		exits:    []int{exitDone, exitUsage},
		args:     cobra.ExactArgs(1),
		complete: func(context.Context, []string) []string { return shells },
		run: func(_ context.Context, args []string) error {
			out := root.OutOrStdout()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(out)
			}
			return unknown("shell", args[0], slices.Clone(shells))
		},
	}.command()
}
