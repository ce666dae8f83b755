//! The codes of what can be wrong with a file: stable, each for one thing.

// The file as a whole.
/// Nothing in it.
pub const EMPTY: &str = "I01";
/// More bytes than are read.
pub const TOO_LONG: &str = "I02";
/// Something else than a table: a PDF, a picture, an old .xls, a page of the web.
pub const OTHER_FORMAT: &str = "I03";
/// Locked by a password.
pub const ENCRYPTED: &str = "I04";
/// A byte that is in no encoding.
pub const UNDECODABLE: &str = "I05";
/// A NUL in what should be text.
pub const NUL: &str = "I06";
/// A quote that is opened and not closed.
pub const QUOTE_OPEN: &str = "I07";
/// More rows or columns than are read.
pub const TOO_MANY: &str = "I08";

// A workbook.
/// A workbook that cannot be read to its end.
pub const DAMAGED: &str = "I09";
/// No sheet of the name.
pub const SHEET_UNKNOWN: &str = "I10";
/// Several sheets, and none named.
pub const SHEETS_SEVERAL: &str = "I11";
/// More than is read when it is unpacked.
pub const UNPACKS_TOO_LONG: &str = "I12";

// The header 表头.
/// No row names any of the columns.
pub const HEADER_MISSING: &str = "I13";
/// A column that is needed is not named.
pub const COLUMN_MISSING: &str = "I14";
/// Two columns bear names of the same thing.
pub const COLUMN_TWICE: &str = "I15";

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
