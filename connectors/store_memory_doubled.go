package connectors

import (
	"context"

	"jiku/schemas"
)

// Doubled implements Auditor.
func (m *Memory) Doubled(_ context.Context, of AppendSpec) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	from := m.claimsOf(of.Base)
	if of.Staged {
		from = m.stagedOf(of)
	}
	rows, keys := map[uint64]bool{}, map[string]bool{}
	for i := range from.Len() {
		if from.Delivery[i] == of.Delivery && !schemas.IsWithdrawal(from.Position[i]) {
			rows[from.Position[i]], keys[string(from.Key.At(i))] = true, true
		}
	}
	return int64(len(rows) - len(keys)), nil
}
