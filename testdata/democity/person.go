package main

import "jiku/schemas/ident"

// maxPersons keeps the birth dates of the demo below the 500 numbers that a day, sex and
// county have.
const maxPersons = 2_000_000

// person is somebody who does not exist, with what is true of them on the day before the
// first slot and what happens to them in the month after it.
type person struct {
	id          ident.ResidentID
	name        string
	former      string
	male        bool
	birth       day
	ethnic      string // GB/T 3304
	hukou, home place
	marital     string // GB/T 2261.2
	married     day
	education   string // GB/T 4658
	employer    int    // index in city.orgs, -1 for none
	phone       string
	dead        day
	event       event
	moved       place
}

// event is what happens to a person in October 2026.
type event byte

const (
	nothing event = iota
	arrives       // Born or registered: only in the second slot.
	leaves        // Deregistered: not in the second slot.
	moves
	renames
	marries
	divorces
	dies
)

// number writes the ID number.
func (p *person) number() string { return string(p.id.AppendTo(nil)) }

// short writes the number as it was before 1999; whoever was born after that has none, for
// 15 digits do not tell the century.
func (p *person) short() string {
	if p.birth >= 20000101 {
		return ""
	}
	return string(p.id.AppendShort(nil))
}

func (p *person) age(on day) int {
	age := on.year() - p.birth.year()
	if on%10000 < p.birth%10000 {
		age--
	}
	return age
}

// did reports whether something happened to the person in October, as far as it can have.
func (p *person) did(e event) bool {
	switch {
	case p.event != e:
		return false
	case e == marries:
		return p.marital != "20"
	case e == divorces:
		return p.marital == "20"
	}
	return true
}

// news is what the police register of the second slot says that the first did not.
func (p *person) news() string {
	return map[event]string{arrives: "new in October", moves: "moved in October", renames: "renamed in October", dies: "died in October"}[p.event]
}

// here reports whether the person is in the population on the day of a slot.
func (p *person) here(slot day) bool {
	return !(p.event == arrives && slot == firstSlot || p.event == leaves && slot == secondSlot)
}

// sexCode is the code of GB/T 2261.1.
func (p *person) sexCode() string {
	if p.male {
		return "1"
	}
	return "2"
}
