package quality

import (
	"fmt"
	"math"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "feed.drift", Title: "填报率平稳", Depth: Feed, Dimension: "0201", Weight: 1,
		Doc: "数据项的填报率（有值和无占全部主张的比例）与上一考核期相比，变化不应超过 change（缺省 0.1，即十个百分点）。" +
			"突变多为导出的列错位或系统改版。首个考核期不检查。",
		Items: []Param{{Name: "item", Title: "数据项", Types: anyType}},
		Args:  []Param{{Name: "change", Title: "允许的变化，缺省 0.1"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "feed.drift", Severity: schemas.Warning, Dimension: "0201",
			Title: "填报率与上一考核期相比变化过大", Advice: "请核对导出模板与列的对应关系。",
		}},
		Examples: []Example{
			{Name: "steady", Facts: driftFacts(900), Before: driftFacts(910)},
			{Name: "column lost", Facts: driftFacts(100), Before: driftFacts(910), Want: []string{"feed.drift:item:填报率 10.0%，上一考核期 91.0%"}},
			{Name: "first period", Facts: driftFacts(100)},
		},
		CompileFeed: compileFeedDrift,
	})
}

func driftFacts(valued int64) *Facts {
	return &Facts{Rows: 1000, Items: []ItemFacts{{Item: "item", Valued: valued, Unknown: 1000 - valued}}}
}

func compileFeedDrift(u *Use) (FeedCheck, error) {
	args := struct{ Change float64 }{0.1}
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	name := u.Base.Items[u.Items[0]].Name
	return func(f *Facts, before *Facts) []schemas.Reason {
		if before == nil || f.Claims() == 0 || before.Claims() == 0 {
			return nil
		}
		now, then := fill(f, name), fill(before, name)
		if math.Abs(now-then) <= args.Change {
			return nil
		}
		return []schemas.Reason{{Code: "feed.drift", Item: name, Detail: fmt.Sprintf("填报率 %.1f%%，上一考核期 %.1f%%", 100*now, 100*then)}}
	}, nil
}

func fill(f *Facts, item string) float64 {
	it := f.item(item)
	return float64(it.Valued+it.None) / float64(f.Claims())
}
