package warehouse

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"jiku/schemas"
)

const dsnForm = "write it as `export JIKU_WAREHOUSE='clickhouse://USER:PASSWORD@HOST:8123/?secure=true'` " +
	"(the HTTP port; special characters of the password percent-encoded: @ is %40, / is %2F, # is %23)"

// openDSN pings the server that a DSN names.
func openDSN(ctx context.Context, dsn schemas.Secret) (Endpoint, error) {
	ep, err := parseDSN(dsn)
	if err != nil {
		return Endpoint{}, hinted(fmt.Errorf("open warehouse: read JIKU_WAREHOUSE: %w", err), dsnForm)
	}
	ep.Version, err = version(ctx, ep)
	if err != nil {
		hint := "check host and port with `curl " + ep.URL + "/ping`; it must be the HTTP port (8123, or 8443 with secure=true), not 9000; " +
			"SSL_CERT_FILE names the authority of a certificate that the system does not know"
		if errors.Is(err, errDenied) {
			hint = "check user and password in JIKU_WAREHOUSE; " + dsnForm
		}
		return Endpoint{}, hinted(fmt.Errorf("open warehouse: ask %s: %w", ep.URL, err), hint)
	}
	return ep, nil
}

// parseDSN never puts a part of the DSN into an error: where the form is wrong, any part
// may be the password.
func parseDSN(dsn schemas.Secret) (Endpoint, error) {
	u, err := url.Parse(dsn.Reveal())
	if err != nil {
		return Endpoint{}, errors.New("it is no URL")
	}
	q := u.Query()
	switch {
	case u.Scheme != "clickhouse":
		return Endpoint{}, errors.New("it does not start with clickhouse://")
	case u.Hostname() == "":
		return Endpoint{}, errors.New("it names no host")
	case strings.Contains(u.Hostname(), ","):
		return Endpoint{}, errors.New("it names several hosts; name one, or the balancer before them")
	case u.Path != "" && u.Path != "/" && u.Path != "/default":
		return Endpoint{}, errors.New("it names a database; jiku creates its own databases by name")
	}
	for name := range q {
		if name != "secure" && name != "reader" && name != "reader_password" {
			return Endpoint{}, errors.New("it has a parameter other than secure, reader and reader_password")
		}
	}
	scheme, port := "http", "8123"
	switch q.Get("secure") {
	case "", "false", "0":
	case "true", "1":
		scheme, port = "https", "8443"
	default:
		return Endpoint{}, errors.New("its parameter secure is neither true nor false")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	ep := Endpoint{
		URL:            scheme + "://" + net.JoinHostPort(u.Hostname(), port),
		User:           u.User.Username(),
		Reader:         q.Get("reader"),
		ReaderPassword: schemas.Secret(q.Get("reader_password")),
	}
	if ep.User == "" {
		ep.User = "default"
	}
	if p, ok := u.User.Password(); ok {
		ep.Password = schemas.Secret(p)
	}
	return ep, nil
}
