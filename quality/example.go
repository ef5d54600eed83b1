package quality

import "jiku/schemas"

// Example shows a rule at work. The tests run every example; documentation prints them.
type Example struct {
	// Name says what the example shows.
	Name string
	Args schemas.Settings
	// Key is the key of the row, for rules that look at it.
	Key string
	// Values are the items by parameter name, written as in the tests of a feed: a date as
	// 1965-04-30, a decimal as 50.5, none as 无, unknown as ?. Optional items that are left
	// out are not declared.
	Values Values
	// Why is the reason of every golden item.
	Why schemas.Why
	// Day is the day of receipt for row rules and the run's day for the others.
	Day uint32
	// Tables are the rows of the bases for rules across bases, with the key under "".
	Tables Tables
	// Facts and Before are the facts of a period and of its predecessor for feed rules.
	Facts, Before *Facts
	// Want are the findings in the form of Reason.String; none means that the example passes.
	Want []string
	// Due is the day on which the finding ends by itself.
	Due uint32
}

// Values are item values by parameter name.
type Values map[string]string

// Tables are rows by base.
type Tables map[string][]map[string]string
