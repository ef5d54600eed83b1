package judge

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"jiku/cmd/jiku/city"
	"jiku/connectors"
	"jiku/schemas"
)

// Warehouse is what the judge asks of the warehouse, as a user who may write.
type Warehouse interface {
	connectors.Querier
	// Load sends an INSERT with its rows in the format that the statement names.
	Load(ctx context.Context, insert string, rows io.Reader) error
	// Each calls row for every row of an answer.
	Each(ctx context.Context, sql string, row func(scan func(into ...any) error) error) error
	// Deliveries lists all deliveries if feed is empty.
	Deliveries(ctx context.Context, feed string) ([]schemas.DeliveryState, error)
}

// Case is what is judged.
type Case struct {
	Catalogue *schemas.Catalogue
	// Dir holds city.json and truth/.
	Dir  string
	City *city.Summary
	// Examples is how many wrong cells of each item are wanted: personal data.
	Examples int
	// Watch, if set, is told how far the judge is.
	Watch func(stage string, done, total int64)
}

type judge struct {
	Case
	w Warehouse
	// db is the scratch database; hold is how its name begins.
	db   string
	day  uint32
	sent []schemas.DeliveryState
}

// hold is how the names of scratch databases begin; the embedded engine hides them from its
// reader. note is their comment: a base may have such a name, too.
const (
	hold = "judge_"
	note = "jiku judge: dropped at its end"
)

// Judge compares what the last run left with the truth of a city.
func Judge(ctx context.Context, w Warehouse, c Case) (v *Verdict, err error) {
	if c.Watch == nil {
		c.Watch = func(string, int64, int64) {}
	}
	j := &judge{Case: c, w: w, db: hold + strings.ToLower(rand.Text()[:12])}
	v = &Verdict{City: identity(c.City)}
	if err := j.lastRun(ctx, v); err != nil {
		return nil, err
	}
	if err := j.sweep(ctx); err != nil {
		return nil, err
	}
	if err := w.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s COMMENT %s", j.db, schemas.Quote(note))); err != nil {
		return nil, fmt.Errorf("make scratch database: %w", err)
	}
	defer func() {
		if dropped := j.drop(ctx, err != nil); err == nil {
			err = dropped
		}
	}()
	if err := j.judge(ctx, v); err != nil {
		return nil, err
	}
	return v, nil
}

// drop drops the scratch database, after an interrupt, too. What the engine still computes then
// is of no use, and would keep the tables until it ends.
func (j *judge) drop(ctx context.Context, stopped bool) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if stopped {
		_ = j.w.Exec(ctx, fmt.Sprintf("KILL QUERY WHERE position(query, '%s') > 0 AND user = currentUser() SYNC", j.db)) // A server may not allow it.
	}
	if err := j.w.Exec(ctx, "DROP DATABASE IF EXISTS "+j.db+" SYNC"); err != nil {
		return fmt.Errorf("drop scratch database: %w", err)
	}
	return nil
}

func (j *judge) judge(ctx context.Context, v *Verdict) error {
	var err error
	if j.sent, err = j.w.Deliveries(ctx, ""); err != nil {
		return err
	}
	if err := j.loaded(); err != nil {
		return err
	}
	if err := j.uploadAll(ctx, v); err != nil {
		return err
	}
	if err := j.rank(ctx); err != nil {
		return fmt.Errorf("rank deliveries: %w", err)
	}
	var done, total int64
	for _, b := range v.Bases {
		total += int64(len(b.declared.Items))
	}
	for _, b := range v.Bases {
		if err := j.pair(ctx, b); err != nil {
			return fmt.Errorf("compare %s: %w", b.Base, err)
		}
		for i := range b.declared.Items {
			j.Watch("compare", done, total)
			if err := j.item(ctx, b, i); err != nil {
				return fmt.Errorf("compare %s.%s: %w", b.Base, b.declared.Items[i].Name, err)
			}
			done++
		}
		if err := j.links(ctx, b); err != nil {
			return fmt.Errorf("compare links of %s: %w", b.Base, err)
		}
	}
	j.Watch("labels", 0, 1)
	return j.labels(ctx, v)
}

// loaded refuses a city whose deliveries are not those that the warehouse has read.
func (j *judge) loaded() error {
	due, unread := 0, 0
	for _, f := range j.City.Files {
		if f.Slot > j.day {
			continue
		}
		due++
		if !slices.ContainsFunc(j.sent, func(d schemas.DeliveryState) bool { return d.Feed == f.Feed && d.Digest == f.SHA256 }) {
			unread++
		}
	}
	if len(j.City.Files) == 0 || due > 0 && unread == 0 {
		return nil
	}
	return &connectors.Error{Code: connectors.Missing, Err: fmt.Errorf("of the city's deliveries up to %d the warehouse has not read %d of %d", j.day, unread, due),
		Hint: fmt.Sprintf("jiku run --catalog %[1]s/catalog --landing %[1]s/landing --date DAY, of %[2]d to %[3]d", j.Dir, j.City.First, j.City.Last)}
}

// lastRun finds the run whose state is judged.
func (j *judge) lastRun(ctx context.Context, v *Verdict) error {
	var runs []struct {
		Run string `ch:"run"`
		Day uint32 `ch:"day"`
	}
	err := j.w.Select(ctx, &runs, "SELECT toString(run) AS run, day FROM ops.run_event WHERE event = 'finished' ORDER BY at DESC LIMIT 1")
	if err == nil && len(runs) == 0 {
		err = &connectors.Error{Code: connectors.Missing, Err: fmt.Errorf("no run has finished"), Hint: "jiku run"}
	}
	if err != nil {
		return fmt.Errorf("find last run: %w", err)
	}
	v.Run, v.Day = runs[0].Run, runs[0].Day
	j.day = v.Day
	return nil
}

// sweep drops what judges left behind that were killed.
func (j *judge) sweep(ctx context.Context) error {
	var old []struct {
		Name string `ch:"name"`
	}
	err := j.w.Select(ctx, &old, fmt.Sprintf(`SELECT d.name AS name FROM system.databases AS d LEFT JOIN system.tables AS t ON t.database = d.name
WHERE startsWith(d.name, '%s') AND d.comment = %s GROUP BY name HAVING max(t.metadata_modification_time) < now() - INTERVAL 1 DAY`, hold, schemas.Quote(note)))
	for _, o := range old {
		if err == nil {
			err = j.w.Exec(ctx, "DROP DATABASE IF EXISTS "+o.Name+" SYNC")
		}
	}
	if err != nil {
		return fmt.Errorf("drop scratch databases of killed judges: %w", err)
	}
	return nil
}

// make makes a table of the scratch database.
func (j *judge) make(ctx context.Context, name, columns, engine string) error {
	if err := j.w.Exec(ctx, fmt.Sprintf("CREATE TABLE %s.%s (%s) ENGINE = %s", j.db, name, columns, engine)); err != nil {
		return fmt.Errorf("make scratch table %s: %w", name, err)
	}
	return nil
}

// uploadAll sends truth, aliases and labels.
func (j *judge) uploadAll(ctx context.Context, v *Verdict) error {
	total := int64(len(j.Catalogue.Bases) + 2)
	for i, b := range j.Catalogue.Bases {
		j.Watch("upload", int64(i), total)
		others, err := j.upload(ctx, b.Name, truthColumns(b))
		if err != nil {
			return err
		}
		v.Bases = append(v.Bases, &Base{Base: b.Name, Title: b.Title, Undeclared: others, declared: b})
	}
	for _, f := range []struct {
		name string
		cols []column
	}{{"alias", aliasColumns}, {"labels", labelColumns}} {
		j.Watch("upload", total-1, total)
		if _, err := j.upload(ctx, f.name, f.cols); err != nil {
			return err
		}
	}
	return nil
}

// rank stores the order of the deliveries in force: claims of later ones supersede.
func (j *judge) rank(ctx context.Context) error {
	if err := j.make(ctx, "counted", "delivery UInt64, j_rank UInt32, j_event UInt8, j_department String", "MergeTree ORDER BY delivery"); err != nil {
		return err
	}
	list := slices.Clone(j.sent)
	slices.SortStableFunc(list, func(a, b schemas.DeliveryState) int {
		switch {
		case a.Slot.Before(b.Slot):
			return -1
		case b.Slot.Before(a.Slot):
			return 1
		}
		return int(a.Revision) - int(b.Revision)
	})
	var rows [][]any
	for i, d := range list {
		f := j.Catalogue.Feed(d.Feed)
		if f == nil || !d.InForce() {
			continue
		}
		byEvent := uint8(0)
		if f.Order == "event" {
			byEvent = 1
		}
		rows = append(rows, []any{uint64(d.ID), uint32(i + 1), byEvent, f.Department})
	}
	return j.w.Insert(ctx, j.db+".counted", []string{"delivery", "j_rank", "j_event", "j_department"}, rows)
}
