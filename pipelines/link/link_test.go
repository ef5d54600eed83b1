package link

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas"
)

func orgs() *schemas.Base {
	return &schemas.Base{Name: "legal_entity", Key: schemas.KeySpec{Kind: schemas.KeyUSCC},
		Items: []schemas.Item{{Name: "zch", Type: schemas.TypeText}, {Name: "tax", Type: schemas.TypeText}, {Name: "since", Type: schemas.TypeDate}},
		Links: []schemas.Link{{Kind: "org_code"}, {Kind: "registration_no", Item: "zch", From: "since"}, {Kind: "tax_no", Item: "tax"}}}
}

func persons() *schemas.Base {
	return &schemas.Base{Name: "population", Key: schemas.KeySpec{Kind: schemas.KeyResidentID},
		Items: []schemas.Item{{Name: "former", Type: schemas.TypeText}},
		Links: []schemas.Link{{Kind: "resident_id", Item: "former"}}}
}

func sound([]byte) bool { return true }

// claim is a claim for States.
type claim struct {
	key  string
	text map[int]string
	days map[int]int64
}

func (c claim) KeyBytes() []byte     { return []byte(c.key) }
func (c claim) Text(item int) []byte { return []byte(c.text[item]) }
func (c claim) Int(item int) int64   { return c.days[item] }

func TestStates(t *testing.T) {
	p := Compile(orgs(), sound)
	for _, c := range []struct {
		name string
		claim
		want string
	}{
		{"the organization code is part of the key", claim{key: "91390100MA39X0A12F"}, "org_code:MA39X0A12 0"},
		{"numbers of items", claim{key: "91390100MA39X0A12F", text: map[int]string{0: "390100110000011", 1: "390100123456788"}, days: map[int]int64{2: 20100101}},
			"org_code:MA39X0A12 0, registration_no:390100110000011 20100101, tax_no:390100123456788 0"},
		{"the tax number of today is the key", claim{key: "91390100MA39X0A12F", text: map[int]string{1: "91390100MA39X0A12F"}}, "org_code:MA39X0A12 0"},
		{"a claim that waits itself", claim{key: "org_code:123456788", text: map[int]string{1: "390100123456788"}}, "tax_no:390100123456788 0"},
		{"an old tax number has the organization code in it", claim{key: "tax_no:390100123456788"}, "org_code:123456788 0"},
		{"one of a person has not", claim{key: "tax_no:39010119650430001201"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			p.States(c.claim, func(alias []byte, from, _ uint32) { got = append(got, fmt.Sprintf("%s %d", alias, from)) })
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("%s, want %s", s, c.want)
			}
		})
	}
}

// resolve gives the ends by key from pairs "alias key".
func resolve(p *Program, pairs ...string) map[string]string {
	var keys [][]byte
	at := func(k string) int32 {
		i := slices.IndexFunc(keys, func(b []byte) bool { return string(b) == k })
		if i < 0 {
			i, keys = len(keys), append(keys, []byte(k))
		}
		return int32(i)
	}
	var list []schemas.LinkPair
	for _, s := range pairs {
		a, k, _ := strings.Cut(s, " ")
		list = append(list, schemas.LinkPair{Alias: at(a), Key: at(k)})
	}
	out := map[string]string{}
	for i, e := range p.Resolve(keys, list) {
		if int(e.To) != i {
			out[string(keys[i])] = string(keys[e.To])
		} else if e.Why != 0 {
			out[string(keys[i])] = e.Why.String()
		}
	}
	return out
}

func TestResolve(t *testing.T) {
	const old, mid, now = "390101196504300012", "390101196504300020", "390101197001010011"
	const permit, foreign, card = "810000199408230021", "939840198505200014", "CAN110081080310"
	for _, c := range []struct {
		name  string
		base  *schemas.Base
		pairs []string
		want  map[string]string
	}{
		{"one hop", orgs(), []string{"org_code:X K"}, map[string]string{"org_code:X": "K"}},
		{"a chain over kinds", orgs(), []string{"org_code:X K", "tax_no:T org_code:X"}, map[string]string{"org_code:X": "K", "tax_no:T": "K"}},
		{"one code with two entities", orgs(), []string{"org_code:X K", "org_code:X L", "tax_no:T org_code:X"},
			map[string]string{"org_code:X": "disputed", "tax_no:T": "disputed"}},
		{"two ways to one entity", orgs(), []string{"org_code:X K", "tax_no:T org_code:X", "tax_no:T K"}, map[string]string{"org_code:X": "K", "tax_no:T": "K"}},
		{"nobody knows the code inside", orgs(), []string{"tax_no:T org_code:X"}, map[string]string{"org_code:X": "unlinked", "tax_no:T": "unlinked"}},
		{"old, newer, newest", persons(), []string{old + " " + mid, mid + " " + now}, map[string]string{old: now, mid: now}},
		{"a circle", persons(), []string{old + " " + mid, mid + " " + old, now + " " + old},
			map[string]string{old: "circular", mid: "circular", now: "circular"}},
		{"a permit's row names the later number", persons(), []string{now + " " + permit}, map[string]string{permit: now}},
		{"the card of 2004 and that of 2023", persons(), []string{card + " " + foreign}, map[string]string{card: foreign}},
		{"a card whose row names the later one", persons(), []string{foreign + " " + card}, map[string]string{card: foreign}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, resolve(Compile(c.base, sound), c.pairs...)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestResolveProperties: order and repetition do not matter, what is resolved stays resolved,
// and a number is linked exactly where one own key can be reached and no circle.
func TestResolveProperties(t *testing.T) {
	p := Compile(orgs(), sound)
	names := []string{"K", "L", "M", "org_code:A", "org_code:B", "tax_no:S", "tax_no:T"}
	rapid.Check(t, func(rt *rapid.T) {
		var pairs []string
		for range rapid.IntRange(0, 9).Draw(rt, "pairs") {
			pairs = append(pairs, rapid.SampledFrom(names).Draw(rt, "alias")+" "+rapid.SampledFrom(names).Draw(rt, "key"))
		}
		got := resolve(p, pairs...)
		if diff := cmp.Diff(slowly(p, pairs), got); diff != "" {
			rt.Fatalf("%v (-slow +got):\n%s", pairs, diff)
		}
		shuffled := append(slices.Clone(pairs), pairs...)
		rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed"))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(got, resolve(p, shuffled...)); diff != "" {
			rt.Fatalf("%v in another order, twice:\n%s", pairs, diff)
		}
		for alias, key := range got {
			if schemas.LinkWhy(0).String() == key || len(key) == 1 && got[key] != "" {
				rt.Fatalf("%v: %s is linked to %s, which is linked on", pairs, alias, key)
			}
		}
	})
}

// slowly is the definition: follow every pair from every number.
func slowly(p *Program, pairs []string) map[string]string {
	next := map[string][]string{}
	seen := map[string]bool{}
	for _, s := range pairs {
		a, k, _ := strings.Cut(s, " ")
		seen[a], seen[k] = true, true
		if a != k {
			keys := [][]byte{[]byte(a), []byte(k)}
			from, to := p.Direct(keys, schemas.LinkPair{Alias: 0, Key: 1})
			next[string(keys[from])] = append(next[string(keys[from])], string(keys[to]))
		}
	}
	out := map[string]string{}
	for n := range seen {
		ends, circular := map[string]bool{}, false
		var follow func(at string, path []string)
		follow = func(at string, path []string) {
			if slices.Contains(path, at) {
				circular = true
				return
			}
			if len(next[at]) == 0 {
				ends[at] = true
			}
			for _, to := range next[at] {
				follow(to, append(slices.Clone(path), at))
			}
		}
		follow(n, nil)
		end := ""
		for e := range ends {
			end = e
		}
		switch {
		case circular:
			out[n] = "circular"
		case len(ends) > 1:
			out[n] = "disputed"
		case !p.Own([]byte(end)):
			out[n] = "unlinked"
			if p.Own([]byte(n)) {
				delete(out, n)
			}
		case end != n:
			out[n] = end
		}
	}
	return out
}

// TestFamilies compares with plain closure over random joins.
func TestFamilies(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var f Families
		set := map[uint64]map[uint64]bool{}
		for range rapid.IntRange(0, 60).Draw(rt, "joins") {
			a, b := rapid.Uint64Range(0, 40).Draw(rt, "a"), rapid.Uint64Range(0, 40).Draw(rt, "b")
			f.Join(a, b)
			all := map[uint64]bool{a: true, b: true}
			for _, x := range []uint64{a, b} {
				for y := range set[x] {
					all[y] = true
				}
			}
			for x := range all {
				set[x] = all
			}
		}
		f.Seal()
		for h := range uint64(45) {
			id, ok := f.Of(h)
			if ok != (set[h] != nil) {
				rt.Fatalf("%d is in a family: %v", h, ok)
			}
			if ok {
				got := f.Append(nil, id)
				if len(got) != len(set[h]) || slices.ContainsFunc(got, func(x uint64) bool { return !set[h][x] }) {
					rt.Fatalf("family of %d: %v, want %v", h, got, set[h])
				}
			}
		}
	})
}
