package normalize

import (
	"fmt"

	"jiku/schemas"
)

// nulls are the null words of a feed. Words are compared with the trimmed cell, as they are.
type nulls struct {
	blank   schemas.State
	words   map[string]schemas.State
	first   [256]bool // bytes that a word begins with: most cells are told by one look
	longest int
}

func compileNulls(n schemas.NullWords) (*nulls, error) {
	out := &nulls{blank: schemas.Unknown, words: map[string]schemas.State{}}
	switch n.Blank {
	case "", "unknown":
	case "none":
		out.blank = schemas.None
	default:
		return nil, fmt.Errorf("read nulls: blank %q: want none or unknown", n.Blank)
	}
	add := func(words []string, state schemas.State) error {
		for _, w := range words {
			t := string(trimCell([]byte(w)))
			if t == "" {
				continue // A blank word says nothing that blank does not.
			}
			if have, ok := out.words[t]; ok && have != state {
				return fmt.Errorf("read nulls: word %q means both none and unknown", t)
			}
			out.words[t] = state
			out.first[t[0]] = true
			out.longest = max(out.longest, len(t))
		}
		return nil
	}
	if err := add(n.None, schemas.None); err != nil {
		return nil, err
	}
	if err := add(n.Unknown, schemas.Unknown); err != nil {
		return nil, err
	}
	return out, nil
}

// find gives the state that a null word stands for.
func (n *nulls) find(cell []byte) (schemas.State, bool) {
	if !n.first[cell[0]] || len(cell) > n.longest {
		return 0, false
	}
	state, ok := n.words[string(cell)]
	return state, ok
}
