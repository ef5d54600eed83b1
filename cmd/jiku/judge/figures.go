package judge

import (
	"fmt"
	"maps"
	"slices"
)

// Figures are what a verdict is held against: shares by name, of one city. All of it is
// deterministic, so a figure that is lower was made lower by a change.
type Figures struct {
	Identity
	// Coverage is by base, Accuracy by base.item, Joined, Precise and Apart (links) by base,
	// Recall by kind, Precision by code, RuleRecall and RulePrecision by rule. Majority, by
	// base.item, is there to look at: it is no figure of jiku, and not compared.
	Coverage  map[string]float64 `json:"coverage"`
	Accuracy  map[string]float64 `json:"accuracy"`
	Joined    map[string]float64 `json:"joined"`
	Precise   map[string]float64 `json:"precise"`
	Apart     map[string]float64 `json:"apart"`
	Recall    map[string]float64 `json:"recall"`
	Precision map[string]float64 `json:"precision"`

	Majority      map[string]float64 `json:"majority"`
	RuleRecall    map[string]float64 `json:"rule_recall"`
	RulePrecision map[string]float64 `json:"rule_precision"`
}

// Figures are those of the verdict; precision is that of codes which a kind of error expects,
// and of rules whose reasons a label does.
func (v *Verdict) Figures() *Figures {
	f := &Figures{Identity: v.City, Coverage: map[string]float64{}, Accuracy: map[string]float64{}, Joined: map[string]float64{},
		Precise: map[string]float64{}, Apart: map[string]float64{}, Recall: map[string]float64{}, Precision: map[string]float64{},
		Majority: map[string]float64{}, RuleRecall: map[string]float64{}, RulePrecision: map[string]float64{}}
	put := func(m map[string]float64, name string, share *float64) {
		if share != nil {
			m[name] = *share
		}
	}
	for _, b := range v.Bases {
		put(f.Coverage, b.Base, b.Coverage)
		for _, it := range b.Items {
			put(f.Accuracy, b.Base+"."+it.Item, it.Golden.Accuracy)
			put(f.Majority, b.Base+"."+it.Item, it.Vote.Accuracy)
		}
		if b.Links != nil {
			put(f.Joined, b.Base, b.Links.Recall)
			put(f.Precise, b.Base, b.Links.Precision)
			put(f.Apart, b.Base, b.Links.Apart)
		}
	}
	for _, k := range v.Kinds {
		put(f.Recall, k.ID, k.Recall)
	}
	for _, c := range v.Codes {
		if c.Expected {
			put(f.Precision, c.Code, c.Precision)
		}
	}
	for _, r := range v.Rules {
		put(f.RuleRecall, r.Rule, r.Recall)
		if r.Labels > 0 {
			put(f.RulePrecision, r.Rule, r.Precision)
		}
	}
	return f
}

// Lower is a figure that was higher.
type Lower struct {
	Figure string  `json:"figure"`
	Name   string  `json:"name"`
	Was    float64 `json:"was"`
	// Is is nothing where the figure is not there any more.
	Is *float64 `json:"is"`
}

// noise is what shares may differ by without being different.
const noise = 1e-9

// Against lists the figures that are lower than they were, or gone. Figures of another city
// cannot be compared.
func (f *Figures) Against(was *Figures) ([]Lower, error) {
	if f.Identity != was.Identity {
		return nil, fmt.Errorf("the figures are of %s, the city is of %s", was.Identity, f.Identity)
	}
	out := []Lower{}
	before, now := was.sets(), f.sets()
	for i := range before {
		for _, name := range slices.Sorted(maps.Keys(before[i].of)) {
			old := before[i].of[name]
			is, there := now[i].of[name]
			switch {
			case !there:
				out = append(out, Lower{before[i].name, name, old, nil})
			case is < old-noise:
				out = append(out, Lower{before[i].name, name, old, &is})
			}
		}
	}
	return out, nil
}

type figureSet struct {
	name string
	of   map[string]float64
}

func (f *Figures) sets() []figureSet {
	return []figureSet{{"coverage", f.Coverage}, {"accuracy", f.Accuracy}, {"joined", f.Joined}, {"precise", f.Precise}, {"apart", f.Apart},
		{"recall", f.Recall}, {"precision", f.Precision}, {"rule_recall", f.RuleRecall}, {"rule_precision", f.RulePrecision}}
}

// String names the city.
func (i Identity) String() string {
	return fmt.Sprintf("%d persons, seed %d, %d days", i.Persons, i.Seed, i.Days)
}
