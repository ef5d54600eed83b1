package city

import "testing"

// TestLives looks for what cannot be in lives and organizations.
func TestLives(t *testing.T) {
	w, err := newWorld(Options{Persons: 4 * blockPersons, Seed: 2, Days: 60})
	if err != nil {
		t.Fatal(err)
	}
	last := w.first + day(w.days)
	wrong := map[string]int{}
	divorces := 0
	for i := range w.blocks() {
		b := w.block(i)
		for j := range b.people {
			p := &b.people[j]
			divorces += checkLife(b, p, last, wrong)
		}
		for j := range b.orgs {
			checkOrg(b, &b.orgs[j], wrong)
		}
	}
	for what, n := range wrong {
		t.Errorf("%s: %d", what, n)
	}
	if divorces == 0 {
		t.Error("nobody divorces while the city is watched")
	}
}

func checkLife(b *block, p *person, last day, wrong map[string]int) (divorces int) {
	end := day(0)
	for _, c := range p.changes() {
		if end != 0 {
			wrong["something happens after death or leaving"]++
		}
		switch {
		case c.on < p.birth:
			wrong["something happens before birth"]++
		case c.what == died || c.what == left:
			end = c.on
		case c.what == married && c.on.age(p.birth) < 20:
			wrong["a marriage before twenty"]++
		case c.what == divorced && c.on >= b.world.first:
			divorces++
		case c.what == employed && c.n >= 0 && c.on < b.orgs[c.n].founded:
			wrong["employed before the employer was founded"]++
		}
	}
	if p.spouse >= 0 {
		a, o := p.at(last), b.people[p.spouse].at(last)
		if a.died == 0 && o.died == 0 && a.gone == 0 && o.gone == 0 && (a.marital != o.marital || a.wed != o.wed) {
			wrong["spouses who say different things"]++
		}
		if a.died == 0 && o.died != 0 && a.gone == 0 && a.marital == maritalMarried {
			wrong["married to somebody who is dead"]++
		}
	}
	return divorces
}

func checkOrg(b *block, o *org, wrong map[string]int) {
	ended := false
	for _, c := range o.changes() {
		if ended || c.on < o.founded {
			wrong["an organization changes before it is founded or after its end"]++
		} else if c.what == revoked || c.what == deregistered {
			ended = true
		}
	}
	if o.permit != 0 && o.permit < o.founded {
		wrong["a permit before the foundation"]++
	}
	if o.parent >= 0 && o.founded < b.orgs[o.parent].founded {
		wrong["a branch older than its parent"]++
	}
	for kind := range recordKinds {
		if rec, ok := b.world.record(o, kind); ok && o.at(rec.on).status != 1 {
			wrong["a record of an organization that has ended"]++
		}
	}
}

// TestTruthHasNoGaps wants the times of an entity to follow each other.
func TestTruthHasNoGaps(t *testing.T) {
	w, err := newWorld(Options{Persons: blockPersons, Seed: 6, Days: 60})
	if err != nil {
		t.Fatal(err)
	}
	b := w.block(0)
	for i := range b.people {
		p := &b.people[i]
		end := day(0)
		w.spans(p.days(), [2]day{p.since, open}, func(from, until day) {
			if from >= until || end != 0 && from != end {
				t.Fatal("times that overlap, or leave days out")
			}
			end = until
		})
		if end != open {
			t.Fatal("the last time does not last")
		}
	}
}
