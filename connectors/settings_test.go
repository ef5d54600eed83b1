package connectors_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

type common struct {
	Path string `yaml:"path"`
}

type sample struct {
	common   `yaml:",inline"`
	Header   bool           `yaml:"header"`
	Limit    int64          `yaml:"limit"`
	Port     uint16         `yaml:"port"`
	Columns  []string       `yaml:"columns"`
	Wait     time.Duration  `yaml:"wait"`
	Password schemas.Secret `yaml:"password"`
	TLS      struct {
		CA string `yaml:"ca"`
	} `yaml:"tls"`
	Names map[string]string `yaml:"names"`
}

func TestDecode(t *testing.T) {
	got := sample{Header: true, Limit: 7, Columns: []string{"kept only if not set", "x"}, Names: map[string]string{"kept": "if not set"}}
	err := connectors.Decode(schemas.Settings{"path": "a", "limit": uint64(9), "port": 8123.0, "columns": []any{"姓名"}, "wait": "30s", "password": "p",
		"names": map[string]any{"a": "b"}, "tls": map[string]any{"ca": "x"}}, &got)
	check(t, err)
	want := sample{common: common{"a"}, Header: true, Limit: 9, Port: 8123, Columns: []string{"姓名"}, Wait: 30 * time.Second, Password: "p", Names: map[string]string{"a": "b"}}
	want.TLS.CA = "x"
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(sample{}, common{})); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		set  schemas.Settings
		want string
	}{
		{"unknown, near", schemas.Settings{"heder": true}, "setting heder: unknown, did you mean header"},
		{"case counts", schemas.Settings{"Header": true}, "setting Header: unknown, did you mean header"},
		{"unknown, far", schemas.Settings{"zzzzzz": 1}, "setting zzzzzz: unknown, known are path, header, limit, port, columns, wait, password, tls, names"},
		{"text for a number", schemas.Settings{"limit": "9secret"}, "setting limit: want a whole number, have text"},
		{"number for text", schemas.Settings{"path": 5}, "setting path: want text, have a whole number"},
		{"text for a switch", schemas.Settings{"header": "yes"}, "setting header: want true or false, have text"},
		{"text for a list", schemas.Settings{"columns": "a"}, "setting columns: want a list, have text"},
		{"half a number", schemas.Settings{"limit": 1.5}, "setting limit: want a whole number"},
		{"too large", schemas.Settings{"port": 70000}, "setting port: want a number that fits uint16"},
		{"negative", schemas.Settings{"port": -1}, "setting port: want a number that fits uint16"},
		{"a secret of the wrong type", schemas.Settings{"password": []any{"hunter2"}}, "setting password: want text, have a list"},
		{"inside", schemas.Settings{"tls": map[string]any{"CA": "x"}}, "setting tls.CA: unknown"},
		{"text for a mapping", schemas.Settings{"tls": "secret"}, "setting tls: want a mapping, have text"},
		{"a duration that is none", schemas.Settings{"wait": "soon-secret"}, "setting wait: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := connectors.Decode(c.set, &sample{})
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Fatalf("error %v, want %s", err, c.want)
			}
			for _, value := range []string{"secret", "hunter2"} {
				if strings.Contains(err.Error(), value) {
					t.Errorf("error %v shows the value", err)
				}
			}
		})
	}
	err := connectors.Decode(schemas.Settings{"limit": "a", "header": 1, "x": 1}, &sample{})
	if err == nil || strings.Count(err.Error(), "setting ") != 3 {
		t.Errorf("error %v, want all three problems", err)
	}
}
