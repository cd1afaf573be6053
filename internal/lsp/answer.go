package lsp

import (
	"fmt"

	"github.com/coachlog/coachlog/internal/assist"
	"github.com/coachlog/coachlog/logparse"
)

// A viewed is an open text with all that is known around it.
type viewed struct {
	*document
	*assist.View
	at   *places
	uris func(path string) string // of files of the logbook
}

// view looks at an open text; nil where it isn't open, or no file of a logbook.
func (s *Server) view(uri string) (*viewed, error) {
	d := s.documents[uri]
	if d == nil {
		return nil, nil
	}
	ok, err := s.locate(d)
	if err != nil || !ok {
		return nil, err
	}
	open := s.openIn(d.workspace)
	if err := d.refresh(open, s.Today()); err != nil {
		return nil, err
	}
	v := &viewed{document: d, View: &assist.View{Today: d.today}, at: newPlaces(d.text, s.utf8)}
	id := d.ownerOf(d.path)
	j := d.judge(id, open) // of nobody, where it is nobody's
	v.Book, v.Person, v.Doc = j.book, j.person(), j.doc(d.path)
	if v.Doc == nil {
		v.Doc = logparse.Parse(d.path, d.text, d.shared.Settings.Headings)
	}
	return v, nil
}

// at has a feature look at a place in an open text; the answer is null where there is nothing.
func (s *Server) lookAt(p positionParams, do func(v *viewed, offset int) (any, error)) (any, error) {
	v, err := s.view(p.TextDocument.URI)
	if v == nil || err != nil {
		return nil, err
	}
	return do(v, v.at.offset(p.Position))
}

// lookAll has a feature look at an open text.
func (s *Server) lookAll(p documentParams, do func(v *viewed) (any, error)) (any, error) {
	v, err := s.view(p.TextDocument.URI)
	if v == nil || err != nil {
		return nil, err
	}
	return do(v)
}

// completionKinds are the protocol's.
var completionKinds = map[assist.Kind]int{
	assist.Person: 6, assist.ID: 18, assist.Metric: 12, assist.Mark: 12, assist.Token: 14, assist.Date: 12, assist.Heading: 22,
	assist.Key: 10, assist.Choice: 20, assist.Rule: 18,
}

func (s *Server) completion(p positionParams) (any, error) {
	return s.lookAt(p, func(v *viewed, offset int) (any, error) {
		items := []completionItem{}
		for i, c := range v.Complete(offset) {
			items = append(items, completionItem{Label: c.Text, Kind: completionKinds[c.Kind], Detail: c.Detail, SortText: fmt.Sprintf("%04d", i),
				TextEdit: textEdit{v.at.rangeOf(c.Replaces), c.Text}})
		}
		return completionList{Items: items}, nil
	})
}
