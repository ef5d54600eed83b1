package reconcile

// entry points to a claim by its key's hash: chunk and place in it.
type entry struct {
	hash  uint64
	chunk uint32
	at    uint32
}

// sortEntries sorts a by hash: by radix from the byte at shift down, as hashes are uniform,
// and by insertion where few are left. b is as long as a; the two are filled in turn, and
// the sorted entries end in a if home is set, in b otherwise.
func sortEntries(a, b []entry, shift int, home bool) {
	const few = 32
	for len(a) > few && shift >= 0 {
		var ends [257]int32
		for i := range a {
			ends[int(byte(a[i].hash>>shift))+1]++
		}
		if int(ends[int(byte(a[0].hash>>shift))+1]) == len(a) {
			shift -= 8 // all have one digit: a worker often has one bucket
			continue
		}
		for d := 1; d < 256; d++ {
			ends[d] += ends[d-1]
		}
		for i := range a {
			d := byte(a[i].hash >> shift)
			b[ends[d]] = a[i]
			ends[d]++
		}
		start := int32(0)
		for d := range 256 { // ends[d] is now the end of digit d
			if end := ends[d]; end > start {
				sortEntries(b[start:end], a[start:end], shift-8, !home)
				start = end
			}
		}
		return
	}
	if shift >= 0 {
		insertionSort(a)
	}
	if !home {
		copy(b, a)
	}
}

func insertionSort(a []entry) {
	for i := 1; i < len(a); i++ {
		e := a[i]
		j := i
		for ; j > 0 && a[j-1].hash > e.hash; j-- {
			a[j] = a[j-1]
		}
		a[j] = e
	}
}
