//! A text as a QR code, drawn as SVG, or as a bitmap where lines cannot be drawn.
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

/// The bytes before a bitmap's pixels, its two colours among them.
const BMP_HEAD: usize = 62;

/// The empty border that a reader needs, modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// Why a text has no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a QR code holds {QR_BYTES_MAX} bytes, and this text has {0}")]
pub struct QrTooLong(pub usize);

/// 二维码 The modules of a code, row by row; the dark ones are true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The smallest code of this text.
    pub fn of(text: &str) -> Result<Qr, QrTooLong> {
        let code = (1..=40).map(Version::Normal).find_map(|version| encode(text, version));
        let code = code.ok_or(QrTooLong(text.len()))?;
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Qr { width: code.width(), dark })
    }

    /// How many modules it is wide with its border.
    fn side(&self) -> usize {
        self.width.saturating_add(QUIET).saturating_add(QUIET)
    }

    /// As an SVG without a size of its own: black squares on white, one path, one unit a module.
    #[must_use]
    pub fn svg(&self) -> String {
        let side = self.side();
        let mut path = String::new();
        for (row, modules) in self.dark.chunks(self.width.max(1)).enumerate() {
            let mut column = 0_usize;
            // A run of dark modules is one stroke, so that no seam is drawn inside it.
            for run in modules.chunk_by(|one, next| one == next) {
                if run.first() == Some(&true) {
                    let (x, y) = (column.saturating_add(QUIET), row.saturating_add(QUIET));
                    write!(path, "M{x} {y}h{length}v1h-{length}z", length = run.len()).ok();
                }
                column = column.saturating_add(run.len());
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
             <path d=\"{path}\"/></svg>"
        )
    }

    /// As a bitmap 位图 of two colours, one pixel a module; the last row comes first.
    pub(super) fn bmp(&self) -> Vec<u8> {
        let side = self.side();
        // A row is filled up to a multiple of four bytes.
        let stride = side.div_ceil(32).saturating_mul(4);
        let pixels = stride.saturating_mul(side);
        let number = |of: usize| u32::try_from(of).unwrap_or(u32::MAX).to_le_bytes();
        let mut bytes = Vec::with_capacity(pixels.saturating_add(BMP_HEAD));
        bytes.extend(b"BM");
        for word in [pixels.saturating_add(BMP_HEAD), 0, BMP_HEAD, 40, side, side] {
            bytes.extend(number(word));
        }
        // One plane, one bit a pixel, not compressed; at any size; two colours: white and black.
        bytes.extend([1, 0, 1, 0]);
        for word in [0, pixels, 0, 0, 2, 2, 0x00FF_FFFF, 0] {
            bytes.extend(number(word));
        }
        for row in (0..side).rev() {
            let bits: Vec<bool> =
                (0..stride.saturating_mul(8)).map(|column| self.is_dark(row, column)).collect();
            let byte = |bits: &[bool]| bits.iter().fold(0_u8, |b, dark| (b << 1) | u8::from(*dark));
            bytes.extend(bits.chunks(8).map(byte));
        }
        bytes
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        let place = || {
            let (row, column) = (row.checked_sub(QUIET)?, column.checked_sub(QUIET)?);
            let inside = column < self.width;
            self.dark.get(row.checked_mul(self.width)?.checked_add(column)?).filter(|_| inside)
        };
        place().copied().unwrap_or_default()
    }
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
        assert!(Qr::of(&most).unwrap().svg().contains("viewBox=\"0 0 185 185\""));
        assert!(Qr::of(&format!("{most}x")) == Err(QrTooLong(QR_BYTES_MAX + 1)));
        assert!(Qr::of("x").unwrap().svg().contains("viewBox=\"0 0 29 29\""));
    }
}
