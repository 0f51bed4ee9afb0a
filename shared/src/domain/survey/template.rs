//! The questions that everybody starts with: those of which figures of forums were published.
//!
//! Their ids are words, the same in every notebook, so that two that never met ask the same questions. What was
//! published of 2021 and 2022 gives the questions, and the answers that are said of several choices together; how the
//! choices divide under them was not published, and is ours.

use super::question::{Choice, Choices, Form, Question, RespondentKind, Together, Wordings};
use crate::domain::ids::{ChoiceId, QuestionId};

/// The year since which these words hold: that of the first forum.
const SINCE: i32 = 2021;

/// Sixteen bytes of which the first spell a word: nothing drawn at random is one.
const fn named(word: &str) -> [u8; 16] {
    let word = word.as_bytes();
    assert!(word.len() <= 16, "an id has sixteen bytes");
    let mut id = [0; 16];
    let mut at = 0;
    while at < word.len() {
        id[at] = word[at];
        at += 1;
    }
    id
}

macro_rules! named_ids {
    ($type:ident: $($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {$(
        $(#[$doc])*
        pub const $name: $type = $type(named($word));
    )*};
}

named_ids! { QuestionId:
    /// Visitors: whether the forum was interesting.
    INTEREST = "interest",
    /// Visitors: with how many of the exhibitors they spoke.
    EXCHANGES = "exchanges",
    /// Visitors: whether what they learnt is useful.
    USEFULNESS = "usefulness",
    /// Visitors: what they mean to do next.
    NEXT_STEPS = "next_steps",
    /// Exhibitors: whether they met others.
    MEETING = "meeting",
    /// Exhibitors: whether they could inform.
    INFORMING = "informing",
    /// Exhibitors: what they think of the forum.
    APPRECIATION = "appreciation",
    /// Anyone: what else they have to say.
    REMARK = "remark",
}

named_ids! { ChoiceId:
    /// Very interesting.
    INTEREST_VERY = "interest.very",
    /// Interesting.
    INTEREST_YES = "interest.yes",
    /// Not very interesting.
    INTEREST_LITTLE = "interest.little",
    /// Not interesting.
    INTEREST_NOT = "interest.not",
    /// Interesting or very interesting.
    INTERESTED = "interested",
    /// With all.
    EXCHANGES_ALL = "exchanges.all",
    /// With three quarters.
    EXCHANGES_MOST = "exchanges.most",
    /// With half.
    EXCHANGES_HALF = "exchanges.half",
    /// With a quarter or fewer.
    EXCHANGES_FEW = "exchanges.few",
    /// With none.
    EXCHANGES_NONE = "exchanges.none",
    /// With three quarters or more.
    EXCHANGED = "exchanged",
    /// Yes, fully.
    USEFUL_FULLY = "useful.fully",
    /// Yes, partly.
    USEFUL_PARTLY = "useful.partly",
    /// No.
    USEFUL_NOT = "useful.not",
    /// Fully or partly.
    USEFUL = "useful",
    /// Getting the national health record.
    NEXT_RECORD = "next.record",
    /// Living otherwise.
    NEXT_LIFESTYLE = "next.lifestyle",
    /// A session of well-being.
    NEXT_WELLBEING = "next.wellbeing",
    /// A check-up or a screening.
    NEXT_CHECKUP = "next.checkup",
    /// An appointment with a professional.
    NEXT_APPOINTMENT = "next.appointment",
    /// Something else.
    NEXT_OTHER = "next.other",
    /// Nothing.
    NEXT_NOTHING = "next.nothing",
    /// Others were met.
    MEETING_REACHED = "meeting.reached",
    /// In part.
    MEETING_PARTLY = "meeting.partly",
    /// They were not.
    MEETING_NOT = "meeting.not",
    /// The public was informed.
    INFORMING_REACHED = "informed.reached",
    /// In part.
    INFORMING_PARTLY = "informed.partly",
    /// It was not.
    INFORMING_NOT = "informed.not",
    /// Excellent.
    APPRECIATION_EXCELLENT = "view.excellent",
    /// Good.
    APPRECIATION_GOOD = "view.good",
    /// Fair.
    APPRECIATION_FAIR = "view.fair",
    /// Poor.
    APPRECIATION_POOR = "view.poor",
    /// Excellent or good.
    APPRECIATED = "appreciated",
}

/// A choice, in French and in English.
type Words = (ChoiceId, &'static str, &'static str);

fn choices(each: &[Words], together: Option<(Words, &[ChoiceId])>) -> Choices {
    let choice = |(place, (id, fr, en)): (u32, &Words)| Choice {
        wordings: Wordings::since(SINCE, fr, en),
        place,
        ..Choice::empty(*id)
    };
    let group = |((id, fr, en), of): (Words, &[ChoiceId])| {
        let mut group = Together::of(id, of.iter().copied());
        group.wordings = Wordings::since(SINCE, fr, en);
        group
    };
    Choices { each: (1..).zip(each).map(choice).collect(), together: together.into_iter().map(group).collect() }
}

fn asked(id: QuestionId, of: &[RespondentKind], fr: &str, en: &str, form: Form) -> Question {
    let mut question = Question::new(id, form);
    question.wordings = Wordings::since(SINCE, fr, en);
    question.asked_of = of.iter().cloned().collect();
    question
}

/// The questions that everybody starts with, in the order in which they are asked.
pub fn starting_questions() -> Vec<Question> {
    let visitors = [RespondentKind::Visitor];
    let exhibitors = [RespondentKind::Exhibitor];
    vec![
        asked(
            INTEREST,
            &visitors,
            "Intérêt du forum",
            "Interest of the forum",
            Form::One(choices(
                &[
                    (INTEREST_VERY, "très intéressant", "very interesting"),
                    (INTEREST_YES, "intéressant", "interesting"),
                    (INTEREST_LITTLE, "peu intéressant", "not very interesting"),
                    (INTEREST_NOT, "pas intéressant", "not interesting"),
                ],
                Some((
                    (INTERESTED, "intéressant ou très intéressant", "interesting or very interesting"),
                    &[INTEREST_VERY, INTEREST_YES],
                )),
            )),
        ),
        asked(
            EXCHANGES,
            &visitors,
            "Échanges avec les intervenants",
            "Exchanges with the exhibitors",
            Form::One(choices(
                &[
                    (EXCHANGES_ALL, "avec tous", "with all"),
                    (EXCHANGES_MOST, "avec les trois quarts", "with three quarters"),
                    (EXCHANGES_HALF, "avec la moitié", "with half"),
                    (EXCHANGES_FEW, "avec un quart ou moins", "with a quarter or fewer"),
                    (EXCHANGES_NONE, "avec aucun", "with none"),
                ],
                Some((
                    (EXCHANGED, "avec les trois quarts ou plus", "with three quarters or more"),
                    &[EXCHANGES_ALL, EXCHANGES_MOST],
                )),
            )),
        ),
        asked(
            USEFULNESS,
            &visitors,
            "Utilité de l’information",
            "Usefulness of the information",
            Form::One(choices(
                &[
                    (USEFUL_FULLY, "oui, tout à fait", "yes, fully"),
                    (USEFUL_PARTLY, "oui, partiellement", "yes, partly"),
                    (USEFUL_NOT, "non", "no"),
                ],
                Some((
                    (USEFUL, "oui, tout à fait ou partiellement", "yes, fully or partly"),
                    &[USEFUL_FULLY, USEFUL_PARTLY],
                )),
            )),
        ),
        asked(
            NEXT_STEPS,
            &visitors,
            "Suites envisagées (plusieurs réponses)",
            "What you mean to do next (several answers)",
            Form::Several(choices(
                &[
                    (NEXT_RECORD, "télécharger Mon Espace Santé", "getting the national health record"),
                    (NEXT_LIFESTYLE, "modifier son hygiène de vie", "changing one’s way of life"),
                    (NEXT_WELLBEING, "séance de bien-être ou relaxation", "a session of well-being or relaxation"),
                    (
                        NEXT_CHECKUP,
                        "bilan de santé ou dépistage d’un cancer",
                        "a health check-up or a cancer screening",
                    ),
                    (NEXT_APPOINTMENT, "rendez-vous avec un professionnel", "an appointment with a professional"),
                    (NEXT_OTHER, "autre chose", "something else"),
                    (NEXT_NOTHING, "rien de particulier", "nothing in particular"),
                ],
                None,
            )),
        ),
        asked(
            MEETING,
            &exhibitors,
            "Rencontrer de nouvelles structures et acteurs",
            "Meeting other structures and people",
            Form::One(choices(
                &[
                    (MEETING_REACHED, "objectif atteint", "aim reached"),
                    (MEETING_PARTLY, "en partie", "in part"),
                    (MEETING_NOT, "non atteint", "not reached"),
                ],
                None,
            )),
        ),
        asked(
            INFORMING,
            &exhibitors,
            "Informer et sensibiliser le public",
            "Informing the public and raising awareness",
            Form::One(choices(
                &[
                    (INFORMING_REACHED, "objectif atteint", "aim reached"),
                    (INFORMING_PARTLY, "en partie", "in part"),
                    (INFORMING_NOT, "non atteint", "not reached"),
                ],
                None,
            )),
        ),
        asked(
            APPRECIATION,
            &exhibitors,
            "Appréciation du forum",
            "What you think of the forum",
            Form::One(choices(
                &[
                    (APPRECIATION_EXCELLENT, "excellent", "excellent"),
                    (APPRECIATION_GOOD, "bon", "good"),
                    (APPRECIATION_FAIR, "moyen", "fair"),
                    (APPRECIATION_POOR, "mauvais", "poor"),
                ],
                Some((
                    (APPRECIATED, "excellent ou bon", "excellent or good"),
                    &[APPRECIATION_EXCELLENT, APPRECIATION_GOOD],
                )),
            )),
        ),
        asked(
            REMARK,
            &[RespondentKind::Visitor, RespondentKind::Exhibitor, RespondentKind::Other],
            "Une remarque, une idée ? Ne nommez personne.",
            "A remark, an idea? Please name nobody.",
            Form::Words,
        ),
    ]
}

#[cfg(test)]
pub(super) fn question(id: QuestionId) -> Question {
    starting_questions().into_iter().find(|question| question.id() == id).expect("a starting question")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::question::LineKey;
    use super::*;
    use crate::text::language::Language;

    #[test]
    fn every_id_is_one_thing_and_every_word_is_in_both_languages() {
        let questions = starting_questions();
        let (mut ids, mut named) = (BTreeSet::new(), 0);
        for question in &questions {
            named += 1;
            ids.insert(question.id().0);
            let mut wordings = vec![&question.wordings];
            for line in question.lines_in(SINCE) {
                let (LineKey::Choice(id) | LineKey::Together(id)) = line else { continue };
                named += 1;
                ids.insert(id.0);
                wordings.extend(question.line_wordings(line));
            }
            for group in question.together() {
                let choices: BTreeSet<_> = question.choices().iter().map(|choice| choice.id).collect();
                assert!(group.choices().is_subset(&choices));
            }
            for words in wordings {
                assert!(Language::ALL.iter().all(|language| words.years(*language).len() == 1), "{words:?}");
            }
        }
        assert_eq!((ids.len(), questions.len()), (named, 8));
    }

    /// Notebooks hold them, and so do files that travel: one that changed would be another question.
    #[test]
    fn ids_are_for_ever() {
        assert_eq!(INTEREST.to_string(), "696e7465726573740000000000000000");
        assert_eq!(APPRECIATED.to_string(), "61707072656369617465640000000000");
    }
}
