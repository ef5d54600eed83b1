package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"jiku/deploy/engine"
)

// stamp says that a file was checked: as long as its size and time stay, so does its
// digest. Hashing 566 MB at each start would take longer than the start.
type stamp struct {
	Digest   string    `json:"sha256"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
}

// glibcLoader is the dynamic loader of glibc on x86-64; musl systems have none.
const glibcLoader = "/lib64/ld-linux-x86-64.so.2"

// installed gives the path of the checked library, and fetches it if the cache has none.
// Several processes may call it at once; one fetches.
func installed(ctx context.Context, o Options) (string, error) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return "", hinted(fmt.Errorf("install engine: it does not run on %s/%s", runtime.GOOS, runtime.GOARCH), threeWays)
	}
	if _, err := os.Stat(glibcLoader); err != nil {
		return "", hinted(errors.New("install engine: this system has no glibc"), threeWays)
	}
	cache, err := o.cache()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, engine.Version)
	library := filepath.Join(dir, engine.Library)
	if checked(library) {
		return library, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", onDisk(fmt.Errorf("install engine: %w", err), cache)
	}
	l := flock.New(filepath.Join(dir, "lock"))
	if _, err := l.TryLockContext(ctx, pollEvery); err != nil {
		return "", onDisk(fmt.Errorf("install engine: lock %s: %w", dir, err), cache)
	}
	defer l.Close()
	if checked(library) { // Another process was faster.
		return library, nil
	}
	// What a killed process left behind.
	left, _ := filepath.Glob(filepath.Join(dir, "fetch-*"))
	for _, l := range left {
		_ = os.RemoveAll(l)
	}
	// A cache copied from another machine has the file but another time: a site without a
	// network is served that way.
	if d, err := fileDigest(library); err == nil && d == engine.Digest {
		return library, onDisk(writeStamp(library), cache)
	}
	o.log().WithField("version", engine.Version).Info("fetch the ClickHouse library, once")
	if err := fetch(ctx, o, library); err != nil {
		return "", onDisk(fmt.Errorf("install engine: %w", err), cache)
	}
	return library, nil
}

func checked(library string) bool {
	b, err := os.ReadFile(library + ".json")
	if err != nil {
		return false
	}
	var s stamp
	info, err := os.Stat(library)
	return err == nil && json.Unmarshal(b, &s) == nil && s.Digest == engine.Digest &&
		s.Size == info.Size() && s.Modified.Equal(info.ModTime())
}

// fetch runs npm in a folder beside the library, checks what it brought and moves it into
// place.
func fetch(ctx context.Context, o Options, library string) error {
	tmp, err := os.MkdirTemp(filepath.Dir(library), "fetch-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for name, content := range map[string][]byte{"package.json": engine.Manifest, "package-lock.json": engine.Lock} {
		if err := os.WriteFile(filepath.Join(tmp, name), content, 0o600); err != nil {
			return err
		}
	}
	fetched := filepath.Join(tmp, "node_modules", filepath.FromSlash(engine.Package), engine.Library)
	if err := npm(ctx, o, tmp, fetched); err != nil {
		return err
	}
	digest, err := fileDigest(fetched)
	if err != nil {
		return err
	}
	if digest != engine.Digest {
		return hinted(fmt.Errorf("check %s: sha256 is %s, want %s", engine.Library, digest, engine.Digest),
			"the package is not the one that jiku was built for; "+threeWays)
	}
	if o.Progress != nil {
		o.Progress(engine.Size, engine.Size)
	}
	if err := os.Rename(fetched, library); err != nil {
		return err
	}
	return writeStamp(library)
}

// writeStamp remembers that a library has the wanted digest.
func writeStamp(library string) error {
	info, err := os.Stat(library)
	if err != nil {
		return err
	}
	b, err := json.Marshal(stamp{Digest: engine.Digest, Size: info.Size(), Modified: info.ModTime()})
	if err != nil {
		return err
	}
	return os.WriteFile(library+".json", b, 0o600)
}

func npm(ctx context.Context, o Options, dir, fetched string) error {
	path, err := exec.LookPath("npm")
	if err != nil {
		return hinted(fmt.Errorf("run npm: %w", err), threeWays)
	}
	// Scripts are off: the package is data for us, and none of its code runs here.
	cmd := exec.CommandContext(ctx, path, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error")
	cmd.Dir = dir
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = io.Discard, &said
	done := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		watch(o.Progress, fetched, done)
		close(watched)
	}()
	err = cmd.Run()
	close(done)
	<-watched
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return hinted(fmt.Errorf("run npm ci: %w: %s", err, npmReason(said.String())), threeWays)
	}
	return nil
}

// npmReason keeps the error code of npm's output: the rest may hold addresses with tokens.
func npmReason(said string) string {
	for line := range strings.Lines(said) {
		f := strings.Fields(line)
		if i := len(f); i >= 2 && f[i-2] == "code" {
			return "npm says " + f[i-1]
		}
	}
	return "npm gives no reason"
}

// watch reports the growth of the file while npm unpacks it.
func watch(progress func(done, total int64), file string, done <-chan struct{}) {
	if progress == nil {
		return
	}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		var size int64
		if found, _ := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(file)), "*", filepath.Base(file))); len(found) > 0 {
			if info, err := os.Stat(found[0]); err == nil {
				size = info.Size()
			}
		}
		progress(size, engine.Size)
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}

func fileDigest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
