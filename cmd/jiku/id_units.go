package main

import "jiku/schemas/ident"

// unit adds the parts of codes of places and things.
func (r *idReader) unit(id *identity, kind ident.Kind, cell []byte) {
	year := int(r.today / 10000)
	switch kind {
	case ident.KindEstateUnit:
		v, _ := r.forms.EstateUnit(cell)
		region, district, sub := v.Region(), v.District(), v.Subdistrict()
		parcel, seq := v.Parcel()
		fixture, unit := v.Fixture()
		id.part("region", "县级区划", r.region(region[:], year))
		id.part("district", "地籍区", string(district[:]))
		id.part("subdistrict", "地籍子区", string(sub[:]))
		id.part("parcel", "宗地", string(parcel[:])+" "+string(seq[:]))
		id.part("fixture", "定着物", string(fixture)+" "+fixtureTitle(fixture))
		id.part("unit", "定着物单元号", string(unit[:]))
	case ident.KindComponent:
		v, _ := r.forms.Component(cell)
		region, seq := v.Region(), v.Sequence()
		class, sub := v.Class()
		id.part("region", "区划", r.region(region[:], year))
		id.part("class", "大类", string(class[:]))
		id.part("subclass", "小类", string(sub[:]))
		id.part("sequence", "流水号", string(seq[:]))
	case ident.KindGrid:
		v, _ := r.forms.Grid(cell)
		region := v.Region()
		street, community := v.Street()
		id.part("region", "区划", r.region(region[:], year))
		id.part("street", "街道", string(street[:]))
		id.part("community", "社区", string(community[:]))
		id.part("cell", "网格", shown(v)[12:])
	}
}

// document adds what can be said about a number that has a form only.
func (r *idReader) document(id *identity, kind ident.Kind, cell []byte) {
	if !kind.Formed() {
		return
	}
	v, _ := r.forms.Document(kind, cell)
	if key := string(v.AppendKey(nil)); key != id.Normalized {
		id.part("person", "换证不变的部分", key)
	}
	if !v.JoinKey() {
		id.note("不能单独作为关联键")
	}
	id.note("没有校验码，只核对了格式")
}

func fixtureTitle(kind byte) string {
	return map[byte]string{'F': "房屋", 'L': "林木", 'Q': "其他", 'W': "无定着物"}[kind]
}

func disabilityType(kind byte) string {
	return string(kind) + " " + map[byte]string{'1': "视力", '2': "听力", '3': "言语", '4': "肢体", '5': "智力", '6': "精神", '7': "多重"}[kind]
}
