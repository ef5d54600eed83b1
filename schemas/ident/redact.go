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
