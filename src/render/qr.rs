//! A text as a QR code, drawn as SVG.
//!
//! Level L and byte mode throughout: a proof is long, and whoever scans it holds the paper in the
//! hand. The text is said to be UTF-8 (ECI 26), for its em dashes would be guessed otherwise.

use std::fmt::Write as _;

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// What version 40, the largest code, holds besides the words "UTF-8" and "bytes".
pub const QR_BYTES_MAX: usize = 2952;

/// The ECI number of UTF-8.
const UTF_8: u32 = 26;

/// The empty border that a reader needs, modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// Why a text has no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a QR code holds {QR_BYTES_MAX} bytes, and this text has {0}")]
pub struct QrTooLong(pub usize);

/// The smallest code of this text, as an SVG without a size of its own: black squares on white, one
/// path, one unit a module.
pub fn qr_svg(text: &str) -> Result<String, QrTooLong> {
    let code = (1..=40).map(Version::Normal).find_map(|version| encode(text, version));
    let code = code.ok_or(QrTooLong(text.len()))?;
    let width = code.width();
    let side = width.saturating_add(QUIET).saturating_add(QUIET);
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0_usize;
        // A run of dark modules is one stroke, so that no seam is drawn inside it.
        for run in colors.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (x, y) = (column.saturating_add(QUIET), row.saturating_add(QUIET));
                write!(path, "M{x} {y}h{length}v1h-{length}z", length = run.len()).ok();
            }
            column = column.saturating_add(run.len());
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
         <path d=\"{path}\"/></svg>"
    ))
}

fn encode(text: &str, version: Version) -> Option<QrCode> {
    let mut bits = Bits::new(version);
    bits.push_eci_designator(UTF_8).ok()?;
    bits.push_byte_data(text.as_bytes()).ok()?;
    bits.push_terminator(EcLevel::L).ok()?;
    QrCode::with_bits(bits, EcLevel::L).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_text_has_a_code_and_one_byte_more_has_none() {
        let most = "x".repeat(QR_BYTES_MAX);
        // 177 modules and the border.
        assert!(qr_svg(&most).unwrap().contains("viewBox=\"0 0 185 185\""));
        assert!(qr_svg(&format!("{most}x")) == Err(QrTooLong(QR_BYTES_MAX + 1)));
        assert!(qr_svg("x").unwrap().contains("viewBox=\"0 0 29 29\""));
    }
}
