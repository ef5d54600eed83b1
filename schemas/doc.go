// Package schemas holds jiku's vocabulary: what a row, a claim, a golden record and a
// delivery are, how bases, feeds, the authority register, themes and cities are declared,
// when two values are equal, and which tables the warehouse has.
//
// Everything here is a value or a pure function. The package imports nothing of jiku but
// its own rooms ident (identifiers) and codes (code tables), so every other package may
// import it.
//
//	row ──normalize──▶ record ──key──▶ claim ──reconcile──▶ golden
//	 └──────────────▶ reject                    └─▶ conflict, finding
//
// The words are those of the table in README.md; each idea has one.
package schemas
