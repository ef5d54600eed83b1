// Command oracle compares jiku's reading of identifiers with two programs by others: python-stdnum (cn.ric, cn.uscc) and
// id-validator from npm. It makes values, most of them wrong in one way, asks all, and lists where they differ by
// category; a difference that no category explains ends it with an error. `make oracle` runs it; README.md has the
// categories.
package main
