package codes

// RegionMove says how a region code leads to a division that is in force.
type RegionMove uint8

// The moves.
const (
	RegionLost    RegionMove = iota // The code was never in use, as far as is known.
	RegionSame                      // The division is in force.
	RegionMoved                     // It became one other division.
	RegionDivided                   // It became several, or was dissolved: only the city or province is certain.
	RegionOffice                    // It stands for a registrar, a development zone or all districts of a city, within the division given.
)

// officeTable is the table of codes in use beside GB/T 2260; its groups are divisions.
const officeTable = "region_office"

// WithOffices gives the history with another table of registrars and zones: their codes lead to the groups.
func (r *Regions) WithOffices(t *Table) *Regions {
	out := *r
	out.offices = t
	return &out
}

// Today gives the division in force for what a six-digit code meant in a year, as Resolve does, for counts by the
// divisions of today. Where nothing but the city or province is certain, that is what it gives, and how is
// RegionDivided. Codes of registrars and zones lead to the division that they lie in.
func (r *Regions) Today(code []byte, year int) (current string, how RegionMove) {
	if len(r.byCode[string(code)]) == 0 {
		return r.office(code)
	}
	current, exact := r.Resolve(code, year)
	switch {
	case current == "":
		// Dissolved: its counties went to several places, all in the same province.
		if current = r.group(string(code)); current == "" {
			return "", RegionLost
		}
		return current, RegionDivided
	case !exact:
		return current, RegionDivided
	case current == string(code):
		return current, RegionSame
	default:
		return current, RegionMoved
	}
}

func (r *Regions) office(code []byte) (string, RegionMove) {
	if r.offices == nil {
		return "", RegionLost
	}
	i, ok := r.offices.byCode[string(code)]
	if !ok || r.offices.entries[i].Group == "" {
		return "", RegionLost
	}
	return r.offices.entries[i].Group, RegionOffice
}

// Registered judges the six digits of a registrar, in a unified social credit code (GB 32100) or a registration
// number (GS15): they say where a body was registered first, so that divisions of any year, registrars of their own
// and zones are all right, and 100000 is the national bureau. What is in no table is a warning, since municipal bureaus use codes of
// their own; only a province that does not exist is an error.
func (r *Regions) Registered(code []byte) RegionStatus {
	if string(code) == "100000" || len(r.byCode[string(code)]) > 0 {
		return RegionListed
	}
	if _, how := r.office(code); how == RegionOffice {
		return RegionListed
	}
	if len(code) == 6 && r.province(code) {
		return RegionUnlisted
	}
	return RegionUnknown
}
