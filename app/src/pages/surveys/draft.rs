//! The form of a survey and its draft: what differs, field by field.

use maillon_shared::domain::ids::{EventId, GroupId, QuestionId};
use maillon_shared::domain::survey::question::Question;
use maillon_shared::domain::survey::record::SurveyRecord;

use crate::drafts::Fields;

/// What the form holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyForm {
    /// The survey as it was opened, or one that asks nothing yet.
    pub record: SurveyRecord,
    /// What it is called.
    pub title: String,
    /// The year, as it is typed.
    pub year: String,
    /// The event.
    pub event: Option<EventId>,
    /// The group with which it is common.
    pub group: Option<GroupId>,
    /// What is asked, in order.
    pub asks: Vec<QuestionId>,
}

impl SurveyForm {
    /// The form of a survey.
    pub fn of(record: SurveyRecord, group: Option<GroupId>) -> Self {
        SurveyForm {
            title: record.survey.title.clone(),
            year: record.survey.year.to_string(),
            event: record.survey.event,
            group,
            asks: record.asked().into_iter().map(Question::id).collect(),
            record,
        }
    }

    /// The year, if it is one.
    pub fn read_year(&self) -> Option<i32> {
        self.year.trim().parse().ok().filter(|year| (1990..=2100).contains(year))
    }

    /// The survey as the form means it. The questions that come are those that are known.
    pub fn settled(&self, known: &[Question]) -> SurveyRecord {
        let mut record = self.record.clone();
        record.survey.title = self.title.trim().to_owned();
        record.survey.event = self.event;
        let before = record.survey.year;
        record.survey.year = self.read_year().unwrap_or(before);
        // What was said for this survey's year is said for the year that it turns out to be.
        let year = record.survey.year;
        if year != before {
            record.questions.iter_mut().for_each(|question| question.move_year(before, year));
        }
        for id in &self.asks {
            if record.question(*id).is_none() {
                record.questions.extend(known.iter().find(|question| question.id() == *id).cloned());
            }
        }
        let is_there = |id: &&QuestionId| record.question(**id).is_some();
        record.survey.asks = self.asks.iter().filter(is_there).copied().zip(1..).collect();
        record
    }
}

fn list(asks: &[QuestionId]) -> String {
    asks.iter().map(QuestionId::to_string).collect::<Vec<_>>().join(" ")
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &SurveyForm, form: &SurveyForm) -> Fields {
    let typed = |form: &SurveyForm| {
        [
            ("title", form.title.clone()),
            ("year", form.year.clone()),
            ("event", form.event.map(|id| id.to_string()).unwrap_or_default()),
            ("group", form.group.map(|id| id.to_string()).unwrap_or_default()),
            ("asks", list(&form.asks)),
        ]
    };
    Fields::that_differ(typed(opened), typed(form))
}

/// Lays a draft over the form.
pub fn lay(form: &mut SurveyForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "title" => value.clone_into(&mut form.title),
            "year" => value.clone_into(&mut form.year),
            "event" => form.event = EventId::parse(value),
            "group" => form.group = GroupId::parse(value),
            "asks" => form.asks = value.split(' ').filter_map(QuestionId::parse).collect(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::ids::SurveyId;
    use maillon_shared::domain::survey::template::{self, starting_questions};

    use super::*;

    fn form() -> SurveyForm {
        SurveyForm::of(SurveyRecord::empty(SurveyId([1; 16]), 2026), None)
    }

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let opened = form();
        assert!(fields_since(&opened, &opened).is_empty());
        let mut typed = opened.clone();
        (typed.title, typed.year) = ("Forum, Fontvieille".into(), "2027".into());
        (typed.event, typed.group) = (Some(EventId([2; 16])), Some(GroupId([3; 16])));
        typed.asks = vec![template::REMARK, template::INTEREST];
        let mut again = opened.clone();
        lay(&mut again, &Fields::read(&fields_since(&opened, &typed).write()));
        assert_eq!(again, typed);
    }

    #[test]
    fn the_form_means_the_questions_in_their_order_as_they_are_known() {
        let mut typed = form();
        (typed.title, typed.year) = (" Forum ".into(), "2027".into());
        typed.asks = vec![template::REMARK, template::INTEREST, QuestionId([9; 16])];
        let meant = typed.settled(&starting_questions());
        assert_eq!((meant.survey.title.as_str(), meant.survey.year), ("Forum", 2027));
        let asked: Vec<_> = meant.asked().into_iter().map(Question::id).collect();
        assert_eq!(asked, [template::REMARK, template::INTEREST], "one that is not known is not asked");
        typed.year = "27".into();
        assert_eq!(typed.read_year(), None);
    }
}
