package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

var (
	errDenied = errors.New("user or password is wrong")
	// answerForm is a version or an error number; anything else in an answer is not shown.
	answerForm = regexp.MustCompile(`^\d+\.\d+[0-9.]*$`)
	codeForm   = regexp.MustCompile(`Code: \d+`)
)

// version asks the server for its version, which also shows that it answers queries of
// this user.
func version(ctx context.Context, ep Endpoint) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, ep.URL+"/", strings.NewReader("SELECT version()"))
	if err != nil {
		return "", errors.New("its address is not valid")
	}
	req.Header.Set("X-ClickHouse-User", ep.User)
	req.Header.Set("X-ClickHouse-Key", ep.Password.Reveal())
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, Proxy: http.ProxyFromEnvironment}}
	resp, err := client.Do(req)
	if err != nil {
		var ue *url.Error
		if errors.As(err, &ue) {
			err = ue.Err
		}
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(body))
	switch {
	case resp.StatusCode == http.StatusOK && answerForm.MatchString(text):
		return text, nil
	case resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusUnauthorized,
		strings.Contains(text, "AUTHENTICATION_FAILED"), strings.Contains(text, "REQUIRED_PASSWORD"):
		return "", errDenied
	case strings.Contains(text, "clickhouse-client program"):
		return "", errors.New("this is the port of the native protocol")
	case codeForm.MatchString(text):
		return "", fmt.Errorf("status %d, %s", resp.StatusCode, codeForm.FindString(text))
	default:
		return "", fmt.Errorf("status %d, and the answer is not ClickHouse's", resp.StatusCode)
	}
}
