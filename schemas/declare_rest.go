package schemas

import (
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// Authority is the authority register (一数一源) of one base.
type Authority struct {
	// Name is the register's name.
	Name string `yaml:"authority" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Base is the base whose items are registered.
	Base string `yaml:"base"`
	// Entries are the registered items and groups.
	Entries []AuthorityEntry `yaml:"entries"`
}

// AuthorityEntry names, for an item or a group, the department whose value wins.
type AuthorityEntry struct {
	// Item is the registered item; an item of a group is registered through the group.
	Item string `yaml:"item,omitempty"`
	// Group is the registered group.
	Group string `yaml:"group,omitempty"`
	// Source is the source department.
	Source string `yaml:"source"`
	// CoSource is a second department of equal rank, which needs an approval number.
	CoSource string `yaml:"co_source,omitempty"`
	// Approval is the number of the document that approves the co-source.
	Approval string `yaml:"approval,omitempty"`
	// Fallbacks are departments in order.
	Fallbacks []string `yaml:"fallbacks,omitempty"`
	// Checkers are the departments that check the source.
	Checkers Checkers `yaml:"checkers,omitempty"`
	// StaleAfter is the number of days after which a source's value is stale; 0 is never.
	StaleAfter int `yaml:"stale_after,omitempty" jsonschema:"minimum=0"`
	// LegalBasis is the document and article that make the source responsible.
	LegalBasis string `yaml:"legal_basis"`
	// From is the first day of the entry; open if absent.
	From Day `yaml:"from,omitempty"`
	// Until is the last day of the entry; open if absent.
	Until Day `yaml:"until,omitempty"`
}

// Checkers are the departments that check an item (多方校核): when at least Agree of Of
// agree against the winner, a case opens.
type Checkers struct {
	// Of lists the departments.
	Of []string `yaml:"of,omitempty"`
	// Agree is how many of them must agree against the winner.
	Agree int `yaml:"agree,omitempty" jsonschema:"minimum=1"`
}

// Theme declares a thematic database: plain SQL over bases.
type Theme struct {
	// Name makes the database theme_<name>.
	Name string `yaml:"theme" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the theme's name in Chinese.
	Title string `yaml:"title"`
	// Description says in Chinese what the theme is for.
	Description string `yaml:"description"`
	// Grain says in Chinese what one row stands for.
	Grain string `yaml:"grain"`
	// Sensitivity is the sensitivity of the theme's rows.
	Sensitivity string `yaml:"sensitivity" jsonschema:"enum=public,enum=internal,enum=personal,enum=sensitive"`
	// Refresh is how often the theme is computed again; after every run if empty.
	Refresh string `yaml:"refresh,omitempty" jsonschema:"enum=run,enum=daily,enum=weekly,enum=monthly,default=run"`
	// Inputs are the entity tables that the SQL may read, such as population.person.
	Inputs []string `yaml:"inputs"`
	// Tables are the tables of the theme's database.
	Tables []ThemeTable `yaml:"tables"`
}

// ThemeTable is one table of a theme.
type ThemeTable struct {
	// Name is the table's name.
	Name string `yaml:"name" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the table's name in Chinese.
	Title string `yaml:"title"`
	// Columns documents the columns that SQL yields, in order.
	Columns []ThemeColumn `yaml:"columns"`
	// SQL is one SELECT over the inputs.
	SQL string `yaml:"sql"`
	// MinRows is the least number of rows that passes the gate.
	MinRows int64 `yaml:"min_rows,omitempty" jsonschema:"minimum=0"`
	// Checks belong to the gate: every check is a SQL condition over the new table that must
	// hold for all rows.
	Checks []string `yaml:"checks,omitempty"`
}

// ThemeColumn is a column of a theme's table.
type ThemeColumn struct {
	// Name is the column's name.
	Name string `yaml:"name" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the column's name in Chinese.
	Title string `yaml:"title"`
}

// City is the dated YAML of one city: departments, regions, dimensions, grades.
type City struct {
	// Name is the city's short name.
	Name string `yaml:"city" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the city's name in Chinese.
	Title string `yaml:"title"`
	// TimeZone is the time zone of days and event times, such as Asia/Shanghai.
	TimeZone string `yaml:"time_zone"`
	// Departments lists every department that feeds and the register name.
	Departments []Department `yaml:"departments"`
	// Regions overlays the national region table, such as the fictional province 39.
	Regions []Region `yaml:"regions,omitempty"`
	// Numbers are forms of numbers that this city alone accepts, beside those that jiku knows.
	Numbers []Number `yaml:"numbers,omitempty"`
	// Dimensions maps the city's quality dimensions to sub-indicators of GB/T 36344.
	Dimensions []Dimension `yaml:"dimensions"`
	// Grades are lower bounds of the score, best first.
	Grades []Grade `yaml:"grades"`
}

// Department is a provider of feeds.
type Department struct {
	// ID is what feeds and registers call the department.
	ID string `yaml:"id" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the department's name in Chinese.
	Title string `yaml:"title"`
}

// Region is a region code of the city with its name.
type Region struct {
	// Code is six digits (GB/T 2260).
	Code string `yaml:"code" jsonschema:"pattern=^[0-9]{6}$"`
	// Name is the region's name in Chinese.
	Name string `yaml:"name"`
}

// Number is a form of the numbers of one kind that a city adds to those that jiku knows: a number that has it passes
// although the kind's own form refuses it. Check digits and dates must hold all the same.
type Number struct {
	// Kind is the kind of number, such as passport; jiku id --help lists them.
	Kind string `yaml:"kind"`
	// Pattern is a regular expression of the whole number, in half width and capital letters.
	Pattern string `yaml:"pattern"`
	// Reason says in Chinese why the city has such numbers.
	Reason string `yaml:"reason"`
}

// Dimension is a quality dimension with its article and the sub-indicators that count in it.
type Dimension struct {
	// Name is the dimension's name in Chinese, such as 完整性.
	Name string `yaml:"name"`
	// Article is the article of the city's regulation that demands the dimension.
	Article string `yaml:"article,omitempty"`
	// Indicators are codes of GB/T 36344-2018, such as 0302.
	Indicators []string `yaml:"indicators" jsonschema:"pattern=^[0-9]{4}$"`
	// Weight is the dimension's weight in the total; 1 if absent.
	Weight float64 `yaml:"weight,omitempty" jsonschema:"minimum=0"`
}

// Grade is a grade with its lower bound.
type Grade struct {
	// Grade is the grade's name, such as 优.
	Grade string `yaml:"grade"`
	// From is the least score, of 100.
	From float64 `yaml:"from" jsonschema:"minimum=0,maximum=100"`
}

// Catalogue is everything that is declared. It is read-only after loading.
type Catalogue struct {
	Bases       []*Base
	Feeds       []*Feed
	Authorities []*Authority
	Themes      []*Theme
	City        *City
	// Codes are the code tables: the national ones with the city's own over them.
	Codes *codes.Set
	// Forms are the forms of numbers: the shipped ones and the city's own.
	Forms *ident.Forms
	// Digest is the SHA-256 of the declarations, independent of files, order and comments.
	Digest string
	// Warnings are places that load but deserve a look.
	Warnings Problems

	documents map[string]*document
	ownCodes  map[string]string // the digests of the tables that the catalogue has files for
}

// Base finds a base by name, or nil.
func (c *Catalogue) Base(name string) *Base {
	for _, b := range c.Bases {
		if b.Name == name {
			return b
		}
	}
	return nil
}

// Feed finds a feed by name, or nil.
func (c *Catalogue) Feed(name string) *Feed {
	for _, f := range c.Feeds {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// FeedsOf lists the feeds of a base in the order of their names.
func (c *Catalogue) FeedsOf(base string) []*Feed {
	var out []*Feed
	for _, f := range c.Feeds {
		if f.Base == base {
			out = append(out, f)
		}
	}
	return out
}

// Entries lists the register's entries for a base.
func (c *Catalogue) Entries(base string) []AuthorityEntry {
	var out []AuthorityEntry
	for _, a := range c.Authorities {
		if a.Base == base {
			out = append(out, a.Entries...)
		}
	}
	return out
}

// DepartmentTitle is the Chinese name of a department, or its id.
func (c *Catalogue) DepartmentTitle(id string) string {
	for _, d := range c.City.Departments {
		if d.ID == id {
			return d.Title
		}
	}
	return id
}
