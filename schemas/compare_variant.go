package schemas

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// Traditional, Japanese and compatibility forms of a character are one character in two
// systems, and so are private-use characters and the codes that GB 18030-2022 gave them.
// Values that differ in them only are compatible, not equal: one of them is registered.

//go:embed variants.tsv
var variantTable string

// variantPage is a block of 256 code points.
type variantPage [256]rune

// variantPages are the blocks in which a character has another form, by code point / 256.
var variantPages = sync.OnceValue(func() *[0x324]*variantPage {
	pages := new([0x324]*variantPage)
	put := func(r, to rune) {
		page := &pages[r>>8]
		if *page == nil {
			*page = new(variantPage)
		}
		(*page)[r&0xFF] = to
	}
	for line := range strings.Lines(variantTable) {
		from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		r, _ := utf8.DecodeRuneInString(from)
		v, _ := utf8.DecodeRuneInString(to)
		put(r, v)
	}
	for _, pair := range moreVariants {
		put(pair[0], pair[1])
	}
	return pages
})

// moreVariants are pairs that the table has not: a Japanese form, one that is mistaken for
// another, the 18 characters that GB 18030-2022 moved out of the private use area and the six
// whose characters have codes of four bytes.
var moreVariants = [][2]rune{
	{'戸', '户'}, {'昜', '易'},
	{0xE78D, 0xFE10}, {0xE78E, 0xFE12}, {0xE78F, 0xFE11}, {0xE790, 0xFE13}, {0xE791, 0xFE14}, {0xE792, 0xFE15},
	{0xE793, 0xFE16}, {0xE794, 0xFE17}, {0xE795, 0xFE18}, {0xE796, 0xFE19},
	{0xE81E, 0x9FB4}, {0xE826, 0x9FB5}, {0xE82B, 0x9FB6}, {0xE82C, 0x9FB7}, {0xE832, 0x9FB8}, {0xE843, 0x9FB9},
	{0xE854, 0x9FBA}, {0xE864, 0x9FBB},
	{0xE816, 0x20087}, {0xE817, 0x20089}, {0xE818, 0x200CC}, {0xE831, 0x215D7}, {0xE83B, 0x2298F}, {0xE855, 0x241FE},
	{0xE7C7, 0x1E3F},
}

// foldVariant gives the form of a character under which values are matched.
func foldVariant(r rune) rune {
	pages := variantPages()
	for range 4 { // A form may have a simpler one itself.
		at := int(r >> 8)
		if r < 0 || at >= len(pages) || pages[at] == nil || pages[at][r&0xFF] == 0 {
			return r
		}
		r = pages[at][r&0xFF]
	}
	return r
}
