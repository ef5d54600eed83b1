// Package report renders what a run did and how good the data is as one HTML file: no
// network, no script, readable by a department head and by an engineer, in print, on a
// phone, in the dark.
//
//	Page ──Render──▶ report.html
//
// The page holds counts, scores and declared words. The only entity on it is the one that
// is explained, and that is an organization: Render refuses any other.
package report
