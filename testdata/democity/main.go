package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// options are the flags.
type options struct {
	out           string
	registrations string
	persons       int
	orgs          int
	seed          uint64
}

func main() {
	var o options
	flag.StringVar(&o.out, "out", "", "directory to write; it is made if it is not there")
	flag.StringVar(&o.registrations, "registrations", "", "registrations (.csv.gz) that the market regulator delivers as they are")
	flag.IntVar(&o.persons, "persons", 50_000, "number of made-up persons")
	flag.IntVar(&o.orgs, "orgs", 20_000, "number of made-up organizations")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of all chance")
	flag.Parse()
	if err := run(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "democity:", err)
		os.Exit(1)
	}
}

// run writes the whole landing directory and reports what it wrote.
func run(o options, report io.Writer) error {
	switch {
	case o.out == "":
		return errors.New("read flags: -out: want a directory")
	case o.persons < 0 || o.persons > maxPersons:
		return fmt.Errorf("read flags: -persons: want 0 to %d", maxPersons)
	case o.orgs < 0 || o.orgs > maxOrgs:
		return fmt.Errorf("read flags: -orgs: want 0 to %d", maxOrgs)
	}
	l, err := newLanding(o.out)
	if err != nil {
		return err
	}
	c := &city{seed: o.seed, names: loadNames()}
	c.orgs = c.makeOrgs(o.orgs)
	c.people = c.makePeople(o.persons)
	steps := []func(*landing) error{
		func(l *landing) error { return c.writeRegistrations(l, o.registrations) },
		c.writePermits, c.writePenalties,
		c.writeHouseholds, c.writeMarriages, c.writeEnrolments, c.writeEmployments, c.writeResidents,
	}
	for _, step := range steps {
		if err := step(l); err != nil {
			return err
		}
	}
	if err := l.finish(o); err != nil {
		return err
	}
	_, err = io.WriteString(report, l.summary(o))
	return err
}

// city is everything that is made up.
type city struct {
	seed   uint64
	names  names
	orgs   []org
	people []person
}

// stream is the source of chance for one thing: what happens to entity i in one feed does
// not depend on how many entities or feeds there are.
func (c *city) stream(name string, i int) *chance { return newChance(c.seed, name, i) }
