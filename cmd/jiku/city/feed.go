package city

// cadence is how often a department sends.
type cadence uint8

const (
	monthly cadence = iota // on the first of each month
	weekly
	daily
)

// content says what kind of text a column has, and so which mistakes can happen to it.
type content uint8

const (
	other     content = iota
	personKey         // a resident ID number that keys the row
	orgKey            // a unified social credit code that keys the row
	personRef         // a resident ID number that is an item
	orgRef            // a unified social credit code that is an item
	personName
	orgName
	birthDay
	anyDay
	sexCode
	code
	wording // a code as the department words it
	region
	address
	phone
	amount
	stateWord
	untilDay // the end of a period
)

// column is a column of a feed as its department calls it.
type column struct {
	name string
	item string // of the base; blank for the key and for what jiku does not read
	of   content
}

// feed is how one department sends one kind of row. Files feed_*.go have one each.
type feed struct {
	name      string
	path      string // under the landing directory, with %s for the slot
	form      form
	every     cadence
	snapshot  bool
	manifest  bool
	columns   []column
	coverage  int                           // of 10,000 entities that it should have
	careless  int                           // how many times as many mistakes as the mix says, in percent
	lag       int                           // days until it hears of a change, on average
	missed    int                           // of 10,000 changes that it never hears of
	visits    int                           // of 10,000 entities of which it sends a row again in a slot, with or without news
	hears     uint32                        // changes that make a row of a delta: a set of what, or of orgWhat
	stale     int                           // of 10,000 entities that it has as they were at first
	living    func(*person, *state) bool    // rows that only the living should have
	also      func(*sheet, *org, *orgState) // labels what is wrong with a row that is right in itself
	copies    *feed                         // whose mistakes in names it repeats, as it fills them in from there
	authority bool                          // it knows the numbers that persons have now
	rows      func(b *block, s *sheet)

	// Filled by prepare.
	key           int // the column that has a person's number as key, -1 for none
	salt, lagSalt salt
	mix           mix
	slots         []slot
}

// slot is one delivery that a feed makes.
type slot struct {
	of    day
	knows day // the last day of which it can tell: the evening before
	since day // the last day of which the slot before told; 0 for the first
	fault *fault
}

// sending are all feeds, in the order in which they are written.
func sending() []*feed {
	household, medical := policeHousehold(), medicalEnrolment()
	medical.copies = household
	return []*feed{
		household, policeMigrant(), migrationPermit(), civilMarriage(), civilRelief(), civilFuneral(), healthDeath(),
		educationRoll(), hrEmployment(), hrPension(), medical, housingFund(), disabledCard(), veteranRegister(), streetResident(),
		marketRegistration(), marketStatus(), staffingOrg(), civilSociety(), justiceFirm(), otherRegistry(), taxTaxpayer(), hrEmployer(), streetShop(),
		foodPermit(), healthDoctor(), healthBirth(), hrTitle(), estateCertificate(), policeVehicle(),
		marketPenalty(), marketAbnormal(), courtEnforcement(), taxAbnormal(), creditRepair(),
	}
}

// prepare gives a feed its chance, its mix of mistakes and its slots.
func (f *feed) prepare(w *world) {
	f.salt, f.lagSalt = salted(w.seed, f.name), salted(w.seed, f.name+" hears")
	f.mix = newMix(f)
	f.key = -1
	for i, c := range f.columns {
		if c.of == personKey {
			f.key = i
		}
	}
	f.slots = nil
	last := day(0)
	for d := w.first; d <= w.first+day(w.days); d++ {
		if d != w.first && !f.due(d, w) {
			continue
		}
		f.slots = append(f.slots, slot{of: d, knows: d - 1, since: last})
		last = d - 1
	}
	for _, fault := range faults {
		if n := fault.nth; fault.feed == f.name && n < len(f.slots) && fault.possible(w) {
			f.slots[n].fault = &fault
			if fault.kind == kindResent && n > 0 {
				f.slots[n].knows, f.slots[n].since = f.slots[n-1].knows, f.slots[n-1].since
				if n+1 < len(f.slots) {
					f.slots[n+1].since = f.slots[n].knows
				}
			}
		}
	}
}

func (f *feed) due(d day, w *world) bool {
	switch f.every {
	case daily:
		return true
	case weekly:
		return (d-w.first)%7 == 0
	}
	return d.civil()%100 == 1
}
