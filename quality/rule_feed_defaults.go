package quality

import (
	"errors"
	"fmt"

	"jiku/schemas"
)

// DefaultShare is the share of values that may be fillers where a feed declares no other.
const DefaultShare = 0.05

func init() {
	Register(Rule{
		Name: "feed.defaults", Title: "不滥用缺省值", Depth: Feed, Dimension: "0201", Weight: 1,
		Doc: "“其他”“未说明”“1900-01-01”等缺省值（values）占有值行的比例不应超过 share（缺省 0.05）。" +
			"超出部分等同未填，在数据项得分中扣除。",
		Items: []Param{{Name: "item", Title: "数据项", Types: anyType}},
		Args:  []Param{{Name: "values", Title: "视为缺省的值，按声明中的写法"}, {Name: "share", Title: "允许的比例，缺省 0.05"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "feed.defaults", Severity: schemas.Warning, Dimension: "0201",
			Title: "缺省值过多", Advice: "请按实际情况填写，不要以“其他”“未说明”代替。",
		}},
		Examples: []Example{
			{Name: "few", Args: schemas.Settings{"values": []any{"90"}}, Facts: &Facts{Items: []ItemFacts{{Item: "item", Valued: 1000, Defaults: 50}}}},
			{Name: "a third", Args: schemas.Settings{"values": []any{"90"}}, Facts: &Facts{Items: []ItemFacts{{Item: "item", Valued: 900, Defaults: 300}}}, Want: []string{"feed.defaults:item:缺省值占 33.3%，允许 5.0%"}},
			{Name: "a third is allowed", Args: schemas.Settings{"values": []any{"90"}, "share": 0.4}, Facts: &Facts{Items: []ItemFacts{{Item: "item", Valued: 900, Defaults: 300}}}},
		},
		CompileFeed: compileFeedDefaults,
	})
}

type defaultsArgs struct {
	Values []string
	Share  float64
}

func compileFeedDefaults(u *Use) (FeedCheck, error) {
	args := defaultsArgs{Share: DefaultShare}
	if err := u.Args(&args); err != nil {
		return nil, err
	}
	if len(args.Values) == 0 {
		return nil, errors.New("args: want values, the list of fillers")
	}
	name := u.Base.Items[u.Items[0]].Name
	return func(f *Facts, _ *Facts) []schemas.Reason {
		it := f.item(name)
		if it.Valued == 0 || float64(it.Defaults) <= args.Share*float64(it.Valued) {
			return nil
		}
		detail := fmt.Sprintf("缺省值占 %.1f%%，允许 %.1f%%", 100*float64(it.Defaults)/float64(it.Valued), 100*args.Share)
		return []schemas.Reason{{Code: "feed.defaults", Item: name, Detail: detail}}
	}, nil
}

// Fillers are the values that a feed declares as fillers of an item, and the share of
// values that they may take. Values are written as in declarations.
func Fillers(feed *schemas.Feed, b *schemas.Base, item string) (values []string, share float64) {
	for _, u := range feed.Rules {
		if u.Rule != "feed.defaults" || len(u.Items) != 1 || u.Items[0] != item {
			continue
		}
		use, err := newUse(u, b, Env{})
		args := defaultsArgs{Share: DefaultShare}
		if err == nil && use.Args(&args) == nil {
			return args.Values, args.Share
		}
	}
	return nil, DefaultShare
}
