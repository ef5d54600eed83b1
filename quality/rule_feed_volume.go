package quality

import (
	"fmt"
	"math"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "feed.volume", Title: "数据量平稳", Depth: Feed, Dimension: "0202", Weight: 1,
		Doc: "每期平均行数与上一考核期相比，增减不应超过 change（缺省 0.5，即一半）。骤减多为漏报，骤增多为重复或全量当作增量。" +
			"首个考核期和未报送的考核期不检查。",
		Args: []Param{{Name: "change", Title: "允许的增减比例，缺省 0.5"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "feed.volume", Severity: schemas.Warning, Dimension: "0202",
			Title: "数据量与上一考核期相比变化过大", Advice: "请核对导出条件；业务量确有变化的，请告知数据主管部门调整阈值。",
		}},
		Examples: []Example{
			{Name: "steady", Facts: &Facts{SlotsDelivered: 1, Rows: 1050}, Before: &Facts{SlotsDelivered: 1, Rows: 1000}},
			{Name: "twice the slots, twice the rows", Facts: &Facts{SlotsDelivered: 2, Rows: 2000}, Before: &Facts{SlotsDelivered: 1, Rows: 1000}},
			{Name: "dropped", Facts: &Facts{SlotsDelivered: 1, Rows: 300}, Before: &Facts{SlotsDelivered: 1, Rows: 1000}, Want: []string{"feed.volume::每期 300 行，上一考核期 1000 行，减少 70.0%"}},
			{Name: "first period", Facts: &Facts{SlotsDelivered: 1, Rows: 300}},
		},
		CompileFeed: compileFeedVolume,
	})
}

func compileFeedVolume(u *Use) (FeedCheck, error) {
	args := struct{ Change float64 }{0.5}
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	return func(f *Facts, before *Facts) []schemas.Reason {
		if before == nil || f.SlotsDelivered == 0 || before.SlotsDelivered == 0 || before.Rows == 0 {
			return nil
		}
		now, then := float64(f.Rows)/float64(f.SlotsDelivered), float64(before.Rows)/float64(before.SlotsDelivered)
		change := now/then - 1
		if math.Abs(change) <= args.Change {
			return nil
		}
		word := "增加"
		if change < 0 {
			word = "减少"
		}
		detail := fmt.Sprintf("每期 %.0f 行，上一考核期 %.0f 行，%s %.1f%%", now, then, word, 100*math.Abs(change))
		return []schemas.Reason{{Code: "feed.volume", Detail: detail}}
	}, nil
}
