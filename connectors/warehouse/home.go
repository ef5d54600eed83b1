package warehouse

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jiku/schemas"
)

// home is the folder HOME/warehouse.
type home struct{ dir string }

func homeOf(dir string) (home, error) {
	if dir == "" {
		return home{}, hinted(errors.New("open warehouse: no home is given"), "name a folder with --home")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return home{}, fmt.Errorf("open warehouse: %w", err)
	}
	// The engine's command line is compared with this path, so that it must not depend on
	// which symbolic link led here.
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	return home{dir: filepath.Join(abs, "warehouse")}, nil
}

func (h home) path(name string) string { return filepath.Join(h.dir, name) }

// create makes the folders; only this user may look into them.
func (h home) create() error {
	for _, name := range []string{"data", "files", "backups"} {
		if err := os.MkdirAll(h.path(name), 0o700); err != nil {
			return onDisk(fmt.Errorf("create warehouse: %w", err), h.dir)
		}
	}
	if err := os.Chmod(h.dir, 0o700); err != nil {
		return onDisk(fmt.Errorf("create warehouse: %w", err), h.dir)
	}
	return nil
}

// write replaces a file as a whole: whoever reads it, and whatever kills this process,
// never sees half of it.
func (h home) write(name string, content []byte) error {
	err := func() error {
		tmp, err := os.CreateTemp(h.dir, "."+name+"-*") // Mode 0600.
		if err != nil {
			return err
		}
		defer os.Remove(tmp.Name())
		_, err = tmp.Write(content)
		if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
			return err
		}
		return os.Rename(tmp.Name(), h.path(name))
	}()
	if err != nil {
		return onDisk(fmt.Errorf("write warehouse file %s: %w", name, err), h.dir)
	}
	return nil
}

type passwords struct{ engine, reader schemas.Secret }

// passwords reads the generated passwords, and generates those that are missing.
func (h home) passwords() (passwords, error) {
	engine, err := h.password("password")
	if err != nil {
		return passwords{}, err
	}
	reader, err := h.password("reader-password")
	return passwords{engine, reader}, err
}

func (h home) password(name string) (schemas.Secret, error) {
	b, err := os.ReadFile(h.path(name))
	if err == nil {
		if s := strings.TrimSpace(string(b)); len(s) >= 20 {
			return schemas.Secret(s), nil
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", onDisk(fmt.Errorf("read warehouse password: %w", err), h.dir)
	}
	fresh := rand.Text() // 128 bits or more, from the system's random source.
	return schemas.Secret(fresh), h.write(name, []byte(fresh+"\n"))
}

// diskBytes adds up what the tables take.
func (h home) diskBytes() (int64, error) {
	var total int64
	err := filepath.WalkDir(h.path("data"), func(_ string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // A merge removed it meanwhile.
		}
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil {
			total += info.Size()
		}
		return nil
	})
	return total, err
}
