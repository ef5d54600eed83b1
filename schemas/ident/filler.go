package ident

// fillerLength is from how many digits on a number of one digit, or one that counts, is no accident.
const fillerLength = 5

// filler reports numbers that are typed to fill a cell: one digit again and again (111111…), or digits that count up
// or down (123456789012345678, 9876543210). Some of them pass the check digit of their kind: nine zeros do as an
// organization code, fifteen ones are a birth on 11 November 1911.
func filler(b []byte) bool {
	if n := len(b); n > fillerLength && b[n-1] == 'X' {
		b = b[:n-1] // Typed on as the check digit.
	}
	if len(b) < fillerLength || !isDigit(b[0]) || !isDigit(b[1]) {
		return false
	}
	step := (b[1] - b[0] + 10) % 10
	if step > 1 && step < 9 {
		return false
	}
	for i := 1; i < len(b); i++ {
		if !isDigit(b[i]) || (b[i]-b[i-1]+10)%10 != step {
			return false
		}
	}
	return true
}

// fillerTail reports letters before digits that fill.
func fillerTail(b []byte) bool {
	for len(b) > 0 && !isDigit(b[0]) {
		b = b[1:]
	}
	return len(b) > fillerLength && filler(b)
}
