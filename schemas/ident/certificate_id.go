package ident

import "bytes"

// certificateRoot is the arc under which electronic certificates are numbered (GB/T 36904-2018).
const certificateRoot = "1.2.156.3005.2."

const maxCertificate = 96

// CertificateID is the identifier of an electronic certificate (电子证照标识, GB/T 36904-2018): who defined the type and
// its sequence, who issued the certificate, its serial number, version and check character.
type CertificateID struct {
	chars [maxCertificate]byte // without the root
	n     uint8
	ends  [4]uint8 // where type, issuer, serial and version end
	Fixed bool     // the cell was written in another way: width, case, blanks, without the root
}

// ParseCertificateID reads the identifier of an electronic certificate, with its root or without it.
func ParseCertificateID(cell []byte) (CertificateID, Reason) {
	var f folded
	fold(&f, cell)
	if r := f.spoiled(); r != OK {
		return CertificateID{}, r
	}
	if f.n > len(f.b) {
		return CertificateID{}, Length
	}
	rest, rooted := bytes.CutPrefix(f.bytes(), []byte(certificateRoot))
	if len(rest) > maxCertificate {
		return CertificateID{}, Length
	}
	c := CertificateID{Fixed: f.changed || !rooted}
	c.n = uint8(copy(c.chars[:], rest))
	if r := c.check(); r != OK {
		return CertificateID{}, r
	}
	return c, OK
}

// check finds the parts and tests them.
func (c *CertificateID) check() Reason {
	b, dots := c.chars[:c.n], 0
	for i, ch := range b {
		if ch != '.' {
			continue
		}
		if dots < len(c.ends) {
			c.ends[dots] = uint8(i)
		}
		dots++
	}
	if dots != len(c.ends) {
		return Length
	}
	kind, issuer, serial, version, last := c.part(0), c.part(1), c.part(2), c.part(3), b[c.ends[3]+1:]
	switch {
	case len(kind) != 21 || len(issuer) != 18 && len(issuer) != 6 || len(serial) == 0 || len(version) != 3:
		return Length
	case len(last) == 0:
		return Truncated
	case len(last) != 1:
		return Length
	case !usccChars(kind[:18]) || !digits(kind[18:]) || !usccChars(issuer) || !orgChars(serial) || !digits(version):
		return Character
	case alnumValues[last[0]] == noValue:
		return Character
	case mod3736(b[:c.ends[3]]) != last[0]:
		return Checksum
	}
	return OK
}

// mod3736 computes the check character of ISO 7064 MOD 37,36 over digits and letters; dots are passed over.
func mod3736(b []byte) byte {
	p := uint32(36)
	for _, c := range b {
		if c == '.' {
			continue
		}
		x := (alnum(c) + p) % 36
		if x == 0 {
			x = 36
		}
		p = 2 * x % 37
	}
	return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37-p)%36]
}

// part is one of type, issuer, serial and version.
func (c *CertificateID) part(i int) []byte {
	from := 0
	if i > 0 {
		from = int(c.ends[i-1]) + 1
	}
	return c.chars[from:c.ends[i]]
}

// Type is the code of the type of certificate: the credit code of who defined it, and three digits.
func (c CertificateID) Type() string { return string(c.part(0)) }

// Issuer is the credit code of who issued the certificate, or the six digits of a region, which are seen too.
func (c CertificateID) Issuer() string { return string(c.part(1)) }

// Serial is the number of the certificate at its issuer.
func (c CertificateID) Serial() string { return string(c.part(2)) }

// Version counts from 1; a later version of the same certificate has a higher one.
func (c CertificateID) Version() int { return int(number(c.part(3))) }

// Valid reports whether the value holds an identifier at all.
func (c CertificateID) Valid() bool { return c.n != 0 }

// Reveal gives the identifier in clear, with its root.
func (c CertificateID) Reveal() string { return string(c.AppendTo(nil)) }

// AppendTo appends the identifier in clear, with its root.
func (c CertificateID) AppendTo(dst []byte) []byte {
	if !c.Valid() {
		return dst
	}
	return append(append(dst, certificateRoot...), c.chars[:c.n]...)
}
