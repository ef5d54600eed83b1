package reconcile

import "jiku/schemas"

func policyPriority() Policy {
	return Policy{
		Name:    "priority",
		Doc:     "按列出的数源次序取值，排在前面且有值者优先；未列出的数源在最后。",
		Why:     schemas.WhyPriority,
		Ordered: true,
		narrow:  (*Worker).byPriority,
		Examples: []PolicyExample{
			{Name: "first listed with a value", Order: []string{"x", "c", "a"}, Winner: "c", Why: schemas.WhyPriority,
				Claims: []PolicyClaim{{"a", 20260201, "甲"}, {"b", 20260301, "乙"}, {"c", 20260101, "丙"}}},
			{Name: "unlisted feeds come last", Order: []string{"c"}, Winner: "c", Why: schemas.WhyPriority,
				Claims: []PolicyClaim{{"a", 20260201, "甲"}, {"c", 20260101, "丙"}}},
			{Name: "among unlisted feeds the cascade goes on", Order: []string{"x"}, Winner: "a", Why: schemas.WhyEvent,
				Claims: []PolicyClaim{{"a", 20260201, "甲"}, {"c", 20260101, "丙"}}},
		},
	}
}

// byPriority keeps the feeds with the best place in the policy's order.
func (w *Worker) byPriority() {
	c := &w.contest
	best := c.s.unlisted
	for _, i := range c.live {
		best = min(best, c.s.rank[w.key.candidates[i].feed])
	}
	w.keep(schemas.WhyPriority, func(i int32) bool { return c.s.rank[w.key.candidates[i].feed] == best })
}
