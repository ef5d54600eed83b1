package pipelines_test

import (
	"slices"
	"strings"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
)

// TestRunnersAgree holds law 7 on the small city: the plain loop over memory, the plain
// loop over ClickHouse and Beam on Prism over ClickHouse give equal content, and the two
// that compute themes compute the same ones.
func TestRunnersAgree(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	for _, b := range cat.Bases {
		if !slices.ContainsFunc(want, func(l string) bool { return strings.HasPrefix(l, "golden "+b.Name+" ") }) {
			t.Errorf("the small city leaves no golden row in %s: the comparison says nothing of it", b.Name)
		}
	}
	memory := connectors.NewMemory()
	mustRun(t, config(t, cat, memory, landing))
	same(t, "the plain loop over memory", withoutDerived(want), content(t, cat, memory))

	s := openStore(t)
	c := config(t, cat, s, landing)
	c.Runner = pipelines.Prism
	mustRun(t, c)
	same(t, "Prism over ClickHouse", want, whole(t, cat, s))
}

func withoutDerived(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(l string) bool {
		return strings.HasPrefix(l, "theme_") || strings.HasPrefix(l, "cross ")
	})
}
