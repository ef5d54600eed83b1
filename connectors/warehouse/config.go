package warehouse

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"runtime"
	"text/template"

	"jiku/schemas"
)

// The users of the child.
const (
	engineUser = "jiku"
	readerUser = "jiku_reader"
)

var (
	//go:embed config.xml.tmpl
	configText string
	//go:embed users.xml.tmpl
	usersText string

	// xmlForm escapes paths: a home may be called "a & b".
	xmlForm = template.FuncMap{"xml": func(s string) (string, error) {
		var b bytes.Buffer
		err := xml.EscapeText(&b, []byte(s))
		return b.String(), err
	}}
	configForm = template.Must(template.New("config.xml").Funcs(xmlForm).Parse(configText))
	usersForm  = template.Must(template.New("users.xml").Funcs(xmlForm).Parse(usersText))
)

// tableEngines are the engines that keep their data in the warehouse. Those that read
// files, addresses, programs or other servers are not among them.
func tableEngines() []string {
	return []string{"MergeTree", "ReplacingMergeTree", "SummingMergeTree", "AggregatingMergeTree",
		"CollapsingMergeTree", "VersionedCollapsingMergeTree", "CoalescingMergeTree", "View", "MaterializedView",
		"Memory", "Null", "Set", "Join", "Dictionary", "Merge", "Buffer", "Log", "StripeLog", "TinyLog"}
}

// hiddenFromReader holds the key of the key hashes, what a judge holds of the truth, the raw
// rows (read by grant), and other users' queries.
func hiddenFromReader() []string {
	return []string{"vault.*", "judge_*.*", "claim.raw", "claim.raw_staged", "system.processes", "system.query_cache", "system.users"}
}

// writeConfig writes both files that the engine reads at its start.
func (h home) writeConfig(o Options, p passwords) error {
	memory, err := memoryCeiling(o.Memory)
	if err != nil {
		return err
	}
	config, users := new(bytes.Buffer), new(bytes.Buffer)
	err = configForm.Execute(config, map[string]any{
		"Users": h.path("users.xml"), "Files": h.path("files"), "Backups": h.path("backups"),
		"Memory": memory,
		// Merges leave half of the cores to queries; fewer than two would block long ones.
		"Merges": max(2, runtime.NumCPU()/2),
	})
	if err == nil {
		err = usersForm.Execute(users, map[string]any{
			"Password": digest(p.engine), "ReaderPassword": digest(p.reader), "ReadFiles": o.Files,
			"ReaderMemory": memory / 2, "Engines": tableEngines(), "Hidden": hiddenFromReader(),
		})
	}
	if err != nil {
		return fmt.Errorf("write engine settings: %w", err)
	}
	if err := h.write("config.xml", config.Bytes()); err != nil {
		return err
	}
	return h.write("users.xml", users.Bytes())
}

func digest(s schemas.Secret) string {
	sum := sha256.Sum256([]byte(s.Reveal()))
	return hex.EncodeToString(sum[:])
}
