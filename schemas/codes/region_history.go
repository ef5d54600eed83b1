package codes

import (
	"slices"
	"strings"
)

// FirstYear is the year in which the history begins; resident ID numbers were first issued in 1984.
const FirstYear = 1981

// RegionStatus says what the history knows of the region in a resident ID number.
type RegionStatus uint8

// The statuses, from good to bad. Only RegionUnknown is an error: bureaus have issued numbers with codes of their own.
const (
	RegionListed   RegionStatus = iota // in force in some year from the birth (or 1981) to today
	RegionEarlier                      // in force before the birth only
	RegionUnlisted                     // never in force, in a province that exists
	RegionUnknown                      // in no province at all
)

// InForce reports whether a code was in force at the end of a year.
func (r *Regions) InForce(code []byte, year int) bool {
	_, ok := r.at(code, year)
	return ok
}

// Issued judges the six digits of a citizen's number: a number was given out in some year from birth to today, and the
// county was in force then. The year in which a county ended counts. Numbers do not begin with 71 (台湾省): its
// residents get permits of their own kind.
func (r *Regions) Issued(code []byte, birth, today int) RegionStatus {
	rows := r.byCode[string(code)]
	if len(code) != 6 || len(rows) == 0 || string(code[:2]) == "71" {
		if len(code) >= 2 && r.province(code) {
			return RegionUnlisted
		}
		return RegionUnknown
	}
	for _, i := range rows {
		row := &r.rows[i]
		if row.From <= today && (row.Until == 0 || row.Until >= max(birth, FirstYear)) {
			return RegionListed
		}
	}
	return RegionEarlier
}

// province reports whether the first two digits are those of a province of any year.
func (r *Regions) province(code []byte) bool {
	p := [6]byte{code[0], code[1], '0', '0', '0', '0'}
	return len(r.byCode[string(p[:])]) > 0
}

// Name gives the name that a code had at the end of a year.
func (r *Regions) Name(code []byte, year int) (string, bool) {
	i, ok := r.at(code, year)
	if !ok {
		return "", false
	}
	return r.rows[i].Name, true
}

// FullName gives the name with those of province and city before it, as 江苏省南京市鼓楼区.
func (r *Regions) FullName(code []byte, year int) (string, bool) {
	i, ok := r.at(code, year)
	if !ok {
		return "", false
	}
	return r.fullName(&r.rows[i]), true
}

func (r *Regions) fullName(row *Region) string {
	if len(row.Code) != 6 || row.Code[2:] == "0000" {
		return row.Name
	}
	province := ""
	for _, i := range r.byCode[row.Code[:2]+"0000"] {
		province = r.rows[i].Name
	}
	return province + row.City + row.Name
}

// Current gives the codes in force today of what a code meant in a year: itself, one successor, or several when the
// place was divided, sorted. For a year in which the code was not in force the next later meaning counts, then the
// last one. For a person, ask for the year of birth or 1984, when the first numbers were issued, whichever is later. A
// dissolved prefecture and an unknown code give none. The slice belongs to the history. Current does not allocate.
func (r *Regions) Current(code []byte, year int) []string {
	rows := r.byCode[string(code)]
	if len(rows) == 0 {
		return nil
	}
	for _, i := range rows {
		if row := &r.rows[i]; row.Until == 0 || year < row.Until {
			return r.became(i, year)
		}
	}
	return r.became(rows[len(rows)-1], 0)
}

func (r *Regions) became(i, year int) []string {
	of := r.current[i]
	k := len(of) - 1
	for of[k].from > year {
		k--
	}
	return of[k].codes
}

// Resolve gives the one code in force today for what a code meant in a year. When the place was divided, only the city
// that all parts share is certain, or the province, and exact is false; code is empty when there is none.
func (r *Regions) Resolve(code []byte, year int) (current string, exact bool) {
	parts := r.Current(code, year)
	if len(parts) == 0 {
		return "", false
	}
	if len(parts) == 1 {
		return parts[0], true
	}
	for wider := r.group(parts[0]); wider != ""; wider = r.group(wider) {
		prefix := strings.TrimSuffix(strings.TrimSuffix(wider, "00"), "00")
		if !slices.ContainsFunc(parts, func(c string) bool { return !strings.HasPrefix(c, prefix) }) {
			return wider, false
		}
	}
	return "", false
}

// County gives the six digits of a statistical division code of nine (街道) or twelve (居委会, 村委会) digits, as feeds
// carry them in columns of regions; every other cell is given back as it is.
func County(cell []byte) []byte {
	if len(cell) != 9 && len(cell) != 12 {
		return cell
	}
	for _, c := range cell {
		if c < '0' || c > '9' {
			return cell
		}
	}
	return cell[:6]
}
