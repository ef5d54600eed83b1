package ident

import (
	"testing"

	"pgregory.net/rapid"
)

// What is appended is what the functions with errors make of the same parts.
func TestAppendSynthetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		county := rapid.Uint32Range(0, 9999).Draw(t, "county")
		birth := rapid.Uint32Range(1880, 2030).Draw(t, "year")*10000 + rapid.Uint32Range(1, 12).Draw(t, "month")*100 + rapid.Uint32Range(1, 28).Draw(t, "day")
		seq := rapid.Uint32Range(0, 999).Draw(t, "seq")
		n := rapid.Uint32Range(0, SyntheticBodies-1).Draw(t, "n")
		region := SyntheticProvince + string(appendDigits(nil, county, 4))
		resident, _ := SynthesizeResidentID(region, birth, int(seq))
		foreign, _ := SynthesizeForeignID(string(appendDigits(nil, seq, 3)), birth, int(seq))
		regNo, _ := SynthesizeRegNo(region, n)
		org := string(AppendOrgCode(nil, n))
		orgCode, _ := SynthesizeOrgCode(org[:8])
		uscc, _ := SynthesizeUSCC("91", region, org[:8])
		for _, c := range []struct{ got, want string }{
			{string(AppendResidentID(nil, county, birth, seq)), resident.Reveal()},
			{string(AppendForeignID(nil, seq, birth, seq)), foreign.Reveal()},
			{string(AppendRegNo(nil, county, n)), regNo.Reveal()},
			{org, orgCode.Reveal()},
			{string(AppendUSCC(nil, "91", county, n)), uscc.Reveal()},
			{string(AppendTaxNo(nil, county, n)), region + org},
		} {
			if c.got != c.want {
				t.Errorf("%s is appended, want %s", c.got, c.want)
			}
		}
	})
}

// The first and the last number of each range; one more panics. The text that is there stays.
func TestAppendRanges(t *testing.T) {
	plain := func(f func([]byte, uint32) []byte) func(uint32) []byte {
		return func(n uint32) []byte { return f([]byte("|"), n) }
	}
	for _, c := range []struct {
		name        string
		make        func(n uint32) []byte
		last        uint32
		first, high string
	}{
		{"resident", func(n uint32) []byte { return AppendResidentID([]byte("|"), 101, 19650430, n) }, 999, "390101196504300004", "39010119650430999X"},
		{"permit", func(n uint32) []byte { return AppendPermit([]byte("|"), 83, 19650430, n) }, 99_999, "833900196504300001", "833999196504309999"},
		{"region of a permit", func(n uint32) []byte { return AppendPermit([]byte("|"), 81+n, 19650430, 0) }, 2, "813900196504300008", "833900196504300001"},
		{"county", func(n uint32) []byte { return AppendResidentID([]byte("|"), n, 19650430, 0) }, 9999, "390000196504300002", "399999196504300001"},
		{"organization code", plain(AppendOrgCode), SyntheticBodies - 1, "W39000000", "W39YYYYY4"},
		{"old registration number", func(n uint32) []byte { return AppendOldRegNo([]byte("|"), 101, n) }, 9_999_999, "3901010000000", "3901019999999"},
		{"estate unit", func(n uint32) []byte { return AppendEstateUnit([]byte("|"), 101, n) }, 999_999_999, "390101001001GB00000F00010000", "390101001001GB99999F00019999"},
		{"passport", func(n uint32) []byte { return AppendDocument([]byte("|"), KindPassport, n) }, 19_999_999, "EI390000000", "EO399999999"},
		{"birth certificate", func(n uint32) []byte { return AppendDocument([]byte("|"), KindBirth, n) }, 9_999_999, "UX390000000", "UX399999999"},
		{"mobile", plain(AppendMobile), 99_999_999, "12000000000", "12099999999"},
		{"landline", plain(AppendLandline), 9_999_999, "039010000000", "039019999999"},
		{"plate", plain(AppendPlate), SyntheticPlates - 1, "示A00000", "示ZZZZZZ"},
		{"food permit", func(n uint32) []byte { return AppendFoodPermit([]byte("|"), 1, 101, n) }, 999_999, "JY13901010000002", "JY13901019999995"},
		{"doctor", func(n uint32) []byte { return AppendDoctor([]byte("|"), 101, n) }, 999_999, "110390101000000", "110390101999999"},
		{"estate certificate", func(n uint32) []byte { return AppendEstateCertificate([]byte("|"), "示例市", 2026, n) }, 9_999_999, "示（2026）示例市不动产权第0000000号", "示（2026）示例市不动产权第9999999号"},
	} {
		if got := string(c.make(0)); got != "|"+c.first {
			t.Errorf("%s: the first is %s, want %s", c.name, got, c.first)
		}
		if got := string(c.make(c.last)); got != "|"+c.high {
			t.Errorf("%s: the last is %s, want %s", c.name, got, c.high)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: %d is not refused", c.name, c.last+1)
				}
			}()
			c.make(c.last + 1)
		}()
	}
	if SyntheticDocuments(KindMilitary) != 0 {
		t.Error("military documents are made")
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	buf := make([]byte, 0, 128)
	got := testing.AllocsPerRun(100, func() {
		buf = AppendUSCC(AppendPermit(AppendForeignID(buf[:0], 840, 19650430, 1), 81, 19650430, 1), "91", 101, 39)
		buf = AppendPlate(AppendDocument(AppendEstateUnit(buf[:0], 101, 39), KindPassport, 39), 39)
		buf = AppendCourtCase(AppendDecision(buf[:0], "市监罚", 2026, 39), 101, 2026, 39)
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}

// Every form has what a city's declaration demands, a reason and a title.
func TestSyntheticForms(t *testing.T) {
	for _, f := range Synthetic() {
		kind, known := KindOf(f.Kind)
		if f.Title() == "" || len(f.Reason) < 12 {
			t.Errorf("%s %s: title %q, reason %q", f.Kind, f.Form, f.Title(), f.Reason)
		}
		if f.Known != ByNumbers {
			continue
		}
		if err := (Form{Kind: kind, Pattern: f.Form}).Check(); err != nil || !known || !kind.Open() {
			t.Errorf("%s %s: %v", f.Kind, f.Form, err)
		}
	}
}

// A city's forms are beside the shipped ones, change nothing for other numbers, and let no wrong check digit pass.
func TestAddedForms(t *testing.T) {
	shipped := loadForms(t)
	city, err := shipped.Add([]Form{
		{Kind: KindResidentID, Pattern: `8139\d{2}[12]\d{10}[\dX]`}, {Kind: KindOrgCode, Pattern: `W39\w{6}`},
		{Kind: KindPhone, Pattern: `120\d{8}`}, {Kind: KindPassport, Pattern: `EI39\d{7}`},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind          Kind
		in            string
		without, with Reason
	}{
		{KindResidentID, "813900196504300008", Region, OK},
		{KindResidentID, "８13900 196504300008", Region, OK},
		{KindResidentID, "813900196504300007", Checksum, Checksum},
		{KindResidentID, "833900196504300001", Region, Region},
		{KindResidentID, "81390019651330000X", Date, Date},
		{KindOrgCode, "W39000000", Reserved, OK},
		{KindOrgCode, "w3900000-0", Reserved, OK},
		{KindOrgCode, "W39000001", Checksum, Checksum},
		{KindOrgCode, "PDY00001X", Reserved, Reserved},
		{KindPhone, "12000000001", Length, OK},
		{KindPhone, "13900000139", OK, OK},
		{KindPhone, "12300000001", Length, Character},
		{KindPhone, "12345678901", Filler, Filler},
		{KindPassport, "EI390000001", Length, OK},
		{KindPassport, "E39010128", OK, OK},
		{KindDisability, "81390019650430000842", Region, OK},
	} {
		for f, want := range map[*Forms]Reason{shipped: c.without, city: c.with} {
			if _, r := f.Read(nil, c.kind, []byte(c.in)); r != want {
				t.Errorf("%s %s is %q, want %q (city: %v)", c.kind, c.in, r, want, f == city)
			}
		}
	}
	if class, r := city.Classify([]byte("EI390000001")); class.Kind != KindPassport || r != OK {
		t.Errorf("a passport of the city is a %s, %q", class.Kind, r)
	}
	if _, err := shipped.Add([]Form{{Kind: KindUSCC, Pattern: `9139\w{14}`}}); err == nil {
		t.Error("credit codes take a form")
	}
}
