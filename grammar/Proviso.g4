// The language of vocabularies and drafts. What the constructs mean is in the language reference beside this file.
//
// Expressions are flat lists of operands and operators: precedence is a table (compiler/syntax/precedence.cpp). `some`,
// `every` and `if` up to their last condition or value are prefixes, as `not` is. So nothing that may follow an
// expression is an operator, and the parser never has to look further than to the next word.
//
// The grammar accepts a little more than the language where the parser can then say what is wrong (`is at least 5`).
grammar Proviso;

options { superClass = ParserBase; contextSuperClass = ParseContext; }
@parser::postinclude {
#include "grammar/parse_context.h"
#include "grammar/parser_base.h"
}

// Blanks, comments, names and the words of the language are found in front of the lexer, by the few lines that they
// take (compiler/syntax/source_tokens.cpp): most of a text is these, and by rules of the lexer they took a sixth of a
// short run. A word has the token named for it; `_WORD` and `_TYPE` only keep names apart. The lexer is given classes of
// characters: `§` stands as \u0001, a sign of another alphabet that has a mend (`≤`) as \u0002, all else that is not
// ASCII as \u0003; any letter but `e` as `a`, any digit as `0`. ANTLR's lexer remembers its decisions for ASCII only, and
// learns each character of each state anew.
tokens {
  COMMENT,  // from `#` to the end of the line
  ID,       // letters, digits and `_`, no digit first

  // Words of conditions and type names, never names.
  AND, OR, NOT, IMPLIES, IF, THEN, ELSE, IN, IS, SOME, EVERY, SATISFIES, WHERE, FOR, BETWEEN, INCLUDES, ANY, ALL,
  NONE, OF, AT, LEAST, MOST, MORE_WORD, LESS, THAN, UNDER, UNLESS, SUPPOSING, DESCRIBED, WHEN, YES, NO, TRUE, FALSE,
  BOOLEAN, INTEGER, DECIMAL, REAL, PERCENT_TYPE, DATE_TYPE, DAYS, RATIO,

  // Words that may also be names.
  VOCABULARY, DRAFT, USE, UNIT, ENUM, ORDERED, ENTITY, CASE, ASSUME, ASSUMED, SET, LIST, OPTION, READING, CONSTRAINT,
  BECAUSE, OPTION_SET, TERM, DECISION, RULE, EXCEPTION, PROPERTY, OTHERWISE, STRICTEST, WINS, FIRST, ONE, APPLIES,
  WAIVE, TRANSFORM, BECOMES, CONTROLLED, CHEAP, COSTLY, AMENDS, OVER, SOURCE, PUBLISHED, EFFECTIVE, SETTLE, REPLACE,
  ADD, REMOVE, REPEAL, AMEND, AFTER, BEFORE, TO, FROM, AS, NEVER, ALWAYS, FALLS, RISES, STRICT, CITES, DECIDES, COUNT,
  SUM, MAX, MIN, ROUND, CLIPPED, SPILLED, DAY, MONTH, MONTHS, YEAR, YEARS
}

// ---- Files -----------------------------------------------------------------------------------------------

file : use* header declaration* EOF ;
use : USE STRING ;
header : VOCABULARY name STRING? | DRAFT name STRING? headerAttribute* ;
headerAttribute : AMENDS name | OVER name | SOURCE STRING | PUBLISHED DATE | EFFECTIVE DATE ;

declaration : plainDeclaration | amendment ;

plainDeclaration
  : unitDeclaration
  | enumDeclaration
  | entityDeclaration
  | caseDeclaration
  | assumeDeclaration
  | setDeclaration
  | optionDeclaration
  | constraintDeclaration
  | optionSetDeclaration
  | termDeclaration
  | decisionDeclaration
  | propertyDeclaration
  | waiverDeclaration
  | transformDeclaration
  ;

// ---- Declarations ----------------------------------------------------------------------------------------

supports : citations? STRING? ;
citations : citation (COMMA citation)* ;
citation : CITATION | CITES STRING ;

unitDeclaration : UNIT unitName (EQUAL NUMBER unitName)? supports ;

enumDeclaration : ORDERED? ENUM name supports LBRACE enumMember (COMMA enumMember)* COMMA? RBRACE ;
enumMember : name supports ;

entityDeclaration : ENTITY name supports LBRACE fact* RBRACE ;
fact : factName (COMMA factName)* COLON type (ASSUMED assumedValue)? control supports ;
factName : name (LPAREN name (COMMA name)* RPAREN)? ;
// Not an expression: the next fact's name, which follows without a mark, must not read as a unit.
assumedValue : MINUS? (assumedNumber | literal) | setLiteral | path ;
assumedNumber : NUMBER (unitName | period)? ;
control : CONTROLLED cost | ;
cost : CHEAP | COSTLY | ;

type : (simpleType | numberType | collectionType | name) (OR NONE)? ;
simpleType : BOOLEAN | PERCENT_TYPE | DATE_TYPE | DAYS | RATIO ;
numberType : (INTEGER | REAL | DECIMAL LPAREN NUMBER RPAREN) unitName? ;
collectionType : (SET | LIST) OF name ;

caseDeclaration : CASE name ;
assumeDeclaration : ASSUME ofEntity? name supports COLON expr ;
setDeclaration : SET name supports EQUAL LBRACE (member (COMMA member)* COMMA?)? RBRACE ;

optionDeclaration : (OPTION | READING) ofEntity? name supports LBRACE alternative (COMMA alternative)* COMMA? RBRACE ;
alternative : name supports EQUAL expr ;
constraintDeclaration : CONSTRAINT (name COLON)? expr (BECAUSE STRING)? ;
optionSetDeclaration : OPTION_SET name LBRACE choice (COMMA choice)* COMMA? RBRACE ;
choice : name EQUAL name ;

termDeclaration : TERM ofEntity? name parameters? (COLON type)? supports EQUAL expr ;
parameters : LPAREN parameter (COMMA parameter)* RPAREN ;
parameter : name COLON name ;

decisionDeclaration : DECISION ofEntity? name COLON type supports LBRACE decisionItem* RBRACE ;
decisionItem : hitPolicy | otherwise | ruleText ;
hitPolicy : STRICTEST WINS | FIRST WINS | ONE APPLIES ;
otherwise : OTHERWISE expr ;
ruleText : (RULE | EXCEPTION) name supports (ARROW expr)? (TO name)? (UNDER name IS name COLON)? WHEN expr ;

propertyDeclaration : PROPERTY name supports COLON claim ;
claim
  : ALWAYS expr
  | NEVER expr
  | path (NEVER FALLS AS path (RISES | FALLS) | AT LEAST AS STRICT AS name)
  ;

waiverDeclaration : WAIVE (STRING IN)? member BECAUSE STRING ;

transformDeclaration : TRANSFORM name range? supports COLON path BECOMES expr ;
range : LPAREN name COLON NUMBER TO NUMBER RPAREN ;

ofEntity : OF name ;
member : name (DOT name)? ;

// ---- Amendments ------------------------------------------------------------------------------------------

amendment
  : settleAmendment
  | addAmendment
  | replaceAmendment
  | setAmendment
  | repealAmendment
  | amendAmendment
  ;

settleAmendment : SETTLE name (EQUAL name | OTHERWISE EQUAL expr) ;
addAmendment : ADD plainDeclaration ;
replaceAmendment : REPLACE plainDeclaration ;
setAmendment : ADD member (COMMA member)* TO name | REMOVE member (COMMA member)* FROM name ;
repealAmendment : REPEAL (declarationWord ofEntity?)? name ;
amendAmendment : AMEND (declarationWord ofEntity?)? name LBRACE change* RBRACE ;

declarationWord
  : UNIT | ENUM | ENTITY | SET | OPTION | READING | CONSTRAINT | OPTION_SET | TERM | DECISION | RULE | EXCEPTION
  | PROPERTY | TRANSFORM | ASSUME
  ;

change : paragraphChange | ruleChange | otherwiseChange | hitPolicyChange ;
paragraphChange
  : REPLACE citation STRING? expr
  | ADD citation STRING? expr ((BEFORE | AFTER) citation)?
  | REPEAL citation
  ;
ruleChange
  : REPLACE ruleText
  | ADD ruleText ((BEFORE | AFTER) name)?
  | REPEAL (RULE | EXCEPTION) name
  ;
otherwiseChange : (REPLACE | ADD) otherwise ;
hitPolicyChange : (REPLACE | ADD) hitPolicy ;

// ---- Expressions -----------------------------------------------------------------------------------------

expr : operand (binaryOperator operand)* ;
operand : prefix* primary postfix* ;

// What stands behind SATISFIES and ELSE reaches as far to the right as it can.
prefix
  : NOT
  | MINUS
  | (SOME | EVERY) name IN path (WHERE expr)? SATISFIES
  | IF expr THEN expr ELSE
  ;

binaryOperator
  : IMPLIES | UNLESS | OR | AND | IS
  | EQUAL | LESS_SIGN | LESS_EQUAL | GREATER_SIGN | GREATER_EQUAL
  | wordComparison
  | BETWEEN
  | PLUS | MINUS | STAR | SLASH
  | isComparison
  ;
wordComparison : LESS THAN | AT MOST | MORE_WORD THAN | AT LEAST ;
// An error with a mend of its own: `is at least 5`, `is not in { … }`.
isComparison : IS NOT? (wordComparison | BETWEEN | IN) ;

postfix
  : IN setOperand
  | INCLUDES ((ANY | ALL) OF setOperand | path)
  | SUPPOSING LBRACE override (COMMA override)* COMMA? RBRACE
  | DESCRIBED IN CITATION
  ;
setOperand : setLiteral | path ;
override : path EQUAL expr ;

primary
  : number
  | literal
  | path DECIDES?
  | LPAREN expr RPAREN
  | setLiteral
  | conditionList
  | call
  | DESCRIBED IN CITATION
  ;

number : NUMBER (unitName | period)? ;
period : (DAY | DAYS | MONTH | MONTHS | YEAR | YEARS) (LPAREN (CLIPPED | SPILLED) RPAREN)? ;
literal : PERCENT | MONEY | DATE | YES | NO | TRUE | FALSE | NONE ;
setLiteral : LBRACE (expr (COMMA expr)* COMMA?)? RBRACE ;

conditionList : (ANY | ALL | NONE | AT LEAST NUMBER) OF LBRACE conditionItem (COMMA conditionItem)* COMMA? RBRACE ;
conditionItem : supports expr ;

call
  : COUNT LPAREN name IN path (WHERE expr)? RPAREN
  | SUM LPAREN expr comprehension RPAREN
  | (MAX | MIN) LPAREN expr (comprehension | COMMA expr) RPAREN
  | ROUND LPAREN expr COMMA NUMBER RPAREN
  | REAL LPAREN expr RPAREN
  ;
comprehension : FOR name IN path (WHERE expr)? ;

path : segment (DOT segment)* ;
// `max(a, b)` is the call, so the words of calls take no parameters.
segment : callable (LPAREN member (COMMA member)* RPAREN)? | aggregateWord ;

// ---- Names -----------------------------------------------------------------------------------------------

// Words of conditions and type names are never names; all others may be.
name : ID | aggregateWord | neutralWord | openingWord ;
// A word that opens or continues a declaration or an amendment cannot name a unit: it may follow a number.
unitName : ID | aggregateWord | neutralWord ;
callable : ID | neutralWord | openingWord ;

aggregateWord : COUNT | SUM | MAX | MIN | ROUND ;
neutralWord : CLIPPED | SPILLED ;
openingWord
  : VOCABULARY | DRAFT | USE | UNIT | ENUM | ORDERED | ENTITY | CASE | ASSUME | SET | LIST | OPTION | READING
  | CONSTRAINT | BECAUSE | OPTION_SET | TERM | DECISION | RULE | EXCEPTION | PROPERTY | OTHERWISE | STRICTEST | WINS
  | FIRST | ONE | APPLIES | AMENDS | OVER | SOURCE | PUBLISHED | EFFECTIVE | SETTLE | REPLACE | ADD | REMOVE | REPEAL
  | AMEND | WAIVE | TRANSFORM | BECOMES | CONTROLLED | CHEAP | COSTLY | AFTER | BEFORE | TO | FROM | AS | NEVER | ALWAYS
  | FALLS | RISES | STRICT | CITES | DECIDES | ASSUMED | DAY | MONTH | MONTHS | YEAR | YEARS
  ;

// ---- Signs -----------------------------------------------------------------------------------------------

LBRACE : '{' ;
RBRACE : '}' ;
LPAREN : '(' ;
RPAREN : ')' ;
COMMA : ',' ;
COLON : ':' ;
DOT : '.' ;
ARROW : '->' ;
EQUAL : '=' ;
LESS_EQUAL : '<=' ;
LESS_SIGN : '<' ;
GREATER_EQUAL : '>=' ;
GREATER_SIGN : '>' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;

// ---- Literals --------------------------------------------------------------------------------------------

// § and what touches it; `§850.224->` and a sentence's full stop end it.
CITATION : '\u0001' (DIGIT+ ('.' DIGIT+)* BRACKET* | BRACKET+) ;
DATE : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT ;
PERCENT : NUMBER '%' ;
NUMBER : DIGITS ('.' DIGITS)? (('e' | 'E') ('+' | '-')? DIGIT+ | '^' '-'? DIGIT+)? ;
MONEY : '$' (DIGITS | DIGIT DIGIT? DIGIT? (',' DIGIT DIGIT DIGIT)+) ('.' DIGIT+)? ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;

// ---- What is reported before parsing, so that the lexer refuses nothing ------------------------------------

MALFORMED_DATE : DIGIT DIGIT DIGIT DIGIT '-' DIGIT+ '-' DIGIT+ ;
MALFORMED_AMOUNT : '$' (DIGITS (',' DIGITS)* ('.' DIGIT+)?)? ;
MALFORMED_CITATION : '\u0001' ;
UNTERMINATED_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
FOREIGN_SIGN
  : '==' | '!=' | '<>' | '=<' | '=>' | '&&' | '||' | '&' | '|' | '!' | '[' | ']' | ';'
  | '%' | '^' | '\u0002'
  ;
ANY_CHARACTER : . ;

fragment DIGIT : [0-9] ;
fragment DIGITS : DIGIT+ ('_' DIGIT+)* ;
fragment BRACKET : '(' [A-Za-z0-9]+ ')' ;
