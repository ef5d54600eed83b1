package quality

import "jiku/schemas"

// FeedCheck looks at the facts of a feed in one period and, if there are any, those of its
// predecessor.
type FeedCheck func(f *Facts, before *Facts) []schemas.Reason

// FeedChecks are the feed rules of one feed, compiled.
type FeedChecks struct {
	checks []FeedCheck
}

// CompileFeed compiles the feed rules among uses, in their order.
func CompileFeed(uses []schemas.RuleUse, b *schemas.Base) (*FeedChecks, error) {
	out := &FeedChecks{}
	for _, u := range uses {
		use, err := newUse(u, b, Env{})
		if err != nil {
			return nil, err
		}
		if use.Rule.Depth != Feed {
			continue
		}
		check, err := use.Rule.CompileFeed(use)
		if err != nil {
			return nil, wrap(use, err)
		}
		out.checks = append(out.checks, check)
	}
	return out, nil
}

// Check gives the findings about the feed as a whole; before is nil for the first period.
func (c *FeedChecks) Check(f *Facts, before *Facts) []schemas.Reason {
	var out []schemas.Reason
	for _, check := range c.checks {
		out = append(out, check(f, before)...)
	}
	return out
}
