package assist

import (
	"bytes"

	"github.com/coachlog/coachlog/logparse"
)

// A Symbol is a section of a file, or a goal or an action in it.
type Symbol struct {
	Name, Detail string
	Kind         SymbolKind
	Span         logparse.Span // all of it
	Title        logparse.Span // where to go
	Below        []Symbol
}

// A SymbolKind says what a symbol is.
type SymbolKind int

// The kinds of symbols.
const (
	SectionSymbol SymbolKind = iota
	GoalSymbol
	ActionSymbol
)

// Symbols are the parts of a file, in its order. A confidential section has no title here.
func Symbols(doc *logparse.Document) (symbols []Symbol) {
	for _, section := range doc.Sections() {
		if section.Level == 0 || section.Title == "" {
			continue
		}
		s := Symbol{Name: section.Title, Kind: SectionSymbol, Span: section.Span, Title: section.Heading}
		goals := section.Name == logparse.FollowUp || section.Name == logparse.ShortTerm || section.Name == logparse.MidTerm || section.Name == logparse.LongTerm
		if goals {
			s.Below = symbolsOf(section.Items, GoalSymbol)
		}
		symbols = append(symbols, s)
	}
	return symbols
}

func symbolsOf(items []*logparse.Item, kind SymbolKind) (symbols []Symbol) {
	for _, it := range items {
		if it.Text == "" || kind == ActionSymbol && !it.IsTask() {
			continue
		}
		s := Symbol{Name: it.Text, Kind: kind, Span: it.Span, Title: it.TextSpan, Below: symbolsOf(it.Items, ActionSymbol)}
		if it.IsTask() {
			s.Detail = it.State.String()
		}
		symbols = append(symbols, s)
	}
	return symbols
}

// A Fold is some lines that can be shown as one.
type Fold struct {
	Span    logparse.Span
	Comment bool
}

// Folds are the front matter, the sections and longer comments of a file.
func Folds(doc *logparse.Document) (folds []Fold) {
	if front := doc.Front.Span; front.End > 0 {
		folds = append(folds, Fold{Span: front})
	}
	for _, section := range doc.Sections() {
		if section.Level > 0 {
			folds = append(folds, Fold{Span: section.Span})
		}
	}
	for at := doc.Front.Span.End; ; {
		start := bytes.Index(doc.Text[at:], []byte("<!--"))
		if start < 0 {
			return folds
		}
		start += at
		end := bytes.Index(doc.Text[start:], []byte("-->"))
		if end < 0 {
			return folds
		}
		at = start + end + len("-->")
		folds = append(folds, Fold{logparse.Span{Start: start, End: at}, true})
	}
}
