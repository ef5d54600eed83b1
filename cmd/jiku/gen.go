package main

import "github.com/spf13/cobra"

func (a *app) genCommand() *cobra.Command {
	return group("gen", "Make synthetic data", `
Nobody may test with real residents. What is made here belongs to nobody: all numbers are of
province 39, which GB/T 2260 does not assign, or of forms that were never issued.`, a.genCityCommand())
}
