package tonghop

// Rule is one check of a form as people edit it: which kind of check, how
// much it weighs, who must act, and on what basis. Its sentences stand in
// templates/letters under the id. An id is never used again for another check.
type Rule struct {
	ID       string   `yaml:"id"`
	Kind     string   `yaml:"kind"` // one of the kinds that package validate knows
	Severity Severity `yaml:"severity"`
	Owner    Owner    `yaml:"owner"`
	Basis    string   `yaml:"basis"`
	From     Date     `yaml:"from"` // first and last as-of date; "" = always
	To       Date     `yaml:"to"`
}
