package reconcile

import "jiku/schemas"

// ruleRun runs the entity rules over rows. Findings repeat, so their texts are kept.
type ruleRun struct {
	found []string
	texts map[schemas.Reason]string
	emit  func(schemas.Reason)
}

// maxTexts bounds the texts that are kept: details are few, but nothing enforces it.
const maxTexts = 4096

// check runs the entity rules over the last row of the block. Gone rows have no items, so
// there is nothing to look at.
func (w *Worker) check() {
	r := &w.rules
	r.found = r.found[:0]
	if w.key.exists && len(w.p.checks) > 0 {
		if r.emit == nil {
			r.emit = r.add
		}
		// The view reads the row's list of findings too, so the row has one already.
		w.out.Findings.Ends = append(w.out.Findings.Ends, uint32(len(w.out.Findings.Items)))
		view, due := w.out.View(w.out.Len()-1), &w.out.Due[w.out.Len()-1]
		for _, check := range w.p.checks {
			if next := check(view, dayOf(w.day), r.emit); next != 0 && (*due == 0 || next < *due) {
				*due = next
			}
		}
		w.out.Findings.Ends = w.out.Findings.Ends[:len(w.out.Findings.Ends)-1]
	}
	w.out.Findings.Append(r.found...)
}

func (r *ruleRun) add(reason schemas.Reason) {
	text, ok := r.texts[reason]
	if !ok {
		text = reason.String()
		if len(r.texts) < maxTexts {
			r.texts[reason] = text
		}
	}
	r.found = append(r.found, text)
}
