package city

import (
	"strings"

	"jiku/schemas/ident"
)

// estateCertificate has certificates of real estate.
func estateCertificate() *feed {
	return &feed{
		name: "estate_certificate", path: "natural/estate_%s.parquet", form: form{format: formatParquet}, snapshot: true, coverage: 10000, careless: 60, lag: 10, missed: 500, authority: true,
		columns: []column{
			{"bdcqzh", "", other}, {"djjg", "", other}, {"qlr", "holder_name", personName}, {"zjh", "holder_code", personRef}, {"zjlx", "holder_type", other}, {"bdcdyh", "estate_unit", other},
			{"zl", "address", address}, {"mj", "area", other}, {"djsj", "issued_on", anyDay}, {"zt", "status", other},
		},
		rows: func(b *block, s *sheet) {
			b.persons(s, func(p *person, _ *state, on day) bool {
				return p.traits.estate != 0 && p.traits.estate <= on && p.class == resident
			}, func(r *row, p *person, _ *state) {
				r.estateCertificate(p)
				r.str("示例市不动产登记中心")
				r.bytes(p.first.name.bytes())
				r.number(&p.number)
				r.word("身份证", "111")
				r.numbered(p.first.home.appendUnit, p.index)
				r.place(p.first.home)
				r.area(p)
				r.date(p.traits.estate, dashed)
				r.word("1", "01")
			})
		},
	}
}

// area is in square metres.
func (r *row) area(p *person) {
	at := r.open()
	r.text = append(appendInt(r.text, 45+p.index*7%140), '.', byte('1'+p.index%9))
	r.close(at)
}

// appendUnit writes the code of a real estate unit (GB/T 37346): county, cadastral area and sub-area, parcel, unit.
func (p place) appendUnit(to []byte, n uint32) []byte {
	return ident.AppendEstateUnit(to, p.of().digits(), n)
}

func (r *row) estateCertificate(p *person) {
	at := r.open()
	r.text = ident.AppendEstateCertificate(r.text, "示例市", uint32(p.traits.estate.year()), uint32(p.index))
	end := r.open()
	r.text = halfWidth(append(r.text, r.text[at:end]...), end)
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: end, trueTo: r.open()})
}

// halfWidth folds the brackets of what was appended since at, as numbers of documents are kept.
func halfWidth(text []byte, at int32) []byte {
	folded := brackets.Replace(string(text[at:]))
	return append(text[:at], folded...)
}

var brackets = strings.NewReplacer("（", "(", "）", ")")
