//! A table of priorities, taken in: a commune where one looks first and an aim go into the programme of each of their years, which
//! begins where there is none; a call for projects becomes an application.

use maillon_shared::api::Failure;
use maillon_shared::api::imports::ImportReport;
use maillon_shared::domain::application::FundingApplication;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::ids::{ApplicationId, GroupId, LineId, ProgrammeId};
use maillon_shared::domain::programme::{AnnualProgramme, Axis, PriorityCommune, ProgrammeStatus};
use maillon_shared::text::fold::fold;

use super::super::super::Engine;
use super::super::super::groups::names_nobody_in;
use super::{cell_not_taken, commune_named, refuse};
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
    /// It was added to a programme that is no draft any more.
    NewInAdopted,
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
            let written =
                [CollectiveField::Object, CollectiveField::ToVerify, CollectiveField::Kind, CollectiveField::Year];
            let words = written.map(|field| line.cell(field));
            let is_named = group.is_some() && names_nobody_in(views, &words).is_err();
            let read = match is_named {
                true => Err(Refusal::NamesSomeone),
                false => becomes.take(line, communes, || random_array(&mut self.ambient)),
            };
            match read {
                Ok(Became::New) => report.created += 1,
                // It is there, and whoever agreed on the programme is to know it.
                Ok(Became::NewInAdopted) => {
                    report.created += 1;
                    report.remarks.push(cell_not_taken(line, "not_a_draft", CollectiveField::Object));
                }
                Ok(Became::Same) => report.unchanged += 1,
                Ok(Became::KeptOther) => {
                    report.unchanged += 1;
                    report.remarks.push(cell_not_taken(line, "kept_other", CollectiveField::ToVerify));
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
            // The table says that it was answered, not how far it is nor when the call opened: its own words are kept, to be
            // verified, and nothing is made of them.
            let said = [line.cell(CollectiveField::Kind), line.cell(CollectiveField::Year), &to_verify];
            let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
            let said = said.join(", ");
            let called = |one: &FundingApplication| fold(&one.title) == fold(&object);
            if self.applications.iter().any(|(_, one)| called(one) && one.to_verify == said) {
                return Ok(Became::Same);
            }
            // Somebody found out meanwhile what it is, and took the doubt away.
            if self.applications.iter().any(|(is_there, one)| *is_there && called(one) && one.to_verify.is_empty()) {
                return Ok(if to_verify.is_empty() { Became::Same } else { Became::KeptOther });
            }
            let empty = FundingApplication::empty(ApplicationId(id()));
            self.applications.push((false, FundingApplication { title: object, to_verify: said, ..empty }));
            return Ok(Became::New);
        }
        let mut became = Became::Same;
        for year in years {
            let programme = self.programme(year, line.cell(CollectiveField::Year), &mut id);
            let is_draft = programme.status == ProgrammeStatus::Draft;
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
                    // An aim has no field for a doubt: it stands in its words.
                    match programme.axes.iter().find(|axis| fold(&axis.title) == fold(&object)) {
                        Some(there) if !to_verify.is_empty() && !there.words.contains(to_verify.as_str()) => {
                            Became::KeptOther
                        }
                        Some(_) => Became::Same,
                        None => {
                            let (title, words) = (object.clone(), to_verify.clone());
                            programme.axes.push(Axis { title, words, ..Axis::empty(LineId(id())) });
                            Became::New
                        }
                    }
                }
            };
            let of_year = match of_year {
                Became::New if !is_draft => Became::NewInAdopted,
                other => other,
            };
            became = match (became, of_year) {
                (Became::NewInAdopted, _) | (_, Became::NewInAdopted) => Became::NewInAdopted,
                (Became::New, _) | (_, Became::New) => Became::New,
                (Became::KeptOther, _) | (_, Became::KeptOther) => Became::KeptOther,
                _ => Became::Same,
            };
        }
        Ok(became)
    }

    /// The programme of a year, that which is still a draft first; one that begins, called as the table calls its time, where
    /// there is none.
    fn programme(&mut self, year: i32, called: &str, mut id: impl FnMut() -> [u8; 16]) -> &mut AnnualProgramme {
        let of_year = |one: &AnnualProgramme| one.year == year;
        let draft = |one: &AnnualProgramme| of_year(one) && one.status == ProgrammeStatus::Draft;
        let at = self.programmes.iter().position(|(_, one)| draft(one));
        let at = at.or_else(|| self.programmes.iter().position(|(_, one)| of_year(one))).unwrap_or_else(|| {
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
