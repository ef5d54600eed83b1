package judge

import (
	"fmt"
	"strconv"
	"strings"

	"jiku/schemas"
)

// comparison compares values of an item as texts.
type comparison struct {
	item *schemas.Item
	by   schemas.Comparator
}

func newComparison(it *schemas.Item) (*comparison, error) {
	by, err := schemas.ComparatorFor(it)
	return &comparison{it, by}, err
}

// relation compares a value with the true one. A true value that is not written as golden rows
// write it is an error, which does not repeat it.
func (c *comparison) relation(value, truth string) (schemas.Relation, error) {
	if value == truth {
		return schemas.Equal, nil
	}
	if c.item.Type.Textual() {
		return c.by.Text([]byte(value), []byte(truth)), nil
	}
	t, ok := parse(c.item.Type, truth)
	if !ok {
		return schemas.Different, damaged("truth of %s: a value is no %s as golden rows write it", c.item.Name, c.item.Type)
	}
	v, ok := parse(c.item.Type, value)
	if !ok {
		return schemas.Different, nil
	}
	return c.by.Int(v, t), nil
}

// parse is the way back from schemas.FormatInt; zeros behind a decimal change nothing.
func parse(t schemas.Type, text string) (int64, bool) {
	var (
		v   int64
		err error
	)
	switch t {
	case schemas.TypeDate:
		v, err = parseDate(text)
	case schemas.TypeDecimal:
		whole, part, pointed := strings.Cut(text, ".")
		if pointed && part == "" {
			return 0, false
		}
		if part = strings.TrimRight(part, "0"); part == "" { // 3215.470 is 3215.47.
			text = whole
		} else {
			text = whole + "." + part
		}
		if len(part) > 4 {
			return 0, false
		}
		v, err = strconv.ParseInt(whole+part+strings.Repeat("0", 4-len(part)), 10, 64)
	default:
		v, err = strconv.ParseInt(text, 10, 64)
	}
	return v, err == nil && schemas.FormatInt(t, v) == text
}

func parseDate(text string) (int64, error) {
	if text == schemas.FormatInt(schemas.TypeDate, schemas.OpenDate) {
		return schemas.OpenDate, nil
	}
	digits := strings.ReplaceAll(text, "-", "")
	if len(digits) > 8 {
		return 0, fmt.Errorf("read date: it is too long")
	}
	return strconv.ParseInt(digits+strings.Repeat("0", 8-len(digits)), 10, 64)
}
