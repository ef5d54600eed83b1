package main

import (
	"strconv"

	"jiku/schemas/ident"
)

// feeds is how many feeds tell of every key.
const feeds = 5

// shares are how many cells and rows of a thousand are not as they should be.
type shares struct {
	disagree uint64 // Items of a key about which one feed says something else.
	empty    uint64
	form     uint64 // Written in a way that a normalizer tidies.
	broken   uint64 // Cannot be read.
	key      uint64 // Rows with a wrong check digit.
}

var usual = shares{disagree: 70, empty: 10, form: 10, broken: 1, key: 1}

// header is the first line of every file.
const header = "id,name,sex,birth,region,addr,phone,marital,edu,updated\n"

// The columns between key and event time, in order.
const (
	name = iota
	sex
	birth
	region
	addr
	phone
	marital
	edu
	itemCount
)

var (
	surnames = []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨"}
	given    = []string{"伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀", "霞", "平", "刚", "桂"}
	counties = []string{"390101", "390102", "390103", "390104", "390105", "390106", "390107", "390108", "390109"}
	// Codes with the label that a department may write instead (GB/T 2261.1, 2261.2, 4658).
	sexes     = [][2]string{{"1", "男"}, {"2", "女"}}
	marriages = [][2]string{{"10", "未婚"}, {"20", "已婚"}, {"30", "丧偶"}, {"40", "离婚"}}
	schooling = [][2]string{{"10", "研究生"}, {"20", "大学本科"}, {"30", "大专"}, {"60", "普通高级中学教育"}}
)

// maker makes rows of one feed and slot.
type maker struct {
	seed uint64
	feed int
	// slot is 0 for the first delivery; later ones differ in one item of each row.
	slot   int
	shares shares
	buf    []byte
}

// chance is a hash of what it is asked about: splitmix64 over the words.
func chance(words ...uint64) uint64 {
	h := uint64(0)
	for _, w := range words {
		h += w + 0x9E3779B97F4A7C15
		h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
		h = (h ^ h>>27) * 0x94D049BB133111EB
		h ^= h >> 31
	}
	return h
}

// person is who a key belongs to.
type person struct {
	key           uint64
	y, m, d       int
	region, order int
}

// maxKeys is how many keys there are of persons born from 1940 to 2009.
const maxKeys = 70 * 12 * 28 * 9 * 1000

func personOf(key uint64) person {
	i := int(key)
	return person{key: key, y: 1940 + i%70, m: i/70%12 + 1, d: i/(70*12)%28 + 1, region: i/(70*12*28)%9 + 1, order: i / (70 * 12 * 28 * 9) % 1000}
}

// row appends the line of a key.
func (m *maker) row(key uint64) error {
	p := personOf(key)
	id, err := ident.SynthesizeResidentID(counties[p.region-1], uint32(p.y*10000+p.m*100+p.d), p.order)
	if err != nil {
		return err
	}
	odds := chance(m.seed, key, uint64(m.feed), uint64(m.slot))
	m.buf = id.AppendTo(m.buf)
	last := &m.buf[len(m.buf)-1]
	switch {
	case odds%1000 < m.shares.key:
		*last = '0' + (*last+1)%10 // Another one, whatever it was.
	case *last == 'X' && odds>>20%10 == 0:
		*last = 'x'
	}
	changed := -1
	if m.slot > 0 {
		changed = int(odds >> 40 % itemCount)
	}
	for item := range itemCount {
		m.buf = append(m.buf, ',')
		variant := 0
		if h := chance(m.seed, key, uint64(100+item)); h%1000 < m.shares.disagree && h>>32%feeds == uint64(m.feed) {
			variant = 1
		}
		if item == changed {
			variant = 1 + m.slot
		}
		m.cell(p, item, variant)
	}
	m.buf = append(m.buf, ',')
	m.event(odds)
	m.buf = append(m.buf, '\n')
	return nil
}

// event appends the time of the row; its seconds tell the feeds apart.
func (m *maker) event(odds uint64) {
	month, day := 1+odds>>8%9, 1+odds>>16%28
	if m.slot > 0 {
		month, day = 10, uint64(m.slot)
	}
	second := int(odds>>24%17280)*feeds + m.feed
	m.buf = append(m.buf, "2026-"...)
	m.two(int(month), '-')
	m.two(int(day), ' ')
	m.two(second/3600, ':')
	m.two(second/60%60, ':')
	m.two(second%60, 0)
}

// cell appends what the feed says of an item: empty, unreadable, in another form, or plain.
func (m *maker) cell(p person, item, variant int) {
	odds := chance(m.seed, p.key, uint64(m.feed), uint64(m.slot), uint64(200+item)) % 1000
	share := m.shares
	switch {
	case odds < share.empty:
	case odds < share.empty+share.broken && broken[item] != "":
		m.buf = append(m.buf, broken[item]...)
	default:
		m.value(p, item, form{variant: variant, other: odds < share.empty+share.broken+share.form})
	}
}

// broken are cells that say nothing; names and addresses have no form to break.
var broken = [itemCount]string{sex: "Z", birth: "1990-02-30", region: "999999", phone: "1390000****", marital: "AB", edu: "不清楚"}

// form says which value and which writing of it: other is one that a normalizer has to tidy.
type form struct {
	variant int
	other   bool
}

func (m *maker) value(p person, item int, f form) {
	n := int(chance(m.seed, p.key, uint64(300+item))>>2) + f.variant
	switch item {
	case name:
		m.name(n%(16*21*21*50), f.other)
	case sex:
		m.code(sexes, p.order+1+f.variant, f.other)
	case birth:
		day := (p.d-1+f.variant)%28 + 1
		between := byte('-')
		if f.other {
			between = '/'
		}
		m.buf = append(strconv.AppendInt(m.buf, int64(p.y), 10), between)
		m.two(p.m, between)
		m.two(day, 0)
	case region:
		m.buf = append(m.blank(f.other), counties[n%9]...)
	case addr:
		m.buf = strconv.AppendInt(append(m.blank(f.other), "甲市第"...), int64(n%97), 10)
		m.buf = strconv.AppendInt(append(m.buf, "街道"...), int64(n/97%333), 10)
		m.buf = strconv.AppendInt(append(m.buf, "号"...), int64(n/97/333%50), 10)
		m.buf = append(m.buf, "室"...)
	case phone:
		m.phone(n%100_000_000, f.other)
	case marital:
		m.code(marriages, n, f.other)
	case edu:
		m.code(schooling, n, f.other)
	}
}

// two appends a number of two digits and what follows it.
func (m *maker) two(n int, then byte) {
	m.buf = append(m.buf, byte('0'+n/10), byte('0'+n%10))
	if then != 0 {
		m.buf = append(m.buf, then)
	}
}

func (m *maker) blank(yes bool) []byte {
	if yes {
		return append(m.buf, ' ')
	}
	return m.buf
}

// name is a surname and two given names, or every fiftieth of two parts with a dot.
func (m *maker) name(n int, other bool) {
	s, a, b := surnames[n%16], given[n/16%21], given[n/16/21%21]
	between := ""
	if n/16/21/21 == 0 {
		between = "·"
		if other {
			between = "•"
		}
	} else if other {
		between = "　"
	}
	m.buf = append(append(append(append(m.buf, s...), between...), a...), b...)
}

func (m *maker) code(list [][2]string, n int, other bool) {
	c := list[n%len(list)]
	if other {
		m.buf = append(m.buf, c[1]...)
		return
	}
	m.buf = append(m.buf, c[0]...)
}

func (m *maker) phone(n int, other bool) {
	digits := strconv.Itoa(13_900_000_000 + n)
	if other {
		digits = digits[:3] + "-" + digits[3:7] + "-" + digits[7:]
	}
	m.buf = append(m.buf, digits...)
}
