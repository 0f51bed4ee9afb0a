//! A table of priorities, taken in: a commune where one looks first and an aim go into the programme of each of their years, which
//! begins where there is none; a call for projects becomes an application.

use maillon_shared::api::Failure;
use maillon_shared::api::imports::{ImportReport, LineNote};
use maillon_shared::domain::application::FundingApplication;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::ids::{ApplicationId, GroupId, LineId, ProgrammeId};
use maillon_shared::domain::programme::{AnnualProgramme, Axis, PriorityCommune};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::fold::fold;

use super::super::super::Engine;
use super::super::super::groups::names_nobody_in;
use super::super::shortened;
use super::{commune_named, refuse};
use crate::ambient::{Ambient, random_array};
use crate::exchange::of_collective::{CollectiveField, Priority, TableLine};
use crate::exchange::refused::Refusal;
use crate::journal::records::{application, programme};
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// What became of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Became {
    New,
    Same,
    /// What was there says otherwise, and stays.
    KeptOther,
}

/// Programmes and applications as they were and as the table makes them.
#[derive(Default)]
struct Becomes {
    programmes: Vec<(Option<AnnualProgramme>, AnnualProgramme)>,
    applications: Vec<(bool, FundingApplication)>,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn plan_priorities(
        &mut self,
        group: Option<GroupId>,
        lines: &[TableLine],
        communes: Option<&Communes>,
        report: &mut ImportReport,
    ) -> Result<Option<Plan>, Failure> {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        let mut becomes = Becomes::default();
        let theirs = views.programmes().filter(|one| views.group_of(one.id.into()) == group);
        becomes.programmes = theirs.map(|one| (Some(one.clone()), one.clone())).collect();
        becomes.programmes.sort_by_key(|(_, one)| (one.year, one.id));
        let theirs = views.applications().filter(|one| views.group_of(one.id.into()) == group);
        becomes.applications = theirs.map(|one| (true, one.clone())).collect();
        for line in lines {
            let views = &self.notebook()?.views;
            let words = [line.cell(CollectiveField::Object), line.cell(CollectiveField::ToVerify)];
            let is_named = group.is_some() && names_nobody_in(views, &words).is_err();
            let read = match is_named {
                true => Err(Refusal::NamesSomeone),
                false => becomes.take(line, communes, || random_array(&mut self.ambient)),
            };
            match read {
                Ok(Became::New) => report.created += 1,
                Ok(Became::Same) => report.unchanged += 1,
                Ok(Became::KeptOther) => {
                    report.unchanged += 1;
                    let text = shortened(line.cell(CollectiveField::ToVerify));
                    report.remarks.push(LineNote { line: line.line as u32, why: "kept_other".to_owned(), text });
                }
                Err(why) => refuse(report, line.refused(why)),
            }
        }
        Ok(becomes.plan(&scope))
    }
}

impl Becomes {
    fn take(
        &mut self,
        line: &TableLine,
        communes: Option<&Communes>,
        mut id: impl FnMut() -> [u8; 16],
    ) -> Result<Became, Refusal> {
        let object = line.cell(CollectiveField::Object).to_owned();
        let to_verify = line.cell(CollectiveField::ToVerify).to_owned();
        let (kind, years) = (line.priority()?, line.years()?);
        if object.is_empty() {
            return Err(Refusal::NoName);
        }
        if years.is_empty() {
            return Err(Refusal::NoYear);
        }
        if kind == Priority::Call {
            let opens = years.first().copied().map(PartialDate::Year);
            let is_it = |one: &FundingApplication| fold(&one.title) == fold(&object) && one.opens == opens;
            if self.applications.iter().any(|(_, one)| is_it(one)) {
                return Ok(Became::Same);
            }
            let empty = FundingApplication::empty(ApplicationId(id()));
            self.applications.push((false, FundingApplication { title: object, opens, to_verify, ..empty }));
            return Ok(Became::New);
        }
        let mut became = Became::Same;
        for year in years {
            let programme = self.programme(year, line.cell(CollectiveField::Year), &mut id);
            let of_year = match kind {
                Priority::Commune => {
                    let commune = commune_named(communes, "", &object);
                    let named = |one: &PriorityCommune| one.commune.as_ref().map(|commune| fold(&commune.name));
                    let said = commune.as_ref().map(|commune| fold(&commune.name));
                    match programme.communes.iter().find(|one| named(one) == said) {
                        Some(there) if there.to_verify != to_verify => Became::KeptOther,
                        Some(_) => Became::Same,
                        None => {
                            let (to_verify, line) = (to_verify.clone(), PriorityCommune::empty(LineId(id())));
                            programme.communes.push(PriorityCommune { commune, to_verify, ..line });
                            Became::New
                        }
                    }
                }
                Priority::Aim | Priority::Call => {
                    if programme.axes.iter().any(|axis| fold(&axis.title) == fold(&object)) {
                        Became::Same
                    } else {
                        let words = to_verify.clone();
                        programme.axes.push(Axis { title: object.clone(), words, ..Axis::empty(LineId(id())) });
                        Became::New
                    }
                }
            };
            became = match (became, of_year) {
                (Became::New, _) | (_, Became::New) => Became::New,
                (Became::KeptOther, _) | (_, Became::KeptOther) => Became::KeptOther,
                _ => Became::Same,
            };
        }
        Ok(became)
    }

    /// The programme of a year; one that begins, called as the table calls its time, where there is none.
    fn programme(&mut self, year: i32, called: &str, mut id: impl FnMut() -> [u8; 16]) -> &mut AnnualProgramme {
        let at = self.programmes.iter().position(|(_, one)| one.year == year).unwrap_or_else(|| {
            let empty = AnnualProgramme::empty(ProgrammeId(id()), year);
            self.programmes.push((None, AnnualProgramme { title: called.to_owned(), ..empty }));
            self.programmes.len() - 1
        });
        &mut self.programmes[at].1
    }

    fn plan(self, scope: &Scope) -> Option<Plan> {
        let mut plan = Plan::new("load_priorities");
        let mut is_empty = true;
        for (before, after) in self.programmes {
            let changes = before.as_ref().map(|before| before.changes_to(&after));
            match changes {
                Some(changes) if changes.is_empty() => continue,
                Some(changes) => {
                    plan.edit(Target::Document(after.id.into()), move |document| {
                        changes.iter().try_for_each(|change| programme::write(document, change))
                    });
                }
                None => {
                    let header = Header::within(scope.clone(), after.id.into(), Kind::AnnualProgramme, None);
                    plan.edit(Target::New(header), move |document| programme::create(document, &after));
                }
            }
            is_empty = false;
        }
        for (_, written) in self.applications.into_iter().filter(|(is_there, _)| !is_there) {
            let header = Header::within(scope.clone(), written.id.into(), Kind::Application, None);
            plan.edit(Target::New(header), move |document| application::create(document, &written));
            is_empty = false;
        }
        (!is_empty).then_some(plan)
    }
}
