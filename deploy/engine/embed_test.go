package engine_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"jiku/deploy/engine"
)

// TestLockPinsTheLibrary holds the lock file to what the code says: one package, in the
// version that the code names, with a hash and without an address.
func TestLockPinsTheLibrary(t *testing.T) {
	var manifest struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(engine.Manifest, &manifest); err != nil {
		t.Fatal(err)
	}
	if got := manifest.Dependencies[engine.Package]; got != engine.Version || len(manifest.Dependencies) != 1 {
		t.Errorf("package.json asks for %v, want only %s %s", manifest.Dependencies, engine.Package, engine.Version)
	}
	var lock struct {
		Packages map[string]struct {
			Version   string `json:"version"`
			Integrity string `json:"integrity"`
			Resolved  string `json:"resolved"`
		} `json:"packages"`
	}
	if err := json.Unmarshal(engine.Lock, &lock); err != nil {
		t.Fatal(err)
	}
	p := lock.Packages["node_modules/"+engine.Package]
	if p.Version != engine.Version || !strings.HasPrefix(p.Integrity, "sha512-") || p.Resolved != "" || len(lock.Packages) != 2 {
		t.Errorf("package-lock.json pins %+v among %d packages, want version %s with a sha512 and no address",
			p, len(lock.Packages), engine.Version)
	}
	if strings.Contains(string(engine.Lock), "://") {
		t.Error("package-lock.json holds an address; run npm install --package-lock-only --omit-lockfile-registry-resolved")
	}
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(engine.Digest) {
		t.Errorf("Digest %q is no sha256", engine.Digest)
	}
}
