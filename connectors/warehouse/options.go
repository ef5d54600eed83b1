package warehouse

import (
	"os"
	"path/filepath"

	"github.com/sirupsen/logrus"

	"jiku/schemas"
)

// Options say where the warehouse is. Only Home is needed.
type Options struct {
	// Home is the folder that holds the state of this jiku; the engine uses HOME/warehouse.
	Home string
	// DSN names a server instead: clickhouse://user:password@host:8123/?secure=true, the
	// HTTP interface. &reader=NAME&reader_password=… names its read-only user.
	DSN schemas.Secret
	// Binary is a `clickhouse` executable to run as the engine instead of the library.
	Binary string
	// Child is the path of jiku-warehouse; by default it lies beside the running program.
	Child string
	// Cache is the folder for the library; by default jiku/engine in the user's cache folder.
	Cache string
	// Memory is the ceiling of the engine: "6G", "800M" or "50%" of the machine; by default
	// 60 %.
	Memory string
	// Files lets user jiku read any file that this user of the machine may read. It is meant
	// for benchmarks that compare with file('…').
	Files bool
	// Follow makes the engine end with the process that starts it. It is meant for tests.
	Follow bool
	// Log receives what is worth telling an operator; nil is silent.
	Log logrus.FieldLogger
	// Progress is called while the library is being fetched, with bytes done and in all.
	Progress func(done, total int64)
}

// Environment gives the options that the environment asks for: JIKU_WAREHOUSE,
// JIKU_CLICKHOUSE and JIKU_ENGINE_MEMORY.
func Environment(home string) Options {
	return Options{
		Home:   home,
		DSN:    schemas.Secret(os.Getenv("JIKU_WAREHOUSE")),
		Binary: os.Getenv("JIKU_CLICKHOUSE"),
		Memory: os.Getenv("JIKU_ENGINE_MEMORY"),
	}
}

// Endpoint is a warehouse that has answered.
type Endpoint struct {
	// URL is the HTTP interface, without a path: http://127.0.0.1:8123.
	URL      string
	User     string
	Password schemas.Secret
	// Reader is the read-only user. It is empty where a DSN names none; send readonly=2
	// with the queries of others then.
	Reader         string
	ReaderPassword schemas.Secret
	// Embedded is true for a child of jiku, with its PID.
	Embedded bool
	PID      int
	Version  string
}

func (o Options) log() logrus.FieldLogger {
	if o.Log != nil {
		return o.Log
	}
	silent := logrus.New()
	silent.SetLevel(logrus.PanicLevel)
	return silent
}

func (o Options) child() (string, error) {
	if o.Child != "" {
		return o.Child, nil
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	return filepath.Join(filepath.Dir(exe), "jiku-warehouse"), nil
}

func (o Options) cache() (string, error) {
	if o.Cache != "" {
		return filepath.Abs(o.Cache)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", hinted(err, "set XDG_CACHE_HOME to a writable folder: `export XDG_CACHE_HOME=/var/cache/jiku`")
	}
	return filepath.Join(dir, "jiku", "engine"), nil
}
