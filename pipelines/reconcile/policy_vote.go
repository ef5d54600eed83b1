package reconcile

import "jiku/schemas"

func policyVote() Policy {
	return Policy{
		Name:   "vote",
		Doc:    "取多数部门认同的值；一个部门一票，抄录他人的数源不投票。",
		Why:    schemas.WhyVote,
		narrow: func(w *Worker) { w.byVotes(schemas.WhyVote) },
		Examples: []PolicyExample{
			{Name: "two against one newer", Winner: "a", Why: schemas.WhyVote,
				Claims: []PolicyClaim{{"a", 20260101, "甲"}, {"b", 20260201, "乙"}, {"c", 20260101, "甲"}}},
			{Name: "a tie goes to the newest event", Winner: "b", Why: schemas.WhyEvent,
				Claims: []PolicyClaim{{"a", 20260101, "甲"}, {"b", 20260201, "乙"}}},
			{Name: "one candidate", Winner: "a", Why: schemas.WhyOnly,
				Claims: []PolicyClaim{{"a", 20260101, "甲"}}},
		},
	}
}
