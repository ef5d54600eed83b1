package clickhouse

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/connectors"
	"jiku/schemas"
)

// Stage implements connectors.GoldenStore: rows go to a table of the run's own.
func (s *Store) Stage(ctx context.Context, run string, base *schemas.Base) (connectors.GoldenWriter, error) {
	stage := base.StageObject(run)
	if err := s.conn.Exec(ctx, stage.Create); err != nil {
		return nil, fault("stage golden rows of", base.Name, err)
	}
	cols := names(base.GoldenColumns())
	return &goldenWriter{base: base, run: run, cols: newGoldenColumns(base), in: s.bulk.insert(ctx, stage.FullName(), cols)}, nil
}

type goldenWriter struct {
	base   *schemas.Base
	run    string
	cols   *goldenColumns
	in     *inserter
	failed bool
}

func (w *goldenWriter) Write(g *schemas.GoldenBlock) error {
	w.cols.take(g)
	if err := w.in.write(g.Len(), w.cols.input(g, w.run)); err != nil {
		w.failed = true
		return fault("stage golden rows of", w.base.Name, err)
	}
	return nil
}

func (w *goldenWriter) Close() error {
	if err := w.in.close(!w.failed); err != nil {
		return fault("stage golden rows of", w.base.Name, err)
	}
	return nil
}

// Publish implements connectors.GoldenStore. The stage's parts are attached, in one
// statement, to the history and then to the golden table: hard links, so history costs
// nothing, and no query sees a part of a run. A run that dies between the two is published
// again; history lists a version once however often it was attached.
func (s *Store) Publish(ctx context.Context, run string, base *schemas.Base, rows int64) error {
	stage := base.StageObject(run)
	var exists uint8
	if err := s.conn.QueryRow(ctx, "EXISTS TABLE "+stage.FullName()).Scan(&exists); err != nil {
		return fmt.Errorf("publish %s: %w", base.Name, redact(err))
	}
	var staged uint64
	// There are no fewer keys than hashes, and hashes take a third of the time to count.
	for _, counted := range []string{"key_hash", "key_hash, key"} {
		if exists == 0 || int64(staged) >= rows {
			break
		}
		if err := s.conn.QueryRow(ctx, fmt.Sprintf("SELECT uniqExact(%s) FROM %s", counted, stage.FullName())).Scan(&staged); err != nil {
			return fmt.Errorf("publish %s: %w", base.Name, redact(err))
		}
	}
	if int64(staged) < rows {
		return fmt.Errorf("publish %s: the stage has %d rows, want %d: another run took this one for dead; run again", base.Name, staged, rows)
	}
	if exists == 0 {
		return nil
	}
	for _, sql := range []string{
		fmt.Sprintf("ALTER TABLE %s.history_rows ATTACH PARTITION tuple() FROM %s", base.Name, stage.FullName()),
		fmt.Sprintf("ALTER TABLE %s.golden ATTACH PARTITION tuple() FROM %s", base.Name, stage.FullName()),
	} {
		if err := s.conn.Exec(ctx, sql); err != nil {
			return fault("publish", base.Name, err)
		}
	}
	// All is visible, whatever becomes of the stage: an error here would have a call repeated
	// that does not find its stage. One that stays is swept by a later run.
	_ = s.conn.Exec(ctx, "DROP TABLE IF EXISTS "+stage.FullName()+" SYNC")
	return nil
}

// Golden implements connectors.GoldenStore.
func (s *Store) Golden(ctx context.Context, base *schemas.Base, r schemas.Range) iter.Seq2[*schemas.GoldenBlock, error] {
	return s.goldenRows(ctx, base, fmt.Sprintf("FROM %s.golden FINAL WHERE %s AND gone = 0", base.Name, rangeWhere(r)))
}

// goldenRows yields the golden rows of a query.
func (s *Store) goldenRows(ctx context.Context, base *schemas.Base, from string) iter.Seq2[*schemas.GoldenBlock, error] {
	return func(yield func(*schemas.GoldenBlock, error) bool) {
		block, cols := schemas.NewGoldenBlock(base), newGoldenColumns(base)
		var run schemas.Texts
		res := cols.result(block, &run)
		list := make([]string, len(res))
		for i := range res {
			list[i] = res[i].name
		}
		stopped := false
		err := s.bulk.scan(ctx, question{sql: "SELECT " + strings.Join(list, ", ") + " " + from}, res, func(int) error {
			cols.give(block)
			if !yield(block, nil) {
				stopped = true
				return errStopped
			}
			return nil
		})
		if err != nil && !stopped {
			yield(nil, fault("read golden rows of", base.Name, err))
		}
	}
}

// Totals implements connectors.GoldenStore.
func (s *Store) Totals(ctx context.Context, base *schemas.Base) (golden, conflicts int64, err error) {
	var rows, said uint64
	err = s.conn.QueryRow(ctx, fmt.Sprintf("SELECT count(), sum(length(conflict_item)) FROM %s.golden FINAL WHERE gone = 0", base.Name)).Scan(&rows, &said)
	if err != nil {
		return 0, 0, fmt.Errorf("count golden rows of %s: %w", base.Name, redact(err))
	}
	return int64(rows), int64(said), nil
}

// goldenColumns binds blocks of golden rows to wire columns. Winners and conflicts are
// arrays of structs in a block and arrays per field on the wire.
type goldenColumns struct {
	claimColumns
	winnerFeed                             []string
	winnerDelivery                         []schemas.DeliveryID
	winnerPosition                         []uint64
	conflictItem, conflictFeed             []string
	conflictDelivery                       []schemas.DeliveryID
	conflictPosition                       []uint64
	conflictEvent                          []schemas.EventTime
	conflictState                          []schemas.State
	conflictValue                          schemas.Texts
	feedDict, itemDict, saysDict, findDict dictionary
	// The ends of a scanned block's arrays; all arrays of winners have the same ends, and
	// so have those of conflicts, but each column decodes its own.
	winnerEnds   [3][]uint32
	conflictEnds [7][]uint32
	runDict      dictionary
	links        linkColumns
}

func newGoldenColumns(base *schemas.Base) *goldenColumns {
	return &goldenColumns{claimColumns: *newClaimColumns(base)}
}

// take spreads the structs of a block over columns.
func (c *goldenColumns) take(g *schemas.GoldenBlock) {
	n := len(g.Winners)
	c.winnerFeed, c.winnerDelivery, c.winnerPosition = sized(c.winnerFeed, n), sized(c.winnerDelivery, n), sized(c.winnerPosition, n)
	for i := range g.Winners {
		w := &g.Winners[i]
		c.winnerFeed[i], c.winnerDelivery[i], c.winnerPosition[i] = w.Feed, w.Delivery, w.Position
	}
	n = len(g.Conflicts)
	c.conflictItem, c.conflictFeed = sized(c.conflictItem, n), sized(c.conflictFeed, n)
	c.conflictDelivery, c.conflictPosition = sized(c.conflictDelivery, n), sized(c.conflictPosition, n)
	c.conflictEvent, c.conflictState = sized(c.conflictEvent, n), sized(c.conflictState, n)
	c.conflictValue.Truncate(0)
	for i := range g.Conflicts {
		x := &g.Conflicts[i]
		c.conflictItem[i], c.conflictFeed[i] = c.base.Items[x.Item].Name, x.Feed
		c.conflictDelivery[i], c.conflictPosition[i] = x.Delivery, x.Position
		c.conflictEvent[i], c.conflictState[i] = x.Event, x.State
		c.conflictValue.Append(x.Value)
	}
	for k := range c.winnerEnds {
		c.winnerEnds[k] = append(c.winnerEnds[k][:0], g.WinnerEnds...)
	}
	for k := range c.conflictEnds {
		c.conflictEnds[k] = append(c.conflictEnds[k][:0], g.ConflictEnds...)
	}
	c.links.take(g)
}

// sized is a slice of n elements that are about to be set, in the memory of s where it is enough.
func sized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// give gathers scanned columns into the structs of a block.
func (c *goldenColumns) give(g *schemas.GoldenBlock) {
	g.Winners, g.Conflicts = g.Winners[:0], g.Conflicts[:0]
	for i, f := range c.winnerFeed {
		g.Winners = append(g.Winners, schemas.Winner{Feed: f, Ref: schemas.Ref{Delivery: c.winnerDelivery[i], Position: c.winnerPosition[i]}})
	}
	for i, f := range c.conflictFeed {
		g.Conflicts = append(g.Conflicts, schemas.Conflict{Item: c.base.ItemIndex(c.conflictItem[i]), Feed: f,
			Ref:   schemas.Ref{Delivery: c.conflictDelivery[i], Position: c.conflictPosition[i]},
			Event: c.conflictEvent[i], State: c.conflictState[i], Value: append([]byte(nil), c.conflictValue.At(i)...)})
	}
	g.WinnerEnds = append(g.WinnerEnds[:0], c.winnerEnds[0]...)
	g.ConflictEnds = append(g.ConflictEnds[:0], c.conflictEnds[0]...)
	c.links.give(g)
}

// columns are those of both directions, all but run.
func (c *goldenColumns) columns(g *schemas.GoldenBlock) []column {
	n := len(c.base.Items)
	cols := []column{
		wordColumn[uint64]{&g.KeyHash, proto.ColumnTypeUInt64}, textColumn{&g.Key},
		wordColumn[schemas.Version]{&g.Version, proto.ColumnTypeUInt64}, flagColumn[bool]{&g.Gone}, dayColumn[uint32]{&g.Due},
		fixedTextColumn{&g.States, n}, fixedTextColumn{&g.Reasons, n}, fixedTextColumn{&g.Origins, n},
		listColumn{&c.winnerFeed, &c.winnerEnds[0], &c.feedDict},
		arrayColumn{wordColumn[schemas.DeliveryID]{&c.winnerDelivery, proto.ColumnTypeUInt64}, &c.winnerEnds[1]},
		arrayColumn{wordColumn[uint64]{&c.winnerPosition, proto.ColumnTypeUInt64}, &c.winnerEnds[2]},
		listColumn{&c.conflictItem, &c.conflictEnds[0], &c.itemDict},
		listColumn{&c.conflictFeed, &c.conflictEnds[1], &c.saysDict},
		arrayColumn{wordColumn[schemas.DeliveryID]{&c.conflictDelivery, proto.ColumnTypeUInt64}, &c.conflictEnds[2]},
		arrayColumn{wordColumn[uint64]{&c.conflictPosition, proto.ColumnTypeUInt64}, &c.conflictEnds[3]},
		arrayColumn{wordColumn[schemas.EventTime]{&c.conflictEvent, proto.ColumnTypeUInt64}, &c.conflictEnds[4]},
		arrayColumn{flagColumn[schemas.State]{&c.conflictState}, &c.conflictEnds[5]},
		arrayColumn{textColumn{&c.conflictValue}, &c.conflictEnds[6]},
		listColumn{&g.Findings.Items, &g.Findings.Ends, &c.findDict},
	}
	if len(c.base.Links) > 0 {
		cols = append(cols, c.links.columns(g)...)
	}
	return cols
}

func (c *goldenColumns) input(g *schemas.GoldenBlock, run string) []proto.InputColumn {
	var out []proto.InputColumn
	list := c.base.GoldenColumns()
	for i, col := range c.columns(g) {
		out = append(out, proto.InputColumn{Name: list[i].Name, Data: col})
	}
	out = append(out, proto.InputColumn{Name: "run", Data: constColumn{run, g.Len()}})
	for i := range g.Items {
		out = append(out, proto.InputColumn{Name: c.base.Items[i].Name, Data: c.item(i, &g.Items[i])})
	}
	return out
}

func (c *goldenColumns) result(g *schemas.GoldenBlock, run *schemas.Texts) []named {
	var out []named
	list := c.base.GoldenColumns()
	for i, col := range c.columns(g) {
		out = append(out, named{list[i].Name, col})
	}
	out = append(out, named{"run", codeColumn{run, &c.runDict}})
	for i := range g.Items {
		out = append(out, named{c.base.Items[i].Name, c.item(i, &g.Items[i])})
	}
	return out
}
