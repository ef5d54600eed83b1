package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"

	"jiku/schemas/ident"
)

//go:embed page/*
var files embed.FS

var pages = template.Must(template.New("page.html").Funcs(functions).ParseFS(files, "page/*.html"))

// Render writes the page as one HTML file that needs nothing else. It refuses to explain
// anything but an organization.
func Render(w io.Writer, p Page) error {
	if e := p.Explained; e != nil {
		if _, defect := ident.ParseUSCC([]byte(e.USCC)); defect != ident.OK {
			return fmt.Errorf("render report: the explained entity is not an organization with a unified social credit code")
		}
	}
	css, err := files.ReadFile("page/page.css")
	if err != nil {
		return fmt.Errorf("render report: %w", err)
	}
	v := newView(p)
	v.CSS = template.CSS(css)
	if err := pages.Execute(w, v); err != nil {
		return fmt.Errorf("render report: %w", err)
	}
	return nil
}
