//! What the union's own rules ask for with a day: elections, and notices to the members.

use mingzhang::book::Reading;
use mingzhang::date::Offset;
use mingzhang::report::officers::beyond_term;

use super::{Findings, Looked};

impl Findings {
    /// 任期 Nothing is refused to who holds an office for longer than he was elected.
    pub(super) fn terms(&mut self, reading: &Reading) {
        let offset = reading.state.offices.ledger().map_or_else(Offset::china, |l| l.utc_offset);
        for (officer, ended) in beyond_term(&reading.state, self.now.day(offset)) {
            self.attention(
                Looked::Terms,
                format!("{officer} 的任期已于 {ended} 届满，应当换届"),
                format!("{officer}'s term has ended on {ended}: an election is due"),
                "mingzhang report officers",
            );
        }
    }

    /// The months of which the notice to the members is due and was never posted, where a rule asks for it.
    pub(super) fn notices(&mut self, reading: &Reading) {
        let Some(ledger) = reading.state.offices.ledger() else { return };
        let today = self.now.day(ledger.utc_offset);
        let missing = reading.state.notices_missing(today);
        let Some(first) = missing.first() else { return };
        let months: Vec<String> = missing.iter().map(ToString::to_string).collect();
        let months = months.join(", ");
        self.attention(
            Looked::Notices,
            format!("到期未公示的月份：{months}"),
            format!("no notice was posted of {months}"),
            format!("mingzhang publish notice {first} --out FILE"),
        );
    }
}
