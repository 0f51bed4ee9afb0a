//! What is kept of what is shared, in rows of [`Table::Shared`]. Written for ever: another key is another row.
//!
//! ```text
//! d                      this device: its secret, its name
//! w                      what the words give, for scopes to come
//! h document             how far a document was told
//! o device scope         what another device said that it has
//! s scope r record id    a record          s scope k key id   an epoch's key
//! s scope p pack id      a pack            s scope m pack id  that the journal has it
//! s scope u digest       what is unread    s scope a          the acts before this one were told
//! s scope g device       the number of the index that a device said last in a folder
//! s scope f pack id      how many frames of a pack this device put there
//! s scope i              what this device said last there
//! s scope c              how this coordinator is called in it, where a neighbour is too
//! s scope j              where a group's folder is, on this device
//! f                      where the folder of one's own devices is, on this device
//! n                      that this device talks to the others on the networks it is on
//! t device               where another device can be reached at once
//! e device               when something last came from another device
//! y document             that two people wrote in it at once, until someone chose
//! s scope v pack id      that the journal has it and nobody looked at what it brought
//! s scope z what         that something set aside was dealt with
//! s scope x pack id, document              a frame that was not taken, and why
//! ```
//!
//! A pack's row is sealed under a key of its own, which is in the keyring beside those of the documents: an erasure renews
//! the keyring, and what an old row may still say lies under a key that nobody has.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maillon_shared::api::Failure;
use maillon_shared::api::errors::Damage;
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::super::rows::sealed;
use super::{Identity, Shadow, SharedScope, Sharing};
use crate::ambient::Ambient;
use crate::failures::{failure_of_open, failure_of_store};
use crate::journal::document::Heads;
use crate::sharing::address::Address;
use crate::sharing::epoch::EpochKey;
use crate::sharing::exchange::Have;
use crate::sharing::replica::{Kept, Prepared};
use crate::sharing::{DeviceId, DeviceSecret, Pack, PackId, Record, RecoveryCard, Replica, ScopeId};
use crate::store::{Batch, Store, Table};
use crate::vault::{DocumentKey, Keyring, SealKey, open_row};

const DEVICE: &[u8] = b"d";
const PREPARED: &[u8] = b"w";
const TOLD: u8 = b'h';
const HAD: u8 = b'o';
const SCOPE: u8 = b's';

const RECORD: u8 = b'r';
const KEY: u8 = b'k';
const PACK: u8 = b'p';
const MERGED: u8 = b'm';
const UNREAD: u8 = b'u';
const ACTS: u8 = b'a';
const NOT_TAKEN: u8 = b'x';
const HEARD: u8 = b'g';
const PUT: u8 = b'f';
const SAID: u8 = b'i';
const SIDE: u8 = b'c';
const PLACE: u8 = b'j';
const FOLDER: &[u8] = b"f";
const TALKS: &[u8] = b"n";
const ADDRESS: u8 = b't';
const MET: u8 = b'e';
const TWO_VERSIONS: u8 = b'y';
const NEWS: u8 = b'v';
const DEALT: u8 = b'z';

/// The row of [`Table::Keyring`] with the key of a pack's row: longer than a document's.
fn pack_key_row(id: PackId) -> [u8; 17] {
    let mut row = [PACK; 17];
    row[1..].copy_from_slice(&id.0[..16]);
    row
}

fn scope_row(scope: ScopeId, what: u8, id: &[u8]) -> Vec<u8> {
    [&[SCOPE], scope.0.as_slice(), &[what], id].concat()
}

fn told_row(id: DocId) -> Vec<u8> {
    [&[TOLD], id.0.as_slice()].concat()
}

fn damaged() -> Failure {
    Failure::Damaged(Damage::Document)
}

fn put(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, row: &[u8], plain: &[u8]) {
    batch.put(Table::Shared, row, sealed(key, ambient, Table::Shared, row, plain));
}

/// Writes this device's secret and name.
pub(super) fn put_identity(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, identity: &Identity) {
    let plain = Zeroizing::new([identity.secret.expose(), identity.name.as_bytes()].concat());
    put(batch, key, ambient, DEVICE, &plain);
}

/// Whoever restores a copy is another device, which nobody knows yet; what the copy shared stays readable to it.
pub(in crate::notebook) async fn become_another(
    batch: &mut Batch,
    store: &impl Store,
    key: &SealKey,
    ambient: &mut impl Ambient,
) -> Result<(), Failure> {
    if store.get(Table::Shared, DEVICE).await.map_err(failure_of_store)?.is_some() {
        let identity = Identity { secret: DeviceSecret::random(ambient), name: String::new() };
        put_identity(batch, key, ambient, &identity);
        batch.delete(Table::Shared, FOLDER);
        for (row, _) in store.scan(Table::Shared, &[SCOPE]).await.map_err(failure_of_store)? {
            if row.get(17) == Some(&PLACE) {
                batch.delete(Table::Shared, row);
            }
        }
        batch.delete(Table::Shared, TALKS);
    }
    Ok(())
}

/// Writes what the words give.
pub(super) fn put_prepared(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, prepared: &[Prepared]) {
    let plain: Vec<u8> = prepared.iter().flat_map(|one| [one.nonce.as_slice(), &one.recovery.0].concat()).collect();
    put(batch, key, ambient, PREPARED, &plain);
}

/// Writes how far a document was told.
pub(super) fn put_told(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, id: DocId, heads: &Heads) {
    put(batch, key, ambient, &told_row(id), &heads.concat());
}

/// Forgets it: the document was erased.
pub(in crate::notebook) fn forget_told(batch: &mut Batch, id: DocId) {
    batch.delete(Table::Shared, told_row(id));
}

/// Writes what another device said that it has.
pub(super) fn put_had(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, device: DeviceId, have: &Have) {
    let row = [&[HAD], device.0.as_slice(), &have.scope.0].concat();
    put(batch, key, ambient, &row, &have.to_bytes());
}

/// Writes up to which act a scope was told.
pub(super) fn put_told_acts(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, scope: ScopeId, acts: u64) {
    put(batch, key, ambient, &scope_row(scope, ACTS, &[]), &acts.to_be_bytes());
}

/// Writes which index of a device was heard.
pub(super) fn put_heard(
    batch: &mut Batch,
    key: &SealKey,
    ambient: &mut impl Ambient,
    scope: ScopeId,
    device: DeviceId,
    generation: u64,
) {
    put(batch, key, ambient, &scope_row(scope, HEARD, &device.0), &generation.to_be_bytes());
}

/// Writes that a pack was put in the folder, with so many frames.
pub(super) fn put_put(
    batch: &mut Batch,
    key: &SealKey,
    ambient: &mut impl Ambient,
    scope: ScopeId,
    pack: PackId,
    frames: u32,
) {
    put(batch, key, ambient, &scope_row(scope, PUT, &pack.0), &frames.to_be_bytes());
}

/// Writes what this device says in the folder.
pub(super) fn put_said(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, generation: u64, have: &Have) {
    let plain = [&generation.to_be_bytes(), have.to_bytes().as_slice()].concat();
    put(batch, key, ambient, &scope_row(have.scope, SAID, &[]), &plain);
}

/// Writes how this coordinator is called in a scope that a neighbour is of.
pub(super) fn put_side(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, scope: ScopeId, side: &str) {
    put(batch, key, ambient, &scope_row(scope, SIDE, &[]), side.as_bytes());
}

/// Writes where the folder of one's own devices is, or that of a scope.
pub(super) fn put_folder(
    batch: &mut Batch,
    key: &SealKey,
    ambient: &mut impl Ambient,
    of: Option<ScopeId>,
    place: Option<&str>,
) {
    let row = of.map_or_else(|| FOLDER.to_vec(), |scope| scope_row(scope, PLACE, &[]));
    match place {
        Some(place) => put(batch, key, ambient, &row, place.as_bytes()),
        None => batch.delete(Table::Shared, row),
    }
}

/// Writes whether this device talks on networks.
pub(super) fn put_talks(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, talks: bool) {
    match talks {
        true => put(batch, key, ambient, TALKS, &[]),
        false => batch.delete(Table::Shared, TALKS),
    }
}

/// Whether it does: asked without reading all that is shared.
pub(super) async fn talks(key: &SealKey, store: &impl Store) -> Result<bool, Failure> {
    match store.get(Table::Shared, TALKS).await.map_err(failure_of_store)? {
        Some(value) => open_row(key, Table::Shared, TALKS, &value).map(|_| true).map_err(failure_of_open),
        None => Ok(false),
    }
}

/// Writes where another device can be reached.
pub(super) fn put_address(
    batch: &mut Batch,
    key: &SealKey,
    ambient: &mut impl Ambient,
    device: DeviceId,
    address: &Address,
) {
    put(batch, key, ambient, &[&[ADDRESS], device.0.as_slice()].concat(), &address.to_bytes());
}

/// Writes when something last came from a device.
pub(super) fn put_met(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, device: DeviceId, at: Instant) {
    let plain = [&at.utc_ms.to_be_bytes()[..], &at.offset_min.to_be_bytes()].concat();
    put(batch, key, ambient, &[&[MET], device.0.as_slice()].concat(), &plain);
}

fn instant(plain: &[u8]) -> Option<Instant> {
    let (ms, offset) = plain.split_first_chunk::<8>()?;
    Some(Instant { utc_ms: i64::from_be_bytes(*ms), offset_min: i16::from_be_bytes(offset.try_into().ok()?) })
}

/// Writes that two people wrote in a document at once.
pub(super) fn put_two_versions(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, id: DocId) {
    put(batch, key, ambient, &[&[TWO_VERSIONS], id.0.as_slice()].concat(), &[]);
}

/// Someone chose, or it is of nobody any more.
pub(super) fn forget_two_versions(batch: &mut Batch, id: DocId) {
    batch.delete(Table::Shared, [&[TWO_VERSIONS], id.0.as_slice()].concat());
}

/// Writes that nobody looked yet at what a pack brought.
pub(super) fn put_news(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, scope: ScopeId, id: PackId) {
    put(batch, key, ambient, &scope_row(scope, NEWS, &id.0), &[]);
}

/// Someone looked.
pub(super) fn forget_news(batch: &mut Batch, scope: ScopeId) {
    batch.delete_prefix(Table::Shared, scope_row(scope, NEWS, &[]));
}

/// Writes that something set aside was dealt with: a pack, or a frame of one.
pub(super) fn put_dealt(batch: &mut Batch, key: &SealKey, ambient: &mut impl Ambient, scope: ScopeId, what: &[u8]) {
    put(batch, key, ambient, &scope_row(scope, DEALT, what), &[]);
}

/// Writes that a frame was not taken, and why, as a code.
pub(super) fn put_not_taken(
    batch: &mut Batch,
    key: &SealKey,
    ambient: &mut impl Ambient,
    scope: ScopeId,
    pack: PackId,
    document: DocId,
    why: &str,
) {
    let id = [&pack.0[..16], &document.0].concat();
    put(batch, key, ambient, &scope_row(scope, NOT_TAKEN, &id), why.as_bytes());
}

/// Writes a pack again, under a key that it alone has.
pub(in crate::notebook) fn put_pack(
    batch: &mut Batch,
    keyring: &Keyring,
    ambient: &mut impl Ambient,
    scope: ScopeId,
    pack: &Pack,
) {
    let key = DocumentKey::random(ambient);
    let key_row = pack_key_row(pack.id());
    batch.put(Table::Keyring, key_row, keyring.seal_key(ambient, &key_row, &key));
    put(batch, &key.sealing(), ambient, &scope_row(scope, PACK, &pack.id().0), &pack.to_bytes());
}

/// Writes what of a scope is in no row yet, and takes away what was unread and is read.
pub(super) fn put_scope(
    batch: &mut Batch,
    key: &SealKey,
    keyring: &Keyring,
    ambient: &mut impl Ambient,
    shared: &mut SharedScope,
) {
    let SharedScope { replica, kept, .. } = shared;
    let scope = replica.scope();
    for record in replica.records() {
        if kept.records.insert(record.id()) {
            put(batch, key, ambient, &scope_row(scope, RECORD, &record.id().0), record.as_bytes());
        }
    }
    for epoch in replica.keys() {
        if kept.keys.insert(epoch.id()) {
            put(batch, key, ambient, &scope_row(scope, KEY, &epoch.id().0), epoch.expose());
        }
    }
    for pack in replica.packs() {
        if kept.packs.insert(pack.id()) {
            put_pack(batch, keyring, ambient, scope, pack);
        }
    }
    let unread: BTreeSet<[u8; 32]> = replica.unread().map(|sealed| Sha256::digest(sealed).into()).collect();
    for digest in kept.unread.difference(&unread) {
        batch.delete(Table::Shared, scope_row(scope, UNREAD, digest));
    }
    for sealed in replica.unread() {
        let digest: [u8; 32] = Sha256::digest(sealed).into();
        if !kept.unread.contains(&digest) {
            put(batch, key, ambient, &scope_row(scope, UNREAD, &digest), sealed);
        }
    }
    kept.unread = unread;
}

/// Writes that the journal has a pack.
pub(super) fn put_merged(
    batch: &mut Batch,
    key: &SealKey,
    ambient: &mut impl Ambient,
    shared: &mut SharedScope,
    id: PackId,
) {
    if shared.kept.merged.insert(id) {
        put(batch, key, ambient, &scope_row(shared.replica.scope(), MERGED, &id.0), &[]);
    }
}

/// Reads everything back.
pub(super) async fn load(key: &SealKey, keyring: &Keyring, store: &impl Store) -> Result<Sharing, Failure> {
    let open = |row: &[u8], value: &[u8]| open_row(key, Table::Shared, row, value).map_err(failure_of_open);
    let mut sharing = Sharing::default();
    if let Some(value) = store.get(Table::Shared, DEVICE).await.map_err(failure_of_store)? {
        let plain = open(DEVICE, &value)?;
        let (secret, name) = plain.split_first_chunk::<32>().ok_or_else(damaged)?;
        let name = String::from_utf8_lossy(name).into_owned();
        sharing.identity = Some(Identity { secret: DeviceSecret::from_bytes(*secret), name });
    }
    if let Some(value) = store.get(Table::Shared, PREPARED).await.map_err(failure_of_store)? {
        let plain = open(PREPARED, &value)?;
        let (pairs, _) = plain.as_chunks::<48>();
        sharing.prepared = pairs.iter().filter_map(prepared).collect();
    }
    if let Some(value) = store.get(Table::Shared, FOLDER).await.map_err(failure_of_store)? {
        sharing.folder = Some(String::from_utf8_lossy(&open(FOLDER, &value)?).into_owned());
    }
    for (row, value) in store.scan(Table::Shared, &[TOLD]).await.map_err(failure_of_store)? {
        let id = row.get(1..).and_then(super::super::rows::document_id).ok_or_else(damaged)?;
        let heads = open(&row, &value)?.as_chunks::<32>().0.to_vec();
        sharing.told.insert(id, heads);
    }
    for (row, value) in store.scan(Table::Shared, &[HAD]).await.map_err(failure_of_store)? {
        let device = row.get(1..17).and_then(|id| id.try_into().ok()).map(DeviceId).ok_or_else(damaged)?;
        // What a newer version wrote there says nothing here: everything is sent again.
        if let Ok(have) = Have::from_bytes(&open(&row, &value)?) {
            sharing.had.insert((device, have.scope), have);
        }
    }
    for (row, value) in store.scan(Table::Shared, &[ADDRESS]).await.map_err(failure_of_store)? {
        let device = row.get(1..).and_then(|id| id.try_into().ok()).map(DeviceId).ok_or_else(damaged)?;
        if let Ok(address) = Address::from_bytes(&open(&row, &value)?) {
            sharing.addresses.insert(device, address);
        }
    }
    for (row, value) in store.scan(Table::Shared, &[MET]).await.map_err(failure_of_store)? {
        let device = row.get(1..).and_then(|id| id.try_into().ok()).map(DeviceId).ok_or_else(damaged)?;
        if let Some(at) = instant(&open(&row, &value)?) {
            sharing.met.insert(device, at);
        }
    }
    for (row, value) in store.scan(Table::Shared, &[TWO_VERSIONS]).await.map_err(failure_of_store)? {
        open(&row, &value)?;
        sharing.two_versions.insert(row.get(1..).and_then(super::super::rows::document_id).ok_or_else(damaged)?);
    }
    load_scopes(&mut sharing, key, keyring, store).await?;
    Ok(sharing)
}

fn prepared(pair: &[u8; 48]) -> Option<Prepared> {
    let (nonce, recovery) = pair.split_first_chunk::<16>()?;
    Some(Prepared { nonce: *nonce, recovery: RecoveryCard(recovery.try_into().ok()?) })
}

async fn load_scopes(
    sharing: &mut Sharing,
    key: &SealKey,
    keyring: &Keyring,
    store: &impl Store,
) -> Result<(), Failure> {
    let rows = store.scan(Table::Shared, &[SCOPE]).await.map_err(failure_of_store)?;
    let Some(identity) = &sharing.identity else { return Ok(()) };
    let by_scope = rows.chunk_by(|(one, _), (other, _)| one.get(..17) == other.get(..17));
    for rows in by_scope {
        let scope = rows[0].0.get(1..17).and_then(|id| id.try_into().ok()).map(ScopeId).ok_or_else(damaged)?;
        let mut kept = Kept { records: Vec::new(), keys: Vec::new(), packs: Vec::new(), unread: Vec::new() };
        let (mut shadow, mut told_acts) = (Shadow::default(), 0);
        let (mut heard, mut put, mut said, mut side) = (BTreeMap::new(), HashMap::new(), None, String::new());
        let (mut news, mut dealt, mut folder) = (BTreeSet::new(), BTreeSet::new(), None);
        for (row, value) in rows {
            let (what, id) = row.get(17..).and_then(<[u8]>::split_first).ok_or_else(damaged)?;
            if *what == PACK {
                let pack = PackId(id.try_into().map_err(|_| damaged())?);
                let key_row = pack_key_row(pack);
                let sealed_key = store.get(Table::Keyring, &key_row).await.map_err(failure_of_store)?;
                let key = keyring.open_key(&key_row, &sealed_key.ok_or_else(damaged)?).map_err(failure_of_open)?;
                let plain = open_row(&key.sealing(), Table::Shared, row, value).map_err(failure_of_open)?;
                let read = Pack::from_bytes(&plain).map_err(|_| damaged())?;
                shadow.packs.insert(pack);
                kept.packs.push((read, false));
                continue;
            }
            let plain = open_row(key, Table::Shared, row, value).map_err(failure_of_open)?;
            match *what {
                RECORD => kept.records.push(Record::from_bytes(&plain).map_err(|_| damaged())?),
                KEY => {
                    let secret = plain.as_slice().try_into().map_err(|_| damaged())?;
                    kept.keys.push(EpochKey::from_bytes(secret));
                }
                MERGED => drop(shadow.merged.insert(PackId(id.try_into().map_err(|_| damaged())?))),
                UNREAD => {
                    shadow.unread.insert(Sha256::digest(&*plain).into());
                    kept.unread.push(plain.to_vec());
                }
                ACTS => told_acts = plain.as_slice().try_into().map(u64::from_be_bytes).map_err(|_| damaged())?,
                HEARD => {
                    let device = DeviceId(id.try_into().map_err(|_| damaged())?);
                    heard.insert(device, plain.as_slice().try_into().map(u64::from_be_bytes).map_err(|_| damaged())?);
                }
                PUT => {
                    let pack = PackId(id.try_into().map_err(|_| damaged())?);
                    put.insert(pack, plain.as_slice().try_into().map(u32::from_be_bytes).map_err(|_| damaged())?);
                }
                SAID => {
                    let (generation, have) = plain.split_first_chunk::<8>().ok_or_else(damaged)?;
                    said = Have::from_bytes(have).ok().map(|have| (u64::from_be_bytes(*generation), have));
                }
                NEWS => drop(news.insert(PackId(id.try_into().map_err(|_| damaged())?))),
                DEALT => drop(dealt.insert(id.to_vec())),
                SIDE => side = String::from_utf8_lossy(&plain).into_owned(),
                PLACE => folder = Some(String::from_utf8_lossy(&plain).into_owned()),
                // What was not taken is read by whoever asks for it.
                _ => {}
            }
        }
        shadow.records = kept.records.iter().map(Record::id).collect();
        shadow.keys = kept.keys.iter().map(EpochKey::id).collect();
        for (pack, merged) in &mut kept.packs {
            *merged = shadow.merged.contains(&pack.id());
        }
        let replica = Replica::restore(identity.secret.clone(), kept).ok_or_else(damaged)?;
        let kept = shadow;
        let shared = SharedScope { replica, kept, told_acts, heard, put, said, side, folder, news, dealt };
        sharing.scopes.insert(scope, shared);
    }
    Ok(())
}

/// The frames of a scope that were not taken, and why.
pub(super) async fn not_taken_because(
    store: &impl Store,
    key: &SealKey,
    scope: ScopeId,
) -> Result<Vec<([u8; 16], DocId, String)>, Failure> {
    let rows = store.scan(Table::Shared, &scope_row(scope, NOT_TAKEN, &[])).await.map_err(failure_of_store)?;
    let mut frames = Vec::new();
    for (row, value) in rows {
        let why = open_row(key, Table::Shared, &row, &value).map_err(failure_of_open)?;
        let Some((pack, document)) = row.get(18..).and_then(|id| id.split_first_chunk::<16>()) else { continue };
        if let Ok(document) = document.try_into() {
            frames.push((*pack, DocId(document), String::from_utf8_lossy(&why).into_owned()));
        }
    }
    Ok(frames)
}

/// The frames of a scope that were not taken: the beginning of the pack's id, and the document.
pub(super) async fn not_taken(store: &impl Store, scope: ScopeId) -> Result<Vec<([u8; 16], DocId)>, Failure> {
    let rows = store.scan(Table::Shared, &scope_row(scope, NOT_TAKEN, &[])).await.map_err(failure_of_store)?;
    let frame = |(row, _): (Vec<u8>, Vec<u8>)| {
        let (pack, document) = row.get(18..)?.split_first_chunk::<16>()?;
        Some((*pack, DocId(document.try_into().ok()?)))
    };
    Ok(rows.into_iter().filter_map(frame).collect())
}

/// One of them was taken, or is of nobody any more.
pub(super) fn forget_not_taken(batch: &mut Batch, scope: ScopeId, pack: &[u8; 16], document: DocId) {
    batch.delete(Table::Shared, scope_row(scope, NOT_TAKEN, &[pack.as_slice(), &document.0].concat()));
}

/// Forgets what this device and the others did in a folder: it is another one now.
pub(super) fn forget_folder(batch: &mut Batch, scope: ScopeId) {
    for what in [HEARD, PUT, SAID] {
        batch.delete_prefix(Table::Shared, scope_row(scope, what, &[]));
    }
}
