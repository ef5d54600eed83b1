package normalize

import (
	"strings"
	"unicode/utf8"

	"jiku/schemas/codes"
)

// regionNames finds the divisions that an address begins with. It is not changed after it was
// made.
type regionNames struct {
	// full are the names as they stand in the table, short the names without the word for the
	// level of provinces and cities; each with the codes that have it.
	full, short map[string][]string
	// within is the place where a name that occurs in several is looked for first.
	within string
}

// shortened are the words for levels that are left out in speech, the longest first.
var shortened = []string{"特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "地区", "省", "市", "盟"}

func newRegionNames(table *codes.Table, within string) *regionNames {
	n := &regionNames{full: map[string][]string{}, short: map[string][]string{}, within: within}
	for e := range table.All() {
		if len(e.Code) != 6 {
			continue
		}
		n.full[e.Label] = append(n.full[e.Label], e.Code)
		if regionLevel(e.Code) == levelCounty {
			continue
		}
		for _, word := range shortened {
			if name, ok := strings.CutSuffix(e.Label, word); ok && utf8.RuneCountInString(name) > 1 {
				n.short[name] = append(n.short[name], e.Code)
				break
			}
		}
	}
	return n
}

// The levels of GB/T 2260.
const (
	levelProvince = 1
	levelCity     = 2
	levelCounty   = 3
)

func regionLevel(code string) int {
	switch {
	case strings.HasSuffix(code, "0000"):
		return levelProvince
	case strings.HasSuffix(code, "00"):
		return levelCity
	}
	return levelCounty
}

// inside is what the codes of the divisions inside one begin with.
func inside(code string) string {
	if code == "" {
		return ""
	}
	return code[:2*regionLevel(code)]
}

// find gives the smallest division that an address names, and the rest of the address. A name
// without the word for its level counts only where a full one of a place inside it follows:
// 上海路 is no place of 上海.
func (n *regionNames) find(address []byte) (code string, rest []byte) {
	for regionLevelOf(code) < levelCounty {
		next, size := n.fullAt(address, code)
		if size == 0 {
			if next, size = n.shortAt(address, code, 2); size == 0 {
				break
			}
		}
		code, address = next, address[size:]
	}
	return code, address
}

func regionLevelOf(code string) int {
	if code == "" {
		return 0
	}
	return regionLevel(code)
}

// longestRegion is how many bytes the longest names have that are looked for.
const longestRegion = 3 * 15

// fullAt finds the longest full name at the beginning of b that means one place inside scope.
func (n *regionNames) fullAt(b []byte, scope string) (code string, size int) {
	runes := 0
	for i := 0; i < len(b) && i < longestRegion; {
		r, width := utf8.DecodeRune(b[i:])
		i += width
		runes++
		switch r {
		case '省', '市', '区', '县', '旗', '州', '盟', '域':
			if scope == "" && runes < 3 { // 城区 and 郊区 are everywhere.
				continue
			}
			if c := n.only(n.full[string(b[:i])], scope); c != "" {
				code, size = c, i
			}
		}
	}
	return code, size
}

// shortAt finds names without their levels, at most so many, and the full name after them.
func (n *regionNames) shortAt(b []byte, scope string, most int) (code string, size int) {
	for i, runes := 0, 0; i < len(b) && runes < 5; runes++ {
		_, width := utf8.DecodeRune(b[i:])
		i += width
		if runes < 1 {
			continue
		}
		c := n.only(n.short[string(b[:i])], scope)
		if c == "" {
			continue
		}
		if found, more := n.fullAt(b[i:], c); more > 0 {
			return found, i + more
		}
		if most > 1 {
			if found, more := n.shortAt(b[i:], c, most-1); more > 0 {
				return found, i + more
			}
		}
	}
	return "", 0
}

// only gives the one code inside a scope; where there are several, the one within the feed's
// own place.
func (n *regionNames) only(list []string, scope string) string {
	found, own, several, ownSeveral := "", "", false, false
	for _, code := range list {
		if !strings.HasPrefix(code, inside(scope)) {
			continue
		}
		several, found = several || found != "", code
		if n.within != "" && strings.HasPrefix(code, n.within) {
			ownSeveral, own = ownSeveral || own != "", code
		}
	}
	switch {
	case found != "" && !several:
		return found
	case own != "" && !ownSeveral:
		return own
	}
	return ""
}
