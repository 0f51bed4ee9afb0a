//! Groups of coordinators: what they are called, what this coordinator answered, what each said there, what is common.

use maillon_shared::domain::collective::CollectiveProject;
use maillon_shared::domain::group::{Group, Said};
use maillon_shared::domain::ids::{CollectiveId, DocId, GroupId};
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};
use crate::journal::Scope;
use crate::journal::records::succession::Wish;

impl Views {
    /// What a group is called; nothing before that came.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        match self.documents.get(&DocId(id.0)).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Group(group)) if group.id == id => Some(group),
            _ => None,
        }
    }

    /// What a group is called, as far as is known here.
    pub fn group_name(&self, id: GroupId) -> String {
        self.group(id).map(|group| group.name.clone()).unwrap_or_default()
    }

    /// As what a project was known before it became common: it is counted once.
    pub fn known_as(&self, id: CollectiveId) -> CollectiveId {
        let before = self.documents.values().find_map(|cached| match &cached.content {
            Content::CollectiveProject(project) if project.moved_to == Some(id) && !cached.undone => Some(project.id),
            _ => None,
        });
        before.unwrap_or(id)
    }

    /// What this coordinator answered to a group, on whichever of their devices.
    pub fn group_answer(&self, id: GroupId) -> Option<Said> {
        let all = self.documents.values().filter_map(|cached| match &cached.content {
            Content::GroupAnswers(answers) => Some(answers),
            _ => None,
        });
        let said = all.flatten().filter(|(group, _)| *group == id).map(|(_, said)| said.clone());
        said.reduce(Said::later)
    }

    /// The documents in which an answer to a group stands.
    pub fn group_answer_documents(&self, id: GroupId) -> Vec<DocId> {
        let has_it = |content: &Content| match content {
            Content::GroupAnswers(answers) => answers.iter().any(|(group, _)| *group == id),
            _ => false,
        };
        self.documents.iter().filter(|(_, cached)| has_it(&cached.content)).map(|(id, _)| *id).collect()
    }

    /// What was said in a group of someone's own place in it, by document: whose it is, packs say.
    pub fn group_words(&self, id: GroupId) -> Vec<(DocId, Said)> {
        let here = self.documents.iter().filter(|(_, cached)| cached.header.scope == Scope::Group(id));
        let mut words: Vec<(DocId, Said)> = here
            .filter_map(|(id, cached)| match &cached.content {
                Content::GroupWord(said) => Some((*id, said.clone())),
                _ => None,
            })
            .collect();
        words.sort_by_key(|(id, _)| *id);
        words
    }

    /// What is said in a group of who would administer, by document.
    pub fn wishes(&self, id: GroupId) -> Vec<(DocId, Vec<Wish>)> {
        let here = self.documents.iter().filter(|(_, cached)| cached.header.scope == Scope::Group(id));
        let mut wishes: Vec<(DocId, Vec<Wish>)> = here
            .filter_map(|(id, cached)| match &cached.content {
                Content::Succession(wishes) if !cached.undone => Some((*id, wishes.clone())),
                _ => None,
            })
            .collect();
        wishes.sort_by_key(|(id, _)| *id);
        wishes
    }

    /// The group in which a document is common.
    pub fn group_of(&self, document: DocId) -> Option<GroupId> {
        match self.documents.get(&document)?.header.scope {
            Scope::Group(id) => Some(id),
            _ => None,
        }
    }

    /// The projects of a group, by title.
    pub fn common_projects(&self, id: GroupId) -> Vec<(CollectiveId, String)> {
        let here = self.documents.values().filter(|cached| !cached.undone && cached.header.scope == Scope::Group(id));
        let mut projects: Vec<&CollectiveProject> = here
            .filter_map(|cached| match &cached.content {
                Content::CollectiveProject(project) if project.stands() => Some(&**project),
                _ => None,
            })
            .collect();
        projects.sort_by_cached_key(|project| (sort_key(&project.title), project.id));
        projects.into_iter().map(|project| (project.id, project.title.clone())).collect()
    }
}
