package link

import "jiku/schemas"

// Resolve finds the canonical key of each number of a family from the pairs that claims in
// force state. Order and repetition of numbers and pairs do not matter.
func (p *Program) Resolve(keys [][]byte, pairs []schemas.LinkPair) []schemas.LinkEnd {
	r := resolution{next: make([][]int32, len(keys)), ends: make([]int32, len(keys)), state: make([]byte, len(keys))}
	for _, pair := range pairs {
		if pair.Alias != pair.Key {
			from, to := p.Direct(keys, pair)
			r.next[from] = append(r.next[from], to)
		}
	}
	for i := range keys {
		r.walk(int32(i))
	}
	out := make([]schemas.LinkEnd, len(keys))
	for i := range keys {
		end := r.ends[i]
		switch own := p.Own(keys[i]); {
		case end == several:
			out[i] = schemas.LinkEnd{To: int32(i), Why: schemas.Disputed}
		case end == circle:
			out[i] = schemas.LinkEnd{To: int32(i), Why: schemas.Circular}
		case p.Own(keys[end]):
			out[i] = schemas.LinkEnd{To: end}
		case !own:
			out[i] = schemas.LinkEnd{To: int32(i), Why: schemas.Unlinked}
		default:
			out[i] = schemas.LinkEnd{To: int32(i)}
		}
	}
	return out
}

// What a number leads to instead of one end. A circle is stronger: whatever else can be
// reached, what is said cannot be true.
const (
	several int32 = -1
	circle  int32 = -2
)

// resolution walks the directed pairs depth first with a stack of its own: chains may be
// long where a registry repeats a number.
type resolution struct {
	next  [][]int32
	ends  []int32
	state []byte // 0 unseen, 1 at work, 2 done
	stack []frame
}

type frame struct{ node, at int32 }

func (r *resolution) walk(start int32) {
	if r.state[start] != 0 {
		return
	}
	r.push(start)
	for len(r.stack) > 0 {
		f := &r.stack[len(r.stack)-1]
		if int(f.at) == len(r.next[f.node]) {
			r.state[f.node] = 2
			r.stack = r.stack[:len(r.stack)-1]
			if len(r.stack) > 0 {
				r.take(r.stack[len(r.stack)-1].node, r.ends[f.node])
			}
			continue
		}
		to := r.next[f.node][f.at]
		f.at++
		switch r.state[to] {
		case 0:
			r.push(to)
		case 1: // A circle: everything on the stack from there on is in it.
			for i := len(r.stack) - 1; i >= 0; i-- {
				r.ends[r.stack[i].node] = circle
				if r.stack[i].node == to {
					break
				}
			}
		default:
			r.take(f.node, r.ends[to])
		}
	}
}

const none int32 = -3

func (r *resolution) push(n int32) {
	r.state[n], r.ends[n] = 1, none
	if len(r.next[n]) == 0 {
		r.ends[n] = n
	}
	r.stack = append(r.stack, frame{node: n})
}

// take adds an end to those of a number.
func (r *resolution) take(n, end int32) {
	switch was := r.ends[n]; {
	case was == circle, was == end:
	case end == circle, was == none:
		r.ends[n] = end
	default:
		r.ends[n] = several
	}
}
