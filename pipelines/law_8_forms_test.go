package pipelines_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiku/connectors/clickhouse"
	"jiku/connectors/warehouse"
	"jiku/pipelines"
	"jiku/pipelines/reconcile"
	"jiku/schemas"
	"jiku/schemas/ident"
)

// TestFormsRedact prints everything that carries a key or a password, alone and inside
// structs, slices, maps and pointers, with every verb and as JSON: nothing shows.
func TestFormsRedact(t *testing.T) {
	const number, code, password = "390101196504300012", "91390100MA39X0A12F", "geheim-龘-7"
	id, _ := ident.ParseResidentID([]byte(number))
	uscc, _ := ident.ParseUSCC([]byte(code))
	if id.Reveal() != number || uscc.Reveal() != code {
		t.Fatal("the examples are no numbers")
	}
	key, secret := schemas.Key(number), schemas.Secret(password)
	values := map[string]any{
		"key": key, "secret": secret, "pointer to key": &key, "pointer to secret": &secret,
		"keys": []schemas.Key{key}, "secrets": []schemas.Secret{secret}, "map to key": map[string]schemas.Key{"k": key}, "map of key": map[schemas.Key]int{key: 1},
		"question": pipelines.Question{Key: key}, "pointer to question": &pipelines.Question{Key: key},
		"decision": reconcile.Decision{Key: key}, "facts": reconcile.Facts{Decisions: []reconcile.Decision{{Key: key}}},
		"explanation": reconcile.Explanation{Key: key}, "answer": pipelines.Answer{Explanation: reconcile.Explanation{Key: key}},
		"config":   clickhouse.Config{Password: secret},
		"endpoint": warehouse.Endpoint{Password: secret, ReaderPassword: secret}, "options": warehouse.Options{DSN: secret},
		"resident id": id, "resident ids": []ident.ResidentID{id}, "pointer to resident id": &id, "uscc": uscc, "struct": struct{ A any }{uscc},
	}
	for name, v := range values {
		var texts []string
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			texts = append(texts, fmt.Sprintf(verb, v))
		}
		// encoding/json prints string keys of maps as they are, whatever their type says.
		if text, err := json.Marshal(v); err == nil && name != "map of key" {
			texts = append(texts, string(text))
		}
		texts = append(texts, fmt.Sprint(v), fmt.Errorf("wrapped %v", v).Error())
		for _, text := range texts {
			for _, mark := range []string{number, code, password, "geheim", fmt.Sprintf("%x", number), fmt.Sprintf("%X", password), "196504"} {
				if strings.Contains(text, mark) {
					t.Errorf("%s prints %q", name, text)
				}
			}
		}
	}
}
