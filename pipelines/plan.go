package pipelines

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jiku/connectors"
	"jiku/quality"
	"jiku/schemas"
)

// Plan is what a run will do; a dry run is a plan that is not executed.
type Plan struct {
	Run        string            `json:"run"`
	Day        uint32            `json:"day"`
	Ordinal    uint16            `json:"ordinal"`
	Deliveries []PlannedDelivery `json:"deliveries"`
	Bases      []PlannedBase     `json:"bases"`
	// Rebuild are the bases that are computed again whatever has changed.
	Rebuild []string `json:"rebuild,omitempty"`
	// Changes are the DDL changes, in Chinese.
	Changes []string `json:"changes,omitempty"`
}

// Action says what a run does with a delivery.
type Action string

// The actions.
const (
	Ingest  Action = "ingest"  // It is new, a revision, or was not finished.
	Repeat  Action = "repeat"  // It is registered already: nothing to do.
	Stopped Action = "stopped" // It is held or revoked: nothing to do until somebody acts.
	Refused Action = "refused" // It cannot be taken in this order.
)

// PlannedDelivery is a delivery with what is done with it.
type PlannedDelivery struct {
	Delivery schemas.Delivery `json:"delivery"`
	// Base is the base that its feed is for.
	Base   string `json:"base"`
	Action Action `json:"action"`
	// Staged snapshots are compared with their predecessor.
	Staged bool `json:"staged,omitempty"`
	// Again is set when a former run registered the delivery: what it left is emptied first.
	Again bool `json:"again,omitempty"`
	// Fault says why the delivery cannot be read at all: it is held.
	Fault  string      `json:"fault,omitempty"`
	Splits []SplitTask `json:"splits,omitempty"`
	// Header are the delivered columns, where the format names them.
	Header []string `json:"header,omitempty"`
	// Note says in Chinese why, and what to do.
	Note string `json:"note,omitempty"`
}

// PlannedBase is the reconcile work of a base.
type PlannedBase struct {
	Base string `json:"base"`
	// Touched are keys to reconcile whatever is ingested: deliveries that a former run did
	// not finish, keys that are due, everything after a change of declarations.
	Touched schemas.Touched `json:"touched"`
	Why     []string        `json:"why,omitempty"`
	// Ranges are how many pieces the buckets are cut into.
	Ranges int `json:"ranges"`
}

// Pending reports whether executing the plan would change anything.
func (p *Plan) Pending() bool {
	for _, d := range p.Deliveries {
		if d.Action == Ingest {
			return true
		}
	}
	for _, b := range p.Bases {
		if !b.Touched.Empty() {
			return true
		}
	}
	return false
}

// ByBase groups the deliveries to ingest by base, feed by feed in slot order.
func (p *Plan) ByBase() map[string][]PlannedDelivery {
	out := map[string][]PlannedDelivery{}
	for _, d := range p.Deliveries {
		if d.Action == Ingest {
			out[d.Base] = append(out[d.Base], d)
		}
	}
	return out
}

// MakePlan looks at the deliveries that are there, the ledger and the last run. It changes
// nothing. feeds limits the run to these; all if empty.
func (s *Session) MakePlan(ctx context.Context, feeds []string) (*Plan, error) {
	p := &Plan{Run: s.Run, Day: s.Day, Ordinal: s.Ordinal}
	known, err := s.Store.Deliveries(ctx, "")
	if err != nil {
		return nil, err
	}
	s.digests = map[[2]string]string{}
	for _, k := range known {
		s.digests[[2]string{k.Location, k.Stamp}] = k.Digest
	}
	for _, f := range s.Catalogue.Feeds {
		if len(feeds) > 0 && !slices.Contains(feeds, f.Name) {
			continue
		}
		list, err := s.planFeed(ctx, f, known)
		if note := connectors.Note(err); note != "" {
			// One department's wrong file, or missing rights to it, stops its own feed, not the city.
			s.unread(schemas.Delivery{Feed: f.Name}, err)
			list, err = []PlannedDelivery{{Delivery: schemas.Delivery{Feed: f.Name}, Base: f.Base, Action: Refused, Note: note}}, nil
		}
		if err != nil {
			return nil, err
		}
		p.Deliveries = append(p.Deliveries, list...)
	}
	return p, s.planBases(ctx, p, known)
}

func (s *Session) planFeed(ctx context.Context, f *schemas.Feed, known []schemas.DeliveryState) ([]PlannedDelivery, error) {
	found, err := s.source(f.Name).Deliveries(ctx)
	if err != nil {
		// A department that has never delivered has no directory yet; several errors at once
		// are told in full.
		if missing, ok := err.(*connectors.Error); ok && missing.Code == connectors.Missing && missing.Split == "" { //nolint:errorlint // one error alone, not one of several
			return nil, nil
		}
		return nil, fmt.Errorf("find deliveries of %s: %w", f.Name, err)
	}
	own := ofFeed(known, f.Name)
	fresh, newest := len(predecessors(own, schemas.Slot{Date: 99991231})) == 0, schemas.Slot{}
	for i := range own {
		if own[i].InForce() && newest.Before(own[i].Slot) {
			newest = own[i].Slot
		}
	}
	var out []PlannedDelivery
	for _, d := range found {
		pd := s.classify(f, d, schemas.OfSlot(own, f.Name, d.Slot), newest)
		if pd.Action != Ingest {
			out = append(out, pd)
			continue
		}
		// The first snapshot of a feed has nothing to be compared with: its rows are claims.
		pd.Staged = f.Kind == schemas.Snapshot && !(fresh && len(predecessors(own, d.Slot)) == 0)
		fresh = false
		err := s.cut(ctx, f, &pd)
		if pd.Fault = unreadable(err); pd.Fault != "" {
			s.unread(pd.Delivery, err)
			pd.Splits, pd.Note = nil, pd.Fault
		} else if err != nil {
			return nil, err
		}
		out = append(out, pd)
	}
	return out, nil
}

// classify tells a repeat from a revision from a new delivery. slot are those of its slot that
// are known, newest is the newest slot of the feed that counts.
func (s *Session) classify(f *schemas.Feed, d schemas.Delivery, slot []schemas.DeliveryState, newest schemas.Slot) PlannedDelivery {
	d.Columns = f.ContractColumns()
	pd := PlannedDelivery{Delivery: d, Base: f.Base, Action: Ingest}
	if len(slot) > 0 {
		last := slot[len(slot)-1]
		pd.Delivery.Revision = last.Revision
		if last.Digest == d.Digest {
			pd.Delivery.Received, pd.Action, pd.Note, pd.Again = last.Received, Stopped, last.Note, true
			switch {
			case last.Last == schemas.Accepted:
				pd.Action, pd.Note = Repeat, ""
				if read, _, _ := strings.Cut(last.Contract, " "); read != s.readBy(f) {
					pd.Note = "数源声明已变，已入库的主张仍按原声明解读"
				}
			case last.Last == schemas.Received:
				pd.Action, pd.Note = Ingest, "上次未完成，重新读取"
			case last.Last == schemas.Held && last.Contract != s.contract(f, d.Rows):
				pd.Action, pd.Note = Ingest, "数源声明、闸门或清单已变，重新核验"
			case last.Last == schemas.Revoked && d.Received.After(last.Received):
				// The same file came again after it was taken back.
				pd.Delivery.Received, pd.Action, pd.Again = d.Received, Ingest, false
				pd.Delivery.Revision++
				pd.Note = "撤销后重新报送"
			case last.Last == schemas.Revoked:
				pd.Note = "已撤销；请更正文件后重新报送（文件无误的，重新放置一次）"
			}
		} else {
			pd.Delivery.Revision++
			pd.Note = fmt.Sprintf("第 %d 次修订，替换原报送", pd.Delivery.Revision)
		}
	}
	if pd.Action == Ingest && d.Slot.Date > s.Day {
		pd.Action = Refused
		pd.Note = fmt.Sprintf("期次 %s 晚于本批次的业务日 %s：请核对文件名或清单中的日期，更正后重新报送；日期无误的，到期后再次运行即可接收", d.Slot, schemas.Day(s.Day))
	}
	if pd.Action == Ingest && f.Kind == schemas.Snapshot && d.Slot.Before(newest) {
		pd.Action = Refused
		pd.Note = fmt.Sprintf("期次 %s 早于已接收的 %s：请先撤销之后的期次（jiku delivery revoke），再按顺序报送", d.Slot, newest)
	}
	pd.Delivery.ID = schemas.IDOf(d.Feed, d.Slot, pd.Delivery.Revision)
	return pd
}

// cut makes the splits, and reads the header for the feed gate: a delivery with wrong
// columns is judged without reading a row.
func (s *Session) cut(ctx context.Context, f *schemas.Feed, pd *PlannedDelivery) error {
	if h, ok := s.source(f.Name).(connectors.Header); ok {
		header, err := h.Header(ctx, pd.Delivery)
		if err != nil {
			return fmt.Errorf("read header of %s: delivery %s: %w", f.Name, pd.Delivery.Slot, err)
		}
		pd.Header = nameless(f, header)
		if v := quality.HeaderGate(f, pd.Header); v.Hold {
			return nil
		}
	}
	splits, err := s.source(f.Name).Splits(ctx, pd.Delivery)
	if err != nil {
		return fmt.Errorf("split %s: delivery %s: %w", f.Name, pd.Delivery.Slot, err)
	}
	for i, sp := range splits {
		sp.Delivery, sp.Index = pd.Delivery.ID, i
		pd.Splits = append(pd.Splits, SplitTask{Split: sp, Delivery: pd.Delivery, Staged: pd.Staged})
	}
	return nil
}

// nameless hides the names of a header where they may be the values of rows: it has not half of
// the contract's columns (there is no header, or the sheet is turned), or some name is none (the
// lines end otherwise than is read, or the first one has run into the next).
func nameless(f *schemas.Feed, header []string) []string {
	contract, known, odd := f.ContractColumns(), 0, false
	for _, c := range header {
		if slices.Contains(contract, c) {
			known++
		} else if oddName.MatchString(c) || len(c) > 120 {
			odd = true
		}
	}
	if known > 0 && known*2 >= len(contract) && !odd {
		return header
	}
	out := slices.Clone(header)
	for i := range out {
		if !slices.Contains(contract, out[i]) {
			out[i] = fmt.Sprintf("第%d列", i+1)
		}
	}
	return out
}

// oddName is what names of columns do not have: ends of lines, or numbers as long as those of
// persons and telephones.
var oddName = regexp.MustCompile(`[\x00-\x08\x0a-\x1f\x{85}\x{2028}\x{2029}]|\p{Nd}{6}`)

func ofFeed(known []schemas.DeliveryState, feed string) []schemas.DeliveryState {
	var out []schemas.DeliveryState
	for _, k := range known {
		if k.Feed == feed {
			out = append(out, k)
		}
	}
	return out
}
