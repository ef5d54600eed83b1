package schemas

import "strings"

// Ref identifies a claim or a reject: the delivery and the position in it. Positions do
// not depend on how the delivery was split.
type Ref struct {
	Delivery DeliveryID
	Position uint64
}

// withdrawalBit marks positions of withdrawals that a snapshot comparison makes: such a
// claim has no row, so its position is made of its key's hash.
const withdrawalBit = 1 << 63

// WithdrawalPosition is the position of the withdrawal of the key with this hash.
func WithdrawalPosition(keyHash uint64) uint64 { return withdrawalBit | keyHash>>1 }

// IsWithdrawal reports whether a position is that of a withdrawal made by a comparison.
func IsWithdrawal(position uint64) bool { return position&withdrawalBit != 0 }

// Row is one row as read. It is valid until the next row is asked for: keep copies.
type Row struct {
	// Position is the byte offset after decompression, or the row number where the format
	// has one.
	Position uint64
	// Line is the 1-based line in the file after decompression, 0 where there are no lines.
	Line uint64
	// Cells are the contracted columns in the order that the reader was asked for, decoded
	// to UTF-8. A column that the row lacks is nil, an empty one is empty and not nil.
	Cells [][]byte
	// Raw are the bytes of the row as delivered, without the line end.
	Raw []byte
	// Bad holds the reasons why the row has no usable shape; the row then becomes a reject.
	Bad []Reason
}

// Reason is one defect of a row: a stable code such as resident_id.checksum, the item it
// concerns (empty for the row itself) and a detail that names the defect, never the value.
type Reason struct {
	Code   string
	Item   string
	Detail string
}

// String is code:item:detail, the form in which findings are stored with a claim.
func (r Reason) String() string { return r.Code + ":" + r.Item + ":" + r.Detail }

// ParseReason reads the stored form back.
func ParseReason(s string) Reason {
	code, rest, _ := strings.Cut(s, ":")
	item, detail, _ := strings.Cut(rest, ":")
	return Reason{Code: code, Item: item, Detail: detail}
}

// Severity says what a defect does to the row it is found in.
type Severity string

// The severities of reconciliation.md §1.
const (
	Fix       Severity = "fix"        // The value was normalized; the original stays in the raw row.
	Warning   Severity = "warning"    // The item is kept.
	ItemError Severity = "item_error" // The item is void and does not compete.
	RowError  Severity = "row_error"  // The row becomes a reject.
)

// ReasonInfo documents one reason code.
type ReasonInfo struct {
	Code     string
	Severity Severity
	// Dimension is the sub-indicator of GB/T 36344-2018 that the defect counts against,
	// such as 0302 (格式合规性).
	Dimension string
	// Title is one sentence in Chinese that tells the department what is wrong.
	Title string
	// Advice is one sentence in Chinese that tells the department what to do.
	Advice string
}

// Reject is a row that cannot become a claim, with its bytes and every reason.
type Reject struct {
	Ref
	Feed    string
	Line    uint64
	Raw     []byte
	Reasons []Reason
}
