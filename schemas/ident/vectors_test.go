package ident

import (
	"strings"
	"testing"
)

// reveal is the common face of the identifiers for tables of cases.
type revealer interface{ Reveal() string }

type vector struct {
	name, cell, want string
	reason           Reason
}

func run[T revealer](t *testing.T, cases []vector, parse func([]byte) (T, Reason)) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v, r := parse([]byte(c.cell))
			if r != c.reason {
				t.Fatalf("reason %q, want %q", r, c.reason)
			}
			want := c.want
			if want == "" && r == OK {
				want = c.cell
			}
			if v.Reveal() != want {
				t.Fatalf("got %q, want %q", v.Reveal(), want)
			}
		})
	}
}

// The numbers that do not begin with 39 are the examples printed in GB 11643 and specimens.
func TestResidentIDVectors(t *testing.T) {
	run(t, []vector{
		{name: "standard example", cell: "11010519491231002X"},
		{name: "standard example 1880", cell: "440524188001010014"},
		{name: "male", cell: "390101196504300012"},
		{name: "female", cell: "390101196504300020"},
		{name: "fifteen digits", cell: "390101650430001", want: "390101196504300012"},
		{name: "fifteen digits centenarian", cell: "390101981231997", want: "390101189812319975"},
		{name: "sequence 996", cell: "390101981231996", want: mustCheck("39010118981231996")},
		{name: "sequence 995", cell: "390101981231995", want: mustCheck("39010119981231995")},
		{name: "leap day", cell: "390101200402290123"},
		{name: "X", cell: "39010119880808002X"},
		{name: "lower-case x", cell: "39010119880808002x", want: "39010119880808002X"},
		{name: "full width", cell: "３９０１０１１９８８０８０８００２Ｘ", want: "39010119880808002X"},
		{name: "Cyrillic Ha", cell: "39010119880808002Х", want: "39010119880808002X"},
		{name: "Greek Chi", cell: "39010119880808002Χ", want: "39010119880808002X"},
		{name: "multiplication sign", cell: "39010119880808002×", want: "39010119880808002X"},
		{name: "star for X", cell: "39010119880808002*", want: "39010119880808002X"},
		{name: "star for a digit", cell: "39010119650430001*", reason: Masked},
		{name: "look-alike for a digit", cell: "39010119650430001Х", reason: Character},
		{name: "masked", cell: "390101********0012", reason: Masked},
		{name: "masked with X", cell: "390101XXXXXXXX0012", reason: Masked},
		{name: "blanks around", cell: "\ufeff\u3000 390101196504300012\t\u00a0", want: "390101196504300012"},
		{name: "blanks between", cell: "390101 19650430 0012", want: "390101196504300012"},
		{name: "blanks between fifteen", cell: "390101 650430001", reason: Character},
		{name: "apostrophe", cell: "'390101196504300012", want: "390101196504300012"},
		{name: "decimal zero", cell: "390101650430001.0", want: "390101196504300012"},
		{name: "abolished county", cell: "110224196504300010"},
		{name: "check digit", cell: "390101196504300013", reason: Checksum},
		{name: "no 29 February 1900", cell: mustCheck("39010119000229001"), reason: Date},
		{name: "no 31 September", cell: mustCheck("39010120210931001"), reason: Date},
		{name: "zero date", cell: mustCheck("39010100000000001"), reason: Date},
		{name: "year 1799", cell: mustCheck("39010117991231001"), reason: Date},
		{name: "year 2100", cell: mustCheck("39010121000101001"), reason: Date},
		{name: "fifteen no date", cell: "390101650431001", reason: Date},
		{name: "Hong Kong", cell: "810000199408230021"},
		{name: "Taiwan", cell: "830000199201300022"},
		{name: "Macau", cell: "820000199001010010"},
		{name: "no such permit region", cell: mustCheck("81010119940823002"), reason: Region},
		{name: "no such permit", cell: mustCheck("84000019940823002"), reason: Region},
		{name: "permit of fifteen", cell: "810000940823002", reason: Region},
		{name: "region of zero", cell: mustCheck("01010119650430001"), reason: Region},
		{name: "foreigner specimen", cell: "911124198108030024"},
		{name: "foreigner USA", cell: "939840198505200014"},
		{name: "foreigner Japan", cell: "939392199006070044"},
		{name: "foreigner of fifteen", cell: "939840850520001", reason: Region},
		{name: "empty", cell: "", reason: Empty},
		{name: "blank", cell: " \u3000", reason: Empty},
		{name: "scientific", cell: "3.90101E+17", reason: Scientific},
		{name: "rounded", cell: "390101196504300000", reason: Rounded},
		{name: "seventeen", cell: "39010119650430001", reason: Truncated},
		{name: "sixteen", cell: "3901011965043000", reason: Truncated},
		{name: "seventeen without a date", cell: "39010119659930001", reason: Length},
		{name: "ones", cell: "111111111111111111", reason: Filler},
		{name: "ones of the first generation", cell: "111111111111111", reason: Filler},
		{name: "few zeros", cell: "000000", reason: Filler},
		{name: "nines and X", cell: "99999999999999999X", reason: Filler},
		{name: "ten thousand letters", cell: strings.Repeat("X", 10000), reason: Length},
		{name: "very long", cell: "390101196504300012390101196504300012", reason: Length},
		{name: "letter", cell: "39010119650430O012", reason: Character},
		{name: "Chinese", cell: "身份证号码三九零一零一一九六五零四", reason: Length},
		{name: "control character", cell: "39010119880808002\x01", reason: Truncated},
		{name: "credit code", cell: "91390100MA39X0A12F", reason: CreditCode},
		{name: "registration number", cell: "390100110000011", reason: RegistrationNumber},
		{name: "counting", cell: "123456789012345678", reason: Filler},
	}, ParseResidentID)
}

// mustCheck completes 17 digits that SynthesizeResidentID would rightly refuse.
func mustCheck(digits17 string) string {
	return digits17 + string(idCheck((*[18]byte)([]byte(digits17+"0"))))
}

func TestResidentIDParts(t *testing.T) {
	type parts struct {
		birth           uint32
		sex             byte
		region, holder  string
		fixed, upgraded bool
	}
	cases := map[string]parts{
		"390101196504300012":  {19650430, '1', "390101", HolderCitizen, false, false},
		"390101196504300020 ": {19650430, '2', "390101", HolderCitizen, true, false},
		"390101981231997":     {18981231, '1', "390101", HolderCitizen, false, true},
		"810000199408230021":  {19940823, '2', "810000", HolderHKMacau, false, false},
		"830000199201300022":  {19920130, '2', "830000", HolderTaiwan, false, false},
		"939840198505200014":  {19850520, '1', "939840", HolderForeigner, false, false},
	}
	for cell, want := range cases {
		id, _ := ParseResidentID([]byte(cell))
		region := id.Region()
		got := parts{id.Birth(), id.Sex(), string(region[:]), id.Holder(), id.Fixed, id.Upgraded}
		if got != want {
			t.Errorf("%s: got %+v, want %+v", cell, got, want)
		}
	}
	id, _ := ParseResidentID([]byte("939392199006070044"))
	if c, ok := id.Country(); !ok || string(c[:]) != "392" {
		t.Errorf("country %s %v", c, ok)
	}
	id, _ = ParseResidentID([]byte("390101650430001"))
	if _, ok := id.Country(); ok {
		t.Error("a citizen's number names a country")
	}
	if got := string(id.AppendShort(nil)); got != "390101650430001" {
		t.Errorf("short form %s", got)
	}
}

func TestPermitIDVectors(t *testing.T) {
	run(t, []vector{
		{name: "specimen", cell: "CAN110081080310"},
		{name: "lower case", cell: "can110081080310", want: "CAN110081080310"},
		{name: "check digit", cell: "CAN110081080311", reason: Checksum},
		{name: "no date", cell: "CAN1100810832" + "1" + string(mrzCheck([]byte("CAN11008108321"))), reason: Date},
		{name: "short", cell: "CAN11008108031", reason: Truncated},
		{name: "shorter", cell: "CAN1100810803", reason: Length},
		{name: "card of 2023", cell: "939840198505200014", reason: ResidentNumber},
		{name: "digits for letters", cell: "390101650430001", reason: Character},
		{name: "letters for digits", cell: "CANA10081080310", reason: Character},
		{name: "masked", cell: "CAN1100******10", reason: Masked},
	}, ParsePermitID)
	if p, _ := ParsePermitID([]byte("CAN110081080310")); string(p.chars[:3]) != "CAN" || p.Country() != [3]byte{'C', 'A', 'N'} {
		t.Error("country of a permit")
	}
}

func TestValidDate(t *testing.T) {
	cases := map[uint32]bool{
		20000229: true, 19000229: false, 20240229: true, 20230229: false, 20210931: false, 0: false, 99991231: true,
		20210001: false, 20211301: false, 20210100: false, 20211232: false, 18800101: true, 4294967295: false, 101: false,
		10101: true, 20210430: true, 20210431: false, 20211130: true, 20210631: false,
		20211131: false, 20210229: false, 20211031: true,
	}
	for d, want := range cases {
		if got := ValidDate(d); got != want {
			t.Errorf("ValidDate(%d) = %v", d, got)
		}
	}
}
