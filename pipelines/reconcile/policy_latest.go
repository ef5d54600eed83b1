package reconcile

import "jiku/schemas"

func policyLatest() Policy {
	return Policy{
		Name:   "latest",
		Doc:    "取业务时间最新的值，不论由哪个部门报送。",
		Why:    schemas.WhyLatest,
		narrow: func(w *Worker) { w.byEvent(schemas.WhyLatest) },
		Examples: []PolicyExample{
			{Name: "newest event", Winner: "b", Why: schemas.WhyLatest,
				Claims: []PolicyClaim{{"a", 20260101, "甲"}, {"b", 20260201, "乙"}, {"c", 20260101, "甲"}}},
			{Name: "same day goes to the quorum", Winner: "a", Why: schemas.WhyQuorum,
				Claims: []PolicyClaim{{"a", 20260201, "甲"}, {"b", 20260201, "乙"}, {"c", 20260101, "甲"}}},
			{Name: "one value needs no policy", Winner: "b", Why: schemas.WhyAgreed,
				Claims: []PolicyClaim{{"a", 20260101, "甲"}, {"b", 20260201, "甲"}}},
		},
	}
}
