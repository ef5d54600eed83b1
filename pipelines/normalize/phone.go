package normalize

import "unicode/utf8"

// readPhone appends the digits of the first telephone number in b to out and gives what
// comes after it, from the first character that is no blank or bracket. A number is written
// in runs of digits with blanks, hyphens and brackets between them; it ends where it is
// complete or where anything else follows.
func readPhone(out, b []byte) (number, rest []byte) {
	area := 0
	for len(b) > 0 {
		c, size := narrow(b)
		if !isDigit(c) {
			if len(out) > 0 && !joins(c, b) {
				return out, b
			}
			b = b[max(size, runeLen(b)):]
			continue
		}
		if complete(out, area) {
			return out, b
		}
		start := len(out)
		for ; isDigit(c); c, size = narrow(b) {
			out = append(out, c)
			b = b[size:]
		}
		if start == 0 {
			out = cutCountry(out)
			area = areaCode(out)
		}
	}
	return out, nil
}

// joins reports a character that may stand between the runs of one number.
func joins(c byte, b []byte) bool {
	return c == '-' || c == '(' || c == ')' || c == '+' || blankAt(b) > 0
}

// cutCountry drops the country code of China from the first run of digits: alone, or before a
// number with which it is written in one. A later run that looks like it is part of the number.
func cutCountry(run []byte) []byte {
	for _, code := range []string{"0086", "86"} {
		n := len(code)
		if len(run) >= n && string(run[:n]) == code && (len(run) == n || len(run) >= n+10) {
			return append(run[:0], run[n:]...)
		}
	}
	return run
}

// areaCode is the length of the area code when the first run is one, or begins with one:
// 010 and 02x have three digits, the others four.
func areaCode(run []byte) int {
	switch {
	case len(run) == 0 || run[0] != '0':
		return 0
	case len(run) <= 4:
		return len(run)
	case run[1] == '1' || run[1] == '2':
		return 3
	}
	return 4
}

// complete reports whether the digits so far are a whole number: a mobile number or one of
// 400 and 800 has 11 and 10 digits, a subscriber's number at least 7.
func complete(b []byte, area int) bool {
	switch {
	case len(b) == 0:
		return false
	case area == 0 && b[0] == '1':
		return len(b) >= 11
	case len(b) >= 3 && (string(b[:3]) == "400" || string(b[:3]) == "800"):
		return len(b) >= 10
	}
	return len(b)-area >= 7
}

func runeLen(b []byte) int {
	_, size := utf8.DecodeRune(b)
	return size
}

func countDigits(b []byte) int {
	n := 0
	for len(b) > 0 {
		if c, _ := narrow(b); isDigit(c) {
			n++
		}
		b = b[runeLen(b):]
	}
	return n
}
