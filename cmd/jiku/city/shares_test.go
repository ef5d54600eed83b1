package city

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

// tally counts what a city is like.
type tally map[string]float64

// TestShares compares a city of 100,000 persons with the table of shares.
func TestShares(t *testing.T) {
	w, err := newWorld(Options{Persons: 100_000, Seed: 11})
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]tally{"persons": {}, "households": {}, "names": {}, "organizations": {}, "regions": {}}
	total := map[string]float64{}
	for i := range w.blocks() {
		b := w.block(i)
		members := map[int]int{}
		for j := range b.people {
			count(of, total, w, &b.people[j])
			members[b.people[j].house]++
		}
		for _, n := range members {
			total["households"]++
			of["households"][[]string{"一人户", "二人户", "三人户", "四人及以上户"}[min(n, 4)-1]]++
		}
		for j := range b.orgs {
			total["organizations"]++
			of["organizations"][orgPart(&b.orgs[j])]++
		}
	}
	for _, s := range Shares() {
		got := of[s.Of][s.What] / total[s.Of]
		if math.Abs(got-s.Share) > s.Within {
			t.Errorf("%s %s: %.4f, want %.4f within %.4f", s.Of, s.What, got, s.Share, s.Within)
		}
		if s.Source == "" {
			t.Errorf("%s %s: no source", s.Of, s.What)
		}
		t.Logf("%s %s: %.4f (%.4f)", s.Of, s.What, got, s.Share)
	}
}

func count(of map[string]tally, total map[string]float64, w *world, p *person) {
	total["persons"]++
	persons := of["persons"]
	if p.male {
		persons["男"]++
	}
	switch age := w.first.age(p.birth); {
	case age < 15:
		persons["0-14 岁"]++
	case age < 60:
		persons["15-59 岁"]++
	default:
		persons["60 岁及以上"]++
	}
	if p.ethnic == 1 {
		persons["汉族"]++
	}
	switch p.class {
	case migrant:
		persons["流动人口"]++
	case permitted, foreign:
		persons["港澳台居民和外国人"]++
	}
	name := string(p.first.name.bytes())
	if p.class == resident && p.ethnic != 5 {
		total["names"]++
		if utf8.RuneCountInString(name) == 2 {
			of["names"]["单字名"]++
		}
		for _, s := range []string{"王", "李"} {
			if strings.HasPrefix(name, s) {
				of["names"]["姓"+s]++
			}
		}
	}
	if p.first.hukou.known() {
		total["regions"]++
		of["regions"][p.first.home.of().name]++
	}
}

func orgPart(o *org) string {
	switch orgKinds[o.kind].category {
	case "92":
		return "个体工商户（92）"
	case "91":
		return "企业（91）"
	case "93":
		return "农民专业合作社（93）"
	case "11", "12":
		return "机关、事业单位（11、12）"
	case "51", "52", "53":
		return "社会组织（51、52、53）"
	}
	return "其他"
}
