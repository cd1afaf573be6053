// Package adopt reads notes that were never written for coachlog, and proposes
// what they are: whose session, on which day, led by whom. It guesses nothing: a
// note whose files, headings and first lines don't agree on one day and one
// person is asked about. It does no input or output; what it writes is front
// matter only, in front of a body that stays byte for byte.
package adopt
