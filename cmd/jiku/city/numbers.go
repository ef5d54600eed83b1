package city

import "jiku/schemas/ident"

// number is the number of a person or an organization.
type number [18]byte

// Each block has its own sequences of a county, day and sex, so that blocks need not know of each other.
const (
	poolSize  = 3   // sequences that a block has
	poolSlots = 165 // blocks that can share a county: 3 × 165 of the 497 sequences below 996
	sequences = 497
)

// sequence is the q-th sequence of a sex, in an order that does not look counted.
func sequence(q int, male bool) uint32 {
	n := uint32(q * 193 % sequences * 2) // 193 and 497 have no common divisor.
	if male {
		return n + 1
	}
	return n + 2
}

// digits are the four digits of a county behind the province.
func (c *county) digits() (n uint32) {
	for _, d := range []byte(c.code[2:]) {
		n = n*10 + uint32(d-'0')
	}
	return n
}

func residentNumber(of *county, birth day, seq uint32) (n number) {
	ident.AppendResidentID(n[:0], of.digits(), birth.civil(), seq)
	return n
}

// numbered writes a number that is made of an index.
func (r *row) numbered(with func(to []byte, n uint32) []byte, n int) {
	at := r.open()
	r.text = with(r.text, uint32(n))
	r.close(at)
}

func (r *row) mobile(n uint32) { r.numbered(ident.AppendMobile, int(n)) }

func (r *row) landline(o *org) { r.numbered(ident.AppendLandline, o.index) }

// account is the number of an account, a household or a residence card: the series keeps them apart.
func (r *row) account(series, n int) { r.numbered(ident.AppendAccount, series*1_000_000_000+n) }

// The series of accounts.
const (
	ofHouseholds = iota
	ofPermits
	ofFunds
	ofTitles
)
