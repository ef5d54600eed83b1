package city

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// messages writes the rows of deltas as messages, as a broker would hand them out: JSON Lines with topic, key and value,
// one file a day, in the order of blocks.
type messages struct {
	dir   string
	files map[day]*os.File
}

// message is what the rows of one sheet are as messages.
type message struct {
	of    day
	lines []byte
}

// say adds the row to the messages of a sheet: its key is that of the person or the organization, else the first column.
func (s *sheet) say(r *row) {
	s.said = append(append(append(s.said, `{"topic":"`...), s.feed.name...), `","key":`...)
	key := 0
	for i, c := range s.feed.columns {
		if c.of == personKey || c.of == orgKey {
			key = i
		}
	}
	s.said = appendJSON(s.said, r.cell(min(key, len(r.cells)-1)))
	s.said = append(s.said, `,"value":`...)
	s.said = s.feed.form.appendObject(s.said, s.feed.columns, r)
	s.said = append(s.said[:len(s.said)-1], '}', '\n')
}

// write appends messages to the files of their days.
func (m *messages) write(all []message) error {
	for _, day := range all {
		f := m.files[day.of]
		if f == nil {
			var err error
			if f, err = createFile(filepath.Join(m.dir, fmt.Sprintf("messages_%s.jsonl", appendDay(nil, day.of, compact)))); err != nil {
				return err
			}
			m.files[day.of] = f
		}
		if _, err := f.Write(day.lines); err != nil {
			return err
		}
	}
	return nil
}

func (m *messages) close() error {
	var all []error
	for _, f := range m.files {
		all = append(all, f.Close())
	}
	return errors.Join(all...)
}
