package normalize

import "encoding/binary"

// eightDigits reads eight digits at once; ok is false when one of them is none. b has at
// least eight bytes.
func eightDigits(b []byte) (n uint32, ok bool) {
	w := binary.LittleEndian.Uint64(b)
	return joinDigits(w), digitBytes(w)
}

// dashedDay reads 2006-01-02 at the beginning of b, which has at least ten bytes.
func dashedDay(b []byte) (n uint32, ok bool) {
	if b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	w := uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint16(b[5:]))<<32 | uint64(binary.LittleEndian.Uint16(b[8:]))<<48
	return joinDigits(w), digitBytes(w)
}

// colonClock reads 15:04:05 at the beginning of b, which has at least eight bytes.
func colonClock(b []byte) (n uint32, ok bool) {
	if b[2] != ':' || b[5] != ':' {
		return 0, false
	}
	w := 0x3030<<48 | uint64(binary.LittleEndian.Uint16(b)) | uint64(binary.LittleEndian.Uint16(b[3:]))<<16 | uint64(binary.LittleEndian.Uint16(b[6:]))<<32
	return joinDigits(w) / 100, digitBytes(w)
}

// digitBytes reports eight bytes that are all digits: a byte is one when its high half is 3
// and stays it when 6 is added.
func digitBytes(w uint64) bool {
	const high, three, six = 0xF0F0F0F0F0F0F0F0, 0x3030303030303030, 0x0606060606060606
	return w&high == three && (w+six)&high == three
}

// joinDigits joins eight digits, the first of them in the lowest byte, pair by pair.
func joinDigits(w uint64) uint32 {
	w = (w & 0x0F0F0F0F0F0F0F0F) * (10<<8 + 1) >> 8
	w = (w & 0x00FF00FF00FF00FF) * (100<<16 + 1) >> 16
	return uint32((w & 0x0000FFFF0000FFFF) * (10000<<32 + 1) >> 32)
}
