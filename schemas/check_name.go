package schemas

import (
	"slices"
	"strings"
)

// maxName keeps names of tables that are made of several names within what file systems
// take: ClickHouse keeps a table in a directory.
const maxName = 64

// keywords cannot stand as identifiers in the SQL that analysts write without quotes.
var keywords = strings.Fields(`all and any anti array as asc asof between by case cast cross desc distinct else end
	except exists extract false final format from full global group having if ilike in inner intersect interval
	into is join left like limit not null offset on or order outer prewhere right sample select semi settings
	substring table then timestamp totals trim true union using values when where window with`)

// name checks a name that becomes an identifier in the warehouse. Its form is checked by
// its tag.
func (s scope) name(what, name string, reserved ...string) {
	switch {
	case len(name) > maxName:
		s.fail("", "%s name is longer than %d characters", what, maxName)
	case slices.Contains(keywords, name):
		s.fail("choose another", "%s name %q is a word of SQL", what, name)
	case slices.Contains(reserved, name):
		s.fail("choose another", "%s name %q is used by the warehouse itself", what, name)
	}
}

// databases are those of the warehouse that no base may be called.
var databases = []string{"claim", "default", "information_schema", "ops", "quality", "system"}

// checkBaseName keeps bases apart from databases and from each other's tables of claims.
func checkBaseName(s scope, name string) {
	s.name("base", name, append([]string{"raw"}, databases...)...)
	for _, affix := range []string{"theme_", "stage_"} {
		if strings.HasPrefix(name, affix) {
			s.fail("choose another", "base name begins with %s, which the warehouse uses", affix)
		}
	}
	if strings.HasSuffix(name, "_staged") {
		s.fail("choose another", "base name ends in _staged, which the warehouse uses")
	}
}

// baseTables are tables and views that stand beside the entity in a base's database.
func baseTables(entity string) []string {
	return []string{"golden", "history", "history_rows", "conflict", "alias", "link_conflict", "orphan", entity + "_provenance"}
}
