package ident

// RepairUSCC reads letters that GB 32100 leaves out because they look like digits (O, I, S, Z), and B, Q, D where
// only digits can stand, as those digits. It is for feeds that declare it: the result counts only when the check
// character and that of the organization code inside both hold, which chance gives once in 341, and when it is the
// only one that does. A code that needs no repair is given as ParseUSCC gives it; one that repair does not help keeps
// its first reason. The cell stays what it was: a repaired code is marked.
func RepairUSCC(cell []byte) (USCC, Reason) {
	code, r := ParseUSCC(cell)
	if r != Character && r != Checksum {
		return code, r
	}
	var f folded
	fold(&f, cell)
	f.dropHyphens()
	found, n := repairs(&f)
	switch n {
	case 0:
		return USCC{}, r
	case 1:
		return found[0], OK
	}
	return USCC{}, Ambiguous
}

// repairs gives the codes that a cell of 18 characters can be read as, at most two.
func repairs(f *folded) (found [2]USCC, n int) {
	if f.n != 18 {
		return found, 0
	}
	b := [18]byte(f.b[:18])
	altered := false
	for i, c := range b {
		if d := missingLetter(c); d != 0 {
			b[i], altered = d, true
		} else if d := digitLike(c); d != 0 && i >= 2 && i < 8 {
			b[i], altered = d, true
		}
	}
	try := func(chars [18]byte) {
		if creditCodeChecks(chars[:]) {
			found[n] = USCC{chars: chars, Fixed: true, Repaired: true}
			n++
		}
	}
	if altered {
		try(b)
	}
	// No category is a letter, but the alphabet has these: both readings are looked at.
	if d := digitLike(b[1]); d != 0 {
		b[1] = d
		try(b)
	}
	return found, n
}

// missingLetter is the digit that a letter outside the alphabet looks like, or 0. V looks like none.
func missingLetter(c byte) byte {
	switch c {
	case 'O':
		return '0'
	case 'I':
		return '1'
	case 'S':
		return '5'
	case 'Z':
		return '2'
	}
	return 0
}

// digitLike is the digit that a letter of the alphabet is taken for where only digits can stand, or 0.
func digitLike(c byte) byte {
	switch c {
	case 'B':
		return '8'
	case 'Q', 'D':
		return '0'
	}
	return 0
}
