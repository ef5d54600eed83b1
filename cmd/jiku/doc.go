// Command jiku builds and keeps the base databases of a city.
//
//	main.go    takes over Beam workers, then runs a verb under the signals of the terminal
//	root.go    the verbs and the flags that all of them have
//	verb.go    what a verb is: its help, its exit codes, its function
//	<verb>.go  one verb a file
//	exit.go    the one place where an error becomes an exit code
//	fault.go   errors that the command line itself makes, and how errors are printed
//	place.go   home, catalogue, landing directory, day, warehouse
//	table.go   tables whose columns line up when they hold Chinese
//
// A verb writes what it found to standard output, as a table or with --json as one JSON
// document. Everything else goes to standard error: logs, progress, errors and hints.
package main
