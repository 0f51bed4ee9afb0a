//! The form of a procedure or of a sheet that travels, and its draft: each difference is a field at its path, in plain words,
//! so that an erasure finds the drafts that name someone. A number or a date is kept as it is typed.

use std::collections::BTreeMap;

use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{GroupId, LineId};
use maillon_shared::domain::procedure::{Procedure, ProcedureChange, ProcedureStep, Validation};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::domain::travelling_sheet::{SheetChange, SheetPartner, SheetResult, TravellingSheet};

use crate::drafts::Fields;
use crate::ui::{birth_parts, read_birth};

/// What stands before the name of something as it is typed.
const TYPED: &str = "typed.";
const GROUP: &str = "form.group";
/// Between the day, the month and the year of a date as it is typed.
const BETWEEN_PARTS: char = '/';
/// What stands before a number under which nothing is said.
const BELOW: char = '<';
/// The day by which a procedure is looked at again.
pub const REVIEW: &str = "review";

/// What is typed of a line: a delay, a date, a number.
pub fn of_line(what: &str, id: LineId) -> String {
    format!("{what}-{id}")
}

/// What is written in such a form.
pub trait Written: Clone + PartialEq + Send + Sync + 'static {
    /// Its steps.
    fn steps(&self) -> &[ProcedureStep];
    /// Its steps, to write.
    fn steps_mut(&mut self) -> &mut Vec<ProcedureStep>;
    /// What differs in another, each as a path and a value.
    fn differences(&self, other: &Self) -> Vec<(String, String)>;
    /// Makes the change that a path and a value say.
    fn lay(&mut self, path: &str, value: &str);
    /// What is typed where it is opened.
    fn typed(&self) -> Vec<(String, String)>;
    /// As the form means it: what was typed is taken, lines that say nothing are not. The names of what is typed and is no
    /// such value are noted.
    fn settle(&mut self, said: &dyn Fn(&str) -> String, wrong: &mut Vec<String>);
}

/// What the form holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Form<R> {
    /// What is written.
    pub record: R,
    /// What is typed, by name.
    pub typed: BTreeMap<String, String>,
    /// The group with which it is common, or begins to be.
    pub group: Option<GroupId>,
}

impl<R: Written> Form<R> {
    /// The form of what is written.
    pub fn of(record: R) -> Self {
        let typed = record.typed().into_iter().filter(|(_, text)| !text.is_empty()).collect();
        Form { record, typed, group: None }
    }

    /// What is typed there.
    pub fn said(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Types it there.
    pub fn say(&mut self, name: &str, text: String) {
        // Nothing typed is the same as a field that nobody touched.
        match text.is_empty() {
            true => drop(self.typed.remove(name)),
            false => drop(self.typed.insert(name.to_owned(), text)),
        }
    }

    /// As it is meant, and the names of what is typed and is no such value.
    pub fn settled(&self) -> (R, Vec<String>) {
        let (mut record, mut wrong) = (self.record.clone(), Vec::new());
        record.settle(&|name| self.said(name).trim().to_owned(), &mut wrong);
        (record, wrong)
    }
}

/// What differs from the form as it was opened, by name.
pub fn fields_since<R: Written>(opened: &Form<R>, form: &Form<R>) -> Fields {
    let group = |form: &Form<R>| [(GROUP, form.group.map(|group| group.to_string()).unwrap_or_default())];
    let mut fields = Fields::that_differ(group(opened), group(form));
    for (name, value) in opened.record.differences(&form.record) {
        fields.put(name, value);
    }
    for name in opened.typed.keys().filter(|name| !form.typed.contains_key(*name)) {
        fields.put(format!("{TYPED}{name}"), "");
    }
    for (name, text) in form.typed.iter().filter(|(name, text)| opened.said(name) != *text) {
        fields.put(format!("{TYPED}{name}"), text.clone());
    }
    fields
}

/// Lays a draft over the form.
pub fn lay<R: Written>(form: &mut Form<R>, fields: &Fields) {
    for (name, value) in fields.iter() {
        match (name, name.strip_prefix(TYPED)) {
            (GROUP, _) => form.group = GroupId::parse(value),
            (_, Some(typed)) => form.say(typed, value.to_owned()),
            (path, None) => form.record.lay(path, value),
        }
    }
}

fn typed_date(date: Option<PartialDate>) -> String {
    let parts = birth_parts(date);
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&BETWEEN_PARTS.to_string())
}

/// The date that is typed: a year, a month and a year, a day. None inside is that nothing is said.
fn date(typed: &str) -> Option<Option<PartialDate>> {
    let parts: Vec<&str> = typed.split(BETWEEN_PARTS).map(str::trim).collect();
    let [day, month, year] = match parts[..] {
        [year] => ["", "", year],
        [month, year] => ["", month, year],
        [day, month, year] => [day, month, year],
        _ => return None,
    };
    read_birth(&[day, month, year].map(str::to_owned))
        .filter(|date| date.is_none_or(|date| (1990..=2100).contains(&date.year())))
}

/// A number that is not said stays as it is, where nobody types another: "< 11".
fn typed_count(n: PublicCount) -> String {
    match (n.exactly(), n.fewer_than()) {
        (Some(n), _) => n.to_string(),
        (None, below) => below.map(|below| format!("{BELOW} {below}")).unwrap_or_default(),
    }
}

/// The number of people that is typed. Where the settings have more of it unsaid, the engine says less.
fn count(typed: &str) -> Option<PublicCount> {
    match typed.strip_prefix(BELOW) {
        Some(below) => PublicCount::parse(&format!("-{}", below.trim())),
        None => typed.parse().ok().map(|n| PublicCount::of(n, Threshold::FIVE)),
    }
}

fn typed_delays(steps: &[ProcedureStep]) -> impl Iterator<Item = (String, String)> {
    let typed =
        |step: &ProcedureStep| (of_line("after", step.id), step.after.map(|days| days.to_string()).unwrap_or_default());
    steps.iter().map(typed)
}

fn settle_steps(steps: &mut Vec<ProcedureStep>, said: &dyn Fn(&str) -> String, wrong: &mut Vec<String>) {
    for step in steps.iter_mut() {
        let name = of_line("after", step.id);
        step.after = match said(&name).as_str() {
            "" => None,
            days => match days.parse().ok().filter(|days| *days <= 3_650_u16) {
                Some(days) => Some(days),
                None => {
                    wrong.push(name);
                    None
                }
            },
        };
    }
    steps.retain(|step| *step != ProcedureStep::empty(step.id));
}

impl Written for Procedure {
    fn steps(&self) -> &[ProcedureStep] {
        &self.draft.steps
    }

    fn steps_mut(&mut self) -> &mut Vec<ProcedureStep> {
        &mut self.draft.steps
    }

    fn differences(&self, other: &Self) -> Vec<(String, String)> {
        self.changes_to(other).iter().map(ProcedureChange::path).collect()
    }

    fn lay(&mut self, path: &str, value: &str) {
        if let Some(change) = ProcedureChange::at(path, value) {
            self.apply(&change);
        }
    }

    fn typed(&self) -> Vec<(String, String)> {
        let when = |line: &Validation| (of_line("validated", line.id), typed_date(line.on));
        let review = (REVIEW.to_owned(), typed_date(self.review_on.map(PartialDate::Day)));
        let delays = typed_delays(&self.draft.steps);
        delays.chain(self.draft.validations.iter().map(when)).chain([review]).collect()
    }

    fn settle(&mut self, said: &dyn Fn(&str) -> String, wrong: &mut Vec<String>) {
        settle_steps(&mut self.draft.steps, said, wrong);
        for line in &mut self.draft.validations {
            let name = of_line("validated", line.id);
            match date(&said(&name)) {
                Some(on) => line.on = on,
                None => wrong.push(name),
            }
        }
        self.draft.validations.retain(|line| *line != Validation::empty(line.id));
        match date(&said(REVIEW)) {
            Some(None) => self.review_on = None,
            Some(Some(PartialDate::Day(day))) => self.review_on = Some(day),
            _ => wrong.push(REVIEW.to_owned()),
        }
        self.draft.title = self.draft.title.trim().to_owned();
    }
}

impl Written for TravellingSheet {
    fn steps(&self) -> &[ProcedureStep] {
        &self.says.steps
    }

    fn steps_mut(&mut self) -> &mut Vec<ProcedureStep> {
        &mut self.says.steps
    }

    fn differences(&self, other: &Self) -> Vec<(String, String)> {
        self.changes_to(other).iter().map(SheetChange::path).collect()
    }

    fn lay(&mut self, path: &str, value: &str) {
        if let Some(change) = SheetChange::at(path, value) {
            self.apply(&change);
        }
    }

    fn typed(&self) -> Vec<(String, String)> {
        let number = |line: &SheetResult| (of_line("n", line.id), line.n.map(typed_count).unwrap_or_default());
        typed_delays(&self.says.steps).chain(self.says.results.iter().map(number)).collect()
    }

    fn settle(&mut self, said: &dyn Fn(&str) -> String, wrong: &mut Vec<String>) {
        settle_steps(&mut self.says.steps, said, wrong);
        for line in &mut self.says.results {
            let name = of_line("n", line.id);
            line.n = match said(&name).as_str() {
                "" => None,
                n => match count(n) {
                    Some(n) => Some(n),
                    None => {
                        wrong.push(name);
                        None
                    }
                },
            };
        }
        self.says.partners.retain(|line| *line != SheetPartner::empty(line.id));
        self.says.results.retain(|line| *line != SheetResult::empty(line.id));
        self.says.title = self.says.title.trim().to_owned();
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::{ProcedureId, SheetId};
    use maillon_shared::domain::travelling_sheet::SheetKind;

    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn procedure() -> Procedure {
        let mut procedure = Procedure::empty(ProcedureId([1; 16]));
        procedure.draft.title = "Retour à la maison".into();
        procedure.draft.steps =
            vec![ProcedureStep { what: "Appeler".into(), after: Some(1), ..ProcedureStep::empty(line(2)) }];
        let on = PartialDate::parse("2026-03");
        procedure.draft.validations.push(Validation { who: "la MSP".into(), on, ..Validation::empty(line(3)) });
        procedure
    }

    fn reopened<R: Written + std::fmt::Debug>(opened: &Form<R>, form: &Form<R>) -> Form<R> {
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(opened, form).write()));
        again
    }

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let opened = Form::of(procedure());
        assert!(fields_since(&opened, &opened).is_empty());
        let mut form = opened.clone();
        form.record.draft.steps.insert(0, ProcedureStep { what: "Noter".into(), ..ProcedureStep::empty(line(4)) });
        form.say(&of_line("after", line(4)), "bientôt".into());
        form.say(&of_line("validated", line(3)), String::new());
        form.say(REVIEW, "1/3/2027".into());
        form.group = Some(GroupId([5; 16]));
        assert_eq!(reopened(&opened, &form), form);

        let opened = Form::of(TravellingSheet::empty(SheetId([1; 16]), SheetKind::Action));
        let mut form = opened.clone();
        form.record.says.results.push(SheetResult { what: "venus".into(), ..SheetResult::empty(line(6)) });
        form.say(&of_line("n", line(6)), "40".into());
        assert_eq!(reopened(&opened, &form), form);
    }

    #[test]
    fn what_was_typed_is_taken_or_told_to_be_wrong() {
        let mut form = Form::of(procedure());
        assert_eq!(form.settled(), (procedure(), Vec::new()), "as it was opened");
        form.say(&of_line("after", line(2)), "une semaine".into());
        form.say(&of_line("validated", line(3)), "31/2/2026".into());
        form.say(REVIEW, "3/2027".into());
        let names = [of_line("after", line(2)), of_line("validated", line(3)), REVIEW.to_owned()];
        assert_eq!(form.settled().1, names);
    }

    #[test]
    fn a_small_number_is_never_kept() {
        let mut sheet = TravellingSheet::empty(SheetId([1; 16]), SheetKind::Action);
        sheet.says.results.push(SheetResult { what: "venus".into(), ..SheetResult::empty(line(6)) });
        let mut form = Form::of(sheet);
        assert_eq!(form.settled().0.says.results[0].n, None, "not published is not none");
        form.say(&of_line("n", line(6)), "3".into());
        assert_eq!(form.settled().0.says.results[0].n.and_then(PublicCount::exactly), None);
        form.say(&of_line("n", line(6)), "< 7".into());
        assert_eq!(form.settled().1, [of_line("n", line(6))]);
        form.say(&of_line("n", line(6)), "12".into());
        assert_eq!(form.settled().0.says.results[0].n.and_then(PublicCount::exactly), Some(12));
    }

    #[test]
    fn a_number_that_is_not_said_stays_as_it_is_where_nobody_types_another() {
        for n in [PublicCount::of(0, Threshold::FIVE), PublicCount::of(0, Threshold::ELEVEN)] {
            let mut sheet = TravellingSheet::empty(SheetId([1; 16]), SheetKind::Action);
            sheet.says.results.push(SheetResult { what: "venus".into(), n: Some(n), ..SheetResult::empty(line(6)) });
            assert_eq!(Form::of(sheet.clone()).settled(), (sheet, Vec::new()));
        }
    }
}
