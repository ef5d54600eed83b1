package city

// county is a county of the fictional province, as cities/demo.yaml declares it.
type county struct {
	code, name string
	city       string
	streets    []string // 街道, 镇: numbered from 001
	weight     int      // share of the blocks of the city, in percent
}

// home are the counties of the city itself.
var home = []county{
	{"390101", "东城湖区", "示例市", []string{"湖滨街道", "文庙街道", "东门街道", "鼓楼街道"}, 16},
	{"390102", "南塘区", "示例市", []string{"塘西街道", "塘东街道", "南站街道"}, 14},
	{"390103", "西岭区", "示例市", []string{"岭前街道", "松坡街道", "西郊镇"}, 12},
	{"390104", "北渡区", "示例市", []string{"渡口街道", "新港街道", "北关街道"}, 11},
	{"390105", "湖东区", "示例市", []string{"湖东街道", "科苑街道", "东山镇"}, 10},
	{"390106", "望山区", "示例市", []string{"望山街道", "铁路街道", "矿山镇"}, 9},
	{"390121", "清源县", "示例市", []string{"清源镇", "石桥镇", "柳林镇"}, 8},
	{"390122", "安平县", "示例市", []string{"安平镇", "大王庄镇", "河口镇"}, 7},
	{"390123", "柳河县", "示例市", []string{"柳河镇", "南岔镇", "青山镇"}, 6},
	{"390181", "云台市", "示例市", []string{"云台街道", "山南街道", "白石镇"}, 7},
}

// origins are the counties of other cities of the province, where people come from.
var origins = func() []county {
	cities := []struct {
		name     string
		counties [5]string
	}{
		{"邻山", [5]string{"东岭区", "西岭区", "山前区", "北坡县", "石桥县"}},
		{"临江", [5]string{"江北区", "江南区", "沙洲区", "上游县", "渡头县"}},
		{"平川", [5]string{"中原区", "大田区", "麦川区", "河湾县", "高台县"}},
		{"长岭", [5]string{"岭东区", "岭西区", "松林区", "云岭县", "竹溪县"}},
		{"白沙", [5]string{"白沙区", "海东区", "港口区", "盐田县", "湾里县"}},
		{"青云", [5]string{"青云区", "云东区", "云溪区", "梅林县", "桂花县"}},
		{"金水", [5]string{"金水区", "银水区", "三江区", "双河县", "水口县"}},
		{"石门", [5]string{"石门区", "龙潭区", "凤山区", "清泉县", "玉屏县"}},
	}
	var all []county
	for i, c := range cities {
		for j, n := range c.counties {
			code := 390201 + i*100 + j
			if j > 2 {
				code += 17 // Counties are numbered from 21.
			}
			all = append(all, county{
				code: string(appendInt(nil, code)), name: n, city: c.name + "市", streets: []string{"城关镇", "新城街道", "河东镇"},
			})
		}
	}
	return all
}()

var (
	roads   = []string{"湖滨路", "人民路", "建设路", "文化街", "解放路", "青年路", "光明街", "和平路", "新华路", "塘西街", "岭南路", "迎宾大道", "学府路", "滨河路", "工业大道", "环城路"}
	estates = []string{"清水苑", "锦绣园", "阳光里", "翠湖小区", "新港花园", "松坡家园", "和谐新村", "书香苑", "金色家园", "望湖名邸"}
)

// place is an address in as few bytes as it has parts. The zero value is no place.
type place struct {
	county   uint8 // 1 + index in home, or 101 + index in origins
	street   uint8
	road     uint8
	estate   uint8 // 0 is none: a house or a shop
	number   uint16
	building uint8
	unit     uint8
	floor    uint8
	room     uint8
}

func (p place) known() bool { return p.county != 0 }

func (p place) of() *county {
	if p.county > 100 {
		return &origins[p.county-101]
	}
	return &home[p.county-1]
}

func (p place) region() string { return p.of().code }

// village is the number of the village or community under the street, 001 to 009.
func (p place) village() uint32 { return uint32(p.number)%9 + 1 }

// appendTo writes the address as the departments of the city write it in full.
func (p place) appendTo(to []byte) []byte {
	if !p.known() {
		return to
	}
	c := p.of()
	to = append(append(append(to, c.city...), c.name...), c.streets[p.street]...)
	to = append(append(appendInt(append(to, roads[p.road]...), int(p.number)), "号"...), ""...)
	if p.estate == 0 {
		return to
	}
	to = append(appendInt(append(to, estates[p.estate-1]...), int(p.building)), "幢"...)
	to = append(appendInt(to, int(p.unit)), "单元"...)
	return append(appendPadded(appendInt(to, int(p.floor)), uint32(p.room), 2), "室"...)
}

// appendStreetCode writes the nine digits of the statistics bureau, appendVillageCode all twelve.
func (p place) appendStreetCode(to []byte) []byte {
	n := uint32(p.street) + 1
	if c := p.of(); c.streets[p.street][len(c.streets[p.street])-len("镇"):] == "镇" {
		n += 99 // 街道 from 001, 镇 from 100.
	}
	return appendPadded(append(to, p.region()...), n, 3)
}

func (p place) appendVillageCode(to []byte) []byte {
	return appendPadded(p.appendStreetCode(to), p.village(), 3)
}

// drawPlace draws a place in a county without a flat.
func drawPlace(c *chance, county uint8) place {
	p := place{county: county}
	p.street = uint8(c.below(len(p.of().streets)))
	p.road = uint8(c.below(len(roads)))
	p.number = uint16(c.between(1, 399))
	return p
}

// drawHome draws a flat.
func drawHome(c *chance, county uint8) place {
	p := drawPlace(c, county)
	p.estate = uint8(c.between(1, len(estates)))
	p.building, p.unit = uint8(c.between(1, 30)), uint8(c.between(1, 4))
	p.floor, p.room = uint8(c.between(1, 18)), uint8(c.between(1, 4))
	return p
}
