//! `export`: the book for whoever wants to check it, or to read it elsewhere. None is refused because
//! the book is damaged: what verifies is written, and what is wrong is said.

mod bundle;
mod sound;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use encoding_rs::GB18030;
use mingzhang::book::Folder;
use mingzhang::export::{By, Export as Vouchers, beancount, csv, journal, kingdee, yonyou};
use mingzhang::lang::Lang;

use super::Global;
use super::failure::Failure;
use super::output::{self, Output};
use super::point;
use super::world::World;
pub(crate) use bundle::bundle;
pub(crate) use sound::{Books, Part};

#[derive(Subcommand)]
#[command(after_help = point::HELP)]
pub(crate) enum Export {
    /// 审计包 Everything that an auditor needs, in a new folder
    Bundle(bundle::Bundle),
    /// hledger 和 ledger 的日记账 A journal for hledger and ledger
    Journal(To),
    /// beancount 的账 A file for beancount
    Beancount(To),
    /// 表格文件 Everything as CSV files for spreadsheets, in a new folder
    Csv(Csv),
    /// 列式文件 Records and entries as Parquet files for databases, in a new folder
    Parquet(Columns),
    /// 金蝶凭证 Vouchers in the columns that Kingdee takes in
    Kingdee(Foreign),
    /// 用友凭证 Vouchers as the text that Yonyou takes in
    Yonyou(Foreign),
}

#[derive(Args)]
pub(crate) struct To {
    /// 存放处 A file; standard output unless given
    #[arg(long)]
    out: Option<PathBuf>,
    /// 计量 In the currency, or each fund as a commodity of its own
    #[arg(long, value_enum, default_value = "currency")]
    by: Unit,
    #[command(flatten)]
    part: Part,
}

#[derive(Args)]
pub(crate) struct Csv {
    /// 存放处 A folder that is not there yet
    #[arg(long)]
    out: PathBuf,
    /// 不含台账 Without the registers, in which texts stand as they were written
    #[arg(long)]
    without_registers: bool,
    #[command(flatten)]
    part: Part,
}

#[derive(Args)]
pub(crate) struct Columns {
    /// 存放处 A folder that is not there yet
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    part: Part,
}

#[derive(Args)]
pub(crate) struct Foreign {
    /// 存放处 A file; standard output unless given
    #[arg(long)]
    out: Option<PathBuf>,
    /// 编码 How its letters are written
    #[arg(long, value_enum, default_value = "gb18030")]
    encoding: Encoding,
    #[command(flatten)]
    part: Part,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unit {
    /// 货币：一种单位 One unit, the currency of the book
    Currency,
    /// 资金：每项资金自成单位 Each fund a unit of its own, so that no fund pays for another
    Fund,
}

#[derive(Clone, Copy, ValueEnum)]
enum Encoding {
    /// 国标码 GB18030, which these programs expect
    Gb18030,
    /// 统一码 UTF-8
    #[value(name = "utf-8")]
    Utf8,
}

impl Export {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = &Folder::new(&global.book);
        match self {
            Export::Bundle(to) => to.run(global, world, out),
            Export::Journal(to) => {
                to.run(folder, world, |export, file| journal::write(export, file))
            }
            Export::Beancount(to) => {
                to.run(folder, world, |export, file| beancount::write(export, file))
            }
            Export::Csv(to) => to.run(folder, world, out),
            Export::Parquet(to) => to.run(folder, world, out),
            Export::Kingdee(to) => to.run(folder, world, kingdee::text),
            Export::Yonyou(to) => to.run(folder, world, yonyou::text),
        }
    }
}

impl To {
    fn run(
        &self,
        folder: &Folder,
        world: &World,
        write: impl Fn(&Vouchers<'_>, &mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Failure> {
        let books = Books::read(folder, &self.part, world)?;
        let by = match self.by {
            Unit::Currency => By::Currency,
            Unit::Fund => By::Fund,
        };
        let mut bytes = Vec::new();
        let written = write(&books.export(by), &mut bytes);
        written.map_err(|e| Failure::file(Path::new("memory"), &e))?;
        put(self.out.as_deref(), &bytes)?;
        books.told()
    }
}

impl Csv {
    fn run(&self, folder: &Folder, world: &World, out: &Output) -> Result<(), Failure> {
        let books = Books::read(folder, &self.part, world)?;
        let files = csv::files(&books.export(By::Currency), out.lang, !self.without_registers);
        put_all(&self.out, files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())))?;
        say_written(&self.out, files.len(), out);
        books.told()
    }
}

impl Columns {
    #[cfg(feature = "parquet")]
    fn run(&self, folder: &Folder, world: &World, out: &Output) -> Result<(), Failure> {
        let books = Books::read(folder, &self.part, world)?;
        let files = mingzhang::export::parquet::files(&books.export(By::Currency));
        let files = files.map_err(|e| Failure::file(&self.out, &std::io::Error::other(e)))?;
        put_all(&self.out, files.iter().map(|(name, bytes)| (*name, bytes.as_slice())))?;
        say_written(&self.out, files.len(), out);
        books.told()
    }

    #[cfg(not(feature = "parquet"))]
    fn run(&self, _: &Folder, _: &World, _: &Output) -> Result<(), Failure> {
        use super::failure::{Problem, exit};
        let zh = format!("此程序编译时没有带 Parquet，没有写 {}", self.out.display());
        let en = format!(
            "this program was built without Parquet: {} was not written",
            self.out.display()
        );
        Err(Failure::one(exit::USAGE, Problem::new("XPT2", zh, en))
            .next("cargo install --path . --features parquet"))
    }
}

impl Foreign {
    fn run(
        &self,
        folder: &Folder,
        world: &World,
        text: impl Fn(&Vouchers<'_>) -> String,
    ) -> Result<(), Failure> {
        let books = Books::read(folder, &self.part, world)?;
        let export = books.export(By::Currency);
        let text = text(&export);
        let bytes = match self.encoding {
            Encoding::Gb18030 => GB18030.encode(&text).0.into_owned(),
            Encoding::Utf8 => text.into_bytes(),
        };
        put(self.out.as_deref(), &bytes)?;
        // Their files have no comments, so what is wrong stands beside.
        if let (Some(warning), Some(path)) = (mingzhang::export::warning(&export), &self.out) {
            let mut beside = path.clone().into_os_string();
            beside.push(".WARNING.txt");
            put(Some(Path::new(&beside)), format!("{warning}\r\n").as_bytes())?;
        }
        books.told()
    }
}

fn put(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    let Some(path) = path else {
        output::written(std::io::stdout().lock().write_all(bytes));
        return Ok(());
    };
    let written = fs::File::create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|e| Failure::file(path, &e))
}

/// Into a folder that is made for them; one that is there is not touched.
fn put_all<'a>(
    folder: &Path,
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), Failure> {
    fs::create_dir(folder).map_err(|e| Failure::file(folder, &e))?;
    for (name, bytes) in files {
        put(Some(&folder.join(name)), bytes)?;
    }
    Ok(())
}

fn say_written(folder: &Path, files: usize, out: &Output) {
    let shown = folder.display();
    if out.json {
        out.value(&serde_json::json!({ "out": folder, "files": files }));
    } else {
        out.text(&match out.lang {
            Lang::Zh => format!("{shown}（{files} 个文件）"),
            Lang::En => format!("{shown} ({files} files)"),
        });
    }
}
