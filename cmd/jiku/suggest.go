package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// nearest is the known word that a mistyped one most likely means, or empty.
func nearest(word string, known []string) string {
	best, distance := "", max(len(word)/3, 1)+1
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < distance && d < len(word) {
			best, distance = k, d
		}
	}
	return best
}

// unknown is the usage error for a word that is not among the known ones.
func unknown(what, word string, known []string) error {
	hint := ""
	switch near := nearest(word, known); {
	case near != "":
		hint = fmt.Sprintf("did you mean %s?", near)
	case len(known) > 0:
		hint = "known are " + strings.Join(known, ", ")
	}
	return usagef(hint, "unknown %s %q", what, word)
}

// flagFault turns a parse error of flags into a usage error.
func flagFault(cmd *cobra.Command, err error) error {
	hint := cmd.CommandPath() + " --help"
	var missing *pflag.NotExistError
	if errors.As(err, &missing) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := nearest(missing.GetSpecifiedName(), names); near != "" {
			hint = fmt.Sprintf("did you mean --%s?", near)
		}
	}
	return usagef(hint, "%s: %s", cmd.CommandPath(), err)
}

// lostVerb turns cobra's error for a verb that does not exist into a usage error.
func lostVerb(cmd *cobra.Command, err error) error {
	first, rest, _ := strings.Cut(err.Error(), "\n")
	hint := cmd.CommandPath() + " --help"
	if _, list, found := strings.Cut(rest, "Did you mean this?"); found {
		if names := strings.Fields(list); len(names) > 0 {
			hint = fmt.Sprintf("did you mean %s %s?", cmd.CommandPath(), strings.Join(names, " or "))
		}
	}
	return usagef(hint, "%s", first)
}
