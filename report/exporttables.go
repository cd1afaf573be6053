package report

import (
	"reflect"
	"sync"

	"github.com/coachlog/coachlog/internal/parquetfile"
	"github.com/coachlog/coachlog/logparse"
)

// ExportSchema is the version of the exported tables. It is raised where a column goes or
// means something else.
const ExportSchema = 1

// An ExportTable is a table of an export. Its columns are the fields of its rows.
type ExportTable struct {
	Name    string
	Means   string
	Columns []ExportColumn
}

// An ExportColumn is a column with what it holds.
type ExportColumn struct {
	Name  string
	Type  parquetfile.Type
	Means string
}

// ExportTables are the tables of every export.
var ExportTables = sync.OnceValue(func() []ExportTable {
	return []ExportTable{
		exportTable[exportOfLogbook]("exports", "One row for each logbook: what was exported, and when."),
		exportTable[exportPerson]("people", "A row for each person and quarter, as things were at its end. Quarters before a logbook's first session, or more than 25 years ago, have none."),
		exportTable[exportRhythm]("rhythm", "Sessions kept and forgotten, for each person, coach and quarter that has any."),
		exportTable[exportSession]("sessions", "Sessions and talks, by their day."),
		exportTable[exportResult]("results", "Agreed actions with their one result, by the day on which they were agreed."),
		exportTable[exportGoal]("goals", "Short-term and mid-term goals, by the day on which they were first agreed."),
		exportTable[exportVerdict]("verdicts", "Checks of goals whose date had come, by the day of the check."),
		exportTable[exportWait]("waits", "Times when such a goal waited for something that was missing, by their first day."),
		exportTable[exportValue]("metrics", "Values of the metrics that `coachlog.yaml` lists, by their day."),
	}
})

// The rows. A nil pointer, a zero day and an empty text are no value.
type (
	exportOfLogbook struct {
		Schema   int           `column:"schema" means:"version of these tables"`
		Version  string        `column:"version" means:"version of coachlog"`
		Day      logparse.Date `column:"exported" means:"the day as of which it was exported"`
		Readers  string        `column:"readers" means:"the group whose approvals the columns shares_... and told go by"`
		Names    bool          `column:"names" means:"people are called by their ids, not by pseudonyms"`
		Complete bool          `column:"complete" means:"every file of the logbook could be read"`
	}
	exportPerson struct {
		Person      string `column:"person" means:"pseudonym, or id"`
		Name        string `column:"name" means:"only with --names"`
		Team        string `column:"team" means:"the team; a pseudonym, or its name with --names"`
		Coach       string `column:"coach" means:"who coached them at the end of the quarter"`
		Days        int    `column:"days" means:"days of the quarter, up to that of the export"`
		Coached     bool   `column:"coached" means:"they have a coach or sessions, and hadn't left before the quarter"`
		Kept        int    `column:"kept" means:"sessions held, of those that the rhythm asks for"`
		Due         int    `column:"due" means:"sessions that the rhythm asks for"`
		Forgotten   int    `column:"forgotten" means:"sessions that were agreed for a day, and no log says what became of them"`
		Skills      int    `column:"skills" means:"skills of the plan, and those that only actions name"`
		Practised   int    `column:"skills_practised" means:"of these, with an action done or partly done in the quarter"`
		Sessions    bool   `column:"shares_sessions" means:"they let the readers see their sessions"`
		Commitment  bool   `column:"shares_commitment" means:"... what they did of what was agreed"`
		Goals       bool   `column:"shares_goals" means:"... their goals"`
		ShareSkills bool   `column:"shares_skills" means:"... their skills"`
		Metrics     bool   `column:"shares_metrics" means:"... their metrics"`
		Open        bool   `column:"shares_open" means:"... what is still open"`
		Coaching    bool   `column:"shares_coaching" means:"... what they did in other people's sessions"`
		Helpers     bool   `column:"helpers_share" means:"everybody else with an action in their sessions shares that, too"`
		Coaches     bool   `column:"coaches_share" means:"everybody who led their sessions shares that, too"`
	}
	exportRhythm struct {
		Person    string `column:"person" means:"who is coached"`
		Coach     string `column:"coach" means:"whose coaching it is"`
		Kept      int    `column:"kept" means:"as in people, for this coach"`
		Due       int    `column:"due" means:"as in people, for this coach"`
		Forgotten int    `column:"forgotten" means:"as in people, for this coach"`
	}
	exportSession struct {
		Person    string        `column:"person" means:"who is coached"`
		Session   int           `column:"session" means:"its number among the person's, from 1"`
		Date      logparse.Date `column:"date" means:"its day"`
		Status    string        `column:"status" means:"planned, held, missed or cancelled"`
		Kind      string        `column:"kind" means:"regular, kick-off, review, coach; of talks ad-hoc, requested, peer"`
		Coach     string        `column:"coach" means:"who led it"`
		Minutes   int           `column:"minutes" means:"how long it took; 0 where the log doesn't say"`
		Talk      *int          `column:"talk" means:"percent of the talking done by the coachee"`
		Adopted   bool          `column:"adopted" means:"taken over from older notes"`
		GoingWell int           `column:"going_well" means:"points of feedback on what goes well"`
		ToDevelop int           `column:"to_develop" means:"points of feedback on what to develop"`
		Words     int           `column:"words" means:"words of the log"`
		Next      logparse.Date `column:"next" means:"the day agreed for the next one"`
	}
	exportResult struct {
		Person      string        `column:"person" means:"whose session agreed it"`
		Action      int           `column:"action" means:"its number among the person's, from 1"`
		Goal        int           `column:"goal" means:"the number of its goal"`
		Owner       string        `column:"owner" means:"who does it"`
		Agreed      logparse.Date `column:"agreed" means:"the day on which it was agreed"`
		AgreedWith  string        `column:"agreed_coach" means:"who led that session"`
		Due         logparse.Date `column:"due" means:"the day by which it was to be done"`
		CameDue     logparse.Date `column:"came_due" means:"the session at which it first came due"`
		CameDueIn   string        `column:"came_due_period" means:"that session's quarter"`
		CameDueWith string        `column:"came_due_coach" means:"who led that session"`
		FollowedUp  *bool         `column:"followed_up" means:"that session talked about it"`
		Result      string        `column:"result" means:"open, done, partly, not done, blocked, dropped; ended (with its goal), not talked about"`
		ResultOn    logparse.Date `column:"result_on" means:"the session that gave the result"`
		ResultIn    string        `column:"result_period" means:"that session's quarter"`
		ResultWith  string        `column:"result_coach" means:"who led that session"`
		Blocker     string        `column:"blocker" means:"who blocks it"`
		Carried     int           `column:"carried" means:"times that it was moved on once it was due"`
		Skill       bool          `column:"skill" means:"it names a skill"`
		Development *bool         `column:"development" means:"it named a skill or served a mid-term goal, at the end of the quarter in which it was agreed; no value for turns of a repeated action that began later"`
	}
	exportGoal struct {
		Person  string        `column:"person" means:"whose goal it is"`
		Goal    int           `column:"goal" means:"its number among the person's, from 1"`
		Horizon string        `column:"horizon" means:"short-term or mid-term"`
		Agreed  logparse.Date `column:"agreed" means:"the day on which it was first agreed"`
		Due     logparse.Date `column:"due" means:"its date"`
		Metric  string        `column:"metric" means:"the metric of its target, if coachlog.yaml lists it"`
		By      string        `column:"proposed_by" means:"who proposed it"`
		Changed int           `column:"changed" means:"times that a later session stated it again"`
	}
	exportVerdict struct {
		Person     string        `column:"person" means:"whose goal it is"`
		Goal       int           `column:"goal" means:"the number of the goal"`
		Judged     logparse.Date `column:"judged" means:"the session that checked it"`
		Due        logparse.Date `column:"due" means:"the date that had come"`
		Coach      string        `column:"coach" means:"whose plan it was"`
		ByMetric   bool          `column:"by_metric" means:"the target has a metric"`
		Outcome    string        `column:"outcome" means:"plan worked, plan fell short, another way, follow-through first"`
		Reached    bool          `column:"reached" means:"the goal was reached"`
		Support    bool          `column:"support_missing" means:"support was missing"`
		Done       float64       `column:"coachee_done" means:"the coachee's actions that were done; a part of one for those partly done"`
		Of         int           `column:"coachee_of" means:"the coachee's actions that count"`
		OthersDone float64       `column:"others_done" means:"the same of everybody else"`
		OthersOf   int           `column:"others_of" means:"the same of everybody else"`
		Answered   logparse.Date `column:"answered" means:"the session that gave a plan that fell short new actions"`
		AnsweredIn string        `column:"answered_period" means:"that session's quarter"`
		Told       bool          `column:"told" means:"the coach and everybody with an action let the readers see it"`
	}
	exportWait struct {
		Person  string        `column:"person" means:"whose goal it is"`
		Goal    int           `column:"goal" means:"the number of the goal"`
		Since   logparse.Date `column:"since" means:"the session from which it waited"`
		Until   logparse.Date `column:"until" means:"the session that ended the wait"`
		UntilIn string        `column:"until_period" means:"that session's quarter"`
		Coach   string        `column:"coach" means:"whose plan it was"`
		Told    bool          `column:"told" means:"the coach lets the readers see it"`
	}
	exportValue struct {
		Person string        `column:"person" means:"whose value it is"`
		Metric string        `column:"metric" means:"the metric's key in coachlog.yaml"`
		Date   logparse.Date `column:"date" means:"the value's day"`
		Value  float64       `column:"value" means:"the value"`
	}
)

// columnType is the type of a column by that of its field, which may be a pointer.
func columnType(field reflect.Type) parquetfile.Type {
	switch field.Kind() {
	case reflect.Pointer:
		return columnType(field.Elem())
	case reflect.String:
		return parquetfile.Text
	case reflect.Int:
		return parquetfile.Whole
	case reflect.Float64:
		return parquetfile.Number
	case reflect.Bool:
		return parquetfile.Truth
	}
	return parquetfile.Day
}

func exportTable[T any](name, means string) ExportTable {
	t := ExportTable{Name: name, Means: means}
	row := reflect.TypeFor[T]()
	for i := range row.NumField() {
		f := row.Field(i)
		t.Columns = append(t.Columns, ExportColumn{f.Tag.Get("column"), columnType(f.Type), f.Tag.Get("means")})
	}
	return t
}

// cellsOf are a row's cells: text, numbers, bools, days; nil is no value.
func cellsOf(row any) []any {
	v := reflect.ValueOf(row)
	cells := make([]any, v.NumField())
	for i := range cells {
		f := v.Field(i)
		if f.Kind() == reflect.Pointer {
			if f.IsNil() {
				continue
			}
			f = f.Elem()
		}
		if zero := f.IsZero(); zero && (f.Kind() == reflect.String || f.Kind() == reflect.Struct) {
			continue
		}
		cells[i] = f.Interface()
	}
	return cells
}
