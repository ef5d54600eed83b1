package codes

// Division is a statistical division code (统计用区划代码) in its parts; parts that the code does not reach are empty.
type Division struct {
	// County is six digits; the county of a code of two or four is 0000 or 00.
	County string
	// Street is the three digits of 街道, 镇 or 乡, Village those of 居委会 or 村委会.
	Street, Village string
}

// ParseDivision reads a code of 2 (province), 4 (city), 6 (county), 9 (street) or 12 (village) digits. Zeros at the
// end of a longer code leave its part empty.
func ParseDivision(cell []byte) (Division, bool) {
	if !digits(cell) {
		return Division{}, false
	}
	var d Division
	switch len(cell) {
	case 2:
		d.County = string(cell) + "0000"
	case 4:
		d.County = string(cell) + "00"
	case 6, 9, 12:
		d.County = string(cell[:6])
	default:
		return Division{}, false
	}
	if len(cell) > 6 && string(cell[6:9]) != "000" {
		d.Street = string(cell[6:9])
	}
	if len(cell) > 9 && string(cell[9:12]) != "000" {
		if d.Street == "" {
			return Division{}, false
		}
		d.Village = string(cell[9:12])
	}
	return d, true
}

// StreetKind says in Chinese what the digits of the street stand for, by the ranges of the statistical code.
func (d Division) StreetKind() string {
	switch s := d.Street; {
	case s == "":
		return ""
	case s < "100":
		return "街道"
	case s < "200":
		return "镇"
	case s < "400":
		return "乡"
	default:
		return "类似乡级单位"
	}
}

// VillageKind says in Chinese what the digits of the village stand for.
func (d Division) VillageKind() string {
	switch v := d.Village; {
	case v == "":
		return ""
	case v == "498":
		return "虚拟社区"
	case v == "598":
		return "虚拟村"
	case v < "200":
		return "居民委员会"
	case v < "400":
		return "村民委员会"
	case v < "500":
		return "类似居民委员会"
	case v < "600":
		return "类似村民委员会"
	default:
		return "" // The standard gives no range.
	}
}
