package xls

import (
	"strconv"
	"strings"
)

// function is a worksheet function; args is its number of arguments, -1 if
// that may vary.
type function struct {
	name string
	args int
}

// functionNames lists the functions by number as in [MS-XLS] 2.5.198.17: the
// number of the first in a row, then names with their number of arguments, "*"
// if that may vary. Commands of macro sheets are left out.
const functionNames = `
0 COUNT* IF* ISNA1 ISERROR1 SUM* AVERAGE* MIN* MAX* ROW* COLUMN* NA0 NPV* STDEV* DOLLAR* FIXED* SIN1 COS1 TAN1 ATAN1 PI0
20 SQRT1 EXP1 LN1 LOG10.1 ABS1 INT1 SIGN1 ROUND2 LOOKUP* INDEX* REPT2 MID3 LEN1 VALUE1 TRUE0 FALSE0 AND* OR* NOT1 MOD2
40 DCOUNT3 DSUM3 DAVERAGE3 DMIN3 DMAX3 DSTDEV3 VAR* DVAR3 TEXT2 LINEST* TREND* LOGEST* GROWTH*
56 PV* FV* NPER* PMT* RATE* MIRR3 IRR* RAND0 MATCH* DATE3 TIME3 DAY1 MONTH1 YEAR1 WEEKDAY* HOUR1 MINUTE1 SECOND1 NOW0 AREAS1 ROWS1 COLUMNS1 OFFSET*
82 SEARCH* TRANSPOSE1
86 TYPE1
97 ATAN2.2 ASIN1 ACOS1 CHOOSE* HLOOKUP* VLOOKUP*
105 ISREF1
109 LOG*
111 CHAR1 LOWER1 UPPER1 PROPER1 LEFT* RIGHT* EXACT2 TRIM1 REPLACE4 SUBSTITUTE* CODE1
124 FIND* CELL* ISERR1 ISTEXT1 ISNUMBER1 ISBLANK1 T1 N1
140 DATEVALUE1 TIMEVALUE1 SLN3 SYD4 DDB*
148 INDIRECT*
162 CLEAN1 MDETERM1 MINVERSE1 MMULT2
167 IPMT* PPMT* COUNTA*
183 PRODUCT* FACT1
189 DPRODUCT3 ISNONTEXT1
193 STDEVP* VARP* DSTDEVP3 DVARP3 TRUNC* ISLOGICAL1 DCOUNTA3
212 ROUNDUP2 ROUNDDOWN2
216 RANK*
219 ADDRESS* DAYS360* TODAY0 VDB*
227 MEDIAN* SUMPRODUCT* SINH1 COSH1 TANH1 ASINH1 ACOSH1 ATANH1 DGET3
244 INFO1
247 DB*
252 FREQUENCY2
261 ERROR.TYPE1
269 AVEDEV* BETADIST* GAMMALN1 BETAINV* BINOMDIST4 CHIDIST2 CHIINV2 COMBIN2 CONFIDENCE3 CRITBINOM3 EVEN1 EXPONDIST3 FDIST3 FINV3 FISHER1 FISHERINV1 FLOOR2
286 GAMMADIST4 GAMMAINV3 CEILING2 HYPGEOMDIST4 LOGNORMDIST3 LOGINV3 NEGBINOMDIST3 NORMDIST4 NORMSDIST1 NORMINV3 NORMSINV1 STANDARDIZE3 ODD1 PERMUT2
300 POISSON3 TDIST3 WEIBULL4 SUMXMY2.2 SUMX2MY2.2 SUMX2PY2.2 CHITEST2 CORREL2 COVAR2 FORECAST3 FTEST2 INTERCEPT2 PEARSON2 RSQ2 STEYX2 SLOPE2 TTEST4 PROB*
318 DEVSQ* GEOMEAN* HARMEAN* SUMSQ* KURT* SKEW* ZTEST* LARGE2 SMALL2 QUARTILE2 PERCENTILE2 PERCENTRANK* MODE* TRIMMEAN2 TINV2
336 CONCATENATE* POWER2
342 RADIANS1 DEGREES1 SUBTOTAL* SUMIF* COUNTIF2 COUNTBLANK1
350 ISPMT4 DATEDIF3
354 ROMAN*
359 HYPERLINK*
361 AVERAGEA* MAXA* MINA* STDEVPA* VARPA* STDEVA* VARA*
`

// parseFunctions reads the list above.
func parseFunctions() map[int]function {
	all := map[int]function{}
	for line := range strings.Lines(functionNames) {
		n := 0
		for i, word := range strings.Fields(line) {
			if i == 0 {
				n, _ = strconv.Atoi(word)
				continue
			}
			last := len(word) - 1
			f := function{strings.TrimSuffix(word[:last], "."), -1}
			if word[last] != '*' {
				f.args = int(word[last] - '0')
			}
			all[n] = f
			n++
		}
	}
	return all
}

// functionOf finds a function by its number.
func (w *workbook) functionOf(n int) (function, bool) {
	if w.functions == nil {
		w.functions = parseFunctions()
	}
	f, ok := w.functions[n]
	return f, ok
}

// functionYields is what a call results in, as far as that is certain.
func functionYields(name string, args []operand) yield {
	switch name {
	case "IF":
		if len(args) == 3 && args[1].yields == args[2].yields {
			return args[1].yields
		}
	case "TEXT", "LEFT", "RIGHT", "MID", "TRIM", "UPPER", "LOWER", "PROPER", "CONCATENATE", "SUBSTITUTE", "REPLACE",
		"REPT", "CHAR", "CLEAN", "FIXED", "DOLLAR", "T", "ADDRESS", "ROMAN":
		return yieldsText
	case "SUM", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "COUNTBLANK", "SUMIF", "SUMIFS", "SUMPRODUCT", "SUBTOTAL", "PRODUCT",
		"AVERAGE", "AVERAGEIF", "MIN", "MAX", "LARGE", "SMALL", "MEDIAN", "RANK", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC",
		"ABS", "MOD", "SQRT", "POWER", "AND", "OR", "NOT", "ISERROR", "ISBLANK", "ISNUMBER", "ISTEXT", "LEN", "FIND", "SEARCH",
		"VALUE", "DATE", "TODAY", "NOW", "YEAR", "MONTH", "DAY", "MATCH", "ROW", "COLUMN", "PI":
		return yieldsNumber
	}
	return yieldsAny
}
