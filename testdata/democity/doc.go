// Command democity writes the landing directory of the demo city: what eleven feeds of a
// fictional city would deliver, as they would deliver it.
//
//	go run ./testdata/democity -out DIR [-registrations part-a.csv.gz] [-persons 50000] [-orgs 20000] [-seed 1]
//
// Persons, and organizations with codes of province 39, are made up: GB/T 2260 assigns no
// province 39, so their numbers belong to nobody. With -registrations the market regulator
// delivers that file as it is, followed by the made-up organizations; the tax, human
// resources and street feeds are derived from both, with alterations. What is adverse
// (penalties, permits that were taken away, tax states other than normal, deletions) is
// made up for made-up organizations only.
//
// Every alteration is a line of LABELS.tsv, so that what a pipeline finds can be compared
// with what there is to find. The same flags give the same bytes on every machine: all
// chance comes from the seed, gzip headers carry no time, and the files are stamped with
// the day of their slot.
package main
