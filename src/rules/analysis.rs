//! What spending is analysed by: nature, project, economic class (财会〔2021〕7号, 总说明二).

use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Day;
use crate::event::Fact;
use crate::event::spending::{Analysed, Analysis, Nature, Project};
use crate::ids::AccountCode;
use crate::projection::disbursements::Standing;

pub(super) fn open(context: &Context<'_>, new: &Project) -> Result<Vec<Fact>, Refusal> {
    if context.state.spending.project(&new.project).is_some() {
        return Err(Refusal::ProjectExists { project: new.project.clone() });
    }
    Ok(vec![Fact::ProjectOpened(new.clone())])
}

/// What was not analysed when it was requested is analysed once, also after it was paid.
pub(super) fn analyse(context: &Context<'_>, asked: &Analysed) -> Result<Vec<Fact>, Refusal> {
    let disbursement = asked.disbursement.clone();
    let found = super::disbursement::known(context, &disbursement)?;
    match &found.standing {
        Standing::Open | Standing::Paid { .. } | Standing::Accrued { .. } => {}
        Standing::Refused { by } | Standing::Cancelled { by } => {
            let standing = by.to_string();
            return Err(Refusal::DisbursementEnded { disbursement, standing });
        }
    }
    if context.state.spending.analysis(&disbursement).is_some() {
        return Err(Refusal::AnalysedAlready { disbursement });
    }
    super::disbursement::is_spending(context, &found.request.account)?;
    check(context, &asked.analysis())?;
    Ok(vec![Fact::DisbursementAnalysed(asked.clone())])
}

/// Whether it is complete: the project of project spending, and no project of basic spending.
pub(super) fn check(context: &Context<'_>, analysis: &Analysis) -> Result<(), Refusal> {
    match (analysis.nature, &analysis.project) {
        (Nature::Basic, None) => Ok(()),
        (Nature::Project, Some(project)) => match context.state.spending.project(project) {
            Some(_) => Ok(()),
            None => Err(Refusal::ProjectUnknown { project: project.clone() }),
        },
        (Nature::Basic, Some(_)) | (Nature::Project, None) => Err(Refusal::NatureWithoutProject {}),
    }
}

/// Where the rule says so, nothing is spent that is not analysed whole; 安排预算稳定调节基金 is excepted.
pub(super) fn required(
    context: &Context<'_>,
    account: &AccountCode,
    analysis: Option<&Analysis>,
    on: Day,
) -> Result<(), Refusal> {
    let whole = analysis.is_some_and(|analysis| analysis.economic.is_some());
    let excepted = context.chart.is_within(account, Use::StabilisationProvision);
    if context.state.offices.analysis_required(on) && !whole && !excepted {
        return Err(Refusal::AnalysisMissing { account: account.clone() });
    }
    analysis.map_or(Ok(()), |analysis| check(context, analysis))
}
