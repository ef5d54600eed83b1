package report

import (
	"fmt"
	"html/template"
)

// Style is the style sheet of the page, for other pages that should look like it.
func Style() (template.CSS, error) {
	css, err := files.ReadFile("page/page.css")
	if err != nil {
		return "", fmt.Errorf("read style: %w", err)
	}
	return template.CSS(css), nil
}
