//! Dues, interest: what every union has.

use crate::given::{dues, interest, union};
use crate::{Row, row};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row(
            "收会费 (现金)",
            union(),
            dues("2025-02-10", "m-1", "2025-01", "25.00"),
            "借 101 库存现金 25.00
             贷 401 会费收入 25.00",
        ),
        row(
            "利息收入",
            union(),
            interest("2025-02-10", "3.21"),
            "借 102 银行存款 3.21
             贷 408 其他收入 3.21",
        ),
    ]
}
