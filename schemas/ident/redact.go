package ident

import (
	"fmt"
	"io"
)

// redacted is what a value shows wherever it is printed or encoded without an explicit Reveal.
const redacted = "[redacted]"

func redact(f fmt.State) { _, _ = io.WriteString(f, redacted) }

// Format prints a placeholder under every verb.
func (ResidentID) Format(f fmt.State, _ rune) { redact(f) }

// Format prints a placeholder under every verb.
func (PermitID) Format(f fmt.State, _ rune) { redact(f) }

// Format prints a placeholder under every verb.
func (USCC) Format(f fmt.State, _ rune) { redact(f) }

// Format prints a placeholder under every verb.
func (OrgCode) Format(f fmt.State, _ rune) { redact(f) }

// Format prints a placeholder under every verb.
func (RegNo) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (ResidentID) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalText encodes a placeholder, in JSON too.
func (PermitID) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalText encodes a placeholder, in JSON too.
func (USCC) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalText encodes a placeholder, in JSON too.
func (OrgCode) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalText encodes a placeholder, in JSON too.
func (RegNo) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (OldRegNo) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (OldRegNo) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (TaxNo) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (TaxNo) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (CertificateID) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (CertificateID) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (Document) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (Document) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (Disability) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (Disability) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (EstateUnit) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (EstateUnit) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (Component) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (Component) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Format prints a placeholder under every verb.
func (Grid) Format(f fmt.State, _ rune) { redact(f) }

// MarshalText encodes a placeholder, in JSON too.
func (Grid) MarshalText() ([]byte, error) { return []byte(redacted), nil }
