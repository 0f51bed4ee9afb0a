//! A sheet of a charter's form, for one line, one point, one answer or the whole, and its draft: fields by their code, as they are
//! typed, so that an erasure finds the drafts that name someone and what is no value yet is kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::domain::charter::{CharterChange, CharterLines, Moment, Pieces, PostCharter};
use maillon_shared::domain::ids::{CharterId, GroupId, LineId};
use maillon_shared::domain::roadmap::Quantity;
use maillon_shared::domain::time::PartialDate;

use super::fields::{Field, FormOf, Kind, Shape, Stage, fields_of};
use crate::drafts::Fields;
use crate::pages::roadmap::fields::BETWEEN_PARTS;
use crate::ui::{Problem, birth_parts, read_birth};
use crate::words::{Word, charter as w, programme as p, roadmap as r};

const GROUP: &str = "form.group";
/// After the code of how something stands: when, by whom, why.
pub const ON: &str = ".on";
pub const BY: &str = ".by";
pub const WHY: &str = ".why";
/// The fields that say who of the directory someone is.
pub const WHO_ENTRY: &str = "who_entry";

/// Of what a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// What is said of the whole.
    About,
    /// What is decided.
    Decision,
    /// A point.
    Point(Moment),
    /// A line.
    Line(CharterLines, LineId),
    /// A question that was answered, and may only be closed.
    Closing(LineId),
    /// What was answered to a question at a moment.
    Answers(LineId, Moment, Shape),
}

impl Of {
    /// A change to a field of it.
    fn change(self, field: &str, value: String) -> CharterChange {
        match self {
            Of::About | Of::Decision => CharterChange::About(field.to_owned(), value),
            Of::Point(moment) => CharterChange::About(format!("points.{moment}.{field}"), value),
            Of::Line(lines, id) => CharterChange::Line(lines, id, field.to_owned(), value),
            Of::Closing(id) => CharterChange::Line(CharterLines::Questions, id, field.to_owned(), value),
            Of::Answers(id, moment, _) => {
                CharterChange::Line(CharterLines::Questions, id, format!("answers.{moment}.{field}"), value)
            }
        }
    }

    /// Where a field of it is written.
    pub fn path(self, field: &str) -> String {
        self.change(field, String::new()).path().0
    }

    /// What is written of it.
    fn written(self, charter: &PostCharter) -> BTreeMap<String, String> {
        let all = PostCharter::empty(charter.id).changes_to(charter);
        let beginning = self.path("");
        let mine = all.iter().filter_map(|change| {
            let (path, value) = change.path();
            Some((path.strip_prefix(&beginning)?.to_owned(), value))
        });
        mine.filter(|(field, _)| self.is_own(field)).collect()
    }

    /// Whether a field is one of this sheet's.
    fn is_own(self, field: &str) -> bool {
        field == WHO_ENTRY || self.fields().iter().any(|one| one.code == field)
    }

    /// Which form it has.
    pub fn form(self) -> FormOf {
        match self {
            Of::About => FormOf::About,
            Of::Decision => FormOf::Decision,
            Of::Point(_) => FormOf::Point,
            Of::Line(lines, _) => FormOf::Line(lines),
            Of::Closing(_) => FormOf::Closing,
            Of::Answers(_, _, shape) => FormOf::Answers(shape),
        }
    }

    /// Its fields.
    pub fn fields(self) -> &'static [Field] {
        fields_of(self.form())
    }
}

/// What a sheet holds: what is typed, by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Of what it is.
    pub of: Of,
    /// What is typed.
    pub typed: BTreeMap<String, String>,
    /// The group with which a charter begins to be common.
    pub group: Option<GroupId>,
}

impl Sheet {
    /// The sheet of something as it is written.
    pub fn of(of: Of, charter: &PostCharter) -> Self {
        let mut sheet = Sheet { of, typed: BTreeMap::new(), group: None };
        for (field, value) in of.written(charter) {
            let kind = of.fields().iter().find(|one| one.code == field).map(|one| one.kind);
            match (kind, Pieces::parse(&value)) {
                (Some(Kind::Date), _) => sheet.say(&field, in_parts(PartialDate::parse(&value))),
                (Some(Kind::Quantity), _) => {
                    sheet.say(&field, Quantity::parse(&value).map(Quantity::plain).unwrap_or_default());
                }
                // What a newer version wrote stays whole: taken to pieces it would be another value, or none.
                (Some(Kind::Stage(_)), Some(pieces)) if of.change(&field, value.clone()).is_known() => {
                    sheet.say(&format!("{field}{ON}"), in_parts(pieces.on));
                    sheet.say(&format!("{field}{BY}"), pieces.by);
                    sheet.say(&format!("{field}{WHY}"), pieces.why);
                    sheet.say(&field, pieces.code);
                }
                _ => sheet.say(&field, value),
            }
        }
        sheet
    }

    /// What is typed there.
    pub fn said(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Types it there. Nothing typed is the same as a field that nobody touched.
    pub fn say(&mut self, name: &str, text: String) {
        match text.is_empty() || text.chars().all(|c| c == BETWEEN_PARTS) {
            true => drop(self.typed.remove(name)),
            false => drop(self.typed.insert(name.to_owned(), text)),
        }
    }

    fn date(&self, name: &str) -> Option<Option<PartialDate>> {
        let mut parts = self.said(name).split(BETWEEN_PARTS).map(str::to_owned);
        let parts: [String; 3] = std::array::from_fn(|_| parts.next().unwrap_or_default());
        read_birth(&parts).filter(|date| date.is_none_or(|date| (1990..=2100).contains(&date.year())))
    }

    /// What a field means, as it is written; where it means nothing, where and the words of what is to be mended.
    fn meant(&self, field: &Field) -> Result<String, (String, Word)> {
        let typed = self.said(field.code).trim();
        let wrong = |words: Word| (field.code.to_owned(), words);
        let number = |read: Option<String>, words: Word| match typed {
            "" => Ok(String::new()),
            _ => read.ok_or(wrong(words)),
        };
        let value = match field.kind {
            Kind::Date => {
                let date = self.date(field.code).ok_or(wrong(p::wrong_date))?;
                date.map(|date| date.to_string()).unwrap_or_default()
            }
            Kind::Count => number(typed.parse::<u32>().ok().map(|n| n.to_string()), w::wrong_count)?,
            Kind::Quantity => number(Quantity::typed(typed).map(|amount| amount.to_string()), r::wrong_number)?,
            Kind::Stage(stages) => self.stage(field.code, stages)?,
            _ => typed.to_owned(),
        };
        match (field.needed, value.is_empty()) {
            (Some(words), true) if !matches!(field.kind, Kind::Who) || self.said(WHO_ENTRY).is_empty() => {
                Err(wrong(words))
            }
            _ => Ok(value),
        }
    }

    /// How something stands, in one value. What a newer version wrote stays as it is.
    fn stage(&self, code: &str, stages: &[Stage]) -> Result<String, (String, Word)> {
        let typed = self.said(code);
        let Some(stage) = stages.iter().find(|stage| stage.code == typed) else { return Ok(typed.to_owned()) };
        let words = |part: &str, is_asked: bool, needs: Word| {
            let (name, said) = (format!("{code}{part}"), self.said(&format!("{code}{part}")).trim().to_owned());
            match (is_asked, said.is_empty()) {
                (false, _) => Ok(String::new()),
                (true, true) => Err((name, needs)),
                (true, false) => Ok(said),
            }
        };
        let on = format!("{code}{ON}");
        let on = match stage.says_when {
            true => Some(self.date(&on).ok_or((on.clone(), p::wrong_date as Word))?.ok_or((on, w::needs_day as Word))?),
            false => None,
        };
        let by = words(BY, stage.says_by, w::needs_by)?;
        let why = words(WHY, stage.says_why, w::needs_why)?;
        Ok(Pieces { code: typed.to_owned(), on, by, why }.to_string())
    }

    /// What changes, or all that is to be mended before.
    pub fn changes(&self, before: &PostCharter) -> Result<Vec<CharterChange>, Vec<Problem>> {
        let (changes, problems) = self.found(before);
        if problems.is_empty() { Ok(changes) } else { Err(problems) }
    }

    /// What changes in the fields that can be read, and what is to be mended in the others.
    fn found(&self, before: &PostCharter) -> (Vec<CharterChange>, Vec<Problem>) {
        let (mut changes, mut problems) = (Vec::new(), Vec::new());
        let written = self.of.written(before);
        let mut says = |field: &str, value: String| {
            if written.get(field).map_or("", String::as_str) != value {
                changes.push(self.of.change(field, value));
            }
        };
        for field in self.of.fields() {
            match self.meant(field) {
                Ok(value) => says(field.code, value),
                Err((at, words)) => problems.push(Problem { field: id_of(&at), words: words().into() }),
            }
            // In common, whoever is of the directory is said in words: those that are taken away go first.
            if matches!(field.kind, Kind::Who) {
                says(WHO_ENTRY, self.said(WHO_ENTRY).to_owned());
            }
        }
        let day = |name: &str| self.said(name).parse::<NaiveDate>().ok();
        if self.of == Of::About && day("begins").zip(day("ends")).is_some_and(|(begins, ends)| ends < begins) {
            problems.push(Problem { field: "ends".into(), words: r::end_before().into() });
        }
        if matches!(self.of, Of::Answers(..)) && self.counts_too_many() {
            problems.push(Problem { field: "n".into(), words: w::too_many().into() });
        }
        (changes, problems)
    }

    /// Whether more are counted than answered.
    fn counts_too_many(&self) -> bool {
        let number = |text: &str| text.trim().parse::<u64>().ok();
        // Only what this form shows: nobody could mend the rest.
        let counted = self.of.fields().iter().filter(|field| field.code.starts_with("counts."));
        let counted = counted.filter_map(|field| number(self.said(field.code))).fold(0, u64::saturating_add);
        number(self.said("n")).is_some_and(|n| counted > n)
    }

    /// What is typed in it in words, for those who look whether someone is named. What is to be mended elsewhere hides none.
    pub fn words(&self, id: CharterId) -> Vec<String> {
        let (changes, _) = self.found(&PostCharter::empty(id));
        let of_stages = self.typed.iter().filter(|(name, _)| name.ends_with(BY) || name.ends_with(WHY));
        let of_stages = of_stages.map(|(_, text)| text.clone());
        changes.iter().flat_map(CharterChange::words).chain(of_stages).collect()
    }
}

/// A date in the three parts in which it is typed.
fn in_parts(date: Option<PartialDate>) -> String {
    birth_parts(date).join(&BETWEEN_PARTS.to_string())
}

/// The field's id in the page.
pub fn id_of(field: &str) -> String {
    field.replace('.', "-")
}

/// What differs from the sheet as it was opened, by field.
pub fn fields_since(opened: &Sheet, sheet: &Sheet) -> Fields {
    let group = |sheet: &Sheet| [(GROUP, sheet.group.map(|group| group.to_string()).unwrap_or_default())];
    let mut fields = Fields::that_differ(group(opened), group(sheet));
    for name in opened.typed.keys().filter(|name| !sheet.typed.contains_key(*name)) {
        fields.put(name.clone(), "");
    }
    for (name, text) in &sheet.typed {
        if opened.said(name) != text {
            fields.put(name.clone(), text.clone());
        }
    }
    fields
}

/// Lays a draft over the sheet.
pub fn lay(sheet: &mut Sheet, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            GROUP => sheet.group = GroupId::parse(value),
            other => sheet.say(other, value.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::charter::{
        AnswerForm, CharterDecision, CharterQuestion, Commitment, CommitmentState, Line, Outcome, Point, PointHeld,
    };

    use super::super::fields::Answered;
    use super::*;

    const OFFICE: LineId = LineId([2; 16]);
    const USEFUL: LineId = LineId([3; 16]);

    fn charter() -> PostCharter {
        let mut charter = PostCharter::empty(CharterId([9; 16]));
        charter.about.title = "Un poste".into();
        charter.about.begins = "2026-01-05".parse().ok();
        charter.about.decision =
            CharterDecision::taken(Outcome::Stop, PartialDate::Year(2027), "Le conseil", "Trop cher");
        let held = PointHeld::On(PartialDate::Month(2026, 4));
        charter.about.points.insert(Moment::Three, Point { held, present: Some(0), ..Point::empty(LineId([0; 16])) });
        let state = CommitmentState::NotHeld("pas de salle".into());
        charter.commitments.push(Commitment { text: "Un bureau".into(), state, ..Commitment::empty(OFFICE) });
        let (text, form) = ("Est-ce utile ?".into(), AnswerForm::YesNo);
        charter.questions.push(CharterQuestion { text, form, ..CharterQuestion::empty(USEFUL) });
        charter
    }

    fn every_sheet() -> [Of; 6] {
        [
            Of::About,
            Of::Decision,
            Of::Point(Moment::Three),
            Of::Line(CharterLines::Commitments, OFFICE),
            Of::Closing(USEFUL),
            Of::Answers(USEFUL, Moment::Start, Shape::Counts(Answered::YesOrNo)),
        ]
    }

    #[test]
    fn a_sheet_that_nobody_touched_changes_nothing() {
        for of in every_sheet() {
            assert_eq!(Sheet::of(of, &charter()).changes(&charter()).ok(), Some(Vec::new()), "{of:?}");
        }
    }

    #[test]
    fn a_draft_lays_back_what_was_typed_whatever_it_is() {
        let opened = Sheet::of(Of::Point(Moment::Three), &charter());
        let mut typed = opened.clone();
        typed.say("present", "beaucoup".into());
        typed.say("held", "not_held".into());
        typed.say("held.why", "La neige".into());
        typed.say("held.on", String::new());
        let fields = Fields::read(&fields_since(&opened, &typed).write());
        let mut again = opened.clone();
        lay(&mut again, &fields);
        assert_eq!(again, typed);
        assert!(typed.words(CharterId([9; 16])).iter().any(|words| words == "La neige"));
    }

    #[test]
    fn what_is_to_be_mended_is_told_where_it_is() {
        let told = |of: Of, change: &[(&str, &str)]| {
            let mut sheet = Sheet::of(of, &charter());
            change.iter().for_each(|(name, text)| sheet.say(name, (*text).to_owned()));
            let problems = sheet.changes(&charter()).err().unwrap_or_default();
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(told(Of::About, &[("title", " ")]), ["title"]);
        assert_eq!(told(Of::About, &[("ends", "2025-12-31")]), ["ends"]);
        assert_eq!(told(Of::Decision, &[("decision.by", " ")]), ["decision-by"]);
        assert_eq!(told(Of::Point(Moment::Three), &[("held.on", "")]), ["held-on"]);
        assert_eq!(told(Of::Point(Moment::Six), &[("present", "dix")]), ["present"]);
        let answers = Of::Answers(USEFUL, Moment::Start, Shape::Counts(Answered::YesOrNo));
        assert_eq!(told(answers, &[("n", "4"), ("counts.yes", "5")]), ["n"]);
    }

    #[test]
    fn what_a_newer_version_wrote_stops_no_form_and_stays_as_it_is() {
        let of = Of::Line(CharterLines::Commitments, OFFICE);
        for newer in ["paused:2030\t\tla neige", "no_longer:2030\t\tpartie"] {
            let mut charter = charter();
            charter.commitments[0].state = CommitmentState::Unknown(newer.into());
            let mut sheet = Sheet::of(of, &charter);
            assert_eq!(sheet.changes(&charter).ok(), Some(Vec::new()), "{newer}");
            sheet.say("text", "Un bureau chauffé".into());
            assert_eq!(sheet.changes(&charter).map(|changes| changes.len()).ok(), Some(1), "{newer}");
        }
    }

    #[test]
    fn what_another_form_counted_stops_no_answer() {
        let mut sheet = Sheet::of(Of::Answers(USEFUL, Moment::Start, Shape::Counts(Answered::YesOrNo)), &charter());
        for (name, text) in [("n", "4"), ("counts.yes", "4"), ("counts.5", "9")] {
            sheet.say(name, text.into());
        }
        assert!(sheet.changes(&charter()).is_ok());
        sheet.say("counts.yes", u64::MAX.to_string());
        sheet.say("counts.no", "1".into());
        assert!(sheet.changes(&charter()).is_err());
    }

    /// A field of a form that the domain does not know would be filled for nothing.
    #[test]
    fn every_field_of_a_form_is_one_of_the_charter() {
        let shapes = [Answered::InWords, Answered::OnAScale, Answered::YesOrNo, Answered::ByNumber];
        let shapes = shapes.into_iter().flat_map(|answered| [Shape::Counts(answered), Shape::Own(answered)]);
        let answers = shapes.map(|shape| Of::Answers(USEFUL, Moment::Six, shape));
        let lines = CharterLines::ALL.iter().map(|lines| Of::Line(*lines, OFFICE));
        for of in every_sheet().into_iter().chain(answers).chain(lines) {
            for field in of.fields() {
                assert!(of.change(field.code, String::new()).is_said(), "{of:?} {}", field.code);
            }
        }
    }
}
