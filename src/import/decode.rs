//! Bytes into text: a byte order mark, else all of it UTF-8, else GB18030 国标编码, in which GBK and
//! GB2312 are. Nothing is replaced and nothing guessed: what is in none of them is named.

use encoding_rs::{DecoderResult, Encoding as Table, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::code;
use super::delimited;
use super::flaw::Flaw;
use super::grid::Encoding;

const TO_DO: &str = "另存为 XLSX 或 CSV / save as XLSX or CSV";

/// What something else than a table asks of whoever has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A table in another form: to be saved anew.
    Table,
    /// A text in which a table may stand: it is to be taken out.
    Document,
    /// A picture of a table: to be asked for anew.
    Paper,
    /// A table may lie in it.
    Archive,
}

const OLD_ZH: &str = "旧版 Excel 工作簿 (.xls)";
const OLD_EN: &str = "a workbook of an old Excel (.xls)";

/// What others begin with, and what it is.
const OTHERS: &[(&[u8], Kind, &str, &str)] = &[
    (b"%PDF-", Kind::Paper, " PDF 文件", "a PDF file"),
    (b"\x89PNG", Kind::Paper, "图片 (PNG)", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", Kind::Paper, "图片 (JPEG)", "a picture (JPEG)"),
    (b"GIF8", Kind::Paper, "图片 (GIF)", "a picture (GIF)"),
    (b"II*\0", Kind::Paper, "图片 (TIFF)", "a picture (TIFF)"),
    (b"MM\0*", Kind::Paper, "图片 (TIFF)", "a picture (TIFF)"),
    (b"{\\rtf", Kind::Document, "文档 (RTF)", "a document (RTF)"),
    // The workbooks of Excel 2 to 5, without the container of later ones.
    (b"\x09\x00\x04\x00", Kind::Table, OLD_ZH, OLD_EN),
    (b"\x09\x02\x06\x00", Kind::Table, OLD_ZH, OLD_EN),
    (b"\x09\x04\x06\x00", Kind::Table, OLD_ZH, OLD_EN),
    (b"\x09\x08\x08\x00", Kind::Table, OLD_ZH, OLD_EN),
    (b"\x09\x08\x10\x00", Kind::Table, OLD_ZH, OLD_EN),
    (b"Rar!", Kind::Archive, "压缩包 (RAR)", "an archive (RAR)"),
    (b"7z\xBC\xAF\x27\x1C", Kind::Archive, "压缩包 (7z)", "an archive (7z)"),
    (b"\x1F\x8B", Kind::Archive, "压缩包 (gzip)", "an archive (gzip)"),
    (b"PK\x03\x04", Kind::Archive, "压缩包 (ZIP)", "an archive (ZIP)"),
];

/// How pages of the web begin that bank sites save under the name .xls.
const PAGES: [&str; 8] =
    ["<!doctype html", "<html", "<head", "<meta", "<style", "<table", "<div", "mime-version:"];

/// The container of old .xls files, and of XLSX files under a password.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Characters of Chinese text that is UTF-8, before one bad byte makes it damaged UTF-8 and not GB18030.
const CHINESE_MIN: usize = 4;

/// The text of a file and how it was encoded; its byte order mark is no part of it.
pub fn decode(bytes: &[u8]) -> Result<(Encoding, String), Vec<Flaw>> {
    text_of(bytes).map_err(|flaw| vec![*flaw])
}

fn text_of(bytes: &[u8]) -> Result<(Encoding, String), Box<Flaw>> {
    if bytes.is_empty() {
        return Err(Box::new(of_file(code::EMPTY, "文件是空的", "the file is empty")));
    }
    if let Some(flaw) = other_format(bytes) {
        return Err(Box::new(flaw));
    }
    let (encoding, table, rest) = encoding_of(bytes);
    if matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom | Encoding::Gb18030)
        && let Some(at) = rest.iter().position(|byte| *byte == 0)
    {
        return Err(Box::new(nul(rest, at, table)));
    }
    let text = strictly(rest, encoding, table)?;
    if text.contains('\0') {
        let (line, column, excerpt) = end_of(text.split('\0').next().unwrap_or_default());
        return Err(Box::new(Flaw { line, column, excerpt, ..nul_said() }));
    }
    if let Some(flaw) = page(&text) {
        return Err(Box::new(flaw));
    }
    Ok((encoding, text))
}

/// The encoding, by the mark or by whether all of it is UTF-8; what follows the mark.
fn encoding_of(bytes: &[u8]) -> (Encoding, &'static Table, &[u8]) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return (Encoding::Utf8Bom, UTF_8, rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return (Encoding::Utf16Le, UTF_16LE, rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return (Encoding::Utf16Be, UTF_16BE, rest);
    }
    if is_utf8(bytes) {
        return (Encoding::Utf8, UTF_8, bytes);
    }
    (Encoding::Gb18030, GB18030, bytes)
}

/// Whether it is UTF-8, be it with a few bytes damaged. Chinese text in GB18030 is not UTF-8 at
/// nearly every character; what has Chinese characters in UTF-8 and few other bytes was cut or mixed.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut chinese, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        let ideographs = chunk.valid().chars().filter(|c| ('\u{3000}'..='\u{9FFF}').contains(c));
        chinese = chinese.saturating_add(ideographs.count());
        bad = bad.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    bad == 0 || (chinese >= CHINESE_MIN && chinese > bad.saturating_mul(CHINESE_MIN))
}

/// Every byte, or the first that is none of the encoding's.
fn strictly(bytes: &[u8], encoding: Encoding, table: &'static Table) -> Result<String, Box<Flaw>> {
    let mut decoder = table.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let DecoderResult::Malformed(length, after) = result else { return Ok(text) };
    let behind = usize::from(length).saturating_add(usize::from(after));
    let start = read.saturating_sub(behind);
    let bad = bytes.get(start..).unwrap_or_default();
    let shown: Vec<String> =
        bad.iter().take(usize::from(length)).map(|byte| format!("{byte:02X}")).collect();
    let (shown, name) = (shown.join(" "), name_of(encoding));
    let (line, column, before) = end_of(&text);
    let rest = table.decode_without_bom_handling(bad).0;
    let rest = rest.split(['\r', '\n']).next().unwrap_or_default();
    Err(Box::new(Flaw {
        line,
        column,
        excerpt: format!("{before}{rest}"),
        zh: format!(
            "字节 {shown} 不是 {name} 文字；文件可能被截断，或混用了两种编码。请从原系统重新导出，或用表格软件另存为 XLSX"
        ),
        en: format!(
            "the byte {shown} is no {name} text; the file may be cut off, or mix two encodings. export it again, or save it as XLSX"
        ),
        found: Some(shown),
        next: TO_DO.to_owned(),
        ..Flaw { code: code::NO_TEXT, ..Flaw::default() }
    }))
}

fn name_of(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Gb18030 => "GB18030",
    }
}

/// Where the next character would stand, and its line up to there.
fn end_of(text: &str) -> (u32, u32, String) {
    let mut line = 1_u32;
    let mut last = "";
    for part in delimited::lines(text) {
        let ended = part.ends_with(['\r', '\n']);
        line = line.saturating_add(u32::from(ended));
        last = if ended { "" } else { part };
    }
    let column = u32::try_from(last.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
    (line, column, last.to_owned())
}

fn of_file(code: &'static str, zh: &str, en: &str) -> Flaw {
    Flaw { code, zh: zh.to_owned(), en: en.to_owned(), ..Flaw::default() }
}

fn nul_said() -> Flaw {
    let zh = "这里有空字节 (NUL)，文件不是文本，或是没有字节顺序标记的 UTF-16；请用表格软件另存为 XLSX 或 CSV UTF-8";
    let en = "a NUL byte stands here: this is no text, or UTF-16 without its mark; save it as XLSX or CSV UTF-8";
    Flaw { next: TO_DO.to_owned(), ..of_file(code::NO_TEXT, zh, en) }
}

fn nul(bytes: &[u8], at: usize, table: &'static Table) -> Flaw {
    let before = bytes.get(..at).unwrap_or_default();
    let (line, column, excerpt) = end_of(&table.decode_without_bom_handling(before).0);
    Flaw { line, column, excerpt, ..nul_said() }
}

/// What it is, where it begins as something that is no text.
fn other_format(bytes: &[u8]) -> Option<Flaw> {
    if bytes.starts_with(OLE) {
        return Some(container(bytes));
    }
    if let Some((_, kind, zh, en)) = OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some(not_a_table(*kind, zh, en));
    }
    // Their mark stands behind a length.
    let has = |from: usize, mark: &[u8]| bytes.get(from..).is_some_and(|b| b.starts_with(mark));
    let picture = if has(0, b"RIFF") && has(8, b"WEBP") {
        "WebP"
    } else if ["heic", "heix", "mif1", "msf1"]
        .iter()
        .any(|brand| has(4, b"ftyp") && has(8, brand.as_bytes()))
    {
        "HEIC"
    } else if has(0, b"BM") && has(6, b"\0\0\0\0") {
        "BMP"
    } else {
        return None;
    };
    Some(not_a_table(Kind::Paper, &format!("图片 ({picture})"), &format!("a picture ({picture})")))
}

/// An old .xls, an XLSX under a password, an old Word document: all lie in the same container, and
/// its parts have names.
fn container(bytes: &[u8]) -> Flaw {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if !has("EncryptedPackage") {
        return if has("WordDocument") {
            not_a_table(Kind::Document, " Word 文档 (.doc)", "a Word document (.doc)")
        } else if has("PowerPoint Document") {
            not_a_table(Kind::Document, " PowerPoint 文稿 (.ppt)", "a PowerPoint file (.ppt)")
        } else {
            not_a_table(Kind::Table, OLD_ZH, OLD_EN)
        };
    }
    let zh = "工作簿设了打开密码；请去掉密码，另存为 XLSX";
    let en = "the workbook is locked by a password; take it off and save it as XLSX";
    Flaw { next: TO_DO.to_owned(), ..of_file(code::LOCKED, zh, en) }
}

/// A page of the web, or a spreadsheet in plain XML.
fn page(text: &str) -> Option<Flaw> {
    let start: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    if start.starts_with("<?xml") {
        return Some(not_a_table(Kind::Table, " XML 文件", "an XML file"));
    }
    PAGES.iter().any(|page| start.starts_with(page)).then(|| {
        not_a_table(
            Kind::Table,
            "网页 (HTML)，常被存成 .xls",
            "a page of the web (HTML), often saved under the name .xls",
        )
    })
}

/// What was found in place of a table, and what to do with it.
pub(super) fn not_a_table(kind: Kind, zh: &str, en: &str) -> Flaw {
    let (do_zh, do_en) = match kind {
        Kind::Table => (
            "请用表格软件打开，另存为 XLSX 或 CSV",
            "open it in a spreadsheet program and save it as XLSX or CSV",
        ),
        Kind::Document => (
            "请把其中的表格复制到表格软件，存为 XLSX 或 CSV",
            "copy the table in it into a spreadsheet program and save that as XLSX or CSV",
        ),
        Kind::Paper => {
            ("请向出具它的单位另要 XLSX 或 CSV 文件", "ask whoever made it for an XLSX or CSV file")
        }
        Kind::Archive => (
            "请先解压，再导入其中的 XLSX 或 CSV 文件",
            "unpack it and import the XLSX or CSV file in it",
        ),
    };
    Flaw {
        code: code::OTHER_FORMAT,
        zh: format!("这是{zh}，本程序不读；{do_zh}"),
        en: format!("this is {en}, which is not read here; {do_en}"),
        expected: Some("CSV, XLSX".to_owned()),
        ..Flaw::default()
    }
}
