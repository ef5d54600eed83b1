package main

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed names.tsv
var namesTSV string

// names draws names of persons by the frequencies in names.tsv.
type names struct{ surname, given weighted }

func loadNames() names {
	var n names
	for line := range strings.Lines(namesTSV) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 3 {
			continue
		}
		count, err := strconv.Atoi(f[2])
		if err != nil {
			panic(fmt.Sprintf("read names.tsv: %v", err))
		}
		if f[0] == "surname" {
			n.surname.add(f[1], count)
		} else {
			n.given.add(f[1], count)
		}
	}
	return n
}

// Characters that old systems lose: outside GBK, or outside the basic plane.
var rareChars = []string{"䶮", "㛃", "𫖯", "𬱖", "喆", "堃", "赟", "彧"}

// Syllables for names with a separator, U+00B7 as the 2016 notice on such names demands.
var (
	longGiven  = []string{"阿依努尔", "古丽娜", "艾力", "买买提", "热娜", "扎西", "卓玛", "巴特尔", "其木格", "吐尔逊"}
	longFamily = []string{"阿不都", "艾山", "玉素甫", "卡德尔", "尼玛", "达瓦", "额尔敦", "苏和"}
)

const nameDot = "·"

// person draws a name; a child takes the surname of the family.
func (n *names) person(c *chance, surname string) (family, full string) {
	if surname == "" {
		surname = n.surname.draw(c)
	}
	given := n.given.draw(c)
	if c.of(8000) {
		given += n.given.draw(c)
	}
	if c.of(40) {
		given = c.pick(rareChars)
	}
	return surname, surname + given
}

// long draws a name with a separator.
func (n *names) long(c *chance) string { return c.pick(longGiven) + nameDot + c.pick(longFamily) }
