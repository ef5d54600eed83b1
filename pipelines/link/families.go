package link

import "slices"

// Families are sets of numbers, by the keyed hash of their keys, that have to be looked at
// together. They are built by one goroutine; a sealed one is read by many.
type Families struct {
	// slots is an open hash table from hash to node plus 1; hashes are uniform already.
	slots  []int32
	hashes []uint64
	parent []int32 // by node; after Seal the family
	nodes  []int32 // nodes by family, after Seal
	ends   []int32 // of each family in nodes
}

// Join says that two numbers belong together.
func (f *Families) Join(a, b uint64) {
	x, y := f.root(f.node(a)), f.root(f.node(b))
	if x != y {
		f.parent[max(x, y)] = min(x, y)
	}
}

func (f *Families) root(n int32) int32 {
	for f.parent[n] != n {
		f.parent[n] = f.parent[f.parent[n]]
		n = f.parent[n]
	}
	return n
}

// node is the node of a hash, made if there is none.
func (f *Families) node(hash uint64) int32 {
	if at := f.find(hash); at >= 0 {
		return at
	}
	if len(f.hashes)*2 >= len(f.slots) {
		f.slots = make([]int32, max(64, 2*len(f.slots)))
		for i, h := range f.hashes {
			f.put(h, int32(i))
		}
	}
	n := int32(len(f.hashes))
	f.hashes, f.parent = append(f.hashes, hash), append(f.parent, n)
	f.put(hash, n)
	return n
}

func (f *Families) put(hash uint64, node int32) {
	mask := uint64(len(f.slots) - 1)
	at := hash & mask
	for f.slots[at] != 0 {
		at = (at + 1) & mask
	}
	f.slots[at] = node + 1
}

func (f *Families) find(hash uint64) int32 {
	if len(f.slots) == 0 {
		return -1
	}
	mask := uint64(len(f.slots) - 1)
	for at := hash & mask; f.slots[at] != 0; at = (at + 1) & mask {
		if n := f.slots[at] - 1; f.hashes[n] == hash {
			return n
		}
	}
	return -1
}

// Seal ends building: families get numbers from 0.
func (f *Families) Seal() {
	n := len(f.hashes)
	number := make([]int32, n)
	families := int32(0)
	for i := range n { // A root is the least node of its family, so it comes first.
		if r := f.root(int32(i)); r == int32(i) {
			number[i] = families
			families++
		} else {
			number[i] = number[r]
		}
	}
	f.parent = number
	f.nodes, f.ends = make([]int32, n), make([]int32, families)
	for i := range f.nodes {
		f.nodes[i] = int32(i)
	}
	slices.SortStableFunc(f.nodes, func(a, b int32) int { return int(number[a] - number[b]) })
	for i, node := range f.nodes {
		f.ends[number[node]] = int32(i + 1)
	}
}

// Len is the number of families.
func (f *Families) Len() int { return len(f.ends) }

// Hashes are those of all numbers. They are shared.
func (f *Families) Hashes() []uint64 { return f.hashes }

// Of is the family of a number, false if it has none.
func (f *Families) Of(hash uint64) (family int32, ok bool) {
	if f == nil {
		return 0, false
	}
	if n := f.find(hash); n >= 0 {
		return f.parent[n], true
	}
	return 0, false
}

// Append appends the hashes of a family.
func (f *Families) Append(dst []uint64, family int32) []uint64 {
	start := int32(0)
	if family > 0 {
		start = f.ends[family-1]
	}
	for _, node := range f.nodes[start:f.ends[family]] {
		dst = append(dst, f.hashes[node])
	}
	return dst
}
