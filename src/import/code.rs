//! The codes of what can be wrong with a file: stable, each for one thing. Those of refusals of the
//! same letter end at I06.

// The file as a whole.
/// Nothing in it.
pub const EMPTY: &str = "I07";
/// More bytes, rows or columns than are read.
pub const TOO_MUCH: &str = "I08";
/// Something else than a table: a PDF, a picture, an old .xls, a page of the web.
pub const OTHER_FORMAT: &str = "I09";
/// Locked by a password.
pub const LOCKED: &str = "I10";
/// A byte that is no text in any encoding.
pub const NO_TEXT: &str = "I11";
/// A quote that is opened and not closed.
pub const QUOTE_OPEN: &str = "I12";

// The header 表头.
/// No row names any of the columns.
pub const HEADER_MISSING: &str = "I13";
/// A column that is needed is not named.
pub const COLUMN_MISSING: &str = "I14";
/// Two columns bear names of the same thing.
pub const COLUMN_TWICE: &str = "I15";

// A workbook.
/// A workbook that cannot be read to its end.
pub const DAMAGED: &str = "I16";
/// No sheet of the name, or several and none named.
pub const WHICH_SHEET: &str = "I17";

// A value.
/// A number whose last digits the spreadsheet has lost.
pub const DIGITS_LOST: &str = "I18";
/// A formula without its result.
pub const NO_RESULT: &str = "I19";
/// Nothing where something is needed.
pub const BLANK: &str = "I20";
pub const NO_AMOUNT: &str = "I21";
/// Separators of thousands that do not stand in threes.
pub const GROUPS: &str = "I22";
/// Parts of a fen.
pub const DECIMALS: &str = "I23";
pub const AMOUNT_TOO_LARGE: &str = "I24";
/// `#REF!` and its like.
pub const ERROR_CELL: &str = "I25";
pub const NO_DAY: &str = "I26";
/// Day before month, or month before day?
pub const DAY_AMBIGUOUS: &str = "I27";
pub const NO_MONTH: &str = "I28";
pub const NO_COUNT: &str = "I29";

// The rules of an import, and what they make of the lines.
/// A rules file that is not as it must be.
pub const RULES_FORM: &str = "I30";
/// One rule that is not as it must be.
pub const RULE_FORM: &str = "I31";
/// A table of rules that is not as it must be.
pub const TABLE_FORM: &str = "I32";
/// No amount on a line, or two.
pub const SIDES: &str = "I33";
/// What neither the file nor the rules say.
pub const NOT_SAID: &str = "I34";
/// What cannot be the command that it should become.
pub const NO_COMMAND: &str = "I35";
pub const GROUP_UNKNOWN: &str = "I36";
/// Lines that are not in the order of their days.
pub const DAYS_OUT_OF_ORDER: &str = "I37";
/// A running balance that does not go on.
pub const BALANCE: &str = "I38";
/// A line that no rule fits.
pub const UNMATCHED: &str = "I39";
/// A voucher whose sides differ.
pub const UNBALANCED: &str = "I40";
pub const ACCOUNT_UNKNOWN: &str = "I41";
/// A decision on a line that is no duplicate.
pub const NO_DUPLICATE: &str = "I42";
/// A duplicate that nobody has decided on.
pub const UNDECIDED: &str = "I43";
/// A file of which nobody can tell what it is.
pub const KIND_UNKNOWN: &str = "I44";
/// A row of totals that its lines do not come to.
pub const TOTAL_ROW: &str = "I45";
/// Declared count or sum that the file does not come to.
pub const CONTROL: &str = "I46";
/// A column that the rules name and the file has not.
pub const RULE_COLUMN: &str = "I47";
/// A column of somebody's data in what would be recorded.
pub const RULE_PERSONAL: &str = "I48";
/// Rules for files of another name.
pub const OTHER_FILE: &str = "I49";
/// Something beside a file that it needs: a table, a template.
pub const NO_DATA: &str = "I50";
/// More cells in a row than the header has: perhaps a comma stands in an amount that has no quotes.
pub const BEYOND: &str = "I51";
/// Rules of lines for a kind of file that is one thing by itself.
pub const RULES_UNUSED: &str = "I53";
/// A line whose sign is not that of the command that it would become.
pub const WAY: &str = "I54";
/// A letter behind a closing quote: the quotes of the file are not paired.
pub const QUOTE_STRAY: &str = "I52";
/// Rows of a table above the header, which would not be read.
pub const ROWS_ABOVE: &str = "I55";
/// A file that was imported before, a part of which is undone and a part stands.
pub const PARTLY_UNDONE: &str = "I56";
/// Rows of data that are hidden in a sheet.
pub const HIDDEN_ROWS: &str = "I57";
/// Columns that are hidden in a sheet and read.
pub const HIDDEN_COLUMNS: &str = "I58";
/// A column that was to be put into the vault and cannot be.
pub const PRIVATE_COLUMN: &str = "I59";
