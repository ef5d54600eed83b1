package ident

import "encoding/binary"

// Eight characters are checked and summed at once, in the bytes of one word: a check of 18 digits is a few
// nanoseconds then, which matters because every row of every feed has at least one.

const (
	lowNibbles  = 0x0F0F0F0F0F0F0F0F
	highNibbles = 0xF0F0F0F0F0F0F0F0
	zeros       = 0x3030303030303030
	sixes       = 0x0606060606060606
)

// eight loads eight characters, the first into the lowest byte.
func eight(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// notDigits is zero when all eight characters are digits; the bytes of digits below the first other one are zero.
func notDigits(x uint64) uint64 {
	return (x&highNibbles ^ zeros) | ((x+sixes)&highNibbles ^ zeros)
}

// base2 reads eight digits as a polynomial at 2: d0·2⁷ + d1·2⁶ + … + d7. The weights of GB 11643 are powers of 2
// modulo 11, so two of these are its whole sum.
func base2(x uint64) uint32 {
	x &= lowNibbles
	x = (x<<1 + x>>8) & 0x00FF00FF00FF00FF
	x = (x<<2 + x>>16) & 0x0000FFFF0000FFFF
	return uint32(x<<4 + x>>32)
}

// validDay8 reports whether eight digits are a day of the years from 1800 to 2099.
func validDay8(x uint64) bool {
	x &= lowNibbles
	x = (x*10 + x>>8) & 0x00FF00FF00FF00FF
	century, year, m, d := uint32(x&0xFF), uint32(x>>16&0xFF), uint32(x>>32&0xFF), uint32(x>>48)
	return century-18 < 3 && m-1 < 12 && d != 0 && (d <= 28 || d <= monthDays(century*100+year, m))
}

// EightDigits is the number that eight digits make, the first of them in the lowest byte. It is false when one of the
// bytes is no digit.
func EightDigits(x uint64) (uint32, bool) {
	n := x & lowNibbles
	n = (n*10 + n>>8) & 0x00FF00FF00FF00FF
	n = (n*100 + n>>16) & 0x0000FFFF0000FFFF
	return uint32(n*10_000 + n>>32), notDigits(x) == 0
}

// digits reports whether all characters are digits.
func digits(b []byte) bool {
	for len(b) >= 8 {
		if notDigits(eight(b)) != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c-'0' <= 9 }
