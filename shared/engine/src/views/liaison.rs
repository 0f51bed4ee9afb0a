//! What a liaison sheet would say, and what was given before. Without a permit nothing is put together.

use chrono::NaiveDate;
use maillon_shared::api::responses::LiaisonPreview;
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::consent::{Permit, Purpose, Why, may};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::liaison::{
    Carrier, Contact, GivenSheet, LiaisonChoice, LiaisonSheet, Piece, Told, ToldAction,
};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::project::{GoalState, HealthProject, Owner};

use super::{Content, Views};

impl Views {
    /// Whether a sheet may be given today: asked at each preview, and again each time one leaves.
    pub fn may_tell(&self, choice: &LiaisonChoice, today: NaiveDate) -> Result<Permit, Why> {
        may(&self.consents(choice.person), &Purpose::LiaisonSheet, &choice.recipient, today)
    }

    /// What a sheet would say; nothing where there is no such person.
    pub fn liaison_preview(&self, choice: &LiaisonChoice, today: NaiveDate) -> Option<LiaisonPreview> {
        let person = self.person(choice.person)?;
        let agreed = self.agreed_to_share(choice.person, &Purpose::LiaisonSheet, today);
        let sheet = self.may_tell(choice, today).map(|permit| self.sheet_for(person, choice, &permit));
        Some(LiaisonPreview { name: person.display_name(), agreed, sheet, given: self.given_about(choice.person) })
    }

    /// The sheets given about a person, the last first.
    pub(super) fn given_about(&self, person: PersonId) -> Vec<GivenSheet> {
        let mut given: Vec<_> = self
            .about(person)
            .filter_map(|cached| match &cached.content {
                Content::GivenSheets(given) => Some(given),
                _ => None,
            })
            .flatten()
            .cloned()
            .collect();
        given.sort_by_key(|one| std::cmp::Reverse((one.day, one.hour, one.id)));
        given
    }

    fn sheet_for(&self, person: &Person, choice: &LiaisonChoice, permit: &Permit) -> LiaisonSheet {
        let message = choice.message.trim().to_owned();
        let mut sheet = LiaisonSheet::permitted(permit, person.display_name(), message);
        let running: Vec<&HealthProject> = self.running_projects(person.id);
        // In the order of the choices, so that what is seen and what leaves read alike.
        for piece in Piece::ALL.iter().filter(|piece| choice.pieces.contains(piece)) {
            sheet.told.extend(self.told(piece, person, &running, permit.day()));
        }
        sheet
    }

    pub(super) fn running_projects(&self, person: PersonId) -> Vec<&HealthProject> {
        let mut running: Vec<_> = self
            .about(person)
            .filter_map(|cached| match &cached.content {
                Content::HealthProject(record) if record.project.is_running() => Some(&record.project),
                _ => None,
            })
            .collect();
        running.sort_by_key(|project| (project.opened, project.id));
        running
    }

    /// What a piece says; nothing where nothing is known of it.
    pub(super) fn told(
        &self,
        piece: &Piece,
        person: &Person,
        running: &[&HealthProject],
        day: NaiveDate,
    ) -> Option<Told> {
        let some = |texts: Vec<String>| {
            let kept: Vec<_> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
            (!kept.is_empty()).then_some(kept)
        };
        match piece {
            Piece::Address => {
                let address = &person.address;
                let town = [address.postcode.trim(), address.commune.trim()].join(" ");
                let parts = [address.line.trim(), address.hamlet.trim(), town.trim()];
                let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
                (!whole.is_empty()).then_some(Told::Address(whole))
            }
            Piece::Phones => some(person.phones.iter().map(|phone| phone.number.clone()).collect()).map(Told::Phones),
            Piece::Approach => {
                let approach = person.approach.trim();
                (!approach.is_empty()).then(|| Told::Approach(approach.to_owned()))
            }
            Piece::CallFirst => person.first_to_call().map(|related| {
                let (name, role, phone) = (related.name.clone(), related.relation.clone(), related.phone.clone());
                Told::CallFirst(Contact { name, role, phone })
            }),
            Piece::Words => some(running.iter().map(|project| project.words.clone()).collect()).map(Told::Words),
            Piece::Goals => {
                let goals = running.iter().flat_map(|project| &project.goals);
                let open = goals.filter(|goal| goal.state == GoalState::Open);
                some(open.map(|goal| goal.words.clone()).collect()).map(Told::Goals)
            }
            Piece::Actions => {
                let mut actions = Vec::new();
                for project in running {
                    for action in project.open_actions() {
                        let who = match &action.owner {
                            Owner::Person => Carrier::Person,
                            Owner::Coordinator | Owner::Unknown(_) => Carrier::Coordinator,
                            Owner::Helper(Helper::Entry(id)) => match self.entry(*id) {
                                Some(entry) => Carrier::Professional(entry.display_name()),
                                None => Carrier::Relative,
                            },
                            Owner::Helper(_) => Carrier::Relative,
                        };
                        actions.push(ToldAction { what: action.what.clone(), who, by: action.by });
                    }
                }
                (!actions.is_empty()).then_some(Told::Actions(actions))
            }
            Piece::Circle => {
                let mut contacts = Vec::new();
                for row in self.circle_on(person.id, day) {
                    if let Helper::Entry(_) = row.member.who {
                        let role = if row.member.role.is_empty() { row.shown.role } else { row.member.role };
                        contacts.push(Contact { name: row.shown.name, role, phone: row.shown.phone });
                    }
                }
                (!contacts.is_empty()).then_some(Told::Circle(contacts))
            }
            Piece::Unknown(_) => None,
        }
    }
}
