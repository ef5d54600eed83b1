package normalize

import (
	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

var permanentResidenceStep = newIdentStep("permanent_residence", "外国人永久居留身份证号码", ident.Reasons()...)

func init() {
	Register(Spec{
		Name:  "permanent_residence",
		Title: "外国人永久居留身份证号码",
		Doc: "Reads the number of a permanent residence card of foreigners: 18 digits since December 2023, 15 characters " +
			"before. The check digit, the birth date, the province of the application and the country (ISO 3166) must " +
			"hold. The old number cannot be computed into the new one.",
		Examples: []Example{
			{In: "911124198108030024", Out: "911124198108030024"},
			{In: "CAN110081080310", Out: "CAN110081080310"},
			{In: "can110081080310", Out: "CAN110081080310", Reason: "permanent_residence.folded"},
			{In: "939900198505200014", Out: "!", Reason: "permanent_residence.checksum"},
			{In: "911999198108030029", Out: "!", Reason: "permanent_residence.country"},
			{In: "390101196504300012", Out: "!", Reason: "permanent_residence.resident_number"},
			{In: "CAN11008108031", Out: "!", Reason: "permanent_residence.truncated"},
		},
		Reasons: permanentResidenceStep.all(),
		Compile: func(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
			if err := decode(args, &struct{}{}); err != nil {
				return nil, err
			}
			known, err := newAtlas(env)
			if err != nil {
				return nil, err
			}
			return func(c *Cell) {
				value, r := permanentResidence(c.Buffer(), c.Text, known)
				permanentResidenceStep.put(c, value, r)
			}, nil
		},
	})
}

func permanentResidence(dst, cell []byte, known *atlas) ([]byte, ident.Reason) {
	id, r := ident.ParseResidentID(cell)
	if r == ident.OK {
		switch _, foreign := id.Country(); {
		case !foreign:
			r = ident.ResidentNumber
		case known != nil:
			r = id.CheckPlaces(known)
		}
		return id.AppendTo(dst), r
	}
	permit, old := ident.ParsePermitID(cell)
	if old == ident.OK && known != nil {
		old = permit.CheckPlaces(known)
	}
	if old == ident.Length || old == ident.ResidentNumber {
		return dst, r // Of eighteen digits, the reason of the new card says more.
	}
	return permit.AppendTo(dst), old
}

// atlas knows the provinces and countries of the code tables (ident.Places).
type atlas struct {
	provinces map[string]bool
	countries *codes.Table
}

// newAtlas reads the tables region and country; without tables there is none.
func newAtlas(env Env) (*atlas, error) {
	if env.Table == nil {
		return nil, nil
	}
	regions, err := env.Table("region")
	if err != nil {
		return nil, err
	}
	countries, err := env.Table("country")
	if err != nil {
		return nil, err
	}
	a := &atlas{provinces: map[string]bool{}, countries: countries}
	for e := range regions.All() {
		if len(e.Code) == 6 {
			a.provinces[e.Code[:2]] = true
		}
	}
	return a, nil
}

// Province reports whether two digits are those of a province.
func (a *atlas) Province(code []byte) bool { return a.provinces[string(code)] }

// Country reports whether three digits or letters are those of a country.
func (a *atlas) Country(code []byte) bool {
	_, ok := a.countries.Fold(code)
	return ok
}
