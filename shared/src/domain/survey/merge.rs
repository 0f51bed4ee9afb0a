//! Batches of responses that meet: tablets, files, paper, in any order and as often as one likes.
//!
//! A batch is a set, and meeting is union: the same whichever comes first, however they are grouped, and however often.
//! Nothing is counted twice, since what has the same id is one response. Where two say otherwise under one id (a sheet
//! typed twice), both are kept, and the sheet is *to be checked*.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::response::Response;
use crate::domain::ids::{ResponseId, SurveyId};

/// Responses to one survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    survey: SurveyId,
    /// Each with all that was ever given under its id, in order and without doubles; nearly always one.
    given: BTreeMap<ResponseId, Vec<Response>>,
}

/// What a response was, to whoever took it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// A new one.
    New,
    /// It was there, word for word.
    Known,
    /// It was there, and said something else: both are kept.
    Differing,
}

/// What a batch brought. The three add up to what was in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeReport {
    /// Responses that were not here.
    pub new: u32,
    /// Responses that were, and nothing more of them.
    pub known: u32,
    /// Responses that were, and said something else.
    pub differing: u32,
}

/// Responses to another survey: nothing was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherSurvey(pub SurveyId);

impl fmt::Display for OtherSurvey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("responses to another survey")
    }
}

impl std::error::Error for OtherSurvey {}

impl Batch {
    /// No response to that survey yet.
    pub fn empty(survey: SurveyId) -> Self {
        Batch { survey, given: BTreeMap::new() }
    }

    /// To which survey.
    pub fn survey(&self) -> SurveyId {
        self.survey
    }

    /// How many responses, each once, whatever is to be checked among them.
    pub fn len(&self) -> usize {
        self.given.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Takes a response in; one to another survey is refused.
    pub fn take(&mut self, response: Response) -> Result<Taken, OtherSurvey> {
        if response.survey() != self.survey {
            return Err(OtherSurvey(response.survey()));
        }
        let versions = self.given.entry(response.id()).or_default();
        Ok(match versions.binary_search(&response) {
            Ok(_) => Taken::Known,
            Err(at) => {
                versions.insert(at, response);
                if versions.len() == 1 { Taken::New } else { Taken::Differing }
            }
        })
    }

    /// Takes another batch in; one of another survey is refused whole.
    pub fn merge(&mut self, other: &Batch) -> Result<MergeReport, OtherSurvey> {
        if other.survey != self.survey {
            return Err(OtherSurvey(other.survey));
        }
        let mut report = MergeReport::default();
        for (id, versions) in &other.given {
            let was_here = self.given.contains_key(id);
            let mut has_more = false;
            for version in versions {
                has_more |= self.take(version.clone())? != Taken::Known;
            }
            *match (was_here, has_more) {
                (false, _) => &mut report.new,
                (true, false) => &mut report.known,
                (true, true) => &mut report.differing,
            } += 1;
        }
        Ok(report)
    }

    /// All that was given under an id: nothing, one response, or several that differ.
    pub fn versions(&self, id: ResponseId) -> &[Response] {
        self.given.get(&id).map_or(&[], Vec::as_slice)
    }

    /// All that was given, id by id. The order is the ids', which tells nothing of who came when.
    pub fn all(&self) -> impl Iterator<Item = (ResponseId, &[Response])> {
        self.given.iter().map(|(id, versions)| (*id, versions.as_slice()))
    }

    /// All of it, to be counted.
    pub fn gathered(&self) -> Gathered<'_> {
        Gathered::of(self.survey, self.given.values().flatten())
    }

    /// The responses that say several things, and how these stand to each other.
    pub fn differing(&self) -> impl Iterator<Item = (ResponseId, Difference)> {
        let several = self.all().filter(|(_, versions)| versions.len() > 1);
        several.map(|(id, versions)| {
            let alike = versions.windows(2).all(|two| two[0].counts_like(&two[1]));
            (id, if alike { Difference::WordsOnly } else { Difference::Counted })
        })
    }
}

/// How what was given under one id differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Difference {
    /// In words, or in the day: all that is counted is the same.
    WordsOnly,
    /// In what is counted.
    Counted,
}

/// What somebody chose, sheet by sheet, with the paper in hand: one of the versions, or what the sheet says after all.
///
/// It is decided by a person and may be decided again, so it is no part of a batch: a batch only grows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled(BTreeMap<ResponseId, Response>);

impl Settled {
    /// What was chosen.
    pub fn all(&self) -> impl Iterator<Item = &Response> {
        self.0.values()
    }

    /// This is what counts under its id.
    pub fn settle(&mut self, response: Response) {
        self.0.insert(response.id(), response);
    }

    /// Nobody chose any more.
    pub fn unsettle(&mut self, id: ResponseId) {
        self.0.remove(&id);
    }

    /// What was chosen under an id.
    pub fn get(&self, id: ResponseId) -> Option<&Response> {
        self.0.get(&id)
    }
}

/// Responses to one survey, wherever they are kept, gathered without copying any.
#[derive(Clone, Debug)]
pub struct Gathered<'a> {
    survey: SurveyId,
    /// By id, then in their own order, each once.
    given: Vec<&'a Response>,
}

impl<'a> Gathered<'a> {
    /// The responses to that survey among these, each once.
    pub fn of(survey: SurveyId, responses: impl IntoIterator<Item = &'a Response>) -> Self {
        let theirs = responses.into_iter().filter(|response| response.survey() == survey);
        let mut given: Vec<_> = theirs.collect();
        given.sort_by(|one, other| (one.id(), one).cmp(&(other.id(), other)));
        given.dedup();
        Gathered { survey, given }
    }

    /// To which survey.
    pub fn survey(&self) -> SurveyId {
        self.survey
    }

    /// All that was given under an id: nothing, one response, or several that differ.
    pub fn versions(&self, id: ResponseId) -> &[&'a Response] {
        let first = self.given.partition_point(|response| response.id() < id);
        let after = self.given.partition_point(|response| response.id() <= id);
        &self.given[first..after]
    }

    /// All that was given, id by id. The order is the ids', which tells nothing of who came when.
    pub fn all(&self) -> impl Iterator<Item = &[&'a Response]> {
        self.given.chunk_by(|one, other| one.id() == other.id())
    }
}

/// What a response is to whoever counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It counts, once. Where several are here, they count the same and only their words differ.
    Counts(Vec<&'a Response>),
    /// It is to be checked, and counts for nothing until somebody has chosen.
    ToCheck(Vec<&'a Response>),
}

/// What counts of what was given under one id. What somebody chose does, whatever came since: they held the sheet.
/// Where nobody chose and what was given differs in what is counted, nothing does: neither version is likelier than the
/// other, and a total that took one would depend on which. It is the same on every device that has the same.
pub fn standing<'a>(versions: &[&'a Response], settled: &'a Settled) -> Standing<'a> {
    let chosen =
        versions.first().and_then(|first| settled.get(first.id()).filter(|chosen| chosen.survey() == first.survey()));
    match chosen {
        Some(chosen) => Standing::Counts(vec![chosen]),
        None if versions.windows(2).all(|two| two[0].counts_like(two[1])) => Standing::Counts(versions.to_vec()),
        None => Standing::ToCheck(versions.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::question::RespondentKind;
    use super::super::response::{Answer, SheetNumber};
    use super::*;
    use crate::domain::ids::{ChoiceId, QuestionId};

    const SURVEY: SurveyId = SurveyId([1; 16]);

    fn typed(sheet: u32, choice: u8, words: &str) -> Response {
        let answers = [
            (QuestionId([1; 16]), Answer::Single(ChoiceId([choice; 16]))),
            (QuestionId([2; 16]), Answer::Text(words.into())),
        ];
        let sheet = SheetNumber::new(sheet).expect("a number");
        Response::paper(SURVEY, sheet, RespondentKind::Visitor, None, answers)
    }

    fn batch(responses: &[Response]) -> Batch {
        let mut batch = Batch::empty(SURVEY);
        for response in responses {
            batch.take(response.clone()).expect("of this survey");
        }
        batch
    }

    #[test]
    fn a_batch_says_what_it_brought() {
        let mut here = batch(&[typed(1, 1, ""), typed(2, 1, "")]);
        let file = batch(&[typed(2, 1, ""), typed(1, 2, ""), typed(3, 1, "")]);
        assert_eq!(here.merge(&file), Ok(MergeReport { new: 1, known: 1, differing: 1 }));
        assert_eq!(
            here.merge(&file),
            Ok(MergeReport { new: 0, known: 3, differing: 0 }),
            "a file read twice brings nothing"
        );
        assert_eq!(here.len(), 3);
        let elsewhere = Batch::empty(SurveyId([9; 16]));
        assert_eq!(here.merge(&elsewhere), Err(OtherSurvey(SurveyId([9; 16]))));
        assert_eq!(elsewhere.clone().take(typed(1, 1, "")), Err(OtherSurvey(SURVEY)));
        assert!(elsewhere.is_empty());
    }

    #[test]
    fn a_sheet_typed_twice_waits_for_somebody_only_where_what_is_counted_differs() {
        let here =
            batch(&[typed(1, 1, "Bien"), typed(1, 1, "Rien"), typed(2, 1, ""), typed(2, 2, ""), typed(3, 1, "")]);
        let differing: Vec<_> = here.differing().map(|(_, difference)| difference).collect();
        assert_eq!(differing.len(), 2);
        assert!(differing.contains(&Difference::WordsOnly) && differing.contains(&Difference::Counted));
        let gathered = here.gathered();
        let versions = |sheet| gathered.versions(typed(sheet, 1, "").id());
        let mut settled = Settled::default();
        assert!(matches!(standing(versions(1), &settled), Standing::Counts(both) if both.len() == 2));
        assert_eq!(standing(versions(2), &settled), Standing::ToCheck(versions(2).to_vec()));
        settled.settle(typed(2, 3, "relu"));
        assert_eq!(standing(versions(2), &settled), Standing::Counts(vec![&typed(2, 3, "relu")]));
        settled.unsettle(typed(2, 1, "").id());
        assert_eq!(standing(versions(2), &settled), Standing::ToCheck(versions(2).to_vec()));
        let elsewhere = Gathered::of(SurveyId([9; 16]), here.all().flat_map(|(_, versions)| versions));
        assert_eq!((elsewhere.all().count(), gathered.all().count()), (0, 3));
    }
}
