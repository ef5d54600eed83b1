package connectors

import (
	"context"

	"jiku/schemas"
)

// Doubled implements Auditor.
func (m *Memory) Doubled(_ context.Context, base *schemas.Base, d schemas.DeliveryID) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	from := m.claimsOf(base)
	rows, keys := map[uint64]bool{}, map[string]bool{}
	for i := range from.Len() {
		if from.Delivery[i] == d && !schemas.IsWithdrawal(from.Position[i]) {
			rows[from.Position[i]], keys[string(from.Key.At(i))] = true, true
		}
	}
	return int64(len(rows) - len(keys)), nil
}
