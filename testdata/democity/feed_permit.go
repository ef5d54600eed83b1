package main

import "fmt"

const regulator = "示例市市场监督管理局"

var permitHeader = []string{"许可证编号", "发证机关", "经营者名称", "社会信用代码", "签发日期", "有效期自", "有效期至", "证照状态", "经营项目", "区划"}

// writePermits writes the food permits of made-up organizations: two whole slots, each with
// a manifest of control totals.
func (c *city) writePermits(l *landing) error {
	for _, slot := range []day{firstSlot, secondSlot} {
		name := "market/food_permit_" + slot.compact() + ".csv"
		s, err := l.sheet("food_permit", name, slot, form{}, permitHeader...)
		if err != nil {
			return err
		}
		for i := range c.orgs {
			if o := &c.orgs[i]; trades[o.trade].food {
				c.permit(s, i, o, slot)
			}
		}
		if err := s.close(l); err != nil {
			return err
		}
		if err := l.manifest(name, slot); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) permit(s *sheet, i int, o *org, slot day) {
	r := c.stream("permit", i)
	from := secondSlot.plus(-r.between(40, 1900))
	until := from.plus(5*365 - 1)
	number := fmt.Sprintf("JY1%s%07d", o.region, i+1)
	row := []string{number, regulator, o.name, o.code, from.dashed(), from.dashed(), until.dashed(), "有效", trades[o.trade].scope, o.region}
	switch at := r.below(10_000); {
	case at < 300:
		row[7] = r.pick([]string{"注销", "暂扣", "吊销", "失效"})
	case at < 340:
		row[6] = from.plus(-30).dashed()
		s.note("valid_until", "finding", "date.order")
	case at < 380:
		row[6] = "2099-12-31"
		s.note("valid_until", "fix", "open end")
	case at < 400:
		row[3] = breakDigit(row[3], 17)
		s.note("holder_code", "void", "uscc.checksum")
	case at < 500:
		row[2] = otherBrackets(row[2])
	case at < 620 && slot == secondSlot:
		row[7] = "注销"
		s.note("status", "changed", "canceled in October")
	case at < 660 && slot == secondSlot:
		return // Gone from the second slot: the comparison makes a withdrawal of it.
	}
	s.add(row...)
}
