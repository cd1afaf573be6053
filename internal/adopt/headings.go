package adopt

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// wellKnown are headings that people write for coachlog's sections, in English,
// German, Spanish and French. Those for lists of tasks are not among them: by
// the format a task is a goal only where two people made it one.
var wellKnown = map[logparse.SectionName]string{
	logparse.Agenda:       "topics|talking points|discussion topics|discussion points|agenda items|themen|tagesordnung|gesprächsthemen|temas|orden del día|puntos a tratar|ordre du jour|sujets|points à aborder",
	logparse.FollowUp:     "follow-up from last time|follow up from last time|follow-up from last week|since last time|since we last met|last time|last week's actions|previous actions|previous action items|actions from last time|action items from last time|review of actions|review of last actions|rückblick|nachverfolgung|seit dem letzten mal|offene punkte vom letzten mal|desde la última vez|acciones anteriores|depuis la dernière fois|actions précédentes",
	logparse.Successes:    "wins and challenges|highs and lows|successes & challenges|ups and downs|highlights and lowlights|challenges|blockers|obstacles|roadblocks|concerns|erfolge und herausforderungen|herausforderungen|hindernisse|schwierigkeiten|éxitos y retos|retos|desafíos|dificultades|obstáculos|réussites et difficultés|difficultés|défis|blocages",
	logparse.Feedback:     "my feedback|feedback for them|feedback given|rückmeldung|rückmeldungen|retroalimentación|comentarios|retours|retour",
	logparse.GoingWell:    "wins|went well|what went well|what's going well|what is going well|going well?|strengths|highlights|successes|positives|praise|kudos|celebrations|achievements|accomplishments|lief gut|was gut lief|was lief gut|was gut läuft|erfolge|lob|stärken|positives feedback|logros|éxitos|qué fue bien|lo que va bien|lo que fue bien|fortalezas|aspectos positivos|réussites|succès|ce qui va bien|ce qui s'est bien passé|points forts|points positifs",
	logparse.ToDevelop:    "to improve|improvements|areas to improve|areas for improvement|areas of improvement|areas for growth|growth areas|opportunities|areas of opportunity|development areas|areas to develop|what could be better|even better if|what didn't go well|to work on|constructive feedback|verbesserungen|verbesserungspotenzial|verbesserungspotential|entwicklungsfelder|entwicklungsbereiche|was besser werden kann|was lief nicht gut|a mejorar|por mejorar|áreas de mejora|puntos de mejora|oportunidades|à améliorer|axes d'amélioration|axes de progrès|points à améliorer",
	logparse.ShortTerm:    "short term goals|goals for next week|goals for this week|goals for next time|goals until next time|this week's goals|next week's goals|weekly goals|current goals|kurzfristige ziele|ziele bis zum nächsten mal|wochenziele|objetivos a corto plazo|metas a corto plazo|objectifs à court terme",
	logparse.MidTerm:      "medium-term goals|medium term goals|quarterly goals|goals for the quarter|this quarter's goals|mittelfristige ziele|quartalsziele|objetivos a medio plazo|objetivos a mediano plazo|metas a medio plazo|objectifs à moyen terme",
	logparse.LongTerm:     "career|career goals|career growth|career development|career aspirations|aspirations|long term goals|growth and career|langfristige ziele|karriere|karriereziele|berufliche ziele|objetivos a largo plazo|metas a largo plazo|carrera|desarrollo profesional|objectifs à long terme|carrière|évolution de carrière",
	logparse.Notes:        "meeting notes|general notes|other notes|discussion|discussion notes|misc|miscellaneous|other|anything else|notizen|sonstiges|verschiedenes|diskussion|notas|notas generales|otros|varios|remarques|divers|autres",
	logparse.Confidential: "private|private notes|personal notes|confidential notes|manager only|manager notes|coach only|not shared|vertraulich|privat|private notizen|confidencial|privado|notas privadas|confidentiel|privé|notes privées",
}

// sectionFor is the section that people mean by a heading, or none.
func sectionFor(title string) logparse.SectionName {
	title = logparse.NormalTitle(title)
	for name, titles := range wellKnown {
		for known := range strings.SplitSeq(titles, "|") {
			if logparse.NormalTitle(known) == strings.TrimRight(title, "?!") {
				return name
			}
		}
	}
	return logparse.OwnSection
}

// A Heading is one heading that notes have and that coachlog doesn't know.
type Heading struct {
	Title string               `json:"title"` // as most often written
	Notes int                  `json:"notes"` // that have it
	Tasks int                  `json:"tasks"` // below it, in all notes
	Means logparse.SectionName `json:"means,omitempty"`
}

// OwnHeadings are the headings of the notes to be adopted that name no section,
// the most frequent first. Titles and dates of notes are none.
func OwnHeadings(all []*Proposal) []Heading {
	var docs []*logparse.Document
	for _, p := range all {
		if p.Outcome == Adopt {
			docs = append(docs, p.doc)
		}
	}
	return HeadingsOf(docs)
}

// HeadingsOf are the headings of logs that name no section, the most frequent
// first.
func HeadingsOf(docs []*logparse.Document) []Heading {
	found := make(map[string]*Heading)
	spelt := make(map[string]map[string]int)
	for _, doc := range docs {
		seen := make(map[string]bool)
		for i, h := range doc.Outline() {
			key := logparse.NormalTitle(h.Title)
			title := strings.Trim(plainText(logparse.BareTitle(h.Title)), ": ")
			if h.Section != logparse.OwnSection || i == 0 && h.Level == 1 || title == "" || len(title) > 60 || len(findDates(h.Title, false)) > 0 {
				continue
			}
			if found[key] == nil {
				found[key], spelt[key] = &Heading{Means: sectionFor(h.Title)}, make(map[string]int)
			}
			if !seen[key] {
				found[key].Notes++
			}
			seen[key] = true
			spelt[key][title]++
		}
		if doc.Session == nil {
			continue
		}
		for _, s := range doc.Session.Sections {
			if h := found[logparse.NormalTitle(s.Title)]; h != nil && s.Name == logparse.OwnSection {
				h.Tasks += tasks(s.Items)
			}
		}
	}
	var headings []Heading
	for key, h := range found {
		for title, n := range spelt[key] {
			if m := spelt[key][h.Title]; n > m || n == m && title < h.Title {
				h.Title = title
			}
		}
		headings = append(headings, *h)
	}
	slices.SortFunc(headings, func(a, b Heading) int {
		return cmp.Or(cmp.Compare(b.Notes, a.Notes), cmp.Compare(a.Title, b.Title))
	})
	return headings
}

func tasks(items []*logparse.Item) int {
	n := 0
	for _, it := range items {
		if it.IsTask() && it.Text != "" {
			n++
		}
		n += tasks(it.Items)
	}
	return n
}
