//! The activity summary for the mairie: what is published, corrected, written beside it and given; and a mairie's own
//! notebook, which takes what is given and holds nothing else.
//!
//! What may be told is decided in `domain::summary` from facts that views take out of records; here it is only kept.

mod mairie;
mod publish;
mod report;

use maillon_shared::api::responses::File;
use maillon_shared::api::summary::{Summaries, SummaryAnswer, SummaryRequest, TableFormat};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::{Publication, latest};
use maillon_shared::text::language::Language;

use super::Engine;
use crate::ambient::Ambient;
use crate::exchange::summary_table;
use crate::sharing::card::words_of;
use crate::sharing::summary_file::SummaryFile;
use crate::store::Store;

pub(super) use mairie::{TAKE, when_a_mairie_may};
pub(super) use publish::{CORRECT, FORGET, PUBLISH};
pub(super) use report::PUBLISH_REPORT;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn summary(&mut self, asked: SummaryRequest) -> Answer {
        let answer = match asked {
            SummaryRequest::All => SummaryAnswer::All(Box::new(self.summaries().await?)),
            SummaryRequest::Preview => SummaryAnswer::Preview(self.would_be_published()?),
            SummaryRequest::Publish => return self.publish_summary().await,
            SummaryRequest::Table(period, format) => return self.summary_table(period, format),
            SummaryRequest::PreviewCorrection(period) => {
                SummaryAnswer::Correction(Box::new(self.preview_correction(period).await?))
            }
            SummaryRequest::Correct(period) => return self.correct_summary(period).await,
            SummaryRequest::Report(period) => SummaryAnswer::Report(Box::new(self.summary_report(period).await?)),
            SummaryRequest::WriteReport { period, read, changes, draft } => {
                return self.write_report(period, &read, changes, draft).await;
            }
            SummaryRequest::PublishReport(period) => return self.publish_report(period).await,
            SummaryRequest::WithdrawReport(period) => return self.withdraw_report(period).await,
            SummaryRequest::File => return self.summary_file().await,
            SummaryRequest::LookAt(file) => SummaryAnswer::Received(Box::new(self.look_at_summary(&file)?)),
            SummaryRequest::Take { file, compared } => return self.take_summary(&file, compared).await,
        };
        Ok(Response::Summary(answer))
    }

    async fn summaries(&mut self) -> Result<Summaries, Failure> {
        let is_mairie = self.notebook()?.is_mairie();
        let (may_publish, to_publish, words) = match is_mairie {
            true => (false, Vec::new(), Vec::new()),
            false => {
                let to_publish = self.would_be_published()?;
                let to_publish = to_publish.iter().map(|publication| publication.period).collect();
                (self.may_publish().await?, to_publish, self.signing_words().await?)
            }
        };
        let views = &self.notebook()?.views;
        let settings = views.settings().0;
        Ok(Summaries {
            commune: settings.commune.clone(),
            coordinator: settings.coordinator.clone(),
            published: views.published(),
            // One that was taken back is told to the mairie, and is nothing to read.
            reports: views.published_reports().into_iter().filter(|report| !report.is_empty()).collect(),
            to_publish,
            threshold: settings.summary_threshold(),
            may_publish,
            words,
            publishers: views.publishers(),
        })
    }

    /// The words that the mairie compares, once there is something to give.
    async fn signing_words(&mut self) -> Result<Vec<String>, Failure> {
        if self.notebook()?.views.published().is_empty() {
            return Ok(Vec::new());
        }
        // A disk that takes no key now lets one read all the same.
        Ok(self.signing().await.map(|secret| words_of(&secret.card())).unwrap_or_default())
    }

    /// What this device signs with. It is drawn the first time, and is the same by which other devices will know it.
    async fn signing(&mut self) -> Result<crate::sharing::DeviceSecret, Failure> {
        let Engine { store, ambient, open, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.signing_secret(store, ambient).await
    }

    /// All that is published, for the mairie. It is signed anew each time: what it says does not change.
    async fn summary_file(&mut self) -> Answer {
        let views = &self.notebook()?.views;
        let settings = views.settings().0;
        let said = SummaryFile {
            commune: settings.commune.clone(),
            coordinator: settings.coordinator.clone(),
            publications: views.published(),
            reports: views.published_reports(),
        };
        if said.publications.is_empty() {
            return Err(Failure::NotFound);
        }
        let bytes = said.to_bytes(&self.signing().await?);
        let name = format!("maillon-mairie-{}.maillon-synthese", self.today());
        Ok(Response::File(File { name, mime: "application/octet-stream".to_owned(), bytes }))
    }

    fn summary_table(&mut self, period: Period, format: TableFormat) -> Answer {
        let views = &self.notebook()?.views;
        let publications: Vec<Publication> = views.published().into_iter().map(|one| one.publication).collect();
        let publication = latest(&publications, period).ok_or(Failure::NotFound)?;
        let lists = views.lists_in(Language::Fr);
        let (bytes, mime, end) = match format {
            TableFormat::Csv => (summary_table::write_csv(publication, lists), "text/csv", "csv"),
            TableFormat::Ods => {
                let mime = "application/vnd.oasis.opendocument.spreadsheet";
                (summary_table::write_ods(publication, lists), mime, "ods")
            }
        };
        let name = format!("maillon-synthese-{period}.{end}");
        Ok(Response::File(File { name, mime: mime.to_owned(), bytes }))
    }
}
