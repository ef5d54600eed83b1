package codes

import (
	"slices"
	"strings"
	"testing"
)

// What a code became is in the table of the later edition.
func TestNextExist(t *testing.T) {
	for _, name := range Names() {
		table := load(t, name)
		next := table.Header().Next
		var later *Table
		if next != "" {
			later = load(t, next)
		}
		for e := range table.All() {
			if next == "" && len(e.Next) > 0 {
				t.Errorf("%s: %s leads on, but the header names no table", name, e.Code)
			}
			for _, code := range e.Next {
				if _, ok := later.Label(code); !ok {
					t.Errorf("%s: %s leads to %s, which %s does not have", name, e.Code, code, next)
				}
			}
		}
	}
}

// The tables that the descriptions of the bases, of certificates, credit data and the catalogue name are there.
func TestComplete(t *testing.T) {
	want := strings.Fields(`sex marital health health_detail employment overseas_relation ethnic education degree political kinship country
		person_status household_kind disability_kind disability_level relief_kind pension_status fund_status
		industry economic_type affiliation enterprise_type enterprise_class enterprise_state self_employed_form currency registration_kind org_status public_flag
		uscc_department uscc_category
		holder_type tax_document
		certificate_status certificate_operation certificate_kind
		subject_kind permit_category permit_state permit_state_2015 penalty_category judgment_performance tax_credit_level credit_grade dishonest_list
		component_class component_state crs
		resource_class resource_format element_type sharing_type sharing_way open_flag update_cycle security_level
		region region_office urban_rural`)
	names := Names()
	for _, w := range want {
		if !slices.Contains(names, w) {
			t.Errorf("table %s is missing", w)
		}
	}
	for _, n := range names {
		if !slices.Contains(want, n) && !strings.HasPrefix(n, "industry_") {
			t.Errorf("table %s is not listed here", n)
		}
	}
}

// The older editions have 20 sections and 96 (2011) or 95 (2002) divisions; each leads to the edition of 2017.
func TestIndustryEditions(t *testing.T) {
	for name, divisions := range map[string]int{"industry_2011": 96, "industry_2002": 95} {
		table := load(t, name)
		sections, found := 0, 0
		for e := range table.All() {
			if len(e.Code) == 1 {
				sections++
			} else {
				found++
			}
			if len(e.Next) == 0 {
				t.Errorf("%s: %s leads nowhere", name, e.Code)
			}
		}
		if sections != 20 || found != divisions {
			t.Errorf("%s: %d sections, %d divisions", name, sections, found)
		}
	}
}
