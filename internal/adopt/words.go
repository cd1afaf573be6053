package adopt

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/coachlog/coachlog/internal/pattern"
)

// The names of the months in English, German, Spanish, French, Portuguese,
// Dutch and Italian, folded, and how they are cut short.
var months = [12]string{
	"january jan januar janner jaenner enero ene janvier janv janeiro januari gennaio gen",
	"february feb februar feber febrero fevrier fevr fevereiro fev februari febbraio",
	"march mar marz maerz mrz marzo mars marco maart mrt",
	"april apr abril abr avril avr aprile",
	"may mai mayo maio mei maggio mag",
	"june jun juni junio juin junho giugno giu",
	"july jul juli julio juillet juil julho luglio lug",
	"august aug agosto ago aout augustus",
	"september sep sept septiembre septembre setembro set settembre",
	"october oct oktober okt octubre octobre outubro out ottobre ott",
	"november nov noviembre novembre novembro",
	"december dec dezember dez diciembre dic decembre dezembro dicembre",
}

// needsYear says whether a month's name is also a common word or a name, so that
// it is a month only where a year follows.
func needsYear(word string) bool {
	return word == "may" || isOneOf(fold(word), "gen set out ago mag mei marco ene")
}

// monthOf is the number of the month that a word names, or 0.
func monthOf(word string) int {
	word = fold(word)
	return 1 + slices.IndexFunc(months[:], func(names string) bool { return isOneOf(word, names) })
}

// weekdays say nothing that a date doesn't. Those that are short are English: in
// other languages they are too often names and little words.
const weekdays = "sunday sun monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat " +
	"sonntag montag dienstag mittwoch donnerstag freitag samstag sonnabend domingo lunes martes miercoles jueves viernes sabado " +
	"dimanche lundi mardi mercredi jeudi vendredi samedi segunda terca quarta quinta sexta " +
	"zondag maandag dinsdag woensdag donderdag vrijdag zaterdag domenica lunedi martedi mercoledi giovedi venerdi sabato"

// isOneOf says whether word is one of the words of a list.
func isOneOf(word, list string) bool {
	return word != "" && slices.Contains(strings.Fields(list), word)
}

// fold is a text in lower case and without marks on its letters, to compare words
// that people type in several ways.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(strings.ReplaceAll(text, "ß", "ss")))
}

// The labels of a note's first lines and the keys of other tools, folded, by what
// they are for.
const (
	dateLabels    = "date|meeting date|started at|start time|start|scheduled|scheduled for|held on|meeting time|session date|date of meeting|date of session|date and time|date/time|date & time|datetime|when|time|day|datum|gesprachsdatum|termin|wann|fecha|data|date de l'entretien|jour"
	coacheeLabels = "name|coachee|student|employee|employee name|team member|direct report|report|agent|agent name|advisor|adviser|rep|associate|mentee|supervisee|person|mitarbeiter|mitarbeiterin|mitarbeiter/in|mitarbeiter:in|empleado|empleada|colaborador|colaboradora|nombre|collaborateur|collaboratrice|salarie|salariee|nom"
	coachLabels   = "coach|manager|line manager|lead|team lead|team leader|supervisor|mentor|facilitator|led by|leader|fuhrungskraft|vorgesetzter|vorgesetzte|teamleiter|teamleiterin|teamleitung|jefe|jefa|responsable|supervisora|superviseur|superviseure|encadrant"
	bothLabels    = "with|met with|1:1 with|1-1 with|attendees|attendee|participants|participant|people|present|who|between|teilnehmer|teilnehmende|anwesend|mit|asistentes|participantes|con|presents|avec"
	titleLabels   = "title|titel|titulo|titre|subject|thema|betreff|asunto|sujet"
)

// isLabel says whether a label is one of a list, however it is spelt.
func isLabel(label, list string) bool {
	label = strings.NewReplacer("_", " ", "-", " ").Replace(fold(strings.TrimSpace(label)))
	return label != "" && slices.Contains(strings.Split(strings.ReplaceAll(list, "-", " "), "|"), label)
}

// marks of a talk between two people, wherever they stand in a name.
var betweenTwo = pattern.Of(`(?i)(?:^|[^\pL\pN])(?:1 ?[:：] ?1s?|1[-–_ ]?(?:on|to|x|a)[-–_ ]?1s?|1[-–_‑]1s?|121s?|one[- ]?(?:on|to)[- ]?ones?|ones?2ones?|o3s?|einzelgespraech|(?:einzel|vier[- ]augen[- ]|mitarbeiter|jahres|mitarbeiterjahres|feedback|entwicklungs|kritik)gespräche?|coaching(?:gespräche?)?|coachings|mentoring|jour[- ]?fixe|point individuel|point hebdo|entretiens? individuels?|tête[- ]à[- ]tête|reunión individual|sesión individual|uno a uno|um a um|bilaterals?|check[- ]?ins?|catch[- ]?ups?|performance review|skip[- ]?level)(?:$|[^\pL\pN])`)

// saysMeeting says whether a name or a title says that people met.
func saysMeeting(text string) bool {
	return betweenTwo().MatchString(text) || metWords().MatchString(fold(text))
}

// metWords may be part of a longer word: TutorMeeting.
var metWords = pattern.Of(`meetings?(?:$|[^a-z])|sessions?(?:$|[^a-z])|supervision|conversation|feedback with|(?:^|[^a-z])(?:sync|catch[- ]?up|check[- ]?in)(?:$|[^a-z])|besprechung|gesprach|reunion|entretien|sesion`)

// meetingWords say that people met, or join names, and name nobody.
const meetingWords = "meeting meetings meetingnotes mtg notes note weekly biweekly fortnightly monthly quarterly annual yearly daily session sessions sync catchup catch up check in checkin call chat conversation talk feedback review coaching mentoring supervision performance minutes log 121 one on to ones on with and between of the for at w wk week kw date datum no nr number s kick off kickoff student client tutor show noshow cancelled canceled missed abgesagt " +
	"gesprach einzelgesprach mitarbeitergesprach jahresgesprach besprechung notiz notizen protokoll mit und vom am termin woche reunion sesion notas con y de entretien point avec et du le compte rendu am pm uhr"

func isMeetingWord(folded string) bool {
	return isOneOf(folded, meetingWords) || isOneOf(folded, weekdays) || isDigits(folded)
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }
