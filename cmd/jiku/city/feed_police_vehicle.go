package city

import "jiku/schemas/ident"

// policeVehicle has vehicles and their owners.
func policeVehicle() *feed {
	return &feed{
		name: "police_vehicle", path: "police/vehicle_%s.csv", form: form{gb: true}, snapshot: true, coverage: 10000, careless: 60, lag: 10, missed: 500, authority: true,
		columns: []column{
			{"HPHM", "", other}, {"FZJG", "", other}, {"SYR", "holder_name", personName}, {"SFZMHM", "holder_code", personRef}, {"CCDJRQ", "issued_on", anyDay}, {"YXQZ", "valid_until", other},
			{"ZT", "status", wording}, {"CLLX", "content", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, _ *state, on day) bool {
				return p.traits.vehicle != 0 && p.traits.vehicle <= on && p.class <= migrant
			}, func(r *row, p *person, _ *state) {
				r.numbered(ident.AppendPlate, p.index)
				r.str("示例市公安局交通警察支队")
				r.bytes(p.first.name.bytes())
				r.number(&p.number)
				r.date(p.traits.vehicle, compact)
				r.date(p.traits.vehicle.years(15), compact)
				r.word("A", "01")
				r.str("小型轿车")
			})
		},
	}
}
