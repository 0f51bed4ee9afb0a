//! Another of the coordinator's devices, or a neighbour's, joins through the network: one invites, the other calls, both show the same words, two
//! people (or one, between two screens) say that they are the same.
//!
//! Nothing of it is kept: a notebook that is locked invites nobody. Whoever says that the words differ ends the invitation: one
//! try, so that nobody in the middle gets another.

use std::collections::BTreeSet;

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::sharing::{Company, EndpointId, PairingFailure, PairingStage, PairingStatus};
use maillon_shared::domain::time::Instant;

use super::Engine;
use crate::ambient::Ambient;
use crate::lines::{Address, Answer, EndpointKey, LineId, Over, Wanted};
use crate::notebook::Sender;
use crate::sharing::card::CardFile;
use crate::sharing::invitation::Invitation;
use crate::sharing::pairing::{Pairing, Said};
use crate::sharing::{DeviceId, FormatError};
use crate::store::Store;

/// For so long one may join.
const INVITED_MS: i64 = 10 * 60 * 1000;
/// So many devices that invite are shown; more would be someone's joke.
const MOST_FOUND: usize = 8;

/// A pairing.
pub(super) struct Pair {
    side: Side,
    /// Whom one takes the other for.
    company: Company,
    /// Since when, and until when it waits.
    since: Instant,
    line: Option<Talk>,
    /// How it ended.
    ended: Option<Result<String, PairingFailure>>,
}

enum Side {
    /// This device lets the other join.
    Invites { code: Option<String> },
    /// It joins whoever invites around here.
    Looks { found: BTreeSet<EndpointId>, addresses: Vec<Address> },
    /// It joins that one; whose card is to come, if a code said it.
    Calls { address: Address, device: Option<DeviceId> },
}

/// The line on which the two speak.
struct Talk {
    line: LineId,
    pairing: Pairing,
    to_say: Vec<Said>,
    compared: bool,
    compared_there: bool,
}

impl Pair {
    fn new(side: Side, company: Company, since: Instant) -> Pair {
        Pair { side, company, since, line: None, ended: None }
    }

    /// Whether it goes on; a pairing that nobody came to in time, or of another time altogether, ends here.
    pub fn goes_on(&mut self, now: Instant) -> bool {
        let passed = now.utc_ms - self.since.utc_ms;
        if self.ended.is_none() && !(0..INVITED_MS).contains(&passed) {
            self.ended = Some(Err(PairingFailure::TooLate));
        }
        // What was said last is still to be carried; a line of one that failed is to be closed.
        self.ended.is_none() || self.line.is_some()
    }

    /// What it wants of the network.
    pub fn want(&self, wanted: &mut Wanted) {
        match &self.side {
            Side::Invites { .. } => wanted.inviting = self.ended.is_none(),
            Side::Looks { .. } => wanted.looking = true,
            Side::Calls { address, .. } => wanted.joining = Some(address.clone()),
        }
        let failed = matches!(self.ended, Some(Err(_)));
        let has_more = |talk: &&Talk| failed || !talk.to_say.is_empty();
        wanted.to_say.extend(self.line.iter().filter(has_more).map(|talk| talk.line));
    }

    fn status(&self) -> PairingStatus {
        let until = Instant { utc_ms: self.since.utc_ms + INVITED_MS, ..self.since };
        let comparing = self.line.as_ref().and_then(|talk| Some((talk, talk.pairing.words()?)));
        let stage = match (&self.ended, comparing, &self.side) {
            (Some(Ok(name)), ..) => PairingStage::Joined { name: name.clone() },
            (Some(Err(failure)), ..) => PairingStage::Failed(*failure),
            (None, Some((talk, (card, words))), _) => {
                PairingStage::Comparing { name: card.name.clone(), words, compared: talk.compared }
            }
            (None, None, Side::Invites { code }) => PairingStage::Waiting { code: code.clone(), until },
            (None, None, Side::Looks { found, .. }) => PairingStage::Looking { found: found.iter().copied().collect() },
            (None, None, Side::Calls { .. }) => PairingStage::Calling,
        };
        PairingStatus { company: self.company, invites: matches!(self.side, Side::Invites { .. }), stage }
    }
}

impl<S: Store, A: Ambient> Engine<S, A> {
    /// Lets another device join. Whether this one may decide that is known before anyone compares words.
    pub(super) async fn invite(&mut self, company: Company, words: Option<String>) -> Result<(), Failure> {
        self.may_pair(company).await?;
        if let Some(typed) = words {
            self.prepare_with(&typed).await?;
        }
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let own = sharing.this()?.secret.card().id();
        let is_prepared = match company {
            Company::Own => {
                if sharing.own_scopes().any(|scope| scope.replica.members().admin != own) {
                    return Err(Failure::NotShared(NotShared::NotTheAdministrator));
                }
                sharing.own_scopes().next().is_some() || sharing.is_prepared()
            }
            Company::Neighbour => sharing.is_prepared_for_a_neighbour(),
        };
        if !is_prepared {
            return Err(Failure::NotShared(NotShared::WordsNeeded));
        }
        self.lines.pair = Some(Pair::new(Side::Invites { code: None }, company, self.ambient.now()));
        Ok(())
    }

    /// Joins whoever invites around here, or with their code.
    pub(super) async fn join(&mut self, company: Company, code: Option<String>) -> Result<(), Failure> {
        self.may_pair(company).await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        if company == Company::Own && notebook.sharing(store).await?.own_scopes().next().is_some() {
            return Err(Failure::NotShared(NotShared::SharesAlready));
        }
        let side = match code {
            None => Side::Looks { found: BTreeSet::new(), addresses: Vec::new() },
            Some(code) => {
                let invitation = Invitation::from_code(&code).map_err(|error| match error {
                    FormatError::Malformed => Failure::NotShared(NotShared::NoCode),
                    FormatError::TooNew => Failure::TooNew,
                })?;
                Side::Calls { address: invitation.address, device: Some(invitation.device) }
            }
        };
        self.lines.pair = Some(Pair::new(side, company, self.ambient.now()));
        Ok(())
    }

    /// Calls one of those that were found.
    pub(super) fn join_found(&mut self, which: EndpointId) -> Result<(), Failure> {
        let pair = self.lines.pair.as_mut().ok_or(Failure::NotShared(NotShared::NoPairing))?;
        let Side::Looks { addresses, .. } = &pair.side else { return Err(Failure::NotShared(NotShared::NoPairing)) };
        let address = addresses.iter().find(|address| address.endpoint.0 == which.0).cloned();
        pair.side = Side::Calls { address: address.ok_or(Failure::NotShared(NotShared::NoPairing))?, device: None };
        Ok(())
    }

    /// Someone compared the words.
    pub(super) async fn compared(&mut self, same: bool) -> Result<(), Failure> {
        let pair = self.lines.pair.as_mut().ok_or(Failure::NotShared(NotShared::NoPairing))?;
        let talk = pair.line.as_mut().filter(|talk| pair.ended.is_none() && talk.pairing.words().is_some());
        let talk = talk.ok_or(Failure::NotShared(NotShared::NoPairing))?;
        if !same {
            pair.ended = Some(Err(PairingFailure::Different));
            return Ok(());
        }
        if !talk.compared {
            talk.compared = true;
            talk.to_say.push(Said::Same);
        }
        self.let_join().await
    }

    /// Nobody joins any more.
    pub(super) fn stop_pairing(&mut self) {
        let talk = self.lines.pair.take().and_then(|pair| pair.line);
        self.lines.hung_up.extend(talk.map(|talk| talk.line));
    }

    /// How far a pairing is.
    pub(super) async fn pairing_status(&mut self) -> Result<Option<PairingStatus>, Failure> {
        let now = self.ambient.now();
        if matches!(&self.lines.pair, Some(Pair { side: Side::Invites { code: None }, .. }))
            && !self.lines.places.is_empty()
        {
            let address = self.own_address().await?;
            let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
            let device = notebook.sharing(store).await?.this()?.secret.card().id();
            if let Some(Pair { side: Side::Invites { code }, .. }) = &mut self.lines.pair {
                *code = Some(Invitation { device, address }.to_code());
            }
        }
        Ok(self.lines.pair.as_mut().map(|pair| {
            pair.goes_on(now);
            pair.status()
        }))
    }

    async fn may_pair(&mut self, company: Company) -> Result<(), Failure> {
        if !self.ambient.has_network() {
            return Err(Failure::NotShared(NotShared::NoNetwork));
        }
        if company == Company::Neighbour {
            self.name_for_neighbours().await?;
        }
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        notebook.sharing(store).await?.this().map(|_| ())
    }

    // ── What the network tells ──────────────────────────────────────────────────────────────────────────────────────

    /// Whether a line is the pairing's.
    pub(super) fn is_pairs(&self, line: LineId) -> bool {
        self.lines.pair.as_ref().and_then(|pair| pair.line.as_ref()).is_some_and(|talk| talk.line == line)
    }

    /// Somebody around here says that one may join.
    pub(super) fn pair_found(&mut self, address: Address) {
        let Some(Pair { side: Side::Looks { found, addresses }, .. }) = &mut self.lines.pair else { return };
        if found.len() < MOST_FOUND && found.insert(EndpointId(address.endpoint.0)) {
            addresses.push(address);
            self.tell_sharing();
        }
    }

    /// Nobody answers whom this device calls.
    pub(super) fn pair_unreachable(&mut self, theirs: EndpointKey) {
        let Some(pair) = &mut self.lines.pair else { return };
        let is_called = matches!(&pair.side, Side::Calls { address, .. } if address.endpoint == theirs);
        if is_called && pair.line.is_none() && pair.ended.is_none() {
            pair.ended = Some(Err(PairingFailure::Unreachable));
            self.tell_sharing();
        }
    }

    pub(super) async fn pair_opened(
        &mut self,
        line: LineId,
        theirs: EndpointKey,
        called: bool,
    ) -> Result<Answer, Failure> {
        let ends = self.ends(theirs, called).await?;
        let now = self.ambient.now();
        let company = self.lines.pair.as_ref().map(|pair| pair.company).unwrap_or_default();
        let card = self.own_card(company).await?;
        let Engine { ambient, lines, .. } = self;
        let nobody = Failure::NotShared(NotShared::NoPairing);
        let pair = lines.pair.as_mut().ok_or(nobody.clone())?;
        let expected = match &pair.side {
            Side::Invites { .. } => !called,
            Side::Looks { .. } => false,
            Side::Calls { address, .. } => called && address.endpoint == theirs,
        };
        if !pair.goes_on(now) || !expected || pair.line.is_some() {
            return Err(nobody);
        }
        let (pairing, first) = Pairing::begin(card, ends, ambient);
        let to_say: Vec<Said> = first.into_iter().collect();
        let more = !to_say.is_empty();
        pair.line = Some(Talk { line, pairing, to_say, compared: false, compared_there: false });
        Ok(Answer { more, ..Answer::default() })
    }

    pub(super) async fn pair_heard(&mut self, line: LineId, messages: &[Vec<u8>]) -> Answer {
        for bytes in messages {
            if let Err(failure) = self.pair_hear(bytes).await {
                if let Some(pair) = &mut self.lines.pair {
                    pair.line = None;
                    pair.ended.get_or_insert(Err(failure));
                }
                self.tell_sharing();
                return Answer { over: Some(Over::Refused), ..Answer::default() };
            }
        }
        self.tell_sharing();
        self.pair_answer(line)
    }

    async fn pair_hear(&mut self, bytes: &[u8]) -> Result<(), PairingFailure> {
        let broken = PairingFailure::Broken;
        let pair = self.lines.pair.as_mut().ok_or(broken)?;
        let talk = pair.line.as_mut().ok_or(broken)?;
        match Said::from_bytes(bytes).map_err(|_| broken)? {
            said @ (Said::Commitment(_) | Said::Reveal(_)) => {
                talk.to_say.extend(talk.pairing.take(said).map_err(|_| broken)?);
                let theirs = talk.pairing.words().map(|(card, _)| (card.card.id(), card.company));
                match (&pair.side, theirs) {
                    // Whoever answers is not whose code it was.
                    (Side::Calls { device: Some(device), .. }, Some((theirs, _))) if *device != theirs => Err(broken),
                    // One side would give all, and the other thinks of a neighbour: nobody is asked to compare words.
                    (_, Some((_, company))) if company != pair.company => {
                        Err(PairingFailure::NotShared(NotShared::OtherCompany))
                    }
                    _ => Ok(()),
                }
            }
            Said::Same => {
                if talk.pairing.words().is_none() {
                    return Err(broken);
                }
                talk.compared_there = true;
                self.let_join().await.map_err(not_shared)
            }
            Said::Invitation(courier) => {
                let from = talk.pairing.words().filter(|_| talk.compared).map(|(card, _)| card.clone());
                let from = from.filter(|_| matches!(pair.side, Side::Calls { .. })).ok_or(broken)?;
                self.join_by(&courier, &from).await.map_err(not_shared)?;
                let Some(pair) = &mut self.lines.pair else { return Ok(()) };
                pair.ended = Some(Ok(from.name));
                Ok(())
            }
        }
    }

    /// Once the words were compared on both sides, whoever invites lets the other join, and says of what.
    async fn let_join(&mut self) -> Result<(), Failure> {
        let Some(pair) = &self.lines.pair else { return Ok(()) };
        let both = pair.line.as_ref().filter(|talk| talk.compared && talk.compared_there && pair.ended.is_none());
        let (invites, pair_company) = (matches!(pair.side, Side::Invites { .. }), pair.company);
        let Some(card) = both.filter(|_| invites).and_then(|talk| talk.pairing.words()).map(|(card, _)| card.clone())
        else {
            return Ok(());
        };
        let joined = self.add_and_invite(pair_company, &card).await;
        let Some(Pair { line: Some(talk), ended, .. }) = &mut self.lines.pair else { return Ok(()) };
        match joined {
            Ok(invitation) => {
                talk.to_say.push(Said::Invitation(invitation));
                *ended = Some(Ok(card.name));
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    async fn add_and_invite(&mut self, company: Company, card: &CardFile) -> Result<Vec<u8>, Failure> {
        let own_name = match company {
            Company::Own => String::new(),
            Company::Neighbour => self.name_for_neighbours().await?,
        };
        let Engine { store, ambient, open, lines, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let device = match company {
            Company::Own => notebook.add_own_device(store, ambient, card).await?,
            Company::Neighbour => notebook.add_neighbour(store, ambient, card, &own_name).await?,
        };
        // Whoever joins through the network is talked to on it.
        notebook.set_talks(store, ambient, true).await?;
        notebook.invitation_for(store, ambient, device, &lines.places).await
    }

    async fn join_by(&mut self, file: &[u8], from: &CardFile) -> Result<(), Failure> {
        let company = self.lines.pair.as_ref().map(|pair| pair.company).unwrap_or_default();
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let (courier, sender) = notebook.read_courier(store, file).await?;
        if courier.from != from.card || sender != Sender::Proposes(company) {
            return Err(Failure::NotShared(NotShared::NothingForUs));
        }
        match company {
            Company::Own => notebook.join(store, ambient, &courier).await?,
            Company::Neighbour => notebook.join_neighbour(store, ambient, &courier).await?,
        }
        notebook.take_on_from(store, ambient, &courier).await?;
        notebook.receive(store, ambient, &courier).await?;
        notebook.set_talks(store, ambient, true).await
    }

    pub(super) fn pair_next(&mut self, line: LineId) -> Answer {
        let talk = self.lines.pair.as_mut().and_then(|pair| pair.line.as_mut());
        let say = talk.map(|talk| std::mem::take(&mut talk.to_say)).unwrap_or_default();
        match self.pair_answer(line) {
            refused @ Answer { over: Some(Over::Refused), .. } => refused,
            answer => Answer { say: say.iter().map(Said::to_bytes).collect(), ..answer },
        }
    }

    fn pair_answer(&mut self, line: LineId) -> Answer {
        let Some(pair) = self.lines.pair.as_mut().filter(|pair| pair.line.as_ref().is_some_and(|it| it.line == line))
        else {
            return Answer { over: Some(Over::Refused), ..Answer::default() };
        };
        let more = pair.line.as_ref().is_some_and(|talk| !talk.to_say.is_empty());
        if matches!(pair.ended, Some(Err(_))) {
            return Answer { over: Some(Over::Refused), ..Answer::default() };
        }
        // Whoever joined hangs up; whoever invites keeps the line until all was carried there.
        let joined = matches!((&pair.ended, &pair.side), (Some(Ok(_)), Side::Calls { .. }));
        Answer { say: Vec::new(), more, over: (joined && !more).then_some(Over::Well) }
    }

    pub(super) fn pair_closed(&mut self, line: LineId) {
        let Some(pair) = self.lines.pair.as_mut().filter(|pair| pair.line.as_ref().is_some_and(|it| it.line == line))
        else {
            return;
        };
        let talk = pair.line.take();
        if pair.ended.is_none() {
            let compared = talk.is_some_and(|talk| talk.pairing.words().is_some());
            match pair.side {
                // Nobody has seen any words: whoever it was may call again.
                Side::Invites { .. } if !compared => {}
                Side::Calls { .. } if !compared => pair.ended = Some(Err(PairingFailure::Refused)),
                _ => pair.ended = Some(Err(PairingFailure::Cut)),
            }
        }
        self.tell_sharing();
    }
}

fn not_shared(failure: Failure) -> PairingFailure {
    match failure {
        Failure::NotShared(why) => PairingFailure::NotShared(why),
        _ => PairingFailure::Broken,
    }
}
