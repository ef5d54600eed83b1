package city

// class says by which number a person is known and which departments know of them.
type class uint8

const (
	resident  class = iota // registered here: 户籍人口
	migrant                // registered in another city of the province: 流动人口
	permitted              // from Hong Kong, Macau or Taiwan, with a residence permit
	foreign                // with a foreigner's permanent residence card
)

// person is somebody who does not exist, with all that is true of them and when it became so.
type person struct {
	index     int // in the city
	class     class
	male      bool
	number    number
	former    number // the number that the police replaced; blank for most
	second    number // another number that nobody linked; blank for most
	birth     day
	since     day   // when they came under their department's care: birth, registration or arrival
	ethnic    uint8 // GB/T 3304
	education uint8 // GB/T 4658
	nation    uint8 // index in nations, for foreigners
	house     int   // household in the city
	relation  uint8 // GB/T 4761: to the head of the household
	spouse    int16 // index in the block, -1 for nobody
	newName   name  // after a change of name
	latin     name
	traits    traits
	first     state
	history[what]
}

// traits are what does not change in the days that the city is watched.
type traits struct {
	relief, reliefKind day // kind 1 to 3; since when
	disability, level  uint8
	disabled           day
	veteran            uint8 // index in veterans, from 1
	discharged         day
	fund               day // when the housing fund account was opened
	pension            day // when paying in, or drawing, began
	drawing            bool
	insured            bool
	school             uint8 // index in schools, from 1
	doctor, title      day
	estate, vehicle    day
	permitUntil        day // of those from outside the mainland
}

// state is what changes.
type state struct {
	name, former name
	hukou, home  place
	moved        day // since when they live at home
	marital      uint8
	wed          day   // the last registration of marriage or divorce
	employer     int32 // index in the block's organizations, below -1 in world.large; -1 for none
	employed     day
	phone        uint32
	died         day
	gone         day // when they left the register
}

// what says what changed.
type what uint8

const (
	moved     what = iota // of registration and home
	relocated             // of home alone
	renamed
	married
	divorced
	widowed
	employed
	dismissed
	phoned
	died
	left
)

// change is a change in the life of a person: n is the employer or the phone.
type change = changed[what]

// apply is what a change makes of a state.
func (s *state) apply(p *person, c *change) {
	switch c.what {
	case moved:
		s.hukou, s.home, s.moved = c.place, c.place, c.on
	case relocated:
		s.home, s.moved = c.place, c.on
	case renamed:
		s.former, s.name = s.name, p.newName
	case married:
		s.marital, s.wed = maritalMarried, c.on
	case divorced:
		s.marital, s.wed = maritalDivorced, c.on
	case widowed:
		s.marital, s.wed = maritalWidowed, 0
	case employed:
		s.employer, s.employed = c.n, c.on
	case dismissed:
		s.employer, s.employed = -1, 0
	case phoned:
		s.phone = uint32(c.n)
	case died:
		s.died = c.on
	case left:
		s.gone = c.on
	}
}

// Codes of GB/T 2261.2.
const (
	maritalSingle   = 10
	maritalMarried  = 20
	maritalWidowed  = 30
	maritalDivorced = 40
)

// at is the true state on the evening of a day.
func (p *person) at(on day) state {
	s := p.first
	for i := range p.changes() {
		if c := &p.list[i]; c.on <= on {
			s.apply(p, c)
		}
	}
	return s
}

// here reports whether the person is in their department's register on a day.
func (p *person) here(s *state, on day) bool { return p.since <= on && (s.gone == 0 || s.gone > on) }

// sex is the code of GB/T 2261.1.
func (p *person) sex() string {
	if p.male {
		return "1"
	}
	return "2"
}

// aged reports whether the person is of an age, from low to high, on a day.
func (p *person) aged(on day, low, high int) bool {
	age := on.age(p.birth)
	return age >= low && age <= high
}

// houseNo counts households: block by block, as many as a block can have persons.
func (p *person) houseNo() int { return p.house>>16*blockPersons + p.house&0xffff }
