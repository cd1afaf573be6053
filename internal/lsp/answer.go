package lsp

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/coachlog/coachlog/internal/assist"
	"github.com/coachlog/coachlog/logparse"
)

// A viewed is an open text with all that is known around it.
type viewed struct {
	*document
	*assist.View
	at *places
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
		s.complain(d.workspace, err) // once, and not for every key
		return nil, nil
	}
	v := &viewed{document: d, View: &assist.View{Today: d.today}, at: newPlaces(d.text, s.utf8)}
	id := d.OwnerOfFile(d.path)
	j := d.judge(id, open) // of nobody, where it is nobody's
	v.Book, v.Person, v.Doc = j.book, j.person(), j.doc(d.path)
	if v.Doc == nil {
		v.Doc = logparse.Parse(d.path, d.text, d.shared.Settings.Headings)
	}
	return v, nil
}

// lookAt has a feature look at a place in an open text; the answer is null where there is nothing.
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

func (s *Server) hover(p positionParams) (any, error) {
	return s.lookAt(p, func(v *viewed, offset int) (any, error) {
		text, span := v.Hover(offset)
		if text == "" {
			return nil, nil
		}
		return hover{markupContent{"markdown", text}, v.at.rangeOf(span)}, nil
	})
}

func (s *Server) definition(p positionParams) (any, error) {
	return s.lookAt(p, func(v *viewed, offset int) (any, error) { return s.locations(v, v.Definition(offset)), nil })
}

func (s *Server) references(p referenceParams) (any, error) {
	return s.lookAt(p.positionParams, func(v *viewed, offset int) (any, error) {
		found := v.References(offset)
		if definition := v.Definition(offset); !p.Context.IncludeDeclaration && len(definition) == 1 {
			found = slices.DeleteFunc(found, func(p assist.Place) bool { return p.Path == definition[0].Path && p.Span == definition[0].Span })
		}
		return s.locations(v, found), nil
	})
}

// locations are places as the editor knows them. Of several in one file it is read once.
func (s *Server) locations(v *viewed, found []assist.Place) []location {
	locations := []location{}
	texts := make(map[string]*places)
	for _, p := range found {
		if texts[p.Path] == nil {
			texts[p.Path] = newPlaces(v.textOf(p), s.utf8)
		}
		locations = append(locations, location{s.uriIn(v.workspace, p.Path), texts[p.Path].rangeOf(p.Span)})
	}
	return locations
}

// textOf is the text that a place is in.
func (v *viewed) textOf(p assist.Place) []byte {
	switch {
	case p.Doc != nil:
		return p.Doc.Text
	case p.Path == v.shared.SettingsDoc.Path:
		return v.shared.SettingsDoc.Text
	}
	return nil // only its start is meant
}

// openAt is the open text of a file, or nil.
func (s *Server) openAt(w *workspace, path string) *document {
	for _, d := range s.documents {
		if d.workspace == w && d.path == path {
			return d
		}
	}
	return nil
}

// uriIn names a file of a logbook as the editor does, where it is open.
func (s *Server) uriIn(w *workspace, path string) string {
	if d := s.openAt(w, path); d != nil {
		return d.uri
	}
	return uriOf(filepath.Join(w.dir.Path, filepath.FromSlash(path)))
}

func (s *Server) prepareRename(p positionParams) (any, error) {
	return s.lookAt(p, func(v *viewed, offset int) (any, error) {
		_, span, ok := v.Renameable(offset)
		if !ok {
			return nil, nil
		}
		return v.at.rangeOf(span), nil
	})
}

func (s *Server) rename(p renameParams) (any, error) {
	return s.lookAt(p.positionParams, func(v *viewed, offset int) (any, error) {
		v.signIn(v.judged[0], time.Minute)
		found, name, err := v.Rename(offset, p.NewName)
		if err != nil {
			return nil, err
		}
		var edits []fileEdit
		for _, place := range found {
			edits = append(edits, fileEdit{place.Path, place.Doc.Text, logparse.Edit{Span: place.Span, Text: name}})
		}
		return s.workspaceEdit(v.workspace, edits), nil
	})
}

// A fileEdit is an edit of one of the logbook's files, with its text as it is now.
type fileEdit struct {
	path string
	text []byte
	logparse.Edit
}

// workspaceEdit is some edits as the editor makes them: of open texts only in the version that
// they are made for.
func (s *Server) workspaceEdit(w *workspace, edits []fileEdit) workspaceEdit {
	var of workspaceEdit
	at := make(map[string]int)
	of.Changes = make(map[string][]textEdit)
	for _, e := range edits {
		uri := s.uriIn(w, e.path)
		edit := textEdit{newPlaces(e.text, s.utf8).rangeOf(e.Span), e.Text}
		of.Changes[uri] = append(of.Changes[uri], edit)
		if _, known := at[uri]; !known {
			at[uri] = len(of.DocumentChanges)
			id := versionedIdentifier{URI: uri}
			if d := s.openAt(w, e.path); d != nil {
				id.Version = &d.version
			}
			of.DocumentChanges = append(of.DocumentChanges, textDocumentEdit{TextDocument: id})
		}
		change := &of.DocumentChanges[at[uri]]
		change.Edits = append(change.Edits, edit)
	}
	if s.versioned {
		of.Changes = nil
	} else {
		of.DocumentChanges = nil
	}
	return of
}

// symbolKinds are the protocol's.
var symbolKinds = map[assist.SymbolKind]int{assist.SectionSymbol: 15, assist.GoalSymbol: 5, assist.ActionSymbol: 6}

func (s *Server) symbols(p documentParams) (any, error) {
	return s.lookAll(p, func(v *viewed) (any, error) {
		symbols := v.symbolsOf(assist.Symbols(v.Doc))
		if s.hierarchical {
			return symbols, nil
		}
		return flat(v.uri, symbols), nil
	})
}

func (v *viewed) symbolsOf(symbols []assist.Symbol) []documentSymbol {
	out := make([]documentSymbol, 0, len(symbols))
	for _, of := range symbols {
		out = append(out, documentSymbol{of.Name, of.Detail, symbolKinds[of.Kind], v.at.rangeOf(of.Span), v.at.rangeOf(of.Title), v.symbolsOf(of.Below)})
	}
	return out
}

// flat is for editors that know no symbols within symbols.
func flat(uri string, symbols []documentSymbol) []symbolInformation {
	out := []symbolInformation{}
	for _, of := range symbols {
		out = append(append(out, symbolInformation{of.Name, of.Kind, location{uri, of.Range}}), flat(uri, of.Children)...)
	}
	return out
}

func (s *Server) folds(p documentParams) (any, error) {
	return s.lookAll(p, func(v *viewed) (any, error) {
		folds := []foldingRange{}
		for _, f := range assist.Folds(v.Doc) {
			at, kind := v.at.rangeOf(f.Span), "region"
			if f.Comment {
				kind = "comment"
			}
			if at.End.Character == 0 && at.End.Line > at.Start.Line {
				at.End.Line-- // it ends with a line end
			}
			if at.End.Line > at.Start.Line {
				folds = append(folds, foldingRange{at.Start.Line, at.End.Line, kind})
			}
		}
		return folds, nil
	})
}

func (s *Server) lenses(p documentParams) (any, error) {
	return s.lookAll(p, func(v *viewed) (any, error) {
		lenses := []codeLens{}
		for _, l := range v.Lenses() {
			lenses = append(lenses, codeLens{v.at.rangeOf(l.Span), command{Title: l.Title}})
		}
		return lenses, nil
	})
}

func (s *Server) actions(p codeActionParams) (any, error) {
	if !s.literals || !wanted(p.Context.Only) {
		return []codeAction{}, nil
	}
	return s.lookAll(documentParams{p.TextDocument}, func(v *viewed) (any, error) {
		at := logparse.Span{Start: v.at.offset(p.Range.Start), End: v.at.offset(p.Range.End)}
		actions := []codeAction{}
		for _, a := range v.Actions(at, v.lint(s.openIn(v.workspace))) {
			kind := "refactor"
			var mends []diagnostic
			if a.Mends != nil {
				kind, mends = "quickfix", []diagnostic{diagnosticOf(v.at, *a.Mends)}
			}
			actions = append(actions, codeAction{a.Title, kind, mends, s.workspaceEdit(v.workspace, v.fileEdits(a.Edits))})
		}
		return actions, nil
	})
}

// wanted says whether an editor asks for a kind of actions that there are.
func wanted(only []string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(kind string) bool { return kind == "" || kind == "quickfix" || kind == "refactor" })
}

// fileEdits are edits of the open text itself.
func (v *viewed) fileEdits(edits []logparse.Edit) (out []fileEdit) {
	for _, e := range edits {
		out = append(out, fileEdit{v.path, v.text, e})
	}
	return out
}

func (s *Server) format(p documentParams) (any, error) {
	return s.lookAll(p, func(v *viewed) (any, error) {
		edits := []textEdit{}
		for _, e := range assist.Format(v.Doc) {
			edits = append(edits, textEdit{v.at.rangeOf(e.Span), e.Text})
		}
		return edits, nil
	})
}
