package normalize

import (
	"encoding/binary"

	"jiku/schemas/ident"
)

// eightDigits reads eight digits at once; ok is false when one of them is none. b has at
// least eight bytes.
func eightDigits(b []byte) (n uint32, ok bool) {
	return ident.EightDigits(binary.LittleEndian.Uint64(b))
}

// dashedDay reads 2006-01-02 at the beginning of b, which has at least ten bytes.
func dashedDay(b []byte) (n uint32, ok bool) {
	if b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	w := uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint16(b[5:]))<<32 | uint64(binary.LittleEndian.Uint16(b[8:]))<<48
	return ident.EightDigits(w)
}

// colonClock reads 15:04:05 at the beginning of b, which has at least eight bytes.
func colonClock(b []byte) (n uint32, ok bool) {
	if b[2] != ':' || b[5] != ':' {
		return 0, false
	}
	w := 0x3030<<48 | uint64(binary.LittleEndian.Uint16(b)) | uint64(binary.LittleEndian.Uint16(b[3:]))<<16 | uint64(binary.LittleEndian.Uint16(b[6:]))<<32
	n, ok = ident.EightDigits(w)
	return n / 100, ok
}
