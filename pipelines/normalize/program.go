package normalize

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"jiku/schemas"
)

// Program is a feed's compiled contract: it turns rows into records. One goroutine uses it;
// others take a Clone.
type Program struct {
	contract
	cell Cell
	// latest is the moment of receipt; 0 until Begin.
	latest schemas.EventTime
}

// contract is the part of a program that clones share. It is not changed after Compile.
type contract struct {
	base     *schemas.Base
	names    []string
	location *time.Location
	nulls    *nulls
	key      []keyPart
	event    *eventColumn
	deletes  *operation
	columns  []column
	// inKey gives the row error that an item error becomes in a part of the key.
	inKey map[*schemas.ReasonInfo]*schemas.ReasonInfo
}

// column fills one item. Its value is constant, or cell is an index of Row.Cells.
type column struct {
	item     int
	cell     int
	steps    []Func
	textual  bool
	required bool
	constant *value
}

type value struct {
	state schemas.State
	text  []byte
	n     int64
}

type keyPart struct {
	name     string
	cell     int
	steps    []Func
	gives    schemas.Type
	constant []byte
}

type eventColumn struct {
	cell  int
	steps []Func
	gives schemas.Type
}

type operation struct {
	cell    int
	deletes map[string]bool
}

// Compile prepares a feed for reading: every normalizer is found, its arguments and its fit
// to the item's type are checked, constants are computed.
func Compile(f *schemas.Feed, b *schemas.Base, env Env) (*Program, error) {
	p := &Program{contract: contract{base: b, names: f.ContractColumns(), location: env.location()}}
	index := map[string]int{}
	for i, name := range p.names {
		index[name] = i
	}
	var err error
	if p.nulls, err = compileNulls(f.Nulls); err != nil {
		return nil, fmt.Errorf("compile feed %s: %w", f.Name, err)
	}
	for i := range f.Key {
		if err := p.addKeyPart(&f.Key[i], index, env); err != nil {
			return nil, fmt.Errorf("compile feed %s: key part %d: %w", f.Name, i+1, err)
		}
	}
	if err := p.addEvent(f.Event, index, env); err != nil {
		return nil, fmt.Errorf("compile feed %s: event column %s: %w", f.Name, f.Event.Column, err)
	}
	if f.Operation != nil {
		p.addOperation(f.Operation, index)
	}
	for i := range f.Columns {
		if err := p.addColumn(&f.Columns[i], index, env); err != nil {
			return nil, fmt.Errorf("compile feed %s: item %s: %w", f.Name, f.Columns[i].Item, err)
		}
	}
	p.inKey = map[*schemas.ReasonInfo]*schemas.ReasonInfo{}
	for _, s := range registry {
		for _, r := range s.Reasons {
			if r.Severity == schemas.ItemError {
				rowError := *r
				rowError.Severity = schemas.RowError
				p.inKey[r] = &rowError
			}
		}
	}
	return p, nil
}

func (p *Program) addKeyPart(k *schemas.KeyPart, index map[string]int, env Env) error {
	c, err := compileChain(k.Via, nil, env)
	if err != nil {
		return err
	}
	part := keyPart{name: k.Part, steps: c.steps, gives: c.gives}
	if k.Column != "" {
		part.cell = index[k.Column]
		p.key = append(p.key, part)
		return nil
	}
	p.cell.run([]byte(k.Value), c.steps, &nulls{blank: schemas.Unknown})
	if p.cell.State != schemas.Valued {
		return fmt.Errorf("read constant %q: it gives no value", k.Value)
	}
	part.constant = appendPart(nil, &p.cell, c.gives)
	p.key = append(p.key, part)
	return nil
}

func (p *Program) addEvent(e *schemas.EventColumn, index map[string]int, env Env) error {
	if e == nil {
		return nil
	}
	c, err := compileChain(e.Via, nil, env)
	if err == nil && c.gives == "" {
		err = c.add(schemas.Step{Name: "datetime"}, nil, env)
	}
	if err != nil {
		return err
	}
	if c.gives != typeDatetime && c.gives != schemas.TypeDate {
		return fmt.Errorf("read via: it gives a %s, want a date or a moment", c.gives)
	}
	p.event = &eventColumn{cell: index[e.Column], steps: c.steps, gives: c.gives}
	return nil
}

func (p *Program) addOperation(o *schemas.Operation, index map[string]int) {
	p.deletes = &operation{cell: index[o.Column], deletes: map[string]bool{}}
	for _, word := range o.Delete {
		p.deletes.deletes[string(trimCell([]byte(word)))] = true
	}
}

func (p *Program) addColumn(m *schemas.ColumnMap, index map[string]int, env Env) error {
	at := p.base.ItemIndex(m.Item)
	if at < 0 {
		return fmt.Errorf("find item: base %s has none of this name", p.base.Name)
	}
	for i := range p.columns {
		if p.columns[i].item == at {
			return fmt.Errorf("map column %s: the item has a column already", m.Column)
		}
	}
	item := &p.base.Items[at]
	c, err := compileChain(withCodes(m), item, env)
	if err != nil {
		return err
	}
	col := column{item: at, steps: c.steps, textual: item.Type.Textual(), required: m.Required}
	if m.Column != "" {
		col.cell = index[m.Column]
		p.columns = append(p.columns, col)
		return nil
	}
	p.cell.run([]byte(m.Value), c.steps, p.nulls)
	if p.cell.State == schemas.Void {
		return fmt.Errorf("read constant %q: %s", m.Value, p.cell.reason.Code)
	}
	col.constant = &value{state: p.cell.State, n: p.cell.Int}
	if col.textual {
		col.constant.text = append([]byte(nil), p.cell.Text...)
	}
	p.columns = append(p.columns, col)
	return nil
}

// withCodes are the steps of a column with its own code table in the step code, which is
// added when there is none.
func withCodes(m *schemas.ColumnMap) []schemas.Step {
	if len(m.Codes) == 0 {
		return m.Via
	}
	steps := slices.Clone(m.Via)
	at := slices.IndexFunc(steps, func(s schemas.Step) bool { return s.Name == "code" })
	if at < 0 {
		at, steps = len(steps), append(steps, schemas.Step{Name: "code"})
	}
	args := maps.Clone(steps[at].Args)
	if args == nil {
		args = schemas.Settings{}
	}
	args["map"] = m.Codes
	steps[at].Args = args
	return steps
}

// Columns are the delivered columns in the order in which Row expects them.
func (p *Program) Columns() []string { return p.names }

// Clone is a program for another goroutine.
func (p *Program) Clone() *Program {
	return &Program{contract: p.contract, latest: p.latest}
}
