package city

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed names.tsv
var namesTSV string

// names draws names by the frequencies in names.tsv.
type names struct {
	surnames, given []string
	bySurname       weighted
	byGiven         weighted
}

func loadNames() (*names, error) {
	var (
		n       names
		weights [2][]int
	)
	for line := range strings.Lines(namesTSV) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("read names.tsv: a line of %d fields, want 3", len(f))
		}
		count, err := strconv.Atoi(f[2])
		if err != nil {
			return nil, fmt.Errorf("read names.tsv: %w", err)
		}
		if f[0] == "surname" {
			n.surnames, weights[0] = append(n.surnames, f[1]), append(weights[0], count)
		} else {
			n.given, weights[1] = append(n.given, f[1]), append(weights[1], count)
		}
	}
	n.bySurname, n.byGiven = newWeighted(weights[0]...), newWeighted(weights[1]...)
	return &n, nil
}

// name is a short text kept in place: persons are many, and their names no garbage.
type name struct {
	text [47]byte
	n    uint8
}

func (n *name) bytes() []byte { return n.text[:n.n] }

func (n *name) empty() bool { return n.n == 0 }

// add appends what fits.
func (n *name) add(s string) {
	if int(n.n)+len(s) <= len(n.text) {
		n.n += uint8(copy(n.text[n.n:], s))
	}
}

// Characters that old systems lose: outside GBK, or outside the basic plane.
var rareChars = []string{"䶮", "㛃", "𫖯", "𬱖", "喆", "堃", "赟", "彧"}

// Syllables for names with a separator, U+00B7 as the 2016 notice on such names demands.
var (
	longGiven  = []string{"阿依努尔", "古丽娜", "艾力", "买买提", "热娜", "扎西", "卓玛", "巴特尔", "其木格", "吐尔逊"}
	longFamily = []string{"阿不都", "艾山", "玉素甫", "卡德尔", "尼玛", "达瓦", "额尔敦", "苏和"}
	latinGiven = []string{"JOHN", "MARY", "DAVID", "ANNA", "KENJI", "YUKI", "MINH", "IVAN", "SOFIA", "LUCAS"}
	latinLast  = []string{"SMITH", "BROWN", "MILLER", "TANAKA", "SUZUKI", "NGUYEN", "PETROV", "GARCIA", "MARTIN", "KIM"}
)

// draw makes the name of a member of a family.
func (n *names) draw(c *chance, surname string) (full name) {
	full.add(surname)
	switch {
	case c.of(rareNames):
		full.add(pick(c, rareChars))
	case c.of(singleGiven):
		full.add(n.given[n.byGiven.draw(c)])
	default:
		full.add(n.given[n.byGiven.draw(c)])
		full.add(n.given[n.byGiven.draw(c)])
	}
	return full
}

func (n *names) surname(c *chance) string { return n.surnames[n.bySurname.draw(c)] }

// longName is a name with a separator.
func longName(c *chance) (full name) {
	full.add(pick(c, longGiven))
	full.add("·")
	full.add(pick(c, longFamily))
	return full
}

func latinName(c *chance) (full name) {
	full.add(pick(c, latinLast))
	full.add(" ")
	full.add(pick(c, latinGiven))
	return full
}
