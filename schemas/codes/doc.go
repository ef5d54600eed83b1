// Package codes holds the code tables that the bases use, each an embedded file of tab-separated values whose header
// names its standard, source and licence (README.md lists them).
//
// A [Table] folds what departments write into one code:
//
//	"汉族" "汉" "01" "1" ──Fold──▶ "01" ──Label──▶ "汉族"
//
// and leaves what it does not know to the caller: a code outside a table is a warning for a person and may be an
// error elsewhere. [Regions] is the table of administrative divisions with its history since 1981, because a resident
// ID number keeps the county of its first registration for life.
//
// Tables are values. A city adds its own codes with With, which gives a new table and leaves the old one as it was;
// all methods are safe from any number of goroutines.
package codes
