//go:build !linux

package pipelines

import "errors"

var errFence = errors.New("prism listens on all interfaces and can be fenced to loopback on Linux only: use --runner straight here")

func listeners() (map[int]int, error) { return nil, errFence }

func fence(map[int]int) (int, error) { return 0, errFence }
