//! A point in the book on the command line: `427`, `2026-03-31`, or a checkpoint or bundle that was
//! kept.

use mingzhang::book::{Folder, Point, PointError};

use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};

/// What help says of every point.
pub(crate) const HELP: &str = "POINT 时点：记录数（427）、日期（2026-03-31，账套当地时间该日终了）、\
检查点文件或审计包文件夹。A point is so many records (427: the first 427, numbered 0 to 426), a day \
(2026-03-31: all that was recorded up to its end, by the book's own time), or the path of a checkpoint \
or a bundle, which is first held against the book.";

/// The size at a point that has at least one record.
pub(crate) fn records(point: &Point, folder: &Folder) -> Result<u64, Failure> {
    match point.resolve(folder)? {
        0 => Err(Failure::one(
            exit::USAGE,
            Problem::new(
                "PNT1",
                format!("时点 {point} 时账套还没有记录"),
                format!("at the point {point} the book had no record"),
            )
            .next("mingzhang log --limit 1"),
        )),
        size => Ok(size),
    }
}

impl From<PointError> for Failure {
    fn from(error: PointError) -> Failure {
        let en = error.to_string();
        let broken = |code: &str, zh: String| {
            Failure::one(exit::BROKEN, Problem::new(code, zh, en.clone()).next("mingzhang verify"))
        };
        match error {
            PointError::Book(error) => error.into(),
            PointError::TooFew { asked, has } => Failure::too_few_records(asked, has),
            PointError::Unknown(asked) => Failure::one(
                exit::USAGE,
                Problem::new(
                    "PNT2",
                    format!(
                        "时点是记录数、日期（2026-03-31）、检查点文件或审计包文件夹；没有 {asked:?}"
                    ),
                    en,
                ),
            ),
            PointError::NotACheckpoint { path, why } => {
                broken("PNT3", format!("{} 不是检查点：{}", path.display(), chinese(&why)))
            }
            PointError::OtherBook { path, expected, found } => broken(
                "PNT4",
                format!("{} 属于账套 {found}，而此账套是 {expected}", path.display()),
            ),
            PointError::Shorter { path, asked, has } => broken(
                "PNT5",
                format!("{} 有 {asked} 条记录，账套只有 {has} 条：记录被截短", path.display()),
            ),
            PointError::OtherRoot { path, size, kept, found } => broken(
                "PNT6",
                format!(
                    "{size} 条记录时 {} 的树根是 {kept}，账套的是 {found}：历史不是同一个",
                    path.display()
                ),
            ),
        }
    }
}
