package main

import (
	"strings"

	"jiku/schemas/ident"
)

// answer is what jiku and the other program say about a value.
type answer struct {
	value  string
	reason ident.Reason // of jiku, OK when it takes the value
	fixed  bool         // jiku read it as another value
	old    bool         // jiku made 18 digits of 15
	theirs string       // ok, or the other's word for what is wrong
}

// category is a kind of difference with its explanation.
type category struct {
	name, why string
	has       func(a answer) bool
}

// agrees reports whether both take a value or both refuse it. place is the last thing that python-stdnum looks at: it
// has a list of counties, and province 39 is in no list.
func (a answer) agrees() bool {
	return (a.reason == ident.OK) == (a.theirs == "ok" || a.theirs == "place")
}

// mine are differences in which jiku takes the value.
var mine = []category{
	{"15 digits", "jiku upgrades the number of 15 digits, the other knows 18 only", func(a answer) bool { return a.old && a.theirs == "length" }},
	{"spelling", "jiku folds width, blanks, case, look-alikes of X and a spreadsheet's apostrophe", func(a answer) bool { return a.fixed }},
	{"department letter", "the first two characters may be letters (departments A, N, Y; others are a warning), the other takes digits only", func(a answer) bool {
		return a.theirs == "format" && len(a.value) == 18 && strings.ContainsAny(a.value[:2], "ABCDEFGHJKLMNPQRTUWXY")
	}},
}

// theirs are differences in which the other takes the value.
var theirs = []category{
	{"another year", "jiku takes birth years from 1800 to 2099", func(a answer) bool {
		return a.reason == ident.Date && len(digitsOf(a.value)) >= 17 && (digitsOf(a.value)[6:8] < "18" || digitsOf(a.value)[6:8] > "20")
	}},
	{"day of no month", "the other takes 31 days in every month", func(a answer) bool {
		return a.reason == ident.Date
	}},
	{"region", "jiku knows that no region begins with 0, that permits have one region each, and that 15 digits have no permit", func(a answer) bool {
		return a.reason == ident.Region
	}},
	{"credit code", "jiku names a credit code of digits alone that passes both its check characters", func(a answer) bool {
		return a.reason == ident.CreditCode
	}},
	{"registration number", "15 digits with no possible date and a right MOD 11,10 are named as what they are", func(a answer) bool {
		return a.reason == ident.RegistrationNumber
	}},
	{"filler", "jiku refuses numbers of one digit and numbers that count", func(a answer) bool { return a.reason == ident.Filler }},
	{"letters", "the other cuts the parts out of 15 characters without looking whether they are digits", func(a answer) bool {
		return a.reason == ident.Character && len(a.value) == 15
	}},
}

// digitsOf is a value without what is no digit.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// explain finds the category of a difference; ok is false when there is none.
func explain(a answer) (c category, ok bool) {
	list := mine
	if a.reason != ident.OK {
		list = theirs
	}
	for _, c := range list {
		if c.has(a) {
			return c, true
		}
	}
	return category{}, false
}
