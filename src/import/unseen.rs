//! What a sheet hides: rows and columns that a person does not see in it, be it by hand, by a group
//! that is folded or by a filter that was left on. The reader of workbooks does not tell.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// What of a sheet is hidden, all by numbers from 1 on.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    pub(super) rows: BTreeSet<u32>,
    /// From column to column.
    pub(super) columns: Vec<(u32, u32)>,
    /// Whether a filter is on.
    pub(super) filtered: bool,
}

/// What a workbook's text says that could not be read.
pub(super) type Unread = String;

/// Of the sheet at this place among those of the workbook, from 0 on.
pub(super) fn of_sheet(bytes: &[u8], place: usize) -> Result<Unseen, Unread> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let is_workbook = |name: &str| name.to_ascii_lowercase().ends_with("xl/workbook.xml");
    let workbook = name_of(&archive, &is_workbook).ok_or("xl/workbook.xml")?;
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let (folder, name) = (folder.to_owned(), name.to_owned());
    let mut sheets = Vec::new();
    each(&mut archive, &workbook, |_, element| {
        if element.local_name().as_ref() == "sheet" {
            // Its number among the parts is `r:id`, whatever the prefix; `sheetId` is another one.
            sheets.push(attribute(element, "id"));
        }
    })?;
    let id = sheets.into_iter().nth(place).flatten().ok_or("r:id")?;
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let of_workbook = format!("{folder}/_rels/{name}.rels");
    each(&mut archive, &of_workbook, |_, element| {
        if element.local_name().as_ref() == "Relationship" {
            targets.extend(attribute(element, "Id").zip(attribute(element, "Target")));
        }
    })?;
    let target = targets.get(&id).ok_or("Target")?;
    let path = match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut unseen = Unseen::default();
    let mut row = 0_u32;
    each(&mut archive, &path, |parents, element| match element.local_name().as_ref() {
        "row" => {
            let said = attribute(element, "r").and_then(|number| number.parse().ok());
            row = said.unwrap_or_else(|| row.saturating_add(1));
            if is_hidden(element, "ht") {
                unseen.rows.insert(row);
            }
        }
        "col" if is_hidden(element, "width") => {
            let number = |name: &str| attribute(element, name).and_then(|n| n.parse().ok());
            unseen.columns.extend(number("min").zip(number("max")));
        }
        "filterColumn" if parents.iter().any(|parent| parent == "autoFilter") => {
            unseen.filtered = true;
        }
        _ => {}
    })?;
    Ok(unseen)
}

/// Hidden, or nothing high or wide.
fn is_hidden(element: &BytesStart<'_>, size: &str) -> bool {
    let is_nothing =
        |size: String| !size.is_empty() && size.bytes().all(|b| matches!(b, b'0' | b'.'));
    attribute(element, "hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"))
        || attribute(element, size).is_some_and(is_nothing)
}

/// The part of this name, whose letters programs write in one case or the other.
fn name_of(archive: &ZipArchive<Cursor<&[u8]>>, is_it: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
    names.find(|name| is_it(&name.replace('\\', "/")))
}

/// Every element of a part, with the names of those that it stands in.
fn each(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    path: &str,
    mut seen: impl FnMut(&[String], &BytesStart<'_>),
) -> Result<(), Unread> {
    let name = name_of(archive, &|name| name.eq_ignore_ascii_case(path)).ok_or(path)?;
    let part = archive.by_name(&name).map_err(|e| e.to_string())?;
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut parents) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).map_err(|e| e.to_string())? {
            Event::Start(element) => {
                seen(&parents, &element);
                parents.push(element.local_name().as_ref().to_owned());
            }
            Event::Empty(element) => seen(&parents, &element),
            Event::End(_) => drop(parents.pop()),
            Event::Eof => return Ok(()),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
        buffer.clear();
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = element.attributes().flatten();
    let found = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}
