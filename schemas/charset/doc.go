// Package charset turns the bytes that departments send into UTF-8, and back, without losing
// a character and without guessing.
//
//	bytes ──Append──▶ UTF-8 text, or the offset of the first byte that means nothing
//	text  ──Trace───▶ what a wrong conversion before us did to it: lost, or reversible
//
// # GB18030
//
// The table is GB 18030-2022: each of the 23,940 two-byte positions is a character, the user
// zones are private use (U+E000 to U+E765), four-byte codes are the rest of Unicode. Where
// the editions of 2000, 2005 and 2022 differ, 19 characters have moved between a two-byte and
// a four-byte code. Both codes decode to the character that the edition of 2022 means, never
// to the private-use code point that stood in for it, so a file of any edition is read right.
// That costs one thing: those 19 private-use code points do not come back from their bytes.
//
// What x/text knows is taken from x/text; what it drops (2,067 positions, without an error)
// stands in gb18030_table.go, and a test counts them.
//
// # Private use
//
// A character of private use has a meaning only where it was made. It is kept as it came, and
// the rule name.characters reports it; Standard says what GB 18030 itself has for it since.
package charset
