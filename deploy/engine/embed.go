// Package engine names the one build of the ClickHouse library that the embedded warehouse
// loads. The npm client fetches it: package.json and package-lock.json are embedded, so
// that a lone jiku binary can install it anywhere. The lock file holds the hash of the
// archive and no address; npm takes the registry from the user's own settings.
//
// To move to another version, edit package.json, run
//
//	npm install --package-lock-only --omit-lockfile-registry-resolved
//
// in this folder, and set Version, Digest and Size.
package engine

import _ "embed"

// The library that the lock file installs. Digest and Size are of the unpacked file, which
// the lock's own hash of the archive does not cover once it is unpacked.
const (
	Package = "@chdb/lib-linux-x64-gnu"
	Version = "26.7.3-stable.1"
	Library = "libchdb.so"
	Digest  = "36ad4e999882821ef13cf2d0f52c93f48e6ee1b4498b35a201c23ce4b8d15bf5"
	Size    = 566330096
)

// Manifest is package.json.
//
//go:embed package.json
var Manifest []byte

// Lock is package-lock.json.
//
//go:embed package-lock.json
var Lock []byte
