package main

import (
	"fmt"
	"strings"

	"jiku/schemas/ident"
)

// org is an organization as the market regulator registered it. Made-up ones have codes of
// province 39.
type org struct {
	name, code, kind, rep, capital, scope, address string
	founded                                        string // as registered, 2006-01-02
	region                                         string
	place                                          place
	trade                                          int // index in trades
	made                                           bool
}

// trade is a line of business with its class of GB/T 4754-2017.
type trade struct {
	word, class, scope string
	food               bool
}

var trades = []trade{
	{"餐饮", "6210", "餐饮服务；食品销售", true},
	{"食品", "5129", "预包装食品批发兼零售；农产品销售", true},
	{"超市", "5212", "百货、食品零售；日用品销售", true},
	{"粮油", "5121", "粮油批发；食用农产品初加工", true},
	{"建材", "5165", "建筑材料、装饰材料批发", false},
	{"科技", "6513", "软件开发；信息系统集成服务", false},
	{"商贸", "5199", "日用百货批发；贸易代理", false},
	{"物流", "5431", "道路货物运输；仓储服务", false},
	{"机械", "3489", "通用零部件制造；机械设备销售", false},
	{"服饰", "5232", "服装、鞋帽零售", false},
	{"建筑工程", "4710", "房屋建筑工程施工", false},
	{"种植", "0141", "蔬菜种植；农产品销售", false},
}

var brandChars = strings.Split("青禾云山嘉瑞恒泰永兴华盛金源宏远博雅佳和信达鼎新天宇长青锦程启明安康福星万达丰茂", "")

// bodyAlphabet is that of GB 32100-2015, without I O S V Z.
const bodyAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// maxOrgs is how many four characters number.
const maxOrgs = 31 * 31 * 31 * 31

// makeOrgs makes the organizations that do not exist.
func (c *city) makeOrgs(n int) []org {
	out := make([]org, n)
	for i := range out {
		out[i] = c.makeOrg(i)
	}
	return out
}

func (c *city) makeOrg(i int) org {
	r := c.stream("org", i)
	o := org{made: true, trade: r.below(len(trades)), place: drawPlace(r)}
	brand := r.pick(brandChars) + r.pick(brandChars)
	if r.of(3000) {
		brand += r.pick(brandChars)
	}
	t, a := trades[o.trade], areas[o.place.area]
	category := "91"
	o.kind, o.name = "有限责任公司", "示例市"+brand+t.word+"有限公司"
	o.capital = fmt.Sprintf("%d(万元人民币)", []int{10, 50, 100, 200, 500, 1000, 5000}[r.below(7)])
	switch at := r.below(100); {
	case t.word == "种植":
		category, o.kind, o.name = "93", "农民专业合作社", a.name+brand+"种植专业合作社"
	case at < 45:
		category, o.kind, o.name, o.capital = "92", "个体工商户", a.name+brand+t.word+"店", "N/A"
	case at < 52:
		o.name = brand + t.word + "（示例市）有限公司"
	}
	_, o.rep = c.names.person(r, "")
	code, err := ident.SynthesizeUSCC(category, a.code, "MA39"+bodyOf(i))
	if err != nil {
		panic(fmt.Sprintf("make organization: %v", err)) // Regions and bodies are the program's own.
	}
	o.code, o.region = string(code.AppendTo(nil)), a.code
	o.founded = dayIn(r, r.between(1992, 2026)).dashed()
	o.scope, o.address = t.scope, o.place.text
	return o
}

// bodyOf numbers organizations with four characters, in an order that does not look counted.
func bodyOf(i int) string {
	n := (i*7919 + 104_729) % maxOrgs // 7919 and 31 have no common divisor, so no number comes twice.
	var b [4]byte
	for at := range b {
		b[at] = bodyAlphabet[n%31]
		n /= 31
	}
	return string(b[:])
}

// normal says whether nothing adverse is made up about the organization: only those that do
// not exist can have a state other than normal.
func (o *org) normal(r *chance) bool { return !o.made || !r.of(600) }
