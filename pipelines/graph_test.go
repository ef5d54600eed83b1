package pipelines_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/graphx"
	pipepb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/pipeline_v1"
	"google.golang.org/protobuf/proto"

	"jiku/pipelines"
)

const (
	urnParDo     = "beam:transform:pardo:v1"
	urnGroup     = "beam:transform:group_by_key:v1"
	urnReshuffle = "beam:transform:reshuffle:v1"
)

// graph is the whole job as runners get it.
func graph(t *testing.T) *pipepb.Components {
	t.Helper()
	p, scope := beam.NewPipelineWithRoot()
	pipelines.Build(scope, "r20261115t080000000000", []byte("{}"))
	edges, _, err := p.Build()
	if err != nil {
		t.Fatal(err)
	}
	job, err := graphx.Marshal(edges, &graphx.Options{Environment: &pipepb.Environment{}})
	if err != nil {
		t.Fatal(err)
	}
	return job.GetComponents()
}

// TestGraph walks the job's proto: what the graph may consist of is little, so that every
// runner does it the same way.
func TestGraph(t *testing.T) {
	c := graph(t)
	consumers := map[string][]string{}
	for id, tr := range c.GetTransforms() {
		for _, in := range tr.GetInputs() {
			consumers[in] = append(consumers[in], id)
		}
	}
	groups, leaves := []string{}, []string{}
	for id, tr := range c.GetTransforms() {
		switch tr.GetSpec().GetUrn() {
		case urnGroup:
			if !strings.Contains(tr.GetUniqueName(), "eshuffle") {
				groups = append(groups, tr.GetUniqueName())
			}
		case urnParDo:
			plainParDo(t, tr)
			if len(tr.GetOutputs()) == 0 {
				leaves = append(leaves, id)
			}
		}
		for _, out := range tr.GetOutputs() {
			if len(consumers[out]) == 0 {
				t.Errorf("nobody consumes an output of %s: Prism burns a core while such a stage runs", tr.GetUniqueName())
			}
		}
	}
	slices.Sort(groups)
	if len(groups) != 3 {
		t.Errorf("%d GroupByKeys, want those before accept, reconcile and publish: %v", len(groups), groups)
	}
	if len(leaves) != 1 || !strings.Contains(c.GetTransforms()[leaves[0]].GetUniqueName(), "tally") {
		t.Fatalf("leaves %v, want tally alone", leaves)
	}
	behindReshuffle(t, c, leaves[0])
}

// plainParDo checks that a DoFn uses nothing that runners differ in.
func plainParDo(t *testing.T, tr *pipepb.PTransform) {
	t.Helper()
	var p pipepb.ParDoPayload
	if err := proto.Unmarshal(tr.GetSpec().GetPayload(), &p); err != nil {
		t.Fatal(err)
	}
	if len(p.GetStateSpecs())+len(p.GetTimerFamilySpecs())+len(p.GetSideInputs()) > 0 || p.GetRestrictionCoderId() != "" ||
		p.GetRequestsFinalization() || p.GetRequiresTimeSortedInput() || p.GetRequiresStableInput() {
		t.Errorf("%s uses state, timers, side inputs, restrictions or finalization", tr.GetUniqueName())
	}
}

// behindReshuffle checks that the input of a stage comes out of a Reshuffle.
func behindReshuffle(t *testing.T, c *pipepb.Components, id string) {
	t.Helper()
	for _, in := range c.GetTransforms()[id].GetInputs() {
		found := false
		for _, tr := range c.GetTransforms() {
			for _, out := range tr.GetOutputs() {
				found = found || out == in && tr.GetSpec().GetUrn() == urnReshuffle
			}
		}
		if !found {
			t.Errorf("%s does not come behind a Reshuffle", c.GetTransforms()[id].GetUniqueName())
		}
	}
}

// TestGraphElements checks windows and coders: elements are bytes, or bytes under a string
// key, in the global window.
func TestGraphElements(t *testing.T) {
	c := graph(t)
	for id, w := range c.GetWindowingStrategies() {
		if urn := w.GetWindowFn().GetUrn(); urn != "beam:window_fn:global_windows:v1" && !reshuffleWindow(c, id) {
			t.Errorf("windowing %s is %s, want the global window", id, urn)
		}
		if trig := w.GetTrigger(); trig.GetDefault() == nil && !reshuffleWindow(c, id) {
			t.Errorf("windowing %s has the trigger %v", id, trig)
		}
	}
	for id, col := range c.GetPcollections() {
		if reshuffleWindow(c, col.GetWindowingStrategyId()) {
			continue
		}
		if got := coder(c, col.GetCoderId()); !slices.Contains([]string{"bytes", "kv(string,bytes)", "kv(string,iterable(bytes))"}, got) {
			t.Errorf("elements of %s (%s) are %s, want bytes", id, col.GetUniqueName(), got)
		}
		if col.GetIsBounded() != pipepb.IsBounded_BOUNDED {
			t.Errorf("collection %s is not bounded", id)
		}
	}
}

// reshuffleWindow reports whether a windowing strategy is that inside a Reshuffle, which
// the SDK makes.
func reshuffleWindow(c *pipepb.Components, id string) bool {
	for _, tr := range c.GetTransforms() {
		if tr.GetSpec().GetUrn() != urnReshuffle {
			continue
		}
		for _, sub := range tr.GetSubtransforms() {
			for _, out := range c.GetTransforms()[sub].GetOutputs() {
				if col := c.GetPcollections()[out]; col.GetWindowingStrategyId() == id && id != globalOf(c) {
					return true
				}
			}
		}
	}
	return false
}

// globalOf is the windowing strategy of the job's first collection.
func globalOf(c *pipepb.Components) string {
	for _, tr := range c.GetTransforms() {
		if tr.GetSpec().GetUrn() == "beam:transform:impulse:v1" {
			for _, out := range tr.GetOutputs() {
				return c.GetPcollections()[out].GetWindowingStrategyId()
			}
		}
	}
	return ""
}

// coder spells a coder out.
func coder(c *pipepb.Components, id string) string {
	x := c.GetCoders()[id]
	urn := strings.TrimSuffix(strings.TrimPrefix(x.GetSpec().GetUrn(), "beam:coder:"), ":v1")
	if urn == "length_prefix" {
		return coder(c, x.GetComponentCoderIds()[0])
	}
	if urn == "string_utf8" {
		urn = "string"
	}
	var parts []string
	for _, sub := range x.GetComponentCoderIds() {
		parts = append(parts, coder(c, sub))
	}
	if len(parts) == 0 {
		return urn
	}
	return urn + "(" + strings.Join(parts, ",") + ")"
}
