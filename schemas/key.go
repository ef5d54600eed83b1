package schemas

import (
	"fmt"
	"io"
)

// Key is the key of an entity as delivered and folded: a resident ID number, a USCC, a
// composite, any text. It is personal data: every fmt verb and JSON print it redacted, and
// Reveal is the only way out.
type Key string

const redactedKey = "<key>"

// Reveal gives the key itself. Call it only where the key goes back to somebody entitled
// to it; the calls are listed in a test.
func (k Key) Reveal() string { return string(k) }

// String is the redacted form.
func (Key) String() string { return redactedKey }

// GoString is the redacted form.
func (Key) GoString() string { return redactedKey }

// Format prints the redacted form for every verb.
func (Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redactedKey) }

// MarshalText is the redacted form, so that JSON and YAML encoders cannot leak a key.
func (Key) MarshalText() ([]byte, error) { return []byte(redactedKey), nil }
