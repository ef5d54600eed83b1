package schemas_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"jiku/schemas"
)

// TestSecretNeverPrints prints a secret bare and inside other values in every way that a
// log line or an error could, and looks for it in clear, quoted and hexadecimal.
func TestSecretNeverPrints(t *testing.T) {
	const clear = "pa55-Wörd"
	secret := schemas.Secret(clear)
	type inner struct{ Password schemas.Secret }
	holders := map[string]any{
		"bare":      secret,
		"pointer":   &secret,
		"struct":    inner{secret},
		"pointed":   &inner{secret},
		"nested":    struct{ In inner }{inner{secret}},
		"slice":     []schemas.Secret{secret},
		"map value": map[string]schemas.Secret{"k": secret},
		"map key":   map[schemas.Secret]int{secret: 1},
		"interface": []any{secret},
	}
	for name, v := range holders {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%#x", "%d", "%T%v", "%10.3s"} {
			args := []any{v}
			if verb == "%T%v" {
				args = []any{v, v}
			}
			mustHide(t, name+" "+verb, fmt.Sprintf(verb, args...), clear)
		}
		mustHide(t, name+" Sprint", fmt.Sprint(v), clear)
		mustHide(t, name+" error", fmt.Errorf("open warehouse: %v", v).Error(), clear)
		if name != "map key" { // See Secret: encoding/json asks no method of such keys.
			js, err := json.Marshal(v)
			if err != nil {
				t.Errorf("%s: json: %v", name, err)
			}
			mustHide(t, name+" JSON", string(js), clear)
		}
		ym, err := yaml.Marshal(v)
		if err != nil {
			t.Errorf("%s: yaml: %v", name, err)
		}
		mustHide(t, name+" YAML", string(ym), clear)
	}
	var buf bytes.Buffer
	if err := xml.NewEncoder(&buf).Encode(inner{secret}); err != nil {
		t.Fatal(err)
	}
	mustHide(t, "XML", buf.String(), clear)
	if secret.Reveal() != clear {
		t.Error("Reveal does not give the secret back")
	}
}

func mustHide(t *testing.T, how, printed, clear string) {
	t.Helper()
	low := strings.ToLower(strings.ReplaceAll(printed, " ", ""))
	for form, s := range map[string]string{
		"clear": clear, "hexadecimal": hex.EncodeToString([]byte(clear)), "the start": clear[:3],
	} {
		if strings.Contains(low, strings.ToLower(s)) {
			t.Errorf("%s shows the secret (%s): %s", how, form, printed)
		}
	}
}
