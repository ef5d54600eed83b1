package quality

import (
	"fmt"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "feed.punctuality", Title: "按期报送", Depth: Feed, Dimension: "0502", Weight: 1,
		Doc: "考核期内应报的期次（按数源声明的周期，自首次报送起算）都应报送并通过闸门。缺一期，数源得分按比例下降。",
		Reasons: []schemas.ReasonInfo{{
			Code: "feed.punctuality", Severity: schemas.Warning, Dimension: "0502",
			Title: "有期次未报送或未通过闸门", Advice: "请补报缺少的期次；因故停报的，请书面告知数据主管部门。",
		}},
		Examples: []Example{
			{Name: "all slots", Facts: &Facts{SlotsDue: 12, SlotsDelivered: 12}},
			{Name: "more than due", Facts: &Facts{SlotsDue: 1, SlotsDelivered: 3}},
			{Name: "five missing", Facts: &Facts{SlotsDue: 12, SlotsDelivered: 7}, Want: []string{"feed.punctuality::应报 12 期，已报 7 期"}},
		},
		CompileFeed: compileFeedPunctuality,
	})
}

func compileFeedPunctuality(u *Use) (FeedCheck, error) {
	return func(f *Facts, _ *Facts) []schemas.Reason {
		if f.SlotsDelivered >= f.SlotsDue {
			return nil
		}
		return []schemas.Reason{{Code: "feed.punctuality", Detail: fmt.Sprintf("应报 %d 期，已报 %d 期", f.SlotsDue, f.SlotsDelivered)}}
	}, u.NoArgs()
}
