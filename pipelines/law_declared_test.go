package pipelines_test

import (
	"strings"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
)

// TestDeclaredOtherwise declares what claims are stored by otherwise, after a run: jiku refuses
// to plan, to try and to run it, says what to do, and leaves everything as it was.
func TestDeclaredOtherwise(t *testing.T) {
	const stall = "-- base/stall.yaml --\nbase: stalls\nentity: stall\ntitle: 摊位库\ndescription: 一行一摊\nkey: {kind: text, column: code, title: 摊位号}\nitems:\n" +
		"  - {name: name, title: 店名, type: text}\n  - {name: phone, title: 电话, type: text}\n  - {name: staff, title: 人数, type: integer}\n"
	const name, phone = "  - {name: name, title: 店名, type: text, comparator: org_name}\n", "  - {name: phone, title: 电话, type: text, comparator: exact}\n"
	store := openStore(t)
	conf := config(t, shops(t, 64<<20), store, t.TempDir())
	files(t, conf.Env.Landing, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\nS2,乙店,\n",
		"visit_20261101.csv": "code,at,name,phone,staff\nS1,2026-11-01,丁店,13,2\n"})
	mustRun(t, conf)
	was := conf.Catalogue
	want := whole(t, was, store)
	for what, c := range map[string]struct {
		changes []string
		want    string
	}{
		"a new item in front": {[]string{name, "  - {name: size, title: 面积, type: text}\n" + name}, "add new ones at the end"},
		"items change places": {[]string{name + phone, phone + name}, "add new ones at the end"},
		"keys of another kind": {[]string{"key: {kind: text, column: code", "key: {kind: uscc, column: code"},
			"restore the key"},
		"a feed of another base": {[]string{"title: 走访\ndepartment: street\nbase: shops", "title: 走访\ndepartment: street\nestablishes: true\nbase: stalls",
			"of: [tax, street]", "of: [tax]", ", fallbacks: [street]", "", "-- authority/shops.yaml --", stall + "-- authority/shops.yaml --"},
			"declare it under a new name"},
	} {
		conf.Catalogue = shopsWith(t, 64<<20, c.changes...)
		_, planned := pipelines.DryRun(t.Context(), conf)
		_, ran := pipelines.Run(t.Context(), conf)
		for _, err := range []error{planned, ran} {
			if connectors.CodeOf(err) != connectors.Permanent || !strings.Contains(connectors.HintOf(err), c.want) {
				t.Errorf("%s: %v, want an error whose hint says %q", what, err, c.want)
			}
		}
		conf.Catalogue = was
		mustRun(t, conf)
		same(t, what, want, whole(t, was, store))
	}
}
