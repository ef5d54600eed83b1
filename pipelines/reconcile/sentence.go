package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"jiku/schemas"
)

// sentence tells where an item is from: who said it when, by which rule, and what becomes
// of those who say otherwise. It names departments and days, never values.
func sentence(e *ItemExplanation, s *standing, why schemas.Why, exists bool) string {
	switch {
	case !exists:
		return fmt.Sprintf("%s：无确立来源在册，不形成金记录。", e.Title)
	case why == schemas.WhyNothing:
		return fmt.Sprintf("%s：%s，状态为%s。", e.Title, why.Title(), stateTitle(e.State))
	}
	won := &e.Candidates[0]
	day := schemas.FormatInt(schemas.TypeDate, int64(won.Event.Day()))
	var b strings.Builder
	switch e.State {
	case schemas.Valued.String():
		fmt.Fprintf(&b, "%s取自%s %s 的登记（%s）", e.Title, won.DepartmentTitle, day, basis(why))
	case schemas.Withdrawn.String():
		fmt.Fprintf(&b, "%s已由%s于 %s 撤回，不再取值（%s）", e.Title, won.DepartmentTitle, day, basis(why))
	default:
		fmt.Fprintf(&b, "%s随%s %s 的登记，报为%s（%s）", e.Title, won.DepartmentTitle, day, stateTitle(e.State), basis(why))
	}
	for _, d := range dissenters(e, s) {
		fmt.Fprintf(&b, "；%s所报不同，%s", strings.Join(d.departments, "、"), d.fate)
	}
	b.WriteString("。")
	return b.String()
}

// dissent is the departments that say otherwise and share one fate.
type dissent struct {
	fate        string
	departments []string
}

// dissenters groups the conflicting candidates by their fate, in rank order.
func dissenters(e *ItemExplanation, s *standing) []dissent {
	var out []dissent
	for i := range e.Candidates {
		c := &e.Candidates[i]
		if !c.Conflict {
			continue
		}
		fate := fate(c, s.entry)
		at := slices.IndexFunc(out, func(d dissent) bool { return d.fate == fate })
		if at < 0 {
			out, at = append(out, dissent{fate: fate}), len(out)
		}
		if !slices.Contains(out[at].departments, c.DepartmentTitle) {
			out[at].departments = append(out[at].departments, c.DepartmentTitle)
		}
	}
	return out
}

// fate is the part that a dissenting department has in the register, and why it lost.
func fate(c *CandidateExplanation, e *schemas.AuthorityEntry) string {
	switch {
	case e == nil:
		return c.LostTitle
	case c.Department == e.Source || c.Department == e.CoSource:
		return "为责任部门，" + c.LostTitle
	case slices.Contains(e.Fallbacks, c.Department):
		return "为后备部门，" + c.LostTitle
	case slices.Contains(e.Checkers.Of, c.Department):
		return "为核查方，不参与取值"
	default:
		return "未列入数源目录，" + c.LostTitle
	}
}

// basis is a reason in a few words, to stand in brackets.
func basis(why schemas.Why) string {
	switch why {
	case schemas.WhyAuthority:
		return "一数一源"
	case schemas.WhyHandover:
		return "责任部门无有效值，后备部门递补"
	case schemas.WhyStale:
		return "各来源均已过期，暂留"
	default:
		return why.Title()
	}
}

func stateTitle(name string) string {
	for _, s := range []schemas.State{schemas.Silent, schemas.Valued, schemas.None, schemas.Unknown, schemas.Withdrawn, schemas.Void} {
		if s.String() == name {
			return s.Title()
		}
	}
	return name
}
