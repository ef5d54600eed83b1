package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiku/connectors/warehouse"
)

// question is one statement of a person with the format of its answer.
type question struct{ sql, format string }

// ask sends a person's statement as it is and copies the answer. The statement travels in
// the body, never in the address, and is not kept in the engine's query log. An error keeps
// the engine's words: the person who asked may see what they asked about.
func ask(ctx context.Context, ep warehouse.Endpoint, q question, out io.Writer) error {
	settings := url.Values{"default_format": {q.format}, "wait_end_of_query": {"1"}, "log_queries": {"0"},
		"output_format_json_array_of_rows": {"1"}}
	user, password := ep.Reader, ep.ReaderPassword
	if user == "" {
		// The address names no read-only user: the engine is asked to refuse writes.
		user, password = ep.User, ep.Password
		settings.Set("readonly", "2")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, ep.URL+"/?"+settings.Encode(), strings.NewReader(q.sql))
	if err != nil {
		return fmt.Errorf("ask warehouse: %w", err)
	}
	req.Header.Set("X-ClickHouse-User", user)
	req.Header.Set("X-ClickHouse-Key", password.Reveal())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		var at *url.Error
		if errors.As(err, &at) {
			err = at.Err // Without the address and its settings.
		}
		return fmt.Errorf("ask warehouse: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return refusal(resp)
	}
	if _, err := io.Copy(out, resp.Body); err != nil {
		return fmt.Errorf("ask warehouse: %w", err)
	}
	return nil
}

// refusal is the engine's answer to a statement that it does not carry out.
func refusal(resp *http.Response) error {
	text, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return fmt.Errorf("ask warehouse: %w", err)
	}
	said, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\nStack trace:")
	err = fmt.Errorf("ask warehouse: %s", said)
	// What a reader may not do is a fault of the statement; a wrong password is not.
	if code, _ := strconv.Atoi(resp.Header.Get("X-ClickHouse-Exception-Code")); refused(code) {
		return &hintError{err: missing{err}, hint: "check the user in JIKU_WAREHOUSE"}
	}
	return err
}

// refused reports whether an error number means that the warehouse is not as it must be,
// whatever is asked of it: its users, or its disk.
func refused(code int) bool {
	switch code {
	case 192, 193, 194, 516, // UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, AUTHENTICATION_FAILED
		243: // NOT_ENOUGH_SPACE
		return true
	}
	return false
}
