package connectors

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/schemas"
)

// landing finds the files of one feed: those that match a glob, each a delivery.
type landing struct {
	feed     string
	root     string
	glob     string
	pattern  *regexp.Regexp
	manifest bool
	known    func(location, stamp string) (digest string, known bool)
	log      logrus.FieldLogger
}

// newLanding checks what the feed says about its slots and files.
func newLanding(env Env, feed *schemas.Feed, glob string) (*landing, error) {
	env = env.withDefaults()
	l := &landing{feed: feed.Name, root: env.Landing, manifest: feed.Slot.Manifest, known: env.Known, log: env.Log}
	l.glob = l.path(glob)
	fix := "correct the block slot of feed " + feed.Name
	if feed.Slot.Name == "" && !feed.Slot.Manifest {
		return nil, l.fail("open", "", Permanent, errors.New("slot: want name, manifest or both"), fix)
	}
	if _, err := filepath.Match(l.glob, ""); err != nil {
		return nil, l.fail("open", "", Permanent, fmt.Errorf("path %s: %w", glob, err), "correct the setting path")
	}
	if feed.Slot.Name != "" {
		re, err := slotPattern(feed.Slot.Name)
		if err != nil {
			return nil, l.fail("open", "", Permanent, err, fix)
		}
		l.pattern = re
	}
	return l, nil
}

// path is where a glob or location is on disk.
func (l *landing) path(location string) string {
	location = filepath.FromSlash(location)
	if filepath.IsAbs(location) {
		return filepath.Clean(location)
	}
	return filepath.Join(l.root, location)
}

// location is the way back: relative to the landing directory for files under it, so that
// workers may mount it elsewhere.
func (l *landing) location(path string) string {
	if rel, err := filepath.Rel(l.root, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}

func (l *landing) fail(op, split string, code Code, err error, hint string) *Error {
	if code == "" {
		code = CodeOf(err)
	}
	if hint == "" {
		hint = hintFor(code)
	}
	return &Error{Op: op, Feed: l.feed, Split: split, Code: code, Err: err, Hint: hint}
}

// hintFor is the advice for causes that only the code is known of.
func hintFor(code Code) string {
	switch code {
	case Denied:
		return "give the user that runs jiku read access: chmod o+r FILE"
	case Missing:
		return "put the file back, or revoke the delivery if it was wrong"
	case Temporary:
		return "run again"
	}
	return ""
}

// deliveries lists the files in slot order. It reports every file that is wrong, not the
// first alone, and then lists none: a listing with holes would look complete.
func (l *landing) deliveries(ctx context.Context) ([]schemas.Delivery, error) {
	paths, err := l.matches()
	if err != nil {
		return nil, err
	}
	var out []schemas.Delivery
	var problems []error
	for _, p := range paths {
		d, err := l.delivery(ctx, p)
		switch {
		case ctx.Err() != nil:
			return nil, l.fail("list", "", "", ctx.Err(), "")
		case errors.Is(err, errWaits):
			l.log.WithField("feed", l.feed).WithField("file", filepath.Base(p)).Warn("file waits for its manifest")
		case err != nil:
			problems = append(problems, err)
		default:
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b schemas.Delivery) int {
		if a.Slot.Before(b.Slot) {
			return -1
		}
		if b.Slot.Before(a.Slot) {
			return 1
		}
		return strings.Compare(a.Location, b.Location)
	})
	for i := 1; i < len(out); i++ {
		if out[i].Slot == out[i-1].Slot {
			problems = append(problems, l.malformed("list", "", faultSlotTwice,
				fmt.Errorf("slot %s: two files, %s and %s", out[i].Slot, out[i-1].Location, out[i].Location)).
				at("期次 %s，%s 与 %s", out[i].Slot, out[i-1].Name, out[i].Name))
		}
	}
	if len(problems) == 1 {
		return nil, problems[0]
	}
	if len(problems) > 1 {
		return nil, errors.Join(problems...)
	}
	return out, nil
}

// matches are the files that the glob names, sorted. None is no problem, nothing may have
// been delivered yet; a directory that is not there is one.
func (l *landing) matches() ([]string, error) {
	dir := l.glob
	for strings.ContainsAny(dir, `*?[\`) || dir == l.glob {
		dir = filepath.Dir(dir)
	}
	if _, err := os.ReadDir(dir); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, l.fail("list", "", Missing, err, "create or mount the directory, or correct the setting path")
		}
		return nil, l.unread("list", l.location(dir), err)
	}
	paths, err := expand(l.glob)
	if err != nil {
		return nil, l.unread("list", l.location(err.Path), err)
	}
	paths = slices.DeleteFunc(paths, func(p string) bool { return strings.HasSuffix(p, manifestSuffix) })
	slices.Sort(paths)
	return paths, nil
}

// expand lists what a glob names. Unlike filepath.Glob it says when a directory cannot be
// read: what is in it would be missing from the listing.
func expand(glob string) ([]string, *fs.PathError) {
	if !strings.ContainsAny(glob, `*?[\`) {
		if _, err := os.Lstat(glob); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return []string{glob}, nil
	}
	dir, name := filepath.Split(glob)
	dirs, err := expand(filepath.Clean(dir))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, d := range dirs {
		if info, err := os.Stat(d); err == nil && !info.IsDir() {
			continue
		}
		entries, err := os.ReadDir(d)
		if err != nil {
			return nil, &fs.PathError{Op: "list", Path: d, Err: err}
		}
		for _, e := range entries {
			if ok, _ := filepath.Match(name, e.Name()); ok {
				out = append(out, filepath.Join(d, e.Name()))
			}
		}
	}
	return out, nil
}

// errWaits marks a file whose manifest says that it is not complete, or is not there yet.
var errWaits = errors.New("the file is not complete")

func (l *landing) delivery(ctx context.Context, path string) (schemas.Delivery, error) {
	name := filepath.Base(path)
	m, slot, err := l.describe(path)
	if err != nil {
		return schemas.Delivery{}, err
	}
	digest, stamp, info, err := l.digest(ctx, path)
	if err != nil {
		return schemas.Delivery{}, l.unread("list", name, err)
	}
	if m.SHA256 != "" && !strings.EqualFold(m.SHA256, digest) {
		return schemas.Delivery{}, l.malformed("list", name, faultDigest,
			fmt.Errorf("sha256 %s, the manifest says %s", digest, strings.ToLower(m.SHA256)))
	}
	return schemas.Delivery{ID: schemas.IDOf(l.feed, slot, 0), Feed: l.feed, Slot: slot,
		Location: l.location(path), Name: name, Bytes: info.Size(), Digest: digest, Stamp: stamp,
		Received: info.ModTime().UTC().Truncate(time.Second), Rows: m.rows()}, nil
}

// readManifest reads a regular file, of which a manifest is a small one.
func readManifest(path string) ([]byte, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 1<<20))
}

// describe reads the manifest and the slot.
func (l *landing) describe(path string) (Manifest, schemas.Slot, error) {
	name := filepath.Base(path)
	m := Manifest{}
	if l.manifest {
		data, err := readManifest(path + manifestSuffix)
		if errors.Is(err, fs.ErrNotExist) {
			return m, schemas.Slot{}, errWaits
		}
		if err != nil {
			return m, schemas.Slot{}, l.unread("list", name+manifestSuffix, err)
		}
		if m, err = ParseManifest(data); err != nil {
			return m, schemas.Slot{}, l.malformed("list", name+manifestSuffix, faultManifest, err)
		}
		if m.waits() {
			return m, schemas.Slot{}, errWaits
		}
		if m.Date != "" {
			day, err := parseDay(m.Date)
			if err != nil {
				return m, schemas.Slot{}, l.malformed("list", name+manifestSuffix, faultManifest, err)
			}
			return m, schemas.Slot{Date: day, Seq: m.Seq}, nil
		}
	}
	if l.pattern == nil {
		return m, schemas.Slot{}, l.malformed("list", name+manifestSuffix, faultManifest, errors.New("the manifest has no date"))
	}
	slot, err := slotOfName(l.pattern, name)
	if err != nil {
		return m, slot, l.malformed("list", name, faultName, err)
	}
	return m, slot, nil
}
