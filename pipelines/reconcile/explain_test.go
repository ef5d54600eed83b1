package reconcile

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestExplanationJSON checks that the key is redacted in JSON and that what a reader needs
// to find the raw row is there.
func TestExplanationJSON(t *testing.T) {
	w := plainWorld(t)
	w.claim(t, "a@20260101/9007199254740993 390101196504300012 name=甲")
	w.claim(t, "b@20260101/2 390101196504300012 name=乙")
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(p.Explain(w.facts, w.block(w.claims)))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "390101196504300012") {
		t.Error("the key stands in the JSON")
	}
	for _, want := range []string{`"position":"9007199254740993"`, `"reason":"authority"`, `"won":true`, `"lost":"authority"`, `"conflict":true`,
		`"sentence":"name取自甲局 2026-01-01 的登记（一数一源）；乙局所报不同，为后备部门，以责任部门为准。"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in %s", want, text)
		}
	}
}

// TestExplainKeysApart explains two keys at once: each has its own candidates.
func TestExplainKeysApart(t *testing.T) {
	w := plainWorld(t)
	w.claim(t, "a@20260101/1 K name=甲")
	w.claim(t, "a@20260101/2 L name=乙")
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	all := p.Explain(w.facts, w.block(w.claims[:1]), w.block(w.claims[1:]))
	if len(all) != 2 || all[0].Key == all[1].Key {
		t.Fatalf("%d explanations, want one a key", len(all))
	}
	for _, e := range all {
		if len(e.Items) != 1 || len(e.Items[0].Candidates) != 1 {
			t.Errorf("the explanation of a key has candidates of another")
		}
	}
}
