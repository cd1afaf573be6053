package adopt

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/coachlog/coachlog/logparse"
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

// The weekdays, from Sunday. Those that are short are English: in other
// languages they are too often names and little words.
var weekdays = [7]string{
	"sunday sun sonntag domingo dimanche zondag domenica",
	"monday mon montag lunes lundi segunda maandag lunedi",
	"tuesday tue tues dienstag martes mardi terca dinsdag martedi",
	"wednesday wed mittwoch miercoles mercredi quarta woensdag mercoledi",
	"thursday thu thur thurs donnerstag jueves jeudi quinta donderdag giovedi",
	"friday fri freitag viernes vendredi sexta vrijdag venerdi",
	"saturday sat samstag sonnabend sabado samedi zaterdag sabato",
}

// weekdayOf is the number of the weekday that a word names, from Sunday, or -1.
func weekdayOf(word string) int {
	word = fold(word)
	return slices.IndexFunc(weekdays[:], func(names string) bool { return isOneOf(word, names) })
}

// isOneOf says whether word is one of the words of a list.
func isOneOf(word, list string) bool {
	return word != "" && slices.Contains(strings.Fields(list), word)
}

// fold is a text in lower case and without marks on its letters, to compare words
// that people type in several ways.
func fold(text string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(text) {
		if unicode.IsMark(r) {
			continue
		}
		if plain, ok := plainLetters[r]; ok {
			out.WriteString(plain)
			continue
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return norm.NFC.String(out.String())
}

// plainLetters have no mark that could be taken away.
var plainLetters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'ø': "o", 'Ø': "o", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe",
	'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th", 'ı': "i",
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
var betweenTwo = pattern(`(?i)(?:^|[^\pL\pN])(?:1 ?[:：] ?1s?|1[-–_ ]?(?:on|to|x|a)[-–_ ]?1s?|1[-–_‑]1s?|121s?|one[- ]?(?:on|to)[- ]?ones?|ones?2ones?|o3s?|einzelgespräche?|einzelgespraech|vier[- ]augen[- ]gespräche?|mitarbeitergespräche?|(?:mitarbeiter)?jahresgespräche?|feedbackgespräche?|entwicklungsgespräche?|kritikgespräche?|coaching(?:gespräche?)?|coachings|mentoring|jour[- ]?fixe|point individuel|point hebdo|entretiens? individuels?|tête[- ]à[- ]tête|reunión individual|sesión individual|uno a uno|um a um|uno a uno|bilaterals?|check[- ]?ins?|catch[- ]?ups?|performance review|skip[- ]?level)(?:$|[^\pL\pN])`)

// saysMeeting says whether a name or a title says that people met.
func saysMeeting(text string) bool {
	return betweenTwo().MatchString(text) || metWords().MatchString(fold(text))
}

// metWords may be part of a longer word: TutorMeeting.
var metWords = pattern(`meetings?(?:$|[^a-z])|sessions?(?:$|[^a-z])|supervision|conversation|feedback with|(?:^|[^a-z])(?:sync|catch[- ]?up|check[- ]?in)(?:$|[^a-z])|besprechung|gesprach|reunion|entretien|sesion`)

// meetingWords say that people met, or join names, and name nobody.
const meetingWords = "meeting meetings meetingnotes mtg notes note weekly biweekly fortnightly monthly quarterly annual yearly daily session sessions sync catchup catch up check in checkin call chat conversation talk feedback review coaching mentoring supervision performance minutes log 121 one on to ones on with and between of the for at w wk week kw date datum no nr number s kick off kickoff student client tutor show noshow cancelled canceled missed abgesagt " +
	"gesprach einzelgesprach mitarbeitergesprach jahresgesprach besprechung notiz notizen protokoll mit und vom am termin woche reunion sesion notas con y de entretien point avec et du le compte rendu am pm uhr"

// plainMeeting are words that stand before the day of a meeting within another's text.
const plainMeeting = "meeting session no nr number the on"

func isMeetingWord(folded string) bool {
	return isOneOf(folded, meetingWords) || weekdayOf(folded) >= 0 || isDigits(folded)
}

// wellKnown are headings that people write for coachlog's sections, in English,
// German, Spanish and French. Those for lists of tasks are not among them: by
// the format a task is a goal only where two people made it one.
var wellKnown = map[logparse.SectionName]string{
	logparse.Agenda:    "topics|talking points|discussion topics|discussion points|agenda items|themen|tagesordnung|gesprächsthemen|temas|orden del día|puntos a tratar|ordre du jour|sujets|points à aborder",
	logparse.FollowUp:  "follow-up from last time|follow up from last time|follow-up from last week|since last time|since we last met|last time|last week's actions|previous actions|previous action items|actions from last time|action items from last time|review of actions|review of last actions|rückblick|nachverfolgung|seit dem letzten mal|offene punkte vom letzten mal|desde la última vez|acciones anteriores|depuis la dernière fois|actions précédentes",
	logparse.Successes: "wins and challenges|highs and lows|successes & challenges|ups and downs|highlights and lowlights|challenges|blockers|obstacles|roadblocks|concerns|erfolge und herausforderungen|herausforderungen|hindernisse|schwierigkeiten|éxitos y retos|retos|desafíos|dificultades|obstáculos|réussites et difficultés|difficultés|défis|blocages",
	logparse.Feedback:  "my feedback|feedback for them|feedback given|rückmeldung|rückmeldungen|retroalimentación|comentarios|retours|retour",
	logparse.GoingWell: "wins|went well|what went well|what's going well|what is going well|going well?|strengths|highlights|successes|positives|praise|kudos|celebrations|achievements|accomplishments|lief gut|was gut lief|was lief gut|was gut läuft|erfolge|lob|stärken|positives feedback|logros|éxitos|qué fue bien|lo que va bien|lo que fue bien|fortalezas|aspectos positivos|réussites|succès|ce qui va bien|ce qui s'est bien passé|points forts|points positifs",
	logparse.ToDevelop: "to improve|improvements|areas to improve|areas for improvement|areas of improvement|areas for growth|growth areas|opportunities|areas of opportunity|development areas|areas to develop|what could be better|even better if|what didn't go well|to work on|constructive feedback|verbesserungen|verbesserungspotenzial|verbesserungspotential|entwicklungsfelder|entwicklungsbereiche|was besser werden kann|was lief nicht gut|a mejorar|por mejorar|áreas de mejora|puntos de mejora|oportunidades|à améliorer|axes d'amélioration|axes de progrès|points à améliorer",
	logparse.ShortTerm: "short term goals|goals for next week|goals for this week|goals for next time|goals until next time|this week's goals|next week's goals|weekly goals|current goals|kurzfristige ziele|ziele bis zum nächsten mal|wochenziele|objetivos a corto plazo|metas a corto plazo|objectifs à court terme",
	logparse.MidTerm:   "medium-term goals|medium term goals|quarterly goals|goals for the quarter|this quarter's goals|mittelfristige ziele|quartalsziele|objetivos a medio plazo|objetivos a mediano plazo|metas a medio plazo|objectifs à moyen terme",
	logparse.LongTerm:  "career|career goals|career growth|career development|career aspirations|aspirations|long term goals|growth and career|langfristige ziele|karriere|karriereziele|berufliche ziele|objetivos a largo plazo|metas a largo plazo|carrera|desarrollo profesional|objectifs à long terme|carrière|évolution de carrière",
	logparse.Notes:     "meeting notes|general notes|other notes|discussion|discussion notes|misc|miscellaneous|other|anything else|notizen|sonstiges|verschiedenes|diskussion|notas|notas generales|otros|varios|remarques|divers|autres",
}
