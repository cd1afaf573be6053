package rules

import "slices"

// A Requirement is one thing that coaching has to make possible, by published
// accounts of how support and contact-centre coaching works.
type Requirement struct {
	Number int
	Kinds  string // how it shows up: L a rule, T a template, R a figure, P a prompt
	Text   string
	Source string // a key of Sources
}

// Sources are the accounts that the requirements come from.
var Sources = map[string]string{
	"CS":  "CallSource, on why in-house coaching fails",
	"IC":  "ICMI, on coaching as development and not correction",
	"GA":  "Gartner, on coaching frameworks",
	"CSR": "a coach's account of a session with a customer service representative",
	"SC":  "a support-centre leader's coaching log",
}

// Requirements are all ninety, by number.
var Requirements = []Requirement{
	{1, "LT", "every coachee has a written plan with goals", "CS"},
	{2, "L", "the plan says how follow-through works", "CS"},
	{3, "L", "it names KPIs and dated check-ins on results", "CS"},
	{4, "L", "both parties' agreement is on record for each version of the plan", "CS"},
	{5, "L", "a goal without a measure or milestone, or without a date, is found", "CS"},
	{6, "T", "rewards and consequences are written down (they may hang on commitments only: see 81, 87)", "CS"},
	{7, "R", "the managers' commitments are counted beside the reps'", "CS"},
	{8, "LR", "a skill stays open, with its practice, until mastered", "CS"},
	{9, "T", "the coachee's own view of their performance has its place", "CS"},
	{10, "T", "support needed is recorded", "CS"},
	{11, "R", "one dip is never a failure: show the trend", "CS"},
	{12, "TR", "peer-to-peer sessions are a kind of session", "CS"},
	{13, "LR", "lapsed plans and cadences surface", "CS"},
	{14, "T", "the coach may be inside or outside the company", "CS"},
	{15, "L", "every person on the roster has a development plan", "IC"},
	{16, "L", "the coachee's own input is in it", "IC"},
	{17, "L", "it lists skills for the current role", "IC"},
	{18, "L", "and skills for the next step", "IC"},
	{19, "LR", "sessions are scheduled ahead and reach a calendar", "IC"},
	{20, "L", "each session has an agenda and goals", "IC"},
	{21, "L", "each goal says how (its actions)", "IC"},
	{22, "T", "a private place and blocked time", "IC"},
	{23, "P", "the coach prepares", "IC"},
	{24, "T", "first step: agree what this session is for", "IC"},
	{25, "P", "ask what feels good", "IC"},
	{26, "P", "ask what help is needed", "IC"},
	{27, "TP", "ask for the aims of the next 30, 60 and 90 days; keep them, dated", "IC"},
	{28, "L", "at least one positive in each session", "IC"},
	{29, "P", "corrections are worded forward", "IC"},
	{30, "R", "development against correction, as a share", "IC"},
	{31, "TR", "sessions that the coachee asked for are marked", "IC"},
	{32, "R", "reactive against proactive sessions", "GA"},
	{33, "R", "hours spent coaching, against the time set aside", "GA"},
	{34, "L", "the cadence and who is responsible are declared", "GA"},
	{35, "T", "how the coachee likes to be coached", "GA"},
	{36, "R", "effectiveness draws on performance data", "GA"},
	{37, "R", "... on pulse surveys", "GA"},
	{38, "R", "... on coaches' self-assessments", "GA"},
	{39, "R", "... on 360 reviews", "GA"},
	{40, "R", "... on promotions", "GA"},
	{41, "R", "the reps' view of the time and worth of coaching", "GA"},
	{42, "R", "coaches who slip back are seen early", "GA"},
	{43, "LR", "coaches are coached, with the same kind of record", "GA"},
	{44, "L", "the expected outcomes of coaching are defined", "GA"},
	{45, "R", "coaching duties are scored for those who lead", "GA"},
	{46, "P", "expectations are passed on", "GA"},
	{47, "R", "bright-spot coaches, by outcome and by process", "GA"},
	{48, "R", "coachable, improving people are recognised", "GA"},
	{49, "R", "a programme has no end date", "GA"},
	{50, "P", "no message or page reads as a punishment", "GA"},
	{51, "LT", "an initial session sets the scope and the goals of a period", "CSR"},
	{52, "L", "the previous actions come first", "CSR"},
	{53, "T", "the coachee picks the focus", "CSR"},
	{54, "LR", "the coachee's share of the talking: 80 % is the aim, under 50 % is a finding", "CSR"},
	{55, "P", "questions, not advice", "CSR"},
	{56, "P", "reflect and paraphrase", "CSR"},
	{57, "T", "successes and challenges are asked", "CSR"},
	{58, "T", "the coach's own must-cover item has a place", "CSR"},
	{59, "L", "an action is agreed by both", "CSR"},
	{60, "LT", "a counter-proposal is recorded", "CSR"},
	{61, "L", "no action is silently dropped", "CSR"},
	{62, "L", "two to three strengths, two to three areas to improve", "CSR"},
	{63, "L", "... received at least a day before the session", "CSR"},
	{64, "L", "the focus period is three or six months", "CSR"},
	{65, "L", "who proposed a goal is on record; the coachee drives", "CSR"},
	{66, "L", "the coachee owns the how", "CSR"},
	{67, "L", "nothing leaves the logbook without the coachee's approval", "CSR"},
	{68, "T", "after criticism, the coachee helps find the remedy", "CSR"},
	{69, "L", "scheduled and ad-hoc sessions are both valid", "SC"},
	{70, "L", "a metric is never the only goal", "SC"},
	{71, "LP", "actions are within their owner's control (an action that restates a metric is found)", "SC"},
	{72, "L", "goals are tied to a metric or a milestone, and backed by actions", "SC"},
	{73, "L", "actions are trackable: concrete, with an owner and a date", "SC"},
	{74, "L", "short, mid and long horizons are all there", "SC"},
	{75, "L", "feedback balances positive and negative", "SC"},
	{76, "L", "the cadence is weekly, every two weeks or monthly", "SC"},
	{77, "L", "one or two short-term goals in a session", "SC"},
	{78, "L", "one to three actions for each", "SC"},
	{79, "L", "every action due gets a result in the next session", "SC"},
	{80, "L", "actions followed and goal missed: a new set of actions follows", "SC"},
	{81, "R", "that miss is the plan's, so the coach's, never the coachee's", "SC"},
	{82, "L", "a mid-term goal has an action for the employee and one for the employer", "SC"},
	{83, "R", "the employer's follow-through is shown beside the employee's", "SC"},
	{84, "L", "a long-term goal is the coachee's own, whatever the career", "SC"},
	{85, "L", "long-term goals are touched in every session", "SC"},
	{86, "R", "employer help that brings the company nothing is listed with credit", "SC"},
	{87, "R", "changing, delaying or dropping a long-term goal never counts for anything", "SC"},
	{88, "L", "only metrics that both know: those in the logbook's catalogue", "SC"},
	{89, "T", "a blank and a completed log are shipped", "SC"},
	{90, "R", "keeping the log takes minutes", "SC"},
}

// For lists the rules that a requirement shows up in.
func (r Requirement) For() []*Rule {
	var found []*Rule
	for _, rule := range All {
		if slices.Contains(rule.Requirements, r.Number) {
			found = append(found, rule)
		}
	}
	return found
}
