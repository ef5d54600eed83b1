package city

import "jiku/schemas/ident"

// foodPermit has the food permits of the market regulator.
func foodPermit() *feed {
	return &feed{
		name: "food_permit", path: "market/food_permit_%s.csv", form: form{}, snapshot: true, manifest: true, coverage: 10000, careless: 60, lag: 5, missed: 2500, authority: true,
		columns: []column{
			{"许可证编号", "", other}, {"发证机关", "", other}, {"经营者名称", "holder_name", orgName}, {"社会信用代码", "holder_code", orgRef}, {"签发日期", "issued_on", other},
			{"有效期自", "valid_from", other}, {"有效期至", "valid_until", untilDay}, {"证照状态", "status", wording}, {"经营项目", "content", other}, {"区划", "region", region},
		},
		also: func(s *sheet, o *org, st *orgState) {
			switch truth := o.at(s.slot.knows); {
			case truth.status != 1 && st.status == 1:
				s.label(-1, kindRevoked, nil)
			case o.permitUntil() <= s.slot.knows && st.status == 1:
				s.label(7, kindExpired, []byte("05"))
			}
		},
		rows: func(b *block, s *sheet) {
			b.organizations(s, func(o *org, _ *orgState, on day) bool { return o.permit != 0 && o.permit <= on }, func(r *row, o *org, st *orgState) {
				r.permit(o)
				r.str(marketBureau)
				r.orgName(o, &o.first, b.world)
				r.number(&o.code)
				r.date(o.permit, dashed)
				r.date(o.permit, dashed)
				r.date(o.permitUntil(), dashed)
				r.word(permitState(st, s.told != nil && o.permitUntil() <= s.slot.knows))
				r.str(trades[o.trade].scope)
				r.region(o.place, 6)
			})
		},
	}
}

const marketBureau = "示例市市场监督管理局"

// permit is the number of a food permit: JY, the business, the county and a count.
func (r *row) permit(o *org) {
	at := r.open()
	r.text = ident.AppendFoodPermit(r.text, uint32(o.trade)+1, home[o.county-1].digits(), uint32(o.index))
	r.close(at)
}

func (o *org) permitUntil() day { return o.permit.years(5) }

// permitState is the state of a permit: it ends with its holder. That it has expired nobody writes down.
func permitState(st *orgState, expired bool) (says, canonical string) {
	switch {
	case st.status != 1:
		return "注销", "04"
	case expired:
		return "失效", "05"
	}
	return "有效", "01"
}
