package schemas

import (
	"fmt"
	"strings"
)

// orderBits are the bits of a position in ClaimOrder: rows of the first 16 TiB of a delivery, and
// a million deliveries.
const orderBits = 44

// ClaimOrder is, in SQL over claims, the order of claims of these deliveries as one integer: the
// place of the delivery, from 1, above the position. An argMax over a tuple takes twice as long.
// Places are looked up by hash, since a feed may have thousands of deliveries.
func ClaimOrder(ids []DeliveryID) string {
	if len(ids) == 0 {
		return "toUInt64(0)"
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = fmt.Sprint(uint64(id))
	}
	return fmt.Sprintf("bitOr(bitShiftLeft(toUInt64(transform(delivery, [%s], range(1, %d), 0)), %d), bitAnd(position, %d))",
		strings.Join(list, ", "), len(ids)+1, orderBits, uint64(1)<<orderBits-1)
}

// PlaceIn is, in SQL, the place of the delivery in an order of ClaimOrder.
func PlaceIn(order string) string { return fmt.Sprintf("bitShiftRight(%s, %d)", order, orderBits) }
