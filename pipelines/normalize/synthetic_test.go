package normalize

import (
	"hash/maphash"
	"regexp"
	"slices"
	"sync"
	"testing"

	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// sample is how many numbers of a synthetic form are drawn, and how jiku reads them.
type sample struct {
	form  string // the pattern in the table of synthetic forms begins with it
	count uint32
	limit uint32                            // how many there are
	draw  func(dst []byte, n uint32) []byte // for n below limit
	via   string                            // the normalizer; empty for phones and what is plain text
	args  schemas.Settings                  // of the normalizer
	at    int                               // where the province stands, -1 where none does
}

// day gives the n-th of 24,000 days: 1 to 28 of the months of 1940 to 2011.
func day(n uint32) uint32 { return (1940+n/336)*10_000 + (1+n/28%12)*100 + 1 + n%28 }

const (
	days     = 24_000
	counties = 100
	people   = days * counties * 1000
)

func resident(dst []byte, n uint32) []byte {
	return ident.AppendResidentID(dst, n/1000/days, day(n/1000%days), n%1000)
}

func document(kind ident.Kind, form, via string) sample {
	s := sample{form: form, count: 65_000, limit: ident.SyntheticDocuments(kind), via: via, at: 2,
		draw: func(dst []byte, n uint32) []byte { return ident.AppendDocument(dst, kind, n) }}
	if via == "id_document" {
		s.args = schemas.Settings{"kinds": []any{kind.String()}}
	}
	return s
}

// samples are ten million numbers of every form.
func samples() []sample {
	const offices = 100
	county := func(f func(dst []byte, county, n uint32) []byte) func([]byte, uint32) []byte {
		return func(dst []byte, n uint32) []byte { return f(dst, n%offices, n/offices) }
	}
	list := []sample{
		{`39\d{4}[12]\d{10}[\dX]`, 1_500_000, people, resident, "resident_id", nil, 0},
		{`8[123]39`, 600_000, 3 * days * 30_000, func(dst []byte, n uint32) []byte {
			return ident.AppendPermit(dst, 81+n%3, day(n/3%days), n/3/days)
		}, "resident_id", nil, 2},
		{`939`, 600_000, days * 1000, func(dst []byte, n uint32) []byte {
			return ident.AppendForeignID(dst, 840, day(n/1000), n%1000)
		}, "permanent_residence", nil, 1},
		{`39\d{4}[12]\d{10}[\dX][1-7]`, 400_000, people, func(dst []byte, n uint32) []byte {
			return append(resident(dst, n), '1'+byte(n%7), '1'+byte(n%4))
		}, "disability_certificate", nil, 0},
		{`[0-9A-HJ-NP-RTUW-Y]{2}39`, 1_500_000, ident.SyntheticBodies, func(dst []byte, n uint32) []byte {
			return ident.AppendUSCC(dst, []string{"91", "92", "52", "N2"}[n%4], n%10_000, n)
		}, "uscc", nil, 2},
		{`W39`, 700_000, ident.SyntheticBodies, ident.AppendOrgCode, "org_code", nil, 1},
		{`39\d{13}`, 700_000, 1e8, county(ident.AppendRegNo), "reg_no", nil, 0},
		{`39\d{11}`, 500_000, 1e8, county(ident.AppendOldRegNo), "reg_no", nil, 0},
		{`39\d{4}W39`, 600_000, 1e8, county(ident.AppendTaxNo), "tax_no", nil, 0},
		{`39\d{4}001001GB`, 300_000, 1e9, county(ident.AppendEstateUnit), "real_estate_unit", nil, 0},
		{`120`, 600_000, 1e8, ident.AppendMobile, "", nil, -1},
		{`03901`, 300_000, 1e7, ident.AppendLandline, "", nil, 1},
		{`示[A`, 400_000, ident.SyntheticPlates, ident.AppendPlate, "", nil, -1},
		{`JY`, 200_000, 1e8, county(func(dst []byte, at, n uint32) []byte {
			return ident.AppendFoodPermit(dst, 1+at%3, at, n)
		}), "", nil, 3},
		{`110`, 200_000, 1e8, county(ident.AppendDoctor), "", nil, 3},
		{`39\d{10}`, 400_000, 1e9, ident.AppendAccount, "", nil, 0},
		{`示\p`, 100_000, 1e9, func(dst []byte, n uint32) []byte {
			return ident.AppendDecision(dst, "市监罚", 2000+n%40, n/40)
		}, "", nil, -1},
		{`（`, 100_000, 1e9, func(dst []byte, n uint32) []byte {
			return ident.AppendCourtCase(dst, n%50, 2000+n/50%40, n/2000)
		}, "", nil, -1},
		{`示（`, 100_000, 1e8, func(dst []byte, n uint32) []byte {
			return ident.AppendEstateCertificate(dst, "示例市", 2000+n%40, n/40)
		}, "", nil, -1},
	}
	return append(list,
		document(ident.KindPassport, "E[IO]", "passport"), document(ident.KindPublicPassport, "PX", "passport"),
		document(ident.KindServicePassport, "SX", "passport"), document(ident.KindDiplomaticPassport, "DX", "passport"),
		document(ident.KindHKMacauPermit, "[HM]X", "hk_macau_permit"), document(ident.KindTaiwanPermit, "TX", "taiwan_permit"),
		document(ident.KindHKMacauTravel, "CX", "id_document"), document(ident.KindTaiwanTravel, "LX", "id_document"),
		document(ident.KindHKPassport, "KX", "id_document"), document(ident.KindMacauPassport, "MP", "id_document"),
		document(ident.KindForeignPassport, "FX", "foreign_passport"), document(ident.KindBirth, "UX", "birth_certificate"))
}

// national has the shipped code tables and no city.
var national = sync.OnceValue(codes.National)

// demoEnv is what the built-in synthetic city knows.
var demoEnv = sync.OnceValue(func() Env {
	cat, err := schemas.LoadCatalogue(schemas.BuiltIn(), schemas.Known{})
	if err != nil {
		panic(err)
	}
	return Env{Table: cat.Codes.Table, Regions: cat.Codes.Regions, Forms: cat.Forms}
})

// formOf finds the form of a sample; every form has one sample alone.
func formOf(t *testing.T, forms []ident.SyntheticForm, s sample) ident.SyntheticForm {
	t.Helper()
	var best ident.SyntheticForm
	for _, f := range forms {
		if len(f.Form) >= len(s.form) && f.Form[:len(s.form)] == s.form && (best.Form == "" || f.Form == s.form) {
			best = f
		}
	}
	if best.Form == "" {
		t.Fatalf("no synthetic form begins with %s", s.form)
	}
	return best
}

// TestSyntheticNumbers draws ten million synthetic numbers of all forms: each has its stated form, occurs once, is of
// province 39 where it names one, can be no real person's, is accepted in the synthetic city and nowhere else.
func TestSyntheticNumbers(t *testing.T) {
	forms, total := ident.Synthetic(), uint32(0)
	sampled := map[string]bool{}
	for _, s := range samples() {
		form := formOf(t, forms, s)
		if sampled[form.Form] {
			t.Errorf("two samples of %s", form.Form)
		}
		sampled[form.Form] = true
		total += s.count
		t.Run(form.Kind, func(t *testing.T) {
			t.Parallel()
			testSample(t, s, form)
		})
	}
	if len(sampled) != len(forms) || total < 10_000_000 {
		t.Errorf("%d numbers of %d forms, want ten million of %d", total, len(sampled), len(forms))
	}
}

// nth is the argument of the i-th number: neighbors from 0 on, where most mistakes show, then all over the range. The
// stride is a prime, so that no argument comes back.
func (s sample) nth(i uint32) uint32 {
	const stride = 2654435761
	half := s.count / 2
	if i < half {
		return i
	}
	return half + uint32(uint64(i-half)*stride%uint64(s.limit-half))
}

func testSample(t *testing.T, s sample, form ident.SyntheticForm) {
	var (
		pattern        = regexp.MustCompile(`^(?:` + form.Form + `)$`)
		seed           = maphash.MakeSeed()
		hashes         = make([]uint64, 0, s.count)
		buf            []byte
		inside, abroad = reading(t, s, form, demoEnv()), reading(t, s, form, Env{Table: national().Table})
		real           = listed(t)
	)
	for i := range s.count {
		n := s.nth(i)
		buf = s.draw(buf[:0], n)
		hashes = append(hashes, maphash.Bytes(seed, buf))
		switch {
		case !pattern.Match(buf):
			t.Fatalf("number %d is not of the form %s", n, form.Form)
		case s.at >= 0 && string(buf[s.at:s.at+2]) != ident.SyntheticProvince:
			t.Fatalf("number %d is not of province 39", n)
		case !inside(buf):
			t.Fatalf("number %d is refused in the synthetic city", n)
		case refusable(form) && abroad(buf):
			t.Fatalf("number %d is accepted outside the synthetic city", n)
		case real(buf):
			t.Fatalf("number %d may be of a real person or firm", n)
		}
	}
	slices.Sort(hashes)
	if got := len(slices.Compact(hashes)); got != int(s.count) {
		t.Errorf("%d different numbers, want %d", got, s.count)
	}
}

// refusable reports the forms that jiku refuses outside the synthetic city. The regions of resident ID numbers and credit
// codes are flagged there (resident_id.region, region.known), never refused; plain text has no form.
func refusable(form ident.SyntheticForm) bool {
	switch form.Kind {
	case "uscc":
		return false
	case "resident_id":
		return form.Known == ident.ByNumbers
	}
	return form.Known != ident.AsText
}

// reading tells whether jiku takes a number as it stands, with what env knows.
func reading(t *testing.T, s sample, form ident.SyntheticForm, env Env) func([]byte) bool {
	if form.Kind == "phone" {
		phone := compiled(t, sample{via: "phone"}, env)
		return func(number []byte) bool { return phone(number) && env.Forms.PhoneForm(number) }
	}
	if s.via == "" {
		return func([]byte) bool { return true }
	}
	return compiled(t, s, env)
}

func compiled(t *testing.T, s sample, env Env) func([]byte) bool {
	t.Helper()
	var c Cell
	f, err := registry[s.via].Compile(s.args, nil, env)
	if err != nil {
		t.Fatal(err)
	}
	return func(number []byte) bool {
		c.begin(number)
		f(&c)
		if c.State == schemas.Void && c.reason == nil {
			t.Fatalf("%s refuses without a reason", s.via)
		}
		return c.State == schemas.Valued && string(c.Text) == string(number)
	}
}

// listed tells whether a number reads as a citizen's or an organization's of a region that there is.
func listed(t *testing.T) func([]byte) bool {
	t.Helper()
	regions, err := national().Regions()
	if err != nil {
		t.Fatal(err)
	}
	known, err := newAtlas(Env{Table: national().Table})
	if err != nil {
		t.Fatal(err)
	}
	return func(number []byte) bool {
		if code, r := ident.ParseUSCC(number); r == ident.OK {
			region := code.Region()
			return known.Province(region[:2])
		}
		id, r := ident.ParseResidentID(number)
		if r != ident.OK || id.Holder() == ident.HolderForeigner {
			return false
		}
		region := id.Region()
		return regions.Issued(region[:], int(id.Birth()/10_000), 2026) == codes.RegionListed
	}
}

// Forms of the city's declaration are those of the table: one is not changed without the other.
func TestSyntheticCity(t *testing.T) {
	cat, err := schemas.LoadCatalogue(schemas.BuiltIn(), schemas.Known{})
	if err != nil {
		t.Fatal(err)
	}
	var want []schemas.Number
	for _, f := range ident.Synthetic() {
		if f.Known == ident.ByNumbers {
			want = append(want, schemas.Number{Kind: f.Kind, Pattern: f.Form, Reason: f.Reason})
		}
	}
	if !slices.Equal(cat.City.Numbers, want) {
		t.Errorf("the city declares\n%v\nwant\n%v", cat.City.Numbers, want)
	}
}
