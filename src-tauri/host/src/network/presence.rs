//! Being there: as long as the engine wants to be reached under a key, this answers by it, finds who is around, and calls.
//!
//! Who is known is the engine's to say; a stranger gets no word. Two devices keep one connection between them: each exchange
//! is a stream of it.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt as _;
use iroh::endpoint::{Connection, Incoming, Side, presets};
use iroh::endpoint_info::UserData;
use iroh::{Endpoint, EndpointAddr, EndpointId, SecretKey, TransportAddr, Watcher as _};
use iroh_mdns_address_lookup::{DiscoveryEvent, MdnsAddressLookup};
use maillon_engine::lines::{Address, EndpointKey, Event, LineId, Over, Purpose, Wanted};
use tokio::sync::{Notify, watch};
use tokio::task::{JoinSet, spawn_local};
use tokio::time::{sleep, timeout};
use zeroize::Zeroizing;

use super::talk::{self, End};
use crate::EngineThread;

/// What lines are for, as both ends say it before anything else. Written for ever.
const EXCHANGE: &[u8] = b"maillon/exchange/1";
const PAIRING: &[u8] = b"maillon/pairing/1";

/// Said to whoever is around, while one may join.
const INVITES: &str = "maillon-invites";

/// Whoever does not answer within this time is not there.
const CALL: Duration = Duration::from_secs(15);
/// Whoever is not there is called again after this, then after twice this, and so on.
const AGAIN: Duration = Duration::from_secs(10);
/// Not more often than that, whoever says that they are around.
const BREATH: Duration = Duration::from_secs(1);
/// Not less often than that.
const AGAIN_AT_MOST: Duration = Duration::from_secs(300);
/// What is written is told once nothing more was written for this long: one pack for a few acts, and not one each.
const QUIET: Duration = Duration::from_secs(10);
/// So many may be at the door at once, until it is known who they are.
const STRANGERS: usize = 32;
/// So many exchanges may go on at once on one connection: more are none of ours.
const STREAMS: u32 = 4;

/// What the tasks of a presence share.
struct Here {
    engine: EngineThread,
    endpoint: Endpoint,
    lines: Cell<u64>,
    /// Connections to devices that are known, by their keys.
    connections: RefCell<HashMap<EndpointId, Connection>>,
    /// Who is being called.
    called: RefCell<HashSet<EndpointId>>,
    /// Wakes a line that has something to say.
    wakes: RefCell<HashMap<LineId, Rc<Notify>>>,
    /// What is wanted, for tasks that wait for a change.
    wanted: RefCell<Wanted>,
    /// Rings when there is something new for peers.
    news: watch::Sender<u64>,
    /// Rings when a device that is known says that it is around.
    around: Notify,
    strangers: Cell<usize>,
}

/// Is there until another key is wanted, or none.
pub(super) async fn keep(
    engine: &EngineThread,
    wanted: &mut watch::Receiver<Option<Wanted>>,
    secret: &Zeroizing<[u8; 32]>,
) {
    let only = only_address();
    let Some(endpoint) = bind(secret, only).await else {
        // No network at all, or none that may be used: until something else is wanted.
        let _ = wanted.changed().await;
        return;
    };
    let found = only.is_none().then(|| MdnsAddressLookup::builder().build(endpoint.id()).ok()).flatten();
    if let (Some(found), Ok(lookup)) = (&found, endpoint.address_lookup()) {
        lookup.add(found.clone());
    }
    let here = Rc::new(Here {
        engine: engine.clone(),
        endpoint: endpoint.clone(),
        lines: Cell::new(first_line()),
        connections: RefCell::default(),
        called: RefCell::default(),
        wakes: RefCell::default(),
        wanted: RefCell::default(),
        news: watch::Sender::new(0),
        around: Notify::new(),
        strangers: Cell::new(0),
    });
    let mut tasks = JoinSet::new();
    tasks.spawn_local(answer_calls(Rc::clone(&here)));
    tasks.spawn_local(tell_where(Rc::clone(&here)));
    if let Some(found) = found {
        tasks.spawn_local(look_around(Rc::clone(&here), found));
    }
    loop {
        let now = super::seen(wanted);
        let Some(now) = now.filter(|now| now.secret.as_ref() == Some(secret)) else { break };
        here.want(now, &mut tasks);
        if wanted.changed().await.is_err() {
            break;
        }
    }
    tasks.shutdown().await;
    endpoint.close().await;
}

/// Answers by a key: at a port of its own, so that who knows where this device was finds it there again.
async fn bind(secret: &Zeroizing<[u8; 32]>, only: Option<IpAddr>) -> Option<Endpoint> {
    let secret = SecretKey::from_bytes(secret);
    let port = port_of(secret.public());
    match bind_at(&secret, port, only).await {
        Some(endpoint) => Some(endpoint),
        // Somebody else has that port.
        None => bind_at(&secret, 0, only).await,
    }
}

async fn bind_at(secret: &SecretKey, port: u16, only: Option<IpAddr>) -> Option<Endpoint> {
    let builder =
        Endpoint::builder(presets::Minimal).secret_key(secret.clone()).alpns(vec![EXCHANGE.to_vec(), PAIRING.to_vec()]);
    let builder = match only {
        Some(only) => builder.clear_ip_transports().bind_addr((only, port)).ok()?,
        None => builder.bind_addr((Ipv4Addr::UNSPECIFIED, port)).ok()?,
    };
    builder.bind().await.ok()
}

/// One of the ports that nobody is given for long.
fn port_of(id: EndpointId) -> u16 {
    let [first, second, ..] = *id.as_bytes();
    49_152 + u16::from_be_bytes([first, second]) % 16_384
}

/// The one address to answer at, where whoever keeps this computer says so; nothing is announced around then.
fn only_address() -> Option<IpAddr> {
    std::env::var("MAILLON_LISTEN").ok()?.parse().ok()
}

/// Lines of one program never share a number, even when it was silent in between.
fn first_line() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static PRESENCES: AtomicU64 = AtomicU64::new(1);
    PRESENCES.fetch_add(1, Ordering::Relaxed) << 32
}

/// How long the first message of a line may be, before it is known who speaks; and the others.
fn longest_of(purpose: Purpose) -> [usize; 2] {
    match purpose {
        Purpose::Exchange => [64 << 10, 128 << 20],
        // Who speaks is known to people only, at the end.
        Purpose::Pairing => [64 << 10, 1 << 20],
    }
}

fn key_of(id: EndpointId) -> EndpointKey {
    EndpointKey(*id.as_bytes())
}

/// Where an address says that somebody is.
fn call_of(address: &Address) -> Option<EndpointAddr> {
    let id = EndpointId::from_bytes(&address.endpoint.0).ok()?;
    let places = address.places.iter().filter_map(|place| place.parse().ok()).map(TransportAddr::Ip);
    Some(EndpointAddr::from_parts(id, places))
}

impl Here {
    /// Does what is wanted now.
    fn want(self: &Rc<Self>, now: Wanted, tasks: &mut JoinSet<()>) {
        let before = self.wanted.replace(now.clone());
        for line in &now.to_say {
            if let Some(wake) = self.wakes.borrow().get(line) {
                wake.notify_one();
            }
        }
        if before.inviting != now.inviting {
            let data = now.inviting.then(|| UserData::try_from(INVITES.to_owned()).ok()).flatten();
            self.endpoint.set_user_data_for_address_lookup(data);
        }
        for peer in &now.peers {
            if let Some(call) = call_of(peer)
                && self.called.borrow_mut().insert(call.id)
            {
                tasks.spawn_local(Rc::clone(self).call_again_and_again(call));
            }
        }
        if let Some(joining) = now.joining.filter(|joining| before.joining.as_ref() != Some(joining)) {
            tasks.spawn_local(Rc::clone(self).join(joining));
        }
        if before.news != now.news {
            self.news.send_replace(now.news);
        }
    }

    fn is_peer(&self, id: EndpointId) -> bool {
        self.wanted.borrow().peers.iter().any(|peer| peer.endpoint == key_of(id))
    }

    /// Calls a device that is known, as long as it is and no connection stands.
    async fn call_again_and_again(self: Rc<Self>, call: EndpointAddr) {
        let mut again = AGAIN;
        while self.is_peer(call.id) {
            if self.connections.borrow().contains_key(&call.id) {
                sleep(AGAIN).await;
                again = AGAIN;
                continue;
            }
            // Where it was last known to be; where it is now, somebody around may know.
            let known = self.wanted.borrow().peers.iter().filter_map(call_of).find(|peer| peer.id == call.id);
            let connecting = self.endpoint.connect(known.unwrap_or_else(|| call.clone()), EXCHANGE);
            if let Ok(Ok(connection)) = timeout(CALL, connecting).await {
                self.stay_in_touch(connection).await;
                again = AGAIN;
            } else {
                // Whoever comes near says so: a laptop that is opened at the town hall is not waited for.
                let _ = timeout(again, self.around.notified()).await;
                sleep(BREATH).await;
                again = (again * 2).min(AGAIN_AT_MOST);
            }
        }
        self.called.borrow_mut().remove(&call.id);
    }

    /// One connection with a device, from its first exchange to its end.
    async fn stay_in_touch(self: &Rc<Self>, connection: Connection) {
        let id = connection.remote_id();
        if !self.is_the_one(&connection) {
            connection.close(0_u32.into(), b"");
            return;
        }
        if let Some(other) = self.connections.borrow_mut().insert(id, connection.clone()) {
            other.close(0_u32.into(), b"");
        }
        self.engine.line(Event::Near(key_of(id))).await;
        connection.set_max_concurrent_bi_streams(STREAMS.into());
        // Waited for across whatever else happens: what was written while an exchange ended is told too.
        let mut telling = pin!(quiet(self.news.subscribe()));
        let mut exchanges = JoinSet::new();
        if connection.side() == Side::Client {
            exchanges.spawn_local(Rc::clone(self).exchange(connection.clone(), None));
        }
        loop {
            tokio::select! {
                accepted = connection.accept_bi() => match accepted {
                    Ok(stream) => {
                        exchanges.spawn_local(Rc::clone(self).exchange(connection.clone(), Some(stream)));
                    }
                    Err(_) => break,
                },
                news = &mut telling => {
                    exchanges.spawn_local(Rc::clone(self).exchange(connection.clone(), None));
                    telling.set(quiet(news));
                }
                Some(_) = exchanges.join_next() => {}
            }
        }
        // Each ends by itself, now that its stream is gone, and says so.
        while exchanges.join_next().await.is_some() {}
        if self.forget(&connection) {
            self.engine.line(Event::Far(key_of(id))).await;
        }
    }

    /// Forgets a connection that is gone, unless another has taken its place.
    fn forget(&self, connection: &Connection) -> bool {
        let mut connections = self.connections.borrow_mut();
        let ours = connections.get(&connection.remote_id()).map(Connection::stable_id);
        let is_it = ours == Some(connection.stable_id());
        if is_it {
            connections.remove(&connection.remote_id());
        }
        is_it
    }

    /// Both may call at once: then both keep the one that the lesser key called, and hang the other up.
    fn is_the_one(&self, connection: &Connection) -> bool {
        let is_lessers = |connection: &Connection| {
            let ours = self.endpoint.id() < connection.remote_id();
            (connection.side() == Side::Client) == ours
        };
        let connections = self.connections.borrow();
        let other = connections.get(&connection.remote_id()).filter(|other| other.close_reason().is_none());
        other.is_none() || is_lessers(connection)
    }

    /// One exchange: on a stream that the other opened, or on a new one.
    async fn exchange(
        self: Rc<Self>,
        connection: Connection,
        stream: Option<(iroh::endpoint::SendStream, iroh::endpoint::RecvStream)>,
    ) {
        let called = stream.is_none();
        let stream = match stream {
            Some(stream) => Ok(stream),
            None => connection.open_bi().await,
        };
        let Ok(stream) = stream else { return };
        let end = self.carry(Purpose::Exchange, connection.remote_id(), called, stream).await;
        if end == End::Over(Over::Refused) {
            // A stranger: no word more.
            connection.close(1_u32.into(), b"");
        }
    }

    async fn carry(
        self: &Rc<Self>,
        purpose: Purpose,
        theirs: EndpointId,
        called: bool,
        stream: (iroh::endpoint::SendStream, iroh::endpoint::RecvStream),
    ) -> End {
        let line = LineId(self.lines.replace(self.lines.get() + 1));
        let opened = Event::Opened { line, purpose, theirs: key_of(theirs), called };
        let wake = Rc::new(Notify::new());
        self.wakes.borrow_mut().insert(line, Rc::clone(&wake));
        let first = self.engine.line(opened).await;
        let end = talk::carry(&self.engine, line, first, &wake, longest_of(purpose), stream).await;
        self.wakes.borrow_mut().remove(&line);
        self.engine.line(Event::Closed(line)).await;
        end
    }

    /// Calls whoever invites.
    async fn join(self: Rc<Self>, address: Address) {
        let unreachable = Event::Unreachable(address.endpoint);
        let Some(call) = call_of(&address) else {
            self.engine.line(unreachable).await;
            return;
        };
        match timeout(CALL, self.endpoint.connect(call, PAIRING)).await {
            Ok(Ok(connection)) => match connection.open_bi().await {
                Ok(stream) => {
                    self.carry(Purpose::Pairing, connection.remote_id(), true, stream).await;
                    connection.close(0_u32.into(), b"");
                }
                Err(_) => drop(self.engine.line(unreachable).await),
            },
            _ => drop(self.engine.line(unreachable).await),
        }
    }

    /// Somebody calls.
    async fn answer(self: Rc<Self>, incoming: Incoming) {
        let accepted = async {
            let accepting = incoming.accept().ok()?;
            timeout(CALL, accepting).await.ok()?.ok()
        };
        let Some(connection) = accepted.await else { return };
        if connection.alpn() != EXCHANGE {
            if let Ok(Ok(stream)) = timeout(CALL, connection.accept_bi()).await {
                self.carry(Purpose::Pairing, connection.remote_id(), false, stream).await;
            }
            connection.close(0_u32.into(), b"");
        } else if self.is_peer(connection.remote_id()) {
            spawn_local(async move { self.stay_in_touch(connection).await });
        } else {
            // A device whose place is not known here says who it is at once, or goes.
            let staying = Rc::clone(&self);
            let stays = connection.clone();
            spawn_local(async move { staying.stay_in_touch(stays).await });
            sleep(CALL).await;
            if !self.is_peer(connection.remote_id()) {
                connection.close(1_u32.into(), b"");
            }
        }
    }
}

/// Waits for something new, then until nothing more is; gives back what it listened to.
async fn quiet(mut news: watch::Receiver<u64>) -> watch::Receiver<u64> {
    if news.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
    while timeout(QUIET, news.changed()).await.is_ok() {}
    news
}

async fn answer_calls(here: Rc<Here>) {
    while let Some(incoming) = here.endpoint.accept().await {
        if here.strangers.get() >= STRANGERS {
            incoming.refuse();
            continue;
        }
        here.strangers.set(here.strangers.get() + 1);
        let here = Rc::clone(&here);
        spawn_local(async move {
            Rc::clone(&here).answer(incoming).await;
            here.strangers.set(here.strangers.get() - 1);
        });
    }
}

/// Tells the engine where this device can be reached, each time that this changes.
async fn tell_where(here: Rc<Here>) {
    let mut addresses = here.endpoint.watch_addr().stream();
    while let Some(address) = addresses.next().await {
        let places: Vec<String> = address.ip_addrs().map(ToString::to_string).collect();
        here.engine.line(Event::Listening(places)).await;
    }
}

/// Hears who is around on this network.
async fn look_around(here: Rc<Here>, found: MdnsAddressLookup) {
    let mut events = found.subscribe().await;
    while let Some(event) = events.next().await {
        let DiscoveryEvent::Discovered { endpoint_info, .. } = event else { continue };
        if here.is_peer(endpoint_info.endpoint_id) {
            here.around.notify_waiters();
        }
        let invites = endpoint_info.data.user_data().is_some_and(|data| data.as_ref() == INVITES);
        if invites && here.wanted.borrow().looking {
            let places = endpoint_info.data.ip_addrs().map(ToString::to_string).collect();
            let address = Address { endpoint: key_of(endpoint_info.endpoint_id), places };
            here.engine.line(Event::Found(address)).await;
        }
    }
}
