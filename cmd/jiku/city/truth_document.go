package city

import "bytes"

// What is true of certificates and of credit records is what their feeds say, told by a department that hears of
// everything at once and makes no mistake; so the rows of feeds serve both, and each column says to which item it leads.

// documentary writes the truth of a base from the feeds that establish it.
func documentary(w *world, base string, items []string, feeds map[string]document) *truth {
	at := map[string]int{}
	for i, item := range items {
		at[item] = i
	}
	var all []*feed
	for _, f := range sending() {
		if _, ok := feeds[f.name]; ok {
			f.prepare(w)
			f.coverage, f.lag, f.missed, f.every, f.snapshot = 10000, 0, 0, monthly, true
			all = append(all, f)
		}
	}
	return &truth{base: base, items: items, rows: func(b *block, t *truths) {
		for _, f := range all {
			b.documents(t, f, feeds[f.name], at)
		}
	}}
}

// document says how the key of a feed is made, and what its rows say without a column.
type document struct {
	kind  string         // the first part of the key
	key   [2]int         // columns of the other two parts
	items map[int]string // columns that the feed leaves without an item, by theirs
	also  [][2]string    // items with one value
}

func (b *block) documents(t *truths, f *feed, d document, at map[string]int) {
	w := b.world
	s := &sheet{block: b, feed: f, slot: &slot{of: w.first + day(w.days), knows: w.first + day(w.days)}}
	s.told = func(r *row) {
		key := append([]byte(nil), d.kind...)
		for _, i := range d.key {
			key = append(append(key, '|'), r.canonical(i)...)
		}
		out := t.begin(key, w.first-1, open)
		values := make([][]byte, len(at))
		for i, column := range f.columns {
			item := column.item
			if other, ok := d.items[i]; ok {
				item = other
			}
			if n, ok := at[item]; ok && i < len(r.cells) {
				values[n] = bytes.Clone(r.canonical(i))
			}
		}
		for _, also := range d.also {
			values[at[also[0]]] = []byte(also[1])
		}
		for _, v := range values {
			out.bytes(v)
		}
		t.end()
	}
	f.rows(b, s)
}

func certificateTruth(w *world) *truth {
	number := map[int]string{0: "number", 1: "issuer"}
	person := func(kind string) document {
		return document{kind: kind, key: [2]int{0, 1}, items: number, also: [][2]string{{"type", kind}, {"holder_type", "111"}}}
	}
	return documentary(w, "certificate", []string{
		"type", "number", "issuer", "holder_name", "holder_code", "holder_type", "issued_on", "valid_from", "valid_until", "status", "content", "region", "estate_unit", "address", "area",
	}, map[string]document{
		"food_permit":        {kind: "食品经营许可证", key: [2]int{0, 1}, items: number, also: [][2]string{{"type", "食品经营许可证"}, {"holder_type", "001"}}},
		"health_doctor":      person("医师执业证书"),
		"health_birth":       person("出生医学证明"),
		"hr_title":           person("职业资格证书"),
		"estate_certificate": person("不动产权证书"),
		"police_vehicle":     person("机动车行驶证"),
	})
}

func creditTruth(w *world) *truth {
	number := map[int]string{0: "document_no", 1: "issuer"}
	of := func(kind string) document {
		return document{kind: kind, key: [2]int{0, 1}, items: number, also: [][2]string{{"kind", kind}}}
	}
	return documentary(w, "credit", []string{
		"kind", "document_no", "issuer", "subject_name", "subject_code", "category", "decided_on", "content", "amount", "publish_until", "status", "region", "removed_on", "performance",
	}, map[string]document{
		"market_penalty": of("行政处罚"), "market_abnormal": of("经营异常名录"), "court_enforcement": of("失信被执行人"), "tax_abnormal": of("非正常户"), "credit_repair": of("信用修复"),
	})
}
