package main

import (
	"fmt"
	"strings"
)

// area is a county of the demo city as cities/demo.yaml declares it.
type area struct {
	code, name string
	streets    []string // 街道 and 镇, numbered from 001
}

var areas = []area{
	{"390101", "东城湖区", []string{"湖滨街道", "文庙街道", "东门街道", "鼓楼街道"}},
	{"390102", "南塘区", []string{"塘西街道", "塘东街道", "南站街道"}},
	{"390103", "西岭区", []string{"岭前街道", "松坡街道", "西郊镇"}},
	{"390104", "北渡区", []string{"渡口街道", "新港街道", "北关街道"}},
	{"390121", "清源县", []string{"清源镇", "石桥镇", "柳林镇"}},
	{"390122", "安平县", []string{"安平镇", "大王庄镇", "河口镇"}},
	{"390181", "云台市", []string{"云台街道", "山南街道", "白石镇"}},
}

var (
	areaWeights = []int{24, 20, 15, 15, 9, 8, 9}
	roads       = []string{"湖滨路", "人民路", "建设路", "文化街", "解放路", "青年路", "光明街", "和平路", "新华路", "塘西街", "岭南路", "迎宾大道"}
	estates     = []string{"清水苑", "锦绣园", "阳光里", "翠湖小区", "新港花园", "松坡家园", "和谐新村", "书香苑"}
)

// place is where somebody lives or a shop stands.
type place struct {
	area   int
	street int
	text   string
}

func (p place) region() string { return areas[p.area].code }

// streetCode has nine digits, villageCode twelve: as the statistics bureau codes them.
func (p place) streetCode() string  { return fmt.Sprintf("%s%03d", p.region(), p.street+1) }
func (p place) villageCode() string { return fmt.Sprintf("%s%03d", p.streetCode(), 1+len(p.text)%9) }

func drawPlace(c *chance) place {
	a, at := 0, c.below(100)
	for at >= areaWeights[a] {
		at -= areaWeights[a]
		a++
	}
	p := place{area: a, street: c.below(len(areas[a].streets))}
	p.text = "示例市" + areas[a].name + areas[a].streets[p.street] + c.pick(roads) + fmt.Sprint(c.between(1, 399)) + "号"
	return p
}

// drawHome is a place with a flat.
func drawHome(c *chance) place {
	p := drawPlace(c)
	p.text += fmt.Sprintf("%s%d幢%d单元%d%02d室", c.pick(estates), c.between(1, 30), c.between(1, 4), c.between(1, 18), c.between(1, 4))
	return p
}

// phone is made of an exchange that stands for no place: it is not looked up anywhere.
func landline(c *chance) string { return fmt.Sprintf("0390-555%04d", c.below(10_000)) }

func mobile(c *chance) string {
	return fmt.Sprintf("1%d%d0000%04d", c.between(3, 9), c.below(10), c.below(10_000))
}

var wide = func() *strings.Replacer {
	var pairs []string
	for d := range 10 {
		pairs = append(pairs, string(rune('0'+d)), string(rune('０'+d)))
	}
	return strings.NewReplacer(append(pairs, "X", "Ｘ")...)
}()

// fullWidth writes digits and X as some input methods do.
func fullWidth(s string) string { return wide.Replace(s) }
