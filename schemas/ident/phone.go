package ident

// Phone reads a telephone number: a mobile number, area code and number of a landline, a number of 400 or 800. Hyphens
// and the country code stay as they are written.
func (f *Forms) Phone(cell []byte) (Document, Reason) {
	d := Document{kind: KindPhone}
	if r := d.fold(cell); r != OK {
		return Document{}, r
	}
	d.key = d.n
	switch text := d.text[:d.n]; {
	case filler(text):
		return Document{}, Filler
	case !f.PhoneForm(text):
		return Document{}, f.misfit(KindPhone, text)
	}
	return d, OK
}

// PhoneForm reports whether a text has the form of one telephone number: 11 digits of a mobile number from 13 to 19, 10
// of 400 and 800, seven or eight of a landline with area code and extension or without; 86 may stand before it. Others
// pass when the table has a form for them. A nil table has none.
func (f *Forms) PhoneForm(text []byte) bool {
	if phoneForm(text) {
		return true
	}
	if f == nil || len(f.byKind[KindPhone]) == 0 || len(text) > maxDocument {
		return false
	}
	_, ok := f.match(KindPhone, text)
	return ok
}

func phoneForm(b []byte) bool {
	if len(b) > 3 && b[0] == '+' && b[1] == '8' && b[2] == '6' {
		b = b[3:]
	} else if len(b) == 13 && b[0] == '8' && b[1] == '6' {
		b = b[2:]
	}
	if len(b) == 11 && b[0] == '1' && b[1] >= '3' && b[1] <= '9' && digits(b) {
		return true
	}
	if len(b) == 10 && (b[0] == '4' || b[0] == '8') && b[1] == '0' && b[2] == '0' && digits(b) {
		return true
	}
	return landline(b)
}

// landline is [0 and two or three digits [-]] seven or eight digits [- extension], the local number not beginning with
// 0 or 1.
func landline(b []byte) bool {
	if len(b) > 0 && b[0] == '0' {
		area := 3
		if len(b) > 2 && b[1] > '2' { // 010 and 02x have three digits, the others four.
			area = 4
		}
		if len(b) < area || !digits(b[:area]) {
			return false
		}
		b = b[area:]
		if len(b) > 0 && b[0] == '-' {
			b = b[1:]
		}
	}
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	if n < 7 || n > 8 || b[0] < '2' {
		return false
	}
	rest := b[n:]
	return len(rest) == 0 || len(rest) > 1 && len(rest) < 8 && rest[0] == '-' && digits(rest[1:])
}
