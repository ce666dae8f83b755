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
