package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"jiku/connectors/clickhouse"
	"jiku/connectors/warehouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// names makes a completion of names that the catalogue declares. A catalogue that does not
// load completes nothing; jiku check says why.
func (a *app) names(list func(*schemas.Catalogue) []cobra.Completion) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		files, err := a.declarations()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		cat, err := pipelines.Load(files)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return list(cat), cobra.ShellCompDirectiveNoFileComp
	}
}

func (a *app) completeFeeds(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return a.names(func(c *schemas.Catalogue) (out []cobra.Completion) {
		for _, f := range c.Feeds {
			out = append(out, cobra.CompletionWithDesc(f.Name, f.Title))
		}
		return out
	})(cmd, args, word)
}

func (a *app) completeBases(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return a.names(func(c *schemas.Catalogue) (out []cobra.Completion) {
		for _, b := range c.Bases {
			out = append(out, cobra.CompletionWithDesc(b.Name, b.Title))
		}
		return out
	})(cmd, args, word)
}

func (a *app) completeDepartments(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return a.names(func(c *schemas.Catalogue) (out []cobra.Completion) {
		for _, id := range departments(c) {
			out = append(out, cobra.CompletionWithDesc(id, c.DepartmentTitle(id)))
		}
		return out
	})(cmd, args, word)
}

// completeDeliveries lists the deliveries of an embedded engine that runs; nothing is
// started for a completion, and no server is waited for.
func (a *app) completeDeliveries(ctx context.Context, args []string) []string {
	home, err := a.homeDir()
	if len(args) > 0 || err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	o := warehouse.Environment(home)
	if st, err := warehouse.Inspect(ctx, home); o.DSN != "" || err != nil || !st.Running {
		return nil
	}
	ep, err := warehouse.Open(ctx, o)
	if err != nil {
		return nil
	}
	s, err := clickhouse.Open(ctx, clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		return nil
	}
	defer s.Close()
	list, err := s.Deliveries(ctx, "")
	if err != nil {
		return nil
	}
	var out []string
	for _, d := range list {
		out = append(out, cobra.CompletionWithDesc(d.ID.String(), d.Feed+" "+d.Slot.String()))
	}
	return out
}
