package schemas

import "testing"

func TestGoldenView(t *testing.T) {
	base := &Base{Name: "b", Items: []Item{{Name: "name", Type: TypeText}, {Name: "birth", Type: TypeDate}}}
	g := NewGoldenBlock(base)
	g.Key.AppendString("K")
	g.KeyHash, g.Version, g.Gone, g.Due = []uint64{1}, []Version{7}, []bool{false}, []uint32{20261101}
	g.States, g.Reasons, g.Origins = []byte("vn"), []byte("A-"), []byte{1, 0}
	g.Items[0].Text.AppendString("张三")
	g.Items[1].Int = []int64{0}
	g.Winners, g.WinnerEnds = []Winner{{Feed: "f", Ref: Ref{Position: 3}}}, []uint32{1}
	g.Conflicts, g.ConflictEnds = []Conflict{{Item: 0}}, []uint32{1}
	g.Findings.Append("x::")
	v := g.View(0)
	if v.Base() != base || v.Key() != "K" || string(v.KeyBytes()) != "K" || v.Gone() || v.Due() != 20261101 || v.Version() != 7 {
		t.Error("the row's own values are wrong")
	}
	if v.State(0) != Valued || v.Why(0) != WhyAuthority || string(v.Text(0)) != "张三" || v.Value(0) != "张三" {
		t.Error("the text item is wrong")
	}
	if v.State(1) != None || v.Int(1) != 0 || v.Value(1) != "" {
		t.Error("the item without a value is wrong")
	}
	if o, ok := v.Origin(0); !ok || o.Position != 3 {
		t.Error("the origin is wrong")
	}
	if _, ok := v.Origin(1); ok {
		t.Error("an item that nobody gives has an origin")
	}
	if len(v.Winners()) != 1 || len(v.Conflicts()) != 1 || len(v.Findings()) != 1 {
		t.Error("the lists are wrong")
	}
	g.Items[1].Int[0], g.States[1] = 19900500, byte(Valued)
	if v.Value(1) != "1990-05" {
		t.Errorf("date %q", v.Value(1))
	}
}
