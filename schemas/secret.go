package schemas

import (
	"fmt"
	"io"
)

// Secret is a password or token. Every fmt verb, JSON, YAML and text encoder prints it
// redacted, also inside structs, maps and slices; Reveal is the only way out. It must not be
// the key of a map that is encoded as JSON: encoding/json prints string keys as they are.
type Secret string

const redactedSecret = "<secret>"

// Reveal gives the secret itself. Call it only where it is handed to the system that asks
// for it; the calls are listed in a test.
func (s Secret) Reveal() string { return string(s) }

// String is the redacted form.
func (Secret) String() string { return redactedSecret }

// GoString is the redacted form.
func (Secret) GoString() string { return redactedSecret }

// Format prints the redacted form for every verb, so that %x and %q cannot leak either.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redactedSecret) }

// MarshalText is the redacted form, for encoders that know only text (XML, map keys).
func (Secret) MarshalText() ([]byte, error) { return []byte(redactedSecret), nil }

// MarshalJSON is the redacted form as a JSON string.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redactedSecret + `"`), nil }

// MarshalYAML is the redacted form as a YAML string.
func (Secret) MarshalYAML() (any, error) { return redactedSecret, nil }
