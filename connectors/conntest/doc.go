// Package conntest is the conformance suite of connectors: the author of a connector says
// how deliveries are made, the suite says what must come out. RunSource tests a source; it
// holds every promise of connectors.Source that can be checked from outside:
//
//	func TestCSV(t *testing.T) {
//		conntest.RunSource(t, conntest.Harness{Deliver: …, Open: …, Remove: …})
//	}
package conntest
